//! The counter: a child is registered. While the name is typed, our own
//! students and the province answer; one form; saved, and PASI has it.

pub(crate) mod family;
mod form;
mod read;

use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{CreateStudents, ManageEnrolment, ViewStudents};
use axum::extract::{Query, State};
use enrolment::On;
use kernel::{OrganizationCode, Outcome, StudentId};
use pasi::{ProvinceRules, Search, SearchOutcome};
use people::search::Duplicate;
use schools::Directory;
use ui::ctx::Job;

/// What the live part shows: who may be the same child, here and at the province.
pub(crate) struct Matches {
    duplicates: Vec<Duplicate>,
    province: Option<SearchOutcome>,
}

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
        Some(matches(app, who, fields).await?)
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
    let matches = matches(&app, &who, &fields).await?;
    Ok(ui::shell::fragment(form::matches(who.lang(), &matches, &fields)).into())
}

async fn matches(app: &App, who: &Who, fields: &Fields) -> Result<Matches, Stopped> {
    let Some((name, born)) = read::name_and_birth(fields) else {
        return Ok(Matches {
            duplicates: Vec::new(),
            province: None,
        });
    };
    let (standing, ours) = (who.standing().clone(), name.clone());
    let duplicates = app
        .store()
        .read(who.division(), move |at| {
            let create = Permit::<CreateStudents>::wide(&standing)?;
            people::possible_duplicates(at, &create, &ours, Some(born))
        })
        .await
        .or_stop(app, who)?;
    let province = match app.connector() {
        None => None,
        Some(connector) => {
            let search = Search {
                asn: None,
                name: Some((name, born)),
                all_qualities: fields.is_on("wide"),
                with_restricted: fields.is_on("restricted"),
            };
            let organization = organization(app, who, fields).await?;
            Some(
                connector
                    .identify(who.actor(), organization, search)
                    .await
                    .or_stop(app, who)?,
            )
        }
    };
    Ok(Matches { duplicates, province })
}

/// The school that asks, when one is chosen.
async fn organization(app: &App, who: &Who, fields: &Fields) -> Result<Option<OrganizationCode>, Stopped> {
    let directory: Directory = app
        .store()
        .read(who.division(), |at| schools::directory(at))
        .await
        .or_stop(app, who)?;
    let chosen = fields.get("school").parse().ok().or(who.school());
    Ok(chosen
        .and_then(|school| directory.get(school))
        .map(|school| OrganizationCode::School(school.code)))
}

/// Saves the student and the enrolment in one transaction; then waits a moment
/// for the province, so that the page shows the ASN.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    Permit::<CreateStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let lang = who.lang();
    let saved = match fields.fit().and_then(|()| read::command(&app, &who, &fields)) {
        Ok(command) => save(&app, &who, command, &fields).await,
        Err(failure) => Err(failure),
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
            let made = people::create_student(tx, &create, &new)?;
            if made.was_there {
                return Ok(made.student); // the same form came twice
            }
            let judge = ProvinceRules::of(tx, Some(made.student))?;
            let on = On::new(made.student, command.enrolment_id);
            enrolment::enrol(tx, &manage, &on, command.enrol.clone(), &judge)?;
            Ok(made.student)
        })
        .await
}
