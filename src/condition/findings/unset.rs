//! `doc.total > 40000`: on a new document an untouched number is `None`, and comparing it refuses the person's save.
//!
//! Long because what guards a field and what fails without one are two sides of the same walk.

use std::collections::HashMap;
use std::rc::Rc;

use super::rows::{row_of, rows};
use super::{Subject, bitwise, called_tool, constant_text, date_without_quotes, document_field};
use crate::condition::Mode;
use crate::condition::ast::{Argument, Comprehension, Expr, Kind, Logic};
use crate::finding::{Finding, Severity};
use crate::host::document_type::is_table;
use crate::host::{DocType, Field, State};
use crate::python::operators::{self, Binary, Comparison, Unary};
use crate::python::{Budget, Value, access};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut walk = Walk {
        subject,
        rows: subject.doctype.map(|doctype| rows(subject, doctype)).unwrap_or_default(),
        guarded: Vec::new(),
        // Of a block only some lines may run.
        is_certain: subject.mode == Mode::Expression,
        is_hidden: false,
        asking: None,
        findings: Vec::new(),
    };
    if subject.roots.len() > 1 {
        // What a line asks for may decide whether the others run.
        subject.roots.iter().for_each(|root| walk.asked(root));
    }
    for root in subject.roots {
        walk.asking = Some(root);
        walk.visit(root);
    }
    walk.findings
}

