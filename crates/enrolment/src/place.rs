//! Who may see the student, and what lists show: kept current with every change.

use crate::model::Enrolment;
use crate::{rules, store};
use access::Placed;
use access::ties::{self, Stays};
use db::{Reading, Tx};
use kernel::{Outcome, StudentId};

/// Settles a student after an enrolment was saved. Whom teachers see is looked at
/// only when the days changed on which the student is at the school.
pub(crate) fn settle(tx: &mut Tx, before: Option<&Enrolment>, saved: &Enrolment) -> Outcome<()> {
    let (student, school) = (saved.student, saved.school);
    let mut all = store::of_student(tx, student)?;
    let today = tx.today();
    let (from, until) = rules::presence(&all, school, today);
    access::place_student(tx, student, school, from, until)?;
    people::set_place(tx, student, &rules::place(&all, today))?;
    let stays = rules::stays(&all, student, school);
    all.retain(|one| one.id != saved.id);
    all.extend(before.cloned());
    if stays == rules::stays(&all, student, school) {
        return Ok(());
    }
    ties::settle_classes(tx, &[student], &[((student, school), stays)].into())
}

/// Settles many students at every school they are or were at.
pub(crate) fn settle_all(tx: &mut Tx, students: &[StudentId]) -> Outcome<()> {
    let today = tx.today();
    let mut all = store::of_students(tx, students)?;
    all.sort_by_key(|enrolment| (enrolment.student, enrolment.school));
    let placed = all
        .chunk_by(|one, next| one.student == next.student && one.school == next.school)
        .map(|stays| {
            let (from, until) = rules::presence(stays, stays[0].school, today);
            Placed::new(stays[0].student, stays[0].school, from, until)
        })
        .collect();
    access::place_students(tx, placed)?;
    ties::settle_classes(tx, students, &stays(&all))?;
    let stands: Vec<_> = all
        .chunk_by(|one, next| one.student == next.student)
        .map(|of_student| (of_student[0].student, rules::place(of_student, today)))
        .collect();
    people::set_places(tx, &stands)
}

/// The stays of every student at every school; `all` in the order of both.
fn stays(all: &[Enrolment]) -> Stays {
    all.chunk_by(|one, next| one.student == next.student && one.school == next.school)
        .map(|at| {
            let (student, school) = (at[0].student, at[0].school);
            ((student, school), rules::stays(at, student, school))
        })
        .collect()
}
