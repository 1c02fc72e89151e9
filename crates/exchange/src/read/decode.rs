//! Bytes of any encoding become UTF-8 with plain line ends, piece by piece.

use encoding_rs::{CoderResult, Decoder};
use std::io::{Error, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far the text may be read before the row at hand must have ended.
#[derive(Clone, Default)]
pub(crate) struct Fence(Arc<AtomicU64>);

impl Fence {
    /// Another row may begin: `room` bytes more.
    pub(crate) fn move_on(&self, from: u64, room: u64) {
        self.0.store(from + room, Ordering::Relaxed);
    }
}

/// What an error says when the fence was reached.
pub(crate) const TOO_LONG: &str = "a row does not end";

/// The text of a file.
pub(crate) struct Text<R> {
    file: R,
    decoder: Decoder,
    fence: Fence,
    piece: Vec<u8>,
    ready: Vec<u8>,
    taken: usize,
    given: u64,
    after_return: bool,
    ended: bool,
}

impl<R: Read> Text<R> {
    pub(crate) fn new(file: R, decoder: Decoder, fence: Fence) -> Self {
        Self {
            file,
            decoder,
            fence,
            piece: vec![0; 1 << 15],
            ready: Vec::new(),
            taken: 0,
            given: 0,
            after_return: false,
            ended: false,
        }
    }

    fn refill(&mut self) -> Result<(), Error> {
        let many = self.file.read(&mut self.piece)?;
        let last = many == 0;
        let mut text = String::with_capacity(self.piece.len() * 3 + 16);
        let (result, read, _) = self
            .decoder
            .decode_to_string(&self.piece[..many], &mut text, last);
        debug_assert!(
            result == CoderResult::InputEmpty && read == many,
            "there is room for three bytes a byte"
        );
        self.ready.clear();
        self.taken = 0;
        for byte in text.bytes() {
            match byte {
                b'\n' if self.after_return => {}
                b'\r' | b'\n' => self.ready.push(b'\n'),
                other => self.ready.push(other),
            }
            self.after_return = byte == b'\r';
        }
        if last {
            self.ended = true;
            // The last row ends like every other.
            self.ready.push(b'\n');
        }
        Ok(())
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Error> {
        while self.taken == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        if self.given > self.fence.0.load(Ordering::Relaxed) {
            return Err(Error::other(TOO_LONG));
        }
        let many = into.len().min(self.ready.len() - self.taken);
        into[..many].copy_from_slice(&self.ready[self.taken..self.taken + many]);
        self.taken += many;
        self.given += many as u64;
        Ok(many)
    }
}
