//! Statements: Jinja2 3.1's tags, with its words for what is unknown, unclosed or out of place.
//!
//! Source: `jinja2/parser.py` of 3.1.6 (`subparse` to `parse_assign_target`). The host adds no tags.
//! Long because a tag is a function of a few lines and Jinja2 has this many of them.

use std::ops::Range;
use std::rc::Rc;

use super::ast::{
    Block, Body, CallBlock, Expr, ExprKind, FilterBlock, For, If, Macro, Other, SetBlock, Span, Statement, Target, With,
};
use super::mentions;
use super::parser::{Parser, TupleRules};
use super::stream::{Stream, quoted};
use super::syntax_error::Refusal;
use super::tokens::{self, Kind};
use crate::python::operators::Binary;

/// Parses a normalised template.
///
/// # Errors
/// What Jinja2's lexer or parser raises, and the limits.
pub fn parse(text: &str) -> Result<Body, Refusal> {
    let stream = Stream::new(text, tokens::tokenize(text))?;
    Parser::new(stream).template()
}

const END_VARIABLE: fn(&Kind) -> bool = |kind| matches!(kind, Kind::VariableEnd);
const END_BLOCK: fn(&Kind) -> bool = |kind| matches!(kind, Kind::BlockEnd);

type Parameters = Vec<(Rc<str>, Option<Expr>)>;

impl<'a> Parser<'a> {
    fn template(&mut self) -> Result<Body, Refusal> {
        self.subparse(&[])
    }

