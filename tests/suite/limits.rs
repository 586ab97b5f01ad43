//! One test on each limit of `deskbell::limits`: what lies on it is answered, what lies one above it is refused by name.
//!
//! The expectations are the promise of `limits.rs` itself: no other program knows these limits.

use deskbell::api::{self, ChatOptions, ConditionOptions, Desk, MessageOptions, OpenDocument};
use deskbell::language::Language;
use deskbell::limits;
use deskbell::python::operators::{self, Binary};
use deskbell::python::{Budget, Outcome, Stop, Value};

use crate::cases;

pub fn ticket() -> OpenDocument {
    let mut context = cases::desk_file("context");
    context["lang"] = "en".into();
    let desk = Desk::new(serde_json::from_value(context).unwrap()).unwrap();
    let file = cases::desk_file("ticket");
    let metas = serde_json::from_value(file["metas"].clone()).unwrap();
    desk.open(file["doc"].as_object().unwrap(), metas, api::document_state("stored").unwrap())
}

/// The status, or the limit that was met: a condition tells it as the reason of its gap.
fn condition(text: &str) -> &'static str {
    let options = ConditionOptions { server_scripts: Some(false), ..Default::default() };
    let report = ticket().check_condition(text, &options);
    let codes = ["limit/bytes", "limit/depth", "limit/length", "limit/steps"];
    let told = |code: &&str| report.gaps.iter().any(|gap| gap.reason == Language::English.say(code, &[]));
    let met = codes.into_iter().find(told);
    assert!(met.is_none() || report.status == "unsupported", "{}", report.status);
    met.unwrap_or(report.status)
}

/// The status, or the limit that was met: a message tells it as a finding.
pub fn message(template: &str) -> &'static str {
    let report = ticket().render_message(template, &MessageOptions::default());
    let met = report.findings.iter().map(|finding| finding.code).find(|code| code.starts_with("limit/"));
    assert!(met.is_none() || report.status == "unsupported", "{}", report.status);
    met.unwrap_or(report.status)
}

fn limit<T: std::fmt::Debug>(outcome: Outcome<T>) -> &'static str {
    match outcome {
        Err(Stop::Limit(code)) => code,
        other => panic!("expected a limit, but found {other:?}"),
    }
}

#[test]
fn template_bytes() {
    assert_eq!(message(&"x".repeat(limits::TEMPLATE_BYTES)), "exact");
    assert_eq!(message(&"x".repeat(limits::TEMPLATE_BYTES + 1)), "limit/length");
}

#[test]
fn questions() {
    let asked = |rows: usize| {
        let template =
            format!("{{% for n in range({rows}) %}}{{{{ frappe.db.get_value('A', n|string, 'x') }}}}{{% endfor %}}");
        let report = ticket().render_message(&template, &MessageOptions::default());
        report.gaps.iter().filter(|gap| gap.question.is_some()).count()
    };
    assert_eq!(asked(limits::QUESTIONS), limits::QUESTIONS);
    assert_eq!(asked(limits::QUESTIONS + 1), limits::QUESTIONS);
}

#[test]
fn condition_bytes() {
    let padded = |bytes: usize| format!("1{}", " ".repeat(bytes - 1));
    assert_eq!(condition(&padded(limits::CONDITION_BYTES)), "exact");
    assert_eq!(condition(&padded(limits::CONDITION_BYTES + 1)), "limit/length");
}

#[test]
fn nesting() {
    let nots = |depth: usize| format!("{}1", "not ".repeat(depth - 1));
    assert_eq!(condition(&nots(limits::NESTING)), "exact");
    assert_eq!(condition(&nots(limits::NESTING + 1)), "limit/depth");
    let sum = |terms: usize| format!("1{}", "+1".repeat(terms - 1));
    assert_eq!(condition(&sum(limits::NESTING)), "exact");
    assert_eq!(condition(&sum(limits::NESTING + 1)), "limit/depth");
}

#[test]
fn template_nesting() {
    let lists = |depth: usize| format!("{{{{ {}1{} }}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    assert_eq!(message(&lists(limits::TEMPLATE_NESTING)), "exact");
    assert_eq!(message(&lists(limits::TEMPLATE_NESTING + 1)), "limit/depth");
}

#[test]
fn steps() {
    let budget = Budget::default();
    budget.steps(limits::STEPS).unwrap();
    assert_eq!(limit(budget.step()), "limit/steps");
    let loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
    assert_eq!(message(loops), "limit/steps");
}

#[test]
fn value_bytes() {
    let budget = Budget::default();
    budget.bytes(limits::VALUE_BYTES).unwrap();
    assert_eq!(limit(budget.bytes(1)), "limit/bytes");
    assert_eq!(condition(&format!("'x' * {}", limits::VALUE_BYTES + 1)), "limit/bytes");
}

#[test]
fn message_bytes() {
    let long = |bytes: usize| format!("{{{{ 'x' * {bytes} }}}}");
    assert_eq!(message(&long(limits::MESSAGE_BYTES)), "exact");
    assert_eq!(message(&long(limits::MESSAGE_BYTES + 1)), "limit/message");
}

#[test]
fn integer_bits() {
    let shift = |bits: u64| {
        let by = Value::from(i64::try_from(bits).unwrap());
        operators::binary(Binary::ShiftLeft, &Value::from(1_i64), &by, &Budget::default())
    };
    // `1 << n` has n + 1 bits.
    shift(limits::INTEGER_BITS - 1).unwrap();
    assert_eq!(limit(shift(limits::INTEGER_BITS)), "limit/bytes");
}

#[test]
fn url_bytes() {
    let too_long = |bytes: usize| {
        let report = api::check_webhook_url("Slack", &"x".repeat(bytes), &ChatOptions::default());
        report.findings.iter().any(|finding| finding.code == "url/too-long")
    };
    assert!(!too_long(limits::URL_BYTES));
    assert!(too_long(limits::URL_BYTES + 1));
}
