//! How deeply a line nests, counted before anything recurses over it.
//!
//! Two numbers are kept. `depth` is what the grammar and a reader of the tree recurse through whatever they do: brackets,
//! `lambda`, conditional expressions, prefix operators and powers. `height` bounds the height of the tree, in which every
//! operator of `a + b + c` and every call of `f()()()` is a level too.

/// The count inside one bracket, or of the line outside of all brackets.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Level {
    /// `lambda` and `else` of the current item: everything after them is inside them.
    sticky: u32,
    /// `lambda` whose colon is still to come; commas there separate parameters.
    parameters: u32,
    /// Prefix operators and powers in a row.
    run: u32,
    /// Height of the current item.
    height: u32,
    /// Height of the tallest item before it.
    tallest: u32,
}

/// The counts of a line.
#[derive(Debug, Default)]
pub(super) struct Depth {
    level: Level,
    outer: Vec<Level>,
    total: u32,
    /// Whether the last token was a value, so that a sign after it is not a prefix.
    after_value: bool,
}

impl Depth {
    /// Levels that are open now.
    pub(super) fn total(&self) -> usize {
        self.total as usize
    }

    /// Height of the current item.
    pub(super) fn height(&self) -> u32 {
        self.level.height
    }

    /// Whether a value has just ended.
    pub(super) fn after_value(&self) -> bool {
        self.after_value
    }

    fn own(level: &Level) -> u32 {
        level.sticky + level.run
    }

    /// A name, number or string.
    pub(super) fn value(&mut self) {
        self.after_value = true;
    }

    /// An opening bracket; directly after a value it is a call or a subscript.
    pub(super) fn open(&mut self) {
        self.outer.push(std::mem::take(&mut self.level));
        self.total += 1;
        self.after_value = false;
    }

    /// A closing bracket.
    pub(super) fn close(&mut self) {
        let Some(outer) = self.outer.pop() else { return };
        let height = self.level.height.max(self.level.tallest);
        self.total -= Depth::own(&self.level) + 1;
        self.level = outer;
        self.level.height = self.level.height.max(height) + 1;
        self.after_value = true;
    }

    /// A comma, or anything else that begins an unrelated item.
    pub(super) fn separate(&mut self) {
        self.after_value = false;
        self.end_run();
        if self.level.parameters > 0 {
            return;
        }
        self.total -= self.level.sticky;
        self.level.sticky = 0;
        self.level.tallest = self.level.tallest.max(self.level.height);
        self.level.height = 0;
    }

    fn end_run(&mut self) {
        self.total -= self.level.run;
        self.level.run = 0;
    }

    /// An operator between values, or an attribute's dot.
    pub(super) fn infix(&mut self) {
        self.end_run();
        self.level.height += 1;
        self.after_value = false;
    }

    /// An operator in front of a value, or a power: what follows is inside of it.
    pub(super) fn prefix(&mut self) {
        self.level.run += 1;
        self.level.height += 1;
        self.total += 1;
        self.after_value = false;
    }

    /// `else`, or `lambda`.
    fn enter(&mut self) {
        self.end_run();
        self.level.sticky += 1;
        self.level.height += 1;
        self.total += 1;
        self.after_value = false;
    }

    /// A colon: the end of a lambda's parameters if there are any.
    pub(super) fn colon(&mut self) {
        self.after_value = false;
        self.end_run();
        if self.level.parameters > 0 {
            self.level.parameters -= 1;
        }
    }

    /// A word: a name, or a keyword that nests.
    pub(super) fn word(&mut self, word: &str) {
        match word {
            "lambda" => {
                self.enter();
                self.level.parameters += 1;
            }
            "else" => self.enter(),
            "not" if !self.after_value => self.prefix(),
            "and" | "or" | "in" | "is" | "if" | "not" => self.infix(),
            "return" | "print" | "assert" | "elif" | "while" | "for" | "del" | "raise" | "exec" => {
                self.after_value = false;
            }
            _ => self.value(),
        }
    }
}
