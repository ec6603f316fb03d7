//! `hashlib`: MD5 and the SHA family over the UTF-8 bytes of text.

use std::cell::RefCell;
use std::fmt::Write as _;

use md5::{Digest, Md5};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::{Members, Table, functions};
use crate::diagnostics::nearest;
use crate::python::params::{receiver, take, text};
use crate::template::value::{Args, BuiltinFn, Fault, Native, Value, Vm};

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

const TABLE: Table = &[
    ("md5", |m, a| start(m, 0, a)),
    ("sha1", |m, a| start(m, 1, a)),
    ("sha224", |m, a| start(m, 2, a)),
    ("sha256", |m, a| start(m, 3, a)),
    ("sha384", |m, a| start(m, 4, a)),
    ("sha512", |m, a| start(m, 5, a)),
    ("new", new),
];

/// The members of `hashlib`.
pub(super) fn members() -> Members {
    functions(TABLE)
}

/// A hash in the making. The text is kept, and the digest computed when it is asked for.
#[derive(Debug)]
struct Hash {
    algorithm: Algorithm,
    fed: RefCell<String>,
}

fn start(vm: &mut dyn Vm, algorithm: usize, args: Args) -> Result<Value, Fault> {
    let algorithm = ALGORITHMS[algorithm];
    let ([], [data, _]) = take(algorithm.name, args, [], ["string", "usedforsecurity"])?;
    hash(vm, algorithm, data)
}

fn hash(vm: &mut dyn Vm, algorithm: Algorithm, data: Option<Value>) -> Result<Value, Fault> {
    let fed = data.map_or(Ok(String::new()), |d| text(algorithm.name, &d).map(|t| t.as_str().to_string()))?;
    vm.charge_text(fed.len())?;
    Ok(Value::native(Hash { algorithm, fed: RefCell::new(fed) }))
}

fn new(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let ([name], [data]) = take("new", args, ["name"], ["string"])?;
    let name = text("new", &name)?;
    let wanted = name.as_str().to_lowercase();
    match ALGORITHMS.iter().find(|a| a.name == wanted) {
        Some(algorithm) => hash(vm, *algorithm, data),
        None => {
            let fault = Fault::value_error(format!("there is no hash `{}` here", name.as_str()));
            Err(match nearest(&wanted, ALGORITHMS.iter().map(|a| a.name)) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault,
            })
        }
    }
}

const METHODS: &[(&str, BuiltinFn)] =
    &[("update", update), ("hexdigest", hexdigest), ("digest", digest), ("copy", copy)];

fn with_hash<T>(
    name: &str,
    args: Args,
    run: impl FnOnce(&Hash, Args) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let (value, args) = receiver(name, args)?;
    match value.downcast::<Hash>() {
        Some(hash) => run(hash, args),
        None => Err(Fault::bad_call(format!("{name}() belongs to a hash"))),
    }
}

fn update(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    with_hash("update", args, |hash, args| {
        let ([data], []) = take("update", args, ["string"], [])?;
        let data = text("update", &data)?;
        vm.charge_text(hash.fed.borrow().len() + data.as_str().len())?;
        hash.fed.borrow_mut().push_str(data.as_str());
        Ok(Value::None)
    })
}

fn result(vm: &mut dyn Vm, name: &str, args: Args) -> Result<Vec<u8>, Fault> {
    with_hash(name, args, |hash, args| {
        take(name, args, [], [])?;
        let fed = hash.fed.borrow();
        vm.charge(1 + fed.len() as u64 / 64)?;
        Ok((hash.algorithm.digest)(fed.as_bytes()))
    })
}

fn hexdigest(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let bytes = result(vm, "hexdigest", args)?;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    Ok(Value::str(out))
}

/// The bytes as characters of the same numbers, as in Python 2's text.
fn digest(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    let bytes = result(vm, "digest", args)?;
    Ok(Value::str(bytes.into_iter().map(char::from).collect::<String>()))
}

fn copy(vm: &mut dyn Vm, args: Args) -> Result<Value, Fault> {
    with_hash("copy", args, |hash, args| {
        take("copy", args, [], [])?;
        vm.charge_text(hash.fed.borrow().len())?;
        let fed = RefCell::new(hash.fed.borrow().clone());
        Ok(Value::native(Hash { algorithm: hash.algorithm, fed }))
    })
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

    fn method(&self, name: &str) -> Option<(&'static str, BuiltinFn)> {
        METHODS.iter().find(|(n, _)| *n == name).copied()
    }

    fn names(&self) -> Vec<&str> {
        METHODS.iter().map(|(n, _)| *n).chain(["name", "digest_size"]).collect()
    }
}
