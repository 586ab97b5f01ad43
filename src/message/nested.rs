//! `frappe.render_template(template, context)`: a message inside the message, with its own names and the same budget.
//!
//! Source: `render_template` of frappe/utils/jinja.py.

use std::rc::Rc;

use super::normalised::Normalised;
use super::render::Renderer;
use super::{guards, parse};
use crate::limits;
use crate::python::{Arguments, Exception, Outcome, Stop, Value, operators};

/// Jinja2's own errors, which the host wraps.
const TEMPLATE_ERROR: &str = "jinja2.exceptions.";

impl Renderer<'_> {
    /// The text of a template that the message hands to the host.
    pub(super) fn render_template(&self, arguments: Arguments) -> Outcome<Value> {
        const PARAMETERS: [&str; 4] = ["template", "context", "is_path", "safe_render"];
        let mut given = arguments.bind("render_template", &PARAMETERS, 2)?.into_iter();
        let mut next = || given.next().flatten();
        let (Some(template), Some(context)) = (next(), next()) else {
            return Err(Stop::unsupported("frappe.render_template"));
        };
        if next().is_some() || next().is_some() {
            return Err(Stop::unsupported("frappe.render_template with further arguments"));
        }
        if !operators::truth(&template)? {
            return Ok(Value::from(""));
        }
        let Value::Str(template) = template else {
            return Err(Stop::unsupported("frappe.render_template of something that is no text"));
        };
        if template.len() > limits::TEMPLATE_BYTES {
            return Err(Stop::Limit("limit/length"));
        }
        self.budget.steps(template.len() as u64)?;
        guards::check(&template, &self.environment.context)?;
        let inputs = match &*context.base() {
            Value::Dict(entries) => entries.borrow().iter().map(named).collect::<Outcome<Vec<_>>>()?,
            Value::None => return Err(Stop::raise("AttributeError", "'NoneType' object has no attribute 'get'")),
            other => return Err(Stop::unsupported(format!("a {} as a template's names", other.type_name()))),
        };
        let normalised = Normalised::new(&template);
        let body = match parse(&normalised.text) {
            Ok(body) => body,
            Err(refusal) => return Err(wrapped(refusal.into_stop(|span| span).0, &template)),
        };
        self.deeper(|| {
            let inner = self.nested(&normalised.text, inputs);
            inner.whole(&body).map(Value::from).map_err(|stop| wrapped(stop, &template))
        })
    }
}

fn named((name, value): &(Value, Value)) -> Outcome<(Rc<str>, Value)> {
    match name {
        Value::Str(name) => Ok((Rc::clone(name), value.clone())),
        _ => Err(Stop::unsupported("a name that is no text")),
    }
}

/// What leaves the inner template: its places are not places of the message.
fn wrapped(stop: Stop, template: &str) -> Stop {
    match stop {
        Stop::Raise(exception) if exception.kind.starts_with(TEMPLATE_ERROR) => Stop::raise(
            "frappe.exceptions.ValidationError",
            // The host shows its traceback behind the template.
            format!("<pre>{template}</pre><pre>…</pre>"),
        ),
        Stop::Raise(exception) => Stop::Raise(Box::new(Exception { span: None, ..*exception })),
        other => other,
    }
}
