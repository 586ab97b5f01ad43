//! The names that the host gives to a condition and to a message, besides Python's and Jinja's own.
//!
//! Source: Dodock 3.40, frappe/utils/safe_exec.py of its time and the Notification's `get_context`; measured.

use std::rc::Rc;

use super::frappe_dict::{FrappeDict, FrappeDictClass};
use super::functions::{self, translate};
use super::host_class::HostClass;
use super::look_up::look_up;
use super::namespace::{Place, frappe, json_module};
use super::{Context, Flavour};
use crate::python::{Dict, Outcome, Stop, Value, builtins};

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
const SCRIPT_NAMES: [&str; 3] = ["FrappeClient", "json", "style"];

/// A global name that a message sees besides `doc`, `alert` and `comments`: `frappe`, `_`... Jinja's own (`range`,
/// `dict`, `lipsum`, `cycler`, `joiner`, `namespace`) are the message's business.
///
/// # Errors
/// `Unsupported` for a name that the host gives and this engine does not have; `Server` for what the page cannot know.
pub fn in_message(context: &Rc<Context>, name: &str) -> Outcome<Option<Value>> {
    Ok(Some(match name {
        "frappe" => frappe(context, Place::Message),
        "_" => functions::function(context, "_", translate::translate),
        "FrappeClient" => Value::object(HostClass("frappe.frappeclient.FrappeClient")),
        "_dict" => Value::object(FrappeDictClass),
        "args" => return Err(Stop::Server("server/request")),
        "as_json" => functions::as_json(context),
        "dev_server" | "socketio_port" => return Err(Stop::Server("server/site")),
        "get_next_link" | "get_toc" | "run_script" | "web_block" | "web_blocks" => look_up(name, "server/site"),
        "is_rtl" => functions::is_rtl(context),
        "json" => json_module(context),
        "scrub" => functions::scrub(context),
        "style" => {
            let mut style = Dict::default();
            style.set("border_color", Value::str("#d1d8dd"));
            FrappeDict::value(style)
        }
        "guess_mimetype" | "include_script" | "include_style" | "resolve_class" => {
            return Ok(functions::page_helper(context, name));
        }
        "filter" | "iter" | "map" | "next" | "reversed" if context.flavour == Flavour::Dodock => return Ok(None),
        _ if MESSAGE_BUILTINS.binary_search(&name).is_ok() => {
            builtins::builtin(name).ok_or_else(|| Stop::unsupported(name))?
        }
        _ if MESSAGE_NAMES.binary_search(&name).is_ok() => return Err(Stop::unsupported(name)),
        _ => return Ok(None),
    }))
}

/// Python's builtins that messages have, sorted.
const MESSAGE_BUILTINS: [&str; 14] = [
    "abs",
    "all",
    "any",
    "bool",
    "enumerate",
    "isinstance",
    "issubclass",
    "list",
    "max",
    "min",
    "set",
    "sorted",
    "sum",
    "tuple",
];

/// Names that messages have, in any version of the host, and this engine does not; sorted.
const MESSAGE_NAMES: [&str; 20] = [
    "__builtins__",
    "_getattr_",
    "_getitem_",
    "_getiter_",
    "_iter_unpack_sequence_",
    "_write_",
    "bundled_asset",
    "filter",
    "get_dom_id",
    "get_shade",
    "get_visible_columns",
    "html2text",
    "include_icons",
    "is_job_queued",
    "iter",
    "log",
    "map",
    "modules",
    "next",
    "reversed",
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
