//! Makes control characters visible, so that nothing in a file can send commands to a terminal or hide in its output.

use std::borrow::Cow;

/// Whether a character must not reach a terminal as it is: control characters (C0, DEL, C1), line and paragraph
/// separators, the marks that reorder text, with which a file can be made to look like another one, and invisible
/// characters, with which one name can be made to look like another. (Joiners and variation selectors, which scripts
/// and emoji need, stay.)
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Appends a character, or what stands for it where it is hidden: the control picture (`␛` for escape), or `<U+202E>`.
pub(super) fn push_visible(out: &mut String, c: char) {
    match c {
        c if !is_hidden(c) => out.push(c),
        '\u{0}'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.push('\u{2421}'),
        c => out.push_str(&format!("<U+{:04X}>", c as u32)),
    }
}

fn replaced(text: &str, kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(|c| is_hidden(c) && !kept(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if kept(c) { out.push(c) } else { push_visible(&mut out, c) }
    }
    Cow::Owned(out)
}

/// Text on one line: line breaks and tabs are made visible, too.
pub fn one_line(text: &str) -> Cow<'_, str> {
    replaced(text, |_| false)
}

/// Text that may have several lines: line breaks and tabs stay.
pub fn many_lines(text: &str) -> Cow<'_, str> {
    replaced(text, |c| matches!(c, '\n' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(one_line("grüße, 日本"), Cow::Borrowed("grüße, 日本")));
    }

    #[test]
    fn control_characters_show() {
        assert_eq!(one_line("a\u{1b}[31mb\u{7f}\u{9b}\n"), "a␛[31mb␡<U+009B>␊");
        assert_eq!(many_lines("a\n\tb\r"), "a\n\tb␍");
    }

    #[test]
    fn reordering_marks_show() {
        assert_eq!(one_line("x\u{202e}y\u{feff}"), "x<U+202E>y<U+FEFF>");
        assert_eq!(one_line("x\u{e0041}y\u{ad}"), "x<U+E0041>y<U+00AD>");
    }
}
