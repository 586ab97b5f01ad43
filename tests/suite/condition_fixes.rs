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

/// What is written instead of Python, and what is meant; each condition on the right has one value in both of the host's ways.
const MEANT: [(&str, &str); 22] = [
    ("doc.status IN ('Open') AND doc.is_urgent", "doc.status in ['Open'] and doc.is_urgent"),
    ("doc.status NOT IN ('Open', 'Closed')", "doc.status not in ('Open', 'Closed')"),
    ("doc.subject LIKE '%panne%' OR doc.is_urgent", "'panne' in (doc.subject or '') or doc.is_urgent"),
    ("doc.closed_on IS NOT NULL", "doc.closed_on is not None"),
    ("doc.closed_on IS NULL AND doc.status IS 'Open'", "doc.closed_on is None and doc.status == 'Open'"),
    ("doc.attempts BETWEEN 1 AND 5 AND doc.is_urgent", "1 <= (doc.attempts or 0) <= 5 and doc.is_urgent"),
    ("doc.status == 'Open'\ndoc.is_urgent", "(doc.status == 'Open'\nand doc.is_urgent)"),
    ("d > 5 for d in [1, 9]", "[d for d in [1, 9] if d > 5]"),
    ("for d in [1, 9] if d > 5", "[d for d in [1, 9] if d > 5]"),
    ("and doc.status == 'Open'", "doc.status == 'Open'"),
    ("doc.is_urgent or or doc.status == 'Open'", "doc.is_urgent or doc.status == 'Open'"),
    ("doc.is_urgent == == 1", "doc.is_urgent == 1"),
    ("doc..is_urgent", "doc.is_urgent"),
    ("doc.status. == 'Open'", "doc.status == 'Open'"),
    ("doc.is_urgent ? doc.attempts : False", "doc.attempts if doc.is_urgent else False"),
    ("doc.is_urgent?", "doc.is_urgent"),
    ("si doc.status = 'Open' alors", "doc.status == 'Open'"),
    ("If doc.status == 'Open' Then True", "doc.status == 'Open'"),
    ("pas doc.is_urgent et doc.attempts", "not doc.is_urgent and doc.attempts"),
    ("doc.customer == Acme SARL et doc.is_urgent", "doc.customer == \"Acme SARL\" and doc.is_urgent"),
    ("doc.status in [On Hold, Open]", "doc.status in [\"On Hold\", \"Open\"]"),
    ("doc.status == On Hold", "doc.status == \"On Hold\""),
];

#[test]
fn the_fixes_of_a_text_that_is_no_condition_end_in_the_one_that_is_meant() {
    let file = cases::desk_file("ticket");
    let mut wrong = Vec::new();
    for scripts in [json!(false), json!(true), json!(null)] {
        let mut context = cases::desk_file("context");
        context["serverScripts"] = scripts.clone();
        let desk = Desk::new(serde_json::from_value(context).unwrap()).unwrap();
        let metas = serde_json::from_value(file["metas"].clone()).unwrap();
        let open = desk.open(file["doc"].as_object().unwrap(), metas, api::document_state("posted").unwrap());
        let options = serde_json::from_value(json!({ "type": "Python" })).unwrap();
        for (text, meant) in MEANT {
            let mut mended = text.to_owned();
            for _ in 0..5 {
                let report = open.check_condition(&mended, &options);
                let Some(fix) = report.findings.iter().find_map(|finding| finding.fix.as_ref()) else { break };
                mended = applied(&mended, fix.start..fix.end, &fix.text);
            }
            let report = open.check_condition(&mended, &options);
            if mended != meant || report.status != "exact" {
                wrong.push(format!("{scripts} {text:?} -> {mended:?}: {:?}", report.error));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
