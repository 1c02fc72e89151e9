//! One student of a batch at the end of a school year is decided otherwise: left out, or placed elsewhere.

use super::words::title;
use super::{head, load, path, run};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{MassUpdate, ViewStudents};
use axum::extract::{Path, State};
use enrolment::mass::{self, Batch, Exception, MassChange, Row, Wanted};
use enrolment::rules::Seat;
use kernel::{Failure, Finding as Found, Findings, Grade, MassUpdateId, Outcome, SchoolId};
use maud::{Markup, html};
use schools::Directory;
use ui::ctx::Job;
use ui::form::{self, Choice, Field, Finding, Form, Width};
use ui::{Action, Ctx, card};

/// What the form is about.
struct Asked {
    row: Row,
    name: String,
    directory: Directory,
}

/// The question about one row.
pub(super) async fn page(app: &App, who: &Who, batch: &Batch, number: i32) -> PageResult {
    let asked = read(app, who, batch.id, number).await?;
    let fields = fields_of(&asked.row);
    shown(app, who, batch, &asked, (&fields, &[]))
        .await
        .map(Answer::page)
}

/// Takes down what was decided; the student is judged anew.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<MassUpdateId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<MassUpdate>::wide(who.standing()).or_stop(&app, &who)?;
    let batch = load(&app, &who, id).await?;
    let number = fields.get("number").parse().map_err(|_| Failure::NotFound);
    let number: i32 = number.or_stop(&app, &who)?;
    let taken = match decided(&fields) {
        Ok(exception) => {
            app.store()
                .write(who.actor(), move |tx| {
                    mass::except(tx, &permit, (id, number), exception)
                })
                .await
        }
        Err(failure) => Err(failure),
    };
    match taken {
        Ok(()) => run::go(&app, &who, id).await,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let asked = read(&app, &who, id, number).await?;
            shown(&app, &who, &batch, &asked, (&fields, &found))
                .await
                .map(Answer::again)
        }
    }
}

