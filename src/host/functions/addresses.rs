//! Addresses inside HTML made whole: `expand_relative_urls`, `scrub_urls`, `quote_urls`.
//!
//! Source: frappe/utils/data.py (Dodock 3.40), whose patterns look for `href`, `src` and `url(…)` anywhere in the text.

use std::rc::Rc;

use super::super::Context;
use super::super::html::place_of;
use super::given::Given;
use super::links::quoted_text;
use super::text::for_pattern;
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// `expand_relative_urls(html)`
pub fn expand_relative_urls(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    expanded(context, &Given::new(arguments, "expand_relative_urls", &["html"], 1)?.value(), budget)
}

/// `scrub_urls(html)`, which does nothing else.
pub fn scrub_urls(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    expanded(context, &Given::new(arguments, "scrub_urls", &["html"], 1)?.value(), budget)
}

/// `quote_urls(html)`: whole addresses are percent-encoded.
pub fn quote_urls(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let html = for_pattern(&Given::new(arguments, "quote_urls", &["html"], 1)?.value())?;
    budget.bytes(html.len().saturating_mul(4))?;
    attributes(&html, &mut |before, rest, out| {
        let end = rest.find(['\'', '"', '>']).unwrap_or(rest.len());
        let (address, behind) = rest.split_at_checked(end)?;
        if address.len() <= "http".len() || !address.starts_with("http") {
            return None;
        }
        out.push_str(before);
        out.push_str(&quoted_text(&Value::str(address), budget).ok()?);
        Some(behind)
    })
    .map(Value::from)
}

fn expanded(context: &Context, html: &Value, budget: &Budget) -> Outcome<Value> {
    let html = for_pattern(html)?;
    let site = context.site_url.strip_suffix('/').unwrap_or(&context.site_url);
    budget.bytes(
        html.len()
            .saturating_mul(2)
            .saturating_add(html.bytes().filter(|byte| *byte == b'=').count().saturating_mul(site.len())),
    )?;
    let expand = |address: &str, out: &mut String| {
        if !address.starts_with("mailto") && !address.starts_with("data:") {
            out.push_str(site);
            out.push_str(if address.starts_with('/') { "" } else { "/" });
        }
        out.push_str(address);
    };
    let html = attributes(&html, &mut |before, rest, out| {
        let end = rest.find(['\'', '"', ' ', '>']).unwrap_or(rest.len());
        let (address, behind) = rest.split_at_checked(end)?;
        if address.is_empty() || address.starts_with("http") {
            return None;
        }
        out.push_str(before);
        expand(address, out);
        Some(behind)
    })?;
    // `background: url(/a.png)`
    let mut out = String::new();
    let mut rest: &str = &html;
    while let Some((before, behind)) = rest.split_once(':') {
        out.push_str(before);
        out.push(':');
        rest = behind;
        let spaced = behind.strip_prefix(char::is_whitespace).unwrap_or(behind);
        let Some(inside) = spaced.strip_prefix("url(") else { continue };
        let (quote, address) = match inside.strip_prefix(['\'', '"']) {
            Some(address) => (inside.get(..1).unwrap_or_default(), address),
            None => ("", inside),
        };
        // The address goes as far as it can and still ends with a parenthesis.
        let run = address.find(['\'', '"', ' ', '>']).unwrap_or(address.len());
        let (own, after) = address.split_at_checked(run).unwrap_or_default();
        let closed = after.strip_prefix(['\'', '"']).and_then(|tail| tail.strip_prefix(')'));
        let (own, close, tail) = match (closed, own.rfind(')')) {
            (Some(tail), _) => (own, after.get(..2).unwrap_or_default(), tail),
            (None, Some(place)) => {
                (own.get(..place).unwrap_or_default(), ")", address.get(place + 1..).unwrap_or_default())
            }
            (None, None) => continue,
        };
        if own.is_empty() || own.starts_with("http") {
            continue;
        }
        out.push_str(behind.get(..behind.len() - spaced.len()).unwrap_or_default());
        out.push_str("url(");
        out.push_str(quote);
        expand(own, &mut out);
        out.push_str(close);
        out.push_str(" !important");
        rest = tail;
    }
    out.push_str(rest);
    Ok(Value::from(out))
}

/// Writes what stands before a value, and the value, to the text; answers what is left behind it.
type Change<'a, 'b> = dyn FnMut(&'a str, &'a str, &mut String) -> Option<&'a str> + 'b;

/// Looks for `href=` and `src=`. `change` gets what stands before the value (the name, the `=`, a quote) and what follows;
/// it writes both and answers what is left, or `None` when the value is not for it.
fn attributes<'a>(html: &'a str, change: &mut Change<'a, '_>) -> Outcome<String> {
    let mut out = String::new();
    let mut rest = html;
    while let Some(place) = ["href", "src"].iter().filter_map(|name| place_of(rest, name)).min() {
        let (before, found) = rest.split_at_checked(place).unwrap_or_default();
        out.push_str(before);
        let name = if found.starts_with("href") { "href" } else { "src" };
        let behind = found.strip_prefix(name).unwrap_or_default();
        rest = behind;
        let value = behind.trim_start_matches(char::is_whitespace).strip_prefix('=');
        let changed = match value {
            Some(value) => {
                let trimmed = value.trim_start_matches(char::is_whitespace);
                // The patterns can give one of these back and take it for the address.
                if value.get(..value.len() - trimmed.len()).is_some_and(|blank| blank.contains(|c| c != ' ')) {
                    return Err(Stop::unsupported("an address behind a line break"));
                }
                let value = trimmed.strip_prefix(['\'', '"']).unwrap_or(trimmed);
                change(found.get(..found.len() - value.len()).unwrap_or_default(), value, &mut out)
            }
            None => None,
        };
        match changed {
            Some(left) => rest = left,
            None => out.push_str(name),
        }
    }
    out.push_str(rest);
    Ok(out)
}
