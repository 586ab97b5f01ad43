//! What the host adds of its own to a message: labels, and where a chat shows a sender, its name and picture.

use crate::host::{Context, DeskPath, Flavour, address_on_site};
use crate::language::Language;

/// The host's words, in the host's translations when they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostWords {
    /// "See the document at {0}", with the address still to be filled in.
    pub see_document: String,
    /// "Go to the document"
    pub go_to_document: String,
    /// "Document link"
    pub document_link: String,
    /// Who posts to Discord and Raven; `None` while nobody knows.
    pub sender: Option<Sender>,
    /// Whether the host marks a text that it cuts with three dots (Frappe) or not (Dodock).
    pub cuts_with_dots: bool,
    /// Whether the host is a Frappe that knows Slack alone (its doctype is Slack Webhook URL).
    pub knows_slack_alone: bool,
}

/// Who posts, where the host says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The app name of the Website Settings.
    pub name: String,
    /// The address of the website's logo, or of the host's own.
    pub picture: String,
}

/// The app name of a Dodock that nobody renamed (host.md 1, measured).
const DODOCK: &str = "Dodock";
/// The logos of the hosts, for a website that has none (host.md 1, measured; frappe/frappe, `notification_webhook_url.py`).
const DODOCK_LOGO: &str = "/assets/frappe/images/dokos-logo-round.png";
const FRAPPE_LOGO: &str = "/assets/frappe/images/frappe-logo.png";

impl HostWords {
    /// In the host's own translations: what it really posts.
    pub fn of(context: &Context) -> Self {
        let word = |text: &str| context.translate(text).to_owned();
        Self {
            see_document: word("See the document at {0}"),
            go_to_document: word("Go to the document"),
            document_link: word("Document link"),
            sender: sender(context),
            cuts_with_dots: context.flavour == Flavour::Frappe,
            knows_slack_alone: context.flavour == Flavour::Frappe && context.desk_path == Some(DeskPath::App),
        }
    }

    /// As far as a language tells, when no host is known: good enough for a test, not for a preview.
    pub fn in_language(language: Language) -> Self {
        Self {
            see_document: language.say("delivery/see-document", &[]),
            go_to_document: language.say("delivery/go-to-document", &[]),
            document_link: language.say("delivery/document-link", &[]),
            sender: None,
            cuts_with_dots: false,
            knows_slack_alone: false,
        }
    }

    /// "See the document at …" with its address.
    pub fn see_document_at(&self, url: &str) -> String {
        self.see_document.replace("{0}", url)
    }
}

/// An app name that the page did not tell is the default of Dodock; Frappe's own is not known, nor is an empty one: the
/// host then posts null or an empty text.
fn sender(context: &Context) -> Option<Sender> {
    let (name, logo) = match (context.app_name.as_deref(), context.flavour) {
        (Some(""), _) | (None, Flavour::Frappe) => return None,
        (Some(name), Flavour::Frappe) => (name, FRAPPE_LOGO),
        (name, Flavour::Dodock) => (name.unwrap_or(DODOCK), DODOCK_LOGO),
    };
    let logo = context.app_logo.as_deref().filter(|logo| !logo.is_empty()).unwrap_or(logo);
    Some(Sender { name: name.to_owned(), picture: address_on_site(context, logo)? })
}
