//! What the fuzz targets try: nothing in `deskbell` panics, whatever the text, and every offset lies inside it.
//!
//! An input is a text, so that a crash can be read and a seed can be written by hand. `cargo xtask fuzz` writes the seeds
//! from `tests/cases`:
//!
//! - [`message`]: one line with the document and its state (`invoice posted`), then the template.
//! - [`condition`]: the same line with the words `on` or `off` for server scripts and `filters` for the filter editor's
//!   JSON (`ticket stored off`), then the condition.
//! - [`host`]: the same line, a line of JSON that is laid over the site's context, a line of JSON that is laid over the
//!   document, then the template.
//! - [`url`]: one line with the name of a service or nothing, then what was pasted.
//!
//! A line that cannot be read stands for its default, so that no mutation is lost.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use deskbell::api::{self, ChatOptions, ConditionKind, ConditionOptions, Desk, DocTypeMeta, MessageOptions, OpenDocument};
use serde_json::{Map, Value};

const CONTEXT: &str = include_str!("../../tests/cases/desk/context.json");
const INVOICE: &str = include_str!("../../tests/cases/desk/invoice.json");
const TICKET: &str = include_str!("../../tests/cases/desk/ticket.json");

/// The first line and the rest.
fn line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// A document file and a state from `invoice posted`.
fn header(line: &str) -> (&'static str, &'static str) {
    let document = if line.starts_with("invoice") { INVOICE } else { TICKET };
    let state = ["posted", "inserted"].into_iter().find(|state| line.split(' ').any(|word| word == *state));
    (document, state.unwrap_or("stored"))
}

