//! `message/undefined-name`, `message/javascript`: a name that messages do not have. Alone it is sent as it is written,
//! `{{ foo }}`; with anything behind it the message fails (host.md 3).

use super::builtin_missing;
use super::{MOST_OF_ONE, Template};
use crate::finding::{Finding, Severity};
use crate::host::{document_type, functions};
use crate::message::ast::{Expr, ExprKind};
use crate::similar;

/// Names that every message has, for a slip in one of them.
const KNOWN: [&str; 6] = ["alert", "comments", "doc", "frappe", "namespace", "range"];

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut said: Vec<&str> = Vec::new();
    for (name, span) in template.unknown_names() {
        // A name is compared with all that the template sets: not for thousands of names, and not again and again.
        if found.len() >= MOST_OF_ONE {
            break;
        }
        // Without anything to click, once is enough.
        if said.contains(&&**name) {
            continue;
        }
        let called = || {
            let calls = |node: &&Expr| matches!(&node.kind, ExprKind::Call(call) if call.callee.span == span);
            template.survey.reaches.iter().any(calls)
        };
        // Others have more to say about these.
        if builtin_missing::is_one(name) && called() || matches!(functions::util(template.context, name), Ok(Some(_))) {
            continue;
        }
        let doctype = &template.document.doctype;
        let is_field = template.document.slot(name).is_some() && !name.starts_with('_');
        let (code, expected) = match &**name {
            "NULL" | "Null" | "nil" | "null" | "undefined" => ("message/javascript", Some(String::from("none"))),
            "FALSE" => ("message/javascript", Some(String::from("false"))),
            "TRUE" => ("message/javascript", Some(String::from("true"))),
            _ if is_field => ("message/undefined-name", Some(format!("doc.{name}"))),
            _ => {
                let fields = doctype.fields.iter().filter(|field| document_type::has_value(&field.fieldtype));
                let near = similar::nearest(name, &mut KNOWN.into_iter().chain(template.survey.stored.iter().copied()));
                let near = near.filter(|near| near.len() > 2).map(str::to_owned).or_else(|| {
                    similar::nearest(name, &mut fields.map(|field| field.fieldname.as_str()))
                        .map(|field| format!("doc.{field}"))
                });
                ("message/undefined-name", near)
            }
        };
        let key = match (code, &expected) {
            ("message/undefined-name", Some(_)) => "message/undefined-name-near",
            (code, _) => code,
        };
        if expected.is_none() {
            said.push(name);
        }
        let values = [("found", &**name), ("expected", expected.as_deref().unwrap_or_default())];
        let finding = Finding::new(Severity::Error, code, template.say(key, &values)).at(template.original(span));
        found.push(match expected {
            Some(expected) => template.with_written(finding, span, expected),
            None => finding,
        });
    }
    found
}
