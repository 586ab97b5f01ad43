//! Filters in code: `compare`, `evaluate_filters`, `get_filter`, `make_filter_dict`, `make_filter_tuple`.

use std::rc::Rc;

use super::super::frappe_dict::FrappeDict;
use super::super::{Context, Document, meta};
use super::cast::cast_of;
use super::errors::{no_attribute, validation};
use super::given::Given;
use super::times::timedelta_of;
use crate::python::operators::{self, Comparison};
use crate::python::{Arguments, Budget, Dict, Outcome, Stop, Value, access, compare, show};

/// The operators that the host lets pass, in the order in which its error lists them; those that it does not compute are
/// never true.
pub const OPERATORS: [&str; 20] = [
    "=",
    "!=",
    ">",
    "<",
    ">=",
    "<=",
    "like",
    "not like",
    "in",
    "not in",
    "is",
    "between",
    "timespan",
    "previous",
    "next",
    "ancestors of",
    "descendants of",
    "not ancestors of",
    "not descendants of",
    "descendants of (inclusive)",
];

/// `compare(val1, condition, val2, fieldtype=None)`
pub fn compare(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "compare", &["val1", "condition", "val2", "fieldtype"], 3)?;
    let (left, condition, right, fieldtype) = (given.value(), given.value(), given.value(), given.value());
    let condition = match &condition {
        Value::Str(condition) => condition,
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => return Ok(Value::Bool(false)),
        _ => return Err(Stop::unsupported("compare with an operator that is no text")),
    };
    let fieldtype = fieldtype.as_str().filter(|fieldtype| !fieldtype.is_empty());
    compared(context, &left, condition, &right, fieldtype, budget).map(Value::Bool)
}

/// `compare` of a value that a filter casts to its fieldtype.
///
/// Versions of the host differ in whether they cast the first value too; where that matters the answer is not known.
fn compared(
    context: &Context,
    left: &Value,
    condition: &str,
    right: &Value,
    fieldtype: Option<&str>,
    budget: &Budget,
) -> Outcome<bool> {
    let Some(fieldtype) = fieldtype else { return matches(left, condition, right, budget) };
    let cast_left = cast(context, fieldtype, left, budget);
    let right = cast(context, fieldtype, right, budget);
    let both = cast_left.and_then(|left| matches(&left, condition, right.as_ref().map_err(Clone::clone)?, budget));
    let one = right.and_then(|right| matches(left, condition, &right, budget));
    if both == one {
        both
    } else {
        Err(Stop::unsupported("compare with a fieldtype that the first value does not have"))
    }
}

/// The host's `cast(fieldtype, value)`, where its versions agree.
fn cast(context: &Context, fieldtype: &str, value: &Value, budget: &Budget) -> Outcome<Value> {
    match (fieldtype, value) {
        // Some versions of the host take these words for numbers.
        ("Int" | "Check", Value::Str(text)) if matches!(&*text.to_lowercase(), "true" | "false") => {
            Err(Stop::unsupported("a filter with a truth in words"))
        }
        ("Time", value) => timedelta_of(context, value),
        _ => cast_of(context, fieldtype, value, budget),
    }
}

/// Whether a value fits a filter; an operator that the host does not compute fits nothing.
///
/// # Errors
/// What the comparison raises.
pub fn matches(left: &Value, operator: &str, right: &Value, budget: &Budget) -> Outcome<bool> {
    match operator {
        "=" => compare::equal(left, right, budget),
        "!=" => Ok(!compare::equal(left, right, budget)?),
        ">" => compare::order(Comparison::Greater, left, right, budget),
        "<" => compare::order(Comparison::Less, left, right, budget),
        ">=" => compare::order(Comparison::GreaterOrEqual, left, right, budget),
        "<=" => compare::order(Comparison::LessOrEqual, left, right, budget),
        "in" => compare::contains(right, left, budget),
        "not in" => Ok(!compare::contains(right, left, budget)?),
        "None" => Ok(matches!(left, Value::None)),
        "not None" => Ok(!matches!(left, Value::None)),
        "like" => like(left, right, budget),
        "not like" => Ok(!like(left, right, budget)?),
        "^" => match (left, right) {
            (Value::Str(text), Value::Str(start)) => Ok(text.starts_with(&**start)),
            (left, Value::Str(start)) if !operators::truth(left)? => Ok(start.is_empty()),
            _ => Err(Stop::unsupported("compare of values that are no texts with ^")),
        },
        _ => Ok(false),
    }
}

