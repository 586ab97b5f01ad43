//! Operators: truth, arithmetic, comparison, membership, identity.

use super::{Budget, Outcome, Stop, Value};

/// An operator between two values that makes a third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `//`
    FloorDivide,
    /// `%`, which also formats text
    Modulo,
    /// `**`
    Power,
    /// `@`
    MatrixMultiply,
    /// `<<`
    ShiftLeft,
    /// `>>`
    ShiftRight,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
}

/// An operator before a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unary {
    /// `-`
    Negative,
    /// `+`
    Positive,
    /// `~`
    Invert,
    /// `not`
    Not,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
    /// `not in`
    NotIn,
    /// `is`
    Is,
    /// `is not`
    IsNot,
}

/// `bool(value)`
///
/// # Errors
/// What an object's `__bool__` raises.
pub fn truth(value: &Value) -> Outcome<bool> {
    let _ = value;
    Err(Stop::unsupported("truth"))
}

/// `left op right`
///
/// # Errors
/// What Python raises (`TypeError`, `ZeroDivisionError`, `OverflowError`...), and the budget's limits.
pub fn binary(operator: Binary, left: &Value, right: &Value, budget: &Budget) -> Outcome<Value> {
    let _ = (operator, left, right, budget);
    Err(Stop::unsupported("binary"))
}

/// `op value`
///
/// # Errors
/// What Python raises.
pub fn unary(operator: Unary, value: &Value, budget: &Budget) -> Outcome<Value> {
    let _ = (operator, value, budget);
    Err(Stop::unsupported("unary"))
}

/// `left op right` for one link of a chain of comparisons.
///
/// # Errors
/// What Python raises, and `Unsupported` where the answer depends on the interpreter's memory (`is` between texts).
pub fn compare(operator: Comparison, left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    let _ = (operator, left, right, budget);
    Err(Stop::unsupported("compare"))
}

/// `left == right`
///
/// # Errors
/// The budget's limits (nested lists).
pub fn equals(left: &Value, right: &Value, budget: &Budget) -> Outcome<bool> {
    compare(Comparison::Equal, left, right, budget)
}
