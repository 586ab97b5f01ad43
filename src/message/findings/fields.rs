//! Where a template names fields, of the document and of its rows.

use std::rc::Rc;

use super::Survey;
use crate::host::document::Slot;
use crate::host::{DocType, Document, Field, document_type, meta};
use crate::message::ast::{Expr, ExprKind, Span, Target};
use crate::message::reads::{self, How, Place};
use crate::message::walk::{self, Met};
use crate::python::Value;

/// One place where a field is named.
#[derive(Debug)]
pub struct FieldPlace<'a> {
    /// The field, and the bytes of its name.
    pub place: Place,
    /// The whole expression: `doc.x`, `row.get("x")`.
    pub node: &'a Expr,
    /// What has the field.
    pub owner: &'a Expr,
    /// For a field of a row: the doctype of the rows, and the rows themselves.
    pub rows: Option<(Rc<DocType>, Rc<Vec<Value>>)>,
}

impl FieldPlace<'_> {
    /// The field as its doctype describes it.
    pub fn field<'d>(&'d self, document: &'d Document) -> Option<&'d Field> {
        self.rows.as_ref().map_or(&*document.doctype, |(doctype, _)| doctype).field(&self.place.field)
    }

    /// The fieldtype, that of a field which every document has included; empty when there is no such field.
    pub fn fieldtype<'d>(&'d self, document: &'d Document) -> &'d str {
        match self.field(document) {
            Some(field) => &field.fieldtype,
            None => meta::default_field(&self.place.field),
        }
    }

    /// A document that has the field: `doc` itself, or the first row in which the field is not empty.
    pub fn example<'d>(&'d self, document: &'d Document) -> Option<&'d Document> {
        let filled = |row: &&Document| row.slot(&self.place.field).is_some_and(|slot| !reads::is_empty(slot));
        match &self.rows {
            None => Some(document),
            Some((_, rows)) => rows.iter().filter_map(|row| row.downcast::<Document>()).find(filled),
        }
    }

    /// What is known of the field's value in [`Self::example`].
    pub fn slot<'d>(&'d self, document: &'d Document) -> Option<&'d Slot> {
        self.example(document)?.slot(&self.place.field)
    }

    /// Whether it is reached through `get_formatted`.
    pub fn is_formatted(&self) -> bool {
        self.place.how == How::Formatted
    }
}

/// All places, those of the document first.
pub fn fields<'a>(survey: &Survey<'a>, document: &Document, text: &str) -> Vec<FieldPlace<'a>> {
    let mut found = Vec::new();
    // A template that calls something else `doc` is not followed.
    let reaches: &[&Expr] = if survey.sets("doc") { &[] } else { &survey.reaches };
    for node in reaches {
        let Some(owner) = owner(node) else { continue };
        if reads::is_doc(owner) {
            let place = reads::place(node, text, &reads::is_doc);
            found.extend(place.map(|place| FieldPlace { place, node, owner, rows: None }));
        } else if let Some(rows) = one_row(survey, owner, document, text)
            && let Some(place) = reads::place(node, text, &|base| std::ptr::eq(base, owner))
        {
            found.push(FieldPlace { place, node, owner, rows: Some(rows) });
        }
    }
    for node in &survey.loops {
        let Target::Name(name, _) = &node.target else { continue };
        if survey.sets("doc") {
            continue;
        }
        let Some(rows) = table(&node.iterable, document, text) else { continue };
        let (mut places, mut reused) = (Vec::new(), false);
        let owns = |base: &Expr| matches!(&base.kind, ExprKind::Name(base) if base == name);
        let mut visit = |met: Met<'a>| match met {
            // The same name for something else: which is meant where is not followed.
            Met::Store(other) => reused |= other == &**name,
            Met::Expr(node) => {
                if let (Some(owner), Some(place)) = (owner(node), reads::place(node, text, &owns)) {
                    places.push(FieldPlace { place, node, owner, rows: Some(rows.clone()) });
                }
            }
            _ => {}
        };
        walk::body(&node.body, &mut visit);
        node.test.iter().for_each(|test| walk::expression(test, &mut visit));
        if !reused {
            found.append(&mut places);
        }
    }
    for (applied, _) in &survey.applied {
        // `|sum(attribute="qty")`: a text names the field.
        let named = applied.arguments.keyword.iter().find(|(name, _)| &**name == "attribute");
        if let (Some((_, node)), Some(owner)) = (named, &applied.value)
            && !survey.sets("doc")
            && let Some(place) = reads::literal(node, text, How::Get).filter(|place| !place.field.contains('.'))
            && let Some(rows) = table(owner, document, text)
        {
            found.push(FieldPlace { place, node, owner, rows: Some(rows) });
        }
    }
    found
}

/// What an expression reaches into.
fn owner(node: &Expr) -> Option<&Expr> {
    match &node.kind {
        ExprKind::Attribute(base, _) | ExprKind::Item(base, _) => Some(base),
        ExprKind::Call(call) => match &call.callee.kind {
            ExprKind::Attribute(base, _) => Some(base),
            _ => None,
        },
        _ => None,
    }
}

/// The rows that an expression stands for: a table field of the document, or a part of it.
fn table(node: &Expr, document: &Document, text: &str) -> Option<(Rc<DocType>, Rc<Vec<Value>>)> {
    const PARTS: [&str; 8] = ["list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"];
    match &node.kind {
        ExprKind::Slice(base, _) => return table(base, document, text),
        ExprKind::Filter(applied) if PARTS.binary_search(&&*applied.name).is_ok() => {
            return table(applied.value.as_ref()?, document, text);
        }
        _ => {}
    }
    let place = reads::place(node, text, &reads::is_doc)?;
    let field = document.doctype.field(&place.field).filter(|field| document_type::is_table(&field.fieldtype))?;
    let doctype = document.metas.get(field.options.as_deref()?).filter(|doctype| !doctype.fields.is_empty())?;
    Some((Rc::clone(doctype), Rc::new(document.rows(&place.field))))
}

/// The rows that an expression is one of: `doc.items[0]`, `doc.items|first`, or a name that is set to such a one.
fn one_row(survey: &Survey<'_>, node: &Expr, document: &Document, text: &str) -> Option<(Rc<DocType>, Rc<Vec<Value>>)> {
    let node = match &node.kind {
        ExprKind::Name(name) => survey.value_of(name)?,
        _ => node,
    };
    match &node.kind {
        ExprKind::Item(base, _) => table(base, document, text),
        ExprKind::Filter(applied) if matches!(&*applied.name, "first" | "last") => {
            table(applied.value.as_ref()?, document, text)
        }
        _ => None,
    }
}

/// The text of an expression, in parentheses where an ` or ""` or an ` if` behind it would take a part of it only.
pub fn ready_to_extend(node: &Expr, text: &str) -> String {
    let written = text.get(node.span.range()).unwrap_or_default();
    match node.kind {
        ExprKind::Conditional(_) | ExprKind::Tuple(_) => format!("({written})"),
        _ => written.to_owned(),
    }
}

/// Whether one place lies in another.
pub fn contains(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
