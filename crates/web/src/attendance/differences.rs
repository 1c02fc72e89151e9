//! Where the periods of a day and its daily roll disagree: both beside each other, one press to settle, and back again.

use super::{Page, day_of, letter_words, office_tabs, school_of, slot_named};
use crate::answer::{Answer, OrStop, PageResult, Stopped, query};
use crate::pattern::Pattern;
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{ManageAttendance, ViewStudents};
use attendance::{Codes, Differing, Keep, RangeMade, Settle, Slot, Word};
use axum::extract::{Query, State};
use db::Reader;
use kernel::{AttendanceRangeId, Date, Failure, Instant, Outcome, SchoolId, SchoolYear, StudentId};
use maud::{Markup, html};
use people::CardRow;
use schools::Directory;
use serde::Deserialize;
use std::collections::HashMap;
use ui::ctx::{Ctx, Job};
use ui::form::{Finding, Form};
use ui::head::PageHead;
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, card};

/// Which school and day; what was settled just now.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    settled: String,
}

struct Shown {
    directory: Directory,
    school: SchoolId,
    on: Date,
    codes: Codes,
    pattern: Pattern,
    lines: Vec<(Differing, CardRow)>,
    settled: Option<RangeMade>,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(draw(&app, &who, asked, &[]).await?.into())
}

fn read(at: &mut Reader, who: &Who, asked: &Asked) -> Outcome<Shown> {
    let permit = Permit::<ManageAttendance>::wide(who.standing())?;
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let on = day_of(at, &asked.on)?;
    let school = school_of(who, &directory, &asked.school)?;
    let found = attendance::differing(at, &permit, school, on)?;
    let students: Vec<StudentId> = found.iter().map(|one| one.student).collect();
    let cards = people::cards_of(at, &view, &students)?;
    let cards: HashMap<StudentId, CardRow> = cards.into_iter().map(|card| (card.student, card)).collect();
    let mut lines: Vec<(Differing, CardRow)> = found
        .into_iter()
        .filter_map(|one| Some((cards.get(&one.student)?.clone(), one)))
        .map(|(card, one)| (one, card))
        .collect();
    lines.sort_by(|(one, a), (other, b)| {
        (&a.sort_name, one.half.daily.slot).cmp(&(&b.sort_name, other.half.daily.slot))
    });
    let made = attendance::ranges(at, &permit, school)?;
    Ok(Shown {
        codes: attendance::codes_of(at, &permit, school)?,
        pattern: Pattern::read(at, Some(school), SchoolYear::of(on))?,
        settled: made
            .into_iter()
            .find(|one| one.id.to_string() == asked.settled && one.undone_at.is_none()),
        directory,
        school,
        on,
        lines,
    })
}

async fn draw(app: &App, who: &Who, asked: Asked, found: &[Finding]) -> Result<Markup, Stopped> {
    let asking = who.clone();
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &asking, &asked))
        .await
        .or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Attendance).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let facts = format!(
        "{} · {}",
        shown.directory.name(shown.school),
        lang.day_heading(shown.on.civil())
    );
    let may = who.may_now::<ManageAttendance>();
    let title = lang.t("differences-title");
    let body = html! {
        (PageHead::new(title.clone()).facts(facts).draw())
        (office_tabs(who, Page::Board, shown.school))
        div class="stack mt" {
            @for one in found { (ui::form::finding_line(lang, one)) }
            @if let Some(made) = shown.settled.as_ref().filter(|_| may) { (undo(&ctx, &shown, made)) }
            @if shown.lines.is_empty() {
                (card::card(&card::Head::new("differences", title), &ui::waiting::cleared(&lang.t("differences-none"))))
            } @else {
                (card::bare_card(&card::Head::new("differences", title), &table(&ctx, &shown, may, now)))
            }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("differences-title"), body))
}

/// What was settled last, to be taken back.
fn undo(ctx: &Ctx, shown: &Shown, made: &RangeMade) -> Markup {
    let lang = ctx.lang;
    let fields = html! {
        input type="hidden" name="id" value=(made.id);
        input type="hidden" name="school" value=(shown.school);
        input type="hidden" name="back" value=(shown.on);
        div class="cb row-x wrap" {
            span class="grow" role="status" { (lang.tx("differences-settled", &[("n", i64::from(made.marks).into())])) }
            (Action::submit(lang.t("undo")).small())
        }
    };
    let form = Form::post("/attendance/many/undo").draw_in(ctx, &fields);
    card::unheaded_card(&lang.t("undo"), &form)
}

