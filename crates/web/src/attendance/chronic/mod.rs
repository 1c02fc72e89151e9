//! Chronic absence: of how many students a tenth of their instruction or more was missed, by month, school and grade,
//! as a chart with the numbers behind it. Each number leads to its students.

pub(crate) mod list;

use super::{Page, office_tabs};
use crate::answer::{OrStop, PageResult, query};
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{ManageAttendance, ViewAttendance};
use attendance::{Instructed, Instruction, Share, rules};
use axum::extract::{Query, State};
use db::Reader;
use kernel::{Date, Failure, Grade, Outcome, SchoolId, SchoolYear};
use maud::{Markup, html};
use schools::{Directory, School};
use serde::Deserialize;
use std::collections::BTreeSet;
use ui::ctx::Job;
use ui::form::Choice;
use ui::head::PageHead;
use ui::list::FilterSelect;
use ui::table::{Column, Row, Table};
use ui::tabs::{Tab, segmented};
use ui::{Lang, card, chart};

/// By what it is parted, and to what it is narrowed.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    by: String,
    #[serde(default)]
    school: String,
    #[serde(default)]
    grade: String,
    /// `2026-11`; empty for the year until today.
    #[serde(default)]
    month: String,
}

/// An address narrowed: the school, the grade, the month where one is meant.
#[derive(Debug, Default, Clone, Copy)]
struct Narrowed {
    school: Option<SchoolId>,
    grade: Option<Grade>,
    month: Option<Date>,
}

impl Narrowed {
    /// Not found when a part of the address is none, or a school is not the role's.
    fn of(asked: &Asked, own: &[School]) -> Outcome<Self> {
        let school: Option<SchoolId> = some(&asked.school)?;
        if school.is_some_and(|id| own.iter().all(|one| one.id != id)) {
            return Err(Failure::NotFound);
        }
        let month = match asked.month.as_str() {
            "" => None,
            month => some(&format!("{month}-01"))?,
        };
        Ok(Self {
            school,
            grade: some(&asked.grade)?,
            month,
        })
    }

    fn holds(&self, line: &Instruction) -> bool {
        self.school.is_none_or(|school| line.school == school)
            && self.grade.is_none_or(|grade| line.grade == grade)
            && self.month.is_none_or(|month| line.month == month)
    }

    /// The address of the students behind a number.
    fn students(self) -> String {
        format!("/attendance/chronic/students{}", self.pairs(""))
    }

    /// The address of the page, parted by that.
    fn page(self, by: &str) -> String {
        format!("/attendance/chronic{}", self.pairs(by))
    }

    fn pairs(self, by: &str) -> String {
        let school = self.school.map(|id| id.to_string()).unwrap_or_default();
        let month = self
            .month
            .map(|day| day.as_str()[..7].to_owned())
            .unwrap_or_default();
        query([
            ("by", by),
            ("school", school.as_str()),
            ("grade", self.grade.map_or("", Grade::as_str)),
            ("month", month.as_str()),
        ])
    }

    /// In words: the school or all, the grade, the month or the year.
    fn words(self, lang: Lang, directory: &Directory, year: SchoolYear) -> String {
        let school = self.school.map_or_else(
            || lang.t("chronic-every-school").into_owned(),
            |id| directory.name(id).to_owned(),
        );
        let grade = self.grade.map(|grade| {
            let label = lookup::grade(grade.as_str());
            lang.tx("chronic-grade", &[("grade", label.into())]).into_owned()
        });
        let when = self
            .month
            .map_or_else(|| year.to_string(), |day| lang.month_and_year(day.civil()));
        let parts: Vec<String> = [Some(school), grade, Some(when)].into_iter().flatten().collect();
        parts.join(" · ")
    }
}

fn some<T: std::str::FromStr>(text: &str) -> Outcome<Option<T>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Failure::NotFound)
}

/// What the pages draw.
struct Shown {
    directory: Directory,
    /// The schools of the role.
    own: Vec<School>,
    narrowed: Narrowed,
    year: SchoolYear,
    all: Instructed,
}

