//! The year of every student of a school, and who misses a tenth of it or more.

use super::{Page, office_tabs, school_of};
use crate::answer::{OrStop, PageResult, query};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{ManageAttendance, ViewAttendance, ViewStudents};
use attendance::{Tally, YearLine, rules};
use axum::extract::{Query, State};
use db::Reader;
use kernel::{Outcome, SchoolId, SchoolYear, StudentId};
use maud::{Markup, html};
use people::CardRow;
use schools::Directory;
use serde::Deserialize;
use std::collections::HashMap;
use ui::ctx::Job;
use ui::facts::{Share, bar};
use ui::form::{Choice, Field, Form, Width};
use ui::head::PageHead;
use ui::table::{Column, Row, Table};
use ui::tabs::{Tab, segmented};
use ui::{Action, Icon, Lang, State as PillState, card, pill};

/// Students of one page.
const MOST: usize = 400;

/// Which school; everybody, or those who miss a tenth.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    who: String,
}

impl Asked {
    /// Those of a school who miss a tenth.
    pub(super) fn of(school: String) -> Self {
        Self {
            school,
            who: String::new(),
        }
    }
}

struct Shown {
    directory: Directory,
    school: SchoolId,
    year: SchoolYear,
    /// How many there are, and how many of them miss a tenth.
    counts: (usize, usize),
    lines: Vec<YearLine>,
    cards: HashMap<StudentId, CardRow>,
    has_periods: bool,
    homerooms: Vec<String>,
}

fn read(at: &mut Reader, who: &Who, asked: &Asked, year: SchoolYear) -> Outcome<Shown> {
    let manage = Permit::<ManageAttendance>::wide(who.standing())?;
    let permit = Permit::<ViewAttendance>::wide(who.standing())?;
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let school = school_of(who, &directory, &asked.school)?;
    let mut lines = attendance::summary(at, &permit, school, year)?;
    let total = lines.len();
    let chronic = lines.iter().filter(|line| is_chronic(line, year)).count();
    if asked.who != "all" {
        lines.retain(|line| is_chronic(line, year));
    }
    lines.truncate(MOST);
    let students: Vec<StudentId> = lines.iter().map(|line| line.student).collect();
    let cards = people::cards_of(at, &view, &students)?;
    Ok(Shown {
        has_periods: attendance::setting_of(at, &manage, school)?.mode.has_periods(),
        homerooms: people::homerooms(at, &view, Some(school), None)?,
        directory,
        school,
        year,
        counts: (total, chronic),
        lines,
        cards: cards.into_iter().map(|card| (card.student, card)).collect(),
    })
}

fn is_chronic(line: &YearLine, year: SchoolYear) -> bool {
    rules::is_chronic(line.tally.absent(), line.possible, year)
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let year = context::year_shown(&who);
    let (asking, wanted) = (who.clone(), asked.clone());
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &asking, &wanted, year))
        .await
        .or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Attendance).await?;
    let lang = ctx.lang;
    let (total, chronic) = shown.counts;
    let said = lang.tx("summary-said", &[("n", chronic.into()), ("of", total.into())]);
    let school = shown.school.to_string();
    let view = |of: &str| {
        format!(
            "/attendance/summary{}",
            query([("school", school.as_str()), ("who", of)])
        )
    };
    let is_all = asked.who == "all";
    let views = [
        Tab::new(lang.t("summary-chronic"), view("")).current(!is_all),
        Tab::new(lang.t("summary-all"), view("all")).current(is_all),
    ];
    let facts = format!("{} · {year}", shown.directory.name(shown.school));
    let body = html! {
        (PageHead::new(lang.t("attendance-tab-summary")).facts(facts).draw())
        (office_tabs(&who, Page::Summary, shown.school))
        div class="stack mt" {
            div class="row-x wrap" { b class="grow" { (said) } (segmented(&lang.t("roll-view"), &views)) }
            (table(lang, &shown))
            p class="sm dim m-0" { (lang.t("summary-note")) }
            @if shown.has_periods { (how_counted(lang)) }
            (on_paper(lang, &shown))
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("attendance-tab-summary"), body).into())
}

