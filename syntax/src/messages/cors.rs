//! Messages about CORS settings.

use skylift_model::message::Message;

/// Reports that the settings name no origins.
pub(crate) fn cors_without_origins() -> Message {
    Message::new("`cors` without origins, so no page could call the endpoint")
        .with_help("add `origins = [\"https://example.com\"]`, or `origins = \"*\"` for all")
}

/// Reports a list without an entry; `key` is the key of the list.
pub(crate) fn cors_list_empty(key: &str) -> Message {
    Message::new(format!("`{key}` is empty")).with_help(format!("name one, or leave `{key}` out"))
}

/// Reports a list that has `*` and other entries; `key` is the key of the list.
pub(crate) fn all_beside_others(key: &str) -> Message {
    Message::new(format!("`*` is for all, and `{key}` has other entries beside it"))
        .with_help("leave the others out, or leave `*` out")
}

/// Reports that pages of every origin could send credentials.
pub(crate) fn credentials_of_every_origin() -> Message {
    Message::new("`credentials` for every origin: any web page could act as the user")
        .with_help("name the origins that may send credentials")
}

/// Reports that a list of CORS has a `*` beside credentials. `key` is the key of the list.
pub(crate) fn wildcard_beside_credentials(key: &str) -> Message {
    let items = if key == "expose" { "headers" } else { key };
    Message::new(format!("with `credentials`, browsers take the `*` in `{key}` for a name"))
        .with_help(format!("list the {items}, or leave `{key}` out"))
}
