//! The Python condition that filters are offered as gives their verdict, on the same documents in all three lives.

use deskbell::api::{self, Desk};
use serde_json::{Map, Value, json};

use crate::cases;

/// Filters that the host evaluates, one per operator and kind of field.
const FILTERS: [&str; 24] = [
    r#"[["Support Ticket","status","=","Open"]]"#,
    r#"[["Support Ticket","status","!=","Open"]]"#,
    r#"[["status","in",["Open","Closed"]]]"#,
    r#"[["status","not in",["Open","On Hold"]]]"#,
    r#"[["Support Ticket","total",">",40000]]"#,
    r#"[["Support Ticket","total","<=","45000"]]"#,
    r#"[["Support Ticket","attempts","=","3"]]"#,
    r#"[["Support Ticket","attempts","!=",0]]"#,
    r#"[["Support Ticket","is_urgent","=",1]]"#,
    r#"[["Support Ticket","estimated_hours","<",2.5]]"#,
    r#"[["Support Ticket","subject","like","%panne%"]]"#,
    r#"[["Support Ticket","subject","like","Impr%"]]"#,
    r#"[["Support Ticket","subject","not like","%panne"]]"#,
    r#"[["Support Ticket","customer","=",""]]"#,
    r#"[["Support Ticket","customer","!=","Acme SARL"]]"#,
    r#"[["Support Ticket","due_date","=","2026-11-20"]]"#,
    r#"[["Support Ticket","due_date","<","2026-11-21"]]"#,
    r#"[["Support Ticket","due_date",">","2026-11-20"]]"#,
    r#"[["Support Ticket","due_date",">=","2026-11-20"]]"#,
    r#"[["Support Ticket","closed_on","=",""]]"#,
    r#"[["Support Ticket","closed_on","!=",""]]"#,
    r#"[["Support Ticket","opening_datetime","<=","2026-11-19 09:12:00"]]"#,
    r#"[["status","=","Open"],["Support Ticket","total",">",100]]"#,
    r#"{"status": "Open", "priority": "High"}"#,
];

/// The ticket with one field or another unset or changed.
fn documents(doc: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let changes = [
        json!({}),
        json!({"status": "Closed", "total": 0, "attempts": 0, "is_urgent": 0}),
        json!({"customer": "", "subject": "", "closed_on": "2026-11-20", "due_date": "2026-11-21"}),
        json!({"total": 45000.5, "estimated_hours": 2.4, "priority": "Low", "subject": "En panne"}),
    ];
    let mut documents: Vec<_> = changes
        .iter()
        .map(|change| {
            let mut doc = doc.clone();
            doc.extend(change.as_object().unwrap().clone());
            doc
        })
        .collect();
    let mut bare = doc.clone();
    for field in ["closed_on", "customer", "due_date", "estimated_hours", "opening_datetime", "subject", "total"] {
        bare.remove(field);
    }
    documents.push(bare);
    documents
}

