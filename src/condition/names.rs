//! The names that a condition has besides the host's: what is left of Python's builtins, and what the sandbox takes away.
//!
//! Source: RestrictedPython 6.2 `safe_builtins`, the host's `safe_exec` and `safe_eval`; checked against the host's answers.

use super::Mode;
use crate::host::names::is_of_scripts;
use crate::python::{Function, Stop, Value, builtins, exceptions};

/// What is known about a global name.
pub enum Known {
    /// It has this value.
    Value(Value),
    /// The host has it, this engine does not.
    Unsupported,
    /// The host does not have it and names this in its `NameError`.
    Missing(String),
}

/// Builtins of a condition without server scripts; `long` is an old name of `int`.
const EXPRESSION_BUILTINS: [&str; 4] = ["float", "int", "long", "round"];

/// Builtins that server scripts have, sorted; besides exception classes.
const BLOCK_BUILTINS: [&str; 32] = [
    "abs",
    "all",
    "any",
    "bool",
    "bytes",
    "callable",
    "chr",
    "complex",
    "dict",
    "divmod",
    "enumerate",
    "float",
    "hash",
    "hex",
    "int",
    "isinstance",
    "issubclass",
    "len",
    "list",
    "max",
    "min",
    "oct",
    "ord",
    "pow",
    "range",
    "repr",
    "round",
    "set",
    "slice",
    "sorted",
    "str",
    "sum",
];

/// Exception classes that RestrictedPython leaves out of its builtins, sorted.
const MISSING_EXCEPTIONS: [&str; 21] = [
    "BaseExceptionGroup",
    "BlockingIOError",
    "BrokenPipeError",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "EncodingWarning",
    "FileExistsError",
    "FileNotFoundError",
    "InterruptedError",
    "IsADirectoryError",
    "ModuleNotFoundError",
    "NotADirectoryError",
    "PermissionError",
    "ProcessLookupError",
    "RecursionError",
    "ResourceWarning",
    "StopAsyncIteration",
    "TimeoutError",
];

/// The name under which a global is known: some have two.
pub fn canonical(name: &str) -> &str {
    match name {
        "EnvironmentError" | "IOError" => "OSError",
        "long" => "int",
        name => name,
    }
}

/// `setattr` and `delattr`: RestrictedPython lets them change only what guards its own attributes.
fn guarded(name: &'static str, count: usize) -> Value {
    Function::python(name, move |arguments, _| {
        if arguments.positional.len() != count || !arguments.keyword.is_empty() {
            return Err(Stop::unsupported(format!("{name} with these arguments")));
        }
        let Some(object) = arguments.positional.first() else { return Err(Stop::unsupported(name)) };
        match (object, arguments.positional.get(1)) {
            // A `frappe._dict` answers to every name, also to that of the guard.
            (Value::List(_) | Value::Dict(_), _) => Err(Stop::unsupported(format!("{name} of a container"))),
            (Value::Object(object), _) if &*object.type_name() == "_dict" => Err(Stop::unsupported(name)),
            (_, Some(Value::Str(_))) => Err(Stop::type_error("attribute-less object (assign or del)")),
            _ => Err(Stop::unsupported(format!("{name} with these arguments"))),
        }
    })
}

/// The global called `name`.
pub fn global(name: &str, mode: Mode) -> Known {
    let missing = || Known::Missing(name.to_owned());
    if matches!(name, "print" | "printed") {
        // RestrictedPython sends printing to a collector that the host does not provide.
        return Known::Missing(String::from(if mode == Mode::Block { "_print_" } else { "_print" }));
    }
    let has = match mode {
        Mode::Expression => EXPRESSION_BUILTINS.contains(&name),
        Mode::Block => BLOCK_BUILTINS.contains(&name) || matches!(name, "tuple" | "zip"),
    };
    if has {
        return builtins::builtin(canonical(name)).map_or(Known::Unsupported, Known::Value);
    }
    if mode == Mode::Expression {
        return missing();
    }
    match name {
        // An address in the memory of the server's process.
        "id" => {
            return Known::Value(Function::builtin("id", |arguments, _| {
                match (arguments.positional.len(), arguments.keyword.is_empty()) {
                    (1, true) => Err(Stop::Server("server/setting")),
                    _ => Err(Stop::unsupported("id with these arguments")),
                }
            }));
        }
        "delattr" => return Known::Value(guarded("guarded_delattr", 2)),
        "setattr" => return Known::Value(guarded("guarded_setattr", 3)),
        // The host's own are looked for first.
        _ if is_of_scripts(name) => return Known::Unsupported,
        _ => {}
    }
    match exceptions::class(name) {
        Some(class) if MISSING_EXCEPTIONS.binary_search(&name).is_err() => Known::Value(class),
        _ => missing(),
    }
}

/// Attributes that the host's guard refuses when they are read.
pub fn is_unsafe_attribute(name: &str) -> bool {
    matches!(name, "format" | "format_map" | "ag_code" | "ag_frame")
}

/// What CPython raises where it would import a module: the sandbox has no `__import__`.
pub fn no_import() -> Stop {
    Stop::raise("KeyError", "'__import__'")
}

/// Methods of dates that CPython writes in C and that import `time` when called (measured: host corpus, "Surprises").
pub fn importing_method(value: &Value, name: &str) -> Option<Value> {
    if !matches!(value, Value::Date(_) | Value::DateTime(_) | Value::Time(_)) {
        return None;
    }
    match name {
        "strftime" => {}
        "timetuple" | "today" if !matches!(value, Value::Time(_)) => {}
        "utctimetuple" if matches!(value, Value::DateTime(_)) => {}
        _ => return None,
    }
    let takes_format = name == "strftime";
    let name = name.to_owned();
    Some(Function::builtin(name.clone(), move |arguments, _| match (arguments.positional.as_slice(), takes_format) {
        ([Value::Str(_)], true) | ([], false) if arguments.keyword.is_empty() => Err(no_import()),
        _ => Err(Stop::unsupported(name.clone())),
    }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        for list in [&super::BLOCK_BUILTINS[..], &super::MISSING_EXCEPTIONS[..]] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
        }
    }
}