/// The host's idea of SQL's `LIKE`: `%` counts at the ends only, and without any a part of the text is enough.
fn like(value: &Value, pattern: &Value, budget: &Budget) -> Outcome<bool> {
    let pattern = match (pattern, value) {
        (Value::Str(pattern), _) => pattern,
        (_, Value::Str(_)) => return Ok(false),
        (Value::Object(_) | Value::Bytes(_), _) => {
            return Err(Stop::unsupported("like with a pattern that is no text"));
        }
        (other, _) => return Err(no_attribute(&other.error_name(), "startswith")),
    };
    let (starts, ends) = (pattern.starts_with('%'), pattern.ends_with('%'));
    let attribute = |name: &str| match value {
        Value::Object(_) | Value::Bytes(_) => Stop::unsupported("like of a value that is no text"),
        value => no_attribute(&value.error_name(), name),
    };
    match (starts, ends, value.as_str()) {
        (true, false, Some(text)) => Ok(text.ends_with(pattern.trim_start_matches('%'))),
        (true, false, None) => Err(attribute("endswith")),
        (false, true, Some(text)) => Ok(text.starts_with(pattern.trim_end_matches('%'))),
        (false, true, None) => Err(attribute("startswith")),
        _ => compare::contains(value, &Value::str(if starts { pattern.trim_matches('%') } else { pattern }), budget),
    }
}

/// `evaluate_filters(doc, filters)`
pub fn evaluate_filters(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "evaluate_filters", &["doc", "filters"], 2)?;
    let (doc, filters) = (given.value(), given.value());
    let filters: Vec<Value> = match &*filters.base() {
        Value::Dict(dict) => dict
            .borrow()
            .iter()
            .map(|(key, value)| tuple_of(&Value::None, key, value, budget))
            .collect::<Outcome<_>>()?,
        value @ (Value::List(_) | Value::Tuple(_)) => access::iterate(value, budget)?,
        _ => return Ok(Value::Bool(true)),
    };
    for filter in &filters {
        budget.step()?;
        let filter = Filter::parse(context, &Value::None, filter, doc.downcast::<Document>(), budget)?;
        let value = access::call_method(&doc, "get", Arguments::positional(vec![filter.fieldname.clone()]), budget)?;
        let operator = filter.operator.as_str();
        if !compared(context, &value, operator, &filter.value, filter.fieldtype.as_deref(), budget)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

/// A filter as the host has understood it.
struct Filter {
    doctype: Value,
    fieldname: Value,
    operator: String,
    value: Value,
    fieldtype: Option<String>,
}

impl Filter {
    /// A filter of three or four values, or a dict of one; `about` is the document whose doctypes the page knows.
    fn parse(
        context: &Context,
        doctype: &Value,
        filter: &Value,
        about: Option<&Document>,
        budget: &Budget,
    ) -> Outcome<Self> {
        let filter = match &*filter.base() {
            Value::Dict(dict) => match dict.borrow().iter().next() {
                Some((key, value)) => tuple_of(doctype, key, value, budget)?,
                None => return Err(Stop::unsupported("an empty filter")),
            },
            other => other.clone(),
        };
        if !matches!(filter, Value::List(_) | Value::Tuple(_)) {
            return Err(validation(context.translate("Filter must be a tuple or list (in a list)")));
        }
        let items = access::iterate(&filter, budget)?;
        let (doctype, fieldname, operator, value) = match items.as_slice() {
            [fieldname, operator, value] => (doctype, fieldname, operator, value),
            [doctype, fieldname, operator, value, ..] => (doctype, fieldname, operator, value),
            _ => {
                let pattern = context.translate("Filter must have 4 values (doctype, fieldname, operator, value): {0}");
                return Err(validation(pattern.replace("{0}", &show::str(&filter, budget)?)));
            }
        };
        check_column(fieldname)?;
        let operator = match operator {
            Value::Str(operator) if !operator.is_empty() => operator.to_string(),
            other if !operators::truth(other)? => "=".to_owned(),
            Value::Object(_) | Value::Bytes(_) => return Err(Stop::unsupported("an operator that is no text")),
            other => return Err(no_attribute(&other.error_name(), "lower")),
        };
        if !OPERATORS.contains(&&*operator.to_lowercase()) {
            let pattern = context.translate("Operator must be one of {0}");
            return Err(validation(pattern.replace("{0}", &OPERATORS.join(", "))));
        }
        let fieldtype = fieldtype(doctype, fieldname, about)?;
        Ok(Self { doctype: doctype.clone(), fieldname: fieldname.clone(), operator, value: value.clone(), fieldtype })
    }
}

/// The type of a field of a doctype, or of one of its tables.
fn fieldtype(doctype: &Value, fieldname: &Value, about: Option<&Document>) -> Outcome<Option<String>> {
    if !operators::truth(doctype)? {
        return Ok(None);
    }
    let unknown = || Stop::unsupported("a filter on a doctype that the page has not described");
    let (Some(about), Value::Str(doctype), Value::Str(fieldname)) = (about, doctype, fieldname) else {
        return Err(unknown());
    };
    let doctype = about.metas.get(doctype).ok_or_else(unknown)?;
    if let Some(field) = doctype.field(fieldname) {
        return Ok(Some(field.fieldtype.clone()));
    }
    if meta::is_standard(fieldname) {
        return Ok(None);
    }
    for table in doctype.fields.iter().filter(|field| crate::host::document_type::is_table(&field.fieldtype)) {
        let row = table.options.as_deref().and_then(|options| about.metas.get(options)).ok_or_else(unknown)?;
        if row.field(fieldname).is_some() {
            // The host then says that the filter is about the rows.
            return Err(Stop::unsupported("a filter on a field of a table"));
        }
    }
    Ok(None)
}

/// `sanitize_column(column_name)`
pub fn sanitize_column(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    check_column(&Given::new(arguments, "sanitize_column", &["column_name"], 1)?.value())?;
    Ok(Value::None)
}

/// A column is refused for certain characters, in words that a parser of SQL has a hand in.
fn check_column(name: &Value) -> Outcome<()> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | ' ' | '.' | '`');
    match name {
        Value::Str(name) if name.chars().all(plain) && !name.contains("ifnull") => Ok(()),
        _ => Err(Stop::unsupported("a column of this name")),
    }
}

