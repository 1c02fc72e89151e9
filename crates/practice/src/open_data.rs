//! The open data of the Government of Alberta, read as they were published.
//!
//! Their traps are met here: a line break inside a header cell, an extra first
//! column in some years, blanks after names, codes with leading zeros, empty
//! cells for zero, a footnote as the last row. A row that cannot be read is
//! named with its reason.

use kernel::{AuthorityCode, SchoolCode};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The students of a school, by grade, in one school year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolEnrolment {
    /// `Public`, `Separate`, `Francophone`, `Charter`, `Private`, `Provincial`.
    pub category: String,
    /// Name of the authority.
    pub authority_name: String,
    /// Code of the authority.
    pub authority: AuthorityCode,
    /// Name of the school.
    pub school_name: String,
    /// Code of the school.
    pub school: SchoolCode,
    /// Students in ECS and grades 1 to 12.
    pub grades: [u32; 13],
    /// Students in all, as published.
    pub total: u32,
}

/// A school in the directory of 2021.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four columns of the file hold Y or N"
)]
pub struct DirectorySchool {
    /// Code.
    pub school: SchoolCode,
    /// Name.
    pub name: String,
    /// Street address.
    pub street: String,
    /// City.
    pub city: String,
    /// Province, `AB` but for a few.
    pub province: String,
    /// Postal code as published, without a blank; may be empty.
    pub postal_code: String,
    /// Code of the authority.
    pub authority: AuthorityCode,
    /// Name of the authority.
    pub authority_name: String,
    /// Kind of authority.
    pub authority_type: String,
    /// City of the authority's office.
    pub authority_city: String,
    /// Street of the authority's office.
    pub authority_street: String,
    /// Postal code of the authority's office, without a blank.
    pub authority_postal_code: String,
    /// Supervises home education.
    pub home_education: bool,
    /// Blends home education with its own.
    pub blended: bool,
    /// Teaches online.
    pub online: bool,
    /// Is an outreach school or has such a program.
    pub outreach: bool,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east; negative in Alberta.
    pub longitude: Option<f64>,
}

/// A row that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    /// Line of the file the row begins on, from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// What a file held.
#[derive(Debug)]
pub struct Read<T> {
    /// The rows, in their order.
    pub rows: Vec<T>,
    /// The rows that could not be read.
    pub skipped: Vec<SkippedRow>,
}

/// A file that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum OpenDataError {
    /// A column is missing.
    #[error("the file has no column {0:?}")]
    NoColumn(&'static str),
    /// Not CSV.
    #[error("the file is not CSV: {0}")]
    NotCsv(#[from] csv::Error),
}

/// Students by school and grade, 2024/25: 2,315 schools, 313 authorities,
/// 811,493 students.
pub fn enrolment() -> &'static [SchoolEnrolment] {
    static ROWS: LazyLock<Vec<SchoolEnrolment>> = LazyLock::new(|| {
        read_enrolment(include_str!("../data/school-enrolment-2024-2025.csv"))
            .expect("the built-in file is read by a test")
            .rows
    });
    &ROWS
}

/// The schools of the directory of 2021.
pub fn schools() -> &'static [DirectorySchool] {
    static ROWS: LazyLock<Vec<DirectorySchool>> = LazyLock::new(|| {
        read_directory(include_str!("../data/school-directory-2021.csv"))
            .expect("the built-in file is read by a test")
            .rows
    });
    &ROWS
}

/// The directory's entry of a school.
pub fn school(code: SchoolCode) -> Option<&'static DirectorySchool> {
    static PLACES: LazyLock<HashMap<SchoolCode, usize>> = LazyLock::new(|| {
        schools()
            .iter()
            .enumerate()
            .map(|(place, row)| (row.school, place))
            .collect()
    });
    PLACES.get(&code).map(|place| &schools()[*place])
}

