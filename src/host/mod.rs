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
pub mod document_methods;
pub mod document_type;
pub mod entities;
pub mod flags;
pub mod frappe_dict;
pub mod functions;
mod host_class;
pub mod html;
pub mod json;
pub mod links;
pub mod look_up;
pub mod meta;
mod moment;
pub mod names;
pub mod namespace;
pub mod sanitise;
pub mod value_change;
pub mod zones;

pub use context::{Context, DeskPath, Flavour};
pub use doctype::{DocType, Field, Metas};
pub use document::{Document, Slot, State};
pub use links::address_on_site;
pub use meta::default_field;
