//! `doc.statuss`: a field that the doctype does not have. A document that is asked for it fails (host.md 4).

use std::ops::Range;
use std::rc::Rc;

use super::rows::{row_of, rows};
use super::{Subject, constant_text};
use crate::condition::Mode;
use crate::condition::ast::{Argument, Expr, Kind};
use crate::finding::{Finding, Fix, Severity};
use crate::host::document_methods::is_of_every_document;
use crate::host::{DocType, State, document_type};
use crate::python::Object;
use crate::similar;

/// Fields that every document has.
const STANDARD: [&str; 14] = [
    "creation",
    "docstatus",
    "doctype",
    "flags",
    "idx",
    "meta",
    "modified",
    "modified_by",
    "name",
    "owner",
    "parent",
    "parent_doc",
    "parentfield",
    "parenttype",
];

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(doctype) = subject.doctype.filter(|doctype| !doctype.fields.is_empty()) else { return Vec::new() };
    let called: Vec<usize> = subject.nodes().filter_map(called).collect();
    let rows = rows(subject, doctype);
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let (owner, name, place, raises) = match &node.kind {
            Kind::Attribute(value, name) => (&**value, &**name, subject.last_word(node), true),
            Kind::Subscript(value, key) => match constant_text(key) {
                Some(name) => (&**value, name, key.span.clone(), true),
                None => continue,
            },
            // `doc.get("statuss")` is None instead of an error, and nobody notices.
            Kind::Call(function, arguments) => match (&function.kind, arguments.first().map(Argument::value)) {
                (Kind::Attribute(value, get), Some(key)) if &**get == "get" => match constant_text(key) {
                    Some(name) => (&**value, name, key.span.clone(), false),
                    None => continue,
                },
                _ => continue,
            },
            _ => continue,
        };
        let is_attribute = matches!(node.kind, Kind::Attribute(..));
        let is_doc = matches!(&owner.kind, Kind::Name(root) if &**root == "doc");
        let described = if is_doc { Some(Rc::clone(doctype)) } else { row_of(subject, doctype, owner, &rows) };
        let Some(described) = described else { continue };
        if is_attribute && name != "get" {
            // A method of the document's class, or what a plain dict has.
            let known = match (is_doc, subject.document) {
                (true, Some(document)) => !matches!(document.attribute(name), Ok(None)),
                (true, None) => is_of_every_document(name) || called.contains(&node.span.end),
                (false, _) => is_of_every_document(name),
            };
            if known {
                let is_unsure = is_doc && subject.document.is_some_and(|document| document.attribute(name).is_err());
                if is_unsure && !called.contains(&node.span.end) && subject.mode == Mode::Expression {
                    findings.extend(maybe_unknown(subject, &described, name, place));
                }
                continue;
            }
        }
        let Some(finding) = unknown(subject, &described, name, (place, raises)) else { continue };
        findings.push(if is_attribute {
            finding
        } else {
            Finding { fix: finding.fix.map(|fix| Fix { text: format!("\"{}\"", fix.text), ..fix }), ..finding }
        });
    }
    findings
}

/// The end of the function of a call.
fn called(node: &Expr) -> Option<usize> {
    match &node.kind {
        Kind::Call(function, _) => Some(function.span.end),
        _ => None,
    }
}

/// A name near that of a field, where only the server knows what the class of the document adds.
fn maybe_unknown(subject: &Subject<'_>, doctype: &DocType, name: &str, span: Range<usize>) -> Option<Finding> {
    let certain = unknown(subject, doctype, name, (span.clone(), true))?;
    let near = certain.fix.as_ref().map(|fix| fix.text.clone())?;
    let (code, key) = ("condition/unknown-field", "condition/unknown-field-perhaps");
    let values = [("found", name), ("doctype", doctype.name.as_str()), ("expected", near.as_str())];
    let finding = subject.finding((Severity::Warning, code), key, span, &values);
    Some(Finding { fix: certain.fix, ..finding })
}

fn unknown(
    subject: &Subject<'_>,
    doctype: &DocType,
    name: &str,
    (span, raises): (Range<usize>, bool),
) -> Option<Finding> {
    let code = "condition/unknown-field";
    let is_known =
        doctype.field(name).is_some() || STANDARD.contains(&name) || name.starts_with('_') || (raises && name == "get");
    if is_known {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace([' ', '-', '\''], "_");
    let wanted = plain(name);
    let by_label =
        doctype.fields.iter().find(|field| field.label.as_deref().is_some_and(|label| plain(label) == wanted));
    let names = doctype.fields.iter().filter(|field| document_type::has_value(&field.fieldtype));
    let mut names = names
        .map(|field| field.fieldname.as_str())
        .chain(STANDARD.into_iter().filter(|name| !name.starts_with("parent")));
    let near = by_label.map(|field| field.fieldname.as_str()).or_else(|| similar::nearest(name, &mut names));
    let values = [("found", name), ("doctype", doctype.name.as_str()), ("expected", near.unwrap_or_default())];
    let raises = raises && subject.mode == Mode::Expression;
    // Days Before and Days After run outside of a save.
    let is_stored = subject.state() == Some(State::Stored);
    let key = match (near.is_some(), raises) {
        (true, true) if is_stored => "condition/unknown-field-near-stored",
        (false, true) if is_stored => "condition/unknown-field-stored",
        (true, true) => "condition/unknown-field-near",
        (false, true) => "condition/unknown-field",
        (true, false) => "condition/unknown-field-none-near",
        (false, false) => "condition/unknown-field-none",
    };
    let severity = if raises { Severity::Error } else { Severity::Warning };
    let finding = Finding::new(severity, code, subject.say(key, &values)).at(span.clone());
    Some(match near {
        Some(near) => finding.with_fix(subject.say("condition/fix-replace", &[("text", near)]), span, near),
        None => finding,
    })
}