impl Shown {
    fn read(at: &mut Reader, who: &Who, asked: &Asked, year: SchoolYear) -> Outcome<Self> {
        Permit::<ManageAttendance>::wide(who.standing())?;
        let permit = Permit::<ViewAttendance>::wide(who.standing())?;
        let directory = schools::directory(at)?;
        let schools = &who.standing().schools;
        let is_own = |school: &&School| schools.is_empty() || schools.contains(&school.id);
        let own: Vec<School> = directory.all().iter().filter(is_own).cloned().collect();
        let narrowed = Narrowed::of(asked, &own)?;
        let meant: Vec<SchoolId> = match narrowed.school {
            Some(school) => vec![school],
            None => own.iter().map(|school| school.id).collect(),
        };
        Ok(Self {
            all: attendance::instruction(at, &permit, &meant, year)?,
            directory,
            own,
            narrowed,
            year,
        })
    }

    /// The lines of the address, but for its month.
    fn of_every_month(&self) -> Vec<Instruction> {
        let every = Narrowed {
            month: None,
            ..self.narrowed
        };
        let lines = self.all.lines.iter();
        lines.filter(|line| every.holds(line)).copied().collect()
    }
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let year = context::year_shown(&who);
    let (asking, wanted) = (who.clone(), asked.clone());
    let read = move |at: &mut Reader| Shown::read(at, &asking, &wanted, year);
    let shown = app.store().read(who.division(), read).await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Attendance).await?;
    let lang = ctx.lang;
    let lines = shown.of_every_month();
    let by = match asked.by.as_str() {
        "school" if shown.own.len() > 1 => "school",
        "grade" => "grade",
        _ => "month",
    };
    let narrowed = Narrowed {
        month: None,
        ..shown.narrowed
    };
    let body = html! {
        (PageHead::new(lang.t("attendance-tab-chronic")).facts(narrowed.words(lang, &shown.directory, year)).draw())
        (tab_bar(&who, &shown))
        div class="stack mt" {
            (card::unheaded_card(&lang.t("roll-view"), &filters(lang, &shown, by)))
            (figures(lang, &shown, &lines, by))
            (note(lang))
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("attendance-tab-chronic"), body).into())
}

/// The tabs of the office, of the school that is meant.
fn tab_bar(who: &Who, shown: &Shown) -> Markup {
    let first = shown.own.first().map(|school| school.id);
    let school = shown.narrowed.school.or_else(|| who.school()).or(first);
    school.map_or_else(Markup::default, |school| office_tabs(who, Page::Chronic, school))
}

fn filters(lang: Lang, shown: &Shown, by: &str) -> Markup {
    let narrowed = shown.narrowed;
    let mut selects = Vec::new();
    if shown.own.len() > 1 {
        let school = |one: &School| Choice::new(one.id.to_string(), one.name.clone());
        selects.push(FilterSelect {
            name: "school".to_owned(),
            label: lang.t("chronic-every-school").into_owned(),
            choices: shown.own.iter().map(school).collect(),
            value: narrowed.school.map(|id| id.to_string()).unwrap_or_default(),
        });
    }
    let grades: BTreeSet<Grade> = shown.all.lines.iter().map(|line| line.grade).collect();
    let grade = |one: &Grade| Choice::new(one.as_str(), lookup::grade(one.as_str()));
    selects.push(FilterSelect {
        name: "grade".to_owned(),
        label: lang.t("chronic-every-grade").into_owned(),
        choices: grades.iter().map(grade).collect(),
        value: narrowed.grade.map_or("", Grade::as_str).to_owned(),
    });
    let mut views = vec!["month"];
    if shown.own.len() > 1 && narrowed.school.is_none() {
        views.push("school");
    }
    if narrowed.grade.is_none() {
        views.push("grade");
    }
    let view = |of: &&str| {
        let words = lang.t(&format!("chronic-by-{of}"));
        Tab::new(words, narrowed.page(of)).current(*of == by)
    };
    let views: Vec<Tab> = views.iter().map(view).collect();
    let end = segmented(&lang.t("roll-view"), &views);
    ui::list::choices(lang, "/attendance/chronic", &selects, &[("by", by)], &end)
}

