//! `frappe`, `frappe.db`, `frappe.session`, `frappe.utils` and `json`: dicts of the host's whose entries read as
//! attributes. Long because of its lists: every name of these dicts is told from one that is not there.
//!
//! Source: Dodock 3.40, frappe/utils/safe_exec.py of its time and the Notification's `get_context`; measured.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::frappe_dict::FrappeDict;
use super::look_up::look_up;
use super::{Context, Flavour, Metas, functions, json, meta};
use crate::python::json::{dumps, loads};
use crate::python::operators::Binary;
use crate::python::{Arguments, Budget, Dict, Function, Object, Outcome, Stop, Value, show};

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
    Json,
    Session,
    Utils,
}

/// `frappe`, `frappe.db`, `frappe.session`, `frappe.utils` or `json`: dicts whose entries read as attributes.
struct Namespace {
    part: Part,
    place: Place,
    context: Rc<Context>,
    metas: Option<Rc<Metas>>,
}

impl std::fmt::Debug for Namespace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.path())
    }
}

/// The host's `frappe`.
pub fn frappe(context: &Rc<Context>, place: Place) -> Value {
    Value::object(Namespace { part: Part::Frappe, place, context: Rc::clone(context), metas: None })
}

/// The host's `frappe` in a message about a document of these doctypes.
pub fn frappe_about(context: &Rc<Context>, metas: &Rc<Metas>) -> Value {
    let metas = Some(Rc::clone(metas));
    Value::object(Namespace { part: Part::Frappe, place: Place::Message, context: Rc::clone(context), metas })
}

/// The `json` of messages: two functions of the module.
pub fn json_module(context: &Rc<Context>) -> Value {
    let part = Namespace { part: Part::Json, place: Place::Message, context: Rc::clone(context), metas: None };
    Value::object(part)
}

/// `frappe.render_template`, which the message's own renderer runs.
#[derive(Debug)]
pub struct RenderTemplate;

