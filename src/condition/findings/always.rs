//! `x != "a" or x != "b"` is always true, because no value is both; `x > 5 and x < 3` never is.

use super::{MOST_OF_ONE, Subject};
use crate::condition::Answer;
use crate::condition::ast::{Expr, Kind, Logic};
use crate::finding::{Finding, Severity};
use crate::python::operators::{self, Comparison, Unary};
use crate::python::{Budget, Value, show};

/// `left operator value`, with the text of `left`.
struct Term<'a> {
    left: &'a str,
    operator: Comparison,
    right: &'a Expr,
    value: Value,
}

/// Each is compared with each.
const MOST_TERMS: usize = 40;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in subject.nodes() {
        if findings.len() >= MOST_OF_ONE {
            break;
        }
        if let Kind::Compare(left, links) = &node.kind
            && let [(operator, right)] = links.as_slice()
        {
            findings.extend(with_itself(subject, node, (left, *operator, right)));
        }
        let Kind::Logic(logic, operands) = &node.kind else { continue };
        let terms = operands.iter().filter_map(|operand| term(subject, operand));
        let terms: Vec<Term<'_>> = terms.take(MOST_TERMS).collect();
        let mut lefts: Vec<&str> = terms.iter().map(|term| term.left).collect();
        lefts.sort_unstable();
        lefts.dedup();
        for left in lefts {
            let same: Vec<&Term<'_>> = terms.iter().filter(|term| term.left == left).collect();
            if same.len() > 1 {
                findings.extend(conflict(subject, node, *logic, (&same, operands.len())));
            }
        }
    }
    findings
}

/// `doc.qty == doc.qty`
fn with_itself(
    subject: &Subject<'_>,
    node: &Expr,
    (left, operator, right): (&Expr, Comparison, &Expr),
) -> Option<Finding> {
    // What stands in loops may be a row that was walked already, and still is the same value.
    if !matches!(left.kind, Kind::Attribute(..)) || subject.source(left) != subject.source(right) {
        return None;
    }
    let (code, key) = match operator {
        Comparison::Equal | Comparison::Is | Comparison::GreaterOrEqual | Comparison::LessOrEqual => {
            ("condition/always-true", "condition/always-true-itself")
        }
        Comparison::NotEqual | Comparison::IsNot | Comparison::Greater | Comparison::Less => {
            ("condition/always-false", "condition/always-false-itself")
        }
        Comparison::In | Comparison::NotIn => return None,
    };
    let mut calls = false;
    left.walk(&mut |node| calls |= !matches!(node.kind, Kind::Attribute(..) | Kind::Name(_)));
    let values = [("expression", subject.source(left))];
    // What fails has no truth.
    let fails = matches!(subject.answer, Answer::Error(_));
    (!calls && !fails).then(|| subject.finding((Severity::Warning, code), key, node.span.clone(), &values))
}

/// The comparison that holds where this one does not.
fn opposite(operator: Comparison) -> Comparison {
    match operator {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
        Comparison::Is => Comparison::IsNot,
        Comparison::IsNot => Comparison::Is,
        Comparison::In => Comparison::NotIn,
        Comparison::NotIn => Comparison::In,
    }
}

/// A comparison with a literal, or its contrary; `None` for anything else.
fn term<'a>(subject: &Subject<'a>, node: &'a Expr) -> Option<Term<'a>> {
    if let Kind::Unary(Unary::Not, operand) = &node.kind {
        let term = term(subject, operand)?;
        return Some(Term { operator: opposite(term.operator), ..term });
    }
    let Kind::Compare(left, links) = &node.kind else { return None };
    let [(operator, right)] = links.as_slice() else { return None };
    match &right.kind {
        Kind::Constant(value) if !left.is_literal() => {
            Some(Term { left: subject.source(left), operator: *operator, right, value: value.clone() })
        }
        _ => None,
    }
}

