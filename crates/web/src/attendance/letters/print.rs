//! Letters on paper: a batch, or one again.

use super::compose::printed;
use crate::answer::{Answer, OrStop, PageResult};
use crate::students::head;
use crate::who::Who;
use crate::{App, paper};
use access::Permit;
use access::action::ManageAttendance;
use axum::extract::{Path, State};
use kernel::{LetterBatchId, LetterId, StudentId};

/// The letters of a batch, one after the other.
pub(crate) async fn batch(State(app): State<App>, who: Who, Path(id): Path<LetterBatchId>) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let read = app.store().read(who.division(), move |at| {
        let (batch, letters) = attendance::letter_batch(at, &permit, id)?;
        let school = schools::school(at, batch.school)?;
        let letters = printed(letters.iter().map(|one| one.content.as_str()), &school.name)?;
        Ok((batch, letters))
    });
    let (batch, letters) = read.await.or_stop(&app, &who)?;
    let made = paper::made(letters, (batch.id.to_string(), batch.made_at))
        .await
        .or_stop(&app, &who)?;
    Ok(Answer::pdf(&format!("letters-{}", batch.made_at.date()), made))
}

/// One letter about a student, as it was printed then.
pub(crate) async fn one(
    State(app): State<App>,
    who: Who,
    Path((student, id)): Path<(StudentId, LetterId)>,
) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    // Like every page of a student: not before the caution was read.
    let opened = head::open(&app, &who, student, move |at, _| {
        let letter = attendance::letter(at, &permit, (student, id))?;
        let school = schools::school(at, letter.batch.school)?;
        let letters = printed([letter.content.as_str()], &school.name)?;
        Ok((letter, letters))
    });
    let (letter, letters) = opened.await?.shown;
    let made = paper::made(letters, (letter.id.to_string(), letter.batch.made_at))
        .await
        .or_stop(&app, &who)?;
    Ok(Answer::pdf(
        &format!("letter-{}", letter.batch.made_at.date()),
        made,
    ))
}
