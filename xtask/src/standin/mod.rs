//! Stand-in chats: servers of this machine that take, refuse and answer webhooks by the rules of the real services.
//!
//! One service per file, one origin (port) per stand-in, since a browser's rules between origins are half of the story.
//! The rules come from each service's documentation or source; a file says so where a fact is not certain. Every
//! stand-in also has hooks whose names ask for trouble (`busy`, `broken`, `mute`, `hangs-up`, ...), and pages of its own
//! that the real service does not have: `/channel` for people; for tests `/messages.json`, `/requests.json`, and
//! `/clock.json?later=SECONDS`, which puts the clock of its rate limits forward.

mod channel;
mod discord;
mod google_chat;
mod hookshot;
mod limiter;
mod mattermost;
mod multipart;
mod ntfy;
mod raven;
mod rocket_chat;
mod slack;
mod teams;
mod visitors;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::http::{self, Reply, Request, Response};
use crate::workspace::Outcome;
use channel::Channel;
use visitors::Visitors;

/// What tells one chat from another.
pub trait Chat: Send + Sync {
    /// Its key in `/demo.json`; the service's name, with an edition where there are several.
    fn key(&self) -> &'static str;
    /// The service's name as the host spells it.
    fn service(&self) -> &'static str;
    /// The origin of the real service; `None` when people host it themselves, so that this machine is as good as any.
    fn real_origin(&self) -> Option<&'static str>;
    /// The name under which this machine is asked: a browser takes `localhost` for another site than `127.0.0.1`.
    fn host(&self) -> &'static str {
        "127.0.0.1"
    }
    /// Whether it is a part of the ERP itself, at the desk's own origin.
    fn is_on_the_desk(&self) -> bool {
        false
    }
    /// Path and query of its hooks by name; the one called `works` does.
    fn hooks(&self) -> Vec<(&'static str, String)>;
    /// What the real service would do with a request at this instant.
    fn answer(&self, request: &Request, now: Instant, channel: &Channel) -> Reply;
}

/// All stand-ins, in the order of the services' names.
fn chats() -> Vec<Arc<dyn Chat>> {
    vec![
        Arc::new(discord::Discord::default()),
        Arc::new(google_chat::GoogleChat::default()),
        Arc::new(hookshot::Hookshot),
        Arc::new(mattermost::Mattermost),
        Arc::new(ntfy::Ntfy::default()),
        Arc::new(raven::Raven(raven::Edition::SameSite)),
        Arc::new(raven::Raven(raven::Edition::Elsewhere)),
        Arc::new(rocket_chat::RocketChat::new(rocket_chat::Edition::Current)),
        Arc::new(rocket_chat::RocketChat::new(rocket_chat::Edition::Before76)),
        Arc::new(slack::Slack::default()),
        Arc::new(teams::Teams::new(teams::Edition::Workflow)),
        Arc::new(teams::Teams::new(teams::Edition::WorkflowWithoutCors)),
        Arc::new(teams::Teams::new(teams::Edition::Connector)),
    ]
}

/// Answers the requests of a desk that are not for the desk itself; `None` for the others.
pub type Aside = Box<dyn Fn(&Request) -> Option<Reply> + Send + Sync>;

/// What is running.
pub struct Stage {
    /// `/demo.json`: `{"chats": {key: {service, origin, realOrigin, hookUrl, path, channel, hooks}}}`, where `hooks` are
    /// URLs by name as a person would paste them, and `closed` is an address where nobody listens.
    pub known: Value,
    /// The chat that is a part of the ERP.
    pub on_the_desk: Aside,
}

/// Starts every chat on a port of its own, or readies it for the desk at this address, and says where they are.
pub fn start_all(desk: &str) -> Outcome<Stage> {
    let mut known = Map::new();
    let mut on_the_desk: Aside = Box::new(|_| None);
    for chat in chats() {
        let stand = Stand::new(Arc::clone(&chat));
        let origin = if chat.is_on_the_desk() {
            on_the_desk = Box::new(move |request| is_own(&request.path).then(|| stand.answer(request)));
            desk.to_owned()
        } else {
            let (listener, origin) = http::listen(0)?;
            http::serve(listener, Arc::new(move |request| stand.answer(request)));
            origin.replace("127.0.0.1", chat.host())
        };
        known.insert(chat.key().to_owned(), described(chat.as_ref(), &origin));
    }
    let (listener, closed) = http::listen(0)?;
    drop(listener);
    Ok(Stage { known: json!({ "chats": known, "closed": closed }), on_the_desk })
}

/// A chat as `/demo.json` tells about it.
fn described(chat: &dyn Chat, origin: &str) -> Value {
    let typed_origin = chat.real_origin().unwrap_or(origin);
    let hooks = chat.hooks();
    let path = hooks.iter().find(|(name, _)| *name == "works").map(|(_, path)| path.clone()).unwrap_or_default();
    let urls: Map<_, _> =
        hooks.into_iter().map(|(name, path)| (name.to_owned(), json!(format!("{typed_origin}{path}")))).collect();
    json!({
        "service": chat.service(),
        "origin": origin,
        "realOrigin": chat.real_origin(),
        "hookUrl": format!("{typed_origin}{path}"),
        "path": path,
        "channel": format!("{origin}/channel"),
        "hooks": urls,
    })
}

/// Whether a path of the desk belongs to the chat that lives there.
fn is_own(path: &str) -> bool {
    let pages = ["/channel", "/channel/events", "/clock.json", "/favicon.ico", "/messages.json", "/requests.json"];
    path.starts_with("/api/") || pages.contains(&path)
}

