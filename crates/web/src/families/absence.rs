//! Telling ahead that a child will be away, and taking that back.

use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{ReportAbsence, ViewStudents};
use attendance::{AwayReason, DayPart, NewReport, Report};
use axum::extract::{Path, State};
use db::Reading;
use kernel::{AbsenceReportId, Failure, Finding, Findings, Outcome, StudentId};
use maud::{Markup, html};
use people::CardRow;
use schools::{ClosedDays, Directory};
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding as Shown, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::{Action, Lang, card};

/// How far ahead closed days are told, in days.
const AHEAD: i64 = 60;

struct Read {
    child: CardRow,
    closed: Vec<ClosedDays>,
    directory: Directory,
}

/// The form.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    Ok(draw(&app, &who, student, (&Fields::default(), &[])).await?.into())
}

async fn draw(
    app: &App,
    who: &Who,
    student: StudentId,
    (typed, found): (&Fields, &[Shown]),
) -> Result<Markup, Stopped> {
    let standing = who.standing().clone();
    let read = app.store().read(who.division(), move |at| {
        Permit::<ReportAbsence>::student(at, &standing, student)?;
        let view = Permit::<ViewStudents>::student(at, &standing, student)?;
        let child = people::cards_of(at, &view, &[student])?
            .pop()
            .ok_or(Failure::NotFound)?;
        let today = at.today();
        let schools = child.school.into_iter().collect();
        Ok(Read {
            closed: schools::closed_days_at(at, schools, (today, today.plus_days(AHEAD)))?,
            directory: schools::directory(at)?,
            child,
        })
    });
    let read = read.await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Today).await?;
    let lang = ctx.lang;
    let school = read.child.school.map_or("", |school| read.directory.name(school));
    let facts = [read.child.preferred_name.as_str(), school]
        .into_iter()
        .filter(|part| !part.is_empty());
    let facts = facts.collect::<Vec<_>>().join(" · ");
    let body = html! {
        (PageHead::new(lang.t("absence-title")).facts(facts).crumbs(vec![Crumb::link(lang.t("nav-today"), "/")]).draw())
        div class="grid" {
            div class="s7 stack" { (form(&ctx, student, (typed, found))) }
            div class="s5 stack" { (closed(lang, &read.closed)) }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("absence-title"), body))
}

fn form(ctx: &Ctx, student: StudentId, (typed, found): (&Fields, &[Shown])) -> Markup {
    let lang = ctx.lang;
    let today = kernel::Date::from(ctx.today).to_string();
    let id = typed
        .some("id")
        .unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let or_today = |name: &str| typed.some(name).unwrap_or_else(|| today.clone());
    let parts = DayPart::ALL
        .iter()
        .map(|part| Choice::new(part.as_str(), lang.t(&format!("absence-part-{part}"))));
    let reasons = AwayReason::ALL
        .iter()
        .map(|reason| Choice::new(reason.as_str(), lang.t(&format!("absence-reason-{reason}"))));
    let (parts, reasons): (Vec<Choice>, Vec<Choice>) = (parts.collect(), reasons.collect());
    let part = typed.some("part").unwrap_or_else(|| "day".to_owned());
    let (first, last) = (lang.t("absence-first"), lang.t("absence-last"));
    let (part_label, reason, note) = (
        lang.t("absence-part"),
        lang.t("absence-reason"),
        lang.t("absence-note"),
    );
    let note_hint = lang.t("absence-note-hint");
    let (first_day, last_day) = (or_today("first_day"), or_today("last_day"));
    let fields = html! {
        input type="hidden" name="id" value=(id);
        (summary(lang, found, &["first_day", "last_day", "part", "reason", "note"]))
        div class="fg" {
            (Field::new(lang, "first_day", &first).value(&first_day).findings(found).required().date())
            (Field::new(lang, "last_day", &last).value(&last_day).findings(found).required().date())
            (Field::new(lang, "part", &part_label).value(&part).findings(found).width(Width::Whole).segmented(&parts))
            (Field::new(lang, "reason", &reason).value(typed.get("reason")).findings(found).width(Width::Whole).required().select(&reasons))
            (Field::new(lang, "note", &note).hint(&note_hint).value(typed.get("note")).findings(found).width(Width::Whole).optional().max_length(200).sensitive().textarea(2))
        }
        (form_end(lang, &html! {}, "/", &Action::submit(lang.t("absence-send")).primary()))
    };
    let action = format!("/students/{student}/absence");
    card::card(
        &card::Head::new("absence", lang.t("absence-card")),
        &Form::post(&action).draw_in(ctx, &fields),
    )
}

