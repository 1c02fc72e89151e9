//! A student's enrolments: what holds, what was, and the verbs: change,
//! withdraw, transfer, never attended, created in error, restore; and a
//! further one.

pub(crate) mod enrol;
pub(super) mod form;
pub(super) mod read;

use super::head::{self, Head, Opened, Page};
use super::responsible;
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, stale};
use access::Permit;
use access::action::{DecidePasi, ManageEnrolment, ViewStudents};
use axum::extract::{Path, State};
use enrolment::{Enrolment, On};
use kernel::{Date, EnrolmentId, Failure, Outcome, StudentId};
use maud::{Markup, html};
use pasi::{ProvinceRules, Schedules};
use ui::{Action, Lang, State as PillState, card};

/// What is done to an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Grade, homeroom, dates, coding.
    Change,
    /// The student attended and left.
    Withdraw,
    /// To another school of the division.
    Transfer,
    /// The student never came.
    NeverAttended,
    /// It should never have been made.
    CreatedInError,
    /// A deleted one counts again.
    Restore,
}

impl std::str::FromStr for Verb {
    type Err = Failure;
    fn from_str(text: &str) -> Result<Self, Failure> {
        [
            Self::Change,
            Self::Withdraw,
            Self::Transfer,
            Self::NeverAttended,
            Self::CreatedInError,
            Self::Restore,
        ]
        .into_iter()
        .find(|verb| verb.path() == text)
        .ok_or(Failure::NotFound)
    }
}

impl Verb {
    const fn path(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Withdraw => "withdraw",
            Self::Transfer => "transfer",
            Self::NeverAttended => "never-attended",
            Self::CreatedInError => "created-in-error",
            Self::Restore => "restore",
        }
    }
    fn words(self, part: &str) -> String {
        format!("enrolment-{}-{part}", self.path())
    }
    /// Findings of a day that the form asks for by another name stand beside that.
    fn beside(self, failure: Failure) -> Failure {
        let asked_as = |field: &str| match (self, field) {
            (Self::Withdraw | Self::Transfer, "exit") => Some("last_day"),
            (Self::Transfer, "start") => Some("first_day"),
            (Self::Transfer, "school") => Some("to"),
            _ => None,
        };
        findings::beside(failure, |field| asked_as(field).map(str::to_owned))
    }
    /// What may be done to an enrolment as it stands.
    fn open_to(enrolment: &Enrolment) -> &'static [Self] {
        const HERE: &[Verb] = &[
            Verb::Change,
            Verb::Transfer,
            Verb::Withdraw,
            Verb::NeverAttended,
            Verb::CreatedInError,
        ];
        match enrolment.state {
            enrolment::State::Open => HERE,
            state if state.planned_end().is_some() => HERE,
            enrolment::State::Ended(_) => &[Self::Change, Self::NeverAttended, Self::CreatedInError],
            enrolment::State::Deleted { .. } => &[Self::Restore],
        }
    }
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let look = who.visit.look;
    let opened = head::open(&app, &who, student, move |at, permit| {
        Ok((
            head::enrolments(at, permit, student, look)?,
            enrolment::responsible_schools(at, permit, student)?,
            pasi::differences(at, student)?,
            Schedules::read(at)?,
        ))
    });
    let Opened {
        head,
        ctx,
        shown: (all, records, differences, schedules),
    } = opened.await?;
    let (lang, today) = (ctx.lang, look.map_or_else(|| ctx.today.into(), |look| look.on));
    let may_change = look.is_none() && who.may_now::<ManageEnrolment>();
    let further = Action::link(lang.t("enrolment-enrol-do"), enrol::address(student));
    let body = html! {
        (head.draw(&who, Page::Enrolment, Vec::new()))
        @if who.is_in_past() && context::may::<ManageEnrolment>(who.standing()) { (ui::shell::way_to_this_year(&ctx, "past-year-correct")) }
        div class="grid" {
            div class="s7 stack" {
                @if may_change { div class="row-x no-print" { (further.primary()) } }
                @if all.is_empty() { (card::card(&card::Head::new("none", lang.t("student-tab-enrolment")), &ui::waiting::empty(&lang.t("enrolment-none"), None))) }
                @for enrolment in &all { (one(lang, &who, (&head, &schedules), enrolment, today)) }
            }
            div class="s5 stack" {
                (responsible::history(lang, &head, &records, &differences, may_change))
                @if look.is_none() && context::may::<DecidePasi>(who.standing()) {
                    (super::earlier::offer(lang, &who.holder().csrf, student))
                }
            }
        }
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, lang.t("student-tab-enrolment"), body).into())
}

