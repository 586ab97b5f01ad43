//! Links into the desk: `get_url`, `get_url_to_form`, `get_link_to_form`...

use std::fmt::Write as _;
use std::rc::Rc;

use super::super::{Context, Flavour};
use super::errors::no_attribute;
use super::given::Given;
use super::text::cstr_of;
use super::translate::translated;
use super::url_join;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, operators, show};

/// `get_url(uri=None, full_address=False)`
pub fn get_url(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_url", &["uri", "full_address", "allow_header_override"], 0)?;
    let (uri, rest) = (given.value(), (given.option(), given.option()));
    if !matches!(rest, (None, None)) {
        return Err(Stop::unsupported("get_url with options"));
    }
    match &uri {
        Value::None => Ok(Value::str(&context.site_url)),
        Value::Str(uri) => site_url(context, uri).map(Value::from),
        _ => Err(Stop::unsupported("get_url of a value that is no text")),
    }
}

/// An address on the site, as Python's `urljoin` makes it of a path.
pub(in crate::host) fn site_url(context: &Context, uri: &str) -> Outcome<String> {
    if uri.is_empty() {
        return Ok(context.site_url.clone());
    }
    if uri.starts_with("http://") || uri.starts_with("https://") {
        return Ok(uri.to_owned());
    }
    url_join::joined(&context.site_url, uri)
}

/// `get_host_name()`
pub fn get_host_name(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "get_host_name", &[], 0)?;
    Ok(Value::str(context.site_url.rsplit("//").next().unwrap_or_default()))
}

/// `get_host_name_from_request()`: the address that the server was asked at.
pub fn get_host_name_from_request(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "get_host_name_from_request", &[], 0)?;
    Err(Stop::Server("server/request"))
}

/// `url_contains_port(url)`: more than one colon.
pub fn url_contains_port(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    match Given::new(arguments, "url_contains_port", &["url"], 1)?.value() {
        Value::Str(url) => Ok(Value::Bool(url.split(':').count() > 2)),
        Value::Bytes(_) | Value::Object(_) => Err(Stop::unsupported("url_contains_port of a value that is no text")),
        other => Err(no_attribute(&other.error_name(), "split")),
    }
}

/// `quoted(url)`: percent-encoded, the marks of a URL left as they are.
pub fn quoted(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "quoted", &["url"], 1)?.value();
    quoted_text(&value, budget).map(Value::from)
}

pub(super) fn quoted_text(value: &Value, budget: &Budget) -> Outcome<String> {
    let text = cstr_of(value, budget)?;
    budget.bytes(text.len().saturating_mul(3))?;
    let mut quoted = String::new();
    for byte in text.bytes() {
        let stays = byte.is_ascii_alphanumeric() || b"_.-~@#$&()*!+=:;,?/'".contains(&byte);
        if stays {
            quoted.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(quoted, "%{byte:02X}");
        }
    }
    Ok(quoted)
}

/// A document's name in an address: Dodock encodes the slash too, Frappe does not always.
fn quoted_name(context: &Context, name: &Value, budget: &Budget) -> Outcome<String> {
    let name = quoted_text(name, budget)?;
    if name.contains('/') && context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("the address of a document whose name has a slash"));
    }
    Ok(name.replace('/', "%2F"))
}

/// `chat-ticket`, percent-encoded.
fn slug(doctype: &Value, budget: &Budget) -> Outcome<String> {
    match doctype {
        Value::Str(doctype) => quoted_text(&Value::from(doctype.to_lowercase().replace(' ', "-")), budget),
        Value::Bytes(_) | Value::Object(_) => Err(Stop::unsupported("a doctype that is no text")),
        other => Err(no_attribute(&other.error_name(), "lower")),
    }
}

/// `app` or `desk`.
fn desk_path(context: &Context) -> Outcome<&'static str> {
    match context.desk_path {
        Some(path) => Ok(path.as_str()),
        None => Err(Stop::unsupported("the address of a page of the desk, which Frappe's versions do not agree on")),
    }
}

fn form_path(context: &Context, doctype: &Value, name: &Value, budget: &Budget) -> Outcome<String> {
    let desk = desk_path(context)?;
    Ok(format!("/{desk}/{}/{}", slug(doctype, budget)?, quoted_name(context, name, budget)?))
}

/// `get_absolute_url(doctype, name)`
pub fn get_absolute_url(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_absolute_url", &["doctype", "name"], 2)?;
    let (doctype, name) = (given.value(), given.value());
    form_path(context, &doctype, &name, budget).map(Value::from)
}

/// `get_url_to_form(doctype, name)`
pub fn get_url_to_form(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_url_to_form", &["doctype", "name"], 2)?;
    let (doctype, name) = (given.value(), given.value());
    site_url(context, &form_path(context, &doctype, &name, budget)?).map(Value::from)
}

/// `get_link_to_form(doctype, name, label=None)`
pub fn get_link_to_form(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_link_to_form", &["doctype", "name", "label"], 2)?;
    let (doctype, name, label) = (given.value(), given.value(), given.value());
    let label = if operators::truth(&label)? { label } else { name.clone() };
    let url = site_url(context, &form_path(context, &doctype, &name, budget)?)?;
    Ok(Value::from(format!("<a href=\"{url}\">{}</a>", show::str(&label, budget)?)))
}

