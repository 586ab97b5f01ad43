//! Questions that a page may put to the server, and the answers that it brings back.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::input::DocTypeMeta;
use crate::answer::{Key, Kind, Question, Scalar};
use crate::host::Metas;
use crate::host::look_up::{Answer, Told};

/// `Question` of the contract.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ServerQuestion {
    /// `document`, `exists`, `single` or `value`
    pub kind: String,
    /// Of which doctype.
    pub doctype: String,
    /// The document of this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Or the one with these values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filters: Option<BTreeMap<String, Json>>,
    /// Which fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// `Answer` of the contract.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerAnswer {
    /// What was asked.
    pub question: ServerQuestion,
    /// Values by field, or the document; null when there is no such document.
    #[serde(default)]
    pub value: Option<Map<String, Json>>,
    /// Why the server does not tell.
    #[serde(default)]
    pub refused: Option<String>,
    /// The doctype and those of its child tables.
    #[serde(default)]
    pub metas: Vec<DocTypeMeta>,
    /// Wall clock.
    #[serde(default)]
    pub asked_at: String,
}

impl From<Question> for ServerQuestion {
    fn from(question: Question) -> Self {
        let kind = match question.kind {
            Kind::Document => "document",
            Kind::Exists => "exists",
            Kind::Single => "single",
            Kind::Value => "value",
        };
        let (name, filters) = match question.key {
            Some(Key::Name(name)) => (Some(name), None),
            Some(Key::Filters(filters)) => {
                let json = |value| match value {
                    Scalar::Text(text) => Json::from(text),
                    Scalar::Number(number) => Json::from(number),
                };
                (None, Some(filters.into_iter().map(|(field, value)| (field, json(value))).collect()))
            }
            None => (None, None),
        };
        Self { kind: kind.to_owned(), doctype: question.doctype, name, filters, fields: question.fields }
    }
}

impl ServerQuestion {
    /// The question of the core; `None` for one that it never asks.
    fn into_core(self) -> Option<Question> {
        let kind = match self.kind.as_str() {
            "document" => Kind::Document,
            "exists" => Kind::Exists,
            "single" => Kind::Single,
            "value" => Kind::Value,
            _ => return None,
        };
        let scalar = |value: Json| match value {
            Json::String(text) => Some(Scalar::Text(text)),
            value => value.as_f64().map(Scalar::Number),
        };
        let key = match (self.name, self.filters) {
            (Some(name), _) => Some(Key::Name(name)),
            (None, Some(filters)) => {
                let pairs = filters.into_iter().map(|(field, value)| Some((field, scalar(value)?)));
                Some(Key::Filters(pairs.collect::<Option<_>>()?))
            }
            (None, None) => None,
        };
        Some(Question { kind, doctype: self.doctype, key, fields: self.fields })
    }
}

/// The answers of the core; what answers no question of ours is left out.
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
            (None, Some(value)) => {
                let metas = answer.metas.iter().cloned().map(Into::into).collect();
                Told::Values(value.clone(), Rc::new(Metas::new(metas)))
            }
        };
        Some(Answer { question: answer.question.clone().into_core()?, told, asked_at: answer.asked_at.clone() })
    };
    Rc::new(answers.iter().filter_map(answer).collect())
}
