//! What CPython's symbol table and compiler refuse in a tree that its parser and RestrictedPython accept.
//!
//! Words observed on CPython 3.11. Its two passes each stop at their first refusal; where one pass has several, which one is
//! said is not followed here: the condition is then `unsupported`. Long because one walk meets every kind of statement and
//! of expression.

use std::ops::Range;
use std::rc::Rc;

use super::Mode;
use super::ast::{Argument, Comprehension, Expr, Kind, Makes, Parameter, Piece};
use super::statements::{Does, Statement};
use crate::python::{Exception, Outcome, Stop, Value};

/// Deepest nesting of loops, `try` and `with`: CPython refuses 21 of its own blocks, of which a `try` takes up to three.
const MOST_BLOCKS: usize = 6;

/// Passes an expression.
///
/// # Errors
/// The compiler's `SyntaxError`; `Unsupported` where several things are wrong, or what CPython makes of it is not known.
pub fn expression(expr: &Expr, mode: Mode) -> Outcome<()> {
    let mut compiler = Compiler::new(mode);
    let place = if mode == Mode::Block { Place::Function } else { Place::Outside };
    match &expr.kind {
        Kind::Starred(_) => compiler.starred(expr),
        _ => compiler.expression(expr, place),
    }
    compiler.raise()
}

/// Passes the body of the function that a condition becomes.
///
/// # Errors
/// As [`expression`].
pub fn block(block: &[Statement]) -> Outcome<()> {
    let mut compiler = Compiler::new(Mode::Block);
    let parameters = ["doc", "frappe", "nowdate"].map(Rc::from);
    compiler.function(&parameters, block);
    compiler.raise()
}

/// What an expression or a statement stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Function,
    /// The body of a class.
    Class,
    /// The whole of an expression that is not in a function.
    Outside,
    Comprehension(Makes),
}

struct Compiler {
    mode: Mode,
    refused: Vec<(String, Range<usize>)>,
    unknown: Option<&'static str>,
    /// A statement is not met in the order of its lines.
    tangled: bool,
    /// An asynchronous comprehension makes what it stands in asynchronous, where `yield` has refusals of its own.
    asynchronous: bool,
    yields: bool,
    /// The targets of the comprehensions around, innermost last.
    targets: Vec<Vec<Rc<str>>>,
}

/// What happens to a name in a function before it is said to be global.
#[derive(Debug, Default)]
struct Seen {
    parameters: Vec<Rc<str>>,
    used: Vec<Rc<str>>,
    bound: Vec<Rc<str>>,
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy)]
struct Around {
    place: Place,
    in_loop: bool,
    /// In the handler of an `except*`, outside of any loop of its own.
    in_star: bool,
    blocks: usize,
}

impl Compiler {
    fn new(mode: Mode) -> Self {
        let (asynchronous, yields, tangled) = (false, false, false);
        Self { mode, refused: Vec::new(), unknown: None, tangled, asynchronous, yields, targets: Vec::new() }
    }

    fn raise(self) -> Outcome<()> {
        let (early, late): (Vec<_>, Vec<_>) = self.refused.iter().partition(|(message, _)| is_of_symbol_table(message));
        let first = if early.is_empty() { late } else { early };
        match (first.as_slice(), self.unknown) {
            ([], None) => Ok(()),
            (_, Some(unknown)) => Err(Stop::unsupported(unknown)),
            _ if self.asynchronous && self.yields => Err(several()),
            ([_, _, ..], None) if self.tangled => Err(several()),
            (all, None) if let Some((message, span)) = foremost(all) => Err(Stop::Raise(Box::new(Exception {
                kind: "SyntaxError",
                message: message.clone(),
                span: Some(span.clone()),
            }))),
            _ => Err(several()),
        }
    }

    fn refuse(&mut self, message: impl Into<String>, span: &Range<usize>) {
        self.refused.push((message.into(), span.clone()));
    }

    fn function(&mut self, parameters: &[Rc<str>], block: &[Statement]) {
        let mut seen = Seen { parameters: parameters.to_vec(), ..Seen::default() };
        self.globals(block, &mut seen);
        self.block(block, Around { place: Place::Function, in_loop: false, in_star: false, blocks: 0 });
    }

