//! The methods of a `Document` that a condition or a message may call, and the names of those that we do not have.
//!
//! Long because of its lists: every name of a document's class is told from one that is not there.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::document::{Slot, State};
use super::document_attributes::{ATTRIBUTES, Private, private};
use super::document_type::is_table;
use super::functions::filters::matches;
use super::functions::format::value::{self, Kind, Shown};
use super::functions::{self, Given};
use super::meta::{self, default_field};
use super::{Document, as_dict, value_change};
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value, access, operators};

/// What a method does.
type Run = fn(&Document, Arguments, &Budget) -> Outcome<Value>;

/// Methods of `BaseDocument` that can be named but not called here, sorted.
const BASE_METHODS: [&str; 27] = [
    "append",
    "as_json",
    "db_insert",
    "db_update",
    "db_update_all",
    "delete_key",
    "extend",
    "get_db_value",
    "get_field_name_by_key_name",
    "get_invalid_links",
    "get_label_from_fieldname",
    "get_parentfield_of_doctype",
    "get_password",
    "get_table_field_doctype",
    "get_valid_columns",
    "get_valid_dict",
    "in_format_data",
    "init_child_tables",
    "init_valid_columns",
    "is_dummy_password",
    "is_print_hide",
    "remove",
    "set",
    "show_unique_validation_message",
    "update",
    "update_if_missing",
    "update_modified",
];

/// Methods of `Document` that change or ask what only the server has, sorted.
const ON_SERVER: [&str; 27] = [
    "add_comment",
    "add_seen",
    "add_tag",
    "add_viewed",
    "cancel",
    "check_permission",
    "clear_cache",
    "db_get",
    "db_set",
    "delete",
    "get_assigned_users",
    "get_liked_by",
    "get_permlevel_access",
    "get_signature",
    "get_tags",
    "has_permission",
    "insert",
    "load_from_db",
    "lock",
    "log_error",
    "notify_update",
    "queue_action",
    "rename",
    "save",
    "save_version",
    "submit",
    "unlock",
];

/// Methods of [`METHODS`] that `BaseDocument` defines, sorted.
const OF_BASE: [&str; 7] = ["as_dict", "get", "get_formatted", "get_value", "getone", "is_new", "precision"];

/// A method with its document.
struct Method {
    name: &'static str,
    /// `None` for a method that cannot be called here.
    run: Option<Run>,
    document: Document,
}

impl std::fmt::Debug for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<bound method {}>", self.name)
    }
}

