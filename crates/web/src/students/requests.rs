//! What a student asks for in a year: added, ordered, taken back, put back.

use super::head::{self, Opened, Page};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::sections::words::{Ask, Sent, course_choices, is_refused};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{ManageSections, ViewSections};
use axum::extract::{Path, State};
use courses::{AskFor, Course, CourseRequest, RequestLine, StudentRequests};
use db::Tx;
use kernel::{CourseRequestId, Failure, Findings, Outcome, StudentId};
use maud::{Markup, html};
use ui::ctx::Ctx;
use ui::form::{Choice, Form, Width, finding_line, form_end, summary};
use ui::pill::{State as PillState, linked_pill, pill};
use ui::table::{Column, Row, Table};
use ui::tabs::{Tab, segmented};
use ui::{Action, Icon, Lang, card};

/// What the page shows.
struct Shown {
    requests: StudentRequests,
    catalogue: Vec<Course>,
}

/// The address of the page.
pub(super) fn address(student: StudentId) -> String {
    format!("/students/{student}/requests")
}

/// The two pages of a student's timetable; `requests` says which is shown.
pub(super) fn views(lang: Lang, student: StudentId, requests: bool) -> Markup {
    let timetable = Tab::new(
        lang.t("student-tab-timetable"),
        head::path(student, Page::Timetable),
    );
    let asked = Tab::new(lang.t("requests"), address(student));
    let tabs = [timetable.current(!requests), asked.current(requests)];
    html! { div class="mb no-print" { (segmented(&lang.t("student-tab-timetable"), &tabs)) } }
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let token = CourseRequestId::fresh(app.store().now()).to_string();
    let fields = Fields::from(vec![("token".to_owned(), token)]);
    show(&app, &who, student, (fields, Vec::new())).await
}

async fn show(app: &App, who: &Who, student: StudentId, sent: Sent) -> PageResult {
    let year = context::year_shown(who);
    let standing = who.standing().clone();
    let opened = head::open(app, who, student, move |at, permit| {
        let requests = courses::requests_of(at, permit, student, year)?;
        let catalogue = match Permit::<ViewSections>::wide(&standing) {
            Ok(permit) => courses::courses(at, &permit)?,
            Err(_) => Vec::new(),
        };
        Ok(Shown { requests, catalogue })
    });
    let Opened { head, ctx, shown } = opened.await?;
    let lang = ctx.lang;
    let school = shown.requests.school;
    let may = who.may_now::<ManageSections>()
        && school.is_some_and(|school| Permit::<ManageSections>::school(who.standing(), school).is_ok());
    let print = Action::scripted(lang.t("sections-print"))
        .icon(Icon::Printer)
        .with("data-print", "");
    let body = html! {
        (head.draw(who, Page::Timetable, vec![print]))
        (views(lang, student, true))
        div class="grid" {
            div class=(if may { "s8 stack" } else { "s12 stack" }) {
                (asked(&ctx, who, student, &shown.requests, may))
                @if may && !shown.requests.withdrawn.is_empty() { (withdrawn(&ctx, student, &shown.requests)) }
            }
            @if may { div class="s4 stack" { (add(&ctx, who, student, &shown, &sent)) } }
        }
        (head.because(who))
    };
    let page = ui::shell::page(&ctx, lang.t("requests"), body);
    Ok(if is_refused(&sent.1) {
        Answer::again(page)
    } else {
        Answer::page(page)
    })
}

/// What counts.
fn asked(ctx: &Ctx, who: &Who, student: StudentId, requests: &StudentRequests, may: bool) -> Markup {
    let lang = ctx.lang;
    let mut columns = vec![
        Column::new(lang.t("requests-rank")),
        Column::new(lang.t("sections-course")),
        Column::new(lang.t("requests-class")),
    ];
    if may {
        columns.push(Column::new(lang.t("sections-change")).unseen_label());
    }
    let leads = context::may::<ManageSections>(who.standing());
    let mut rank = 0;
    let rows = requests.lines.iter().map(|line| {
        let is_main = line.request.instead_of.is_none();
        rank += i32::from(is_main);
        row(ctx, student, line, (if is_main { rank } else { 0 }, leads, may))
    });
    let table = Table::new(lang.t("requests"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("requests-none"), None))
        .draw(lang);
    let year = context::year_shown(who).to_string();
    let credits = lang.tx(
        "requests-credits",
        &[("n", requests.credits.into()), ("year", year.into())],
    );
    let said = findings::shown(lang, &requests.findings);
    let head =
        card::Head::new("asked", lang.t("requests")).beside(html! { span class="sub num" { (credits) } });
    card::bare_card(
        &head,
        &html! {
            @if !said.is_empty() { div class="cb stack-s" { @for finding in &said { (finding_line(lang, finding)) } } }
            (table)
        },
    )
}

fn row(ctx: &Ctx, student: StudentId, line: &RequestLine, (rank, leads, may): (i32, bool, bool)) -> Row {
    let lang = ctx.lang;
    let mut cells = vec![
        html! { @if rank > 0 { span class="num" { (rank) } } @else { span class="dim" { (lang.t("requests-instead")) } } },
        html! {
            span class="num" { (line.code) } " " (line.name)
            @for finding in findings::shown(lang, &line.findings) { (finding_line(lang, &finding)) }
        },
        match &line.section {
            Some((section, number)) if leads => {
                linked_pill(PillState::Ok, number, &crate::sections::path(*section))
            }
            Some((_, number)) => pill(PillState::Ok, number),
            None => html! { span class="dim" { (lang.t("requests-no-class")) } },
        },
    ];
    if may {
        cells.push(html! { div class="row-x wrap" {
            @if rank > 1 { (verb(ctx, student, &line.request, "raise", &lang.t("requests-raise"))) }
            (verb(ctx, student, &line.request, "withdraw", &lang.t("requests-withdraw")))
        } });
    }
    Row::new(cells)
}

