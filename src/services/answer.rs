//! What a service's answer means: the vocabulary that every service's table of answers is written in.

/// How a delivery ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The service said that it posted the message.
    Delivered,
    /// The service said that it did not.
    Refused,
    /// It was handed over, but nobody said what became of it. Never shown as a success.
    Unconfirmed,
    /// Nobody took it.
    Failed,
}

/// An outcome and the sentence that tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// How it ended.
    pub outcome: Outcome,
    /// The key of the sentence in [`crate::language`]: what happened and what to do.
    pub sentence: &'static str,
}

impl Answer {
    /// Posted.
    pub const DELIVERED: Self = Self { outcome: Outcome::Delivered, sentence: "delivery/delivered" };

    /// Not posted, for the reason of this sentence.
    pub const fn refused(sentence: &'static str) -> Self {
        Self { outcome: Outcome::Refused, sentence }
    }

    /// Nobody said what became of it.
    pub const fn unconfirmed(sentence: &'static str) -> Self {
        Self { outcome: Outcome::Unconfirmed, sentence }
    }

    /// Not taken.
    pub const fn failed(sentence: &'static str) -> Self {
        Self { outcome: Outcome::Failed, sentence }
    }

    /// What a status means when the body says nothing that the service is known to say.
    pub const fn from_status(status: u16) -> Self {
        match status {
            // A success in words that are not the service's own: a proxy, a login page, another program.
            200..=299 => Self::unconfirmed("delivery/strange-success"),
            300..=399 => Self::refused("delivery/redirected"),
            401 | 403 | 407 => Self::refused("delivery/not-allowed"),
            404 | 410 => Self::refused("delivery/not-found"),
            405 | 415 => Self::refused("delivery/not-a-webhook"),
            // Servers and proxies that lost patience say so; whether the message arrived, they do not.
            408 => Self::unconfirmed("delivery/timeout"),
            413 => Self::refused("delivery/too-large"),
            429 => Self::refused("delivery/too-many"),
            400..=499 => Self::refused("delivery/bad-request"),
            502..=504 => Self::failed("delivery/gateway"),
            _ => Self::failed("delivery/server-error"),
        }
    }
}
