//! Looking at text eight bytes at a time.

/// One in every byte of a word.
const ONES: u64 = u64::MAX / 255;
const LOW: u64 = ONES * 0x7f;

/// The high bit of every byte of a word that is zero.
const fn zeros(word: u64) -> u64 {
    !(((word & LOW) + LOW) | word | LOW)
}

/// The high bit of every byte of a little-endian word that JSON wants escaped in a string: quotes, backslashes, control
/// characters.
pub(crate) const fn json_marks(word: u64) -> u64 {
    zeros(word ^ (ONES * b'"' as u64)) | zeros(word ^ (ONES * b'\\' as u64)) | zeros(word & (ONES * 0xe0))
}

/// The length of the longest beginning that is printable ASCII without quotes and backslashes.
pub(crate) fn plain_prefix(bytes: &[u8]) -> usize {
    let mut words = bytes.chunks_exact(8);
    let mut at = 0;
    for word in &mut words {
        let word = u64::from_le_bytes(word.try_into().unwrap_or_default());
        let marks = json_marks(word) | (word & !LOW) | zeros(word ^ LOW);
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let plain = |b: &u8| (0x20..0x7f).contains(b) && *b != b'"' && *b != b'\\';
    at + words.remainder().iter().take_while(|b| plain(b)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_apart() {
        for byte in 0..=255u8 {
            for at in 0..19 {
                let mut text = [b'a'; 19];
                text[at] = byte;
                let plain = (0x20..0x7f).contains(&byte) && byte != b'"' && byte != b'\\';
                assert_eq!(plain_prefix(&text), if plain { 19 } else { at }, "{byte} at {at}");
            }
            let escaped = byte < 0x20 || byte == b'"' || byte == b'\\';
            let word = u64::from_le_bytes([byte, b'a', byte, 0x80, 0xff, 0x7f, b'!', byte]);
            let expected = if escaped { 0x8000_0000_0080_0080 } else { 0 };
            assert_eq!(json_marks(word), expected, "{byte}");
        }
    }
}