/// `get_url_to_list(doctype)`
pub fn get_url_to_list(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let doctype = Given::new(arguments, "get_url_to_list", &["doctype"], 1)?.value();
    site_url(context, &format!("/{}/{}", desk_path(context)?, slug(&doctype, budget)?)).map(Value::from)
}

/// `get_url_to_report(name, report_type=None, doctype=None)`
pub fn get_url_to_report(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "get_url_to_report", &["name", "report_type", "doctype"], 1)?;
    let (name, report_type, doctype) = (given.value(), given.value(), given.value());
    report_url(context, &name, &report_type, &doctype, budget).map(Value::from)
}

fn report_url(
    context: &Context,
    name: &Value,
    report_type: &Value,
    doctype: &Value,
    budget: &Budget,
) -> Outcome<String> {
    let name = quoted_text(name, budget)?;
    if name.contains('/') {
        return Err(Stop::unsupported("the address of a report whose name has a slash"));
    }
    let path = if report_type.as_str() == Some("Report Builder") {
        format!("/{}/{}/view/report/{name}", desk_path(context)?, slug(doctype, budget)?)
    } else {
        format!("/{}/query-report/{name}", desk_path(context)?)
    };
    site_url(context, &path)
}

/// `get_url_to_report_with_filters(name, filters, report_type=None, doctype=None)`
pub fn get_url_to_report_with_filters(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    const PARAMETERS: [&str; 4] = ["name", "filters", "report_type", "doctype"];
    let mut given = Given::new(arguments, "get_url_to_report_with_filters", &PARAMETERS, 2)?;
    let (name, filters, report_type, doctype) = (given.value(), given.value(), given.value(), given.value());
    let Value::Str(filters) = &filters else { return Err(Stop::unsupported("filters that are no text")) };
    filtered_url(context, &name, filters, &report_type, &doctype, budget).map(Value::from)
}

/// The address of a report with filters; that of a list's report does not name the report.
fn filtered_url(
    context: &Context,
    name: &Value,
    filters: &str,
    report_type: &Value,
    doctype: &Value,
    budget: &Budget,
) -> Outcome<String> {
    let path = if report_type.as_str() == Some("Report Builder") {
        format!("/{}/{}/view/report", desk_path(context)?, slug(doctype, budget)?)
    } else {
        let name = quoted_text(name, budget)?;
        if name.contains('/') {
            return Err(Stop::unsupported("the address of a report whose name has a slash"));
        }
        format!("/{}/query-report/{name}", desk_path(context)?)
    };
    site_url(context, &format!("{path}?{filters}"))
}

/// The filters of a link, `a=1&b=[">","2"]`: a list holds pairs of an operator and a value.
fn filter_text(filters: &Value, budget: &Budget) -> Outcome<String> {
    let unknown = || Stop::unsupported("get_link_to_report with these filters");
    let Value::Dict(filters) = filters else { return Err(unknown()) };
    let mut conditions = Vec::new();
    for (field, value) in filters.borrow().iter() {
        let field = show::str(field, budget)?;
        let Value::List(pairs) = value else {
            conditions.push(format!("{field}={}", show::str(value, budget)?));
            continue;
        };
        for pair in pairs.borrow().iter() {
            let (operator, value) = match pair {
                Value::List(pair) => (pair.borrow().first().cloned(), pair.borrow().get(1).cloned()),
                Value::Tuple(pair) => (pair.first().cloned(), pair.get(1).cloned()),
                _ => return Err(unknown()),
            };
            let (Some(Value::Str(operator)), Some(value)) = (operator, value) else { return Err(unknown()) };
            conditions.push(format!("{field}=[\"{operator}\",\"{}\"]", show::str(&value, budget)?));
        }
    }
    Ok(conditions.join("&"))
}

/// `get_link_to_report(name, label=None, report_type=None, doctype=None, filters=None)`
pub fn get_link_to_report(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    const PARAMETERS: [&str; 5] = ["name", "label", "report_type", "doctype", "filters"];
    let mut given = Given::new(arguments, "get_link_to_report", &PARAMETERS, 1)?;
    let (name, label, report_type, doctype) = (given.value(), given.value(), given.value(), given.value());
    let filters = given.value();
    let url = if operators::truth(&filters)? {
        filtered_url(context, &name, &filter_text(&filters, budget)?, &report_type, &doctype, budget)?
    } else {
        report_url(context, &name, &report_type, &doctype, budget)?
    };
    let label = match (&label, &name) {
        (label, Value::Str(name)) if !operators::truth(label)? => translated(context, name)?.to_owned(),
        (label, _) if !operators::truth(label)? => {
            return Err(Stop::unsupported("get_link_to_report of a name that is no text"));
        }
        (label, _) => show::str(label, budget)?,
    };
    Ok(Value::from(format!("<a href='{url}'>{label}</a>")))
}
