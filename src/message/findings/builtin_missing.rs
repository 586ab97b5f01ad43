//! `message/builtin-missing`: `len(x)`, `str(x)` and other functions of Python that messages do not have (host.md 3). A
//! filter does the same.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::ast::{Call, ExprKind, Span};

/// The functions, and the filters to write instead. `str` and `int` are the host's own filters: they take `None` too.
const FILTERS: [(&str, &str); 10] = [
    ("dir", ""),
    ("float", "float"),
    ("int", "int"),
    ("len", "length"),
    ("print", ""),
    ("repr", ""),
    ("round", "round"),
    ("str", "string"),
    ("type", ""),
    ("zip", ""),
];

/// Whether this finding speaks of a name.
pub(super) fn is_one(name: &str) -> bool {
    FILTERS.iter().any(|(known, _)| *known == name)
}

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for node in &template.survey.reaches {
        let ExprKind::Call(call) = &node.kind else { continue };
        let ExprKind::Name(name) = &call.callee.kind else { continue };
        let Some((_, filter)) = FILTERS.iter().find(|(known, _)| *known == &**name) else { continue };
        if template.survey.sets(name) {
            continue;
        }
        let message = template.say("message/builtin-missing", &[("found", name)]);
        let finding = Finding::new(Severity::Error, "message/builtin-missing", message);
        let finding = finding.at(template.original(call.callee.span));
        found.push(match fixed(template, call, node.span, filter) {
            Some(text) => template.with_written(finding, node.span, text),
            None => finding,
        });
    }
    found
}

/// `len(x)` as `(x)|length`, `round(x, 2)` as `(x)|round(2)`.
fn fixed(template: &Template<'_>, call: &Call, whole: Span, filter: &str) -> Option<String> {
    let arguments = &call.arguments;
    let plain = arguments.keyword.is_empty() && arguments.star.is_none() && arguments.double_star.is_none();
    let (first, rest) = arguments.positional.split_first()?;
    let takes = if filter == "round" { 1 } else { 0 };
    if filter.is_empty() || !plain || rest.len() > takes {
        return None;
    }
    let text = &template.normalised.text;
    let value = text.get(first.span.range())?;
    let simple = matches!(
        first.kind,
        ExprKind::Name(_)
            | ExprKind::Attribute(..)
            | ExprKind::Item(..)
            | ExprKind::Slice(..)
            | ExprKind::Call(_)
            | ExprKind::List(_)
            | ExprKind::Const(_)
    );
    let value = if simple { value.to_owned() } else { format!("({value})") };
    let options = match rest {
        [digits] => format!("({})", text.get(digits.span.range())?),
        _ => String::new(),
    };
    // `-len(x)` and `len(x) ** 2` bind a filter differently from a call.
    let before = text.get(..whole.range().start)?.trim_end();
    let after = text.get(whole.range().end..)?.trim_start();
    let alone = !before.ends_with(['-', '*', '+', '/']) && !after.starts_with(['*', '.', '[', '(']);
    Some(if alone { format!("{value}|{filter}{options}") } else { format!("({value}|{filter}{options})") })
}
