//! `len(...)`, `str(...)`, `bool(...)`: builtins that the host takes away unless server scripts are on.

use std::ops::Range;

use super::{MOST_OF_ONE, Subject};
use crate::condition::Mode;
use crate::condition::ast::{Argument, Expr, Kind, Loop};
use crate::condition::names::{Known, global};
use crate::finding::{Finding, Severity};
use crate::host::document_type::is_table;
use crate::python::Value;
use crate::python::operators::Comparison;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/builtin-missing";
    if subject.mode == Mode::Block {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Call(function, arguments) = &node.kind else { continue };
        if findings.len() >= MOST_OF_ONE {
            break;
        }
        let Kind::Name(name) = &function.kind else { continue };
        let missing = matches!(global(name, Mode::Expression), Known::Missing(_))
            && !matches!(global(name, Mode::Block), Known::Missing(_))
            && !matches!(&**name, "doc" | "nowdate" | "frappe" | "_" | "_dict");
        if !missing {
            continue;
        }
        let message = subject.say(code, &[("found", name)]);
        let mut finding = Finding::new(Severity::Error, code, message).at(function.span.clone());
        if let [Argument::Positional(value)] = arguments.as_slice()
            && let Some((span, text)) = instead(subject, (node, name), value)
        {
            finding = subject.replaced(finding, span, text);
        }
        findings.push(finding);
    }
    findings
}

/// What says the same without the builtin, and its place.
fn instead(subject: &Subject<'_>, (call, name): (&Expr, &str), value: &Expr) -> Option<(Range<usize>, String)> {
    let source = subject.source(value);
    let here = |text: String| Some((call.span.clone(), text));
    match (name, &value.kind) {
        ("bool", _) => here(format!("({source})")),
        ("str", _) => here(format!("frappe.utils.cstr({source})")),
        // A list is true when it has something in it.
        ("any", Kind::Comprehension(made)) => match made.loops.as_slice() {
            [Loop { target, source, conditions, .. }] if conditions.is_empty() && made.value.is_none() => {
                let (target, source) = (subject.source(target), subject.source(source));
                here(format!("[{target} for {target} in {source} if {}]", subject.source(&made.element)))
            }
            _ => None,
        },
        ("len", _) => subject.nodes().find_map(|parent| {
            let Kind::Compare(left, links) = &parent.kind else { return None };
            let [(operator, right)] = links.as_slice() else { return None };
            let Kind::Constant(Value::Int(_)) = &right.kind else { return None };
            let text = match (operator, subject.source(right)) {
                _ if left.span != call.span => return None,
                (Comparison::Greater | Comparison::NotEqual, "0") | (Comparison::GreaterOrEqual, "1") => {
                    format!("({source})")
                }
                (Comparison::Equal, "0") | (Comparison::Less, "1") => format!("(not {source})"),
                (operator, count) => counted(subject, value, (*operator, count))?,
            };
            Some((parent.span.clone(), text))
        }),
        _ => None,
    }
}

/// `len(doc.items) > 2` as `(doc.items or [])[2:]`: what is left of the rows behind the second.
fn counted(subject: &Subject<'_>, value: &Expr, (operator, count): (Comparison, &str)) -> Option<String> {
    let count: u32 = count.parse().ok()?;
    let nothing = match subject.field(value)?.fieldtype.as_str() {
        fieldtype if is_table(fieldtype) => "[]",
        "Data" | "Link" | "Long Text" | "Small Text" | "Text" => "\"\"",
        _ => return None,
    };
    let behind = |count: u32| format!("({} or {nothing})[{count}:]", subject.source(value));
    Some(match operator {
        Comparison::Greater => behind(count),
        Comparison::GreaterOrEqual => behind(count.checked_sub(1)?),
        Comparison::Less => format!("(not {})", behind(count.checked_sub(1)?)),
        Comparison::LessOrEqual => format!("(not {})", behind(count)),
        Comparison::Equal => format!("({} and not {})", behind(count.checked_sub(1)?), behind(count)),
        Comparison::NotEqual => format!("(not {} or {})", behind(count.checked_sub(1)?), behind(count)),
        _ => return None,
    })
}
