//! The ministry's console, as a browser on the same machine uses it.

use std::io::{Read, Write};
use std::net::TcpStream;

/// Where it answers.
pub(crate) struct Console {
    host: String,
}

impl Console {
    pub(crate) fn at(url: &str) -> Self {
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        Self {
            host: host.to_owned(),
        }
    }

    /// Sets the switches of the page of troubles, such as `outage=none&race=2`.
    pub(crate) fn trouble(&self, switches: &str) {
        let page = self.ask("GET /trouble", "");
        let token = page
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let token = token.expect("the form carries a token");
        let answered = self.ask("POST /trouble", &format!("csrf={token}&verb=set&{switches}"));
        assert!(answered.starts_with("HTTP/1.1 303"), "{answered}");
    }

    /// One request; the whole answer.
    fn ask(&self, head: &str, body: &str) -> String {
        let host = &self.host;
        let mut stream = TcpStream::connect(host).expect("the console answers");
        write!(
            stream,
            "{head} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("read");
        answer
    }
}
