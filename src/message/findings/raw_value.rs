//! `message/raw-amount`, `message/raw-number`, `message/raw-date`: a value goes out as the database holds it, where the
//! host has a way to write it for people.

use super::Template;
use super::fields::FieldPlace;
use crate::finding::{Finding, Severity};
use crate::host::{Document, document_methods};
use crate::message::ast::Expr;
use crate::message::reads;
use crate::python::{Arguments, Budget, Value, access, show};

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for value in &template.survey.printed {
        let Some(field) = template.fields.iter().find(|field| std::ptr::eq(field.node, *value)) else { continue };
        if field.is_formatted() {
            continue;
        }
        let code = match field.fieldtype(template.document) {
            "Currency" => "message/raw-amount",
            "Float" | "Percent" => "message/raw-number",
            "Date" | "Datetime" | "Time" | "Duration" => "message/raw-date",
            _ => continue,
        };
        let Some(example) = field.example(template.document) else { continue };
        let Some(slot) = example.slot(&field.place.field).filter(|slot| !reads::is_empty(slot)) else { continue };
        let budget = Budget::default();
        let raw = slot.get().and_then(|value| show::str(&value, &budget)).unwrap_or_default();
        // Nothing to say where both are the same; where the formatted text is not known here, it is not shown.
        let formatted = formatted(field, example, template, &budget);
        if formatted.as_deref() == Some(&raw) {
            continue;
        }
        // An amount stays on one line.
        let shown = formatted.as_deref().unwrap_or_default().replace(' ', "\u{a0}");
        let values = [("field", &*field.place.field), ("raw", &raw), ("formatted", &shown)];
        let key = match (&formatted, code) {
            (Some(_), _) => "message/raw-value-example",
            (None, code) => code,
        };
        let finding = Finding::new(Severity::Info, code, template.say(key, &values));
        let finding = finding.at(template.original(value.span));
        let owner = template.normalised.text.get(field.owner.span.range()).unwrap_or_default();
        if has_unit(template, value) {
            found.push(finding);
            continue;
        }
        // A row finds the currency in the document that it belongs to.
        let of = if field.rows.is_some() { ", doc" } else { "" };
        let fixed = format!("{owner}.get_formatted(\"{}\"{of})", field.place.field);
        found.push(template.with_written(finding, value.span, fixed));
    }
    found
}

/// Whether the unit that `get_formatted` writes stands beside the value already, as a sign or as another value.
fn has_unit(template: &Template<'_>, value: &Expr) -> bool {
    const SIGNS: [char; 6] = ['%', '€', '$', '£', '¥', '₹'];
    let text = &template.normalised.text;
    let before = text.get(..value.span.range().start).unwrap_or_default().trim_end_matches(['{', '-', ' ', '\u{a0}']);
    let behind = text.get(value.span.range().end..).unwrap_or_default().trim_start_matches(['}', '-', ' ', '\u{a0}']);
    before.ends_with(SIGNS)
        || before.ends_with("}}")
        || behind.starts_with(SIGNS)
        || behind.starts_with("{{ doc.currency")
}

/// What `get_formatted` writes.
fn formatted(field: &FieldPlace<'_>, example: &Document, template: &Template<'_>, budget: &Budget) -> Option<String> {
    let method = document_methods::method(example, "get_formatted").ok()??;
    let mut arguments = vec![Value::Str(field.place.field.clone())];
    if field.rows.is_some() {
        arguments.push(Value::object((**template.document).clone()));
    }
    let value = access::call(&method, Arguments::positional(arguments), budget).ok()?;
    show::str(&value, budget).ok()
}
