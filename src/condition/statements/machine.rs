//! Runs statements as the host does with server scripts on: as the body of a function. Without `return` its value is `None`.
//!
//! Where it stands is kept in frames of its own and not on Rust's stack, so that a generator can wait at a `yield`, and
//! blocks inside blocks take no stack. Long because how each kind of statement begins, goes on and is left belongs together.

use std::rc::Rc;

use super::super::ast::{Argument, Expr, Kind};
use super::super::evaluate::Evaluator;
use super::super::function::{Code, Function};
use super::super::generator::Running;
use super::super::raising::Caught;
use super::super::scope::{Of, Scope};
use super::bindings::Bindings;
use super::{Block, Definition, Does, Statement, Try};
use crate::python::{Arguments, Items, Outcome, Stop, Value, exceptions};

/// How far a function has come.
pub enum Progress {
    /// It waits at a `yield`.
    Yielded(Value),
    /// It has ended.
    Returned(Value),
}

/// How a statement ended.
enum Flow {
    Next,
    Break,
    Continue,
    Return(Value),
    Yield(Value),
    Raise(Stop),
}

/// A statement, by where it stands.
#[derive(Clone)]
struct Place(Block, usize);

impl Place {
    fn does(&self) -> Option<&Does> {
        self.0.get(self.1).map(|statement| &statement.does)
    }

    fn tried(&self) -> Option<&Rc<Try>> {
        match self.does() {
            Some(Does::Try(tried)) => Some(tried),
            _ => None,
        }
    }
}

/// Where a `try` is.
enum Phase {
    Body,
    /// In the handler of this number.
    Handler(usize),
    Otherwise,
    /// In `finally`: what happens behind it.
    Finally(Option<Flow>),
}

enum Frame {
    Block(Block, usize),
    For(Place, Items),
    While(Place),
    Try(Place, Phase),
    /// At a `yield` that is all of the statement's value.
    Yielded(Place),
    /// At a `yield from`: what it walks.
    Delegate(Place, Items, Value),
}

/// A function's body on its way.
pub struct Machine {
    frames: Vec<Frame>,
    scope: Rc<Scope>,
    /// Whether the collector of prints, which the host does not provide, is to be made first.
    prints: bool,
    /// The exceptions that its handlers are in, innermost last, while it waits.
    handling: Vec<Caught>,
}

impl Machine {
    /// A function's body, at its start.
    pub fn new(body: Block, scope: Rc<Scope>, prints: bool) -> Self {
        Self { frames: vec![Frame::Block(body, 0)], scope, prints, handling: Vec::new() }
    }

    /// Its variables.
    pub fn scope(&self) -> &Rc<Scope> {
        &self.scope
    }

    /// Whether it waits where leaving it would run something: inside a `try` with `finally`, or whose handlers may catch
    /// what CPython raises in a generator that nobody holds any more.
    pub fn is_guarded(&self) -> bool {
        let plain = |class: &Expr| match &class.kind {
            Kind::Name(name) => exceptions::inherits(name, "Exception").unwrap_or(false),
            _ => false,
        };
        let catches = |class: &Expr| match &class.kind {
            Kind::Tuple(classes) => !classes.iter().all(plain),
            _ => !plain(class),
        };
        self.frames.iter().any(|frame| {
            let Frame::Try(place, phase) = frame else { return false };
            let Some(tried) = place.tried() else { return false };
            let handles = matches!(phase, Phase::Body)
                && tried.handlers.iter().any(|handler| handler.class.as_ref().is_none_or(catches));
            handles || (!matches!(phase, Phase::Finally(_)) && !tried.finally.is_empty())
        })
    }

