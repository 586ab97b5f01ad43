//! `frappe.session.user`: a condition without server scripts sees only `frappe.utils` and two functions of `frappe.db`.

use super::Subject;
use crate::condition::Mode;
use crate::condition::ast::Kind;
use crate::finding::{Finding, Severity};
use crate::host::functions;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/frappe-part-missing";
    if subject.mode == Mode::Block {
        return Vec::new();
    }
    let is_frappe = |kind: &Kind| matches!(kind, Kind::Name(name) if &**name == "frappe");
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Attribute(value, name) = &node.kind else { continue };
        let missing = match &value.kind {
            kind if is_frappe(kind) => !matches!(&**name, "utils" | "db"),
            Kind::Attribute(root, part) if is_frappe(&root.kind) && &**part == "db" => {
                !matches!(&**name, "get_value" | "get_list")
            }
            _ => false,
        };
        if missing {
            let message = subject.say(code, &[("found", subject.source(node))]);
            let finding = Finding::new(Severity::Error, code, message).at(node.span.clone());
            // `frappe.nowdate`: the function is in `frappe.utils`.
            let is_tool = is_frappe(&value.kind) && matches!(functions::util(subject.context, name), Ok(Some(_)));
            findings.push(if is_tool {
                subject.replaced(finding, node.span.clone(), format!("frappe.utils.{name}"))
            } else {
                finding
            });
        }
    }
    findings
}
