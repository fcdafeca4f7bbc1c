//! Reading what the engine and this page have written: JSON to the core's types, in little code.
//!
//! serde_json's own way from text to a type is compiled anew for every type, with every form that a value might have and
//! the place of every mistake: a quarter of the page's WebAssembly. What is read here was written by the same version of
//! the same types, so it is read as a tree first, then in the one form that it has, and a mistake is just a mistake.
//! What people write goes to the engine, which says where it is wrong.

use std::fmt;

use admit_core::{Case, Kind};
use serde::de::value::StringDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, EnumAccess, Expected, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A value of a type, or nothing where the text is not one.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    from_tree(serde_json::from_str(text).ok()?)
}

/// As [`read`], from a tree.
pub fn from_tree<T: DeserializeOwned>(tree: Value) -> Option<T> {
    T::deserialize(Tree(tree)).ok()
}

/// A case, from a tree.
pub fn case(tree: Value) -> Option<Case> {
    Case::of_kind(kind(&tree)?, Tree(tree)).ok()
}

/// The kind of what should be a case.
pub fn kind(tree: &Value) -> Option<Kind> {
    Kind::deserialize(Tree(tree.get("kind")?.clone())).ok()
}

/// Something else was there. It says no more, since nobody would read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("of another form")
    }
}

impl std::error::Error for Unfit {}

/// Every method, so that none of the messages that serde would format is compiled.
impl de::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A value on its way into a type.
struct Tree(Value);

/// The forms of one method each: what the type asks for is what is there, or it is unfit.
macro_rules! forms {
    ($($method:ident: $form:pat => $visit:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
            match self.0 {
                $form => $visit(visitor),
                _ => Err(Unfit),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Unfit;

    forms! {
        deserialize_bool: Value::Bool(value) => |visitor: V| visitor.visit_bool(value);
        deserialize_string: Value::String(text) => |visitor: V| visitor.visit_string(text);
        deserialize_str: Value::String(text) => |visitor: V| visitor.visit_string(text);
        deserialize_identifier: Value::String(text) => |visitor: V| visitor.visit_str(&text);
        deserialize_seq: Value::Array(list) => |visitor: V| visitor.visit_seq(List(list.into_iter()));
        deserialize_map: Value::Object(object) => |visitor: V| visitor.visit_map(Object::new(object));
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        let number = self.0.as_u64().and_then(|number| u16::try_from(number).ok());
        number.map_or(Err(Unfit), |number| visitor.visit_u16(number))
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        let number = self.0.as_u64().and_then(|number| u32::try_from(number).ok());
        number.map_or(Err(Unfit), |number| visitor.visit_u32(number))
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.0.as_u64().map_or(Err(Unfit), |number| visitor.visit_u64(number))
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.0.as_i64().map_or(Err(Unfit), |number| visitor.visit_i64(number))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(Variant(name, Value::Null)),
            Value::Object(object) => {
                let mut entries = object.into_iter();
                match (entries.next(), entries.next()) {
                    (Some((name, value)), None) => visitor.visit_enum(Variant(name, value)),
                    _ => Err(Unfit),
                }
            }
            _ => Err(Unfit),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }

    /// For what is a name or an object that describes one.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.0.is_object() { self.deserialize_map(visitor) } else { self.deserialize_string(visitor) }
    }

    // No type of a report or a case asks for these.
    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple_struct
    }
}

/// The entries of a list.
struct List(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for List {
    type Error = Unfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unfit> {
        self.0.next().map(|value| seed.deserialize(Tree(value))).transpose()
    }
}

/// The entries of an object.
struct Object {
    rest: serde_json::map::IntoIter,
    value: Value,
}

impl Object {
    fn new(object: serde_json::Map<String, Value>) -> Self {
        Self { rest: object.into_iter(), value: Value::Null }
    }
}

impl<'de> MapAccess<'de> for Object {
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unfit> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Tree(Value::String(key))).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unfit> {
        seed.deserialize(Tree(self.value.take()))
    }
}

/// A value of an enum: its name and what it holds.
struct Variant(String, Value);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unfit;
    type Variant = Tree;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Tree), Unfit> {
        let name: StringDeserializer<Unfit> = de::IntoDeserializer::into_deserializer(self.0);
        Ok((seed.deserialize(name)?, Tree(self.1)))
    }
}

impl<'de> VariantAccess<'de> for Tree {
    type Error = Unfit;

    fn unit_variant(self) -> Result<(), Unfit> {
        if self.0.is_null() { Ok(()) } else { Err(Unfit) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unfit> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Unfit> {
        Err(Unfit)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use admit_core::{Error, Report};

    use super::*;
    use crate::sample;

    #[test]
    fn everything_comes_back() {
        let report = sample::report();
        assert_eq!(read::<Report>(&report.to_json()), Some(report.clone()));
        let error = report.errors.first().expect("an error");
        assert_eq!(read::<Error>(&serde_json::to_string(error).expect("JSON")).as_ref(), Some(error));
        let mut whole = sample::case();
        whole.trust.roots = "none".to_owned();
        whole.trust.revocation = admit_core::Revocation::Offline;
        let json = whole.to_json();
        assert_eq!(case(serde_json::from_str(&json).expect("JSON")), Some(whole));
    }

    /// The reports of examples of every kind, as the engine writes them.
    #[test]
    fn every_example_and_its_report_come_back() {
        let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
        let mut read_back = std::collections::BTreeMap::new();
        for kind in std::fs::read_dir(cases).expect("the cases") {
            for folder in std::fs::read_dir(kind.expect("a folder").path()).expect("a kind") {
                let folder = folder.expect("a folder").path();
                let text = |path: std::path::PathBuf| std::fs::read_to_string(path).expect("a document");
                let header = text(folder.join(Case::FOLDER_FILE));
                if !header.contains("\"teaches\"") {
                    continue;
                }
                let documents: Vec<(String, String)> = std::fs::read_dir(&folder)
                    .expect("a folder")
                    .map(|file| file.expect("a file"))
                    .filter(|file| file.file_name() != Case::FOLDER_FILE)
                    .map(|file| (file.file_name().to_string_lossy().into_owned(), text(file.path())))
                    .collect();
                let documents = documents.iter().map(|(name, text)| (name.as_str(), text.as_str()));
                let written = Case::from_folder(&header, documents).expect("a case");
                let tree = serde_json::from_str(&written.to_json()).expect("JSON");
                assert_eq!(case(tree).as_ref(), Some(&written), "{}", folder.display());
                let report = admit_core::evaluate(&written);
                *read_back.entry(written.kind()).or_insert(0) += 1;
                assert_eq!(read::<Report>(&report.to_json()), Some(report), "{}", folder.display());
            }
        }
        let kinds: Vec<Kind> = read_back.into_keys().collect();
        assert_eq!(kinds, Kind::ALL);
    }

    #[test]
    fn what_is_of_another_form_is_not_read() {
        let json = sample::report().to_json();
        for (from, to) in
            [("\"refused\"", "5"), ("\"refused\"", "\"perhaps\""), ("\"verdict\"", "\"vredict\""), ("1", "-1")]
        {
            assert_eq!(read::<Report>(&json.replacen(from, to, 1)), None, "{from} -> {to}");
        }
        for at in (0..json.len() - 2).filter(|at| json.is_char_boundary(*at)) {
            assert_eq!(read::<Report>(&json[..at]), None, "{at}");
        }
        assert_eq!(case(serde_json::json!({ "admit": 1, "kind": "per" })), None);
    }
}
