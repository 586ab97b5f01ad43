//! CPython's words for a text that its grammar refuses.
//!
//! CPython parses twice: once to find how far the text makes sense, once with the rules of mistakes. This file does the
//! same over [`super::grammar`]. Every rule remembers what it found at each token, so the time grows with the text's
//! length times the number of rules; past a budget the words are left open.
//!
//! Long because one table of mistakes, each a rule with its words, is read beside the machine that runs it.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::grammar::{Alternative, Grammar, Item};
use super::lexer::{Fault, Token, TokenKind, Tokens};
use super::literals;
use super::parser::{Failure, KEYWORDS};
use crate::text::{line_of, slice};

/// Most rules inside one another, and most rules tried: beyond them the words of a refusal are not looked for.
const MOST_DEPTH: usize = 700;
const MOST_STEPS: usize = 150_000;

/// What a text is: the first rule to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// `ast.parse(text, mode="eval")`
    Eval,
    /// `ast.parse(text)`
    File,
    /// The field of an f-string, in parentheses.
    Field,
}

/// What a text comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// CPython accepts it.
    Accepted,
    /// CPython refuses it.
    Refused(Fault),
    /// Not known here.
    Unknown,
}

/// The refusal of a text that [`super::parser`] cannot parse.
pub fn words(text: &str, tokens: &Tokens, furthest: usize, field: bool) -> Failure {
    match judge(text, tokens, if field { Start::Field } else { Start::Eval }) {
        Verdict::Refused(fault) => fault.into(),
        // Our own parser has seen that it is refused; only the words are open.
        Verdict::Accepted | Verdict::Unknown => {
            let span = tokens.list.get(furthest).map_or(text.len()..text.len(), |token| token.span.clone());
            Fault { message: None, ..Fault::syntax("", span) }.into()
        }
    }
}

/// What CPython says of a text as a block (`ast.parse(text)`), which it gives a final line break.
pub fn judge_block(text: &str) -> Verdict {
    if let Some(at) = text.find('\0') {
        return Verdict::Refused(Fault::syntax("source code string cannot contain null bytes", at..at + 1));
    }
    let text = if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    let tokens = super::lexer::tokens(&text, 0..text.len(), false);
    if tokens.unknown.is_some() {
        return Verdict::Unknown;
    }
    match (judge(&text, &tokens, Start::File), &tokens.fault) {
        // What the tokenizer says outranks the grammar, unless the indentation is wrong.
        (Verdict::Unknown, Some(fault))
            if !fault.soft
                && !tokens.list.iter().any(|token| matches!(token.kind, TokenKind::Indent | TokenKind::Dedent)) =>
        {
            Verdict::Refused(fault.clone())
        }
        (verdict, _) => verdict,
    }
}

/// What CPython says of a text.
pub fn judge(text: &str, tokens: &Tokens, start: Start) -> Verdict {
    thread_local! {
        static GRAMMAR: OnceCell<Rc<Grammar>> = const { OnceCell::new() };
    }
    let grammar = GRAMMAR.with(|grammar| Rc::clone(grammar.get_or_init(|| Rc::new(Grammar::new()))));
    let rule = grammar.number(match start {
        Start::Eval => "eval",
        Start::File => "file",
        Start::Field => "field",
    });
    let mut matcher = Matcher {
        text,
        tokens,
        grammar: &grammar,
        at: 0,
        furthest: 0,
        memo: HashMap::new(),
        invalid: false,
        depth: 0,
        steps: 0,
        stop: None,
    };
    if matcher.rule(rule).is_some() {
        return Verdict::Accepted;
    }
    let furthest = matcher.furthest;
    let first = matcher.stop.take();
    let verdict = match first {
        Some(stop) => stop,
        None => {
            matcher.at = 0;
            matcher.memo.clear();
            matcher.invalid = true;
            matcher.rule(rule);
            matcher.stop.take().unwrap_or(Stopped::Nothing)
        }
    };
    match verdict {
        Stopped::Unknown => Verdict::Unknown,
        // A fault of the tokenizer met on the way is the refusal.
        Stopped::Tokenizer => tokens.fault.clone().map_or(Verdict::Unknown, Verdict::Refused),
        Stopped::Literal(fault) => Verdict::Refused(custom(text, tokens, matcher.furthest, fault)),
        Stopped::Fault(fault) => Verdict::Refused(custom(text, tokens, matcher.furthest, prefixed(fault, start))),
        Stopped::Nothing => match tokens.list.get(furthest) {
            None => tokens.fault.clone().map_or(Verdict::Unknown, Verdict::Refused),
            Some(token) => Verdict::Refused(generic(text, tokens, matcher.furthest, token, start)),
        },
    }
}