impl Object for Method {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("method")
    }

    fn repr(&self, budget: &Budget) -> Outcome<String> {
        // Which class defines the others was not measured.
        if OF_BASE.binary_search(&self.name).is_err() && BASE_METHODS.binary_search(&self.name).is_err() {
            return Err(Stop::unsupported(format!("repr of doc.{}", self.name)));
        }
        Ok(format!("<bound method BaseDocument.{} of {}>", self.name, self.document.repr(budget)?))
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        budget.step()?;
        match self.run {
            Some(run) => run(&self.document, arguments, budget),
            None => Err(Stop::unsupported(format!("doc.{}", self.name))),
        }
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let same = |other: &Self| self.name == other.name && Rc::ptr_eq(&self.document.values, &other.document.values);
        Some(other.downcast::<Self>().is_some_and(same))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The methods, sorted by name.
const METHODS: [(&str, Run); 16] = [
    ("as_dict", as_dict),
    ("as_json", as_json),
    ("get", get),
    ("get_all_children", get_all_children),
    ("get_doc_before_save", get_doc_before_save),
    ("get_formatted", get_formatted),
    ("get_title", get_title),
    ("get_url", get_url),
    ("get_value", get_value),
    ("get_value_before_save", get_value_before_save),
    ("getone", getone),
    ("has_value_changed", has_value_changed),
    ("is_new", is_new),
    ("precision", precision),
    ("reload", reload),
    ("run_method", run_method),
];

/// Whether this engine runs the method of a document.
pub fn can_run(name: &str) -> bool {
    METHODS.binary_search_by(|(own, _)| (*own).cmp(name)).is_ok()
}

/// The attribute called `name` that the document's class gives it; `None` when a plain document has no such attribute.
///
/// # Errors
/// `Unsupported` for an attribute that the class has and this engine does not.
pub fn method(document: &Document, name: &str) -> Outcome<Option<Value>> {
    match name {
        "meta" => return Ok(Some(meta::meta(&document.doctype, document.context.flavour))),
        // Saving leaves its own marks there, and so do apps.
        "flags" => return Err(Stop::Server("server/flags")),
        _ => {}
    }
    if let Some((name, run)) = METHODS.binary_search_by(|(own, _)| (*own).cmp(name)).ok().and_then(|at| METHODS.get(at))
    {
        return Ok(Some(Value::object(Method { name, run: Some(*run), document: document.clone() })));
    }
    if let Some(name) = BASE_METHODS.binary_search(&name).ok().and_then(|at| BASE_METHODS.get(at)) {
        return Ok(Some(Value::object(Method { name, run: None, document: document.clone() })));
    }
    if let Some(name) = ON_SERVER.binary_search(&name).ok().and_then(|at| ON_SERVER.get(at)) {
        return Ok(Some(Value::object(Method { name, run: Some(on_server), document: document.clone() })));
    }
    if ATTRIBUTES.binary_search(&name).is_ok() { Err(Stop::unsupported(format!("doc.{name}"))) } else { Ok(None) }
}

/// Whether the class of every document gives it an attribute of this name.
pub fn is_of_every_document(name: &str) -> bool {
    name == "meta"
        || METHODS.binary_search_by(|(own, _)| (*own).cmp(name)).is_ok()
        || BASE_METHODS.binary_search(&name).is_ok()
        || ATTRIBUTES.binary_search(&name).is_ok()
}

/// The fields of a document as the host's `get` knows them: an empty table for a table without rows.
fn value_of(document: &Document, key: &str) -> Outcome<Option<Value>> {
    let value = document.slot(key).map(Slot::get).transpose()?;
    match value {
        None | Some(Value::None) if document.doctype.field(key).is_some_and(|field| is_table(&field.fieldtype)) => {
            Ok(Some(Value::list(Vec::new())))
        }
        value => Ok(value),
    }
}

/// `doc.get(key, filters=None, limit=None, default=None)`. A filter that is not a dict is the default, as on the host.
fn get(document: &Document, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = method_arguments(arguments, "Document.get", &["key", "filters", "limit", "default"], 1)?;
    let (key, filters, limit, default) = (given.value(), given.option(), given.value(), given.option());
    rows_or_value(document, &key, filters, &limit, default, budget)
}

fn rows_or_value(
    document: &Document,
    key: &Value,
    filters: Option<Value>,
    limit: &Value,
    default: Option<Value>,
    budget: &Budget,
) -> Outcome<Value> {
    let key = match key {
        Value::Str(key) if private(key) == Private::Column && !document.is_row() => {
            return Err(Stop::Server("server/database"));
        }
        // The form's notes: a document that is read from the database has none.
        Value::Str(key) if matches!(&**key, "__last_sync_on" | "__onload" | "__unsaved") && document.is_plain() => key,
        Value::Str(key) if private(key) == Private::Perhaps => return Err(Stop::Server("server/private")),
        Value::Str(key) => key,
        // No field has such a name.
        Value::None | Value::Int(_) | Value::Float(_) | Value::Bool(_) => {
            return match filters {
                Some(Value::Dict(_)) => Err(Stop::unsupported("doc.get with filters on a key that is not a text")),
                Some(filters) if operators::truth(&filters)? => Ok(filters),
                _ => Ok(default.unwrap_or(Value::None)),
            };
        }
        _ => return Err(Stop::unsupported("doc.get of a key that is not a text")),
    };
    let limit = match limit {
        limit if !operators::truth(limit)? => None,
        limit => {
            let count = limit.as_i64().and_then(|limit| usize::try_from(limit).ok());
            Some(count.ok_or_else(|| Stop::unsupported("doc.get with this limit"))?)
        }
    };
    let default = match filters {
        Some(Value::Dict(filters)) if !filters.borrow().is_empty() => {
            let filters = Rc::clone(&filters);
            return match value_of(document, key)? {
                Some(Value::List(rows)) => {
                    let rows = rows.borrow().clone();
                    matching(rows, &filters.borrow(), limit, budget).map(Value::list)
                }
                _ => Err(Stop::unsupported("doc.get with filters on a field that is no table")),
            };
        }
        Some(filters) if operators::truth(&filters)? => Some(filters),
        _ => default,
    };
    let value = value_of(document, key)?.or(default).unwrap_or(Value::None);
    match (&value, limit) {
        (Value::List(items), Some(limit)) if items.borrow().len() > limit => {
            Ok(Value::list(items.borrow().iter().take(limit).cloned().collect()))
        }
        (Value::Tuple(_), Some(_)) => Err(Stop::unsupported("doc.get with a limit on a tuple")),
        _ => Ok(value),
    }
}

/// The rows that fit all filters.
fn matching(
    rows: Vec<Value>,
    filters: &crate::python::Dict,
    limit: Option<usize>,
    budget: &Budget,
) -> Outcome<Vec<Value>> {
    let mut fitting = Vec::new();
    for row in rows {
        budget.step()?;
        let mut fits = true;
        for (name, wanted) in filters.iter() {
            let Value::Str(name) = name else { return Err(Stop::unsupported("a filter on a name that is no text")) };
            let value = access::attribute(&row, name)?.unwrap_or(Value::None);
            let (operator, wanted) = match wanted {
                Value::List(_) | Value::Tuple(_) => (
                    access::item(wanted, &Value::from(0_i64), budget)?,
                    access::item(wanted, &Value::from(1_i64), budget)?,
                ),
                Value::Bool(true) => (Value::str("not None"), wanted.clone()),
                Value::Bool(false) => (Value::str("None"), wanted.clone()),
                Value::Str(text) if text.starts_with('^') => return Err(Stop::unsupported("a filter with ^")),
                Value::Object(_) => return Err(Stop::unsupported("a filter by an object")),
                _ => (Value::str("="), wanted.clone()),
            };
            let Value::Str(operator) = operator else { return Err(Stop::unsupported("a filter's operator")) };
            if !matches(&value, &operator, &wanted, budget)? {
                fits = false;
                break;
            }
        }
        if fits {
            fitting.push(row);
            if limit == Some(fitting.len()) {
                break;
            }
        }
    }
    Ok(fitting)
}

/// `doc.getone(key, filters=None)`: the first row that fits.
fn getone(document: &Document, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = method_arguments(arguments, "BaseDocument.getone", &["key", "filters"], 1)?;
    let (key, filters) = (given.value(), given.option());
    let rows = rows_or_value(document, &key, filters, &Value::from(1_i64), None, budget)?;
    access::item(&rows, &Value::from(0_i64), budget)
}

/// `doc.get_all_children()`: the rows of all tables.
fn get_all_children(document: &Document, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = method_arguments(arguments, "get_all_children", &["parenttype"], 0)?;
    if given.truth()? {
        return Err(Stop::unsupported("get_all_children of one doctype"));
    }
    let mut children = Vec::new();
    for field in document.doctype.fields.iter().filter(|field| is_table(&field.fieldtype)) {
        if let Some(Value::List(rows)) = value_of(document, &field.fieldname)? {
            children.extend(rows.borrow().iter().cloned());
        }
    }
    Ok(Value::list(children))
}

/// `doc.is_new()`
fn is_new(document: &Document, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    method_arguments(arguments, "is_new", &[], 0)?;
    Ok(if document.state == State::Inserted { Value::Bool(true) } else { Value::None })
}

/// What the document was before it was saved; `None` for one that is inserted.
///
/// # Errors
/// `Server` where the page has not told it.
fn before_save(document: &Document) -> Outcome<Option<&Rc<Document>>> {
    match (&document.before, document.state) {
        (_, State::Inserted) => Ok(None),
        (Some(before), State::Posted) => Ok(Some(before)),
        _ => Err(Stop::Server("server/before-save")),
    }
}

/// `doc.get_doc_before_save()`
fn get_doc_before_save(document: &Document, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    method_arguments(arguments, "Document.get_doc_before_save", &[], 0)?;
    Ok(before_save(document)?.map_or(Value::None, |before| Value::object(Document::clone(before))))
}

/// `doc.get_value_before_save(fieldname)`
fn get_value_before_save(document: &Document, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let key = method_arguments(arguments, "Document.get_value_before_save", &["fieldname"], 1)?.value();
    match before_save(document)? {
        Some(before) => rows_or_value(before, &key, None, &Value::None, None, budget),
        None => Ok(Value::None),
    }
}

/// `doc.has_value_changed(fieldname)`
fn has_value_changed(document: &Document, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let key = method_arguments(arguments, "Document.has_value_changed", &["fieldname"], 1)?.value();
    let Some(before) = before_save(document)? else { return Ok(Value::Bool(true)) };
    let value = |document| rows_or_value(document, &key, None, &Value::None, None, budget);
    // Older versions compare a date with the text that was posted, newer ones with the date that it says.
    let changed = value_change::has_changed(&value(before)?, &value(document)?, budget)?;
    changed.map(Value::Bool).ok_or(Stop::Server("server/version"))
}

/// A method of [`ON_SERVER`].
fn on_server(_: &Document, _: Arguments, _: &Budget) -> Outcome<Value> {
    Err(Stop::Server("server/method"))
}

/// `doc.reload()`
fn reload(_: &Document, _: Arguments, _: &Budget) -> Outcome<Value> {
    Err(Stop::Server("server/database"))
}

/// `doc.get_url()`: the address in the desk, without the site.
fn get_url(document: &Document, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    method_arguments(arguments, "get_url", &[], 0)?;
    let name = document.slot("name").map(Slot::get).transpose()?;
    let plain =
        |text: &str| text.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character));
    match name {
        Some(Value::Str(name)) if plain(&name) && plain(&document.doctype.name.replace(' ', "")) => {
            let slug = document.doctype.name.to_lowercase().replace(' ', "-");
            Ok(Value::from(format!("/app/{slug}/{name}")))
        }
        _ => Err(Stop::unsupported("doc.get_url of a name with special characters")),
    }
}

