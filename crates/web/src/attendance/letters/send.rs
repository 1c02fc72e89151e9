//! Making letters, saying that they were mailed, taking them back.

use super::compose::Letterhead;
use super::{Asked, Attempt, HOME, draw};
use crate::answer::{Answer, OrStop, PageResult, query};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings};
use access::Permit;
use access::action::{ManageAttendance, ViewStudents};
use attendance::{LetterBatch, SendLetters};
use axum::extract::State;
use db::Tx;
use kernel::{Failure, LetterBatchId, Outcome, StudentId};

/// Makes the letters of those who were ticked.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let sender = who.holder().display_name.clone();
    let made = match command(&fields) {
        Ok(cmd) => {
            let write = move |tx: &mut Tx| {
                let codes = attendance::codes_of(tx, &permit, cmd.school)?;
                let letterhead = Letterhead::read(tx, cmd.school, codes, &sender)?;
                attendance::send_letters(tx, (&permit, &view), &cmd, &|due, addressee, by| {
                    letterhead.kept(due, addressee, by)
                })
            };
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    after(&app, &who, fields, made).await
}

/// Says that the letters of a batch were mailed.
pub(crate) async fn mailed(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let id = id_of(&fields).or_stop(&app, &who)?;
    let write = move |tx: &mut Tx| attendance::mail_letters(tx, &permit, id);
    app.store().write(who.actor(), write).await.or_stop(&app, &who)?;
    Ok(back(fields.get("school"), ""))
}

/// Takes the letters of a batch back.
pub(crate) async fn undo(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let id = id_of(&fields).or_stop(&app, &who)?;
    let write = move |tx: &mut Tx| attendance::take_back_letters(tx, &permit, id);
    match app.store().write(who.actor(), write).await {
        Ok(_) => Ok(back(fields.get("school"), "")),
        Err(failure) => {
            let attempt = Attempt {
                fields: Fields::default(),
                found: findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
            };
            Ok(Answer::again(draw(&app, &who, asked(&fields), &attempt).await?))
        }
    }
}

fn id_of(fields: &Fields) -> Outcome<LetterBatchId> {
    fields.get("id").parse().map_err(|_| Failure::NotFound)
}

fn asked(fields: &Fields) -> Asked {
    Asked {
        school: fields.get("school").to_owned(),
        made: String::new(),
    }
}

fn back(school: &str, made: &str) -> Answer {
    Answer::see(format!("{HOME}{}", query([("school", school), ("made", made)])))
}

async fn after(app: &App, who: &Who, fields: Fields, made: Outcome<LetterBatch>) -> PageResult {
    // Somebody made a letter of one of them at the same moment.
    let made = made.map_err(|failure| match failure {
        Failure::Conflict(_) => Failure::refuse("LP-0749", ""),
        other => other,
    });
    match made {
        Ok(batch) => Ok(back(fields.get("school"), &batch.id.to_string())),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(app, who)?;
            let asked = asked(&fields);
            let attempt = Attempt { fields, found };
            Ok(Answer::again(draw(app, who, asked, &attempt).await?))
        }
    }
}

fn command(fields: &Fields) -> Outcome<SendLetters> {
    let ids = |name: &str| -> Vec<StudentId> {
        fields
            .all(name)
            .iter()
            .filter_map(|one| one.parse().ok())
            .collect()
    };
    let students = ids("student").into_iter();
    Ok(SendLetters {
        id: id_of(fields)?,
        school: fields.get("school").parse().map_err(|_| Failure::NotFound)?,
        students: students
            .map(|one| (one, fields.get(&format!("seen-{one}")).to_owned()))
            .collect(),
        read: ids("read").into_iter().collect(),
    })
}
