//! Every fix of every case does what it says: applied, the remark is gone, and the host takes the text no worse than before.

use std::collections::BTreeMap;
use std::ops::Range;

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
const CHANGES_WORDS: [&str; 7] = [
    "markup/angle-is-link",
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
        ("Raven", "{{ 'https://x.com/a_b_c' }}", "https://x.com/a_b_c"),
        ("Slack", "A & B <Ltd> <- c ->", "A &amp; B &lt;Ltd&gt; &lt;- c -&gt;"),
        (
            "Mattermost",
            "<h3>Order</h3><ul><li>a</li></ul>b",
            "<p><strong>Order</strong></p><ul><li>a</li></ul><p>b</p>",
        ),
        ("Teams", "# Title\ntext", "<p><strong>Title</strong></p><p>text</p>"),
        ("Teams", "a<br>b", "a<br>b"),
        ("Teams", "{{ 'a\\nb' }}", "a<br>b"),
        ("Matrix (Hookshot)", "a<br>b", "a<br>b"),
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

/// The fixes of a report: what goes away and what takes its place.
fn fixes(report: &Value) -> Vec<(Range<usize>, String)> {
    let place = |fix: &Value, key: &str| usize::try_from(fix[key].as_u64().unwrap()).unwrap();
    let fixes = report["findings"].as_array().unwrap().iter().map(|finding| &finding["fix"]);
    let fixes = fixes.filter(|fix| fix.is_object());
    let mut fixes: Vec<_> =
        fixes.map(|fix| (place(fix, "start")..place(fix, "end"), fix["text"].as_str().unwrap().to_owned())).collect();
    fixes.sort_by_key(|(span, _)| (span.start, span.end));
    fixes
}

/// Parts of messages that the rules speak of, many of them at the same place.
const PARTS: [&str; 30] = [
    "*Order* ",
    "**{{ doc.subject }}**",
    "__x__",
    "~~{{ doc.subject }}~~",
    "~late~",
    "{{ doc.subject }}",
    "# {{ doc.subject }}",
    "\n",
    "\n",
    "\n\n",
    "text ",
    "> quote\n",
    "- **a**\n- b\n",
    "<b>{{ doc.subject }}</b>",
    "<br>",
    "<h3>Order</h3>",
    "<ul><li>a</li><li>*b*</li></ul>",
    "<div>a</div>",
    "[**l**](https://example.com/a_b)",
    "<https://example.com|{{ doc.name }}>",
    "A & B <Ltd>",
    "x <- y -> z",
    "&quot;",
    "@here ",
    "<!channel> ",
    "#12 ",
    "<!-- **no** -->",
    "{% if doc.name %}**a**{% endif %}",
    "|a|b|\n|-|-|\n",
    "`*c*` ",
];

#[test]
fn fixes_of_one_report_are_applied_together() {
    let services =
        ["Discord", "Google Chat", "Matrix (Hookshot)", "Mattermost", "Ntfy", "Raven", "Rocket.Chat", "Slack", "Teams"];
    let mut seed = 5_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(below).unwrap()).unwrap()
    };
    let (mut together, mut failures) = (0, Vec::new());
    for round in 0..270 {
        let service = services[round % services.len()];
        let template: String = (0..2 + next(5)).map(|_| PARTS[next(PARTS.len())]).collect();
        let case = serde_json::json!({
            "arguments": [template, {"service": service, "documentLink": false}],
            "set": {"subject": "A & B <Ltd>\n2*3*4 a_b_c"},
        });
        let case = Case::new(&case);
        let mut text = template.clone();
        let mut report = case.render(&text);
        for _ in 0..6 {
            let fixes = fixes(&report);
            together += usize::from(fixes.len() > 1);
            if fixes.windows(2).any(|pair| pair[0].0.end > pair[1].0.start || pair[0].0.start == pair[1].0.start) {
                failures.push(format!("{service}: the fixes of {text:?} overlap: {fixes:?}"));
            }
            for (span, replacement) in fixes.into_iter().rev() {
                text = applied(&text, span, &replacement);
            }
            let after = case.render(&text);
            if after["status"] != report["status"] {
                failures.push(format!("{service}: {template:?} became {text:?}: {}", after["status"]));
            }
            report = after;
        }
        if !fixes(&report).is_empty() {
            failures
                .push(format!("{service}: {template:?} is never fixed, but became {text:?}: {}", report["findings"]));
        }
    }
    assert!(failures.is_empty(), "{} templates fail:\n{}", failures.len(), failures.join("\n"));
    assert!(together > 100, "only {together} reports had several fixes");
}
