//! One run of the loader: how far it is, its plan, and what to do with it.

use super::{crumb, of_school, path, tables};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::Posted;
use crate::sections::{home_crumb, requests};
use crate::who::{LIVE_PART, Who};
use crate::{App, context, findings};
use access::action::{Export, ManageSections, ViewSections, ViewStudents};
use access::{Permit, Standing};
use axum::extract::{Path, State};
use courses::{Course, CourseLoad, LoadState, Section};
use db::{Lane, Reading};
use kernel::{CourseId, CourseLoadId, Failure, Outcome, SectionId, StudentId};
use maud::{Markup, html};
use people::CardRow;
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use ui::ctx::{Ctx, Job};
use ui::form::{Finding as Shown, Form, finding_line};
use ui::head::PageHead;
use ui::notice::{Tone, banner};
use ui::{Action, Icon, Lang};

/// Longest wait for the work before the page comes anyway; the work goes on.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// A run with the names around it.
pub(super) struct Loaded {
    /// The run.
    pub(super) run: CourseLoad,
    /// Its school's name.
    pub(super) school: String,
    /// The courses of the catalogue.
    pub(super) courses: HashMap<CourseId, Course>,
    /// The sections of the school.
    pub(super) sections: HashMap<SectionId, Section>,
    /// The students who are named.
    pub(super) cards: HashMap<StudentId, CardRow>,
    /// Whoever worked on it is gone.
    pub(super) is_orphaned: bool,
}

impl Loaded {
    /// A course in words.
    pub(super) fn course(&self, id: CourseId) -> String {
        let course = self.courses.get(&id);
        course.map_or_else(String::new, |course| format!("{} {}", course.code, course.name))
    }
    /// The number of a section.
    pub(super) fn number(&self, id: SectionId) -> &str {
        self.sections
            .get(&id)
            .map_or("", |section| section.number.as_str())
    }
}

/// Reads a run; not found at another's school.
pub(super) async fn load(app: &App, who: &Who, id: CourseLoadId) -> Result<Loaded, Stopped> {
    Permit::<ManageSections>::wide(who.standing()).or_stop(app, who)?;
    let permit = Permit::<ViewSections>::wide(who.standing()).or_stop(app, who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    let read = app.store().read(who.division(), move |at| {
        let run = courses::course_load(at, &permit, id)?;
        let plan = &run.plan;
        let refused = plan.refused.iter().map(|(one, _)| one.student);
        let mut students: Vec<StudentId> = plan
            .unplaced
            .iter()
            .map(|one| one.student)
            .chain(refused)
            .collect();
        students.sort();
        students.dedup();
        let cards = people::cards_of(at, &view, &students)?;
        let sections = courses::sections_in(at, &permit, (run.school, run.year))?;
        Ok(Loaded {
            school: schools::directory(at)?.name(run.school).to_owned(),
            courses: courses::courses(at, &permit)?
                .into_iter()
                .map(|one| (one.id, one))
                .collect(),
            sections: sections.into_iter().map(|one| (one.id, one)).collect(),
            cards: cards.into_iter().map(|card| (card.student, card)).collect(),
            is_orphaned: run.is_orphaned(at.now()),
            run,
        })
    });
    read.await.or_stop(app, who)
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(id): Path<CourseLoadId>) -> PageResult {
    show(&app, &who, id, &[]).await
}

async fn show(app: &App, who: &Who, id: CourseLoadId, found: &[Shown]) -> PageResult {
    let loaded = load(app, who, id).await?;
    let ctx = context::of(app, who, Job::Classes).await?;
    let lang = ctx.lang;
    let run = &loaded.run;
    let address = path(id);
    let is_live = run.state.is_running() && !loaded.is_orphaned;
    let body = html! {
        (head(lang, &loaded).draw())
        div id=(LIVE_PART) class="stack" hx-get=[is_live.then_some(address.as_str())] hx-select={ "#" (LIVE_PART) }
            hx-trigger=[is_live.then_some("every 1s")] hx-swap=[is_live.then_some("morph:outerHTML")] {
            @for finding in found { (finding_line(lang, finding)) }
            (told(&ctx, who, &loaded))
            @if !run.ground.is_empty() && !run.state.is_running() { (tables::all(lang, &loaded)) }
        }
    };
    let page = ui::shell::page(&ctx, lang.t("load-title"), body);
    Ok(if found.is_empty() {
        Answer::page(page)
    } else {
        Answer::again(page)
    })
}

fn head(lang: Lang, loaded: &Loaded) -> PageHead {
    let run = &loaded.run;
    let facts = format!("{} · {} – {}", loaded.school, run.first_day, run.last_day);
    PageHead::new(lang.t("load-title"))
        .crumbs(vec![home_crumb(lang), requests::crumb(lang), crumb(lang)])
        .facts(facts)
}

/// The report as a file and on paper, once there is one. It stands in the part that follows the work.
fn taken_away(lang: Lang, who: &Who, run: &CourseLoad) -> Markup {
    let is_there = !run.ground.is_empty() && !run.state.is_running();
    let file = Action::link(lang.t("export-open"), format!("{}/report", path(run.id))).icon(Icon::Download);
    let print = Action::scripted(lang.t("sections-print")).icon(Icon::Printer);
    html! { @if is_there {
        @if context::may::<Export>(who.standing()) { (file) }
        (print.with("data-print", ""))
    } }
}

/// Where the run stands, and what may be done.
fn told(ctx: &Ctx, who: &Who, loaded: &Loaded) -> Markup {
    let (lang, run) = (ctx.lang, &loaded.run);
    let state = run.state.as_str();
    let filled: HashSet<SectionId> = run.plan.placed.iter().map(|one| one.section).collect();
    let many = filled.len();
    let args = [
        ("done", run.done.into()),
        ("n", many.into()),
        ("placed", run.plan.placed.len().into()),
        ("kept", run.plan.kept.into()),
    ];
    let title = lang.t(&format!("load-state-{state}"));
    let text = if loaded.is_orphaned {
        lang.t("load-orphaned").into_owned()
    } else {
        lang.tx(&format!("load-told-{state}"), &args).into_owned()
    };
    let tone = match run.state {
        LoadState::Failed => Tone::Bad,
        LoadState::Applied => Tone::Plain,
        _ => Tone::Info,
    };
    let acts: &[(&str, bool)] = match run.state {
        _ if !who.may_now::<ManageSections>() => &[],
        LoadState::Planned => &[("apply", true), ("again", false)],
        LoadState::Failed => &[("again", true)],
        LoadState::Applied => &[("undo", false)],
        LoadState::Planning if loaded.is_orphaned => &[("again", true)],
        LoadState::Applying | LoadState::Undoing if loaded.is_orphaned => &[("go-on", true)],
        _ => &[],
    };
    let address = path(run.id);
    html! {
        (banner(tone, &title, &text, &[]))
        div class="row-x wrap no-print" {
            @for (act, is_main) in acts {
                @let button = Action::submit(lang.t(&format!("load-{act}"))).named("act", *act);
                (Form::post(&address).draw_in(ctx, &html! { @if *is_main { (button.primary()) } @else { (button) } }))
            }
            @if run.state == LoadState::Undone {
                (Action::link(lang.t("load-new"), of_school(run.school)).primary())
            }
            (taken_away(lang, who, run))
        }
    }
}

/// Applies, plans again, takes back, or goes on with what was left.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<CourseLoadId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSections>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewSections>::wide(who.standing()).or_stop(&app, &who)?;
    let act = fields.get("act").to_owned();
    let write = move |tx: &mut db::Tx| match act.as_str() {
        "apply" => courses::apply_load(tx, &permit, id),
        "again" => courses::plan_again(tx, &permit, id),
        "undo" => courses::undo_load(tx, &permit, id),
        // Nothing to be written down before it.
        _ => courses::course_load(tx, &view, id).map(|_| ()),
    };
    match app.store().write(who.actor(), write).await {
        Ok(()) => go(&app, &who, id).await,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show(&app, &who, id, &found).await
        }
    }
}

