//! `md_to_html` and `markdown`: Markdown as HTML.
//!
//! Source: markdown2 2.4 with what the host asks of it (fenced code, tables, ids of headings, classes of tables and
//! images), run beside this engine on generated texts. The measured host has 2.4.13; any 2.4 may be installed, so a
//! construct that the first and the last of them read differently is not told, except for the blank before a hard break,
//! which was measured. markdown2 is a chain of substitutions whose steps see each other's traces in odd texts; only
//! constructs that stand clear of each other are followed here.

mod blocks;
mod headings;
mod lists;
mod spans;
mod tables;

use std::rc::Rc;

use super::super::{Context, html, sanitise};
use super::given::Given;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, operators};

/// Longest text that is read: some of the searches in a paragraph take the square of its length.
const BYTES: usize = 50_000;

/// `md_to_html(markdown_text)`, which `frappe.utils.markdown` is too.
pub fn md_to_html(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "md_to_html", &["markdown_text"], 1)?.value();
    html_of(&value, budget).map(Value::from)
}

/// The HTML of a text, for what is shown beside an answer; `None` when it is not known.
pub fn html(text: &str) -> Option<String> {
    // Room for the longest text that is read, and for its HTML.
    converted(text, &Budget::of(5_000_000, 64 * BYTES)).ok()
}

fn html_of(value: &Value, budget: &Budget) -> Outcome<String> {
    match value {
        Value::Str(text) => converted(text, budget),
        Value::Object(_) | Value::Bytes(_) => Err(Stop::unsupported("Markdown of a value that is no text")),
        other if !operators::truth(other)? => converted("", budget),
        other => {
            Err(Stop::type_error(format!("decoding to str: need a bytes-like object, {} found", other.error_name())))
        }
    }
}

/// The filter `markdown` and what a Markdown field is shown as: HTML stays, the rest is converted, and both are cleaned as
/// saving cleans them (frappe/utils/__init__.py).
///
/// # Errors
/// As [`md_to_html`].
pub fn shown(value: &Value, budget: &Budget) -> Outcome<String> {
    let html = match value {
        Value::Str(text) if super::text::without_tags(text).is_some() => text.to_string(),
        value => html_of(value, budget)?,
    };
    budget.bytes(html.len().saturating_mul(2))?;
    if html::has(&html, "<!-- markdown -->") {
        return Err(Stop::unsupported("cleaning this HTML"));
    }
    match sanitise::sanitised(&html) {
        Ok(clean) => Ok(clean.into_owned()),
        Err(html::Odd) => Err(Stop::unsupported("cleaning this HTML")),
    }
}

/// A construct that is not followed.
#[derive(Debug)]
struct Unclear;

/// A text as HTML.
fn converted(text: &str, budget: &Budget) -> Outcome<String> {
    let unclear = || Stop::unsupported("Markdown of this text");
    if text.len() > BYTES {
        return Err(unclear());
    }
    budget.bytes(text.len().saturating_mul(8))?;
    budget.steps(text.len() as u64)?;
    let text = html::with_plain_lines(text);
    // Python's `splitlines` ends a line at some of these, and letters of private use stand for finished parts here.
    let odd = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || ('\u{e000}'..='\u{f8ff}').contains(&c)
            || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    if text.contains(odd) || html::has(&text, "md5-") {
        return Err(unclear());
    }
    let lines: Vec<String> = text.split('\n').map(detabbed).collect();
    let lines: Vec<&str> = lines.iter().map(|line| if line.bare().is_empty() { "" } else { line.as_str() }).collect();
    let mut document = Document::new(&lines, budget);
    match document.blocks(&lines, 0) {
        Ok(blocks) if blocks.is_empty() => Ok("<p></p>\n".to_owned()),
        Ok(blocks) => Ok(document.finished(&(blocks.join("\n\n") + "\n"))),
        Err(Unclear) if document.spent => Err(Stop::Limit("limit/steps")),
        Err(Unclear) => Err(unclear()),
    }
}

/// A line whose tabs are blanks up to the next column that four divides.
fn detabbed(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for character in line.chars() {
        let width = if character == '\t' { 4 - column % 4 } else { 1 };
        column += width;
        if character == '\t' { out.extend(std::iter::repeat_n(' ', width)) } else { out.push(character) }
    }
    out
}

/// What the parts of one text share.
struct Document<'a> {
    budget: &'a Budget,
    /// Whether the budget ran out.
    spent: bool,
    /// Finished parts (code, addresses, escaped characters), each behind a letter of private use.
    kept: Vec<String>,
    /// Ids of the headings so far.
    ids: Vec<String>,
    /// Whether a heading stood in a quotation: those are numbered after all others.
    quoted_heading: bool,
    /// Lines of HTML so far.
    raw: usize,
    /// Whether an element of HTML went over several lines.
    raw_lines: bool,
    /// Whether the text has code or links, whose traces a lonely backslash can meet.
    has_traces: bool,
}

impl<'a> Document<'a> {
    fn new(lines: &[&str], budget: &'a Budget) -> Self {
        let has_traces =
            lines.iter().any(|line| line.contains(['`', '[']) || html::has(line, "<http") || line.starts_with("    "));
        Self {
            budget,
            spent: false,
            kept: Vec::new(),
            ids: Vec::new(),
            quoted_heading: false,
            raw: 0,
            raw_lines: false,
            has_traces,
        }
    }

    /// Stands for a finished part until the end.
    fn keep(&mut self, part: String) -> Result<String, Unclear> {
        let code = u32::try_from(self.kept.len()).map_err(|_| Unclear)? + 0xe000;
        self.kept.push(part);
        char::from_u32(code).filter(is_kept).map(String::from).ok_or(Unclear)
    }

    /// A text with the finished parts in their places.
    fn finished(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for character in text.chars() {
            let part = if is_kept(&character) { self.kept.get((u32::from(character) - 0xe000) as usize) } else { None };
            match part {
                Some(part) => out.push_str(part),
                None => out.push(character),
            }
        }
        out
    }

    /// Takes steps of the budget for a search.
    fn step(&mut self, count: usize) -> Result<(), Unclear> {
        self.budget.steps(count as u64).map_err(|_| {
            self.spent = true;
            Unclear
        })
    }
}

/// Whether a character stands for a finished part.
fn is_kept(character: &char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(character)
}

/// `&`, `<` and `>` as they stand in code.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    html::escaped(text, &mut out);
    out
}

/// Blanks at the ends of a line. (Each of the library's own searches is compiled anew where it stands.)
trait Blanks {
    /// Without those at the beginning.
    fn left(&self) -> &str;
    /// Without those at the end.
    fn right(&self) -> &str;
    /// Without either.
    fn bare(&self) -> &str;
}

impl Blanks for str {
    #[inline(never)]
    fn left(&self) -> &str {
        self.trim_start_matches(' ')
    }

    #[inline(never)]
    fn right(&self) -> &str {
        self.trim_end_matches(' ')
    }

    fn bare(&self) -> &str {
        self.left().right()
    }
}
