//! `doc.flags`: what the code that loads or saves a document notes on it, as a dict whose entries read as attributes.
//!
//! Source: Dodock 3.40, measured: a document that was read from the database has `{'for_update': None}`.

use std::any::Any;
use std::borrow::Cow;

use super::{Document, State};
use crate::python::{Budget, Object, Outcome, Stop, Value};

/// The flags of a document.
pub fn flags(document: &Document) -> Value {
    let stored = document.state == State::Stored && document.is_plain();
    Value::object(Flags { stored })
}

#[derive(Debug)]
struct Flags {
    /// Whether nothing but reading has happened to the document.
    stored: bool,
}

/// How the names begin that saving may set.
const SET_BY_SAVING: [&str; 12] = [
    "dont_",
    "email_",
    "for_",
    "ignore_",
    "in_",
    "name_",
    "notif",
    "pending_",
    "read_only",
    "retry",
    "update_",
    "webhook",
];

/// The methods of a dict, which come before its entries, sorted.
const DICT_METHODS: [&str; 11] =
    ["clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"];

impl Object for Flags {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("_dict")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("frappe._dict"))
    }

    fn repr(&self, _: &Budget) -> Outcome<String> {
        if self.stored { Ok(String::from("{'for_update': None}")) } else { Err(Stop::Server("server/flags")) }
    }

    fn truth(&self) -> Outcome<bool> {
        Ok(true)
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        if DICT_METHODS.binary_search(&name).is_ok() || name.starts_with('_') {
            return Err(Stop::unsupported(format!("doc.flags.{name}")));
        }
        if self.stored || !SET_BY_SAVING.iter().any(|start| name.starts_with(start)) {
            return Ok(Some(Value::None));
        }
        Err(Stop::Server("server/flags"))
    }

    fn item(&self, _: &Value, _: &Budget) -> Outcome<Value> {
        Err(Stop::unsupported("doc.flags[]"))
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, _: &Budget) -> Outcome<Vec<Value>> {
        Err(Stop::unsupported("the keys of doc.flags"))
    }

    fn length(&self) -> Outcome<usize> {
        Err(Stop::unsupported("len of doc.flags"))
    }

    fn contains(&self, _: &Value, _: &Budget) -> Option<Outcome<bool>> {
        Some(Err(Stop::unsupported("in doc.flags")))
    }

    fn set_item(&self, _: &Value, _: Value, _: &Budget) -> Outcome<()> {
        Err(Stop::unsupported("changing doc.flags"))
    }

    fn identical(&self, _: &Value) -> Option<bool> {
        None
    }

    fn equals(&self, _: &Value) -> Option<bool> {
        None
    }

    fn hashable(&self) -> bool {
        false
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
