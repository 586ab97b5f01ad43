//! Values that grow in one step or long texts of one sign: the time and the memory that they take stay within the limits.
//!
//! The expectations are the promise of `limits.rs`; a text that was counted too late would end the process, and one that
//! is looked through again from each of its places would take minutes.

use std::time::{Duration, Instant};

use deskbell::api::{ConditionOptions, MessageOptions};

use crate::limits::{message, ticket};

/// What a condition of `long-conditions.json` is answered: its status, or the error.
fn answered(text: &str, scripts: bool) -> String {
    let options = ConditionOptions { server_scripts: Some(scripts), ..ConditionOptions::default() };
    let report = ticket().check_condition(text, &options);
    match (&report.error, report.gaps.first()) {
        (Some(error), _) => format!("{}: {}", error.kind, error.message),
        (None, Some(gap)) if report.status == "unsupported" => format!("unsupported: {}", gap.reason),
        _ => report.status.to_owned(),
    }
}

/// The same table runs in the package (`tests/wasm/long-conditions.test.mjs`) and is timed by `cargo xtask bench`.
#[test]
fn long_conditions_are_answered_at_once() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/long-conditions.json");
    let table: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for case in table["cases"].as_array().unwrap() {
        let part = |part: &serde_json::Value| {
            part[0].as_str().unwrap().repeat(usize::try_from(part[1].as_u64().unwrap()).unwrap())
        };
        let text: String = case["parts"].as_array().unwrap().iter().map(part).collect();
        for (scripts, expected) in [(false, &case["off"]), (true, case.get("on").unwrap_or(&case["off"]))] {
            let start = Instant::now();
            let answer = answered(&text, scripts);
            assert!(answer.starts_with(expected.as_str().unwrap()), "{}: {answer}", case["parts"]);
            // A debug build on a busy machine is some 40 times slower than the page's.
            assert!(start.elapsed() < Duration::from_secs(20), "{}", case["parts"]);
        }
    }
}

/// A loop over a thousand rows, each with several questions, is far below the limits.
#[test]
fn a_condition_over_a_thousand_rows_is_answered() {
    let rows = "rows = [{'qty': i, 'rate': i * 1.5, 'item': 'Item ' * 40} for i in range(1000)]\n";
    for (block, expected) in [
        (
            "return sum([row['qty'] * row['rate'] for row in rows if row['qty'] > 10 and 'x' not in row['item']]) > 1",
            true,
        ),
        (
            "for row in rows:\n    if row['qty'] > 10 and row['rate'] < 0 or row['item'].startswith('X'):\n        return 1",
            false,
        ),
        ("return any([row['item'].lower().strip() == 'y' or row['qty'] in (1, 2, 3) for row in rows])", true),
        ("return len(sorted(rows, key=lambda row: -row['qty'])) == 1000", true),
    ] {
        let options = ConditionOptions { server_scripts: Some(true), ..ConditionOptions::default() };
        let report = ticket().check_condition(&format!("{rows}{block}"), &options);
        assert_eq!((report.status, report.outcome), ("exact", Some(expected)), "{block}: {:?}", report.gaps);
    }
}

/// As much as a WebAssembly instance has, whose frames are smaller than those of a debug build.
const SMALL_STACK: usize = 1024 * 1024;

/// A text of a million characters, a list that holds it two thousand times, and an expression about them.
#[test]
fn values_are_counted_before_they_are_made() {
    for expression in [
        "(',' | safe).join(l)",
        "(a | safe) + (a | safe) + (a | safe) + (a | safe) + (a | safe) + (a | safe) + (a | safe) + (a | safe)",
        "json.dumps([1] * 100000, separators=(a, a))",
        "json.dumps([1] * 100000, indent=100000)",
        "l | map('e') | list",
        "resolve_class(l)",
    ] {
        let template =
            format!("{{% set a = 'x' * 1000000 %}}{{% set l = [a] * 2000 %}}{{{{ ({expression}) | length }}}}");
        assert_eq!(message(&template), "limit/bytes", "{expression}");
    }
}

/// Each reads the one before: what asks and what drops them must not go as deep.
#[test]
fn chains_of_generators_stop_and_drop() {
    for part in ["ns.x | map('string')", "ns.x | select", "[ns.x] | map('first')", "(ns.x, 1) | reject('none')"] {
        for end in ["ns.x | list | length", "1"] {
            let chain = format!("{{% for i in range(3000) %}}{{% set ns.x = {part} %}}{{% endfor %}}");
            let template = format!("{{% set ns = namespace(x=[1]) %}}{chain}{{{{ {end} }}}}");
            let expected = if end == "1" || part.starts_with('(') { "exact" } else { "limit/depth" };
            assert_eq!(message(&template), expected, "{part} {end}");
        }
    }
}

