//! Conditions over many documents: the tree compiled once to what a document can be asked directly.
//!
//! Most conditions compare fields with constants. For those nothing is kept but the truth and the operand that decided:
//! no trace, no findings, and the fields that it asks for laid out one after the other. Whatever is not so plain (an error,
//! a value that is not known, a call) is left to the evaluation of a single document, which this one must equal.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::ast::{Argument, Expr, Kind, Logic};
use super::names;
use crate::host::document_type::is_table;
use crate::host::{self, Context, Document, Slot};
use crate::python::operators::{self, Binary, Comparison, Unary};
use crate::python::{Arguments, Budget, Int, Value, access};

/// The values of one field over all documents; `None` where reading it is more than taking a value.
type Column = Rc<[Option<Value>]>;

/// Many documents, and the fields that conditions have asked for, laid out one after the other.
#[derive(Debug, Default)]
pub struct Table {
    documents: Vec<Rc<Document>>,
    /// By fieldname, and whether `doc.get` asks, which knows no missing field.
    columns: RefCell<HashMap<(Rc<str>, bool), Column>>,
}

impl Table {
    /// More documents.
    pub fn extend(&mut self, documents: impl Iterator<Item = Document>) {
        self.documents.extend(documents.map(Rc::new));
        self.columns.borrow_mut().clear();
    }

    /// All documents.
    pub fn documents(&self) -> &[Rc<Document>] {
        &self.documents
    }

    fn column(&self, name: &Rc<str>, by_get: bool) -> Column {
        let key = (Rc::clone(name), by_get);
        if let Some(column) = self.columns.borrow().get(&key) {
            return Rc::clone(column);
        }
        // A Select has few texts: one of each is soon found in the processor's cache.
        let mut texts: HashSet<Rc<str>> = HashSet::new();
        let mut shared = |value: &Value| match value {
            Value::Str(text) if text.len() < 64 => match texts.get(text) {
                Some(known) => Value::Str(Rc::clone(known)),
                None => {
                    texts.insert(Rc::clone(text));
                    value.clone()
                }
            },
            other => other.clone(),
        };
        let mut value = |document: &Rc<Document>| match document.slot(name) {
            // Of a table without rows `get` makes a list.
            Some(Slot::Known(Value::None)) | None if by_get => (!is_table_of(document, name)).then_some(Value::None),
            Some(Slot::Known(value)) => Some(shared(value)),
            _ => None,
        };
        let column: Column = self.documents.iter().map(&mut value).collect();
        self.columns.borrow_mut().insert(key, Rc::clone(&column));
        column
    }
}

/// A part of a condition.
enum Part {
    Constant(Value),
    Field(Column),
    /// A field beside a constant, the commonest part of all.
    Test(Column, Comparison, Constant),
    Compare(Box<Part>, Vec<(Comparison, Part)>),
    Logic(Logic, Vec<Part>),
    Not(Box<Part>),
    Binary(Binary, Box<Part>, Box<Part>),
}

/// A constant, and the float that equals it when it is a number.
struct Constant {
    value: Value,
    float: Option<f64>,
}

/// A condition that can be asked quickly.
pub struct Quick {
    root: Part,
    /// The places of the operands of an `and` at the top; of the whole condition when there is none.
    operands: Vec<Range<usize>>,
    fields: Vec<Field>,
}

/// The name of a field that a condition reads, whether `doc.get` asks for it, and its values.
type Field = (Rc<str>, bool, Column);

/// What a document answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether the notification would fire.
    pub truth: bool,
    /// The part that decided: the operand of an `and` that does not hold, or the whole condition.
    pub decided: Range<usize>,
}

impl Quick {
    /// Compiles a condition for the documents of a table; `None` when a part of it needs the whole evaluator.
    pub fn new(expr: &Expr, context: &Rc<Context>, table: &Table) -> Option<Self> {
        let operands = match &expr.kind {
            Kind::Logic(Logic::And, operands) => operands.iter().map(|operand| operand.span.clone()).collect(),
            _ => vec![expr.span.clone()],
        };
        let compiler = Compiler { context, table, fields: RefCell::default() };
        let root = compiler.part(expr)?;
        Some(Self { root, operands, fields: compiler.fields.into_inner() })
    }

