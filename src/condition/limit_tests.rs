//! Conditions that try to take too much: each is answered at once, and on a small stack.

use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Answer, Options, check};
use crate::host::{Context, Metas, State, document_type};

/// Twice what a WebAssembly instance has: the frames of a debug build are several times as large. The same texts run in the
/// package (`tests/cases/condition/limits.json`).
const STACK: usize = 2 * 1024 * 1024;

fn context() -> Rc<Context> {
    let context = json!({
        "siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "timeZone": "Europe/Paris", "lang": "en",
        "user": {"name": "marie@example.com"}, "sysdefaults": {},
    });
    let context: crate::api::HostContext = serde_json::from_value(context).unwrap();
    Rc::new(context.into_core().unwrap())
}

/// The answer, and how long it took. On a thread of its own with a small stack.
fn answer(text: String, scripts: bool) -> (Answer, Duration) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let context = context();
        let doc = json!({"doctype": "Ticket", "name": "T-1", "title": "Hello"});
        let metas = Rc::new(Metas::new(Vec::new()));
        let document = Rc::new(document_type::open(doc.as_object().unwrap(), &metas, State::Stored, &context));
        let start = Instant::now();
        let options = Options { server_scripts: Some(scripts), ..Options::default() };
        let report = check(&text, &document, &context, &options);
        (report.answer, start.elapsed())
    });
    thread.unwrap().join().unwrap()
}

fn assert_stopped(text: &str, scripts: bool) {
    let head: String = text.chars().take(60).collect();
    let (answer, time) = answer(text.to_owned(), scripts);
    let told = matches!(&answer, Answer::Unsupported(gaps) if !gaps.is_empty()) || matches!(answer, Answer::Error(_));
    assert!(told, "{head}: {answer:?}");
    // A debug build on a busy machine is some 40 times slower than the page's.
    assert!(time < Duration::from_secs(20), "{head} took {time:?}");
}

#[test]
fn an_expression_that_grows_is_stopped() {
    for text in [
        "2**10**10",
        "\"a\"*10**9",
        "[0]*10**9",
        "[x for x in [0]*9999999]",
        "(lambda f: f(f))(lambda f: f(f))",
        "[[x for x in [1]*3000] for y in [1]*3000]",
        "1 << 10**9",
        "'%1000000000d' % 1",
        "f'{1:1000000000}'",
        "10**100000 % 7 + 10**100000",
    ] {
        assert_stopped(text, false);
        assert_stopped(text, true);
    }
    assert_stopped("list(range(10**12))", true);
    assert_stopped("sum(x for x in range(10**12))", true);
    assert_stopped(&format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000)), false);
    assert_stopped(&format!("{}1{}", "[".repeat(100), " for x in [1]]".repeat(100)), true);
    assert_stopped(&"x".repeat(1_000_000), false);
    assert_stopped(&"if x:\n".repeat(10_000), true);
}

#[test]
fn a_block_that_does_not_end_is_stopped() {
    for text in [
        "while True:\n    pass",
        "def f(n):\n    return f(n + 1)\nreturn f(0)",
        "def f(n):\n    return 1 + (f(n + 1) if n else f(1))\nreturn f(0)",
        "def f():\n    yield from f()\nreturn list(f())",
        "def f():\n    for x in f():\n        yield x\nreturn list(f())",
        "def f():\n    while True:\n        yield 1\nreturn list(f())",
        "def f():\n    while True:\n        yield 1\nreturn sum(f())",
        "x = [1]\nfor y in x:\n    x.append(y)",
        "x = [1]\nreturn [x.append(y) for y in x]",
        "x = []\nwhile True:\n    x = [x]",
        "x = 'a'\nwhile True:\n    x = x + x",
        "def f(n):\n    try:\n        return f(n + 1)\n    except Exception:\n        return f(n + 2)\nreturn f(0)",
        "def f(n):\n    return sorted([1, 2], key=lambda x: f(n + 1))\nreturn f(0)",
        "def f(n):\n    return (lambda: f(n))()\nreturn f(0)",
        "f = lambda n: [f(n) for x in [1]]\nreturn f(0)",
        "x = (y for y in [1])\nwhile True:\n    x = (y for y in x)",
        "x = (y for y in [1])\nfor i in range(100000):\n    x = (y for y in x)\nreturn list(x)",
        "x = [1]\nfor i in range(100000):\n    x = enumerate(x)\nreturn list(x)",
        "def f(x):\n    yield from x\nx = [1]\nfor i in range(100000):\n    x = f(x)\nreturn list(x)",
        "f = lambda: 1\nfor i in range(100000):\n    f = (lambda g: lambda: g())(f)\nreturn f()",
        "while True:\n    try:\n        continue\n    finally:\n        pass",
    ] {
        assert_stopped(text, true);
    }
}
