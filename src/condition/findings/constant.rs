//! `doc.status == "Open" or "Closed"`, `True`, `"doc.status == 'Open'"`, `doc.status == "Open",`: a part, or the whole, that
//! is the same for every document.

use super::{MOST_OF_ONE, Subject, constant_text, number_spelling};
use crate::condition::Answer;
use crate::condition::ast::{Expr, Kind, Logic};
use crate::condition::parser;
use crate::finding::{Finding, Severity};
use crate::python::Value;
use crate::python::operators::{self, Comparison, Unary};

const ALWAYS_TRUE: &str = "condition/always-true";
const ALWAYS_FALSE: &str = "condition/always-false";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let [root] = subject.roots {
        findings.extend(whole(subject, root));
        if findings.is_empty() {
            tests(subject, root, &mut findings);
        }
    }
    for node in subject.nodes() {
        if findings.len() >= MOST_OF_ONE {
            break;
        }
        match &node.kind {
            Kind::Compare(left, links) => {
                if let [(operator, right)] = links.as_slice() {
                    findings.extend(in_nothing(subject, node, (*operator, right)));
                    findings.extend(choice(subject, node, (left, *operator, right)));
                }
            }
            Kind::Conditional { test, .. } => tests(subject, test, &mut findings),
            _ => {}
        }
    }
    findings
}

fn always(subject: &Subject<'_>, truth: bool, node: &Expr) -> Finding {
    let (code, key) = if truth {
        (ALWAYS_TRUE, "condition/always-true-constant")
    } else {
        (ALWAYS_FALSE, "condition/always-false-constant")
    };
    subject.finding((Severity::Warning, code), key, node.span.clone(), &[("found", subject.source(node))])
}

/// A condition that asks for nothing: no name is in it.
fn whole(subject: &Subject<'_>, root: &Expr) -> Option<Finding> {
    if let Kind::Tuple(items) = &root.kind
        && !items.is_empty()
    {
        // What fails has no truth.
        if matches!(subject.answer, Answer::Error(_)) {
            return None;
        }
        // `40,000` is a number with a comma in it.
        if !number_spelling::find(subject).is_empty() {
            return None;
        }
        let finding = always(subject, true, root);
        let [only] = items.as_slice() else { return Some(finding) };
        let rest = subject.text.get(only.span.end..root.span.end).unwrap_or_default();
        let comma = only.span.end..root.span.end;
        return Some(if rest.trim() == "," { subject.removed(finding, comma) } else { finding });
    }
    let mut names = false;
    root.walk(&mut |node| names |= matches!(node.kind, Kind::Name(_) | Kind::Comprehension(_)));
    let Answer::Exact { truth, .. } = subject.answer else { return None };
    if names {
        return None;
    }
    let finding = always(subject, *truth, root);
    // A condition in quotes is a text.
    Some(match constant_text(root) {
        Some(text) if text.contains("doc") && parser::parse(text).is_ok() => {
            subject.replaced(finding, root.span.clone(), text.to_owned())
        }
        _ => finding,
    })
}

/// Looks at what is asked whether it holds, and not at what is a value: `(doc.total or 0) > 3` is as it should be.
fn tests<'a>(subject: &Subject<'a>, node: &'a Expr, findings: &mut Vec<Finding>) {
    match &node.kind {
        Kind::Unary(Unary::Not, operand) => tests(subject, operand, findings),
        Kind::Logic(logic, operands) => {
            for operand in operands {
                if findings.len() >= MOST_OF_ONE {
                    break;
                }
                tests(subject, operand, findings);
                findings.extend(part(subject, node, (*logic, operands), operand));
            }
        }
        _ => {}
    }
}

fn part(subject: &Subject<'_>, node: &Expr, (logic, operands): (Logic, &[Expr]), operand: &Expr) -> Option<Finding> {
    let Kind::Constant(value) = &operand.kind else { return None };
    let truth = operators::truth(value).ok()?;
    let settles = truth == (logic == Logic::Or);
    // A text is never meant as something that holds; `or False`, `and 1` change nothing.
    let is_text = matches!(value, Value::Str(_)) && truth;
    if !settles && !is_text {
        return None;
    }
    let finding = always(subject, truth, operand);
    Some(match (is_text, choices(subject, logic, operands)) {
        (true, Some(text)) => subject.replaced(finding, node.span.clone(), text),
        _ => finding,
    })
}

/// `x == "a" or "b"` as `x in ("a", "b")`, `x != "a" and "b"` as `x not in ("a", "b")`.
fn choices(subject: &Subject<'_>, logic: Logic, operands: &[Expr]) -> Option<String> {
    let (wanted, word) = match logic {
        Logic::Or => (Comparison::Equal, "in"),
        Logic::And => (Comparison::NotEqual, "not in"),
    };
    let mut left = None;
    let mut values = Vec::new();
    for operand in operands {
        match &operand.kind {
            Kind::Constant(Value::Str(_)) => values.push(subject.source(operand)),
            Kind::Compare(side, links) => {
                let [(operator, right)] = links.as_slice() else { return None };
                let source = subject.source(side);
                if *operator != wanted || constant_text(right).is_none() || left.is_some_and(|left| left != source) {
                    return None;
                }
                left = Some(source);
                values.push(subject.source(right));
            }
            _ => return None,
        }
    }
    Some(format!("{} {word} ({})", left?, values.join(", ")))
}

/// `doc.status in ()`.
fn in_nothing(subject: &Subject<'_>, node: &Expr, (operator, right): (Comparison, &Expr)) -> Option<Finding> {
    let (Kind::List(items) | Kind::Tuple(items)) = &right.kind else { return None };
    if !items.is_empty() {
        return None;
    }
    match operator {
        Comparison::In => Some(always(subject, false, node)),
        Comparison::NotIn => Some(always(subject, true, node)),
        _ => None,
    }
}

/// `doc.status == ("Open" or "Closed")`: only the first is ever compared.
fn choice(subject: &Subject<'_>, node: &Expr, (left, operator, right): (&Expr, Comparison, &Expr)) -> Option<Finding> {
    let code = "condition/first-choice-only";
    let Kind::Logic(Logic::Or, items) = &right.kind else { return None };
    let values: Option<Vec<&str>> = items
        .iter()
        .map(|item| constant_text(item).filter(|text| !text.is_empty()).map(|_| subject.source(item)))
        .collect();
    let word = match operator {
        Comparison::Equal => "in",
        Comparison::NotEqual => "not in",
        _ => return None,
    };
    let text = format!("{} {word} ({})", subject.source(left), values?.join(", "));
    let values = [("expected", text.as_str()), ("found", subject.source(right))];
    let finding = subject.finding((Severity::Warning, code), code, node.span.clone(), &values);
    Some(subject.replaced(finding, node.span.clone(), text))
}
