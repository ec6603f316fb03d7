//! Reserved words.

/// Whether a word has a meaning of its own, so that nothing can be named so.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "as"
            | "assert"
            | "break"
            | "class"
            | "continue"
            | "def"
            | "del"
            | "elif"
            | "else"
            | "except"
            | "finally"
            | "for"
            | "from"
            | "global"
            | "if"
            | "import"
            | "in"
            | "is"
            | "lambda"
            | "not"
            | "or"
            | "pass"
            | "raise"
            | "return"
            | "try"
            | "while"
            | "with"
            | "yield"
    )
}

/// A piece of the user's text for a message: of a long one only the beginning.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 50;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

/// Whether a word is a constant: a value, but nothing that can be assigned to.
pub(super) fn is_constant(word: &str) -> bool {
    matches!(word, "None" | "True" | "False")
}
