//! Import: a file is sent, its columns are named, it is rehearsed, corrected,
//! written, and taken back.

pub(crate) mod list;
pub(crate) mod mapping;
pub(crate) mod problems;
pub(crate) mod rows;
pub(crate) mod run;
pub(crate) mod send;

use crate::App;
use crate::answer::{OrStop, Stopped};
use crate::who::Who;
use exchange::{Kind, NoProvince, Permits, Progress, Province, Run, State, Work};
use kernel::{ImportId, Outcome};
use std::borrow::Cow;
use ui::head::Crumb;
use ui::steps::{Progress as Far, Step};
use ui::{Lang, State as PillState};

/// The address of a run.
pub(super) fn path(id: ImportId) -> String {
    format!("/division/import/{id}")
}

/// The permits of every kind that the person may import. Denied when it is none.
fn permits(who: &Who) -> Outcome<Vec<Permits>> {
    access::Permit::<access::action::Import>::wide(who.standing())?;
    Permits::kinds(who.standing())
        .into_iter()
        .map(|kind| Permits::of(who.standing(), kind))
        .collect()
}

/// A run, and the permits of its kind.
async fn load(app: &App, who: &Who, id: ImportId) -> Result<(Run, Permits), Stopped> {
    let all = permits(who).or_stop(app, who)?;
    let read = app.store().read(who.division(), move |at| {
        let run = exchange::run(at, &all, id)?;
        let permits = all.into_iter().find(|one| one.kind() == run.kind);
        permits
            .map(|permits| (run, permits))
            .ok_or(kernel::Failure::NotFound)
    });
    read.await.or_stop(app, who)
}

/// The province's rules where it is connected.
fn province(app: &App) -> &'static dyn Province {
    if app.connector().is_some() {
        &::pasi::ImportRules
    } else {
        &NoProvince
    }
}

/// Which pass.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    Check,
    Run,
    Undo,
}

/// Does a pass on a blocking thread, to its end.
async fn pass(app: &App, permits: Permits, id: ImportId, which: Pass) -> Outcome<Progress> {
    let app = app.clone();
    let work = move || {
        let work = Work {
            store: app.store(),
            permits: &permits,
            province: province(&app),
        };
        let mut told = |_: &Progress| {};
        let done = match which {
            Pass::Check => work.check(id, &mut told),
            Pass::Run => work.run(id, &mut told),
            Pass::Undo => work.undo(id, &mut told),
        };
        if done.is_ok() {
            app.kick();
        }
        done
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| kernel::Failure::Fault(format!("an import stopped: {error}")))?
}

/// Rows up to which an answer waits for the end of a pass.
const WAITS_FOR: i32 = 1000;

/// Does a pass: a short one before the answer, a long one beside it, with the page showing how far it is.
async fn start(app: &App, permits: Permits, run: &Run, which: Pass) -> Outcome<()> {
    let id = run.id;
    if run.totals.all <= WAITS_FOR {
        return pass(app, permits, id, which).await.map(|_| ());
    }
    let beside = app.clone();
    let mut going = tokio::spawn(async move { pass(&beside, permits, id, which).await });
    // What stands against it is known at once; the rest is seen on the page.
    match tokio::time::timeout(std::time::Duration::from_millis(400), &mut going).await {
        Ok(Ok(done)) => done.map(|_| ()),
        Ok(Err(error)) => Err(kernel::Failure::Fault(format!("an import stopped: {error}"))),
        Err(_) => Ok(()),
    }
}

fn kind_words(lang: Lang, kind: Kind) -> Cow<'static, str> {
    lang.t(&format!("import-kind-{kind}"))
}

fn state_pill(lang: Lang, run: &Run, now: kernel::Instant) -> maud::Markup {
    let (look, words) = match run.state {
        _ if run.is_stopped(now) => (PillState::Warning, "import-state-stopped".to_owned()),
        State::Reading | State::Checking | State::Running | State::Undoing => {
            (PillState::Pending, format!("import-state-{}", run.state))
        }
        State::Applied if run.totals.refused > 0 => (PillState::Warning, "import-state-partly".to_owned()),
        State::Applied => (PillState::Ok, "import-state-applied".to_owned()),
        State::Checked if run.totals.refused > 0 => (PillState::Warning, "import-state-checked".to_owned()),
        State::Read | State::Checked => (PillState::Advice, format!("import-state-{}", run.state)),
        State::Undone => (PillState::Neutral, "import-state-undone".to_owned()),
    };
    ui::pill::pill(look, &lang.t(&words))
}

fn crumbs(lang: Lang) -> Vec<Crumb> {
    vec![
        Crumb::link(lang.t("nav-division"), "/division"),
        Crumb::link(lang.t("division-part-import"), "/division/import"),
    ]
}

/// The four steps, with the one at hand.
fn steps(lang: Lang, at: usize, run: Option<&Run>) -> maud::Markup {
    let names = [
        "import-step-file",
        "import-step-columns",
        "import-step-check",
        "import-step-write",
    ];
    let all: Vec<Step> = names
        .iter()
        .enumerate()
        .map(|(place, name)| Step {
            label: lang.t(name).into_owned(),
            note: None,
            href: run
                .filter(|run| place == 1 && at == 2 && !run.state.is_busy() && !run.state.is_written())
                .map(|run| format!("{}/mapping", path(run.id))),
            progress: match place.cmp(&at) {
                std::cmp::Ordering::Less => Far::Done,
                std::cmp::Ordering::Equal => Far::Current,
                std::cmp::Ordering::Greater => Far::Ahead,
            },
        })
        .collect();
    maud::html! { div class="mb" { (ui::steps::along(lang, &all)) } }
}
