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

/// What a look-up in the database asks, as `ServerQuestion` of the contract has it. It travels through the page and comes
/// back with its answer, so it is kept as plain data that compares with its echo.
pub type Question = serde_json::Map<String, serde_json::Value>;
