//! What saving makes of the HTML in a text (frappe `sanitize_html`: bleach 3.3 over html5lib 1.1).
//!
//! A text without any tag, and one that is JSON, stays as it is. In another, the accepted elements and attributes stay,
//! every other tag becomes text, and what is written loosely (a bare `&`, an end tag left out) is written properly.
//! Source: the host's frappe/utils/html_utils.py; the parser's rules are those of the HTML standard's "in body", "in table"
//! and "in cell" modes. Markup that makes a parser repair the tree is not followed.

mod attributes;
mod names;
mod tree;

use std::borrow::Cow;

use super::entities::{self, Reference};
use super::html::{self, Odd, Token};
use crate::python::json::read::{self, Fault};

/// Longest text that is read: each tag is looked up in lists of names.
const BYTES: usize = 200_000;

/// The text as the host keeps it.
///
/// # Errors
/// [`Odd`] when that is not known.
pub fn sanitised(text: &str) -> Result<Cow<'_, str>, Odd> {
    if text.len() > BYTES {
        return Err(Odd);
    }
    if !has_element(text)? || is_json(text)? {
        return Ok(Cow::Borrowed(text));
    }
    let text = html::with_plain_lines(text);
    let mut tree = tree::Tree::default();
    for token in html::tokens(&text)? {
        tree.put(&token)?;
    }
    tree.finish().map(Cow::Owned)
}

/// Whether `html.parser` finds an element.
fn has_element(text: &str) -> Result<bool, Odd> {
    if html::has(text, "<![") {
        return Err(Odd);
    }
    // A tag that never ends is text.
    let unfinished =
        |text: &str| text.rfind('>').is_none_or(|end| !html::begins_a_tag(text.get(..end).unwrap_or_default()));
    if !html::begins_a_tag(text) || unfinished(text) {
        return Ok(false);
    }
    // A comment can hide one.
    Ok(html::tokens(text)?.iter().any(|token| matches!(token, Token::Start(_))))
}

/// Whether Python's `json.loads` reads the text.
fn is_json(text: &str) -> Result<bool, Odd> {
    match read::read(text) {
        Ok(_) => Ok(true),
        Err(Fault::Refused(..)) => Ok(false),
        Err(Fault::Unknown(..)) => Err(Odd),
    }
}

/// Text as it is written out: entities stay, what else could be read as markup is escaped.
fn write_text(text: &str, out: &mut String) -> Result<(), Odd> {
    let mut rest = text;
    while let Some(place) = rest.find(['&', '<', '>']) {
        let (before, found) = rest.split_at_checked(place).ok_or(Odd)?;
        out.push_str(before);
        rest = found.get(1..).unwrap_or_default();
        match found.chars().next() {
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            _ => match entities::reference(rest).ok_or(Odd)? {
                Reference::Named(name, _) | Reference::Number(name, _) => {
                    out.push('&');
                    out.push_str(name);
                    out.push(';');
                    rest = rest.get(name.len() + 1..).unwrap_or_default();
                }
                Reference::None => out.push_str("&amp;"),
            },
        }
    }
    out.push_str(rest);
    Ok(())
}
