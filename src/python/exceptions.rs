//! Exceptions as values: the classes, what they inherit, and what `str`, `repr` and `args` show of an instance.
//!
//! An exception on its way is a [`super::Exception`], a class and a text; it becomes a value when somebody catches it.
//!
//! Source: the CPython 3.11 library reference, "Exception hierarchy"; texts observed on CPython 3.11.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::operators::Binary;
use super::{Arguments, Budget, Exception, Object, Outcome, Stop, Value, containers, power, show};

/// Every builtin exception class and the class it inherits from, sorted.
const CLASSES: [(&str, &str); 67] = [
    ("ArithmeticError", "Exception"),
    ("AssertionError", "Exception"),
    ("AttributeError", "Exception"),
    ("BaseException", "object"),
    ("BaseExceptionGroup", "BaseException"),
    ("BlockingIOError", "OSError"),
    ("BrokenPipeError", "ConnectionError"),
    ("BufferError", "Exception"),
    ("BytesWarning", "Warning"),
    ("ChildProcessError", "OSError"),
    ("ConnectionAbortedError", "ConnectionError"),
    ("ConnectionError", "OSError"),
    ("ConnectionRefusedError", "ConnectionError"),
    ("ConnectionResetError", "ConnectionError"),
    ("DeprecationWarning", "Warning"),
    ("EOFError", "Exception"),
    ("EncodingWarning", "Warning"),
    ("Exception", "BaseException"),
    ("ExceptionGroup", "Exception"),
    ("FileExistsError", "OSError"),
    ("FileNotFoundError", "OSError"),
    ("FloatingPointError", "ArithmeticError"),
    ("FutureWarning", "Warning"),
    ("GeneratorExit", "BaseException"),
    ("ImportError", "Exception"),
    ("ImportWarning", "Warning"),
    ("IndentationError", "SyntaxError"),
    ("IndexError", "LookupError"),
    ("InterruptedError", "OSError"),
    ("IsADirectoryError", "OSError"),
    ("KeyError", "LookupError"),
    ("KeyboardInterrupt", "BaseException"),
    ("LookupError", "Exception"),
    ("MemoryError", "Exception"),
    ("ModuleNotFoundError", "ImportError"),
    ("NameError", "Exception"),
    ("NotADirectoryError", "OSError"),
    ("NotImplementedError", "RuntimeError"),
    ("OSError", "Exception"),
    ("OverflowError", "ArithmeticError"),
    ("PendingDeprecationWarning", "Warning"),
    ("PermissionError", "OSError"),
    ("ProcessLookupError", "OSError"),
    ("RecursionError", "RuntimeError"),
    ("ReferenceError", "Exception"),
    ("ResourceWarning", "Warning"),
    ("RuntimeError", "Exception"),
    ("RuntimeWarning", "Warning"),
    ("StopAsyncIteration", "Exception"),
    ("StopIteration", "Exception"),
    ("SyntaxError", "Exception"),
    ("SyntaxWarning", "Warning"),
    ("SystemError", "Exception"),
    ("SystemExit", "BaseException"),
    ("TabError", "IndentationError"),
    ("TimeoutError", "OSError"),
    ("TypeError", "Exception"),
    ("UnboundLocalError", "NameError"),
    ("UnicodeDecodeError", "UnicodeError"),
    ("UnicodeEncodeError", "UnicodeError"),
    ("UnicodeError", "ValueError"),
    ("UnicodeTranslateError", "UnicodeError"),
    ("UnicodeWarning", "Warning"),
    ("UserWarning", "Warning"),
    ("ValueError", "Exception"),
    ("Warning", "Exception"),
    ("ZeroDivisionError", "ArithmeticError"),
];

/// A builtin class and its base.
fn entry(name: &str) -> Option<(&'static str, &'static str)> {
    let place = CLASSES.binary_search_by(|(own, _)| (*own).cmp(name)).ok();
    place.and_then(|place| CLASSES.get(place)).copied()
}

/// Whether `kind`, as [`Exception::kind`] names it, is `class` or inherits from it.
///
/// # Errors
/// `Unsupported` for a class of a library that is not followed here.
pub fn inherits(kind: &str, class: &str) -> Outcome<bool> {
    if matches!(class, "BaseException" | "object") || kind == class {
        return Ok(true);
    }
    let mut current = kind;
    while let Some((_, base)) = entry(current) {
        if base == class {
            return Ok(true);
        }
        current = base;
    }
    if current == "object" {
        return Ok(false);
    }
    // Every other class of the host and its libraries is an Exception; of which kind else was not looked up.
    if class == "Exception" { Ok(true) } else { Err(Stop::unsupported(format!("whether {kind} is a {class}"))) }
}

/// A builtin exception class.
#[derive(Debug, Clone, Copy)]
pub struct Class {
    /// `ValueError`
    pub name: &'static str,
}