/// `doc.get_title()`: the field that the doctype names, else `title`, else the name. What is empty is told as `None` by
/// some versions of the host and as `''` by others.
fn get_title(document: &Document, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    arguments.bind("Document.get_title", &[], 0)?;
    match value_of(document, document.doctype.shown_by())? {
        Some(title) if operators::truth(&title)? => Ok(title),
        _ => Err(Stop::Server("server/version")),
    }
}

/// `doc.get_value(fieldname)`, for texts alone: other types are cast.
fn get_value(document: &Document, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let Value::Str(fieldname) = method_arguments(arguments, "get_value", &["fieldname"], 1)?.value() else {
        return Err(Stop::unsupported("doc.get_value of a name that is no text"));
    };
    let kind = document.doctype.field(&fieldname).map(|field| field.fieldtype.as_str());
    match (kind, value_of(document, &fieldname)?) {
        (Some("Data" | "Link" | "Select" | "Small Text" | "Text"), Some(value @ Value::Str(_))) => Ok(value),
        _ => Err(Stop::unsupported("doc.get_value of a field that is no text")),
    }
}

/// `doc.as_dict()`
fn as_dict(document: &Document, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    if arguments.positional.is_empty() && arguments.keyword.is_empty() {
        Ok(as_dict::as_dict(document))
    } else {
        Err(Stop::unsupported("doc.as_dict with options"))
    }
}

