//! `total += row.qty` in a block: the host has no function for it, so it is saved and fails when it runs (host.md 4).

use super::{Subject, statement_start};
use crate::condition::Mode;
use crate::condition::ast::Kind;
use crate::condition::lexer::TokenKind;
use crate::condition::parser;
use crate::finding::{Finding, Severity};

const AUGMENTED: [&str; 13] = ["%=", "&=", "**=", "*=", "+=", "-=", "//=", "/=", "<<=", ">>=", "@=", "^=", "|="];

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.mode != Mode::Block || !subject.parsed {
        return Vec::new();
    }
    let code = "condition/augmented-assignment";
    let mut findings = Vec::new();
    for (index, token) in subject.tokens.iter().enumerate() {
        let TokenKind::Op(sign) = token.kind else { continue };
        // Of anything but a name Python with the host's restrictions refuses it.
        let target = index.checked_sub(1).and_then(|at| Some((subject.tokens.get(at)?, at)));
        let Some((target, at)) = target.filter(|(_, at)| AUGMENTED.contains(&sign) && statement_start(subject, *at))
        else {
            continue;
        };
        let end = subject.tokens.iter().skip(index).find(|token| {
            token.level == 0 && matches!(token.kind, TokenKind::Newline | TokenKind::End | TokenKind::Op(";"))
        });
        let (Some(name), Some(_)) = (subject.word(target), subject.tokens.get(at)) else { continue };
        let end = end.map_or(subject.text.len(), |end| end.span.start);
        let value = subject.text.get(token.span.end..end).unwrap_or_default();
        // A remark may follow on the line.
        let last = subject.tokens.iter().rfind(|token| token.span.end <= end && token.span.start < end);
        let value_end = last.map_or(end, |last| last.span.end);
        let value = subject.text.get(token.span.end..value_end).unwrap_or(value).trim();
        let is_simple = parser::parse(value).is_ok_and(|value| {
            matches!(
                value.kind,
                Kind::Attribute(..) | Kind::Call(..) | Kind::Constant(_) | Kind::Name(_) | Kind::Subscript(..)
            )
        });
        let operator = sign.trim_end_matches('=');
        let value = if is_simple { value.to_owned() } else { format!("({value})") };
        let expected = format!("{name} = {name} {operator} {value}");
        let place = target.span.start..value_end;
        let values = [("expected", expected.as_str()), ("found", sign)];
        let finding = subject.finding((Severity::Error, code), code, place.clone(), &values);
        findings.push(subject.replaced(finding, place, expected));
    }
    findings
}
