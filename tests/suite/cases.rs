//! Runs every case file of `tests/cases` through [`deskbell::api`], as `tests/wasm` runs them through `pkg/`.
//!
//! A file names one behaviour, where its expectations come from, and its cases; `expect` names the parts of the answer
//! that matter (see CONTRIBUTING.md, "add a case").

use std::path::{Path, PathBuf};

use deskbell::api::{self, Desk};
use serde_json::{Map, Value, json};

/// The folder of this package.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn desk_file(name: &str) -> Value {
    read(&root().join("tests/cases/desk").join(format!("{name}.json")))
}

/// All case files, sorted by path.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "desk") {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
}

/// The texts of all cases: what mutation starts from.
pub fn seeds() -> Vec<String> {
    let mut paths = Vec::new();
    files(&root().join("tests/cases"), &mut paths);
    let cases = paths.iter().filter_map(|path| read(path)["cases"].as_array().cloned()).flatten();
    cases
        .filter_map(|case| {
            case["arguments"]
                .as_array()?
                .iter()
                .find_map(|text| text.as_str().filter(|text| text.len() > 3).map(str::to_owned))
        })
        .collect()
}

/// Every case that renders a message, with the name of its file.
pub fn message_cases() -> Vec<(String, Value)> {
    let mut paths = Vec::new();
    files(&root().join("tests/cases"), &mut paths);
    let cases = paths.iter().flat_map(|path| {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        read(path)["cases"].as_array().cloned().unwrap_or_default().into_iter().map(move |case| (name.clone(), case))
    });
    cases.filter(|(_, case)| case["call"] == "renderMessage").collect()
}

/// A text with a fix applied, whose offsets are UTF-16.
pub fn applied(text: &str, place: std::ops::Range<usize>, replacement: &str) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let part = |range: &[u16]| String::from_utf16(range).unwrap();
    format!("{}{replacement}{}", part(&units[..place.start]), part(&units[place.end..]))
}

/// What one case asks for, with the defaults filled in.
pub struct Case<'a> {
    case: &'a Value,
    arguments: Vec<Value>,
}

impl<'a> Case<'a> {
    pub fn new(case: &'a Value) -> Self {
        Self { case, arguments: case["arguments"].as_array().cloned().unwrap_or_default() }
    }

    /// The report of another text in the place of the case's own.
    pub fn render(&self, text: &str) -> Value {
        serde_json::to_value(self.open().render_message(text, &self.options(1))).unwrap()
    }

    fn desk(&self) -> Desk {
        let mut context = desk_file("context");
        if let Some(overrides) = self.case["context"].as_object() {
            context.as_object_mut().unwrap().extend(overrides.clone());
        }
        Desk::new(serde_json::from_value(context).unwrap()).unwrap()
    }

    fn open_file(&self) -> Value {
        desk_file(self.case["doc"].as_str().unwrap_or("ticket"))
    }

    /// The document, with the case's `set` laid over it (null removes a field).
    fn document(&self) -> Map<String, Value> {
        self.laid_over(self.case["set"].as_object().unwrap_or(&Map::new()))
    }

    fn laid_over(&self, set: &Map<String, Value>) -> Map<String, Value> {
        let mut doc = self.open_file()["doc"].as_object().unwrap().clone();
        for (field, value) in set {
            if value.is_null() {
                doc.remove(field)
            } else {
                doc.insert(field.clone(), value.clone())
            };
        }
        doc
    }

    fn metas(&self) -> Vec<api::DocTypeMeta> {
        serde_json::from_value(self.open_file()["metas"].clone()).unwrap()
    }

    fn open(&self) -> api::OpenDocument {
        let state = api::document_state(self.case["state"].as_str().unwrap_or("stored")).unwrap();
        let before = self.case["before"].as_object().map(|set| self.laid_over(set));
        self.desk().open_in_save(&self.document(), self.metas(), state, before.as_ref())
    }

    pub fn text(&self, index: usize) -> &str {
        self.arguments.get(index).and_then(Value::as_str).unwrap_or_default()
    }

    fn offset(&self, index: usize) -> usize {
        self.arguments.get(index).and_then(Value::as_u64).unwrap_or_default() as usize
    }

    fn options<T: serde::de::DeserializeOwned + Default>(&self, index: usize) -> T {
        self.arguments
            .get(index)
            .filter(|value| !value.is_null())
            .map_or_else(T::default, |value| serde_json::from_value(value.clone()).unwrap())
    }

