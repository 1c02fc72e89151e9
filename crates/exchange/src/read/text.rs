//! Rows of a text with separators.

use super::decode::{Fence, TOO_LONG, Text};
use super::sniff::Sniffed;
use super::{LONGEST_CELL, LONGEST_ROW, RawRow, ReadSeek, Source, broken, fitted, headings, refused_at};
use kernel::{Failure, Outcome};
use std::io::{BufRead, BufReader, Read};

/// What may part cells; the first wins a tie.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(super) fn read(
    file: Box<dyn ReadSeek>,
    sniffed: &Sniffed,
    mut source: Source,
    heading: &mut dyn FnMut(&Source) -> Outcome<()>,
    each: &mut dyn FnMut(RawRow) -> Outcome<()>,
) -> Outcome<Source> {
    let fence = Fence::default();
    fence.move_on(0, LONGEST_ROW);
    let mut text = BufReader::with_capacity(
        1 << 14,
        Text::new(file, sniffed.encoding.decoder(), fence.clone()),
    );
    let separator = separator(text.fill_buf().map_err(|error| stopped(&error, 1))?);
    source.separator = char::from(separator).to_string();
    let mut rows = Rows::new(text, separator, fence);
    let Some((_, cells)) = rows.next()? else {
        return Err(super::refused("LP-0801"));
    };
    source.headings = headings(&cells)?;
    heading(&source)?;
    let columns = source.headings.len();
    let mut last = None;
    while let Some((number, cells)) = rows.next()? {
        last = Some((number, cells.last().is_some_and(|cell| cell.ends_with('\n'))));
        let is_damaged = cells.iter().any(|cell| cell.contains('\u{fffd}'));
        if let Some(row) = fitted(number, cells, columns, is_damaged) {
            each(row)?;
        }
    }
    match last {
        // Its line end is ours: the quote before it was never closed.
        Some((number, true)) if !sniffed.ends_quoted => Err(refused_at("LP-0805", number + 1)),
        _ => Ok(source),
    }
}

/// The separator that stands most often in the first line, outside of quotes.
fn separator(begin: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [0_usize; SEPARATORS.len()];
    for byte in begin {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            other if !quoted => {
                if let Some(at) = SEPARATORS.iter().position(|one| one == other) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let at = counts.iter().position(|count| *count == most).unwrap_or(0);
    SEPARATORS[at]
}

fn stopped(error: &std::io::Error, row: i32) -> Failure {
    if error.to_string().contains(TOO_LONG) {
        refused_at("LP-0805", row)
    } else {
        broken(error)
    }
}

struct Rows<R> {
    csv: csv::Reader<R>,
    fence: Fence,
    record: csv::StringRecord,
    /// Line ends inside of cells so far: they make lines, not rows.
    inside: u64,
    last: i32,
}

impl<R: Read> Rows<R> {
    fn new(text: R, separator: u8, fence: Fence) -> Self {
        let csv = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(text);
        Self {
            csv,
            fence,
            record: csv::StringRecord::new(),
            inside: 0,
            last: 0,
        }
    }

    fn next(&mut self) -> Outcome<Option<(i32, Vec<String>)>> {
        // The reader fills its buffers ahead of the row.
        self.fence
            .move_on(self.csv.position().byte() + (1 << 17), LONGEST_ROW);
        match self.csv.read_record(&mut self.record) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(error) => {
                let row = self.last + 1;
                return Err(match error.kind() {
                    csv::ErrorKind::Io(io) => stopped(io, row),
                    _ => refused_at("LP-0805", row),
                });
            }
        }
        let breaks: usize = self.record.iter().map(|cell| cell.matches('\n').count()).sum();
        self.inside += breaks as u64;
        let number = self
            .csv
            .position()
            .line()
            .saturating_sub(1)
            .saturating_sub(self.inside);
        self.last = i32::try_from(number).unwrap_or(i32::MAX);
        if self.record.len() > super::MOST_COLUMNS * 4 {
            return Err(refused_at("LP-0806", self.last));
        }
        let cells: Vec<String> = self.record.iter().map(str::to_owned).collect();
        if cells.iter().any(|cell| cell.len() > LONGEST_CELL * 4) {
            return Err(refused_at("LP-0805", self.last));
        }
        Ok(Some((self.last, cells)))
    }
}
