//! One comparison of a filter as an evalexpr expression: compiled once, evaluated for each document.
//!
//! evalexpr knows texts, numbers, truths and tuples. Both sides are laid out so that its operators mean what Python's
//! mean: numbers of one kind, days and moments as whole numbers, everything else tagged with its type, so that values of
//! two types are never equal and have no order. Where evalexpr refuses to order two values, Python does too, and Python's
//! own words for that are shown.

use evalexpr::{Context, EvalexprError, EvalexprResult, Node, Value as Plain};

use crate::python::operators::Comparison;
use crate::python::{Budget, Int, Outcome, Stop, Value, compare};

/// What a filter does with the field's value and its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `>=`
    GreaterOrEqual,
    /// `>`
    Greater,
    /// `in`
    In,
    /// `<=`
    LessOrEqual,
    /// `<`
    Less,
    /// `like`
    Like,
    /// `!=`
    NotEqual,
    /// `not in`
    NotIn,
    /// `not like`
    NotLike,
    /// An operator that the host lets pass and does not have: never true.
    Never,
}

impl Operator {
    /// The operator that the host finds under these letters: its map knows lower case only.
    pub fn from_text(text: &str) -> Self {
        match text {
            "=" => Self::Equal,
            ">=" => Self::GreaterOrEqual,
            ">" => Self::Greater,
            "in" => Self::In,
            "<=" => Self::LessOrEqual,
            "<" => Self::Less,
            "like" => Self::Like,
            "!=" => Self::NotEqual,
            "not in" => Self::NotIn,
            "not like" => Self::NotLike,
            _ => Self::Never,
        }
    }

    /// The expression that evalexpr evaluates.
    fn expression(self) -> &'static str {
        match self {
            Self::Equal => "field == value",
            Self::GreaterOrEqual => "field >= value",
            Self::Greater => "field > value",
            Self::In => "contains(value, field)",
            Self::LessOrEqual => "field <= value",
            Self::Less => "field < value",
            Self::Like => "like(field, value)",
            Self::NotEqual => "field != value",
            Self::NotIn => "!contains(value, field)",
            Self::NotLike => "!like(field, value)",
            Self::Never => "false",
        }
    }

    /// Python's operator for it, where there is one.
    pub fn comparison(self) -> Option<Comparison> {
        Some(match self {
            Self::Equal => Comparison::Equal,
            Self::GreaterOrEqual => Comparison::GreaterOrEqual,
            Self::Greater => Comparison::Greater,
            Self::In => Comparison::In,
            Self::LessOrEqual => Comparison::LessOrEqual,
            Self::Less => Comparison::Less,
            Self::NotEqual => Comparison::NotEqual,
            Self::NotIn => Comparison::NotIn,
            Self::Like | Self::NotLike | Self::Never => return None,
        })
    }
}

/// A compiled comparison.
#[derive(Debug)]
pub struct Formula {
    operator: Operator,
    tree: Node,
}

impl Formula {
    /// Compiles the comparison of an operator.
    ///
    /// # Errors
    /// `Unsupported` if evalexpr should refuse its own language.
    pub fn new(operator: Operator) -> Outcome<Self> {
        let tree = evalexpr::build_operator_tree(operator.expression()).map_err(|_| Stop::unsupported("evalexpr"))?;
        Ok(Self { operator, tree })
    }

    /// Whether the field's value and the filter's fit.
    ///
    /// # Errors
    /// What Python raises for two values that it cannot compare; `Unsupported` for values that evalexpr cannot hold.
    pub fn holds(&self, field: &Value, value: &Value, budget: &Budget) -> Outcome<bool> {
        budget.step()?;
        let (left, right) = (field.base(), value.base());
        let Some((left, right)) = sides(&left, &right) else { return Err(Stop::unsupported("a filter on this value")) };
        match self.tree.eval_boolean_with_context(&Sides { field: left, value: right }) {
            Ok(holds) => Ok(holds),
            Err(_) => Err(self.refusal(field, value, budget)),
        }
    }

    /// What Python says where evalexpr has refused.
    fn refusal(&self, field: &Value, value: &Value, budget: &Budget) -> Stop {
        let answer = match self.operator {
            Operator::In | Operator::NotIn => compare::contains(value, field, budget),
            Operator::Like | Operator::NotLike => return unlike(field, value),
            Operator::Equal | Operator::NotEqual | Operator::Never => {
                return Stop::unsupported("a filter on this value");
            }
            other => match other.comparison() {
                Some(order) => compare::order(order, field, value, budget),
                None => return Stop::unsupported("a filter on this value"),
            },
        };
        answer.err().unwrap_or_else(|| Stop::unsupported("a filter on this value"))
    }
}

