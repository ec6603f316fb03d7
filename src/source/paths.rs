//! Paths, without a look at the disk.

use std::path::{Component, Path, PathBuf};

/// Joins and removes `.` and `..` without looking at the disk.
pub(super) fn normalise(base: &Path, name: &str) -> PathBuf {
    let mut out = PathBuf::new();
    for part in base.join(name).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => match out.components().next_back() {
                Some(Component::Normal(_)) => {
                    out.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => out.push(".."),
            },
            other => out.push(other),
        }
    }
    out
}

/// A path seen from a folder, both from the root of the file system. On systems that have several, it stays as it is
/// where the two have no common root.
pub(super) fn relative(here: &Path, path: &Path) -> PathBuf {
    let common = here.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return path.to_path_buf();
    }
    let up = here.components().skip(common).map(|_| Component::ParentDir);
    up.chain(path.components().skip(common)).collect()
}

/// The smallest folder that holds two absolute paths; nothing where that is the root of the file system.
pub(super) fn common_folder(one: &Path, other: &Path) -> Option<PathBuf> {
    let both = one.components().zip(other.components()).take_while(|(a, b)| a == b);
    let folder: PathBuf = both.map(|(part, _)| part).collect();
    folder.parent().is_some().then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_upwards_are_taken_where_there_is_something_to_leave() {
        let cases = [
            ("a/b", "../c", "a/c"),
            ("", "../../x/./y", "../../x/y"),
            ("../a", "../../b", "../../b"),
            ("/a", "../../../b", "/b"),
            ("a", "/b/../c", "/c"),
        ];
        for (base, name, expected) in cases {
            assert_eq!(normalise(Path::new(base), name), Path::new(expected), "{base} {name}");
        }
    }

    #[test]
    fn paths_are_seen_from_the_working_directory() {
        let of = |here: &str, path: &str| relative(Path::new(here), Path::new(path)).display().to_string();
        assert_eq!(of("/a/b", "/a/b"), "");
        assert_eq!(of("/a/b", "/a/b/c"), "c");
        assert_eq!(of("/a/b", "/a"), "..");
        assert_eq!(of("/a/b", "/a/c/d"), "../c/d");
    }

    #[test]
    fn the_smallest_common_folder_is_not_the_whole_file_system() {
        let of = |one: &str, other: &str| common_folder(Path::new(one), Path::new(other));
        assert_eq!(of("/a/b", "/a/c/d"), Some(PathBuf::from("/a")));
        assert_eq!(of("/a/b", "/c"), None);
    }
}
