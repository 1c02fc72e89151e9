//! Hours of instruction of each grade, with the arithmetic, beside the legal minimum.

use super::{Open, Page, open, shell};
use crate::App;
use crate::answer::{Answer, PageResult};
use crate::findings;
use crate::who::Who;
use axum::extract::{Path, State};
use kernel::SchoolId;
use maud::{Markup, html};
use schools::TeachingYear;
use schools::rules::hours::{Hours, HoursRow, hours, judge_hours};
use ui::form::finding_line;
use ui::table::{Column, Row, Table};
use ui::{Lang, State as PillState, card, pill};

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(id): Path<SchoolId>) -> PageResult {
    let opened = open(&app, &who, id).await?;
    let ctx = shell(&app, &who).await?;
    let lang = ctx.lang;
    let body = match &opened.teaching {
        None => opened.none(lang),
        Some(teaching) => grades(lang, &opened, teaching),
    };
    Ok(Answer::page(opened.draw(&ctx, Page::Hours, Vec::new(), &body)))
}

fn grades(lang: Lang, opened: &Open, teaching: &TeachingYear) -> Markup {
    let all: Vec<Hours> = opened
        .school
        .grades()
        .map(|grade| hours(teaching, grade))
        .collect();
    let columns = vec![
        Column::new(lang.t("calendar-hours-grade")),
        Column::new(lang.t("calendar-hours-arithmetic")),
        Column::figures(lang.t("calendar-hours-total")).hide_on_phone(),
        Column::new(lang.t("calendar-hours-beyond")),
    ];
    let table = Table::new(lang.t("calendar-hours"), columns)
        .rows(all.iter().map(|one| row(lang, one)).collect())
        .draw(lang);
    let mut sources: Vec<&str> = all
        .iter()
        .filter_map(|one| one.minimum.map(|minimum| minimum.source))
        .collect();
    sources.dedup();
    let foot = html! {
        div class="cb b-top sm sub" {
            p class="m-0" { (lang.t("calendar-hours-note")) }
            p class="m-0" { (lang.t("calendar-hours-source")) " " (sources.join(" · ")) }
        }
    };
    card::bare_card(
        &card::Head::new("hours", lang.t("calendar-hours")),
        &html! { div class="blocks" { (table) } (foot) },
    )
}

fn row(lang: Lang, one: &Hours) -> Row {
    let found = findings::shown(lang, &judge_hours(one));
    Row::new(vec![
        html! { b { (lang.tx("calendar-grade", &[("grade", one.grade.label().into())])) } },
        html! {
            @for row in &one.minutes_by_bell { div class="num" { (product(lang, row)) } }
            div class="num b" { (sum(lang, one)) }
            @for finding in &found { (finding_line(lang, finding)) }
        },
        html! { span class="nw" { (lasting(lang, i64::from(one.total))) } },
        beyond(lang, one),
    ])
}

/// `Regular day: 326 min × 172 days = 56,072 min`.
fn product(lang: Lang, row: &HoursRow) -> String {
    let name = row.cut_at.map_or_else(
        || row.bell.clone(),
        |at| {
            let until = lang.minutes(at);
            lang.tx(
                "calendar-hours-cut",
                &[("bell", row.bell.as_str().into()), ("until", until.into())],
            )
            .into_owned()
        },
    );
    let product = lang.number(i64::from(row.product));
    lang.tx(
        "calendar-hours-product",
        &[
            ("bell", name.into()),
            ("minutes", row.minutes.into()),
            ("days", row.days.into()),
            ("product", product.into()),
        ],
    )
    .into_owned()
}

fn sum(lang: Lang, one: &Hours) -> String {
    let (total, hours) = (
        lang.number(i64::from(one.total)),
        lasting(lang, i64::from(one.total)),
    );
    lang.tx(
        "calendar-hours-sum",
        &[("minutes", total.into()), ("hours", hours.into())],
    )
    .into_owned()
}

/// Minutes as hours and minutes: `1,012 h 30`.
fn lasting(lang: Lang, minutes: i64) -> String {
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let sign = if minutes < 0 { "−" } else { "" };
    format!("{sign}{}\u{a0}h\u{a0}{rest:02}", lang.number(hours))
}

/// How far the hours lie beyond the minimum, and the minimum.
fn beyond(lang: Lang, one: &Hours) -> Markup {
    let Some((minimum, minutes)) = one.minimum.zip(one.beyond()) else {
        return Markup::default();
    };
    let (state, sign) = if minutes < 0 {
        (PillState::Warning, "")
    } else {
        (PillState::Ok, "+")
    };
    let asked = lang.tx("calendar-hours-asked", &[("hours", minimum.hours.into())]);
    html! {
        (pill::pill(state, &format!("{sign}{}", lasting(lang, minutes))))
        div class="sm sub nw" { (asked) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_written_as_hours_and_minutes() {
        for (minutes, want) in [
            (60_750, "1,012\u{a0}h\u{a0}30"),
            (-61, "−1\u{a0}h\u{a0}01"),
            (0, "0\u{a0}h\u{a0}00"),
        ] {
            assert_eq!(lasting(Lang::EnCa, minutes), want);
        }
    }
}
