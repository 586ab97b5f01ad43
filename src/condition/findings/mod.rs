//! What to know or to mend in a condition. One remark per file, each needing only the text, the doctype and the document;
//! they also run when the text does not parse.

mod always;
mod augmented;
mod bare_field;
mod bitwise;
mod builtin_missing;
mod called_without_parentheses;
mod constant;
mod date_and_text;
pub mod date_order;
mod date_without_quotes;
pub mod dict_method;
mod eval_prefix;
mod guard;
mod hidden_in_loop;
mod is_literal;
mod item_of_document;
mod javascript;
mod line_break;
mod missing_comma;
mod number_and_text;
mod number_spelling;
mod outcome;
mod rows;
mod select_value;
mod session;
mod single_equals;
mod statement;
mod stray;
mod substring;
mod template_braces;
mod typographic;
mod unclosed;
mod unknown_field;
mod unknown_name;
mod unreadable;
mod unset;
mod wrong_kind;

use std::ops::Range;
use std::rc::Rc;

use super::ast::{Expr, Kind};
use super::lexer::{Token, TokenKind};
use super::{Answer, Mode, Part};
use crate::finding::{Finding, Severity};
use crate::host::meta::default_field;
use crate::host::{Context, DocType, Document, Field, Metas, State};
use crate::language::Language;
use crate::python::Value;

/// What a remark may look at. Places are bytes of `text`.
pub struct Subject<'a> {
    /// The condition, normalised.
    pub text: &'a str,
    /// Its tokens, up to where it cannot be cut any further.
    pub tokens: &'a [Token],
    /// The trees of its expressions: one, or those of a block's statements; none when it does not parse.
    pub roots: &'a [&'a Expr],
    /// All nodes of the trees.
    pub nodes: &'a [&'a Expr],
    /// Whether it parses.
    pub parsed: bool,
    /// Which of the host's two ways runs it.
    pub mode: Mode,
    /// The doctype of the document.
    pub doctype: Option<&'a Rc<DocType>>,
    /// Its doctypes, its rows' included.
    pub metas: &'a Metas,
    /// The document; `None` when the condition is only tried as at save.
    pub document: Option<&'a Document>,
    /// What the host would do.
    pub answer: &'a Answer,
    /// The parts with their values.
    pub parts: &'a [Part],
    /// What a block walks: the target and the source of each `for` line.
    pub walked: &'a [(&'a Expr, &'a Expr)],
    /// The site and the person.
    pub context: &'a Rc<Context>,
    /// The language of the sentences.
    pub language: Language,
}

/// A field that a node reads.
struct Read<'a> {
    /// Its label, or its name where it has none.
    label: &'a str,
    /// Its fieldtype, of the fields of every document too.
    fieldtype: &'a str,
}

/// A remark: finds its places in a condition.
type Remark = fn(&Subject<'_>) -> Vec<Finding>;

/// All remarks, in the order of their files.
const REMARKS: [Remark; 35] = [
    always::find,
    augmented::find,
    bare_field::find,
    bitwise::find,
    builtin_missing::find,
    called_without_parentheses::find,
    constant::find,
    date_and_text::find,
    date_order::find,
    date_without_quotes::find,
    dict_method::find,
    eval_prefix::find,
    hidden_in_loop::find,
    is_literal::find,
    item_of_document::find,
    javascript::find,
    line_break::find,
    missing_comma::find,
    number_and_text::find,
    number_spelling::find,
    outcome::find,
    select_value::find,
    session::find,
    single_equals::find,
    statement::find,
    stray::find,
    substring::find,
    template_braces::find,
    typographic::find,
    unclosed::find,
    unknown_field::find,
    unknown_name::find,
    unreadable::find,
    unset::find,
    wrong_kind::find,
];

/// Most findings of one remark: a text full of one mistake is not helped by a list of hundreds.
const MOST_OF_ONE: usize = 20;

/// All that there is to say about a condition, in the order of its places.
pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for remark in REMARKS {
        let mut found = remark(subject);
        found.truncate(MOST_OF_ONE);
        findings.append(&mut found);
    }
    if !subject.parsed {
        unreadable::tidy(&mut findings);
    }
    findings.sort_by_key(|finding| finding.span.as_ref().map_or(0, |span| span.start));
    findings
}

impl<'a> Subject<'a> {
    /// Where the last token of a node stands, such as the name of an attribute: a block may write it in other letters than
    /// those that Python reads.
    fn last_word(&self, node: &Expr) -> Range<usize> {
        let end = node.span.end;
        let at = self.tokens.partition_point(|token| token.span.end < end);
        let token = self.tokens.get(at).filter(|token| token.span.end == end);
        token.map_or_else(|| node.span.clone(), |token| token.span.clone())
    }

