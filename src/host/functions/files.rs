//! Files by their names: `is_image`, `guess_mimetype`, and what reads files of the server.
//!
//! Source: frappe/utils/data.py (Dodock 3.40) and Python's `mimetypes`, whose table a server may extend: only types that
//! every table has are told.

use std::rc::Rc;

use super::super::{Context, html};
use super::errors::no_attribute;
use super::given::Given;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, operators};

/// Extension and type, sorted by extension.
const TYPES: [(&str, &str); 26] = [
    ("avi", "video/x-msvideo"),
    ("bmp", "image/bmp"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    ("eml", "message/rfc822"),
    ("gif", "image/gif"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("jpe", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("mov", "video/quicktime"),
    ("mp4", "video/mp4"),
    ("mpeg", "video/mpeg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("tsv", "text/tab-separated-values"),
    ("txt", "text/plain"),
    ("xls", "application/vnd.ms-excel"),
    ("zip", "application/zip"),
];

/// Extensions whose type differs between servers, and is never an image's.
const NO_IMAGES: [&str; 13] =
    ["7z", "docx", "js", "log", "md", "mp3", "odt", "pptx", "py", "rar", "wav", "xlsx", "xml"];

/// The type of a file by its name; `Ok(None)` when it has no extension.
fn type_of(name: &str) -> Outcome<Option<&'static str>> {
    let extension = extension(name)?;
    if extension.is_empty() {
        return Ok(None);
    }
    match TYPES.iter().find(|(known, _)| *known == extension) {
        Some((_, kind)) => Ok(Some(kind)),
        None => Err(Stop::unsupported("the type of this file")),
    }
}

/// What stands behind the last dot of a file's name, in lower case.
fn extension(name: &str) -> Outcome<String> {
    if name.contains([':', ';', ',']) {
        return Err(Stop::unsupported("the type of this file"));
    }
    let file = name.rsplit('/').next().unwrap_or_default();
    Ok(match file.trim_start_matches('.').rsplit_once('.') {
        Some((_, extension)) => extension.to_ascii_lowercase(),
        None => String::new(),
    })
}

/// `is_image(filepath)`
pub fn is_image(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "is_image", &["filepath"], 1)?.value();
    let name = match &value {
        Value::Str(name) => name.split('?').next().unwrap_or_default(),
        Value::Object(_) | Value::Bytes(_) => return Err(Stop::unsupported("is_image of a value that is no text")),
        other if !operators::truth(other)? => "",
        other => return Err(no_attribute(&other.error_name(), "split")),
    };
    // The host of an address stands in front of nothing that matters here.
    let name = ["https://", "http://"].iter().find_map(|scheme| name.strip_prefix(scheme)).unwrap_or(name);
    if NO_IMAGES.contains(&extension(name)?.as_str()) {
        return Ok(Value::Bool(false));
    }
    Ok(Value::Bool(type_of(name)?.is_some_and(|kind| kind.starts_with("image/"))))
}

/// `guess_mimetype(url, strict=True)`: the type and the encoding.
pub fn guess_mimetype(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "guess_type", &["url", "strict"], 1)?;
    let (value, strict) = (given.value(), given.option());
    let (Value::Str(name), None) = (&value, strict) else {
        return Err(Stop::unsupported("guess_mimetype with these arguments"));
    };
    let kind = type_of(name)?.map_or(Value::None, Value::str);
    Ok(Value::tuple(vec![kind, Value::None]))
}

/// `get_thumbnail_base64_for_image(src)`: only of files of the site.
pub fn thumbnail(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    match Given::lenient(arguments, "get_thumbnail_base64_for_image", &["src"], 1)?.value() {
        Value::Str(name) if name.is_empty() => Err(Stop::unsupported("a thumbnail of nothing")),
        Value::Str(name) if !name.starts_with("/files") || html::has(&name, "..") => Ok(Value::None),
        Value::Str(_) => Err(Stop::Server("server/file")),
        _ => Err(Stop::unsupported("a thumbnail of a value that is no text")),
    }
}

/// `pdf_to_base64(filename)`: only of files of the site.
pub fn pdf(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    match Given::lenient(arguments, "pdf_to_base64", &["filename"], 1)?.value() {
        Value::Str(name) if html::has(&name, "../") || !matches!(name.rsplit('.').next(), Some("pdf" | "PDF")) => {
            Ok(Value::None)
        }
        Value::Str(_) => Err(Stop::Server("server/file")),
        _ => Err(Stop::unsupported("pdf_to_base64 of a value that is no text")),
    }
}

/// `image_to_base64(image, extn)`: takes an opened image, which no message has.
pub fn image(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    match Given::lenient(arguments, "image_to_base64", &["image", "extn"], 2)?.value() {
        Value::Object(_) => Err(Stop::unsupported("image_to_base64 of an object")),
        other => Err(no_attribute(&other.error_name(), "save")),
    }
}
