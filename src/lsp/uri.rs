//! URIs ↔ paths.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is escaped in the path of a URI: all but what RFC 3986 calls unreserved, and the slash.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path of a `file:` URI, without `.` and `..`; nothing for URIs of other schemes.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let path = percent_decode_str(&rest[rest.find('/')?..]).decode_utf8().ok()?;
    let bytes = path.as_bytes();
    // `/C:/folder` of Windows.
    let has_drive = bytes.len() > 2 && bytes[1].is_ascii_alphabetic() && bytes[2] == b':';
    let path = if has_drive { &path[1..] } else { &*path };
    Some(crate::source::resolved(None, path))
}

/// The URI of a path.
pub(super) fn uri_of(path: &Path) -> Uri {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    Uri(format!("file://{slash}{}", utf8_percent_encode(&path, ESCAPED)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_survive_the_way_through_a_uri() {
        for path in ["/a/b.aurora", "/with space/100%/é#?.aurora"] {
            assert_eq!(path_of(&uri_of(Path::new(path))).as_deref(), Some(Path::new(path)));
        }
        assert_eq!(uri_of(Path::new("/a b/c.aurora")).0, "file:///a%20b/c.aurora");
    }

    #[test]
    fn clients_may_escape_more_than_we_do() {
        let path = |text: &str| path_of(&Uri(text.to_string()));
        assert_eq!(path("file:///a%2Db/./c/../d.aurora").as_deref(), Some(Path::new("/a-b/d.aurora")));
        assert_eq!(path("file://localhost/a").as_deref(), Some(Path::new("/a")));
        assert_eq!(path("file:///c%3A/a").as_deref(), Some(Path::new("c:/a")));
        assert_eq!(path("untitled:Untitled-1"), None);
    }
}
