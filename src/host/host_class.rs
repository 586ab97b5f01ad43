//! Classes of the host's that a template can name but that do their work on the server.

use std::any::Any;
use std::borrow::Cow;

use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value};

/// A class, by its whole name.
#[derive(Debug)]
pub struct HostClass(pub &'static str);

impl Object for HostClass {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("type")
    }

    fn repr(&self, _: &Budget) -> Outcome<String> {
        Ok(format!("<class '{}'>", self.0))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        Err(Stop::unsupported(format!("{}.{name}", self.0)))
    }

    fn call(&self, _: Arguments, _: &Budget) -> Outcome<Value> {
        Err(Stop::Server("server/function"))
    }

    fn identical(&self, other: &Value) -> Option<bool> {
        Some(other.downcast::<Self>().is_some_and(|other| other.0 == self.0))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
