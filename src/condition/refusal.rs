//! CPython's words for a text that its grammar refuses.

use super::lexer::{Fault, TokenKind, Tokens};
use super::parser::Failure;

/// The refusal of a text whose grammar does not go on at token number `furthest`.
pub fn words(text: &str, tokens: &Tokens, furthest: usize, field: bool) -> Failure {
    let _ = text;
    let Some(token) = tokens.list.get(furthest) else {
        return match &tokens.fault {
            Some(fault) => fault.clone().into(),
            None => Failure::Unknown(String::from("syntax"), 0..0),
        };
    };
    let prefix = if field { "f-string: " } else { "" };
    match token.kind {
        TokenKind::Indent => {
            Fault { kind: "IndentationError", ..Fault::syntax("unexpected indent", token.span.clone()) }.into()
        }
        TokenKind::Dedent => {
            Fault { kind: "IndentationError", ..Fault::syntax("unexpected unindent", token.span.clone()) }.into()
        }
        _ => Fault::syntax(format!("{prefix}invalid syntax"), token.span.clone()).into(),
    }
}
