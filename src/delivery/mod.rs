//! Sending a test: the request as data, and what the answer means. Nothing is sent here.

pub mod outcome;
pub mod plan;
mod quiet;

pub use outcome::{DeliveryReport, aborted, handed_over, interpret, network_failure, not_sent, timeout};
pub use plan::{HttpRequest, Mode, TestMessage, plan};
