//! What is this file? Decided by its bytes, never by its name.

use super::{book, broken, refused};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use kernel::Outcome;
use std::io::Read;

kernel::text_enum! {
    /// What kind of file.
    #[derive(Default)]
    pub enum Format {
        /// Text with separators.
        #[default]
        Csv = "csv",
        /// An Excel workbook.
        Excel = "xlsx",
    }
}

kernel::text_enum! {
    /// How letters stand in a text.
    #[derive(Default)]
    pub enum Encoding {
        /// UTF-8, with or without its mark.
        #[default]
        Utf8 = "UTF-8",
        /// UTF-16, little end first.
        Utf16Le = "UTF-16LE",
        /// UTF-16, big end first.
        Utf16Be = "UTF-16BE",
        /// What Excel for Windows writes as "CSV".
        Windows1252 = "windows-1252",
    }
}

impl Encoding {
    pub(crate) fn decoder(self) -> encoding_rs::Decoder {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Windows1252 => WINDOWS_1252,
        }
        .new_decoder_with_bom_removal()
    }
}

/// What the bytes say.
pub(crate) struct Sniffed {
    pub(crate) format: Format,
    pub(crate) encoding: Encoding,
    pub(crate) hash: Vec<u8>,
    /// The last byte that is no line end.
    pub(crate) ends_quoted: bool,
}

/// Reads it all once, in pieces.
pub(crate) fn sniff(file: &mut impl Read) -> Outcome<Sniffed> {
    let mut look = Look::default();
    let mut piece = vec![0; 1 << 16];
    let mut hash = ring::digest::Context::new(&ring::digest::SHA256);
    loop {
        let many = file.read(&mut piece).map_err(|error| broken(&error))?;
        if many == 0 {
            break;
        }
        hash.update(&piece[..many]);
        look.take(&piece[..many]);
        if look.is_decided() {
            break;
        }
    }
    // The rest belongs to the hash alone.
    loop {
        let many = file.read(&mut piece).map_err(|error| broken(&error))?;
        if many == 0 {
            break;
        }
        hash.update(&piece[..many]);
    }
    let (format, encoding) = look.verdict()?;
    Ok(Sniffed {
        format,
        encoding,
        hash: hash.finish().as_ref().to_vec(),
        ends_quoted: look.last == b'"',
    })
}

/// What was seen so far.
#[derive(Default)]
struct Look {
    head: Vec<u8>,
    /// Bytes of a letter that the piece before cut in two.
    rest: Vec<u8>,
    letters: u64,
    broken: u64,
    last: u8,
}

impl Look {
    fn take(&mut self, piece: &[u8]) {
        let room = 4096_usize.saturating_sub(self.head.len());
        self.head.extend_from_slice(&piece[..piece.len().min(room)]);
        if let Some(last) = piece.iter().rev().find(|byte| !matches!(byte, b'\r' | b'\n' | 0)) {
            self.last = *last;
        }
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(piece);
        let mut left = bytes.as_slice();
        loop {
            match std::str::from_utf8(left) {
                Ok(text) => {
                    self.letters += beyond_ascii(text);
                    return;
                }
                Err(error) => {
                    let (good, bad) = left.split_at(error.valid_up_to());
                    self.letters += beyond_ascii(std::str::from_utf8(good).unwrap_or_default());
                    let Some(many) = error.error_len() else {
                        self.rest = bad.to_vec();
                        return;
                    };
                    self.broken += 1;
                    left = &bad[many..];
                }
            }
        }
    }

    /// A workbook or UTF-16 is known from its begin.
    fn is_decided(&self) -> bool {
        self.head.len() >= 4096 && (self.begins(b"PK\x03\x04") || self.begins(&book::COMPOUND))
    }

    fn begins(&self, with: &[u8]) -> bool {
        self.head.starts_with(with)
    }

    fn verdict(&self) -> Outcome<(Format, Encoding)> {
        if self.head.iter().all(u8::is_ascii_whitespace) {
            return Err(refused("LP-0801"));
        }
        if self.begins(b"PK\x03\x04") || self.begins(&book::COMPOUND) {
            return Ok((Format::Excel, Encoding::Utf8));
        }
        if self.begins(&[0xff, 0xfe]) {
            return Ok((Format::Csv, Encoding::Utf16Le));
        }
        if self.begins(&[0xfe, 0xff]) {
            return Ok((Format::Csv, Encoding::Utf16Be));
        }
        let zeros = |from: usize| {
            self.head
                .iter()
                .skip(from)
                .step_by(2)
                .filter(|byte| **byte == 0)
                .count()
        };
        let (even, odd, half) = (zeros(0), zeros(1), self.head.len() / 2);
        if even + odd > 0 {
            // Latin letters in two bytes: every other byte is zero.
            return match () {
                () if odd * 10 > half * 7 && even * 10 < half => Ok((Format::Csv, Encoding::Utf16Le)),
                () if even * 10 > half * 7 && odd * 10 < half => Ok((Format::Csv, Encoding::Utf16Be)),
                () => Err(refused("LP-0802")),
            };
        }
        if self.is_binary() {
            return Err(refused("LP-0802"));
        }
        // Some letters right and a few wrong: a damaged UTF-8 file. All wrong: another encoding.
        let is_utf8 = self.broken == 0 || self.letters > self.broken;
        Ok((
            Format::Csv,
            if is_utf8 {
                Encoding::Utf8
            } else {
                Encoding::Windows1252
            },
        ))
    }

    fn is_binary(&self) -> bool {
        let strange = self
            .head
            .iter()
            .filter(|byte| **byte < 9 || (14..32).contains(*byte) || **byte == 127)
            .count();
        strange * 50 > self.head.len()
    }
}

fn beyond_ascii(text: &str) -> u64 {
    text.chars().filter(|letter| !letter.is_ascii()).count() as u64
}
