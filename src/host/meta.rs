//! `doc.meta`: what a template may ask of the doctype.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::{DocType, Field, Flavour};
use crate::python::{Arguments, Budget, Function, Object, Outcome, Stop, Value};

/// `frappe.get_meta(doctype)`
#[derive(Debug)]
struct Meta(Rc<DocType>, Flavour);

/// One of its fields, with the doctype that has it.
#[derive(Debug)]
pub struct DocField {
    doctype: Rc<DocType>,
    place: usize,
}

impl DocField {
    /// What is known about the field.
    pub fn field(&self) -> Option<&Field> {
        self.doctype.fields.get(self.place)
    }
}

/// Columns of a doctype that the page is not asked for, sorted.
const MAY_HAVE: [&str; 30] = [
    "allow_auto_repeat",
    "allow_copy",
    "allow_events_in_timeline",
    "allow_guest_to_view",
    "allow_import",
    "allow_rename",
    "autoname",
    "default_print_format",
    "description",
    "document_type",
    "editable_grid",
    "has_web_view",
    "icon",
    "image_field",
    "is_tree",
    "issingle",
    "max_attachments",
    "module",
    "naming_rule",
    "quick_entry",
    "read_only",
    "route",
    "search_fields",
    "sender_field",
    "sort_field",
    "sort_order",
    "subject_field",
    "timeline_field",
    "title_field",
    "track_changes",
];

/// The meta of a doctype.
pub fn meta(doctype: &Rc<DocType>, flavour: Flavour) -> Value {
    Value::object(Meta(Rc::clone(doctype), flavour))
}

/// The fieldtype of a field that every document has; empty for a name that no document has.
pub fn default_field(fieldname: &str) -> &'static str {
    match fieldname {
        "creation" | "modified" => "Datetime",
        "idx" | "docstatus" => "Int",
        "doctype" | "name" | "owner" | "modified_by" | "parent" | "parentfield" | "parenttype" => "Data",
        _ => "",
    }
}

/// Whether every document or row has a field of this name, which no doctype lists.
pub fn is_standard(fieldname: &str) -> bool {
    let optional = ["_assign", "_comments", "_liked_by", "_seen", "_user_tags"];
    !default_field(fieldname).is_empty() || optional.contains(&fieldname)
}

impl Object for Meta {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Meta")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("frappe.model.meta.Meta"))
    }

    fn str(&self, _: &Budget) -> Outcome<String> {
        Ok(format!("Meta({})", self.0.name))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let (doctype, flavour) = (Rc::clone(&self.0), self.1);
        let run: fn(&Rc<DocType>, &str, Flavour) -> Outcome<Value> = match name {
            "get_field" => get_field,
            "get_label" => get_label,
            "get_options" => get_options,
            "has_field" => |doctype, name, _| Ok(Value::Bool(doctype.field(name).is_some())),
            // Columns of whole numbers that are never NULL: what the page leaves out is zero.
            "custom" => return Ok(Some(Value::from(i64::from(self.0.custom)))),
            "is_submittable" => return Ok(Some(Value::from(i64::from(self.0.is_submittable)))),
            "istable" => return Ok(Some(Value::from(i64::from(self.0.is_table)))),
            "get_title_field" => {
                return Ok(Some(Function::method("get_title_field", move |arguments: Arguments, _: &Budget| {
                    arguments.bind("Meta.get_title_field", &[], 0)?;
                    Ok(Value::str(doctype.shown_by()))
                })));
            }
            "name" => return Ok(Some(Value::str(&self.0.name))),
            // What the page leaves out is NULL or empty in a column of texts.
            "title_field" if self.0.title_field.is_some() => {
                return Ok(self.0.title_field.as_deref().map(Value::str));
            }
            _ if MAY_HAVE.binary_search(&name).is_ok() => return Err(Stop::Server("server/site")),
            _ => return Err(Stop::unsupported(format!("doc.meta.{name}"))),
        };
        Ok(Some(Function::method(name.to_owned(), move |arguments: Arguments, _: &Budget| {
            match (arguments.positional.as_slice(), arguments.keyword.is_empty()) {
                ([Value::Str(name)], true) => run(&doctype, name, flavour),
                _ => Err(Stop::unsupported("a method of doc.meta with these arguments")),
            }
        })))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn get_field(doctype: &Rc<DocType>, name: &str, flavour: Flavour) -> Outcome<Value> {
    let place = doctype.fields.iter().position(|field| field.fieldname == name);
    match place {
        Some(place) => Ok(Value::object(DocField { doctype: Rc::clone(doctype), place })),
        // Newer versions of the host know the fields of every document here; Dodock does not (measured).
        None if !default_field(name).is_empty() && flavour == Flavour::Frappe => {
            Err(Stop::unsupported("doc.meta.get_field of a standard field"))
        }
        None => Ok(Value::None),
    }
}

/// `doc.meta.get_options(fieldname)`
fn get_options(doctype: &Rc<DocType>, name: &str, _: Flavour) -> Outcome<Value> {
    match doctype.field(name).map(|field| field.options.as_deref()) {
        Some(Some(options)) if !options.is_empty() => Ok(Value::str(options)),
        // NULL or empty.
        Some(_) => Err(Stop::Server("server/site")),
        None => Err(Stop::unsupported("doc.meta.get_options of this field")),
    }
}

fn get_label(doctype: &Rc<DocType>, name: &str, _: Flavour) -> Outcome<Value> {
    match doctype.field(name).and_then(|field| field.label.as_deref()) {
        Some(label) if !label.is_empty() => Ok(Value::str(label)),
        _ => Err(Stop::unsupported("doc.meta.get_label of this field")),
    }
}

impl Object for DocField {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("DocField")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Err(Stop::unsupported("the class of a field"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let unknown = || Stop::unsupported(format!("doc.meta.get_field().{name}"));
        let field = self.field().ok_or_else(unknown)?;
        // What the page leaves out may be None, empty or zero there.
        let text = match name {
            "fieldname" => Some(field.fieldname.as_str()),
            "fieldtype" => Some(field.fieldtype.as_str()),
            "label" => field.label.as_deref(),
            "options" => field.options.as_deref(),
            "parent" => Some(self.doctype.name.as_str()),
            _ => None,
        };
        text.filter(|text| !text.is_empty()).map(|text| Some(Value::str(text))).ok_or_else(unknown)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
