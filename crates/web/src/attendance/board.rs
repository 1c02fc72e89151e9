//! The rolls of a day: a teacher's own, or the whole school's as they come in.

use super::{Page, address, day_of, office_tabs, school_of, slot_words};
use crate::answer::{Answer, OrStop, PageResult, query};
use crate::who::{LIVE_PART, Who};
use crate::{App, context, lookup};
use access::Permit;
use access::action::TakeAttendance;
use attendance::{Board, BoardLine, Mode, Slot};
use axum::extract::{Query, State};
use db::Reader;
use kernel::{Date, Failure, Instant, Outcome, Role, SchoolId};
use maud::{Markup, html};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::Job;
use ui::head::PageHead;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, State as PillState, assets, card, pill};

/// Which school, which day, and what the part on screen showed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    seen: String,
    #[serde(default)]
    taken: String,
}

struct Shown {
    directory: Directory,
    school: SchoolId,
    on: Date,
    board: Board,
}

async fn read(app: &App, who: &Who, asked: &Asked) -> Result<Shown, crate::answer::Stopped> {
    let (asking, school, on) = (who.clone(), asked.school.clone(), asked.on.clone());
    app.store()
        .read(who.division(), move |at| find(at, &asking, &school, &on))
        .await
        .or_stop(app, who)
}

fn find(at: &mut Reader, who: &Who, school: &str, on: &str) -> Outcome<Shown> {
    let permit = Permit::<TakeAttendance>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let on = day_of(at, on)?;
    let school = match school_of(who, &directory, school) {
        Ok(school) => school,
        // A division without a school yet has nothing to take.
        Err(Failure::NotFound) if school.is_empty() => {
            return Ok(Shown {
                school: SchoolId::derived(""),
                board: Board::default(),
                directory,
                on,
            });
        }
        Err(failure) => return Err(failure),
    };
    let board = if who.standing().role == Role::Teacher {
        let mut all = Board::default();
        for own in &who.standing().schools {
            let one = attendance::board(at, &permit, *own, on)?;
            all.is_instructional |= one.is_instructional;
            if one.mode.has_periods() {
                all.mode = one.mode;
            }
            all.lines.extend(one.lines);
        }
        all
    } else {
        attendance::board(at, &permit, school, on)?
    };
    Ok(Shown {
        directory,
        school,
        on,
        board,
    })
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let shown = read(&app, &who, &asked).await?;
    let ctx = context::of(&app, &who, Job::Attendance).await?;
    let lang = ctx.lang;
    let is_teacher = who.standing().role == Role::Teacher;
    let day = lang.day_heading(shown.on.civil());
    let title = if is_teacher {
        "attendance-own"
    } else {
        "nav-attendance"
    };
    let facts = if is_teacher {
        day
    } else {
        format!("{} · {day}", shown.directory.name(shown.school))
    };
    let body = html! {
        div data-account=[who.actor().account] {
            (PageHead::new(lang.t(title)).facts(facts).draw())
            (office_tabs(&who, Page::Board, shown.school))
            (ui::roll::kept_banner(lang))
            (look_banner(lang))
            @if asked.taken == "1" { (ui::notice::toast(lang, &lang.t("roll-taken"), None)) }
            (days(lang, &shown, ctx.today.into(), !is_teacher))
            (part(&who, &shown, app.store().now()))
        }
        script type="module" src=(assets::url("js/roll.js")) {}
    };
    Ok(ui::shell::page(&ctx, lang.t("nav-attendance"), body).into())
}

/// A roll that was kept on the device and is another's by now: both sides are shown on the page it opens.
pub(super) fn look_banner(lang: Lang) -> Markup {
    html! {
        div class="ban conf" id="ban-look" hidden {
            (ui::icon(Icon::GitCompare))
            p class="grow" { b { (lang.t("roll-look-title")) } " " (lang.t("roll-look-text")) }
            span class="end" { (Action::scripted(lang.t("roll-look")).with("data-roll-look", "")) }
        }
    }
}

/// The part alone; nothing while it is what the page shows already.
pub(crate) async fn live(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let shown = read(&app, &who, &asked).await?;
    if mark(&shown.board) == asked.seen {
        return Ok(Answer::Nothing);
    }
    Ok(ui::shell::fragment(part(&who, &shown, app.store().now())).into())
}

