//! Why an evaluation stops without a value: the server raises, only the server knows, or we do not know.

use std::ops::Range;

/// A value, or the reason why there is none.
pub type Outcome<T> = Result<T, Stop>;

/// Why there is no value. The difference between the four is the promise of the product, so nothing converts one
/// into another by accident.
#[derive(Debug, Clone, PartialEq)]
pub enum Stop {
    /// The server raises this exception.
    Raise(Box<Exception>),
    /// Only the server knows; the text says what it would have to look up (a key of [`crate::language`]).
    Server(&'static str),
    /// This engine does not know the construct; the text names it, in English code words ("str.casefold").
    Unsupported(String),
    /// The evaluation took more than its [`super::Budget`]; the text is a key of [`crate::language`].
    /// The host has no such limit, so the answer is `unsupported`, not `error`, unless the host provably fails too.
    Limit(&'static str),
}

/// A Python exception.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// Python's name: builtins without a module ("TypeError"), others with it ("jinja2.exceptions.UndefinedError").
    pub kind: &'static str,
    /// `str(exception)`: for a `KeyError` that is the repr of the key.
    pub message: String,
    /// Where in the text, in bytes, when known.
    pub span: Option<Range<usize>>,
}

impl Stop {
    /// The server raises `kind` with `message`.
    pub fn raise(kind: &'static str, message: impl Into<String>) -> Self {
        Self::Raise(Box::new(Exception { kind, message: message.into(), span: None }))
    }

    /// `TypeError`.
    pub fn type_error(message: impl Into<String>) -> Self {
        Self::raise("TypeError", message)
    }

    /// `ValueError`.
    pub fn value_error(message: impl Into<String>) -> Self {
        Self::raise("ValueError", message)
    }

    /// This engine does not know `construct`.
    pub fn unsupported(construct: impl Into<String>) -> Self {
        Self::Unsupported(construct.into())
    }

    /// The same stop, placed at `span` unless an inner expression has already placed it.
    #[must_use]
    pub fn at(mut self, span: Range<usize>) -> Self {
        if let Self::Raise(exception) = &mut self {
            exception.span.get_or_insert(span);
        }
        self
    }
}