#[test]
fn the_python_condition_gives_the_verdict_of_the_filters() {
    let file = cases::desk_file("ticket");
    let desk = Desk::new(serde_json::from_value(cases::desk_file("context")).unwrap()).unwrap();
    let filters = serde_json::from_value(json!({ "type": "Filters" })).unwrap();
    let mut compared = 0;
    for state in ["stored", "posted", "inserted"] {
        for doc in documents(file["doc"].as_object().unwrap()) {
            let metas = serde_json::from_value(file["metas"].clone()).unwrap();
            let open = desk.open(&doc, metas, api::document_state(state).unwrap());
            for text in FILTERS {
                let asked = open.check_condition(text, &filters);
                assert_eq!(asked.status, "exact", "{text} on {doc:?} ({state})");
                let Some(python) = &asked.as_python else { panic!("{text} has no Python condition") };
                let answer = open.check_condition(python, &api::ConditionOptions::default());
                assert_eq!(answer.status, "exact", "{text} as {python} on {doc:?} ({state}): {:?}", answer.error);
                assert_eq!(answer.outcome, asked.outcome, "{text} as {python} on {doc:?} ({state})");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 3 * 5 * FILTERS.len());
}

/// Filters with a verdict of their own on every document: what is offered as the same has it too, a refused save included.
#[test]
fn no_condition_is_called_the_same_with_another_verdict() {
    let file = cases::desk_file("ticket");
    let desk = Desk::new(serde_json::from_value(cases::desk_file("context")).unwrap()).unwrap();
    let filters = serde_json::from_value(json!({ "type": "Filters" })).unwrap();
    let fields = ["status", "subject", "customer", "attempts", "estimated_hours", "total", "is_urgent", "due_date"];
    let fields = fields.iter().chain(&["closed_on", "opening_datetime", "docstatus", "nope"]);
    let operators =
        ["=", "!=", ">", "<", ">=", "<=", "like", "not like", "in", "not in", "is", "between", "IN", "Like"];
    let values = [
        "\"\"",
        "\"Open\"",
        "\"Open, Closed\"",
        "[\"Open\", \"Closed\"]",
        "[]",
        "[1, 2]",
        "3",
        "0",
        "1",
        "2.5",
        "null",
        "\"3\"",
        "\"%5%\"",
        "\"Op%\"",
        "\"%\"",
        "\"2026-11-20\"",
        "\"inf\"",
        "true",
        "[\"\"]",
        "\"40 000,5\"",
        "[\"3\", \"7.5\"]",
        "[\"2026-11-01\", \"2026-11-30\"]",
        "[\"Today\", null]",
    ];
    let mut texts = Vec::new();
    for field in fields {
        for operator in operators {
            for value in values {
                texts.push(format!("[[\"Support Ticket\",\"{field}\",\"{operator}\",{value}]]"));
                texts.push(format!("[[\"{field}\",\"{operator}\",{value}]]"));
            }
        }
    }
    let (mut offered, mut meant, mut wrong) = (0, 0, Vec::new());
    // What one document leads to offer is tried on all.
    let open: Vec<_> = ["stored", "posted"]
        .iter()
        .flat_map(|state| documents(file["doc"].as_object().unwrap()).into_iter().map(move |doc| (*state, doc)))
        .map(|(state, doc)| {
            desk.open(&doc, serde_json::from_value(file["metas"].clone()).unwrap(), api::document_state(state).unwrap())
        })
        .collect();
    let verdict = |report: &api::ConditionReport| (report.outcome, report.error.is_some());
    for text in &texts {
        let asked: Vec<_> = open.iter().map(|open| open.check_condition(text, &filters)).collect();
        let pythons: std::collections::BTreeSet<_> =
            asked.iter().filter(|one| !one.as_python_is_meant).filter_map(|one| one.as_python.as_deref()).collect();
        meant += usize::from(asked.iter().any(|one| one.as_python_is_meant));
        // What was meant may have another verdict, but whoever takes it must not block a save with it.
        let meanings: std::collections::BTreeSet<_> =
            asked.iter().filter(|one| one.as_python_is_meant).filter_map(|one| one.as_python.as_deref()).collect();
        for python in meanings {
            let fails = |open: &&api::OpenDocument| {
                open.check_condition(python, &api::ConditionOptions::default()).error.is_some()
            };
            wrong.extend(open.iter().find(fails).map(|_| format!("{text} as {python} fails")));
        }
        for python in pythons {
            offered += 1;
            for (open, asked) in open.iter().zip(&asked) {
                let answer = open.check_condition(python, &api::ConditionOptions::default());
                if verdict(&answer) != verdict(asked) && answer.status != "unsupported" && asked.status != "unsupported"
                {
                    wrong.push(format!("{text} as {python}: {:?} {:?}", verdict(asked), verdict(&answer)));
                    break;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {offered}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(offered > 500 && meant > 10, "{offered} offered, {meant} meant");
}
