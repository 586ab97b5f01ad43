//! Statements: the tree of a template is walked and text comes out.
//!
//! What only the server knows, or this engine does not, leaves a visible mark where it would have stood, and the rest is
//! rendered. Whatever such a place may have set or changed is unknown from there on. Inside a text that is made to be
//! used again (a macro's, a `{% set %}` block's) there are no marks: the whole use of it is the gap.
//!
//! Long because every statement has to follow what a gap before it made unknown: that is one state, kept in one place.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use super::Inputs;
use super::answers::Answers;
use super::ast::{Block, Body, Call, CallBlock, ExprKind, For, If, Span, Statement, Target};
use super::blocks::{self, BlockReference, TemplateReference};
use super::callables::{self, Namespace};
use super::environment::Environment;
use super::filters::Markup;
use super::loop_object::{Loop, LoopState};
use super::macros::MacroObject;
use super::mentions::{self, Effects};
use super::odd::{OddPrint, SignedValue};
use super::scope::{Binding, Scope};
use super::undefined::Undefined;
use crate::answer::Question;
use crate::host::namespace::frappe_about;
use crate::host::{Context, Document, names};
use crate::limits;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access, float, operators, show};

/// Deepest nesting of running statements, expressions and macros: what 512 KiB of stack hold in a debug build.
const RUNNING: usize = 100;

/// A global name as the host answered for it.
type Global = Outcome<Option<Value>>;

/// A gap as it was met: why, where, and what could be asked.
pub type Met = (Stop, Range<usize>, Option<Question>);

/// One rendering of one template.
#[derive(Debug)]
pub struct Renderer<'t> {
    /// The normalised template.
    pub text: &'t str,
    /// What may still be spent.
    pub budget: Rc<Budget>,
    /// What filters and tests need.
    pub environment: Rc<Environment>,
    /// `doc`, `alert`, `comments`.
    inputs: Vec<(Rc<str>, Value)>,
    globals: RefCell<Vec<(Rc<str>, Global)>>,
    gaps: RefCell<Vec<Met>>,
    /// The innermost expression of the stop that is on its way up.
    stopped: RefCell<Option<Range<usize>>>,
    /// Why lists and dicts are not known any more.
    blind: RefCell<Option<Stop>>,
    /// Whether what is printed here is escaped: `{% autoescape true %}` stands around it in the text.
    escaping: Cell<bool>,
    /// The blocks that `self` has.
    blocks: RefCell<Rc<[Rc<Block>]>>,
    /// Scopes that a macro refers to, and that refer to the macro.
    cycles: RefCell<Vec<Rc<Scope>>>,
    /// What was written that nobody means to read.
    pub(super) odd: RefCell<Vec<OddPrint>>,
    /// The values with signs that were written.
    pub(super) signed: RefCell<Vec<SignedValue>>,
    /// What the server has told.
    pub(super) answers: Answers,
    depth: Cell<usize>,
    root: Rc<Scope>,
}

/// Where a body writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sink {
    /// Into the message: gaps leave marks.
    Message,
    /// Into a text that the template goes on to use: a gap stops it.
    Text,
}

impl<'t> Renderer<'t> {
    /// A rendering that has not begun.
    pub fn new(text: &'t str, context: &Rc<Context>, doc: Value, inputs: &Inputs) -> Self {
        let Inputs { alert, comments, answers } = inputs.clone();
        let names = [("doc", doc), ("alert", alert), ("comments", comments)];
        let names = names.into_iter().map(|(name, value)| (Rc::from(name), value)).collect();
        let environment = Rc::new(Environment { context: Rc::clone(context), autoescape: Cell::new(false) });
        Self { answers: Answers::new(&answers), ..Self::with(text, Rc::default(), environment, names, 0) }
    }

    fn with(
        text: &'t str,
        budget: Rc<Budget>,
        environment: Rc<Environment>,
        inputs: Vec<(Rc<str>, Value)>,
        depth: usize,
    ) -> Self {
        Self {
            text,
            budget,
            environment,
            inputs,
            globals: RefCell::new(Vec::new()),
            gaps: RefCell::new(Vec::new()),
            stopped: RefCell::new(None),
            blind: RefCell::new(None),
            escaping: Cell::new(false),
            blocks: RefCell::new(Rc::from([])),
            cycles: RefCell::new(Vec::new()),
            odd: RefCell::new(Vec::new()),
            signed: RefCell::new(Vec::new()),
            answers: Answers::default(),
            depth: Cell::new(depth),
            root: Scope::root(),
        }
    }

