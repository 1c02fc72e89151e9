//! `serve` on a fresh division, and a browser without a screen.

use crate::program::{done, lodgepole, text};
use kernel::Clock;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::Receiver;
use std::time::Duration;

const USERNAME: &str = "it.director";
const PASSWORD: &str = "granite ladder violet moss";

/// A division with a director who has not signed in yet.
pub(crate) struct Division {
    folder: tempfile::TempDir,
    config: PathBuf,
    first_password: String,
}

impl Division {
    /// On SQLite, or at a PostgreSQL URL; `keys` are further lines of its configuration.
    pub(crate) fn new(url: Option<&str>, keys: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("lodgepole.toml");
        let mut lines = format!(
            "data = \"{}\"\nkeys = \"{}\"\nlisten = \"127.0.0.1:0\"\n{keys}\n",
            folder.path().join("records").display(),
            folder.path().join("keys").display()
        );
        if let Some(url) = url {
            let _ = writeln!(lines, "database_url = {url:?}");
        }
        std::fs::write(&config, lines).expect("written");
        let call = |words: &[&str]| done(&[words, &["--config", text(&config)]].concat());
        call(&["migrate"]);
        call(&["division", "add", "--code", "3260", "--name", "A division"]);
        let added = call(&["user", "add", "--username", USERNAME, "--name", "Ann Example"]);
        let first_password = added
            .lines()
            .find_map(|line| line.strip_prefix("first password: "))
            .expect("a password")
            .to_owned();
        Self {
            folder,
            config,
            first_password,
        }
    }
    pub(crate) fn config(&self) -> &str {
        text(&self.config)
    }
    /// The file of its records, on SQLite.
    pub(crate) fn file(&self) -> String {
        self.folder
            .path()
            .join("records/lodgepole.db")
            .display()
            .to_string()
    }
    pub(crate) fn serve(&self) -> Site {
        Site::start(lodgepole(&["serve", "--config", self.config()]))
    }
    /// As [`Division::serve`], where no file may grow beyond `blocks` of 512 or
    /// 1024 bytes: as on a full disk a write is refused, for root too.
    pub(crate) fn serve_on_a_full_disk(&self, blocks: u32) -> Site {
        Site::start(confined(&["serve", "--config", self.config()], blocks))
    }
}

/// The program where no file may grow beyond `blocks`.
pub(crate) fn confined(arguments: &[&str], blocks: u32) -> Command {
    let plain = lodgepole(arguments);
    let mut command = Command::new("sh");
    // The signal that comes with the refusal would end the program; a full disk sends none.
    command
        .arg("-c")
        .arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""));
    command.arg(plain.get_program()).args(plain.get_args());
    command.env_clear().stdin(Stdio::null());
    command
}

/// A site at work; killed when dropped.
pub(crate) struct Site {
    child: Child,
    log: Mutex<Receiver<String>>,
    address: String,
}

impl Site {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("standard error is piped")).lines();
        let (told, log) = std::sync::mpsc::channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| told.send(line)));
        // Made first: a site that does not become ready is ended with the test.
        let mut site = Self {
            child,
            log: Mutex::new(log),
            address: String::new(),
        };
        site.address = site.ready();
        site
    }
    /// The address, once it is told.
    fn ready(&self) -> String {
        let log = self.log.lock().expect("no reader has panicked");
        let mut said = Vec::new();
        loop {
            let line = log
                .recv_timeout(Duration::from_mins(1))
                .unwrap_or_else(|_| panic!("it does not become ready: {said:?}"));
            let fields: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if fields["message"] == "ready" {
                return fields["address"].as_str().expect("an address").to_owned();
            }
            said.push(line);
        }
    }
    /// What it logged since it was asked last.
    pub(crate) fn logged(&self) -> String {
        let log = self.log.lock().expect("no reader has panicked");
        log.try_iter().collect::<Vec<_>>().join("\n")
    }
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .expect("set");
        stream
    }
    pub(crate) fn get(&self, path: &str) -> Answer {
        Browser::nobody().get(self, path)
    }
    /// SIGTERM; the exit code comes from [`Site::ended`].
    pub(crate) fn tell_to_stop(&self) {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(told.is_ok_and(|status| status.success()), "SIGTERM is sent");
    }
    pub(crate) fn ended(mut self) -> Option<i32> {
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // Ended already, perhaps.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) text: String,
}

