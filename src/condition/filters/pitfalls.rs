//! Filters that hold or fail for a reason that nobody would guess: what casting makes of a value, a text in the place of
//! a list, a table's doctype, docstatus as a text.

use super::compare::fieldname;
use super::findings::{Subject, operator, quoted};
use super::formula::Operator;
use super::rows::Row;
use crate::finding::{Finding, Severity};
use crate::host::Field;
use crate::host::document_type::is_table;
use crate::host::functions::cast::{cast_of, is_text};
use crate::python::json::read::{Kind, Node};
use crate::python::{Budget, Value, operators};

/// All of them in one filter; `is_document` says whether it was tried on a document that somebody chose.
pub fn find(subject: &Subject<'_>, row: &Row, field: Option<&Field>, is_document: bool) -> Vec<Finding> {
    if let Some(found) = of_rows(subject, row) {
        return vec![found];
    }
    let mut findings = docstatus(subject, row);
    if let Some(field) = field {
        findings.extend(read_as_zero(subject, row, field));
        findings.extend(in_text(subject, row, field));
        findings.extend(fits_list(subject, row, field, is_document));
        findings.extend(pattern_of_number(subject, row, field));
    }
    findings
}

fn label(field: &Field) -> &str {
    field.label.as_deref().unwrap_or(&field.fieldname)
}

/// `["Ticket Line", "n", "=", 2]`: the fieldtype comes from the row, the value from the document.
fn of_rows(subject: &Subject<'_>, row: &Row) -> Option<Finding> {
    let main = subject.ground.metas.main()?;
    let doctype = row.doctype.as_ref()?;
    let name = doctype.text()?;
    let is_row = |field: &Field| is_table(&field.fieldtype) && field.options.as_deref() == Some(name);
    if name == main.name || !main.fields.iter().any(is_row) {
        return None;
    }
    let said = [("doctype", main.name.as_str()), ("found", name), ("field", fieldname(row).ok()?)];
    Some(subject.finding(Severity::Warning, "condition/filter-of-rows", &doctype.span, &said))
}

/// docstatus is never cast: a text beside it is equal to none of its values.
fn docstatus(subject: &Subject<'_>, row: &Row) -> Vec<Finding> {
    let operator = Operator::from_text(operator(row));
    if fieldname(row) != Ok("docstatus") || matches!(operator, Operator::Never | Operator::Like | Operator::NotLike) {
        return Vec::new();
    }
    let values: Vec<&Node> = match (&row.value.kind, operator) {
        (Kind::List(items), Operator::In | Operator::NotIn) => items.iter().collect(),
        (Kind::Scalar(_), Operator::In | Operator::NotIn) => Vec::new(),
        _ => vec![&row.value],
    };
    let mut findings = Vec::new();
    for value in values {
        let Some(found) = value.text() else { continue };
        let number = match found.trim().to_lowercase().as_str() {
            "0" | "draft" | "brouillon" => Some("0"),
            "1" | "submitted" | "soumis" | "validé" => Some("1"),
            "2" | "cancelled" | "canceled" | "annulé" => Some("2"),
            _ => None,
        };
        let said = [("found", subject.source(value))];
        let finding = subject.finding(Severity::Warning, "condition/docstatus-is-a-number", &value.span, &said);
        findings.push(match number {
            Some(number) => subject.replace(finding, value.span.clone(), number.to_owned()),
            None => finding,
        });
    }
    findings
}

/// A text that is no number: casting makes 0 of it, and nobody notices.
fn read_as_zero(subject: &Subject<'_>, row: &Row, field: &Field) -> Option<Finding> {
    let comparison = Operator::from_text(operator(row)).comparison()?;
    let is_check = field.fieldtype == "Check";
    let is_number = is_check || matches!(field.fieldtype.as_str(), "Currency" | "Float" | "Int" | "Percent");
    if !row.names_doctype() || !is_number || matches!(operator(row), "in" | "not in") {
        return None;
    }
    let written = row.value.text().map(str::trim).filter(|text| !text.is_empty())?;
    let cast = cast_of(subject.ground.context, &field.fieldtype, &row.value.value(), &Budget::default()).ok()?;
    let is_zero = matches!(operators::truth(&cast), Ok(false));
    // `0`, `0.00`, `0,0`, and `false`, which the host knows.
    let says_zero = written.chars().all(|c| matches!(c, '0' | '.' | ',' | '-' | '+' | ' ' | '\u{a0}' | '\u{202f}'))
        || written.eq_ignore_ascii_case("false") && matches!(field.fieldtype.as_str(), "Int" | "Check");
    if !is_zero || says_zero {
        return None;
    }
    let said = [("field", label(field)), ("found", subject.source(&row.value))];
    let finding = subject.finding(Severity::Warning, "condition/filter-read-as-zero", &row.value.span, &said);
    let number = if is_check {
        use crate::python::operators::Comparison::{Equal, NotEqual};
        match written.to_lowercase().as_str() {
            "yes" | "on" | "oui" | "vrai" if matches!(comparison, Equal | NotEqual) => Some(String::from("1")),
            "no" | "off" | "non" | "faux" if matches!(comparison, Equal | NotEqual) => Some(String::from("0")),
            _ => None,
        }
    } else {
        grouped(written)
    };
    Some(match number {
        Some(number) => subject.replace(finding, row.value.span.clone(), number),
        None => finding,
    })
}