/// `doc.as_json()`: as `as_dict` has it, nulls included.
fn as_json(document: &Document, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    arguments.bind("BaseDocument.as_json", &[], 0)?;
    functions::json_text(&as_dict::entries(document, true)?, budget)
}

/// `doc.run_method(method, ...)`: what it runs is the server's business.
fn run_method(_: &Document, _: Arguments, _: &Budget) -> Outcome<Value> {
    Err(Stop::Server("server/method"))
}

/// `doc.precision(fieldname)`: the decimals of a number's field.
fn precision(document: &Document, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = method_arguments(arguments, "precision", &["fieldname"], 1)?;
    let Value::Str(fieldname) = given.value() else { return Err(Stop::unsupported("precision of this field")) };
    let Some(field) = document.doctype.field(&fieldname) else {
        return Err(Stop::unsupported("precision of a field that is not there"));
    };
    let context = &document.context;
    match field.fieldtype.as_str() {
        "Currency" | "Float" | "Percent" => {}
        _ => return Ok(Value::None),
    }
    if let Some(precision) = value::field_kind(field, budget)?.precision {
        return Ok(Value::from(precision));
    }
    let precisions = match field.fieldtype.as_str() {
        "Currency" => functions::money::default_precisions(context, budget)?,
        _ => vec![value::float_precision(context, budget)?],
    };
    match precisions.as_slice() {
        [precision] => Ok(Value::from(*precision)),
        _ => Err(Stop::unsupported("the precision of an amount without a currency precision of the site")),
    }
}

