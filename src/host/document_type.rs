//! Gives a document's JSON the Python types that the server's document has, by fieldtype and state (host.md 2).
//!
//! JavaScript loses the `.0` of whole floats and writes dates as text; the server holds floats and dates when it has read
//! the document from its database, and what the form posted while it saves. A value whose Python type cannot be told is
//! [`Slot::Unsupported`], never a guess.

use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::{Map, Value as Json};

use super::docstatus::docstatus;
use super::document::{Document, Slot, State};
use super::html;
use super::sanitise::sanitised;
use super::{Context, DocType, Field, Metas, moment};
use crate::python::Value;
use crate::python::datetime::DateTime;
use crate::text::HALF_PAIR;

/// Fieldtypes that only lay out the form: a document has no such attribute.
const WITHOUT_VALUE: [&str; 9] =
    ["Button", "Column Break", "Fold", "HTML", "Heading", "Image", "Section Break", "Tab Break", "Button Group"];

/// Whether the fieldtype holds rows.
pub fn is_table(fieldtype: &str) -> bool {
    matches!(fieldtype, "Table" | "Table MultiSelect")
}

/// Whether a field of this type is an attribute of the document.
pub fn has_value(fieldtype: &str) -> bool {
    !WITHOUT_VALUE.contains(&fieldtype)
}

/// Types a document and its rows.
///
/// `json` is the document as the page has it. A doctype that `metas` lacks is taken for one without fields.
pub fn open(json: &Map<String, Json>, metas: &Rc<Metas>, state: State, context: &Rc<Context>) -> Document {
    let named = json.get("doctype").and_then(Json::as_str).and_then(|name| metas.get(name));
    let doctype = named.or_else(|| metas.main()).cloned().unwrap_or_default();
    let new = is_set(json, "__islocal");
    let unsaved = new || is_set(json, "__unsaved");
    let docstatus = json.get("docstatus").and_then(Json::as_i64).unwrap_or(0);
    Typing { metas, state, context, docstatus, new, unsaved }.document(json, doctype, None)
}

/// A wall clock such as `2026-11-20T10:30:00` or `2026-11-20 10:30:00.000000`.
pub fn moment(text: &str) -> Option<DateTime> {
    moment::datetime(text)
}

/// Whether the form has noted this on a document.
fn is_set(json: &Map<String, Json>, note: &str) -> bool {
    json.get(note).is_some_and(|flag| flag.as_i64() == Some(1) || flag.as_bool() == Some(true))
}

/// What all fields of one document share.
#[derive(Clone, Copy)]
struct Typing<'a> {
    metas: &'a Rc<Metas>,
    state: State,
    context: &'a Rc<Context>,
    docstatus: i64,
    /// Whether the form has never saved the document, or the row.
    new: bool,
    /// Whether the form has values that are not saved: the database gets what saving makes of them.
    unsaved: bool,
}