/// The sentence, and what it is taken from.
fn figures(lang: Lang, shown: &Shown, lines: &[Instruction], by: &str) -> Markup {
    let title = lang.t(&format!("chronic-title-{by}"));
    let head = card::Head::new("chronic", title.clone());
    let all = rules::share(lines, shown.year);
    if all.students == 0 {
        return card::bare_card(&head, &ui::waiting::cleared(&lang.t("chronic-nothing")));
    }
    let said = finding(lang, all);
    let narrowed = Narrowed {
        month: None,
        ..shown.narrowed
    };
    let head = head.end(html! { a class="sm" href=(narrowed.students()) { (lang.t("chronic-who")) } });
    let drawn = match by {
        "school" => {
            let shares = rules::shares(lines, shown.year, |line| line.school);
            let rows = shown.own.iter().filter_map(|school| {
                let of = Narrowed {
                    school: Some(school.id),
                    ..narrowed
                };
                Some(group(lang, &school.name, *shares.get(&school.id)?, of))
            });
            groups(lang, &title, "column-school", rows.collect())
        }
        "grade" => {
            let shares = rules::shares(lines, shown.year, |line| line.grade).into_iter();
            let rows = shares.map(|(grade, share)| {
                let of = Narrowed {
                    grade: Some(grade),
                    ..narrowed
                };
                group(lang, &lookup::grade(grade.as_str()), share, of)
            });
            groups(lang, &title, "column-grade", rows.collect())
        }
        _ => chart::shares(lang, &said, &months(lang, shown, lines, narrowed)),
    };
    let body = html! {
        p class="sm sub chart-said" { (said) }
        (drawn)
        @if by == "month" { p class="xs dim chart-said" { (lang.t("chronic-how")) } }
    };
    card::bare_card(&head, &body)
}

fn finding(lang: Lang, share: Share) -> String {
    let args = [
        ("n", i64::from(share.chronic).into()),
        ("of", i64::from(share.students).into()),
        ("share", lang.percent(share.permille()).into()),
    ];
    lang.tx("chronic-said", &args).into_owned()
}

/// Month by month: of the month itself where rolls were taken, and of the year until its end.
fn months(lang: Lang, shown: &Shown, lines: &[Instruction], narrowed: Narrowed) -> Table {
    let columns = vec![
        Column::new(lang.t("division-month")),
        Column::figures(lang.t("chronic-students")).hide_on_phone(),
        Column::figures(lang.t("chronic-missing")),
        Column::figures(lang.t("chronic-share-month")),
        Column::figures(lang.t("chronic-share-year")),
    ];
    let is_known = |line: &&Instruction| shown.all.known.contains(&(line.school, line.month));
    let all: BTreeSet<Date> = lines.iter().map(|line| line.month).collect();
    let rows = all.into_iter().map(|month| {
        let of_month = lines.iter().filter(|line| line.month == month).filter(is_known);
        let share = rules::share(of_month, shown.year);
        let year = rules::share(lines.iter().filter(|line| line.month <= month), shown.year);
        let known = (share.students > 0).then_some(share);
        let of = Narrowed {
            month: Some(month),
            ..narrowed
        };
        Row::new(vec![
            html! { span class="nw" { (lang.month_short(month.civil())) " " (month.year()) } },
            html! { @if let Some(share) = known { (lang.number(share.students.into())) } },
            html! { @if let Some(share) = known { (number(lang, share, of)) } },
            chart::share(lang, known.map(Share::permille)),
            chart::share(lang, known.map(|_| year.permille())),
        ])
    });
    Table::new(lang.t("chronic-title-month"), columns).rows(rows.collect())
}

/// How many, as the way to who.
fn number(lang: Lang, share: Share, of: Narrowed) -> Markup {
    html! {
        @if share.chronic == 0 { "0" } @else { a href=(of.students()) { (lang.number(share.chronic.into())) } }
    }
}

fn group(lang: Lang, name: &str, share: Share, of: Narrowed) -> Row {
    let percent = lang.percent(share.permille());
    Row::new(vec![
        html! { b { (name) } },
        html! { (lang.number(share.students.into())) },
        html! { (number(lang, share, of)) },
        html! { (percent) },
        ui::facts::bar(
            &percent,
            share.students,
            &[(ui::facts::Share::Plain, share.chronic)],
        ),
    ])
}

fn groups(lang: Lang, title: &str, first: &str, rows: Vec<Row>) -> Markup {
    let columns = vec![
        Column::new(lang.t(first)),
        Column::figures(lang.t("chronic-students")).hide_on_phone(),
        Column::figures(lang.t("chronic-missing")),
        Column::figures(lang.t("summary-percent")),
        Column::new(lang.t("summary-shares")).hide_on_phone(),
    ];
    Table::new(title, columns).rows(rows).draw(lang)
}

/// From when on absence is chronic, and who says so.
fn note(lang: Lang) -> Markup {
    let told = findings::shown(lang, &rules::what_is_chronic());
    html! {
        div { @for one in &told { (ui::form::finding_line(lang, one)) } }
        p class="sm dim m-0" { (lang.t("summary-note")) }
    }
}
