//! One roll: everyone is present, one press an exception.

use super::board::look_banner;
use super::{address, label, letter_words, slot_words, tone};
use crate::answer::{OrStop, PageResult, Stopped};
use crate::pattern;
use crate::posted::Fields;
use crate::students::photo;
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{TakeAttendance, ViewMedical, ViewStudents};
use attendance::{Clash, Group, Mark, Meaning, RollAt, Sheet, SheetLine};
use axum::extract::{Query, State};
use db::{Reader, Reading};
use kernel::{Failure, Instant, Outcome, StudentId, SubmissionId};
use maud::{Markup, html};
use people::{CardRow, RestrictionCode};
use schools::Directory;
use serde::Deserialize;
use std::collections::HashMap;
use ui::ctx::{Ctx, Job};
use ui::form::Finding;
use ui::head::{Crumb, PageHead};
use ui::notice::{Tone, banner};
use ui::roll::{self, EarlierRow, Seat, Seats};
use ui::tabs::{Tab, segmented};
use ui::{Action, Icon, Lang, assets, card, icon};

/// Which roll, and how it is looked at.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    slot: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    view: String,
}

impl Asked {
    /// The roll that the address, or the form, names; not found when it names none.
    pub(super) fn roll(school: &str, on: &str, slot: &str, group: &str) -> Outcome<RollAt> {
        let none = |_| Failure::NotFound;
        Ok(RollAt {
            school: school.parse().map_err(none)?,
            on: on.parse().map_err(none)?,
            slot: slot.parse().map_err(none)?,
            group: group.parse().map_err(none)?,
        })
    }
}

/// What is read for the page.
pub(super) struct Shown {
    sheet: Sheet,
    cards: HashMap<StudentId, CardRow>,
    photos: HashMap<StudentId, String>,
    medical: Vec<(StudentId, Vec<String>)>,
    directory: Directory,
    key: SubmissionId,
}

/// A roll that was sent and comes back: what was typed, what was found, what clashed.
#[derive(Default)]
pub(super) struct Attempt {
    pub(super) fields: Option<Fields>,
    pub(super) found: Vec<Finding>,
    pub(super) clashes: Vec<Clash>,
    pub(super) as_list: bool,
}

/// The page. Without a roll in the address it leads to the rolls of today.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    if asked.school.is_empty() && asked.group.is_empty() {
        return super::board::page(State(app), who, Query(super::board::Asked::default())).await;
    }
    let at = Asked::roll(&asked.school, &asked.on, &asked.slot, &asked.group).or_stop(&app, &who)?;
    let attempt = Attempt {
        as_list: asked.view == "list",
        ..Attempt::default()
    };
    Ok(draw(&app, &who, at, &attempt).await?.into())
}

fn read(at: &mut Reader, who: &Who, roll: &RollAt) -> Outcome<Shown> {
    let standing = who.standing();
    let permit = Permit::<TakeAttendance>::wide(standing)?;
    let sheet = attendance::sheet(at, &permit, roll)?;
    let students: Vec<StudentId> = sheet.lines.iter().map(|line| line.student).collect();
    let view = Permit::<ViewStudents>::wide(standing)?;
    let cards = people::cards_of(at, &view, &students)?;
    let photos = people::photo_tags(at, &view, &students)?;
    let medical = match Permit::<ViewMedical>::wide(standing) {
        Ok(permit) => people::medical_actions(at, &permit, &students)?,
        Err(_) => Vec::new(),
    };
    Ok(Shown {
        key: SubmissionId::fresh(at.now()),
        sheet,
        cards: cards.into_iter().map(|card| (card.student, card)).collect(),
        photos: photos.into_iter().collect(),
        medical,
        directory: schools::directory(at)?,
    })
}

/// The page of a roll, with what came of an attempt.
pub(super) async fn draw(app: &App, who: &Who, at: RollAt, attempt: &Attempt) -> Result<Markup, Stopped> {
    let (asking, roll) = (who.clone(), at.clone());
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &asking, &roll))
        .await
        .or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Attendance).await?;
    let page = Page {
        ctx: &ctx,
        who,
        shown: &shown,
        attempt,
        now: app.store().now(),
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("nav-attendance"), page.body()))
}

struct Page<'a> {
    ctx: &'a Ctx,
    who: &'a Who,
    shown: &'a Shown,
    attempt: &'a Attempt,
    now: Instant,
}

