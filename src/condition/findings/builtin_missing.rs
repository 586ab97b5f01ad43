//! `len(...)`, `str(...)`, `bool(...)`: builtins that the host takes away unless server scripts are on.

use super::Subject;
use crate::condition::Mode;
use crate::condition::ast::{Argument, Kind};
use crate::condition::names::{Known, global};
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/builtin-missing";
    if subject.mode == Mode::Block {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Call(function, arguments) = &node.kind else { continue };
        let Kind::Name(name) = &function.kind else { continue };
        let missing = matches!(global(name, Mode::Expression), Known::Missing(_))
            && !matches!(global(name, Mode::Block), Known::Missing(_))
            && !matches!(&**name, "doc" | "nowdate" | "frappe" | "_" | "_dict");
        if !missing {
            continue;
        }
        let message = subject.say(code, &[("found", name)]);
        let mut finding = Finding::new(Severity::Error, code, message).at(function.span.clone());
        if let ("bool", [Argument::Positional(value)]) = (&**name, arguments.as_slice()) {
            let text = format!("({})", subject.source(value));
            let label = subject.say("condition/fix-replace", &[("text", &text)]);
            finding = finding.with_fix(label, node.span.clone(), text);
        }
        findings.push(finding);
    }
    findings
}
