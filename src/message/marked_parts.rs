//! The host's reading of a message as HTML, before Jinja2: the parts that its block editor marked become expressions.
//!
//! Source: `transform_template_blot` of frappe/utils/jinja.py over Beautiful Soup 4.9 and CPython 3.11's `html.parser`;
//! measured. A text without marked parts is left as it is, however broken its HTML; but the parser fails on some
//! declarations, and the message with it.

use crate::host::html::{self, Odd, Tag, Token};
use crate::python::{Budget, Outcome, Stop, Value, show};

/// Passes a text that the host does not change.
///
/// # Errors
/// What the reading raises; `Server` when the host changes the text, because it then reads a document first.
pub fn check(template: &str) -> Outcome<()> {
    if let Some((before, declaration)) = html::cut(template, "<![") {
        declared(before, declaration)?;
    }
    if !html::has(&template.to_ascii_lowercase(), "<template-blot") {
        return Ok(());
    }
    let unknown = || Stop::unsupported("<template-blot>");
    let mut marked = false;
    for token in html::tokens(template).map_err(|Odd| unknown())? {
        let Token::Start(tag) = token else { continue };
        match tag.name.as_str() {
            "template-blot" => {
                marked = true;
                part(&tag)?;
            }
            // What stands in these is no HTML.
            "script" | "style" => return Err(unknown()),
            _ => {}
        }
    }
    if marked { Err(Stop::Server("server/database")) } else { Ok(()) }
}

/// A marked part: which attributes it has decides whether the host can read it.
fn part(tag: &Tag<'_>) -> Outcome<()> {
    if tag.attributes.iter().any(|(_, value)| value.contains('&')) {
        return Err(Stop::unsupported("<template-blot>"));
    }
    let function = tag.attribute("data-function");
    match tag.attribute("data-doctype") {
        Some("Custom Functions") if function.is_none() => {
            Err(Stop::raise("AttributeError", "'NoneType' object has no attribute 'split'"))
        }
        Some("Custom Functions") if function != Some("null") => Ok(()),
        // Which of two missing attributes the host misses first was not measured.
        None => Err(Stop::unsupported("<template-blot>")),
        Some(_) if tag.attribute("data-fieldtype") == Some("Table") => Ok(()),
        Some(_) if function.is_none() => Err(Stop::raise("KeyError", "'data-function'")),
        Some(_) => Ok(()),
    }
}

/// `<![name`: the parser knows eight names, and fails on any other.
fn declared(before: &str, declaration: &str) -> Outcome<()> {
    const NAMES: [&str; 8] = ["temp", "cdata", "ignore", "include", "rcdata", "if", "else", "endif"];
    // Behind another mark it may not be read at all, and a second one is read in the light of the first.
    if before.contains(['<', '&']) || html::has(declaration, "<!") {
        return Err(Stop::unsupported("<![ in a message"));
    }
    let end = declaration.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')));
    let end = end.unwrap_or(declaration.len());
    let name = declaration.get(..end).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
    let quoted = |text: String| show::repr(&Value::from(text), &Budget::default());
    let Some(name) = name else {
        // A text that ends here has no declaration.
        if declaration.is_empty() {
            return Ok(());
        }
        let start: String = "<![".chars().chain(declaration.chars()).take(20).collect();
        return Err(Stop::raise("AssertionError", format!("expected name token at {}", quoted(start)?)));
    };
    let behind = declaration.get(end..).unwrap_or_default();
    let rest = behind.trim_start();
    if rest.is_empty() || NAMES.contains(&name.to_ascii_lowercase().as_str()) {
        return Ok(());
    }
    let spaced = declaration.get(..declaration.len() - rest.len()).unwrap_or_default();
    let quoted = quoted(spaced.to_owned())?;
    Err(Stop::raise("AssertionError", format!("unknown status keyword {quoted} in marked section")))
}
