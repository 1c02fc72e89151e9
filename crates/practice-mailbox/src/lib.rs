//! A mail server that sends nothing on: it speaks SMTP on this machine, takes
//! every message, and keeps it, in memory and as a file where a folder is
//! given. Tests tell it to make trouble. No product code uses it.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Longest message that is taken, in bytes.
const LONGEST: usize = 1 << 20;

/// What goes wrong with the next message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The recipient is answered with this code: 451 puts off, 550 refuses.
    Recipient(u16),
    /// The connection ends within the message.
    GoneInData,
    /// The message is kept, and the connection ends before that is said.
    GoneAfterData,
}

/// A message that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom it went to.
    pub to: String,
    /// Heads and text, as they came.
    pub text: String,
}

impl Letter {
    /// A head's value, on one line; empty when there is none.
    pub fn head(&self, name: &str) -> String {
        let heads = self.text.split("\r\n\r\n").next().unwrap_or_default();
        let joined = heads.replace("\r\n ", " ").replace("\r\n\t", " ");
        let found = joined.split("\r\n").find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        });
        found.unwrap_or_default()
    }
}

#[derive(Debug, Default)]
struct Inside {
    letters: Vec<Letter>,
    troubles: VecDeque<Trouble>,
}

/// A server at work; it ends when it is dropped.
#[derive(Debug)]
pub struct Mailbox {
    address: SocketAddr,
    inside: Arc<Mutex<Inside>>,
    task: JoinHandle<()>,
}

impl Mailbox {
    /// Listens on a port of this machine, 0 for a free one; messages are kept as files too where a folder is given.
    pub async fn open(port: u16, folder: Option<PathBuf>) -> io::Result<Self> {
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder)?;
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let inside = Arc::new(Mutex::new(Inside::default()));
        let task = tokio::spawn(listen(listener, Arc::clone(&inside), folder));
        Ok(Self {
            address,
            inside,
            task,
        })
    }

    /// Where it listens.
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// What was taken, the earliest first.
    pub fn letters(&self) -> Vec<Letter> {
        held(&self.inside).letters.clone()
    }

    /// What goes wrong with the next messages, one each.
    pub fn trouble(&self, troubles: &[Trouble]) {
        held(&self.inside).troubles.extend(troubles);
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn held(inside: &Mutex<Inside>) -> std::sync::MutexGuard<'_, Inside> {
    inside.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn listen(listener: TcpListener, inside: Arc<Mutex<Inside>>, folder: Option<PathBuf>) {
    while let Ok((stream, _)) = listener.accept().await {
        let talk = Talk {
            inside: Arc::clone(&inside),
            folder: folder.clone(),
        };
        // Who breaks a conversation off has said enough.
        tokio::spawn(async move { talk.go(stream).await });
    }
}

struct Talk {
    inside: Arc<Mutex<Inside>>,
    folder: Option<PathBuf>,
}

impl Talk {
    async fn go(self, stream: TcpStream) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        say(&mut stream, "220 practice mail server").await?;
        let (mut to, mut trouble) = (String::new(), None);
        while let Some(line) = line(&mut stream).await? {
            let verb = line
                .split_ascii_whitespace()
                .next()
                .unwrap_or_default()
                .to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" | "HELO" => say(&mut stream, "250-practice\r\n250 8BITMIME").await?,
                "MAIL" => {
                    trouble = held(&self.inside).troubles.pop_front();
                    say(&mut stream, "250 2.1.0 ok").await?;
                }
                "RCPT" => {
                    to = between(&line);
                    match trouble {
                        Some(Trouble::Recipient(code)) => {
                            say(&mut stream, &format!("{code} no mailbox <{to}> now")).await?;
                        }
                        _ => say(&mut stream, "250 2.1.5 ok").await?,
                    }
                }
                "DATA" => {
                    say(&mut stream, "354 go on").await?;
                    if trouble == Some(Trouble::GoneInData) {
                        stream.read_u8().await?;
                        return Ok(());
                    }
                    let text = data(&mut stream).await?;
                    self.keep(&to, text)?;
                    if trouble == Some(Trouble::GoneAfterData) {
                        return Ok(());
                    }
                    say(&mut stream, "250 2.0.0 kept").await?;
                }
                "QUIT" => return say(&mut stream, "221 2.0.0 bye").await,
                "RSET" | "NOOP" => say(&mut stream, "250 2.0.0 ok").await?,
                _ => say(&mut stream, "502 5.5.1 not here").await?,
            }
        }
        Ok(())
    }

    fn keep(&self, to: &str, text: String) -> io::Result<()> {
        let letter = Letter {
            to: to.to_owned(),
            text,
        };
        let number = {
            let mut inside = held(&self.inside);
            inside.letters.push(letter.clone());
            inside.letters.len()
        };
        match &self.folder {
            None => Ok(()),
            Some(folder) => {
                let id: String = letter
                    .head("Message-ID")
                    .chars()
                    .filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-')
                    .take(36)
                    .collect();
                let id = if id.is_empty() { number.to_string() } else { id };
                std::fs::write(folder.join(format!("{id}.eml")), &letter.text)
            }
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, text: &str) -> io::Result<()> {
    stream.write_all(format!("{text}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// The next line; none when the other side is gone.
async fn line(stream: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = (&mut *stream).take(2048).read_until(b'\n', &mut bytes).await?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).trim_end().to_owned()))
}

/// The lines of a message until the dot, which is taken off where it was doubled.
async fn data(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut text = Vec::new();
    loop {
        let mut bytes = Vec::new();
        let read = stream.read_until(b'\n', &mut bytes).await?;
        if read == 0 || text.len() > LONGEST {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the message did not end",
            ));
        }
        if bytes == b".\r\n" {
            return Ok(String::from_utf8_lossy(&text).into_owned());
        }
        text.extend_from_slice(bytes.strip_prefix(b".").unwrap_or(&bytes));
    }
}

/// What stands between angle brackets.
fn between(line: &str) -> String {
    let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or_else(String::new, |(address, _)| address.to_owned())
}
