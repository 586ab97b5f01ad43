//! The arguments of a call, taken one by one in the order of the parameters.

use crate::python::{Arguments, Outcome, Stop, Value, operators};

/// What was given for each parameter.
pub struct Given(std::vec::IntoIter<Option<Value>>);

impl Given {
    /// Lays the arguments of `function` out on its parameters.
    ///
    /// # Errors
    /// Python's `TypeError` for a missing, surplus or doubled argument.
    pub fn new(arguments: Arguments, function: &str, parameters: &[&str], required: usize) -> Outcome<Self> {
        Ok(Self(arguments.bind(function, parameters, required)?.into_iter()))
    }

    /// As [`Self::new`], for a function whose further parameters are not known: what does not fit is not an error here.
    ///
    /// # Errors
    /// `Unsupported` for arguments that do not fit the known parameters.
    pub fn lenient(arguments: Arguments, function: &str, parameters: &[&str], required: usize) -> Outcome<Self> {
        Self::new(arguments, function, parameters, required).map_err(|stop| match stop {
            Stop::Raise(_) => Stop::unsupported(format!("{function} with these arguments")),
            other => other,
        })
    }

    /// The next parameter; `None` when it was not given.
    pub fn option(&mut self) -> Option<Value> {
        self.0.next().flatten()
    }

    /// The next parameter; `None` (of Python's) when it was not given.
    pub fn value(&mut self) -> Value {
        self.option().unwrap_or(Value::None)
    }

    /// The next parameter as a truth; false when it was not given.
    ///
    /// # Errors
    /// What `bool()` raises.
    pub fn truth(&mut self) -> Outcome<bool> {
        self.option().map_or(Ok(false), |value| operators::truth(&value))
    }
}