/// The day before, the day after, today; and where the periods of the day disagree with it.
fn days(lang: Lang, shown: &Shown, today: Date, is_office: bool) -> Markup {
    let school = shown.school.to_string();
    let to = |day: Date| {
        let on = day.to_string();
        format!(
            "/attendance{}",
            query([("school", school.as_str()), ("on", on.as_str())])
        )
    };
    let step = |by: i64| {
        let mut day = shown.on.plus_days(by);
        while day.is_weekend() {
            day = day.plus_days(by);
        }
        day
    };
    html! {
        div class="row-x wrap mt mb no-print" {
            (Action::link(lang.t("attendance-day-before"), to(step(-1))).small().icon(Icon::ChevronLeft))
            @if shown.on != today { (Action::link(lang.t("attendance-today"), to(today)).small()) }
            @if shown.on < today { (Action::link(lang.t("attendance-day-after"), to(step(1))).small().icon(Icon::ChevronRight)) }
            @if is_office && shown.board.mode == Mode::Both { (differences(lang, shown)) }
        }
    }
}

/// The way to where periods and day disagree.
fn differences(lang: Lang, shown: &Shown) -> Markup {
    let (school, on) = (shown.school.to_string(), shown.on.to_string());
    let pairs = [("school", school.as_str()), ("on", on.as_str())];
    let href = format!("/attendance/differences{}", query(pairs));
    html! { (Action::link(lang.t("differences-open"), href).small().icon(Icon::GitCompare)) }
}

/// Another mark, another part.
fn mark(board: &Board) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    for line in &board.lines {
        (line.at.group.key(), line.at.slot, line.students, line.exceptions).hash(&mut hasher);
        line.roll.as_ref().map(|roll| roll.version).hash(&mut hasher);
    }
    format!("{:x}", hasher.finish())
}

/// The part, which asks for itself again.
fn part(who: &Who, shown: &Shown, now: Instant) -> Markup {
    let lang = who.lang();
    let (school, on, seen) = (shown.school.to_string(), shown.on.to_string(), mark(&shown.board));
    let pairs = [
        ("school", school.as_str()),
        ("on", on.as_str()),
        ("seen", seen.as_str()),
    ];
    let address = format!("/attendance/board{}", query(pairs));
    let (missing, total) = shown.board.due(minute_of(shown.on, now));
    let said = lang.tx(
        "attendance-missing",
        &[("n", missing.into()), ("of", total.into())],
    );
    html! {
        div id=(LIVE_PART) hx-get=(address) hx-trigger="every 5s" hx-swap="morph:outerHTML" data-said=(said) {
            @if shown.board.lines.is_empty() {
                (card::card(&card::Head::new("rolls", lang.t("attendance-rolls")), &nothing(lang, who, shown)))
            } @else {
                (slots(lang, &shown.board, minute_of(shown.on, now)))
                @if missing == 0 && total > 0 { (ui::waiting::cleared(&lang.tx("attendance-all-taken", &[("n", total.into())]))) }
                (lines(lang, who, shown, now))
            }
        }
    }
}

fn nothing(lang: Lang, who: &Who, shown: &Shown) -> Markup {
    let words = if !shown.board.is_instructional {
        "attendance-no-school"
    } else if who.standing().role == Role::Teacher {
        "attendance-no-homeroom"
    } else {
        "attendance-no-homerooms"
    };
    ui::waiting::empty(&lang.t(words), None)
}

/// The minute of a day by now; of a day before every roll is due.
fn minute_of(on: Date, now: Instant) -> i32 {
    let time = now.local().time();
    if on < now.date() {
        i32::MAX
    } else {
        i32::from(time.hour()) * 60 + i32::from(time.minute())
    }
}

/// Daily rolls first, `7A` before `10A`; then sections by period.
fn order(line: &BoardLine) -> (i32, u32, &str, Slot) {
    let digits: String = line.name.chars().filter(char::is_ascii_digit).take(2).collect();
    if line.at.slot.is_daily() {
        (-1, digits.parse().unwrap_or(0), &line.name, line.at.slot)
    } else {
        (line.begins, 0, &line.name, line.at.slot)
    }
}

/// A slot as the board calls it.
fn slot_of(lang: Lang, line: &BoardLine) -> String {
    if line.period.is_empty() {
        slot_words(lang, line.at.slot)
    } else {
        line.period.clone()
    }
}

