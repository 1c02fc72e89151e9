//! Absences that nobody has explained: whom to call, who called, what it was.

use super::{Page, day_of, label, office_tabs, school_of, slot_named};
use crate::answer::{Answer, OrStop, PageResult, Stopped, query};
use crate::pattern::Pattern;
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{ManageAttendance, ViewStudents};
use attendance::{CallOutcome, Codes, Meaning, NewCall, OfficeMark, Slot, Source, Unexplained};
use axum::extract::{Query, State};
use db::Reader;
use kernel::{AttendanceCallId, Date, Failure, Findings, Instant, Outcome, SchoolId, StudentId};
use maud::{Markup, html};
use people::StudentHeader;
use schools::Directory;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding, Form, Width, summary};
use ui::head::PageHead;
use ui::{Action, Icon, Lang, assets, card, icon};

/// Which school and day; whose form is open.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    on: String,
    /// How many messages were posted just now.
    #[serde(default)]
    written: String,
}

struct Shown {
    directory: Directory,
    school: SchoolId,
    on: Date,
    codes: Codes,
    pattern: Pattern,
    lines: Vec<(Unexplained, StudentHeader)>,
    told: Vec<(attendance::Report, people::CardRow)>,
}

/// A form that comes back.
#[derive(Default)]
struct Attempt {
    student: Option<StudentId>,
    is_call: bool,
    fields: Fields,
    found: Vec<Finding>,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(draw(&app, &who, &asked, &Attempt::default()).await?.into())
}

fn read(at: &mut Reader, who: &Who, asked: &Asked) -> Outcome<Shown> {
    let permit = Permit::<ManageAttendance>::wide(who.standing())?;
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let on = day_of(at, &asked.on)?;
    let school = school_of(who, &directory, &asked.school)?;
    let mut lines = Vec::new();
    for line in attendance::unexplained(at, &permit, school, on)? {
        match people::header(at, &view, None, line.student) {
            Ok(header) => lines.push((line, header)),
            Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    lines.sort_by(|(_, one), (_, other)| one.card.sort_name.cmp(&other.card.sort_name));
    Ok(Shown {
        codes: attendance::codes_of(at, &permit, school)?,
        pattern: Pattern::read(at, Some(school), kernel::SchoolYear::of(on))?,
        told: super::reported::read(at, who, (school, on))?,
        directory,
        school,
        on,
        lines,
    })
}

async fn draw(app: &App, who: &Who, asked: &Asked, attempt: &Attempt) -> Result<Markup, Stopped> {
    let asking = who.clone();
    let said = asked.written.clone();
    let asked = Asked {
        school: asked.school.clone(),
        on: asked.on.clone(),
        written: String::new(),
    };
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &asking, &asked))
        .await
        .or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Attendance).await?;
    let lang = ctx.lang;
    let facts = format!(
        "{} · {}",
        shown.directory.name(shown.school),
        lang.day_heading(shown.on.civil())
    );
    let may = who.may_now::<ManageAttendance>();
    let now = app.store().now();
    let title = card::Head::new("unexplained", lang.t("attendance-tab-unexplained")).beside(ui::pill::pill(
        ui::State::Selected,
        &lang.number(i64::try_from(shown.lines.len()).unwrap_or(0)),
    ));
    let body = html! {
        (PageHead::new(lang.t("attendance-tab-unexplained")).facts(facts).draw())
        (office_tabs(who, Page::Unexplained, shown.school))
        @if let Ok(written) = said.parse::<i64>() { (ui::notice::toast(lang, &lang.tx("home-sent", &[("n", written.into())]), None)) }
        @if may && app.site().sends_mail && !shown.lines.is_empty() { (write_home(lang, &shown)) }
        div class="stack mt" {
            (super::reported::drawn(&ctx, (shown.on, may, now), &shown.told))
            @if shown.lines.is_empty() {
                (card::card(&title, &ui::waiting::cleared(&lang.t("unexplained-none"))))
            }
            @for (line, header) in &shown.lines { (one(&ctx, &shown, line, header, (may, attempt, now))) }
        }
        script type="module" src=(assets::url("js/roll.js")) {}
    };
    Ok(ui::shell::page(&ctx, lang.t("attendance-tab-unexplained"), body))
}

