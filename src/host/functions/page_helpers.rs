//! What the host gives to templates of pages: `resolve_class`, `include_script`, `include_style`, `guess_mimetype`.
//!
//! Source: frappe/utils/jinja_globals.py, `abs_url` of frappe/website/utils.py, CPython 3.11's `mimetypes`.

use std::rc::Rc;

use super::super::Context;
use super::given::Given;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access, operators};

/// `resolve_class(*classes)`: names of CSS classes, those of a dict where its value is true.
pub fn resolve_class(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    if let Some((name, _)) = arguments.keyword.first() {
        let message = format!("resolve_class() got an unexpected keyword argument '{name}'");
        return Err(Stop::type_error(message));
    }
    let mut classes = arguments.positional;
    match classes.pop() {
        Some(only) if classes.is_empty() => resolved(&only, budget),
        last => {
            classes.extend(last);
            resolved(&Value::tuple(classes), budget)
        }
    }
}

fn resolved(classes: &Value, budget: &Budget) -> Outcome<Value> {
    budget.step()?;
    let joined = |names: &[Value]| {
        let mut texts = Vec::with_capacity(names.len());
        for (place, name) in names.iter().enumerate() {
            let Value::Str(text) = name else {
                return Err(match name {
                    Value::Object(_) => Stop::unsupported("resolve_class of this"),
                    other => {
                        let found = other.error_name();
                        Stop::type_error(format!("sequence item {place}: expected str instance, {found} found"))
                    }
                });
            };
            budget.bytes(text.len() + 1)?;
            texts.push(&**text);
        }
        access::call_method(&Value::from(texts.join(" ")), "strip", Arguments::default(), budget)
    };
    match &*classes.base() {
        Value::None | Value::Bool(false) => Ok(Value::from("")),
        list @ (Value::List(_) | Value::Tuple(_)) => budget.deeper(|| {
            let parts = access::iterate(list, budget)?;
            joined(&parts.iter().map(|part| resolved(part, budget)).collect::<Outcome<Vec<_>>>()?)
        }),
        Value::Dict(dict) => {
            let mut names = Vec::new();
            for (name, wanted) in dict.borrow().iter() {
                if operators::truth(wanted)? {
                    names.push(name.clone());
                }
            }
            joined(&names)
        }
        _ => Ok(classes.clone()),
    }
}

/// The address of a file from the root of the site. What is bundled has another name, which the server has noted.
fn asset(path: &Value) -> Outcome<String> {
    match path {
        Value::Str(path) if path.contains(".bundle.") && !path.starts_with("/assets") => {
            Err(Stop::Server("server/site"))
        }
        Value::Str(path) if path.is_empty() => Ok(String::from("None")),
        Value::Str(path) if ["http://", "https://", "tel:", "data:", "/"].iter().any(|own| path.starts_with(own)) => {
            Ok(path.to_string())
        }
        Value::Str(path) => Ok(format!("/{path}")),
        other => Err(Stop::type_error(format!("argument of type '{}' is not iterable", other.error_name()))),
    }
}

/// `include_script(path, preload=True)`
pub fn include_script(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let path = Given::new(arguments, "include_script", &["path", "preload"], 1)?.value();
    Ok(Value::from(format!("<script type=\"text/javascript\" src=\"{}\"></script>", asset(&path)?)))
}

/// `include_style(path, rtl=None, preload=True)`
pub fn include_style(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let path = Given::new(arguments, "include_style", &["path", "rtl", "preload"], 1)?.value();
    Ok(Value::from(format!("<link type=\"text/css\" rel=\"stylesheet\" href=\"{}\">", asset(&path)?)))
}

/// Types that every system gives to these endings.
const TYPES: [(&str, &str); 19] = [
    ("bmp", "image/bmp"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    ("gif", "image/gif"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("mp4", "video/mp4"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("svg", "image/svg+xml"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain"),
    ("xls", "application/vnd.ms-excel"),
    ("zip", "application/zip"),
];

/// `guess_mimetype(url)`: a type and an encoding.
pub fn guess_mimetype(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let url = Given::lenient(arguments, "guess_mimetype", &["url", "strict"], 1)?.value();
    let Value::Str(url) = url else { return Err(Stop::unsupported("guess_mimetype of something else")) };
    let name = url.rsplit('/').next().unwrap_or_default();
    let unusual = url.contains([':', '?', '#', ';', '\\']) || name.starts_with('.');
    let found = match name.rsplit_once('.') {
        _ if unusual => Err(Stop::unsupported("guess_mimetype of this name")),
        None => Ok(Value::None),
        Some((_, ending)) => {
            let ending = ending.to_ascii_lowercase();
            let known = TYPES.iter().find(|(own, _)| *own == ending);
            known.map(|(_, kind)| Value::str(kind)).ok_or_else(|| Stop::unsupported("the type of this ending"))
        }
    }?;
    Ok(Value::tuple(vec![found, Value::None]))
}