    /// `global` of names that the function has already used.
    fn globals(&mut self, block: &[Statement], seen: &mut Seen) {
        for statement in block {
            if let Does::Try(tried) = &statement.does {
                // The order of CPython's symbol table.
                self.globals(&tried.body, seen);
                self.globals(&tried.otherwise, seen);
                for handler in &tried.handlers {
                    handler.class.iter().for_each(|class| used(class, &mut seen.used));
                    seen.bound.extend(handler.name.clone());
                    self.globals(&handler.body, seen);
                }
                self.globals(&tried.finally, seen);
                continue;
            }
            if let Does::Global(names) = &statement.does {
                for name in names {
                    let why = if seen.parameters.contains(name) {
                        "is parameter and global"
                    } else if seen.used.contains(name) {
                        "is used prior to global declaration"
                    } else if seen.bound.contains(name) {
                        "is assigned to before global declaration"
                    } else {
                        continue;
                    };
                    self.refuse(format!("name '{name}' {why}"), &statement.span);
                }
            }
            let mut target = |target: &Expr| {
                names(target, &mut seen.bound);
                read_by_target(target, &mut seen.used);
            };
            match &statement.does {
                Does::Assign(targets, _) | Does::Delete(targets) => targets.iter().for_each(&mut target),
                // RestrictedPython turns `x += 1` into an assignment that reads `x`.
                Does::Augment(found, ..) => {
                    target(found);
                    used(found, &mut seen.used);
                }
                Does::For { target: found, .. } => target(found),
                Does::With(items, _) => items.iter().filter_map(|(_, found)| found.as_ref()).for_each(&mut target),
                Does::Import(_, bound) => seen.bound.extend(bound.iter().cloned()),
                Does::Define(definition) => seen.bound.push(Rc::clone(&definition.name)),
                Does::Class(class) => seen.bound.push(Rc::clone(&class.name)),
                _ => {}
            }
            match &statement.does {
                Does::Assign(_, value) | Does::For { source: value, .. } | Does::Augment(_, _, value) => {
                    used(value, &mut seen.used);
                }
                Does::With(items, _) => items.iter().for_each(|(value, _)| used(value, &mut seen.used)),
                Does::Delete(_) => {}
                _ => statement.expressions().into_iter().for_each(|expr| used(expr, &mut seen.used)),
            }
            if !matches!(statement.does, Does::Define(_) | Does::Class(_)) {
                for block in statement.blocks() {
                    self.globals(block, seen);
                }
            }
        }
    }

    fn block(&mut self, block: &[Statement], around: Around) {
        for statement in block {
            self.statement(statement, around);
        }
    }

