//! Every fix of every case does what it says: applied, the remark is gone, and the host takes the text no worse than before.

use serde_json::Value;

use crate::cases::{Case, applied, message_cases};

/// How many remarks of a finding's code there are.
fn count(report: &Value, finding: &Value) -> usize {
    let same = |other: &&Value| other["code"] == finding["code"];
    report["findings"].as_array().unwrap().iter().filter(same).count()
}

fn is_refused(report: &Value) -> bool {
    report["error"]["consequence"]["code"] == "refused-at-save"
}

#[test]
fn a_fix_mends_what_its_finding_tells() {
    let (mut tried, mut failures) = (0, Vec::new());
    for (name, case) in message_cases() {
        let case = Case::new(&case);
        let text = case.text(0).to_owned();
        let report = case.render(&text);
        for finding in report["findings"].as_array().unwrap().iter().filter(|finding| finding["fix"].is_object()) {
            tried += 1;
            let place = |key: &str| usize::try_from(finding["fix"][key].as_u64().unwrap()).unwrap();
            let fixed = applied(&text, place("start")..place("end"), finding["fix"]["text"].as_str().unwrap());
            let after = case.render(&fixed);
            let mended = count(&after, finding) < count(&report, finding);
            let worse =
                after["status"] == "error" && report["status"] != "error" || is_refused(&after) && !is_refused(&report);
            if !mended || worse {
                failures.push(format!("{name} {text:?}\n  {finding}\n  became {fixed:?}\n  {after}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {tried} fixes fail:\n{}", failures.len(), failures.join("\n"));
    assert!(tried > 100, "only {tried} fixes were found");
}