impl Object for RenderTemplate {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("function")
    }

    fn call(&self, _: Arguments, _: &Budget) -> Outcome<Value> {
        Err(Stop::unsupported("frappe.render_template called by a function"))
    }

    fn identical(&self, other: &Value) -> Option<bool> {
        Some(other.downcast::<Self>().is_some())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Namespace {
    fn path(&self) -> &'static str {
        match self.part {
            Part::Frappe => "frappe",
            Part::Db => "frappe.db",
            Part::Json => "json",
            Part::Session => "frappe.session",
            Part::Utils => "frappe.utils",
        }
    }

    fn part(&self, part: Part) -> Value {
        Value::object(Self { part, place: self.place, context: Rc::clone(&self.context), metas: None })
    }

    fn unknown(&self, name: &str) -> Stop {
        Stop::unsupported(format!("{}.{name}", self.path()))
    }

    /// An entry of the dict; `None` when it has none of that name.
    fn entry(&self, name: &str) -> Outcome<Option<Value>> {
        match (self.part, self.place) {
            (Part::Json, _) => Ok(match name {
                "dumps" => Some(functions::function(&self.context, "dumps", |_, given, budget| dumps(given, budget))),
                "loads" => Some(functions::function(&self.context, "loads", |_, given, budget| loads(&given, budget))),
                _ => None,
            }),
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
                "get_value" | "get_list" => Ok(Some(look_up(name, "server/database"))),
                _ => Ok(None),
            },
            (Part::Frappe, Place::Message) => self.of_frappe(name),
            (Part::Db, Place::Message) => match name {
                "get_default" => Ok(Some(functions::function(&self.context, "get_default", get_default))),
                _ if DB_FUNCTIONS.binary_search(&name).is_ok() => Ok(Some(look_up(name, "server/database"))),
                _ if self.may_have(name, &DB_NAMES) => Err(self.unknown(name)),
                _ => Ok(None),
            },
        }
    }

    /// Whether some version of the host has an entry of this name; `names` are those that this engine does not have.
    fn may_have(&self, name: &str, names: &[&str]) -> bool {
        let plain = name.starts_with(|first: char| first.is_ascii_lowercase());
        !plain || self.context.flavour != Flavour::Dodock || names.binary_search(&name).is_ok()
    }

    fn of_frappe(&self, name: &str) -> Outcome<Option<Value>> {
        let context = &self.context;
        let setting = |name: &str, otherwise: &str| {
            let setting = context.default_of(name)?.and_then(serde_json::Value::as_str);
            Ok(Value::str(setting.filter(|setting| !setting.is_empty()).unwrap_or(otherwise)))
        };
        Ok(Some(match name {
            "bold" => functions::bold(context),
            "date_format" => setting("date_format", "yyyy-mm-dd")?,
            "db" => self.part(Part::Db),
            "format" | "format_value" => functions::format_value(context),
            "format_date" => functions::global_date_format(context),
            "full_name" => Value::str(context.full_name.as_deref().ok_or(Stop::Server("server/user"))?),
            "flags" => FrappeDict::value(Dict::default()),
            "form_dict" | "request" | "response" => return Err(Stop::Server("server/request")),
            "get_all" | "get_cached_doc" | "get_doc" | "get_last_doc" | "get_list" | "get_roles" => {
                look_up(name, "server/database")
            }
            "get_fullname" => functions::function(context, "get_fullname", get_fullname),
            "get_gravatar" => functions::get_gravatar(context),
            "get_meta" => self.get_meta(),
            "get_url" => functions::get_url(context),
            "is_desk" | "get_request_header" => look_up(name, "server/request"),
            "lang" => Value::str(&context.lang),
            "msgprint" => functions::msgprint(context),
            "qb" | "socketio_port" => return Err(Stop::Server("server/site")),
            "render_template" => Value::object(RenderTemplate),
            "sanitize_html" => functions::sanitize_html(context),
            "session" => self.part(Part::Session),
            "throw" => functions::throw(context),
            "time_format" => setting("time_format", "HH:mm:ss")?,
            "user" => Value::str(&context.user),
            "utils" => self.part(Part::Utils),
            _ if SERVER_FUNCTIONS.binary_search(&name).is_ok() => look_up(name, "server/function"),
            _ if self.may_have(name, &FRAPPE_NAMES) => return Err(self.unknown(name)),
            _ => return Ok(None),
        }))
    }

    /// `frappe.get_meta(doctype)`, for the doctypes of the open document.
    fn get_meta(&self) -> Value {
        let (metas, flavour) = (self.metas.clone(), self.context.flavour);
        Function::python("get_meta", move |arguments, _: &Budget| {
            let ([Value::Str(name)], true) = (arguments.positional.as_slice(), arguments.keyword.is_empty()) else {
                return Err(Stop::unsupported("frappe.get_meta with these arguments"));
            };
            match metas.as_ref().and_then(|metas| metas.get(name)) {
                Some(doctype) => Ok(meta::meta(doctype, flavour)),
                None => Err(Stop::Server("server/database")),
            }
        })
    }
}

