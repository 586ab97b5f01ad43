//! Bodies of `multipart/form-data`: the text fields, and how many files come with them.

use serde_json::{Map, Value, json};

use crate::http::Request;

/// What a form holds.
pub struct Form {
    /// Fields without a file name, as texts.
    pub fields: Map<String, Value>,
    /// How many files.
    pub files: usize,
}

/// The form of a request; `None` when it has no boundary or a part without a name.
pub fn read(request: &Request) -> Option<Form> {
    let (_, boundary) = request.header("content-type")?.split_once("boundary=")?;
    let delimiter = format!("--{}", boundary.trim_matches('"'));
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let mut form = Form { fields: Map::new(), files: 0 };
    for part in body.split(&delimiter).skip(1) {
        let Some((head, value)) = part.split_once("\r\n\r\n") else { continue };
        if head.contains("filename=") {
            form.files += 1;
            continue;
        }
        let (_, name) = head.split_once("name=\"")?;
        let (name, _) = name.split_once('"')?;
        form.fields.insert(name.to_owned(), json!(value.strip_suffix("\r\n").unwrap_or(value)));
    }
    Some(form)
}

#[cfg(test)]
mod tests {
    use super::super::tests::post;
    use super::*;

    #[test]
    fn fields_are_read_and_files_are_counted() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello\r\n\
                    --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nx\r\n--b--\r\n";
        let form = read(&post("/", "multipart/form-data; boundary=\"b\"", body)).expect("a form");
        assert_eq!((json!(form.fields), form.files), (json!({ "text": "hello" }), 1));
        assert!(read(&post("/", "multipart/form-data", body)).is_none());
    }
}