/// What was taken back, each with its way back.
fn withdrawn(ctx: &Ctx, student: StudentId, requests: &StudentRequests) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::new(lang.t("sections-course")),
        Column::new(lang.t("undo")).unseen_label(),
    ];
    let rows = requests.withdrawn.iter().map(|line| {
        Row::new(vec![
            html! { span class="num" { (line.code) } " " (line.name) },
            verb(ctx, student, &line.request, "restore", &lang.t("undo")),
        ])
    });
    let table = Table::new(lang.t("requests-withdrawn"), columns)
        .rows(rows.collect())
        .draw(lang);
    card::bare_card(
        &card::Head::new("withdrawn", lang.t("requests-withdrawn")),
        &table,
    )
}

/// A button that does something to one request.
fn verb(ctx: &Ctx, student: StudentId, request: &CourseRequest, verb: &str, words: &str) -> Markup {
    let fields = html! {
        input type="hidden" name="request" value=(request.id);
        input type="hidden" name="version" value=(request.known.version);
        (Action::submit(words).named("act", verb).small())
    };
    Form::post(&address(student)).draw_in(ctx, &fields)
}

/// The form of a further request.
fn add(ctx: &Ctx, who: &Who, student: StudentId, shown: &Shown, (typed, found): &Sent) -> Markup {
    let lang = ctx.lang;
    let ask = Ask { lang, typed, found };
    let year = context::year_shown(who);
    let offered = shown.catalogue.iter().filter(|course| course.is_offered_in(year));
    let main = shown
        .requests
        .lines
        .iter()
        .filter(|line| line.request.instead_of.is_none());
    let main: Vec<Choice> = main
        .map(|line| {
            Choice::new(
                line.request.id.to_string(),
                format!("{} · {}", line.code, line.name),
            )
        })
        .collect();
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["course", "instead_of"]))
            input type="hidden" name="token" value=(typed.get("token"));
            (ask.select("course", Width::Whole, &course_choices(offered)))
            @if !main.is_empty() { (ask.choice("instead_of", Width::Whole, &main)) }
        }
        (form_end(lang, &html! {}, &head::path(student, Page::Timetable), &Action::submit(lang.t("requests-add")).named("act", "add").primary()))
    };
    card::bare_card(
        &card::Head::new("add", lang.t("requests-add-title")),
        &Form::post(&address(student)).draw_in(ctx, &fields),
    )
}

/// Adds a request, or does something to one.
pub(crate) async fn send(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSections>::wide(who.standing()).or_stop(&app, &who)?;
    let (act, sent) = (fields.get("act").to_owned(), fields.clone());
    let (year, standing) = (context::year_shown(&who), who.standing().clone());
    let write = move |tx: &mut Tx| {
        let view = Permit::<access::action::ViewStudents>::student(tx, &standing, student)?;
        match act.as_str() {
            "withdraw" | "raise" | "restore" => change(tx, &permit, student, &act, &sent),
            _ => {
                let (course, instead_of) = read(&sent)?;
                let asked = courses::requests_of(tx, &view, student, year)?;
                let school = asked.school.ok_or_else(|| Failure::refuse("LP-0546", "course"))?;
                let ask = AskFor {
                    id: CourseRequestId::derived(sent.get("token")),
                    student,
                    course,
                    instead_of,
                };
                let all = courses::ask_for(tx, &permit, (school, year), &[ask], "")?;
                all.into_iter()
                    .try_for_each(|one| one.findings.or_refuse().map(|_| ()))
            }
        }
    };
    match app.store().write(who.actor(), write).await {
        Ok(()) => Ok(Answer::see(address(student))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            again(&app, &who, student, (fields, found)).await
        }
    }
}

async fn again(app: &App, who: &Who, student: StudentId, sent: Sent) -> Result<Answer, Stopped> {
    show(app, who, student, sent).await
}

fn read(fields: &Fields) -> Outcome<(kernel::CourseId, Option<CourseRequestId>)> {
    fields.fit()?;
    let mut findings = Findings::default();
    let course = fields.chosen("course", "LP-0542", &mut findings);
    let instead = fields.parsed("instead_of", "LP-0008", &mut findings);
    match course {
        Some(course) if !findings.refuse() => Ok((course, instead)),
        _ => Err(Failure::Invalid(findings)),
    }
}

/// Takes back, puts back or raises a request of the student.
fn change(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    student: StudentId,
    act: &str,
    fields: &Fields,
) -> Outcome<()> {
    let id = fields.get("request").parse().map_err(|_| Failure::NotFound)?;
    let seen = (id, fields.version("version")?);
    let changed = match act {
        "withdraw" => courses::withdraw_request(tx, permit, seen)?,
        "raise" => courses::raise_request(tx, permit, seen)?,
        _ => courses::restore_request(tx, permit, seen)?,
    };
    // The address names whose it is.
    if changed.student == student {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}
