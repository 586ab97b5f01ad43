//! Functions that read the server's database, what a page may ask in their place, and the values of its answers.
//!
//! Only equality with literals or known values is asked, of fields that are columns. An answer takes its Python types from
//! the doctype that the page hands over with it, as a stored document does; what has no certain type stays unknown.
//!
//! Source: `frappe/database/database.py` (`get_value`, `get_single_value`, `exists`) and `frappe.get_doc` of Dodock 3.40.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::{Map, Value as Json};

use super::document::{Document, Slot, State};
use super::{Context, DocType, Metas, as_dict, document_type, meta};
use crate::answer::Question;
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value, operators};

/// A function that only the server can run.
#[derive(Debug)]
pub struct LookUp {
    name: &'static str,
    /// Why: a key of [`crate::language`].
    reason: &'static str,
}

/// The functions that read the database, sorted.
const NAMES: [&str; 11] = [
    "count",
    "exists",
    "get_all",
    "get_cached_doc",
    "get_doc",
    "get_last_doc",
    "get_list",
    "get_roles",
    "get_single_value",
    "get_value",
    "sql",
];

/// The function of a name, which only the server can run for this reason (a key of [`crate::language`]).
pub fn look_up(name: &str, reason: &'static str) -> Value {
    let known = NAMES.binary_search(&name).ok().and_then(|at| NAMES.get(at)).copied();
    Value::object(LookUp { name: known.unwrap_or("look_up"), reason })
}

impl Object for LookUp {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("function")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Err(Stop::unsupported("the class of a function"))
    }

    fn call(&self, _: Arguments, _: &Budget) -> Outcome<Value> {
        Err(Stop::Server(self.reason))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What a look-up wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A whole document: `frappe.get_doc`.
    Document,
    /// Whether there is one: `frappe.db.exists`.
    Exists,
    /// A setting: `frappe.db.get_single_value`.
    Single,
    /// Fields of a document: `frappe.db.get_value`.
    Value,
}

/// A question, and how the template wants its answer.
#[derive(Debug)]
pub struct Asked {
    /// What to ask.
    pub question: Question,
    kind: Kind,
    doctype: Rc<str>,
    fields: Vec<Rc<str>>,
    /// Whether the values come as a dict.
    as_dict: bool,
}

/// What the page brought back for a question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What it asked.
    pub question: Question,
    /// What it was told.
    pub told: Told,
    /// Wall clock, as the page writes it.
    pub asked_at: String,
}

