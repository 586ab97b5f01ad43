//! The contract that a page sees: plain structs in, plain structs out, named as `deskbell.d.ts` names them.
//!
//! Only this room serialises, and only here do byte spans become UTF-16. Everything is pure: the `wasm` module only
//! unpacks, calls a function of this room and packs.

use std::collections::BTreeMap;

use crate::language::Language;

mod chat;
mod condition;
mod desk;
mod finding;
mod input;
mod look_up;
mod message;
mod writing;

pub use chat::{
    BrowserAccess, Can, ChatOptions, DeliveryReport, Failure, LimitInfo, PlannedMessage, ProbePlan, RequestPlan,
    ServiceInfo, UrlReport, check_webhook_url, delivery_answer, delivery_failure, detect_service, has_login,
    interpret_probe, interpret_response, plan_probe, plan_test, probe_failure, services,
};
pub use condition::{ConditionPart, ConditionReport, ReplayError, ReplayOptions, ReplayReason, ReplayReport};
pub use desk::{Batch, Desk, OpenDocument, States, document_state};
pub use finding::{ErrorConsequence, FindingFix, FindingReport, GapAnswer, GapReport, HostError};
pub use input::{
    ConditionKind, ConditionOptions, DocTypeMeta, FieldMeta, HostContext, MessageOptions, UserContext, UserInfo,
};
pub use look_up::ServerAnswer;
pub use message::{ChatLook, FieldRead, LookComparison, LookDifference, LookWay, MessageReport, MessageSize, TextPart};
pub use writing::{Completion, FieldChoice, FieldChoices, Suggestion};

/// The words of the page's own elements in a language: key (without `ui/`) and sentence.
pub fn words(lang: Option<&str>) -> BTreeMap<&'static str, &'static str> {
    Language::from_code(lang.unwrap_or_default()).all("ui/").collect()
}

/// The version of the package.
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
