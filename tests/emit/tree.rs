//! Thrift messages read into a tree that knows numbers and types but no names, and named by `fields.txt`.

use std::collections::BTreeMap;
use std::io::Cursor;

use serde_json::{Map, Value};
use thrift::protocol::{TBinaryInputProtocol, TInputProtocol, TMessageType, TType};

/// A value as it came over the wire.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    Bool(bool),
    Double(f64),
    I32(i32),
    I64(i64),
    Text(String),
    Struct(BTreeMap<i16, Tree>),
    Map(Vec<(Tree, Tree)>),
    Set(Vec<Tree>),
    List(Vec<Tree>),
}

/// Reads a call with the `thrift` crate: its name and its arguments. Everything must be used up.
pub(crate) fn read_binary(bytes: &[u8]) -> (String, Tree) {
    let mut cursor = Cursor::new(bytes);
    let mut protocol = TBinaryInputProtocol::new(&mut cursor, true);
    let message = protocol.read_message_begin().unwrap();
    assert_eq!(message.message_type, TMessageType::Call);
    let tree = binary_value(&mut protocol, TType::Struct);
    protocol.read_message_end().unwrap();
    assert_eq!(cursor.position(), bytes.len() as u64, "bytes behind the message");
    (message.name, tree)
}

fn binary_value(from: &mut dyn TInputProtocol, kind: TType) -> Tree {
    match kind {
        TType::Bool => Tree::Bool(from.read_bool().unwrap()),
        TType::Double => Tree::Double(from.read_double().unwrap()),
        TType::I32 => Tree::I32(from.read_i32().unwrap()),
        TType::I64 => Tree::I64(from.read_i64().unwrap()),
        TType::String => Tree::Text(from.read_string().unwrap()),
        TType::Struct => binary_struct(from),
        TType::Map => {
            let map = from.read_map_begin().unwrap();
            let (key, value) = (map.key_type.unwrap(), map.value_type.unwrap());
            let entries =
                (0..map.size).map(|_| (binary_value(from, key), binary_value(from, value))).collect();
            Tree::Map(entries)
        }
        TType::Set => {
            let set = from.read_set_begin().unwrap();
            Tree::Set((0..set.size).map(|_| binary_value(from, set.element_type)).collect())
        }
        TType::List => {
            let list = from.read_list_begin().unwrap();
            Tree::List((0..list.size).map(|_| binary_value(from, list.element_type)).collect())
        }
        other => panic!("no message of Aurora has a {other:?}"),
    }
}

fn binary_struct(from: &mut dyn TInputProtocol) -> Tree {
    from.read_struct_begin().unwrap();
    let mut fields = BTreeMap::new();
    loop {
        let field = from.read_field_begin().unwrap();
        if field.field_type == TType::Stop {
            from.read_struct_end().unwrap();
            return Tree::Struct(fields);
        }
        let value = binary_value(from, field.field_type);
        let old = fields.insert(field.id.unwrap(), value);
        assert!(old.is_none(), "field {:?} twice", field.id);
    }
}

/// Reads a call of TJSONProtocol: its name and its arguments.
pub(crate) fn read_tjson(bytes: &[u8]) -> (String, Tree) {
    let message: Value = serde_json::from_slice(bytes).unwrap();
    let parts = message.as_array().unwrap();
    assert_eq!((&parts[0], &parts[2], &parts[3], parts.len()), (&1.into(), &1.into(), &0.into(), 5));
    (parts[1].as_str().unwrap().to_owned(), tjson_value("rec", &parts[4]))
}

fn tjson_value(tag: &str, value: &Value) -> Tree {
    match tag {
        "tf" => Tree::Bool(match value.as_u64() {
            Some(0) => false,
            Some(1) => true,
            _ => panic!("not a bool: {value}"),
        }),
        "dbl" => Tree::Double(value.as_f64().unwrap()),
        "i32" => Tree::I32(value.as_i64().unwrap().try_into().unwrap()),
        "i64" => Tree::I64(value.as_i64().unwrap()),
        "str" => Tree::Text(value.as_str().unwrap().to_owned()),
        "rec" => Tree::Struct(value.as_object().unwrap().iter().map(tjson_field).collect()),
        "map" => {
            let parts = value.as_array().unwrap();
            assert_eq!((&parts[0], &parts[1], parts.len()), (&"str".into(), &"str".into(), 4));
            let entries = parts[3].as_object().unwrap();
            assert_eq!(parts[2].as_u64(), Some(entries.len() as u64));
            Tree::Map(entries.iter().map(|(k, v)| (Tree::Text(k.clone()), tjson_value("str", v))).collect())
        }
        "set" => Tree::Set(tjson_items(value)),
        "lst" => Tree::List(tjson_items(value)),
        _ => panic!("no such tag: {tag}"),
    }
}

