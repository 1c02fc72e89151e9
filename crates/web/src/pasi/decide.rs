//! What people decide: what becomes of an item of the queue, and which side of
//! a student's differences stands.

use super::drawer::ack_name;
use super::offer;
use super::queue::{self, Asked};
use super::sides;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::students::head::{self, Opened, Page};
use crate::students::reading;
use crate::who::Who;
use crate::{App, cover, findings};
use access::Permit;
use access::action::{DecidePasi, ViewMedical};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use kernel::{Failure, Outcome, PasiItemId, SectionId, StudentId};
use maud::html;
use pasi::{Acknowledgement, Choice, Decision};
use ui::card;
use ui::notice::{Tone, banner};

/// An outcome of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Approve,
    Resend,
    Drop,
    /// Something is said to an alert.
    Say(Acknowledgement),
}

impl Verdict {
    fn of(fields: &Fields) -> Option<Self> {
        match fields.get("outcome") {
            "approve" => Some(Self::Approve),
            "resend" => Some(Self::Resend),
            "drop" => Some(Self::Drop),
            said => Acknowledgement::ALL
                .iter()
                .copied()
                .find(|known| ack_name(*known) == said)
                .map(Self::Say),
        }
    }

    fn apply(self, tx: &mut db::Tx, permit: &Permit<DecidePasi>, id: PasiItemId) -> Outcome<()> {
        match self {
            Self::Approve => pasi::approve(tx, permit, id),
            Self::Resend => pasi::resend(tx, permit, id),
            Self::Drop => pasi::drop_item(tx, permit, id),
            Self::Say(said) => pasi::acknowledge(tx, permit, id, said),
        }
    }
}

/// Applies an outcome, then goes on with the next row. Under a caution that was
/// not read nothing is decided: the row says so.
pub(crate) async fn item(
    State(app): State<App>,
    Path(id): Path<PasiItemId>,
    Query(asked): Query<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<DecidePasi>::wide(who.standing()).or_stop(&app, &who)?;
    let again = asked.opening(&id.to_string());
    let Some(verdict) = Verdict::of(&fields) else {
        return queue::show(&app, &who, &again, Some(&who.lang().t("pasi-page-choose"))).await;
    };
    let (standing, since) = (who.standing().clone(), who.signed_in.since);
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            let item = pasi::item(tx, id)?;
            if let Some(student) = item.student_id
                && cover::is_over(tx, &standing, since, student)?
            {
                return Ok(None);
            }
            verdict.apply(tx, &permit, id)?;
            Ok(Some(item))
        })
        .await;
    match done {
        Ok(Some(item)) => {
            if let Some(student) = item.student_id {
                app.settle(student).await;
                return Ok(Answer::see(asked.path()));
            }
            app.kick();
            let section = SectionId::from_uuid(item.ref_id().or_stop(&app, &who)?);
            Ok(Answer::see(crate::sections::path(section)))
        }
        Ok(None) => Ok(Answer::see(again.path())),
        Err(failure) => {
            let trouble = trouble(&who, failure).or_stop(&app, &who)?;
            queue::show(&app, &who, &again, Some(&trouble)).await
        }
    }
}

/// Applies the sides chosen for a student, all or none; none under a caution
/// that was not read, which the record's page shows.
pub(crate) async fn student(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let (standing, since) = (who.standing().clone(), who.signed_in.since);
    let decisions = decisions(&fields).or_stop(&app, &who)?;
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<DecidePasi>::student(tx, &standing, student)?;
            if cover::is_over(tx, &standing, since, student)? {
                return Ok(false);
            }
            pasi::decide(tx, &permit, student, &decisions)?;
            Ok(true)
        })
        .await;
    match done {
        Ok(false) => Ok(Answer::see(head::path(student, Page::Summary))),
        Ok(true) => {
            app.settle(student).await;
            let back = Some(fields.get("back")).filter(|back| back.starts_with("/pasi?") || *back == "/pasi");
            Ok(Answer::see(back.map_or_else(
                || head::path(student, Page::Summary),
                str::to_owned,
            )))
        }
        Err(failure) => {
            let trouble = trouble(&who, failure).or_stop(&app, &who)?;
            again(&app, &who, student, &trouble).await
        }
    }
}