/// What the server told.
#[derive(Debug, Clone)]
pub enum Told {
    /// Values by field, or the document itself.
    Values(Map<String, Json>, Rc<Metas>),
    /// There is no such document.
    Nothing,
    /// It does not tell; a key of [`crate::language`] says why.
    Refused(&'static str),
}

impl LookUp {
    /// What a call asks, when a page can ask it: literal or known arguments, plain fields, one document.
    pub fn asked(&self, arguments: &Arguments) -> Option<Asked> {
        let (kind, parameters): (_, &[&str]) = match self.name {
            "get_value" => (Kind::Value, &["doctype", "filters", "fieldname", "ignore", "as_dict"]),
            "exists" => (Kind::Exists, &["dt", "dn"]),
            "get_single_value" => (Kind::Single, &["doctype", "fieldname"]),
            "get_doc" | "get_cached_doc" => (Kind::Document, &[]),
            _ => return None,
        };
        let given = |at: usize| {
            let name = parameters.get(at);
            let named = arguments.keyword.iter().find(|(key, _)| name.is_some_and(|name| **name == **key));
            arguments.positional.get(at).or(named.map(|(_, value)| value))
        };
        let understood = |name: &str| parameters.contains(&name) || name == "cache";
        let most = if kind == Kind::Document { 2 } else { parameters.len() };
        if arguments.positional.len() > most || !arguments.keyword.iter().all(|(name, _)| understood(name)) {
            return None;
        }
        let doctype = text(given(0)?)?;
        let fields = match kind {
            Kind::Value => given(2).map_or_else(|| Some(vec![Rc::from("name")]), fields)?,
            Kind::Single => vec![field(given(1)?)?],
            Kind::Document | Kind::Exists => Vec::new(),
        };
        let as_dict = kind == Kind::Value && given(4).map_or(Some(false), |flag| operators::truth(flag).ok())?;
        let mut question = Question::new();
        let word = match kind {
            Kind::Document => "document",
            Kind::Exists => "exists",
            Kind::Single => "single",
            Kind::Value => "value",
        };
        question.insert("kind".to_owned(), Json::from(word));
        question.insert("doctype".to_owned(), Json::from(&*doctype));
        if kind != Kind::Single {
            let (name, which) = key(given(1)?, kind != Kind::Document, &doctype)?;
            question.insert(name.to_owned(), which);
        }
        if !fields.is_empty() {
            question.insert("fields".to_owned(), fields.iter().map(|field| Json::from(&**field)).collect());
        }
        Some(Asked { question, kind, doctype, fields, as_dict })
    }
}

fn text(value: &Value) -> Option<Rc<str>> {
    match value {
        Value::Str(text) if !text.is_empty() => Some(Rc::clone(text)),
        _ => None,
    }
}

/// The name of a column: nothing that SQL would read otherwise, and none of the private ones.
fn field(value: &Value) -> Option<Rc<str>> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text(value).filter(|name| name.chars().all(plain) && !name.starts_with('_'))
}

fn fields(value: &Value) -> Option<Vec<Rc<str>>> {
    let items = match value {
        Value::List(items) => items.borrow().clone(),
        Value::Tuple(items) => items.to_vec(),
        _ => return field(value).map(|field| vec![field]),
    };
    items.iter().map(field).collect::<Option<Vec<_>>>().filter(|fields| !fields.is_empty())
}

/// Which document is meant: `name` and its name, or `filters` and the values that its fields have.
fn key(value: &Value, filters: bool, doctype: &str) -> Option<(&'static str, Json)> {
    let Value::Dict(dict) = value else {
        // A single doctype is read in another way.
        return text(value).filter(|name| **name != *doctype).map(|name| ("name", Json::from(&*name)));
    };
    let mut found = Map::new();
    for (name, value) in dict.borrow().iter() {
        let value = match value {
            // What JavaScript holds exactly; a whole float would come back as an integer.
            Value::Int(_) => value.as_i64().filter(|number| number.abs() < 1 << 53).map(Json::from),
            _ => text(value).map(|text| Json::from(&*text)),
        };
        found.insert(field(name)?.to_string(), value?);
    }
    (filters && !found.is_empty()).then_some(("filters", Json::Object(found)))
}

impl Asked {
    /// The Python value of an answer.
    ///
    /// # Errors
    /// `Server` while the answer does not give a value whose type is certain.
    pub fn value(&self, answer: &Answer, context: &Rc<Context>) -> Outcome<Value> {
        let unknown = || Stop::Server("server/answer-unclear");
        let (values, metas) = match (&answer.told, self.kind) {
            (Told::Refused(key), _) => return Err(Stop::Server(key)),
            // The host raises an error in its own words.
            (Told::Nothing, Kind::Document) => return Err(Stop::Server("server/answer-missing")),
            (Told::Nothing, Kind::Single) => return Err(unknown()),
            (Told::Nothing, Kind::Exists | Kind::Value) => return Ok(Value::None),
            (Told::Values(values, metas), _) => (values, metas),
        };
        let doctype = metas.get(&self.doctype).ok_or_else(unknown)?;
        match self.kind {
            Kind::Document => Ok(Value::object(linked(values, metas, context))),
            Kind::Exists => values.get("name").and_then(Json::as_str).map(Value::str).ok_or_else(unknown),
            Kind::Single => {
                let name = self.fields.first().ok_or_else(unknown)?;
                single(doctype, name, values.get(&**name)).ok_or_else(unknown)
            }
            Kind::Value => {
                let mut slots = IndexMap::new();
                for name in &self.fields {
                    let value = column(doctype, name, values.get(&**name).ok_or_else(unknown)?).ok_or_else(unknown)?;
                    slots.insert(Rc::clone(name), Slot::Known(value));
                }
                if self.as_dict {
                    // A dict of the host's: what it lacks reads as None.
                    let plain = DocType { custom: true, ..DocType::default() };
                    return Ok(as_dict::as_dict(&Document {
                        doctype: Rc::new(plain),
                        metas: Rc::clone(metas),
                        context: Rc::clone(context),
                        state: State::Stored,
                        values: Rc::new(slots),
                        before: None,
                    }));
                }
                let mut row: Vec<Value> = slots.into_values().filter_map(|slot| slot.get().ok()).collect();
                if row.len() > 1 { Ok(Value::tuple(row)) } else { row.pop().ok_or_else(unknown) }
            }
        }
    }
}