    /// Runs on to the next `yield` or to its end; `sent` is the value of the `yield` at which it waits.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn resume(&mut self, evaluator: &Rc<Evaluator>, sent: Value) -> Outcome<Progress> {
        if std::mem::take(&mut self.prints) {
            return Err(Stop::raise("NameError", "name '_print_' is not defined"));
        }
        let outside = evaluator.handling.borrow().len();
        evaluator.handling.borrow_mut().append(&mut self.handling);
        let progress = self.run(evaluator, sent);
        let mut handling = evaluator.handling.borrow_mut();
        debug_assert!(handling.len() >= outside, "whoever takes an exception out has put it in");
        let outside = outside.min(handling.len());
        self.handling = handling.split_off(outside);
        drop(handling);
        progress
    }

    fn run(&mut self, evaluator: &Rc<Evaluator>, sent: Value) -> Outcome<Progress> {
        let mut sent = Some(sent);
        loop {
            evaluator.budget.step()?;
            let mut flow = match self.advance(evaluator, &mut sent) {
                Ok(flow) => flow,
                Err(stop @ Stop::Raise(_)) => {
                    // Its words are put together, and what it leaves behind is taken apart.
                    evaluator.budget.steps(6)?;
                    Flow::Raise(stop)
                }
                Err(stop) => return Err(stop),
            };
            if self.frames.is_empty() && matches!(flow, Flow::Next) {
                return Ok(Progress::Returned(Value::None));
            }
            while !matches!(flow, Flow::Next) {
                if let Flow::Yield(value) = flow {
                    return Ok(Progress::Yielded(value));
                }
                let Some(frame) = self.frames.pop() else {
                    return match flow {
                        Flow::Return(value) => Ok(Progress::Returned(value)),
                        Flow::Raise(stop) => Err(stop),
                        _ => Ok(Progress::Returned(Value::None)),
                    };
                };
                flow = self.leave(evaluator, frame, flow)?;
            }
        }
    }

    /// Does the next thing.
    fn advance(&mut self, evaluator: &Rc<Evaluator>, sent: &mut Option<Value>) -> Outcome<Flow> {
        let scope = Rc::clone(&self.scope);
        let Some(frame) = self.frames.pop() else { return Ok(Flow::Next) };
        match frame {
            Frame::Block(block, at) => {
                let Some(statement) = block.get(at) else { return Ok(Flow::Next) };
                let place = Place(Rc::clone(&block), at);
                self.frames.push(Frame::Block(Rc::clone(&block), at + 1));
                self.statement(evaluator, statement, place).map_err(|stop| stop.at(statement.span.clone()))
            }
            Frame::For(place, mut items) => {
                let Some(Does::For { target, body, otherwise, .. }) = place.does() else { return Ok(Flow::Next) };
                let (next, body) = match items.next(&evaluator.budget)? {
                    Some(item) => (Some(item), Rc::clone(body)),
                    None => (None, Rc::clone(otherwise)),
                };
                if let Some(item) = next {
                    evaluator.bind_loop(target, item, &scope)?;
                    self.frames.push(Frame::For(place, items));
                }
                self.frames.push(Frame::Block(body, 0));
                Ok(Flow::Next)
            }
            Frame::While(place) => {
                let Some(Does::While(test, body, otherwise)) = place.does() else { return Ok(Flow::Next) };
                if evaluator.truth(test, Some(&scope))? {
                    let body = Rc::clone(body);
                    self.frames.push(Frame::While(place));
                    self.frames.push(Frame::Block(body, 0));
                } else {
                    self.frames.push(Frame::Block(Rc::clone(otherwise), 0));
                }
                Ok(Flow::Next)
            }
            Frame::Try(place, phase) => Ok(self.after(evaluator, place, phase)),
            Frame::Yielded(place) => self.finish(evaluator, &place, sent.take().unwrap_or(Value::None)),
            Frame::Delegate(place, mut items, of) => {
                if !matches!(sent.take(), None | Some(Value::None)) {
                    return Err(Stop::unsupported("send through a yield from"));
                }
                match items.next(&evaluator.budget)? {
                    Some(item) => {
                        self.frames.push(Frame::Delegate(place, items, of));
                        Ok(Flow::Yield(item))
                    }
                    None => {
                        let result = of.downcast::<Running>().map_or(Value::None, Running::result);
                        self.finish(evaluator, &place, result)
                    }
                }
            }
        }
    }

    /// Goes on behind a part of a `try` that ended by itself.
    fn after(&mut self, evaluator: &Rc<Evaluator>, place: Place, phase: Phase) -> Flow {
        let Some(tried) = place.tried().map(Rc::clone) else { return Flow::Next };
        match phase {
            Phase::Body => {
                self.frames.push(Frame::Try(place, Phase::Otherwise));
                self.frames.push(Frame::Block(Rc::clone(&tried.otherwise), 0));
                Flow::Next
            }
            Phase::Handler(number) => {
                self.end_handler(evaluator, &tried, number);
                self.finally(evaluator, place, None)
            }
            Phase::Otherwise => self.finally(evaluator, place, None),
            Phase::Finally(pending) => {
                if matches!(pending, Some(Flow::Raise(_)))
                    && let Some(caught) = evaluator.handling.borrow_mut().pop()
                {
                    evaluator.remember(&caught);
                }
                pending.unwrap_or(Flow::Next)
            }
        }
    }

    /// Enters `finally`, behind which `pending` happens.
    fn finally(&mut self, evaluator: &Rc<Evaluator>, place: Place, pending: Option<Flow>) -> Flow {
        let Some(tried) = place.tried() else { return Flow::Next };
        if tried.finally.is_empty() {
            return pending.unwrap_or(Flow::Next);
        }
        if let Some(Flow::Raise(stop)) = &pending {
            let caught = evaluator.caught(stop);
            evaluator.handling.borrow_mut().push(caught);
        }
        let block = Rc::clone(&tried.finally);
        self.frames.push(Frame::Try(place, Phase::Finally(pending)));
        self.frames.push(Frame::Block(block, 0));
        Flow::Next
    }

    fn end_handler(&mut self, evaluator: &Rc<Evaluator>, tried: &Try, number: usize) {
        evaluator.handling.borrow_mut().pop();
        if let Some(name) = tried.handlers.get(number).and_then(|handler| handler.name.as_ref()) {
            evaluator.forget(name, &self.scope);
        }
    }

    /// Leaves a frame because of `flow`; the answer says what happens next.
    fn leave(&mut self, evaluator: &Rc<Evaluator>, frame: Frame, flow: Flow) -> Outcome<Flow> {
        Ok(match (frame, flow) {
            (Frame::For(..) | Frame::While(_), Flow::Break) => Flow::Next,
            (frame @ (Frame::For(..) | Frame::While(_)), Flow::Continue) => {
                self.frames.push(frame);
                Flow::Next
            }
            (Frame::Try(place, phase), flow) => {
                let Some(tried) = place.tried().map(Rc::clone) else { return Ok(flow) };
                if let (Flow::Raise(_), Some(what)) = (&flow, evaluator.budget.unsettled()) {
                    return Err(Stop::unsupported(what));
                }
                match (phase, flow) {
                    (Phase::Body, Flow::Raise(stop)) => self.handle(evaluator, place, &tried, stop)?,
                    (Phase::Handler(number), flow) => {
                        self.end_handler(evaluator, &tried, number);
                        self.finally(evaluator, place, Some(flow))
                    }
                    (Phase::Finally(pending), flow) => {
                        // What happens in `finally` replaces what was to happen.
                        if matches!(pending, Some(Flow::Raise(_))) {
                            evaluator.handling.borrow_mut().pop();
                        }
                        flow
                    }
                    (_, flow) => self.finally(evaluator, place, Some(flow)),
                }
            }
            (_, flow) => flow,
        })
    }

    /// Looks for the handler of an exception.
    fn handle(&mut self, evaluator: &Rc<Evaluator>, place: Place, tried: &Try, stop: Stop) -> Outcome<Flow> {
        if tried.star && !tried.handlers.is_empty() {
            return Err(Stop::unsupported("except*"));
        }
        let Stop::Raise(exception) = &stop else { return Err(stop) };
        let kind = exception.kind;
        let caught = evaluator.caught(&stop);
        for (number, handler) in tried.handlers.iter().enumerate() {
            let catches = match &handler.class {
                None => Ok(true),
                Some(class) => {
                    // While the class is evaluated, the exception is being handled.
                    evaluator.handling.borrow_mut().push(caught.clone());
                    let catches =
                        evaluator.value(class, Some(&self.scope)).and_then(|class| exceptions::catches(&class, kind));
                    evaluator.handling.borrow_mut().pop();
                    catches
                }
            };
            match catches {
                Ok(false) => {}
                Ok(true) => {
                    if let Some(name) = &handler.name {
                        evaluator.bind(name, &caught.value, &self.scope);
                    }
                    evaluator.handling.borrow_mut().push(caught);
                    self.frames.push(Frame::Try(place, Phase::Handler(number)));
                    self.frames.push(Frame::Block(Rc::clone(&handler.body), 0));
                    return Ok(Flow::Next);
                }
                Err(other @ Stop::Raise(_)) => return Ok(self.finally(evaluator, place, Some(Flow::Raise(other)))),
                Err(other) => return Err(other),
            }
        }
        evaluator.remember(&caught);
        Ok(self.finally(evaluator, place, Some(Flow::Raise(stop))))
    }

    /// Ends a statement whose value was that of a `yield`.
    fn finish(&mut self, evaluator: &Rc<Evaluator>, place: &Place, value: Value) -> Outcome<Flow> {
        match place.does() {
            Some(Does::Assign(targets, _)) => {
                for target in targets {
                    evaluator.assign(target, &value, &self.scope)?;
                }
                Ok(Flow::Next)
            }
            Some(Does::Return(_)) => Ok(Flow::Return(value)),
            _ => Ok(Flow::Next),
        }
    }

    /// The value of a statement, which may be a `yield`: then the statement waits.
    fn value(&mut self, evaluator: &Rc<Evaluator>, expr: &Expr, place: Place) -> Outcome<Flow> {
        let scope = Rc::clone(&self.scope);
        match &expr.kind {
            Kind::Yield(value) => {
                let value = match value {
                    Some(value) => evaluator.value(value, Some(&scope))?,
                    None => Value::None,
                };
                self.frames.push(Frame::Yielded(place));
                Ok(Flow::Yield(value))
            }
            Kind::YieldFrom(source) => {
                let source = evaluator.value(source, Some(&scope))?;
                let items = Items::of(&source, &evaluator.budget)?;
                self.frames.push(Frame::Delegate(place, items, source));
                Ok(Flow::Next)
            }
            _ => {
                let value = evaluator.value(expr, Some(&scope))?;
                self.finish(evaluator, &place, value)
            }
        }
    }

    fn statement(&mut self, evaluator: &Rc<Evaluator>, statement: &Statement, place: Place) -> Outcome<Flow> {
        let scope = Rc::clone(&self.scope);
        let in_scope = Some(&scope);
        match &statement.does {
            Does::Expression(value) | Does::Return(Some(value)) => return self.value(evaluator, value, place),
            Does::Return(None) => return Ok(Flow::Return(Value::None)),
            Does::Assign(targets, value) => {
                if targets.iter().any(|target| matches!(target.kind, Kind::Tuple(_))) {
                    // RestrictedPython makes of it one assignment for each target, the last first, and guards the
                    // unpacking of a tuple with a function that the host does not provide.
                    for target in targets.iter().rev().take_while(|target| !matches!(target.kind, Kind::Tuple(_))) {
                        if matches!(value.kind, Kind::Yield(_) | Kind::YieldFrom(_)) {
                            return Err(Stop::unsupported("yield"));
                        }
                        let value = evaluator.value(value, in_scope)?;
                        evaluator.assign(target, &value, &scope)?;
                    }
                    return Err(Stop::raise("NameError", "name '_unpack_sequence_' is not defined"));
                }
                return self.value(evaluator, value, place);
            }
            Does::Augment(..) => return Err(Stop::raise("NameError", "name '_inplacevar_' is not defined")),
            Does::Delete(targets) => {
                for target in targets {
                    evaluator.delete(target, &scope)?;
                }
            }
            Does::If(test, body, otherwise) => {
                let block = if evaluator.truth(test, in_scope)? { body } else { otherwise };
                self.frames.push(Frame::Block(Rc::clone(block), 0));
            }
            Does::For { target, source, .. } => {
                let source = evaluator.value(source, in_scope)?;
                let items = evaluator.walk(target, source)?;
                self.frames.push(Frame::For(place, items));
            }
            Does::While(..) => self.frames.push(Frame::While(place)),
            Does::Break => return Ok(Flow::Break),
            Does::Continue => return Ok(Flow::Continue),
            Does::Pass | Does::Global(_) => {}
            Does::Assert(test, message) => {
                if !evaluator.truth(test, in_scope)? {
                    let mut arguments = Arguments::default();
                    if let Some(message) = message {
                        arguments.positional.push(evaluator.value(message, in_scope)?);
                    }
                    let error = exceptions::Class { name: "AssertionError" }.instance(arguments)?;
                    return Err(evaluator.raise(&Value::object(error))?);
                }
            }
            Does::Raise(None, _) => return Err(evaluator.raise_again()),
            Does::Raise(Some(value), cause) => {
                let value = evaluator.value(value, in_scope)?;
                let cause = match cause {
                    Some(cause) => Some(evaluator.value(cause, in_scope)?),
                    None => None,
                };
                let value = exceptions::to_raise(&value, "exceptions must derive from BaseException")?;
                match cause {
                    None | Some(Value::None) => {}
                    Some(cause) => {
                        exceptions::to_raise(&cause, "exception causes must derive from BaseException")?;
                    }
                }
                return Err(evaluator.raise(&value)?);
            }
            Does::Import(..) => return Err(Stop::raise("ImportError", "__import__ not found")),
            Does::Define(definition) => define(evaluator, definition, &scope)?,
            Does::Class(class) => {
                for decorator in &class.decorators {
                    evaluator.value(decorator, in_scope)?;
                }
                for argument in &class.arguments {
                    match argument {
                        Argument::Positional(base) => drop(evaluator.value(base, in_scope)?),
                        Argument::Star(_) => return Err(Stop::unsupported("a class with such bases")),
                        // RestrictedPython leaves the keywords out.
                        Argument::Keyword(..) | Argument::DoubleStar(_) => {}
                    }
                }
                return Err(Stop::raise("NameError", "name '__metaclass__' is not defined"));
            }
            Does::Try(tried) => {
                self.frames.push(Frame::Try(place, Phase::Body));
                self.frames.push(Frame::Block(Rc::clone(&tried.body), 0));
            }
            Does::With(items, _) => {
                if let Some((value, _)) = items.first() {
                    // Nothing that a condition can reach is a context manager.
                    let value = evaluator.value(value, in_scope)?;
                    let name = value.error_name();
                    let message = format!("'{name}' object does not support the context manager protocol");
                    return Err(Stop::type_error(message));
                }
            }
            Does::Async(_) => return Err(Stop::unsupported("async")),
            Does::Match(_) => return Err(Stop::unsupported("match")),
            Does::NotAllowed(what) => return Err(Stop::unsupported(*what)),
        }
        Ok(Flow::Next)
    }
}

