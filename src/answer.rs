//! What both engines, messages and conditions, say about a place they cannot answer, and what a page may ask for them.

use std::ops::Range;

/// An expression whose value is not known here.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The bytes of the text that the expression takes.
    pub span: Range<usize>,
    /// Why it is not known, in the person's language.
    pub reason: String,
    /// What the page may ask the server to close it; `None` when that is not safe or not simple.
    pub question: Option<Question>,
    /// The wall clock, as the page wrote it, when the server answered; then the gap is closed with that answer.
    pub asked_at: Option<String>,
}

impl Gap {
    /// A gap that nothing can be asked about.
    pub fn new(span: Range<usize>, reason: String) -> Self {
        Self { span, reason, question: None, asked_at: None }
    }
}

/// What a look-up in the database asks, in the shape that a page can put to the server without writing anything.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is wanted.
    pub kind: Kind,
    /// Of which doctype.
    pub doctype: String,
    /// Of which document; for a single doctype there is but one.
    pub key: Option<Key>,
    /// Which fields; none for a whole document.
    pub fields: Vec<String>,
}

/// What a look-up wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole document: `frappe.get_doc`.
    Document,
    /// Whether there is one: `frappe.db.exists`.
    Exists,
    /// A setting: `frappe.db.get_single_value`.
    Single,
    /// Fields of a document: `frappe.db.get_value`.
    Value,
}

/// Which document is meant.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// The one of this name.
    Name(String),
    /// The one whose fields have these values.
    Filters(Vec<(String, Scalar)>),
}

/// A value that a filter compares with.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
}