/// A linked document as the database holds it. What the person may not read comes as if it were empty: it stays unknown.
fn linked(values: &Map<String, Json>, metas: &Rc<Metas>, context: &Rc<Context>) -> Document {
    let mut document = document_type::open(values, metas, State::Stored, context);
    let levels = |doctype: &DocType| doctype.fields.iter().any(|field| field.restricted);
    if document.metas.all().any(|doctype| levels(doctype)) {
        let doctype = Rc::clone(&document.doctype);
        let mut slots = (*document.values).clone();
        for field in &doctype.fields {
            let rows = field.options.as_deref().filter(|_| document_type::is_table(&field.fieldtype));
            let rows_have_levels = rows.and_then(|name| metas.get(name)).is_some_and(|doctype| levels(doctype));
            let hidden = field.restricted && values.get(&field.fieldname).is_none_or(Json::is_null);
            if (hidden || rows_have_levels)
                && let Some(slot) = slots.get_mut(field.fieldname.as_str())
            {
                *slot = Slot::Server("server/answer-unclear");
            }
        }
        document.values = Rc::new(slots);
    }
    document
}

/// The value of a column.
fn column(doctype: &DocType, name: &str, json: &Json) -> Option<Value> {
    let fieldtype = match doctype.field(name) {
        Some(field) if field.fieldtype == "Password" || field.is_virtual => return None,
        Some(field) if document_type::is_table(&field.fieldtype) || !document_type::has_value(&field.fieldtype) => {
            return None;
        }
        Some(field) => field.fieldtype.as_str(),
        None => meta::default_field(name),
    };
    match json {
        Json::Null if fieldtype.is_empty() => None,
        // Numbers are never NULL, but for a Duration.
        Json::Null => match document_type::empty_in_database(fieldtype) {
            Value::None => Some(Value::None),
            _ => None,
        },
        _ if fieldtype.is_empty() => None,
        json => document_type::stored(fieldtype, json).get().ok(),
    }
}

/// The value of a setting, which the host casts by fieldtype (`cast_fieldtype`).
fn single(doctype: &DocType, name: &str, json: Option<&Json>) -> Option<Value> {
    let fieldtype = doctype.field(name)?.fieldtype.as_str();
    match (fieldtype, json?) {
        ("Currency" | "Float" | "Percent", json) => json.as_f64().map(Value::Float),
        ("Check" | "Int", json) => json.as_i64().map(Value::from),
        ("Date" | "Datetime", json @ Json::String(_)) => document_type::stored(fieldtype, json).get().ok(),
        (
            "Data" | "Dynamic Link" | "Link" | "Long Text" | "Select" | "Small Text" | "Text" | "Text Editor",
            Json::String(text),
        ) => Some(Value::str(text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(super::NAMES.is_sorted());
    }
}
