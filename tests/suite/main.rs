//! The native suite: the case files of `tests/cases` through the contract, and what only Rust can see.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod cases;
mod condition_fixes;
mod contract;
mod filters_as_python;
mod growth;
mod limits;
mod message_fixes;
mod mutations;
mod replay;
mod webhook_urls;
