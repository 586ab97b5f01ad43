//! What to know or to mend in a "Filters" condition.
//!
//! Long because all remarks on a line of a filter need the same reading of it: the field, its type and both cast sides.

use std::ops::Range;

use super::super::Answer;
use super::compare::{Compared, Ground, fieldname};
use super::formula::Operator;
use super::rows::Row;
use super::{Tried, contradictions, pitfalls, readable};
use crate::condition::explain;
use crate::condition::sentence::{self, Side};
use crate::condition::shown;
use crate::finding::{Finding, Severity};
use crate::host::functions::cast::is_text;
use crate::host::functions::filters::OPERATORS;
use crate::host::meta::is_standard;
use crate::host::{Field, document_type};
use crate::language::Language;
use crate::python::json::read::{self, Kind, Node};
use crate::python::operators::Comparison;
use crate::python::{Budget, Stop, Value, show};
use crate::similar;

/// What the remarks look at.
pub struct Subject<'a> {
    /// The JSON.
    pub text: &'a str,
    /// Its filters, with what happened to them.
    pub tried: &'a [Tried],
    /// What they were tried on.
    pub ground: &'a Ground<'a>,
    /// What the host would do.
    pub answer: &'a Answer,
    /// The language of the sentences.
    pub language: Language,
}

/// All that there is to say, in the order of its places.
pub fn find(subject: &Subject<'_>, is_document: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tried in subject.tried {
        for span in &tried.entry.ignored {
            findings.push(subject.finding(Severity::Warning, "condition/filter-ignored-key", span, &[]));
        }
        let Ok(row) = &tried.entry.row else {
            findings.push(subject.finding(Severity::Error, "condition/filter-shape", &tried.entry.span, &[]));
            continue;
        };
        if let Some(unknown) = unknown_operator(subject, row) {
            findings.push(unknown);
            continue;
        }
        let field = subject.field(row);
        findings.extend(unknown_field(subject, row, field));
        findings.extend(never(subject, row, field, tried));
        findings.extend(pitfalls::find(subject, row, field, is_document));
        if let Some(field) = field {
            findings.extend(uncast(subject, row, field));
            findings.extend(select_values(subject, row, field));
            findings.extend(list_of_cast(subject, row, field, tried));
        }
        if let Some(Ok(compared)) = &tried.compared {
            findings.extend(like(subject, row, compared));
        }
    }
    findings.extend(contradictions::find(subject));
    if is_document {
        findings.extend(outcome(subject));
    }
    findings.sort_by_key(|finding| finding.span.as_ref().map_or(0, |span| span.start));
    findings
}

/// A text that is no JSON.
pub fn malformed(words: &str, text: &str, at: Range<usize>, (language, doctype): (Language, &str)) -> Finding {
    if let Some(found) = slip(text, &at, language) {
        return found;
    }
    if !text.trim_start().starts_with(['[', '{']) {
        let code = "condition/filter-json";
        let message = language.say("condition/filter-json-other", &[("doctype", doctype)]);
        return Finding::new(Severity::Error, code, message).at(0..text.len());
    }
    let found = text.get(at.clone()).and_then(|rest| rest.chars().next()).map(crate::text::visible);
    let code = "condition/filter-json";
    let message = match (found, words) {
        (None, _) => language.say("condition/filter-json-end", &[]),
        (Some(_), words) if words.starts_with("Unterminated") => language.say("condition/filter-json-text", &[]),
        (Some(found), words) => {
            let expected = match words {
                "Expecting ',' delimiter" => ",",
                "Expecting ':' delimiter" => ":",
                "Expecting property name enclosed in double quotes" => "\"…\"",
                _ => "",
            };
            let key = if expected.is_empty() { "condition/filter-json" } else { "condition/filter-json-expected" };
            language.say(key, &[("expected", expected), ("found", &found)])
        }
    };
    Finding::new(Severity::Error, code, message).at(at)
}

