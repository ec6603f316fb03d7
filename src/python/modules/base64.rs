//! `base64`: over the UTF-8 bytes of text. What decodes to anything but UTF-8 cannot be text, and is an error.

use data_encoding::{BASE32, BASE64, BASE64URL, HEXUPPER};

use super::{Members, functions};
use crate::python::arguments::{Table, builtins};
use crate::python::codecs::{decode, encode, in_lines};
use crate::template::value::{Text, Value};

const TABLE: Table = builtins![
    b64encode(s) Metered => |vm, text| encode(vm, &BASE64, &text),
    b64decode(s) Metered => |vm, text| decode(vm, "base64", &BASE64, &text),
    standard_b64encode(s) Metered => |vm, text| encode(vm, &BASE64, &text),
    standard_b64decode(s) Metered => |vm, text| decode(vm, "base64", &BASE64, &text),
    urlsafe_b64encode(s) Metered => |vm, text| encode(vm, &BASE64URL, &text),
    urlsafe_b64decode(s) Metered => |vm, text| decode(vm, "base64", &BASE64URL, &text),
    b32encode(s) Metered => |vm, text| encode(vm, &BASE32, &text),
    b32decode(s) Metered => |vm, text| decode(vm, "base32", &BASE32, &text),
    b16encode(s) Metered => |vm, text| encode(vm, &HEXUPPER, &text),
    b16decode(s) Metered => |vm, text| decode(vm, "base16", &HEXUPPER, &text),
    encodestring(s) Metered => |vm, text: Text| in_lines(vm, &text).map(Value::str),
];

/// The members of `base64`.
pub(super) fn members() -> Members {
    functions(TABLE)
}
