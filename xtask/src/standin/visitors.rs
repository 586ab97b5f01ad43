//! Who has asked a stand-in, and what was answered: tests see which clients have been there.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::http::{Reply, Request};

/// The requests of one chat, oldest first.
#[derive(Default)]
pub struct Visitors(Mutex<Vec<Value>>);

impl Visitors {
    /// Writes a request and its answer down; secrets stay out, since neither path nor query is kept.
    pub fn note(&self, request: &Request, reply: &Reply) {
        let status = match reply {
            Reply::Whole(response) => Some(response.status),
            Reply::Events(_) | Reply::Silence | Reply::HangUp => None,
        };
        let agent = request.header("user-agent").unwrap_or_default();
        let visit = json!({ "agent": agent, "method": request.method, "status": status });
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(visit);
    }

    /// All of them.
    pub fn list(&self) -> Value {
        Value::Array(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::post;
    use super::*;
    use crate::http::Response;

    #[test]
    fn a_visit_keeps_no_secret() {
        let visitors = Visitors::default();
        let mut request = post("/hooks/FAKE?token=FAKE", "", "x");
        request.headers.push(("user-agent".to_owned(), "client/1".to_owned()));
        visitors.note(&request, &Reply::HangUp);
        visitors.note(&request, &Response::text(204, "").into());
        let visit = |status: Value| json!({ "agent": "client/1", "method": "POST", "status": status });
        assert_eq!(visitors.list(), json!([visit(Value::Null), visit(json!(204))]));
    }
}
