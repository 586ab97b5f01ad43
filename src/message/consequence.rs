//! What the host does with an error of a message (host.md 3, measured; the corpus keeps every dialog that was queued).
//!
//! A text that Jinja does not take is refused when the Notification is saved. While a message is sent, the host shows what
//! it raises with `frappe.throw`, and it wraps Jinja's own errors that way; whatever else is raised is caught and logged.
//! In both cases the document stays saved and nothing is sent.

use crate::language::Language;
use crate::python::Exception;
use crate::text::line_of;

use super::syntax_error::{ASSERTION_ERROR, SYNTAX_ERROR};

/// What becomes of a message that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// Whoever saves the document sees a red dialog; nothing is sent.
    Dialog,
    /// The Notification cannot be saved with this text.
    RefusedAtSave,
    /// Nobody sees anything; nothing is sent.
    Silent,
}

/// The consequence of an exception that a template raises.
pub fn of(exception: &Exception) -> Consequence {
    match exception.kind {
        // The guards look a file up before the host's own error handling begins.
        "jinja2.exceptions.TemplateNotFound" => Consequence::Silent,
        SYNTAX_ERROR | ASSERTION_ERROR | "SyntaxError" => Consequence::RefusedAtSave,
        kind if kind.starts_with("jinja2.") || kind.starts_with("frappe.") => Consequence::Dialog,
        _ => Consequence::Silent,
    }
}

/// One sentence about it. A refusal at save is shown as the host's `validate_template` words it.
pub fn sentence(exception: &Exception, template: &str, language: Language) -> String {
    match of(exception) {
        Consequence::Dialog => language.say("message/consequence-dialog", &[]),
        Consequence::RefusedAtSave => {
            let line = exception.span.as_ref().map_or(1, |span| line_of(template, span.start));
            let shown = format!("Line {line}: {}", exception.message);
            language.say("message/consequence-refused", &[("shown", &shown)])
        }
        Consequence::Silent => language.say("message/consequence-silent", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_error_that_the_host_raised_has_its_consequence() {
        for (kind, expected) in [
            ("AssertionError", Consequence::Silent),
            ("AttributeError", Consequence::Silent),
            ("IndexError", Consequence::Silent),
            ("KeyError", Consequence::Silent),
            ("TypeError", Consequence::Silent),
            ("ValueError", Consequence::Silent),
            ("ZeroDivisionError", Consequence::Silent),
            ("dateutil.parser._parser.ParserError", Consequence::Silent),
            ("jinja2.exceptions.TemplateNotFound", Consequence::Silent),
            ("frappe.exceptions.InvalidRoundingMethod", Consequence::Dialog),
            ("frappe.exceptions.ValidationError", Consequence::Dialog),
            ("jinja2.exceptions.FilterArgumentError", Consequence::Dialog),
            ("jinja2.exceptions.SecurityError", Consequence::Dialog),
            ("jinja2.exceptions.TemplateRuntimeError", Consequence::Dialog),
            ("jinja2.exceptions.UndefinedError", Consequence::Dialog),
            ("jinja2.exceptions.TemplateAssertionError", Consequence::RefusedAtSave),
            ("jinja2.exceptions.TemplateSyntaxError", Consequence::RefusedAtSave),
        ] {
            assert_eq!(of(&Exception { kind, message: String::new(), span: None }), expected, "{kind}");
        }
    }
}
