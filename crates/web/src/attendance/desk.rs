//! The desk: who came late, who left early, with the time.

use super::{Page, label, office_tabs, school_of};
use crate::answer::{Answer, OrStop, PageResult, Stopped, query};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{ManageAttendance, ViewStudents};
use attendance::{Codes, DeskEntry, Direction, Meaning, NewDeskEntry};
use axum::extract::{Query, State};
use db::{Reader, Reading};
use kernel::{DeskEntryId, Failure, Findings, Instant, Outcome, SchoolId, StudentId};
use maud::{Markup, html};
use people::{CardRow, ListQuery, PlaceState};
use schools::Directory;
use serde::Deserialize;
use std::collections::HashMap;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding, Form, Width, summary};
use ui::head::PageHead;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card};

/// Students offered for what is typed.
const OFFERED: usize = 8;

/// Which school, and whom one looks for.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    q: String,
}

struct Shown {
    directory: Directory,
    school: SchoolId,
    codes: Codes,
    entries: Vec<DeskEntry>,
    names: HashMap<StudentId, String>,
    offered: Vec<CardRow>,
}

type Sent = (Fields, Vec<Finding>);

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(draw(&app, &who, asked, &Sent::default()).await?.into())
}

fn read(at: &mut Reader, who: &Who, asked: &Asked) -> Outcome<Shown> {
    let permit = Permit::<ManageAttendance>::wide(who.standing())?;
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let school = school_of(who, &directory, &asked.school)?;
    let today = at.today();
    let entries = attendance::desk(at, &permit, school, today)?;
    let students: Vec<StudentId> = entries.iter().map(|entry| entry.student).collect();
    let names = people::cards_of(at, &view, &students)?
        .into_iter()
        .map(|card| (card.student, card.list_name))
        .collect();
    let offered = if asked.q.trim().is_empty() {
        Vec::new()
    } else {
        let query = ListQuery {
            school: Some(school),
            state: Some(PlaceState::Enrolled),
            text: Some(asked.q.trim().to_owned()),
            limit: OFFERED,
            ..ListQuery::default()
        };
        people::list(at, &view, &query)?.rows
    };
    Ok(Shown {
        codes: attendance::codes_of(at, &permit, school)?,
        directory,
        school,
        entries,
        names,
        offered,
    })
}

async fn draw(app: &App, who: &Who, asked: Asked, sent: &Sent) -> Result<Markup, Stopped> {
    let (asking, wanted) = (who.clone(), asked.clone());
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &asking, &wanted))
        .await
        .or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Attendance).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let facts = format!(
        "{} · {}",
        shown.directory.name(shown.school),
        lang.day_heading(ctx.today)
    );
    let body = html! {
        (PageHead::new(lang.t("attendance-tab-desk")).facts(facts).draw())
        (office_tabs(who, Page::Desk, shown.school))
        div class="grid mt" {
            div class="s5 stack" { @if who.may_now::<ManageAttendance>() { (find(&ctx, &shown, &asked)) (entry(&ctx, &shown, &asked, sent, now)) } }
            div class="s7 stack" { (entries(lang, &shown)) }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("attendance-tab-desk"), body))
}

fn find(ctx: &Ctx, shown: &Shown, asked: &Asked) -> Markup {
    let lang = ctx.lang;
    let label = lang.t("pass-find");
    let fields = html! {
        div class="cb" {
            input type="hidden" name="school" value=(shown.school);
            (Field::new(lang, "q", &label).value(&asked.q).width(Width::Whole).beside(html! { (Action::submit(lang.t("pass-find-do")).icon(Icon::Search)) }).search())
        }
    };
    card::bare_card(
        &card::Head::new("find", lang.t("pass-who")),
        &Form::get("/attendance/desk").draw_in(ctx, &fields),
    )
}

fn entry(ctx: &Ctx, shown: &Shown, asked: &Asked, (typed, found): &Sent, now: Instant) -> Markup {
    let lang = ctx.lang;
    if shown.offered.is_empty() {
        let words = if asked.q.trim().is_empty() {
            "pass-first"
        } else {
            "pass-nobody"
        };
        return ui::waiting::empty(&lang.t(words), None);
    }
    let students: Vec<Choice> = shown
        .offered
        .iter()
        .map(|one| Choice::new(one.student.to_string(), one.list_name.clone()).note(one.homeroom.clone()))
        .collect();
    let directions =
        [Direction::In, Direction::Out].map(|way| Choice::new(way.as_str(), lang.t(&format!("pass-{way}"))));
    let codes: Vec<Choice> = shown
        .codes
        .on(now.date())
        .filter(|code| !matches!(code.meaning, Meaning::Present | Meaning::Unexplained))
        .map(|code| {
            Choice::new(
                code.letter.clone(),
                format!("{} {}", code.letter, label(lang, code)),
            )
        })
        .collect();
    let time = now.local().time();
    let now_words = format!("{}:{:02}", time.hour(), time.minute());
    let first = students.first().map(|one| one.value.clone()).unwrap_or_default();
    let late = shown
        .codes
        .of(Meaning::Late, now.date())
        .map(|code| code.letter.clone());
    let value = |name: &str, unset: String| typed.some(name).unwrap_or(unset);
    let (student, way, at, letter) = (
        value("student", first),
        value("direction", "in".to_owned()),
        value("time", now_words),
        if typed.get("id").is_empty() {
            late.unwrap_or_default()
        } else {
            typed.get("letter").to_owned()
        },
    );
    let words = [
        "pass-student",
        "pass-direction",
        "pass-time",
        "pass-code",
        "pass-reason",
    ]
    .map(|key| lang.t(key));
    let hint = lang.t("pass-time-hint");
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["student", "direction", "time", "letter", "reason"]))
            input type="hidden" name="school" value=(shown.school);
            input type="hidden" name="q" value=(asked.q);
            input type="hidden" name="id" value=(DeskEntryId::fresh(now));
            (Field::new(lang, "student", &words[0]).value(&student).findings(found).width(Width::Whole).required().radios(&students))
            (Field::new(lang, "direction", &words[1]).value(&way).findings(found).width(Width::Half).required().segmented(&directions))
            (Field::new(lang, "time", &words[2]).hint(&hint).value(&at).findings(found).width(Width::Half).required().max_length(5).text())
            (Field::new(lang, "letter", &words[3]).value(&letter).findings(found).width(Width::Half).optional().select(&codes))
            (Field::new(lang, "reason", &words[4]).value(typed.get("reason")).findings(found).width(Width::Half).optional().max_length(200).sensitive().text())
            @for one in found.iter().filter(|one| one.field == "on") { div class="f w12" { (ui::form::finding_line(lang, one)) } }
            div class="f w12" { (Action::submit(lang.t("pass-note")).primary()) }
        }
    };
    card::bare_card(
        &card::Head::new("entry", lang.t("pass-entry")),
        &Form::post("/attendance/desk").draw_in(ctx, &fields),
    )
}