/// A slip with one way to mend it: single quotes, a comma at the end, brackets that stay open.
fn slip(text: &str, at: &Range<usize>, language: Language) -> Option<Finding> {
    let code = "condition/filter-json";
    let reads = |text: &str| read::read(text).is_ok();
    let say = |key: &str, label: String, span: Range<usize>, fixed: String| {
        Some(Finding::new(Severity::Error, code, language.say(key, &[])).at(at.clone()).with_fix(label, span, fixed))
    };
    let doubled = text.replace('\'', "\"");
    if text.get(at.clone()) == Some("'") && !text.contains('"') && reads(&doubled) {
        let label = language.say("condition/fix-double-quotes", &[]);
        return say("condition/filter-json-quotes", label, 0..text.len(), doubled);
    }
    let before = text.get(..at.start)?;
    let (kept, after) = (before.trim_end(), text.get(at.start..)?);
    if let Some(kept) = kept.strip_suffix(',')
        && after.starts_with([']', '}'])
        && reads(&format!("{kept}{after}"))
    {
        let label = language.say("condition/fix-remove", &[("text", ",")]);
        return say("condition/filter-json-comma", label, kept.len()..at.start, String::new());
    }
    let end = text.trim_end().len();
    let missing =
        ["]", "]]", "\"]]", "}"].into_iter().find(|missing| reads(&format!("{}{missing}", text.trim_end())))?;
    let label = language.say("condition/fix-add", &[("text", missing)]);
    say("condition/filter-json-end", label, end..text.len(), missing.to_owned())
}

impl<'a> Subject<'a> {
    /// A finding about a place, with the sentence of its code.
    pub fn finding(
        &self,
        severity: Severity,
        code: &'static str,
        span: &Range<usize>,
        values: &[(&str, &str)],
    ) -> Finding {
        Finding::new(severity, code, self.language.say(code, values)).at(span.clone())
    }

    /// The same finding with a fix that writes `text` over a place.
    pub fn replace(&self, finding: Finding, span: Range<usize>, text: String) -> Finding {
        let label = self.language.say("condition/fix-replace", &[("text", &text)]);
        finding.with_fix(label, span, text)
    }

    /// A value as it is written.
    pub fn source(&self, node: &Node) -> &'a str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }

    /// The outcome of a filter that holds on no document.
    fn never_holds(&self, key: &str, expression: &str, tried: &Tried) -> Finding {
        let why = self.language.say("condition/why-filter-never", &[("expression", expression)]);
        let message = self.language.say(key, &[("why", &why)]);
        Finding::new(Severity::Info, "condition/outcome", message).at(tried.entry.span.clone())
    }

    /// The field of the document that a filter asks for.
    pub fn field(&self, row: &Row) -> Option<&'a Field> {
        let name = fieldname(row).ok()?;
        self.ground.metas.main()?.field(name)
    }
}

/// A text in JSON.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// The operator as written.
pub fn operator(row: &Row) -> &str {
    row.operator.as_ref().and_then(|operator| operator.text()).filter(|text| !text.is_empty()).unwrap_or("=")
}

/// `==`: not an operator of filters.
fn unknown_operator(subject: &Subject<'_>, row: &Row) -> Option<Finding> {
    let written = row.operator.as_ref()?;
    let found = operator(row);
    if OPERATORS.contains(&found.to_lowercase().as_str()) {
        return None;
    }
    let near = match found {
        "==" | "===" => Some("="),
        "<>" | "=!" | "!==" => Some("!="),
        "=>" => Some(">="),
        "=<" => Some("<="),
        found => similar::nearest(&found.to_lowercase(), &mut OPERATORS.into_iter()),
    };
    let finding = subject.finding(Severity::Error, "condition/filter-operator", &written.span, &[("found", found)]);
    Some(match near {
        Some(near) => subject.replace(finding, written.span.clone(), quoted(near)),
        None => finding,
    })
}

/// A field that the doctype does not have: its value is `None`, and nobody notices.
fn unknown_field(subject: &Subject<'_>, row: &Row, field: Option<&Field>) -> Option<Finding> {
    let doctype = subject.ground.metas.main().filter(|doctype| !doctype.fields.is_empty())?;
    let name = fieldname(row).ok()?;
    if row.names_doctype() && row.doctype.as_ref().and_then(Node::text) != Some(doctype.name.as_str()) {
        return None;
    }
    if field.is_some() || is_standard(name) || name == "amended_from" {
        return None;
    }
    let names = doctype.fields.iter().filter(|field| document_type::has_value(&field.fieldtype));
    let near = similar::nearest(name, &mut names.map(|field| field.fieldname.as_str()));
    let key = if near.is_some() { "condition/unknown-field-none-near" } else { "condition/unknown-field-none" };
    let values = [("found", name), ("doctype", doctype.name.as_str()), ("expected", near.unwrap_or_default())];
    let message = subject.language.say(key, &values);
    let finding = Finding::new(Severity::Warning, "condition/unknown-field", message).at(row.field.span.clone());
    Some(match near {
        Some(near) => subject.replace(finding, row.field.span.clone(), quoted(near)),
        None => finding,
    })
}

