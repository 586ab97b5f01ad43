//! Conditions beside CPython 3.11 and RestrictedPython 6.2: `conditions.py` makes conditions at random over random
//! documents and answers them as the host does, with server scripts on and off, and `deskbell::condition` must answer the
//! same or say that it does not know.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` choose other conditions than the fixed few thousand. A condition that differs is made
//! smaller before it is shown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::process::Command;

use deskbell::api::{ConditionOptions, ConditionReport, Desk, DocTypeMeta, document_state};
use serde_json::{Value as Json, json};

use crate::python::{self, variable};

fn script(mode: &str, seed: &str, cases: &str) -> Command {
    let mut script = python::script("conditions.py", python::RESTRICTED);
    script.args([mode, seed, cases]);
    script
}

fn metas() -> Vec<DocTypeMeta> {
    let field = |name: &str, kind: &str| json!({"fieldname": name, "fieldtype": kind, "label": name});
    serde_json::from_value(json!([
        {"name": "Ticket", "custom": 1, "fields": [
            field("subject", "Data"), field("status", "Data"), field("qty", "Int"), field("total", "Currency"),
            field("day", "Date"), field("starts", "Datetime"), field("urgent", "Check"), field("note", "Small Text"),
            {"fieldname": "lines", "fieldtype": "Table", "label": "lines", "options": "Ticket Line"}]},
        {"name": "Ticket Line", "custom": 1, "istable": 1, "fields": [
            field("item", "Data"), field("n", "Int"), field("price", "Currency")]}
    ]))
    .unwrap()
}

