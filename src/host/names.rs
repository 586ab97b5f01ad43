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
use crate::python::{Dict, Function, Outcome, Stop, Value, builtins};

/// A name that a condition sees: `doc`, `nowdate`, `frappe`. `None` when the host does not give it.
/// `server_scripts` adds the globals of scripts; `frappe` is the same small dict in both cases.
///
/// # Errors
/// `Server` for a name whose value only the server has.
pub fn in_condition(context: &Rc<Context>, doc: &Value, name: &str, server_scripts: bool) -> Outcome<Option<Value>> {
    Ok(Some(match name {
        "doc" => doc.clone(),
        "nowdate" => functions::nowdate(context),
        "frappe" => frappe(context, Place::Condition),
        _ if server_scripts => return of_scripts(context, name),
        _ => return Ok(None),
    }))
}

/// The globals of server scripts besides `frappe` and Python's own, sorted: conditions have them where scripts are on,
/// messages always (`get_safe_globals` of frappe/utils/safe_exec.py).
const OF_SCRIPTS: [&str; 18] = [
    "FrappeClient",
    "_",
    "_dict",
    "args",
    "as_json",
    "dev_server",
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
    "style",
];

/// A function that only the server can run, for this reason.
fn on_server(name: &str, reason: &'static str) -> Value {
    Function::python(name.to_owned(), move |_, _| Err(Stop::Server(reason)))
}

/// Whether server scripts, and conditions where they are on, have a global of this name.
pub fn is_of_scripts(name: &str) -> bool {
    OF_SCRIPTS.binary_search(&name).is_ok()
}

/// The value of a name of [`OF_SCRIPTS`].
fn of_scripts(context: &Rc<Context>, name: &str) -> Outcome<Option<Value>> {
    Ok(Some(match name {
        "FrappeClient" => Value::object(HostClass("frappe.frappeclient.FrappeClient")),
        "_" => functions::function(context, "_", translate::translate),
        "_dict" => Value::object(FrappeDictClass),
        "args" => return Err(Stop::Server("server/request")),
        "as_json" => functions::as_json(context),
        "dev_server" => return Err(Stop::Server("server/setting")),
        "get_next_link" | "get_toc" | "run_script" => on_server(name, "server/site"),
        "get_visible_columns" | "is_job_queued" | "log" => on_server(name, "server/function"),
        "get_shade" => Function::python("get_shade", |_, _| Err(Stop::unsupported("get_shade"))),
        "guess_mimetype" => return Ok(functions::page_helper(context, name)),
        "html2text" => functions::html2text(context),
        "json" => json_module(context),
        "scrub" => functions::scrub(context),
        "style" => {
            let mut style = Dict::default();
            style.set("border_color", Value::str("#d1d8dd"));
            FrappeDict::value(style)
        }
        _ => return Ok(None),
    }))
}

/// A global name that a message sees besides `doc`, `alert` and `comments`: `frappe`, `_`... Jinja's own (`range`,
/// `dict`, `lipsum`, `cycler`, `joiner`, `namespace`) are the message's business.
///
/// # Errors
/// `Unsupported` for a name that the host gives and this engine does not have; `Server` for what the page cannot know.
pub fn in_message(context: &Rc<Context>, name: &str) -> Outcome<Option<Value>> {
    Ok(Some(match name {
        "frappe" => frappe(context, Place::Message),
        "include_script" | "include_style" | "resolve_class" => return Ok(functions::page_helper(context, name)),
        "is_rtl" => functions::is_rtl(context),
        "socketio_port" => return Err(Stop::Server("server/site")),
        "web_block" | "web_blocks" => look_up(name, "server/site"),
        _ if is_of_scripts(name) => return of_scripts(context, name),
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
const MESSAGE_NAMES: [&str; 15] = [
    "__builtins__",
    "_getattr_",
    "_getitem_",
    "_getiter_",
    "_iter_unpack_sequence_",
    "_write_",
    "bundled_asset",
    "filter",
    "get_dom_id",
    "include_icons",
    "iter",
    "map",
    "modules",
    "next",
    "reversed",
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        for list in [&super::OF_SCRIPTS[..], &super::MESSAGE_BUILTINS, &super::MESSAGE_NAMES] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
