//! `message/nowdate-in-message`, `message/util-without-prefix`: `nowdate` exists by itself in conditions only (host.md
//! 3); in messages it and its like are found in `frappe.utils`.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::host::functions;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, span) in template.unknown_names() {
        if !matches!(functions::util(template.context, name), Ok(Some(_))) {
            continue;
        }
        let code = if &**name == "nowdate" { "message/nowdate-in-message" } else { "message/util-without-prefix" };
        let message = template.say(code, &[("found", name)]);
        let finding = Finding::new(Severity::Error, code, message).at(template.original(span));
        // These need no argument; by its name alone a function would print itself.
        let called = template.normalised.text.get(span.range().end..).is_some_and(|rest| rest.starts_with('('));
        let clock = matches!(&**name, "now" | "now_datetime" | "nowdate" | "nowtime" | "today");
        let call = if clock && !called { "()" } else { "" };
        found.push(template.with_written(finding, span, format!("frappe.utils.{name}{call}")));
    }
    found
}
