//! The verbs: post, deliver, try again; and how messages stand.

use crate::model::{Answer, MailLine, MailState, NewMail, Taken};
use crate::postman::Postman;
use crate::{rules, store};
use access::Permit;
use access::action::ViewSystem;
use db::{Lane, Reading, Subject, Tx};
use jobs::{Note, Work};
use kernel::{Failure, MailId, Outcome};
use serde_json::json;
use std::collections::BTreeMap;

/// The kind of the job that sends.
pub const SEND: &str = "mail.send";

/// For so many seconds nobody else takes a message that is being sent: longer than an attempt may last.
const LEASE: i64 = 120;
/// Seconds in which a server that is away is not asked for the next message.
const AWAY: i64 = 60;
/// Messages that are listed.
const LISTED: i64 = 200;

/// Keeps messages to be sent, in the transaction of what caused them, and orders their sending. One whose id is
/// there already is left out. The caller's own permit covers whom is written to and why.
///
/// Refused by the rules `LP-0901` to `LP-0903`. Writes: `mail_message`, `job`, audit `mail.post`. Returns the ids that are new.
pub fn post(tx: &mut Tx, all: &[NewMail]) -> Outcome<Vec<MailId>> {
    let mut made = Vec::new();
    for new in all {
        rules::judge(new).or_refuse()?;
        if store::insert(tx, new)? {
            tx.record(
                "mail.post",
                Subject::new("mail", new.id),
                &json!({ "kind": new.kind }),
            );
            made.push(new.id);
        }
    }
    if !made.is_empty() {
        jobs::enqueue(tx, SEND, &())?;
    }
    Ok(made)
}

/// Has a message tried again that was refused, given up or put off. A conflict when it stands otherwise than the page
/// that knew so many `attempts` of it saw.
///
/// Refused by the rule `LP-0904`. Writes: `mail_message`, `job`, audit `mail.again`.
pub fn again(tx: &mut Tx, _permit: &Permit<ViewSystem>, (id, attempts): (MailId, i32)) -> Outcome<()> {
    let line = store::line(tx, id)?;
    rules::may_go_again(line.state, line.attempts).or_refuse()?;
    if line.attempts != attempts || !store::revive(tx, &line)? {
        return Err(Failure::stale(
            "mail",
            i64::from(attempts),
            i64::from(line.attempts),
        ));
    }
    tx.record(
        "mail.again",
        Subject::new("mail", id),
        &json!({ "was": line.state }),
    );
    jobs::enqueue(tx, SEND, &()).map(|_| ())
}

/// The last messages, latest first; of one state, or of all.
pub fn recent(
    at: &mut impl Reading,
    _permit: &Permit<ViewSystem>,
    state: Option<MailState>,
) -> Outcome<Vec<MailLine>> {
    store::recent(at, state, LISTED)
}

/// How many messages wait, were refused, and were given up.
pub fn troubled(at: &mut impl Reading) -> Outcome<(i64, i64, i64)> {
    Ok((
        store::count(at, MailState::Waiting)?,
        store::count(at, MailState::Refused)?,
        store::count(at, MailState::GivenUp)?,
    ))
}

/// How these messages stand, for whoever posted them.
pub fn states(at: &mut impl Reading, ids: &[MailId]) -> Outcome<BTreeMap<MailId, MailLine>> {
    store::lines(at, ids)
}

/// Sends what is due, one message after the other, and orders the next look when something waits on.
///
/// An attempt is noted before it is made. While the server is away nothing more is tried.
/// Writes, message by message: `mail_message`, audit `mail.sent`, `mail.refused` or `mail.given-up`; `job`.
pub async fn deliver(work: Work, postman: Postman) -> Outcome<Note> {
    let (mut sent, mut failed, mut pause) = (0, 0, 0);
    loop {
        work.go_on()?;
        let Some(taken) = write(&work, |tx| store::take(tx, LEASE)).await? else {
            break;
        };
        let answer = postman.send(&taken).await;
        let is_away = matches!(answer, Answer::Away(_));
        match write(&work, move |tx| settle(tx, &taken, &answer)).await? {
            MailState::Sent => sent += 1,
            MailState::Refused | MailState::GivenUp => failed += 1,
            MailState::Waiting => {}
        }
        if is_away {
            pause = AWAY;
            break;
        }
    }
    let waiting = write(&work, move |tx| {
        let (next, soonest) = (store::next_at(tx)?, tx.now().plus_seconds(pause));
        if let Some(at) = next {
            jobs::enqueue_at(tx, SEND, at.max(soonest))?;
        }
        Ok(usize::from(next.is_some()))
    })
    .await?;
    let note = Note::of("mail-sent", sent).and("mail-failed", failed);
    Ok(if waiting > 0 {
        note.and("mail-waiting", waiting)
    } else {
        note
    })
}

async fn write<T: Send + 'static>(
    work: &Work,
    step: impl FnMut(&mut Tx) -> Outcome<T> + Send + 'static,
) -> Outcome<T> {
    work.store().write_in(Lane::Batch, work.run().actor(), step).await
}

/// Writes down what came of an attempt.
fn settle(tx: &mut Tx, taken: &Taken, answer: &Answer) -> Outcome<MailState> {
    let (state, wait) = rules::after(answer, taken.attempts);
    let (Answer::Taken(words) | Answer::Later(words) | Answer::Refused(words) | Answer::Away(words)) = answer;
    let next = wait.map(|seconds| tx.now().plus_seconds(seconds));
    let words = rules::told(words, &taken.to);
    if store::settle(tx, taken, (state, next), &words)? && state != MailState::Waiting {
        let action = match state {
            MailState::Sent => "mail.sent",
            MailState::Refused => "mail.refused",
            MailState::GivenUp | MailState::Waiting => "mail.given-up",
        };
        let detail = json!({ "attempts": taken.attempts });
        tx.record(action, Subject::new("mail", taken.id), &detail);
    }
    Ok(state)
}
