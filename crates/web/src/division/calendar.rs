//! The calendar of a school: first and last day, closures, instructional days
//! month by month.

use super::schools::{Attempt, Sent, path, show};
use super::words::{Ask, is_noted, wanted};
use crate::answer::{Answer, OrStop, PageResult};
use crate::context;
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings};
use access::Permit;
use access::action::ManageSchools;
use axum::extract::{Path, State};
use kernel::{Date, Failure, Findings, Outcome, SchoolId, SchoolYear};
use maud::{Markup, html};
use schools::{Calendar, Closure, Saved, SetCalendar};
use ui::ctx::Ctx;
use ui::facts::Facts;
use ui::form::{Form, Severity, Width, finding_line, summary};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card, pill};

/// The calendar of a school as its page shows it.
pub(super) struct Part<'a> {
    /// Whose.
    pub(super) school: SchoolId,
    /// Which year.
    pub(super) year: SchoolYear,
    /// Its days; none while no calendar is set.
    pub(super) days: Option<&'a Calendar>,
    /// May the person change it?
    pub(super) may_edit: bool,
    /// What was sent and is shown again.
    pub(super) attempt: &'a Attempt,
}

impl Part<'_> {
    /// The cards.
    pub(super) fn draw(&self, ctx: &Ctx) -> Markup {
        let lang = ctx.lang;
        let count = self
            .days
            .map(|days| schools::rules::instructional_days(days).count());
        let words = |count: usize| lang.tx("division-days", &[("n", count.into())]);
        let beside = count.map(|count| pill::pill(PillState::Selected, &words(count)));
        let title = lang.tx("division-calendar", &[("year", self.year.to_string().into())]);
        let head = card::Head::new("calendar", title).beside(beside.unwrap_or_default());
        html! {
            (card::bare_card(&head, &self.days_card(ctx)))
            @if let Some(days) = self.days { (closures(ctx, days, self.may_edit, self.attempt)) }
        }
    }

    fn days_card(&self, ctx: &Ctx) -> Markup {
        let lang = ctx.lang;
        html! {
            @if self.may_edit {
                @let sent = self.attempt.days.clone().unwrap_or_else(|| (said(self.days), Vec::new()));
                (days_form(ctx, self.school, self.year, &sent))
            } @else if let Some(days) = self.days {
                div class="cb" {
                    (Facts::new()
                        .figure(lang.t("division-field-first-day"), days.first_day.to_string())
                        .figure(lang.t("division-field-last-day"), days.last_day.to_string())
                        .draw())
                }
            }
            @match self.days {
                Some(days) => (months(lang, days)),
                None => @if !self.may_edit { (ui::waiting::empty(&lang.t("division-calendar-none"), None)) },
            }
        }
    }
}

fn said(days: Option<&Calendar>) -> Fields {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    Fields::from(match days {
        Some(days) => vec![
            pair("first_day", days.first_day.to_string()),
            pair("last_day", days.last_day.to_string()),
            pair("seen", days.version.to_string()),
        ],
        None => vec![pair("seen", "0".to_owned())],
    })
}

fn days_form(ctx: &Ctx, school: SchoolId, year: SchoolYear, (typed, found): &Sent) -> Markup {
    let lang = ctx.lang;
    let ask = Ask { lang, typed, found };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["first_day", "last_day"]))
            input type="hidden" name="year" value=(year.number());
            input type="hidden" name="seen" value=(typed.get("seen"));
            (ask.date("first_day", Width::Third))
            (ask.date("last_day", Width::Third))
            div class="f w4" { span class="lab" aria-hidden="true" { "\u{a0}" } (Action::submit(lang.t("save"))) }
        }
    };
    Form::post(&format!("{}/calendar", path(school))).draw_in(ctx, &fields)
}

