//! One student of a section: out with a last day, taken back, let in, moved up.

mod claim;

pub(crate) use claim::claim;

use super::form::manageable;
use super::page::{self, Loaded};
use super::path;
use super::words::{Ask, Sent, is_refused};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings, stale};
use access::Permit;
use access::action::{ManageSections, ViewSections};
use axum::extract::{Path, State};
use courses::{Claim, CourseEnrolment, SeatState};
use db::Tx;
use kernel::{CourseEnrolmentId, Date, Failure, Findings, Outcome, SectionId};
use maud::{Markup, html};
use ui::ctx::Ctx;
use ui::form::{Form, Width, summary};
use ui::{Action, Lang, card};

/// Longest reason, in characters.
const REASON: u16 = 200;

/// What is done to a student's place in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Out,
    InError,
    LetIn,
    Up,
}

impl Verb {
    const fn path(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::InError => "error",
            Self::LetIn => "in",
            Self::Up => "up",
        }
    }
    /// What may be done to a place as it stands.
    const fn open_to(state: SeatState) -> &'static [Self] {
        match state {
            SeatState::Enrolled => &[Self::Out, Self::InError],
            SeatState::Waiting => &[Self::LetIn, Self::Up, Self::InError],
            SeatState::InError => &[],
        }
    }
    /// The field it asks for.
    const fn field(self) -> Option<&'static str> {
        match self {
            Self::Out => Some("until"),
            Self::InError => Some("reason"),
            Self::LetIn => Some("from"),
            Self::Up => None,
        }
    }
}

/// A place with its section.
struct Opened {
    loaded: Loaded,
    seat: CourseEnrolment,
    claim: Claim,
}

impl Opened {
    /// What the forms begin with.
    fn asked(&self, app: &App) -> Sent {
        let section = &self.loaded.view.section;
        let today = app
            .store()
            .now()
            .date()
            .clamp(section.first_day, section.last_day);
        let (from, last) = self.seat.days(section);
        let pair = |name: &str, value: Date| (name.to_owned(), value.to_string());
        let fields = vec![pair("until", today.min(last).max(from)), pair("from", today)];
        (Fields::from(fields), Vec::new())
    }
    /// Why PASI is not told of the place, and what it said of it.
    fn findings(&self, lang: Lang) -> Vec<ui::form::Finding> {
        let standing = self.loaded.pasi.seats.get(&self.seat.id);
        standing.map_or_else(Vec::new, |standing| super::pasi::said(lang, standing))
    }
}

async fn open(
    app: &App,
    who: &Who,
    (section, id): (SectionId, CourseEnrolmentId),
) -> Result<Opened, crate::answer::Stopped> {
    let loaded = manageable(app, who, section).await?;
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(app, who)?;
    let read = app.store().read(who.division(), move |at| {
        Ok((
            courses::seat(at, &permit, section, id)?,
            courses::claim(at, &permit, id)?,
        ))
    });
    let (seat, claim) = read.await.or_stop(app, who)?;
    Ok(Opened { loaded, seat, claim })
}

/// The page.
pub(crate) async fn ask(
    State(app): State<App>,
    who: Who,
    Path((section, id)): Path<(SectionId, CourseEnrolmentId)>,
) -> PageResult {
    let opened = open(&app, &who, (section, id)).await?;
    show(&app, &who, &opened, None, opened.asked(&app)).await
}

/// The page, with one form as it was sent.
async fn show(app: &App, who: &Who, opened: &Opened, was: Option<Verb>, sent: Sent) -> PageResult {
    show_with(app, who, opened, (was, sent), None).await
}

/// [`show`], with the form of what the place is for as it was sent.
async fn show_with(
    app: &App,
    who: &Who,
    opened: &Opened,
    (was, (typed, found)): (Option<Verb>, Sent),
    claimed: Option<&Sent>,
) -> PageResult {
    let ctx = opened.loaded.ctx(app, who).await?;
    let (lang, seat) = (ctx.lang, &opened.seat);
    let card_of = opened.loaded.cards.get(&seat.student);
    let name = card_of.map_or("", |card| card.list_name.as_str());
    let nothing = Vec::new();
    let body = html! {
        (page::head(lang, &opened.loaded).draw())
        div class="grid" {
            @for verb in Verb::open_to(seat.state) {
                @let found = if was.is_none_or(|was| was == *verb) { &found } else { &nothing };
                div class="s6" { (form(&ctx, opened, *verb, name, (&typed, found))) }
            }
            @if opened.loaded.pasi.is_told() && seat.state != SeatState::InError {
                div class="s6" { (claim::form(&ctx, opened, name, claimed)) }
            }
            @if seat.state == SeatState::InError {
                div class="s6" { (card::card(&card::Head::new("seat", name), &html! { (lang.t("sections-seat-in-error")) })) }
            }
        }
    };
    let page = ui::shell::page(&ctx, lang.t("sections-class-list"), body);
    let is_claim_refused = claimed.is_some_and(|(_, found)| is_refused(found));
    Ok(if is_claim_refused || is_refused(&found) {
        Answer::again(page)
    } else {
        Answer::page(page)
    })
}

