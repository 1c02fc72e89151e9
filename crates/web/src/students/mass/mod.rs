//! One change to many students: chosen in the list, looked at, applied, taken back.

mod choose;
pub(crate) mod exception;
pub(crate) mod export;
mod result;
mod rows;
pub(super) mod run;
mod seats;
mod words;

use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::students::list::saved::asked_of;
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{MassUpdate, ViewStudents};
use axum::extract::{Path, Query, State};
use enrolment::mass::{self, Batch, BatchState, RowState};
use kernel::{Failure, MassUpdateId, Outcome, SchoolId, StudentId};
use maud::{Markup, html};
use std::time::Duration;
use ui::ctx::Job;
use ui::form::Finding;
use ui::head::{Crumb, PageHead};
use ui::{Action, Ctx, Lang, card};

/// Where changes to many begin, and where the last ones stand.
pub(super) const HOME: &str = "/students/update";

/// Longest wait for the work before the page comes anyway; the work goes on.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The address of a batch.
pub(super) fn path(id: MassUpdateId) -> String {
    format!("{HOME}/{id}")
}

/// Takes the students of the list: those ticked, or all that the filter keeps.
pub(crate) async fn begin(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<MassUpdate>::wide(who.standing()).or_stop(&app, &who)?;
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let ticked: Vec<StudentId> = fields
        .all("student")
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    let list = asked_of(fields.get("list"));
    let query = fields.is_on("all").then(|| list.query(&who));
    let id = MassUpdateId::fresh(app.store().now());
    let begun = app
        .store()
        .write(who.actor(), move |tx| {
            let students = match &query {
                Some(query) => people::all_of_list(tx, &view, query, mass::MOST + 1)?,
                None => ticked.clone(),
            };
            mass::begin(tx, &permit, id, &students)
        })
        .await;
    match begun {
        Ok(_) => Ok(Answer::see(path(id))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let back = list.address();
            refused(&app, &who, &found, &back).await.map(Answer::again)
        }
    }
}

/// Nobody was ticked, or too many were.
async fn refused(app: &App, who: &Who, found: &[Finding], back: &str) -> Result<Markup, Stopped> {
    let ctx = context::of(app, who, Job::Students).await?;
    let lang = ctx.lang;
    let body = html! {
        (head(lang, &lang.t("mass-title"), "").draw())
        (card::unheaded_card(&lang.t("mass-title"), &html! {
            div class="cb stack-s" {
                @for finding in found { (ui::form::finding_line(lang, finding)) }
                div { (Action::link(lang.t("mass-back-to-list"), back).primary()) }
            }
        }))
    };
    Ok(ui::shell::page(&ctx, lang.t("mass-title"), body))
}

pub(super) fn head(lang: Lang, title: &str, facts: &str) -> PageHead {
    PageHead::new(title)
        .crumbs(vec![Crumb::link(lang.t("nav-students"), "/students")])
        .facts(facts)
}

/// What was changed lately: each batch with its way back.
pub(crate) async fn list(State(app): State<App>, who: Who) -> PageResult {
    let permit = Permit::<MassUpdate>::wide(who.standing()).or_stop(&app, &who)?;
    let batches = app
        .store()
        .read(who.division(), move |at| mass::batches(at, &permit))
        .await
        .or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Students).await?;
    let body = result::batches(&ctx, &batches, app.store().now());
    Ok(ui::shell::page(&ctx, ctx.lang.t("mass-title"), body).into())
}

/// Where the rows of a batch begin, and which are shown.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    show: String,
    after: i32,
    change: String,
    school: String,
    row: i32,
}

impl Asked {
    /// The one school whose students are shown.
    fn school(&self) -> Option<SchoolId> {
        self.school.parse().ok()
    }
    /// The address of the rows in a state behind a number, of the same school.
    fn address(&self, batch: &Batch, state: RowState, after: i32) -> String {
        let mut address = format!("{}?show={}", path(batch.id), state.as_str());
        if let Some(school) = self.school() {
            address = format!("{address}&school={school}");
        }
        if after > 0 {
            address = format!("{address}&after={after}");
        }
        address
    }
}

