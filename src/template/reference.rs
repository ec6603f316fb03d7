//! References: `a.b[c]`, the addresses between the braces of a mustache.

use std::fmt;

use super::value::Fault;
use crate::diagnostics::codes::template::BAD_REFERENCE;

/// One step of a reference.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Component {
    /// `.name`
    Name(Box<str>),
    /// `[index]`
    Index(Box<str>),
}

impl Component {
    /// The name or index, without punctuation.
    pub fn value(&self) -> &str {
        match self {
            Component::Name(v) | Component::Index(v) => v,
        }
    }
}

/// A reference. Never empty when it comes from [`Ref::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ref(Box<[Component]>);

impl Ref {
    /// Reads an address, such as `profile.ports[http]`.
    ///
    /// # Errors
    /// Pystachio's InvalidRefError, when the text is not dotted names and indices (no blanks, quotes or dashes
    /// outside an index).
    pub fn parse(address: &str) -> Result<Ref, Fault> {
        let mut components = Vec::new();
        let mut rest = address;
        let mut first = true;
        while !rest.is_empty() || first {
            let (component, tail) = match rest.as_bytes().first() {
                Some(b'[') => index(&rest[1..]),
                Some(b'.') => name(&rest[1..]),
                Some(c) if first && (c.is_ascii_alphabetic() || *c == b'_') => name(rest),
                _ => None,
            }
            .ok_or_else(|| malformed(address))?;
            components.push(component);
            rest = tail;
            first = false;
        }
        Ok(Ref(components.into()))
    }

    /// A reference of one name.
    pub fn name(name: &str) -> Ref {
        Ref(Box::new([Component::Name(name.into())]))
    }

    /// A reference of these steps.
    pub fn from_components(components: Vec<Component>) -> Ref {
        Ref(components.into())
    }

    /// The first step, and the reference behind it (which may be empty).
    pub(super) fn split_first(&self) -> (Component, Ref) {
        match self.0.split_first() {
            Some((head, rest)) => (head.clone(), Ref(rest.into())),
            None => (Component::Name("".into()), Ref(Box::new([]))),
        }
    }

    /// The steps.
    pub fn components(&self) -> &[Component] {
        &self.0
    }

    /// Joins two references.
    pub fn join(&self, other: &Ref) -> Ref {
        Ref(self.0.iter().chain(other.0.iter()).cloned().collect())
    }

    /// The address, as written in a mustache.
    pub fn address(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, component) in self.0.iter().enumerate() {
            match component {
                Component::Name(n) if i == 0 => f.write_str(n)?,
                Component::Name(n) => write!(f, ".{n}")?,
                Component::Index(n) => write!(f, "[{n}]")?,
            }
        }
        Ok(())
    }
}

fn name(text: &str) -> Option<(Component, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    let valid = text.as_bytes().first().is_some_and(|c| !c.is_ascii_digit()) && end > 0;
    valid.then(|| (Component::Name(text[..end].into()), &text[end..]))
}

fn index(text: &str) -> Option<(Component, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "_-./".contains(c)))?;
    let closed = end > 0 && text[end..].starts_with(']');
    closed.then(|| (Component::Index(text[..end].into()), &text[end + 1..]))
}

fn malformed(address: &str) -> Fault {
    let fault =
        Fault::new("InvalidRefError", &BAD_REFERENCE, format!("`{{{{{address}}}}}` is not a reference"));
    let trimmed = address.trim();
    if trimmed != address && Ref::parse(trimmed).is_ok() {
        return fault.help(format!("write it without blanks: `{{{{{trimmed}}}}}`"));
    }
    if address.contains(['\'', '"']) {
        let plain: String = address.chars().filter(|c| !"'\"".contains(*c)).collect();
        if Ref::parse(&plain).is_ok() {
            return fault.help(format!("an index is written without quotes: `{{{{{plain}}}}}`"));
        }
    }
    fault.help("a reference is made of names, dots and [indices], such as `{{profile.ports[http]}}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_printed() {
        for good in ["a", "a.b", "a[b].c", "a[0][-1]", "a[x/y.z-1]", "_x9"] {
            assert_eq!(Ref::parse(good).unwrap().address(), good);
        }
        assert_eq!(Ref::parse(".x").unwrap(), Ref::parse("x").unwrap());
        assert_eq!(Ref::parse("[a].b").unwrap().address(), "[a].b");
        for bad in ["", " a", "a b", "a-b", "m['a']", "a..b", "a[", "a[]", "9a", "a.9", "a]", "&"] {
            assert!(Ref::parse(bad).is_err(), "{bad:?}");
        }
    }
}
