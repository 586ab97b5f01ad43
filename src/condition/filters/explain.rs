//! Why the filters have their outcome: each with the field's live value, and the one that settled it.

use super::super::{Answer, Part};
use super::{Tried, readable};
use crate::language::Language;
use crate::python::{Budget, Outcome, Stop, Value, show};

/// The whole expression, then each filter and its sides.
pub fn parts(text: &str, tried: &[Tried], answer: &Answer, language: Language) -> Vec<Part> {
    let mut parts = Vec::new();
    let words = |tried: &Tried| match &tried.entry.row {
        Ok(row) => readable::filter(row, text),
        Err(_) => text.get(tried.entry.span.clone()).unwrap_or_default().to_owned(),
    };
    let depth = usize::from(tried.len() > 1);
    if depth == 1 {
        let whole = tried.iter().map(words).collect::<Vec<_>>().join(" and ");
        parts.push(Part { text: Some(whole), ..part(0..text.len(), answer.in_short(), 0, false) });
    }
    let all_hold = matches!(answer, Answer::Exact { truth: true, .. });
    for tried in tried {
        let (value, stops) = match &tried.compared {
            None => (language.say("condition/part-not-evaluated", &[]), false),
            Some(Err(stop)) => (stopped(stop, language), true),
            Some(Ok(compared)) => match &compared.holds {
                Ok(holds) => (String::from(if *holds { "True" } else { "False" }), !holds),
                Err(stop) => (stopped(stop, language), true),
            },
        };
        let decided = stops || all_hold;
        let evaluated = tried.compared.is_some();
        let text = Some(words(tried));
        parts.push(Part { text, evaluated, ..part(tried.entry.span.clone(), value, depth, decided) });
        let (Some(Ok(compared)), Ok(row)) = (&tried.compared, &tried.entry.row) else { continue };
        let name = row.field.text().map(str::to_owned);
        let value = repr(&compared.left, language);
        parts.push(Part { text: name, ..part(row.field.span.clone(), value, depth + 1, false) });
        // What the filter compares with is shown where casting has changed it.
        let (written, cast) = (repr(&row.value.value(), language), repr(&compared.right, language));
        if written != cast {
            parts.push(part(row.value.span.clone(), cast, depth + 1, false));
        }
    }
    parts
}

fn part(span: std::ops::Range<usize>, value: String, depth: usize, decided: bool) -> Part {
    Part { span, text: None, value, depth, decided, evaluated: true, why: None }
}

fn repr(value: &Value, language: Language) -> String {
    let shown: Outcome<String> = show::repr(value, &Budget::default());
    shown.unwrap_or_else(|stop| stopped(&stop, language))
}

fn stopped(stop: &Stop, language: Language) -> String {
    match stop {
        Stop::Raise(exception) => format!("{}: {}", exception.kind, exception.message),
        Stop::Server(key) | Stop::Limit(key) => language.say(key, &[]),
        Stop::Unsupported(construct) => language.say_unsupported("condition/unsupported", construct),
    }
}
