//! Methods of `tuple` and `range`.

use super::super::signature::{between, one};
use super::super::{Arguments, Budget, Outcome, Stop, Value, compare, int, operators, show};
use super::{Answer, list};

/// `tuple.name(arguments)`
pub fn tuple(items: &[Value], name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    Some(match name {
        "count" => one(arguments, "tuple.count").and_then(|value| list::count(items, value, budget)),
        "index" => between(arguments, "tuple.index", 1, 3)
            .and_then(|given| list::index(items, given, budget, |_| "tuple.index(x): x not in tuple".to_owned())),
        _ => return None,
    })
}

/// `range.name(arguments)`
pub fn range(value: &Value, name: &str, arguments: &Arguments, budget: &Budget) -> Answer {
    Some(match name {
        "count" => one(arguments, "range.count")
            .and_then(|item| Ok(Value::from(i64::from(compare::contains(value, item, budget)?)))),
        "index" => one(arguments, "range.index").and_then(|item| index(value, item, budget)),
        _ => return None,
    })
}

fn index(range: &Value, item: &Value, budget: &Budget) -> Outcome<Value> {
    let (Value::Range(range), Some(number)) = (range, operators::as_int(&item.base())) else {
        return Err(Stop::unsupported("range.index"));
    };
    if !compare::contains(&Value::Range(std::rc::Rc::clone(range)), item, budget)? {
        return Err(Stop::value_error(format!("{} is not in range", show::repr(item, budget)?)));
    }
    let distance = int::subtract(&number, &range.0, budget)?;
    Ok(Value::Int(int::divide_floor(&distance, &range.2).0))
}
