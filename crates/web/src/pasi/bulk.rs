//! Many items at once: all that were on the page are approved, or sent again.

use super::queue::Asked;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::Posted;
use crate::{App, cover};
use access::action::DecidePasi;
use access::{Permit, Standing};
use axum::extract::{Query, State};
use db::Tx;
use kernel::{Failure, Instant, Outcome, PasiItemId};
use maud::{Markup, html};
use pasi::{ItemState, QueueFilter, QueueRow};
use ui::Action;
use ui::form::Form;

/// What is done to the rows of a tab at once: the word of the form, and the
/// state of the items it takes. None where each needs its own decision.
const fn verb(filter: QueueFilter) -> Option<(&'static str, ItemState)> {
    match filter {
        QueueFilter::Approval => Some(("approve", ItemState::Approval)),
        QueueFilter::Rejected => Some(("resend", ItemState::Rejected)),
        _ => None,
    }
}

/// The button below the rows, with the rows it takes: those that are shown, and not under an unread caution.
pub(super) fn draw(who: &crate::who::Who, asked: &Asked, rows: &[QueueRow]) -> Markup {
    let lang = who.lang();
    let Some((word, state)) = verb(asked.filter()) else {
        return html! {};
    };
    let items: Vec<PasiItemId> = rows
        .iter()
        .filter(|row| !row.is_cautioned)
        .filter_map(|row| row.item.as_ref())
        .filter(|item| item.state == state)
        .map(|item| item.id)
        .collect();
    if items.len() < 2 || !crate::context::may::<DecidePasi>(who.standing()) {
        return html! {};
    }
    let action = format!("/pasi/bulk{}", asked.opening("").query());
    let fields = html! {
        input type="hidden" name="verb" value=(word);
        @for item in &items { input type="hidden" name="item" value=(item); }
        div class="ch b-top" {
            span class="sm sub grow" { (lang.t(&format!("pasi-bulk-{word}-note"))) }
            (Action::submit(lang.tx(&format!("pasi-bulk-{word}"), &[("n", items.len().into())])))
        }
    };
    Form::post(&action).draw(&who.holder().csrf, &fields)
}

/// May the item be decided by whoever may see it: is no unread caution over it?
fn is_open(tx: &mut Tx, standing: &Standing, since: Instant, id: PasiItemId) -> Outcome<bool> {
    let covered = pasi::item(tx, id).and_then(|item| match item.student_id {
        Some(student) => cover::is_over(tx, standing, since, student),
        None => Ok(false), // a section has no caution
    });
    match covered {
        Ok(is_covered) => Ok(!is_covered),
        Err(Failure::NotFound) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// Does it; what someone else decided meanwhile is left alone.
pub(crate) async fn send(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<DecidePasi>::wide(who.standing()).or_stop(&app, &who)?;
    let items: Vec<PasiItemId> = fields
        .all("item")
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    let is_approval = match fields.get("verb") {
        "approve" => true,
        "resend" => false,
        _ => return Ok(Answer::see(asked.path())),
    };
    let sent = items.len();
    let (standing, since) = (who.standing().clone(), who.signed_in.since);
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            let mut open = Vec::with_capacity(items.len());
            for id in &items {
                if is_open(tx, &standing, since, *id)? {
                    open.push(*id);
                }
            }
            if is_approval {
                pasi::approve_all(tx, &permit, &open)
            } else {
                pasi::resend_all(tx, &permit, &open)
            }
        })
        .await
        .or_stop(&app, &who)?;
    app.kick();
    Ok(Answer::see(
        asked.saying(&format!("sent.{done}.{}", sent - done)).path(),
    ))
}
