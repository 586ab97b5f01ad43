//! `self` and its blocks: `{{ self.title() }}` writes `{% block title %}` once more.
//!
//! Source: `TemplateReference` and `BlockReference` of `jinja2/runtime.py` 3.1.6.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::ast::{Block, Body, Statement};
use super::undefined::Undefined;
use super::walk::{self, Met};
use crate::python::{Budget, Object, Outcome, Stop, Value, show};

/// `self`: the template, whose blocks are its items.
#[derive(Debug)]
pub struct TemplateReference {
    /// The blocks, wherever they stand.
    pub blocks: Rc<[Rc<Block>]>,
}

/// The blocks of a template.
pub fn blocks(body: &Body) -> Rc<[Rc<Block>]> {
    let mut blocks = Vec::new();
    walk::body(body, &mut |met| {
        if let Met::Statement(Statement::Block(block)) = met {
            blocks.push(Rc::clone(block));
        }
    });
    blocks.into()
}

impl Object for TemplateReference {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("TemplateReference")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("jinja2.runtime.TemplateReference"))
    }

    fn repr(&self, _budget: &Budget) -> Outcome<String> {
        // A template that was read from a text has no name.
        Ok(String::from("<TemplateReference None>"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        Ok((name == "_TemplateReference__context").then_some(Value::None))
    }

    fn item(&self, key: &Value, budget: &Budget) -> Outcome<Value> {
        match self.blocks.iter().find(|block| key.as_str() == Some(&*block.name)) {
            Some(block) => Ok(Value::object(BlockReference { block: Rc::clone(block) })),
            None => {
                budget.hash(key)?;
                crate::python::dict::Key::of(key)?;
                Err(Stop::raise("KeyError", show::repr(key, budget)?))
            }
        }
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        // Python walks it by index, and there is no block called 0.
        self.item(&Value::from(0_i64), budget).map(|_| Vec::new())
    }

    fn contains(&self, _item: &Value, budget: &Budget) -> Option<Outcome<bool>> {
        Some(self.item(&Value::from(0_i64), budget).map(|_| false))
    }

    fn identical(&self, _other: &Value) -> Option<bool> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `self.title`, which the renderer calls.
#[derive(Debug)]
pub struct BlockReference {
    /// The block.
    pub block: Rc<Block>,
}

impl BlockReference {
    /// What stands for the block of a template above this one: there is none.
    ///
    /// # Errors
    /// None in practice: a name is short.
    pub fn no_parent(block: &Block, budget: &Budget) -> Outcome<Value> {
        let shown = show::repr(&Value::Str(Rc::clone(&block.name)), budget)?;
        Ok(Undefined::hint(format!("there is no parent block called {shown}.")))
    }
}

impl Object for BlockReference {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("BlockReference")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("jinja2.runtime.BlockReference"))
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        match name {
            "name" => Ok(Some(Value::Str(Rc::clone(&self.block.name)))),
            "super" => Self::no_parent(&self.block, &Budget::default()).map(Some),
            name if name.starts_with('_') => Err(Stop::unsupported(format!("BlockReference.{name}"))),
            _ => Ok(None),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
