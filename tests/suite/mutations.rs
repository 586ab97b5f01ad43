//! Nothing panics, whatever the text: the case files are seeds, mutated as typing and pasting mutate them.
//!
//! The same seed gives the same run. `DESKBELL_MUTATIONS` sets how many texts are tried (default 4,000), `DESKBELL_SEED`
//! another run. The offsets of every answer must lie inside the text.

use deskbell::api::{self, Desk};
use serde_json::Value;

use crate::cases;

/// Fragments that unbalance, nest, escape or overflow.
const FRAGMENTS: &[&str] = &[
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{% for i in range(9) %}",
    "{% endfor %}",
    "{% if x %}",
    "{% endif %}",
    "((",
    "))",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "\\",
    "\n",
    "\r\n",
    "\u{a0}",
    "\u{200b}",
    "é",
    "😀",
    "\u{0}",
    " and ",
    " or ",
    " not ",
    " in ",
    " is ",
    " if ",
    " else ",
    "**",
    "//",
    "<<",
    "lambda: ",
    "==",
    "<=",
    ":",
    ",",
    ".",
    "..",
    "_",
    "__",
    "|",
    "~",
    "%",
    "f'{x",
    "1e999",
    "0x",
    "9",
    "99999999999999999999",
    "doc",
    "doc.",
    "doc.items",
    ".format(",
    "*",
    "_x_",
    "`",
    "```",
    "<",
    ">",
    "&",
    "&lt;",
    "<https://x|y>",
    "[a](b)",
    "https://",
    "@",
    ":smile:",
    "#",
    "curl -X POST ",
];

/// A small generator of numbers that repeats itself from one seed (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

fn mutate(text: &str, seeds: &[String], random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(characters.len() + 1);
        match random.below(5) {
            0 => {
                let end = (at + random.below(6)).min(characters.len());
                characters.drain(at..end);
            }
            1 => {
                let other: Vec<char> = seeds[random.below(seeds.len())].chars().collect();
                let start = random.below(other.len() + 1);
                let end = (start + random.below(30)).min(other.len());
                characters.splice(at..at, other[start..end].iter().copied());
            }
            2 => {
                let end = (at + random.below(20)).min(characters.len());
                let copy: Vec<char> = characters[at..end].to_vec();
                characters.splice(at..at, copy);
            }
            _ => {
                characters.splice(at..at, FRAGMENTS[random.below(FRAGMENTS.len())].chars());
            }
        }
    }
    characters.into_iter().collect()
}

/// Every `start`/`end` in an answer about a text of `length` UTF-16 units.
fn check_offsets(answer: &Value, length: u64, text: &str) {
    match answer {
        Value::Object(entries) => {
            if let (Some(start), Some(end)) =
                (entries.get("start").and_then(Value::as_u64), entries.get("end").and_then(Value::as_u64))
            {
                assert!(start <= end && end <= length, "{start}..{end} is not inside {text:?}");
            }
            entries.values().for_each(|value| check_offsets(value, length, text));
        }
        Value::Array(items) => items.iter().for_each(|value| check_offsets(value, length, text)),
        _ => {}
    }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn no_text_makes_it_panic() {
    let seeds = cases::seeds();
    assert!(seeds.len() > 50, "the seeds are the case files");
    let mut random = Random(setting("DESKBELL_SEED", 20_261_120));
    let desk = Desk::new(serde_json::from_value(cases::desk_file("context")).unwrap()).unwrap();
    let file = cases::desk_file("invoice");
    let metas = || serde_json::from_value(file["metas"].clone()).unwrap();
    let services: Vec<_> = api::services(None).into_iter().map(|service| service.name).collect();
    for number in 0..setting("DESKBELL_MUTATIONS", 4_000) {
        let text = mutate(&seeds[random.below(seeds.len())], &seeds, &mut random);
        let length = u64::try_from(text.encode_utf16().count()).unwrap();
        let state = [api::document_state("stored"), api::document_state("posted")][random.below(2)].clone().unwrap();
        let open = desk.open(file["doc"].as_object().unwrap(), metas(), state);
        let service = services[random.below(services.len())];
        let message = api::MessageOptions { service: Some(service.to_owned()), ..Default::default() };
        let scripts = api::ConditionOptions {
            server_scripts: [None, Some(true), Some(false)][random.below(3)],
            ..Default::default()
        };
        let answers = [
            serde_json::to_value(open.render_message(&text, &message)),
            serde_json::to_value(open.check_condition(&text, &scripts)),
            serde_json::to_value(desk.validate_condition(&text, metas(), &scripts)),
            serde_json::to_value(desk.validate_template(&text)),
            serde_json::to_value(api::check_webhook_url(service, &text, &api::ChatOptions::default())),
        ];
        for answer in answers {
            check_offsets(&answer.unwrap_or_else(|error| panic!("text {number}: {error}")), length, &text);
        }
    }
}
