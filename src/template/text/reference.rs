//! References: `a.b[c]`, the addresses between the braces of a mustache.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use pest::Parser;
use rustc_hash::FxBuildHasher;

use super::grammar::{Rule, TemplateParser, Token};

/// A name, or what stands in an index, with its hash: looking it up is most of what references do.
#[derive(Debug, Clone)]
pub struct Name {
    text: Rc<str>,
    hash: u64,
}

impl Name {
    /// Its hash, as the fields of types have it.
    pub(in crate::template) fn hash(&self) -> u64 {
        self.hash
    }
}

impl<T: Into<Rc<str>>> From<T> for Name {
    fn from(text: T) -> Name {
        let text = text.into();
        Name { hash: hash(&text), text }
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        self.hash == other.hash && self.text == other.text
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Name) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Name) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The hash of a name.
pub(in crate::template) fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(Bytes(name))
}

/// Text that hashes as its bytes alone.
struct Bytes<'n>(&'n str);

impl Hash for Bytes<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.0.as_bytes());
    }
}

/// One step of a reference.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Component {
    /// `.name`
    Name(Name),
    /// `[index]`
    Index(Name),
}

impl Component {
    /// The name or index, without punctuation.
    pub fn value(&self) -> &str {
        match self {
            Component::Name(v) | Component::Index(v) => v,
        }
    }
}

/// A reference. Never empty when it comes from [`Ref::read`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ref(Box<[Component]>);

impl Ref {
    /// Reads an address, such as `profile.ports[http]`.
    ///
    /// # Errors
    /// When the string is not dotted names and indices (no spaces, quotes or dashes outside an index).
    pub fn read(address: &str) -> Result<Ref, Malformed> {
        let tokens = TemplateParser::parse(Rule::address, address).map_err(|_| Malformed::new(address))?;
        let reference = tokens.into_iter().find(|t| t.as_rule() == Rule::reference);
        reference.map(Ref::of).ok_or_else(|| Malformed::new(address))
    }

    /// The reference that a `reference` of the grammar spells.
    pub(super) fn of(token: Token<'_>) -> Ref {
        let component = |part: Token<'_>| match part.as_rule() {
            Rule::name => Component::Name(part.as_str().into()),
            _ => Component::Index(part.as_str().into()),
        };
        Ref(token.into_inner().map(component).collect())
    }

    /// A reference of one name.
    pub fn name(name: impl Into<Name>) -> Ref {
        Ref(Box::new([Component::Name(name.into())]))
    }

    /// A reference of these steps.
    pub fn from_components(components: Vec<Component>) -> Ref {
        Ref(components.into())
    }

    /// The first step, and the reference after it (which may be empty).
    pub(in crate::template) fn split_first(&self) -> (Component, Ref) {
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

/// A reference is looked up by its steps, whose hash and order are its own.
impl Borrow<[Component]> for Ref {
    fn borrow(&self) -> &[Component] {
        &self.0
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

/// An address that is not a reference.
#[derive(Debug, Clone)]
pub struct Malformed {
    /// The address as it is written.
    pub address: Box<str>,
    /// The address that was probably meant, and the rule that the written one breaks.
    pub meant: Option<(Box<str>, &'static str)>,
}

impl Malformed {
    #[cold]
    pub(super) fn new(address: &str) -> Malformed {
        let trimmed = address.trim();
        let unquoted: String = address.chars().filter(|c| !"'\"".contains(*c)).collect();
        let rules = [
            (trimmed, "a reference is written without blanks"),
            (unquoted.as_str(), "an index is written without quotes"),
        ];
        let fits =
            |(meant, _): &(&str, _)| *meant != address && TemplateParser::parse(Rule::address, meant).is_ok();
        let meant = rules.into_iter().find(fits).map(|(meant, rule)| (meant.into(), rule));
        Malformed { address: address.into(), meant }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_printed() {
        for good in ["a", "a.b", "a[b].c", "a[0][-1]", "a[x/y.z-1]", "_x9"] {
            assert_eq!(Ref::read(good).unwrap().address(), good);
        }
        assert_eq!(Ref::read(".x").unwrap(), Ref::read("x").unwrap());
        assert_eq!(Ref::read("[a].b").unwrap().address(), "[a].b");
        for bad in ["", " a", "a b", "a-b", "m['a']", "a..b", "a[", "a[]", "9a", "a.9", "a]", "&"] {
            assert!(Ref::read(bad).is_err(), "{bad:?}");
        }
    }
}