impl Object for Namespace {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match (self.part, self.place) {
            (Part::Frappe | Part::Db | Part::Json, Place::Message) => "NamespaceDict",
            _ => "_dict",
        })
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        match self.type_name() {
            Cow::Borrowed("_dict") => Ok(Cow::Borrowed("frappe._dict")),
            _ => Ok(Cow::Borrowed("frappe.utils.safe_exec.NamespaceDict")),
        }
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        // A private name reads as something in any case, which the sandbox then hides.
        if name.starts_with('_') && !name.starts_with("__") && self.place == Place::Message {
            return Ok(Some(Value::None));
        }
        if name == "get" {
            let (part, place, context, metas) = (self.part, self.place, Rc::clone(&self.context), self.metas.clone());
            let own = Self { part, place, context, metas };
            return Ok(Some(Function::builtin("get", move |arguments, _: &Budget| {
                match (arguments.positional.as_slice(), arguments.keyword.is_empty()) {
                    ([Value::Str(name)], true) => Ok(own.entry(name)?.unwrap_or(Value::None)),
                    ([Value::Str(name), default], true) => Ok(own.entry(name)?.unwrap_or_else(|| default.clone())),
                    _ => Err(own.unknown("get() with these arguments")),
                }
            })));
        }
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
            None => Err(Stop::raise("KeyError", show::repr(key, &Budget::default())?)),
        }
    }

    fn call(&self, _arguments: Arguments, _budget: &Budget) -> Outcome<Value> {
        Err(Stop::type_error(format!("'{}' object is not callable", self.type_name())))
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, _budget: &Budget) -> Outcome<Vec<Value>> {
        Err(self.unknown("iter()"))
    }

    fn length(&self) -> Outcome<usize> {
        Err(self.unknown("len()"))
    }

    fn set_item(&self, _key: &Value, _value: Value, _budget: &Budget) -> Outcome<()> {
        Err(self.unknown("[]"))
    }

    fn contains(&self, item: &Value, _budget: &Budget) -> Option<Outcome<bool>> {
        Some(match item {
            Value::Str(name) => match self.entry(name) {
                // What only the server has is there too.
                Ok(Some(_)) | Err(Stop::Server(_)) => Ok(true),
                Ok(None) => Ok(false),
                Err(stop) => Err(stop),
            },
            _ => Err(self.unknown("in")),
        })
    }

    fn binary(&self, operator: Binary, other: &Value, _reflected: bool, _budget: &Budget) -> Option<Outcome<Value>> {
        let dict = matches!(&*other.base(), Value::Dict(_)) || other.downcast::<Self>().is_some();
        (operator == Binary::BitOr && dict).then(|| Err(self.unknown("|")))
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let same = |other: &Self| self.part == other.part && self.place == other.place;
        Some(other.downcast::<Self>().is_some_and(same))
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

/// Functions of `frappe.db` in messages, sorted.
const DB_FUNCTIONS: [&str; 12] = [
    "add_index",
    "commit",
    "count",
    "escape",
    "exists",
    "get_all",
    "get_list",
    "get_single_value",
    "get_value",
    "rollback",
    "set_value",
    "sql",
];

/// Names of `frappe.db` that other versions of the host have, sorted.
const DB_NAMES: [&str; 10] = [
    "after_commit",
    "after_rollback",
    "before_commit",
    "before_rollback",
    "bulk_update",
    "delete",
    "get_values",
    "savepoint",
    "set_default",
    "truncate",
];

/// Functions of `frappe` in messages that do something on the server or read what the page does not have; sorted.
const SERVER_FUNCTIONS: [&str; 17] = [
    "attach_print",
    "call",
    "copy_doc",
    "delete_doc",
    "enqueue",
    "get_hooks",
    "get_mapped_doc",
    "get_print",
    "get_system_settings",
    "get_user",
    "log_error",
    "make_get_request",
    "make_post_request",
    "make_put_request",
    "new_doc",
    "rename_doc",
    "sendmail",
];

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
    match context.default_of(key)? {
        None => Ok(Value::None),
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
const FRAPPE_NAMES: [&str; 32] = [
    "add_to_date",
    "as_json",
    "autolog",
    "cache",
    "call_hook_method",
    "clear_messages",
    "conf",
    "defaults",
    "desk",
    "errprint",
    "exceptions",
    "flt",
    "get_attr",
    "get_cached_value",
    "get_desk_link",
    "get_single",
    "get_test_records",
    "get_time_log",
    "get_traceback",
    "get_user_format",
    "get_visible_columns",
    "has_permission",
    "is_rtl",
    "is_whitelisted",
    "local",
    "log",
    "make_delete_request",
    "make_patch_request",
    "publish_progress",
    "publish_realtime",
    "query_builder",
    "scrub",
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        let lists = [
            &super::DB_FUNCTIONS[..],
            &super::DB_NAMES,
            &super::DICT_METHODS,
            &super::FRAPPE_NAMES,
            &super::SERVER_FUNCTIONS,
            &super::SETTINGS,
        ];
        for list in lists {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
