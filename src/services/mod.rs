//! The chat services: what each takes, limits, answers and draws. One file per service, all with the same headings.
//!
//! A new service is one file with a [`ChatService`] and one line in the registry.

pub mod answer;
mod discord;
mod facts;
mod google_chat;
mod hookshot;
mod json;
mod mattermost;
mod ntfy;
mod raven;
mod rocket_chat;
mod slack;
mod teams;
mod words;

use serde_json::{Map, Value as Json};

use crate::host::{Context, Flavour};
use crate::language::Language;
use crate::look::tree::Block;
use crate::webhook_url::judge::Judge;
use crate::webhook_url::parts::Parts;

pub use answer::{Answer, Outcome};
pub use facts::{Allowed, Entities, Everybody, Facts, Limit, Marks, Markup, Unit};
pub use json::python_json;
pub use words::{HostWords, Sender};

/// The registry: from a line for each service, [`ServiceName`] and [`SUPPORTED`].
macro_rules! registry {
    ($($name:ident, $label:literal, $service:expr;)*) => {
        /// A chat service, as the host's Select field spells it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ServiceName {
            $(#[doc = $label] $name,)*
        }

        /// How many there are.
        const COUNT: usize = [$($label),*].len();

        impl ServiceName {
            /// Every service that the host knows, in alphabetical order.
            pub const ALL: [Self; COUNT] = [$(Self::$name),*];

            /// The name that the host stores.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                }
            }
        }

        /// The services that are here, in alphabetical order.
        pub const SUPPORTED: [&dyn ChatService; COUNT] = [$(&$service),*];
    };
}

registry! {
    Discord, "Discord", discord::Discord;
    GoogleChat, "Google Chat", google_chat::GoogleChat;
    Hookshot, "Matrix (Hookshot)", hookshot::Hookshot;
    Mattermost, "Mattermost", mattermost::Mattermost;
    Ntfy, "Ntfy", ntfy::Ntfy;
    Raven, "Raven", raven::Raven;
    RocketChat, "Rocket.Chat", rocket_chat::RocketChat;
    Slack, "Slack", slack::Slack;
    Teams, "Teams", teams::Teams;
}

impl ServiceName {
    /// The service that the host stores under this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.as_str() == name)
    }
}

/// How the request of a test is written so that a browser sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `payload=<JSON>`, `application/x-www-form-urlencoded`: no preflight.
    Payload,
    /// `text=<the text>`, `application/x-www-form-urlencoded`: no preflight.
    Fields,
    /// The text itself as `text/plain`, the link in the query: no preflight.
    Text,
    /// JSON as `application/json`: the browser asks first (preflight). The bool says whether the same JSON may be tried
    /// as `text/plain`, without a preflight, after a preflight that failed.
    Json(bool),
}

/// How to ask a service whether it knows a webhook, without posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// It offers no way to; the key of the sentence that says why.
    None(&'static str),
    /// GET of this address.
    Get(String),
    /// POST of this form to the webhook itself, which is refused for what it lacks.
    Form(&'static str),
}

/// How the chat shows the link to the document beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkLook {
    /// A button below the text.
    Button(String),
    /// A title of an attachment below the text.
    AttachmentTitle(String),
    /// It is in the text already.
    InText,
}

/// One chat service. Everything is data in, data out.
pub trait ChatService: Sync + std::fmt::Debug {
    /// What never changes.
    fn facts(&self) -> &'static Facts;

    /// Whether a URL is one of this service, be it a webhook or another of its pages: by its domains, unless people host it
    /// themselves.
    fn recognises(&self, url: &Parts<'_>) -> bool {
        self.facts().domains.iter().any(|domain| url.host_under(domain))
    }

