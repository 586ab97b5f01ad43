//! The demo desk: files of `www/` and `pkg/`, the addresses of the stand-in chats, the chat that is a part of the ERP, and
//! nothing else of the repository.

use std::path::Path;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::http::{self, Request, Response};
use crate::standin::{self, Stage};
use crate::workspace::{Outcome, path};

/// What the page may do: as little as a page with the plugin needs, and posts to the stand-in chats of this machine.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self' http://127.0.0.1:* http://localhost:*; base-uri 'none'; form-action 'none'; object-src 'none'";

/// A served desk with its chats behind it.
pub struct Desk {
    /// Where the page is, without a final slash.
    pub address: String,
    /// Where each chat is, as `/demo.json` says it.
    pub chats: serde_json::Value,
}

/// Starts the stand-in chats and the desk, on free ports unless one is asked for.
pub fn start(port: u16) -> Outcome<Desk> {
    let (listener, address) = http::listen(port)?;
    let Stage { known, on_the_desk } = standin::start_all(&address)?;
    let chats = known.clone();
    http::serve(
        listener,
        Arc::new(move |request| on_the_desk(request).unwrap_or_else(|| answer(request, &known).into())),
    );
    Ok(Desk { address, chats })
}

/// One answer of the desk.
fn answer(request: &Request, chats: &serde_json::Value) -> Response {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Response::text(405, "The desk only serves files.");
    }
    let response = match request.path.as_str() {
        "/demo.json" => Response::json(200, chats),
        other => file(other).unwrap_or_else(|| Response::text(404, "There is no such file.")),
    };
    response
        .with("Cache-Control", "no-store")
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff")
}

/// A file by its path in the URL. `/plugin/` and `/pkg/` are one package: its sources first, then what the build made.
fn file(target: &str) -> Option<Response> {
    let target = percent_decode_str(target).decode_utf8().ok()?;
    let name = target.strip_prefix('/')?;
    let name = if name.is_empty() || name.ends_with('/') { format!("{name}index.html") } else { name.to_owned() };
    if name.contains(['\\', '\0', ':']) || name.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
        return None;
    }
    let packaged = name.strip_prefix("plugin/").or_else(|| name.strip_prefix("pkg/"));
    let places = match packaged {
        Some(inside) => vec![format!("www/plugin/{inside}"), format!("pkg/{inside}")],
        None => vec![format!("www/{name}")],
    };
    let bytes = places.iter().find_map(|place| std::fs::read(path(place)).ok())?;
    Some(Response::new(200, media_type(&name), bytes))
}

/// The type by the ending of the name.
fn media_type(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("ts" | "md" | "txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_served_folders_is_reachable() {
        for target in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/desk/../../Cargo.toml",
            "/desk/%2e%2e%2f%2e%2e%2fCargo.toml",
            "/pkg/../Cargo.toml",
            "/pkg/.gitignore",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/..\\Cargo.toml",
            "/c:/Cargo.toml",
            "Cargo.toml",
            "/%ff",
        ] {
            assert_eq!(file(target), None, "{target}");
        }
    }

    #[test]
    fn a_browser_gets_the_types_it_insists_on() {
        assert_eq!(media_type("deskbell_bg.wasm"), "application/wasm");
        assert_eq!(media_type("hosts/demo.js"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("LICENSE"), "application/octet-stream");
    }

    #[test]
    fn a_desk_only_reads() {
        let request = Request { method: "POST".to_owned(), path: "/demo.json".to_owned(), ..Request::default() };
        assert_eq!(answer(&request, &serde_json::Value::Null).status, 405);
    }
}
