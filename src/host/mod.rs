//! The ERP as the plugin knows it: what the page tells about the site, the doctypes and the open document, and the
//! functions that the host offers to conditions and messages.

mod as_dict;
pub mod blank;
pub mod comments;
pub mod context;
pub mod docstatus;
pub mod doctype;
pub mod document;
pub mod document_attributes;
mod document_methods;
pub mod document_type;
mod flags;
pub mod functions;
pub mod json;
pub mod links;
mod meta;
mod moment;
pub mod names;
mod namespace;

pub use context::{Context, Flavour};
pub use doctype::{DocType, Field, Metas};
pub use document::{Document, Slot, State};