/// One student: who to call, what was called about, the two forms.
fn one(
    ctx: &Ctx,
    shown: &Shown,
    line: &Unexplained,
    header: &StudentHeader,
    (may, attempt, now): (bool, &Attempt, Instant),
) -> Markup {
    let lang = ctx.lang;
    let slots: Vec<String> = line
        .marks
        .iter()
        .map(|mark| slot_named(lang, &shown.pattern, mark.slot))
        .collect();
    let slots: Vec<&str> = slots.iter().map(String::as_str).collect();
    let by = line.marks.first().map(|mark| {
        format!(
            "{}, {}",
            mark.known.by,
            lookup::moment(lang, mark.known.from, now)
        )
    });
    let own = attempt.student == Some(line.student);
    let empty = (Fields::default(), Vec::new());
    let sent = |is_call: bool| {
        if own && attempt.is_call == is_call {
            (attempt.fields.clone(), attempt.found.clone())
        } else {
            empty.clone()
        }
    };
    let head = card::Head::new(
        format!("s-{}", line.student),
        header.card.list_name.clone(),
    )
    .beside(html! { span class="sub" { (header.card.homeroom) " · " (lang.list(&slots)) } })
    .end(html! { a class="plain sm" href={ "/students/" (line.student) "/family" } { (lang.t("unexplained-contacts")) " " (icon(Icon::ChevronRight)) } });
    let body = html! {
        div class="cb stack" {
            @for gate in header.restrictions.iter().filter(|one| one.code.is_gate()) {
                div class="find e" { (icon(Icon::ShieldLock)) span { b { (lang.t(&format!("gate-{}", gate.code.as_str()))) } " " (gate.notice) } }
            }
            (contact(lang, header))
            @if let Some(by) = by { p class="sm dim m-0" { (lang.tx("unexplained-by", &[("who", by.into())])) } }
            @for call in &line.calls {
                p class="sm m-0" { (icon(Icon::Phone)) " " (call.call.spoken(lang)) ", " (call.called_by) ", " (lookup::moment(lang, call.called_at, now)) @if !call.call.note.is_empty() { ": " (call.call.note) } }
            }
            (super::home::asked_lines(lang, &line.emails, now))
        }
        @if may {
            div class="cb b-top" { (explain_form(ctx, shown, line, &sent(false))) }
            details class="cb b-top" open[own && attempt.is_call] {
                summary { (lang.t("unexplained-call")) }
                div class="mt" { (call_form(ctx, shown, line, header, (AttendanceCallId::fresh(now), &sent(true)))) }
            }
        }
    };
    card::bare_card(&head, &body)
}

/// The way to asking home by e-mail.
fn write_home(lang: Lang, shown: &Shown) -> Markup {
    let (school, on) = (shown.school.to_string(), shown.on.to_string());
    let pairs = [("school", school.as_str()), ("on", on.as_str())];
    let href = format!("/attendance/unexplained/write{}", query(pairs));
    html! { div class="row-x mt no-print" { (Action::link(lang.t("home-title"), href).icon(Icon::Mail)) } }
}

/// What came of a call, in words.
trait Spoken {
    fn spoken(&self, lang: Lang) -> String;
}

impl Spoken for NewCall {
    fn spoken(&self, lang: Lang) -> String {
        let words = lang.t(&format!("call-{}", self.outcome));
        format!("{}, {words}", self.spoke_with)
    }
}

fn contact(lang: Lang, header: &StudentHeader) -> Markup {
    html! {
        @if let Some(first) = &header.first_contact {
            p class="m-0" {
                b { (first.name.sentence()) } " "
                span class="sub" { (lookup::relationship(lang, &first.relationship)) } " "
                a class="num b" href={ "tel:" (first.phone) } { (lookup::phone(&first.phone)) }
            }
        } @else { p class="m-0 sub" { (lang.t("unexplained-no-phone")) } }
    }
}

