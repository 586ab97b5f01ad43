//! What the host does with a text before its template engine sees it.
//!
//! Source: `frappe.render_template` (host.md 3): a text on one line that ends like a file name is looked up as a file, a
//! text with `.__` is refused.

use super::marked_parts;
use crate::host::{Context, Flavour};
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
    // Frappe has no such reading.
    if context.flavour == Flavour::Dodock { marked_parts::check(template) } else { Ok(()) }
}