/// Lets the work run and goes to the run's page: with the end of it when that is soon, else with how far it is.
pub(super) async fn go(app: &App, who: &Who, id: CourseLoadId) -> PageResult {
    let (task, standing) = (app.clone(), who.standing().clone());
    let reason = who.lang().t("load-title").into_owned();
    let work = tokio::spawn(async move { all(task, standing, id, reason).await });
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(done)) => done.or_stop(app, who)?,
        Ok(Err(panicked)) => tracing::error!("a run of the loader stopped: {panicked}"),
        Err(_) => {} // it goes on by itself
    }
    Ok(Answer::see(path(id)))
}

/// The plan, or section after section until nothing is left.
async fn all(app: App, standing: Standing, id: CourseLoadId, reason: String) -> Outcome<()> {
    let division = standing.actor.division;
    let view = Permit::<ViewSections>::wide(&standing)?;
    let run = app
        .store()
        .read(division, move |at| courses::course_load(at, &view, id))
        .await?;
    let worked = match run.state {
        LoadState::Planning => plan(&app, &standing, id).await,
        LoadState::Applying | LoadState::Undoing => work(&app, &standing, id, &reason).await,
        _ => Ok(()),
    };
    if let Err(failure) = &worked {
        tracing::warn!(run = %id, "a run of the loader waits: {}", failure.log_line());
    }
    worked
}

/// Makes the plan, with no transaction open while it is made.
async fn plan(app: &App, standing: &Standing, id: CourseLoadId) -> Outcome<()> {
    let view = Permit::<ViewSections>::wide(standing)?;
    let manage = Permit::<ManageSections>::wide(standing)?;
    let read = app.store().read(standing.actor.division, move |at| {
        courses::ground_of(at, &view, id)
    });
    let ground = read.await?;
    let clock = app.clone();
    let began = app.store().now();
    let planned = tokio::task::spawn_blocking(move || {
        let took = || {
            let micros = clock.store().now().micros().saturating_sub(began.micros());
            Duration::from_micros(u64::try_from(micros).unwrap_or(0))
        };
        let plan = courses::plan_of(&ground, took);
        (ground.seen, plan)
    });
    // A plan that failed is said so; the run waits for nobody then.
    let made = planned
        .await
        .inspect_err(|error| tracing::error!("no plan was made: {error}"))
        .ok();
    let keep = move |tx: &mut db::Tx| {
        let made = made.as_ref().map(|(seen, plan)| (seen.as_str(), plan.clone()));
        courses::keep_plan(tx, &manage, id, made)
    };
    app.store().write_in(Lane::Batch, &standing.actor, keep).await
}

async fn work(app: &App, standing: &Standing, id: CourseLoadId, reason: &str) -> Outcome<()> {
    loop {
        let (standing, reason) = (standing.clone(), reason.to_owned());
        let actor = standing.actor.clone();
        let step = move |tx: &mut db::Tx| {
            courses::work_on_load(tx, &Permit::<ManageSections>::wide(&standing)?, id, &reason)
        };
        match app.store().write_in(Lane::Batch, &actor, step).await {
            Ok(true) => {}
            Ok(false) => {
                app.kick();
                return Ok(());
            }
            // Somebody else works on it too.
            Err(Failure::Conflict(_)) => return Ok(()),
            Err(failure) => return Err(failure),
        }
    }
}