fn explain_form(
    ctx: &Ctx,
    shown: &Shown,
    line: &Unexplained,
    (typed, found): &(Fields, Vec<Finding>),
) -> Markup {
    let lang = ctx.lang;
    let choices: Vec<Choice> = shown
        .codes
        .on(shown.on)
        .filter(|code| !matches!(code.meaning, Meaning::Unexplained))
        .map(|code| {
            Choice::new(
                code.letter.clone(),
                format!("{} {}", code.letter, label(lang, code)),
            )
        })
        .collect();
    let sources = [Source::Family, Source::Office]
        .map(|source| Choice::new(source.as_str(), lang.t(&format!("source-{source}"))));
    let (letter, comment, source) = (
        lang.t("field-letter"),
        lang.t("roll-note"),
        lang.t("field-source"),
    );
    let told = Some(typed.get("source"))
        .filter(|text| !text.is_empty())
        .unwrap_or("family");
    let seen: Vec<String> = line
        .marks
        .iter()
        .map(|mark| format!("{}:{}", mark.slot, mark.known.version))
        .collect();
    let fields = html! {
        div class="fg" {
            (summary(lang, found, &["letter", "comment", "source"]))
            (hidden(shown, line.student))
            input type="hidden" name="seen" value=(seen.join(","));
            (Field::new(lang, "letter", &letter).value(typed.get("letter")).findings(found).width(Width::Third).required().select(&choices))
            (Field::new(lang, "comment", &comment).value(typed.get("comment")).findings(found).width(Width::Third).max_length(200).sensitive().text())
            (Field::new(lang, "source", &source).value(told).findings(found).width(Width::Third).segmented(&sources))
            div class="f w12" { (Action::submit(lang.t("unexplained-explain")).primary()) }
        }
    };
    unique(
        &Form::post("/attendance/explain").draw_in(ctx, &fields),
        line.student,
        "e",
    )
}

fn call_form(
    ctx: &Ctx,
    shown: &Shown,
    line: &Unexplained,
    header: &StudentHeader,
    (id, (typed, found)): (AttendanceCallId, &(Fields, Vec<Finding>)),
) -> Markup {
    let lang = ctx.lang;
    let outcomes: Vec<Choice> = CallOutcome::ALL
        .iter()
        .map(|outcome| Choice::new(outcome.as_str(), lang.t(&format!("call-{outcome}"))))
        .collect();
    let known = header.first_contact.as_ref().map(|first| first.name.sentence());
    let name = typed.some("spoke_with").or(known).unwrap_or_default();
    let (with, outcome, note) = (
        lang.t("field-spoke-with"),
        lang.t("field-call-outcome"),
        lang.t("roll-note"),
    );
    let fields = html! {
        div class="fg" {
            (summary(lang, found, &["spoke_with", "outcome", "note"]))
            (hidden(shown, line.student))
            input type="hidden" name="id" value=(id);
            (Field::new(lang, "spoke_with", &with).value(&name).findings(found).width(Width::Third).max_length(120).required().sensitive().text())
            (Field::new(lang, "outcome", &outcome).value(typed.get("outcome")).findings(found).width(Width::Third).required().select(&outcomes))
            (Field::new(lang, "note", &note).value(typed.get("note")).findings(found).width(Width::Third).max_length(200).sensitive().text())
            div class="f w12" { (Action::submit(lang.t("unexplained-note-call"))) }
        }
    };
    unique(
        &Form::post("/attendance/call").draw_in(ctx, &fields),
        line.student,
        "c",
    )
}

fn hidden(shown: &Shown, student: StudentId) -> Markup {
    html! {
        input type="hidden" name="school" value=(shown.school);
        input type="hidden" name="on" value=(shown.on);
        input type="hidden" name="student" value=(student);
    }
}

/// The same form stands once for each student: its ids are the student's.
fn unique(form: &Markup, student: StudentId, of: &str) -> Markup {
    maud::PreEscaped(
        form.0
            .replace("\"f-", &format!("\"f-{of}{student}-"))
            .replace("#f-", &format!("#f-{of}{student}-")),
    )
}

/// What both forms name.
struct Named {
    school: SchoolId,
    student: StudentId,
    on: Date,
}

