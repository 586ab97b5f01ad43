//! What the host adds of its own to a message: labels, and where a chat shows a sender, its name and picture.

use crate::host::{Context, Flavour};
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
    /// The website's app name.
    pub app_name: String,
    /// The website's logo, absolute.
    pub app_logo: String,
    /// Whether the host marks a text that it cuts with three dots (Frappe) or not (Dodock).
    pub cuts_with_dots: bool,
}

/// The logo that the host shows when the website has none (host.md 1, measured).
const DEFAULT_LOGO: &str = "/assets/frappe/images/dokos-logo-round.png";

impl HostWords {
    /// In the host's own translations: what it really posts.
    pub fn of(context: &Context) -> Self {
        let word = |text: &str| context.translate(text).to_owned();
        let logo = context.app_logo.as_deref().filter(|logo| !logo.is_empty()).unwrap_or(DEFAULT_LOGO);
        let app_logo = if logo.starts_with('/') { format!("{}{logo}", context.site_url) } else { logo.to_owned() };
        Self {
            see_document: word("See the document at {0}"),
            go_to_document: word("Go to the document"),
            document_link: word("Document link"),
            app_name: context.app_name.clone().unwrap_or_else(|| "Dodock".to_owned()),
            app_logo,
            cuts_with_dots: context.flavour == Flavour::Frappe,
        }
    }

    /// As far as a language tells, when no host is known: good enough for a test, not for a preview.
    pub fn in_language(language: Language) -> Self {
        Self {
            see_document: language.say("delivery/see-document", &[]),
            go_to_document: language.say("delivery/go-to-document", &[]),
            document_link: language.say("delivery/document-link", &[]),
            app_name: "Dodock".to_owned(),
            app_logo: String::new(),
            cuts_with_dots: false,
        }
    }

    /// "See the document at …" with its address.
    pub fn see_document_at(&self, url: &str) -> String {
        self.see_document.replace("{0}", url)
    }
}
