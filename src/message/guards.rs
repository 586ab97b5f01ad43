//! What the host does with a text before its template engine sees it.
//!
//! Source: `frappe.render_template` (host.md 3): a text on one line that ends like a file name is looked up as a file, a
//! text with `.__` is refused. The host also reads every message as HTML and runs the parts that its block editor marked.

use crate::host::Context;
use crate::python::{Outcome, Stop};

/// Endings that make a text a file name.
const EXTENSIONS: [&str; 8] = ["html", "css", "scss", "py", "md", "json", "js", "xml"];

/// Whether a text is taken for the path of a template file.
pub fn is_path(template: &str) -> bool {
    !template.contains('\n') && template.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
}

/// A text that contains this is refused as unsafe.
pub const FORBIDDEN: &str = ".__";

/// Passes a template that the engine may see.
///
/// # Errors
/// The host's refusal, and what only the server knows.
pub fn check(template: &str, context: &Context) -> Outcome<()> {
    // Sources differ in whether the first newline may be `\r`; a text with one is not decided here.
    if is_path(template) {
        // Nobody names a file like a sentence, and Jinja2 looks for nothing above the apps' folders; any other text
        // without blanks may well be a file on the server.
        let sentence = template.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ':' | '<'));
        return Err(if sentence || template.split('/').any(|part| part == "..") {
            Stop::raise("jinja2.exceptions.TemplateNotFound", template)
                .at(template.rfind('.').unwrap_or_default()..template.len())
        } else {
            Stop::Server("server/template")
        });
    }
    if let Some(at) = template.find(FORBIDDEN) {
        let message = context.translate("Illegal template");
        return Err(Stop::raise("frappe.exceptions.ValidationError", message).at(at..at + FORBIDDEN.len()));
    }
    marked_parts(template)
}

/// The parts that the block editor marked: the host writes template code for each, out of its attributes.
///
/// # Errors
/// Python's `KeyError` for a part without a function; `Unsupported` for any other, whose code is not followed.
fn marked_parts(template: &str) -> Outcome<()> {
    const TAG: &str = "<template-blot";
    let lower = template.to_ascii_lowercase();
    let Some((before, after)) = lower.split_once(TAG) else { return Ok(()) };
    // Only in plain markup is it certain that the HTML parser sees a tag here.
    let odd = ["<!", "<?", "<script", "<style", "<textarea", "<title"].iter().any(|odd| before.contains(odd));
    let inside = before.rfind('<') > before.rfind('>');
    let function = attributes(after).filter(|_| !odd && !inside).is_some_and(|attributes| {
        let value = |name: &str| attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
        value("data-doctype").is_some_and(|doctype| doctype != "custom functions")
            && value("data-function").is_none()
            && value("data-fieldtype") != Some("table")
    });
    Err(if function { Stop::raise("KeyError", "'data-function'") } else { Stop::unsupported("<template-blot>") })
}

/// The attributes of a tag, all in quotes, up to its end; `None` for other spellings.
fn attributes(tag: &str) -> Option<Vec<(&str, &str)>> {
    let mut attributes = Vec::new();
    let mut rest = tag;
    loop {
        let spaced = rest.trim_ascii_start();
        if let Some(_behind) = spaced.strip_prefix('>') {
            return Some(attributes);
        }
        let (name, value) = spaced.split_once("=\"").filter(|_| spaced.len() < rest.len())?;
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let (value, behind) = value.split_once('"').filter(|(value, _)| plain && !value.contains('&'))?;
        attributes.push((name, value));
        rest = behind;
    }
}