/// The class of this name: `EnvironmentError` and `IOError` are other names of `OSError`.
pub fn class(name: &str) -> Option<Value> {
    let name = if matches!(name, "EnvironmentError" | "IOError") { "OSError" } else { name };
    entry(name).map(|(name, _)| Value::object(Class { name }))
}

impl Class {
    /// An instance.
    ///
    /// # Errors
    /// `TypeError` for keywords, and `Unsupported` where a class makes more of its arguments than a tuple.
    pub fn instance(self, arguments: Arguments) -> Outcome<Raised> {
        let name = self.name;
        let unknown = || Err(Stop::unsupported(format!("{name}() with these arguments")));
        let given = arguments.positional.len();
        let is = |class: &str| inherits(name, class);
        let shapes = match name {
            "UnicodeDecodeError" | "UnicodeEncodeError" | "UnicodeTranslateError" => true,
            _ if name.ends_with("ExceptionGroup") => true,
            _ => given > 1 && (is("OSError")? || is("SyntaxError")?),
        };
        if shapes {
            return unknown();
        }
        if !arguments.keyword.is_empty() {
            if is("ImportError")? || is("NameError")? || is("AttributeError")? {
                return unknown();
            }
            return Err(Stop::type_error(format!("{name}() takes no keyword arguments")));
        }
        Ok(Raised { kind: name, args: Some(arguments.positional), text: None })
    }
}