async fn read(app: &App, who: &Who, id: MassUpdateId, number: i32) -> Result<Asked, Stopped> {
    let permit = Permit::<MassUpdate>::wide(who.standing()).or_stop(app, who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    app.store()
        .read(who.division(), move |at| {
            let wanted = Wanted {
                states: &[],
                school: None,
                after: number.saturating_sub(1),
                limit: 1,
            };
            let mut rows = mass::rows(at, &permit, id, wanted)?;
            let row = rows
                .pop()
                .filter(|row| row.number == number)
                .ok_or(Failure::NotFound)?;
            let mut cards = people::cards_of(at, &view, &[row.student])?;
            let card = cards.pop().ok_or(Failure::NotFound)?;
            Ok(Asked {
                row,
                name: card.list_name,
                directory: schools::directory(at)?,
            })
        })
        .await
        .or_stop(app, who)
}

fn fields_of(row: &Row) -> Fields {
    let (decision, seat) = match row.exception {
        None => ("proposed", row.seat),
        Some(Exception::LeaveOut) => ("leave-out", row.seat),
        Some(Exception::Seat(seat)) => ("seat", Some(seat)),
    };
    let mut pairs = vec![("decision".to_owned(), decision.to_owned())];
    if let Some(seat) = seat {
        pairs.push(("school".to_owned(), seat.school.to_string()));
        pairs.push(("grade".to_owned(), seat.grade.as_str().to_owned()));
    }
    Fields::from(pairs)
}

/// The form as a decision; every wrong field at once.
fn decided(fields: &Fields) -> Outcome<Option<Exception>> {
    match fields.get("decision") {
        "proposed" => Ok(None),
        "leave-out" => Ok(Some(Exception::LeaveOut)),
        "seat" => {
            let mut findings = Findings::default();
            let school: Option<SchoolId> = fields.parsed("school", "LP-0443", &mut findings);
            let grade: Option<Grade> = fields.parsed("grade", "LP-0004", &mut findings);
            if let (Some(school), Some(grade)) = (school, grade) {
                return Ok(Some(Exception::Seat(Seat { school, grade })));
            }
            if findings.is_empty() {
                findings.push(Found::refuse("LP-0443", "school"));
            }
            Err(Failure::Invalid(findings))
        }
        _ => Err(Failure::refuse("LP-0443", "decision")),
    }
}

async fn shown(
    app: &App,
    who: &Who,
    batch: &Batch,
    asked: &Asked,
    (fields, found): (&Fields, &[Finding]),
) -> Result<Markup, Stopped> {
    let ctx = context::of(app, who, Job::Students).await?;
    let lang = ctx.lang;
    let body = html! {
        (head(lang, &batch.change.as_ref().map(|change| title(lang, change)).unwrap_or_default(), "").draw())
        div class="grid" { div class="s7" {
            (card::card(&card::Head::new("exception", asked.name.clone()), &question(&ctx, batch, (who, asked), (fields, found))))
        } }
    };
    Ok(ui::shell::page(&ctx, lang.t("mass-title"), body))
}

fn question(
    ctx: &Ctx,
    batch: &Batch,
    (who, asked): (&Who, &Asked),
    (fields, found): (&Fields, &[Finding]),
) -> Markup {
    let lang = ctx.lang;
    let is_register = matches!(batch.change, Some(MassChange::Register(_)));
    let (decision, school, grade) = (
        lang.t("year-decision"),
        lang.t("column-school"),
        lang.t("column-grade"),
    );
    let mut answers = vec![
        Choice::new("proposed", lang.t("year-decision-proposed")).key("1"),
        Choice::new("leave-out", lang.t("year-decision-leave-out")).key("2"),
    ];
    if is_register {
        answers.push(Choice::new("seat", lang.t("year-decision-seat")).key("3"));
    }
    let standing = who.standing();
    let own = asked
        .directory
        .all()
        .iter()
        .filter(|one| standing.schools.is_empty() || standing.schools.contains(&one.id));
    let schools: Vec<Choice> = own
        .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
        .collect();
    let grades: Vec<Choice> = Grade::ALL
        .iter()
        .map(|grade| Choice::new(grade.as_str(), grade.label()))
        .collect();
    let inner = html! {
        input type="hidden" name="number" value=(asked.row.number);
        (form::summary(lang, found, &["decision", "school", "grade"]))
        div class="fg" {
            (Field::new(lang, "decision", &decision).value(fields.get("decision")).findings(found).width(Width::Whole).radios(&answers))
            @if is_register {
                (Field::new(lang, "school", &school).value(fields.get("school")).findings(found).required().width(Width::TwoThirds).select(&schools))
                (Field::new(lang, "grade", &grade).value(fields.get("grade")).findings(found).required().width(Width::Third).select(&grades))
            }
        }
        (form::form_end(lang, &html! {}, &path(batch.id), &Action::submit(lang.t("save")).primary().key("Ctrl Enter")))
    };
    Form::post(&format!("{}/except", path(batch.id))).draw_in(ctx, &inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_read_or_says_what_is_missing() {
        let school = SchoolId::derived("a").to_string();
        for (fields, want) in [
            (&[("decision", "proposed")][..], Some("None")),
            (&[("decision", "leave-out")], Some("Some(LeaveOut)")),
            (
                &[("decision", "seat"), ("school", school.as_str()), ("grade", "12")],
                Some("Some(Seat("),
            ),
            (
                &[("decision", "seat"), ("school", school.as_str()), ("grade", "13")],
                None,
            ),
            (&[("decision", "seat"), ("school", "mine"), ("grade", "12")], None),
            (&[("decision", "seat")], None),
            (&[], None),
        ] {
            let read = decided(&Fields::of(fields))
                .ok()
                .map(|decision| format!("{decision:?}"));
            match want {
                None => assert_eq!(read, None, "{fields:?}"),
                Some(want) => assert!(
                    read.as_ref().is_some_and(|read| read.starts_with(want)),
                    "{fields:?}: {read:?}"
                ),
            }
        }
    }
}