fn entries(lang: Lang, shown: &Shown) -> Markup {
    let columns = vec![
        Column::new(lang.t("pass-time")),
        Column::new(lang.t("column-name")),
        Column::new(lang.t("pass-direction")),
        Column::new(lang.t("pass-reason")).hide_on_phone(),
        Column::new(lang.t("pass-by")).hide_on_phone(),
    ];
    let rows = shown.entries.iter().filter_map(|entry| {
        let name = shown.names.get(&entry.student)?;
        let (glyph, words) = match entry.direction {
            Direction::In => (Icon::Login, "pass-in"),
            Direction::Out => (Icon::Logout, "pass-out"),
        };
        Some(Row::new(vec![
            html! { span class="num nw" { (entry.minute / 60) ":" (format!("{:02}", entry.minute % 60)) } },
            html! { a class="plain b" href={ "/students/" (entry.student) } { (name) } },
            html! { span class="nw" { (ui::icon(glyph)) " " (lang.t(words)) } },
            html! { (entry.reason) },
            html! { (entry.noted_by) },
        ]))
    });
    let table = Table::new(lang.t("pass-today"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("pass-none"), None))
        .draw(lang);
    card::bare_card(&card::Head::new("today", lang.t("pass-today")), &table)
}

/// Notes who passed.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let school: SchoolId = fields
        .get("school")
        .parse()
        .map_err(|_| Failure::NotFound)
        .or_stop(&app, &who)?;
    let done = match new_entry(&fields, school) {
        Ok(new) => {
            let write = move |tx: &mut db::Tx| attendance::pass_desk(tx, &permit, &new);
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    let asked = Asked {
        school: school.to_string(),
        q: fields.get("q").to_owned(),
    };
    match done {
        Ok(()) => {
            let school = school.to_string();
            Ok(Answer::see(format!(
                "/attendance/desk{}",
                query([("school", school.as_str())])
            )))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            Ok(Answer::again(draw(&app, &who, asked, &(fields, found)).await?))
        }
    }
}

fn new_entry(fields: &Fields, school: SchoolId) -> Outcome<NewDeskEntry> {
    fields.fit()?;
    let mut findings = Findings::default();
    let student = fields.chosen("student", "LP-0008", &mut findings);
    let direction = fields.chosen("direction", "LP-0008", &mut findings);
    let minute = minute(fields.get("time"));
    if minute.is_none() {
        findings.push(kernel::Finding::refuse("LP-0716", "time"));
    }
    findings.or_refuse().map(drop)?;
    let whole = || Failure::refuse("LP-0011", "");
    Ok(NewDeskEntry {
        id: fields.get("id").parse().map_err(|_| whole())?,
        school,
        student: student.ok_or_else(whole)?,
        direction: direction.ok_or_else(whole)?,
        minute: minute.ok_or_else(whole)?,
        reason: fields.get("reason").to_owned(),
        letter: fields.get("letter").to_owned(),
    })
}

/// `9:42` or `0942` in minutes after midnight.
fn minute(typed: &str) -> Option<i32> {
    let (hours, minutes) = match typed.split_once([':', 'h']) {
        Some(parts) => parts,
        None if typed.is_ascii() && (3..=4).contains(&typed.len()) => typed.split_at(typed.len() - 2),
        None => return None,
    };
    let (hours, minutes) = (
        hours.trim().parse::<i32>().ok()?,
        minutes.trim().parse::<i32>().ok()?,
    );
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::minute;

    #[test]
    fn a_time_is_typed_with_or_without_its_sign() {
        for (typed, wanted) in [
            ("9:42", Some(582)),
            ("09:42", Some(582)),
            ("9 h 42", Some(582)),
            ("942", Some(582)),
            ("1342", Some(822)),
            ("", None),
            ("9", None),
            ("25:00", None),
            ("9:60", None),
            ("soon", None),
            ("é42", None),
        ] {
            assert_eq!(minute(typed), wanted, "{typed:?}");
        }
    }
}