    /// All nodes of the tree; none when there is no tree.
    fn nodes(&self) -> impl Iterator<Item = &'a Expr> + use<'a> {
        self.nodes.iter().copied()
    }

    /// The text of a node.
    #[inline(never)]
    fn source(&self, node: &Expr) -> &'a str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }

    /// The field of the document's doctype that a node reads.
    fn field(&self, node: &Expr) -> Option<&'a Field> {
        self.doctype?.field(document_field(node)?)
    }

    /// What a node reads from the document, the fields that every document has included.
    #[inline(never)]
    fn read<'b>(&'b self, node: &'b Expr) -> Option<Read<'b>> {
        let name = document_field(node)?;
        match self.doctype?.field(name) {
            Some(field) => {
                Some(Read { label: field.label.as_deref().unwrap_or(name), fieldtype: field.fieldtype.as_str() })
            }
            None => Some(default_field(name))
                .filter(|fieldtype| !fieldtype.is_empty())
                .map(|fieldtype| Read { label: name, fieldtype }),
        }
    }

    /// A finding with the sentence of `key`.
    #[inline(never)]
    fn finding(
        &self,
        (severity, code): (Severity, &'static str),
        key: &'static str,
        span: Range<usize>,
        values: &[(&str, &str)],
    ) -> Finding {
        Finding::new(severity, code, self.say(key, values)).at(span)
    }

    /// The same finding with a fix that writes `text` over a place.
    #[inline(never)]
    fn replaced(&self, finding: Finding, span: Range<usize>, text: String) -> Finding {
        finding.with_fix(self.say("condition/fix-replace", &[("text", &text)]), span, text)
    }

    /// The same finding with a fix that removes a place.
    #[inline(never)]
    fn removed(&self, finding: Finding, span: Range<usize>) -> Finding {
        let text = self.text.get(span.clone()).unwrap_or_default().trim();
        finding.with_fix(self.say("condition/fix-remove", &[("text", text)]), span, "")
    }

    /// Which life the document is in.
    fn state(&self) -> Option<State> {
        self.document.map(|document| document.state)
    }

    /// Whether it has more lines than one.
    fn has_lines(&self) -> bool {
        self.tokens.iter().any(|token| token.kind == TokenKind::Newline)
    }

    fn word(&self, token: &Token) -> Option<&'a str> {
        (token.kind == TokenKind::Name).then(|| self.text.get(token.span.clone())).flatten()
    }

    #[inline(never)]
    fn say(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        self.language.say(key, values)
    }
}

/// The fieldname in `doc.fieldname`, `doc.get("fieldname")`, `doc["fieldname"]`.
#[inline(never)]
pub fn document_field(node: &Expr) -> Option<&str> {
    let is_doc = |node: &Expr| matches!(&node.kind, Kind::Name(name) if &**name == "doc");
    match &node.kind {
        Kind::Attribute(value, name) if is_doc(value) => Some(name),
        Kind::Subscript(value, key) if is_doc(value) => constant_text(key),
        Kind::Call(function, arguments) => match &function.kind {
            Kind::Attribute(value, name) if is_doc(value) && &**name == "get" => {
                arguments.first().and_then(|argument| constant_text(argument.value()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The text of a string literal.
fn constant_text(node: &Expr) -> Option<&str> {
    match &node.kind {
        Kind::Constant(Value::Str(text)) => Some(text),
        _ => None,
    }
}

/// The name of a function in `name(...)` or `frappe.utils.name(...)`.
fn called_tool(node: &Expr) -> Option<&str> {
    let Kind::Call(function, _) = &node.kind else { return None };
    tool(function)
}

/// `name` in `name` or `frappe.utils.name`.
fn tool(node: &Expr) -> Option<&str> {
    match &node.kind {
        Kind::Name(name) => Some(name),
        Kind::Attribute(value, name) => match &value.kind {
            Kind::Attribute(root, utils) => {
                let frappe = matches!(&root.kind, Kind::Name(root) if &**root == "frappe");
                (frappe && &**utils == "utils").then_some(&**name)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether the token at `index` is the first of a statement.
fn statement_start(subject: &Subject<'_>, index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|at| subject.tokens.get(at)).map(|token| token.kind);
    matches!(before, None | Some(TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent | TokenKind::Op(":" | ";")))
}

/// The operator between two operands, which are the places where the text can have it.
fn operator_between<'a>(tokens: &'a [Token], left: &Expr, right: &Expr, sign: &str) -> Option<&'a Token> {
    let between = left.span.end..right.span.start;
    tokens.iter().find(|token| {
        token.span.start >= between.start
            && token.span.end <= between.end
            && matches!(token.kind, TokenKind::Op(op) if op == sign)
    })
}
