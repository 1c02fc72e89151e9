//! A roll that was sent: by its form, or by the script that kept it while the server was away.

use super::address;
use super::roll::{Asked, Attempt, draw};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::{App, findings};
use access::Permit;
use access::action::TakeAttendance;
use attendance::{Entry, TakeRoll, Taken};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::IntoResponse;
use kernel::{Failure, Finding, Findings, Outcome, StudentId};
use serde_json::json;

/// Takes the roll. To a script it answers in JSON how many entries clash and where to go on; the form is answered with
/// the page that shows both sides.
pub(crate) async fn send(
    State(app): State<App>,
    headers: HeaderMap,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<TakeAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let at = Asked::roll(
        fields.get("school"),
        fields.get("on"),
        fields.get("slot"),
        fields.get("group"),
    )
    .or_stop(&app, &who)?;
    let read = fields.fit().and_then(|()| read(&fields));
    let taken = match read {
        Ok((key, entries)) => {
            let cmd = TakeRoll {
                key,
                at: at.clone(),
                entries,
            };
            let write = move |tx: &mut db::Tx| attendance::take(tx, &permit, &cmd);
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    let takes_json = headers
        .get(ACCEPT)
        .is_some_and(|value| value.as_bytes() == b"application/json");
    let mut attempt = Attempt::default();
    match taken {
        Ok(Taken { clashes, .. }) if takes_json => {
            let next = if clashes.is_empty() {
                "/attendance?taken=1".to_owned()
            } else {
                address(&at)
            };
            let told = json!({ "clashes": clashes.len(), "next": next });
            return Ok(Answer::Other(Box::new(Json(told).into_response())));
        }
        Ok(Taken { clashes, .. }) if clashes.is_empty() => return Ok(Answer::see("/attendance?taken=1")),
        Ok(Taken { clashes, .. }) => attempt.clashes = clashes,
        Err(failure) => attempt.found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
    }
    let is_clash = !attempt.clashes.is_empty();
    attempt.fields = Some(fields);
    let page = draw(&app, &who, at, &attempt).await?;
    Ok(if is_clash {
        Answer::stale(page)
    } else {
        Answer::again(page)
    })
}

/// Key and entries of the form. A field about a student who is none says nothing of anybody.
fn read(fields: &Fields) -> Outcome<(kernel::SubmissionId, Vec<Entry>)> {
    let key = fields
        .get("key")
        .parse()
        .map_err(|_| Failure::refuse("LP-0011", ""))?;
    let mut findings = Findings::default();
    let mut entries = Vec::new();
    for (name, letter) in fields.pairs() {
        let Some(student) = name
            .strip_prefix("letter-")
            .and_then(|id| id.parse::<StudentId>().ok())
        else {
            continue;
        };
        let field = |part: &str| format!("{part}-{student}");
        let minutes = fields.get(&field("minutes"));
        let late = minutes.parse::<i32>().ok();
        if !minutes.is_empty() && late.is_none() {
            findings.push(
                Finding::refuse("LP-0707", field("minutes")).with("most", attendance::rules::MOST_MINUTES),
            );
        }
        entries.push(Entry {
            student,
            letter: letter.trim().to_owned(),
            minutes: late,
            comment: fields.get(&field("comment")).to_owned(),
            seen: fields.get(&field("seen")).parse().unwrap_or(0),
        });
    }
    findings.or_refuse()?;
    Ok((key, entries))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::posted::Fields;
    use kernel::{Failure, StudentId, SubmissionId};

    #[test]
    fn a_form_says_of_each_student_a_letter_and_what_its_page_saw() {
        let (student, key) = (StudentId::derived("a"), SubmissionId::derived("k"));
        let name = |part: &str| format!("{part}-{student}");
        let (letter, seen, minutes) = (name("letter"), name("seen"), name("minutes"));
        let key_text = key.to_string();
        let fields = Fields::of(&[
            ("key", &key_text),
            (&letter, "L"),
            (&seen, "2"),
            (&minutes, "11"),
            ("letter-nobody", "A"),
        ]);
        let (read_key, entries) = read(&fields).expect("readable");
        assert_eq!((read_key, entries.len()), (key, 1));
        assert_eq!(
            (entries[0].letter.as_str(), entries[0].minutes, entries[0].seen),
            ("L", Some(11), 2)
        );
        let wrong = Fields::of(&[("key", &key_text), (&letter, "L"), (&minutes, "soon")]);
        assert!(matches!(read(&wrong), Err(Failure::Invalid(_))));
        assert!(
            read(&Fields::of(&[("key", "x")])).is_err(),
            "a form without its key may be sent twice"
        );
    }
}