fn prefixed(fault: Fault, start: Start) -> Fault {
    match fault.message {
        Some(message) if start == Start::Field => Fault { message: Some(format!("f-string: {message}")), ..fault },
        _ => fault,
    }
}

/// The refusal when no rule of mistakes matches.
fn generic(text: &str, tokens: &Tokens, furthest: usize, token: &Token, start: Start) -> Fault {
    let indentation = |words: &str| Fault { kind: "IndentationError", ..Fault::syntax(words, token.span.clone()) };
    match token.kind {
        TokenKind::Indent => indentation("unexpected indent"),
        TokenKind::Dedent => indentation("unexpected unindent"),
        _ => {
            let fault = prefixed(Fault::syntax("invalid syntax", token.span.clone()), start);
            outranked(text, tokens, furthest, fault)
        }
    }
}

/// The refusal of a rule of mistakes. CPython reads on, unless its tokenizer has already seen the end of the text.
fn custom(text: &str, tokens: &Tokens, reached: usize, fault: Fault) -> Fault {
    let ended = tokens.list.get(reached).is_none_or(|token| {
        token.kind == TokenKind::End || (token.span.end >= text.len() && token.kind != TokenKind::String)
    });
    if ended { fault } else { outranked(text, tokens, reached, fault) }
}

/// CPython then reads on: a bracket that is never closed, on an earlier line, is what it says instead.
fn outranked(text: &str, tokens: &Tokens, reached: usize, fault: Fault) -> Fault {
    if let Some(hard) = tokens.fault.as_ref().filter(|fault| !fault.soft) {
        return hard.clone();
    }
    let Some((open, at)) = tokens.unclosed else { return fault };
    let unclosed = || Fault::syntax(format!("'{open}' was never closed"), at..at + 1);
    match tokens.list.get(reached) {
        Some(token) if line_of(text, token.span.start) <= line_of(text, at) => fault,
        // The end was reached, and with it the words about the bracket.
        None => unclosed(),
        Some(_) if tokens.fault.is_some() => unclosed(),
        Some(_) => fault,
    }
}

/// Why the matching stops at once.
#[derive(Debug, Clone)]
enum Stopped {
    Fault(Fault),
    /// A fault inside a text literal, worded already.
    Literal(Fault),
    Tokenizer,
    Unknown,
    Nothing,
}

/// A part of the text that matched.
#[derive(Debug, Clone)]
struct Node {
    /// First token, and the one after the last.
    tokens: Range<usize>,
    /// What CPython calls it in an error; empty for what is no expression.
    kind: &'static str,
    parts: Vec<Rc<Node>>,
}

/// What a rule found: the node and where it ended.
type Found = Option<(Rc<Node>, usize)>;

struct Matcher<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    grammar: &'a Grammar,
    at: usize,
    furthest: usize,
    /// What a rule found at a token: the node and where it ended.
    memo: HashMap<(usize, usize, bool), Found>,
    invalid: bool,
    depth: usize,
    steps: usize,
    stop: Option<Stopped>,
}

