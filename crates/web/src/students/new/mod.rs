//! The counter: a child is registered. While the name is typed, our own
//! students and the province answer; one form; saved, and PASI has it.

pub(crate) mod family;
mod form;
mod guardian;
mod matches;
mod read;

use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{CreateStudents, ManageEnrolment, ViewStudents};
use axum::extract::{Query, State};
use enrolment::On;
use kernel::{Outcome, StudentId};
use matches::Reach;
use pasi::{ProvinceOnPeople, ProvinceRules};
use ui::ctx::Job;

/// The empty form.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    Permit::<CreateStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let fields = Fields::default();
    shown(&app, &who, &fields, &[]).await.map(Answer::page)
}

/// The form with what was typed, and what is wrong with it.
async fn shown(
    app: &App,
    who: &Who,
    fields: &Fields,
    found: &[ui::form::Finding],
) -> Result<maud::Markup, Stopped> {
    let ctx = context::of(app, who, Job::Students).await?;
    let directory = app
        .store()
        .read(who.division(), |at| schools::directory(at))
        .await
        .or_stop(app, who)?;
    let matches = if found.is_empty() {
        None
    } else {
        Some(matches::find(app, who, fields, Reach::on_screen(fields)).await?)
    };
    let families = if found.is_empty() {
        Vec::new()
    } else {
        family::find(app, who, fields).await?
    };
    let token = fields
        .some("once")
        .unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let today = app.store().now().date();
    let drawn = form::Drawn {
        ctx: &ctx,
        who,
        fields,
        found,
        directory: &directory,
        matches: matches.as_ref(),
        families: &families,
        token: &token,
        today,
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("new-title"), drawn.page()))
}

/// The live part alone, asked for while typing.
pub(crate) async fn live(
    State(app): State<App>,
    who: Who,
    Query(pairs): Query<Vec<(String, String)>>,
) -> PageResult {
    Permit::<CreateStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let fields = Fields::from(pairs);
    let matches = matches::find(&app, &who, &fields, Reach::pressed(&fields)).await?;
    let part = matches::draw(who.lang(), &who, &matches, (&fields, &[]));
    Ok(ui::shell::fragment(part).into())
}

/// Saves the student and the enrolment in one transaction; then waits a moment
/// for the province, so that the page shows the ASN.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    Permit::<CreateStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let lang = who.lang();
    let saved = if let Err(failure) = fields.fit() {
        Err(failure)
    } else if fields.get("another") == matches::TAKE_IN {
        take_in(&app, &who, &fields).await
    } else {
        register(&app, &who, &fields).await?
    };
    match saved {
        Ok(student) => {
            app.settle_new(student).await;
            Ok(Answer::see(format!("/students/{student}")))
        }
        Err(failure) => {
            let found = findings::of_failure(lang, read::beside(failure)).or_stop(&app, &who)?;
            shown(&app, &who, &fields, &found).await.map(Answer::again)
        }
    }
}

/// Registers a new child, whom PASI knows or not as the person decided.
async fn register(app: &App, who: &Who, fields: &Fields) -> Result<Outcome<StudentId>, Stopped> {
    let mut asn = matches::chosen(app, who, fields).await?;
    if asn.is_err() && is_sent_again(app, who, fields).await? {
        asn = Ok(None); // PASI names the child that the first arrival of this form has made
    }
    Ok(match read::command(app, who, fields, asn) {
        Ok(command) => save(app, who, command, fields).await,
        Err(failure) => Err(failure),
    })
}

async fn is_sent_again(app: &App, who: &Who, fields: &Fields) -> Result<bool, Stopped> {
    let (standing, id) = (who.standing().clone(), read::student_id(who, fields));
    app.store()
        .read(who.division(), move |at| {
            people::is_there(at, &Permit::<CreateStudents>::wide(&standing)?, id)
        })
        .await
        .or_stop(app, who)
}

/// Enrols the child of that name and birth date who left another school of the
/// division. What was typed of family and home is not taken: the record has its own.
async fn take_in(app: &App, who: &Who, fields: &Fields) -> Outcome<StudentId> {
    let (claim, id, enrol) = read::claim(who, fields)?;
    let standing = who.standing().clone();
    let taken = app
        .store()
        .write(who.actor(), move |tx| {
            let create = Permit::<CreateStudents>::wide(&standing)?;
            let manage = Permit::<ManageEnrolment>::school(&standing, enrol.school)?;
            let judge = |tx: &mut db::Tx, student| ProvinceRules::of(tx, Some(student));
            enrolment::take_in(tx, (&create, &manage), (&claim, id), enrol.clone(), judge)
        })
        .await?;
    Ok(taken.record.student)
}

async fn save(app: &App, who: &Who, command: read::Command, fields: &Fields) -> Outcome<StudentId> {
    let (standing, fields) = (who.standing().clone(), fields.clone());
    app.store()
        .write(who.actor(), move |tx| {
            let create = Permit::<CreateStudents>::wide(&standing)?;
            let manage = Permit::<ManageEnrolment>::school(&standing, command.enrol.school)?;
            let view = Permit::<ViewStudents>::wide(&standing)?;
            let mut new = command.student.clone();
            if !people::is_there(tx, &create, new.id)? {
                family::bring(tx, &view, &fields, &mut new)?;
            }
            let made = people::create_student(tx, &create, &new, &ProvinceOnPeople)?;
            if made.was_there {
                return Ok(made.student); // the same form came twice
            }
            let judge = ProvinceRules::of(tx, Some(made.student))?;
            let on = On::new(made.student, command.enrolment_id);
            let enrolled = enrolment::enrol(tx, &manage, &on, command.enrol.clone(), &judge)?;
            let mut findings = made.findings;
            findings.extend(enrolled.findings.0);
            fields.confirmed(findings)?;
            Ok(made.student)
        })
        .await
}