    /// All fields that it reads: beside constants nothing else has a say.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Whether it holds for the document of this index; `None` when only the whole evaluator can tell.
    pub fn ask(&self, index: usize) -> Option<Answer> {
        let budget = Budget::default();
        if let Part::Logic(Logic::And, parts) = &self.root {
            for (part, place) in parts.iter().zip(&self.operands) {
                if !part.truth(index, &budget)? {
                    return Some(Answer { truth: false, decided: place.clone() });
                }
            }
            let (first, last) = (self.operands.first()?, self.operands.last()?);
            return Some(Answer { truth: true, decided: first.start..last.end });
        }
        let truth = self.root.truth(index, &budget)?;
        Some(Answer { truth, decided: self.operands.first()?.clone() })
    }
}

/// The truth of a plain value: one whose `repr` is known too, as the evaluation of a single document asks for.
fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::None | Value::Int(_) | Value::Float(_) | Value::Str(_) => operators::truth(value).ok(),
        Value::Date(_) | Value::DateTime(_) | Value::TimeDelta(_) => operators::truth(value).ok(),
        _ => None,
    }
}

impl Constant {
    fn new(value: Value) -> Self {
        const EXACT: i64 = 1 << 53;
        let float = match &value {
            Value::Float(number) => Some(*number),
            #[allow(clippy::cast_precision_loss, reason = "up to 2**53 every whole number is a float")]
            Value::Int(Int::Small(number)) if (-EXACT..=EXACT).contains(number) => Some(*number as f64),
            _ => None,
        };
        Self { value, float }
    }

    /// `field operator self`
    fn compare(&self, operator: Comparison, field: &Value, budget: &Budget) -> Option<bool> {
        match (field, &self.value, self.float) {
            (Value::Str(left), Value::Str(right), _) if operator == Comparison::Equal => Some(left == right),
            (Value::Str(left), Value::Str(right), _) if operator == Comparison::NotEqual => Some(left != right),
            (Value::Float(left), _, Some(right)) => match operator {
                Comparison::Equal => Some(*left == right),
                Comparison::NotEqual => Some(*left != right),
                Comparison::Less => Some(*left < right),
                Comparison::LessOrEqual => Some(*left <= right),
                Comparison::Greater => Some(*left > right),
                Comparison::GreaterOrEqual => Some(*left >= right),
                _ => operators::compare(operator, field, &self.value, budget).ok(),
            },
            _ => operators::compare(operator, field, &self.value, budget).ok(),
        }
    }
}

impl Part {
    fn truth(&self, index: usize, budget: &Budget) -> Option<bool> {
        match self {
            Self::Test(column, operator, constant) => constant.compare(*operator, column.get(index)?.as_ref()?, budget),
            Self::Not(part) => Some(!part.truth(index, budget)?),
            _ => truth(&*self.value(index, budget)?),
        }
    }

    fn value(&self, index: usize, budget: &Budget) -> Option<Cow<'_, Value>> {
        Some(match self {
            Self::Constant(value) => Cow::Borrowed(value),
            Self::Field(column) => Cow::Borrowed(column.get(index)?.as_ref()?),
            Self::Test(..) | Self::Not(_) => Cow::Owned(Value::Bool(self.truth(index, budget)?)),
            Self::Binary(operator, left, right) => {
                let (left, right) = (left.value(index, budget)?, right.value(index, budget)?);
                Cow::Owned(operators::binary(*operator, &left, &right, budget).ok()?)
            }
            Self::Compare(first, links) => {
                let mut left = first.value(index, budget)?;
                let mut holds = true;
                for (operator, right) in links {
                    let right = right.value(index, budget)?;
                    holds = operators::compare(*operator, &left, &right, budget).ok()?;
                    if !holds {
                        break;
                    }
                    left = right;
                }
                Cow::Owned(Value::Bool(holds))
            }
            Self::Logic(logic, parts) => {
                let mut value = Cow::Owned(Value::None);
                for (place, part) in parts.iter().enumerate() {
                    value = part.value(index, budget)?;
                    if place + 1 < parts.len() && operators::truth(&value).ok()? == (*logic == Logic::Or) {
                        break;
                    }
                }
                value
            }
        })
    }
}