impl Object for Class {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("type")
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        Ok(format!("<class '{}'>", self.name))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match name {
            "__name__" => Ok(Some(Value::str(self.name))),
            "add_note" | "args" | "mro" | "with_traceback" => Err(Stop::unsupported(format!("{}.{name}", self.name))),
            _ if name.starts_with("__") => Err(Stop::unsupported(format!("{}.{name}", self.name))),
            _ if special(self.name, name) => Err(Stop::unsupported(format!("{}.{name}", self.name))),
            _ => Ok(None),
        }
    }

    fn call(&self, arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
        self.instance(arguments).map(Value::object)
    }

    fn item(&self, _key: &Value, _budget: &Budget) -> Outcome<Value> {
        Err(Stop::type_error(format!("type '{}' is not subscriptable", self.name)))
    }

    fn binary(&self, operator: Binary, _: &Value, _: bool, _: &Budget) -> Option<Outcome<Value>> {
        // `ValueError | None` is a union of types.
        (operator == Binary::BitOr).then(|| Err(Stop::unsupported("union of types")))
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

/// Attributes that some classes have besides `args`.
fn special(class: &str, name: &str) -> bool {
    match name {
        "characters_written" | "errno" | "filename" | "filename2" | "strerror" => {
            inherits(class, "OSError").unwrap_or(true) || (name == "filename" && class.ends_with("Error"))
        }
        "code" => class == "SystemExit",
        "derive" | "exceptions" | "message" | "split" | "subgroup" => class.ends_with("Group"),
        "encoding" | "end" | "object" | "reason" | "start" => class.starts_with("Unicode"),
        "end_lineno" | "end_offset" | "lineno" | "msg" | "offset" | "print_file_and_line" | "text" => {
            let has = |base| inherits(class, base).unwrap_or(true);
            has("SyntaxError") || (name == "msg" && has("ImportError"))
        }
        "name" | "obj" | "path" => {
            let has = |base| inherits(class, base).unwrap_or(true);
            has("NameError") || has("AttributeError") || has("ImportError")
        }
        "value" => class == "StopIteration",
        _ => false,
    }
}

/// An instance of an exception class.
#[derive(Debug)]
pub struct Raised {
    /// As [`Exception::kind`] names it.
    pub kind: &'static str,
    /// `e.args`; `None` when the engine raised it and what it was raised with is not known.
    args: Option<Vec<Value>>,
    /// `str(e)` of an exception that the engine raised.
    text: Option<String>,
}

impl Raised {
    /// The value of an exception that the engine raised: its text was its one argument, except for a `KeyError`, whose
    /// text is the repr of its argument.
    pub fn caught(exception: &Exception) -> Self {
        let text = exception.message.as_str();
        let builtin = entry(exception.kind).is_some();
        let args = match exception.kind {
            "KeyError" => key(text).map(|key| vec![key]),
            "StopIteration" | "AssertionError" if text.is_empty() => Some(Vec::new()),
            "UnicodeDecodeError" | "UnicodeEncodeError" | "UnicodeTranslateError" => None,
            "OverflowError" if text == power::OUT_OF_RANGE => {
                Some(vec![Value::from(34_i64), Value::str("Numerical result out of range")])
            }
            _ if builtin => Some(vec![Value::str(text)]),
            _ => None,
        };
        Self { kind: exception.kind, args, text: Some(text.to_owned()) }
    }

    /// The exception on its way.
    ///
    /// # Errors
    /// What `str()` of its arguments raises.
    pub fn stop(&self, budget: &Budget) -> Outcome<Stop> {
        Ok(Stop::raise(self.kind, self.str(budget)?))
    }

    fn args(&self) -> Outcome<&[Value]> {
        self.args.as_deref().ok_or_else(|| Stop::unsupported(format!("what a {} was raised with", self.kind)))
    }
}

/// The key that a `KeyError` shows, when its repr says enough.
fn key(shown: &str) -> Option<Value> {
    let inner = shown.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    match inner {
        Some(text) if !text.contains(['\\', '\'']) => Some(Value::str(text)),
        Some(_) => None,
        None => match shown {
            "None" => Some(Value::None),
            "True" => Some(Value::Bool(true)),
            "False" => Some(Value::Bool(false)),
            number => number.parse::<i64>().ok().map(Value::from),
        },
    }
}

impl Drop for Raised {
    fn drop(&mut self) {
        containers::dismantle(self.args.take().unwrap_or_default());
    }
}

impl Object for Raised {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.kind.rsplit('.').next().unwrap_or(self.kind))
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed(self.kind))
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        let name = self.type_name();
        // An exception may be another's argument.
        budget.deeper(|| match self.args()? {
            [only] => Ok(format!("{name}({})", show::repr(only, budget)?)),
            args => Ok(format!("{name}{}", show::repr(&Value::tuple(args.to_vec()), budget)?)),
        })
    }

    fn str(&self, budget: &Budget) -> Outcome<String> {
        if let Some(text) = &self.text {
            return Ok(text.clone());
        }
        budget.deeper(|| match self.args()? {
            // The text of these is the attribute `msg`.
            [] if inherits(self.kind, "SyntaxError").unwrap_or(false) => Ok(String::from("None")),
            [] => Ok(String::new()),
            [only] if self.kind == "KeyError" => show::repr(only, budget),
            [only] => show::str(only, budget),
            several => show::repr(&Value::tuple(several.to_vec()), budget),
        })
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match name {
            "args" => Ok(Some(Value::tuple(self.args()?.to_vec()))),
            "value" | "code" if special(self.kind, name) => match self.args()? {
                [] => Ok(Some(Value::None)),
                [only] => Ok(Some(only.clone())),
                several if name == "code" => Ok(Some(Value::tuple(several.to_vec()))),
                [first, ..] => Ok(Some(first.clone())),
            },
            "msg" if special(self.kind, name) => match self.args()? {
                [only] => Ok(Some(only.clone())),
                _ => Err(Stop::unsupported(format!("{}.{name}", self.kind))),
            },
            "add_note" | "with_traceback" => Err(Stop::unsupported(format!("{}.{name}", self.kind))),
            _ if name.starts_with("__") || special(self.kind, name) || entry(self.kind).is_none() => {
                Err(Stop::unsupported(format!("{}.{name}", self.kind)))
            }
            _ => Ok(None),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What `raise value` raises: an instance, made from the class where a class is raised.
///
/// # Errors
/// `TypeError` with these words for a value that is no exception.
pub fn to_raise(value: &Value, otherwise: &str) -> Outcome<Value> {
    if let Some(class) = value.downcast::<Class>() {
        return class.instance(Arguments::default()).map(Value::object);
    }
    match value {
        Value::Object(_) if value.downcast::<Raised>().is_some() => Ok(value.clone()),
        // A class of the host's may be an exception.
        Value::Object(object) if object.type_name() == "type" => Err(Stop::unsupported("raise of such a class")),
        _ => Err(Stop::type_error(otherwise)),
    }
}

/// Whether `except class` catches an exception of this kind.
///
/// # Errors
/// `TypeError` when `class` is no exception class.
pub fn catches(class: &Value, kind: &str) -> Outcome<bool> {
    let one = |class: &Value| match class.downcast::<Class>() {
        Some(class) => Ok(Some(class.name)),
        None => match class {
            Value::Object(object) if object.type_name() == "type" => Err(Stop::unsupported("except with such a class")),
            _ => Ok(None),
        },
    };
    let classes: Rc<[Value]> = match class {
        Value::Tuple(classes) => classes.iter().cloned().collect(),
        class => Rc::from([class.clone()]),
    };
    // CPython looks at the classes of a tuple before it compares any.
    let names = classes.iter().map(one).collect::<Outcome<Option<Vec<_>>>>()?;
    let Some(names) = names else {
        return Err(Stop::type_error("catching classes that do not inherit from BaseException is not allowed"));
    };
    let mut unknown = None;
    for name in names {
        match inherits(kind, name) {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(stop) => unknown = Some(stop),
        }
    }
    unknown.map_or(Ok(false), Err)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_classes_are_sorted_for_their_search() {
        assert!(super::CLASSES.is_sorted());
    }
}
