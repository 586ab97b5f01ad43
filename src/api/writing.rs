//! What can be written at the cursor.

use serde::Serialize;

use crate::host::Document;
use crate::text::Utf16Offsets;
use crate::writing::{self, Kind};
use std::rc::Rc;

/// `FieldChoices` of the contract.
#[derive(Debug, Clone, Serialize)]
pub struct FieldChoices {
    /// First UTF-16 unit that a choice replaces.
    pub start: usize,
    /// The unit after the last.
    pub end: usize,
    /// In the order of the form.
    pub choices: Vec<FieldChoice>,
}

/// One entry of `FieldChoices.choices`.
#[derive(Debug, Clone, Serialize)]
pub struct FieldChoice {
    /// Its fieldname.
    pub field: String,
    /// Its name for people.
    pub label: String,
    /// Its fieldtype.
    pub fieldtype: String,
    /// The table that it is a column of.
    pub table: Option<String>,
    /// What to write.
    pub text: String,
    /// Where the cursor goes, a UTF-16 offset of `text`.
    pub caret: usize,
    /// What it is on this document; `null` when that is not certain.
    pub value: Option<String>,
}

/// `Completion` of the contract.
#[derive(Debug, Clone, Serialize)]
pub struct Completion {
    /// First UTF-16 unit of the name that was begun.
    pub start: usize,
    /// The unit after the last.
    pub end: usize,
    /// The likeliest first.
    pub suggestions: Vec<Suggestion>,
}

/// One entry of `Completion.suggestions`.
#[derive(Debug, Clone, Serialize)]
pub struct Suggestion {
    /// The name.
    pub name: String,
    /// What to write.
    pub text: String,
    /// Where the cursor goes, a UTF-16 offset of `text`.
    pub caret: usize,
    /// `field`, `table`, `method` or `filter`
    pub kind: &'static str,
    /// A field's name for people.
    pub label: Option<String>,
    /// A field's type.
    pub fieldtype: Option<String>,
}

/// Which text it is, by the name that the contract gives it.
///
/// # Errors
/// A sentence for the page's author.
pub(super) fn kind_of(name: &str) -> Result<Kind, String> {
    match name {
        "message" => Ok(Kind::Message),
        "condition" => Ok(Kind::Condition),
        _ => Err(format!("kind: expected message or condition, but found {name}")),
    }
}

pub(super) fn fields(kind: Kind, source: &str, offset: usize, document: &Rc<Document>) -> FieldChoices {
    let offsets = Utf16Offsets::new(source);
    let writing::Fields { range, choices } = writing::fields(kind, source, offsets.byte(offset), document);
    let range = offsets.range(&range);
    let choices = choices.into_iter().map(|choice| FieldChoice {
        caret: Utf16Offsets::new(&choice.text).at(choice.caret),
        field: choice.field,
        label: choice.label,
        fieldtype: choice.fieldtype,
        table: choice.table,
        text: choice.text,
        value: choice.value,
    });
    FieldChoices { start: range.start, end: range.end, choices: choices.collect() }
}

pub(super) fn complete(kind: Kind, source: &str, offset: usize, document: &Rc<Document>) -> Completion {
    let offsets = Utf16Offsets::new(source);
    let found = writing::complete(kind, source, offsets.byte(offset), document);
    let range = offsets.range(&found.range);
    let suggestions = found.suggestions.into_iter().map(|suggestion| Suggestion {
        caret: Utf16Offsets::new(&suggestion.text).at(suggestion.caret),
        name: suggestion.name,
        text: suggestion.text,
        kind: suggestion.kind,
        label: suggestion.label,
        fieldtype: suggestion.fieldtype,
    });
    Completion { start: range.start, end: range.end, suggestions: suggestions.collect() }
}
