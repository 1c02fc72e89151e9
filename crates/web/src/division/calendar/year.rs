//! The year at a glance, its first and last day, and the days that are not as the others.

use super::super::words::wanted;
use super::{Ask, Open, Page, Sent, Twice, answer, open, pair, path, shell};
use super::{days, feed, marks};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, stale};
use access::Permit;
use access::action::{ManageSchools, ViewSchools};
use axum::extract::{Path, State};
use kernel::{Date, Failure, Findings, Outcome, SchoolId};
use maud::{Markup, html};
use pasi::SchoolDifference;
use schools::{Calendar, SetCalendar};
use ui::ctx::Ctx;
use ui::form::{Form, Width, summary};
use ui::notice::{Tone, banner};
use ui::{Action, Icon, Lang, card};

/// What was sent to the page and is shown again.
#[derive(Default)]
pub(super) struct Attempt {
    /// First and last day.
    pub(super) first: Option<Sent>,
    /// Days of a kind.
    pub(super) days: Option<Sent>,
    /// First and last day, which somebody else saved first.
    pub(super) twice: Option<Fields>,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(id): Path<SchoolId>) -> PageResult {
    show(&app, &who, id, Attempt::default()).await
}

/// The page, with forms that were refused as they were sent.
pub(super) async fn show(app: &App, who: &Who, id: SchoolId, attempt: Attempt) -> PageResult {
    let opened = open(app, who, id).await?;
    let view = Permit::<ViewSchools>::school(who.standing(), id).or_stop(app, who)?;
    let read = app.store().read(who.division(), move |at| {
        Ok((
            pasi::school_differences(at, &view, id)?,
            schools::feed_address(at, &view, id)?,
        ))
    });
    let (there, address) = read.await.or_stop(app, who)?;
    let ctx = shell(app, who).await?;
    let lang = ctx.lang;
    let today = app.store().now().date();
    let body = html! {
        @for one in there.iter().filter(|one| one.field == "days" && one.year == Some(opened.year)) { (other_days(lang, id, one)) }
        @if let Some(typed) = &attempt.twice { (twice(&ctx, &opened, typed)) }
        @if let Some(teaching) = &opened.teaching {
            (card::bare_card(&card::Head::new("glance", lang.t("calendar-glance")), &marks::glance(lang, teaching, today)))
        } @else if !opened.may_edit {
            (opened.none(lang))
        }
        div class="grid" {
            @if let Some(teaching) = &opened.teaching {
                div class="s7 stack" { (days::list(&ctx, &opened, teaching)) }
            }
            div class=(if opened.teaching.is_some() { "s5 stack no-print" } else { "s7 stack" }) {
                @if opened.may_edit {
                    @if let Some(teaching) = &opened.teaching { (days::form(&ctx, &opened, teaching, attempt.days.as_ref())) }
                    (first_form(&ctx, &opened, attempt.first.as_ref()))
                }
                @if opened.teaching.is_some() { (feed::card(&ctx, &opened, address.as_deref())) }
            }
        }
    };
    let drawn = opened.draw(&ctx, Page::Year, actions(lang, &opened), &body);
    if attempt.twice.is_some() {
        return Ok(Answer::stale(drawn));
    }
    Ok(answer(drawn, attempt.first.as_ref().or(attempt.days.as_ref())))
}

fn actions(lang: Lang, opened: &Open) -> Vec<Action> {
    if opened.teaching.is_none() {
        return Vec::new();
    }
    let id = opened.school.id;
    let print = Action::scripted(lang.t("calendar-print")).icon(Icon::Printer);
    let mut all = vec![
        print.class("hide-ph").with("data-print", ""),
        Action::link(lang.t("calendar-download"), format!("{}/ics", path(id))).icon(Icon::Download),
    ];
    if opened.may_edit {
        all.push(Action::link(lang.t("calendar-copy"), format!("{}/copy", path(id))).icon(Icon::Copy));
    }
    all
}

/// What PASI says otherwise, and where that is decided.
fn other_days(lang: Lang, id: SchoolId, one: &SchoolDifference) -> Markup {
    let text = lang.tx(
        "calendar-there",
        &[
            ("theirs", one.theirs.as_str().into()),
            ("ours", one.ours.as_str().into()),
        ],
    );
    let way = Action::link(lang.t("calendar-there-open"), super::school_path(id)).small();
    banner(Tone::Warn, &lang.t("division-there"), &text, &[way])
}