fn define(evaluator: &Rc<Evaluator>, definition: &Rc<Definition>, scope: &Rc<Scope>) -> Outcome<()> {
    let in_scope = Some(scope);
    let mut decorators = Vec::with_capacity(definition.decorators.len());
    for decorator in &definition.decorators {
        decorators.push(evaluator.value(decorator, in_scope)?);
    }
    let keyword_only = |of: bool| {
        let is = move |takes| (takes == super::super::ast::Takes::KeywordOnly) == of;
        definition.parameters.iter().enumerate().filter(move |(_, parameter)| is(parameter.takes))
    };
    let mut defaults = vec![None; definition.parameters.len()];
    for (at, parameter) in keyword_only(false).chain(keyword_only(true)) {
        if let (Some(default), Some(place)) = (&parameter.default, defaults.get_mut(at)) {
            *place = Some(evaluator.value(default, in_scope)?);
        }
    }
    let annotations = definition.parameters.iter().filter_map(|parameter| parameter.annotation.as_ref());
    for annotation in annotations.chain(&definition.returns) {
        evaluator.value(annotation, in_scope)?;
    }
    let path = Scope::path_of(in_scope, &definition.name);
    let code = Code::Definition(Rc::clone(definition));
    let mut function = evaluator.function(Function {
        evaluator: Rc::clone(evaluator),
        code,
        defaults,
        scope: Some(Rc::clone(scope)),
        path,
    })?;
    for decorator in decorators.iter().rev() {
        function = crate::python::access::call(decorator, Arguments::positional(vec![function]), &evaluator.budget)?;
    }
    evaluator.bind(&definition.name, &function, scope);
    Ok(())
}

