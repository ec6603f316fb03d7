//! Modules do not need each other in a circle.
//!
//! In every folder, its files and subfolders are looked at; a subfolder counts as a whole. What a file needs is told by
//! the paths in it (`use`, and paths inside code), followed through re-exports to the file that declares the item. A
//! folder's `mod.rs` may need the files of the folder, and they may need it: it is the folder itself. Tests do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use libtest_mimic::Trial;

use crate::project::rust_files;
use crate::source_text::{paths, use_trees, without_strings_and_tests};
use crate::{root, trial};

/// The path of a module below the root of the crate.
type Module = Vec<String>;

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial("project/circles".to_string(), circles)]
}

fn circles() -> Result<(), String> {
    let found = Library::read()?.circles_in(&[]);
    if found.is_empty() { Ok(()) } else { Err(found.join("\n")) }
}

/// What a file brings into scope and what it says.
struct File {
    /// Names brought into scope, with the path that each stands for.
    imports: Vec<(String, Vec<String>)>,
    /// Paths of at least two steps in the code.
    inline: Vec<Vec<String>>,
}

struct Library {
    files: BTreeMap<Module, File>,
}

impl Library {
    fn read() -> Result<Library, String> {
        let mut files = BTreeMap::new();
        for path in rust_files(&root("src")) {
            let relative = path.strip_prefix(root("src")).unwrap_or(&path);
            let Some(module) = module_of(relative) else { continue };
            let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
            let code = without_strings_and_tests(&text);
            let (imports, rest) = use_trees(&code);
            files.insert(module, File { imports, inline: paths(&rest) });
        }
        Ok(Library { files })
    }

    /// The circles in a folder and in the folders inside it, each as a line.
    fn circles_in(&self, folder: &[String]) -> Vec<String> {
        let depth = folder.len();
        let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for module in self.files.keys().filter(|m| m.len() > depth && m.starts_with(folder)) {
            let of = needs.entry(&module[depth]).or_default();
            let used = self.used_by(module).into_iter().filter_map(|used| self.files.get_key_value(&used));
            let beside =
                used.filter(|(m, _)| m.len() > depth && m.starts_with(folder) && m[depth] != module[depth]);
            of.extend(beside.map(|(used, _)| used[depth].as_str()));
        }
        let mut found: Vec<String> = circle(&needs)
            .map(|names| format!("src/{}: {} need each other", folder.join("/"), names.join(", ")))
            .into_iter()
            .collect();
        for name in needs.keys() {
            let inner: Module = folder.iter().cloned().chain([name.to_string()]).collect();
            found.extend(self.circles_in(&inner));
        }
        found
    }

    /// The modules that declare what a module uses.
    fn used_by(&self, module: &[String]) -> BTreeSet<Module> {
        let Some(file) = self.files.get(module) else { return BTreeSet::new() };
        let mut used = BTreeSet::new();
        for (_, path) in &file.imports {
            used.extend(self.absolute(module, path).and_then(|path| self.declares(&path, 0)));
        }
        for path in &file.inline {
            let path = self.through_imports(file, path).unwrap_or_else(|| path.clone());
            used.extend(self.absolute(module, &path).and_then(|path| self.declares(&path, 0)));
        }
        used.remove(module);
        used
    }

    /// A path whose first step was imported, with the path of the import instead.
    fn through_imports(&self, file: &File, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let (_, import) = file.imports.iter().find(|(name, _)| name == first)?;
        Some(import.iter().chain(rest).cloned().collect())
    }

    /// A path as seen from a module, below the root; nothing where it leads out of the crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let mut at = module.to_vec();
        match first.as_str() {
            "crate" => return Some(rest.to_vec()),
            "self" => {}
            "super" => {
                let ups = path.iter().take_while(|step| *step == "super").count();
                at.truncate(module.len().saturating_sub(ups));
                return Some(at.into_iter().chain(path[ups..].iter().cloned()).collect());
            }
            child => {
                at.push(child.to_string());
                if !self.files.contains_key(&at) {
                    return None;
                }
            }
        }
        Some(at.into_iter().chain(rest.iter().cloned()).collect())
    }

    /// The module that declares the item of a path, followed through re-exports; a module itself is declared
    /// by its file.
    fn declares(&self, path: &[String], hops: usize) -> Option<Module> {
        let length = (0..=path.len()).rev().find(|n| *n == 0 || self.files.contains_key(&path[..*n]))?;
        let (module, rest) = path.split_at(length);
        let module = module.to_vec();
        let Some((item, after)) = rest.split_first() else { return Some(module) };
        let import = self.files.get(&module)?.imports.iter().find(|(name, _)| name == item);
        let target = import.and_then(|(_, target)| self.absolute(&module, target));
        match target.filter(|target| hops < 8 && target != path) {
            Some(target) => self.declares(&target.iter().chain(after).cloned().collect::<Vec<_>>(), hops + 1),
            None => Some(module),
        }
    }
}

/// The module of a file; nothing for tests and the program.
fn module_of(relative: &Path) -> Option<Module> {
    let mut steps: Module =
        relative.with_extension("").iter().map(|step| step.to_string_lossy().into_owned()).collect();
    if steps.iter().any(|step| matches!(step.as_str(), "tests" | "testing")) || steps == ["main"] {
        return None;
    }
    if steps.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib")) {
        steps.pop();
    }
    Some(steps)
}

/// The names of all that need each other in a circle, or need something that does and is needed by it.
fn circle<'n>(needs: &BTreeMap<&'n str, BTreeSet<&'n str>>) -> Option<Vec<&'n str>> {
    let mut left: BTreeMap<&str, BTreeSet<&str>> = needs.clone();
    loop {
        let is_end = |name: &str| {
            let needs_none = left.get(name).is_none_or(|needed| needed.iter().all(|n| !left.contains_key(n)));
            needs_none || !left.values().any(|needed| needed.contains(name))
        };
        let ends: Vec<&str> = left.keys().copied().filter(|name| is_end(name)).collect();
        if ends.is_empty() {
            break;
        }
        ends.iter().for_each(|name| drop(left.remove(name)));
    }
    (!left.is_empty()).then(|| left.into_keys().collect())
}