/// Instructional and closed days of each month.
fn months(lang: Lang, days: &Calendar) -> Markup {
    let open: Vec<Date> = schools::rules::instructional_days(days).collect();
    let of = |month: Date| (month.year(), month.month());
    let mut firsts: Vec<Date> = Vec::new();
    for day in open
        .iter()
        .copied()
        .chain(days.closures.iter().map(|closure| closure.on))
    {
        if firsts.iter().all(|known| of(*known) != of(day)) {
            firsts.push(day);
        }
    }
    firsts.sort();
    let row = |month: &Date| {
        let count = open.iter().filter(|day| of(**day) == of(*month)).count();
        let closed: Vec<String> = days
            .closures
            .iter()
            .filter(|closure| of(closure.on) == of(*month))
            .map(|closure| format!("{} {}", closure.on.day(), closure.reason))
            .collect();
        Row::new(vec![
            html! { span class="nw" { (lang.month_short(month.civil())) " " (month.year()) } },
            html! { (count) },
            html! { span class="sub" { (closed.join(", ")) } },
        ])
    };
    let columns = vec![
        Column::new(lang.t("division-month")),
        Column::figures(lang.t("division-instructional")),
        Column::new(lang.t("division-closed")),
    ];
    Table::new(lang.t("division-months"), columns)
        .rows(firsts.iter().map(row).collect())
        .draw(lang)
}

fn closures(ctx: &Ctx, days: &Calendar, may_edit: bool, attempt: &Attempt) -> Markup {
    let lang = ctx.lang;
    let mut columns = vec![
        Column::new(lang.t("division-field-on")),
        Column::new(lang.t("division-field-reason")),
    ];
    if may_edit {
        columns.push(Column::new(lang.t("division-closure-open")).unseen_label());
    }
    let rows = days.closures.iter().map(|closure| {
        let mut cells = vec![
            html! { span class="num nw" { (closure.on) } " " span class="dim sm nw" { (lang.deadline(closure.on.civil())) } },
            html! { (closure.reason) },
        ];
        if may_edit {
            cells.push(opener(ctx, days.school, closure));
        }
        Row::new(cells)
    });
    let empty = ui::waiting::empty(&lang.t("division-closures-none"), None);
    let table = Table::new(lang.t("division-closures"), columns)
        .rows(rows.collect())
        .empty(empty)
        .draw(lang);
    let body = html! {
        (table)
        @if may_edit { (closure_form(ctx, days.school, attempt.closure.clone().unwrap_or_default())) }
    };
    card::bare_card(&card::Head::new("closures", lang.t("division-closures")), &body)
}

fn opener(ctx: &Ctx, school: SchoolId, closure: &Closure) -> Markup {
    let lang = ctx.lang;
    let spoken = lang.tx(
        "division-closure-open-day",
        &[("day", closure.on.to_string().into())],
    );
    let fields = html! {
        input type="hidden" name="on" value=(closure.on);
        (Action::submit(spoken).small().quiet().icon_only(Icon::Trash))
    };
    Form::post(&format!("{}/closures/remove", path(school))).draw_in(ctx, &fields)
}

fn closure_form(ctx: &Ctx, school: SchoolId, (typed, found): Sent) -> Markup {
    let lang = ctx.lang;
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let fields = html! {
        div class="cb fg b-top" {
            (summary(lang, &found, &["on", "reason"]))
            @for note in found.iter().filter(|note| note.severity != Severity::Refuse) { div class="f w12" { (finding_line(lang, note)) } }
            (ask.date("on", Width::Third))
            (ask.text("reason", Width::Third))
            div class="f w4" { span class="lab" aria-hidden="true" { "\u{a0}" } (Action::submit(lang.t("division-closure-add")).icon(Icon::Plus)) }
        }
    };
    Form::post(&format!("{}/closures", path(school))).draw_in(ctx, &fields)
}

