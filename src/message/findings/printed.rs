//! What a template prints as it is: `{{ doc.x }}` and its kin, with nothing around the field.

use std::rc::Rc;

use super::Template;
use crate::host::document::Slot;
use crate::message::ast::{Body, ExprKind, Span, Statement};
use crate::message::reads::{self, How};
use crate::message::walk::{self, Met};

/// A field that is printed as it is.
#[derive(Debug)]
pub struct Printed {
    /// Its fieldname.
    pub field: Rc<str>,
    /// The bytes of the expression in the normalised template.
    pub span: Span,
    /// How it is reached.
    pub how: How,
}

/// The fields of the document that are printed as they are, in the order of the text.
pub fn printed(body: &Body, text: &str) -> Vec<Printed> {
    let mut found = Vec::new();
    walk::body(body, &mut |met| {
        let Met::Statement(Statement::Print(value, _)) = met else { return };
        if !matches!(value.kind, ExprKind::Attribute(..) | ExprKind::Item(..) | ExprKind::Call(_)) {
            return;
        }
        if let Some(place) = reads::place(value, text) {
            found.push(Printed { field: place.field, span: value.span, how: place.how });
        }
    });
    found
}

/// What is known about a field's value.
pub fn slot<'a>(template: &'a Template<'_>, field: &str) -> Option<&'a Slot> {
    template.document.slot(field)
}

/// The type of a field, as its doctype describes it.
pub fn fieldtype<'a>(template: &'a Template<'_>, field: &str) -> Option<&'a str> {
    template.document.doctype.field(field).map(|field| field.fieldtype.as_str())
}
