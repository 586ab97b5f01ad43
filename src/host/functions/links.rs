//! Links into the desk: `get_url`, `get_url_to_form`, `get_link_to_form`...

use std::fmt::Write as _;
use std::rc::Rc;

use super::super::{Context, Flavour};
use super::errors::no_attribute;
use super::given::Given;
use super::text::cstr_of;
use super::translate::translated;
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

/// An address on the site, as Python's `urljoin` makes it of a path from the root.
fn site_url(context: &Context, uri: &str) -> Outcome<String> {
    if uri.is_empty() {
        return Ok(context.site_url.clone());
    }
    if uri.starts_with("http://") || uri.starts_with("https://") {
        return Ok(uri.to_owned());
    }
    let plain = uri.strip_prefix('/').is_some_and(|path| !path.starts_with('/'))
        && !uri.contains("/.")
        && !uri.contains(|character: char| character.is_control() || character == '\\');
    // Empty parameters, an empty query or fragment are dropped, and one that is there can hold anything.
    let empty = uri.ends_with([';', '?', '#']) || [";?", ";#", "?#"].iter().any(|signs| uri.contains(signs));
    if plain && !empty {
        Ok(format!("{}{uri}", context.site_url))
    } else {
        Err(Stop::unsupported("get_url of this text"))
    }
}

/// `get_host_name()`
pub fn get_host_name(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "get_host_name", &[], 0)?;
    Ok(Value::str(context.site_url.rsplit("//").next().unwrap_or_default()))
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

fn quoted_text(value: &Value, budget: &Budget) -> Outcome<String> {
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

fn form_path(context: &Context, doctype: &Value, name: &Value, budget: &Budget) -> Outcome<String> {
    Ok(format!("/app/{}/{}", slug(doctype, budget)?, quoted_name(context, name, budget)?))
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
    site_url(context, &format!("/app/{}", slug(&doctype, budget)?)).map(Value::from)
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
        format!("/app/{}/view/report/{name}", slug(doctype, budget)?)
    } else {
        format!("/app/query-report/{name}")
    };
    site_url(context, &path)
}

/// `get_link_to_report(name, label=None, report_type=None, doctype=None, filters=None)`
pub fn get_link_to_report(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    const PARAMETERS: [&str; 5] = ["name", "label", "report_type", "doctype", "filters"];
    let mut given = Given::new(arguments, "get_link_to_report", &PARAMETERS, 1)?;
    let (name, label, report_type, doctype) = (given.value(), given.value(), given.value(), given.value());
    if given.truth()? {
        return Err(Stop::unsupported("get_link_to_report with filters"));
    }
    let url = report_url(context, &name, &report_type, &doctype, budget)?;
    let label = match (&label, &name) {
        (label, Value::Str(name)) if !operators::truth(label)? => translated(context, name)?.to_owned(),
        (label, _) if !operators::truth(label)? => {
            return Err(Stop::unsupported("get_link_to_report of a name that is no text"));
        }
        (label, _) => show::str(label, budget)?,
    };
    Ok(Value::from(format!("<a href='{url}'>{label}</a>")))
}