/// Keeps the first and the last day; closures stay as they are.
pub(crate) async fn save(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let year = fields
        .get("year")
        .parse()
        .unwrap_or_else(|_| context::year_shown(&who));
    let asked = days(&fields);
    let saved = match asked {
        Ok((first_day, last_day, seen)) => {
            let write = move |tx: &mut db::Tx| {
                let known = schools::calendars(tx, id)?
                    .into_iter()
                    .find(|calendar| calendar.year == year);
                let closures = known.map(|calendar| calendar.closures).unwrap_or_default();
                schools::set_calendar(
                    tx,
                    &permit,
                    SetCalendar {
                        school: id,
                        year,
                        seen,
                        first_day,
                        last_day,
                        closures,
                    },
                )
            };
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    answer(&app, &who, id, saved, |found| Attempt {
        days: Some((fields, found)),
        ..Attempt::default()
    })
    .await
}

fn days(fields: &Fields) -> Outcome<(Date, Date, i64)> {
    let mut findings = Findings::default();
    let first = fields.date("first_day", &mut findings);
    let first = wanted(first, "LP-0001", "first_day", &mut findings);
    let last = fields.date("last_day", &mut findings);
    let last = wanted(last, "LP-0001", "last_day", &mut findings);
    let (first, last) = first.zip(last).ok_or(Failure::Invalid(findings))?;
    Ok((first, last, fields.version("seen")?))
}

/// Closes a day.
pub(crate) async fn add(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let mut refused = Findings::default();
    let on = fields.date("on", &mut refused);
    let on = wanted(on, "LP-0001", "on", &mut refused).ok_or(Failure::Invalid(refused));
    let saved = match fields.fit().and(on) {
        Ok(on) => {
            let reason = fields.get("reason").to_owned();
            let write = move |tx: &mut db::Tx| {
                schools::add_closure(
                    tx,
                    &permit,
                    id,
                    &Closure {
                        on,
                        reason: reason.clone(),
                    },
                )
            };
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    answer(&app, &who, id, saved, |found| Attempt {
        closure: Some((fields, found)),
        ..Attempt::default()
    })
    .await
}

/// Opens a closed day again.
pub(crate) async fn remove(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let day: Date = fields
        .get("on")
        .parse()
        .map_err(|_| Failure::NotFound)
        .or_stop(&app, &who)?;
    let saved = app
        .store()
        .write(who.actor(), move |tx| {
            schools::remove_closure(tx, &permit, id, day)
        })
        .await;
    answer(&app, &who, id, saved, |found| Attempt {
        closure: Some((Fields::default(), found)),
        ..Attempt::default()
    })
    .await
}

/// Back to the school; with the form again when it was refused, with notes when there are some.
async fn answer(
    app: &App,
    who: &Who,
    id: SchoolId,
    saved: Outcome<Saved<Calendar>>,
    attempt: impl FnOnce(Vec<ui::form::Finding>) -> Attempt,
) -> PageResult {
    let found = match saved {
        Ok(saved) if is_noted(&saved.findings) => {
            let found = findings::shown(who.lang(), &saved.findings);
            return show(
                app,
                who,
                id,
                Attempt {
                    closure: Some((Fields::default(), found)),
                    ..Attempt::default()
                },
            )
            .await;
        }
        Ok(_) => return Ok(Answer::see(path(id))),
        Err(failure) => findings::of_failure(who.lang(), failure).or_stop(app, who)?,
    };
    show(app, who, id, attempt(found)).await
}

#[cfg(test)]
mod tests {
    use super::days;
    use crate::posted::Fields;
    use kernel::Failure;

    #[test]
    fn both_days_must_be_dates() {
        for (first, last, seen, refused) in [
            ("2026-09-01", "2027-06-25", "0", vec![]),
            ("", "2027-06-25", "0", vec!["first_day"]),
            ("2026-13-01", "", "0", vec!["first_day", "last_day"]),
            // A form that does not say which version it saw saves nothing.
            ("2026-09-01", "2027-06-25", "", vec![""]),
        ] {
            let fields = Fields::of(&[("first_day", first), ("last_day", last), ("seen", seen)]);
            let told = match days(&fields) {
                Err(Failure::Invalid(found)) => found.0.into_iter().map(|finding| finding.field).collect(),
                _ => Vec::new(),
            };
            assert_eq!(told, refused, "{first} to {last}");
        }
    }
}