/// What the host's `sql_like` raises.
fn unlike(field: &Value, pattern: &Value) -> Stop {
    let missing = |value: &Value, method: &str| {
        Stop::raise("AttributeError", format!("'{}' object has no attribute '{method}'", value.error_name()))
    };
    let Value::Str(pattern) = pattern else { return missing(pattern, "startswith") };
    match (pattern.starts_with('%'), pattern.ends_with('%')) {
        (true, false) => missing(field, "endswith"),
        (false, true) => missing(field, "startswith"),
        _ => match field {
            Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
                Stop::type_error(format!("argument of type '{}' is not iterable", field.error_name()))
            }
            _ => Stop::unsupported("like on this value"),
        },
    }
}

/// The two sides of a comparison: all that its expression may name.
struct Sides {
    field: Plain,
    value: Plain,
}

impl Context for Sides {
    fn get_value(&self, identifier: &str) -> Option<&Plain> {
        match identifier {
            "field" => Some(&self.field),
            "value" => Some(&self.value),
            _ => None,
        }
    }

    fn call_function(&self, identifier: &str, argument: &Plain) -> EvalexprResult<Plain> {
        let run = match identifier {
            "contains" => contains,
            "like" => like,
            _ => return Err(EvalexprError::FunctionIdentifierNotFound(identifier.to_owned())),
        };
        match argument.as_tuple()?.as_slice() {
            [first, second] => run(first, second).map(Plain::Boolean),
            _ => Err(EvalexprError::WrongFunctionArgumentAmount { expected: 2..=2, actual: 0 }),
        }
    }

    fn are_builtin_functions_disabled(&self) -> bool {
        true
    }

    fn set_builtin_functions_disabled(&mut self, _: bool) -> EvalexprResult<()> {
        Ok(())
    }
}

/// `item in container`: a part of a text, or an item of a list.
fn contains(container: &Plain, item: &Plain) -> EvalexprResult<bool> {
    match container {
        Plain::String(text) => Ok(text.contains(&item.as_string()?)),
        Plain::Tuple(items) if tag(container) == Some(LIST) => Ok(items.iter().skip(1).any(|other| other == item)),
        other => Err(EvalexprError::expected_tuple(other.clone())),
    }
}

/// The host's `sql_like`: `%` counts at the ends only, and letters must have the same case.
fn like(field: &Plain, pattern: &Plain) -> EvalexprResult<bool> {
    let Plain::String(pattern) = pattern else {
        // Only a text beside a pattern that is none is told apart.
        return if field.is_string() { Ok(false) } else { Err(EvalexprError::expected_string(pattern.clone())) };
    };
    let text = field.as_string()?;
    Ok(match (pattern.starts_with('%'), pattern.ends_with('%')) {
        (true, true) => text.contains(pattern.trim_matches('%')),
        (true, false) => text.ends_with(pattern.trim_start_matches('%')),
        (false, true) => text.starts_with(pattern.trim_end_matches('%')),
        (false, false) => text.contains(pattern.as_str()),
    })
}

/// The tag of a list.
const LIST: &str = "list";

/// The type that a tuple is tagged with.
fn tag(value: &Plain) -> Option<&str> {
    match value {
        Plain::Tuple(items) => match items.first() {
            Some(Plain::String(tag)) => Some(tag),
            _ => None,
        },
        _ => None,
    }
}

/// Both sides, in kinds that evalexpr compares as Python does; `None` when it cannot hold them.
fn sides(field: &Value, value: &Value) -> Option<(Plain, Plain)> {
    let listed: Vec<Value> = match value {
        Value::List(items) => items.borrow().clone(),
        Value::Tuple(items) => items.to_vec(),
        _ => {
            let same_kind =
                std::mem::discriminant(field) == std::mem::discriminant(value) || both_numbers(field, value);
            let as_float =
                both_numbers(field, value) && [field, value].iter().any(|side| matches!(side, Value::Float(_)));
            return if same_kind {
                Some((untagged(field, as_float)?, untagged(value, as_float)?))
            } else {
                Some((alone(field)?, alone(value)?))
            };
        }
    };
    let is_float = |item: &Value| matches!(item, Value::Float(_));
    let as_float = is_float(field) || listed.iter().any(is_float);
    let in_list = |item: &Value| match item {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => untagged(item, as_float),
        // What is inside a list would have to be compared too.
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) => None,
        other => alone(other),
    };
    let mut items = vec![Plain::String(String::from(LIST))];
    for item in &listed {
        items.push(in_list(item)?);
    }
    Some((in_list(field)?, Plain::Tuple(items)))
}