impl Named {
    fn of(fields: &Fields) -> Outcome<Self> {
        let none = |_| Failure::NotFound;
        Ok(Self {
            school: fields.get("school").parse().map_err(none)?,
            student: fields.get("student").parse().map_err(none)?,
            on: fields.get("on").parse().map_err(none)?,
        })
    }
    fn asked(&self) -> Asked {
        Asked {
            school: self.school.to_string(),
            on: self.on.to_string(),
            written: String::new(),
        }
    }
    fn back(&self) -> Answer {
        back(self.school, &self.on.to_string())
    }
}

/// To the page of a school and a day, of today when it is empty.
pub(super) fn back(school: SchoolId, on: &str) -> Answer {
    let school = school.to_string();
    let pairs = [("school", school.as_str()), ("on", on)];
    Answer::see(format!("/attendance/unexplained{}", query(pairs)))
}

/// Explains the absences of a student on a day.
pub(crate) async fn explain(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let named = Named::of(&fields).or_stop(&app, &who)?;
    let done = match explanation(&fields, &named) {
        Ok((cmd, seen, source)) => {
            let write = move |tx: &mut db::Tx| attendance::explain(tx, &permit, &cmd, &seen, source);
            app.store().write(who.actor(), write).await.map(|_| ())
        }
        Err(failure) => Err(failure),
    };
    answer(&app, &who, &named, (false, fields), done).await
}

/// Slots, and the versions of their marks that the page showed.
type Seen = Vec<(Slot, i64)>;

fn explanation(fields: &Fields, named: &Named) -> Outcome<(OfficeMark, Seen, Source)> {
    fields.fit()?;
    let mut findings = Findings::default();
    let source = fields.chosen("source", "LP-0008", &mut findings);
    if fields.get("letter").is_empty() {
        findings.push(kernel::Finding::refuse("LP-0008", "letter"));
    }
    let seen = fields.get("seen").split(',').map(|one| {
        let (slot, version) = one.split_once(':')?;
        Some((slot.parse().ok()?, version.parse().ok()?))
    });
    let seen: Option<Seen> = seen.collect();
    let seen = seen.ok_or_else(|| Failure::refuse("LP-0011", ""))?;
    findings.or_refuse()?;
    let cmd = OfficeMark {
        school: named.school,
        student: named.student,
        on: named.on,
        slot: Slot::Morning,
        letter: fields.get("letter").to_owned(),
        minutes: None,
        comment: fields.get("comment").to_owned(),
        seen: 0,
    };
    Ok((cmd, seen, source.unwrap_or(Source::Office)))
}

/// Notes a call.
pub(crate) async fn call(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let named = Named::of(&fields).or_stop(&app, &who)?;
    let done = match new_call(&fields, &named) {
        Ok(new) => {
            let write = move |tx: &mut db::Tx| attendance::note_call(tx, &permit, &new);
            app.store().write(who.actor(), write).await
        }
        Err(failure) => Err(failure),
    };
    answer(&app, &who, &named, (true, fields), done).await
}

fn new_call(fields: &Fields, named: &Named) -> Outcome<NewCall> {
    fields.fit()?;
    let mut findings = Findings::default();
    let outcome = fields.chosen("outcome", "LP-0008", &mut findings);
    findings.extend(attendance::rules::judge_call(fields.get("spoke_with"), fields.get("note")).0);
    findings.or_refuse()?;
    let none = |_| Failure::refuse("LP-0011", "");
    Ok(NewCall {
        id: fields.get("id").parse().map_err(none)?,
        school: named.school,
        student: named.student,
        on: named.on,
        spoke_with: fields.get("spoke_with").to_owned(),
        outcome: outcome.unwrap_or(CallOutcome::Reached),
        note: fields.get("note").to_owned(),
    })
}

async fn answer(
    app: &App,
    who: &Who,
    named: &Named,
    (is_call, fields): (bool, Fields),
    done: Outcome<()>,
) -> PageResult {
    match done {
        Ok(()) => Ok(named.back()),
        Err(failure) => {
            let attempt = Attempt {
                student: Some(named.student),
                is_call,
                fields,
                found: findings::of_failure(who.lang(), failure).or_stop(app, who)?,
            };
            Ok(Answer::again(draw(app, who, &named.asked(), &attempt).await?))
        }
    }
}