fn one(
    lang: Lang,
    who: &Who,
    (head, schedules): (&Head, &Schedules),
    enrolment: &Enrolment,
    today: Date,
) -> Markup {
    let (state, words) = match enrolment.state {
        enrolment::State::Open => (PillState::Ok, "enrolment-is-open"),
        state if state.planned_end().is_some_and(|exit| exit.on >= today) => {
            (PillState::Ok, "enrolment-is-open")
        }
        enrolment::State::Ended(_) => (PillState::Neutral, "enrolment-is-ended"),
        enrolment::State::Deleted { .. } => (PillState::Blocked, "enrolment-is-deleted"),
    };
    let may = Permit::<ManageEnrolment>::school(who.standing(), enrolment.school).is_ok();
    let verbs = if may && who.visit.look.is_none() && !who.is_in_past() {
        Verb::open_to(enrolment)
    } else {
        &[]
    };
    let school = head.directory.name(enrolment.school);
    // Who comes back has two of one school and year.
    let days = match enrolment.state.exit() {
        Some(exit) => format!("{} – {}", enrolment.start, exit.on),
        None => enrolment.start.to_string(),
    };
    let title = format!("{school} · {} · {days}", enrolment.year);
    let path = format!("/students/{}/enrolment/{}", enrolment.student, enrolment.id);
    let body = html! {
        div class="cb" { (super::summary::facts(lang, enrolment, &head.directory, Some(schedules))) }
        @if !verbs.is_empty() {
            div class="ch b-top wrap no-print" {
                @for verb in verbs {
                    @let action = Action::link(lang.t(&verb.words("do")), format!("{path}/{}", verb.path())).small();
                    @if matches!(verb, Verb::NeverAttended | Verb::CreatedInError) { (action.danger()) } @else { (action) }
                }
            }
        }
    };
    card::bare_card(
        &card::Head::new(format!("enrolment-{}", enrolment.id), title)
            .beside(ui::pill::pill(state, &lang.t(words))),
        &body,
    )
}

/// What a form of a verb is drawn from.
struct Seen {
    enrolment: Enrolment,
    schedules: Schedules,
}

async fn load(app: &App, who: &Who, student: StudentId, id: EnrolmentId) -> Result<Opened<Seen>, Stopped> {
    let standing = who.standing().clone();
    let opened = head::open(app, who, student, move |at, permit| {
        let found = enrolment::enrolment(at, permit, id)?;
        Permit::<ManageEnrolment>::school(&standing, found.school)?;
        if found.student == student {
            Ok(Seen {
                schedules: Schedules::read(at)?,
                enrolment: found,
            })
        } else {
            Err(Failure::NotFound)
        }
    });
    opened.await
}

/// The form of a verb.
pub(crate) async fn ask(
    State(app): State<App>,
    who: Who,
    Path((student, id, verb)): Path<(StudentId, EnrolmentId, String)>,
) -> PageResult {
    let verb: Verb = verb.parse().or_stop(&app, &who)?;
    let loaded = load(&app, &who, student, id).await?;
    let fields = loaded.head.offer(form::fields_of(&loaded.shown.enrolment));
    Ok(Answer::page(shown(&app, &who, &loaded, verb, (&fields, &[]))))
}

fn shown(
    app: &App,
    who: &Who,
    Opened {
        head,
        ctx,
        shown: Seen { enrolment, schedules },
    }: &Opened<Seen>,
    verb: Verb,
    (fields, found): (&Fields, &[ui::form::Finding]),
) -> Markup {
    let today = app.store().now().date();
    let form = form::Drawn {
        ctx,
        enrolment,
        directory: &head.directory,
        verb,
        fields,
        found,
        today,
        schedules,
    };
    let body = html! { (head.draw(who, Page::Enrolment, Vec::new())) (form.card()) };
    ui::shell::page(ctx, ctx.lang.t(&verb.words("title")), body)
}

