//! `hashlib`: MD5 and the SHA family over the UTF-8 bytes of text.

use std::cell::RefCell;
use std::rc::Rc;

use md5::{Digest, Md5};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::{Members, functions};
use crate::diagnostics::nearest;
use crate::python::arguments::{Table, builtins};
use crate::template::value::{Fault, Native, Text, Value, Vm};

/// One of the algorithms: its name, the size of its result, and what computes it.
#[derive(Debug, Clone, Copy)]
struct Algorithm {
    name: &'static str,
    size: i64,
    digest: fn(&[u8]) -> Vec<u8>,
}

const ALGORITHMS: &[Algorithm] = &[
    Algorithm { name: "md5", size: 16, digest: |b| Md5::digest(b).to_vec() },
    Algorithm { name: "sha1", size: 20, digest: |b| Sha1::digest(b).to_vec() },
    Algorithm { name: "sha224", size: 28, digest: |b| Sha224::digest(b).to_vec() },
    Algorithm { name: "sha256", size: 32, digest: |b| Sha256::digest(b).to_vec() },
    Algorithm { name: "sha384", size: 48, digest: |b| Sha384::digest(b).to_vec() },
    Algorithm { name: "sha512", size: 64, digest: |b| Sha512::digest(b).to_vec() },
];

const TABLE: Table = builtins![
    md5(string = "", usedforsecurity = True) Metered => |vm, data, _: Option<Value>| hash(vm, 0, data),
    sha1(string = "", usedforsecurity = True) Metered => |vm, data, _: Option<Value>| hash(vm, 1, data),
    sha224(string = "", usedforsecurity = True) Metered => |vm, data, _: Option<Value>| hash(vm, 2, data),
    sha256(string = "", usedforsecurity = True) Metered => |vm, data, _: Option<Value>| hash(vm, 3, data),
    sha384(string = "", usedforsecurity = True) Metered => |vm, data, _: Option<Value>| hash(vm, 4, data),
    sha512(string = "", usedforsecurity = True) Metered => |vm, data, _: Option<Value>| hash(vm, 5, data),
    new(name, string = "") Metered => new,
];

/// The members of `hashlib`.
pub(super) fn members() -> Members {
    functions(TABLE)
}

/// A hash that may still be updated. The string is kept, and the digest is computed on request.
#[derive(Debug)]
struct Hash {
    algorithm: Algorithm,
    fed: RefCell<String>,
}

fn hash(vm: &mut dyn Vm, algorithm: usize, data: Option<Text>) -> Result<Value, Fault> {
    let fed = data.map_or(String::new(), |text| text.as_str().to_string());
    vm.charge_text(fed.len())?;
    Ok(Value::native(Hash { algorithm: ALGORITHMS[algorithm], fed: RefCell::new(fed) }))
}

fn new(vm: &mut dyn Vm, name: Text, data: Option<Text>) -> Result<Value, Fault> {
    let wanted = name.as_str().to_lowercase();
    match ALGORITHMS.iter().position(|a| a.name == wanted) {
        Some(algorithm) => hash(vm, algorithm, data),
        None => {
            let fault = Fault::value_error(format!("there is no hash `{}` here", name.as_str()));
            Err(match nearest(&wanted, ALGORITHMS.iter().map(|a| a.name)) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault,
            })
        }
    }
}

const METHODS: Table = builtins![
    update(self, string) Metered => update,
    hexdigest(self) Metered => hexdigest,
    digest(self) Metered => digest,
    copy(self) Metered => copy,
];

fn update(vm: &mut dyn Vm, hash: Rc<Hash>, data: Text) -> Result<Value, Fault> {
    vm.charge_text(hash.fed.borrow().len() + data.as_str().len())?;
    hash.fed.borrow_mut().push_str(data.as_str());
    Ok(Value::None)
}

fn result(vm: &mut dyn Vm, hash: &Hash) -> Result<Vec<u8>, Fault> {
    let fed = hash.fed.borrow();
    vm.charge(1 + fed.len() as u64 / 64)?;
    Ok((hash.algorithm.digest)(fed.as_bytes()))
}

fn hexdigest(vm: &mut dyn Vm, hash: Rc<Hash>) -> Result<Value, Fault> {
    Ok(Value::str(result(vm, &hash)?.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}

/// The bytes as characters of the same numbers, as in Python 2's text.
fn digest(vm: &mut dyn Vm, hash: Rc<Hash>) -> Result<Value, Fault> {
    Ok(Value::str(result(vm, &hash)?.into_iter().map(char::from).collect::<String>()))
}

fn copy(vm: &mut dyn Vm, hash: Rc<Hash>) -> Result<Value, Fault> {
    vm.charge_text(hash.fed.borrow().len())?;
    Ok(Value::native(Hash { algorithm: hash.algorithm, fed: hash.fed.clone() }))
}

impl Native for Hash {
    fn type_name(&self) -> &str {
        "HASH"
    }

    fn display(&self) -> String {
        format!("<{} HASH object>", self.algorithm.name)
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "name" => Some(Value::str(self.algorithm.name)),
            "digest_size" | "digestsize" => Some(Value::Int(self.algorithm.size)),
            "block_size" => Some(Value::Int(if self.algorithm.size > 32 { 128 } else { 64 })),
            _ => None,
        }
    }

    fn methods(&self) -> Table {
        METHODS
    }

    fn names(&self) -> Vec<&str> {
        vec!["name", "digest_size"]
    }
}
