//! `for d in doc.lines`, `d.qty > 5 for d in doc.lines`: a loop that nothing makes a condition of.

use std::ops::Range;

use super::Subject;
use crate::condition::parser;
use crate::finding::{Finding, Severity};

const CODE: &str = "condition/half-loop";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    half(subject).into_iter().collect()
}

fn half(subject: &Subject<'_>) -> Option<Finding> {
    let text = subject.text.trim().trim_end_matches(':').trim_end();
    let start = subject.text.len() - subject.text.trim_start().len();
    let word = |wanted: &'static str| {
        let mut places =
            subject.tokens.iter().filter(move |token| token.level == 0 && subject.word(token) == Some(wanted));
        let first = places.next().map(|token| token.span.clone());
        (first, places.next().is_some())
    };
    let (Some(walks), is_nested) = word("for") else { return None };
    let asked = subject.text.get(start..walks.start)?.trim();
    let walk = subject.text.get(walks.start..start + text.len())?;
    parser::parse(&format!("[None {walk}]")).ok()?;
    // Without a question it is the loop of a block that somebody begins to write.
    let severity = if asked.is_empty() { Severity::Warning } else { Severity::Error };
    let finding = subject.finding((severity, CODE), CODE, walks.clone(), &[]);
    let fixed = fixed(subject, asked, &walks, walk, word("if")).filter(|_| !is_nested);
    let fixed = fixed.filter(|fixed| parser::parse(fixed).is_ok());
    Some(match fixed {
        Some(fixed) => subject.replaced(finding, start..subject.text.trim_end().len(), fixed),
        None => finding,
    })
}

/// The list of the rows that fit, which holds when there is one, with server scripts and without.
fn fixed(
    subject: &Subject<'_>,
    asked: &str,
    walks: &Range<usize>,
    walk: &str,
    (filter, several): (Option<Range<usize>>, bool),
) -> Option<String> {
    let names =
        subject.tokens.iter().find(|token| token.span.start > walks.start && subject.word(token) == Some("in"))?;
    let row = subject.text.get(walks.end..names.span.start)?.trim();
    let row = if row.contains(',') && !row.starts_with('(') { format!("({row})") } else { row.to_owned() };
    match (asked, filter) {
        ("", Some(_)) => Some(format!("[{row} {walk}]")),
        ("", None) => None,
        (_, None) => {
            parser::parse(asked).ok()?;
            Some(format!("[{row} {walk} if {asked}]"))
        }
        (_, Some(filter)) if !several && filter.start > walks.start => {
            let kept = subject.text.get(filter.end..walks.start + walk.len())?.trim();
            let rows = subject.text.get(walks.start..filter.start)?.trim();
            Some(format!("[{row} {rows} if ({kept}) and ({asked})]"))
        }
        _ => None,
    }
}
