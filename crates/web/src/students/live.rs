//! The part of a student's summary that PASI's news reach by themselves:
//! differences to decide, what PASI refused or asks, what is on its way.

use super::head::{self, Head, Opened, Page};
use super::reading;
use crate::answer::{Answer, PageResult, Stopped};
use crate::pasi::{offer, sides};
use crate::who::{LIVE_PART, Who};
use crate::{App, context, lookup};
use access::action::{DecidePasi, ViewMedical};
use access::{Permit, Standing};
use axum::extract::{Path, Query, State};
use db::Reader;
use kernel::{Instant, Outcome, StudentId};
use maud::{Markup, html};
use pasi::{Difference, Item, ItemState};
use serde::Deserialize;
use ui::notice::{Tone, banner};
use ui::{Action, Lang, State as PillState, card};

/// What PASI's part shows.
pub(super) struct News {
    differences: Vec<Difference>,
    forms: Vec<Option<String>>,
    items: Vec<Item>,
    read_at: Option<Instant>,
}

/// What the part on screen showed.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    #[serde(default)]
    seen: String,
}

impl News {
    /// Notes the reading of what is sealed, where something of it is shown.
    pub(super) async fn noted(&self, app: &App, who: &Who, student: StudentId) -> Result<(), Stopped> {
        if !pasi::holds_opened(&self.differences) {
            return Ok(());
        }
        reading::noted::<ViewMedical>(app, who, student, "medical").await
    }
}

/// Reads it, as the person may read it.
pub(super) fn read(at: &mut Reader, standing: &Standing, student: StudentId) -> Outcome<News> {
    let medical = Permit::<ViewMedical>::student(at, standing, student).ok();
    let mut items = pasi::of_student(at, student)?;
    if medical.is_none() {
        items.iter_mut().for_each(pasi::cover);
    }
    let differences = pasi::differences_for(at, medical.as_ref(), student)?;
    Ok(News {
        forms: offer::forms(at, student, &differences)?,
        differences,
        items,
        read_at: pasi::read_at(at, student)?,
    })
}

/// The part alone; nothing while it is what the page shows already.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
    Query(Seen { seen }): Query<Seen>,
) -> PageResult {
    let standing = who.standing().clone();
    let opened = head::open(&app, &who, student, move |at, _| read(at, &standing, student));
    let Opened { head, shown, .. } = opened.await?;
    if mark(&head, &shown) == seen {
        return Ok(Answer::Nothing);
    }
    shown.noted(&app, &who, student).await?;
    Ok(ui::shell::fragment(part(&who, &head, &shown, app.store().now())).into())
}

/// Another mark, another part: every item with its state, every difference with its version.
fn mark(head: &Head, news: &News) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    head.header.card.sync_state.hash(&mut hasher);
    news.read_at.hash(&mut hasher);
    for item in &news.items {
        (item.id, item.state.as_str(), &item.operation, item.changed_at).hash(&mut hasher);
    }
    for found in &news.differences {
        (
            &found.record_kind,
            &found.record_key,
            &found.field,
            found.core_version,
        )
            .hash(&mut hasher);
        if found.record_kind != pasi::MEDICAL {
            (&found.ours, &found.theirs).hash(&mut hasher); // the mark stands in an address
        }
    }
    format!("{:x}", hasher.finish())
}

/// The part, which asks for itself again.
pub(super) fn part(who: &Who, head: &Head, news: &News, now: Instant) -> Markup {
    let address = format!("/students/{}/pasi?seen={}", head.header.id, mark(head, news));
    html! {
        div id=(LIVE_PART) hx-get=(address) hx-trigger="every 3s" hx-swap="morph:outerHTML" {
            (card(who, head, news, now))
        }
    }
}

fn card(who: &Who, head: &Head, news: &News, now: Instant) -> Markup {
    let lang = who.lang();
    let read = news
        .read_at
        .map(|at| lang.tx("pasi-read-at", &[("when", lookup::moment(lang, at, now).into())]));
    let waiting = news.items.iter().filter(|item| item.state.is_open()).count();
    let stuck = news
        .items
        .iter()
        .filter(|item| matches!(item.state, ItemState::Rejected | ItemState::Conflict));
    let alerts = news.items.iter().filter(|item| item.state == ItemState::Alert);
    let state = lookup::sync(&head.header.card.sync_state);
    let beside = match news.differences.len() {
        0 => ui::pill::state_pill(lang, state),
        count => ui::pill::pill(
            PillState::Conflict,
            &lang.tx("pasi-to-decide", &[("n", count.into())]),
        ),
    };
    let end = html! { span class="sm dim nw" { (read.unwrap_or_default()) } };
    let student = head.header.id;
    let body = html! {
        @for item in stuck.chain(alerts) { (trouble(lang, item)) }
        @if news.differences.is_empty() {
            div class="cb" {
                p class="m-0 sub" {
                    @if waiting > 0 { (lang.tx("pasi-waiting", &[("n", waiting.into())])) }
                    @else { (lang.t(agreement(state))) }
                }
            }
        } @else {
            @if waiting > 0 { p class="cb m-0 sub" { (lang.tx("pasi-waiting", &[("n", waiting.into())])) } }
            (sides::decisions(who, student, (&news.differences, &news.forms), context::may::<DecidePasi>(who.standing()), &head::path(student, Page::Summary)))
        }
    };
    let title = if news.differences.is_empty() {
        "pasi-title"
    } else {
        "pasi-differences"
    };
    card::bare_card(
        &card::Head::new("pasi", lang.t(title)).beside(beside).end(end),
        &body,
    )
}

/// What is said where no field differs and nothing waits. A warning or advice is about what both sides have.
const fn agreement(state: PillState) -> &'static str {
    match state {
        PillState::InSync | PillState::Warning | PillState::Advice => "pasi-agrees",
        PillState::Rejected => "pasi-refused-above",
        _ => "pasi-nothing-to-compare",
    }
}

fn trouble(lang: Lang, item: &Item) -> Markup {
    let (tone, href) = match item.state {
        ItemState::Alert if item.operation == "Warning" => (Tone::Warn, "/pasi?tab=warnings"),
        ItemState::Alert => (Tone::Info, "/pasi?tab=advice"),
        _ => (Tone::Bad, "/pasi?tab=rejected"),
    };
    let record = lang.t(&format!("record-{}", item.record_kind));
    let rules: Vec<String> = item
        .answer()
        .rules
        .iter()
        .map(|rule| format!("{} ({})", rule.message, rule.code))
        .collect();
    let more = [Action::link(lang.t("pasi-open-queue"), format!("{href}&open={}", item.id)).small()];
    html! { div class="cb" { (banner(tone, &record, &rules.join(" "), &more)) } }
}
