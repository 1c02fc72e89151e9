//! Many rolls at once: the practice division, and measuring.

use crate::model::{Group, Meaning, Slot, Source, default_codes};
use crate::store::{self, MarkRow, RollRow};
use access::action::ManageAttendance;
use access::{Action, Permit};
use db::{Reading, Subject, Tx};
use kernel::{Date, Failure, Instant, Outcome, SchoolId, StudentId, SubmissionId};
use serde_json::json;

/// A roll of a bulk, with its exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRoll {
    /// The school.
    pub school: SchoolId,
    /// The day.
    pub on: Date,
    /// The slot.
    pub slot: Slot,
    /// The homeroom or the section.
    pub group: Group,
    /// How many students stand in it.
    pub students: usize,
    /// When it was taken.
    pub taken_at: Instant,
    /// By whom.
    pub taken_by: String,
    /// Who was not simply present: student, letter of the default codes, minutes, note.
    pub marks: Vec<(StudentId, &'static str, Option<i32>, &'static str)>,
}

/// Writes rolls that nobody has taken yet, in a few statements, by the default
/// codes. The caller has made sure that the students stand in them and that the days are taught.
///
/// Fails as a conflict, with nothing written, when one was taken; denied when
/// the permit does not cover one of the schools. Writes: `attendance_roll`,
/// `attendance_mark`, one audit row that counts them.
pub fn insert_rolls(tx: &mut Tx, permit: &Permit<ManageAttendance>, all: Vec<BulkRoll>) -> Outcome<usize> {
    let (division, codes) = (tx.division(), default_codes());
    let (mut rolls, mut marks) = (Vec::with_capacity(all.len()), Vec::new());
    for one in all {
        if !permit.covers_school(one.school) {
            return Err(Failure::Denied(ManageAttendance::NAME));
        }
        for (student, letter, minutes, comment) in &one.marks {
            let code = codes.find(letter, one.on);
            marks.push(MarkRow {
                division_id: division,
                school_id: one.school,
                on_date: one.on,
                slot: one.slot,
                student_id: *student,
                version: 1,
                known_from: one.taken_at,
                known_to: None,
                known_by: one.taken_by.clone(),
                reason: String::new(),
                letter: (*letter).to_owned(),
                meaning: code.map_or(Meaning::Unexplained, |code| code.meaning),
                minutes: *minutes,
                comment: (*comment).to_owned(),
                source: Source::Teacher,
                range_id: None,
            });
        }
        let key = one.group.key();
        rolls.push(RollRow {
            division_id: division,
            school_id: one.school,
            on_date: one.on,
            slot: one.slot,
            submission: SubmissionId::derived(&format!("{}/{}/{}/{key}", one.school, one.on, one.slot)),
            group_key: key,
            version: 1,
            taken_at: one.taken_at,
            taken_by: one.taken_by,
            source: Source::Teacher,
            students: i32::try_from(one.students).unwrap_or(i32::MAX),
        });
    }
    let counted = (rolls.len(), marks.len());
    marks.sort_by_key(|row| (row.school_id, row.on_date, row.slot.as_str(), row.student_id));
    store::insert_rolls(tx, rolls)?;
    store::insert(tx, marks)?;
    if counted.0 > 0 {
        let detail = json!({ "rolls": counted.0, "marks": counted.1 });
        tx.record("attendance.bulk", Subject::new("division", division), &detail);
    }
    Ok(counted.0)
}
