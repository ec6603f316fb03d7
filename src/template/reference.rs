//! References: `a.b[c]`, the addresses between the braces of a mustache.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use pest::Parser;

use super::fields::hash;
use super::grammar::{Rule, TemplateParser, Token};
use super::value::Fault;
use crate::diagnostics::codes::template::BAD_REFERENCE;

/// A name, or what stands in an index, with its hash: looking it up is most of what references do.
#[derive(Debug, Clone)]
pub struct Name {
    text: Rc<str>,
    hash: u64,
}

impl Name {
    /// Its hash, as the fields of types have it.
    pub(super) fn hash(&self) -> u64 {
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

/// A reference. Never empty when it comes from [`Ref::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ref(Box<[Component]>);

impl Ref {
    /// Reads an address, such as `profile.ports[http]`.
    ///
    /// # Errors
    /// Pystachio's InvalidRefError, when the text is not dotted names and indices (no spaces, quotes or dashes
    /// outside an index).
    pub fn parse(address: &str) -> Result<Ref, Fault> {
        let tokens = TemplateParser::parse(Rule::address, address).map_err(|_| malformed(address))?;
        let reference = tokens.into_iter().find(|t| t.as_rule() == Rule::reference);
        reference.map(Ref::of).ok_or_else(|| malformed(address))
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

/// Why an address is not a reference, and which one may have been meant.
#[cold]
pub(super) fn malformed(address: &str) -> Fault {
    let fault =
        Fault::new("InvalidRefError", &BAD_REFERENCE, format!("`{{{{{address}}}}}` is not a reference"));
    let trimmed = address.trim();
    if trimmed != address && Ref::parse(trimmed).is_ok() {
        return fault.near(&format!("{{{{{trimmed}}}}}")).help("a reference is written without blanks");
    }
    if address.contains(['\'', '"']) {
        let plain: String = address.chars().filter(|c| !"'\"".contains(*c)).collect();
        if Ref::parse(&plain).is_ok() {
            return fault.near(&format!("{{{{{plain}}}}}")).help("an index is written without quotes");
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
