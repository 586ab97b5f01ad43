//! `doc.due_date > 2026-11-20`, `20/11/2026`: without quotes a date is a calculation.

use super::Subject;
use super::date_order::{self, Written};
use crate::condition::lexer::TokenKind;
use crate::finding::{Finding, Severity};

/// Years that somebody means when four digits stand in a date.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/date-without-quotes";
    let numbers = subject.tokens.iter().filter(|token| token.kind == TokenKind::Number).map(|token| token.span.start);
    // Python refuses `08`, and so there is no token of it.
    let cut = subject.tokens.last().map_or(0, |token| token.span.end);
    let refused = subject.text.get(cut..).map(|rest| cut + rest.len() - rest.trim_start().len());
    let mut findings: Vec<Finding> = Vec::new();
    let mut end = 0;
    for start in numbers.chain(refused) {
        let Some(found) = subject.text.get(start..).map(calculation) else { continue };
        let place = start..start + found.len();
        if start < end || !is_written(found) {
            continue;
        }
        end = place.end;
        let expected = match date_order::written(found) {
            Written::Date(date) => Some(format!("'{date}'")),
            _ => None,
        };
        let values = [("found", found), ("expected", expected.as_deref().unwrap_or("'2026-11-20'"))];
        let finding = subject.finding((Severity::Error, code), code, place.clone(), &values);
        findings.push(match expected {
            Some(expected) => subject.replaced(finding, place, expected),
            None => finding,
        });
    }
    findings
}

/// The digits and signs at the start of a text.
fn calculation(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '/')).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Whether a part is written as such a date.
pub(super) fn is_written(text: &str) -> bool {
    let has_year = text.split(['-', '/']).any(|part| part.parse().is_ok_and(|year| YEARS.contains(&year)));
    has_year
        && text.len() <= "2026-11-20".len()
        && matches!(date_order::written(text), Written::Date(_) | Written::Unclear)
}