impl Typing<'_> {
    /// `row`: the number of the row and the name of its parent, for a row of a table.
    fn document(&self, json: &Map<String, Json>, doctype: Rc<DocType>, row: Option<(usize, &Slot)>) -> Document {
        let mut values = IndexMap::with_capacity(json.len() + doctype.fields.len());
        for (name, json) in json {
            let described = doctype.fields.iter().any(|field| field.fieldname == *name);
            if !described && !name.starts_with('_') {
                values.insert(Rc::from(name.as_str()), self.undescribed(json));
            } else if matches!(name.as_str(), "_liked_by" | "_user_tags") {
                // They may have changed since, and the server writes them into a whole document.
                values.insert(Rc::from(name.as_str()), Slot::Server("server/database"));
            }
        }
        self.standard_fields(json, &doctype, row, &mut values);
        if self.state != State::Stored {
            // What the form notes on its document is posted with it.
            for name in ["__last_sync_on", "__onload", "__unsaved"] {
                if let Some(json) = json.get(name) {
                    values.insert(Rc::from(name), self.undescribed(json));
                }
            }
        }
        let name = values.get("name").cloned().unwrap_or(Slot::Known(Value::None));
        for field in doctype.fields.iter().filter(|field| self.has_value(field)) {
            let value = json.get(&field.fieldname).filter(|value| !value.is_null());
            let slot =
                if is_table(&field.fieldtype) { self.rows(field, value, &name) } else { self.field(field, value) };
            values.insert(Rc::from(field.fieldname.as_str()), slot);
        }
        Document {
            doctype,
            metas: Rc::clone(self.metas),
            context: Rc::clone(self.context),
            state: self.state,
            values: Rc::new(values),
            before: None,
        }
    }

    /// Whether the document has this field. A stored document has no value of a virtual one; a posted one has.
    fn has_value(&self, field: &Field) -> bool {
        has_value(&field.fieldtype) && !(field.is_virtual && self.state == State::Stored)
    }

    fn standard_fields(
        &self,
        json: &Map<String, Json>,
        doctype: &DocType,
        row: Option<(usize, &Slot)>,
        values: &mut IndexMap<Rc<str>, Slot>,
    ) {
        let text = |name: &str| json.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        let known = |text: &str| Slot::Known(Value::str(text));
        let mut set = |name: &str, slot: Slot| {
            values.insert(Rc::from(name), slot);
        };
        let saving = self.state != State::Stored;
        let unsaved = self.new;
        let by_me = saving || self.unsaved;
        let temporary = text("name").is_none_or(|name| name.starts_with("new-"));
        let new = unsaved || saving && temporary;
        set("doctype", known(text("doctype").unwrap_or(&doctype.name)));
        set(
            "name",
            match text("name") {
                Some(name) if !new => known(name),
                _ if saving || unsaved => Slot::Server("server/name-of-new-document"),
                _ => Slot::Known(Value::None),
            },
        );
        let me = self.context.user.as_str();
        set("owner", known(if new && saving { me } else { text("owner").unwrap_or(me) }));
        set("modified_by", known(if by_me { me } else { text("modified_by").unwrap_or(me) }));
        let now = moment::stamp(&self.context.now);
        let stamp = |name: &str, fresh: bool| match text(name) {
            _ if fresh => known(&now),
            // The server stamps it when it saves.
            _ if self.new || self.unsaved && name == "modified" && !saving => Slot::Server("server/stamp"),
            Some(text) if saving => known(text),
            Some(text) => self.moment(text),
            None => Slot::Known(Value::None),
        };
        set("creation", stamp("creation", new && saving));
        set("modified", stamp("modified", saving));
        set("docstatus", Slot::Known(docstatus(json.get("docstatus").and_then(Json::as_i64).unwrap_or(0))));
        if doctype.is_submittable && self.state == State::Stored {
            // The column is there whether or not the doctype lists it; what the form posts has no such key.
            set("amended_from", text("amended_from").map_or(Slot::Known(Value::None), known));
        }
        let idx = json.get("idx").and_then(Json::as_i64).unwrap_or(0);
        let Some((number, parent)) = row else {
            set("idx", Slot::Known(Value::from(idx)));
            return;
        };
        set("idx", Slot::Known(if saving { Value::from(number) } else { Value::from(idx) }));
        set("parent", if saving { parent.clone() } else { text("parent").map_or_else(|| parent.clone(), known) });
        for name in ["parentfield", "parenttype"] {
            set(name, text(name).map_or(Slot::Unsupported("a row without its parent"), known));
        }
    }

    fn moment(&self, text: &str) -> Slot {
        moment::datetime(text).map_or(Slot::Unsupported("a moment that is not in the host's form"), |moment| {
            Slot::Known(Value::DateTime(moment))
        })
    }

    fn rows(&self, field: &Field, value: Option<&Json>, parent: &Slot) -> Slot {
        let rows = match value {
            None => return Slot::Known(Value::list(Vec::new())),
            Some(Json::Array(rows)) => rows,
            Some(_) => return Slot::Unsupported("a table that is not a list"),
        };
        let doctype = field.options.as_deref().and_then(|name| self.metas.get(name));
        let Some(doctype) = doctype else {
            return Slot::Unsupported("a table whose doctype the page has not described");
        };
        let mut typed = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let Json::Object(row) = row else { return Slot::Unsupported("a row that is not an object") };
            let typing = Typing { new: self.new || is_set(row, "__islocal"), ..*self };
            typed.push(Value::object(typing.document(row, Rc::clone(doctype), Some((index + 1, parent)))));
        }
        Slot::Known(Value::list(typed))
    }

    /// The value of a field; `json` is never null.
    fn field(&self, field: &Field, json: Option<&Json>) -> Slot {
        match (self.state, json) {
            (State::Stored, Some(json)) if self.unsaved => self.saved_value(field, json),
            (State::Stored, Some(json)) => stored(&field.fieldtype, json),
            (State::Stored, None) if self.new => self.default_in_database(field),
            (State::Stored, None) => Slot::Known(empty_in_database(&field.fieldtype)),
            (State::Posted, None) => Slot::Known(Value::None),
            (State::Inserted, None) => self.default_on_insert(field),
            (_, Some(json)) => self.posted(Some(field), json),
        }
    }

    /// A posted value stays as JSON had it, except that saving cleans HTML out of most fields.
    fn posted(&self, field: Option<&Field>, json: &Json) -> Slot {
        match json {
            Json::String(text) if text.contains(HALF_PAIR) => CUT,
            Json::Null => Slot::Known(Value::None),
            Json::Bool(value) => Slot::Known(Value::Bool(*value)),
            Json::Number(number) => number
                .as_i64()
                .map(Value::from)
                .or_else(|| number.as_f64().map(posted_number))
                .map_or(Slot::Unsupported("a number out of range"), Slot::Known),
            Json::String(text) if self.is_cleaned(field) && text.contains(['<', '>']) => cleaned(field, text),
            Json::String(text) => Slot::Known(Value::str(text)),
            Json::Array(_) | Json::Object(_) => Slot::Unsupported("a posted list or object"),
        }
    }

    /// Whether saving cleans the field of HTML (frappe BaseDocument._sanitize_content).
    fn is_cleaned(&self, field: Option<&Field>) -> bool {
        let Some(field) = field else { return true };
        let as_it_is = field.ignore_xss_filter
            || matches!(field.fieldtype.as_str(), "Attach" | "Attach Image" | "Barcode" | "Code")
            || field.options.as_deref() == Some("Email")
                && matches!(field.fieldtype.as_str(), "Data" | "Small Text" | "Text");
        !as_it_is && (self.docstatus == 0 || self.docstatus == 1 && field.allow_on_submit)
    }

    /// What the server fills in for a field that the form of a new document did not post (measured, host.md 2).
    fn default_on_insert(&self, field: &Field) -> Slot {
        let default = field.default.as_deref().filter(|default| !default.is_empty());
        match (field.fieldtype.as_str(), default) {
            ("Check", None | Some("0")) => Slot::Known(Value::from(0_i64)),
            ("Select", None) => Slot::Known(Value::str(first_option(field))),
            ("Time", None) => Slot::Known(Value::str(moment::clock(&self.context.now))),
            (_, Some(_)) => Slot::Unsupported("a default that the form did not post"),
            ("Rating", None) => Slot::Known(Value::from(0_i64)),
            (_, None) => Slot::Known(Value::None),
        }
    }

    /// What the database will hold of a value that the form has not saved yet.
    fn saved_value(&self, field: &Field, json: &Json) -> Slot {
        match (field.fieldtype.as_str(), self.posted(Some(field), json)) {
            // Saving replaces a password by stars, as many as it has letters.
            ("Password", _) => Slot::Server("server/database"),
            ("Date" | "Datetime" | "Time", Slot::Known(Value::Str(text))) if text.is_empty() => {
                Slot::Known(Value::None)
            }
            // The text as saving cleans it; what is no text has the type of its column.
            (_, Slot::Known(Value::Str(text))) => stored(&field.fieldtype, &Json::from(&*text)),
            (_, Slot::Known(_)) => stored(&field.fieldtype, json),
            (_, unknown) => unknown,
        }
    }

    /// What the database will hold of a field that the form of a new document leaves out.
    fn default_in_database(&self, field: &Field) -> Slot {
        match (field.fieldtype.as_str(), self.default_on_insert(field)) {
            ("Time", Slot::Known(_)) => Slot::Server("server/stamp"),
            ("Select", known @ Slot::Known(_)) => known,
            (fieldtype, Slot::Known(_)) => Slot::Known(empty_in_database(fieldtype)),
            (_, unknown) => unknown,
        }
    }

    /// A value of a field that the doctype does not describe: its type is told only when it can be nothing else.
    fn undescribed(&self, json: &Json) -> Slot {
        match (self.state, json) {
            (State::Posted | State::Inserted, json) => self.posted(None, json),
            (_, Json::Null) => Slot::Known(Value::None),
            (_, Json::String(text)) if text.contains(HALF_PAIR) => CUT,
            (_, Json::String(text)) if !text.starts_with(|c: char| c.is_ascii_digit()) => Slot::Known(Value::str(text)),
            _ => Slot::Unsupported("a field that its doctype does not describe"),
        }
    }
}