/// Reads an enrolment file of any of the published years.
pub fn read_enrolment(text: &str) -> Result<Read<SchoolEnrolment>, OpenDataError> {
    let mut grade_columns = vec!["ECS"];
    grade_columns.extend([
        "Grade 1", "Grade 2", "Grade 3", "Grade 4", "Grade 5", "Grade 6", "Grade 7", "Grade 8", "Grade 9",
        "Grade 10", "Grade 11", "Grade 12",
    ]);
    read(text, |columns| {
        let category = columns.place("School Authority Category")?;
        let authority_name = columns.place("School Authority Name")?;
        let authority = columns.place("School Authority Code")?;
        let school_name = columns.place("School Name")?;
        let school = columns.place("School Code")?;
        let total = columns.place("Total")?;
        let grades: Vec<usize> = grade_columns
            .iter()
            .map(|name| columns.place(name))
            .collect::<Result<_, _>>()?;
        Ok(move |row: &csv::StringRecord| {
            let mut counts = [0; 13];
            for (count, place) in counts.iter_mut().zip(&grades) {
                *count = number(row, *place)?;
            }
            let found = SchoolEnrolment {
                category: cell(row, category).to_owned(),
                authority_name: cell(row, authority_name).to_owned(),
                authority: code(row, authority)?,
                school_name: cell(row, school_name).to_owned(),
                school: code(row, school)?,
                grades: counts,
                total: number(row, total)?,
            };
            let sum: u32 = counts.iter().sum();
            if sum == found.total {
                Ok(found)
            } else {
                Err(format!("the grades sum to {sum}, the total says {}", found.total))
            }
        })
    })
}

/// Reads a school directory.
pub fn read_directory(text: &str) -> Result<Read<DirectorySchool>, OpenDataError> {
    read(text, |columns| {
        let school = columns.place("School Code")?;
        let words: Vec<usize> = [
            "School Name",
            "School Address1",
            "School City",
            "School Province",
            "School Postal Code",
            "Authority Type",
            "Authority City",
            "Authority Address1",
            "Authority Postal Code",
            "Authority Name",
        ]
        .iter()
        .map(|name| columns.place(name))
        .collect::<Result<_, _>>()?;
        let authority = columns.place("Authority Code")?;
        let home = columns.place("Offer School Home Education")?;
        let blended = columns.place("Offer School Home Education Blended")?;
        let online = columns.place("Offer School Online")?;
        let outreach = columns.place("Offer School Outreach")?;
        let (lat, lon) = (columns.place("lat")?, columns.place("lon")?);
        Ok(move |row: &csv::StringRecord| {
            let word = |place: usize| cell(row, words[place]).to_owned();
            Ok(DirectorySchool {
                school: code(row, school)?,
                name: word(0),
                street: word(1),
                city: word(2),
                province: word(3),
                postal_code: word(4),
                authority: code(row, authority)?,
                authority_name: word(9),
                authority_type: word(5),
                authority_city: word(6),
                authority_street: word(7),
                authority_postal_code: word(8),
                home_education: cell(row, home) == "Y",
                blended: cell(row, blended) == "Y",
                online: cell(row, online) == "Y",
                outreach: cell(row, outreach) == "Y",
                latitude: cell(row, lat).parse().ok(),
                longitude: cell(row, lon).parse().ok(),
            })
        })
    })
}

/// The columns by their tidied names: a line break in a header is a blank.
struct Columns(HashMap<String, usize>);

impl Columns {
    fn place(&self, name: &'static str) -> Result<usize, OpenDataError> {
        self.0.get(name).copied().ok_or(OpenDataError::NoColumn(name))
    }
}

fn read<T, R>(
    text: &str,
    columns: impl FnOnce(&Columns) -> Result<R, OpenDataError>,
) -> Result<Read<T>, OpenDataError>
where
    R: Fn(&csv::StringRecord) -> Result<T, String>,
{
    let text = text.trim_start_matches('\u{feff}').as_bytes();
    let mut file = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let headers = file
        .headers()?
        .iter()
        .enumerate()
        .map(|(place, header)| (kernel::text::squeeze(header), place))
        .collect();
    let read_row = columns(&Columns(headers))?;
    let mut found = Read {
        rows: Vec::new(),
        skipped: Vec::new(),
    };
    for row in file.records() {
        let row = row?;
        match read_row(&row) {
            Ok(read) => found.rows.push(read),
            Err(reason) => found.skipped.push(SkippedRow {
                line: row.position().map_or(0, |at| line(text, at.byte())),
                reason: if cell(&row, 0).starts_with('*') {
                    "a footnote".to_owned()
                } else {
                    reason
                },
            }),
        }
    }
    Ok(found)
}