/// Period by period, how many rolls are not taken; nothing for a school without periods, and for a few rolls.
fn slots(lang: Lang, board: &Board, minute: i32) -> Markup {
    let mut all: Vec<&BoardLine> = board.lines.iter().collect();
    all.sort_by_key(|line| (line.begins, line.at.slot));
    let groups: Vec<&[&BoardLine]> = all.chunk_by(|one, next| one.at.slot == next.at.slot).collect();
    if !board.mode.has_periods() || groups.iter().all(|group| group.len() < 2) {
        return html! {};
    }
    let told = |group: &[&BoardLine]| {
        let (name, of) = (slot_of(lang, group[0]), group.len());
        let missing = group.iter().filter(|line| line.roll.is_none()).count();
        let is_due = group[0].begins <= minute;
        let state = match (is_due, missing) {
            (_, 0) => PillState::Ok,
            (true, _) => PillState::Warning,
            (false, _) => PillState::Neutral,
        };
        let words = lang.tx(
            "attendance-slot-missing",
            &[("slot", name.into()), ("n", missing.into()), ("of", of.into())],
        );
        pill::pill(state, &words)
    };
    html! { div class="row-x wrap mb" { @for group in groups { (told(group)) } } }
}

/// What is due and not taken comes first.
fn lines(lang: Lang, who: &Who, shown: &Shown, now: Instant) -> Markup {
    let is_teacher = who.standing().role == Role::Teacher;
    let mut all: Vec<&BoardLine> = shown.board.lines.iter().collect();
    all.sort_by(|one, other| order(one).cmp(&order(other)));
    let minute = minute_of(shown.on, now);
    let (taken, not_taken): (Vec<&BoardLine>, Vec<&BoardLine>) =
        all.into_iter().partition(|line| line.roll.is_some());
    let (open, later): (Vec<&BoardLine>, Vec<&BoardLine>) =
        not_taken.into_iter().partition(|line| line.begins <= minute);
    let table = |id: &'static str, words: &str, lines: &[&BoardLine]| {
        let head = card::Head::new(id, lang.t(words)).beside(pill::pill(
            match id {
                "open" => PillState::Warning,
                "taken" => PillState::Ok,
                _ => PillState::Neutral,
            },
            &lang.number(i64::try_from(lines.len()).unwrap_or(i64::MAX)),
        ));
        card::bare_card(&head, &rows(lang, is_teacher, lines, now))
    };
    html! {
        div class="stack" {
            @if !open.is_empty() { (table("open", "attendance-open", &open)) }
            @if !later.is_empty() { (table("later", "attendance-later", &later)) }
            @if !taken.is_empty() { (table("taken", "attendance-taken", &taken)) }
        }
    }
}

fn rows(lang: Lang, is_teacher: bool, lines: &[&BoardLine], now: Instant) -> Markup {
    let mut columns = vec![
        Column::new(lang.t("attendance-roll")),
        Column::new(lang.t("attendance-slot")),
    ];
    if !is_teacher {
        columns.push(Column::new(lang.t("attendance-teacher")).hide_on_phone());
    }
    columns.extend([
        Column::figures(lang.t("attendance-students")).hide_on_phone(),
        Column::new(lang.t("attendance-state")),
    ]);
    let row = |line: &&BoardLine| {
        let begins = u16::try_from(line.begins)
            .ok()
            .filter(|_| !line.at.slot.is_daily() && line.begins > 0);
        let mut cells = vec![
            html! { a class="plain b" href=(address(&line.at)) data-roll-page { (line.name) } },
            html! { (slot_of(lang, line)) @if let Some(begins) = begins { " " span class="dim num nw" { (lang.minutes(begins)) } } },
        ];
        if !is_teacher {
            let teachers: Vec<&str> = line.teachers.iter().map(String::as_str).collect();
            cells.push(html! { (lang.list(&teachers)) });
        }
        cells.push(html! { (line.students) });
        cells.push(state(lang, line, now));
        Row::new(cells).leads()
    };
    Table::new(lang.t("attendance-rolls"), columns)
        .rows(lines.iter().map(row).collect())
        .draw(lang)
}

fn state(lang: Lang, line: &BoardLine, now: Instant) -> Markup {
    let Some(roll) = &line.roll else {
        return pill::pill(PillState::Pending, &lang.t("attendance-not-taken"));
    };
    let (absent, late) = line.exceptions;
    let figures = lang.tx(
        "attendance-figures",
        &[("absent", absent.into()), ("late", late.into())],
    );
    html! {
        (pill::pill(PillState::Ok, &figures)) " "
        span class="sm dim" { (roll.taken_by) ", " (lookup::moment(lang, roll.taken_at, now)) }
    }
}