/// `get_filter(doctype, f, filters_config=None)`
pub fn get_filter(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_filter", &["doctype", "f", "filters_config"], 2)?;
    let (doctype, filter) = (given.value(), given.value());
    if given.truth()? {
        return Err(Stop::unsupported("get_filter with more operators"));
    }
    let filter = Filter::parse(context, &doctype, &filter, None, budget)?;
    let mut dict = Dict::default();
    dict.set("doctype", filter.doctype);
    dict.set("fieldname", filter.fieldname);
    dict.set("operator", Value::from(filter.operator));
    dict.set("value", filter.value);
    dict.set("fieldtype", filter.fieldtype.map_or(Value::None, Value::from));
    Ok(FrappeDict::value(dict))
}

/// `make_filter_dict(filters)`: the operator and value of every field.
pub fn make_filter_dict(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let filters = Given::new(arguments, "make_filter_dict", &["filters"], 1)?.value();
    let mut dict = Dict::default();
    for filter in access::iterate(&filters, budget)? {
        let item = |place: i64| access::item(&filter, &Value::from(place), budget);
        // The right side of an assignment comes first.
        let pair = Value::tuple(vec![item(2)?, item(3)?]);
        let key = item(1)?;
        budget.hash(&key)?;
        dict.insert(key, pair)?;
    }
    Ok(FrappeDict::value(dict))
}

/// `make_filter_tuple(doctype, key, value)`
pub fn make_filter_tuple(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "make_filter_tuple", &["doctype", "key", "value"], 3)?;
    let (doctype, key, value) = (given.value(), given.value(), given.value());
    tuple_of(&doctype, &key, &value, budget)
}

fn tuple_of(doctype: &Value, key: &Value, value: &Value, budget: &Budget) -> Outcome<Value> {
    let (operator, value) = match value {
        Value::List(_) | Value::Tuple(_) => {
            (access::item(value, &Value::from(0_i64), budget)?, access::item(value, &Value::from(1_i64), budget)?)
        }
        value => (Value::str("="), value.clone()),
    };
    Ok(Value::list(vec![doctype.clone(), key.clone(), operator, value]))
}
