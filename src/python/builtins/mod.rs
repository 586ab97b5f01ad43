//! Python's builtin functions and types. Which of them a text may use is the business of the room that asks.

mod convert;
mod hash;
mod iterator;
mod numbers;
mod sequences;
mod types;

use std::any::Any;
use std::borrow::Cow;

pub use convert::{float_of_text, to_float, to_int};
pub use iterator::Iter;
pub use numbers::round;
pub use types::class_of;

use super::{Arguments, Budget, Function, Object, Outcome, Stop, Value, complex};

/// What a builtin does with its arguments.
type Run = fn(&Arguments, &Budget) -> Outcome<Value>;

/// A builtin function or a type.
#[derive(Clone, Copy)]
struct Builtin {
    /// `len`, `int`; the classes of `datetime` with their module.
    name: &'static str,
    is_type: bool,
    /// `None` for a type that can be asked for but not called here.
    run: Option<Run>,
}

/// The functions, in order.
const FUNCTIONS: &[(&str, Run)] = &[
    ("abs", numbers::abs),
    ("all", sequences::all),
    ("any", sequences::any),
    ("ascii", convert::ascii),
    ("bin", numbers::bin),
    ("callable", types::callable),
    ("chr", convert::chr),
    ("divmod", numbers::divmod),
    ("format", convert::format),
    ("hash", hash::hash),
    ("hex", numbers::hex),
    ("isinstance", types::isinstance),
    ("issubclass", types::issubclass),
    ("iter", iterator::iter),
    ("len", sequences::len),
    ("max", sequences::max),
    ("min", sequences::min),
    ("next", iterator::next),
    ("oct", numbers::oct),
    ("ord", convert::ord),
    ("pow", numbers::pow),
    ("repr", convert::repr),
    ("round", numbers::round_call),
    ("sorted", sequences::sorted),
    ("sum", sequences::sum),
];

/// The types that can be called, in order.
const TYPES: &[(&str, Run)] = &[
    ("bool", convert::bool),
    ("bytes", convert::bytes),
    ("complex", complex::complex),
    ("dict", convert::dict),
    ("enumerate", iterator::enumerate),
    ("filter", iterator::filter),
    ("float", convert::float),
    ("int", convert::int),
    ("list", convert::list),
    ("map", iterator::map),
    ("range", sequences::range),
    ("reversed", iterator::reversed),
    ("set", convert::set),
    ("slice", convert::slice),
    ("str", convert::str),
    ("tuple", convert::tuple),
    ("type", types::type_of),
    ("zip", iterator::zip),
];

/// The builtin called `name` ("len", "sum", "int", "sorted"...); `None` when this engine does not have it.
pub fn builtin(name: &str) -> Option<Value> {
    let find = |table: &'static [(&'static str, Run)]| {
        let place = table.binary_search_by_key(&name, |(name, _)| name).ok()?;
        table.get(place)
    };
    let (is_type, (name, run)) = match find(FUNCTIONS) {
        Some(found) => (false, found),
        None => (true, find(TYPES)?),
    };
    Some(Value::object(Builtin { name, is_type, run: Some(*run) }))
}

