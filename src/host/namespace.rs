//! `frappe`, `frappe.db`, `frappe.session` and `frappe.utils`: dicts of the host's whose entries read as attributes.
//!
//! Source: Dodock 3.40, frappe/utils/safe_exec.py of its time and the Notification's `get_context`; measured.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::{Context, Flavour, functions, json};
use crate::python::{Arguments, Budget, Function, Object, Outcome, Stop, Value};

/// Who asks for `frappe`: conditions see less of it than messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A condition: `frappe` has `utils` and two functions of `db`.
    Condition,
    /// A message: most of what server scripts have.
    Message,
}

/// Which dict of the host's it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Frappe,
    Db,
    Session,
    Utils,
}

/// `frappe`, `frappe.db`, `frappe.session` or `frappe.utils`: dicts whose entries read as attributes.
struct Namespace {
    part: Part,
    place: Place,
    context: Rc<Context>,
}

impl std::fmt::Debug for Namespace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.path())
    }
}

/// The host's `frappe`.
pub fn frappe(context: &Rc<Context>, place: Place) -> Value {
    Value::object(Namespace { part: Part::Frappe, place, context: Rc::clone(context) })
}

impl Namespace {
    fn path(&self) -> &'static str {
        match self.part {
            Part::Frappe => "frappe",
            Part::Db => "frappe.db",
            Part::Session => "frappe.session",
            Part::Utils => "frappe.utils",
        }
    }

    fn part(&self, part: Part) -> Value {
        Value::object(Self { part, place: self.place, context: Rc::clone(&self.context) })
    }

    fn unknown(&self, name: &str) -> Stop {
        Stop::unsupported(format!("{}.{name}", self.path()))
    }

    /// An entry of the dict; `None` when it has none of that name.
    fn entry(&self, name: &str) -> Outcome<Option<Value>> {
        match (self.part, self.place) {
            (Part::Utils, _) => functions::util(&self.context, name),
            (Part::Session, _) => match name {
                "user" => Ok(Some(Value::str(&self.context.user))),
                "csrf_token" => Err(self.unknown(name)),
                _ => Ok(None),
            },
            (Part::Frappe, Place::Condition) => Ok(match name {
                "utils" => Some(self.part(Part::Utils)),
                "db" => Some(self.part(Part::Db)),
                _ => None,
            }),
            (Part::Db, Place::Condition) => match name {
                "get_value" | "get_list" => Ok(Some(look_up(name))),
                _ => Ok(None),
            },
            (Part::Frappe, Place::Message) => self.of_frappe(name),
            (Part::Db, Place::Message) => match name {
                "get_default" => Ok(Some(functions::function(&self.context, "get_default", get_default))),
                "get_value" | "get_list" | "get_all" | "get_single_value" | "exists" | "count" | "sql" => {
                    Ok(Some(look_up(name)))
                }
                _ => Err(self.unknown(name)),
            },
        }
    }

    fn of_frappe(&self, name: &str) -> Outcome<Option<Value>> {
        let context = &self.context;
        let setting = |name: &str, otherwise: &str| {
            let setting = context.sysdefaults.get(name).and_then(serde_json::Value::as_str);
            Value::str(setting.filter(|setting| !setting.is_empty()).unwrap_or(otherwise))
        };
        Ok(Some(match name {
            "bold" => functions::bold(context),
            "date_format" => setting("date_format", "yyyy-mm-dd"),
            "db" => self.part(Part::Db),
            "format" | "format_value" => functions::format_value(context),
            "format_date" => functions::global_date_format(context),
            "full_name" => Value::str(context.full_name.as_deref().ok_or(Stop::Server("server/user"))?),
            "get_all" | "get_cached_doc" | "get_doc" | "get_last_doc" | "get_list" | "get_roles" => look_up(name),
            "get_fullname" => functions::function(context, "get_fullname", get_fullname),
            "get_gravatar" => functions::get_gravatar(context),
            "get_url" => functions::get_url(context),
            "lang" => Value::str(&context.lang),
            "sanitize_html" => functions::sanitize_html(context),
            "session" => self.part(Part::Session),
            "time_format" => setting("time_format", "HH:mm:ss"),
            "user" => Value::str(&context.user),
            "utils" => self.part(Part::Utils),
            _ => {
                let plain = name.starts_with(|first: char| first.is_ascii_lowercase());
                if plain && context.flavour == Flavour::Dodock && FRAPPE_NAMES.binary_search(&name).is_err() {
                    return Ok(None);
                }
                return Err(self.unknown(name));
            }
        }))
    }
}

