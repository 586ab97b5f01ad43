//! `frappe.session.user`: a condition without server scripts sees only `frappe.utils` and two functions of `frappe.db`.

use super::Subject;
use crate::condition::Mode;
use crate::condition::ast::Kind;
use crate::finding::{Finding, Severity};

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
            findings.push(Finding::new(Severity::Error, code, message).at(node.span.clone()));
        }
    }
    findings
}
