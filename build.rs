//! How the program is linked.
#![expect(clippy::disallowed_methods, reason = "cargo tells about the target in the environment")]

use std::env;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    // A program at a fixed address has no tables that the system must correct before it starts: a quarter of the page
    // faults of a short run (docs/performance.md).
    if (target("OS"), target("ENV"), target("ARCH")) == ("linux".into(), "gnu".into(), "x86_64".into()) {
        println!("cargo:rustc-link-arg-bins=-no-pie");
        // The unwinder is one library less to load at each start, where the C compiler has it for linking.
        if let Some(directory) = unwinder() {
            println!("cargo:rustc-link-search=native={}", directory.display());
            println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
        }
    }
}

/// Where the C compiler of this machine keeps the unwinder, if the program is for this machine.
fn unwinder() -> Option<PathBuf> {
    if env::var("HOST").ok()? != env::var("TARGET").ok()? {
        return None;
    }
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_string());
    let output = Command::new(linker).arg("-print-file-name=libgcc_eh.a").output().ok()?;
    let file = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    if file.is_file() { file.parent().map(PathBuf::from) } else { None }
}
