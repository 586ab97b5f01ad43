//! Two filters of one field that no value fits: `status = Open` and `status = Closed`, `total > 5` and `total < 3`.

use super::compare::fieldname;
use super::findings::{Subject, operator};
use super::formula::Operator;
use super::rows::Row;
use crate::finding::{Finding, Severity};
use crate::host::functions::cast::cast_of;
use crate::python::operators::{self, Comparison};
use crate::python::{Budget, Value};

/// Filters that are compared with each other.
const MOST: usize = 20;

/// A filter with one value, cast as the host casts it.
struct Bound<'a> {
    row: &'a Row,
    field: &'a str,
    label: &'a str,
    comparison: Comparison,
    value: Value,
}

/// The later filter of each such pair, once.
pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let rows = subject.tried.iter().filter_map(|tried| tried.entry.row.as_ref().ok());
    let bounds: Vec<Bound<'_>> = rows.filter_map(|row| bound(subject, row)).take(MOST).collect();
    let mut findings = Vec::new();
    for (index, later) in bounds.iter().enumerate() {
        let excluded = |earlier: &Bound<'_>| earlier.field == later.field && never_both(earlier, later);
        if bounds.iter().take(index).any(excluded) {
            let said = [("field", later.label)];
            let mut finding =
                subject.finding(Severity::Warning, "condition/filter-contradicts", &later.row.span, &said);
            finding.code = "condition/always-false";
            findings.push(finding);
        }
    }
    findings
}

fn bound<'a>(subject: &Subject<'a>, row: &'a Row) -> Option<Bound<'a>> {
    let comparison = Operator::from_text(operator(row)).comparison()?;
    let (name, field) = (fieldname(row).ok()?, subject.field(row)?);
    let own = subject.ground.metas.main().map(|main| main.name.as_str());
    // A filter without its doctype compares what nothing has cast, and one of another doctype is cast by that one.
    if !row.names_doctype() || row.doctype.as_ref().and_then(|doctype| doctype.text()) != own {
        return None;
    }
    let value = cast_of(subject.ground.context, &field.fieldtype, &row.value.value(), &Budget::default()).ok()?;
    let is_plain =
        matches!(value, Value::Str(_) | Value::Int(_) | Value::Float(_) | Value::Date(_) | Value::DateTime(_));
    let is_list = matches!(row.value.value(), Value::List(_));
    let label = field.label.as_deref().unwrap_or(name);
    (is_plain && !is_list).then_some(Bound { row, field: name, label, comparison, value })
}

/// Whether no value fits both.
fn never_both(a: &Bound<'_>, b: &Bound<'_>) -> bool {
    let is = |operator: Comparison, left: &Value, right: &Value| {
        operators::compare(operator, left, right, &Budget::default()).ok()
    };
    let one_way = |a: &Bound<'_>, b: &Bound<'_>| match (a.comparison, b.comparison) {
        (Comparison::Equal, Comparison::In | Comparison::NotIn | Comparison::Is | Comparison::IsNot) => false,
        (Comparison::Equal, other) => is(other, &a.value, &b.value) == Some(false),
        (Comparison::Greater, Comparison::Less | Comparison::LessOrEqual)
        | (Comparison::GreaterOrEqual, Comparison::Less) => {
            is(Comparison::GreaterOrEqual, &a.value, &b.value) == Some(true)
        }
        (Comparison::GreaterOrEqual, Comparison::LessOrEqual) => {
            is(Comparison::Greater, &a.value, &b.value) == Some(true)
        }
        _ => false,
    };
    one_way(a, b) || one_way(b, a)
}
