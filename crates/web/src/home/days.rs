//! The days ahead on which schools are closed.

use access::Permit;
use access::action::ViewSchools;
use db::{Reader, Reading};
use kernel::{Date, Outcome, SchoolId};
use maud::{Markup, html};
use schools::{ClosedDays, Directory};
use ui::{Lang, card};

/// How far ahead is looked.
const DAYS: i64 = 90;
/// Lines of the card.
const LINES: usize = 5;

/// Closed days from today on.
pub(super) fn read(
    at: &mut Reader,
    permit: &Permit<ViewSchools>,
    school: Option<SchoolId>,
) -> Outcome<Vec<ClosedDays>> {
    let today = at.today();
    let mut closed = schools::closed_days(at, permit, school, (today, today.plus_days(DAYS)))?;
    closed.truncate(LINES);
    Ok(closed)
}

/// The card; a day of this week stands out.
pub(super) fn card(lang: Lang, closed: &[ClosedDays], directory: &Directory, today: Date) -> Markup {
    let head = card::Head::new("today-closed", lang.t("today-closed"));
    if closed.is_empty() {
        return card::card(&head, &ui::waiting::empty(&lang.t("today-closed-none"), None));
    }
    let body = html! { ul class="list" { @for days in closed { (line(lang, days, directory, today)) } } };
    card::bare_card(&head, &body)
}

fn line(lang: Lang, days: &ClosedDays, directory: &Directory, today: Date) -> Markup {
    let is_soon = today.days_until(days.from) < 7;
    let detail = match days.schools.as_slice() {
        [only] => directory.name(*only).to_owned(),
        many if many.len() == directory.all().len() => lang.t("all-schools").into_owned(),
        many => lang
            .tx("today-closed-schools", &[("n", many.len().into())])
            .into_owned(),
    };
    let until = (days.until != days.from).then(|| {
        let last = lang.deadline(days.until.civil());
        lang.tx("today-closed-until", &[("day", last.into())])
    });
    html! {
        li class="row-x" {
            div class={ "day-box" @if is_soon { " is-soon" } } {
                b class="num" { (days.from.day()) } br;
                span class="xs" { (lang.month_short(days.from.civil())) }
            }
            div class="grow" {
                div class="b ell" { (days.reason) }
                div class="sm dim" { (detail) @if let Some(until) = until { " · " (until) } }
            }
        }
    }
}