/// An operator that the host lets pass and does not evaluate: the filter never holds, and nothing is said.
fn never(subject: &Subject<'_>, row: &Row, field: Option<&Field>, tried: &Tried) -> Option<Finding> {
    let written = row.operator.as_ref()?;
    let found = operator(row);
    if Operator::from_text(found) != Operator::Never {
        return None;
    }
    let said = [("found", found), ("value", subject.source(&row.value))];
    let finding = match &tried.compared {
        // The value is cast before anybody looks at the operator: `set` is no date.
        Some(Err(Stop::Raise(_))) => subject.finding(Severity::Error, "condition/filter-never-cast", &row.span, &said),
        _ => subject.finding(Severity::Warning, "condition/filter-never", &written.span, &said),
    };
    let lower = found.to_lowercase();
    if Operator::from_text(&lower) != Operator::Never {
        return Some(subject.replace(finding, written.span.clone(), quoted(&lower)));
    }
    // Only both sides of a cast comparison are sure to be of one type.
    let fieldtype = field.filter(|_| row.names_doctype()).map(|field| field.fieldtype.as_str());
    let rest = written.span.start..row.value.span.end;
    Some(match (lower.as_str(), row.value.value(), fieldtype) {
        ("is", Value::Str(wanted), Some(fieldtype)) => {
            let sign = match wanted.to_lowercase().as_str() {
                "set" => "!=",
                "not set" => "=",
                _ => return Some(finding),
            };
            let unset = match fieldtype {
                "Currency" | "Float" | "Percent" | "Int" | "Check" => "0",
                "Date" | "Datetime" => "\"\"",
                other if is_text(other) => "\"\"",
                _ => return Some(finding),
            };
            subject.replace(finding, rest, format!("{}, {unset}", quoted(sign)))
        }
        ("between", Value::List(_), Some(_)) => match &row.value.kind {
            Kind::List(bounds) => match bounds.as_slice() {
                [from, to] => {
                    let before = subject.text.get(row.span.start..written.span.start).unwrap_or_default();
                    let side =
                        |sign: &str, bound: &Node| format!("{before}{}, {}]", quoted(sign), subject.source(bound));
                    let text = format!("{}, {}", side(">=", from), side("<=", to));
                    subject.replace(finding, row.span.clone(), text)
                }
                _ => finding,
            },
            _ => finding,
        },
        _ => finding,
    })
}

/// A short filter on a date or a number: without the doctype both sides stay as they are, a text beside a date.
fn uncast(subject: &Subject<'_>, row: &Row, field: &Field) -> Option<Finding> {
    let of_another_type = match (field.fieldtype.as_str(), row.value.value()) {
        ("Date" | "Datetime" | "Time", Value::Str(text)) => !text.is_empty(),
        ("Currency" | "Float" | "Percent" | "Int" | "Check", Value::Str(_)) => true,
        _ => false,
    };
    let is_in_brackets = subject.text.get(row.span.clone()).is_some_and(|text| text.starts_with('['));
    if !of_another_type || row.names_doctype() || Operator::from_text(operator(row)) == Operator::Never {
        return None;
    }
    let doctype = subject.ground.metas.main()?;
    let label = field.label.as_deref().unwrap_or(&field.fieldname);
    let values = [("field", label), ("found", subject.source(&row.value))];
    let finding = subject.finding(Severity::Warning, "condition/filter-uncast", &row.span, &values);
    // Of a number cast by its type neither a list nor a pattern is of any use.
    let is_compared = Operator::from_text(operator(row)).comparison();
    let is_plain = !matches!(is_compared, None | Some(Comparison::In | Comparison::NotIn));
    if !is_in_brackets || !is_plain || row.doctype.is_some() {
        return Some(finding);
    }
    let place = row.field.span.start..row.field.span.start;
    let label = subject.language.say("condition/fix-doctype", &[("doctype", &doctype.name)]);
    Some(finding.with_fix(label, place, format!("{}, ", quoted(&doctype.name))))
}

