//! What the host's Jinja environment gives to filters and tests.

use std::cell::Cell;
use std::rc::Rc;

use super::filters::Markup;
use crate::host::Context;
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// The environment of a template.
#[derive(Debug)]
pub struct Environment {
    /// The site and the person.
    pub context: Rc<Context>,
    /// Whether `{% autoescape true %}` is running: filters and macros then answer with text that counts as escaped.
    pub autoescape: Cell<bool>,
}

impl Environment {
    /// A text that a filter or macro has made.
    pub fn text(&self, text: String) -> Value {
        if self.autoescape.get() { Value::object(Markup(text.into())) } else { Value::from(text) }
    }
}

/// A filter or test that is about to run.
#[derive(Debug)]
pub struct Use<'a> {
    /// Where it runs.
    pub environment: &'a Rc<Environment>,
    /// What it may spend.
    pub budget: &'a Budget,
    /// The value it is applied to, then its arguments.
    pub arguments: Arguments,
}

/// A filter or test.
pub type Apply = fn(Use<'_>) -> Outcome<Value>;

/// What Jinja2 passes to a function before the value, and Python counts in its errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// Nothing.
    Nothing,
    /// `environment`, `context` or `eval_ctx`.
    One,
}

impl Use<'_> {
    /// A text that the filter has made of escaped parts.
    pub fn text(&self, text: String) -> Value {
        self.environment.text(text)
    }

    /// Stops where escaping would change what a filter does and this engine does not follow it.
    ///
    /// # Errors
    /// `Unsupported` inside `{% autoescape true %}`.
    pub fn unescaped(&self, filter: &str) -> Outcome<()> {
        match self.environment.autoescape.get() {
            true => Err(Stop::unsupported(format!("{filter} in {{% autoescape %}}"))),
            false => Ok(()),
        }
    }

    /// The arguments on the parameters of the filter's Python function; the places hold the parameters behind what
    /// Jinja2 passes itself, the value first.
    ///
    /// # Errors
    /// Python's `TypeError` for missing or surplus arguments.
    pub fn bind<const N: usize>(
        &mut self,
        function: &str,
        parameters: &[&str],
        required: usize,
        passed: Passed,
    ) -> Outcome<[Option<Value>; N]> {
        let mut arguments = std::mem::take(&mut self.arguments);
        if passed == Passed::One {
            arguments.positional.insert(0, Value::None);
        }
        let mut places = arguments.bind(function, parameters, required)?;
        if passed == Passed::One && !places.is_empty() {
            places.remove(0);
        }
        let mut out = std::array::from_fn(|_| None);
        for (place, value) in out.iter_mut().zip(places) {
            *place = value;
        }
        Ok(out)
    }
}
