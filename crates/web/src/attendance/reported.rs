//! What families told ahead, for the office: who, when, why; seen by a press.

use super::unexplained::back;
use crate::answer::{OrStop, PageResult};
use crate::families::absence::told;
use crate::posted::Posted;
use crate::who::Who;
use crate::{App, lookup};
use access::Permit;
use access::action::{ManageAttendance, ViewStudents};
use attendance::Report;
use axum::extract::State;
use db::Reading;
use kernel::{AbsenceReportId, Date, Failure, Instant, Outcome, SchoolId};
use maud::{Markup, html};
use people::CardRow;
use std::collections::BTreeMap;
use ui::ctx::Ctx;
use ui::form::Form;
use ui::{Action, Icon, State as PillState, card, icon, pill};

/// The reports of a school of a day and of days after it, with the students.
pub(super) fn read(
    at: &mut impl Reading,
    who: &Who,
    (school, on): (SchoolId, Date),
) -> Outcome<Vec<(Report, CardRow)>> {
    let manage = Permit::<ManageAttendance>::wide(who.standing())?;
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let reports = attendance::reports_to(at, &manage, school, on)?;
    let mut students: Vec<_> = reports.iter().map(|one| one.student).collect();
    students.sort_unstable();
    students.dedup();
    let cards: BTreeMap<_, _> = people::cards_of(at, &view, &students)?
        .into_iter()
        .map(|card| (card.student, card))
        .collect();
    let with = |report: Report| cards.get(&report.student).cloned().map(|card| (report, card));
    Ok(reports.into_iter().filter_map(with).collect())
}

/// The card; none while nobody told anything.
pub(super) fn drawn(
    ctx: &Ctx,
    (on, may, now): (Date, bool, Instant),
    reports: &[(Report, CardRow)],
) -> Markup {
    let lang = ctx.lang;
    if reports.is_empty() {
        return html! {};
    }
    let figure = lang.number(i64::try_from(reports.len()).unwrap_or(0));
    let head = card::Head::new("reported", lang.t("reported-title"))
        .beside(pill::pill(PillState::Selected, &figure));
    let body = html! {
        ul class="list" {
            @for (report, student) in reports {
                li class="row-x wrap" {
                    div class="grow" {
                        a class="plain b" href={ "/students/" (report.student) "/attendance" } { (student.list_name) } " "
                        span class="sub" { (student.homeroom) }
                        div { (told(lang, report)) @if report.days.0 > on { " " span class="sub sm" { (lang.t("reported-later")) } } }
                        @if !report.note.is_empty() { div class="sm" { (report.note) } }
                        div class="sm sub" { (report.told_by) ", " (lookup::moment(lang, report.told_at, now)) }
                    }
                    @match &report.seen {
                        Some((_, by)) => span class="sm sub" { (icon(Icon::Check)) " " (lang.tx("reported-seen-by", &[("who", by.as_str().into())])) },
                        None if may => (seen_form(ctx, report)),
                        None => {}
                    }
                }
            }
        }
    };
    card::bare_card(&head, &body)
}

fn seen_form(ctx: &Ctx, report: &Report) -> Markup {
    let words = ctx.lang.t("reported-seen");
    let fields = html! {
        input type="hidden" name="school" value=(report.school);
        input type="hidden" name="report" value=(report.id);
        (Action::submit(words).small().icon(Icon::Check))
    };
    html! { div class="no-print" { (Form::post("/attendance/reported").draw_in(ctx, &fields)) } }
}

/// Notes that the office has seen a report.
pub(crate) async fn seen(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let none = |_| Failure::NotFound;
    let school = fields
        .get("school")
        .parse::<SchoolId>()
        .map_err(none)
        .or_stop(&app, &who)?;
    let id = fields
        .get("report")
        .parse::<AbsenceReportId>()
        .map_err(none)
        .or_stop(&app, &who)?;
    let work = move |tx: &mut db::Tx| match attendance::see_report(tx, &permit, (school, id)) {
        // Taken back meanwhile: the page shows it no more.
        Err(Failure::Conflict(_)) => Ok(()),
        other => other,
    };
    app.store().write(who.actor(), work).await.or_stop(&app, &who)?;
    Ok(back(school, ""))
}