/// `40 000,5` as JSON writes it: groups of three behind spaces, one comma before other than three digits. What may be
/// read in two ways is not read.
fn grouped(text: &str) -> Option<String> {
    let (whole, rest) = match text.split_once(',') {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (text, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if rest.is_some_and(|rest| !is_digits(rest) || rest.len() == 3) {
        return None;
    }
    let mut groups = whole.split([' ', '\u{a0}', '\u{202f}']);
    let first = groups.next().filter(|first| is_digits(first) && !first.starts_with('0'))?;
    let mut number = first.to_owned();
    for group in groups {
        if first.len() > 3 || group.len() != 3 || !is_digits(group) {
            return None;
        }
        number.push_str(group);
    }
    if let Some(rest) = rest {
        number.push('.');
        number.push_str(rest);
    }
    Some(number)
}

/// `["Ticket", "status", "in", "Open, Closed"]`: a part of that text is enough, and an empty field is one.
fn in_text(subject: &Subject<'_>, row: &Row, field: &Field) -> Option<Finding> {
    let is_in = matches!(Operator::from_text(operator(row)), Operator::In | Operator::NotIn);
    let text = row.value.text().filter(|_| is_in && is_text(&field.fieldtype))?;
    let said = [("field", label(field)), ("found", subject.source(&row.value))];
    let finding = subject.finding(Severity::Warning, "condition/filter-in-text", &row.value.span, &said);
    let items: Vec<String> = text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(quoted).collect();
    let written = row.operator.as_ref()?;
    let is_in_brackets = subject.text.get(row.span.clone()).is_some_and(|text| text.starts_with('['));
    let is_own = row.doctype.as_ref().is_none_or(|doctype| {
        doctype.text().is_some() && doctype.text() == subject.ground.metas.main().map(|main| main.name.as_str())
    });
    if items.is_empty() || !is_in_brackets || !is_own {
        return Some(finding);
    }
    // With its doctype the list would be cast to a text again.
    let short = format!("[{}, {}, [{}]]", subject.source(&row.field), subject.source(written), items.join(", "));
    Some(subject.replace(finding, row.span.clone(), short))
}

/// A list that casting makes one text of: which other values fit it, on whatever document. That an empty field fits is
/// said where it decides something: on a document whose field is empty, and with `not in`, which then leaves out more than
/// it names.
fn fits_list(subject: &Subject<'_>, row: &Row, field: &Field, is_document: bool) -> Option<Finding> {
    let operator = Operator::from_text(operator(row));
    let Kind::List(items) = &row.value.kind else { return None };
    if !matches!(operator, Operator::In | Operator::NotIn)
        || !row.names_doctype()
        || !is_text(&field.fieldtype)
        || items.is_empty()
    {
        return None;
    }
    let cast = cast_of(subject.ground.context, &field.fieldtype, &row.value.value(), &Budget::default()).ok()?;
    let is_item = |choice: &str| items.iter().any(|item| item.text() == Some(choice));
    let choices = field.options.as_deref().filter(|_| field.fieldtype == "Select").unwrap_or_default();
    let part = choices.lines().map(str::trim).find(|choice| {
        !choice.is_empty() && !is_item(choice) && cast.as_str().is_some_and(|text| text.contains(choice))
    });
    let (severity, code) = match part {
        Some(_) => (Severity::Warning, "condition/filter-fits-list"),
        None if !is_item("") && (operator == Operator::NotIn || is_document && is_empty(subject, field)) => {
            (Severity::Info, "condition/filter-empty-fits-list")
        }
        None => return None,
    };
    let shown = part.map(|part| format!("“{part}”")).unwrap_or_default();
    let finding = subject.finding(severity, code, &row.value.span, &[("field", label(field)), ("found", &shown)]);
    let short = row.doctype.as_ref()?.span.start..row.field.span.start;
    Some(finding.with_fix(subject.language.say("condition/fix-short-filter", &[]), short, ""))
}

/// Whether casting makes an empty text of the document's value.
fn is_empty(subject: &Subject<'_>, field: &Field) -> bool {
    match subject.ground.get(&field.fieldname) {
        Ok(Value::None) => true,
        Ok(value) => value.as_str() == Some(""),
        Err(_) => false,
    }
}

/// `["Ticket", "total", "like", "%5%"]`: casting makes a number of the pattern, which has no text to look into.
fn pattern_of_number(subject: &Subject<'_>, row: &Row, field: &Field) -> Option<Finding> {
    let is_like = matches!(Operator::from_text(operator(row)), Operator::Like | Operator::NotLike);
    let is_number = matches!(field.fieldtype.as_str(), "Check" | "Currency" | "Float" | "Int" | "Percent");
    let said = [("field", label(field)), ("fieldtype", field.fieldtype.as_str())];
    (is_like && is_number && row.names_doctype())
        .then(|| subject.finding(Severity::Error, "condition/filter-like-cast", &row.span, &said))
}
