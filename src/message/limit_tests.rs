//! Templates that try to take too much: each is answered at once, and on a small stack.

use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Answer, Inputs, render};
use crate::host::{Context, Metas, State, document_type};

/// Half of what a WebAssembly instance has, in a debug build.
const STACK: usize = 512 * 1024;

fn context() -> Rc<Context> {
    let context = json!({
        "siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "timeZone": "Europe/Paris", "lang": "en",
        "user": {"name": "marie@example.com"}, "sysdefaults": {},
    });
    let context: crate::api::HostContext = serde_json::from_value(context).unwrap();
    Rc::new(context.into_core().unwrap())
}

/// Whether the answer is exact, and how long it took. On a thread of its own with a small stack.
fn answer(template: String) -> (bool, Duration) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let context = context();
        let doc = json!({"doctype": "Ticket", "name": "T-1", "title": "Hello"});
        let metas = Rc::new(Metas::new(Vec::new()));
        let document = Rc::new(document_type::open(doc.as_object().unwrap(), &metas, State::Stored, &context));
        let inputs = Inputs::default();
        let start = Instant::now();
        let report = render(&template, &document, &inputs, &context);
        let exact = match report.answer {
            Answer::Exact(_) => true,
            Answer::Unsupported { .. } => {
                assert!(
                    report.findings.iter().any(|finding| finding.code.starts_with("limit/")),
                    "{:?}",
                    report.findings
                );
                false
            }
            other => panic!("{other:?}"),
        };
        (exact, start.elapsed())
    });
    thread.unwrap().join().unwrap()
}

fn assert_stopped(template: String) {
    let head: String = template.chars().take(60).collect();
    let (exact, time) = answer(template);
    assert!(!exact, "{head}");
    // A debug build on a busy machine is some 40 times slower than the page's.
    assert!(time < Duration::from_secs(20), "{head} took {time:?}");
}

fn assert_exact(template: String) {
    let head: String = template.chars().take(60).collect();
    assert!(answer(template).0, "{head}");
}

fn nested(open: &str, inside: &str, close: &str, depth: usize) -> String {
    format!("{}{inside}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn the_text_has_a_length() {
    assert_exact("x".repeat(crate::limits::TEMPLATE_BYTES));
    assert_stopped("x".repeat(crate::limits::TEMPLATE_BYTES + 1));
}

#[test]
fn brackets_nest_so_deep() {
    assert_exact(format!("{{{{ {} }}}}", nested("(", "1", ")", crate::limits::TEMPLATE_NESTING - 1)));
    for (open, close) in [("(", ")"), ("[", "]"), ("{1: ", "}"), ("-", ""), ("not ", ""), ("x.y[", "]"), ("f(", ")")] {
        for depth in [crate::limits::TEMPLATE_NESTING + 1, 20_000] {
            assert_stopped(format!("{{{{ {} }}}}", nested(open, "1", close, depth)));
        }
    }
}

#[test]
fn chains_are_so_long() {
    for link in ["+1", "*1", "**1", " and 1", " or 1", ".x", "|upper", "[0]", "()", " if 1", " if 1 else 1"] {
        assert_stopped(format!("{{{{ 1{} }}}}", link.repeat(10_000)));
    }
    assert_exact(format!("{{{{ 1{} }}}}", "+1".repeat(crate::limits::TEMPLATE_NESTING)));
    assert_exact(format!("{{{{ 1{} }}}}", "~1".repeat(10_000)));
}

#[test]
fn blocks_nest_so_deep() {
    let depth = crate::limits::TEMPLATE_NESTING;
    assert_exact(nested("{% if 1 %}", "x", "{% endif %}", depth - 1));
    for (open, close) in
        [("{% if 1 %}", "{% endif %}"), ("{% with %}", "{% endwith %}"), ("{% filter e %}", "{% endfilter %}")]
    {
        for depth in [depth + 1, 5_000] {
            assert_stopped(nested(open, "x", close, depth));
        }
    }
    assert_stopped(format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(5_000)));
    assert_stopped("{% if 1 %}".repeat(10_000));
}

#[test]
fn the_deepest_expression_in_the_deepest_block_runs() {
    let half = crate::limits::TEMPLATE_NESTING / 2 - 1;
    let inside = format!("{{{{ {} }}}}", nested("[", "1", "]", half));
    assert_exact(nested("{% if 1 %}", &inside, "{% endif %}", half));
    assert_exact(nested("{% with a = 1 %}", &inside, "{% endwith %}", half));
}

#[test]
fn calls_nest_so_deep() {
    assert_stopped(String::from("{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}"));
    assert_stopped(String::from(
        "{% macro f(n) %}{% if 1 %}{% if 1 %}{{ [[[f(n + 1)]]] }}{% endif %}{% endif %}{% endmacro %}{{ f(0) }}",
    ));
    assert_stopped(String::from("{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}"));
    assert_stopped(String::from(
        "{% macro f() %}{{ caller() }}{% call f() %}{% endcall %}{% endmacro %}{% call f() %}{% endcall %}",
    ));
}

#[test]
fn loops_end() {
    let range = "range(100000)";
    assert_stopped(format!("{{% for a in {range} %}}{{% for b in {range} %}}{{% endfor %}}{{% endfor %}}"));
    assert_stopped(format!("{{% for a in {range} %}}{{% for b in {range} %}}{{{{ a }}}}{{% endfor %}}{{% endfor %}}"));
    assert_stopped(String::from("{% set l = [1] %}{% for x in l %}{% set _ = l.append(1) %}{% endfor %}"));
}

#[test]
fn values_stay_small() {
    assert_stopped(String::from(
        "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
    ));
    assert_stopped(String::from("{% for i in range(9999) %}{% set x = 'abc' * 99999 %}{% endfor %}"));
    assert_stopped(String::from("{% for i in range(99999) %}{{ 'x' * 999 }}{% endfor %}"));
    assert_stopped(String::from("{% set x %}{% for i in range(99999) %}{{ 'x' * 999 }}{% endfor %}{% endset %}"));
    assert_stopped(String::from(
        "{% set ns = namespace(x=[]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
    ));
}

#[test]
fn what_a_template_changes_is_gone_at_the_next_one() {
    let context = context();
    let metas = json!([
        {"name": "Ticket", "custom": 1, "fields": [{"fieldname": "lines", "fieldtype": "Table", "options": "Row"}]},
        {"name": "Row", "custom": 1, "istable": 1, "fields": [{"fieldname": "item", "fieldtype": "Data"}]},
    ]);
    let metas: Vec<crate::api::DocTypeMeta> = serde_json::from_value(metas).unwrap();
    let metas = Rc::new(Metas::new(metas.into_iter().map(Into::into).collect()));
    let doc = json!({"doctype": "Ticket", "name": "T-1", "lines": [{"name": "r1", "doctype": "Row", "item": "a"}]});
    let document = Rc::new(document_type::open(doc.as_object().unwrap(), &metas, State::Stored, &context));
    let inputs = Inputs::default();
    for _ in 0..2 {
        let template = "{% set _ = doc.lines.append(1) %}{{ doc.lines|length }}";
        let report = render(template, &document, &inputs, &context);
        assert_eq!(report.answer, Answer::Exact(String::from("2")));
    }
}