impl Evaluator {
    /// The value of a block: of the function that a condition becomes, whose parameters are the host's names.
    ///
    /// # Errors
    /// What the host raises, or why that is not known.
    pub fn run_block(self: &Rc<Self>, block: &Block) -> Outcome<Value> {
        let parameters = PARAMETERS.map(Rc::from);
        let bindings = Bindings::of(&parameters, block);
        // What a function inside calls global is global where the host calls the condition's function, too: there it
        // passes on a global that is not there.
        for name in PARAMETERS {
            if declares_global(block, name) {
                return Err(match name {
                    "frappe" => Stop::unsupported("the global frappe"),
                    _ => Stop::raise("NameError", format!("name '{name}' is not defined")),
                });
            }
        }
        let scope = self.condition_scope(bindings.clone())?;
        let mut machine = Machine::new(Rc::clone(block), scope, bindings.prints);
        if bindings.yields {
            return Running::new(self, machine, 0).map(Value::object);
        }
        match machine.resume(self, Value::None)? {
            Progress::Returned(value) => Ok(value),
            Progress::Yielded(_) => Err(Stop::unsupported("yield")),
        }
    }

    /// The scope of the function that a condition becomes.
    ///
    /// # Errors
    /// Why one of the host's names is not known.
    pub fn condition_scope(self: &Rc<Self>, bindings: Bindings) -> Outcome<Rc<Scope>> {
        let path = Rc::from("evaluated_code_wrapper_function_");
        let scope = Scope::new(Of::Condition, Rc::new(bindings), path, None);
        for name in PARAMETERS {
            if let Some(value) = self.host_name(name)? {
                scope.bind(&Rc::from(name), &value);
            }
        }
        Ok(scope)
    }
}

/// Whether a block, or one inside it, says that a name is global.
fn declares_global(block: &[Statement], name: &str) -> bool {
    block.iter().any(|statement| match &statement.does {
        Does::Global(names) => names.iter().any(|global| &**global == name),
        _ => statement.blocks().into_iter().any(|inside| declares_global(inside, name)),
    })
}

/// The names that are the parameters of the function that a condition becomes, sorted.
pub const PARAMETERS: [&str; 3] = ["doc", "frappe", "nowdate"];
