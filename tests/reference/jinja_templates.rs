//! Templates beside Jinja2 3.1 on CPython 3.11: `jinja_templates.py` makes templates at random and answers them, and
//! `deskbell::message` must answer the same or say that it does not know.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` choose other templates than the fixed few thousand. The Python is `python3`, or
//! the one that `DESKBELL_PYTHON` names; it needs `pip install jinja2==3.1.6`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::process::Command;
use std::rc::Rc;

use deskbell::api::HostContext;
use deskbell::host::{Metas, State, document_type};
use deskbell::message::{self, Answer, Inputs};
use serde_json::{Value as Json, json};

/// The lines of `jinja_templates.py`, or `None` when there is no Jinja2 3.1.
fn lines() -> Option<String> {
    let variable = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/jinja_templates.py");
    let (seed, cases) = (variable("DESKBELL_SEED", "1"), variable("DESKBELL_CASES", "4000"));
    let mut command = Command::new(variable("DESKBELL_PYTHON", "python3"));
    let output = command.env("PYTHONUTF8", "1").args([script, &seed, &cases]).output().ok()?;
    if output.status.code() == Some(3) {
        return None;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Jinja2's own errors end with their message; a syntax error's `str` goes on with its line.
fn same_error(ours: &deskbell::python::Exception, theirs: &Json) -> bool {
    let message = theirs[1].as_str().unwrap();
    ours.kind == theirs[0] && (ours.message == message || message.starts_with(&format!("{}\n", ours.message)))
}

#[test]
fn templates_render_as_jinja2_renders_them() {
    let Some(lines) = lines() else {
        eprintln!("skipped: no Jinja2 3.1 on CPython 3.11 (pip install jinja2==3.1.6, DESKBELL_PYTHON)");
        return;
    };
    let context =
        json!({"siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "user": {"name": "marie"}});
    let context: HostContext = serde_json::from_value(context).unwrap();
    let context = Rc::new(context.into_core().unwrap());
    let doc = json!({"doctype": "Ticket", "name": "T-1"});
    let metas = Rc::new(Metas::new(Vec::new()));
    let document = Rc::new(document_type::open(doc.as_object().unwrap(), &metas, State::Stored, &context));
    let inputs = Inputs::default();
    let (mut wrong, mut unknown, mut total) = (Vec::new(), 0, 0);
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let template = case["template"].as_str().unwrap();
        // The host looks at these before Jinja2 does.
        if message::guards::is_path(template) || template.contains(message::guards::FORBIDDEN) {
            continue;
        }
        total += 1;
        let report = message::render(template, &document, &inputs, &context);
        let agrees = match &report.answer {
            Answer::Exact(text) => case["text"] == text.as_str(),
            Answer::Error(exception) => case["error"].is_array() && same_error(exception, &case["error"]),
            Answer::Server { .. } | Answer::Unsupported { .. } => {
                unknown += 1;
                if std::env::var("DESKBELL_SHOW").is_ok() {
                    eprintln!("unknown: {template:?}\n    {:?}", report.answer);
                }
                true
            }
        };
        if !agrees {
            wrong.push(format!(
                "{template:?}\n    ours:   {:?}\n    theirs: {} {}",
                report.answer, case["text"], case["error"]
            ));
        }
    }
    eprintln!("{total} templates, {unknown} not known, {} wrong", wrong.len());
    assert!(total > 0 && wrong.is_empty(), "{}", wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
}
