//! What arrived at a chat, and the page that shows it at once.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use crate::http::{Reply, Response};

/// How often a page that waits hears that the server lives.
const SIGN_OF_LIFE: Duration = Duration::from_secs(10);

/// One message as the chat keeps it.
#[derive(Default)]
pub struct Post {
    /// Which hook it came through.
    pub hook: String,
    /// The text in the chat's own markup.
    pub text: String,
    /// The name that the message asks to be shown under; empty for the hook's own.
    pub author: String,
    /// Buttons and titles below the text: label and address.
    pub links: Vec<(String, String)>,
    /// The decoded body.
    pub payload: Value,
}

/// The messages of one chat, oldest first.
pub struct Channel {
    chat: &'static str,
    posts: Mutex<Vec<Value>>,
    arrived: Condvar,
}

impl Channel {
    /// An empty channel of a chat.
    pub fn new(chat: &'static str) -> Arc<Self> {
        Arc::new(Self { chat, posts: Mutex::default(), arrived: Condvar::new() })
    }

    /// Adds a message and tells the pages that watch.
    pub fn add(&self, post: Post) {
        let links = post.links.iter().map(|(label, url)| json!({ "label": label, "url": url }));
        let post = json!({
            "hook": post.hook,
            "text": post.text,
            "author": post.author,
            "links": links.collect::<Value>(),
            "payload": post.payload,
        });
        self.posts.lock().unwrap_or_else(PoisonError::into_inner).push(post);
        self.arrived.notify_all();
    }

    /// All messages.
    pub fn posts(&self) -> Value {
        Value::Array(self.posts.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// The page for people.
    pub fn page(&self) -> Response {
        let page = include_str!("channel.html").replace("CHAT", self.chat);
        Response::new(200, "text/html; charset=utf-8", page).with("Cache-Control", "no-store")
    }

    /// The messages from the first on, each as it arrives, for as long as somebody listens.
    pub fn events(self: &Arc<Self>) -> Reply {
        let channel = Arc::clone(self);
        let mut seen = 0;
        Reply::Events(Box::new(std::iter::from_fn(move || {
            let next = channel.wait_for(seen);
            seen += usize::from(next.is_some());
            Some(next)
        })))
    }

    /// The message with this index, waiting for it for a while.
    fn wait_for(&self, index: usize) -> Option<String> {
        let posts = self.posts.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.arrived.wait_timeout_while(posts, SIGN_OF_LIFE, |posts| posts.len() <= index);
        let (posts, _) = waited.unwrap_or_else(PoisonError::into_inner);
        posts.get(index).map(Value::to_string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_listens_gets_old_and_new_messages_in_order() {
        let channel = Channel::new("test");
        let post = |text: &str| Post { text: text.to_owned(), ..Post::default() };
        channel.add(post("old"));
        let Reply::Events(mut events) = channel.events() else { panic!("events") };
        let old = events.next().flatten().expect("the old one");
        assert!(old.contains(r#""text":"old""#), "{old}");
        let later = Arc::clone(&channel);
        let writer = std::thread::spawn(move || later.add(post("new\nline")));
        let new = events.next().flatten().expect("the new one");
        assert!(new.contains(r#""text":"new\nline""#), "one line of data, whatever the text: {new}");
        writer.join().expect("ends");
    }
}
