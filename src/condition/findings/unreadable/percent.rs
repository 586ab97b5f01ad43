//! `doc.discount > 10%`: a number with a percent sign.

use super::{Subject, begins_value, field_before};
use crate::condition::lexer::TokenKind;
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/percent-sign";
    let mut findings = Vec::new();
    for (index, pair) in subject.tokens.windows(2).enumerate() {
        let [number, sign] = pair else { continue };
        // `total % 10` is a remainder.
        if number.kind != TokenKind::Number || sign.kind != TokenKind::Op("%") || begins_value(subject, index + 2) {
            continue;
        }
        let place = number.span.start..sign.span.end;
        let expected = subject.text.get(number.span.clone()).unwrap_or_default();
        let found = subject.text.get(place.clone()).unwrap_or_default();
        let values = [("expected", expected), ("found", found)];
        // Elsewhere nobody knows whether a tenth is meant.
        let is_percent = index.checked_sub(1).and_then(|sign| field_before(subject, sign));
        findings.push(if is_percent.is_some_and(|field| field.fieldtype == "Percent") {
            let finding =
                subject.finding((Severity::Error, code), "condition/percent-sign-percent", place.clone(), &values);
            subject.replaced(finding, place, expected.to_owned())
        } else {
            subject.finding((Severity::Error, code), code, place, &values)
        });
    }
    findings
}
