//! The native suite: the case files of `tests/cases` through the contract, and what only Rust can see.

mod cases;
mod contract;
mod limits;