    fn statement(&mut self, statement: &Statement, around: Around) {
        let span = &statement.span;
        let place = around.place;
        match &statement.does {
            Does::Break | Does::Continue | Does::Return(_) if around.in_star => {
                self.refuse("'break', 'continue' and 'return' cannot appear in an except* block", span);
            }
            Does::Break if !around.in_loop => self.refuse("'break' outside loop", span),
            Does::Continue if !around.in_loop => self.refuse("'continue' not properly in loop", span),
            Does::Return(_) if place == Place::Class => self.refuse("'return' outside function", span),
            _ => {}
        }
        match &statement.does {
            Does::Define(definition) => {
                definition.outer_expressions().into_iter().for_each(|expr| self.expression(expr, place));
                self.duplicates(&definition.parameters, span);
                let names: Vec<Rc<str>> = definition.parameters.iter().map(|p| Rc::clone(&p.name)).collect();
                self.function(&names, &definition.body);
                return;
            }
            Does::Class(class) => {
                statement.expressions().into_iter().for_each(|expr| self.allow_starred(expr, place));
                self.keywords(&class.arguments);
                let inside = Around { place: Place::Class, in_loop: false, in_star: false, blocks: 0 };
                self.block(&class.body, inside);
                return;
            }
            Does::Assign(targets, value) => {
                targets.iter().for_each(|target| self.target(target, place, true));
                self.expression(value, place);
            }
            Does::Delete(targets) => targets.iter().for_each(|target| self.target(target, place, true)),
            Does::For { target, source, .. } => {
                self.target(target, place, true);
                if matches!(source.kind, Kind::Starred(_)) {
                    // RestrictedPython makes arguments of a call of it.
                    self.unknown = Some("for over a starred expression");
                }
                self.allow_starred(source, place);
            }
            Does::With(items, _) => {
                for (value, target) in items {
                    self.expression(value, place);
                    target.iter().for_each(|target| self.target(target, place, true));
                }
            }
            Does::Try(tried) => {
                statement.expressions().into_iter().for_each(|expr| self.expression(expr, place));
                let bare = tried.handlers.iter().position(|handler| handler.class.is_none());
                if let Some(bare) = bare
                    && bare + 1 < tried.handlers.len()
                    && let Some(handler) = tried.handlers.get(bare)
                {
                    self.refuse("default 'except:' must be last", &handler.span);
                }
                // CPython looks at the `else` before the handlers, and compiles a `finally` wherever its `try` is left.
                self.tangled |= !tried.finally.is_empty() || !tried.otherwise.is_empty();
            }
            _ => statement.expressions().into_iter().for_each(|expr| self.expression(expr, place)),
        }
        let loops = matches!(statement.does, Does::For { .. } | Does::While(..));
        let deeper = loops || matches!(statement.does, Does::Try(_) | Does::With(..));
        let blocks = around.blocks + usize::from(deeper);
        if blocks > MOST_BLOCKS {
            self.unknown = Some("blocks nested so deeply");
        }
        for (place, block) in statement.blocks().into_iter().enumerate() {
            let in_loop = around.in_loop || (loops && place == 0);
            let mut in_star = around.in_star && !(loops && place == 0);
            if let Does::Try(tried) = &statement.does
                && tried.star
                && (1..=tried.handlers.len()).contains(&place)
            {
                in_star = true;
            }
            self.block(block, Around { in_loop, in_star, blocks, ..around });
        }
    }

    /// A target of an assignment; `outermost` may not be starred itself.
    fn target(&mut self, target: &Expr, place: Place, outermost: bool) {
        match &target.kind {
            Kind::Starred(inner) if outermost => {
                self.refuse("starred assignment target must be in a list or tuple", &target.span);
                self.target(inner, place, false);
            }
            Kind::Starred(inner) => self.target(inner, place, false),
            Kind::Tuple(items) | Kind::List(items) => {
                if items.iter().filter(|item| matches!(item.kind, Kind::Starred(_))).count() > 1 {
                    self.refuse("multiple starred expressions in assignment", &target.span);
                }
                items.iter().for_each(|item| self.target(item, place, false));
            }
            _ => self.expression(target, place),
        }
    }

    fn duplicates(&mut self, parameters: &[Parameter], span: &Range<usize>) {
        for (index, parameter) in parameters.iter().enumerate() {
            if parameters.iter().take(index).any(|earlier| earlier.name == parameter.name) {
                self.refuse(format!("duplicate argument '{}' in function definition", parameter.name), span);
            }
        }
    }

    fn keywords(&mut self, arguments: &[Argument]) {
        let names = arguments.iter().filter_map(|argument| match argument {
            Argument::Keyword(name, value) => Some((name, value)),
            _ => None,
        });
        for (index, (name, value)) in names.clone().enumerate() {
            if names.clone().take(index).any(|(earlier, _)| earlier == name) {
                self.refuse(format!("keyword argument repeated: {name}"), &value.span);
            }
        }
    }

    fn starred(&mut self, expr: &Expr) {
        self.refuse("can't use starred expression here", &expr.span);
    }

    /// An expression where a star is allowed.
    fn allow_starred(&mut self, expr: &Expr, place: Place) {
        match &expr.kind {
            Kind::Starred(inner) => self.expression(inner, place),
            _ => self.expression(expr, place),
        }
    }

