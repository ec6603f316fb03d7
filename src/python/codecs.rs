//! Binary-to-text codecs, over the UTF-8 bytes of strings: what `base64` and `'…'.encode('hex')` share.
//! What decodes to anything but UTF-8 cannot be a string, and is an error.

use data_encoding::{BASE64, Encoding, HEXLOWER, HEXLOWER_PERMISSIVE};

use crate::template::value::{Fault, Text, Value, Vm};

/// A string encoded.
///
/// # Errors
/// When the result would be larger than allowed.
pub(super) fn encode(vm: &mut dyn Vm, encoding: &Encoding, text: &Text) -> Result<Value, Fault> {
    vm.charge_text(encoding.encode_len(text.as_str().len()))?;
    Ok(Value::str(encoding.encode(text.as_str().as_bytes())))
}

/// A string decoded. Line ends are left out first, as Python leaves out whatever is not of the alphabet.
///
/// # Errors
/// When it is not of this encoding (`name` in the message), or not of UTF-8 text.
pub(super) fn decode(vm: &mut dyn Vm, name: &str, encoding: &Encoding, text: &Text) -> Result<Value, Fault> {
    vm.charge_text(text.as_str().len())?;
    let written: String = text.as_str().split_ascii_whitespace().collect();
    let bytes = encoding
        .decode(written.as_bytes())
        .map_err(|error| Fault::type_error(format!("this is not {name}: {error}")))?;
    String::from_utf8(bytes).map(Value::str).map_err(|_| {
        Fault::value_error(format!("this {name} does not hold UTF-8 text"))
            .help("pass the encoded text on, and decode it in the command that needs it")
    })
}

/// Bytes on one line of MIME's base64: 76 characters.
const LINE: usize = 57;

/// Base64 in lines, as `'…'.encode('base64')` gives it.
///
/// # Errors
/// When the text would be larger than allowed.
pub(super) fn in_lines(vm: &mut dyn Vm, text: &Text) -> Result<String, Fault> {
    vm.charge_text(BASE64.encode_len(text.as_str().len()) + text.as_str().len().div_ceil(LINE))?;
    Ok(text.as_str().as_bytes().chunks(LINE).map(|line| BASE64.encode(line) + "\n").collect())
}

/// Hexadecimal digits, as `'…'.encode('hex')` gives them.
///
/// # Errors
/// When the text would be larger than allowed.
pub(super) fn to_hex(vm: &mut dyn Vm, text: &Text) -> Result<String, Fault> {
    vm.charge_text(HEXLOWER.encode_len(text.as_str().len()))?;
    Ok(HEXLOWER.encode(text.as_str().as_bytes()))
}

/// What `'…'.decode('base64')` gives.
///
/// # Errors
/// When it is not base64, or not of UTF-8 text.
pub(super) fn from_base64(vm: &mut dyn Vm, text: &Text) -> Result<Value, Fault> {
    decode(vm, "base64", &BASE64, text)
}

/// What `'…'.decode('hex')` gives.
///
/// # Errors
/// When it is not hexadecimal, or not of UTF-8 text.
pub(super) fn from_hex(vm: &mut dyn Vm, text: &Text) -> Result<Value, Fault> {
    decode(vm, "hex", &HEXLOWER_PERMISSIVE, text)
}
