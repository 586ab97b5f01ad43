//! The values themselves.
//!
//! Lists, dicts and sets are shared and mutable as in Python (`{% set _ = items.append(1) %}` is seen by every name of
//! the list), hence `Rc<RefCell<..>>`. A borrow never outlives one operation and never spans a call back into the
//! evaluator: clone the items out first.

use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::operators::{Binary, Comparison, Unary};
use super::{Arguments, Budget, Dict, List, Outcome, Slice, Stop, Tuple};

/// A Python value.
#[derive(Debug, Clone)]
pub enum Value {
    /// `None`
    None,
    /// `bool`; arithmetic treats it as 0 or 1.
    Bool(bool),
    /// `int`, of any size.
    Int(Int),
    /// `float`
    Float(f64),
    /// `complex`: real and imaginary part.
    Complex(f64, f64),
    /// `str`. A string with a lone surrogate cannot be held: what would make one answers `Unsupported`.
    Str(Rc<str>),
    /// `bytes`
    Bytes(Rc<[u8]>),
    /// `list`
    List(Rc<List>),
    /// `tuple`
    Tuple(Rc<Tuple>),
    /// `dict`, in insertion order.
    Dict(Rc<RefCell<Dict>>),
    /// `set`. CPython's order of a set's elements depends on hashes: whatever shows the order answers `Unsupported`
    /// unless there is at most one element (or all are small integers, whose order is known).
    Set(Rc<RefCell<Dict>>),
    /// `range(start, stop, step)`; `step` is never 0.
    Range(Rc<(Int, Int, Int)>),
    /// `slice(start, stop, step)`
    Slice(Rc<Slice>),
    /// `datetime.date`
    Date(super::datetime::Date),
    /// `datetime.datetime`, always naive.
    DateTime(super::datetime::DateTime),
    /// `datetime.time`, always naive.
    Time(super::datetime::Time),
    /// `datetime.timedelta`
    TimeDelta(super::datetime::TimeDelta),
    /// Everything else: functions, documents, modules, Jinja's `loop`, an undefined name.
    Object(Rc<dyn Object>),
}

/// A Python `int`. Always `Small` when it fits, so equality of the enum is equality of the number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Int {
    /// Fits 64 bits.
    Small(i64),
    /// Does not.
    Big(Rc<BigInt>),
}

impl From<i64> for Int {
    fn from(value: i64) -> Self {
        Self::Small(value)
    }
}

impl From<usize> for Int {
    fn from(value: usize) -> Self {
        i64::try_from(value).map_or_else(|_| Self::Big(Rc::new(BigInt::from(value))), Self::Small)
    }
}

impl From<BigInt> for Int {
    fn from(value: BigInt) -> Self {
        value.to_i64().map_or_else(|| Self::Big(Rc::new(value)), Self::Small)
    }
}

impl Int {
    /// The number in full.
    pub fn to_big(&self) -> BigInt {
        match self {
            Self::Small(value) => BigInt::from(*value),
            Self::Big(value) => (**value).clone(),
        }
    }

    /// The number, when it fits 64 bits.
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Self::Small(value) => Some(*value),
            Self::Big(_) => None,
        }
    }
}

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

impl Value {
    /// A string.
    pub fn str(text: impl AsRef<str>) -> Self {
        Self::Str(Rc::from(text.as_ref()))
    }

    /// A list.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(List::new(items)))
    }

    /// A tuple.
    pub fn tuple(items: Vec<Self>) -> Self {
        Self::Tuple(Rc::new(Tuple::new(items)))
    }

    /// `slice(start, stop, step)`
    pub fn slice(start: Self, stop: Self, step: Self) -> Self {
        Self::Slice(Rc::new(Slice { start, stop, step }))
    }

    /// A dict.
    pub fn dict(dict: Dict) -> Self {
        Self::Dict(Rc::new(RefCell::new(dict)))
    }

    /// A set whose elements are the keys of `dict`.
    pub fn set(dict: Dict) -> Self {
        Self::Set(Rc::new(RefCell::new(dict)))
    }

    /// An object of the host's or of Jinja's.
    pub fn object(object: impl Object + 'static) -> Self {
        Self::Object(Rc::new(object))
    }

    /// The object behind the value, when it is a `T`.
    pub fn downcast<T: Object + 'static>(&self) -> Option<&T> {
        match self {
            Self::Object(object) => object.as_any().downcast_ref(),
            _ => None,
        }
    }

    /// `type(x).__name__`
    pub fn type_name(&self) -> Cow<'static, str> {
        let name = match self {
            Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Complex(..) => "complex",
            Self::Str(_) => "str",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "list",
            Self::Tuple(_) => "tuple",
            Self::Dict(_) => "dict",
            Self::Set(_) => "set",
            Self::Range(_) => "range",
            Self::Slice(_) => "slice",
            Self::Date(_) => "date",
            Self::DateTime(_) => "datetime",
            Self::Time(_) => "time",
            Self::TimeDelta(_) => "timedelta",
            Self::Object(object) => return object.type_name(),
        };
        Cow::Borrowed(name)
    }
}

impl Value {
    /// The type's name as error texts show it: the classes of `datetime` with their module, all others as
    /// [`Self::type_name`] (CPython prints `tp_name`).
    pub fn error_name(&self) -> Cow<'static, str> {
        let name = match self {
            Self::Date(_) => "datetime.date",
            Self::DateTime(_) => "datetime.datetime",
            Self::Time(_) => "datetime.time",
            Self::TimeDelta(_) => "datetime.timedelta",
            _ => return self.type_name(),
        };
        Cow::Borrowed(name)
    }

    /// Itself, or the builtin value behind an instance of a builtin's subclass.
    pub fn base(&self) -> Cow<'_, Self> {
        match self {
            Self::Object(object) => object.base().map_or(Cow::Borrowed(self), Cow::Owned),
            _ => Cow::Borrowed(self),
        }
    }

    /// The number, when it is an `int` or a `bool` (or a subclass of `int`) that fits 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Bool(value) => Some((*value).into()),
            Self::Int(value) => value.to_i64(),
            Self::Object(object) => object.base()?.as_i64(),
            _ => None,
        }
    }

    /// The text of a `str`.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Int::Small(value))
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Int(Int::from(value))
    }
}

impl From<BigInt> for Value {
    fn from(value: BigInt) -> Self {
        Self::Int(value.into())
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::str(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Str(value.into())
    }
}