fn form(
    ctx: &Ctx,
    opened: &Opened,
    verb: Verb,
    name: &str,
    (typed, found): (&Fields, &Vec<ui::form::Finding>),
) -> Markup {
    let (lang, seat) = (ctx.lang, &opened.seat);
    let ask = Ask { lang, typed, found };
    let field = match verb {
        Verb::Out => ask.day("until", Width::Half),
        Verb::InError => ask.needed("reason", Width::Whole, REASON),
        Verb::LetIn => ask.day("from", Width::Half),
        Verb::Up => html! {},
    };
    let own: Vec<&str> = verb.field().into_iter().collect();
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &own))
            p class="w12 m-0" { (lang.t(&words(verb, "text"))) }
            (stale::seen(seat.known.version, typed))
            (field)
            div class="f w12" { (button(lang, verb)) }
        }
    };
    let address = format!("{}/students/{}/{}", path(seat.section), seat.id, verb.path());
    let head = card::Head::new(verb.path(), format!("{} · {name}", lang.t(&words(verb, "title"))));
    card::bare_card(&head, &Form::post(&address).draw_in(ctx, &fields))
}

fn words(verb: Verb, part: &str) -> String {
    format!("sections-seat-{}-{part}", verb.path())
}

fn button(lang: Lang, verb: Verb) -> Action {
    let action = Action::submit(lang.t(&words(verb, "do")));
    match verb {
        Verb::InError => action.danger(),
        Verb::Out | Verb::LetIn => action.primary(),
        Verb::Up => action,
    }
}

/// Takes the student out.
pub(crate) async fn out(
    State(app): State<App>,
    Path(ids): Path<(SectionId, CourseEnrolmentId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    send(&app, &who, ids, Verb::Out, fields).await
}

/// Takes a slip back.
pub(crate) async fn in_error(
    State(app): State<App>,
    Path(ids): Path<(SectionId, CourseEnrolmentId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    send(&app, &who, ids, Verb::InError, fields).await
}

/// Lets one in who waits.
pub(crate) async fn let_in(
    State(app): State<App>,
    Path(ids): Path<(SectionId, CourseEnrolmentId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    send(&app, &who, ids, Verb::LetIn, fields).await
}

/// Moves one who waits up.
pub(crate) async fn up(
    State(app): State<App>,
    Path(ids): Path<(SectionId, CourseEnrolmentId)>,
    Posted { who, fields }: Posted,
) -> PageResult {
    send(&app, &who, ids, Verb::Up, fields).await
}

async fn send(
    app: &App,
    who: &Who,
    (section, id): (SectionId, CourseEnrolmentId),
    verb: Verb,
    fields: Fields,
) -> PageResult {
    let opened = open(app, who, (section, id)).await?;
    let permit = Permit::<ManageSections>::school(who.standing(), opened.loaded.view.section.school)
        .or_stop(app, who)?;
    let typed = fields.clone();
    let write = move |tx: &mut Tx| act(tx, &permit, section, id, (verb, &typed));
    let sent = match app.store().write(who.actor(), write).await {
        Ok(()) => {
            app.settle(opened.seat.student).await;
            return Ok(Answer::see(path(section)));
        }
        Err(failure) if stale::is_stale(&failure) => stale::again(who.lang(), &fields),
        Err(failure) => (
            fields,
            findings::of_failure(who.lang(), failure).or_stop(app, who)?,
        ),
    };
    let opened = open(app, who, (section, id)).await?;
    show(app, who, &opened, Some(verb), sent).await
}

fn act(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    id: CourseEnrolmentId,
    (verb, fields): (Verb, &Fields),
) -> Outcome<()> {
    fields.fit()?;
    let day = |name: &str| {
        let mut findings = Findings::default();
        fields.day(name, &mut findings).ok_or(Failure::Invalid(findings))
    };
    match verb {
        Verb::Out => {
            let last = day("until")?;
            let seen = (id, fields.version("version")?);
            courses::take_out(tx, permit, section, seen, last).map(|_| ())
        }
        Verb::InError => {
            fields.at_most("reason", REASON.into())?;
            let seen = (id, fields.version("version")?);
            courses::created_in_error(tx, permit, section, seen, fields.get("reason")).map(|_| ())
        }
        Verb::LetIn => {
            let from = day("from")?;
            let seen = (id, fields.version("version")?);
            courses::let_in(tx, permit, section, seen, from).map(|_| ())
        }
        Verb::Up => {
            let seen = (id, fields.version("version")?);
            courses::move_up(tx, permit, section, seen)
        }
    }
}
