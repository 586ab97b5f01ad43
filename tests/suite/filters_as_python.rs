//! The Python condition that filters are offered as gives their verdict, on the same documents in all three lives.

use deskbell::api::{self, Desk};
use serde_json::{Map, Value, json};

use crate::cases;

/// Filters that the host evaluates, one per operator and kind of field.
const FILTERS: [&str; 24] = [
    r#"[["Support Ticket","status","=","Open"]]"#,
    r#"[["Support Ticket","status","!=","Open"]]"#,
    r#"[["Support Ticket","status","in",["Open","Closed"]]]"#,
    r#"[["Support Ticket","status","not in",["Open","On Hold"]]]"#,
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
