//! Exceptions on their way: what is raised, what is being handled, and which instance is behind it.
//!
//! On its way an exception is a class and a text ([`Stop::Raise`]), as every operation raises it. The instance that a
//! condition raised itself is remembered beside it, so that what catches it gets this very instance.

use super::evaluate::Evaluator;
use crate::python::{Outcome, Stop, Value, exceptions};

/// An exception that somebody handles: the instance, and how it was raised.
#[derive(Debug, Clone)]
pub struct Caught {
    /// The instance.
    pub value: Value,
    /// What to raise to raise it again.
    pub stop: Stop,
}

impl Evaluator {
    /// Raises an instance of an exception class; what catches it gets this very instance.
    ///
    /// # Errors
    /// What `str()` of its arguments raises, where the text cannot be told.
    pub fn raise(&self, value: &Value) -> Outcome<Stop> {
        let Some(raised) = value.downcast::<exceptions::Raised>() else { return Ok(Stop::unsupported("raise")) };
        let stop = raised.stop(&self.budget).map_err(|stop| match stop {
            Stop::Raise(_) => Stop::unsupported("an exception without a text"),
            stop => stop,
        })?;
        self.remember(&Caught { value: value.clone(), stop: stop.clone() });
        Ok(stop)
    }

    /// Remembers the instance behind an exception that is on its way.
    pub fn remember(&self, caught: &Caught) {
        *self.raised.borrow_mut() = Some(caught.clone());
    }

    /// `raise` alone: raises again what is being handled.
    pub fn raise_again(&self) -> Stop {
        let Some(caught) = self.handling.borrow().last().cloned() else {
            return Stop::raise("RuntimeError", "No active exception to reraise");
        };
        self.remember(&caught);
        caught.stop
    }

    /// The instance behind an exception that somebody catches.
    pub fn caught(&self, stop: &Stop) -> Caught {
        let Stop::Raise(exception) = stop else { return Caught { value: Value::None, stop: stop.clone() } };
        let remembered = self.raised.borrow_mut().take().filter(|caught| match &caught.stop {
            Stop::Raise(raised) => raised.kind == exception.kind && raised.message == exception.message,
            _ => false,
        });
        remembered.unwrap_or_else(|| {
            let value = Value::object(exceptions::Raised::caught(exception));
            Caught { value, stop: stop.clone() }
        })
    }
}