fn said(days: Option<&Calendar>) -> Fields {
    Fields::from(days.map_or(Vec::new(), |days| {
        vec![pair("first_day", days.first_day), pair("last_day", days.last_day)]
    }))
}

fn first_form(ctx: &Ctx, opened: &Open, sent: Option<&Sent>) -> Markup {
    let lang = ctx.lang;
    let calendar = opened.teaching.as_ref().map(|teaching| &teaching.calendar);
    let (typed, found) = sent.cloned().unwrap_or_else(|| (said(calendar), Vec::new()));
    let ask = Ask {
        lang,
        typed: &typed,
        found: &found,
    };
    let fields = html! {
        div class="cb fg" {
            (summary(lang, &found, &["first_day", "last_day"]))
            (stale::seen(calendar.map_or(0, |calendar| calendar.version), &typed))
            (ask.date("first_day", "first-day", Width::Half))
            (ask.date("last_day", "last-day", Width::Half))
            div class="f w12" { (Action::submit(lang.t("save")).primary()) }
        }
    };
    let form = Form::post(&path(opened.school.id)).draw_in(ctx, &fields);
    card::bare_card(&card::Head::new("first", lang.t("calendar-first")), &form)
}

fn twice(ctx: &Ctx, opened: &Open, typed: &Fields) -> Markup {
    let calendar = opened.teaching.as_ref().map(|teaching| &teaching.calendar);
    let address = path(opened.school.id);
    let card = Twice {
        address: &address,
        back: &address,
        version: calendar.map_or(0, |calendar| calendar.version),
        typed,
        now: &said(calendar),
    };
    let lang = ctx.lang;
    let label = |name: &str| {
        lang.t(&format!("calendar-field-{}", name.replace('_', "-")))
            .into_owned()
    };
    card.card(ctx, &label, &|_, value| value.to_owned())
}

/// Keeps the first and the last day; closures stay as they are.
pub(crate) async fn save(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let year = context::year_shown(&who);
    let saved = match first_and_last(&fields) {
        Ok((first_day, last_day, seen)) => {
            let write = move |tx: &mut db::Tx| {
                let known = super::known(schools::calendar(tx, id, year))?;
                let closures = known.map(|calendar| calendar.closures).unwrap_or_default();
                let cmd = SetCalendar {
                    school: id,
                    year,
                    seen,
                    first_day,
                    last_day,
                    closures,
                };
                schools::set_calendar(tx, &permit, cmd)
            };
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    let attempt = match saved {
        Ok(_) => return Ok(Answer::see(path(id))),
        Err(failure) if stale::is_stale(&failure) => Attempt {
            twice: Some(fields),
            ..Attempt::default()
        },
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            Attempt {
                first: Some((fields, found)),
                ..Attempt::default()
            }
        }
    };
    show(&app, &who, id, attempt).await
}

fn first_and_last(fields: &Fields) -> Outcome<(Date, Date, i64)> {
    let mut findings = Findings::default();
    let first = fields.date("first_day", &mut findings);
    let first = wanted(first, "LP-0001", "first_day", &mut findings);
    let last = fields.date("last_day", &mut findings);
    let last = wanted(last, "LP-0001", "last_day", &mut findings);
    let (first, last) = first.zip(last).ok_or(Failure::Invalid(findings))?;
    Ok((first, last, fields.version("version")?))
}

#[cfg(test)]
mod tests {
    use super::first_and_last;
    use crate::posted::Fields;
    use kernel::Failure;

    #[test]
    fn both_days_must_be_dates() {
        for (first, last, version, refused) in [
            ("2026-09-01", "2027-06-25", "0", vec![]),
            ("", "2027-06-25", "0", vec!["first_day"]),
            ("2026-13-01", "", "0", vec!["first_day", "last_day"]),
            // A form that does not say which version it saw saves nothing.
            ("2026-09-01", "2027-06-25", "", vec![""]),
        ] {
            let fields = Fields::of(&[("first_day", first), ("last_day", last), ("version", version)]);
            let told = match first_and_last(&fields) {
                Err(Failure::Invalid(found)) => found.0.into_iter().map(|finding| finding.field).collect(),
                _ => Vec::new(),
            };
            assert_eq!(told, refused, "{first} to {last}");
        }
    }
}
