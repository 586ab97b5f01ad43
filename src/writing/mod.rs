//! Help while a person writes: what can stand at the cursor, a field with its value or a name that was begun.
//!
//! Nothing here says what the server does with a text; what a field prints is asked from [`crate::message`] and
//! [`crate::condition`], so that it is as certain as their answers are.

mod completion;
mod cursor;
mod fields;

use crate::condition;

pub use completion::{Completion, Suggestion, complete};
pub use fields::{Choice, Fields, fields};

/// Which of a notification's two texts is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The Jinja template.
    Message,
    /// The Python condition.
    Condition,
}

/// A field as code reads it from `owner`, behind the dot.
fn behind_dot(kind: Kind, fieldname: &str) -> String {
    // While a notification is saved, `doc` is a dict, whose own methods hide fields such as `doc.items`.
    let hidden = condition::is_dict_method(fieldname) || condition::is_keyword(fieldname);
    if kind == Kind::Condition && hidden { format!("get(\"{fieldname}\")") } else { fieldname.to_owned() }
}

/// Whether code can name a field so: the sandboxes hide names that begin with an underscore.
fn can_be_named(fieldname: &str) -> bool {
    !fieldname.starts_with(|first: char| first == '_' || first.is_ascii_digit())
        && fieldname.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
}
