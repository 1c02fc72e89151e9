//! Everyone of a school who may have an account: how many would be invited, who not and why; then one press.

use super::{state_pill, why_words, words};
use crate::answer::{Answer, OrStop, PageResult, query};
use crate::attendance::school_of;
use crate::posted::Posted;
use crate::who::Who;
use crate::{App, context};
use ::families::{Invited, Line, State};
use access::Permit;
use access::action::{InviteFamilies, ViewStudents};
use axum::extract::{Query, State as Given};
use kernel::{Outcome, SchoolId, StudentId};
use maud::{Markup, html};
use schools::Directory;
use serde::Deserialize;
use std::collections::BTreeMap;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Form, Width};
use ui::head::{Crumb, PageHead};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card};

/// Lines that are drawn.
const SHOWN: usize = 300;

/// Which school; how many were invited just now.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    school: String,
    invited: String,
}

struct Shown {
    directory: Directory,
    school: SchoolId,
    lines: Vec<Line>,
    names: BTreeMap<StudentId, String>,
}

fn read(at: &mut db::Reader, who: &Who, asked: &Asked) -> Outcome<Shown> {
    let permit = Permit::<InviteFamilies>::wide(who.standing())?;
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let directory = schools::directory(at)?;
    let school = school_of(who, &directory, &asked.school)?;
    let lines = ::families::lines_at(at, (&permit, &view), school)?;
    let students: Vec<StudentId> = lines
        .iter()
        .take(SHOWN)
        .flat_map(|line| line.students.iter().copied())
        .collect();
    let cards = people::cards_of(at, &view, &students)?;
    Ok(Shown {
        directory,
        school,
        lines,
        names: cards
            .into_iter()
            .map(|card| (card.student, card.list_name))
            .collect(),
    })
}

/// The page.
pub(crate) async fn page(Given(app): Given<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let (asking, wanted) = (who.clone(), asked.clone());
    let work = move |at: &mut db::Reader| read(at, &asking, &wanted);
    let shown = app.store().read(who.division(), work).await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Students).await?;
    let lang = ctx.lang;
    let toast = asked
        .invited
        .parse::<i64>()
        .ok()
        .map(|n| lang.tx("invite-sent", &[("n", n.into())]));
    let body = html! {
        (PageHead::new(lang.t("invite-title")).facts(shown.directory.name(shown.school).to_owned())
            .crumbs(vec![Crumb::link(lang.t("students-title"), "/students")]).draw())
        @if let Some(text) = toast { (ui::notice::toast(lang, &text, None)) }
        div class="stack mt" {
            (choose(lang, &who, &shown))
            (counts(&ctx, &app, &shown))
            (table(lang, &shown))
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("invite-title"), body).into())
}

/// Another school.
fn choose(lang: Lang, who: &Who, shown: &Shown) -> Markup {
    let own = &who.standing().schools;
    let choices: Vec<Choice> = shown
        .directory
        .all()
        .iter()
        .filter(|school| own.is_empty() || own.contains(&school.id))
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    if choices.len() < 2 {
        return html! {};
    }
    let label = lang.t("sections-school");
    let chosen = shown.school.to_string();
    let fields = html! {
        div class="cb fg" {
            (Field::new(lang, "school", &label).width(Width::Third).value(&chosen).select(&choices))
            div class="f w12" { (Action::submit(lang.t("sections-timetable-show"))) }
        }
    };
    let form = Form::get("/students/families").draw("", &fields);
    html! { div class="no-print" { (card::unheaded_card(&label, &form)) } }
}