fn tjson_field((number, tagged): (&String, &Value)) -> (i16, Tree) {
    let tagged = tagged.as_object().unwrap();
    assert_eq!(tagged.len(), 1);
    let (tag, value) = tagged.iter().next().unwrap();
    (number.parse().unwrap(), tjson_value(tag, value))
}

fn tjson_items(value: &Value) -> Vec<Tree> {
    let parts = value.as_array().unwrap();
    assert_eq!(parts[1].as_u64(), Some(parts.len() as u64 - 2));
    parts[2..].iter().map(|v| tjson_value(parts[0].as_str().unwrap(), v)).collect()
}

/// The fields and enums of api.thrift.
pub(crate) struct Names {
    fields: BTreeMap<(String, i16), (String, String)>,
    enums: BTreeMap<(String, i32), String>,
}

impl Names {
    pub(crate) fn load() -> Names {
        let mut names = Names { fields: BTreeMap::new(), enums: BTreeMap::new() };
        for line in include_str!("fields.txt").lines().filter(|l| !l.starts_with('#')) {
            let parts: Vec<&str> = line.split(' ').collect();
            let [a, b, c, d] = parts[..] else { panic!("fields.txt: {line}") };
            if a == "enum" {
                names.enums.insert((b.to_owned(), c.parse().unwrap()), d.to_owned());
            } else {
                names.fields.insert((a.to_owned(), b.parse().unwrap()), (c.to_owned(), d.to_owned()));
            }
        }
        names
    }

    /// The fields of a struct or union, by name, with their types; none where there is no such struct.
    pub(crate) fn fields_of(&self, ty: &str) -> BTreeMap<&str, &str> {
        let own = self.fields.iter().filter(|((of, _), _)| of == ty);
        own.map(|(_, (field_type, name))| (name.as_str(), field_type.as_str())).collect()
    }

    /// The values of an enum; none where there is no such enum.
    pub(crate) fn values_of(&self, ty: &str) -> Vec<&str> {
        self.enums.iter().filter(|((of, _), _)| of == ty).map(|(_, name)| name.as_str()).collect()
    }

    /// The tree as readable JSON; panics where a number or type is not that of api.thrift.
    pub(crate) fn readable(&self, ty: &str, tree: &Tree) -> Value {
        match (ty, tree) {
            ("bool", Tree::Bool(b)) => (*b).into(),
            ("double", Tree::Double(d)) => (*d).into(),
            ("i32", Tree::I32(n)) => (*n).into(),
            ("i64", Tree::I64(n)) => (*n).into(),
            ("string", Tree::Text(t)) => t.as_str().into(),
            ("map<string>", Tree::Map(entries)) => entries
                .iter()
                .map(|(k, v)| {
                    (self.readable("string", k).as_str().unwrap().to_owned(), self.readable("string", v))
                })
                .collect::<Map<_, _>>()
                .into(),
            (_, Tree::Set(items)) => self.items(ty.strip_prefix("set<").unwrap(), items),
            (_, Tree::List(items)) => self.items(ty.strip_prefix("list<").unwrap(), items),
            (_, Tree::I32(n)) => self.enums[&(ty.to_owned(), *n)].as_str().into(),
            (_, Tree::Struct(fields)) => {
                fields.iter().map(|f| self.field(ty, f)).collect::<Map<_, _>>().into()
            }
            _ => panic!("not a {ty}: {tree:?}"),
        }
    }

    fn items(&self, rest: &str, items: &[Tree]) -> Value {
        let element = rest.strip_suffix('>').unwrap();
        items.iter().map(|i| self.readable(element, i)).collect()
    }

    fn field(&self, ty: &str, (number, value): (&i16, &Tree)) -> (String, Value) {
        let (field_type, name) = &self.fields[&(ty.to_owned(), *number)];
        (name.clone(), self.readable(field_type, value))
    }
}