/// Values that hold each other thirty thousand deep are dropped one after the other, not on the stack.
#[test]
fn chains_of_values_drop() {
    let thread = std::thread::Builder::new().stack_size(SMALL_STACK).spawn(|| {
        for part in [
            "[ns.x]",
            "(ns.x, 1)",
            "{'a': ns.x}",
            "namespace(a=ns.x)",
            "cycler(ns.x)",
            "joiner(ns.x)",
            "_dict(a=ns.x)",
            "enumerate([ns.x])",
            "[ns.x].append",
        ] {
            let chain = format!("{{% for i in range(30000) %}}{{% set ns.x = {part} %}}{{% endfor %}}");
            assert_eq!(message(&format!("{{% set ns = namespace(x=1) %}}{chain}.")), "exact", "{part}");
        }
        let scripts = ConditionOptions { server_scripts: Some(true), ..ConditionOptions::default() };
        for part in [
            "lambda z=x: z",
            "{1: lambda x=x: x}",
            "ValueError(x)",
            "[x]",
            "_dict(a=x)",
            "dict(a=x).values()",
            "slice(x)",
            "{x.values(): 1} if i else {}",
            "{x.get: 1} if i else {}",
            "{x.add} if i else set()",
            "enumerate({x: 1})",
            "zip({x}, [1])",
            "(y for y in x)",
            "f(x)",
            "(lambda g: lambda: g)(x)",
            "{1: x}",
            "(y for y in [x])",
            "(y for y in {x})",
        ] {
            let block = format!(
                "def f(x):\n    yield from x\nx = {{}}.values()\nfor i in range(30000):\n    x = {part}\nreturn 1"
            );
            let report = ticket().check_condition(&block, &scripts);
            assert!(matches!(report.status, "exact" | "unsupported"), "{part}: {} {:?}", report.status, report.error);
        }
    });
    thread.unwrap().join().unwrap();
}

/// Short sentences about a value that is small in memory and endless on paper, and many names that each line asks for.
#[test]
fn small_texts_about_much_are_answered_soon() {
    let begin = Instant::now();
    let scripts = ConditionOptions { server_scripts: Some(true), ..ConditionOptions::default() };
    let bound = (0..1500).map(|n| format!("    a{n} = 1\n")).collect::<String>();
    let names = (0..3000).map(|n| format!("a{n}")).collect::<Vec<_>>().join(", ");
    for (block, status) in [
        ("l = [1]\nfor i in range(20):\n    l = [l] * 8\nreturn l == 1".to_owned(), "exact"),
        (format!("while 1:\n    max\n    max\n    max\nif 0:\n{bound}"), "unsupported"),
        (format!("global {names}\nwhile 1:\n    max\n    max\n    max"), "unsupported"),
    ] {
        assert_eq!(ticket().check_condition(&block, &scripts).status, status, "{block:.30}");
    }
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

#[test]
fn long_runs_of_one_sign_are_looked_through_once() {
    let begin = Instant::now();
    for (sign, filter) in [("<", "_(a)"), ("<!--", "frappe.utils.strip_html(a)"), ("-", "a | wordwrap"), ("<!--", "a")]
    {
        let template = format!("{{% set a = '{sign}' * 40000 %}}{{{{ {filter} | length }}}}");
        assert_eq!(message(&template), "exact", "{filter}");
    }
    let names = |count: usize| (0..count).map(|n| format!("{{{{ b{n} }}}}{{% set a{n} = 1 %}}")).collect::<String>();
    let findings = ticket().render_message(&names(5000), &MessageOptions::default()).findings.len();
    assert!(findings < 100, "{findings} findings");
    // Many times what it takes, and less than the names alone take when each is compared with all others.
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

/// A page of one sign, which a look or a remark could go through again from each of its places: 100 kB for each chat.
#[test]
fn a_long_message_of_one_sign_is_drawn_at_once() {
    let units = ["a", "*a ", "[a](", "`a", "<b>", "> a\n", "\n", "- a\n", "|a|b|\n", "#", "&amp;"];
    for service in deskbell::api::services(None) {
        for unit in units {
            let text = unit.repeat(100_000 / unit.len());
            let options = MessageOptions { service: Some(service.name.into()), ..MessageOptions::default() };
            let start = Instant::now();
            let report = ticket().render_message(&text, &options);
            assert_eq!(report.status, "exact", "{} {unit:?}", service.name);
            // A debug build on a busy machine is some 40 times slower than the page's, where 200 ms are allowed.
            assert!(start.elapsed() < Duration::from_secs(8), "{} {unit:?}: {:?}", service.name, start.elapsed());
        }
    }
}