impl Object for Namespace {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match (self.part, self.place) {
            (Part::Frappe | Part::Db, Place::Message) => "NamespaceDict",
            _ => "_dict",
        })
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        match self.type_name() {
            Cow::Borrowed("_dict") => Ok(Cow::Borrowed("frappe._dict")),
            _ => Err(Stop::unsupported(format!("the class of {}", self.path()))),
        }
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        if name.starts_with('_') || DICT_METHODS.binary_search(&name).is_ok() {
            return Err(self.unknown(name));
        }
        if let Some(value) = self.entry(name)? {
            return Ok(Some(value));
        }
        // A missing entry reads as None, except where the host puts a function that fails when it is called.
        if self.type_name() == "_dict" {
            return Ok(Some(Value::None));
        }
        let message = format!("module has no attribute '{name}'");
        Ok(Some(Function::python("default_function", move |_, _: &Budget| {
            Err(Stop::raise("AttributeError", message.clone()))
        })))
    }

    fn item(&self, key: &Value, _budget: &Budget) -> Outcome<Value> {
        let Value::Str(name) = key else { return Err(self.unknown("[]")) };
        match self.entry(name)? {
            Some(value) => Ok(value),
            None => Err(self.unknown(name)),
        }
    }

    fn call(&self, _arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
        Err(Stop::type_error(format!("'{}' object is not callable", self.type_name())))
    }

    fn iterate(&self, _budget: &Budget) -> Outcome<Vec<Value>> {
        Err(self.unknown("iter()"))
    }

    fn length(&self) -> Outcome<usize> {
        Err(self.unknown("len()"))
    }

    fn set_attribute(&self, name: &str, _value: Value) -> Outcome<()> {
        Err(self.unknown(name))
    }

    fn set_item(&self, _key: &Value, _value: Value, _budget: &Budget) -> Outcome<()> {
        Err(self.unknown("[]"))
    }

    fn contains(&self, _item: &Value, _budget: &Budget) -> Option<Outcome<bool>> {
        Some(Err(self.unknown("in")))
    }

    fn hashable(&self) -> bool {
        false
    }

    fn identical(&self, _other: &Value) -> Option<bool> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A function that only the server can run: it reads the database.
fn look_up(name: &str) -> Value {
    Function::python(name.to_owned(), |_, _: &Budget| Err(Stop::Server("server/database")))
}

/// Settings of the site that no user default shadows.
const SETTINGS: [&str; 12] = [
    "app_name",
    "country",
    "currency",
    "currency_precision",
    "date_format",
    "first_day_of_the_week",
    "float_precision",
    "lang",
    "language",
    "number_format",
    "rounding_method",
    "time_format",
];

/// `frappe.db.get_default(key)`: a default of the site. The page knows those of the site and of the person mixed.
fn get_default(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let key = match (arguments.positional.as_slice(), arguments.keyword.is_empty()) {
        ([Value::Str(key)], true) => key,
        _ => return Err(Stop::unsupported("frappe.db.get_default with these arguments")),
    };
    match context.sysdefaults.get(&**key) {
        None | Some(serde_json::Value::Null) => Ok(Value::None),
        Some(value) if SETTINGS.binary_search(&&**key).is_ok() => Ok(json::value(value)),
        Some(_) => Err(Stop::Server("server/database")),
    }
}

/// `frappe.get_fullname(user=None)`
fn get_fullname(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    match (arguments.positional.as_slice(), arguments.keyword.is_empty()) {
        ([], true) => context.full_name.as_deref().map(Value::str).ok_or(Stop::Server("server/user")),
        ([Value::Str(user)], true) => {
            context.full_names.get(&**user).map(Value::str).ok_or(Stop::Server("server/user"))
        }
        _ => Err(Stop::unsupported("frappe.get_fullname with these arguments")),
    }
}

/// The methods of a dict that has entries as attributes: they come before the entries. Sorted.
const DICT_METHODS: [&str; 11] =
    ["clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"];

/// Other names of `frappe` in messages, in any version of the host, sorted; a name that is not here does not exist.
const FRAPPE_NAMES: [&str; 61] = [
    "add_to_date",
    "as_json",
    "attach_print",
    "autolog",
    "cache",
    "call",
    "call_hook_method",
    "clear_messages",
    "conf",
    "copy_doc",
    "defaults",
    "delete_doc",
    "desk",
    "enqueue",
    "errprint",
    "exceptions",
    "flags",
    "flt",
    "form_dict",
    "get_attr",
    "get_cached_value",
    "get_desk_link",
    "get_hooks",
    "get_mapped_doc",
    "get_meta",
    "get_print",
    "get_request_header",
    "get_single",
    "get_system_settings",
    "get_test_records",
    "get_time_log",
    "get_traceback",
    "get_user",
    "get_user_format",
    "get_visible_columns",
    "has_permission",
    "is_desk",
    "is_rtl",
    "is_whitelisted",
    "local",
    "log",
    "log_error",
    "make_delete_request",
    "make_get_request",
    "make_patch_request",
    "make_post_request",
    "make_put_request",
    "msgprint",
    "new_doc",
    "publish_progress",
    "publish_realtime",
    "qb",
    "query_builder",
    "rename_doc",
    "render_template",
    "request",
    "response",
    "scrub",
    "sendmail",
    "socketio_port",
    "throw",
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        for list in [&super::DICT_METHODS[..], &super::FRAPPE_NAMES, &super::SETTINGS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
