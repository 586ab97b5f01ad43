//! What a rendering wrote that nobody means to read: "None", the text of an undefined value, a document.
//!
//! Noted while the template runs, so that findings speak of what was really written: a `{{ doc.x }}` behind an
//! `{% if doc.x %}` writes nothing.

use std::rc::Rc;

use super::ast::Span;
use super::render::Renderer;
use super::undefined::Undefined;
use crate::host::Document;
use crate::python::{Value, show};

/// Most notes of one rendering: a loop over a thousand rows would write the same thousand times.
const MOST: usize = 40;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Odd {
    /// `None`
    None,
    /// The text of an undefined value, such as `{{ no such element: ... }}`.
    Undefined(String),
    /// A document or a row.
    Document,
    /// A whole child table.
    Rows,
}

/// A place that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OddPrint {
    /// The expression whose value it was, in the normalised template.
    pub span: Span,
    /// What was written.
    pub odd: Odd,
    /// Whether the expression is a part of what is printed: an operand of `~`, the value of a filter.
    pub part: bool,
}

/// A value with signs that a chat may read as markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedValue {
    /// The expression that wrote it, in bytes of the template.
    pub span: std::ops::Range<usize>,
    /// What was written.
    pub text: Rc<str>,
}

/// The signs of all chats' markup, and a line break; a `.` or a `-` alone is none.
pub const SIGNS: [char; 13] = ['\n', '&', '<', '>', '*', '_', '~', '`', '#', '[', '|', '@', '\\'];

impl Renderer<'_> {
    /// Notes a text that is about to be written, if it has signs.
    pub(super) fn note_signs(&self, value: &Value, span: Span) {
        let Value::Str(text) = value else { return };
        if !text.contains(SIGNS) {
            return;
        }
        let mut signed = self.signed.borrow_mut();
        let value = SignedValue { span: span.range(), text: Rc::clone(text) };
        if signed.len() < MOST && !signed.contains(&value) {
            signed.push(value);
        }
    }

    /// Notes a value that is about to be written, if it is an odd one.
    pub(super) fn note(&self, value: &Value, span: Span, part: bool) {
        let odd = match value {
            Value::None => Odd::None,
            Value::Object(_) => match Undefined::from(value) {
                // Jinja2's plain class writes nothing, and the parts of a text are what they are.
                Some(undefined) if undefined.is_plain() || part => return,
                Some(_) => Odd::Undefined(show::str(value, &self.budget).unwrap_or_default()),
                None if value.downcast::<Document>().is_some() => Odd::Document,
                None => return,
            },
            Value::List(items) => match items.borrow().first() {
                Some(first) if first.downcast::<Document>().is_some() => Odd::Rows,
                _ => return,
            },
            _ => return,
        };
        let mut notes = self.odd.borrow_mut();
        if notes.len() < MOST && !notes.iter().any(|known| known.span == span) {
            notes.push(OddPrint { span, odd, part });
        }
    }
}
