//! JSON's strings and numbers as bytes.

pub(super) use crate::common::json_string::utf8 as string;

/// Appends an integer.
pub(super) fn integer(out: &mut Vec<u8>, number: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Appends the shortest decimal that reads back as the same number, always with a point, so that readers which tell
/// integers from floats see a float. JSON has no infinities and no NaN. The model rejects both, and the document is
/// well-formed even if one gets here.
pub(super) fn float(out: &mut Vec<u8>, number: f64) {
    let finite = if number.is_nan() { 0.0 } else { number.clamp(f64::MIN, f64::MAX) };
    let digits = format!("{finite:?}");
    match digits.split_once('e') {
        Some((mantissa, exponent)) if !mantissa.contains('.') => {
            out.extend_from_slice(mantissa.as_bytes());
            out.extend_from_slice(b".0e");
            out.extend_from_slice(exponent.as_bytes());
        }
        _ => out.extend_from_slice(digits.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    fn written(f: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        f(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn floats_always_have_a_point() {
        let texts: Vec<String> = [1.0, 0.1, 0.0, 1e16, 1.5e300, 1e-7, -2.0]
            .into_iter()
            .map(|n| written(|o| super::float(o, n)))
            .collect();
        assert_eq!(texts, ["1.0", "0.1", "0.0", "1.0e16", "1.5e300", "1.0e-7", "-2.0"]);
    }

    proptest! {
        #[test]
        fn floats_read_back(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            let json = written(|o| super::float(o, number));
            prop_assert!(json.contains('.'));
            prop_assert_eq!(json.parse::<f64>().unwrap(), number);
        }
    }
}
