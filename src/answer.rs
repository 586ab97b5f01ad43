//! What both engines, messages and conditions, say about a place they cannot answer.

use std::ops::Range;

/// An expression whose value is not known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The bytes of the text that the expression takes.
    pub span: Range<usize>,
    /// Why it is not known, in the person's language.
    pub reason: String,
}
