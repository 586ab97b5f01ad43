//! Why a template is refused before it runs: Jinja2's syntax errors, and what this engine does not take.

use std::ops::Range;

use crate::python::{Exception, Stop};

/// Why a template was not understood. One pointer, because the parser's recursion carries it through every level.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal(Box<Why>);

#[derive(Debug, Clone, PartialEq)]
enum Why {
    /// Jinja2 refuses the template too.
    Jinja {
        /// `TemplateSyntaxError`, or the subclass that its compiler raises.
        kind: &'static str,
        /// In Jinja2's words.
        message: String,
        /// The place, in bytes of the normalised text.
        span: Range<usize>,
    },
    /// Jinja2 may take it; this engine does not.
    Unsupported {
        /// The construct, in code words.
        construct: String,
        /// The place, in bytes of the normalised text.
        span: Range<usize>,
    },
    /// Deeper or longer than the limits; the text is a key of [`crate::language`].
    Limit(&'static str),
}

/// Jinja2's class of most refusals.
pub const SYNTAX_ERROR: &str = "jinja2.exceptions.TemplateSyntaxError";
/// Jinja2's class of what its compiler refuses: an unknown filter, a block defined twice.
pub const ASSERTION_ERROR: &str = "jinja2.exceptions.TemplateAssertionError";

impl Refusal {
    /// `TemplateSyntaxError` at a place.
    pub fn syntax(message: impl Into<String>, span: Range<usize>) -> Self {
        Self(Box::new(Why::Jinja { kind: SYNTAX_ERROR, message: message.into(), span }))
    }

    /// `TemplateAssertionError` at a place.
    pub fn assertion(message: impl Into<String>, span: Range<usize>) -> Self {
        Self(Box::new(Why::Jinja { kind: ASSERTION_ERROR, message: message.into(), span }))
    }

    /// Python's own `SyntaxError` about the code that Jinja2 writes.
    pub fn python(message: impl Into<String>, span: Range<usize>) -> Self {
        Self(Box::new(Why::Jinja { kind: "SyntaxError", message: message.into(), span }))
    }

    /// A construct that this engine does not take.
    pub fn unsupported(construct: impl Into<String>, span: Range<usize>) -> Self {
        Self(Box::new(Why::Unsupported { construct: construct.into(), span }))
    }

    /// Deeper or longer than the limits.
    pub fn limit(key: &'static str) -> Self {
        Self(Box::new(Why::Limit(key)))
    }

    /// The same refusal as a stop of the evaluation, and its place.
    pub fn into_stop(self, place: impl Fn(Range<usize>) -> Range<usize>) -> (Stop, Option<Range<usize>>) {
        match *self.0 {
            Why::Jinja { kind, message, span } => {
                let span = place(span);
                (Stop::Raise(Box::new(Exception { kind, message, span: Some(span.clone()) })), Some(span))
            }
            Why::Unsupported { construct, span } => (Stop::Unsupported(construct), Some(place(span))),
            Why::Limit(key) => (Stop::Limit(key), None),
        }
    }
}
