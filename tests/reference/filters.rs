//! "Filters" conditions beside CPython 3.11: `filters.py` makes filters and documents at random and answers them, and
//! `deskbell::condition` must answer the same or say that it does not know. The Python condition that is offered for
//! filters must then answer as the filters do.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` choose other filters than the fixed few thousand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use deskbell::api::{ConditionOptions, ConditionReport, Desk, document_state};
use serde_json::{Value as Json, json};

use crate::python::{self, variable};

/// The lines of `filters.py`, or `None` when there is no CPython 3.11.
fn lines() -> Option<String> {
    let (seed, cases) = (variable("DESKBELL_SEED", "1"), variable("DESKBELL_CASES", "4000"));
    let mut script = python::script("filters.py", &[]);
    script.args([&seed, &cases]);
    python::lines(script)
}

fn agrees(report: &ConditionReport, case: &Json) -> bool {
    match report.status {
        "exact" => case["holds"].as_bool() == report.outcome && report.outcome.is_some(),
        "error" => {
            let error = report.error.as_ref().unwrap();
            case["error"][0] == error.kind && case["error"][1].as_str().is_none_or(|message| message == error.message)
        }
        _ => true,
    }
}

/// Whether the Python condition answers as the filters do; what the host does not evaluate is meant to differ.
fn python_agrees(report: &ConditionReport, open: &deskbell::api::OpenDocument) -> Option<bool> {
    let differs = |code: &str| matches!(code, "condition/filter-never" | "condition/filter-part-of-list");
    if report.findings.iter().any(|finding| differs(finding.code)) {
        return None;
    }
    let python = open.check_condition(report.as_python.as_deref()?, &ConditionOptions::default());
    Some(python.outcome? == report.outcome?)
}

#[test]
fn filters_hold_as_cpython_says() {
    let Some(lines) = lines() else {
        eprintln!("skipped: no CPython 3.11");
        return;
    };
    let fields = [
        ("title", "Data"),
        ("status", "Select"),
        ("note", "Code"),
        ("count", "Int"),
        ("urgent", "Check"),
        ("total", "Currency"),
        ("due", "Date"),
        ("seen", "Datetime"),
    ];
    let fields: Vec<Json> = fields.iter().map(|(name, kind)| json!({"fieldname": name, "fieldtype": kind})).collect();
    let metas = json!([{"name": "Ticket", "custom": 1, "fields": fields}]);
    let context = json!({"siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "lang": "en",
        "user": {"name": "marie"}, "serverScripts": false});
    let desk = Desk::new(serde_json::from_value(context).unwrap()).unwrap();
    let options: ConditionOptions = serde_json::from_value(json!({"type": "Filters"})).unwrap();
    let (mut wrong, mut unknown, mut total, mut as_python) = (Vec::new(), 0, 0, 0);
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let state = document_state(case["state"].as_str().unwrap()).unwrap();
        let metas = serde_json::from_value(metas.clone()).unwrap();
        let open = desk.open(case["doc"].as_object().unwrap(), metas, state);
        let report = open.check_condition(case["text"].as_str().unwrap(), &options);
        total += 1;
        unknown += usize::from(matches!(report.status, "server" | "unsupported"));
        if !agrees(&report, &case) {
            wrong.push(format!("{line}\n    ours: {:?} {:?}", report.outcome, report.error));
        }
        match python_agrees(&report, &open) {
            Some(true) => as_python += 1,
            Some(false) => wrong.push(format!("{line}\n    in Python: {:?}", report.as_python)),
            None => {}
        }
    }
    eprintln!("{total} filters, {unknown} not known, {as_python} also in Python, {} wrong", wrong.len());
    assert!(total > 0 && wrong.is_empty(), "{}", wrong.iter().take(25).cloned().collect::<Vec<_>>().join("\n"));
    assert!(unknown * 20 < total && as_python * 4 > total, "{unknown} not known, {as_python} in Python, of {total}");
}
