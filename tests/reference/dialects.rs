//! Markdown as Matrix (Hookshot), Teams, ntfy and Raven draw it, beside their own libraries: `dialects.mjs` and `markup.py`
//! make texts at random and answer them, and the look must be the same or none.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` choose other texts than the fixed few thousand.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use deskbell::api::HostContext;
use deskbell::host::Context;
use deskbell::look::{self, markdown};
use deskbell::services::{LinkLook, ServiceName};
use serde_json::{Value as Json, json};

use crate::python::{self, variable};

/// What `dialects.mjs` says, or `None` when its libraries are not there.
fn script(arguments: &[&str], input: &str) -> Option<Vec<Json>> {
    let mut node = Command::new(variable("DESKBELL_NODE", "node"));
    node.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/dialects.mjs")).args(arguments);
    Some(python::answer(node, input)?.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// What the look of a text is; `None` when it is not known.
fn drawn(service: &str, text: &str, context: &Context) -> Option<String> {
    if service == "Markdown" {
        let blocks = markdown::parse(text, &markdown::PLAIN)?;
        return Some(look::html::message(&blocks, &LinkLook::InText, None));
    }
    look::draw(ServiceName::from_name(service).unwrap(), text, &[], None, context)
}

/// Whether two looks differ in more than white space that no one sees.
fn differs(ours: &str, theirs: &str) -> bool {
    let seen = |html: &str| {
        let mut html = html.replace(" <br>", "<br>");
        while html.contains("  ") {
            html = html.replace("  ", " ");
        }
        ["p", "li"].iter().fold(html, |html, tag| {
            html.replace(&format!("<{tag}> "), &format!("<{tag}>")).replace(&format!(" </{tag}>"), &format!("</{tag}>"))
        })
    };
    seen(ours) != seen(theirs)
}

fn is_wrong(case: &Json, context: &Context) -> bool {
    let look = case["look"].as_str().unwrap();
    drawn(case["service"].as_str().unwrap(), case["text"].as_str().unwrap(), context)
        .is_some_and(|own| differs(&own, look))
}

/// A short text that is still wrong: parts are left out, many at once and then fewer.
fn shrunk(mut case: Json, context: &Context) -> Json {
    let mut size = usize::MAX;
    while size > 0 {
        let characters: Vec<char> = case["text"].as_str().unwrap().chars().collect();
        size = size.min(characters.len() / 2);
        let without = |from: usize| {
            let kept = characters.iter().enumerate().filter(|(place, _)| !(from..from + size).contains(place));
            let text: String = kept.map(|(_, c)| *c).collect();
            json!({"service": case["service"], "text": text}).to_string()
        };
        let candidates: Vec<String> = (0..characters.len()).step_by(size.max(1)).map(without).collect();
        let answered = script(&["answer"], &candidates.join("\n")).unwrap_or_default();
        match answered.into_iter().find(|case| is_wrong(case, context)) {
            Some(shorter) if size > 0 => case = shorter,
            _ => size /= 2,
        }
    }
    case
}

fn context() -> Context {
    let context = json!({"siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "user": {"name": "m"}});
    serde_json::from_value::<HostContext>(context).unwrap().into_core().unwrap()
}

/// What of some answered texts is drawn in another way, the shortest first, and how many are not drawn at all.
fn compared(made: Vec<Json>, context: &Context) -> Vec<Json> {
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in made {
        let (service, text) = (case["service"].as_str().unwrap(), case["text"].as_str().unwrap());
        let [total, unknown, failed] = counts.entry(service.to_owned()).or_default();
        *total += 1;
        if drawn(service, text, context).is_none() {
            *unknown += 1;
        } else if is_wrong(&case, context) {
            *failed += 1;
            wrong.push(case);
        }
    }
    for (service, [total, unknown, wrong]) in &counts {
        eprintln!("{service}: {total} texts, {unknown} not known, {wrong} wrong");
    }
    assert!(!counts.is_empty());
    wrong.sort_by_key(|case| case["text"].as_str().unwrap().len());
    wrong
}

fn told(wrong: &[Json], context: &Context) -> String {
    let told = wrong.iter().map(|case| {
        let ours = drawn(case["service"].as_str().unwrap(), case["text"].as_str().unwrap(), context);
        format!("{} {}\n    ours:   {:?}\n    theirs: {}", case["service"], case["text"], ours.unwrap(), case["look"])
    });
    told.collect::<Vec<String>>().join("\n")
}

#[test]
fn markdown_is_drawn_as_the_chats_libraries_draw_it() {
    let (seed, cases) = (variable("DESKBELL_SEED", "1"), variable("DESKBELL_CASES", "2500"));
    let Some(made) = script(&["make", &seed, &cases], "") else {
        eprintln!("skipped: no markdown-it, adaptivecards and linkedom (npm ci)");
        return;
    };
    let context = context();
    let wrong = compared(made, &context).into_iter().take(6).map(|case| shrunk(case, &context)).collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{}", told(&wrong, &context));
}

/// Raven's server is a host: its markdown2 reads the text, and its versions may differ.
#[test]
fn raven_is_drawn_as_its_server_reads_it() {
    let (seed, cases) = (variable("DESKBELL_SEED", "1"), variable("DESKBELL_CASES", "2500"));
    let mut markup = python::script("markup.py", python::MARKUP);
    markup.args(["make", &seed, &cases, "raven"]);
    let context = context();
    let Some(made) = python::lines(markup) else {
        eprintln!("skipped: no markdown2 2.4 on CPython 3.11 (DESKBELL_PYTHON)");
        return;
    };
    let asked = made.lines().map(|line| serde_json::from_str::<Json>(line).unwrap()).flat_map(|case| {
        // What the versions read differently must not be drawn: each of them is another answer.
        let answers = case["answers"].as_array().unwrap().clone();
        answers.into_iter().map(move |html| json!({"service": "Raven", "text": case["text"], "html": html}).to_string())
    });
    let asked: Vec<String> = asked.collect();
    let Some(answered) = script(&["answer"], &asked.join("\n")) else {
        eprintln!("skipped: no linkedom (npm ci)");
        return;
    };
    let wrong = compared(answered, &context);
    assert!(wrong.is_empty(), "{}", told(wrong.get(..6).unwrap_or(&wrong), &context));
}