    /// The part of a webhook URL that is secret.
    fn secret<'a>(&self, url: &Parts<'a>) -> Option<&'a str>;

    /// Says what is wrong with a URL for this service.
    fn judge(&self, url: &Parts<'_>, judge: &mut Judge<'_>);

    /// The text as it is posted: with the link in it, when that is where the service has it.
    fn posted_text(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> String {
        let _ = (document_url, words);
        text.to_owned()
    }

    /// What the limit is about: the posted text, the whole one where the host itself cuts it to the limit, or the body.
    fn measured_text(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> String {
        self.posted_text(text, document_url, words)
    }

    /// What a character of the text adds to the length that the limit is about; 0 where a webhook is not held to it.
    fn counted(&self, c: char) -> usize {
        match self.facts().limit.unit {
            Unit::Characters => 1,
            Unit::Bytes => c.len_utf8(),
        }
    }

    /// The body that the host posts, as JSON whose keys are in the host's order; `None` when it is no JSON, or not known.
    fn payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<Json>;

    /// The same as it goes over the wire.
    fn body(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Option<String> {
        self.payload(text, document_url, words).map(|payload| python_json(&payload))
    }

    /// The body of a test, where the host's is not known.
    fn test_payload(&self, text: &str, document_url: Option<&str>, words: &HostWords) -> Json {
        self.payload(text, document_url, words).unwrap_or_else(|| serde_json::json!({"text": text}))
    }

    /// What a test's body needs besides the line that says so.
    fn prepare_test(&self, body: &mut Map<String, Json>) {
        let _ = body;
    }

    /// What the service will say to the payload besides its text; the key of a sentence.
    fn remark(&self, payload: &Json) -> Option<&'static str> {
        let _ = payload;
        None
    }

    /// Where the body has its text, as a JSON pointer.
    fn text_place(&self) -> &'static str {
        "/text"
    }

    /// How a browser can send a test.
    fn form(&self) -> Form;

    /// What an HTTP answer means: the body first, the status second.
    fn answer(&self, status: u16, body: &str) -> Answer;

    /// How to ask whether the webhook is there, without posting.
    fn probe(&self, url: &Parts<'_>) -> Probe {
        let _ = url;
        Probe::None("delivery/probe-none")
    }

    /// Whether an answer to [`Self::probe`] says that the webhook is there; what else it means, [`Self::answer`] knows.
    fn is_there(&self, status: u16, body: &str) -> bool {
        let _ = (status, body);
        false
    }

    /// Whether a browser may fail on an answer to an opaque request, although the service took the message.
    fn breaks_opaque_answers(&self) -> bool {
        false
    }

    /// The text as this chat reads it; `None` when its markup cannot be drawn faithfully.
    fn parse(&self, posted_text: &str) -> Option<Vec<Block>>;

    /// What nobody has confirmed about how the chat draws this text; the key of a sentence.
    fn unsure(&self, posted_text: &str) -> Option<&'static str> {
        let _ = posted_text;
        None
    }

    /// How the link to the document is shown.
    fn link_look(&self, words: &HostWords) -> LinkLook {
        let _ = words;
        LinkLook::InText
    }
}

/// What [`all`] tells about a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceInfo {
    /// Which service.
    pub name: ServiceName,
    /// A made-up URL of the right shape.
    pub example: &'static str,
    /// Where to get a URL, step by step.
    pub setup_steps: Vec<String>,
    /// What one has to be allowed to do there.
    pub setup_needs: String,
    /// The longest message.
    pub limit: Limit,
    /// Whether a page on another origin can post.
    pub can_post: Allowed,
    /// Whether a page on another origin can read the answer.
    pub can_read: Allowed,
    /// Whether a webhook can be checked without posting.
    pub can_probe: bool,
}

/// All services, told in a language.
pub fn all(language: Language) -> Vec<ServiceInfo> {
    SUPPORTED.iter().map(|service| info(*service, language)).collect()
}

fn info(service: &dyn ChatService, language: Language) -> ServiceInfo {
    let facts = service.facts();
    let example = Parts::split(facts.example);
    ServiceInfo {
        can_probe: example.is_some_and(|url| !matches!(service.probe(&url), Probe::None(_))),
        name: facts.name,
        example: facts.example,
        setup_needs: facts.setup_needs().map_or_else(String::new, |key| language.say(&key, &[])),
        setup_steps: facts.setup.iter().map(|key| language.say(key, &[])).collect(),
        limit: facts.limit,
        can_post: facts.can_post,
        can_read: facts.readable,
    }
}

/// The service of a name; `None` when there is none.
pub fn by_name(name: ServiceName) -> Option<&'static dyn ChatService> {
    SUPPORTED.into_iter().find(|service| service.facts().name == name)
}

/// The exact body that the host posts for a text and a link to a document; `None` when that is not known, or when the host
/// does not know the service.
///
/// The host writes it with Python's `json.dumps`; labels are the host's own, in the host's translations.
pub fn payload(name: ServiceName, text: &str, document_url: Option<&str>, context: &Context) -> Option<String> {
    let service = by_name(name)?;
    let known = service.facts().body_of_any_host || context.flavour == Flavour::Frappe;
    if known { service.body(text, document_url, &HostWords::of(context)) } else { None }
}

/// The length of the posted text, in the service's unit, and the limit.
pub fn size(name: ServiceName, text: &str, document_url: Option<&str>, context: &Context) -> Option<(usize, Limit)> {
    let service = by_name(name)?;
    let limit = service.facts().limit;
    Some((limit.unit.measure(&service.measured_text(text, document_url, &HostWords::of(context))), limit))
}

/// The text with the link in its last line, as the host writes it for Google Chat and Mattermost (host.md 1).
fn text_with_link(text: &str, document_url: Option<&str>, words: &HostWords) -> String {
    match document_url {
        None => text.to_owned(),
        Some(link) => format!("{text}\n<{link}|{}>", words.document_link),
    }
}