fn object(json: &str) -> Map<String, Value> {
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

fn metas(file: &Value) -> Vec<DocTypeMeta> {
    serde_json::from_value(file["metas"].clone()).expect("the doctypes of the case files can be read")
}

/// Opens the document of `header` with `overlay` laid over it.
fn open(desk: &Desk, header_line: &str, overlay: Map<String, Value>) -> OpenDocument {
    let (file, state) = header(header_line);
    let file: Value = serde_json::from_str(file).expect("the documents of the case files are JSON");
    let mut doc = file["doc"].as_object().expect("a document is an object").clone();
    doc.extend(overlay);
    desk.open(&doc, metas(&file), api::document_state(state).expect("a state of the contract"))
}

/// Renders for every chat in turn: which one is chosen by the text, so that an input is tried the same way again.
fn render(open: &OpenDocument, template: &str) {
    let services: Vec<&str> = api::services(None).into_iter().map(|service| service.name).collect();
    let service = services[template.len() % services.len()];
    let options = MessageOptions { service: Some(service.to_owned()), ..MessageOptions::default() };
    let answer = serde_json::to_value(open.render_message(template, &options)).expect("an answer can be written as JSON");
    let length = template.encode_utf16().count() as u64;
    check_offsets(&answer, length, template);
}

/// Every `start` and `end` of an answer lies inside a text of `length` UTF-16 units.
fn check_offsets(answer: &Value, length: u64, template: &str) {
    match answer {
        Value::Object(entries) => {
            if let (Some(start), Some(end)) =
                (entries.get("start").and_then(Value::as_u64), entries.get("end").and_then(Value::as_u64))
            {
                assert!(start <= end && end <= length, "{start}..{end} is not inside {template:?}");
            }
            entries.values().for_each(|value| check_offsets(value, length, template));
        }
        Value::Array(items) => items.iter().for_each(|value| check_offsets(value, length, template)),
        _ => {}
    }
}

thread_local! {
    /// Documents by header: a page opens one and types many texts.
    static OPEN: RefCell<HashMap<(usize, &'static str), Rc<OpenDocument>>> = RefCell::default();
}

fn desk(overlay: Map<String, Value>) -> Option<Desk> {
    let mut context = object(CONTEXT);
    context.extend(overlay);
    Desk::new(serde_json::from_value(Value::Object(context)).ok()?).ok()
}

/// The document of a header, opened once.
fn opened(first: &str) -> Rc<OpenDocument> {
    let (file, state) = header(first);
    OPEN.with(|open_documents| {
        Rc::clone(open_documents.borrow_mut().entry((file.len(), state)).or_insert_with(|| {
            let desk = desk(Map::new()).expect("the context of the case files can be read");
            Rc::new(open(&desk, first, Map::new()))
        }))
    })
}

/// Any text as a message.
pub fn message(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (first, template) = line(text);
    render(&opened(first), template);
    let desk = desk(Map::new()).expect("the context of the case files can be read");
    let report = serde_json::to_value(desk.validate_template(template)).expect("an answer can be written as JSON");
    check_offsets(&report, template.encode_utf16().count() as u64, template);
}

/// Any text as a condition: on a document, on the blank one of the save, and with every fix that is offered.
pub fn condition(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (first, source) = line(text);
    let has = |wanted: &str| first.split(' ').any(|word| word == wanted);
    let options = ConditionOptions {
        kind: Some(if has("filters") { ConditionKind::Filters } else { ConditionKind::Python }),
        server_scripts: if has("on") { Some(true) } else { has("off").then_some(false) },
    };
    let document = opened(first);
    let check = |source: &str| {
        let report = serde_json::to_value(document.check_condition(source, &options)).expect("an answer is JSON");
        check_condition(&report, source);
        report
    };
    for finding in check(source)["findings"].as_array().into_iter().flatten() {
        if let Some(fix) = finding.get("fix") {
            let fixed = fixed(source, fix);
            assert_ne!(fixed, source, "a fix that changes nothing: {finding}");
            check(&fixed);
        }
    }
    let (file, _) = header(first);
    let file: Value = serde_json::from_str(file).expect("the documents of the case files are JSON");
    let desk = desk(Map::new()).expect("the context of the case files can be read");
    let report = desk.validate_condition(source, metas(&file), &options);
    check_condition(&serde_json::to_value(report).expect("an answer is JSON"), source);
}

/// The text after a fix.
fn fixed(source: &str, fix: &Value) -> String {
    let place = |key: &str| usize::try_from(fix[key].as_u64().expect("a fix has its place")).expect("a small number");
    let units: Vec<u16> = source.encode_utf16().collect();
    let text = |units: &[u16]| String::from_utf16(units).expect("a fix starts and ends between characters");
    let new = fix["text"].as_str().expect("a fix has its text");
    format!("{}{new}{}", text(&units[..place("start")]), text(&units[place("end")..]))
}

/// What holds of every report about a condition.
fn check_condition(report: &Value, source: &str) {
    let length = source.encode_utf16().count() as u64;
    check_offsets(report, length, source);
    check_boundaries(report, &source.encode_utf16().collect::<Vec<_>>());
    let status = report["status"].as_str().expect("a report has a status");
    let some = |key: &str| report[key].as_array().is_some_and(|list| !list.is_empty());
    match status {
        "exact" => {
            assert!(report["outcome"].is_boolean() && report["error"].is_null() && !some("gaps"), "{report}");
            let falsy = matches!(report["value"].as_str(), Some("False" | "None" | "0" | "0.0" | "''" | "[]" | "()" | "{}"));
            assert!(!(falsy && report["outcome"] == true), "{source:?}: {report}");
            let truthy = matches!(report["value"].as_str(), Some("True" | "1" | "1.0" | "-1"));
            assert!(!(truthy && report["outcome"] == false), "{source:?}: {report}");
        }
        "error" => assert!(report["outcome"].is_null() && report["error"].is_object(), "{source:?}: {report}"),
        "server" | "unsupported" => assert!(report["outcome"].is_null() && some("gaps"), "{source:?}: {report}"),
        other => panic!("{other} is no status: {source:?}"),
    }
    for part in report["explanation"].as_array().into_iter().flatten() {
        assert!(part["evaluated"] == true || part["decided"] == false, "{source:?}: {part}");
        assert!(part["expression"].is_string() && part["value"].is_string(), "{source:?}: {part}");
    }
    for finding in report["findings"].as_array().into_iter().flatten() {
        let words = |key: &str| finding[key].as_str().is_some_and(|words| !words.trim().is_empty());
        assert!(words("code") && words("message"), "{source:?}: {finding}");
    }
}

/// No `start` or `end` stands in the middle of a character.
fn check_boundaries(answer: &Value, units: &[u16]) {
    match answer {
        Value::Object(entries) => {
            for key in ["start", "end"] {
                if let Some(place) = entries.get(key).and_then(Value::as_u64) {
                    let place = usize::try_from(place).expect("a small number");
                    let low = units.get(place).is_some_and(|unit| (0xdc00..0xe000).contains(unit));
                    assert!(!low, "{key} {place} is inside a character of {:?}", String::from_utf16_lossy(units));
                }
            }
            entries.values().for_each(|value| check_boundaries(value, units));
        }
        Value::Array(items) => items.iter().for_each(|value| check_boundaries(value, units)),
        _ => {}
    }
}

/// Pieces of the secrets of the case files, as no sentence may repeat them.
const SECRETS: [&str; 3] = ["FAKEfakeFAKE", "bywsw8zt5jgp", "fakePASSWORD"];

/// Rounds of fixes that a text may need: wrappers nest, and each round takes some away.
const ROUNDS: usize = 40;

/// Any text as a webhook URL, with every fix that is offered, one by one and together, until none is left.
pub fn url(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (service, pasted) = line(text);
    let mut seen = HashSet::new();
    let mut text = pasted.to_owned();
    while seen.insert(text.clone()) {
        assert!(seen.len() < ROUNDS, "{pasted:?} is mended for ever: {text:?}");
        let report = check_url(service, &text);
        let fixes = fixes(&report);
        for fix in &fixes {
            let fixed = fixed(&text, fix);
            assert_ne!(fixed, text, "a fix that changes nothing: {fix}");
            check_url(service, &fixed);
        }
        // From the last place to the first, as the contract says.
        let together = fixes.iter().rev().fold(text.clone(), |text, fix| self::fixed(&text, fix));
        if fixes.is_empty() {
            return;
        }
        assert!(!seen.contains(&together), "the fixes of {text:?} lead back to {together:?}");
        text = together;
    }
}

/// The fixes of a report by their places.
fn fixes(report: &Value) -> Vec<Value> {
    let list = report["findings"].as_array().into_iter().flatten();
    let mut fixes: Vec<Value> = list.filter_map(|finding| finding.get("fix").cloned()).collect();
    fixes.sort_by_key(|fix| (fix["end"].as_u64(), fix["start"].as_u64()));
    for pair in fixes.windows(2) {
        assert!(pair[0]["end"].as_u64() <= pair[1]["start"].as_u64(), "fixes that overlap: {pair:?}");
    }
    fixes
}

fn check_url(service: &str, text: &str) -> Value {
    let mut last = Value::Null;
    for lang in ["fr", "en"] {
        let options = ChatOptions {
            page_origin: Some("https://erp.example.com".to_owned()),
            lang: Some(lang.to_owned()),
            ..ChatOptions::default()
        };
        let report = api::check_webhook_url(service, text, &options);
        last = serde_json::to_value(report).expect("an answer can be written as JSON");
        check_offsets(&last, text.encode_utf16().count() as u64, text);
        check_boundaries(&last, &text.encode_utf16().collect::<Vec<_>>());
        let masked = last["masked"].as_str().expect("a report has a masked form");
        let tail = masked.rsplit_once('…').map_or(0, |(_, tail)| tail.chars().count());
        assert!(tail <= 4, "{masked} shows too much of {text:?}");
        let said = format!("{masked} {}", last["findings"]);
        // The name of a server is shown, whatever it is.
        let host = masked.split('/').next().unwrap_or_default();
        for secret in SECRETS {
            assert!(!said.contains(secret) || host.contains(secret), "{said} tells the secret of {text:?}");
        }
        assert!(last["verdict"] == "invalid" || last["url"].is_string(), "{last}");
        for finding in last["findings"].as_array().into_iter().flatten() {
            let message = finding["message"].as_str().unwrap_or_default();
            assert!(!message.is_empty() && finding["code"] != message, "{finding}");
        }
    }
    assert_eq!(api::detect_service(text).is_some(), !last["looksLike"].is_null(), "{text:?}");
    last
}

/// Any values and settings, read by any message.
pub fn host(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (first, rest) = line(text);
    let (context, rest) = line(rest);
    let (overlay, template) = line(rest);
    // A context that the page may not hand over is refused with a sentence; that too must not panic.
    let Some(desk) = desk(object(context)) else { return };
    render(&open(&desk, first, object(overlay)), template);
}

/// Most time that a chat may take for a text of 4 kB, on a busy machine: far more than linear work needs.
const LOOK: std::time::Duration = std::time::Duration::from_secs(2);

/// Any text as each chat draws it: balanced HTML of the few elements and attributes that a look has.
pub fn look(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let context: deskbell::api::HostContext = serde_json::from_str(CONTEXT).expect("the context of the case files can be read");
    let context = context.into_core().expect("a context of the contract");
    for name in deskbell::services::ServiceName::ALL {
        let start = std::time::Instant::now();
        let drawn = deskbell::look::draw(name, text, &[], Some("https://erp.example.com/app/x"), &context);
        assert!(start.elapsed() < LOOK, "{name:?} took {:?} for {text:?}", start.elapsed());
        if let Some(html) = drawn {
            check_html(&html);
        }
    }
}

/// Every element is known and closed, every attribute is a known one, nothing leads anywhere.
fn check_html(html: &str) {
    const ELEMENTS: [&str; 22] = [
        "blockquote", "br", "code", "div", "em", "hr", "li", "mark", "ol", "p", "pre", "s", "span", "strong", "sub", "table",
        "tbody", "td", "th", "thead", "tr", "u",
    ];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((_, tail)) = rest.split_once('<') {
        let (tag, after) = tail.split_once('>').unwrap_or_else(|| panic!("a tag without its end in {html:?}"));
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html:?}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&name) || name == "ul", "<{name}> in {html:?}");
        let mut attributes = attributes;
        while !attributes.is_empty() {
            let start = ["class=\"deskbell-", "start=\"", "title=\""].iter().find_map(|start| attributes.strip_prefix(start));
            let value = start.unwrap_or_else(|| panic!("{attributes} in {html:?}"));
            let (_, next) = value.split_once('"').unwrap_or_else(|| panic!("a value without its end in {html:?}"));
            attributes = next.trim_start_matches(' ');
        }
        if !["br", "hr"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open in {html:?}");
}