/// A text that was cut inside a character.
const CUT: Slot = Slot::Unsupported("half a surrogate pair");

/// JavaScript writes `1e21` and larger whole numbers with an exponent; Python's JSON reads those as floats.
fn posted_number(value: f64) -> Value {
    Value::Float(value)
}

/// The first choice of a Select; empty when the list begins with a blank line.
pub(super) fn first_option(field: &Field) -> &str {
    field.options.as_deref().and_then(|options| options.split('\n').next()).unwrap_or_default()
}

/// A text as saving cleans it. An image inside a rich text becomes a file first, whose name only the server gives.
fn cleaned(field: Option<&Field>, text: &str) -> Slot {
    const UNKNOWN: Slot = Slot::Unsupported("HTML that saving cleans");
    let rich = field.is_some_and(|field| field.fieldtype == "Text Editor");
    if rich && text.contains("data:") || field.is_none() && html::begins_a_tag(text) {
        return UNKNOWN;
    }
    sanitised(text).map_or(UNKNOWN, |text| Slot::Known(Value::str(&text)))
}

/// The Python value of a field that the database holds; `json` is never null.
pub(super) fn stored(fieldtype: &str, json: &Json) -> Slot {
    let known =
        |value: Option<Value>| value.map_or(Slot::Unsupported("a value that its fieldtype cannot hold"), Slot::Known);
    match (fieldtype, json) {
        (_, Json::String(text)) if text.contains(HALF_PAIR) => CUT,
        ("Currency" | "Float" | "Percent" | "Rating" | "Duration", json) => known(json.as_f64().map(Value::Float)),
        ("Int" | "Long Int" | "Check", json) => known(json.as_i64().map(Value::from)),
        ("Date", Json::String(text)) => known(moment::date(text).map(Value::Date)),
        ("Datetime", Json::String(text)) => known(moment::datetime(text).map(Value::DateTime)),
        ("Time", Json::String(text)) => known(moment::timedelta(text).map(Value::TimeDelta)),
        (_, Json::String(text)) => Slot::Known(Value::str(text)),
        _ => known(None),
    }
}

/// What an empty column reads as. The page's copy of a stored document has no key for NULL, and numbers are never NULL.
pub(super) fn empty_in_database(fieldtype: &str) -> Value {
    match fieldtype {
        "Currency" | "Float" | "Percent" | "Rating" => Value::Float(0.0),
        "Int" | "Long Int" | "Check" => Value::from(0_i64),
        _ => Value::None,
    }
}