impl Matcher<'_> {
    fn token(&mut self) -> Option<&Token> {
        self.furthest = self.furthest.max(self.at);
        let token = self.tokens.list.get(self.at);
        if token.is_none() && self.stop.is_none() {
            self.stop = Some(Stopped::Tokenizer);
        }
        token
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.list.get(at).map(|token| slice(self.text, token.span.clone())).unwrap_or_default()
    }

    fn is_class(&mut self, class: &str) -> bool {
        let Some(kind) = self.token().map(|token| token.kind) else { return false };
        let word = self.word(self.at);
        match class {
            "NAME" => kind == TokenKind::Name && !KEYWORDS.contains(&word),
            "NUMBER" => kind == TokenKind::Number,
            "STRING" => kind == TokenKind::String,
            "NEWLINE" => kind == TokenKind::Newline,
            "INDENT" => kind == TokenKind::Indent,
            "DEDENT" => kind == TokenKind::Dedent,
            "END" => kind == TokenKind::End,
            // CPython compares only as many letters as the word has: `c` counts as `case`.
            "SOFT" => kind == TokenKind::Name && ["_", "case", "match"].iter().any(|soft| soft.starts_with(word)),
            "CASE" => kind == TokenKind::Name && word == "case",
            "MATCH" => kind == TokenKind::Name && word == "match",
            "WILD" => kind == TokenKind::Name && word == "_",
            _ => false,
        }
    }

    fn is_token(&mut self, wanted: &str) -> bool {
        let Some(kind) = self.token().map(|token| token.kind) else { return false };
        match kind {
            TokenKind::Op(op) => op == wanted,
            TokenKind::Name => KEYWORDS.contains(&wanted) && self.word(self.at) == wanted,
            _ => false,
        }
    }

    fn leaf(&mut self) -> Rc<Node> {
        let at = self.at;
        self.at += 1;
        Rc::new(Node { tokens: at..at + 1, kind: "", parts: Vec::new() })
    }

    fn rule(&mut self, number: usize) -> Option<Rc<Node>> {
        if self.stop.is_some() {
            return None;
        }
        let start = self.at;
        let grammar = self.grammar;
        let rule = grammar.rules.get(number)?;
        let key = (number, start, self.invalid && !rule.remembers);
        if let Some(known) = self.memo.get(&key) {
            let (node, end) = known.clone()?;
            self.at = end;
            return Some(node);
        }
        self.steps += 1;
        if self.depth >= MOST_DEPTH || self.steps > MOST_STEPS {
            self.stop = Some(Stopped::Unknown);
            return None;
        }
        self.depth += 1;
        let quiet = rule.name == "expression_without_invalid";
        let invalid = self.invalid && !quiet;
        let before = std::mem::replace(&mut self.invalid, invalid);
        let found = self.alternatives(&rule.alternatives, rule.name);
        self.invalid = before;
        self.depth -= 1;
        if self.stop.is_some() {
            return None;
        }
        self.memo.insert(key, found.clone().map(|node| (node, self.at)));
        found
    }

    fn alternatives(&mut self, alternatives: &[Alternative], rule: &str) -> Option<Rc<Node>> {
        let start = self.at;
        for alternative in alternatives {
            self.at = start;
            // CPython leaves an alternative out of its first pass only when a rule of mistakes is all of it.
            if let ([Item::Rule(number)], false) = (alternative.items.as_slice(), self.invalid)
                && self.grammar.rules.get(*number).is_some_and(|rule| rule.invalid)
            {
                continue;
            }
            let mut parts = Vec::with_capacity(alternative.items.len());
            let mut cut = false;
            let mut matched = true;
            for item in &alternative.items {
                if matches!(item, Item::Cut) {
                    cut = true;
                    continue;
                }
                match self.item(item) {
                    Some(part) => parts.push(part),
                    None => {
                        matched = false;
                        break;
                    }
                }
            }
            if self.stop.is_some() {
                return None;
            }
            if matched {
                if rule.starts_with("invalid_") && !alternative.means.is_empty() {
                    self.stop = self.mistake(alternative.means, &parts, start);
                    // A mistake that is none after all ends its rule.
                    return None;
                }
                if alternative.means == "unknown" {
                    self.stop = Some(Stopped::Unknown);
                    return None;
                }
                if alternative.means == "string" {
                    self.check_strings(start);
                    if self.stop.is_some() {
                        return None;
                    }
                }
                return Some(self.made(alternative, parts, start));
            }
            if cut {
                break;
            }
        }
        self.at = start;
        None
    }

    /// CPython reads escapes and f-strings as soon as it has the whole literal.
    fn check_strings(&mut self, start: usize) {
        let tokens = self.tokens.list.get(start..self.at).unwrap_or_default();
        let spans: Vec<Range<usize>> = tokens.iter().map(|token| token.span.clone()).collect();
        self.stop = match literals::strings(self.text, &spans, self.depth.min(20)) {
            Ok(_) => None,
            Err(Failure::Fault(fault)) => Some(Stopped::Literal(fault)),
            Err(_) => Some(Stopped::Unknown),
        };
    }

    fn made(&mut self, alternative: &Alternative, parts: Vec<Rc<Node>>, start: usize) -> Rc<Node> {
        let kind = match alternative.means {
            "$1" => match parts.get(1) {
                Some(inner) => return Rc::clone(inner),
                None => "",
            },
            // The last trailer says what a primary is; without any it is its atom.
            "primary" => match parts.get(1).and_then(|trailers| trailers.parts.last()) {
                Some(trailer) => trailer.kind,
                None => match parts.first() {
                    Some(atom) => return Rc::clone(atom),
                    None => "",
                },
            },
            "string" => {
                let format = (start..self.at).any(|at| {
                    let word = self.word(at);
                    let prefix = word.find(['\'', '"']).and_then(|end| word.get(..end)).unwrap_or_default();
                    prefix.contains(['f', 'F'])
                });
                if format { "f-string expression" } else { "literal" }
            }
            means => spoken(means),
        };
        // Lookaheads are no parts of what was matched.
        let real: Vec<&Rc<Node>> = parts.iter().filter(|part| !part.tokens.is_empty()).collect();
        if alternative.means.is_empty()
            && let [only] = real.as_slice()
        {
            return Rc::clone(only);
        }
        Rc::new(Node { tokens: start..self.at, kind, parts })
    }

    fn item(&mut self, item: &Item) -> Option<Rc<Node>> {
        if self.stop.is_some() {
            return None;
        }
        let start = self.at;
        let nothing = |at: usize| Rc::new(Node { tokens: at..at, kind: "", parts: Vec::new() });
        match item {
            Item::Token(wanted) => self.is_token(wanted).then(|| self.leaf()),
            Item::Class(class) => self.is_class(class).then(|| self.leaf()),
            Item::Rule(number) => self.rule(*number),
            Item::Group(alternatives) => self.alternatives(alternatives, ""),
            Item::Optional(inner) => {
                let found = self.item(inner);
                if self.stop.is_some() {
                    return None;
                }
                if found.is_none() {
                    self.at = start;
                }
                Some(found.unwrap_or_else(|| nothing(start)))
            }
            Item::Repeat(inner, least) => {
                let mut parts = Vec::new();
                loop {
                    let before = self.at;
                    match self.item(inner) {
                        Some(part) if self.at > before => parts.push(part),
                        _ => {
                            self.at = before;
                            break;
                        }
                    }
                }
                let enough = self.stop.is_none() && parts.len() >= *least;
                enough.then(|| Rc::new(Node { tokens: start..self.at, kind: "", parts }))
            }
            Item::Gather(inner) => {
                let mut parts = vec![self.item(inner)?];
                loop {
                    let before = self.at;
                    if self.is_token(",") {
                        self.at += 1;
                        if let Some(part) = self.item(inner) {
                            parts.push(part);
                            continue;
                        }
                    }
                    self.at = before;
                    break;
                }
                self.stop.is_none().then(|| Rc::new(Node { tokens: start..self.at, kind: "", parts }))
            }
            Item::Ahead(inner) | Item::NotAhead(inner) => {
                let found = self.item(inner).is_some();
                self.at = start;
                let wanted = matches!(item, Item::Ahead(_));
                (self.stop.is_none() && found == wanted).then(|| nothing(start))
            }
            Item::Cut => Some(nothing(start)),
            Item::Forced(wanted) => {
                if self.is_token(wanted) {
                    return Some(self.leaf());
                }
                if self.stop.is_none() {
                    let span = self.span(start..start + 1);
                    self.stop = Some(Stopped::Fault(Fault::syntax(format!("expected '{wanted}'"), span)));
                }
                None
            }
        }
    }

    /// The bytes of some tokens.
    fn span(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.tokens.list.get(tokens.start).map_or(self.text.len(), |token| token.span.start);
        let last = self.tokens.list.get(tokens.end.saturating_sub(1).max(tokens.start));
        start..last.map_or(start, |token| token.span.end.max(start))
    }

    /// The fault of a mistake whose parts have matched; `None` when it turns out to be none.
    fn mistake(&self, means: &str, parts: &[Rc<Node>], start: usize) -> Option<Stopped> {
        let whole = start..self.at;
        let part = |index: usize| parts.get(index).map_or(whole.clone(), |part| part.tokens.clone());
        let kind = |index: usize| parts.get(index).map_or("", |part| part.kind);
        let between = |from: usize, to: usize| part(from).start..part(to).end;
        let line = |index: usize| line_of(self.text, self.span(part(index)).start);
        let comma = "invalid syntax. Perhaps you forgot a comma?";
        let equals = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
        let generator = "Generator expression must be parenthesized";
        let (message, place): (String, Range<usize>) = match means {
            "forgot_comma" => {
                let legacy = kind(1) == "name" && matches!(self.word(part(1).start), "print" | "exec");
                let level = self.tokens.list.get(self.at.saturating_sub(1)).map_or(0, |token| token.level);
                if legacy || level == 0 {
                    return None;
                }
                (comma.into(), between(1, 2))
            }
            "expected_else" => ("expected 'else' after 'if' expression".into(), between(0, 2)),
            "missing_parentheses" => {
                let name = self.word(start);
                if !matches!(name, "print" | "exec") {
                    return None;
                }
                (format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?"), whole.clone())
            }
            "walrus_target" => (format!("cannot use assignment expressions with {}", kind(0)), part(0)),
            "maybe_equals" => (equals.into(), between(0, 2)),
            "assign_here" => {
                let message = format!("cannot assign to {} here. Maybe you meant '==' instead of '='?", kind(1));
                (message, part(1))
            }
            "assign_constant" => (format!("cannot assign to {}", self.word(start)), between(0, 1)),
            "assignment_in_call" => {
                let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
                (message.into(), between(1, 2))
            }
            "iterable_after_keyword" => {
                ("iterable argument unpacking follows keyword argument unpacking".into(), between(1, 2))
            }
            "bare_generator" => (generator.into(), between(0, 1)),
            "bare_generator_last" => (generator.into(), between(2, 3)),
            "bare_generator_in_call" => {
                // Only a generator after other arguments is a mistake; alone it is the call's one argument.
                if !has_comma(parts.first()) {
                    return None;
                }
                (generator.into(), between(0, 1))
            }
            "positional_after_keyword" => {
                let unpacking = parts.first().is_some_and(has_double_star);
                let what = if unpacking { "keyword argument unpacking" } else { "keyword argument" };
                (format!("positional argument follows {what}"), whole.clone())
            }
            "annotated_sequence" => (format!("only single target (not {}) can be annotated", kind(0)), part(0)),
            "annotated_tuple" => ("only single target (not tuple) can be annotated".into(), part(0)),
            "illegal_annotation" => ("illegal target for annotation".into(), part(0)),
            "assign_target" => return self.invalid_target(parts.get(1)?, "cannot assign to", false),
            "for_target" => return self.invalid_target(parts.last()?, "cannot assign to", true),
            "with_target" => return self.invalid_target(parts.get(2)?, "cannot assign to", false),
            "delete_target" => return self.invalid_target(parts.get(1)?, "cannot delete", false),
            "assign_yield" => ("assignment to yield expression not possible".into(), part(1)),
            "augmented_target" => (format!("'{}' is an illegal expression for augmented assignment", kind(0)), part(0)),
            "unpacking_in_comprehension" => ("iterable unpacking cannot be used in comprehension".into(), part(1)),
            "comprehension_target" => {
                ("did you forget parentheses around the comprehension target?".into(), between(1, parts.len() - 2))
            }
            "dict_unpacking" => ("dict unpacking cannot be used in dict comprehension".into(), part(1)),
            "group_star" => ("cannot use starred expression here".into(), part(1)),
            "group_double_star" => ("cannot use double starred expression here".into(), part(1)),
            "trailing_comma" => ("trailing comma not allowed without surrounding parentheses".into(), whole.clone()),
            "expected_colon" => ("expected ':'".into(), part(parts.len() - 1)),
            "expected_except" => ("expected 'except' or 'finally' block".into(), whole.clone()),
            "wildcard_target" => ("cannot use '_' as a target".into(), part(2)),
            "pattern_target" => ("invalid pattern target".into(), part(3)),
            "class_positional" => ("positional patterns follow keyword patterns".into(), part(5)),
            "both_excepts" => ("cannot have both 'except' and 'except*' on the same 'try'".into(), whole.clone()),
            "no_exceptions" => ("expected one or more exception types".into(), whole.clone()),
            "several_exceptions" => ("multiple exception types must be parenthesized".into(), part(2)),
            "starred_dict_value" => ("cannot use a starred expression in a dictionary value".into(), part(2)),
            "no_dict_value" => ("expression expected after dictionary key and ':'".into(), part(1)),
            "no_dict_colon" => ("':' expected after dictionary key".into(), part(0)),
            "default_order" => ("non-default argument follows default argument".into(), part(2)),
            "no_default" => ("expected default value expression".into(), part(0)),
            "def_parentheses" => ("Function parameters cannot be parenthesized".into(), between(1, 4)),
            "lambda_parentheses" => ("Lambda expression parameters cannot be parenthesized".into(), between(1, 4)),
            "lonely_slash" => ("at least one argument must precede /".into(), part(0)),
            "second_slash" => ("/ may appear only once".into(), part(2)),
            "late_slash" => ("/ must be ahead of *".into(), part(5)),
            "comma_after_slash" => ("expected comma between / and *".into(), part(2)),
            "bare_star" => ("named arguments must follow bare *".into(), whole.clone()),
            "star_default" => ("var-positional argument cannot have default value".into(), part(2)),
            "second_star" => ("* argument may appear only once".into(), part(3)),
            "double_star_default" => ("var-keyword argument cannot have default value".into(), part(2)),
            "after_double_star" => ("arguments cannot follow var-keyword argument".into(), part(3)),
            "no_block" | "no_block_after" | "no_block_after_star" | "no_block_after_def" | "no_block_after_class" => {
                // `async for` and `async with` are named by their second word.
                let at = if parts.first().is_some_and(|first| first.tokens.is_empty()) || self.word(start) == "async" {
                    1
                } else {
                    0
                };
                let star = if means == "no_block_after_star" { "*" } else { "" };
                let word = format!("{}{star}", self.word(part(at).start));
                let message = match means {
                    "no_block" => String::from("expected an indented block"),
                    "no_block_after" | "no_block_after_star" => {
                        format!("expected an indented block after '{word}' statement on line {}", line(at))
                    }
                    "no_block_after_def" => {
                        format!("expected an indented block after function definition on line {}", line(at))
                    }
                    _ => format!("expected an indented block after class definition on line {}", line(at)),
                };
                let span = self.span(self.at..self.at + 1);
                return Some(Stopped::Fault(Fault { kind: "IndentationError", ..Fault::syntax(message, span) }));
            }
            _ => return Some(Stopped::Unknown),
        };
        Some(Stopped::Fault(Fault::syntax(message, self.span(place))))
    }

    /// The part of a would-be target that cannot be one.
    fn invalid_target(&self, node: &Rc<Node>, words: &str, of_loop: bool) -> Option<Stopped> {
        let found = invalid_part(node, of_loop, words == "cannot delete")?;
        if found.kind.is_empty() {
            return Some(Stopped::Unknown);
        }
        let span = self.span(found.tokens.clone());
        Some(Stopped::Fault(Fault::syntax(format!("{words} {}", found.kind), span)))
    }
}

