//! Asking home why students were away: whom, in what words, before anything is sent; then one press.

use super::{Page, day_of, office_tabs, school_of, slot_named};
use crate::answer::{Answer, OrStop, PageResult, Stopped, query};
use crate::pattern::Pattern;
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{ManageAttendance, ViewStudents};
use attendance::{AskedHome, HomeLine, Words, WriteHome, rules};
use axum::extract::{Query, State};
use db::Reader;
use kernel::{Date, Failure, Instant, Outcome, PersonId, SchoolId, SchoolYear, StudentId};
use mail::{MailLine, MailState};
use maud::{Markup, html};
use people::{Addressee, StudentHeader};
use schools::School;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{Finding, Form, form_end};
use ui::head::{Crumb, PageHead};
use ui::{Action, Icon, Lang, State as PillState, card, icon, pill};

/// Which school and day.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    school: String,
    #[serde(default)]
    on: String,
}

struct Shown {
    school: School,
    on: Date,
    pattern: Pattern,
    lines: Vec<(HomeLine, StudentHeader)>,
}

fn read(at: &mut Reader, who: &Who, asked: &Asked) -> Outcome<Shown> {
    let manage = Permit::<ManageAttendance>::wide(who.standing())?;
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let on = day_of(at, &asked.on)?;
    let school = school_of(who, &directory, &asked.school)?;
    let mut lines = Vec::new();
    for line in attendance::to_write(at, (&manage, &view), school, on)? {
        let header = people::header(at, &view, None, line.student)?;
        lines.push((line, header));
    }
    lines.sort_by(|(_, one), (_, other)| one.card.sort_name.cmp(&other.card.sort_name));
    Ok(Shown {
        school: directory.get(school).cloned().ok_or(Failure::NotFound)?,
        pattern: Pattern::read(at, Some(school), SchoolYear::of(on))?,
        on,
        lines,
    })
}

/// The page; not there where e-mail is not set up.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(draw(&app, &who, &asked, (None, &[])).await?.into())
}

async fn draw(
    app: &App,
    who: &Who,
    asked: &Asked,
    (typed, found): (Option<&Fields>, &[Finding]),
) -> Result<Markup, Stopped> {
    offered(app).or_stop(app, who)?;
    let (asking, wanted) = (who.clone(), asked.clone());
    let read = move |at: &mut Reader| read(at, &asking, &wanted);
    let shown = app.store().read(who.division(), read).await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Attendance).await?;
    let lang = ctx.lang;
    let facts = format!("{} · {}", shown.school.name, lang.day_heading(shown.on.civil()));
    let chosen = typed.map(|fields| fields.all("to"));
    let body = html! {
        (PageHead::new(lang.t("home-title")).facts(facts)
            .crumbs(vec![Crumb::link(lang.t("attendance-tab-unexplained"), back(&shown))]).draw())
        (office_tabs(who, Page::Unexplained, shown.school.id))
        div class="stack mt" {
            @if shown.lines.is_empty() {
                (card::unheaded_card(&lang.t("home-title"), &ui::waiting::cleared(&lang.t("unexplained-none"))))
            } @else if who.may_now::<ManageAttendance>() {
                (form(&ctx, &shown, chosen.as_deref(), found))
            }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("home-title"), body))
}

