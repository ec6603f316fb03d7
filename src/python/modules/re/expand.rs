//! The templates that replace matches: `\1`, `\g<name>` and escapes.

use super::found::Found;
use crate::template::value::{Fault, Text, TextBuilder, Value, Vm};

/// A replacement with `\1`, `\g<name>` and escapes in it.
pub(super) fn expand(vm: &mut dyn Vm, found: &Found, template: &Text) -> Result<Text, Fault> {
    let source = template.as_str();
    if !source.contains('\\') {
        return Ok(template.clone());
    }
    let mut out = TextBuilder::new();
    let mut at = 0;
    while let Some(offset) = source[at..].find('\\') {
        let backslash = at + offset;
        out.push_part(template, at..backslash);
        let (part, length) = part(&source[backslash + 1..])?;
        at = backslash + 1 + length;
        match part {
            Escape::Group(group) => {
                let index = found.index(&group)?;
                let text = found.group(index).ok_or_else(|| {
                    Fault::value_error(format!("the group {} took no part in the match", group.repr()))
                })?;
                out.push(&text);
            }
            Escape::Char(c) => out.push_made(&c.to_string(), template.span_of(backslash..at)),
            Escape::Kept => out.push_part(template, backslash..at),
        }
        vm.charge_text(out.len())?;
    }
    out.push_part(template, at..source.len());
    Ok(out.finish())
}

enum Escape {
    Group(Value),
    Char(char),
    /// The backslash and what follows stay as they are.
    Kept,
}

/// What stands after a backslash, and its length in bytes.
fn part(rest: &str) -> Result<(Escape, usize), Fault> {
    let Some(c) = rest.chars().next() else {
        return Err(Fault::value_error("the replacement ends with a backslash"));
    };
    let octal = |most: usize| rest.bytes().take(most).take_while(|b| matches!(b, b'0'..=b'7')).count();
    let code = |digits: &str| {
        let code = u32::from_str_radix(digits, 8).unwrap_or(0) & 0xff;
        Escape::Char(char::from_u32(code).unwrap_or('\0'))
    };
    Ok(match c {
        'g' => return group_reference(rest),
        '0' => (code(&rest[..octal(3)]), octal(3)),
        '1'..='9' if octal(3) == 3 => (code(&rest[..3]), 3),
        '1'..='9' => {
            let length = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
            (Escape::Group(Value::Int(rest[..length].parse().unwrap_or(0))), length)
        }
        'n' => (Escape::Char('\n'), 1),
        't' => (Escape::Char('\t'), 1),
        'r' => (Escape::Char('\r'), 1),
        'f' => (Escape::Char('\u{c}'), 1),
        'v' => (Escape::Char('\u{b}'), 1),
        'a' => (Escape::Char('\u{7}'), 1),
        'b' => (Escape::Char('\u{8}'), 1),
        '\\' => (Escape::Char('\\'), 1),
        other => (Escape::Kept, other.len_utf8()),
    })
}

fn group_reference(rest: &str) -> Result<(Escape, usize), Fault> {
    let fault = || Fault::value_error("`\\g` needs a group in angle brackets, as in \\g<1> or \\g<name>");
    let inner = rest.strip_prefix("g<").ok_or_else(fault)?;
    let end = inner.find('>').filter(|end| *end > 0).ok_or_else(fault)?;
    let name = &inner[..end];
    let group = match name.parse::<i64>() {
        Ok(number) if number >= 0 => Value::Int(number),
        _ => Value::str(name),
    };
    Ok((Escape::Group(group), 2 + end + 1))
}
