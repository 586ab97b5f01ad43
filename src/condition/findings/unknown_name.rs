//! `today() == doc.due_date`, `self.status`, `doc.status == Open`, `frappe.utils.nowdat()`: a name that the host does not have,
//! and the one that was meant.

use std::collections::BTreeSet;

use super::{MOST_OF_ONE, Subject, bare_field, javascript};
use crate::condition::ast::{Expr, Kind};
use crate::condition::names::{Known, global};
use crate::condition::{Answer, Mode};
use crate::finding::{Finding, Severity};
use crate::host::functions;
use crate::python::operators::Comparison;
use crate::similar;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let bound = bare_field::bound_names(subject);
    let mut said: Vec<&str> = Vec::new();
    for node in subject.nodes() {
        // A name is looked for among all nodes: not for thousands of names.
        if findings.len() >= MOST_OF_ONE {
            break;
        }
        match &node.kind {
            Kind::Name(name) if !said.contains(&&**name) && is_unknown(subject, name, &bound) => {
                findings.push(unknown(subject, node, name));
                said.push(name);
            }
            Kind::Attribute(value, name) if subject.source(value) == "frappe.utils" => {
                findings.extend(tool(subject, node, name));
            }
            _ => {}
        }
    }
    findings
}

fn is_unknown(subject: &Subject<'_>, name: &str, bound: &BTreeSet<&str>) -> bool {
    let given = matches!(name, "doc" | "nowdate" | "frappe") || bound.contains(name) || name.starts_with('_');
    if given || !matches!(global(name, subject.mode), Known::Missing(_)) {
        return false;
    }
    // Other remarks have more to say about these.
    let is_told = javascript::meant(name).is_some()
        || bare_field::is_field(subject, name)
        || !matches!(global(name, Mode::Block), Known::Missing(_));
    // In a block a name may come from anywhere.
    let failed = || match subject.answer {
        Answer::Error(error) => error.kind == "NameError" && error.message.contains(&format!("'{name}'")),
        _ => false,
    };
    !is_told && (subject.mode == Mode::Expression || failed())
}

fn unknown(subject: &Subject<'_>, node: &Expr, name: &str) -> Finding {
    let code = "condition/unknown-name";
    if let Some(text) = quoted(subject, node, name) {
        let values = [("expected", text.as_str()), ("found", name)];
        let finding = subject.finding((Severity::Error, code), "condition/quotes-missing", node.span.clone(), &values);
        // `doc.status in Open, Closed`: with quotes it is still two values, which always hold.
        let is_list = matches!(subject.roots, [root] if matches!(root.kind, Kind::Tuple(_)));
        return if is_list { finding } else { subject.replaced(finding, node.span.clone(), text) };
    }
    let (span, expected) = meant(subject, node, name);
    let found = subject.text.get(span.clone()).unwrap_or(name);
    let Some(expected) = expected else {
        return subject.finding((Severity::Error, code), code, node.span.clone(), &[("found", name)]);
    };
    let values = [("expected", expected.as_str()), ("found", found)];
    let finding = subject.finding((Severity::Error, code), "condition/unknown-name-near", span.clone(), &values);
    subject.replaced(finding, span, expected)
}

/// The place of what was meant and how it is written.
fn meant(subject: &Subject<'_>, node: &Expr, name: &str) -> (std::ops::Range<usize>, Option<String>) {
    let whole = |wanted: &str| {
        subject.nodes().find(|other| other.span.start == node.span.start && subject.source(other) == wanted)
    };
    match name {
        "Doc" | "DOC" | "docs" | "document" | "self" | "this" => return (node.span.clone(), Some(String::from("doc"))),
        "frm" | "cur_frm" => {
            if let Some(all) = whole(&format!("{name}.doc")) {
                return (all.span.clone(), Some(String::from("doc")));
            }
        }
        "date" | "datetime" => {
            let now = ["datetime.now()", "datetime.datetime.now()"].map(|text| (text, "frappe.utils.now_datetime()"));
            let today = ["date.today()", "datetime.date.today()", "datetime.today()", "datetime.now().date()"]
                .map(|text| (text, "frappe.utils.getdate()"));
            let found = today.into_iter().chain(now).find_map(|(text, meant)| Some((whole(text)?, meant)));
            if let Some((all, meant)) = found {
                return (all.span.clone(), Some(meant.to_owned()));
            }
            return (node.span.clone(), None);
        }
        _ => {}
    }
    let near = if matches!(functions::util(subject.context, name), Ok(Some(_))) {
        Some(format!("frappe.utils.{name}"))
    } else {
        near(subject, name, is_called(subject, node))
    };
    (node.span.clone(), near)
}