    /// A rendering of another template inside this one, with names of its own. Its look-ups have no place in the message,
    /// so no answer is read there.
    pub(super) fn nested<'n>(&self, text: &'n str, inputs: Vec<(Rc<str>, Value)>) -> Renderer<'n> {
        let context = Rc::clone(&self.environment.context);
        let environment = Rc::new(Environment { context, autoescape: Cell::new(false) });
        Renderer::with(text, Rc::clone(&self.budget), environment, inputs, self.depth.get())
    }

    /// Renders the whole template; what is not known stops it.
    ///
    /// # Errors
    /// What the server raises, what is not known, and the limits.
    pub(super) fn whole(&self, body: &Body) -> Outcome<String> {
        let mut out = String::new();
        let outcome = self.run(body, &mut out, Sink::Text);
        self.budget.bytes(out.len())?;
        outcome.map(|()| out)
    }

    fn run(&self, body: &Body, out: &mut String, sink: Sink) -> Outcome<()> {
        if self.text.contains("self") {
            *self.blocks.borrow_mut() = blocks::blocks(body);
        }
        let outcome = self.body(body, &self.root, out, sink);
        self.root.clear();
        self.cycles.borrow().iter().for_each(|scope| scope.clear());
        outcome
    }

    /// Renders the whole template into `out`. The gaps are in the order in which they were met.
    ///
    /// # Errors
    /// What the server raises, and the limits.
    pub fn template(&self, body: &Body, out: &mut String) -> (Outcome<()>, Vec<Met>) {
        let outcome = self.run(body, out, Sink::Message);
        (outcome, self.gaps.take())
    }

    /// Runs something one level deeper.
    pub(super) fn deeper<T>(&self, run: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let depth = self.depth.get();
        if depth >= RUNNING {
            return Err(Stop::Limit("limit/depth"));
        }
        self.depth.set(depth + 1);
        let outcome = run();
        self.depth.set(depth);
        outcome
    }

    /// Remembers the innermost place of a stop.
    pub(super) fn locate(&self, stop: Stop, span: Span) -> Stop {
        if matches!(stop, Stop::Raise(_)) {
            return stop.at(span.range());
        }
        self.stopped.borrow_mut().get_or_insert(span.range());
        stop
    }

    /// Notes a gap. `whole` is the statement's place, of which the message shows the head.
    fn gap(&self, stop: Stop, whole: Range<usize>, out: &mut String) {
        let place = self.stopped.borrow_mut().take().unwrap_or_else(|| whole.clone());
        self.mark(&place, out);
        let question = self.answers.take_open();
        let mut gaps = self.gaps.borrow_mut();
        if !gaps.iter().any(|(_, known, asked)| *known == place && (question.is_none() || *asked == question)) {
            gaps.push((stop, place, question));
        }
    }

    /// Writes what stands for a place that is not known.
    fn mark(&self, place: &Range<usize>, out: &mut String) {
        const LONGEST: usize = 60;
        let shown = self.text.get(place.clone()).unwrap_or_default();
        out.push('⟦');
        out.extend(shown.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).take(LONGEST));
        if shown.chars().count() > LONGEST {
            out.push('…');
        }
        out.push('⟧');
    }

    /// From here on nothing is known about these names and, when asked, about any value that can change.
    fn forget(&self, effects: &Effects, scope: &Scope, stop: &Stop) {
        for name in &effects.names {
            scope.set(name, Binding::Unknown(stop.clone()));
        }
        if effects.mutates {
            self.blind.borrow_mut().get_or_insert_with(|| stop.clone());
        }
    }

    /// Renders statements.
    ///
    /// # Errors
    /// What the server raises, the limits, and in a [`Sink::Text`] whatever is not known.
    pub fn body(&self, body: &Body, scope: &Rc<Scope>, out: &mut String, sink: Sink) -> Outcome<()> {
        for statement in body {
            self.statement(statement, scope, out, sink)?;
            if out.len() > limits::MESSAGE_BYTES {
                return Err(Stop::Limit("limit/message"));
            }
        }
        Ok(())
    }

    fn statement(&self, statement: &Statement, scope: &Rc<Scope>, out: &mut String, sink: Sink) -> Outcome<()> {
        let (uses, start) = (self.answers.uses(), out.len());
        let outcome = match statement {
            Statement::Data(span) => {
                out.push_str(self.text.get(span.range()).unwrap_or_default());
                return Ok(());
            }
            Statement::Print(node, _) => self.eval(node, scope).and_then(|value| {
                self.note(&value, node.span, false);
                self.note_signs(&value, node.span);
                self.write(&value, out)
            }),
            Statement::Set(target, value, _) => self.set(target, scope, || self.eval(value, scope)),
            other => self.deeper(|| self.compound(other, scope, out, sink)),
        };
        match outcome {
            Err(stop @ (Stop::Server(_) | Stop::Unsupported(_))) if sink == Sink::Message => {
                let effects = mentions::effects(statement);
                self.forget(&effects, scope, &stop);
                self.gap(stop, place(statement).range(), out);
                Ok(())
            }
            Err(stop) => Err(stop),
            Ok(()) => {
                let writes =
                    matches!(statement, Statement::Print(..) | Statement::CallBlock(_) | Statement::FilterBlock(_));
                if writes && sink == Sink::Message {
                    self.answers.mark(start..out.len(), uses);
                }
                Ok(())
            }
        }
    }

    fn compound(&self, statement: &Statement, scope: &Rc<Scope>, out: &mut String, sink: Sink) -> Outcome<()> {
        match statement {
            Statement::Data(_) | Statement::Print(..) | Statement::Set(..) => Ok(()),
            Statement::If(node) => self.if_chain(node, scope, out, sink),
            Statement::For(node) => self.for_loop(node, scope, out, sink),
            Statement::SetBlock(node) => {
                let inner = Scope::inside(scope);
                let mut text = String::new();
                let uses = self.answers.uses();
                self.body(&node.body, &inner, &mut text, Sink::Text)?;
                let value = match &node.filter {
                    Some(filter) => self.filter_text(filter, self.captured(text), &inner)?,
                    None => self.captured(text),
                };
                self.answers.set(&node.target, uses);
                match &node.target {
                    Target::Attribute(name, attribute, _) => self.store(name, attribute, value, scope),
                    target => self.assign(target, value, scope),
                }
            }
            Statement::With(node) => {
                let inner = Scope::inside(scope);
                for (target, value) in &node.targets {
                    let uses = self.answers.uses();
                    self.assign(target, self.eval(value, scope)?, &inner)?;
                    self.answers.set(target, uses);
                }
                self.body(&node.body, &inner, out, sink)
            }
            Statement::Macro(node) => {
                self.cycles.borrow_mut().push(Rc::clone(scope));
                let object = self.macro_object(node, scope);
                if let Some(name) = &node.name {
                    scope.set(name, Binding::Value(object));
                }
                Ok(())
            }
            Statement::CallBlock(node) => self.call_block(node, scope, out),
            Statement::FilterBlock(node) => {
                let inner = Scope::inside(scope);
                let mut text = String::new();
                self.body(&node.body, &inner, &mut text, Sink::Text)?;
                let text = self.filter_text(&node.filter, self.captured(text), &inner)?;
                self.write_as_is(&text, out)
            }
            Statement::Block(node) => {
                if node.required {
                    let shown = show::repr(&Value::Str(Rc::clone(&node.name)), &self.budget)?;
                    let message = format!("Required block {shown} not found");
                    return Err(Stop::raise("jinja2.exceptions.TemplateRuntimeError", message).at(node.span.range()));
                }
                // A block is a function of its own: of what is around it, it sees the template's own names alone.
                self.block(node, if node.scoped { scope } else { &self.root }, out, sink)
            }
            Statement::Autoescape(value, body, _) => match &value.kind {
                ExprKind::Const(value) => {
                    let escapes = operators::truth(value)?;
                    let around = (self.escaping.replace(escapes), self.environment.autoescape.replace(escapes));
                    let outcome = self.body(body, &Scope::inside(scope), out, sink);
                    self.escaping.set(around.0);
                    self.environment.autoescape.set(around.1);
                    outcome
                }
                _ => Err(Stop::unsupported("{% autoescape %}")),
            },
            Statement::Other(_) => Err(Stop::Server("server/template")),
        }
    }

    /// Writes `str(value)`, escaped where that is asked for.
    fn write(&self, value: &Value, out: &mut String) -> Outcome<()> {
        match value {
            value if self.escaping.get() => out.push_str(&Markup::escape(value, &self.budget)?),
            Value::Str(text) => out.push_str(text),
            Value::Float(number) => out.push_str(&float::repr(*number)),
            value => out.push_str(&show::str(value, &self.budget)?),
        }
        Ok(())
    }

    /// Writes what a `{% filter %}` or `{% call %}` gives: it is joined to the message as it is, and has to be text.
    fn write_as_is(&self, value: &Value, out: &mut String) -> Outcome<()> {
        match &*value.base() {
            Value::Str(text) => out.push_str(text),
            _ => return Err(Stop::unsupported("a block that gives no text")),
        }
        Ok(())
    }

    /// Whether `{% autoescape true %}` stands around this place.
    pub(super) fn escapes(&self) -> bool {
        self.escaping.get()
    }

    /// A text that the template goes on to use.
    fn captured(&self, text: String) -> Value {
        if self.escaping.get() { Value::object(Markup(text.into())) } else { Value::from(text) }
    }

    fn macro_object(&self, node: &Rc<super::ast::Macro>, scope: &Rc<Scope>) -> Value {
        Value::object(MacroObject { node: Rc::clone(node), scope: Rc::clone(scope), escaping: self.escaping.get() })
    }

    /// Writes a block; `outer` holds the names that it sees.
    fn block(&self, node: &Block, outer: &Rc<Scope>, out: &mut String, sink: Sink) -> Outcome<()> {
        if self.environment.autoescape.get() {
            return Err(Stop::unsupported("a block in {% autoescape %}"));
        }
        let inner = Scope::inside(outer);
        inner.set(&Rc::from("super"), Binding::Value(BlockReference::no_parent(node, &self.budget)?));
        self.body(&node.body, &inner, out, sink)
    }

    /// `self.name()`
    pub(super) fn call_block_reference(&self, block: &Block, arguments: &Arguments) -> Outcome<Value> {
        if !arguments.positional.is_empty() || !arguments.keyword.is_empty() {
            return Err(Stop::unsupported("a block called with arguments"));
        }
        self.deeper(|| {
            let mut text = String::new();
            self.block(block, &self.root, &mut text, Sink::Text)?;
            self.budget.bytes(text.len())?;
            Ok(Value::from(text))
        })
    }

    fn if_chain(&self, node: &If, scope: &Rc<Scope>, out: &mut String, sink: Sink) -> Outcome<()> {
        let (uses, start) = (self.answers.uses(), out.len());
        let mut chosen = &node.otherwise;
        for (test, body) in &node.branches {
            if operators::truth(&self.eval(test, scope)?)? {
                chosen = body;
                break;
            }
        }
        // What the answer of a test decides is the server's as a whole.
        let decided = self.answers.uses() != uses;
        self.body(chosen, scope, out, sink)?;
        if decided && sink == Sink::Message {
            self.answers.mark(start..out.len(), uses);
        }
        Ok(())
    }

    fn set(&self, target: &Target, scope: &Scope, value: impl FnOnce() -> Outcome<Value>) -> Outcome<()> {
        self.check_places(target, scope)?;
        let uses = self.answers.uses();
        let value = value()?;
        self.answers.set(target, uses);
        self.assign(target, value, scope)
    }

    /// `{% set a.b %}` sets an item of whatever `a` is: for blocks Jinja2 does not ask whether it is a namespace.
    fn store(&self, name: &Rc<str>, attribute: &Rc<str>, value: Value, scope: &Scope) -> Outcome<()> {
        match self.name(name, scope)? {
            Value::Dict(dict) => dict.borrow_mut().insert(Value::Str(Rc::clone(attribute)), value),
            Value::Object(object) => {
                let owner = Value::Object(Rc::clone(&object));
                match owner.downcast::<Namespace>() {
                    Some(namespace) => namespace.set(attribute, value),
                    // A name that was never set is Jinja2's mark for that, not yet an undefined value.
                    None if scope.get(name).is_none() && Undefined::from(&owner).is_some() => {
                        Err(Stop::type_error("'_MissingType' object does not support item assignment"))
                    }
                    None => object.set_item(&Value::Str(Rc::clone(attribute)), value, &self.budget),
                }
            }
            Value::List(_) => Err(Stop::type_error("list indices must be integers or slices, not str")),
            other => {
                let name = other.error_name();
                Err(Stop::type_error(format!("'{name}' object does not support item assignment")))
            }
        }
    }

    /// Whether every `a.b` on the left side belongs to a namespace; Jinja2 asks before it works out the right side.
    fn check_places(&self, target: &Target, scope: &Scope) -> Outcome<()> {
        match target {
            Target::Name(..) => Ok(()),
            Target::Attribute(name, _, span) => match self.name(name, scope)?.downcast::<Namespace>() {
                Some(_) => Ok(()),
                None => Err(Stop::raise(
                    "jinja2.exceptions.TemplateRuntimeError",
                    "cannot assign attribute on non-namespace object",
                )
                .at(span.range())),
            },
            Target::Tuple(items) => items.iter().try_for_each(|item| self.check_places(item, scope)),
        }
    }

    /// `target = value`
    ///
    /// # Errors
    /// What unpacking raises.
    pub(super) fn assign(&self, target: &Target, value: Value, scope: &Scope) -> Outcome<()> {
        match target {
            Target::Name(name, _) => {
                scope.set(name, Binding::Value(value));
                Ok(())
            }
            Target::Attribute(name, attribute, _) => match self.name(name, scope)?.downcast::<Namespace>() {
                Some(namespace) => namespace.set(attribute, value),
                None => Err(Stop::unsupported("an attribute of something else")),
            },
            Target::Tuple(targets) => {
                let items = self.unpack(&value, targets.len())?;
                targets.iter().zip(items).try_for_each(|(target, item)| self.assign(target, item, scope))
            }
        }
    }

    fn unpack(&self, value: &Value, expected: usize) -> Outcome<Vec<Value>> {
        let items = match access::iterate(value, &self.budget) {
            Err(Stop::Raise(exception)) if exception.kind == "TypeError" && exception.message.ends_with("iterable") => {
                return Err(Stop::type_error(format!("cannot unpack non-iterable {} object", value.error_name())));
            }
            outcome => outcome?,
        };
        let found = items.len();
        if found < expected {
            let message = format!("not enough values to unpack (expected {expected}, got {found})");
            return Err(Stop::value_error(message));
        }
        if found > expected {
            return Err(Stop::value_error(format!("too many values to unpack (expected {expected})")));
        }
        Ok(items)
    }

    fn for_loop(&self, node: &Rc<For>, scope: &Rc<Scope>, out: &mut String, sink: Sink) -> Outcome<()> {
        let (uses, start) = (self.answers.uses(), out.len());
        let iterable = self.eval(&node.iterable, scope)?;
        self.answers.set(&node.target, uses);
        if !node.recursive {
            return self.turns(node, scope, iterable, 0, out, sink);
        }
        let mut text = String::new();
        self.turns(node, scope, iterable, 0, &mut text, Sink::Text)?;
        out.push_str(&text);
        if sink == Sink::Message {
            self.answers.mark(start..out.len(), uses);
        }
        Ok(())
    }

    fn turns(
        &self,
        node: &Rc<For>,
        scope: &Rc<Scope>,
        iterable: Value,
        depth0: usize,
        out: &mut String,
        sink: Sink,
    ) -> Outcome<()> {
        let state = LoopState::new(node, scope, iterable, depth0, &self.budget);
        let state = Rc::new(state.map_err(|stop| self.locate(stop, node.iterable.span))?);
        let object = Value::object(Loop { state: Rc::clone(&state) });
        let name: Rc<str> = Rc::from("loop");
        let mut inner = Scope::inside(scope);
        let mut turned = false;
        while let Some(item) = state.advance(self)? {
            if turned {
                match Rc::get_mut(&mut inner) {
                    Some(own) => own.clear(),
                    None => inner = Scope::inside(scope),
                }
            }
            turned = true;
            inner.set(&name, Binding::Value(object.clone()));
            self.assign(&node.target, item, &inner).map_err(|stop| self.locate(stop, node.iterable.span))?;
            self.body(&node.body, &inner, out, sink)?;
        }
        if turned { Ok(()) } else { self.body(&node.otherwise, &Scope::inside(scope), out, sink) }
    }

    /// `loop(children)` in a recursive loop.
    pub(super) fn recurse(&self, current: &Loop, arguments: Arguments) -> Outcome<Value> {
        let mut positional = arguments.positional.into_iter();
        let (Some(iterable), None, true) = (positional.next(), positional.next(), arguments.keyword.is_empty()) else {
            return Err(Stop::unsupported("loop() with other than one argument"));
        };
        let state = &current.state;
        if !state.node.recursive {
            return Err(Stop::type_error("The loop must have the 'recursive' marker to be called recursively."));
        }
        let mut text = String::new();
        self.deeper(|| self.turns(&state.node, &state.scope, iterable, state.depth0 + 1, &mut text, Sink::Text))?;
        self.budget.bytes(text.len())?;
        Ok(self.captured(text))
    }

    /// `macro(...)`
    pub(super) fn call_macro(&self, object: &MacroObject, arguments: Arguments) -> Outcome<Value> {
        self.deeper(|| {
            let scope = object.bind(arguments, self)?;
            let mut text = String::new();
            let around = self.escaping.replace(object.escaping);
            let outcome = self.body(&object.node.body, &scope, &mut text, Sink::Text);
            self.escaping.set(around);
            outcome?;
            self.budget.bytes(text.len())?;
            // Whether the text counts as escaped is up to the caller, whatever was escaped inside.
            Ok(self.environment.text(text))
        })
    }

    fn call_block(&self, node: &CallBlock, scope: &Rc<Scope>, out: &mut String) -> Outcome<()> {
        let ExprKind::Call(call) = &node.call.kind else { return Ok(()) };
        let caller = self.macro_object(&node.body, scope);
        let value = self.call_with_caller(call, caller, scope).map_err(|stop| self.locate(stop, node.call.span))?;
        self.write_as_is(&value, out)
    }

    fn call_with_caller(&self, call: &Call, caller: Value, scope: &Rc<Scope>) -> Outcome<Value> {
        let callee = self.eval(&call.callee, scope)?;
        let mut arguments = self.arguments(&call.arguments, scope)?;
        if arguments.keyword.iter().any(|(name, _)| &**name == "caller") {
            return Err(Stop::unsupported("caller given twice"));
        }
        arguments.keyword.push((Rc::from("caller"), caller));
        self.call_value(&callee, arguments)
    }

    /// The value of a name.
    ///
    /// # Errors
    /// When a gap before may have set or changed it.
    pub(super) fn name(&self, name: &Rc<str>, scope: &Scope) -> Outcome<Value> {
        self.answers.meet(name);
        if let Some(binding) = scope.get(name) {
            return match binding {
                Binding::Unknown(stop) => Err(stop),
                Binding::Value(value) => self.if_seen(value),
            };
        }
        if let Some((_, value)) = self.inputs.iter().find(|(own, _)| own == name) {
            return self.if_seen(value.clone());
        }
        if let Some((_, known)) = self.globals.borrow().iter().find(|(own, _)| own == name) {
            return known.clone().map(|known| known.unwrap_or_else(|| Undefined::name(name)));
        }
        let found = match self.global(name) {
            Ok(None) if &**name == "self" => {
                Ok(Some(Value::object(TemplateReference { blocks: Rc::clone(&self.blocks.borrow()) })))
            }
            Ok(None) => callables::global(name),
            found => found,
        };
        self.globals.borrow_mut().push((Rc::clone(name), found.clone()));
        found.map(|found| found.unwrap_or_else(|| Undefined::name(name)))
    }

    /// What the host gives to every message under a name.
    fn global(&self, name: &str) -> Outcome<Option<Value>> {
        let context = &self.environment.context;
        let document = self.inputs.iter().find_map(|(_, value)| value.downcast::<Document>());
        match document {
            Some(document) if name == "frappe" => Ok(Some(frappe_about(context, &document.metas))),
            _ => names::in_message(context, name),
        }
    }

    /// A value, unless it can change and a gap may have changed it.
    fn if_seen(&self, value: Value) -> Outcome<Value> {
        let blind = self.blind.borrow();
        let Some(stop) = &*blind else { return Ok(value) };
        let changes = match &value {
            Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Tuple(_) => true,
            Value::Object(_) => {
                Undefined::from(&value).is_none()
                    && value.downcast::<MacroObject>().is_none()
                    && value.downcast::<Loop>().is_none()
            }
            _ => false,
        };
        if changes { Err(stop.clone()) } else { Ok(value) }
    }
}

/// The place that stands for a statement that is not known: the head of a block, not what it holds.
fn place(statement: &Statement) -> Span {
    match statement {
        Statement::Data(span) | Statement::Print(_, span) | Statement::Set(_, _, span) => *span,
        Statement::If(node) => node.span,
        Statement::For(node) => node.span,
        Statement::SetBlock(node) => node.span,
        Statement::With(node) => node.span,
        Statement::Macro(node) => node.span,
        Statement::CallBlock(node) => node.span,
        Statement::FilterBlock(node) => node.span,
        Statement::Block(node) => node.span,
        Statement::Autoescape(_, _, span) => *span,
        Statement::Other(node) => node.span,
    }
}
