//! Which lints are reported, and as what: by their own level, by the command line, and by the comments that allow one at a
//! line.
//!
//! A comment wins over the command line, since it was written for this line and says why.

mod comments;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, Kept, Level, Severity};
use crate::lints::comments::{ALLOW_WITHOUT_REASON, BAD_ALLOW, STALE_ALLOW};
use crate::lints::{NotALint, find_lint};
use crate::source::{FileId, SourceFile, SourceMap, Span};
use comments::Allow;

/// What the command line and a project say about lints.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    /// Every lint that is reported is an error.
    pub deny_all: bool,
    /// Lints that are errors.
    pub deny: Vec<&'static Code>,
    /// Lints that are warnings, also where they are off by themselves.
    pub warn: Vec<&'static Code>,
    /// Lints that are not reported.
    pub allow: Vec<&'static Code>,
}

impl Levels {
    /// These levels, and below them those of `others`: what is said here of a lint wins.
    #[must_use]
    pub fn over(&self, others: &Levels) -> Levels {
        let said = [&self.deny, &self.warn, &self.allow];
        let is_open = |code: &&&'static Code| !said.iter().any(|codes| codes.contains(*code));
        let joined = |own: &[&'static Code], others: &[&'static Code]| {
            own.iter().chain(others.iter().filter(is_open)).copied().collect()
        };
        Levels {
            deny_all: self.deny_all || others.deny_all,
            deny: joined(&self.deny, &others.deny),
            // What is denied as a whole here is not excepted there.
            warn: if self.deny_all { self.warn.clone() } else { joined(&self.warn, &others.warn) },
            allow: joined(&self.allow, &others.allow),
        }
    }
}

/// Applies comments and levels to what was reported.
pub struct Control<'s> {
    sources: &'s SourceMap,
    levels: &'s dyn Fn(FileId) -> Arc<Levels>,
}

impl std::fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("sources", self.sources).finish_non_exhaustive()
    }
}

/// One comment of one file, however often the file was read.
struct Comment {
    file: FileId,
    name: String,
    allow: Allow,
    /// The codes it allows, and whether each suppressed something.
    codes: Vec<(&'static Code, Span, bool)>,
}

/// Warnings about comments; their number is bounded for each file, as that of other warnings is.
#[derive(Default)]
struct Said {
    kept: HashMap<FileId, Kept>,
    all: Vec<Diagnostic>,
}

impl Said {
    fn push(&mut self, mut diagnostic: Diagnostic) {
        let kept = self.kept.entry(diagnostic.primary.file).or_default();
        if kept.has_room(diagnostic.severity) {
            kept.add(&mut diagnostic);
            self.all.push(diagnostic);
        }
    }
}

impl<'s> Control<'s> {
    /// A control for the sources of a run; `levels` are those of a file, which depend on its project.
    pub fn new(sources: &'s SourceMap, levels: &'s dyn Fn(FileId) -> Arc<Levels>) -> Control<'s> {
        Control { sources, levels }
    }

    /// The diagnostics in `all` that are reported, and warnings about the comments themselves. In the files whose names
    /// are in `judged`, comments that suppress nothing are reported. That is right only for files that were compiled as
    /// entry files with all their jobs: in an included file, and in one with errors, the lint that a comment allows may
    /// not have come up. The names are read only if there are comments.
    pub fn settle(&self, all: Vec<Diagnostic>, judged: impl IntoIterator<Item = String>) -> Vec<Diagnostic> {
        let mut said = Said::default();
        let mut comments = self.comments(&mut said);
        let judged: HashSet<String> = judged.into_iter().take_while(|_| !comments.is_empty()).collect();
        let mut out = std::mem::take(&mut said.all);
        let mut by_line: HashMap<(String, usize), Vec<usize>> = HashMap::new();
        for (index, comment) in comments.iter().enumerate() {
            by_line.entry((comment.name.clone(), comment.allow.line)).or_default().push(index);
        }
        let mut broken: HashSet<String> = HashSet::new();
        for diagnostic in all {
            let file = self.sources.get(diagnostic.primary.file);
            if diagnostic.is_error() {
                broken.extend(file.map(|f| f.name.clone()));
                out.push(diagnostic);
            } else if !file.is_some_and(|f| silenced(&diagnostic, &f, &by_line, &mut comments)) {
                out.push(diagnostic);
            }
        }
        let judged = |c: &&Comment| judged.contains(&c.name) && !broken.contains(&c.name);
        comments.iter().filter(judged).flat_map(stale).for_each(|d| said.push(d));
        out.into_iter().chain(said.all).filter_map(|d| self.level(d)).collect()
    }