/// Does it; then waits a moment for the province.
pub(crate) async fn send(
    State(app): State<App>,
    Path((student, id, verb)): Path<(StudentId, EnrolmentId, String)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let verb: Verb = verb.parse().or_stop(&app, &who)?;
    match act(&app, &who, (student, id), verb, &fields).await {
        Ok(()) => {
            app.settle(student).await;
            Ok(Answer::see(head::path(student, Page::Enrolment)))
        }
        Err(failure) if stale::is_stale(&failure) => {
            let loaded = load(&app, &who, student, id).await?;
            if verb == Verb::Change {
                return Ok(Answer::stale(both(&app, &who, &loaded, &fields)));
            }
            // The other verbs ask for nothing the record holds: they are asked again of what it says now.
            let (fields, found) = stale::again(who.lang(), &fields);
            Ok(Answer::stale(shown(&app, &who, &loaded, verb, (&fields, &found))))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), verb.beside(failure)).or_stop(&app, &who)?;
            let loaded = load(&app, &who, student, id).await?;
            Ok(Answer::again(shown(&app, &who, &loaded, verb, (&fields, &found))))
        }
    }
}

/// Somebody saved first: both versions, side by side.
fn both(
    app: &App,
    who: &Who,
    Opened {
        head,
        ctx,
        shown: Seen { enrolment, schedules },
    }: &Opened<Seen>,
    typed: &Fields,
) -> Markup {
    let (lang, verb) = (ctx.lang, Verb::Change);
    let address = format!(
        "/students/{}/enrolment/{}/{}",
        enrolment.student,
        enrolment.id,
        verb.path()
    );
    let when = crate::lookup::moment(lang, enrolment.known.from, app.store().now());
    let by = format!("{}, {when}", crate::lookup::who(lang, &enrolment.known.by));
    let asked = form::compared(lang);
    let now = form::fields_of(enrolment);
    let stale = stale::Stale {
        address: &address,
        back: &head::path(enrolment.student, Page::Enrolment),
        version: enrolment.known.version,
        asked: &asked,
        typed,
        now: &now,
        by: &by,
    };
    let body = html! { (head.draw(who, Page::Enrolment, Vec::new())) (stale.card(ctx, &|name, value| form::say(lang, schedules, name, value))) };
    ui::shell::page(ctx, lang.t(&verb.words("title")), body)
}

async fn act(
    app: &App,
    who: &Who,
    (student, id): (StudentId, EnrolmentId),
    verb: Verb,
    fields: &Fields,
) -> Outcome<()> {
    let (standing, fields) = (who.standing().clone(), fields.clone());
    app.store()
        .write(who.actor(), move |tx| {
            fields.fit()?;
            let view = Permit::<ViewStudents>::student(tx, &standing, student)?;
            let before = enrolment::enrolment(tx, &view, id)?;
            let permit = Permit::<ManageEnrolment>::school(&standing, before.school)?;
            let on = On::seen(student, id, fields.version("version")?).because(fields.get("reason"));
            let judge = ProvinceRules::of(tx, Some(student))?;
            let findings = match verb {
                Verb::Change => enrolment::change(tx, &permit, &on, read::change(&fields)?, &judge)?.findings,
                Verb::Withdraw => {
                    enrolment::withdraw(tx, &permit, &on, read::day(&fields, "last_day")?, &judge)?.findings
                }
                Verb::Transfer => {
                    let cmd = read::transfer(&before, &fields)?;
                    let both = enrolment::transfer(tx, &permit, &on, &cmd, &judge)?;
                    let mut all = both.left.findings;
                    all.extend(both.joined.findings.0);
                    all
                }
                Verb::NeverAttended => enrolment::never_attended(tx, &permit, &on)?.findings,
                Verb::CreatedInError => enrolment::created_in_error(tx, &permit, &on)?.findings,
                Verb::Restore => enrolment::restore(tx, &permit, &on, &judge)?.findings,
            };
            fields.confirmed(findings)
        })
        .await
}