    fn expression(&mut self, expr: &Expr, place: Place) {
        match &expr.kind {
            Kind::Starred(inner) => {
                self.starred(expr);
                self.expression(inner, place);
            }
            Kind::Tuple(items) | Kind::List(items) | Kind::Set(items) => {
                items.iter().for_each(|item| self.allow_starred(item, place));
            }
            Kind::Call(function, arguments) => {
                self.expression(function, place);
                self.keywords(arguments);
                arguments.iter().for_each(|argument| self.expression(argument.value(), place));
            }
            Kind::Lambda(lambda) => {
                self.duplicates(&lambda.parameters, &expr.span);
                let defaults = lambda.parameters.iter().filter_map(|parameter| parameter.default.as_ref());
                defaults.for_each(|default| self.expression(default, place));
                let targets = std::mem::take(&mut self.targets);
                self.expression(&lambda.body, Place::Function);
                self.targets = targets;
            }
            Kind::Comprehension(made) => self.comprehension(expr, made, place),
            Kind::Yield(_) | Kind::YieldFrom(_) => {
                self.yields = true;
                match place {
                    Place::Function => {}
                    Place::Class | Place::Outside => self.refuse("'yield' outside function", &expr.span),
                    Place::Comprehension(makes) => {
                        let what = match makes {
                            Makes::List => "list comprehension",
                            Makes::Set => "set comprehension",
                            Makes::Dict => "dict comprehension",
                            Makes::Generator => "generator expression",
                        };
                        self.refuse(format!("'yield' inside {what}"), &expr.span);
                    }
                }
                expr.children(&mut |child| self.expression(child, place));
            }
            Kind::Walrus(target, value) => {
                if let Kind::Name(name) = &target.kind
                    && self.targets.iter().flatten().any(|bound| bound == name)
                {
                    let message =
                        format!("assignment expression cannot rebind comprehension iteration variable '{name}'");
                    self.refuse(message, &expr.span);
                }
                if matches!(place, Place::Comprehension(_)) && self.targets.is_empty() {
                    self.unknown = Some(":= in a comprehension of a class");
                }
                self.expression(value, place);
            }
            Kind::FString(pieces) => {
                // The host writes a block anew, and CPython cannot write every f-string.
                if self.mode == Mode::Block && is_hard_to_write(pieces) {
                    self.unknown = Some("a text with quotes inside an f-string");
                }
                expr.children(&mut |child| self.expression(child, place));
            }
            _ => expr.children(&mut |child| self.expression(child, place)),
        }
    }

    fn comprehension(&mut self, expr: &Expr, made: &Comprehension, place: Place) {
        let asynchronous = made.loops.iter().any(|one| one.asynchronous);
        match (asynchronous, made.makes, place) {
            (false, ..) => {}
            // An asynchronous generator may be made anywhere, and what is inside another comprehension is the outer's.
            (true, Makes::Generator, _) | (true, _, Place::Comprehension(_)) => self.unknown = Some("async for"),
            _ => {
                self.asynchronous = true;
                self.refuse("asynchronous comprehension outside of an asynchronous function", &expr.span);
            }
        }
        let inside = Place::Comprehension(made.makes);
        let mut bound = Vec::new();
        made.loops.iter().for_each(|one| names(&one.target, &mut bound));
        for (index, one) in made.loops.iter().enumerate() {
            let mut walrus = None;
            walruses(&one.source, &mut |node| {
                walrus.get_or_insert(node.span.clone());
            });
            match walrus {
                Some(span) => {
                    self.refuse("assignment expression cannot be used in a comprehension iterable expression", &span);
                }
                // The first source is evaluated outside.
                None if index == 0 => self.expression(&one.source, place),
                None => {
                    self.targets.push(bound.clone());
                    self.expression(&one.source, inside);
                    self.targets.pop();
                }
            }
        }
        let mut inner = vec![&made.element];
        inner.extend(&made.value);
        inner.extend(made.loops.iter().flat_map(|one| &one.conditions));
        if place == Place::Class {
            let mut walrus = None;
            inner.iter().for_each(|part| {
                walruses(part, &mut |node| {
                    walrus.get_or_insert(node.span.clone());
                });
            });
            if let Some(span) = walrus {
                self.refuse("assignment expression within a comprehension cannot be used in a class body", &span);
            }
        }
        // A later loop must not bind what an earlier condition has assigned, nor a condition assign what is bound.
        let mut assigned: Vec<Rc<str>> = Vec::new();
        let mut so_far: Vec<Rc<str>> = Vec::new();
        for one in &made.loops {
            let from = so_far.len();
            names(&one.target, &mut so_far);
            if let Some(name) = so_far.iter().skip(from).find(|name| assigned.contains(name)) {
                let message = format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
                self.refuse(message, &one.target.span);
                return;
            }
            for condition in &one.conditions {
                walruses(condition, &mut |node| {
                    if let Kind::Walrus(target, _) = &node.kind {
                        names(target, &mut assigned);
                    }
                });
            }
            if assigned.iter().any(|name| so_far.contains(name)) {
                break;
            }
        }
        self.targets.push(bound);
        for one in &made.loops {
            self.target(&one.target, inside, true);
        }
        inner.into_iter().for_each(|part| self.expression(part, inside));
        self.targets.pop();
    }
}