/// Whether CPython 3.11 has a builtin of this name, so that a missing one is told from a misspelt one.
pub fn exists(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// `dir(builtins)` of CPython 3.11.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BaseExceptionGroup", "BlockingIOError",
    "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError", "ConnectionAbortedError",
    "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "DeprecationWarning", "EOFError", "Ellipsis",
    "EncodingWarning", "EnvironmentError", "Exception", "ExceptionGroup", "False", "FileExistsError",
    "FileNotFoundError", "FloatingPointError", "FutureWarning", "GeneratorExit", "IOError", "ImportError",
    "ImportWarning", "IndentationError", "IndexError", "InterruptedError", "IsADirectoryError", "KeyError",
    "KeyboardInterrupt", "LookupError", "MemoryError", "ModuleNotFoundError", "NameError", "None",
    "NotADirectoryError", "NotImplemented", "NotImplementedError", "OSError", "OverflowError",
    "PendingDeprecationWarning", "PermissionError", "ProcessLookupError", "RecursionError", "ReferenceError",
    "ResourceWarning", "RuntimeError", "RuntimeWarning", "StopAsyncIteration", "StopIteration", "SyntaxError",
    "SyntaxWarning", "SystemError", "SystemExit", "TabError", "TimeoutError", "True", "TypeError",
    "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError",
    "UnicodeWarning", "UserWarning", "ValueError", "Warning", "ZeroDivisionError", "__build_class__", "__debug__",
    "__doc__", "__import__", "__loader__", "__name__", "__package__", "__spec__", "abs", "aiter", "all", "anext",
    "any", "ascii", "bin", "bool", "breakpoint", "bytearray", "bytes", "callable", "chr", "classmethod", "compile",
    "complex", "copyright", "credits", "delattr", "dict", "dir", "divmod", "enumerate", "eval", "exec", "exit",
    "filter", "float", "format", "frozenset", "getattr", "globals", "hasattr", "hash", "help", "hex", "id", "input",
    "int", "isinstance", "issubclass", "iter", "len", "license", "list", "locals", "map", "max", "memoryview", "min",
    "next", "object", "oct", "open", "ord", "pow", "print", "property", "quit", "range", "repr", "reversed", "round",
    "set", "setattr", "slice", "sorted", "staticmethod", "str", "sum", "super", "tuple", "type", "vars", "zip",
];

impl std::fmt::Debug for Builtin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<builtin {}>", self.name)
    }
}

impl Object for Builtin {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.is_type { "type" } else { "builtin_function_or_method" })
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        Ok(if self.is_type { format!("<class '{}'>", self.name) } else { format!("<built-in function {}>", self.name) })
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match name {
            "__name__" => Ok(Some(Value::str(self.name.rsplit('.').next().unwrap_or(self.name)))),
            "mro" if self.is_type => {
                let base = (self.name == "bool").then_some("int");
                let names = [Some(self.name), base, Some("object")];
                let named = |name| types::named(name).ok_or_else(|| Stop::unsupported(name));
                let classes = names.into_iter().flatten().map(named).collect::<Outcome<Vec<_>>>()?;
                Ok(Some(Function::builtin("mro", move |arguments, _| {
                    super::signature::none(&arguments, "type.mro")?;
                    Ok(Value::list(classes.clone()))
                })))
            }
            _ if self.is_type || name.starts_with("__") => Err(Stop::unsupported(format!("{}.{name}", self.name))),
            _ => Ok(None),
        }
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        match self.run {
            Some(run) => run(&arguments, budget),
            None => Err(Stop::unsupported(format!("{}()", self.name))),
        }
    }

    fn item(&self, _key: &Value, _budget: &Budget) -> Outcome<Value> {
        // `list[int]` is a generic alias.
        Err(if self.is_type {
            Stop::unsupported(format!("{}[]", self.name))
        } else {
            Stop::type_error("'builtin_function_or_method' object is not subscriptable")
        })
    }

    fn binary(
        &self,
        operator: super::operators::Binary,
        _other: &Value,
        _reflected: bool,
        _budget: &Budget,
    ) -> Option<Outcome<Value>> {
        // `int | str` is a union of types.
        let union = self.is_type && operator == super::operators::Binary::BitOr;
        union.then(|| Err(Stop::unsupported("union of types")))
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(other.downcast::<Self>().is_some_and(|other| other.name == self.name))
    }

    fn identical(&self, other: &Value) -> Option<bool> {
        self.equals(other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        for table in [super::FUNCTIONS, super::TYPES] {
            assert!(table.is_sorted_by(|(a, _), (b, _)| a < b));
        }
        assert!(super::NAMES.is_sorted_by(|a, b| a < b));
    }
}
