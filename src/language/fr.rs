//! French.

/// Key and sentence, sorted by key.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    // condition/
    // delivery/
    // document/
    // limit/
    ("limit/bytes", "les valeurs deviennent trop grandes"),
    ("limit/depth", "l’imbrication est trop profonde"),
    ("limit/steps", "il faut trop d’étapes"),
    // markup/
    // message/
    // server/
    ("server/class-of-document", "la classe de ce document, définie par son application"),
    ("server/database", "une recherche dans la base de données"),
    ("server/name-of-new-document", "le nom que le serveur donne à un nouveau document"),
    // setup/
    // ui/
    // url/
];
