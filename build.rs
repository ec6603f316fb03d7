//! How the program is linked.
#![expect(clippy::disallowed_methods, reason = "cargo tells about the target in the environment")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={ORDER}");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if (target("OS"), target("ENV"), target("ARCH")) != ("linux".into(), "gnu".into(), "x86_64".into()) {
        return;
    }
    // A program at a fixed address has no tables that the system must correct before it starts: a quarter of the page
    // faults of a short run (docs/performance.md).
    println!("cargo:rustc-link-arg-bins=-no-pie");
    // Nor need libraries be found, loaded and joined at each start, where this machine has them for linking.
    if let Some(directory) =
        Libraries::of_this_machine().and_then(|libraries| libraries.instead_of_shared().ok())
    {
        println!("cargo:rustc-link-arg-bins=-static");
        println!("cargo:rustc-link-arg-bins=-L{}", directory.display());
    }
    // What an ordinary run calls lies together. Spread over the whole program, it was half of the page faults of a short run.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release")
        && linker_of_the_compiler()
        && let Ok(script) = order_script()
    {
        println!("cargo:rustc-link-arg-bins=-T{}", script.display());
    }
}

/// The functions that an ordinary run calls, which `bench/order.py` writes.
const ORDER: &str = "link/order.txt";

/// Whether nobody has chosen another linker, which may not know linker scripts.
fn linker_of_the_compiler() -> bool {
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    env::var_os("RUSTC_LINKER").is_none()
        && !["link-arg", "linker", "link-self-contained"].iter().any(|of| flags.contains(of))
}

/// A linker script with a section, before that of all other functions, for those of [`ORDER`].
fn order_script() -> io::Result<PathBuf> {
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    let path = Path::new(&out).join("order.ld");
    let order = fs::read_to_string(ORDER)?;
    let functions =
        order.lines().filter(|line| !line.starts_with('#')).map(|line| match line.ends_with(".o") {
            true => format!("    *:{line}(.text .text.*)\n"),
            false => format!("    *(.text*.{line})\n"),
        });
    let functions: String = functions.collect();
    fs::write(
        &path,
        format!("SECTIONS\n{{\n  .text.order :\n  {{\n{functions}  }}\n}}\nINSERT BEFORE .text;\n"),
    )?;
    Ok(path)
}

/// The C library and what belongs to it, for linking.
struct Libraries {
    /// The C library, the unwinder and the compiler's own functions, which need each other.
    c: [PathBuf; 3],
    /// The mathematical functions.
    m: PathBuf,
}

impl Libraries {
    /// Those of this machine, if the program is for it.
    fn of_this_machine() -> Option<Libraries> {
        if env::var("HOST").ok()? != env::var("TARGET").ok()? {
            return None;
        }
        let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_string());
        let file = |name: &str| file(&linker, name);
        // Before glibc 2.34, threads were a library of their own, which must not be linked in part.
        let threads = fs::metadata(file("libpthread.a")?).ok()?;
        (threads.len() == EMPTY_ARCHIVE).then_some(())?;
        let c = [file("libc.a")?, file("libgcc_eh.a")?, file("libgcc.a")?];
        Some(Libraries { c, m: file("libm.a")? })
    }

    /// A directory in which the linker finds these in place of the shared libraries that the compiler asks for.
    fn instead_of_shared(&self) -> io::Result<PathBuf> {
        let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
        let directory = Path::new(&out).join("static");
        fs::create_dir_all(&directory)?;
        let names: Vec<String> = self.c.iter().map(|file| format!("\"{}\"", file.display())).collect();
        let group = format!("GROUP ( {} )\n", names.join(" "));
        for name in ["c", "dl", "gcc_s", "pthread", "rt", "util"] {
            fs::write(directory.join(format!("lib{name}.so")), &group)?;
        }
        // An archive, or a script that names one.
        fs::write(directory.join("libm.so"), format!("INPUT ( \"{}\" )\n", self.m.display()))?;
        Ok(directory)
    }
}

/// Bytes of an archive with nothing in it.
const EMPTY_ARCHIVE: u64 = 8;

/// A file that the C compiler of this machine has.
fn file(linker: &str, name: &str) -> Option<PathBuf> {
    let output = Command::new(linker).arg(format!("-print-file-name={name}")).output().ok()?;
    let file = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    (file.is_absolute() && file.is_file()).then_some(file)
}
