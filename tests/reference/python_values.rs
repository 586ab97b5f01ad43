//! Operators, methods, builtins and formats beside CPython 3.11: `python_values.py` makes random calls and answers them,
//! and `deskbell::python` must answer the same or `Unsupported`.
//!
//! `DESKBELL_SEED` and `DESKBELL_CASES` choose other calls than the fixed few thousand. A call that differs is made smaller
//! (`smaller.rs`) before it is shown. There is no ledger of known differences here, because none is known.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::rc::Rc;

use deskbell::python::datetime::{Date, DateTime, Time, TimeDelta};
use deskbell::python::operators::{Binary, Comparison, Unary};
use deskbell::python::{Arguments, Budget, Dict, Int, Outcome, Stop, Value, access, builtins, format, operators, show};
use serde_json::Value as Json;

use crate::{python, smaller};

/// The lines of `python_values.py`, or `None` when there is no CPython 3.11.
fn python(mode: &str, seed: &str, cases: &str) -> Option<String> {
    let mut script = python::script("python_values.py", &[]);
    script.args([mode, seed, cases]);
    python::lines(script)
}

fn whole(json: &Json) -> Int {
    json.as_str().unwrap().parse::<num_bigint::BigInt>().unwrap().into()
}

fn float(json: &Json) -> f64 {
    f64::from_bits(u64::from_str_radix(json.as_str().unwrap(), 16).unwrap())
}

fn number<T: TryFrom<i64>>(json: &Json, place: usize) -> T {
    T::try_from(json[place].as_i64().unwrap()).ok().unwrap()
}

fn value(json: &Json) -> Value {
    let items = |json: &Json| json.as_array().unwrap().iter().map(value).collect::<Vec<_>>();
    let Some((kind, inner)) = json.as_object().and_then(|object| object.iter().next()) else {
        return match json {
            Json::Null => Value::None,
            Json::Bool(value) => Value::Bool(*value),
            Json::String(text) => Value::str(text),
            _ => panic!("{json}"),
        };
    };
    let time = |from: usize| {
        Time::new(number(inner, from), number(inner, from + 1), number(inner, from + 2), number(inner, from + 3))
            .unwrap()
    };
    match kind.as_str() {
        "i" => Value::Int(whole(inner)),
        "f" => Value::Float(float(inner)),
        "c" => Value::Complex(float(&inner[0]), float(&inner[1])),
        "b" => Value::Bytes(
            inner.as_array().unwrap().iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect(),
        ),
        "l" => Value::list(items(inner)),
        "t" => Value::tuple(items(inner)),
        "d" | "s" => {
            let mut dict = Dict::default();
            for entry in inner.as_array().unwrap() {
                if kind == "d" {
                    dict.insert(value(&entry[0]), value(&entry[1])).unwrap();
                } else {
                    dict.insert(value(entry), Value::None).unwrap();
                }
            }
            if kind == "d" { Value::dict(dict) } else { Value::set(dict) }
        }
        "r" => Value::Range(Rc::new((whole(&inner[0]), whole(&inner[1]), whole(&inner[2])))),
        "sl" => Value::slice(value(&inner[0]), value(&inner[1]), value(&inner[2])),
        "date" => Value::Date(Date::new(number(inner, 0), number(inner, 1), number(inner, 2)).unwrap()),
        "dt" => Value::DateTime(DateTime {
            date: Date::new(number(inner, 0), number(inner, 1), number(inner, 2)).unwrap(),
            time: time(3),
        }),
        "time" => Value::Time(time(0)),
        "td" => Value::TimeDelta(TimeDelta::new(inner.as_str().unwrap().parse().unwrap()).unwrap()),
        "builtin" => builtins::builtin(inner.as_str().unwrap()).unwrap_or(Value::None),
        _ => panic!("{json}"),
    }
}

fn binary(symbol: &str) -> Option<Binary> {
    use Binary::{
        Add, BitAnd, BitOr, BitXor, Divide, FloorDivide, MatrixMultiply, Modulo, Multiply, Power, ShiftLeft,
        ShiftRight, Subtract,
    };
    [
        ("+", Add),
        ("-", Subtract),
        ("*", Multiply),
        ("/", Divide),
        ("//", FloorDivide),
        ("%", Modulo),
        ("**", Power),
        ("@", MatrixMultiply),
        ("<<", ShiftLeft),
        (">>", ShiftRight),
        ("&", BitAnd),
        ("|", BitOr),
        ("^", BitXor),
    ]
    .into_iter()
    .find(|(name, _)| *name == symbol)
    .map(|(_, operator)| operator)
}

