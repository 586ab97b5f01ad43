//! The filters of a JSON text, one by one: the list of the filter editor, shorter rows, and dicts.
//!
//! Source: frappe/utils/data.py, `evaluate_filters`, `get_filter` and `make_filter_tuple`.

use std::ops::Range;

use crate::host::Context;
use crate::host::functions::translate::translated;
use crate::python::json::read::{Kind, Node};
use crate::python::{Budget, Outcome, Stop, Value, show};

/// One filter, as written.
#[derive(Debug, Clone)]
pub struct Row {
    /// The bytes of the whole filter.
    pub span: Range<usize>,
    /// The doctype, when the filter names one.
    pub doctype: Option<Node>,
    /// The field.
    pub field: Node,
    /// The operator; `None` when it is not written and `=` is meant.
    pub operator: Option<Node>,
    /// What the field is compared with.
    pub value: Node,
}

impl Row {
    /// Whether the filter names its doctype: only then the host casts both sides by the fieldtype.
    pub fn names_doctype(&self) -> bool {
        self.doctype.as_ref().is_some_and(|doctype| doctype.text().is_some_and(|name| !name.is_empty()))
    }
}

/// A filter that can be read, or why it cannot; the host reads each one only when the ones before hold.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its bytes.
    pub span: Range<usize>,
    /// The filter, or what the host raises for it.
    pub row: Outcome<Row>,
    /// The keys of a dict after its first, which the host does not read.
    pub ignored: Vec<Range<usize>>,
}

/// The filters of a text. A text that is neither a list nor a dict has none: the host then compares nothing.
pub fn rows(node: &Node, context: &Context) -> Vec<Entry> {
    match &node.kind {
        Kind::Scalar(_) => Vec::new(),
        Kind::Dict(entries) => entries
            .iter()
            .map(|(key, place, value)| Entry {
                span: place.start..value.span.end,
                row: of_key(key, place, value),
                ignored: Vec::new(),
            })
            .collect(),
        Kind::List(items) => items.iter().map(|item| entry(item, context)).collect(),
    }
}

fn entry(item: &Node, context: &Context) -> Entry {
    let span = item.span.clone();
    let (row, ignored) = match &item.kind {
        Kind::Dict(entries) => match entries.split_first() {
            Some(((key, place, value), rest)) => {
                let ignored = rest.iter().map(|(_, place, value)| place.start..value.span.end).collect();
                (of_key(key, place, value), ignored)
            }
            None => (Err(Stop::raise("StopIteration", "")), Vec::new()),
        },
        Kind::List(cells) => (of_cells(item, cells, context), Vec::new()),
        Kind::Scalar(_) => (Err(validation("Filter must be a tuple or list (in a list)", None, context)), Vec::new()),
    };
    Entry { span, row, ignored }
}

fn of_cells(item: &Node, cells: &[Node], context: &Context) -> Outcome<Row> {
    let (doctype, rest) = match cells {
        [field, operator, value] => (None, [field, operator, value]),
        [doctype, field, operator, value, ..] => (Some(doctype.clone()), [field, operator, value]),
        _ => {
            let shown = show::str(&item.value(), &Budget::default())?;
            let words = "Filter must have 4 values (doctype, fieldname, operator, value): {0}";
            return Err(validation(words, Some(&shown), context));
        }
    };
    let [field, operator, value] = rest.map(Clone::clone);
    Ok(Row { span: item.span.clone(), doctype, field, operator: Some(operator), value })
}

/// `{"status": "Open"}`, `{"total": [">", 5]}`
fn of_key(key: &str, place: &Range<usize>, value: &Node) -> Outcome<Row> {
    let field = Node { span: place.clone(), kind: Kind::Scalar(Value::str(key)) };
    let span = place.start..value.span.end;
    let (operator, value) = match &value.kind {
        Kind::List(cells) => match cells.as_slice() {
            [operator, value, ..] => (Some(operator.clone()), value.clone()),
            _ => return Err(Stop::raise("IndexError", "list index out of range")),
        },
        _ => (None, value.clone()),
    };
    Ok(Row { span, doctype: None, field, operator, value })
}

/// `frappe.throw(_(words).format(value))`
pub fn validation(words: &str, value: Option<&str>, context: &Context) -> Stop {
    match translated(context, words) {
        Ok(words) => {
            let text = value.map_or_else(|| words.to_owned(), |value| words.replacen("{0}", value, 1));
            Stop::raise("frappe.exceptions.ValidationError", text)
        }
        Err(stop) => stop,
    }
}