impl Page<'_> {
    fn lang(&self) -> Lang {
        self.ctx.lang
    }

    fn is_open(&self) -> bool {
        self.shown.sheet.closed.is_empty() && self.who.may_now::<TakeAttendance>()
    }

    /// The students the person may know, by name.
    fn lines(&self) -> Vec<(&SheetLine, &CardRow)> {
        let lines = self.shown.sheet.lines.iter();
        let mut known: Vec<(&SheetLine, &CardRow)> = lines
            .filter_map(|line| Some((line, self.shown.cards.get(&line.student)?)))
            .collect();
        known.sort_by_key(|(_, card)| (&card.sort_name, card.student));
        known
    }

    fn codes(&self) -> Vec<roll::Code> {
        let (sheet, lang) = (&self.shown.sheet, self.lang());
        let near = |meaning: Meaning| {
            sheet
                .codes
                .of(meaning, sheet.at.on)
                .map(|code| code.letter.as_str())
        };
        let near = [
            near(Meaning::Present),
            near(Meaning::Unexplained),
            near(Meaning::Late),
            near(Meaning::Authorized),
        ];
        sheet
            .codes
            .on(sheet.at.on)
            .map(|code| roll::Code {
                letter: code.letter.clone(),
                label: label(lang, code).to_owned(),
                tone: tone(code.meaning),
                is_near: near.contains(&Some(code.letter.as_str())),
            })
            .collect()
    }

    fn seats(&self) -> Vec<Seat> {
        let lines = self.lines();
        lines.iter().map(|(line, card)| self.seat(line, card)).collect()
    }

    fn seat(&self, line: &SheetLine, card: &CardRow) -> Seat {
        let sheet = &self.shown.sheet;
        let present = sheet.codes.of(Meaning::Present, sheet.at.on);
        let present = present.map(|code| code.letter.clone()).unwrap_or_default();
        let id = line.student.to_string();
        let is_covered = card.restriction == Some(RestrictionCode::Caution);
        let mut seat = Seat {
            name: card.preferred_name.clone(),
            first: card
                .preferred_name
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned(),
            photo: self
                .shown
                .photos
                .get(&line.student)
                .filter(|_| !is_covered)
                .map(|tag| photo::address(line.student, tag)),
            is_shielded: card.is_shielded(),
            letter: present,
            last: line.same.clone().unwrap_or_default(),
            id,
            ..Seat::default()
        };
        if let Some(mark) = &line.mark {
            seat.letter.clone_from(&mark.letter);
            seat.minutes = mark
                .minutes
                .map(|minutes| minutes.to_string())
                .unwrap_or_default();
            seat.note.clone_from(&mark.comment);
            seat.seen = mark.known.version;
            seat.by = self.by(mark);
        }
        if let Some(fields) = &self.attempt.fields {
            let typed = |part: &str| fields.get(&format!("{part}-{}", seat.id)).to_owned();
            let is_clash = self
                .attempt
                .clashes
                .iter()
                .any(|clash| clash.ours.student == line.student);
            if !typed("letter").is_empty() && !is_clash {
                (seat.letter, seat.minutes, seat.note) =
                    (typed("letter"), typed("minutes"), typed("comment"));
            }
        }
        seat
    }

    /// Who said so, where it was not a teacher.
    fn by(&self, mark: &Mark) -> String {
        match mark.source {
            attendance::Source::Teacher => String::new(),
            source => {
                let words = self.lang().t(&format!("source-{source}"));
                format!("{words} {}", self.lang().time(mark.known.from.local().time()))
            }
        }
    }

    fn body(&self) -> Markup {
        let (lang, sheet, at) = (self.lang(), &self.shown.sheet, &self.shown.sheet.at);
        let (codes, seats, is_open) = (self.codes(), self.seats(), self.is_open());
        let seats_drawn = Seats {
            lang,
            codes: &codes,
            seats: &seats,
            findings: &self.attempt.found,
            is_open,
            as_list: self.attempt.as_list,
        };
        let version = sheet.roll.as_ref().map_or(0, |roll| roll.version);
        let (begins, ends) = self.live().unzip();
        html! {
            div data-account=[self.who.actor().account] {
                (self.head(is_open))
                (roll::kept_banner(lang))
                (look_banner(lang))
                (self.closed())
                (self.clashes())
                (roll::tallies(lang, &codes, &seats, is_open))
                form id="roll" method="post" action="/attendance/roll" data-roll-form=(address(at)) data-version=(version)
                    data-begins=[begins] data-ends=[ends] {
                    (ui::action::csrf_field(&self.ctx.csrf))
                    input type="hidden" name="key" value=(self.shown.key);
                    input type="hidden" name="school" value=(at.school);
                    input type="hidden" name="on" value=(at.on);
                    input type="hidden" name="slot" value=(at.slot);
                    input type="hidden" name="group" value=(at.group.key());
                    div class="grid" {
                        section class="s9 stack" aria-label=(lang.t("roll-class")) {
                            (seats_drawn.draw())
                            (self.strip())
                        }
                        aside class="s3 stack hide-ph" { (self.earlier()) }
                    }
                    @if is_open {
                        div class="only-ph roll-bar no-print" {
                            button class="btn grow" type="button" data-roll-rest { (lang.t("roll-rest-short")) }
                            button class="btn btn-p grow" type="submit" { (icon(Icon::Check)) (lang.t("roll-submit")) }
                        }
                    }
                }
            }
            script type="module" src=(assets::url("js/roll.js")) {}
        }
    }

    /// When the period of today begins and ends, in milliseconds since 1970: minutes late are proposed by it.
    fn live(&self) -> Option<(i64, i64)> {
        let sheet = &self.shown.sheet;
        let (starts, ends) = sheet.class.as_ref()?.minutes?;
        let midnight = sheet
            .at
            .on
            .midnight()
            .filter(|_| sheet.at.on == self.now.date())?;
        let at = |minutes: u16| midnight.plus_seconds(i64::from(minutes) * 60).micros() / 1000;
        Some((at(starts), at(ends)))
    }

    /// What the group is called.
    fn name(&self) -> String {
        let sheet = &self.shown.sheet;
        match (&sheet.at.group, &sheet.class) {
            (_, Some(class)) => format!("{} · {}", class.number, class.title),
            (Group::Homeroom(name), None) => self
                .lang()
                .tx("attendance-homeroom", &[("name", name.as_str().into())])
                .into_owned(),
            (Group::Section(id), None) => id.to_string(),
        }
    }

    /// What the slot is called, with its time.
    fn slot(&self) -> String {
        let (lang, sheet) = (self.lang(), &self.shown.sheet);
        let class = sheet.class.as_ref().filter(|class| !class.period.is_empty());
        let Some(class) = class else {
            return slot_words(lang, sheet.at.slot);
        };
        match class.minutes {
            Some(minutes) => format!("{} {}", class.period, pattern::span(lang, minutes)),
            None => class.period.clone(),
        }
    }

    fn head(&self, is_open: bool) -> Markup {
        let (lang, sheet) = (self.lang(), &self.shown.sheet);
        let at = &sheet.at;
        let place = format!("{} · {}", lang.day_heading(at.on.civil()), self.slot());
        let taken = match &sheet.roll {
            Some(roll) => lang.tx(
                "roll-taken-by",
                &[
                    ("who", roll.taken_by.as_str().into()),
                    ("when", lookup::moment(lang, roll.taken_at, self.now).into()),
                ],
            ),
            None => lang.t("attendance-not-taken"),
        };
        let mut head = PageHead::new(self.name())
            .crumbs(vec![
                Crumb::link(lang.t("nav-attendance"), "/attendance"),
                Crumb::here(self.shown.directory.name(at.school).to_owned()),
            ])
            .facts(format!("{place} · {taken}"));
        if is_open {
            head = head.action(
                Action::submit(lang.t("roll-submit"))
                    .with("form", "roll")
                    .icon(Icon::Check)
                    .primary()
                    .class("hide-ph"),
            );
        }
        html! {
            (head.draw())
            div class="row-x wrap mb no-print" {
                (self.views())
                @if is_open {
                    span class="row-x wrap end" data-needs-script hidden {
                        (Action::scripted(lang.t("undo")).small().icon(Icon::Rotate2).with("data-roll-undo", "").with("hidden", ""))
                        (Action::scripted(lang.t("roll-last")).small().icon(Icon::History).with("data-roll-last", ""))
                        (Action::scripted(lang.t("roll-rest")).small().icon(Icon::Check).class("hide-ph").with("data-roll-rest", ""))
                    }
                }
            }
        }
    }

    fn views(&self) -> Markup {
        let (lang, address) = (self.lang(), address(&self.shown.sheet.at));
        let views = [
            Tab::new(lang.t("roll-photos"), address.clone()).current(!self.attempt.as_list),
            Tab::new(lang.t("roll-list"), format!("{address}&view=list")).current(self.attempt.as_list),
        ];
        segmented(&lang.t("roll-view"), &views)
    }

    /// Why it may not be taken.
    fn closed(&self) -> Markup {
        let lang = self.lang();
        html! {
            @for one in findings::shown(lang, &self.shown.sheet.closed) {
                div class="mb" { (ui::form::finding_line(lang, &one)) }
            }
            @for one in self.attempt.found.iter().filter(|one| !one.field.contains('-')) {
                div class="mb" { (ui::form::finding_line(lang, one)) }
            }
            @let beside = self.attempt.found.iter().filter(|one| one.field.contains('-')).count();
            @if beside > 0 { div class="mb" { (banner(Tone::Bad, &lang.t("roll-refused-title"), &lang.t("roll-refused-text"), &[])) } }
        }
    }

    /// Where somebody else's mark came first: both, and the choice.
    fn clashes(&self) -> Markup {
        let lang = self.lang();
        if self.attempt.clashes.is_empty() {
            return html! {};
        }
        let at = &self.shown.sheet.at;
        let name = |student: StudentId| {
            let card = self.shown.cards.get(&student);
            card.map(|card| card.preferred_name.clone()).unwrap_or_default()
        };
        let word = |letter: &str| letter_words(lang, &self.shown.sheet.codes, (letter, at.on));
        let rows = self.attempt.clashes.iter().map(|clash| {
            let student = clash.ours.student;
            let field = format!("letter-{student}");
            html! {
                div class="row-x wrap cb b-top" {
                    b class="grow" { (name(student)) }
                    input type="hidden" name={ "seen-" (student) } value=(clash.theirs.known.version);
                    input type="hidden" name={ "minutes-" (student) } value=[clash.ours.minutes];
                    input type="hidden" name={ "comment-" (student) } value=(clash.ours.comment);
                    fieldset class="seg" {
                        legend class="visually-hidden" { (name(student)) }
                        label { input type="radio" name=(field) value="" checked; (lang.t(&format!("source-{}", clash.theirs.source))) ": " (word(&clash.theirs.letter)) ", " (lookup::moment(lang, clash.theirs.known.from, self.now)) }
                        label { input type="radio" name=(field) value=(clash.ours.letter); (lang.t("roll-mine")) ": " (word(&clash.ours.letter)) }
                    }
                }
            }
        });
        let form = html! {
            form method="post" action="/attendance/roll" data-guard {
                (ui::action::csrf_field(&self.ctx.csrf))
                input type="hidden" name="key" value=(SubmissionId::fresh(self.now));
                input type="hidden" name="school" value=(at.school);
                input type="hidden" name="on" value=(at.on);
                input type="hidden" name="slot" value=(at.slot);
                input type="hidden" name="group" value=(at.group.key());
                div class="cb" { p class="m-0" { (lang.t("roll-clash-text")) } }
                @for row in rows { (row) }
                div class="cb b-top" { (Action::submit(lang.t("roll-clash-apply")).primary()) }
            }
        };
        html! { div class="mb" { (card::bare_card(&card::Head::new("clash", lang.t("roll-clash")), &form)) } }
    }

    /// What this class must know: what to do for whom.
    fn strip(&self) -> Markup {
        let lang = self.lang();
        let known = self.shown.medical.iter().filter_map(|(student, actions)| {
            let card = self.shown.cards.get(student)?;
            let is_covered = card.restriction == Some(RestrictionCode::Caution);
            (!is_covered).then(|| (card.preferred_name.clone(), actions.join("; ")))
        });
        let known: Vec<(String, String)> = known.collect();
        if known.is_empty() {
            return html! {};
        }
        html! {
            section class="card" aria-labelledby="strip" {
                div class="strip" {
                    h2 id="strip" class="nw" { (lang.t("roll-strip")) }
                    @for (name, action) in &known {
                        span class="row-x" { (icon(Icon::FirstAidKit)) span { b { (name) } " " (action) } }
                    }
                }
            }
        }
    }

    fn earlier(&self) -> Markup {
        let (lang, sheet) = (self.lang(), &self.shown.sheet);
        if sheet.last.is_empty() {
            return html! {};
        }
        let days: Vec<(String, String)> = sheet
            .last
            .iter()
            .map(|(day, slot, _)| {
                let words = lang.date_in_words(day.civil());
                let words = if slot.is_daily() {
                    words
                } else {
                    format!("{words}, {}", slot_words(lang, *slot))
                };
                (words, day.day().to_string())
            })
            .collect();
        let rows: Vec<EarlierRow> = self
            .lines()
            .iter()
            .map(|(line, card)| EarlierRow {
                name: short(&card.list_name),
                days: line
                    .last
                    .iter()
                    .zip(&sheet.last)
                    .map(|(mark, (_, _, is_taken))| match mark {
                        Some(mark) if mark.meaning != Meaning::Present => {
                            Some(Some((mark.letter.clone(), tone(mark.meaning))))
                        }
                        Some(_) => Some(None),
                        None => is_taken.then_some(None),
                    })
                    .collect(),
            })
            .collect();
        roll::earlier(lang, &lang.t("roll-earlier"), &days, &rows)
    }
}

/// `Last, F.` of a listed name.
fn short(listed: &str) -> String {
    match listed.split_once(", ") {
        Some((last, first)) => match first.chars().next() {
            Some(initial) => format!("{last}, {initial}."),
            None => last.to_owned(),
        },
        None => listed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_name_beside_a_grid_is_short() {
        for (listed, wanted) in [
            ("Whitebear, Aiyana Rose", "Whitebear, A."),
            ("Élise", "Élise"),
            ("Tremblay Jr., Élie", "Tremblay Jr., É."),
        ] {
            assert_eq!(short(listed), wanted);
        }
    }
}
