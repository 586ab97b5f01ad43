//! Files: `is_image`, `pdf_to_base64`, `get_thumbnail_base64_for_image`, `image_to_base64`.

use std::rc::Rc;

use super::super::Context;
use super::errors::{no_attribute, validation};
use super::given::Given;
use crate::python::operators;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, show};

/// Endings that CPython 3.11 takes for images, sorted.
const IMAGES: [&str; 23] = [
    "avif", "bmp", "gif", "heic", "heif", "ico", "ief", "jpe", "jpeg", "jpg", "pbm", "pgm", "png", "pnm", "ppm", "ras",
    "rgb", "svg", "tif", "tiff", "xbm", "xpm", "xwd",
];

/// Endings of files that are no images wherever they are known, sorted.
const OTHERS: [&str; 32] = [
    "avi", "csv", "css", "doc", "docx", "eml", "htm", "html", "ics", "js", "json", "md", "mov", "mp3", "mp4", "mpeg",
    "odp", "ods", "odt", "pdf", "ppt", "pptx", "py", "rtf", "tar", "txt", "wav", "xls", "xlsx", "xml", "yaml", "zip",
];

/// `is_image(filepath)`: by its ending. Others than those above may be known to the server's own table of types.
pub fn is_image(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "is_image", &["filepath"], 1)?.value();
    let path = match &value {
        Value::Str(path) => path.split('?').next().unwrap_or_default(),
        value if !operators::truth(value)? => "",
        Value::Object(_) | Value::Bytes(_) => return Err(Stop::unsupported("is_image of a value that is no text")),
        other => return Err(no_attribute(&other.error_name(), "split")),
    };
    if path.starts_with("data:") {
        return Err(Stop::unsupported("is_image of data"));
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    // Points at the beginning are part of the name.
    let Some((_, ending)) = name.trim_start_matches('.').rsplit_once('.') else { return Ok(Value::Bool(false)) };
    let ending = ending.to_ascii_lowercase();
    if ending.is_empty() || OTHERS.contains(&&*ending) {
        return Ok(Value::Bool(false));
    }
    if IMAGES.contains(&&*ending) {
        return Ok(Value::Bool(true));
    }
    Err(Stop::unsupported(format!("is_image of a file that ends in .{ending}")))
}

/// `pdf_to_base64(filename)`
pub fn pdf_to_base64(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    match Given::new(arguments, "pdf_to_base64", &["filename"], 1)?.value() {
        Value::Str(name) if name.contains("../") || !matches!(name.rsplit('.').next(), Some("pdf" | "PDF")) => {
            Ok(Value::None)
        }
        Value::Str(_) => Err(Stop::Server("server/file")),
        _ => Err(Stop::unsupported("pdf_to_base64 of a value that is no text")),
    }
}

/// `get_thumbnail_base64_for_image(src)`
pub fn get_thumbnail_base64_for_image(_: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let source = Given::new(arguments, "get_thumbnail_base64_for_image", &["src"], 1)?.value();
    if !operators::truth(&source)? {
        return Err(validation(format!("Invalid source for image: {}", show::str(&source, budget)?)));
    }
    match &source {
        Value::Str(source) if !source.starts_with("/files") || source.contains("..") || source.ends_with(".svg") => {
            Ok(Value::None)
        }
        Value::Str(_) => Err(Stop::Server("server/file")),
        Value::Object(_) | Value::Bytes(_) => Err(Stop::unsupported("a thumbnail of a value that is no text")),
        other => Err(no_attribute(&other.error_name(), "startswith")),
    }
}

/// `image_to_base64(image, extn)`: a message has no image to give.
pub fn image_to_base64(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "image_to_base64", &["image", "extn"], 2)?;
    let (image, ending) = (given.value(), given.value());
    match (&image, &ending) {
        (Value::Object(_), _) | (_, Value::Object(_) | Value::Bytes(_)) => {
            Err(Stop::unsupported("image_to_base64 with these arguments"))
        }
        (image, Value::Str(_)) => Err(no_attribute(&image.error_name(), "save")),
        (_, other) => Err(no_attribute(&other.error_name(), "lower")),
    }
}

/// A function whose answer only the server's files, people or dice know.
pub fn on_server(_: &Rc<Context>, _: Arguments, _: &Budget) -> Outcome<Value> {
    Err(Stop::Server("server/database"))
}

/// `generate_hash(...)`
pub fn generate_hash(_: &Rc<Context>, _: Arguments, _: &Budget) -> Outcome<Value> {
    Err(Stop::Server("server/random"))
}