struct Walk<'a> {
    subject: &'a Subject<'a>,
    /// The variables that are rows of a table.
    rows: HashMap<&'a str, Rc<DocType>>,
    /// Fields that an earlier part has already asked for: the name of a document's, the text that reads a row's.
    guarded: Vec<&'a str>,
    /// Whether the part is evaluated on every document.
    is_certain: bool,
    /// Whether `doc` does not exist here: another remark tells.
    is_hidden: bool,
    /// The part around that is asked whether it holds.
    asking: Option<&'a Expr>,
    findings: Vec<Finding>,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, node: &'a Expr) {
        let (before, certain, asking) = (self.guarded.len(), self.is_certain, self.asking);
        match &node.kind {
            Kind::Logic(logic, operands) => {
                for operand in operands {
                    self.asking = Some(operand);
                    self.visit(operand);
                    self.is_certain = false;
                    self.guard(operand, *logic == Logic::And);
                }
            }
            Kind::Conditional { test, body, otherwise } => {
                self.visit(test);
                self.is_certain = false;
                let tested = self.guarded.len();
                self.guard(test, true);
                self.visit(body);
                self.guarded.truncate(tested);
                self.guard(test, false);
                self.visit(otherwise);
            }
            Kind::Comprehension(made) => self.comprehension(made),
            Kind::Lambda(lambda) => {
                let hidden = self.is_hidden;
                (self.is_certain, self.is_hidden) = (false, self.subject.mode == Mode::Expression);
                self.visit(&lambda.body);
                self.is_hidden = hidden;
            }
            _ => {
                let found = self.part(node);
                self.findings.extend(found);
                node.children(&mut |child| self.visit(child));
            }
        }
        (self.is_certain, self.asking) = (certain, asking);
        self.guarded.truncate(before);
    }

    fn comprehension(&mut self, made: &'a Comprehension) {
        let hidden = self.is_hidden;
        for one in &made.loops {
            self.visit(&one.source);
            (self.is_certain, self.is_hidden) = (false, hidden || self.subject.mode == Mode::Expression);
            for condition in &one.conditions {
                self.visit(condition);
                self.guard(condition, true);
            }
        }
        self.visit(&made.element);
        made.value.iter().for_each(|value| self.visit(value));
        self.is_hidden = hidden;
    }

    /// Remembers the fields that are set for sure where a part has been evaluated and `holds`, or does not.
    fn guard(&mut self, node: &'a Expr, holds: bool) {
        self.survived(node);
        match &node.kind {
            Kind::Logic(logic, operands) if holds == (*logic == Logic::And) => {
                operands.iter().for_each(|operand| self.guard(operand, holds));
            }
            Kind::Unary(Unary::Not, operand) => self.guard(operand, !holds),
            Kind::Compare(left, links) => {
                if let [(operator, right)] = links.as_slice() {
                    self.guard_compared((left, *operator, right), holds);
                }
            }
            Kind::Call(function, arguments) => {
                if let (Kind::Name(name), [Argument::Positional(value)]) = (&function.kind, arguments.as_slice())
                    && &**name == "bool"
                {
                    self.guard(value, holds);
                } else if holds {
                    self.guarded.extend(self.subject_key(node));
                }
            }
            // A part of the rows that is not empty.
            Kind::Subscript(list, key) if holds && matches!(key.kind, Kind::Slice(..)) => {
                self.guarded.extend(self.subject_key(list));
            }
            _ if holds => self.guarded.extend(self.subject_key(node)),
            _ => {}
        }
    }

    /// `doc.qty == 3`, `doc.qty is not None`, `doc.status in ("Open", "Closed")`: which answer says that a field is set.
    fn guard_compared(&mut self, (left, operator, right): (&'a Expr, Comparison, &'a Expr), holds: bool) {
        let (side, other) = if left.is_literal() && !right.is_literal() { (right, left) } else { (left, right) };
        let is_none = |node: &Expr| matches!(node.kind, Kind::Constant(Value::None));
        let answers = match (operator, &other.kind) {
            (Comparison::Equal | Comparison::Is, _) if is_none(other) => !holds,
            (Comparison::NotEqual | Comparison::IsNot, _) if is_none(other) => holds,
            // What a tool of the host gives is never None where a field is compared with it.
            (Comparison::Equal, _) if other.is_literal() || matches!(other.kind, Kind::Call(..)) => holds,
            (Comparison::NotEqual, _) if other.is_literal() || matches!(other.kind, Kind::Call(..)) => !holds,
            (Comparison::In, Kind::List(items) | Kind::Tuple(items) | Kind::Set(items)) => {
                holds && items.iter().all(|item| item.is_literal() && !is_none(item))
            }
            (Comparison::NotIn, Kind::List(items) | Kind::Tuple(items) | Kind::Set(items)) => {
                !holds && items.iter().all(|item| item.is_literal() && !is_none(item))
            }
            _ => false,
        };
        if answers {
            self.guarded.extend(self.subject_key(side));
        }
        // `(doc.total or 0) > 5` does not hold where nothing is set.
        if let (Kind::Logic(Logic::Or, operands), Kind::Constant(wanted)) = (&side.kind, &other.kind)
            && let [field, instead] = operands.as_slice()
            && let Kind::Constant(instead) = &instead.kind
        {
            let (one, two) = if std::ptr::eq(side, left) { (instead, wanted) } else { (wanted, instead) };
            let unset = operators::compare(operator, one, two, &Budget::default());
            self.guarded.extend(self.subject_key(field).filter(|_| unset.is_ok_and(|unset| unset != holds)));
        }
    }

    /// A field on which a part would have failed; of a number it is told at each place, because each place is mended.
    fn failing_key(&self, side: &'a Expr) -> Option<&'a str> {
        self.subject_key(side).filter(|_| self.unset_number(side).is_none())
    }

    /// Remembers the fields on which a part would have failed if they were not set.
    fn survived(&mut self, node: &'a Expr) {
        match &node.kind {
            Kind::Compare(left, links) => {
                if let Some((operator, right)) = links.first() {
                    match operator {
                        Comparison::In | Comparison::NotIn => self.guarded.extend(self.subject_key(right)),
                        _ if orders(operator) => {
                            let keys = [self.failing_key(left), self.failing_key(right)];
                            self.guarded.extend(keys.into_iter().flatten());
                        }
                        _ => {}
                    }
                    [left, right].into_iter().for_each(|side| self.survived(side));
                }
            }
            Kind::Attribute(value, _) | Kind::Subscript(value, _) => {
                self.guarded.extend(self.subject_key(value));
                self.survived(value);
            }
            Kind::Binary(_, left, right) => {
                for side in [left, right] {
                    self.guarded.extend(self.failing_key(side));
                    self.survived(side);
                }
            }
            Kind::Unary(_, operand) => self.survived(operand),
            Kind::Call(function, arguments) => {
                let takes_none = !matches!(
                    &function.kind,
                    Kind::Name(name) if matches!(&**name, "abs" | "float" | "int" | "len" | "round")
                );
                if let (false, Some(first)) = (takes_none, arguments.first()) {
                    self.guarded.extend(self.failing_key(first.value()));
                }
                self.survived(function);
                arguments.iter().for_each(|argument| self.survived(argument.value()));
            }
            // Of the other operands nobody knows whether they were asked.
            Kind::Logic(_, operands) => operands.first().into_iter().for_each(|first| self.survived(first)),
            Kind::Conditional { test, .. } => self.survived(test),
            _ => {}
        }
    }

    /// Remembers the fields that are asked whether they are set: `doc.qty`, `not doc.qty`, `doc.qty is None`.
    fn asked(&mut self, node: &'a Expr) {
        match &node.kind {
            Kind::Logic(_, operands) => operands.iter().for_each(|operand| self.asked(operand)),
            Kind::Unary(Unary::Not, operand) => self.asked(operand),
            Kind::Compare(left, links) => {
                if links.iter().all(|(_, right)| right.is_literal())
                    && !links.iter().any(|(operator, _)| orders(operator))
                {
                    self.asked(left);
                }
            }
            _ => self.guarded.extend(self.subject_key(node)),
        }
    }

    /// How a part that reads a field is remembered.
    fn subject_key(&self, node: &'a Expr) -> Option<&'a str> {
        document_field(node).or_else(|| self.row_field(node).map(|_| self.subject.source(node)))
    }

    /// The field of a row that a part reads: its name and the row's doctype.
    fn row_field(&self, node: &'a Expr) -> Option<(Rc<DocType>, &'a str)> {
        let doctype = self.subject.doctype?;
        let (owner, name) = match &node.kind {
            Kind::Attribute(owner, name) => (owner, &**name),
            Kind::Call(function, arguments) => match (&function.kind, arguments.as_slice()) {
                (Kind::Attribute(owner, get), [only]) if &**get == "get" => (owner, constant_text(only.value())?),
                _ => return None,
            },
            _ => return None,
        };
        Some((row_of(self.subject, doctype, owner, &self.rows)?, name))
    }

    /// What may fail in a part itself.
    fn part(&self, node: &'a Expr) -> Vec<Finding> {
        let mut findings = Vec::new();
        match &node.kind {
            Kind::Compare(first, links) => {
                if links.iter().any(|(operator, _)| orders(operator)) {
                    let sides: Vec<&Expr> =
                        [first.as_ref()].into_iter().chain(links.iter().map(|(_, side)| side)).collect();
                    // Between a number and a text there is no order at all.
                    if !sides.iter().any(|side| constant_text(side).is_some()) {
                        findings.extend(self.numbers(node, &sides, None));
                    }
                    let is_calculated =
                        sides.iter().any(|side| date_without_quotes::is_written(self.subject.source(side)));
                    if !self.is_hidden && !is_calculated {
                        findings.extend(dates(self.subject, node, &sides, &self.guarded));
                    }
                }
                // Texts have an order with texts, None with nothing.
                if let [(operator, second)] = links.as_slice()
                    && orders(operator)
                {
                    for (side, other) in [(first.as_ref(), second), (second, first.as_ref())] {
                        let is_text = constant_text(other).is_some() || self.text(node, other).is_some();
                        findings.extend(self.text(node, side).filter(|_| is_text));
                    }
                }
                if let [(Comparison::In | Comparison::NotIn, second)] = links.as_slice() {
                    findings.extend(self.text(node, second));
                }
            }
            Kind::Binary(operator, left, right) => {
                let is_text = constant_text(left).is_some() || constant_text(right).is_some();
                let counts = !matches!(operator, Binary::Add | Binary::Modulo | Binary::Multiply) || !is_text;
                let sides = [left.as_ref(), right.as_ref()];
                // `"Open" & doc.total`: the bits of a text, which another remark tells.
                let is_bits = matches!(operator, Binary::BitAnd | Binary::BitOr)
                    && sides.iter().any(|side| bitwise::is_no_bits(self.subject, side));
                if counts && !is_bits {
                    let divided = matches!(operator, Binary::Divide | Binary::FloorDivide | Binary::Modulo)
                        .then(|| self.divided(node, (left, right)))
                        .flatten();
                    findings.extend(self.numbers(node, &sides, divided.as_deref()));
                    if matches!(operator, Binary::Divide | Binary::FloorDivide | Binary::Modulo) {
                        findings.extend(self.zero(node, (left, right)));
                    }
                }
            }
            // `sum(row.amount for row in doc.items)`
            Kind::Call(_, arguments) if called_tool(node) == Some("sum") => {
                if let Some(Kind::Comprehension(made)) = arguments.first().map(|argument| &argument.value().kind)
                    && !made.loops.iter().any(|one| !one.conditions.is_empty())
                {
                    findings.extend(self.number(&made.element, &made.element, None));
                }
            }
            Kind::Unary(Unary::Negative | Unary::Positive | Unary::Invert, operand) => {
                findings.extend(self.number(node, operand, None));
            }
            // `int(doc.attempts)` and `len(doc.description)` take no None.
            Kind::Call(function, arguments) => {
                if let (Kind::Name(name), Some(first)) = (&function.kind, arguments.first().map(Argument::value)) {
                    match &**name {
                        "abs" | "float" | "int" | "round" => findings.extend(self.number(node, first, None)),
                        "len" => findings.extend(self.text(node, first)),
                        _ => {}
                    }
                }
            }
            // A text has methods and letters, None has neither.
            Kind::Attribute(value, _) => {
                findings.extend(self.text(node, value));
                findings.extend(self.date(node, value));
            }
            Kind::Subscript(value, key) => {
                findings.extend(self.text(node, value));
                findings.extend(self.date(node, value));
                findings.extend(self.entry(node, (value, key)));
            }
            _ => {}
        }
        findings
    }

    /// A division that asks for its divisor first, which no `or 0` may replace.
    fn divided(&self, node: &'a Expr, (left, right): (&'a Expr, &'a Expr)) -> Option<String> {
        self.unset_number(right)?;
        let (whole, divisor) = (self.subject.source(node), self.subject.source(right));
        let above = match self.unset_number(left) {
            Some(_) => format!("({} or 0)", self.subject.source(left)),
            None => self.subject.source(left).to_owned(),
        };
        let between = self.subject.text.get(left.span.end..right.span.start)?;
        // Parentheses around a side stand outside of it.
        (whole.starts_with(self.subject.source(left)) && !between.contains(['(', ')']))
            .then(|| format!("({above}{between}{divisor} if {divisor} else 0)"))
    }

    /// The label of a number that may be None. The database never holds an empty one.
    fn unset_number(&self, side: &'a Expr) -> Option<String> {
        let stored = self.subject.state().is_none_or(|state| state == State::Stored);
        if stored || self.guarded.contains(&self.subject_key(side)?) {
            return None;
        }
        let label =
            |field: &Field| is_number(field).then(|| field.label.clone().unwrap_or_else(|| field.fieldname.clone()));
        match self.subject.field(side) {
            Some(field) if !self.is_hidden => label(field),
            Some(_) => None,
            None => {
                let (doctype, name) = self.row_field(side)?;
                label(doctype.field(name)?)
            }
        }
    }

    /// The numbers of a comparison or a calculation that may be None: one remark asks for all of them.
    fn numbers(&self, node: &'a Expr, sides: &[&'a Expr], divided: Option<&str>) -> Option<Finding> {
        let unset: Vec<&'a Expr> = sides.iter().copied().filter(|side| self.unset_number(side).is_some()).collect();
        let [first, .., last] = unset.as_slice() else { return self.number(node, unset.first()?, divided) };
        let finding = self.number(node, first, divided)?;
        let mut labels: Vec<String> = Vec::new();
        let (mut expected, mut at) = (String::new(), node.span.start);
        for side in &unset {
            let label = self.unset_number(side)?;
            labels.extend((!labels.contains(&label)).then_some(label));
            expected.push_str(self.subject.text.get(at..side.span.start)?);
            expected.push_str(&format!("({} or 0)", self.subject.source(side)));
            at = side.span.end;
        }
        expected.push_str(self.subject.text.get(last.span.end..node.span.end)?);
        if divided.is_some() {
            expected = divided?.to_owned();
        }
        let field = labels.join(&self.subject.say("condition/between-fields", &[]));
        let values = [("field", field.as_str()), ("expected", expected.as_str())];
        let code = finding.code;
        let finding = self.subject.finding((Severity::Warning, code), code, node.span.clone(), &values);
        Some(self.subject.replaced(finding, node.span.clone(), expected))
    }

    /// A number of the document that is divided by: nothing keeps it from being 0, as a stored one is when it was never set.
    fn zero(&self, node: &'a Expr, (left, right): (&'a Expr, &'a Expr)) -> Option<Finding> {
        let field = self.subject.field(right)?;
        let is_stored = self.subject.state() == Some(State::Stored);
        // In the other lives it may be None as well, which is told.
        if self.is_hidden || !is_number(field) || !is_stored || self.guarded.contains(&field.fieldname.as_str()) {
            return None;
        }
        let between = self.subject.text.get(left.span.end..right.span.start)?;
        let (whole, divisor) = (self.subject.source(node), self.subject.source(right));
        // Parentheses around a side stand outside of it.
        let is_plain = !between.contains(['(', ')']) && whole.starts_with(self.subject.source(left));
        let expected = format!("({whole} if {divisor} else 0)");
        let label = field.label.as_deref().unwrap_or(&field.fieldname);
        let values = [("field", label), ("expected", expected.as_str())];
        let code = "condition/zero-divisor";
        let finding = self.subject.finding((Severity::Warning, code), code, node.span.clone(), &values);
        Some(if is_plain { self.subject.replaced(finding, node.span.clone(), expected) } else { finding })
    }

    /// A number that may be None, in a comparison or a calculation.
    fn number(&self, node: &'a Expr, side: &'a Expr, divided: Option<&str>) -> Option<Finding> {
        let code = "condition/unset-field";
        let label = self.unset_number(side)?;
        // Where `doc` does not exist either, no zero mends it.
        let mut needs_doc = false;
        node.walk(&mut |node| needs_doc |= matches!(&node.kind, Kind::Name(name) if &**name == "doc"));
        if self.is_hidden && needs_doc {
            return None;
        }
        let (expected, place) = match divided {
            Some(whole) => (whole.to_owned(), &node.span),
            None => (format!("({} or 0)", self.subject.source(side)), &side.span),
        };
        let values = [("field", label.as_str()), ("expected", expected.as_str())];
        let finding = self.subject.finding((Severity::Warning, code), code, node.span.clone(), &values);
        Some(self.subject.replaced(finding, place.clone(), expected))
    }

    /// `doc.items[0]`, which a document without rows does not have; neither does the blank one of a save.
    fn entry(&self, node: &'a Expr, (list, key): (&'a Expr, &'a Expr)) -> Option<Finding> {
        let (code, subject) = ("condition/unset-rows", self.subject);
        let field = subject.field(list).filter(|field| is_table(&field.fieldtype))?;
        let name = document_field(list)?;
        let is_number = match &key.kind {
            Kind::Constant(Value::Int(_)) => true,
            Kind::Unary(_, operand) => matches!(operand.kind, Kind::Constant(Value::Int(_))),
            _ => false,
        };
        // `doc.items` is a method of the blank document, which fails in another way.
        if self.is_hidden
            || !is_number
            || self.guarded.contains(&name)
            || name == "items" && matches!(list.kind, Kind::Attribute(..))
        {
            return None;
        }
        let key_text = subject.source(key);
        let guard = match key_text {
            "0" | "-1" => subject.source(list).to_owned(),
            text if text.bytes().all(|byte| byte.is_ascii_digit()) => format!("{}[{text}:]", subject.source(list)),
            _ => String::new(),
        };
        let asking = self.asking.unwrap_or(node);
        let expected = format!("({guard} and {})", subject.source(asking));
        let (severity, key) = match subject.state() {
            _ if self.is_certain => (Severity::Error, "condition/unset-rows-at-save"),
            Some(State::Stored) => (Severity::Warning, "condition/unset-rows-stored"),
            _ => (Severity::Warning, code),
        };
        let expected = if guard.is_empty() { format!("{} and …", subject.source(list)) } else { expected };
        let label = field.label.as_deref().unwrap_or(&field.fieldname);
        let values = [("field", label), ("expected", expected.as_str())];
        let finding = subject.finding((severity, code), key, node.span.clone(), &values);
        Some(if guard.is_empty() { finding } else { subject.replaced(finding, asking.span.clone(), expected) })
    }

    /// A date that may be None: `doc.due_date.year` of a stored one, `doc.due_date[:4]` while it is saved.
    fn date(&self, node: &'a Expr, side: &'a Expr) -> Option<Finding> {
        let (code, subject) = ("condition/unset-field", self.subject);
        let field = subject.field(side)?;
        let is_date = matches!(field.fieldtype.as_str(), "Date" | "Datetime" | "Time");
        if self.is_hidden || !is_date || self.guarded.contains(&field.fieldname.as_str()) {
            return None;
        }
        let is_stored = subject.state() == Some(State::Stored);
        // What a text or a date does not have is another remark's.
        if let Kind::Attribute(_, name) = &node.kind
            && !is_stored
            && matches!(access::attribute(&Value::from(""), name), Ok(None))
        {
            return None;
        }
        let asking = self.asking.unwrap_or(node);
        let expected = format!("({} and {})", subject.source(side), subject.source(asking));
        let values = [("field", field.label.as_deref().unwrap_or(&field.fieldname)), ("expected", expected.as_str())];
        let key = if is_stored { "condition/unset-field-stored" } else { code };
        let finding = subject.finding((Severity::Warning, code), key, node.span.clone(), &values);
        Some(subject.replaced(finding, asking.span.clone(), expected))
    }

    /// A text that may be None: `"x" in doc.title`, `doc.title.lower()`, `doc.title[0]`. On the blank document of a save it is.
    fn text(&self, node: &'a Expr, side: &'a Expr) -> Option<Finding> {
        let (code, subject) = ("condition/unset-text", self.subject);
        let field = subject.field(side)?;
        let is_text = matches!(
            field.fieldtype.as_str(),
            "Code"
                | "Data"
                | "HTML Editor"
                | "Link"
                | "Long Text"
                | "Markdown Editor"
                | "Small Text"
                | "Text"
                | "Text Editor"
        );
        if self.is_hidden || !is_text || self.guarded.contains(&field.fieldname.as_str()) {
            return None;
        }
        // `doc.customer.city`: a link is a name, and a name has no city.
        if let Kind::Attribute(_, name) = &node.kind
            && matches!(access::attribute(&Value::from(""), name), Ok(None))
        {
            return None;
        }
        let expected = format!("({} or \"\")", subject.source(side));
        let values = [("field", field.label.as_deref().unwrap_or(&field.fieldname)), ("expected", expected.as_str())];
        // A new document may have its own value for a link, and a default.
        let is_blank = field.default.as_deref().unwrap_or_default().is_empty() && field.fieldtype != "Link";
        let (severity, key) = match subject.state() {
            _ if is_blank && self.is_certain => (Severity::Error, code),
            Some(State::Stored) => (Severity::Warning, "condition/unset-field-stored"),
            _ => (Severity::Warning, "condition/unset-field"),
        };
        let finding = subject.finding((severity, code), key, node.span.clone(), &values);
        Some(subject.replaced(finding, side.span.clone(), expected))
    }
}

