//! `doc.statuss`: a field that the doctype does not have. It saves, then blocks every save of the doctype (host.md 4).

use std::collections::HashMap;
use std::rc::Rc;

use super::{Subject, document_field};
use crate::condition::Mode;
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::host::{DocType, document_type};
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
        let Kind::Attribute(value, name) = &node.kind else {
            // `doc.get("statuss")` is None instead of an error, and nobody notices.
            if let (Kind::Call(_, arguments), Some(name)) = (&node.kind, document_field(node))
                && let Some(argument) = arguments.first()
            {
                let span = argument.value().span.clone();
                findings.extend(unknown(subject, doctype, name, span.clone()).map(|finding| Finding {
                    severity: Severity::Warning,
                    fix: finding.fix.map(|fix| crate::finding::Fix { text: format!("\"{}\"", fix.text), ..fix }),
                    ..finding
                }));
            }
            continue;
        };
        if called.contains(&node.span.end) && !matches!(&**name, "get") {
            // A method of the document's class, unless the page knows better.
            let known = subject.document.is_none_or(|document| !matches!(document.attribute(name), Ok(None)));
            if known {
                continue;
            }
        }
        let place = subject.last_word(node);
        match &value.kind {
            Kind::Name(root) if &**root == "doc" => {
                let has = subject.document.is_some_and(|document| !matches!(document.attribute(name), Ok(None)));
                if !has {
                    findings.extend(unknown(subject, doctype, name, place));
                }
            }
            Kind::Name(root) => {
                if let Some(row) = rows.get(&**root) {
                    findings.extend(unknown(subject, row, name, place));
                }
            }
            _ => {}
        }
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

/// The variables of loops over child tables, with the doctype of their rows.
fn rows<'a>(subject: &Subject<'a>, doctype: &DocType) -> HashMap<&'a str, Rc<DocType>> {
    let mut rows = HashMap::new();
    for node in subject.nodes() {
        let Kind::Comprehension(made) = &node.kind else { continue };
        for one in &made.loops {
            let (Kind::Name(name), Some(table)) = (&one.target.kind, document_field(&one.source)) else { continue };
            let field = doctype.field(table).filter(|field| document_type::is_table(&field.fieldtype));
            let row = field.and_then(|field| subject.metas.get(field.options.as_deref()?));
            if let Some(row) = row.filter(|row| !row.fields.is_empty()) {
                rows.insert(&**name, Rc::clone(row));
            }
        }
    }
    rows
}

fn unknown(subject: &Subject<'_>, doctype: &DocType, name: &str, span: std::ops::Range<usize>) -> Option<Finding> {
    let code = "condition/unknown-field";
    let is_known = doctype.field(name).is_some()
        || STANDARD.contains(&name)
        || name.starts_with('_')
        || matches!(name, "amended_from" | "get" | "items" | "keys" | "values" | "as_dict");
    if is_known {
        return None;
    }
    let by_label = doctype.fields.iter().find(|field| {
        let label = field.label.as_deref().unwrap_or_default().to_lowercase().replace([' ', '-'], "_");
        !label.is_empty() && label == name.to_lowercase()
    });
    let names = doctype.fields.iter().filter(|field| document_type::has_value(&field.fieldtype));
    let mut names = names
        .map(|field| field.fieldname.as_str())
        .chain(STANDARD.into_iter().filter(|name| !name.starts_with("parent")));
    let near = by_label.map(|field| field.fieldname.as_str()).or_else(|| similar::nearest(name, &mut names));
    let values = [("found", name), ("doctype", doctype.name.as_str()), ("expected", near.unwrap_or_default())];
    let key = match (near.is_some(), subject.mode) {
        (true, Mode::Expression) => "condition/unknown-field-near",
        (false, Mode::Expression) => "condition/unknown-field",
        (true, Mode::Block) => "condition/unknown-field-none-near",
        (false, Mode::Block) => "condition/unknown-field-none",
    };
    let severity = if subject.mode == Mode::Block { Severity::Warning } else { Severity::Error };
    let finding = Finding::new(severity, code, subject.say(key, &values)).at(span.clone());
    Some(match near {
        Some(near) => finding.with_fix(subject.say("condition/fix-replace", &[("text", near)]), span, near),
        None => finding,
    })
}
