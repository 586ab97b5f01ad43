//! Now: `nowdate()`, `now_datetime()`... The clock is the context's, in the system time zone.

use std::rc::Rc;

use super::super::{Context, moment};
use super::given::Given;
use crate::python::{Arguments, Budget, Outcome, Value};

/// `nowdate()`: `2026-11-20`
pub fn nowdate(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "nowdate", &[], 0)?;
    Ok(Value::from(moment::day(&context.now)))
}

/// `today()`: `2026-11-20`
pub fn today(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "today", &[], 0)?;
    Ok(Value::from(moment::day(&context.now)))
}

/// `now()`: `2026-11-20 10:30:00.000000`
pub fn now(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "now", &[], 0)?;
    Ok(Value::from(moment::stamp(&context.now)))
}

/// `nowtime()`: `10:30:00.000000`
pub fn nowtime(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "nowtime", &[], 0)?;
    Ok(Value::from(moment::clock(&context.now)))
}

/// `now_datetime()`
pub fn now_datetime(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "now_datetime", &[], 0)?;
    Ok(Value::DateTime(context.now))
}

/// `get_system_timezone()`
pub fn get_system_timezone(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "get_system_timezone", &[], 0)?;
    Ok(Value::str(&context.time_zone))
}
