//! What a name that was begun can become: a field, a method of the document, a filter.

use std::ops::Range;
use std::rc::Rc;

use super::cursor::{Before, Cursor, Place};
use super::fields::{label, offered};
use super::{Kind, behind_dot};
use crate::host::document_type::is_table;
use crate::host::{DocType, Document, meta};
use crate::message::filters;

/// How many suggestions are given.
const MOST: usize = 60;
/// Standard fields that are worth completing.
const STANDARD: [&str; 7] = ["creation", "docstatus", "doctype", "modified", "modified_by", "name", "owner"];

/// Methods of a document that read it and change nothing, whether a field's name goes into them.
const OF_DOCUMENTS: [(&str, bool); 5] =
    [("get", true), ("get_formatted", true), ("get_title", false), ("get_url", false), ("get_value", true)];
/// Methods of a row.
const OF_ROWS: [(&str, bool); 2] = [("get", true), ("get_formatted", true)];
/// While a notification is saved its condition is tried on a dict, which has no other of them.
const OF_DICTS: [(&str, bool); 1] = [("get", true)];

/// What can be completed at a place.
#[derive(Debug)]
pub struct Completion {
    /// The bytes of the name that was begun.
    pub range: Range<usize>,
    /// The likeliest first.
    pub suggestions: Vec<Suggestion>,
}

/// One way to go on.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The name.
    pub name: String,
    /// What to write in the place of what was begun.
    pub text: String,
    /// Where the cursor goes, a byte of `text`.
    pub caret: usize,
    /// `field`, `table`, `method` or `filter`
    pub kind: &'static str,
    /// A field's name for people.
    pub label: Option<String>,
    /// A field's type.
    pub fieldtype: Option<String>,
}

/// What can be completed at a byte offset; nothing where no name means anything, or where it is complete.
pub fn complete(kind: Kind, source: &str, offset: usize, document: &Rc<Document>) -> Completion {
    let cursor = Cursor::new(kind, source, offset);
    let mut suggestions = matching(possible(kind, &cursor, document), &cursor.begun.to_lowercase());
    if matches!(suggestions.as_slice(), [only] if only.text == cursor.begun) {
        suggestions.clear();
    }
    Completion { range: cursor.word, suggestions }
}

/// All that can stand in the place of the word.
fn possible(kind: Kind, cursor: &Cursor, document: &Document) -> Vec<Suggestion> {
    match &cursor.before {
        _ if matches!(cursor.place, Place::Text | Place::Closed) => Vec::new(),
        Before::Owner(owner) => match cursor.table_of(owner) {
            Some(table) => columns(kind, table, document).unwrap_or_default(),
            None if owner == "doc" => of_document(kind, document),
            None => Vec::new(),
        },
        Before::Pipe => filters::names().map(|name| Suggestion::new(name, name.to_owned(), "filter")).collect(),
        Before::Other => Vec::new(),
    }
}

impl Suggestion {
    fn new(name: &str, text: String, kind: &'static str) -> Self {
        Self { name: name.to_owned(), caret: text.len(), text, kind, label: None, fieldtype: None }
    }

    fn method((name, named): (&str, bool)) -> Self {
        let text = format!("{name}({})", if named { "\"\"" } else { "" });
        let caret = if named { text.len() - 2 } else { text.len() };
        Self { caret, ..Self::new(name, text, "method") }
    }
}

fn own_fields<'a>(
    kind: Kind,
    doctype: &'a DocType,
    document: &'a Document,
) -> impl Iterator<Item = Suggestion> + use<'a> {
    doctype.fields.iter().filter(|field| offered(field)).map(move |field| {
        let sort = if is_table(&field.fieldtype) { "table" } else { "field" };
        Suggestion {
            label: Some(label(field, doctype, &document.context)),
            fieldtype: Some(field.fieldtype.clone()),
            ..Suggestion::new(&field.fieldname, behind_dot(kind, &field.fieldname), sort)
        }
    })
}

fn of_document(kind: Kind, document: &Document) -> Vec<Suggestion> {
    let standard = STANDARD.iter().map(|name| Suggestion {
        fieldtype: Some(meta::default_field(name).to_owned()),
        ..Suggestion::new(name, (*name).to_owned(), "field")
    });
    let methods: &[_] = if kind == Kind::Condition { &OF_DICTS } else { &OF_DOCUMENTS };
    let methods = methods.iter().copied().map(Suggestion::method);
    own_fields(kind, &document.doctype, document).chain(standard).chain(methods).collect()
}

fn columns(kind: Kind, table: &str, document: &Document) -> Option<Vec<Suggestion>> {
    let options = document.doctype.field(table)?.options.as_deref()?;
    let doctype = document.metas.get(options)?;
    let methods: &[_] = if kind == Kind::Condition { &OF_DICTS } else { &OF_ROWS };
    let methods = methods.iter().copied().map(Suggestion::method);
    Some(own_fields(kind, doctype, document).chain(methods).collect())
}

/// Those that fit: what begins so, what has it inside, and what people call so.
fn matching(all: Vec<Suggestion>, begun: &str) -> Vec<Suggestion> {
    let rank = |suggestion: &Suggestion| {
        let called = || suggestion.label.as_deref().unwrap_or_default().to_lowercase();
        match suggestion.name.to_lowercase().find(begun) {
            Some(0) => Some(0),
            Some(_) => Some(1),
            None => called().contains(begun).then_some(2),
        }
    };
    let mut ranked: Vec<_> = all.into_iter().filter_map(|one| Some((rank(&one)?, one))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, one)| one).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::document_methods::can_run;

    #[test]
    fn every_method_is_one_that_the_engine_runs() {
        for (name, _) in OF_DOCUMENTS.iter().chain(&OF_ROWS).chain(&OF_DICTS) {
            assert!(can_run(name), "{name}");
        }
        assert!(!can_run("save"));
    }
}
