//! Sending a test: the request as data, and what the answer means. Nothing is sent here.

pub mod outcome;
pub mod plan;
pub mod probe;
mod quiet;
mod retry_after;

pub use outcome::{
    DeliveryReport, aborted, cut_off, handed_over, interpret, login_in_url, network_failure, not_sent, redirected,
    timeout,
};
pub use plan::{HttpRequest, Mode, TestMessage, plan};
pub use probe::{Presence, ProbePlan, ProbeReport};