/// The decisions of the form: `d0` says the side, `k0` what it is about, and so on.
/// `NotFound` when what a decision is about cannot be read.
fn decisions(fields: &Fields) -> Outcome<Vec<Decision>> {
    let mut decisions = Vec::new();
    for at in 0.. {
        let subject = fields.get(&sides::subject_name(at));
        if subject.is_empty() {
            break;
        }
        let choice = match fields.get(&sides::choice_name(at)) {
            "ours" => Choice::Ours,
            "theirs" => Choice::Theirs,
            _ => continue,
        };
        decisions.push(decision(subject, choice).ok_or(Failure::NotFound)?);
    }
    Ok(decisions)
}

fn decision(subject: &str, choice: Choice) -> Option<Decision> {
    // What stood on our side comes last, and may hold whatever a person wrote.
    let mut parts = subject.splitn(5, '|').map(str::to_owned);
    Some(Decision {
        record_kind: parts.next()?,
        record_key: parts.next()?,
        field: parts.next()?,
        seen_version: parts.next()?.parse().ok()?,
        seen_ours: parts.next()?,
        choice,
    })
}

/// What stood in the way, in a sentence; `Err` for what the page cannot help with.
fn trouble(who: &Who, failure: Failure) -> Outcome<String> {
    if matches!(failure, Failure::Conflict(_)) {
        return Ok(who.lang().t("pasi-page-stale").into_owned());
    }
    let shown = findings::of_failure(who.lang(), failure)?;
    // Several fields may have one thing in the way; it is said once.
    let mut said: Vec<String> = Vec::new();
    for finding in shown {
        if !said.contains(&finding.text) {
            said.push(finding.text);
        }
    }
    Ok(said.join(" "))
}

/// The differences as they are now, with what stood in the way.
async fn again(app: &App, who: &Who, student: StudentId, trouble: &str) -> PageResult {
    let standing = who.standing().clone();
    let opened = head::open(app, who, student, move |at, _| {
        let medical = Permit::<ViewMedical>::student(at, &standing, student).ok();
        let differences = pasi::differences_for(at, medical.as_ref(), student)?;
        let forms = offer::forms(at, student, &differences)?;
        Ok((differences, forms))
    });
    let Opened {
        head,
        ctx,
        shown: (differences, forms),
    } = opened.await?;
    if pasi::holds_opened(&differences) {
        reading::noted::<ViewMedical>(app, who, student, "medical").await?;
    }
    let lang = ctx.lang;
    let back = head::path(student, Page::Summary);
    let body = html! {
        (head.draw(who, Page::Summary, Vec::new()))
        div class="stack" {
            div role="alert" { (banner(Tone::Conflict, trouble, "", &[])) }
            @if differences.is_empty() {
                (card::card(&card::Head::new("pasi", lang.t("pasi-title")), &ui::waiting::cleared(&lang.t("pasi-agrees"))))
            } @else {
                (card::bare_card(
                    &card::Head::new("pasi", lang.t("pasi-differences")),
                    &sides::decisions(who, student, (&differences, &forms), true, &back),
                ))
            }
        }
        (head.because(who))
    };
    Ok(Answer::Page(
        StatusCode::CONFLICT,
        ui::shell::page(&ctx, lang.t("student-record"), body),
    ))
}

#[cfg(test)]
mod tests {
    use super::{Choice, decisions};
    use crate::posted::Fields;

    #[test]
    fn each_choice_is_read_with_what_it_is_about() {
        let sent = Fields::of(&[
            ("k0", "student|9990-4418-2|mailing-address|17|Box 1 | Peace River"),
            ("d0", "ours"),
            ("k1", "enrolment|0f|exit-date|4|"),
            ("k2", "student|9990-4418-2|phone|17|"),
            ("d2", "theirs"),
        ]);
        let read = decisions(&sent).expect("readable");
        let told: Vec<_> = read
            .iter()
            .map(|one| {
                (
                    one.field.as_str(),
                    one.seen_version,
                    one.seen_ours.as_str(),
                    one.choice,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("mailing-address", 17, "Box 1 | Peace River", Choice::Ours),
                ("phone", 17, "", Choice::Theirs)
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_guessed() {
        for subject in [
            "student",
            "student|x|phone",
            "student|x|phone|17",
            "student|x|phone|new|",
        ] {
            assert!(
                decisions(&Fields::of(&[("k0", subject), ("d0", "ours")])).is_err(),
                "{subject}"
            );
        }
    }
}
