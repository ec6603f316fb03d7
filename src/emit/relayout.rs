//! JSON text in another layout, token by token: numbers and strings stay as they are written.

use super::readable::Json;

/// Writes valid JSON text as one value, in the layout of `json`.
pub(super) fn relayout(json: &mut Json<'_>, text: &str) {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut is_value) = (0, 0_usize, true);
    while let Some(&byte) = bytes.get(at) {
        let end = match byte {
            b'"' => end_of_string(bytes, at),
            b'{' | b'[' | b'}' | b']' | b':' | b',' => at + 1,
            _ if byte.is_ascii_whitespace() => at + 1,
            _ => end_of_word(bytes, at),
        };
        match byte {
            b'}' | b']' => {
                json.end(byte);
                depth = depth.saturating_sub(1);
            }
            b':' => {
                json.colon();
                is_value = true;
            }
            b',' => {}
            _ if byte.is_ascii_whitespace() => {}
            _ => {
                if !is_value && depth > 0 {
                    json.separate();
                }
                is_value = false;
                if matches!(byte, b'{' | b'[') {
                    json.begin(byte);
                    depth += 1;
                } else {
                    json.raw(&bytes[at..end]);
                }
            }
        }
        at = end;
    }
}

fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn end_of_word(bytes: &[u8], start: usize) -> usize {
    let is_end =
        |b: &u8| b.is_ascii_whitespace() || matches!(b, b'{' | b'}' | b'[' | b']' | b':' | b',' | b'"');
    let rest = bytes.get(start + 1..).unwrap_or_default();
    start + 1 + rest.iter().position(is_end).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::super::readable::Style;
    use super::*;

    fn laid_out(text: &str, style: Style) -> String {
        let mut out = Vec::new();
        relayout(&mut Json::new(&mut out, style), text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_white_space_changes() {
        let compact = r#"{"a":[1.0,"x: [\" ,",true,[],{}],"b":{"c":-1e30}}"#;
        let pretty = "{\n  \"a\": [\n    1.0,\n    \"x: [\\\" ,\",\n    true,\n    [],\n    {}\n  ],\n  \
                      \"b\": {\n    \"c\": -1e30\n  }\n}";
        assert_eq!(laid_out(compact, Style::Pretty), pretty);
        assert_eq!(laid_out(pretty, Style::Compact), compact);
        assert_eq!(laid_out(pretty, Style::Pretty), pretty);
        assert_eq!(laid_out("\"\\\\\"", Style::Compact), "\"\\\\\"");
    }
}
