//! Every fix that a condition is offered mends what it speaks of: its finding goes away, and a text that parsed still does.

use deskbell::api::{self, ConditionReport, Desk};
use serde_json::json;

use crate::cases::{self, applied};

fn count(report: &ConditionReport, code: &str) -> usize {
    report.findings.iter().filter(|finding| finding.code == code).count()
}

/// Whether the text is refused before anything is evaluated.
fn is_broken(report: &ConditionReport) -> bool {
    let broken =
        |kind: &str| matches!(kind, "SyntaxError" | "IndentationError" | "TabError" | "json.decoder.JSONDecodeError");
    report.error.as_ref().is_some_and(|error| broken(error.kind))
}

#[test]
fn every_fix_makes_its_finding_go_away() {
    let file = cases::desk_file("ticket");
    let is_condition = |text: &String| !["{{", "{%", "http"].iter().any(|sign| text.contains(sign));
    let mut texts: Vec<String> = cases::seeds().into_iter().filter(is_condition).collect();
    texts.extend(
        [
            "doc.statuss == \"Open\" and doc.is_urgent == \"1\"",
            "doc.ｓｔatuss == \"Open\"",
            "doc.total > \"40 000\" or doc.attempts == \"007\"",
            "eval:doc.status==\"Open\"",
            "doc.status = \"Open\" && !doc.is_urgent",
            "doc.status == “Open”",
            "status == \"Open\" and total > 5",
            "doc.status =! \"Open\" or doc.is_urgent == true",
            "doc.status == \"Open\" and\ndoc.total > 3",
            "doc.due_date == nowdate() and doc[\"status\"] == \"open\"",
            "[[\"Support Ticket\",\"total\",\"between\",[1,5]],[\"status\",\"==\",\"open\"]]",
        ]
        .map(str::to_owned),
    );
    let (mut tried, mut wrong) = (0, Vec::new());
    for (scripts, state, kind) in [
        (json!(false), "stored", "Python"),
        (json!(true), "posted", "Python"),
        (json!(false), "inserted", "Python"),
        (json!(false), "stored", "Filters"),
    ] {
        let mut context = cases::desk_file("context");
        context["serverScripts"] = scripts.clone();
        let desk = Desk::new(serde_json::from_value(context).unwrap()).unwrap();
        let metas = serde_json::from_value(file["metas"].clone()).unwrap();
        let open = desk.open(file["doc"].as_object().unwrap(), metas, api::document_state(state).unwrap());
        let options = serde_json::from_value(json!({ "type": kind })).unwrap();
        for text in texts
            .iter()
            .filter(|text| text.len() < 2000 && (kind == "Filters") == text.trim_start().starts_with(['[', '{']))
        {
            let before = open.check_condition(text, &options);
            for finding in &before.findings {
                let Some(fix) = &finding.fix else { continue };
                let mended = applied(text, fix.start..fix.end, &fix.text);
                let after = open.check_condition(&mended, &options);
                tried += 1;
                if count(&after, finding.code) >= count(&before, finding.code) {
                    wrong.push(format!("{} stays: {text:?} -> {mended:?}", finding.code));
                }
                if is_broken(&after) && !is_broken(&before) {
                    wrong.push(format!("{} breaks: {text:?} -> {mended:?}: {:?}", finding.code, after.error));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 100, "{tried} fixes");
}