fn conflict(
    subject: &Subject<'_>,
    node: &Expr,
    logic: Logic,
    (same, operands): (&[&Term<'_>], usize),
) -> Option<Finding> {
    let (wanted, code) = match logic {
        Logic::Or => (Comparison::NotEqual, "condition/always-true"),
        Logic::And => (Comparison::Equal, "condition/always-false"),
    };
    let left = same.first()?.left;
    let mut distinct: Vec<&&Term<'_>> = Vec::new();
    for term in same.iter().filter(|term| term.operator == wanted) {
        let written = |term: &Term<'_>| show::repr(&term.value, &Budget::default()).ok();
        if !distinct.iter().any(|other| written(other) == written(term)) {
            distinct.push(term);
        }
    }
    if distinct.len() > 1 {
        let list = distinct.iter().map(|term| subject.source(term.right)).collect::<Vec<_>>().join(", ");
        let spoken = match distinct.as_slice() {
            [one, other] => {
                let mark = subject.say("condition/between-values", &[]);
                format!("{}{mark}{}", subject.source(one.right), subject.source(other.right))
            }
            _ => list.clone(),
        };
        let values = [("expression", left), ("values", spoken.as_str())];
        let finding = subject.finding((Severity::Warning, code), code, node.span.clone(), &values);
        let is_whole = distinct.len() == operands;
        let word = if logic == Logic::Or { "not in" } else { "in" };
        let text = format!("{left} {word} ({list})");
        return Some(if is_whole { subject.replaced(finding, node.span.clone(), text) } else { finding });
    }
    let excludes = |a: &Term<'_>, b: &Term<'_>| match logic {
        Logic::And => cannot_both(a, b),
        Logic::Or => one_of_both(a, b),
    };
    let found = same.iter().enumerate().any(|(index, a)| same.iter().skip(index + 1).any(|b| excludes(a, b)));
    let key = if logic == Logic::Or { "condition/always-true-parts" } else { "condition/always-false-parts" };
    found.then(|| subject.finding((Severity::Warning, code), key, node.span.clone(), &[("expression", left)]))
}

/// Whether no value holds for both: `x == a and x != a`, `x > 5 and x < 3`.
fn cannot_both(a: &Term<'_>, b: &Term<'_>) -> bool {
    let one_way = |a: &Term<'_>, b: &Term<'_>| match (a.operator, b.operator) {
        (Comparison::Equal, Comparison::NotEqual) | (Comparison::Is, Comparison::IsNot) => same(a, b),
        (Comparison::Greater, Comparison::Less | Comparison::LessOrEqual | Comparison::Equal)
        | (Comparison::GreaterOrEqual, Comparison::Less) => ordered(Comparison::GreaterOrEqual, a, b),
        (Comparison::GreaterOrEqual, Comparison::LessOrEqual | Comparison::Equal) => ordered(Comparison::Greater, a, b),
        (Comparison::Less, Comparison::Equal) => ordered(Comparison::LessOrEqual, a, b),
        (Comparison::LessOrEqual, Comparison::Equal) => ordered(Comparison::Less, a, b),
        _ => false,
    };
    one_way(a, b) || one_way(b, a)
}

/// Whether every value holds for one of both: `x == a or x != a`, `x > 3 or x < 5`.
fn one_of_both(a: &Term<'_>, b: &Term<'_>) -> bool {
    let one_way = |a: &Term<'_>, b: &Term<'_>| match (a.operator, b.operator) {
        (Comparison::Equal, Comparison::NotEqual) | (Comparison::Is, Comparison::IsNot) => same(a, b),
        (Comparison::Greater, Comparison::Less) => ordered(Comparison::Less, a, b),
        (Comparison::Greater, Comparison::LessOrEqual)
        | (Comparison::GreaterOrEqual, Comparison::Less | Comparison::LessOrEqual) => {
            ordered(Comparison::LessOrEqual, a, b)
        }
        _ => false,
    };
    one_way(a, b) || one_way(b, a)
}

fn same(a: &Term<'_>, b: &Term<'_>) -> bool {
    ordered(Comparison::Equal, a, b)
}

/// How the two literals compare; texts have an order that nobody means here.
fn ordered(operator: Comparison, a: &Term<'_>, b: &Term<'_>) -> bool {
    let is_number = |value: &Value| matches!(value, Value::Int(_) | Value::Float(_));
    let both = is_number(&a.value) && is_number(&b.value) || operator == Comparison::Equal;
    both && operators::compare(operator, &a.value, &b.value, &Budget::default()) == Ok(true)
}