    fn answer(&self) -> Value {
        let packed = match self.case["call"].as_str().unwrap() {
            "renderMessage" => serde_json::to_value(self.open().render_message(self.text(0), &self.options(1))),
            "compareLooks" => serde_json::to_value(self.open().compare_looks(self.text(0), &self.options(1))),
            "checkCondition" => serde_json::to_value(self.open().check_condition(self.text(0), &self.options(1))),
            "valueChange" => serde_json::to_value(self.open().value_change(self.text(0))),
            "fields" => serde_json::to_value(self.open().fields(self.text(0), self.text(1), self.offset(2)).unwrap()),
            "complete" => {
                serde_json::to_value(self.open().complete(self.text(0), self.text(1), self.offset(2)).unwrap())
            }
            "validateCondition" => {
                serde_json::to_value(self.desk().validate_condition(self.text(0), self.metas(), &self.options(1)))
            }
            "validateTemplate" => serde_json::to_value(self.desk().validate_template(self.text(0))),
            "statesFor" => serde_json::to_value(self.desk().states_for(self.text(0))),
            "replay" => {
                let docs: Vec<Map<String, Value>> = self.options(1);
                let state = api::document_state(self.case["state"].as_str().unwrap_or("stored")).unwrap();
                serde_json::to_value(self.desk().replay(self.text(0), &docs, self.metas(), state, &self.options(2)))
            }
            "services" => serde_json::to_value(api::services(self.arguments.first().and_then(Value::as_str))),
            "detectService" => serde_json::to_value(api::detect_service(self.text(0))),
            "checkWebhookUrl" => {
                serde_json::to_value(api::check_webhook_url(self.text(0), self.text(1), &self.options(2)))
            }
            "planTest" => serde_json::to_value(
                api::plan_test(self.text(0), self.text(1), &self.options(2), &self.options(3)).unwrap(),
            ),
            "planProbe" => serde_json::to_value(api::plan_probe(self.text(0), self.text(1), &self.options(2)).unwrap()),
            "interpretResponse" | "interpretProbe" => {
                let headers: std::collections::BTreeMap<String, String> = self.options(2);
                let headers: Vec<_> = headers.into_iter().collect();
                let status = u16::try_from(self.arguments[1].as_u64().unwrap()).unwrap();
                let lang = self.arguments.get(4).and_then(Value::as_str);
                let probe = self.case["call"] == "interpretProbe";
                let interpret = if probe { api::interpret_probe } else { api::interpret_response };
                let report = interpret(self.text(0), status, &headers, self.text(3), None, lang);
                serde_json::to_value(report.unwrap())
            }
            other => panic!("no such call: {other}"),
        };
        packed.unwrap()
    }
}

/// Where the answer differs from what is expected; `None` when it agrees.
fn difference(expected: &Value, answer: &Value, place: &str) -> Option<String> {
    match (expected, answer) {
        (Value::Object(wanted), _) if wanted.contains_key("$contains") => {
            let found = answer
                .as_array()
                .is_some_and(|items| items.iter().any(|item| difference(&wanted["$contains"], item, place).is_none()));
            (!found).then(|| format!("{place}: expected an element like {}, but found {answer}", wanted["$contains"]))
        }
        (Value::Object(wanted), Value::Object(found)) => wanted.iter().find_map(|(key, value)| {
            difference(value, found.get(key).unwrap_or(&Value::Null), &format!("{place}.{key}"))
        }),
        (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => wanted
            .iter()
            .zip(found)
            .enumerate()
            .find_map(|(index, (wanted, found))| difference(wanted, found, &format!("{place}[{index}]"))),
        _ => (expected != answer).then(|| format!("{place}: expected {expected}, but found {answer}")),
    }
}

#[test]
fn every_case_holds() {
    let mut paths = Vec::new();
    files(&root().join("tests/cases"), &mut paths);
    let (mut run, mut failures) = (0, Vec::new());
    for path in paths {
        if path.parent().is_some_and(|folder| folder.ends_with("desk")) {
            continue;
        }
        let file = read(&path);
        for key in ["behaviour", "source"] {
            assert!(file[key].as_str().is_some_and(|text| !text.is_empty()), "{}: no {key}", path.display());
        }
        for (index, case) in file["cases"].as_array().unwrap().iter().enumerate() {
            run += 1;
            assert!(
                case["expect"].as_object().is_some_and(|expect| !expect.is_empty())
                    || !case["expect"].is_object() && !case["expect"].is_null(),
                "{} case {index} expects nothing",
                path.display()
            );
            let answer = Case::new(case).answer();
            if let Some(difference) = difference(&case["expect"], &answer, "") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                failures.push(format!("{name} case {index} {}\n    {difference}", case["arguments"]));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {run} cases fail:\n{}", failures.len(), failures.join("\n"));
    assert!(run > 0, "no case was found");
}

#[test]
fn the_comparison_itself_can_fail() {
    assert!(difference(&json!({"a": 1}), &json!({"a": 2, "b": 3}), "").is_some());
    assert!(difference(&json!({"a": 1}), &json!({"a": 1, "b": 3}), "").is_none());
    assert!(difference(&json!([1]), &json!([1, 2]), "").is_some());
    assert!(difference(&json!({"$contains": {"a": 1}}), &json!([{"a": 2}, {"a": 1}]), "").is_none());
    assert!(difference(&json!({"$contains": {"a": 1}}), &json!([{"a": 2}]), "").is_some());
}
