//! The TypeScript contract that ships and the Rust structs behind it say the same names.
//!
//! `tests/wasm` checks the functions and classes against the built package; here stand the fields, which only Rust knows.

use std::collections::{BTreeMap, BTreeSet};

use deskbell::api;
use serde::Deserialize;
use serde::de::{self, Visitor};

const CONTRACT: &str = include_str!("../../src/wasm/contract.d.ts");

/// The fields of every `export interface` of the contract; nested object types are left out.
fn interfaces() -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for part in CONTRACT.split("export interface ").skip(1) {
        let (name, rest) = part.split_once(" {").unwrap();
        let (mut depth, mut fields, mut field) = (0, BTreeSet::new(), String::new());
        let mut in_comment = false;
        let body = rest.chars().collect::<Vec<_>>();
        for (index, &c) in body.iter().enumerate() {
            let pair: String = body[index..body.len().min(index + 2)].iter().collect();
            if in_comment {
                in_comment = !(c == '/' && index > 0 && body[index - 1] == '*');
                continue;
            }
            match c {
                '/' if pair == "/*" => in_comment = true,
                '{' | '<' | '(' => depth += 1,
                '}' if depth == 0 => break,
                '}' | '>' | ')' => depth -= 1,
                ':' if depth == 0 => {
                    let name = field.trim().trim_end_matches('?').to_owned();
                    if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                        fields.insert(name);
                    }
                }
                _ => {}
            }
            if matches!(c, ';' | '{' | '}') || c == '\n' && depth == 0 { field.clear() } else { field.push(c) }
        }
        found.insert(name.trim().to_owned(), fields);
    }
    found
}

/// The fields that a struct reads, as its derived `Deserialize` names them.
fn read_by<'de, T: Deserialize<'de>>() -> BTreeSet<String> {
    struct Fields<'a>(&'a mut BTreeSet<String>);
    impl<'de> de::Deserializer<'de> for Fields<'_> {
        type Error = de::value::Error;
        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(de::Error::custom("only structs"))
        }
        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Self::Error> {
            self.0.extend(fields.iter().map(|field| (*field).to_owned()));
            self.deserialize_any(visitor)
        }
        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }
    let mut fields = BTreeSet::new();
    let read = T::deserialize(Fields(&mut fields));
    assert!(read.is_err(), "the probe holds no value");
    fields
}

/// The fields that a struct writes when nothing is absent.
fn written(value: &impl serde::Serialize) -> BTreeSet<String> {
    serde_json::to_value(value).unwrap().as_object().unwrap().keys().cloned().collect()
}

#[test]
fn what_is_read_is_what_the_contract_says() {
    let contract = interfaces();
    assert_eq!(contract["HostContext"], read_by::<api::HostContext>());
    assert_eq!(contract["ConditionOptions"], read_by::<api::ConditionOptions>());
    assert_eq!(contract["ReplayOptions"], read_by::<api::ReplayOptions>());
    assert_eq!(contract["MessageOptions"], read_by::<api::MessageOptions>());
    assert_eq!(contract["DocTypeMeta"], read_by::<api::DocTypeMeta>());
    assert_eq!(contract["ServerAnswer"], read_by::<api::ServerAnswer>());
}

#[test]
fn what_is_written_is_what_the_contract_says() {
    let contract = interfaces();
    let consequence = api::ErrorConsequence { code: "", message: String::new() };
    let error = api::HostError {
        kind: "",
        message: String::new(),
        line: Some(1),
        start: Some(0),
        end: Some(0),
        consequence: Some(consequence),
    };
    assert_eq!(contract["HostError"], written(&error));
    let fix = api::FindingFix { label: String::new(), start: 0, end: 0, text: String::new() };
    let finding = api::FindingReport {
        severity: "",
        code: "",
        message: String::new(),
        start: Some(0),
        end: Some(0),
        fix: Some(fix),
    };
    assert_eq!(contract["Finding"], written(&finding));
    let gap = api::GapReport {
        expression: String::new(),
        reason: String::new(),
        start: 0,
        end: 0,
        question: Some(serde_json::Map::new()),
        answer: Some(api::GapAnswer { asked_at: String::new() }),
    };
    assert_eq!(contract["Gap"], written(&gap));
    let message = api::MessageReport {
        status: "",
        text: None,
        gaps: Vec::new(),
        error: None,
        findings: Vec::new(),
        reads: Vec::new(),
        look: Some(String::new()),
        look_unsure: Some(String::new()),
        payload: Some(String::new()),
        from_server: vec![api::TextPart { start: 0, end: 0 }],
        size: Some(api::MessageSize { length: 0, max: 0, unit: "" }),
    };
    assert_eq!(contract["MessageReport"], written(&message));
    assert_eq!(contract["LookComparison"], written(&api::LookComparison::default()));
    let difference = api::LookDifference { start: 0, end: 0, ways: Vec::new() };
    assert_eq!(contract["LookDifference"], written(&difference));
    let condition = api::ConditionReport {
        status: "",
        outcome: None,
        value: None,
        value_type: None,
        error: None,
        gaps: Vec::new(),
        findings: Vec::new(),
        explanation: Vec::new(),
        as_python: None,
        as_python_is_meant: false,
        may_raise: Vec::new(),
    };
    assert_eq!(contract["ConditionReport"], written(&condition));
    assert_eq!(contract["ReplayReport"], written(&api::ReplayReport::default()));
    let plan = api::plan_test(
        "Google Chat",
        "https://chat.googleapis.com/v1/spaces/AAAAfake/messages?key=fake&token=fake",
        &api::PlannedMessage::default(),
        &api::ChatOptions::default(),
    );
    assert_eq!(contract["RequestPlan"], written(&plan.unwrap()));
    let probe = api::plan_probe("Ntfy", "", &api::ChatOptions::default());
    assert_eq!(contract["ProbePlan"], written(&probe.unwrap()));
    let url = api::check_webhook_url("Slack", "", &api::ChatOptions::default());
    assert_eq!(contract["UrlReport"], written(&url));
    let delivery = api::interpret_response("Slack", 200, &[], "ok", None, None).unwrap();
    assert_eq!(contract["DeliveryReport"], written(&delivery));
    assert_eq!(contract["ServiceInfo"], written(&api::services(None)[0]));
}
