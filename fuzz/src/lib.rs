//! What the fuzz targets try: nothing in `deskbell` panics, whatever the text, and every offset lies inside it.
//!
//! An input is a text, so that a crash can be read and a seed can be written by hand. `cargo xtask fuzz` writes the seeds
//! from `tests/cases`:
//!
//! - [`message`]: one line with the document and its state (`invoice posted`), then the template.
//! - [`host`]: the same line, a line of JSON that is laid over the site's context, a line of JSON that is laid over the
//!   document, then the template.
//!
//! A line that cannot be read stands for its default, so that no mutation is lost.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use deskbell::api::{self, Desk, DocTypeMeta, MessageOptions, OpenDocument};
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
    let state = ["posted", "inserted"].into_iter().find(|state| line.ends_with(state));
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

/// Any text as a message.
pub fn message(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (first, template) = line(text);
    let (file, state) = header(first);
    let document = OPEN.with(|open_documents| {
        Rc::clone(open_documents.borrow_mut().entry((file.len(), state)).or_insert_with(|| {
            let desk = desk(Map::new()).expect("the context of the case files can be read");
            Rc::new(open(&desk, first, Map::new()))
        }))
    });
    render(&document, template);
    let desk = desk(Map::new()).expect("the context of the case files can be read");
    let report = serde_json::to_value(desk.validate_template(template)).expect("an answer can be written as JSON");
    check_offsets(&report, template.encode_utf16().count() as u64, template);
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