/// The days ahead on which nobody has to be told anything.
fn closed(lang: Lang, closed: &[ClosedDays]) -> Markup {
    if closed.is_empty() {
        return html! {};
    }
    let body = html! { ul class="list" { @for days in closed { li class="row-x" { span class="grow" { (days.reason) } span class="num sub" { (span(lang, (days.from, days.until))) } } } } };
    card::bare_card(&card::Head::new("closed", lang.t("absence-closed")), &body)
}

/// A day, or the first and the last.
pub(crate) fn span(lang: Lang, (first, last): (kernel::Date, kernel::Date)) -> String {
    if first == last {
        lang.deadline(first.civil())
    } else {
        format!(
            "{} – {}",
            lang.deadline(first.civil()),
            lang.deadline(last.civil())
        )
    }
}

/// What was told, in one line.
pub(crate) fn told(lang: Lang, report: &Report) -> String {
    format!(
        "{} · {} · {}",
        span(lang, report.days),
        lang.t(&format!("absence-part-{}", report.part)),
        lang.t(&format!("absence-reason-{}", report.reason)),
    )
}

fn wanted(fields: &Fields, student: StudentId) -> Outcome<NewReport> {
    fields.fit()?;
    let id = fields
        .get("id")
        .parse()
        .map_err(|_| Failure::refuse("LP-0011", ""))?;
    let mut findings = Findings::default();
    let first = fields.day("first_day", &mut findings);
    let last = match fields.get("last_day") {
        "" => first,
        _ => fields.date("last_day", &mut findings),
    };
    let part = fields.chosen("part", "LP-0008", &mut findings);
    let reason = fields.chosen("reason", "LP-0008", &mut findings);
    let findings = findings.or_refuse()?;
    let all = (first, last, part, reason);
    let (Some(first), Some(last), Some(part), Some(reason)) = all else {
        return Err(Failure::Invalid(findings));
    };
    Ok(NewReport {
        id,
        student,
        days: (first, last),
        part,
        reason,
        note: fields.get("note").to_owned(),
    })
}

/// Tells the school.
pub(crate) async fn send(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let (standing, sent) = (who.standing().clone(), fields.clone());
    let work = move |tx: &mut db::Tx| {
        let report = Permit::<ReportAbsence>::student(tx, &standing, student)?;
        let view = Permit::<ViewStudents>::student(tx, &standing, student)?;
        attendance::report_absence(tx, (&report, &view), &wanted(&sent, student)?)
    };
    match app.store().write(who.actor(), work).await {
        Ok(_) => Ok(Answer::see("/?told=1")),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            Ok(Answer::again(draw(&app, &who, student, (&fields, &found)).await?))
        }
    }
}

/// Takes a report back.
pub(crate) async fn take_back(
    State(app): State<App>,
    Path((student, report)): Path<(StudentId, AbsenceReportId)>,
    Posted { who, .. }: Posted,
) -> PageResult {
    let standing = who.standing().clone();
    let work = move |tx: &mut db::Tx| {
        let permit = Permit::<ReportAbsence>::student(tx, &standing, student)?;
        attendance::take_back_report(tx, &permit, (student, report))
    };
    match app.store().write(who.actor(), work).await {
        Ok(()) => Ok(Answer::see("/?told=back")),
        Err(Failure::Invalid(_) | Failure::Conflict(_)) => Ok(Answer::see("/?told=late")),
        Err(failure) => Err(failure).or_stop(&app, &who),
    }
}

/// What the home says of the step before.
pub(crate) fn outcome(lang: Lang, told: &str) -> Markup {
    match told {
        "1" => ui::notice::toast(lang, &lang.t("absence-told"), None),
        "back" => ui::notice::toast(lang, &lang.t("absence-back"), None),
        "late" => {
            let late = findings::shown(lang, &Finding::refuse("LP-0763", "").into());
            html! { @for one in &late { (ui::form::finding_line(lang, one)) } }
        }
        _ => html! {},
    }
}