/// A batch: the question, the preview, the progress, or the result, as it stands.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<MassUpdateId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let batch = load(&app, &who, id).await?;
    if batch.state == BatchState::Chosen
        || (batch.state == BatchState::Ready && !asked.change.is_empty() && !words::is_yearly(&batch))
    {
        let fields = choose::fields_of(&batch, &asked.change);
        return shown(&app, &who, &batch, (&fields, &[])).await.map(Answer::page);
    }
    if asked.row > 0 {
        return exception::page(&app, &who, &batch, asked.row).await;
    }
    let ctx = context::of(&app, &who, Job::Students).await?;
    let body = result::draw(&app, &who, &ctx, &batch, &asked).await?;
    Ok(ui::shell::page(&ctx, ctx.lang.t("mass-title"), body).into())
}

async fn load(app: &App, who: &Who, id: MassUpdateId) -> Result<Batch, Stopped> {
    let permit = Permit::<MassUpdate>::wide(who.standing()).or_stop(app, who)?;
    app.store()
        .read(who.division(), move |at| mass::batch(at, &permit, id))
        .await
        .or_stop(app, who)
}

async fn shown(
    app: &App,
    who: &Who,
    batch: &Batch,
    (fields, found): (&Fields, &[Finding]),
) -> Result<Markup, Stopped> {
    let ctx: Ctx = context::of(app, who, Job::Students).await?;
    let body = choose::draw(&ctx, batch, fields, found);
    Ok(ui::shell::page(&ctx, ctx.lang.t("mass-title"), body))
}

/// Takes down what shall change, and judges every student.
pub(crate) async fn choose(
    State(app): State<App>,
    Path(id): Path<MassUpdateId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<MassUpdate>::wide(who.standing()).or_stop(&app, &who)?;
    let batch = load(&app, &who, id).await?;
    let chosen = match fields
        .fit()
        .and_then(|()| fields.at_most("reason", 120))
        .and_then(|()| choose::change(&fields))
    {
        Ok(change) => {
            let reason = fields
                .some("reason")
                .unwrap_or_else(|| who.lang().t("mass-title").into_owned());
            app.store()
                .write(who.actor(), move |tx| {
                    mass::choose(tx, &permit, id, &change, &reason)
                })
                .await
        }
        Err(failure) => Err(failure),
    };
    match chosen {
        Ok(()) => run::go(&app, &who, id).await,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            shown(&app, &who, &batch, (&fields, &found))
                .await
                .map(Answer::again)
        }
    }
}

/// Lets the operations run; also takes up what was interrupted.
pub(crate) async fn apply(
    State(app): State<App>,
    Path(id): Path<MassUpdateId>,
    Posted { who, .. }: Posted,
) -> PageResult {
    step(&app, &who, id, mass::apply).await
}

/// Stops between two chunks.
pub(crate) async fn stop(
    State(app): State<App>,
    Path(id): Path<MassUpdateId>,
    Posted { who, .. }: Posted,
) -> PageResult {
    step(&app, &who, id, mass::stop).await
}

/// Takes the batch back.
pub(crate) async fn undo(
    State(app): State<App>,
    Path(id): Path<MassUpdateId>,
    Posted { who, .. }: Posted,
) -> PageResult {
    step(&app, &who, id, mass::take_back).await
}

/// Takes up work that whoever did it left.
pub(crate) async fn go_on(
    State(app): State<App>,
    Path(id): Path<MassUpdateId>,
    Posted { who, .. }: Posted,
) -> PageResult {
    load(&app, &who, id).await?;
    run::go(&app, &who, id).await
}

async fn step(
    app: &App,
    who: &Who,
    id: MassUpdateId,
    work: fn(&mut db::Tx, &Permit<MassUpdate>, MassUpdateId) -> Outcome<()>,
) -> PageResult {
    let permit = Permit::<MassUpdate>::wide(who.standing()).or_stop(app, who)?;
    let done = app
        .store()
        .write(who.actor(), move |tx| work(tx, &permit, id))
        .await;
    match done {
        // The step does not fit where the batch stands now: the page says where.
        Ok(()) | Err(Failure::Invalid(_)) => run::go(app, who, id).await,
        Err(failure) => Err(failure).or_stop(app, who),
    }
}