impl Answer {
    /// Reads to the end of the connection; status 0 when it was cut off before one.
    pub(crate) fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        drop(stream.read_to_end(&mut bytes));
        let whole = String::from_utf8_lossy(&bytes).into_owned();
        let (head, text) = whole.split_once("\r\n\r\n").unwrap_or((&whole, ""));
        Self {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|code| code.parse().ok())
                .unwrap_or(0),
            head: head.to_owned(),
            text: text.to_owned(),
        }
    }
    fn cookie(&self) -> Option<String> {
        let line = self
            .head
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))?;
        line.split(';').next().map(str::to_owned)
    }
    /// What stands between two marks.
    fn between(&self, before: &str, after: &str) -> String {
        let found = self
            .text
            .split_once(before)
            .and_then(|(_, rest)| rest.split_once(after));
        found
            .unwrap_or_else(|| panic!("{before} in {}", self.text))
            .0
            .to_owned()
    }
}

/// A person's browser.
#[derive(Clone)]
pub(crate) struct Browser {
    cookie: String,
    csrf: String,
}

impl Browser {
    fn nobody() -> Self {
        Self {
            cookie: "none=none".to_owned(),
            csrf: String::new(),
        }
    }

    /// The director's first way in: password, an authenticator, a password of one's own.
    pub(crate) fn signed_in(site: &Site, division: &Division) -> Self {
        let mut browser = Self::nobody();
        let first = format!(
            "username={USERNAME}&password={}",
            encoded(&division.first_password)
        );
        browser.step(site, "/sign-in", &first);
        let page = browser.form(site, "/sign-in/set-up");
        let code = code(&page.between("class=\"code\">", "<"));
        browser.step(site, "/sign-in/set-up", &format!("code={code}"));
        browser.form(site, "/sign-in/password");
        let own = encoded(PASSWORD);
        browser.step(site, "/sign-in/password", &format!("password={own}&again={own}"));
        let inside = browser.get(site, "/account");
        browser.csrf = inside.between("name=\"csrf-token\" content=\"", "\"");
        browser
    }

    fn form(&mut self, site: &Site, path: &str) -> Answer {
        let page = self.get(site, path);
        self.csrf = page.between("name=\"csrf\" value=\"", "\"");
        page
    }

    fn step(&mut self, site: &Site, path: &str, body: &str) {
        let answer = self.post(site, path, body);
        assert_eq!(answer.status, 303, "{path}: {}", answer.text);
        if let Some(cookie) = answer.cookie() {
            self.cookie = cookie;
        }
    }

    pub(crate) fn get(&self, site: &Site, path: &str) -> Answer {
        let mut stream = site.connect();
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: x\r\ncookie: {}\r\nconnection: close\r\n\r\n",
            self.cookie
        );
        stream.write_all(head.as_bytes()).expect("sent");
        Answer::read(stream)
    }

    /// A form and its token, as one text.
    pub(crate) fn request(&self, path: &str, body: &str) -> String {
        let body = format!("csrf={}&{body}", encoded(&self.csrf));
        format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            self.cookie,
            body.len()
        )
    }

    pub(crate) fn post(&self, site: &Site, path: &str, body: &str) -> Answer {
        let mut stream = site.connect();
        // The site may answer before it has read everything, and close.
        if let Err(error) = stream.write_all(self.request(path, body).as_bytes()) {
            assert!(
                matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset),
                "{error}"
            );
        }
        Answer::read(stream)
    }

    /// Something that is written: one row of the audit when it is answered with 204.
    pub(crate) fn save(&self, site: &Site) -> Answer {
        self.post(site, "/settings/theme", "theme=dark")
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "%{byte:02X}");
        out
    })
}

/// The code an authenticator shows now (RFC 6238: SHA-1, 30 s, 6 digits).
fn code(secret: &str) -> String {
    let mut bits = 0_u64;
    let (mut held, mut key) = (0, Vec::new());
    for letter in secret.trim_end_matches('=').bytes() {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
            .iter()
            .position(|known| *known == letter);
        bits = (bits << 5) | u64::try_from(value.expect("base32")).expect("below 32");
        held += 5;
        if held >= 8 {
            held -= 8;
            key.push(u8::try_from((bits >> held) & 0xff).expect("a byte"));
        }
    }
    let step = (kernel::SystemClock.now().micros() / 30_000_000).to_be_bytes();
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let hash = ring::hmac::sign(&key, &step);
    let hash = hash.as_ref();
    let at = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", number % 1_000_000)
}
