//! `doc.as_dict()`: a document's fields as a dict. As a value whose entries read as attributes it answers for single
//! fields only; [`entries`] lays it out for JSON.

use std::any::Any;
use std::borrow::Cow;

use super::document::{Slot, State};
use super::document_type::is_table;
use super::{Document, docstatus, meta};
use crate::python::{Arguments, Budget, Dict, Function, Object, Outcome, Stop, Value};

#[derive(Debug)]
struct AsDict(Document);

/// The dict of a document.
pub fn as_dict(document: &Document) -> Value {
    Value::object(AsDict(document.clone()))
}

/// All entries, for JSON: `with_nulls` says whether empty ones are among them. Rows are dicts too.
///
/// Source: `BaseDocument.as_dict` and `get_valid_dict`, for a document that was read from the database.
///
/// # Errors
/// `Server` and `Unsupported` when the page does not know all that the server would write.
pub fn entries(document: &Document, with_nulls: bool) -> Outcome<Value> {
    if !document.is_plain() {
        return Err(Stop::Server("server/class-of-document"));
    }
    if document.state != State::Stored || document.doctype.fields.iter().any(|field| field.is_virtual) {
        return Err(Stop::unsupported("a whole document that is being saved, or has virtual fields"));
    }
    let mut dict = Dict::default();
    for (name, slot) in document.values.iter() {
        let fieldtype = document.doctype.field(name).map(|field| field.fieldtype.as_str());
        if fieldtype.is_none() && &**name == "amended_from" {
            // A column that its doctype does not list is not among what is laid out.
            continue;
        }
        let value = match (fieldtype, slot.get()?) {
            (None, _) if meta::default_field(name).is_empty() => {
                return Err(Stop::unsupported("a whole document with a field that its doctype does not describe"));
            }
            (Some("Duration"), Value::None) => return Err(Stop::unsupported("an empty duration in a whole document")),
            (Some(kind), Value::List(rows)) if is_table(kind) => {
                let rows: Outcome<Vec<Value>> = (rows.borrow().iter())
                    .map(|row| match row.downcast::<Document>() {
                        Some(row) => entries(row, with_nulls),
                        None => Err(Stop::unsupported("a row that is no document")),
                    })
                    .collect();
                Value::list(rows?)
            }
            (_, Value::None) if !with_nulls => continue,
            (_, value) => docstatus::number(&value).map_or(value, Value::from),
        };
        dict.set(name, value);
    }
    Ok(Value::dict(dict))
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

    fn is_iterable(&self) -> bool {
        true
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

    fn hashable(&self) -> bool {
        false
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
