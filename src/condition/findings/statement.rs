//! `if ...: return True` where only an expression runs, `return x` alone, and lines whose value nobody returns.

use super::{Subject, line_break, single_equals};
use crate::condition::Mode;
use crate::condition::ast::{Expr, Kind};
use crate::condition::statements::grammar;
use crate::condition::statements::{Does, Statement};
use crate::condition::{Answer, parser};
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    match subject.mode {
        Mode::Expression if !subject.parsed => without_scripts(subject),
        Mode::Block if subject.parsed => {
            nothing_returned(subject).or_else(|| never_returns(subject)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Lines that only server scripts run.
fn without_scripts(subject: &Subject<'_>) -> Vec<Finding> {
    let text = subject.text.trim();
    let start = subject.text.len() - subject.text.trim_start().len();
    if let Some(rest) = text.strip_prefix("return ")
        && parser::parse(rest.trim()).is_ok()
    {
        let code = "condition/return-alone";
        let place = start..start + text.len() - rest.trim_start().len();
        let finding = subject.finding((Severity::Error, code), code, place.clone(), &[]);
        return vec![subject.removed(finding, place)];
    }
    match grammar::parse(subject.text) {
        Ok(block) if block.iter().any(is_statement) || single_equals::is_block(subject) => {
            let code = "condition/needs-server-scripts";
            let place = block.first().map_or(0..text.len(), |first| first.span.clone());
            vec![subject.finding((Severity::Error, code), code, place, &[])]
        }
        _ => Vec::new(),
    }
}

/// What people write in a script; one assignment alone is a comparison with a letter missing.
fn is_statement(statement: &Statement) -> bool {
    matches!(
        statement.does,
        Does::Define(_)
            | Does::For { .. }
            | Does::If(..)
            | Does::Return(_)
            | Does::Try(_)
            | Does::While(..)
            | Does::With(..)
    )
}

/// Several lines whose last one is an expression: its value is dropped, and the host reads None.
fn nothing_returned(subject: &Subject<'_>) -> Option<Finding> {
    let Answer::Exact { type_name, .. } = subject.answer else { return None };
    let last: &Expr = subject.roots.last()?;
    let several = subject.roots.len() > 1 || subject.text.trim().contains('\n');
    let line = subject.text.get(..last.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let alone = subject.text.get(line..last.span.start)?.trim_matches('(').is_empty()
        && subject.text.get(last.span.end..)?.trim_matches(')').trim().is_empty();
    let is_asked = matches!(
        last.kind,
        Kind::Compare(..) | Kind::Logic(..) | Kind::Attribute(..) | Kind::Name(_) | Kind::Constant(_) | Kind::Unary(..)
    );
    if type_name != "NoneType" || !several || !alone || !is_asked || subject.text.contains("return") {
        return None;
    }
    // Several conditions below each other are another matter.
    if line_break::several(subject).is_some() {
        return None;
    }
    let code = "condition/no-return";
    let place = line..last.span.end;
    let finding = subject.finding((Severity::Warning, code), code, place, &[("expected", "return")]);
    let label = subject.say("condition/fix-add", &[("text", "return")]);
    Some(finding.with_fix(label, line..line, "return "))
}

/// A block with no `return` at all, whose value is None whatever it does.
fn never_returns(subject: &Subject<'_>) -> Option<Finding> {
    let Answer::Exact { type_name, .. } = subject.answer else { return None };
    let returns = subject.tokens.iter().any(|token| subject.word(token) == Some("return"));
    let is_block = subject.text.trim().contains('\n') || subject.roots.len() > 1;
    if type_name != "NoneType" || returns || !is_block {
        return None;
    }
    if line_break::several(subject).is_some() || !grammar::parse(subject.text).is_ok_and(|block| runs(&block)) {
        return None;
    }
    let code = "condition/no-return";
    let finding = subject.finding((Severity::Warning, code), "condition/no-return-at-all", 0..subject.text.len(), &[]);
    let lines = subject.roots.iter().filter(|root| {
        let start = subject.text.get(..root.span.start).map_or("", |before| before.rsplit('\n').next().unwrap_or(""));
        let end = subject.text.get(root.span.end..).map_or("", |after| after.split('\n').next().unwrap_or(""));
        start.trim().is_empty() && end.trim().is_empty()
    });
    let lines: Vec<&&Expr> = lines.collect();
    Some(match lines.as_slice() {
        [only] if !matches!(only.kind, Kind::Call(..)) => {
            let place = only.span.start..only.span.start;
            finding.with_fix(subject.say("condition/fix-add", &[("text", "return")]), place, "return ")
        }
        _ => finding,
    })
}

/// Whether it is more than one expression, which the host returns by itself.
fn runs(block: &[Statement]) -> bool {
    !matches!(block, [] | [Statement { does: Does::Expression(_), .. }])
}
