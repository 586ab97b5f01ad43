//! Answers of the server that a page brings back for the questions of gaps.

use std::rc::Rc;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};

use super::input::{DocTypeMeta, or_default};
use crate::host::Metas;
use crate::host::look_up::{Answer, Told};

/// `ServerAnswer` of the contract.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerAnswer {
    /// What was asked, as the gap had it.
    pub question: Map<String, Json>,
    /// Values by field, or the document; null when there is no such document.
    #[serde(default)]
    pub value: Option<Map<String, Json>>,
    /// Why the server does not tell.
    #[serde(default)]
    pub refused: Option<String>,
    /// The doctype and those of its child tables.
    #[serde(default, deserialize_with = "metas")]
    pub metas: Rc<Metas>,
    /// Wall clock.
    #[serde(default, deserialize_with = "or_default")]
    pub asked_at: String,
}

fn metas<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Rc<Metas>, D::Error> {
    let metas: Vec<DocTypeMeta> = or_default(deserializer)?;
    Ok(Rc::new(Metas::new(metas.into_iter().map(Into::into).collect())))
}

/// The answers of the core.
pub(super) fn answers(answers: &[ServerAnswer]) -> Rc<Vec<Answer>> {
    let answer = |answer: &ServerAnswer| {
        let told = match (&answer.refused, &answer.value) {
            (Some(why), _) => Told::Refused(match why.as_str() {
                "ambiguous" => "server/answer-ambiguous",
                "permission" => "server/answer-permission",
                "unreachable" => "server/answer-unreachable",
                _ => "server/answer-unclear",
            }),
            (None, None) => Told::Nothing,
            (None, Some(value)) => Told::Values(value.clone(), Rc::clone(&answer.metas)),
        };
        Answer { question: answer.question.clone(), told, asked_at: answer.asked_at.clone() }
    };
    Rc::new(answers.iter().map(answer).collect())
}
