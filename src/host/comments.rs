//! A template's `comments`: what the host keeps of a document's comments in its `_comments` column.
//!
//! The page has them whole in `docinfo.comments`; the column keeps each cut short, oldest first (measured on Dodock 3.40;
//! frappe core/doctype/comment).

use serde_json::Value as Json;

use crate::python::{Dict, Value};

/// Longest comment that is kept whole, in characters.
const WHOLE: usize = 100;
/// Characters kept of a longer one, before three dots.
const KEPT: usize = 97;

/// The list of a document's comments, `None` when it has none.
pub fn comments(docinfo: &[Json]) -> Value {
    let text = |comment: &Json, key: &str| comment.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let mut oldest_first: Vec<&Json> = docinfo.iter().collect();
    oldest_first.sort_by_key(|comment| text(comment, "creation"));
    let kept: Vec<Value> = oldest_first
        .into_iter()
        .map(|comment| {
            let by = Some(text(comment, "comment_email")).filter(|by| !by.is_empty());
            let mut dict = Dict::default();
            dict.set("comment", Value::from(cut(&text(comment, "content"))));
            dict.set("by", Value::from(by.unwrap_or_else(|| text(comment, "owner"))));
            dict.set("name", Value::from(text(comment, "name")));
            dict.set("seen", Value::from(1_i64));
            Value::dict(dict)
        })
        .collect();
    if kept.is_empty() { Value::None } else { Value::list(kept) }
}

fn cut(content: &str) -> String {
    if content.chars().count() <= WHOLE {
        return content.to_owned();
    }
    content.chars().take(KEPT).chain("...".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_comment_of_a_hundred_characters_is_whole() {
        assert_eq!(cut(&"é".repeat(100)), "é".repeat(100));
        assert_eq!(cut(&"é".repeat(101)), format!("{}...", "é".repeat(97)));
    }
}
