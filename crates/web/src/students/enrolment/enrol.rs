//! A student who is in the records is enrolled: at a second school, or again
//! after having left. The form is filled in from the last enrolment.

use super::form::{self, Questions};
use super::read;
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::students::head::{self, Opened, Page};
use crate::who::Who;
use crate::{App, findings, stale};
use access::Permit;
use access::action::ManageEnrolment;
use axum::extract::{Path, State};
use enrolment::rules::{likely_again, standing};
use enrolment::{Enrolment, On};
use kernel::{Date, EnrolmentId, Failure, Outcome, SchoolId, SchoolYear, StudentId};
use maud::{Markup, html};
use pasi::{ProvinceRules, Schedules};
use ui::form::{Choice, Field, Finding, Form, Width};
use ui::{Action, card};
use uuid::Uuid;

/// Where the form is.
pub(super) fn address(student: StudentId) -> String {
    format!("{}/enrol", head::path(student, Page::Enrolment))
}

/// What the form is filled in from.
struct Seen {
    all: Vec<Enrolment>,
    schedules: Schedules,
    manage: Permit<ManageEnrolment>,
}

async fn load(app: &App, who: &Who, student: StudentId) -> Result<Opened<Seen>, Stopped> {
    let standing = who.standing().clone();
    let opened = head::open(app, who, student, move |at, view| {
        let manage = Permit::<ManageEnrolment>::student(at, &standing, student)?;
        let all = enrolment::enrolments(at, view, student)?;
        let schedules = Schedules::read(at)?;
        Ok(Seen {
            all,
            schedules,
            manage,
        })
    });
    opened.await
}

/// The form, filled in.
pub(crate) async fn ask(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let opened = load(&app, &who, student).await?;
    let fields = first(&opened, &who, app.store().now().date());
    Ok(Answer::page(shown(&app, &who, &opened, (&fields, &[]))))
}

/// The schools that the person enrols at.
fn schools(opened: &Opened<Seen>) -> impl Iterator<Item = &schools::School> {
    let all = opened.head.directory.all().iter();
    all.filter(|school| opened.shown.manage.covers_school(school.id))
}

/// The answers before anything was typed: the school on screen, else the only
/// one, else the last one; grade and coding as the last enrolment suggests.
fn first(opened: &Opened<Seen>, who: &Who, today: Date) -> Fields {
    let all = &opened.shown.all;
    let own: Vec<SchoolId> = schools(opened).map(|school| school.id).collect();
    let only = match own.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let last = all
        .iter()
        .find(|one| !one.is_deleted() && own.contains(&one.school));
    let school = who.school().or(only).or(last.map(|one| one.school));
    let mut pairs = vec![("start", today.to_string())];
    pairs.extend(school.map(|school| ("school", school.to_string())));
    if let Some(likely) = likely_again(all, today) {
        pairs.push(("grade", likely.grade.as_str().to_owned()));
        pairs.extend(form::coding_pairs(&likely.coding));
    }
    form::named(pairs)
}

fn shown(app: &App, who: &Who, opened: &Opened<Seen>, (fields, found): (&Fields, &[Finding])) -> Markup {
    let (ctx, student) = (&opened.ctx, opened.head.header.id);
    let lang = ctx.lang;
    let today = app.store().now().date();
    let token = fields.some("once").unwrap_or_else(|| Uuid::new_v4().to_string());
    let label = lang.t("field-school");
    let places: Vec<Choice> = schools(opened)
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    let place = Field::new(lang, "school", &label)
        .value(fields.get("school"))
        .findings(found);
    let submit = Action::submit(lang.t("enrolment-enrol-send"))
        .primary()
        .key("Ctrl Enter");
    let inner = html! {
        (stale::seen(standing(&opened.shown.all), fields))
        p class="sub m-0" { (lang.t("enrolment-enrol-text")) }
        (ui::form::summary(lang, found, form::NAMES))
        div class="fg" {
            (place.required().focus().width(Width::Whole).select(&places))
            (questions(opened, today, fields, found).draw())
        }
        (ui::form::form_end(lang, &html! {}, &head::path(student, Page::Enrolment), &submit))
    };
    let draft = format!("enrol-{student}");
    let drawn = Form::post(&address(student))
        .draft(&draft)
        .once(&token)
        .draw_in(ctx, &inner);
    let title = lang.t("enrolment-enrol-title");
    let body = html! {
        (opened.head.draw(who, Page::Enrolment, Vec::new()))
        (card::card(&card::Head::new("verb", title.clone()), &drawn))
    };
    ui::shell::page(ctx, title, body)
}

fn questions<'a>(
    opened: &Opened<Seen>,
    today: Date,
    fields: &'a Fields,
    found: &'a [Finding],
) -> Questions<'a> {
    let start: Date = fields.get("start").parse().unwrap_or(today);
    let likely = likely_again(&opened.shown.all, today);
    Questions {
        lang: opened.ctx.lang,
        year: SchoolYear::of(start),
        schedules: form::choosable(&opened.shown.schedules, schools(opened), SchoolYear::of(start)),
        claimed_before: likely.map(|likely| likely.claimed_before).unwrap_or_default(),
        is_past: SchoolYear::of(start) < SchoolYear::of(today),
        start,
        fields,
        found,
    }
}

/// Enrols; then waits a moment for the province.
pub(crate) async fn send(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    match save(&app, &who, student, &fields).await {
        Ok(()) => {
            app.settle(student).await;
            Ok(Answer::see(head::path(student, Page::Enrolment)))
        }
        Err(failure) if stale::is_stale(&failure) => {
            // The form names no record yet: it is asked again, beside the enrolments there are now.
            let opened = load(&app, &who, student).await?;
            let (fields, found) = stale::again(who.lang(), &fields);
            Ok(Answer::stale(shown(&app, &who, &opened, (&fields, &found))))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let opened = load(&app, &who, student).await?;
            Ok(Answer::again(shown(&app, &who, &opened, (&fields, &found))))
        }
    }
}

async fn save(app: &App, who: &Who, student: StudentId, fields: &Fields) -> Outcome<()> {
    let (standing, fields) = (who.standing().clone(), fields.clone());
    app.store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<ManageEnrolment>::student(tx, &standing, student)?;
            fields.fit()?;
            let cmd = read::enrol(&fields)?;
            let once = fields
                .some("once")
                .ok_or_else(|| Failure::refuse("LP-0011", ""))?;
            let id = EnrolmentId::derived(&format!("{student}/{once}"));
            let on = On::seen(student, id, fields.version("version")?);
            let judge = ProvinceRules::of(tx, Some(student))?;
            let saved = enrolment::enrol_again(tx, &permit, &on, cmd, &judge)?;
            fields.confirmed(saved.findings)
        })
        .await
}
