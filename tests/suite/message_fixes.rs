//! Every fix of every case does what it says: applied, the remark is gone, and the host takes the text no worse than before.

use std::collections::BTreeMap;

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

/// The words of what is sent, each as often as it stands there.
fn words(report: &Value) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let text = report["text"].as_str().unwrap_or_default();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// Of these, a fix takes words away (the names of tags and entities) or writes others (who is called, how a sign is
/// escaped, an address in the place of a link).
const CHANGES_WORDS: [&str; 6] = [
    "markup/comment-stays",
    "markup/entity-stays",
    "markup/html-stays",
    "markup/link-is-html",
    "markup/mention-stays",
    "markup/value-needs-escaping",
];

#[test]
fn a_fix_of_markup_keeps_every_word() {
    let (mut tried, mut failures) = (0, Vec::new());
    for (name, case) in message_cases() {
        let case = Case::new(&case);
        let text = case.text(0).to_owned();
        let report = case.render(&text);
        for finding in report["findings"].as_array().unwrap().iter().filter(|finding| finding["fix"].is_object()) {
            let code = finding["code"].as_str().unwrap();
            if !code.starts_with("markup/") || CHANGES_WORDS.contains(&code) {
                continue;
            }
            tried += 1;
            let place = |key: &str| usize::try_from(finding["fix"][key].as_u64().unwrap()).unwrap();
            let fixed = applied(&text, place("start")..place("end"), finding["fix"]["text"].as_str().unwrap());
            let after = case.render(&fixed);
            if words(&after) != words(&report) {
                failures.push(format!("{name} {text:?} became {fixed:?}\n  {report}\n  {after}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {tried} fixes fail:\n{}", failures.len(), failures.join("\n"));
    assert!(tried > 60, "only {tried} fixes were found");
}

/// What a slip looks like in its chat once every fix is applied, one after the other, and that nothing is left to fix.
#[test]
fn a_fixed_message_looks_as_it_was_meant() {
    let slips = [
        ("Mattermost", "*Order {{ doc.name }}*", "<strong>Order CT-00092</strong>"),
        ("Discord", "*Order*: ~late~ __now__", "<strong>Order</strong>: <s>late</s> <strong>now</strong>"),
        ("Slack", "**Order** ~~late~~", "<strong>Order</strong> <s>late</s>"),
        ("Google Chat", "**Order** ~~late~~", "<strong>Order</strong> <s>late</s>"),
        ("Slack", "[see {{ doc.name }}](https://example.com/)", ">see CT-00092</span>"),
        ("Discord", "<https://example.com/|see {{ doc.name }}>", ">see CT-00092</span>"),
        ("Slack", "## Order\n<b>a</b> <i>b</i>", "<strong>Order</strong>"),
        ("Slack", "*a\nb*", "<strong>b</strong>"),
        ("Ntfy", "[see](https://example.com/) <b>x</b>", "</span> x</p>"),
        ("Rocket.Chat", "__Order__ #12", "<strong>Order</strong> #12"),
        ("Slack", "@here {{ '<A & B>' }}", "&lt;A &amp; B&gt;"),
        ("Mattermost", "{{ 'a*b*c' }}", "a*b*c"),
        ("Discord", "{{ 'a*b*c' }}", "a*b*c"),
        ("Rocket.Chat", "{{ 'a*b*c ~d~' }}", "a*b*c ~d~"),
    ];
    for (service, text, look) in slips {
        let case = serde_json::json!({"arguments": [text, {"service": service, "documentLink": false}]});
        let case = Case::new(&case);
        let mut text = text.to_owned();
        let mut report = case.render(&text);
        for _ in 0..10 {
            let Some(finding) =
                report["findings"].as_array().unwrap().iter().find(|finding| finding["fix"].is_object()).cloned()
            else {
                break;
            };
            let place = |key: &str| usize::try_from(finding["fix"][key].as_u64().unwrap()).unwrap();
            text = applied(&text, place("start")..place("end"), finding["fix"]["text"].as_str().unwrap());
            report = case.render(&text);
        }
        let fixes = report["findings"].as_array().unwrap().iter().any(|finding| finding["fix"].is_object());
        assert!(!fixes, "{service}: {text:?} is never fixed: {report}");
        assert!(report["look"].as_str().is_some_and(|drawn| drawn.contains(look)), "{service}: {text:?}: {report}");
    }
}
