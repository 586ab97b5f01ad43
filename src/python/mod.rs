//! Python's values and operations, as conditions and Jinja expressions meet them on the host (CPython 3.11).
//!
//! A condition is Python, and Jinja2 compiles a template to Python: `7 // -2`, `None < 1`, `1/3`, `"%.2f" % x` and every
//! error text mean the same in both. So both rooms share these values and operations, and only the syntax around them
//! differs. Nothing here knows documents, templates or the ERP; what the host adds enters through [`Object`].
//!
//! Sources: the CPython 3.11 language and library reference; error texts were observed on CPython 3.11.

pub mod access;
pub mod budget;
pub mod builtins;
pub mod character_names;
pub mod compare;
pub mod complex;
pub mod containers;
pub mod datetime;
pub mod dict;
pub mod exceptions;
pub mod float;
pub mod format;
pub mod function;
pub mod int;
mod item;
pub mod items;
pub mod json;
pub mod letters;
pub mod methods;
pub mod object;
mod operator;
pub mod operators;
mod power;
pub mod printable;
pub mod show;
pub mod signature;
pub mod stop;
pub mod value;

pub use budget::Budget;
pub use containers::{List, Slice, Tuple, dismantle};
pub use dict::Dict;
pub use function::{Arguments, Function};
pub use item::ITEM_BYTES;
pub use items::Items;
pub use object::Object;
pub use stop::{Exception, Outcome, Stop};
pub use value::{Int, Value};

#[cfg(test)]
mod tests;
