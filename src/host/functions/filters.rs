//! Filters in code: `compare`, `make_filter_tuple`.

use std::rc::Rc;

use super::super::Context;
use super::given::Given;
use crate::python::operators::Comparison;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access, compare};

/// `compare(val1, condition, val2, fieldtype=None)`
pub fn compare(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "compare", &["val1", "condition", "val2", "fieldtype"], 3)?;
    let (left, condition, right) = (given.value(), given.value(), given.value());
    if given.truth()? {
        return Err(Stop::unsupported("compare with a fieldtype"));
    }
    let Value::Str(condition) = condition else {
        return Err(Stop::unsupported("compare with an operator that is no text"));
    };
    matches(&left, &condition, &right, budget).map(Value::Bool)
}

/// Whether a value fits a filter.
///
/// # Errors
/// What the comparison raises; `Unsupported` for an operator that this engine does not have.
pub fn matches(left: &Value, operator: &str, right: &Value, budget: &Budget) -> Outcome<bool> {
    match operator {
        "=" => compare::equal(left, right, budget),
        "!=" => Ok(!compare::equal(left, right, budget)?),
        ">" => compare::order(Comparison::Greater, left, right, budget),
        "<" => compare::order(Comparison::Less, left, right, budget),
        ">=" => compare::order(Comparison::GreaterOrEqual, left, right, budget),
        "<=" => compare::order(Comparison::LessOrEqual, left, right, budget),
        "in" => compare::contains(right, left, budget),
        "not in" => Ok(!compare::contains(right, left, budget)?),
        "None" => Ok(matches!(left, Value::None)),
        "not None" => Ok(!matches!(left, Value::None)),
        _ => Err(Stop::unsupported("compare with this operator")),
    }
}

/// `make_filter_tuple(doctype, key, value)`
pub fn make_filter_tuple(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "make_filter_tuple", &["doctype", "key", "value"], 3)?;
    let (doctype, key, value) = (given.value(), given.value(), given.value());
    let (operator, value) = match &value {
        Value::List(_) | Value::Tuple(_) => {
            (access::item(&value, &Value::from(0_i64), budget)?, access::item(&value, &Value::from(1_i64), budget)?)
        }
        _ => (Value::str("="), value),
    };
    Ok(Value::list(vec![doctype, key, operator, value]))
}