fn table(ctx: &Ctx, shown: &Shown, may: bool, now: Instant) -> Markup {
    let lang = ctx.lang;
    let mut columns = vec![
        Column::new(lang.t("column-name")),
        Column::new(lang.t("differences-day")),
        Column::new(lang.t("differences-periods")),
        Column::new(lang.t("differences-how")).hide_on_phone(),
    ];
    if may {
        columns.push(Column::new(lang.t("differences-settle")));
    }
    let rows = shown.lines.iter().map(|(one, person)| {
        let mut cells = vec![
            html! { a class="plain b" href={ "/students/" (one.student) "/attendance" } { (person.list_name) } " " span class="sub" { (person.homeroom) } },
            html! { (word(lang, shown, &one.half.daily)) },
            html! { @for period in &one.half.periods { div { (word(lang, shown, period)) } } },
            html! { (lang.t(&format!("differs-{}", one.how))) },
        ];
        if may {
            cells.push(html! { div class="row-x wrap" { @for keep in Keep::ALL { (settle_form(ctx, shown, one, (*keep, now))) } } });
        }
        Row::new(cells)
    });
    Table::new(lang.t("differences-title"), columns)
        .rows(rows.collect())
        .draw(lang)
}

fn word(lang: Lang, shown: &Shown, word: &Word) -> Markup {
    let slot = slot_named(lang, &shown.pattern, word.slot);
    let said = letter_words(lang, &shown.codes, (&word.letter, shown.on));
    html! { span class="dim" { (slot) } " " (said) }
}

fn settle_form(ctx: &Ctx, shown: &Shown, one: &Differing, (keep, now): (Keep, Instant)) -> Markup {
    let words = std::iter::once(&one.half.daily).chain(&one.half.periods);
    let seen: Vec<String> = words
        .map(|word| format!("{}:{}", word.slot, word.version))
        .collect();
    let fields = html! {
        input type="hidden" name="id" value=(AttendanceRangeId::fresh(now));
        input type="hidden" name="school" value=(shown.school);
        input type="hidden" name="on" value=(shown.on);
        input type="hidden" name="student" value=(one.student);
        input type="hidden" name="half" value=(one.half.daily.slot);
        input type="hidden" name="keep" value=(keep);
        input type="hidden" name="seen" value=(seen.join(","));
        (Action::submit(ctx.lang.t(&format!("keep-{keep}"))).small())
    };
    Form::post("/attendance/differences").draw_in(ctx, &fields)
}

/// Back to the day, with what was settled.
pub(super) fn back(school: &str, on: &str, settled: &str) -> Answer {
    Answer::see(format!(
        "/attendance/differences{}",
        query([("school", school), ("on", on), ("settled", settled)])
    ))
}

/// Settles one.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let cmd = command(&fields).or_stop(&app, &who)?;
    let (school, on, id) = (cmd.school.to_string(), cmd.on.to_string(), cmd.id.to_string());
    let write = move |tx: &mut db::Tx| attendance::settle(tx, &permit, &cmd);
    match app.store().write(who.actor(), write).await {
        Ok(_) => Ok(back(&school, &on, &id)),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let asked = Asked {
                school,
                on,
                settled: String::new(),
            };
            Ok(Answer::again(draw(&app, &who, asked, &found).await?))
        }
    }
}

fn command(fields: &Fields) -> Outcome<Settle> {
    let none = |_| Failure::NotFound;
    let seen = fields.get("seen").split(',').map(|one| {
        let (slot, version) = one.split_once(':')?;
        Some((slot.parse().ok()?, version.parse().ok()?))
    });
    let seen: Option<Vec<(Slot, i64)>> = seen.collect();
    Ok(Settle {
        id: fields.get("id").parse().map_err(none)?,
        school: fields.get("school").parse().map_err(none)?,
        student: fields.get("student").parse().map_err(none)?,
        on: fields.get("on").parse().map_err(none)?,
        half: fields.get("half").parse().map_err(none)?,
        keep: fields.get("keep").parse().map_err(none)?,
        seen: seen.ok_or(Failure::NotFound)?,
    })
}
