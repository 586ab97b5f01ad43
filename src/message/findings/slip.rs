//! `message/slip`: a text that Jinja refuses because of one sign: a quote of a word processor, an operator of another
//! language, a brace that is missing. The fix is offered only where Jinja gets further with it.

use std::ops::Range;

use super::Raw;
use crate::finding::{Finding, Severity};
use crate::message::{check, filters, normalised::Normalised, statements, tests};
use crate::similar;

pub(super) fn find(raw: &Raw<'_>, refusal: &str, place: Range<usize>) -> Option<Finding> {
    if let Some(found) = unknown_name(raw, refusal, &place) {
        return Some(found);
    }
    let (span, text) = meant(raw, refusal, place)?;
    let mut fixed = raw.source.to_owned();
    fixed.replace_range(span.clone(), &text);
    let found = raw.source.get(span.clone())?;
    gets_further(raw.source, &fixed).then(|| {
        let expected = text.trim();
        let message = if found.is_empty() {
            raw.say("message/slip-missing", &[("expected", expected)])
        } else {
            raw.say("message/slip", &[("expected", expected), ("found", found.trim())])
        };
        let label = raw.say("message/button-write", &[("text", &super::shortened(expected))]);
        Finding::new(Severity::Error, "message/slip", message).at(span.clone()).with_fix(label, span, text)
    })
}

/// `{{ doc.status|uper }}`: a filter or a test that Jinja does not have, and the nearest that it has.
fn unknown_name(raw: &Raw<'_>, refusal: &str, place: &Range<usize>) -> Option<Finding> {
    let named = |what: &str| refusal.strip_prefix(what)?.strip_suffix("'.");
    let (code, name, near) = match (named("No filter named '"), named("No test named '")) {
        (Some(name), _) => ("message/unknown-filter", name, similar::nearest(name, &mut filters::names())?),
        (_, Some(name)) => ("message/unknown-test", name, similar::nearest(name, &mut tests::names())?),
        _ => return None,
    };
    let at = place.start + raw.source.get(place.clone())?.find(name)?;
    let span = at..at + name.len();
    let message = raw.say(code, &[("expected", near), ("found", name)]);
    let label = raw.say("message/button-write", &[("text", near)]);
    Some(Finding::new(Severity::Error, code, message).at(span.clone()).with_fix(label, span, near))
}

/// What stands before and at the place of a refusal, a part of Jinja's words where that is not enough, and what was meant.
const SIGNS: [(&str, &str, &str, &str); 12] = [
    ("", "!", "", "not "),
    ("", "&&", "", " and "),
    ("", "elseif", "", "elif"),
    ("", "elsif", "", "elif"),
    ("", "of", "got 'of'", "in"),
    ("!=", "=", "", "!="),
    ("-", ">", "", "."),
    ("<", ">", "", "!="),
    ("==", "=", "", "=="),
    ("else ", "if", "got 'if'", "elif"),
    ("|", "|", "got '|'", " or "),
    ("", "=", "got '='", "=="),
];

/// What should have been written where.
fn meant(raw: &Raw<'_>, refusal: &str, place: Range<usize>) -> Option<(Range<usize>, String)> {
    let source = raw.source;
    let (before, after) = source.split_at_checked(place.start)?;
    for (left, right, words, text) in SIGNS {
        if before.ends_with(left) && after.starts_with(right) && refusal.contains(words) {
            let span = place.start - left.len()..place.start + right.len();
            // A word for a sign stands apart; blanks that are there are enough.
            let blank_before = source.get(..span.start)?.ends_with(char::is_whitespace);
            let blank_behind = source.get(span.end..)?.starts_with(char::is_whitespace);
            let text = if blank_before { text.trim_start() } else { text };
            let text = if blank_behind { text.trim_end() } else { text };
            return Some((span, text.to_owned()));
        }
    }
    match after.chars().next() {
        Some('}') => brace(before, after, place.start),
        Some(first) if is_curved(first) => quoted(source, place.start),
        _ => None,
    }
}

/// The brace that is missing, or a blank between the two.
fn brace(before: &str, after: &str, at: usize) -> Option<(Range<usize>, String)> {
    let open = before.rfind("{{").max(before.rfind("{%"))?;
    let sign = if before.get(open..)?.starts_with("{{") { "}}" } else { "%}" };
    if sign == "}}" {
        let rest = after.get(1..)?;
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let end = if rest.trim_start_matches(' ').starts_with('}') { at + 2 + blanks } else { at + 1 };
        return Some((at..end, sign.to_owned()));
    }
    let kept = before.trim_end().strip_suffix('%').map_or(before.len(), str::len);
    Some((kept..at + 1, sign.to_owned()))
}

/// The quotes of word processors and of phones.
fn is_curved(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '«' | '»' | '`' | '´')
}

/// A text in curved quotes, with straight ones.
fn quoted(source: &str, start: usize) -> Option<(Range<usize>, String)> {
    let rest = source.get(start..)?;
    let open = rest.chars().next()?;
    let inside = rest.get(open.len_utf8()..)?;
    let end = inside.find(|c| is_curved(c) || matches!(c, '"' | '\'' | '\n'))?;
    let close = inside.get(end..)?.chars().next().filter(|c| *c != '\n')?;
    let text = inside.get(..end)?;
    let single = matches!(open, '\u{2018}'..='\u{201b}' | '`' | '´');
    let quote = if single && !text.contains('\'') || text.contains('"') { '\'' } else { '"' };
    Some((start..start + open.len_utf8() + end + close.len_utf8(), format!("{quote}{text}{quote}")))
}

/// Whether Jinja takes the second text, or refuses it further behind.
fn gets_further(before: &str, after: &str) -> bool {
    let refused = |source: &str| {
        let normalised = Normalised::new(source);
        let parsed = statements::parse(&normalised.text).and_then(|body| check::check(&body));
        parsed.err().map(|refusal| {
            let (_, span) = refusal.into_stop(|span| normalised.original_range(span));
            // From the end, so that a longer fix does not count as progress.
            span.map_or(usize::MAX, |span| source.len().saturating_sub(span.start))
        })
    };
    match (refused(before), refused(after)) {
        (_, None) => true,
        (Some(before), Some(after)) => after < before,
        (None, Some(_)) => false,
    }
}
