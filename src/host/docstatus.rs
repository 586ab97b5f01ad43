//! `doc.docstatus`: a number (0 draft, 1 submitted, 2 cancelled) of a class of its own, so `doc.docstatus is 0` is false.

use std::any::Any;
use std::borrow::Cow;

use crate::python::{Arguments, Budget, Function, Int, Object, Outcome, Value, access, methods, show};

/// Frappe's `DocStatus`, an `int`.
#[derive(Debug)]
struct DocStatus {
    number: Value,
}

/// The docstatus of a number.
pub fn docstatus(number: i64) -> Value {
    Value::object(DocStatus { number: Value::from(number) })
}

/// The number of a docstatus, when the value is one.
pub fn number(value: &Value) -> Option<i64> {
    match &value.downcast::<DocStatus>()?.number {
        Value::Int(Int::Small(number)) => Some(*number),
        _ => None,
    }
}

impl Object for DocStatus {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("DocStatus")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("frappe.model.docstatus.DocStatus"))
    }

    fn base(&self) -> Option<Value> {
        Some(self.number.clone())
    }

    fn truth(&self) -> Outcome<bool> {
        Ok(!matches!(self.number, Value::Int(Int::Small(0))))
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        show::repr(&self.number, budget)
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        let wanted = match name {
            "is_draft" => 0,
            "is_submitted" => 1,
            "is_cancelled" => 2,
            _ => {
                let attribute = access::attribute(&self.number, name)?;
                let Some(Value::Object(_)) = attribute else { return Ok(attribute) };
                // A method says `DocStatus.bit_length()` when it complains.
                return Ok(methods::bound(Value::object(Self { number: self.number.clone() }), &self.number, name));
            }
        };
        let answer = matches!(self.number, Value::Int(Int::Small(number)) if number == wanted);
        Ok(Some(Function::method(name.to_owned(), move |arguments: Arguments, _: &Budget| {
            arguments.bind("is_draft", &[], 0)?;
            Ok(Value::Bool(answer))
        })))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
