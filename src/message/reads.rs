//! The fields that a template reads, and whether each is empty on the document.

use std::rc::Rc;

use super::Read;
use super::ast::{Expr, ExprKind, Span};
use crate::host::Document;
use crate::host::document::Slot;
use crate::python::Value;

/// One place where the template names a field of `doc`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The fieldname.
    pub field: Rc<str>,
    /// The bytes of the fieldname in the normalised template, quotes left out.
    pub span: Span,
    /// How it is reached.
    pub how: How,
}

/// How a field is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// `doc.x`, `doc["x"]`
    Directly,
    /// `doc.get("x")`
    Get,
    /// `doc.get_formatted("x")`
    Formatted,
}

/// Whether an expression is `doc` itself.
pub fn is_doc(expression: &Expr) -> bool {
    matches!(&expression.kind, ExprKind::Name(name) if &**name == "doc")
}

/// The place where an expression itself names a field of its owner, which `owns` recognises.
pub fn place(expression: &Expr, text: &str, owns: &dyn Fn(&Expr) -> bool) -> Option<Place> {
    match &expression.kind {
        ExprKind::Attribute(base, name) if owns(base) => {
            let end = expression.span.range().end;
            let start = end.checked_sub(name.len())?;
            Some(Place { field: Rc::clone(name), span: Span::new(start, end), how: How::Directly })
        }
        ExprKind::Item(base, index) if owns(base) => literal(index, text, How::Directly),
        ExprKind::Call(call) => match &call.callee.kind {
            ExprKind::Attribute(base, method) if owns(base) => {
                let how = match &**method {
                    "get" => How::Get,
                    "get_formatted" => How::Formatted,
                    _ => return None,
                };
                literal(call.arguments.positional.first()?, text, how)
            }
            _ => None,
        },
        _ => None,
    }
}

/// A fieldname in quotes.
pub fn literal(expression: &Expr, text: &str, how: How) -> Option<Place> {
    let ExprKind::Const(Value::Str(field)) = &expression.kind else { return None };
    let inside = expression.span.range().start + 1..expression.span.range().end.checked_sub(1)?;
    (text.get(inside.clone())? == &**field).then(|| Place {
        field: Rc::clone(field),
        span: Span::new(inside.start, inside.end),
        how,
    })
}

/// Whether a value counts as empty for a person: nothing, no text, no rows. Zero is a value.
pub fn is_empty(slot: &Slot) -> bool {
    match slot {
        Slot::Known(Value::None) => true,
        Slot::Known(Value::Str(text)) => text.is_empty(),
        Slot::Known(Value::List(rows)) => rows.borrow().is_empty(),
        Slot::Known(_) | Slot::Server(_) | Slot::Unsupported(_) => false,
    }
}

/// The fields of the document among the places, each once, in the order of the text.
pub fn reads<'a>(places: impl Iterator<Item = &'a Place>, document: &Document) -> Vec<Read> {
    let mut reads: Vec<Read> = Vec::new();
    let mut places: Vec<&Place> = places.collect();
    places.sort_by_key(|place| place.span.start);
    for place in places {
        if let Some(slot) = document.slot(&place.field)
            && !reads.iter().any(|read| read.field == *place.field)
        {
            reads.push(Read { field: place.field.to_string(), empty: is_empty(slot) });
        }
    }
    reads
}
