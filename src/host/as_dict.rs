//! `doc.as_dict()`: a document's fields as a dict whose entries read as attributes. It answers for single fields only.

use std::any::Any;
use std::borrow::Cow;

use super::document::Slot;
use super::document_type::is_table;
use super::{Document, docstatus};
use crate::python::{Arguments, Budget, Function, Object, Outcome, Stop, Value};

#[derive(Debug)]
struct AsDict(Document);

/// The dict of a document.
pub fn as_dict(document: &Document) -> Value {
    Value::object(AsDict(document.clone()))
}

/// An entry; `None` when there is no such key.
fn entry(document: &Document, name: &str) -> Outcome<Option<Value>> {
    if name.starts_with('_') || document.doctype.field(name).is_some_and(|field| is_table(&field.fieldtype)) {
        return Err(Stop::unsupported("a table or private name of doc.as_dict()"));
    }
    let value = document.slot(name).map(Slot::get).transpose()?;
    if value.is_none() && !document.is_plain() {
        return Err(Stop::Server("server/class-of-document"));
    }
    Ok(value.map(|value| docstatus::number(&value).map_or(value, Value::from)))
}

impl Object for AsDict {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("_dict")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("frappe._dict"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match name {
            "get" => {
                let document = self.0.clone();
                Ok(Some(Function::builtin("get", move |arguments: Arguments, _: &Budget| {
                    match (arguments.positional.as_slice(), arguments.keyword.is_empty()) {
                        ([Value::Str(name)], true) => Ok(entry(&document, name)?.unwrap_or(Value::None)),
                        ([Value::Str(name), default], true) => {
                            Ok(entry(&document, name)?.unwrap_or_else(|| default.clone()))
                        }
                        _ => Err(Stop::unsupported("doc.as_dict().get with these arguments")),
                    }
                })))
            }
            "clear" | "copy" | "fromkeys" | "items" | "keys" | "pop" | "popitem" | "setdefault" | "update"
            | "values" => Err(Stop::unsupported(format!("doc.as_dict().{name}"))),
            _ => Ok(Some(entry(&self.0, name)?.unwrap_or(Value::None))),
        }
    }

    fn item(&self, key: &Value, _: &Budget) -> Outcome<Value> {
        let known = match key {
            Value::Str(name) => entry(&self.0, name)?,
            _ => None,
        };
        known.ok_or_else(|| Stop::unsupported("a key that doc.as_dict() does not have"))
    }

    fn iterate(&self, _: &Budget) -> Outcome<Vec<Value>> {
        Err(Stop::unsupported("the keys of doc.as_dict()"))
    }

    fn length(&self) -> Outcome<usize> {
        Err(Stop::unsupported("len of doc.as_dict()"))
    }

    fn contains(&self, _: &Value, _: &Budget) -> Option<Outcome<bool>> {
        Some(Err(Stop::unsupported("in doc.as_dict()")))
    }

    fn set_item(&self, _: &Value, _: Value, _: &Budget) -> Outcome<()> {
        Err(Stop::unsupported("changing doc.as_dict()"))
    }

    fn set_attribute(&self, _: &str, _: Value) -> Outcome<()> {
        Err(Stop::unsupported("changing doc.as_dict()"))
    }

    fn hashable(&self) -> bool {
        false
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
