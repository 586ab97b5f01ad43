//! The values themselves.
//!
//! Lists, dicts and sets are shared and mutable as in Python (`{% set _ = items.append(1) %}` is seen by every name of
//! the list), hence `Rc<RefCell<..>>`. A borrow never outlives one operation and never spans a call back into the
//! evaluator: clone the items out first.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::{Dict, List, Object, Slice, Tuple};

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
