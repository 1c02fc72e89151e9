//! Rules of documents: judged before the upload, when the connection is not
//! yet burdened with the file, and by the server that keeps it.

mod pdf;

pub use pdf::{PdfError, check_pdf};

use super::finding;
use crate::messages::{
    DocumentProblemReport, DocumentRetentionPeriod, DocumentTypeInfo, RefIdVersion, StudentRecordDocument,
};
use kernel::{Date, Finding, Findings};
use uuid::Uuid;

/// Category of documents that prove who somebody is.
pub const IDENTITY: &str = "Identity";
/// How long a document of three years is kept, in years.
const THREE_YEARS: i16 = 3;

/// A document as it is judged.
#[derive(Debug, Clone, Copy)]
pub struct DocumentFacts<'a> {
    /// As it was sent.
    pub sent: &'a StudentRecordDocument,
    /// As the province holds it; none when it is new.
    pub held: Option<&'a StudentRecordDocument>,
    /// The file that came with it.
    pub image: Option<&'a [u8]>,
    /// Its kind.
    pub kind: &'a DocumentTypeInfo,
    /// Is the sender the ministry?
    pub is_ministry: bool,
}

/// Judges a document by itself and by its kind.
pub fn submitted(facts: &DocumentFacts<'_>, today: Date) -> Findings {
    let mut found = Findings::default();
    let DocumentFacts { sent, held, kind, .. } = *facts;
    if held.is_some_and(|held| (&held.document_type, held.asn) != (&sent.document_type, sent.asn)) {
        found.push(finding(65_201));
    }
    if sent.is_deleted {
        return found;
    }
    if kind.is_restricted && !facts.is_ministry {
        found.push(finding(65_192));
    }
    if held.is_none() {
        found.extend(is_taken(kind, today));
    }
    found.extend(of_kind(sent, kind));
    found.extend(file(facts));
    found
}

fn is_taken(kind: &DocumentTypeInfo, today: Date) -> Option<Finding> {
    let (first, last) = (kind.effective_start_date, kind.effective_end_date);
    let is_open = first <= today && last.is_none_or(|last| today <= last);
    let last = last.map_or_else(|| "-".to_owned(), |last| last.to_string());
    (!is_open).then(|| finding(65_191).with("first", first).with("last", last))
}

/// What the kind asks of what is known of the document.
fn of_kind(sent: &StudentRecordDocument, kind: &DocumentTypeInfo) -> impl Iterator<Item = Finding> {
    let lacks = [
        (kind.is_date_required && sent.document_date.is_none(), 65_193),
        (kind.is_expiry_date_required && sent.expiry_date.is_none(), 65_194),
        (kind.is_school_year_bound != sent.school_year.is_some(), 65_195),
    ];
    let lacks = lacks.into_iter().filter(|(lacks, _)| *lacks);
    lacks.map(|(_, number)| finding(number))
}

fn file(facts: &DocumentFacts<'_>) -> Option<Finding> {
    let Some(image) = facts.image.filter(|_| facts.held.is_none()) else {
        return (facts.image.is_some() || facts.held.is_none()).then(|| finding(65_196));
    };
    let kilobytes = image.len().div_ceil(1024);
    let most = facts.kind.maximum_image_file_size;
    if usize::try_from(most).is_ok_and(|most| kilobytes > most) {
        return Some(finding(65_198).with("size", kilobytes).with("most", most));
    }
    check_pdf(image).err().map(|error| match error {
        PdfError::Locked => finding(65_075),
        PdfError::Broken => finding(65_197),
    })
}

/// Judges which documents count from now on. `standing` are the student's
/// others of the kind that are relevant and not deleted, with their versions;
/// of a kind that allows one alone, each must be named as no longer so.
pub fn relevancy(
    sent: &StudentRecordDocument,
    kind: &DocumentTypeInfo,
    standing: &[(Uuid, i64)],
    no_longer: &[RefIdVersion],
) -> Findings {
    let mut found = Findings::default();
    for named in no_longer {
        match standing.iter().find(|(ref_id, _)| *ref_id == named.ref_id) {
            None => found.push(finding(9006)),
            Some((_, version)) if *version != named.expected_version => found.push(
                finding(65_045)
                    .with("document", named.ref_id)
                    .with("core", version)
                    .with("client", named.expected_version),
            ),
            Some(_) => {}
        }
    }
    if sent.is_relevant && !sent.is_deleted && !kind.can_have_multiple_relevant {
        let is_named = |ref_id: Uuid| no_longer.iter().any(|named| named.ref_id == ref_id);
        let left = standing.iter().find(|(ref_id, _)| !is_named(*ref_id));
        found.extend(left.map(|(ref_id, _)| finding(65_199).with("document", ref_id)));
    }
    found
}

/// Judges a report of what is wrong with a document.
pub fn problem(sent: &DocumentProblemReport) -> Option<Finding> {
    let says_nothing = sent.comment.as_deref().is_none_or(|said| said.trim().is_empty());
    (says_nothing && !sent.is_resolved).then(|| finding(65_203))
}

/// Until when a document is kept. `of_student` is the student's scheduled
/// disposal date, `added` the day the document came.
pub fn kept_until(
    document: &StudentRecordDocument,
    kind: &DocumentTypeInfo,
    of_student: Date,
    added: Date,
) -> Date {
    document
        .disposal_override_date
        .unwrap_or_else(|| match kind.retention_period {
            DocumentRetentionPeriod::Grade12Plus7Years => of_student,
            DocumentRetentionPeriod::ThreeYears => {
                document.document_date.unwrap_or(added).plus_years(THREE_YEARS)
            }
        })
}

/// The student's scheduled disposal date: September 1, seven years after the
/// calendar year in which who was born that year finishes grade 12.
pub fn scheduled_disposal(birth_date: Date) -> Date {
    const FINISHES_AT: i16 = 18;
    const KEPT_FOR: i16 = 7;
    let year = birth_date.year().saturating_add(FINISHES_AT + KEPT_FOR);
    Date::new(year, 9, 1).unwrap_or(birth_date)
}

/// Shall somebody look at the quality of one more document, of which there
/// are `all` so far and `looked_at` were looked at? The ratio is in a hundred.
pub fn wants_quality_assurance(ratio: u8, all: usize, looked_at: usize) -> bool {
    looked_at * 100 < (all + 1) * usize::from(ratio)
}

#[cfg(test)]
mod tests;