/// A choice that a Select does not have.
fn select_values(subject: &Subject<'_>, row: &Row, field: &Field) -> Vec<Finding> {
    let operator = Operator::from_text(operator(row));
    let values: Vec<&Node> = match (&row.value.kind, operator) {
        (Kind::List(items), Operator::In | Operator::NotIn) => items.iter().collect(),
        (_, Operator::Equal | Operator::NotEqual) => vec![&row.value],
        _ => return Vec::new(),
    };
    let Some(options) = field.options.as_deref().filter(|options| field.fieldtype == "Select" && !options.is_empty())
    else {
        return Vec::new();
    };
    let choices: Vec<&str> = options.split('\n').map(str::trim).collect();
    let shown = choices.iter().filter(|choice| !choice.is_empty()).copied().collect::<Vec<_>>().join(", ");
    let label = field.label.as_deref().unwrap_or(&field.fieldname);
    let mut findings = Vec::new();
    for value in values {
        let Some(found) = value.text().filter(|found| !found.is_empty() && !choices.contains(found)) else { continue };
        let said = [("field", label), ("found", found), ("choices", shown.as_str())];
        let finding = subject.finding(Severity::Warning, "condition/select-value", &value.span, &said);
        findings.push(
            match similar::nearest(found, &mut choices.iter().copied().filter(|choice| !choice.is_empty())) {
                Some(choice) => subject.replace(finding, value.span.clone(), quoted(choice)),
                None => finding,
            },
        );
    }
    findings
}

/// `in` of a filter that names its doctype: the list is cast too. As a text it holds parts of its items and an empty
/// text; as a number or a date it holds nothing, and the person's save is refused.
fn list_of_cast(subject: &Subject<'_>, row: &Row, field: &Field, tried: &Tried) -> Option<Finding> {
    let operator = Operator::from_text(operator(row));
    let Value::List(items) = row.value.value() else { return None };
    if !matches!(operator, Operator::In | Operator::NotIn) || !row.names_doctype() {
        return None;
    }
    let label = field.label.as_deref().unwrap_or(&field.fieldname);
    let short = row.doctype.as_ref().map(|doctype| doctype.span.start..row.field.span.start);
    let fixed = |finding: Finding| match short.clone() {
        Some(span) => finding.with_fix(subject.language.say("condition/fix-short-filter", &[]), span, ""),
        None => finding,
    };
    let raises = matches!(
        field.fieldtype.as_str(),
        "Currency" | "Float" | "Percent" | "Int" | "Check" | "Date" | "Datetime" | "Time"
    );
    if raises {
        let said = [("field", label), ("fieldtype", field.fieldtype.as_str())];
        let finding = subject.finding(Severity::Error, "condition/filter-list-cast", &row.span, &said);
        // The short filter compares a date with texts, which is another mistake.
        let is_number = !matches!(field.fieldtype.as_str(), "Date" | "Datetime" | "Time");
        return Some(if is_number { fixed(finding) } else { finding });
    }
    // A part of an item: known only where there is a value.
    let Some(Ok(Compared { left: Value::Str(left), right: Value::Str(right), .. })) = &tried.compared else {
        return None;
    };
    let is_item = items.borrow().iter().any(|item| item.as_str() == Some(left));
    if is_item || !right.contains(&**left) {
        return None;
    }
    let shown = show::repr(&Value::Str(left.clone()), &Budget::default()).unwrap_or_default();
    let said = [("field", label), ("value", shown.as_str())];
    Some(fixed(subject.finding(Severity::Warning, "condition/filter-part-of-list", &row.span, &said)))
}

