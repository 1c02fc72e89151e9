//! The photograph: one a student, or none.

use crate::events::{Changed, topic};
use crate::ops::save::covered;
use crate::picture::Picture;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use db::schema::student_photo;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{Failure, Outcome, StudentId};
use serde_json::json;

/// The photograph and its tag; none when the student has none. `NotFound` outside the scope.
pub fn photo(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    student: StudentId,
) -> Outcome<Option<(String, Vec<u8>)>> {
    covered(at, permit, student)?;
    let division = at.division();
    Ok(student_photo::table
        .find((division, student))
        .select((student_photo::tag, student_photo::picture))
        .first(at.conn())
        .optional()?)
}

/// The tag of the photograph, for the address of the picture.
pub(crate) fn photo_tag(at: &mut impl Reading, student: StudentId) -> Outcome<Option<String>> {
    let division = at.division();
    Ok(db::ask!(
        at.conn(),
        first,
        student_photo::table
            .find((division, student))
            .select(student_photo::tag)
    )
    .optional()?)
}

/// The tags of the photographs of a class, those of the scope alone; whoever has none is absent.
pub fn photo_tags(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    students: &[StudentId],
) -> Outcome<Vec<(StudentId, String)>> {
    let (division, mut all) = (at.division(), Vec::with_capacity(students.len()));
    let own: Vec<StudentId> = crate::search::cards_of(at, permit, students)?
        .into_iter()
        .map(|card| card.student)
        .collect();
    for some in own.chunks(400) {
        let found: Vec<(StudentId, String)> = student_photo::table
            .filter(
                student_photo::division_id
                    .eq(division)
                    .and(student_photo::student_id.eq_any(some.to_vec())),
            )
            .select((student_photo::student_id, student_photo::tag))
            .load(at.conn())?;
        all.extend(found);
    }
    Ok(all)
}

/// Takes a photograph in, in place of the one before, whose bytes are gone.
///
/// The same picture again leaves no trace. Writes the picture and the audit row
/// `student.photo.set` with its tag. Announces `student.photo`.
pub fn set_photo(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    student: StudentId,
    picture: &Picture,
) -> Outcome<()> {
    covered(tx, permit, student)?;
    let tag = picture.tag();
    if photo_tag(tx, student)?.as_ref() == Some(&tag) {
        return Ok(());
    }
    let (division, now) = (tx.division(), tx.now());
    diesel::delete(student_photo::table.find((division, student))).execute(tx.conn())?;
    let row = (
        student_photo::division_id.eq(division),
        student_photo::student_id.eq(student),
        student_photo::tag.eq(&tag),
        student_photo::picture.eq(picture.bytes()),
        student_photo::taken_in_at.eq(now),
    );
    diesel::insert_into(student_photo::table)
        .values(row)
        .execute(tx.conn())?;
    let subject = Subject::new("student", student);
    tx.record("student.photo.set", subject.clone(), &json!({ "tag": tag }));
    tx.announce(topic::PHOTO, &subject, &Changed::new(&student, 1, "changed"));
    Ok(())
}

/// Takes the photograph out; its bytes are gone. `NotFound` when there is none.
///
/// Writes the audit row `student.photo.remove`. Announces `student.photo`.
pub fn remove_photo(tx: &mut Tx, permit: &Permit<EditStudents>, student: StudentId) -> Outcome<()> {
    covered(tx, permit, student)?;
    let division = tx.division();
    let gone = diesel::delete(student_photo::table.find((division, student))).execute(tx.conn())?;
    if gone == 0 {
        return Err(Failure::NotFound);
    }
    let subject = Subject::new("student", student);
    tx.record("student.photo.remove", subject.clone(), &json!({}));
    tx.announce(topic::PHOTO, &subject, &Changed::new(&student, 1, "removed"));
    Ok(())
}