fn is_called(subject: &Subject<'_>, node: &Expr) -> bool {
    subject.text.get(node.span.end..).is_some_and(|rest| rest.trim_start().starts_with('('))
}

fn near(subject: &Subject<'_>, name: &str, called: bool) -> Option<String> {
    if name.len() < 3 {
        return None;
    }
    let given = similar::nearest(name, &mut ["doc", "frappe", "nowdate"].into_iter())
        .filter(|near| near.len() + 1 >= name.len());
    let given = given.map(str::to_owned);
    let field = || {
        let label = bare_field::by_label(subject, name);
        let fields = subject.doctype.iter().flat_map(|doctype| doctype.fields.iter());
        let near = label.or_else(|| similar::nearest(name, &mut fields.map(|field| field.fieldname.as_str())));
        near.map(|field| format!("doc.{field}"))
    };
    let tool = || similar::nearest(name, &mut functions::util_names()).map(|tool| format!("frappe.utils.{tool}"));
    if called { given.or_else(tool) } else { given.or_else(field) }
}

/// The name in quotes, where it is compared with a field that holds such a text.
fn quoted(subject: &Subject<'_>, node: &Expr, name: &str) -> Option<String> {
    let is_it = |other: &Expr| other.span == node.span;
    let field = subject.nodes().find_map(|parent| {
        let Kind::Compare(left, links) = &parent.kind else { return None };
        let [(operator, right)] = links.as_slice() else { return None };
        match (operator, &right.kind) {
            (Comparison::Equal | Comparison::NotEqual, _) if is_it(right) => {
                subject.read(left).zip(subject.field(left))
            }
            (Comparison::Equal | Comparison::NotEqual, _) if is_it(left) => {
                subject.read(right).zip(subject.field(right))
            }
            (Comparison::In | Comparison::NotIn, Kind::List(items) | Kind::Tuple(items)) if items.iter().any(is_it) => {
                subject.read(left).zip(subject.field(left))
            }
            _ => None,
        }
    });
    let (read, field) = field?;
    let is_choice = || field.options.as_deref().unwrap_or_default().split('\n').any(|choice| choice.trim() == name);
    let is_called = subject.text.get(node.span.end..)?.trim_start().starts_with(['(', '.']);
    let holds = match read.fieldtype {
        "Select" => is_choice() || name.starts_with(char::is_uppercase),
        "Data" | "Link" => name.starts_with(char::is_uppercase),
        _ => false,
    };
    (holds && !is_called).then(|| format!("\"{name}\""))
}

/// `frappe.utils.nowdat`: the host reads None there, which cannot be called.
fn tool(subject: &Subject<'_>, node: &Expr, name: &str) -> Option<Finding> {
    let code = "condition/unknown-tool";
    let found = subject.source(node);
    if !matches!(functions::util(subject.context, name), Ok(None)) {
        return None;
    }
    let span = node.span.clone();
    let Some(near) = similar::nearest(name, &mut functions::util_names()) else {
        // `frappe.utils.data.nowdate`: the module that the functions are written in.
        if name == "data" {
            let finding = subject.finding(
                (Severity::Error, code),
                "condition/unknown-tool-near",
                span.clone(),
                &[("expected", "frappe.utils"), ("found", found)],
            );
            return Some(subject.replaced(finding, span, String::from("frappe.utils")));
        }
        return Some(subject.finding((Severity::Error, code), code, span, &[("found", found)]));
    };
    let text = format!("frappe.utils.{near}");
    let values = [("expected", text.as_str()), ("found", found)];
    let finding = subject.finding((Severity::Error, code), "condition/unknown-tool-near", span.clone(), &values);
    Some(subject.replaced(finding, span, text))
}