/// The way to the records of a homeroom, or of the school where it is not too many for one file.
fn on_paper(lang: Lang, shown: &Shown) -> Markup {
    let mut rooms: Vec<Choice> = Vec::new();
    if (1..=super::record::MOST).contains(&shown.counts.0) {
        rooms.push(Choice::new(super::record::EVERYBODY, lang.t("record-everybody")));
    }
    rooms.extend(
        shown
            .homerooms
            .iter()
            .map(|room| Choice::new(room.clone(), room.clone())),
    );
    let (words, hint) = (lang.t("column-homeroom"), lang.t("record-paper-hint"));
    let first = rooms.first().map(|room| room.value.clone()).unwrap_or_default();
    let fields = html! {
        div class="cb fg" {
            input type="hidden" name="school" value=(shown.school);
            (Field::new(lang, "homeroom", &words).hint(&hint).value(&first).width(Width::Half).required().select(&rooms))
            div class="f w6" { span class="lab" aria-hidden="true" { "\u{a0}" } (Action::submit(lang.t("paper-pdf")).icon(Icon::FileText)) }
        }
    };
    html! {
        @if !rooms.is_empty() {
            div class="no-print" { (card::bare_card(&card::Head::new("paper", lang.t("record-paper")), &Form::get("/attendance/summary/pdf").draw("", &fields))) }
        }
    }
}

fn table(lang: Lang, shown: &Shown) -> Markup {
    let columns = vec![
        Column::new(lang.t("column-name")),
        Column::new(lang.t("column-grade")).hide_on_phone(),
        Column::figures(lang.t("summary-missed")),
        Column::figures(lang.t("summary-percent")),
        Column::figures(lang.t("meaning-authorized")).hide_on_phone(),
        Column::figures(lang.t("summary-unauthorized")).hide_on_phone(),
        Column::figures(lang.t("meaning-late")).hide_on_phone(),
        Column::new(lang.t("summary-shares")).hide_on_phone(),
    ];
    let rows = shown.lines.iter().filter_map(|line| {
        let card = shown.cards.get(&line.student)?;
        Some(row(lang, (line, shown.year), card))
    });
    let table = Table::new(lang.t("attendance-tab-summary"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::cleared(&lang.t("summary-none")))
        .draw(lang);
    card::bare_card(&card::Head::new("summary", lang.t("summary-title")), &table)
}

fn row(lang: Lang, (line, year): (&YearLine, SchoolYear), person: &CardRow) -> Row {
    let tally = line.tally;
    let permille = i64::from(tally.absent()) * 1000 / i64::from(possible(line).max(1));
    let percent = lang.percent(permille);
    Row::new(vec![
        html! { a class="plain b" href={ "/students/" (line.student) "/attendance" } { (person.list_name) } },
        html! { (crate::lookup::grade(&person.grade)) },
        html! { (days(lang, tally.absent())) },
        html! { @if is_chronic(line, year) { (pill::pill(PillState::Warning, &percent)) } @else { (percent) } },
        html! { (days(lang, tally.authorized)) },
        html! { (days(lang, tally.unauthorized + tally.unexplained)) },
        html! { (tally.late) },
        shares(lang, tally, possible(line)),
    ])
    .leads()
}

/// How periods are counted.
pub(crate) fn how_counted(lang: Lang) -> Markup {
    let told = findings::shown(lang, &rules::how_counted());
    html! { @for one in &told { (ui::form::finding_line(lang, one)) } }
}

/// The possible half days of a student in parts of a day.
const fn possible(line: &YearLine) -> u32 {
    line.possible * (Tally::DAY / 2)
}

/// Parts of a day as days: `3.5`.
pub(crate) fn days(lang: Lang, parts: u32) -> String {
    lang.tenths(tenths(parts))
}

/// Tenths of a day, to the nearest.
fn tenths(parts: u32) -> i64 {
    (i64::from(parts) * 10 + i64::from(Tally::DAY / 2)) / i64::from(Tally::DAY)
}

fn shares(lang: Lang, tally: Tally, possible: u32) -> Markup {
    let words = lang.tx(
        "summary-bar",
        &[
            ("authorized", days(lang, tally.authorized).into()),
            (
                "unauthorized",
                days(lang, tally.unauthorized + tally.unexplained).into(),
            ),
            ("of", days(lang, possible).into()),
        ],
    );
    bar(
        &words,
        possible,
        &[
            (Share::Excused, tally.authorized),
            (Share::Bad, tally.unauthorized + tally.unexplained),
        ],
    )
}
