//! Rows of the first sheet of an Excel workbook.
//!
//! A workbook is a packed folder: a few kilobytes can unpack to gigabytes. So
//! it is unpacked once to nowhere, and counted, before it is opened. Cells are
//! read as they come; a single one in the far corner makes no table of
//! seventeen billion.

use super::{
    LONGEST_CELL, MOST_COLUMNS, RawRow, ReadSeek, Source, broken, fitted, headings, refused, refused_at,
};
use calamine::{DataRef, Reader, Xlsx, XlsxError};
use kernel::{Failure, Outcome};
use std::io::{Read, Seek, SeekFrom};

/// Bytes a workbook may unpack to.
const MOST: u64 = 400 << 20;
/// Files a workbook may have.
const MOST_PARTS: usize = 2000;
/// What a compound file begins with: a workbook of before 2007, or one behind a password.
pub(super) const COMPOUND: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];
/// The part in which a compound file keeps a workbook behind a password.
const LOCKED_PART: &str = "EncryptedPackage";

pub(super) fn read(
    mut file: Box<dyn ReadSeek>,
    mut source: Source,
    heading: &mut dyn FnMut(&Source) -> Outcome<()>,
    each: &mut dyn FnMut(RawRow) -> Outcome<()>,
) -> Outcome<Source> {
    not_compound(&mut file)?;
    file.seek(SeekFrom::Start(0)).map_err(|error| broken(&error))?;
    weigh(&mut file, MOST)?;
    file.seek(SeekFrom::Start(0)).map_err(|error| broken(&error))?;
    let mut book: Xlsx<_> = Xlsx::new(file).map_err(|error| unreadable(&error))?;
    let sheet = book
        .sheet_names()
        .first()
        .cloned()
        .ok_or_else(|| refused("LP-0801"))?;
    let mut cells = book
        .worksheet_cells_reader(&sheet)
        .map_err(|error| unreadable(&error))?;
    let mut row = Row::default();
    let mut columns = 0;
    let mut end = |row: &mut Row, source: &mut Source| -> Outcome<()> {
        let Some((number, texts)) = row.take() else {
            return Ok(());
        };
        if columns == 0 {
            if texts.iter().all(|text| text.trim().is_empty()) {
                return Ok(());
            }
            source.headings = headings(&texts)?;
            columns = source.headings.len();
            return heading(source);
        }
        fitted(number, texts, columns, false).map_or(Ok(()), &mut *each)
    };
    while let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error))? {
        let (at_row, at_column) = cell.get_position();
        if row.number != Some(at_row) {
            end(&mut row, &mut source)?;
            row.number = Some(at_row);
        }
        row.put(at_column, text(cell.get_value()))?;
    }
    end(&mut row, &mut source)?;
    if source.headings.is_empty() {
        Err(refused("LP-0801"))
    } else {
        Ok(source)
    }
}

/// The row being read.
#[derive(Default)]
struct Row {
    number: Option<u32>,
    cells: Vec<String>,
}

impl Row {
    fn put(&mut self, column: u32, text: String) -> Outcome<()> {
        let (column, number) = (column as usize, self.name());
        if text.is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS * 4 {
            return Err(refused_at("LP-0806", number));
        }
        if text.chars().count() > LONGEST_CELL {
            return Err(refused_at("LP-0805", number));
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        self.cells[column] = text;
        Ok(())
    }
    fn name(&self) -> i32 {
        self.number
            .map_or(1, |row| i32::try_from(row).unwrap_or(i32::MAX - 1) + 1)
    }
    fn take(&mut self) -> Option<(i32, Vec<String>)> {
        let number = self.number.map(|_| self.name())?;
        Some((number, std::mem::take(&mut self.cells)))
    }
}

/// A value as a person reads it: whole numbers without a point, days as `2026-09-01`.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(day) => day_text(day.as_f64()),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::Error(error) => format!("{error:?}"),
        DataRef::Empty => String::new(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "below 10^15 every whole number is exact"
)]
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{}", number as i64)
    } else {
        number.to_string()
    }
}

/// Excel counts days from 30 December 1899, its own 29 February 1900 included.
pub(crate) fn day_text(serial: f64) -> String {
    if !(0.0..2_958_466.0).contains(&serial) {
        return number_text(serial);
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was looked at")]
    let days = serial.floor() as i64;
    jiff::civil::date(1899, 12, 30)
        .checked_add(jiff::Span::new().days(days))
        .map_or_else(|_| number_text(serial), |day| day.to_string())
}

fn unreadable(error: &XlsxError) -> Failure {
    match error {
        XlsxError::Io(io) => broken(io),
        XlsxError::Password => refused("LP-0810"),
        _ => refused("LP-0809"),
    }
}

/// Refuses a compound file, and says whether a password or its age stands in the way.
fn not_compound(file: &mut impl Read) -> Outcome<()> {
    let mut head = Vec::new();
    let mut taken = file.by_ref().take(COMPOUND.len() as u64);
    taken.read_to_end(&mut head).map_err(|error| broken(&error))?;
    if head != COMPOUND {
        return Ok(());
    }
    let part: Vec<u8> = LOCKED_PART.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (mut seen, mut block) = (Vec::new(), vec![0; 1 << 16]);
    loop {
        let many = file.read(&mut block).map_err(|error| broken(&error))?;
        if many == 0 {
            return Err(refused("LP-0803"));
        }
        seen.extend_from_slice(&block[..many]);
        if seen.windows(part.len()).any(|window| window == part) {
            return Err(refused("LP-0810"));
        }
        // What may be the begin of the name stays for the next block.
        seen.drain(..seen.len().saturating_sub(part.len()));
    }
}

/// Unpacks to nowhere and counts.
pub(super) fn weigh(file: &mut (impl Read + Seek), most: u64) -> Outcome<()> {
    let mut archive = zip::ZipArchive::new(file).map_err(|_| refused("LP-0809"))?;
    if archive.len() > MOST_PARTS {
        return Err(refused("LP-0804"));
    }
    let mut left = most;
    let mut is_workbook = false;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| refused("LP-0809"))?;
        is_workbook |= part.name().is_ok_and(|name| name.starts_with("xl/"));
        let many =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| refused("LP-0809"))?;
        if many > left {
            return Err(refused("LP-0804"));
        }
        left -= many;
    }
    if is_workbook {
        Ok(())
    } else {
        Err(refused("LP-0803"))
    }
}
