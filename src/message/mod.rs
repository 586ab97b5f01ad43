//! Messages: Jinja templates as the host's sandbox renders them.

use std::rc::Rc;

use crate::answer::Gap;
use crate::finding::Finding;
use crate::host::{Context, Document};
use crate::python::{Exception, Value};

/// What the host would do with a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It sends this text.
    Exact(String),
    /// It sends a text of which only the server knows these parts; `text` has a visible mark in their places.
    Server {
        /// The rest.
        text: String,
        /// What only the server knows.
        gaps: Vec<Gap>,
    },
    /// It sends a text of which this engine does not know these parts.
    Unsupported {
        /// The rest.
        text: Option<String>,
        /// What the engine does not know.
        gaps: Vec<Gap>,
    },
    /// It raises this.
    Error(Exception),
}

/// A field that the template reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Its fieldname.
    pub field: String,
    /// Whether it is empty on this document.
    pub empty: bool,
}

/// All that is said about a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What the host would do.
    pub answer: Answer,
    /// What to know or to mend.
    pub findings: Vec<Finding>,
    /// What it reads.
    pub reads: Vec<Read>,
}

/// What the template sees besides the document.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The template's `comments`: `None` or a list of dicts.
    pub comments: Value,
    /// The template's `alert`: the Notification itself.
    pub alert: Value,
}

/// Renders a template for a document.
pub fn render(template: &str, document: &Rc<Document>, inputs: &Inputs, context: &Rc<Context>) -> Report {
    let _ = (document, inputs, context);
    unsupported(template)
}

/// Checks a template as the host does when the Notification is saved: its syntax alone.
pub fn validate(template: &str, context: &Rc<Context>) -> Report {
    let _ = context;
    unsupported(template)
}

fn unsupported(template: &str) -> Report {
    let gap = Gap { span: 0..template.len(), reason: String::new() };
    Report { answer: Answer::Unsupported { text: None, gaps: vec![gap] }, findings: Vec::new(), reads: Vec::new() }
}