/// Whether a field holds a number that is compared and counted with.
fn is_number(field: &Field) -> bool {
    matches!(field.fieldtype.as_str(), "Currency" | "Float" | "Int" | "Long Int" | "Percent")
}

fn orders(operator: &Comparison) -> bool {
    matches!(operator, Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual)
}

/// The dates of a comparison that may be None: one remark asks for all of them.
fn dates(subject: &Subject<'_>, node: &Expr, sides: &[&Expr], guarded: &[&str]) -> Option<Finding> {
    let code = "condition/unset-field";
    let mut labels: Vec<&str> = Vec::new();
    let mut asked: Vec<&str> = Vec::new();
    for side in sides {
        let Some(field) = subject.field(side) else { continue };
        let is_date = matches!(field.fieldtype.as_str(), "Date" | "Datetime" | "Duration" | "Time");
        let source = subject.source(side);
        // Inserting fills an empty time with that of the moment (host.md 2).
        let is_date = is_date && !(field.fieldtype == "Time" && subject.state() == Some(State::Inserted));
        if is_date && !guarded.contains(&field.fieldname.as_str()) && !asked.contains(&source) {
            labels.push(field.label.as_deref().unwrap_or(&field.fieldname));
            asked.push(source);
        }
    }
    if asked.is_empty() {
        return None;
    }
    let expected = format!("({} and {})", asked.join(" and "), subject.source(node));
    let mark = subject.say("condition/between-fields", &[]);
    let values = [("field", labels.join(&mark)), ("expected", expected.clone())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // Days Before and Days After run outside of a save.
    let key = if subject.state() == Some(State::Stored) { "condition/unset-field-stored" } else { code };
    let finding = subject.finding((Severity::Warning, code), key, node.span.clone(), &values);
    Some(subject.replaced(finding, node.span.clone(), expected))
}
