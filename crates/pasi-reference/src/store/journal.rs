//! The journal: one line per commit, appended before the memory changes and
//! synchronized in groups before the caller is answered.

use super::Change;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Seek as _, Write as _};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tokio::sync::watch;

/// A line is `length checksum json`, the first two in hexadecimal.
pub(super) fn encode(changes: &[Change], into: &mut Vec<u8>) -> io::Result<()> {
    let json = serde_json::to_vec(changes)?;
    write!(into, "{:08x} {:016x} ", json.len(), checksum(&json))?;
    into.extend_from_slice(&json);
    into.push(b'\n');
    Ok(())
}

fn decode(line: &[u8]) -> Option<Vec<Change>> {
    let line = line.strip_suffix(b"\n")?;
    let (head, json) = line.split_at_checked(26)?;
    let mut parts = std::str::from_utf8(head).ok()?.split(' ');
    let length = usize::from_str_radix(parts.next()?, 16).ok()?;
    let sum = u64::from_str_radix(parts.next()?, 16).ok()?;
    if json.len() != length || checksum(json) != sum {
        return None;
    }
    serde_json::from_slice(json).ok()
}

/// FNV-1a, 64 bits: finds torn lines, not forgeries.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// What reading a file of lines came to.
pub(super) struct Read {
    /// Bytes of whole lines.
    pub(super) good: u64,
    /// Was there half a line after them?
    pub(super) is_torn: bool,
}

/// Reads whole lines. A last line that is torn is passed over; one that is
/// not whole though whole ones follow means a damaged file, and is an error.
pub(super) fn read(path: &Path, mut each: impl FnMut(Vec<Change>)) -> io::Result<Read> {
    let mut reader = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut line = Vec::new();
    let (mut good, mut is_torn) = (0, false);
    loop {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)?;
        if length == 0 {
            return Ok(Read { good, is_torn });
        }
        match decode(&line) {
            Some(_) if is_torn => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("damaged after {good} bytes, with whole lines behind"),
                ));
            }
            Some(changes) => {
                good += length as u64;
                each(changes);
            }
            None => is_torn = true,
        }
    }
}

/// The open journal.
pub(super) struct Journal {
    file: File,
    length: u64,
    ticket: u64,
    syncer: Arc<Syncer>,
}

impl Journal {
    /// Opens for appending after `length` bytes; what follows them is torn and cut off.
    pub(super) fn open(path: &Path, length: u64, syncer: Arc<Syncer>) -> io::Result<Self> {
        let mut file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(path)?;
        file.set_len(length)?;
        file.seek(io::SeekFrom::End(0))?;
        file.sync_all()?;
        let ticket = syncer.take_over(file.try_clone()?);
        Ok(Self {
            file,
            length,
            ticket,
            syncer,
        })
    }

    /// Appends a commit and gives the ticket to wait on. On failure nothing of it stays.
    pub(super) fn append(&mut self, changes: &[Change]) -> io::Result<u64> {
        let mut line = Vec::with_capacity(4_096);
        encode(changes, &mut line)?;
        if let Err(error) = self.file.write_all(&line) {
            self.file.set_len(self.length)?;
            self.file.seek(io::SeekFrom::End(0))?;
            return Err(error);
        }
        self.length += line.len() as u64;
        self.ticket += 1;
        self.syncer.want(self.ticket);
        Ok(self.ticket)
    }

    pub(super) fn len(&self) -> u64 {
        self.length
    }
}

/// How far the journal is safe on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Synced {
    UpTo(u64),
    Failed,
}

struct Wanted {
    file: Option<Arc<File>>,
    ticket: u64,
    is_stopping: bool,
}

/// Synchronizes the journal from a thread of its own; commits that arrive
/// meanwhile share the next round.
pub(super) struct Syncer {
    wanted: Mutex<Wanted>,
    changed: Condvar,
    done: watch::Sender<Synced>,
}

impl Syncer {
    pub(super) fn start() -> io::Result<Arc<Self>> {
        let syncer = Arc::new(Self {
            wanted: Mutex::new(Wanted {
                file: None,
                ticket: 0,
                is_stopping: false,
            }),
            changed: Condvar::new(),
            done: watch::Sender::new(Synced::UpTo(0)),
        });
        let thread = Arc::clone(&syncer);
        std::thread::Builder::new()
            .name("pasi-journal".to_owned())
            .spawn(move || thread.run())?;
        Ok(syncer)
    }

    /// Works on another file from now on; gives the last ticket.
    fn take_over(&self, file: File) -> u64 {
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.file = Some(Arc::new(file));
        wanted.ticket
    }

    fn want(&self, ticket: u64) {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).ticket = ticket;
        self.changed.notify_one();
    }

    pub(super) fn watch(&self) -> watch::Receiver<Synced> {
        self.done.subscribe()
    }

    pub(super) fn stop(&self) {
        self.wanted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_stopping = true;
        self.changed.notify_one();
    }

    fn run(&self) {
        let mut done = 0;
        loop {
            let (ticket, file) = {
                let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
                while wanted.ticket == done && !wanted.is_stopping {
                    wanted = self.changed.wait(wanted).unwrap_or_else(PoisonError::into_inner);
                }
                if wanted.ticket == done {
                    return;
                }
                (wanted.ticket, wanted.file.clone())
            };
            let synced = file.map_or(Ok(()), |file| file.sync_data());
            if let Err(error) = synced {
                tracing::error!(%error, "the journal cannot be synchronized");
                self.done.send_replace(Synced::Failed);
                return;
            }
            done = ticket;
            self.done.send_replace(Synced::UpTo(done));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_is_found_wherever_it_is_torn() {
        let mut whole = Vec::new();
        encode(&[], &mut whole).expect("an empty commit is JSON");
        assert_eq!(decode(&whole), Some(vec![]));
        for length in 0..whole.len() {
            assert_eq!(decode(&whole[..length]), None, "torn at {length}");
        }
        let mut flipped = whole.clone();
        flipped[27] ^= 1;
        assert_eq!(decode(&flipped), None);
    }
}