/// A chat with all that it keeps.
struct Stand {
    chat: Arc<dyn Chat>,
    channel: Arc<Channel>,
    visitors: Visitors,
    /// How far its clock is ahead, so that no test waits for a rate limit.
    ahead: Mutex<Duration>,
}

impl Stand {
    fn new(chat: Arc<dyn Chat>) -> Self {
        let channel = Channel::new(chat.key());
        Self { chat, channel, visitors: Visitors::default(), ahead: Mutex::default() }
    }

    /// The stand-in's own pages, else the service's answer.
    fn answer(&self, request: &Request) -> Reply {
        let uncached = |body| Response::json(200, body).with("Cache-Control", "no-store").into();
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/channel") => self.channel.page().into(),
            ("GET", "/channel/events") => self.channel.events(),
            ("GET", "/favicon.ico") => Response::new(204, "image/x-icon", "").into(),
            ("GET", "/messages.json") => uncached(&self.channel.posts()),
            ("GET", "/requests.json") => uncached(&self.visitors.list()),
            ("POST", "/clock.json") => {
                let seconds = request.parameter("later").and_then(|text| text.parse().ok()).unwrap_or(0);
                uncached(&json!({ "ahead": self.set_later(Duration::from_secs(seconds)).as_secs() }))
            }
            _ => {
                let reply = self.chat.answer(request, Instant::now() + self.set_later(Duration::ZERO), &self.channel);
                self.visitors.note(request, &reply);
                reply
            }
        }
    }

    /// Puts the clock forward; answers how far it is ahead now.
    fn set_later(&self, by: Duration) -> Duration {
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        *ahead += by;
        *ahead
    }
}

/// Faults that no service documents but every network has.
fn network_fault(hook: &str) -> Option<Reply> {
    match hook {
        "mute" => Some(Reply::Silence),
        "hangs-up" => Some(Reply::HangUp),
        _ => None,
    }
}

/// Whole seconds, rounded up, as `Retry-After` counts.
fn seconds(wait: Duration) -> u64 {
    wait.as_millis().div_ceil(1000) as u64
}

/// The value of the one form parameter that webhooks use.
fn form_payload(body: &[u8]) -> Option<String> {
    form_urlencoded::parse(body).find(|(key, _)| key == "payload").map(|(_, value)| value.into_owned())
}

/// A text member; absent, null and other types are all "no text".
fn text_of(body: &Value, key: &str) -> String {
    body.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The members of a list; none when it is absent.
fn list<'a>(body: &'a Value, key: &str) -> &'a [Value] {
    body.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standin::channel::Channel;

    /// A request with a body.
    pub fn post(target: &str, content_type: &str, body: &str) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = vec![("origin".to_owned(), "http://127.0.0.1:1".to_owned())];
        if !content_type.is_empty() {
            headers.push(("content-type".to_owned(), content_type.to_owned()));
        }
        Request { method: "POST".into(), path: path.into(), query: query.into(), headers, body: body.into() }
    }

    /// The same target asked with another method.
    pub fn asked(method: &str, target: &str) -> Request {
        Request { method: method.into(), body: Vec::new(), ..post(target, "", "") }
    }

    /// The whole answer to a request, and what it left in the channel.
    pub fn told(chat: &dyn Chat, request: &Request) -> (Response, Value) {
        let channel = Channel::new("test");
        match chat.answer(request, Instant::now(), &channel) {
            Reply::Whole(response) => (response, channel.posts()),
            _ => panic!("no whole answer to {} {}", request.method, request.path),
        }
    }

    /// Path and query of a hook by name.
    pub fn hook(chat: &dyn Chat, name: &str) -> String {
        chat.hooks().into_iter().find(|(known, _)| *known == name).map(|(_, path)| path).expect("a hook of this name")
    }

    /// A header of an answer.
    pub fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
        response.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// `payload=` with its value encoded.
    pub fn form(payload: &str) -> String {
        form_urlencoded::Serializer::new(String::new()).append_pair("payload", payload).finish()
    }

    /// The body of an answer.
    pub fn body(response: &Response) -> String {
        String::from_utf8_lossy(&response.body).into_owned()
    }

    #[test]
    fn every_chat_has_a_working_hook_and_the_faults_of_a_network() {
        for chat in chats() {
            let names: Vec<_> = chat.hooks().iter().map(|(name, _)| *name).collect();
            for name in ["works", "busy", "broken", "mute", "hangs-up"] {
                assert!(names.contains(&name), "{} has no hook {name}", chat.key());
            }
            let channel = Channel::new(chat.key());
            let at = |name| chat.answer(&post(&hook(chat.as_ref(), name), "", ""), Instant::now(), &channel);
            assert!(matches!(at("mute"), Reply::Silence), "{}", chat.key());
            assert!(matches!(at("hangs-up"), Reply::HangUp), "{}", chat.key());
            assert_eq!(channel.posts(), json!([]), "{}", chat.key());
        }
    }

    #[test]
    fn a_clock_put_forward_ends_a_rate_limit() {
        let stand = Stand::new(Arc::new(google_chat::GoogleChat::default()));
        let status = |request: &Request| match stand.answer(request) {
            Reply::Whole(response) => response.status,
            _ => panic!("no whole answer"),
        };
        let hello = post(&hook(stand.chat.as_ref(), "works"), "application/json", r#"{"text":"x"}"#);
        assert_eq!([status(&hello), status(&hello)], [200, 429]);
        assert_eq!(status(&post("/clock.json?later=1", "", "")), 200);
        assert_eq!(status(&hello), 200);
    }

    #[test]
    fn waiting_is_counted_in_whole_seconds() {
        assert_eq!(seconds(Duration::from_millis(1)), 1);
        assert_eq!(seconds(Duration::from_millis(2000)), 2);
    }
}
