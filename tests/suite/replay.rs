//! A condition over many documents answers for each as it does for that document alone, whichever way it is evaluated.

use deskbell::api::{self, ConditionReport, Desk, ReplayOptions, ReplayReport};
use serde_json::{Map, Value, json};

use crate::cases;

/// Documents that differ in what conditions ask for.
fn variants(doc: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let with = |name: &str, value: Value| {
        let mut doc = doc.clone();
        doc.insert(name.to_owned(), value);
        doc
    };
    let mut short = doc.clone();
    short.retain(|name, _| matches!(name.as_str(), "name" | "doctype" | "status"));
    vec![doc.clone(), with("status", json!("Closed")), with("total", json!(null)), with("total", json!(39999.5)), short]
}

/// What a replay says about one document.
fn verdict(replay: &ReplayReport, index: usize) -> Value {
    if let Some(error) = replay.errors.iter().find(|error| error.index == index) {
        return json!([error.error.kind, error.error.message]);
    }
    let in_list = |list: &[usize]| list.contains(&index);
    json!([in_list(&replay.fired), in_list(&replay.not_fired), in_list(&replay.unknown)])
}

fn verdict_alone(report: &ConditionReport) -> Value {
    match &report.error {
        Some(error) => json!([error.kind, error.message]),
        None => json!([report.outcome == Some(true), report.outcome == Some(false), report.outcome.is_none()]),
    }
}

#[test]
fn many_documents_answer_as_each_one_does() {
    let is_condition =
        |text: &String| text.contains("doc") && !["{{", "{%", "http"].iter().any(|sign| text.contains(sign));
    let mut texts: Vec<String> = cases::seeds().into_iter().filter(is_condition).collect();
    texts.extend(
        [
            "doc.status==\"Open\" and doc.total > 40000",
            "doc.total",
            "not doc.total or doc.status in (\"Open\", \"On Hold\")",
            "doc.get(\"total\") and doc.get(\"nope\") is None",
            "doc.due_date == nowdate() or doc.due_date == frappe.utils.getdate()",
            "1 < doc.total <= 45000 and doc.status != \"\"",
            "doc.status > 3",
            "doc.nope == 1",
            "doc.status == \"Closed\" or doc.nope > 40000",
            "1 / 0 > doc.total",
            "nope",
            "doc.get_title == doc.nope",
            "doc.status in [\"Open\"] and doc.lines",
        ]
        .map(str::to_owned),
    );
    let mut compared = 0;
    for scripts in [json!(false), json!(true), json!(null)] {
        let mut context = cases::desk_file("context");
        context["serverScripts"] = scripts.clone();
        let desk = Desk::new(serde_json::from_value(context).unwrap()).unwrap();
        for (name, state) in [("ticket", "stored"), ("ticket", "inserted"), ("invoice", "posted")] {
            let file = cases::desk_file(name);
            let metas = || serde_json::from_value(file["metas"].clone()).unwrap();
            let state = api::document_state(state).unwrap();
            let docs = variants(file["doc"].as_object().unwrap());
            let batch = desk.open_all(&docs, metas(), state);
            let alone: Vec<_> = docs.iter().map(|doc| desk.open(doc, metas(), state)).collect();
            for text in texts.iter().filter(|text| text.len() < 400) {
                let replay = batch.replay(text, &ReplayOptions::default());
                for (index, open) in alone.iter().enumerate() {
                    let report = open.check_condition(text, &api::ConditionOptions::default());
                    assert_eq!(
                        verdict(&replay, index),
                        verdict_alone(&report),
                        "{text:?} on {name} {index}, {scripts}"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 2_000, "{compared}");
}

#[test]
fn a_part_of_the_documents_keeps_their_indices_and_the_reasons_are_counted() {
    let desk = Desk::new(serde_json::from_value(cases::desk_file("context")).unwrap()).unwrap();
    let file = cases::desk_file("ticket");
    let doc = file["doc"].as_object().unwrap();
    let docs: Vec<_> = (0..50)
        .map(|index| {
            let mut doc = doc.clone();
            doc.insert(String::from("total"), json!(index * 1000));
            doc.insert(String::from("status"), json!(if index % 5 == 0 { "Closed" } else { "Open" }));
            doc
        })
        .collect();
    let metas = serde_json::from_value(file["metas"].clone()).unwrap();
    let batch = desk.open_all(&docs, metas, api::document_state("stored").unwrap());
    let options: ReplayOptions = serde_json::from_value(json!({"from": 30, "count": 15})).unwrap();
    let replay = batch.replay("doc.status==\"Open\" and doc.total > 40000", &options);
    assert_eq!(replay.fired, [41, 42, 43, 44]);
    assert_eq!(replay.not_fired, [30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
    let reasons: Vec<_> = replay.reasons.iter().map(|one| (one.expression.as_str(), one.count, one.example)).collect();
    assert_eq!(reasons, [("doc.total > 40000", 8, 31), ("doc.status==\"Open\"", 3, 30)]);
    assert!(batch.check_condition(50, "True", &api::ConditionOptions::default()).is_none());
}
