//! A school, as the published files tell it.

use super::{Cells, Ground};
use kernel::{AuthorityCode, Finding, Grade, SchoolCode};

/// A school of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SchoolDraft {
    pub(crate) code: SchoolCode,
    pub(crate) name: String,
    pub(crate) authority: AuthorityCode,
    pub(crate) authority_name: Option<String>,
    pub(crate) authority_kind: Option<String>,
    pub(crate) street: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) phone: Option<String>,
    /// Lowest and highest; none when nothing is taught.
    pub(crate) grades: Option<(Grade, Grade)>,
}

const COUNTS: [&str; 13] = [
    "ecs", "grade_1", "grade_2", "grade_3", "grade_4", "grade_5", "grade_6", "grade_7", "grade_8", "grade_9",
    "grade_10", "grade_11", "grade_12",
];

/// Reads a row; `Err` for a school of another authority.
pub(crate) fn school(cells: &mut Cells, ground: &Ground) -> Result<Option<SchoolDraft>, Finding> {
    let authority = code(cells, "authority");
    if let Some(other) = authority
        && other != ground.ours
    {
        return Err(Finding::note("LP-0842", "authority").with("authority", other));
    }
    let (code, name) = (code(cells, "code"), cells.needed("name"));
    let grades = if cells.bound.has("grade_1") {
        counted(cells)
    } else {
        flagged(cells)
    };
    let postal_code = cells.some("postal_code").filter(|text| {
        let letters: Vec<char> = text.chars().filter(|letter| *letter != ' ').collect();
        let is_shaped = letters.len() == 6
            && letters.iter().enumerate().all(|(at, letter)| {
                if at % 2 == 0 {
                    letter.is_ascii_alphabetic()
                } else {
                    letter.is_ascii_digit()
                }
            })
            && !letters.iter().any(|letter| "DFIOQUdfioqu".contains(*letter))
            && !"WZwz".contains(letters[0]);
        if !is_shaped {
            cells.found.push(Finding::warn("LP-0838", "postal_code"));
        }
        is_shaped
    });
    Ok(code.zip(authority).map(|(code, authority)| SchoolDraft {
        code,
        name,
        authority,
        authority_name: cells.some("authority_name"),
        authority_kind: cells.some("authority_kind").map(|kind| kind_of(&kind)),
        street: cells.some("street"),
        city: cells.some("city"),
        postal_code,
        phone: cells.some("phone"),
        grades,
    }))
}

/// The kinds as the list of codes writes them.
fn kind_of(text: &str) -> String {
    match text {
        "Private School" | "Independent" | "Private" => "Private".to_owned(),
        _ => super::value::code_of(codes::CodeSet::AuthorityType, text).unwrap_or_else(|| text.to_owned()),
    }
}

/// A code of four digits; fewer have lost their zeros.
fn code<C: std::str::FromStr>(cells: &mut Cells, field: &str) -> Option<C> {
    let text = cells.needed(field);
    if text.is_empty() {
        return None;
    }
    let whole = format!("{text:0>4}");
    let read = whole.parse().ok();
    match (&read, whole == text) {
        (None, _) => cells.refuse("LP-0839", field),
        (Some(_), false) => cells.repaired("LP-0823", field, &whole),
        (Some(_), true) => {}
    }
    read
}

/// From `Y` and `N` of the directory.
fn flagged(cells: &mut Cells) -> Option<(Grade, Grade)> {
    let spans = [
        ("ecs", Grade::Ecs, Grade::Ecs),
        ("elementary", Grade::G1, Grade::G6),
        ("junior_high", Grade::G7, Grade::G9),
        ("senior_high", Grade::G10, Grade::G12),
    ];
    let taught: Vec<(Grade, Grade)> = spans
        .into_iter()
        .filter(|(field, _, _)| cells.yes(field) == Some(true))
        .map(|(_, lowest, highest)| (lowest, highest))
        .collect();
    Some((taught.first()?.0, taught.last()?.1))
}

/// From counts by grade, whose sum must be the total.
fn counted(cells: &mut Cells) -> Option<(Grade, Grade)> {
    let counts: Vec<i32> = COUNTS
        .iter()
        .map(|field| cells.number(field).unwrap_or(0))
        .collect();
    let sum: i32 = counts.iter().sum();
    if let Some(total) = cells.number("total").filter(|total| *total != sum) {
        cells.found.push(
            Finding::refuse("LP-0844", "total")
                .with("sum", sum)
                .with("total", total),
        );
    }
    let taught = |at: usize| u8::try_from(at).ok().and_then(Grade::from_number);
    let lowest = counts.iter().position(|count| *count > 0)?;
    let highest = counts.iter().rposition(|count| *count > 0)?;
    taught(lowest).zip(taught(highest))
}