/// How many would be invited, where the others stand, and the press.
fn counts(ctx: &Ctx, app: &App, shown: &Shown) -> Markup {
    let lang = ctx.lang;
    let is_next = |line: &&Line| line.why.is_none() && line.state == State::NotInvited;
    let next = shown.lines.iter().filter(is_next).count();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut states: BTreeMap<State, usize> = BTreeMap::new();
    for line in &shown.lines {
        match (why_words(lang, line.why), line.state) {
            (_, state) if state != State::NotInvited => *states.entry(state).or_default() += 1,
            (Some(why), _) => *reasons.entry(why).or_default() += 1,
            (None, _) => {}
        }
    }
    let of_state = |state: State| match state {
        State::NotInvited => "invite-state-none",
        State::Sent => "invite-state-sent",
        State::Opened => "invite-state-opened",
        State::Expired => "invite-state-expired",
        State::Revoked => "invite-state-revoked",
        State::Account => "invite-state-account",
    };
    let holds = crate::findings::shown(lang, &access::invitations::how_long(ctx.today.into()));
    let body = html! {
        ul class="list" {
            li class="row-x" { b class="grow" { (lang.t("invite-next")) } b class="num" data-next { (next) } }
            @for (state, many) in &states { li class="row-x" { span class="grow" { (lang.t(of_state(*state))) } span class="num" { (many) } } }
            @for (why, many) in &reasons { li class="row-x" { span class="grow sub" { (lang.t("invite-not")) " " (why) } span class="num" { (many) } } }
        }
        div class="cb b-top stack no-print" {
            @for one in &holds { (ui::form::finding_line(lang, one)) }
            @if !app.site().sends_mail { p class="m-0" { (lang.t("invite-no-mail")) } }
            @else if next > 0 {
                (Form::post("/students/families").draw_in(ctx, &html! {
                    input type="hidden" name="school" value=(shown.school);
                    (Action::submit(lang.tx("invite-all", &[("n", next.into())])).icon(Icon::Mail).primary())
                }))
            }
        }
    };
    card::bare_card(&card::Head::new("counts", lang.t("invite-preview")), &body)
}

fn table(lang: Lang, shown: &Shown) -> Markup {
    let columns = vec![
        Column::new(lang.t("column-name")),
        Column::new(lang.t("invite-children")).hide_on_phone(),
        Column::new(lang.t("invite-state")),
        Column::new(lang.t("invite-why")).hide_on_phone(),
    ];
    let row = |line: &Line| {
        let children: Vec<&str> = line
            .students
            .iter()
            .filter_map(|student| shown.names.get(student))
            .map(String::as_str)
            .collect();
        Row::new(vec![
            html! { (line.invitee.name.list()) },
            html! { span class="sub" { (children.join(" · ")) } },
            state_pill(lang, line),
            html! { span class="sub" { (why_words(lang, line.why).unwrap_or_default()) } },
        ])
        .link(0, format!("/students/{}/family#accounts", line.invitee.student))
    };
    let rows = shown.lines.iter().take(SHOWN).map(row).collect();
    let table = Table::new(lang.t("invite-persons"), columns)
        .rows(rows)
        .empty(ui::waiting::empty(&lang.t("invite-nobody"), None))
        .draw(lang);
    let body = html! {
        (table)
        @if shown.lines.len() > SHOWN { p class="cb b-top m-0 sub" { (lang.tx("invite-more", &[("n", (shown.lines.len() - SHOWN).into())])) } }
    };
    card::bare_card(&card::Head::new("persons", lang.t("invite-persons")), &body)
}

/// Invites everyone of the school who may be and never was.
pub(crate) async fn send(Given(app): Given<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<InviteFamilies>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let meant = fields
        .get("school")
        .parse::<SchoolId>()
        .map_err(|_| kernel::Failure::NotFound);
    let school = meant.or_stop(&app, &who)?;
    if !app.site().sends_mail {
        return Err(kernel::Failure::NotFound).or_stop(&app, &who);
    }
    let shared = app.clone();
    let work = move |tx: &mut db::Tx| {
        let compose = |invited: &Invited| words(&shared, invited);
        ::families::invite_school(tx, (&permit, &view), school, &compose)
    };
    let made = app.store().write(who.actor(), work).await.or_stop(&app, &who)?;
    let (school, made) = (school.to_string(), made.to_string());
    let pairs = [("school", school.as_str()), ("invited", made.as_str())];
    Ok(Answer::see(format!("/students/families{}", query(pairs))))
}
