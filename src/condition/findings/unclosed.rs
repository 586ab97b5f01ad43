//! `doc.status == "Open`, `doc.status in ("Open"`, `doc.status == "Open";`: what is missing, or too much, at the end.

use super::{Subject, typographic};
use crate::condition::{lexer, parser};
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.parsed {
        return Vec::new();
    }
    let text = subject.text.trim_end();
    if let Some(rest) = text.strip_suffix(';') {
        let code = "condition/semicolon";
        if parser::parse(rest.trim_end()).is_ok() {
            let place = rest.len()..text.len();
            let finding = subject.finding((Severity::Error, code), code, place.clone(), &[]);
            return vec![subject.removed(finding, place)];
        }
        return Vec::new();
    }
    let cut = lexer::tokens(subject.text, 0..subject.text.len(), false);
    let is_open_text = cut.fault.as_ref().and_then(|fault| fault.message.as_deref());
    let quote = match (&cut.fault, is_open_text) {
        (Some(fault), Some(words)) if words.starts_with("unterminated string") => {
            subject.text.get(fault.span.start..).and_then(|rest| rest.chars().find(|c| matches!(c, '"' | '\'')))
        }
        _ => None,
    };
    let bracket = match cut.unclosed {
        Some(('(', at)) => Some((')', at)),
        Some(('[', at)) => Some((']', at)),
        Some(('{', at)) => Some(('}', at)),
        _ => None,
    };
    // A bracket in front of an open text stays open too, but nothing tells where the text ends.
    let (missing, at) = match (quote, bracket) {
        (Some(quote), _) => (quote, cut.fault.as_ref().map_or(0, |fault| fault.span.start)),
        (None, Some(bracket)) => bracket,
        _ => return Vec::new(),
    };
    // `"Open”` ends, but with another quote.
    let rest = text.get(at + 1..).unwrap_or_default();
    if quote.is_some() && rest.chars().any(typographic::is_quote) {
        return Vec::new();
    }
    let code = "condition/unclosed";
    let missing = missing.to_string();
    let finding = subject.finding((Severity::Error, code), code, at..text.len(), &[("expected", &missing)]);
    if quote.is_some() && rest.ends_with(['"', '\'']) {
        let last = text.len() - 1..text.len();
        let swapped = format!("{}{missing}", text.get(..last.start).unwrap_or_default());
        return vec![if parser::parse(&swapped).is_ok() { subject.replaced(finding, last, missing) } else { finding }];
    }
    let fixed = format!("{text}{missing}");
    if parser::parse(&fixed).is_err() {
        return vec![finding];
    }
    let label = subject.say("condition/fix-add", &[("text", &missing)]);
    vec![finding.with_fix(label, text.len()..text.len(), missing)]
}
