//! `doc.total > 40000`: on a new document an untouched number is `None`, and comparing it refuses the person's save.

use super::{Subject, constant_text, document_field};
use crate::condition::ast::{Expr, Kind, Logic};
use crate::finding::{Finding, Severity};
use crate::host::State;
use crate::python::operators::{Binary, Comparison};
use crate::python::{Value, access};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for root in subject.roots {
        visit(subject, root, &mut Vec::new(), &mut findings);
    }
    findings
}

/// `guarded`: fields that an earlier part has already asked for.
fn visit<'a>(subject: &Subject<'a>, node: &'a Expr, guarded: &mut Vec<&'a str>, findings: &mut Vec<Finding>) {
    let before = guarded.len();
    match &node.kind {
        Kind::Logic(logic, operands) => {
            for operand in operands {
                visit(subject, operand, guarded, findings);
                if *logic == Logic::And || matches!(operand.kind, Kind::Unary(..) | Kind::Compare(..)) {
                    fields(operand, guarded);
                }
            }
        }
        Kind::Conditional { test, body, otherwise } => {
            visit(subject, test, guarded, findings);
            fields(test, guarded);
            visit(subject, body, guarded, findings);
            visit(subject, otherwise, guarded, findings);
        }
        Kind::Compare(first, links) => {
            let orders = |operator: &Comparison| {
                matches!(
                    operator,
                    Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual
                )
            };
            if links.iter().any(|(operator, _)| orders(operator)) {
                let sides: Vec<&Expr> =
                    [first.as_ref()].into_iter().chain(links.iter().map(|(_, side)| side)).collect();
                findings.extend(sides.iter().filter_map(|side| number(subject, node, side, guarded)));
                findings.extend(dates(subject, node, &sides, guarded));
            }
            if let [(Comparison::In | Comparison::NotIn, second)] = links.as_slice() {
                findings.extend(text(subject, (node, second), guarded));
            }
            node.children(&mut |child| visit(subject, child, guarded, findings));
        }
        Kind::Binary(operator, left, right) => {
            let counts = !matches!(operator, Binary::Add | Binary::Modulo | Binary::Multiply)
                || constant_text(left).is_none() && constant_text(right).is_none();
            if counts {
                let sides = [left.as_ref(), right.as_ref()];
                findings.extend(sides.iter().filter_map(|side| number(subject, node, side, guarded)));
            }
            node.children(&mut |child| visit(subject, child, guarded, findings));
        }
        // A text has methods and letters, None has neither.
        Kind::Attribute(value, _) | Kind::Subscript(value, _) => {
            findings.extend(text(subject, (node, value), guarded));
            node.children(&mut |child| visit(subject, child, guarded, findings));
        }
        _ => node.children(&mut |child| visit(subject, child, guarded, findings)),
    }
    guarded.truncate(before);
}

fn fields<'a>(node: &'a Expr, guarded: &mut Vec<&'a str>) {
    node.walk(&mut |node| guarded.extend(document_field(node)));
}

/// A number that may be None, in a comparison or a calculation. The database never holds an empty one.
fn number(subject: &Subject<'_>, node: &Expr, side: &Expr, guarded: &[&str]) -> Option<Finding> {
    let code = "condition/unset-field";
    let field = subject.field(side)?;
    let is_number = matches!(field.fieldtype.as_str(), "Currency" | "Float" | "Int" | "Long Int" | "Percent");
    let stored = subject.state().is_none_or(|state| state == State::Stored);
    if !is_number || stored || guarded.contains(&field.fieldname.as_str()) {
        return None;
    }
    let expected = format!("({} or 0)", subject.source(side));
    let values = [("field", field.label.as_deref().unwrap_or(&field.fieldname)), ("expected", expected.as_str())];
    let finding = subject.finding((Severity::Warning, code), code, node.span.clone(), &values);
    Some(subject.replaced(finding, side.span.clone(), expected))
}

/// The dates of a comparison that may be None: one remark asks for all of them.
fn dates(subject: &Subject<'_>, node: &Expr, sides: &[&Expr], guarded: &[&str]) -> Option<Finding> {
    let code = "condition/unset-field";
    let mut labels: Vec<&str> = Vec::new();
    let mut asked: Vec<&str> = Vec::new();
    for side in sides {
        let Some(field) = subject.field(side) else { continue };
        let is_date = matches!(field.fieldtype.as_str(), "Date" | "Datetime" | "Duration" | "Time");
        let source = subject.source(side);
        if is_date && !guarded.contains(&field.fieldname.as_str()) && !asked.contains(&source) {
            labels.push(field.label.as_deref().unwrap_or(&field.fieldname));
            asked.push(source);
        }
    }
    if asked.is_empty() {
        return None;
    }
    let expected = format!("({} and {})", asked.join(" and "), subject.source(node));
    let mark = subject.say("condition/between-fields", &[]);
    let values = [("field", labels.join(&mark)), ("expected", expected.clone())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // Days Before and Days After run outside of a save.
    let key = if subject.state() == Some(State::Stored) { "condition/unset-field-stored" } else { code };
    let finding = subject.finding((Severity::Warning, code), key, node.span.clone(), &values);
    Some(subject.replaced(finding, node.span.clone(), expected))
}

/// A text that may be None: `"x" in doc.title`, `doc.title.lower()`, `doc.title[0]`. On the blank document of a save it is.
fn text(subject: &Subject<'_>, (node, side): (&Expr, &Expr), guarded: &[&str]) -> Option<Finding> {
    let code = "condition/unset-text";
    let field = subject.field(side)?;
    let is_text = matches!(
        field.fieldtype.as_str(),
        "Code"
            | "Data"
            | "HTML Editor"
            | "Link"
            | "Long Text"
            | "Markdown Editor"
            | "Small Text"
            | "Text"
            | "Text Editor"
    );
    if !is_text || guarded.contains(&field.fieldname.as_str()) {
        return None;
    }
    // `doc.customer.city`: a link is a name, and a name has no city.
    if let Kind::Attribute(_, name) = &node.kind
        && matches!(access::attribute(&Value::from(""), name), Ok(None))
    {
        return None;
    }
    let expected = format!("({} or \"\")", subject.source(side));
    let values = [("field", field.label.as_deref().unwrap_or(&field.fieldname)), ("expected", expected.as_str())];
    let finding = subject.finding((Severity::Error, code), code, node.span.clone(), &values);
    Some(subject.replaced(finding, side.span.clone(), expected))
}
