//! The names that the host gives to a condition and to a message, besides Python's and Jinja's own.
//!
//! Source: Dodock 3.40, frappe/utils/safe_exec.py of its time and the Notification's `get_context`; measured.

use std::rc::Rc;

use super::Context;
use super::functions::{self, translate};
use super::namespace::{Place, frappe};
use crate::python::{Outcome, Stop, Value, builtins};

/// A name that a condition sees: `doc`, `nowdate`, `frappe`. `None` when the host does not give it.
/// `server_scripts` adds a few names; `frappe` is the same small dict in both cases.
///
/// # Errors
/// `Unsupported` for a name that the host gives and this engine does not have.
pub fn in_condition(context: &Rc<Context>, doc: &Value, name: &str, server_scripts: bool) -> Outcome<Option<Value>> {
    Ok(Some(match name {
        "doc" => doc.clone(),
        "nowdate" => functions::nowdate(context),
        "frappe" => frappe(context, Place::Condition),
        "as_json" if server_scripts => functions::as_json(context),
        "_" if server_scripts => functions::function(context, "_", translate::translate),
        "scrub" if server_scripts => functions::scrub(context),
        _ if server_scripts && SCRIPT_NAMES.binary_search(&name).is_ok() => return Err(Stop::unsupported(name)),
        _ => return Ok(None),
    }))
}

/// Names that server scripts add (frappe.utils.safe_exec) and that are not here yet, sorted.
const SCRIPT_NAMES: [&str; 6] = ["FrappeClient", "dict", "get_toc", "json", "log", "style"];

/// A global name that a message sees besides `doc`, `alert` and `comments`: `frappe`, `_`... Jinja's own (`range`,
/// `dict`, `lipsum`, `cycler`, `joiner`, `namespace`) are the message's business.
///
/// # Errors
/// `Unsupported` for a name that the host gives and this engine does not have.
pub fn in_message(context: &Rc<Context>, name: &str) -> Outcome<Option<Value>> {
    Ok(Some(match name {
        "frappe" => frappe(context, Place::Message),
        "_" => functions::function(context, "_", translate::translate),
        "as_json" => functions::as_json(context),
        "guess_mimetype" => functions::guess_mimetype(context),
        "html2text" => functions::html2text(context),
        "is_rtl" => functions::is_rtl(context),
        "scrub" => functions::scrub(context),
        _ if MESSAGE_BUILTINS.binary_search(&name).is_ok() => {
            builtins::builtin(name).ok_or_else(|| Stop::unsupported(name))?
        }
        _ if MESSAGE_NAMES.binary_search(&name).is_ok() => return Err(Stop::unsupported(name)),
        _ => return Ok(None),
    }))
}

/// Python's builtins that messages have, sorted.
const MESSAGE_BUILTINS: [&str; 12] =
    ["abs", "all", "any", "bool", "enumerate", "list", "max", "min", "set", "sorted", "sum", "tuple"];

/// Names that messages have and this engine does not, sorted.
const MESSAGE_NAMES: [&str; 26] = [
    "FrappeClient",
    "_dict",
    "args",
    "dev_server",
    "filter",
    "get_next_link",
    "get_toc",
    "get_visible_columns",
    "include_script",
    "include_style",
    "inspect",
    "isinstance",
    "issubclass",
    "iter",
    "json",
    "log",
    "map",
    "modules",
    "next",
    "resolve_class",
    "reversed",
    "run_script",
    "socketio_port",
    "style",
    "web_block",
    "web_blocks",
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        for list in [&super::SCRIPT_NAMES[..], &super::MESSAGE_BUILTINS, &super::MESSAGE_NAMES] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