fn several() -> Stop {
    Stop::unsupported("several errors of the compiler")
}

/// The refusal that CPython meets first: of statements it is that of the first line, of others it is not known.
fn foremost<'a>(refused: &[&'a (String, Range<usize>)]) -> Option<&'a (String, Range<usize>)> {
    const OF_STATEMENTS: [&str; 6] =
        ["'break' outside", "'continue' not", "'return' outside", "default 'except:'", "duplicate argument", "name '"];
    let (first, others) = refused.split_first()?;
    if others.iter().all(|(message, _)| *message == first.0) {
        return Some(first);
    }
    let found = refused.iter().min_by_key(|(_, span)| span.start)?;
    let plain = |(message, span): &&(String, Range<usize>)| {
        OF_STATEMENTS.iter().any(|start| message.starts_with(start))
            && (span.start != found.1.start || *message == found.0)
    };
    refused.iter().copied().all(|one| plain(&one)).then_some(*found)
}

/// Whether CPython says it in its first pass, before it looks for anything else.
fn is_of_symbol_table(message: &str) -> bool {
    let starts =
        ["name '", "duplicate argument", "'yield' inside", "assignment expression", "comprehension inner loop"];
    starts.iter().any(|start| message.starts_with(start))
}

/// The names that a target binds.
fn names(target: &Expr, found: &mut Vec<Rc<str>>) {
    match &target.kind {
        Kind::Name(name) => found.push(Rc::clone(name)),
        Kind::Tuple(items) | Kind::List(items) => items.iter().for_each(|item| names(item, found)),
        Kind::Starred(inner) => names(inner, found),
        _ => {}
    }
}

/// The names that a target reads to find its place.
fn read_by_target(target: &Expr, found: &mut Vec<Rc<str>>) {
    match &target.kind {
        Kind::Name(_) => {}
        Kind::Tuple(items) | Kind::List(items) => items.iter().for_each(|item| read_by_target(item, found)),
        Kind::Starred(inner) => read_by_target(inner, found),
        _ => used(target, found),
    }
}

/// The names that an expression reads in its own function: not those of lambdas and comprehensions in it.
fn used(expr: &Expr, found: &mut Vec<Rc<str>>) {
    match &expr.kind {
        Kind::Name(name) => found.push(Rc::clone(name)),
        Kind::Lambda(lambda) => {
            lambda.parameters.iter().filter_map(|parameter| parameter.default.as_ref()).for_each(|d| used(d, found));
        }
        Kind::Comprehension(made) => made.loops.iter().take(1).for_each(|one| used(&one.source, found)),
        _ => expr.children(&mut |child| used(child, found)),
    }
}

/// Calls `visit` for each `:=` of an expression that is not in a lambda.
fn walruses(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
    match &expr.kind {
        Kind::Lambda(_) => return,
        Kind::Walrus(..) => visit(expr),
        _ => {}
    }
    expr.children(&mut |child| walruses(child, visit));
}

/// Whether a field of an f-string holds a text that needs quotes or escapes of its own.
fn is_hard_to_write(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| {
        let Piece::Field { value, spec, .. } = piece else { return false };
        let mut hard = spec.as_deref().is_some_and(is_hard_to_write);
        value.walk(&mut |node| {
            hard |= match &node.kind {
                Kind::Constant(Value::Str(text)) => {
                    text.contains(['\'', '"', '\\']) || text.chars().any(|c| c.is_control())
                }
                Kind::Constant(Value::Bytes(_)) | Kind::FString(_) => true,
                _ => false,
            };
        });
        hard
    })
}