fn comparison(symbol: &str) -> Option<Comparison> {
    use Comparison::{Equal, Greater, GreaterOrEqual, In, Is, IsNot, Less, LessOrEqual, NotEqual, NotIn};
    [Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, In, NotIn, Is, IsNot]
        .into_iter()
        .find(|operator| operator.symbol() == symbol)
}

fn run(case: &Json, values: &[Value], budget: &Budget) -> Outcome<Value> {
    let operation = case["op"].as_str().unwrap();
    let keyword: Vec<(Rc<str>, Value)> = case["kw"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, json)| (Rc::from(name.as_str()), value(json)))
        .collect();
    if let Some(operator) = binary(operation) {
        return operators::binary(operator, &values[0], &values[1], budget);
    }
    if let Some(operator) = comparison(operation) {
        return operators::compare(operator, &values[0], &values[1], budget).map(Value::Bool);
    }
    match operation {
        "neg" => operators::unary(Unary::Negative, &values[0], budget),
        "pos" => operators::unary(Unary::Positive, &values[0], budget),
        "invert" => operators::unary(Unary::Invert, &values[0], budget),
        "truth" => operators::truth(&values[0]).map(Value::Bool),
        "str" => show::str(&values[0], budget).map(Value::from),
        "repr" => show::repr(&values[0], budget).map(Value::from),
        "item" => access::item(&values[0], &values[1], budget),
        "len" => access::length(&values[0]).map(Value::from),
        "list" => access::iterate(&values[0], budget).map(Value::list),
        "call" => access::call(&values[0], Arguments { positional: values[1..].to_vec(), keyword }, budget),
        "format" => format::format(&values[0], values[1].as_str().unwrap(), budget).map(Value::from),
        "attr" => match access::attribute(&values[0], values[1].as_str().unwrap())? {
            Some(value) => Ok(value),
            None => Err(access::no_attribute(&values[0], values[1].as_str().unwrap())),
        },
        _ => match operation.split_once(':') {
            Some(("method", name)) => {
                access::call_method(&values[0], name, Arguments { positional: values[1..].to_vec(), keyword }, budget)
            }
            Some(("builtin", name)) => match builtins::builtin(name) {
                Some(function) => access::call(&function, Arguments { positional: values.to_vec(), keyword }, budget),
                None => Err(Stop::unsupported(name)),
            },
            _ => panic!("{operation}"),
        },
    }
}

/// What Python shows of the answer: its repr or its error, and the arguments afterwards when they may have changed.
fn shown(case: &Json, budget: &Budget) -> Result<String, String> {
    let values: Vec<Value> = case["args"].as_array().unwrap().iter().map(value).collect();
    let walked = |value: Value| match value.downcast::<builtins::Iter>() {
        Some(_) => access::iterate(&value, budget).map(Value::list),
        None => Ok(value),
    };
    let mut text = match run(case, &values, budget).and_then(walked).and_then(|value| show::repr(&value, budget)) {
        Ok(text) => text,
        Err(Stop::Raise(error)) => format!("{}: {}", error.kind, error.message),
        Err(Stop::Unsupported(what)) => return Err(what),
        Err(stop) => return Err(format!("{stop:?}")),
    };
    if case["after"].is_string() {
        text.push_str(" after ");
        text.push_str(&show::repr(&values[0], budget).map_err(|stop| format!("{stop:?}"))?);
    }
    Ok(text)
}

/// `None` when both answer the same, else both answers; `Err` names what is unsupported here.
fn judged(case: &Json) -> Result<Option<String>, String> {
    let want = match case["after"].as_str() {
        Some(after) => format!("{} after {after}", case["want"].as_str().unwrap()),
        None => case["want"].as_str().unwrap().to_owned(),
    };
    let found = shown(case, &Budget::default())?;
    let call = case["shown"].as_str().unwrap();
    Ok((found != want).then(|| format!("{call}\n  CPython {want}\n  here    {found}")))
}

fn differs(case: &Json) -> bool {
    matches!(judged(case), Ok(Some(_)))
}

/// What CPython answers to calls that are not its own; a call that cannot be tried is left out.
fn answered(calls: &[Json]) -> Vec<Json> {
    let mut script = python::script("python_values.py", &[]);
    script.args(["answers", "0", "0"]);
    let input: String = calls.iter().map(|call| format!("{call}\n")).collect();
    let lines = python::answer(script, &input).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).filter(|line: &Json| line.is_object()).collect()
}

