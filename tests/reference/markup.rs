//! HTML and Markdown beside the host's own libraries: `markup.py` makes texts at random and answers them with bleach,
//! markdown2 and markdownify, and this engine must answer the same or say that it does not know.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` choose other texts than the fixed few thousand; `DESKBELL_SHOW` names a kind whose
//! unknown texts are listed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::rc::Rc;

use deskbell::api::{DocTypeMeta, HostContext};
use deskbell::host::{Context, Metas, State, document_type};
use deskbell::message::{self, Answer, Inputs};
use serde_json::{Value as Json, json};

use crate::python::{self, variable};

/// What `markup.py` says, or `None` when its libraries are not there.
fn script(arguments: &[&str], input: &str) -> Option<Vec<Json>> {
    let mut script = python::script("markup.py", python::MARKUP);
    script.args(arguments);
    Some(python::answer(script, input)?.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// The desk that the texts are read on.
struct Bench {
    context: Rc<Context>,
    metas: Rc<Metas>,
}

impl Bench {
    fn new() -> Self {
        let context =
            json!({"siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "user": {"name": "m"}});
        let context: HostContext = serde_json::from_value(context).unwrap();
        let meta = json!({"name": "Note", "fields": [{"fieldname": "text", "fieldtype": "Small Text"}]});
        let meta: DocTypeMeta = serde_json::from_value(meta).unwrap();
        Self { context: Rc::new(context.into_core().unwrap()), metas: Rc::new(Metas::new(vec![meta.into()])) }
    }

    /// What this engine makes of a text: the answer of `markup.py`, or `None` when it does not know.
    fn answer(&self, kind: &str, text: &str) -> Option<Json> {
        let (state, template) = match kind {
            "sanitise" => (State::Posted, "{{ doc.text }}"),
            "get_url" => (State::Stored, "{{ frappe.utils.get_url(doc.text) }}"),
            "quote_urls" => (State::Stored, "{{ frappe.utils.quote_urls(doc.text) }}"),
            "scrub_urls" => (State::Stored, "{{ frappe.utils.scrub_urls(doc.text) }}"),
            "markdown" => (State::Stored, "{{ frappe.utils.md_to_html(doc.text) }}"),
            _ => (State::Stored, "{{ frappe.utils.to_markdown(doc.text) }}"),
        };
        let doc = json!({"doctype": "Note", "name": "N-1", "text": text});
        let document = Rc::new(document_type::open(doc.as_object().unwrap(), &self.metas, state, &self.context));
        let inputs = Inputs::default();
        match message::render(template, &document, &inputs, &self.context).answer {
            Answer::Exact(text) => Some(json!(text)),
            Answer::Error(exception) => Some(json!({"error": exception.kind})),
            Answer::Server { .. } | Answer::Unsupported { .. } => None,
        }
    }

    fn is_wrong(&self, case: &Json) -> bool {
        let answer = self.answer(case["kind"].as_str().unwrap(), case["text"].as_str().unwrap());
        answer.is_some_and(|answer| case["answers"] != json!([answer]))
    }

    /// A short text that is still wrong: lines and then characters are left out, many at once and then fewer.
    fn shrunk(&self, mut case: Json) -> Json {
        for unit in ["\n", ""] {
            let mut size = usize::MAX;
            while size > 0 {
                let text = case["text"].as_str().unwrap().to_owned();
                let parts: Vec<&str> = text.split_inclusive(unit).filter(|part| !part.is_empty()).collect();
                size = size.min(parts.len() / 2);
                let without = |from: usize| {
                    let kept = parts.iter().enumerate().filter(|(place, _)| !(from..from + size).contains(place));
                    let text: String = kept.map(|(_, part)| *part).collect();
                    json!({"kind": case["kind"], "text": text}).to_string()
                };
                let candidates: Vec<String> = (0..parts.len()).step_by(size.max(1)).map(without).collect();
                let answered = script(&["answer"], &candidates.join("\n")).unwrap_or_default();
                match answered.into_iter().find(|case| self.is_wrong(case)) {
                    Some(shorter) if size > 0 => case = shorter,
                    _ => size /= 2,
                }
            }
        }
        case
    }
}

#[test]
fn markup_reads_as_the_libraries_read_it() {
    let (seed, cases) = (variable("DESKBELL_SEED", "1"), variable("DESKBELL_CASES", "2000"));
    let Some(made) = script(&["make", &seed, &cases], "") else {
        eprintln!("skipped: no bleach 3.3, markdown2 2.4 and markdownify 0.11 on CPython 3.11 (DESKBELL_PYTHON)");
        return;
    };
    let bench = Bench::new();
    let shown = variable("DESKBELL_SHOW", "");
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in made {
        let (kind, text) = (case["kind"].as_str().unwrap(), case["text"].as_str().unwrap());
        let [total, unknown, failed] = counts.entry(kind.to_owned()).or_default();
        *total += 1;
        if bench.answer(kind, text).is_none() {
            *unknown += 1;
            if shown == kind {
                eprintln!("unknown: {text:?}");
            }
        } else if bench.is_wrong(&case) {
            *failed += 1;
            wrong.push(case);
        }
    }
    for (kind, [total, unknown, wrong]) in &counts {
        eprintln!("{kind}: {total} texts, {unknown} not known, {wrong} wrong");
    }
    let told = wrong.into_iter().take(4).map(|case| {
        let case = bench.shrunk(case);
        let ours = bench.answer(case["kind"].as_str().unwrap(), case["text"].as_str().unwrap());
        format!("{} {}\n    ours:   {}\n    theirs: {}", case["kind"], case["text"], ours.unwrap(), case["answers"])
    });
    let told: Vec<String> = told.collect();
    assert!(!counts.is_empty() && told.is_empty(), "{}", told.join("\n"));
}
