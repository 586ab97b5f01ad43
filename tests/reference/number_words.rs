//! Numbers in words beside num2words, which the host asks: `number_words.py` draws numbers and writes them with every
//! version at hand, and `frappe.utils.in_words` must answer what all of them say, or that it does not know.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` (numbers per language) choose other numbers than the fixed few thousand. The Python
//! is `python3`, or the one that `DESKBELL_PYTHON` names; it needs `pip install num2words==0.5.14`, or the versions that
//! `cargo xtask test` installs side by side.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::process::Command;
use std::rc::Rc;

use deskbell::api::HostContext;
use deskbell::host::{Context, Document, Metas, State, document_type};
use deskbell::message::{self, Answer, Inputs};
use num_bigint::BigInt;
use serde_json::{Value as Json, json};

/// How many versions there are between 0.5.10 and 0.5.14.
const ALL_VERSIONS: u64 = 5;

/// The lines of `number_words.py`, or `None` when there is no num2words.
fn lines() -> Option<String> {
    let variable = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/number_words.py");
    let (seed, cases) = (variable("DESKBELL_SEED", "1"), variable("DESKBELL_CASES", "1500"));
    let mut command = Command::new(variable("DESKBELL_PYTHON", "python3"));
    let output = command.env("PYTHONUTF8", "1").args([script, &seed, &cases]).output().ok()?;
    if output.status.code() == Some(3) {
        return None;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

fn desk(lang: &str) -> (Rc<Document>, Rc<Context>) {
    let context = json!({
        "siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "user": {"name": "marie"}, "lang": lang,
    });
    let context: HostContext = serde_json::from_value(context).unwrap();
    let context = Rc::new(context.into_core().unwrap());
    let doc = json!({"doctype": "Ticket", "name": "T-1"});
    let metas = Rc::new(Metas::new(Vec::new()));
    let document = document_type::open(doc.as_object().unwrap(), &metas, State::Stored, &context);
    (Rc::new(document), context)
}

/// Whether a number must be answered where all versions agree: the rest of what num2words has is not claimed.
fn is_claimed(lang: &str, number: &BigInt, in_million: bool) -> bool {
    let digits = number.magnitude().to_string().len();
    let languages = ["de", "el", "en", "es", "fr", "it", "nl", "pt", "zh"];
    match lang {
        "ar" => digits <= 18,
        "pt_BR" => false,
        _ => digits <= 36 && (!in_million || languages.iter().any(|known| lang.starts_with(known))),
    }
}

#[test]
fn numbers_are_in_the_words_that_all_versions_of_num2words_write() {
    let Some(lines) = lines() else {
        eprintln!("skipped: no num2words (pip install num2words==0.5.14, DESKBELL_PYTHON)");
        return;
    };
    let inputs = Inputs::default();
    let mut desks = BTreeMap::new();
    // The smallest of each language.
    let mut wrong: BTreeMap<String, (BigInt, String)> = BTreeMap::new();
    let (mut total, mut unknown, mut versions) = (0, 0, 0);
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let lang = case["lang"].as_str().unwrap();
        let number: BigInt = case["number"].as_str().unwrap().parse().unwrap();
        let in_million = case["in_million"].as_bool().unwrap();
        versions = case["versions"].as_u64().unwrap();
        let words = case["words"].as_array().unwrap();
        let agreed = words.iter().all(|text| *text == words[0]).then(|| &words[0]);
        let (document, context) = desks.entry(lang.to_owned()).or_insert_with(|| desk(lang));
        let options = if in_million { "" } else { ", False" };
        let template = format!("{{{{ frappe.utils.in_words({number}{options}) }}}}");
        let report = message::render(&template, document, &inputs, context);
        total += 1;
        let agrees = match &report.answer {
            Answer::Exact(text) => agreed.is_some_and(|agreed| *agreed == text.as_str()),
            Answer::Unsupported { .. } => {
                unknown += 1;
                let known = versions == ALL_VERSIONS && agreed.is_some();
                !(known && is_claimed(lang, &number, in_million))
            }
            Answer::Error(_) | Answer::Server { .. } => false,
        };
        let smaller = |known: &BigInt| number.magnitude() < known.magnitude();
        if !agrees && wrong.get(lang).is_none_or(|(known, _)| smaller(known)) {
            let words = format!("{lang} {number}\n    ours:   {:?}\n    theirs: {}", report.answer, case["words"]);
            wrong.insert(lang.to_owned(), (number, words));
        }
    }
    eprintln!(
        "{total} numbers, {versions} versions of num2words, {unknown} not known, {} languages wrong",
        wrong.len()
    );
    let smallest: Vec<_> = wrong.into_values().map(|(_, words)| words).collect();
    assert!(total > 0 && smallest.is_empty(), "the smallest number of each language:\n{}", smallest.join("\n"));
}