/// Is e-mail set up?
fn offered(app: &App) -> Outcome<()> {
    if app.site().sends_mail {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

fn back(shown: &Shown) -> String {
    let (school, on) = (shown.school.id.to_string(), shown.on.to_string());
    let pairs = [("school", school.as_str()), ("on", on.as_str())];
    format!("/attendance/unexplained{}", query(pairs))
}

fn form(ctx: &Ctx, shown: &Shown, chosen: Option<&[String]>, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let fields = html! {
        input type="hidden" name="school" value=(shown.school.id);
        input type="hidden" name="on" value=(shown.on);
        div class="cb stack" {
            @for one in found { (ui::form::finding_line(lang, one)) }
            p class="m-0" { (lang.t("home-text")) }
        }
        @for (line, header) in &shown.lines { (student(lang, shown, (line, header), chosen)) }
        (form_end(lang, &html! {}, &back(shown), &Action::submit(lang.t("home-send")).icon(Icon::Mail).primary()))
    };
    html! {
        (card::bare_card(&card::Head::new("to", lang.t("home-whom")), &Form::post("/attendance/unexplained/write").draw_in(ctx, &fields)))
        (previews(lang, shown))
    }
}

/// A student with the contact persons: who may be written to is offered, who may not stands with the reason.
fn student(
    lang: Lang,
    shown: &Shown,
    (line, header): (&HomeLine, &StudentHeader),
    chosen: Option<&[String]>,
) -> Markup {
    let gates: Vec<_> = header
        .restrictions
        .iter()
        .filter(|one| one.code.is_gate())
        .collect();
    let told = findings::shown(lang, &rules::read_first());
    html! {
        div class="cb b-top stack" role="group" aria-label=(header.card.list_name) {
            p class="b m-0" { (header.card.list_name) " " span class="sub" { (slots(lang, shown, line)) } }
            @for gate in &gates {
                div class="find e" { (icon(Icon::ShieldLock)) span { b { (lang.t(&format!("gate-{}", gate.code.as_str()))) } " " (gate.notice) } }
            }
            @if !gates.is_empty() { @for one in &told { (ui::form::finding_line(lang, one)) } }
            @for (to, is_posted) in &line.addressees { (person(lang, line, (to, *is_posted), (gates.is_empty(), chosen))) }
            @if line.addressees.is_empty() { p class="m-0 sub" { (lang.t("home-nobody")) } }
        }
    }
}

fn person(
    lang: Lang,
    line: &HomeLine,
    (to, is_posted): (&Addressee, bool),
    (is_free, chosen): (bool, Option<&[String]>),
) -> Markup {
    let value = format!("{}:{}", line.student, to.person);
    let id = format!("f-to-{value}").replace(':', "-");
    let is_ticked = chosen.map_or(is_free, |all| all.contains(&value));
    let why = findings::shown(lang, &rules::judge_addressee(to.unwritten));
    let who = html! {
        b { (to.name) } " " span class="sub" { (lookup::relationship(lang, &to.relationship)) }
    };
    html! {
        @if is_posted {
            p class="m-0" { (icon(Icon::Mail)) " " (who) " " span class="sub" { (lang.t("home-written")) } }
        } @else if let Some(reason) = why.first() {
            p class="m-0 dim" { (who) ": " (reason.text) }
        } @else {
            div class="form-check" {
                input class="form-check-input" type="checkbox" id=(id) name="to" value=(value) checked[is_ticked];
                label for=(id) { (who) " " span class="num" { (to.email) } " " span class="dim sm" { (speaks(to).own_name()) } }
            }
        }
    }
}

/// What is written, once in each language that somebody of the list is written to in, with the first of them.
fn previews(lang: Lang, shown: &Shown) -> Markup {
    let all = || {
        let lines = shown.lines.iter();
        lines.flat_map(|(line, _)| line.addressees.iter().map(move |(to, _)| (line, to)))
    };
    let of = |language: Lang| all().find(|(_, to)| to.unwritten.is_none() && speaks(to) == language);
    let found = [Lang::EnCa, Lang::FrCa].into_iter().filter_map(of);
    html! {
        @for (line, to) in found {
            @let said = words(&shown.school, &shown.pattern, line, to);
            (card::card(
                &card::Head::new(format!("p-{}", said.language), lang.tx("home-preview", &[("language", speaks(to).own_name().into())])),
                &html! { div lang=(said.language) class="stack" {
                    p class="m-0" { b { (said.subject) } }
                    @for part in said.text.split("\n\n") { p class="m-0" { (part) } }
                } },
            ))
        }
    }
}

/// The language somebody is written to in: French for whom it is recorded, else English.
fn speaks(to: &Addressee) -> Lang {
    if to.language.to_lowercase().starts_with("fr") {
        Lang::FrCa
    } else {
        Lang::EnCa
    }
}

fn slots(lang: Lang, shown: &Shown, line: &HomeLine) -> String {
    slot_list(lang, &shown.pattern, line)
}

fn slot_list(lang: Lang, pattern: &Pattern, line: &HomeLine) -> String {
    let names: Vec<String> = line
        .marks
        .iter()
        .map(|mark| slot_named(lang, pattern, mark.slot))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    lang.list(&names)
}

/// The message to one person. The subject names nobody.
fn words(school: &School, pattern: &Pattern, line: &HomeLine, to: &Addressee) -> Words {
    let lang = speaks(to);
    let on = line
        .marks
        .first()
        .map(|mark| lang.day_heading(mark.on.civil()))
        .unwrap_or_default();
    let text = lang.tx(
        "home-mail-text",
        &[
            ("child", line.first_name.as_str().into()),
            ("school", school.name.as_str().into()),
            ("day", on.into()),
            ("slots", slot_list(lang, pattern, line).into()),
        ],
    );
    let ask = if school.phone.is_empty() {
        lang.t("home-mail-ask")
    } else {
        lang.tx(
            "home-mail-call",
            &[("phone", lookup::phone(&school.phone).into())],
        )
    };
    Words {
        subject: lang
            .tx("home-mail-subject", &[("school", school.name.as_str().into())])
            .into_owned(),
        text: format!("{text}\n\n{ask}\n\n{}", school.name),
        language: lang.tag().to_owned(),
    }
}

/// Posts the messages.
pub(crate) async fn send(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let manage = Permit::<ManageAttendance>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    offered(&app).or_stop(&app, &who)?;
    let cmd = wanted(&fields).or_stop(&app, &who)?;
    let (school, on) = (cmd.school.to_string(), cmd.on.to_string());
    let write = move |tx: &mut db::Tx| {
        let school = schools::school(tx, cmd.school)?;
        let pattern = Pattern::read(tx, Some(cmd.school), SchoolYear::of(cmd.on))?;
        let compose = |line: &HomeLine, to: &Addressee| words(&school, &pattern, line, to);
        attendance::write_home(tx, (&manage, &view), &cmd, &compose)
    };
    match app.store().write(who.actor(), write).await {
        Ok(new) => {
            let new = new.to_string();
            let pairs = [
                ("school", school.as_str()),
                ("on", on.as_str()),
                ("written", new.as_str()),
            ];
            Ok(Answer::see(format!("/attendance/unexplained{}", query(pairs))))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let asked = Asked { school, on };
            Ok(Answer::again(
                draw(&app, &who, &asked, (Some(&fields), &found)).await?,
            ))
        }
    }
}

fn wanted(fields: &Fields) -> Outcome<WriteHome> {
    fields.fit()?;
    let none = |_| Failure::NotFound;
    let pair = |text: &String| {
        let (student, person) = text.split_once(':')?;
        Some((
            student.parse::<StudentId>().ok()?,
            person.parse::<PersonId>().ok()?,
        ))
    };
    let to: Option<Vec<_>> = fields.all("to").iter().map(pair).collect();
    Ok(WriteHome {
        school: fields.get("school").parse::<SchoolId>().map_err(none)?,
        on: fields.get("on").parse().map_err(none)?,
        to: to.ok_or_else(|| Failure::refuse("LP-0011", ""))?,
    })
}

/// The messages about a student in the log of calls, each with how it stands.
pub(super) fn asked_lines(lang: Lang, emails: &[AskedHome], now: Instant) -> Markup {
    html! {
        @for one in emails {
            p class="sm m-0" {
                (icon(Icon::Mail)) " " (one.name) ", " (one.mail.made_by) ", " (lookup::moment(lang, one.mail.made_at, now)) " "
                (state_pill(lang, &one.mail))
            }
        }
    }
}

/// Where a message stands, in a word.
pub(crate) fn state_pill(lang: Lang, mail: &MailLine) -> Markup {
    let state = match mail.state {
        MailState::Waiting => PillState::Pending,
        MailState::Sent => PillState::Ok,
        MailState::Refused | MailState::GivenUp => PillState::Rejected,
    };
    pill::pill(state, &lang.t(&format!("mail-state-{}", mail.state)))
}