    /// Statements until one of the tags, which then is the current token.
    fn subparse(&mut self, until: &'static [&'static str]) -> Result<Body, Refusal> {
        if !until.is_empty() {
            self.end_tags.push(until);
        }
        let mut body = Body::new();
        loop {
            let token = self.stream.current().clone();
            match token.kind {
                Kind::End => break,
                Kind::Data => {
                    self.stream.advance()?;
                    body.push(Statement::Data(Span::new(token.start, token.end)));
                }
                Kind::VariableBegin => {
                    self.stream.advance()?;
                    let value = self.tuple(TupleRules::default())?;
                    let end = self.stream.expect_kind(END_VARIABLE, "end of print statement")?;
                    body.push(Statement::Print(value, Span::new(token.start, end.end)));
                }
                _ => {
                    // Outside a tag there is nothing but data, `{{` and `{%`.
                    self.stream.advance()?;
                    if self.stream.name().is_some_and(|name| until.contains(&name)) {
                        break;
                    }
                    self.statement(token.start, &mut body)?;
                    self.stream.expect_kind(END_BLOCK, "end of statement block")?;
                }
            }
        }
        if !until.is_empty() {
            self.end_tags.pop();
        }
        Ok(body)
    }

    /// The statement whose tag is the current token.
    fn statement(&mut self, start: usize, body: &mut Body) -> Result<(), Refusal> {
        let Some(tag) = self.stream.name() else {
            return Err(Refusal::syntax("tag name expected", self.stream.span()));
        };
        let parse: fn(&mut Self, usize, &mut Body) -> Result<(), Refusal> = match tag {
            "autoescape" => Self::autoescape,
            "block" => Self::block,
            "call" => Self::call_block,
            "extends" => Self::extends,
            "filter" => Self::filter_block,
            "for" => Self::for_loop,
            "from" => Self::import_names,
            "if" => Self::if_chain,
            "import" => Self::import,
            "include" => Self::include,
            "macro" => Self::macro_definition,
            "print" => Self::print,
            "set" => Self::set,
            "with" => Self::with,
            _ => return Err(self.unknown_tag(Some(tag), self.stream.span(), None)),
        };
        self.tags.push(tag);
        self.deeper(|parser| parse(parser, start, body))?;
        self.tags.pop();
        Ok(())
    }

    /// What is said about a tag that nobody knows here, or about the end of the template.
    fn unknown_tag(&self, name: Option<&str>, span: Range<usize>, also: Option<&[&str]>) -> Refusal {
        let looking = also.or(self.end_tags.last().copied());
        let mut message = match name {
            Some(name) => format!("Encountered unknown tag {}.", quoted(name)),
            None => String::from("Unexpected end of template."),
        };
        if let Some(looking) = looking {
            let awaited = looking.iter().map(|tag| quoted(tag)).collect::<Vec<_>>().join(" or ");
            let misplaced = name.is_some_and(|name| self.end_tags.iter().any(|tags| tags.contains(&name)));
            message.push_str(&if misplaced {
                format!(
                    " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {awaited}."
                )
            } else {
                format!(" Jinja was looking for the following tags: {awaited}.")
            });
        }
        if let Some(innermost) = self.tags.last() {
            message.push_str(&format!(" The innermost block that needs to be closed is {}.", quoted(innermost)));
        }
        Refusal::syntax(message, span)
    }

    /// The end of a tag and the statements behind it, until one of these tags, which is the current token then.
    fn statements(&mut self, until: &'static [&'static str]) -> Result<Body, Refusal> {
        self.stream.skip(":")?;
        self.stream.expect_kind(END_BLOCK, "end of statement block")?;
        let body = self.subparse(until)?;
        if matches!(self.stream.current().kind, Kind::End) {
            return Err(self.unknown_tag(None, self.stream.span(), Some(until)));
        }
        Ok(body)
    }

    /// The same, for a single closing tag, which is left behind.
    fn statements_and_end(&mut self, until: &'static [&'static str]) -> Result<Body, Refusal> {
        let body = self.statements(until)?;
        self.stream.advance()?;
        Ok(body)
    }

    /// From the start of the first tag to the end of what is parsed, the closing `%}` included when it comes next.
    fn span_from(&self, start: usize) -> Span {
        let current = self.stream.current();
        let end = if END_BLOCK(&current.kind) { current.end } else { self.stream.previous_end() };
        Span::new(start, end)
    }

    fn set(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let target = self.target(true)?;
        if self.stream.skip("=")? {
            let value = self.tuple(TupleRules::default())?;
            out.push(Statement::Set(target, value, self.span_from(start)));
            return Ok(());
        }
        let filter_start = self.stream.span().start;
        let filter = if self.stream.is("|") { Some(self.filters(filter_start, None, false)?) } else { None };
        let body = self.statements_and_end(&["endset"])?;
        out.push(Statement::SetBlock(Rc::new(SetBlock { target, filter, body, span: self.span_from(start) })));
        Ok(())
    }

    fn for_loop(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let target = self.target(false)?;
        self.stream.expect_name("in")?;
        let rules = TupleRules { no_conditional: true, ..TupleRules::default() };
        let iterable = self.tuple(rules)?;
        let test = if self.stream.skip_name("if")? { Some(self.expression(true)?) } else { None };
        let recursive = self.stream.skip_name("recursive")?;
        let body = self.statements(&["endfor", "else"])?;
        let ended = self.stream.is_name("endfor");
        self.stream.advance()?;
        let otherwise = if ended { Body::new() } else { self.statements_and_end(&["endfor"])? };
        let span = self.span_from(start);
        out.push(Statement::For(Rc::new(For { target, iterable, test, recursive, body, otherwise, span })));
        Ok(())
    }

    fn if_chain(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let mut branches = Vec::new();
        loop {
            if branches.len() >= crate::limits::NESTING {
                return Err(Refusal::limit("limit/depth"));
            }
            let test = self.tuple(TupleRules { no_conditional: true, ..TupleRules::default() })?;
            let body = self.statements(&["elif", "else", "endif"])?;
            branches.push((test, body));
            let tag = self.stream.name();
            self.stream.advance()?;
            let otherwise = match tag {
                Some("elif") => continue,
                Some("else") => self.statements_and_end(&["endif"])?,
                _ => Body::new(),
            };
            out.push(Statement::If(If { branches, otherwise, span: self.span_from(start) }));
            return Ok(());
        }
    }

    fn with(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let mut targets = Vec::new();
        while !END_BLOCK(&self.stream.current().kind) {
            if !targets.is_empty() {
                self.stream.expect(",")?;
            }
            let target = self.target(false)?;
            self.stream.expect("=")?;
            targets.push((target, self.expression(true)?));
        }
        let body = self.statements_and_end(&["endwith"])?;
        out.push(Statement::With(With { targets, body, span: self.span_from(start) }));
        Ok(())
    }

    fn autoescape(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let value = self.expression(true)?;
        let body = self.statements_and_end(&["endautoescape"])?;
        out.push(Statement::Autoescape(value, body, self.span_from(start)));
        Ok(())
    }

    fn block(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let (name, _) = self.stream.expect_any_name()?;
        let scoped = self.stream.skip_name("scoped")?;
        let required = self.stream.skip_name("required")?;
        if self.stream.is("-") {
            let message = "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an \
                           underscore instead.";
            return Err(Refusal::syntax(message, self.stream.span()));
        }
        let body = self.statements_and_end(&["endblock"])?;
        let blank = |statement: &Statement| match statement {
            Statement::Data(span) => self.stream.text.get(span.range()).is_some_and(|text| text.trim().is_empty()),
            _ => false,
        };
        if required && !body.iter().all(blank) {
            let message = "Required blocks can only contain comments or whitespace";
            return Err(Refusal::syntax(message, self.stream.span()));
        }
        self.stream.skip_name(name)?;
        let span = self.span_from(start);
        out.push(Statement::Block(Rc::new(Block { name: name.into(), body, scoped, required, span })));
        Ok(())
    }

    fn print(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let mut start = Some(start);
        while !END_BLOCK(&self.stream.current().kind) {
            if start.is_none() {
                self.stream.expect(",")?;
            }
            let value = self.expression(true)?;
            let span = Span::new(start.take().unwrap_or(value.span.range().start), value.span.range().end);
            out.push(Statement::Print(value, span));
        }
        Ok(())
    }

    fn extends(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let template = self.expression(true)?;
        out.push(Statement::Other(Other { tag: "extends", template, names: Vec::new(), span: self.span_from(start) }));
        Ok(())
    }

    fn include(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let template = self.expression(true)?;
        self.skip_pair(&["ignore"], "missing")?;
        self.skip_pair(&["with", "without"], "context")?;
        out.push(Statement::Other(Other { tag: "include", template, names: Vec::new(), span: self.span_from(start) }));
        Ok(())
    }

    /// Skips two names in a row; answers whether they were there.
    fn skip_pair(&mut self, first: &[&str], second: &str) -> Result<bool, Refusal> {
        if !self.stream.name().is_some_and(|name| first.contains(&name)) {
            return Ok(false);
        }
        let ahead = self.stream.look()?.clone();
        if self.stream.name_of(&ahead) != Some(second) {
            return Ok(false);
        }
        self.stream.advance()?;
        self.stream.advance()?;
        Ok(true)
    }

    fn import(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let template = self.expression(true)?;
        self.stream.expect_name("as")?;
        let (name, _) = self.stored_name()?;
        self.skip_pair(&["with", "without"], "context")?;
        out.push(Statement::Other(Other { tag: "import", template, names: vec![name], span: self.span_from(start) }));
        Ok(())
    }

    fn import_names(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let template = self.expression(true)?;
        self.stream.expect_name("import")?;
        let mut names: Vec<Rc<str>> = Vec::new();
        loop {
            if !names.is_empty() {
                self.stream.expect(",")?;
            }
            if self.skip_pair(&["with", "without"], "context")? {
                break;
            }
            let (name, span) = self.stored_name()?;
            if name.starts_with('_') {
                return Err(Refusal::assertion("names starting with an underline can not be imported", span));
            }
            names.push(if self.stream.skip_name("as")? { self.stored_name()?.0 } else { name });
            if self.skip_pair(&["with", "without"], "context")? || !self.stream.is(",") {
                break;
            }
        }
        out.push(Statement::Other(Other { tag: "from", template, names, span: self.span_from(start) }));
        Ok(())
    }

    /// A name that is assigned to.
    fn stored_name(&mut self) -> Result<(Rc<str>, Range<usize>), Refusal> {
        let (name, span) = self.stream.expect_any_name()?;
        if matches!(name, "true" | "false" | "none" | "True" | "False" | "None") {
            return Err(Refusal::syntax("can't assign to 'name'", span));
        }
        Ok((name.into(), span))
    }

    fn signature(&mut self) -> Result<Parameters, Refusal> {
        self.stream.expect("(")?;
        let mut parameters = Parameters::new();
        while !self.stream.is(")") {
            if !parameters.is_empty() {
                self.stream.expect(",")?;
            }
            let (name, _) = self.stored_name()?;
            let default = if self.stream.skip("=")? {
                Some(self.expression(true)?)
            } else if parameters.iter().any(|(_, default)| default.is_some()) {
                return Err(Refusal::syntax("non-default argument follows default argument", self.stream.span()));
            } else {
                None
            };
            parameters.push((name, default));
        }
        self.stream.expect(")")?;
        Ok(parameters)
    }

    fn macro_definition(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let (name, _) = self.stored_name()?;
        let parameters = self.signature()?;
        let body = self.statements_and_end(&["endmacro"])?;
        let definition = self.definition(start, Some(name), parameters, body)?;
        out.push(Statement::Macro(Rc::new(definition)));
        Ok(())
    }

    fn definition(
        &self,
        start: usize,
        name: Option<Rc<str>>,
        parameters: Parameters,
        body: Body,
    ) -> Result<Macro, Refusal> {
        let own = |name: &str| parameters.iter().find(|(own, _)| &**own == name);
        let mentioned = mentions::undeclared(&body, &["caller", "kwargs", "varargs"]);
        let takes = |name: &str| mentioned.contains(&name) && own(name).is_none();
        let span = self.span_from(start);
        let (takes_caller, takes_kwargs, takes_varargs) = (takes("caller"), takes("kwargs"), takes("varargs"));
        // What the macro says of itself: whether its body asks for `caller`, and whether that is a parameter of its own.
        let (asks_caller, own_caller) = (mentioned.contains(&"caller"), own("caller").is_some());
        Ok(Macro {
            name,
            parameters,
            body,
            takes_caller,
            asks_caller,
            explicit_caller: asks_caller && own_caller,
            takes_kwargs,
            takes_varargs,
            span,
        })
    }

    fn call_block(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        let tag = self.stream.advance()?;
        let parameters = if self.stream.is("(") { self.signature()? } else { Parameters::new() };
        let call = self.expression(true)?;
        if !matches!(call.kind, ExprKind::Call(_)) {
            return Err(Refusal::syntax("expected call", tag));
        }
        let body = self.statements_and_end(&["endcall"])?;
        let body = Rc::new(self.definition(start, None, parameters, body)?);
        out.push(Statement::CallBlock(CallBlock { call, body, span: self.span_from(start) }));
        Ok(())
    }

    fn filter_block(&mut self, start: usize, out: &mut Body) -> Result<(), Refusal> {
        self.stream.advance()?;
        let filter_start = self.stream.span().start;
        let filter = self.filters(filter_start, None, true)?;
        let body = self.statements_and_end(&["endfilter"])?;
        out.push(Statement::FilterBlock(FilterBlock { filter, body, span: self.span_from(start) }));
        Ok(())
    }

    /// The left side of an assignment.
    fn target(&mut self, namespaces: bool) -> Result<Target, Refusal> {
        let rules = TupleRules { simplified: true, namespaces, ..TupleRules::default() };
        let expression = self.tuple(rules)?;
        let place = expression.span;
        into_target(expression).map_err(|kind| Refusal::syntax(format!("can't assign to '{kind}'"), place.range()))
    }
}

