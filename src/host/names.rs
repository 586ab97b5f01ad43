//! The names that the host gives to a condition and to a message, besides Python's and Jinja's own.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::{Context, moment};
use crate::python::{Arguments, Budget, Function, Object, Outcome, Stop, Value};

/// A name that a condition sees: `doc`, `nowdate`, `frappe`. `None` when the host does not give it.
/// `server_scripts` decides between the two sets of names.
///
/// # Errors
/// `Unsupported` for a name that the host gives and this engine does not have.
pub fn in_condition(context: &Rc<Context>, doc: &Value, name: &str, server_scripts: bool) -> Outcome<Option<Value>> {
    Ok(Some(match name {
        "doc" => doc.clone(),
        "nowdate" => nowdate(context),
        "frappe" => frappe(Place::Condition { server_scripts }),
        _ if server_scripts && SCRIPT_NAMES.binary_search(&name).is_ok() => return Err(Stop::unsupported(name)),
        _ => return Ok(None),
    }))
}

/// Names that server scripts add (frappe.utils.safe_exec), sorted; none of them is here yet.
const SCRIPT_NAMES: [&str; 9] = ["FrappeClient", "_", "as_json", "dict", "get_toc", "json", "log", "scrub", "style"];

/// A global name that a message sees besides `doc`, `alert` and `comments`: `frappe`, `_`... Jinja's own (`range`,
/// `dict`, `lipsum`, `cycler`, `joiner`, `namespace`) are the message's business.
///
/// # Errors
/// `Unsupported` for a name that the host gives and this engine does not have.
pub fn in_message(context: &Rc<Context>, name: &str) -> Outcome<Option<Value>> {
    Ok(Some(match name {
        "frappe" => frappe(Place::Message),
        "_" => translate(context),
        _ if MESSAGE_NAMES.binary_search(&name).is_ok() => return Err(Stop::unsupported(name)),
        _ => return Ok(None),
    }))
}

/// Names that messages have and this engine does not, sorted: Frappe's own and the builtins that its sandbox adds.
const MESSAGE_NAMES: [&str; 38] = [
    "FrappeClient",
    "abs",
    "all",
    "any",
    "as_json",
    "bool",
    "dev_server",
    "enumerate",
    "filter",
    "get_toc",
    "get_visible_columns",
    "guess_mimetype",
    "html2text",
    "inspect",
    "is_rtl",
    "iter",
    "json",
    "list",
    "log",
    "map",
    "max",
    "min",
    "modules",
    "next",
    "print",
    "resolve_class",
    "reversed",
    "run_script",
    "scrub",
    "set",
    "socketio_port",
    "sorted",
    "style",
    "sum",
    "tuple",
    "user",
    "web_block",
    "web_blocks",
];

/// `nowdate()`: today in the system time zone, as text.
fn nowdate(context: &Rc<Context>) -> Value {
    let today = moment::day(&context.now);
    Function::python("nowdate", move |arguments: Arguments, _| {
        arguments.bind("nowdate", &[], 0)?;
        Ok(Value::str(&today))
    })
}

/// `_(text)`: the text through the host's translations; a text without one stays as it is, blanks included.
fn translate(context: &Rc<Context>) -> Value {
    let context = Rc::clone(context);
    Function::python("_", move |arguments: Arguments, _| {
        match (arguments.positional.as_slice(), arguments.keyword.as_slice()) {
            ([Value::Str(text)], []) if !text.contains('<') => {
                Ok(context.messages.get(text.trim()).map_or_else(|| Value::Str(Rc::clone(text)), Value::str))
            }
            _ => Err(Stop::unsupported("_() with a context, a language or HTML")),
        }
    })
}

/// Who asks for `frappe`: conditions see less of it than messages.
#[derive(Debug, Clone, Copy)]
enum Place {
    Condition { server_scripts: bool },
    Message,
}

/// `frappe`, or a part of it: `frappe.db`, `frappe.utils`.
#[derive(Debug)]
struct Module {
    path: &'static str,
    place: Place,
}

fn frappe(place: Place) -> Value {
    Value::object(Module { path: "frappe", place })
}

impl Object for Module {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self.place {
            Place::Message => "NamespaceDict",
            Place::Condition { .. } => "_dict",
        })
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Err(Stop::unsupported(format!("the class of {}", self.path)))
    }

    fn truth(&self) -> Outcome<bool> {
        Ok(true)
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match (self.path, name) {
            ("frappe", "utils") => Ok(Some(Value::object(Module { path: "frappe.utils", place: self.place }))),
            ("frappe", "db") => Ok(Some(Value::object(Module { path: "frappe.db", place: self.place }))),
            ("frappe.db", _)
            | ("frappe", "get_doc" | "get_all" | "get_list" | "get_cached_doc" | "get_last_doc" | "get_value")
                if self.reaches(name) =>
            {
                Ok(Some(Function::python(name.to_owned(), |_, _: &Budget| Err(Stop::Server("server/database")))))
            }
            // Without server scripts `frappe` is a dict with two entries, and any other name reads as None.
            ("frappe" | "frappe.db", _) if matches!(self.place, Place::Condition { server_scripts: false }) => {
                Ok(Some(Value::None))
            }
            _ => Err(Stop::unsupported(format!("{}.{name}", self.path))),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Module {
    /// Whether the host really has this database function here; a condition without server scripts has two.
    fn reaches(&self, name: &str) -> bool {
        match self.place {
            Place::Condition { server_scripts: false } => {
                self.path == "frappe.db" && matches!(name, "get_value" | "get_list")
            }
            _ => {
                self.path != "frappe.db"
                    || matches!(
                        name,
                        "get_value" | "get_list" | "get_all" | "exists" | "count" | "sql" | "get_single_value"
                    )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        assert!(super::SCRIPT_NAMES.is_sorted());
        assert!(super::MESSAGE_NAMES.is_sorted());
    }
}
