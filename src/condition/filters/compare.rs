//! Whether one filter holds, as the host's `get_filter` and `compare` find out: which doctype the field belongs to, the
//! fieldtype that both sides are cast by, then the comparison.
//!
//! Source: frappe/utils/data.py of Frappe 15 and 16; host.md 4, demand.md 2.

use std::rc::Rc;

use super::formula::{Formula, Operator};
use super::rows::{Row, validation};
use crate::host::Context;
use crate::host::document_type::is_table;
use crate::host::functions::cast::cast_of;
use crate::host::functions::filters::OPERATORS;
use crate::host::meta::is_standard;
use crate::host::{Field, Metas};
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access};

/// What was compared.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The fieldtype that both sides were cast by.
    pub fieldtype: Option<String>,
    /// The field's value, cast.
    pub left: Value,
    /// The filter's value, cast.
    pub right: Value,
    /// Whether they fit.
    pub holds: Outcome<bool>,
}

/// The site and the document that filters are tried on.
pub struct Ground<'a> {
    /// The document, or the blank one.
    pub doc: &'a Value,
    /// Its doctypes.
    pub metas: &'a Metas,
    /// The site and the person.
    pub context: &'a Rc<Context>,
    /// What the evaluation may still spend.
    pub budget: Budget,
}

impl Ground<'_> {
    /// `doc.get(fieldname)`
    ///
    /// # Errors
    /// Why the value is not known.
    pub fn get(&self, fieldname: &str) -> Outcome<Value> {
        access::call_method(self.doc, "get", Arguments::positional(vec![Value::str(fieldname)]), &self.budget)
    }

    /// The field that the host finds under a filter's doctype: its own, or that of a row in one of its tables.
    ///
    /// # Errors
    /// `Server` when a doctype is needed that the page has not described.
    pub fn field(&self, doctype: &str, fieldname: &str) -> Outcome<Option<&Field>> {
        let unknown = || Stop::Server("server/doctype");
        let meta = self.metas.get(doctype).ok_or_else(unknown)?;
        if let Some(field) = meta.field(fieldname) {
            return Ok(Some(field));
        }
        for table in meta.fields.iter().filter(|field| is_table(&field.fieldtype)) {
            let row = table.options.as_deref().and_then(|name| self.metas.get(name)).ok_or_else(unknown)?;
            if let Some(field) = row.field(fieldname) {
                return Ok(Some(field));
            }
        }
        Ok(None)
    }

    /// Casts both sides and compares them.
    ///
    /// # Errors
    /// Why a side is not known, or what casting it raises.
    pub fn compare(
        &self,
        fieldname: &str,
        operator: &str,
        value: &Value,
        fieldtype: Option<&str>,
    ) -> Outcome<Compared> {
        let (mut left, mut right) = (self.get(fieldname)?, value.clone());
        if let Some(fieldtype) = fieldtype {
            left = cast_of(self.context, fieldtype, &left, &self.budget)?;
            right = cast_of(self.context, fieldtype, &right, &self.budget)?;
        }
        let holds = match Operator::from_text(operator) {
            Operator::Never => Ok(false),
            known => Formula::new(known)?.holds(&left, &right, &self.budget),
        };
        Ok(Compared { fieldtype: fieldtype.map(str::to_owned), left, right, holds })
    }

    /// One filter.
    ///
    /// # Errors
    /// What the host raises before it compares, or why that is not known.
    pub fn filter(&self, row: &Row) -> Outcome<Compared> {
        self.budget.step()?;
        let fieldname = fieldname(row)?;
        let operator = self.operator(row)?;
        let doctype = match row.doctype.as_ref().map(|doctype| (doctype.text(), doctype.value())) {
            Some((Some(name), _)) => Some(name.to_owned()).filter(|name| !name.is_empty()),
            None | Some((None, Value::None)) => None,
            Some(_) => return Err(Stop::unsupported("a doctype that is no text")),
        };
        let fieldtype = match &doctype {
            None => None,
            // Neither does the host know a fieldtype for them.
            Some(_) if is_standard(fieldname) => None,
            Some(doctype) => self.field(doctype, fieldname)?.map(|field| field.fieldtype.clone()),
        };
        self.compare(fieldname, &operator, &row.value.value(), fieldtype.as_deref())
    }

    /// The operator of a filter; an empty one is `=`.
    fn operator(&self, row: &Row) -> Outcome<String> {
        let written = match row.operator.as_ref().map(|operator| operator.value()) {
            None | Some(Value::None) => return Ok(String::from("=")),
            Some(Value::Str(text)) if text.is_empty() => return Ok(String::from("=")),
            Some(Value::Str(text)) => text.to_string(),
            Some(_) => return Err(Stop::unsupported("an operator that is no text")),
        };
        self.allow(&written)?;
        Ok(written)
    }

    /// Whether the host lets an operator pass, in any case of its letters.
    ///
    /// # Errors
    /// What it raises when it does not.
    pub fn allow(&self, operator: &str) -> Outcome<()> {
        if OPERATORS.contains(&operator.to_lowercase().as_str()) {
            return Ok(());
        }
        Err(validation("Operator must be one of {0}", Some(&OPERATORS.join(", ")), self.context))
    }
}

/// The name of the field.
///
/// # Errors
/// `Unsupported` for a name that the host's check of column names (it parses SQL) may refuse or change.
pub fn fieldname(row: &Row) -> Outcome<&str> {
    let plain = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    row.field.text().filter(plain).ok_or_else(|| Stop::unsupported("a fieldname that is no plain name"))
}
