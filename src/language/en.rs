//! English.

/// Key and sentence, sorted by key.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    // condition/
    // delivery/
    // document/
    // limit/
    ("limit/bytes", "the values grow too large"),
    ("limit/depth", "it is nested too deeply"),
    ("limit/steps", "it takes too many steps"),
    // markup/
    // message/
    // server/
    ("server/class-of-document", "the class of this document, which its app defines"),
    ("server/database", "a look-up in the database"),
    ("server/name-of-new-document", "the name that the server gives to a new document"),
    // setup/
    // ui/
    // url/
];
