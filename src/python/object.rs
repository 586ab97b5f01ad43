//! What a class that is not Python's own defines: the host's documents and functions, Jinja's loop, an undefined name.

use std::any::Any;
use std::borrow::Cow;

use super::operators::{Binary, Comparison, Unary};
use super::{Arguments, Budget, Outcome, Stop, Value};

/// A value whose behaviour is not Python's own: the host's documents and functions, Jinja's loop, an undefined name.
///
/// Every method has Python's default for a plain object; an implementation overrides what its class defines.
pub trait Object: std::fmt::Debug {
    /// `type(x).__name__`
    fn type_name(&self) -> Cow<'static, str>;

    /// `type(x)` with its module, as Jinja's undefined text shows it, for example
    /// `frappe.model.document.Document`; builtins have no module.
    ///
    /// # Errors
    /// `Server` when the page cannot know the class (the documents of an app's own doctypes).
    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(self.type_name())
    }

    /// `bool(x)`
    ///
    /// # Errors
    /// What `__bool__` raises.
    fn truth(&self) -> Outcome<bool> {
        Ok(true)
    }

    /// `repr(x)`. The default is unknown on purpose: an address in it changes with every run of the server.
    ///
    /// # Errors
    /// What `__repr__` raises.
    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        Err(Stop::unsupported(format!("repr of {}", self.type_name())))
    }

    /// `str(x)`
    ///
    /// # Errors
    /// What `__str__` raises.
    fn str(&self, budget: &Budget) -> Outcome<String> {
        self.repr(budget)
    }

    /// `getattr(x, name)`; `None` when there is no such attribute.
    ///
    /// # Errors
    /// What the attribute raises when read.
    fn attribute(&self, _name: &str) -> Outcome<Option<Value>> {
        Ok(None)
    }

    /// `x[key]`
    ///
    /// # Errors
    /// By default `TypeError: 'T' object is not subscriptable`.
    fn item(&self, _key: &Value, _budget: &Budget) -> Outcome<Value> {
        Err(Stop::type_error(format!("'{}' object is not subscriptable", self.type_name())))
    }

    /// `x(...)`
    ///
    /// # Errors
    /// By default `TypeError: 'T' object is not callable`.
    fn call(&self, _arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
        Err(Stop::type_error(format!("'{}' object is not callable", self.type_name())))
    }

    /// The items of `iter(x)`, all at once.
    ///
    /// # Errors
    /// By default `TypeError: 'T' object is not iterable`.
    fn iterate(&self, _budget: &Budget) -> Outcome<Vec<Value>> {
        Err(Stop::type_error(format!("'{}' object is not iterable", self.type_name())))
    }

    /// Whether `iter(x)` works, which is asked before anything is walked; whoever overrides [`Self::iterate`] says so.
    fn is_iterable(&self) -> bool {
        self.is_iterator()
    }

    /// Whether it is an iterator: `iter(x)` is `x`, and [`Self::next`] gives its items one by one.
    fn is_iterator(&self) -> bool {
        false
    }

    /// How many iterators are behind an iterator, one reading the other. Reading and dropping them recurses, so whoever
    /// makes an iterator keeps the number small.
    fn chain(&self) -> usize {
        0
    }

    /// `next(x)`; `None` at the end.
    ///
    /// # Errors
    /// What the iterator raises; by default `TypeError: 'T' object is not an iterator`.
    fn next(&self, _budget: &Budget) -> Outcome<Option<Value>> {
        Err(Stop::type_error(format!("'{}' object is not an iterator", self.type_name())))
    }

    /// `len(x)`
    ///
    /// # Errors
    /// By default `TypeError: object of type 'T' has no len()`.
    fn length(&self) -> Outcome<usize> {
        Err(Stop::type_error(format!("object of type '{}' has no len()", self.type_name())))
    }

    /// `x == other`; `None` when the class leaves it to identity.
    fn equals(&self, _other: &Value) -> Option<bool> {
        None
    }

    /// Whether more of the value is known than the text that it prints.
    ///
    /// # Errors
    /// `Unsupported` when it is not, so that nothing compares it.
    fn is_known(&self) -> Outcome<()> {
        Ok(())
    }

    /// The builtin value that an instance of a builtin's subclass holds: a `DocStatus` holds an `int`, a `frappe._dict`
    /// a `dict`, a `Markup` a `str`. Operators, comparisons, hashing, formatting and builtins then treat it as that value
    /// wherever the class does not define its own.
    fn base(&self) -> Option<Value> {
        None
    }

    /// `self op other`, or `other op self` when `reflected`; `None` stands for `NotImplemented`.
    fn binary(&self, _operator: Binary, _other: &Value, _reflected: bool, _budget: &Budget) -> Option<Outcome<Value>> {
        None
    }

    /// `op self` (never `not`); `None` when the class has no such operator.
    fn unary(&self, _operator: Unary, _budget: &Budget) -> Option<Outcome<Value>> {
        None
    }

    /// `int(x)` and `float(x)`; `None` when the class has neither `__int__` nor `__float__` of its own.
    fn number(&self) -> Option<Outcome<Value>> {
        None
    }

    /// `self op other` for `<`, `<=`, `>`, `>=`, already turned around when the object stands on the right;
    /// `None` stands for `NotImplemented`.
    fn order(&self, _operator: Comparison, _other: &Value, _budget: &Budget) -> Option<Outcome<bool>> {
        None
    }

    /// `item in self`; `None` when the class leaves it to iteration.
    fn contains(&self, _item: &Value, _budget: &Budget) -> Option<Outcome<bool>> {
        None
    }

    /// `x[key] = value`
    ///
    /// # Errors
    /// By default `TypeError: 'T' object does not support item assignment`.
    fn set_item(&self, _key: &Value, _value: Value, _budget: &Budget) -> Outcome<()> {
        Err(Stop::type_error(format!("'{}' object does not support item assignment", self.type_name())))
    }

    /// `x is other` for two objects that are not the same in this engine's memory; `None` when that is not known.
    fn identical(&self, _other: &Value) -> Option<bool> {
        Some(false)
    }

    /// Whether `hash(x)` works; a class that defines `__eq__` alone is not hashable.
    fn hashable(&self) -> bool {
        true
    }

    /// Whether the class has `__getitem__`; `None` when that is not known.
    fn is_subscriptable(&self) -> Option<bool> {
        None
    }

    /// Under which class's name it hashes, when all instances of the class hash as one.
    fn hashes_as(&self) -> Option<&'static str> {
        None
    }

    /// The concrete type, for a room that knows its own objects.
    fn as_any(&self) -> &dyn Any;
}