/// The error is Jinja2's name for what the expression is.
fn into_target(expression: Expr) -> Result<Target, &'static str> {
    let span = expression.span;
    match expression.kind {
        ExprKind::Name(name) => Ok(Target::Name(name, span)),
        ExprKind::Place(name, attribute) => Ok(Target::Attribute(name, attribute, span)),
        ExprKind::Tuple(items) => {
            let targets: Result<Vec<_>, _> = items.into_iter().map(into_target).collect();
            targets.map(Target::Tuple).map_err(|_| "tuple")
        }
        other => Err(class(&other)),
    }
}

/// Jinja2's class of a node, in small letters.
fn class(kind: &ExprKind) -> &'static str {
    match kind {
        ExprKind::Const(_) => "const",
        ExprKind::Name(_) => "name",
        ExprKind::List(_) => "list",
        ExprKind::Tuple(_) => "tuple",
        ExprKind::Dict(_) => "dict",
        ExprKind::Unary(crate::python::operators::Unary::Not, _) => "not",
        ExprKind::Unary(crate::python::operators::Unary::Negative, _) => "neg",
        ExprKind::Unary(..) => "pos",
        ExprKind::Chain(_, links) => match links.last() {
            Some((Binary::Add, _)) => "add",
            Some((Binary::Subtract, _)) => "sub",
            Some((Binary::Multiply, _)) => "mul",
            Some((Binary::Divide, _)) => "div",
            Some((Binary::FloorDivide, _)) => "floordiv",
            Some((Binary::Modulo, _)) => "mod",
            _ => "pow",
        },
        ExprKind::Concat(_) => "concat",
        ExprKind::And(_) => "and",
        ExprKind::Or(_) => "or",
        ExprKind::Compare(..) => "compare",
        ExprKind::Conditional(_) => "condexpr",
        ExprKind::Attribute(..) => "getattr",
        ExprKind::Place(..) => "nsref",
        ExprKind::Item(..) | ExprKind::Slice(..) => "getitem",
        ExprKind::Call(_) => "call",
        ExprKind::Filter(_) => "filter",
        ExprKind::Test(_) => "test",
    }
}
