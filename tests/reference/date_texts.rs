//! Dates beside the libraries of the host: `date_texts.py` makes texts, patterns and instants at random and lets dateutil
//! 2.8, Babel 2.12.1 and pytz 2022.1 answer, and the host's functions here must answer the same or say that they do not
//! know.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` choose other cases than the fixed few thousand. The Python is `python3`, or the
//! one that `DESKBELL_PYTHON` names; it needs
//! `pip install python-dateutil==2.8.2 Babel==2.12.1 pytz==2022.1`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::rc::Rc;

use deskbell::api::HostContext;
use deskbell::host::{DocType, Field, Metas, State, document_type};
use deskbell::message::{self, Answer, Inputs};
use serde_json::{Value as Json, json};

use crate::python::{self, variable};

/// The lines of `date_texts.py`, or `None` without its libraries.
fn lines() -> Option<String> {
    let (seed, cases) = (variable("DESKBELL_SEED", "1"), variable("DESKBELL_CASES", "8000"));
    let mut script = python::script("date_texts.py", python::DATES);
    script.args([&seed, &cases]);
    python::lines(script)
}

fn answer(case: &Json, fields: &Json) -> Answer {
    let text = |name: &str, default: &str| fields[name].as_str().unwrap_or(default).to_owned();
    let context = json!({"siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "lang": text("lang", "en"),
        "timeZone": "Europe/Paris", "user": {"name": "marie"}, "messages": {}});
    let context: HostContext = serde_json::from_value(context).unwrap();
    let mut context = context.into_core().unwrap();
    context.time_zone = text("zone", "Europe/Paris");
    let context = Rc::new(context);
    let field = |name: &str| Field { fieldname: name.to_owned(), fieldtype: "Data".to_owned(), ..Field::default() };
    let fieldnames = ["text", "layout", "language"];
    let doctype = DocType { name: "Ticket".to_owned(), fields: fieldnames.map(field).into(), ..DocType::default() };
    let metas = Rc::new(Metas::new(vec![doctype]));
    let mut doc = json!({"doctype": "Ticket", "name": "T-1"});
    for name in fieldnames {
        doc[name] = fields[name].clone();
    }
    let document = Rc::new(document_type::open(doc.as_object().unwrap(), &metas, State::Stored, &context));
    let inputs = Inputs::default();
    message::render(case["template"].as_str().unwrap(), &document, &inputs, &context).answer
}

/// Whether the answers agree; `None` when this engine says that it does not know.
fn agrees(case: &Json, answer: &Answer) -> Option<bool> {
    match answer {
        // Nobody in the page knows the zone of the server's process.
        Answer::Exact(_) | Answer::Error(_) if case["depends"] == true => Some(false),
        Answer::Exact(text) => Some(case["text"] == text.as_str()),
        Answer::Error(ours) => {
            let theirs = &case["error"];
            // The host words the failures of `getdate` itself.
            let same =
                theirs[0] == ours.kind || ours.kind == "frappe.exceptions.ValidationError" && theirs[0] == "ValueError";
            Some(same && theirs[1] == ours.message.as_str())
        }
        Answer::Server { .. } | Answer::Unsupported { .. } => None,
    }
}

#[test]
fn dates_are_read_and_written_as_the_hosts_libraries_do() {
    let Some(lines) = lines() else {
        eprintln!(
            "skipped: no dateutil 2.8, Babel 2.12.1 and pytz 2022.1 \
             (pip install python-dateutil==2.8.2 Babel==2.12.1 pytz==2022.1, DESKBELL_PYTHON)"
        );
        return;
    };
    let (mut wrong, mut unknown, mut total) = (Vec::new(), 0, 0);
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let answer = answer(&case, &case["fields"]);
        total += 1;
        match agrees(&case, &answer) {
            Some(true) => {}
            None => {
                unknown += 1;
                if std::env::var("DESKBELL_SHOW").is_ok() {
                    eprintln!("unknown: {} {}\n    {answer:?}", case["template"], case["fields"]);
                }
            }
            Some(false) => wrong.push(format!(
                "{} {}\n    ours:   {answer:?}\n    theirs: {} {}",
                case["template"], case["fields"], case["text"], case["error"]
            )),
        }
    }
    eprintln!("{total} dates, {unknown} not known, {} wrong", wrong.len());
    // The shortest case shows best what is wrong.
    wrong.sort_by_key(String::len);
    assert!(wrong.is_empty(), "{}", wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
}