    fn level(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        if diagnostic.severity != Severity::Warning {
            return Some(diagnostic);
        }
        let code = diagnostic.code;
        let levels = (self.levels)(diagnostic.primary.file);
        let (denied, warned) = (levels.deny.contains(&code), levels.warn.contains(&code));
        if levels.allow.contains(&code) || (code.level == Level::Off && !denied && !warned) {
            return None;
        }
        if denied || (levels.deny_all && !warned) {
            diagnostic.severity = Severity::Error;
            diagnostic.notes.push(format!("{} counts as an error here: it is denied", code.id));
        }
        Some(diagnostic)
    }

    /// The comments of every file, each file once; what is wrong with them goes to `out`.
    fn comments(&self, out: &mut Said) -> Vec<Comment> {
        let mut seen = HashSet::new();
        let mut all = Vec::new();
        for id in (0..).map(FileId) {
            let Some(source) = self.sources.get(id) else { break };
            // Nearly every file has none.
            if !source.mentions_jobc {
                continue;
            }
            for allow in comments::find(id, &source) {
                if !seen.insert((source.name.clone(), allow.range.start)) {
                    continue;
                }
                let codes = understood(id, &allow, out);
                all.push(Comment { file: id, name: source.name.clone(), allow, codes });
            }
        }
        all
    }
}

/// Whether a comment allows this lint on its line; marks the comment as used.
fn silenced(
    lint: &Diagnostic,
    file: &SourceFile,
    by_line: &HashMap<(String, usize), Vec<usize>>,
    comments: &mut [Comment],
) -> bool {
    if by_line.is_empty() {
        return false;
    }
    let key = (file.name.clone(), file.line_index(lint.primary.start as usize));
    let mut silenced = false;
    for index in by_line.get(&key).into_iter().flatten() {
        for (code, _, used) in &mut comments[*index].codes {
            if *code == lint.code {
                *used = true;
                silenced = true;
            }
        }
    }
    silenced
}

fn stale(comment: &Comment) -> Vec<Diagnostic> {
    let alone = comment.codes.len() == 1;
    let unused = comment.codes.iter().filter(|(_, _, used)| !used);
    unused
        .map(|(code, span, _)| {
            let message = format!("nothing here gives {} {}", code.id, code.name);
            let whole = Span::new(comment.file, comment.allow.range.start, comment.allow.range.end);
            let lint = Diagnostic::warning(&STALE_ALLOW, *span, message);
            if alone { lint.suggest(whole, "", "leave the comment out") } else { lint }
        })
        .collect()
}

/// The lints that a comment names; what is wrong with it goes to `out`.
fn understood(file: FileId, allow: &Allow, out: &mut Said) -> Vec<(&'static Code, Span, bool)> {
    let whole = Span::new(file, allow.range.start, allow.range.end);
    let Some(codes) = &allow.codes else {
        let message = "this comment to jobc is not understood";
        let lint = Diagnostic::warning(&BAD_ALLOW, whole, message);
        out.push(
            lint.help("the form is `# jobc: allow(CODE) reason`, with codes or names separated by commas"),
        );
        return Vec::new();
    };
    if !allow.has_reason {
        let lint = Diagnostic::warning(&ALLOW_WITHOUT_REASON, whole, "this comment does not say why");
        out.push(lint.help("write the reason behind the closing bracket, for whoever reads it next"));
    }
    let mut lints = Vec::new();
    for (text, range) in codes {
        let span = Span::new(file, range.start, range.end);
        match find_lint(text) {
            Ok(code) => lints.push((code, span, false)),
            Err(NotALint::Unknown(near)) => {
                let lint = Diagnostic::warning(&BAD_ALLOW, span, format!("there is no lint `{text}`"));
                out.push(match near {
                    Some(near) => lint.suggest(span, near, format!("did you mean `{near}`?")),
                    None => lint.help("`jobc explain` lists them all"),
                });
            }
            Err(NotALint::Retired(retired)) => {
                let message = format!("{} {} no longer occurs", retired.id, retired.name);
                let lint = Diagnostic::warning(&BAD_ALLOW, span, message).note(retired.why);
                out.push(match retired.successor.filter(|id| find_lint(id).is_ok()) {
                    Some(id) => lint.suggest(span, id, format!("write `{id}`")),
                    None => lint.suggest(whole, "", "leave the comment out"),
                });
            }
            Err(NotALint::Error(code)) => {
                let message = format!("{} {} is an error; only lints can be allowed", code.id, code.name);
                out.push(Diagnostic::warning(&BAD_ALLOW, span, message));
            }
        }
    }
    lints
}

#[cfg(test)]
mod tests;
