//! `[r for r in doc.lines if r.qty > doc.qty]`: inside a loop or a lambda `doc` does not exist without server scripts.

use super::Subject;
use crate::condition::Mode;
use crate::condition::ast::{Comprehension, Expr, Kind};
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/hidden-in-loop";
    if subject.mode == Mode::Block {
        return Vec::new();
    }
    let mut hidden: Vec<&Expr> = Vec::new();
    for node in subject.nodes() {
        match &node.kind {
            Kind::Comprehension(made) => inside(made, &mut hidden),
            Kind::Lambda(lambda) => names(&lambda.body, &mut hidden),
            _ => {}
        }
    }
    hidden.sort_by_key(|node| node.span.start);
    hidden.dedup_by_key(|node| node.span.start);
    hidden
        .into_iter()
        .map(|node| {
            let message = subject.say(code, &[("found", subject.source(node))]);
            Finding::new(Severity::Error, code, message).at(node.span.clone())
        })
        .collect()
}

/// Everything of a comprehension but its first source.
fn inside<'a>(made: &'a Comprehension, hidden: &mut Vec<&'a Expr>) {
    names(&made.element, hidden);
    made.value.iter().for_each(|value| names(value, hidden));
    for (index, one) in made.loops.iter().enumerate() {
        if index > 0 {
            names(&one.source, hidden);
        }
        one.conditions.iter().for_each(|condition| names(condition, hidden));
    }
}

fn names<'a>(node: &'a Expr, hidden: &mut Vec<&'a Expr>) {
    node.walk(&mut |node| {
        if matches!(&node.kind, Kind::Name(name) if matches!(&**name, "doc" | "nowdate" | "frappe")) {
            hidden.push(node);
        }
    });
}
