//! Conditions: Python as the host's `safe_eval` runs it, evaluated, explained and checked.

pub mod ast;
mod characters;
mod fstring;
mod lexer;
mod literals;
mod parser;
mod refusal;

use std::ops::Range;
use std::rc::Rc;

use crate::answer::Gap;
use crate::finding::Finding;
use crate::host::{Context, Document, Metas};
use crate::python::Exception;

/// What the host would do with a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It has this value.
    Exact {
        /// `bool(value)`: would the notification fire.
        truth: bool,
        /// `repr(value)`
        repr: String,
        /// `type(value).__name__`
        type_name: String,
    },
    /// Only the server knows these expressions.
    Server(Vec<Gap>),
    /// This engine does not know these constructs.
    Unsupported(Vec<Gap>),
    /// It raises this.
    Error(Exception),
}

/// A part of the condition with the value it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its place, in bytes.
    pub span: Range<usize>,
    /// `repr()` of its value; a short mark where it was not evaluated.
    pub value: String,
    /// How many parts it stands in.
    pub depth: usize,
    /// Whether it settled the outcome.
    pub decided: bool,
}

/// All that is said about a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What the host would do.
    pub answer: Answer,
    /// What to know or to mend.
    pub findings: Vec<Finding>,
    /// The parts, outermost first.
    pub explanation: Vec<Part>,
}

/// Which notification the condition belongs to, as far as the person has said.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether the condition is the filter editor's JSON (newer Frappe) instead of Python.
    pub filters: bool,
    /// Whether the host runs blocks; `None` when nobody knows, then both answers are compared.
    pub server_scripts: Option<bool>,
}

/// Evaluates a condition against a document.
pub fn check(source: &str, document: &Rc<Document>, context: &Rc<Context>, options: &Options) -> Report {
    let _ = (source, document, context, options);
    unsupported(source)
}

/// Tries a condition as the host does when the Notification is saved: on a blank document, a plain dict.
pub fn validate(source: &str, metas: &Rc<Metas>, context: &Rc<Context>, options: &Options) -> Report {
    let _ = (metas, context, options);
    unsupported(source)
}

fn unsupported(source: &str) -> Report {
    let gap = Gap { span: 0..source.len(), reason: String::new() };
    Report { answer: Answer::Unsupported(vec![gap]), findings: Vec::new(), explanation: Vec::new() }
}