/// `like` in code: letters must have the same case, and `%` counts at the ends only.
fn like(subject: &Subject<'_>, row: &Row, compared: &Compared) -> Option<Finding> {
    if !matches!(Operator::from_text(operator(row)), Operator::Like | Operator::NotLike) {
        return None;
    }
    let (Value::Str(left), Value::Str(pattern)) = (&compared.left, &compared.right) else { return None };
    let inner = pattern.trim_matches('%');
    if inner.contains('%') {
        return Some(subject.finding(Severity::Warning, "condition/filter-like-inside", &row.value.span, &[]));
    }
    let differs = !left.contains(inner) && left.to_lowercase().contains(&inner.to_lowercase());
    differs.then(|| subject.finding(Severity::Warning, "condition/filter-like-case", &row.value.span, &[]))
}

/// One sentence that says whether the notification would be sent, and because of what.
fn outcome(subject: &Subject<'_>) -> Option<Finding> {
    let Answer::Exact { truth, .. } = subject.answer else { return None };
    let decisive: Vec<&Tried> = subject
        .tried
        .iter()
        .filter(|tried| matches!(&tried.compared, Some(Ok(compared)) if compared.holds == Ok(*truth)))
        .collect();
    let [.., tried] = decisive.as_slice() else { return None };
    if *truth && subject.tried.len() > 1 {
        let count = subject.tried.len();
        let both = count == 2;
        let key = if both { "condition/filter-outcome-both" } else { "condition/filter-outcome-all" };
        let message = subject.language.say(key, &[("count", &count.to_string())]);
        return Some(Finding::new(Severity::Info, "condition/outcome", message));
    }
    let (Ok(row), Some(Ok(compared))) = (&tried.entry.row, &tried.compared) else { return None };
    let key = if *truth { "condition/outcome-sent" } else { "condition/outcome-not-sent" };
    let part = row.field.text().unwrap_or_default();
    let context = subject.ground.context;
    let operator = Operator::from_text(operator(row));
    let why = match operator.comparison() {
        Some(sign) => {
            let ground = explain::Ground {
                text: subject.text,
                context,
                doctype: subject.ground.metas.main().map(|main| &**main),
            };
            let side = Side::of_field(ground, part);
            let is_in = matches!(sign, Comparison::In | Comparison::NotIn);
            let found = *truth == (sign == Comparison::In);
            match (&compared.left, &compared.right, row.value.value()) {
                // An empty text is a part of every other, which no sentence about a value says.
                (Value::Str(left), Value::Str(_), _) if is_in && left.is_empty() => return None,
                (left, Value::Str(_), Value::Str(_)) if is_in => {
                    let (side, text) = ((&side, left), (&side, &compared.right));
                    let why = sentence::within(context, side, text, (found, true))?;
                    let message = subject.language.say(key, &[("why", &why)]);
                    let span = tried.entry.span.clone();
                    return Some(Finding::new(Severity::Info, "condition/outcome", message).at(span));
                }
                // A part of the list's text is none of its items; a finding says what it is.
                (Value::Str(left), Value::Str(_), Value::List(items))
                    if is_in && found && !items.borrow().iter().any(|item| item.as_str() == Some(left)) =>
                {
                    return None;
                }
                _ => {}
            }
            let (left, right) = (unset(&compared.left), unset(&row_value(row, compared)));
            sentence::comparison(context, &side, (&left, sign, &right), *truth)?
        }
        None => {
            let expression = readable::filter(row, subject.text);
            if operator == Operator::Never {
                return Some(subject.never_holds(key, &expression, tried));
            }
            let value = shown::value_of(&compared.left, context)?;
            let key = if *truth { "condition/why-filter-holds" } else { "condition/why-filter-not" };
            subject.language.say(key, &[("expression", &expression), ("part", part), ("value", &value)])
        }
    };
    let message = subject.language.say(key, &[("why", &why)]);
    Some(Finding::new(Severity::Info, "condition/outcome", message).at(tried.entry.span.clone()))
}

/// An unset date is cast to the first day of the first year.
fn unset(value: &Value) -> Value {
    match value {
        Value::Date(date) if date.year == 1 => Value::None,
        Value::DateTime(moment) if moment.date.year == 1 => Value::None,
        other => other.clone(),
    }
}

/// What the filter compares with; a list as it was written, not as the text that casting makes of it.
fn row_value(row: &Row, compared: &Compared) -> Value {
    match row.value.value() {
        list @ Value::List(_) => list,
        _ => compared.right.clone(),
    }
}
