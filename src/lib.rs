//! Deskbell shows, inside the form of a Frappe-style ERP, what the server would do with a notification: which text it
//! posts to which chat, whether the condition holds and why, and what the chat answers.
//!
//! Every answer about the server is one of four: *exact*, *server* (only the server knows), *unsupported* (this engine
//! does not know the construct yet) or *error* (the server raises this). A guess is never shown as exact.
//!
//! The folders tell the flow: a text comes in, is understood ([`message`], [`condition`]) with Python's values
//! ([`python`]), meets the document ([`host`]), is drawn ([`look`]), and is delivered ([`services`], [`webhook_url`],
//! [`delivery`]). [`api`] is the contract that a page sees. Nothing here does I/O or reads a clock; the browser lives in
//! the `wasm` module alone.
#![forbid(unsafe_code)]

pub mod answer;
pub mod api;
pub mod condition;
pub mod delivery;
pub mod finding;
pub mod host;
pub mod language;
pub mod limits;
pub mod look;
pub mod message;
pub mod python;
pub mod services;
pub mod similar;
pub mod text;
pub mod webhook_url;
pub mod writing;

#[cfg(target_arch = "wasm32")]
mod wasm;