/// What CPython calls a kind of expression.
fn spoken(means: &'static str) -> &'static str {
    match means {
        "conditional_expression" => "conditional expression",
        "yield_expression" => "yield expression",
        "named_expression" => "named expression",
        "await_expression" => "await expression",
        "function_call" => "function call",
        "list_comprehension" => "list comprehension",
        "set_comprehension" => "set comprehension",
        "dict_comprehension" => "dict comprehension",
        "generator_expression" => "generator expression",
        "set_display" => "set display",
        "dict_literal" => "dict literal",
        means => means,
    }
}

fn invalid_part(node: &Rc<Node>, of_loop: bool, deletes: bool) -> Option<&Rc<Node>> {
    match node.kind {
        "name" | "attribute" | "subscript" => None,
        "list" | "tuple" => elements(node).into_iter().find_map(|element| invalid_part(element, of_loop, deletes)),
        "starred" if deletes => Some(node),
        "starred" => node.parts.last().and_then(|inner| invalid_part(inner, of_loop, deletes)),
        "comparison" if of_loop => {
            let pairs = node.parts.get(1)?;
            let first_is_in = pairs.kind == "in" || pairs.parts.first().is_some_and(|pair| pair.kind == "in");
            if first_is_in { invalid_part(node.parts.first()?, of_loop, deletes) } else { None }
        }
        _ => Some(node),
    }
}

/// The elements of a list or tuple, however deep its rules laid them.
fn elements(node: &Rc<Node>) -> Vec<&Rc<Node>> {
    let mut found = Vec::new();
    for part in &node.parts {
        if part.kind.is_empty() {
            found.extend(elements(part));
        } else {
            found.push(part);
        }
    }
    found
}

/// Whether the arguments of a call are more than one.
fn has_comma(args: Option<&Rc<Node>>) -> bool {
    args.is_some_and(|args| args.kind.is_empty() && args.parts.len() > 1)
}

fn has_double_star(node: &Rc<Node>) -> bool {
    node.kind == "double" || (node.kind.is_empty() && node.parts.iter().any(has_double_star))
}

#[cfg(test)]
mod tests {
    use super::super::grammar::{Alternative, Item};
    use super::super::lexer;
    use super::*;

    fn each_word(alternatives: &[Alternative], visit: &mut dyn FnMut(&str)) {
        for alternative in alternatives {
            visit(alternative.means);
            for item in &alternative.items {
                if let Item::Group(inner) = item {
                    each_word(inner, visit);
                }
            }
        }
    }

    /// A word that the grammar spells otherwise would turn a known refusal into an unknown one, and no other test fails.
    #[test]
    fn every_mistake_of_the_grammar_has_words() {
        let (text, grammar) = ("a b", Grammar::new());
        let tokens = lexer::tokens(text, 0..text.len(), false);
        let matcher = Matcher {
            text,
            tokens: &tokens,
            grammar: &grammar,
            at: 0,
            furthest: 0,
            memo: HashMap::new(),
            invalid: true,
            depth: 0,
            steps: 0,
            stop: None,
        };
        let part = Rc::new(Node { tokens: 0..1, kind: "name", parts: Vec::new() });
        let parts = vec![part; 8];
        let mut known = 0;
        for rule in grammar.rules.iter().filter(|rule| rule.invalid) {
            each_word(&rule.alternatives, &mut |means| {
                // A rule may say itself that the words are not known.
                let is_mistake = !matches!(means, "" | "unknown") && !means.starts_with('$');
                let words = matcher.mistake(means, &parts, 0);
                assert!(!is_mistake || !matches!(words, Some(Stopped::Unknown)), "{}: {means}", rule.name);
                known += usize::from(is_mistake);
            });
        }
        assert!(known > 60, "{known}");
        assert!(["eval", "file", "field"].iter().all(|name| grammar.rules.iter().any(|rule| rule.name == *name)));
    }
}
