//! A small HTTP/1.1 server: one thread per connection and one request per connection, so that a fault stays with its request.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use crate::workspace::Outcome;

/// The longest request head, in bytes.
const MAX_HEAD: usize = 64 * 1024;
/// The longest request body, in bytes: above every limit of a chat that a stand-in repeats.
const MAX_BODY: usize = 4 * 1024 * 1024;
/// How long a client may take to send its request.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a request stays unanswered when a stand-in plays dead.
const SILENCE: Duration = Duration::from_secs(600);

/// What a client asked.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// In capitals, as it came.
    pub method: String,
    /// Still percent-encoded, from the first `/` up to the `?`.
    pub path: String,
    /// Still percent-encoded, without the `?`; empty when there is none.
    pub query: String,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// As it came.
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// `Content-Type` without its parameters, in small letters; empty when absent.
    pub fn media_type(&self) -> String {
        let whole = self.header("content-type").unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// A parameter of the query, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// What a client gets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Beside `Content-Length` and `Connection`, which the server writes.
    pub headers: Vec<(String, String)>,
    /// As it goes out.
    pub body: Vec<u8>,
}

impl Response {
    /// A body with its type.
    pub fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("Content-Type".to_owned(), media_type.to_owned())], body: body.into() }
    }

    /// A text body.
    pub fn text(status: u16, body: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body)
    }

    /// A JSON body.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", body.to_string())
    }

    /// The same with one more header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// How a handler reacts.
pub enum Reply {
    /// An ordinary answer.
    Whole(Response),
    /// Events for as long as the source gives some: each is sent as one `data:` line, `None` as a sign of life.
    Events(Box<dyn Iterator<Item = Option<String>>>),
    /// No answer, while the connection stays open.
    Silence,
    /// No answer, and the connection is closed.
    HangUp,
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        Self::Whole(response)
    }
}

/// What answers requests; called from many threads.
pub type Handler = Arc<dyn Fn(&Request) -> Reply + Send + Sync>;

/// Takes a port of this machine: `0` for any free one.
pub fn listen(port: u16) -> Outcome<(TcpListener, String)> {
    let taken =
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) =
        taken.map_err(|error| format!("could not listen on port {port} of 127.0.0.1: {error}"))?;
    Ok((listener, format!("http://{address}")))
}

/// Answers requests for ever, in threads of its own.
pub fn serve(listener: TcpListener, handler: Handler) {
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let handler = Arc::clone(&handler);
            // A client that goes away in the middle is its own business.
            std::thread::spawn(move || converse(stream, &handler).ok());
        }
    });
}

/// One request, one answer.
fn converse(mut stream: TcpStream, handler: &Handler) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let reply = match receive(&mut stream)? {
        Ok(request) => handler(&request),
        Err(status) => Response::text(status, "").into(),
    };
    match reply {
        Reply::Whole(response) => stream.write_all(&rendered(&response))?,
        Reply::Events(events) => {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
            )?;
            for event in events {
                let line = event.map_or_else(|| ":\n\n".to_owned(), |data| format!("data: {data}\n\n"));
                stream.write_all(line.as_bytes())?;
            }
        }
        Reply::Silence => {
            stream.set_read_timeout(Some(SILENCE))?;
            // Returns as soon as the client gives up.
            let _ = stream.read(&mut [0; 1])?;
        }
        Reply::HangUp => {}
    }
    Ok(())
}

/// Reads one request, or says with which status to refuse it.
fn receive(stream: &mut TcpStream) -> std::io::Result<Result<Request, u16>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 8192];
    let (mut request, head) = loop {
        let count = stream.read(&mut chunk)?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        bytes.extend(chunk.iter().take(count));
        match parse(&bytes) {
            Ok(Some(parsed)) => break parsed,
            Ok(None) if bytes.len() <= MAX_HEAD => {}
            Ok(None) => return Ok(Err(431)),
            Err(status) => return Ok(Err(status)),
        }
    };
    let length = match request.header("content-length").map(str::parse::<usize>) {
        None if request.header("transfer-encoding").is_some() => return Ok(Err(411)),
        None => 0,
        Some(Ok(length)) if length <= MAX_BODY => length,
        Some(Ok(_)) => return Ok(Err(413)),
        Some(Err(_)) => return Ok(Err(400)),
    };
    if request.header("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    request.body = bytes.split_off(head);
    while request.body.len() < length {
        let count = stream.read(&mut chunk)?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        request.body.extend(chunk.iter().take(count));
    }
    request.body.truncate(length);
    Ok(Ok(request))
}

/// The head of a request and its length in bytes; `None` while it is not all there.
fn parse(bytes: &[u8]) -> Result<Option<(Request, usize)>, u16> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut head = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = head.parse(bytes).map_err(|_| 400_u16)? else {
        return Ok(None);
    };
    let target = head.path.unwrap_or("/");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = head.headers.iter();
    let headers =
        headers.map(|header| (header.name.to_ascii_lowercase(), String::from_utf8_lossy(header.value).into()));
    let request = Request {
        method: head.method.unwrap_or("GET").to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.collect(),
        body: Vec::new(),
    };
    Ok(Some((request, length)))
}

/// The bytes of an answer.
fn rendered(response: &Response) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    for (name, value) in &response.headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Length: {}\r\nConnection: close\r\n\r\n", response.body.len());
    let mut bytes = head.into_bytes();
    bytes.extend(&response.body);
    bytes
}

/// The words beside a status code; clients read only the code.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        410 => "Gone",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends raw bytes to a server that repeats what it understood, and returns the raw answer.
    fn exchange(raw: &[u8]) -> String {
        let (listener, _) = listen(0).expect("a free port");
        let address = listener.local_addr().expect("an address");
        serve(
            listener,
            Arc::new(|request| {
                let body = String::from_utf8_lossy(&request.body).into_owned();
                Response::text(200, &format!("{} {} ? {} : {body}", request.method, request.path, request.query)).into()
            }),
        );
        let mut stream = TcpStream::connect(address).expect("connects");
        stream.write_all(raw).expect("sends");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answers");
        answer
    }

    #[test]
    fn a_request_arrives_whole() {
        let answer = exchange(b"POST /a/b?c=d&e HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello, not this");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\nPOST /a/b ? c=d&e : hello"), "{answer}");
    }

    #[test]
    fn what_is_not_http_or_too_large_is_refused() {
        assert!(exchange(b"\x16\x03\x01 hello\r\n\r\n").starts_with("HTTP/1.1 400 "));
        assert!(exchange(b"POST / HTTP/1.1\r\nContent-Length: 4194305\r\n\r\n").starts_with("HTTP/1.1 413 "));
        assert!(exchange(b"POST / HTTP/1.1\r\nContent-Length: two\r\n\r\n").starts_with("HTTP/1.1 400 "));
        assert!(exchange(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n").starts_with("HTTP/1.1 411 "));
        let mut long = b"GET / HTTP/1.1\r\nA: ".to_vec();
        long.extend(vec![b'a'; MAX_HEAD + 1]);
        assert!(exchange(&long).starts_with("HTTP/1.1 431 "));
    }

    #[test]
    fn names_of_headers_and_the_media_type_ignore_case() {
        let headers = vec![("content-type".to_owned(), "Text/Plain; charset=UTF-8".to_owned())];
        let request = Request { headers, query: "a=1&b=x%20y".to_owned(), ..Request::default() };
        assert_eq!(request.media_type(), "text/plain");
        assert_eq!(request.parameter("b").as_deref(), Some("x y"));
        assert_eq!(request.parameter("c"), None);
    }
}
