//! Python's `json` module: `dumps` and `loads`.
//!
//! Source: CPython 3.11's `json.encoder`, `json.decoder` and the scanner written in C that they use.

pub mod read;
mod write;

pub use write::{Style, dumps, write};

use super::{Arguments, Budget, Outcome, Stop, Value};

/// `json.loads(s)`
///
/// # Errors
/// `JSONDecodeError`; `Unsupported` for further arguments.
pub fn loads(arguments: &Arguments, budget: &Budget) -> Outcome<Value> {
    let text = match (arguments.positional.as_slice(), arguments.keyword.as_slice()) {
        ([text], []) => text,
        ([], [(name, text)]) if &**name == "s" => text,
        ([], []) => return Err(Stop::type_error("loads() missing 1 required positional argument: 's'")),
        ([_, ..], []) => {
            let count = arguments.positional.len();
            return Err(Stop::type_error(format!("loads() takes 1 positional argument but {count} were given")));
        }
        _ => return Err(Stop::unsupported("json.loads with these arguments")),
    };
    match &*text.base() {
        Value::Str(text) => read::value(text, budget),
        Value::Bytes(_) => Err(Stop::unsupported("json.loads of bytes")),
        _ => {
            let name = text.type_name();
            Err(Stop::type_error(format!("the JSON object must be str, bytes or bytearray, not {name}")))
        }
    }
}
