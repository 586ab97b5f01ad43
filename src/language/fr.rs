//! French.

/// Key and sentence, sorted by key.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    // condition/
    // delivery/
    // document/
    // limit/
    // markup/
    // message/
    // server/
    // setup/
    // ui/
    // url/
];