/// The line a row begins on. The reader's own count stops before the line
/// feed that ends the row before.
fn line(text: &[u8], byte: u64) -> u64 {
    let at = usize::try_from(byte).unwrap_or(text.len()).min(text.len());
    let ends = text[at..]
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let lines = text[..at + ends].split(|byte| *byte == b'\n').count();
    lines as u64
}

fn cell(row: &csv::StringRecord, place: usize) -> &str {
    row.get(place).unwrap_or_default().trim()
}

fn code<C: std::str::FromStr>(row: &csv::StringRecord, place: usize) -> Result<C, String> {
    cell(row, place)
        .parse()
        .map_err(|_| format!("{:?} is not a code of four digits", cell(row, place)))
}

/// An empty cell is zero; thousands may be parted by commas.
fn number(row: &csv::StringRecord, place: usize) -> Result<u32, String> {
    match cell(row, place) {
        "" => Ok(0),
        text => text
            .replace(',', "")
            .parse()
            .map_err(|_| format!("{text:?} is not a number of students")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_enrolment_of_2024_25_is_read_whole() {
        let read = read_enrolment(include_str!("../data/school-enrolment-2024-2025.csv")).expect("readable");
        let authorities: HashSet<AuthorityCode> = read.rows.iter().map(|row| row.authority).collect();
        let students: u32 = read.rows.iter().map(|row| row.total).sum();
        assert_eq!(
            (read.rows.len(), authorities.len(), students),
            (2315, 313, 811_493)
        );
        assert_eq!(read.skipped.len(), 1, "{:?}", read.skipped);
        assert_eq!(read.skipped[0].reason, "a footnote");
    }

    #[test]
    fn fort_mcmurray_has_sixteen_schools_and_8143_students() {
        let rows: Vec<&SchoolEnrolment> = enrolment()
            .iter()
            .filter(|row| row.authority == crate::default_authority())
            .collect();
        assert_eq!(
            (rows.len(), rows.iter().map(|row| row.total).sum::<u32>()),
            (16, 8143)
        );
        assert!(
            rows.iter()
                .all(|row| row.authority_name == "The Fort McMurray School Division")
        );
    }

    #[test]
    fn the_directory_keeps_leading_zeros_and_accents_and_cuts_blanks() {
        assert_eq!(schools().len(), 2508);
        let first = &schools()[0];
        assert_eq!(
            (first.school.as_str(), first.name.as_str()),
            ("0001", "Special Centre")
        );
        let mctavish = school("1559".parse().expect("code")).expect("in the directory");
        assert_eq!(mctavish.name, "École McTavish Public High School");
        assert!(mctavish.online && mctavish.blended && !mctavish.outreach);
        assert!(
            enrolment()
                .iter()
                .all(|row| row.school_name.trim() == row.school_name)
        );
    }

    #[test]
    fn an_extra_first_column_and_a_broken_header_change_nothing() {
        let text = "School Year Name,School Authority Category,School Authority Name,School Authority Code,\"School Name\n\",School Code,ECS,Grade 1,Grade 2,Grade 3,Grade 4,Grade 5,Grade 6,Grade 7,Grade 8,Grade 9,Grade 10,Grade 11,Grade 12,Total\r\n2023/2024,Public,The Clearview School Division,0052,Learning Centre ,0007,,1,2,,,,,,,,,,\"1,200\",\"1,203\"\r\n*A footnote,,\r\n2023/2024,Public,X,52,Y,0008,,,,,,,,,,,,,,0\r\n2023/2024,Public,X,0052,Y,0008,1,,,,,,,,,,,,,2\r\n";
        let read = read_enrolment(text).expect("readable");
        assert_eq!(read.rows.len(), 1);
        let row = &read.rows[0];
        assert_eq!(
            (
                row.school.as_str(),
                row.school_name.as_str(),
                row.grades[12],
                row.total
            ),
            ("0007", "Learning Centre", 1200, 1203)
        );
        let reasons: Vec<&str> = read.skipped.iter().map(|row| row.reason.as_str()).collect();
        assert_eq!(
            reasons,
            [
                "a footnote",
                "\"52\" is not a code of four digits",
                "the grades sum to 1, the total says 2"
            ]
        );
        assert_eq!(read.skipped[0].line, 4, "the header takes two lines");
    }

    #[test]
    fn a_file_without_a_column_is_refused_by_its_name() {
        assert!(matches!(
            read_enrolment("School Name,School Code\n"),
            Err(OpenDataError::NoColumn(_))
        ));
    }
}
