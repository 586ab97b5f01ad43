//! The names that a condition has besides the host's: what is left of Python's builtins, and what the sandbox takes away.
//!
//! Source: RestrictedPython 6.2 `safe_builtins`, the host's `safe_exec` and `safe_eval`; checked against the host's answers.

use super::Mode;
use crate::python::{Function, Stop, Value, builtins};

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

/// Builtins that server scripts have, sorted.
const BLOCK_BUILTINS: [&str; 38] = [
    "abs",
    "all",
    "any",
    "bool",
    "bytes",
    "callable",
    "chr",
    "complex",
    "delattr",
    "dict",
    "divmod",
    "enumerate",
    "float",
    "hash",
    "hex",
    "id",
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
    "setattr",
    "slice",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
    "zip",
];

/// Other globals of server scripts that this engine does not have, sorted.
const BLOCK_GLOBALS: [&str; 21] = [
    "FrappeClient",
    "_",
    "_dict",
    "args",
    "as_json",
    "dev_server",
    "dict",
    "frappe",
    "get_next_link",
    "get_shade",
    "get_toc",
    "get_visible_columns",
    "guess_mimetype",
    "html2text",
    "is_job_queued",
    "json",
    "log",
    "run_script",
    "scrub",
    "socketio_port",
    "style",
];

/// The global called `name`.
pub fn global(name: &str, mode: Mode) -> Known {
    let missing = || Known::Missing(name.to_owned());
    if matches!(name, "print" | "printed") {
        // RestrictedPython sends printing to a collector that the host does not provide.
        return Known::Missing(String::from(if mode == Mode::Block { "_print_" } else { "_print" }));
    }
    let has = match mode {
        Mode::Expression => EXPRESSION_BUILTINS.contains(&name),
        Mode::Block => BLOCK_BUILTINS.contains(&name),
    };
    if has {
        let name = if name == "long" { "int" } else { name };
        return builtins::builtin(name).map_or(Known::Unsupported, Known::Value);
    }
    let exception = name.ends_with("Error") || name.ends_with("Exception") || name.ends_with("Warning");
    let exception = exception || matches!(name, "StopIteration" | "SystemExit" | "KeyboardInterrupt" | "GeneratorExit");
    if mode == Mode::Block && (BLOCK_GLOBALS.contains(&name) || exception || name == "ExceptionGroup") {
        return Known::Unsupported;
    }
    missing()
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
        "timetuple" | "today" | "utctimetuple" if !matches!(value, Value::Time(_)) => {}
        _ => return None,
    }
    let takes_format = name == "strftime";
    let name = name.to_owned();
    Some(Function::builtin(name.clone(), move |arguments, _| match (arguments.positional.as_slice(), takes_format) {
        ([Value::Str(_)], true) | ([], false) if arguments.keyword.is_empty() => Err(no_import()),
        _ => Err(Stop::unsupported(name.clone())),
    }))
}