fn both_numbers(left: &Value, right: &Value) -> bool {
    let is_number = |value: &Value| matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_));
    is_number(left) && is_number(right)
}

/// A value beside one of its own kind.
fn untagged(value: &Value, as_float: bool) -> Option<Plain> {
    Some(match value {
        Value::None => Plain::Empty,
        Value::Bool(value) => number(i64::from(*value), as_float)?,
        Value::Int(Int::Small(value)) => number(*value, as_float)?,
        Value::Float(value) if !value.is_nan() => Plain::Float(*value),
        Value::Str(text) => Plain::String(text.to_string()),
        Value::Date(date) => Plain::Int(date.ordinal()),
        Value::DateTime(moment) => Plain::Int(i64::try_from(moment.microseconds()).ok()?),
        Value::TimeDelta(delta) => Plain::Int(i64::try_from(delta.microseconds).ok()?),
        _ => return None,
    })
}

/// A whole number; as a float only where that loses nothing.
fn number(value: i64, as_float: bool) -> Option<Plain> {
    const EXACT: i64 = 1 << 53;
    if !as_float {
        return Some(Plain::Int(value));
    }
    #[allow(clippy::cast_precision_loss, reason = "up to 2**53 every whole number is a float")]
    (-EXACT..=EXACT).contains(&value).then_some(Plain::Float(value as f64))
}

/// A value beside one of another kind: only texts and numbers are themselves, the rest carries its type.
fn alone(value: &Value) -> Option<Plain> {
    let tagged = |inner: Plain| Plain::Tuple(vec![Plain::String(value.type_name().into_owned()), inner]);
    Some(match value {
        Value::None | Value::Str(_) => untagged(value, false)?,
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => tagged(untagged(value, false)?),
        Value::Date(_) | Value::DateTime(_) | Value::TimeDelta(_) => tagged(untagged(value, false)?),
        // What is inside does not matter: nothing here is of the same kind.
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) => Plain::Tuple(vec![Plain::String(String::from("other"))]),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::datetime::{Date, DateTime, Time, TimeDelta};

    /// Values of every kind that a cast can make, and some that none makes.
    fn values() -> Vec<Value> {
        let date = Date { year: 2026, month: 11, day: 20 };
        let time = Time { hour: 9, minute: 5, second: 0, microsecond: 1 };
        let mut values: Vec<Value> =
            ["", "Open", "open", "Op", "40000", "2026-11-20"].into_iter().map(Value::str).collect();
        values.extend([0_i64, 1, -3, 40000, i64::MAX].map(Value::from));
        values.extend([0.0, 1.0, 0.5, 40000.0, -0.0, f64::INFINITY, 9_007_199_254_740_993.0].map(Value::Float));
        values.extend([Value::None, Value::Bool(true), Value::Bool(false), Value::Date(date)]);
        values.push(Value::Date(Date { day: 21, ..date }));
        values.push(Value::DateTime(DateTime { date, time }));
        values.push(Value::DateTime(DateTime { date, time: Time { hour: 10, ..time } }));
        values.push(Value::TimeDelta(TimeDelta { microseconds: 40000 }));
        values.push(Value::TimeDelta(TimeDelta { microseconds: -1 }));
        let items = values.clone();
        values.push(Value::list(Vec::new()));
        values.push(Value::list(vec![Value::str("Open"), Value::from(1_i64), Value::None]));
        values.push(Value::tuple(items));
        values
    }

    /// evalexpr's answer, which `tests/reference/filters.rs` holds against CPython, is that of the filters of lists, or there
    /// is none.
    #[test]
    fn the_two_ways_of_comparing_agree() {
        let operators = ["=", "!=", "<", "<=", ">", ">=", "in", "not in"];
        let (mut same, mut unknown) = (0, 0);
        for field in values() {
            for value in values() {
                for text in operators {
                    let budget = Budget::default();
                    let formula = Formula::new(Operator::from_text(text)).unwrap();
                    let ours = formula.holds(&field, &value, &budget);
                    let other = crate::host::functions::filters::matches(&field, text, &value, &budget);
                    if matches!(ours, Err(Stop::Unsupported(_))) {
                        unknown += 1;
                    } else {
                        assert_eq!(ours, other, "{field:?} {text} {value:?}");
                        same += 1;
                    }
                }
            }
        }
        assert!(same > 5000 && unknown * 10 < same, "{same} the same, {unknown} unknown");
    }
}
