//! Which expressions stand for a row of a child table, and of which doctype it is.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Subject, document_field};
use crate::condition::ast::{Expr, Kind};
use crate::host::{DocType, document_type};
use crate::python::Value;

/// The doctype of the rows that an expression walks or takes one of.
pub fn table(subject: &Subject<'_>, doctype: &DocType, node: &Expr) -> Option<Rc<DocType>> {
    let node = match &node.kind {
        // `doc.get("items") or []`
        Kind::Logic(_, operands) => operands.first()?,
        _ => node,
    };
    let field = doctype.field(document_field(node)?).filter(|field| document_type::is_table(&field.fieldtype))?;
    subject.metas.get(field.options.as_deref()?).filter(|row| !row.fields.is_empty()).map(Rc::clone)
}

/// The variables of loops over child tables, with the doctype of their rows.
pub fn rows<'a>(subject: &Subject<'a>, doctype: &DocType) -> HashMap<&'a str, Rc<DocType>> {
    let comprehensions = subject.nodes().filter_map(|node| match &node.kind {
        Kind::Comprehension(made) => Some(made.loops.iter().map(|one| (&one.target, &one.source))),
        _ => None,
    });
    let walked = comprehensions.flatten().chain(subject.walked.iter().copied());
    let mut rows = HashMap::new();
    for (target, source) in walked {
        if let Kind::Name(name) = &target.kind {
            // A name that walks other things too tells nothing.
            match (table(subject, doctype, source), rows.contains_key(&**name)) {
                (Some(row), false) => drop(rows.insert(&**name, row)),
                (Some(_), true) => {}
                (None, _) => drop(rows.remove(&**name)),
            }
        }
    }
    rows
}

/// The doctype of a row: a variable of a loop, or `doc.items[0]`.
pub fn row_of(
    subject: &Subject<'_>,
    doctype: &DocType,
    owner: &Expr,
    rows: &HashMap<&str, Rc<DocType>>,
) -> Option<Rc<DocType>> {
    match &owner.kind {
        Kind::Name(name) => rows.get(&**name).map(Rc::clone),
        Kind::Subscript(list, key) if matches!(key.kind, Kind::Constant(Value::Int(_)) | Kind::Unary(..)) => {
            table(subject, doctype, list)
        }
        _ => None,
    }
}