/// `doc.get_formatted(fieldname, doc=None, currency=None, absolute_value=False, translated=False, format=None)`
fn get_formatted(document: &Document, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    const PARAMETERS: [&str; 6] = ["fieldname", "doc", "currency", "absolute_value", "translated", "format"];
    let mut given = method_arguments(arguments, "get_formatted", &PARAMETERS, 1)?;
    let (fieldname, other, currency) = (given.value(), given.value(), given.value());
    let (absolute, translate, format) = (given.truth()?, given.truth()?, given.value());
    let Value::Str(fieldname) = fieldname else {
        return Err(Stop::unsupported("get_formatted of a name that is no text"));
    };
    let attribute = ATTRIBUTES.binary_search(&&*fieldname).is_ok() && document.slot(&fieldname).is_none();
    if attribute || fieldname.starts_with('_') || document.slot("absolute_value").is_some() {
        return Err(Stop::unsupported("get_formatted of an attribute"));
    }
    let kind = match document.doctype.field(&fieldname) {
        Some(field) => value::field_kind(field, budget)?,
        None => Kind { fieldtype: default_field(&fieldname).to_owned(), ..Kind::default() },
    };
    let mut field_value = value_of(document, &fieldname)?.unwrap_or(Value::None);
    let kind = if kind.fieldtype.is_empty() { value::kind_of(&Value::None, &field_value, budget)? } else { kind };
    if absolute {
        field_value = match &field_value {
            Value::Float(number) => Value::Float(number.abs()),
            Value::Int(_) | Value::Bool(_) if operators::truth(&field_value)? => {
                let number = field_value.as_i64().ok_or_else(|| Stop::unsupported("abs of a very large int"))?;
                Value::from(number.saturating_abs())
            }
            _ => field_value,
        };
    }
    let currency = match &currency {
        Value::Str(currency) if !currency.is_empty() => Some(currency.to_string()),
        currency if operators::truth(currency)? => return Err(Stop::unsupported("a currency that is no text")),
        _ => currency_of(document, &other, &kind)?,
    };
    let format = match &format {
        Value::None => None,
        Value::Str(format) => Some(&**format),
        _ => return Err(Stop::unsupported("a number format that is no text")),
    };
    value::shown(&document.context, &field_value, &kind, Shown { currency, translate, format }, budget)
}

/// The currency of an amount: that of its own document, else that of the document it is shown in.
fn currency_of(document: &Document, other: &Value, kind: &Kind) -> Outcome<Option<String>> {
    let (Some(options), "Currency" | "Float") = (&kind.options, kind.fieldtype.as_str()) else { return Ok(None) };
    if kind.fieldtype == "Currency"
        && let Some(Slot::Known(Value::Str(currency))) = document.slot(options)
        && !currency.is_empty()
    {
        // The host takes it only if there is such a currency.
        functions::money::currency(&document.context, currency)?;
        return Ok(Some(currency.to_string()));
    }
    match other.downcast::<Document>() {
        Some(other) => value::field_currency(other, options),
        None if operators::truth(other)? => Err(Stop::unsupported("get_formatted for a doc that is no document")),
        None => value::field_currency(document, options),
    }
}

/// The arguments of a method. CPython counts `self` among them in its errors, which is not told here.
fn method_arguments(arguments: Arguments, name: &str, parameters: &[&str], required: usize) -> Outcome<Given> {
    Given::lenient(arguments, name, parameters, required)
}
