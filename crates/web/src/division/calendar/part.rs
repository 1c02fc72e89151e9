//! The calendar on the page of its school: how many days, month by month.

use kernel::{Date, SchoolId, SchoolYear};
use maud::{Markup, html};
use schools::Calendar;
use ui::facts::Facts;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, card, pill};

/// The card; with the way to the calendar itself.
pub(in crate::division) fn summary(
    lang: Lang,
    school: SchoolId,
    year: SchoolYear,
    days: Option<&Calendar>,
) -> Markup {
    let count = days.map(|days| schools::rules::instructional_days(days).count());
    let words = |count: usize| lang.tx("division-days", &[("n", count.into())]);
    let beside = count.map(|count| pill::pill(PillState::Selected, &words(count)));
    let title = lang.tx("division-calendar", &[("year", year.to_string().into())]);
    let way = Action::link(lang.t("calendar-open"), super::path(school))
        .small()
        .icon(Icon::Calendar);
    let head = card::Head::new("calendar", title)
        .beside(beside.unwrap_or_default())
        .end(html! { (way) });
    let body = match days {
        None => ui::waiting::empty(&lang.t("division-calendar-none"), None),
        Some(days) => html! {
            div class="cb" {
                (Facts::new()
                    .figure(lang.t("division-field-first-day"), days.first_day.to_string())
                    .figure(lang.t("division-field-last-day"), days.last_day.to_string())
                    .draw())
            }
            (months(lang, days))
        },
    };
    card::bare_card(&head, &body)
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