#[test]
fn a_call_that_differs_is_made_smaller() {
    if python("operators", "1", "1").is_none() {
        eprintln!("skipped: python3 is not CPython 3.11");
        return;
    }
    // As if every sum with a text in a list were wrong.
    let call =
        serde_json::json!({"op": "+", "args": [{"l": [{"i": "12"}, "abcdef", null]}, {"l": [{"i": "3"}, true]}]});
    let wrong = |case: &Json| case["op"] == "+" && case["want"].as_str().is_some_and(|want| want.contains('\''));
    let start = answered(&[call]).remove(0);
    assert!(wrong(&start));
    assert_eq!(smaller::smallest(&start, answered, wrong)["shown"], "+ [[''], []] ");
}

fn compare(mode: &str, cases: &str) {
    let seed = std::env::var("DESKBELL_SEED").unwrap_or_else(|_| "1".to_owned());
    let cases = std::env::var("DESKBELL_CASES").unwrap_or_else(|_| cases.to_owned());
    let Some(lines) = python(mode, &seed, &cases) else {
        eprintln!("skipped: python3 is not CPython 3.11");
        return;
    };
    check(mode, &lines);
}

/// The answers that CPython 3.11 gave once, for machines without it: `python_values.py MODE 0 300`, one file per mode.
#[test]
fn kept_answers_hold() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/cpython");
    for mode in ["operators", "methods", "formats", "builtins"] {
        check(mode, &std::fs::read_to_string(format!("{folder}/{mode}.jsonl")).unwrap());
    }
}

fn check(mode: &str, lines: &str) {
    let (mut agreed, mut wrong, mut unsure) = (0, Vec::new(), BTreeMap::<String, usize>::new());
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        match judged(&case) {
            Ok(None) => agreed += 1,
            Ok(Some(_)) => wrong.push(case),
            Err(what) => *unsure.entry(format!("{}: {what}", case["op"].as_str().unwrap())).or_default() += 1,
        }
    }
    let mut unsure: Vec<_> = unsure.into_iter().collect();
    unsure.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let total: usize = unsure.iter().map(|(_, count)| count).sum();
    eprintln!("{mode}: {agreed} agree, {} differ, {total} unsupported", wrong.len());
    if std::env::var("DESKBELL_SHOW").is_ok() {
        for (what, count) in unsure.iter().take(60) {
            eprintln!("  {count:5} {what}");
        }
    }
    let shown = |case: &Json| judged(case).ok().flatten().unwrap_or_default();
    // A few are enough to see what is wrong, and each costs some runs of Python.
    let spread = wrong.iter().step_by((wrong.len() / 10).max(1)).take(10);
    let examples: Vec<String> = spread.map(|case| shown(&smaller::smallest(case, answered, differs))).collect();
    assert!(wrong.is_empty(), "{} differences, for example\n{}", wrong.len(), examples.join("\n"));
    assert!(agreed > total, "more than half is unsupported");
}

#[test]
fn operators_answer_as_cpython() {
    compare("operators", "6000");
}

#[test]
fn complex_numbers_answer_as_cpython() {
    compare("complexes", "6000");
}

#[test]
fn methods_answer_as_cpython() {
    compare("methods", "6000");
}

#[test]
fn formats_answer_as_cpython() {
    compare("formats", "6000");
}

#[test]
fn builtins_answer_as_cpython() {
    compare("builtins", "6000");
}

/// Every property that `str` methods use, for every character that is not one of a long run of like ones.
#[test]
fn characters_are_as_cpython_knows_them() {
    let Some(lines) = python("characters", "1", "1") else {
        eprintln!("skipped: python3 is not CPython 3.11");
        return;
    };
    let methods = [
        "upper",
        "lower",
        "title",
        "casefold",
        "swapcase",
        "isalpha",
        "isdecimal",
        "isdigit",
        "isnumeric",
        "isalnum",
        "isspace",
        "isprintable",
        "islower",
        "isupper",
        "istitle",
    ];
    let (mut wrong, mut unsure) = (Vec::new(), 0);
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let text = Value::str(case[0].as_str().unwrap());
        for (method, want) in methods.iter().zip(case[1].as_array().unwrap()) {
            let budget = Budget::default();
            match access::call_method(&text, method, Arguments::default(), &budget) {
                Ok(found) if operators::equals(&found, &value(want), &budget).unwrap() => {}
                Err(Stop::Unsupported(_)) => unsure += 1,
                other => wrong.push(format!("{line} {method} {other:?}")),
            }
        }
    }
    eprintln!("characters: {} differ, {unsure} unsupported", wrong.len());
    assert!(wrong.is_empty(), "{} differences, for example\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(unsure < 5_000, "{unsure} unsupported");
}