/// What compiling needs.
struct Compiler<'a> {
    context: &'a Rc<Context>,
    table: &'a Table,
    fields: RefCell<Vec<Field>>,
}

impl Compiler<'_> {
    fn part(&self, expr: &Expr) -> Option<Part> {
        Some(match &expr.kind {
            Kind::Constant(value) => Part::Constant(value.clone()),
            Kind::Tuple(items) => Part::Constant(Value::tuple(constants(items)?)),
            // Nothing here can change a list, so one list serves all documents.
            Kind::List(items) => Part::Constant(Value::list(constants(items)?)),
            Kind::Unary(Unary::Not, operand) => Part::Not(Box::new(self.part(operand)?)),
            Kind::Unary(operator, operand) => match &operand.kind {
                Kind::Constant(value) => Part::Constant(operators::unary(*operator, value, &Budget::default()).ok()?),
                _ => return None,
            },
            Kind::Binary(operator, left, right) => {
                Part::Binary(*operator, Box::new(self.part(left)?), Box::new(self.part(right)?))
            }
            Kind::Logic(logic, operands) => {
                Part::Logic(*logic, operands.iter().map(|operand| self.part(operand)).collect::<Option<_>>()?)
            }
            Kind::Compare(first, links) => {
                let links = links.iter().map(|(operator, right)| Some((*operator, self.part(right)?)));
                match (self.part(first)?, links.collect::<Option<Vec<_>>>()?) {
                    (Part::Field(column), mut links) if matches!(links.as_slice(), [(_, Part::Constant(_))]) => {
                        match links.pop() {
                            Some((operator, Part::Constant(value))) => {
                                Part::Test(column, operator, Constant::new(value))
                            }
                            _ => return None,
                        }
                    }
                    (first, links) => Part::Compare(Box::new(first), links),
                }
            }
            Kind::Attribute(value, name) if is_doc(value) => self.field(name, false)?,
            Kind::Call(function, arguments) => match (&function.kind, arguments.as_slice()) {
                (Kind::Attribute(value, get), [Argument::Positional(name)]) if is_doc(value) && &**get == "get" => {
                    match &name.kind {
                        Kind::Constant(Value::Str(name)) => self.field(name, true)?,
                        _ => return None,
                    }
                }
                _ => Part::Constant(called(function, arguments, self.context)?),
            },
            _ => return None,
        })
    }

    fn field(&self, name: &Rc<str>, by_get: bool) -> Option<Part> {
        let plain = !name.starts_with('_') && !names::is_unsafe_attribute(name);
        plain.then(|| {
            let column = self.table.column(name, by_get);
            self.fields.borrow_mut().push((Rc::clone(name), by_get, Rc::clone(&column)));
            Part::Field(column)
        })
    }
}

fn is_table_of(document: &Document, name: &str) -> bool {
    document.doctype.field(name).is_some_and(|field| is_table(&field.fieldtype))
}

fn is_doc(expr: &Expr) -> bool {
    matches!(&expr.kind, Kind::Name(name) if &**name == "doc")
}

fn constants(items: &[Expr]) -> Option<Vec<Value>> {
    let constant = |item: &Expr| match &item.kind {
        Kind::Constant(value) => Some(value.clone()),
        _ => None,
    };
    items.iter().map(constant).collect()
}

/// `nowdate()`, `frappe.utils.getdate("2026-11-20")`: the same for every document.
fn called(function: &Expr, arguments: &[Argument], context: &Rc<Context>) -> Option<Value> {
    let mut given = Arguments::default();
    for argument in arguments {
        match argument {
            Argument::Positional(Expr { kind: Kind::Constant(value), .. }) => given.positional.push(value.clone()),
            _ => return None,
        }
    }
    access::call(&tool(function, context)?, given, &Budget::default()).ok()
}

/// The function behind `nowdate` or `frappe.utils.name`.
fn tool(function: &Expr, context: &Rc<Context>) -> Option<Value> {
    match &function.kind {
        Kind::Name(name) if matches!(&**name, "nowdate" | "frappe") => {
            host::names::in_condition(context, &Value::None, name, false).ok()?
        }
        Kind::Attribute(value, name) if !name.starts_with('_') => {
            access::attribute(&tool(value, context)?, name).ok()?
        }
        _ => None,
    }
}