fn report(case: &Json) -> ConditionReport {
    let context = json!({"siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "lang": "en", "user": {"name": "marie"}});
    let desk = Desk::new(serde_json::from_value(context).unwrap()).unwrap();
    let options: ConditionOptions = serde_json::from_value(json!({"serverScripts": case["scripts"]})).unwrap();
    let text = case["text"].as_str().unwrap();
    match case["doc"].as_object() {
        Some(doc) => desk.open(doc, metas(), document_state("stored").unwrap()).check_condition(text, &options),
        None => desk.validate_condition(text, metas(), &options),
    }
}

/// Texts that hold an address, which is another one each time.
fn has_address(text: &str) -> bool {
    text.contains(" at 0x")
}

/// `None` when both answer the same, else what is told here; `Err` names what is not known here.
fn judged(case: &Json) -> Result<Option<String>, String> {
    let report = report(case);
    if !matches!(report.status, "exact" | "error") {
        return Err(report.gaps.first().map(|gap| gap.reason.clone()).unwrap_or_default());
    }
    if let Some(error) = &report.error {
        let theirs = &case["error"];
        let message = theirs[1].as_str().unwrap_or_default();
        let same = theirs[0] == error.kind
            && (message == error.message || theirs[2] == error.message.as_str() || has_address(message));
        // Only that it is refused is known.
        let wordless = theirs[0] == error.kind && error.kind == "SyntaxError" && error.message.is_empty();
        if wordless {
            return Err(String::from("the words of a refusal"));
        }
        return Ok((!same).then(|| format!("{}: {}", error.kind, error.message)));
    }
    let theirs = &case["answer"];
    // A report shows the beginning of a long value.
    let beginning = report.value.as_deref().and_then(|value| value.strip_suffix('…'));
    let long = |theirs: &str| beginning.is_some_and(|value| value.chars().count() == 4000 && theirs.starts_with(value));
    let shown = theirs["repr"].as_str();
    let same = theirs.is_object()
        && theirs["type"].as_str() == report.value_type.as_deref()
        && theirs["truth"].as_bool() == report.outcome
        && (shown == report.value.as_deref() || shown.is_some_and(has_address) || shown.is_some_and(long));
    Ok((!same).then(|| format!("{:?} {:?} {:?}", report.value, report.value_type, report.outcome)))
}

fn differs(case: &Json) -> bool {
    case.is_object() && matches!(judged(case), Ok(Some(_)))
}

/// What the host answers to other conditions.
fn answered(cases: &[Json]) -> Vec<Json> {
    let input: String = cases.iter().map(|case| format!("{case}\n")).collect();
    let lines = python::answer(script("answers", "0", "0"), &input).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The smallest condition that still differs and that leaving lines, then characters out can reach.
fn smallest(case: &Json) -> Json {
    let mut case = case.clone();
    for _ in 0..80 {
        let text = case["text"].as_str().unwrap();
        let with = |text: String| json!({"text": text, "scripts": case["scripts"], "doc": case["doc"]});
        let lines: Vec<&str> = text.split('\n').collect();
        let mut simpler = Vec::new();
        for length in (1..=lines.len().min(12)).rev() {
            for at in 0..=lines.len() - length {
                simpler.push(with([&lines[..at], &lines[at + length..]].concat().join("\n")));
            }
        }
        let chars: Vec<char> = text.chars().collect();
        if chars.len() < 160 {
            for length in [40, 20, 12, 8, 5, 3, 2, 1] {
                for at in 0..=chars.len().saturating_sub(length) {
                    let left = [&chars[..at], chars.get(at + length..).unwrap_or_default()].concat();
                    simpler.push(with(String::from_iter(left)));
                }
            }
        }
        // Without a text there is no condition.
        simpler.retain(|other| (1..text.len()).contains(&other["text"].as_str().unwrap().len()));
        match answered(&simpler).into_iter().find(differs) {
            Some(smaller) => case = smaller,
            None => break,
        }
    }
    case
}

fn compare(mode: &str, cases: &str) {
    let (seed, cases) = (variable("DESKBELL_SEED", "1"), variable("DESKBELL_CASES", cases));
    let Some(lines) = python::lines(script(mode, &seed, &cases)) else {
        eprintln!("skipped: no CPython 3.11 with RestrictedPython 6.2 (DESKBELL_PYTHON)");
        return;
    };
    let (mut agreed, mut valued, mut wrong, mut unsure) = (0, 0, Vec::new(), BTreeMap::<String, usize>::new());
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        match judged(&case) {
            Ok(None) => {
                agreed += 1;
                valued += usize::from(case["answer"].is_object());
            }
            Ok(Some(_)) => wrong.push(case),
            Err(what) => *unsure.entry(what).or_default() += 1,
        }
    }
    let unknown: usize = unsure.values().sum();
    eprintln!("{mode}: {agreed} agree ({valued} with a value), {} differ, {unknown} not known", wrong.len());
    if std::env::var("DESKBELL_SHOW").is_ok() {
        let mut unsure: Vec<_> = unsure.into_iter().collect();
        unsure.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        unsure.iter().take(40).for_each(|(what, count)| eprintln!("  {count:5} {what}"));
    }
    let most: usize = variable("DESKBELL_EXAMPLES", "10").parse().unwrap();
    let spread = wrong.iter().step_by((wrong.len() / most).max(1)).take(most);
    let examples: Vec<String> = spread
        .map(|case| {
            let case = smallest(case);
            let here = judged(&case).ok().flatten().unwrap_or_default();
            let (text, scripts) = (case["text"].as_str().unwrap(), &case["scripts"]);
            format!("--- server scripts: {scripts}\n{text}\n  host {} {}\n  here {here}", case["answer"], case["error"])
        })
        .collect();
    assert!(wrong.is_empty(), "{} differences, for example\n{}", wrong.len(), examples.join("\n"));
    assert!(agreed > unknown, "more than half is not known");
}

#[test]
fn expressions_answer_as_the_host() {
    compare("expressions", "1500");
}

#[test]
fn blocks_answer_as_the_host() {
    compare("blocks", "1500");
}

#[test]
fn programs_answer_as_the_host() {
    compare("programs", "1500");
}

/// Saving a Notification tries its condition on a blank document, a plain dict.
#[test]
fn conditions_on_a_blank_document_answer_as_the_host() {
    compare("blank", "1500");
}

#[test]
fn odd_calls_answer_as_the_host() {
    compare("odd", "3000");
}

#[test]
fn mutated_conditions_answer_as_the_host() {
    compare("mutations", "1500");
}
