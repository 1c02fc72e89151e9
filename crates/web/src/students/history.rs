//! Everything that changed in a record: who, when, old to new, why.

use super::head::{self, Page};
use crate::answer::{OrStop, PageResult};
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::ViewHistory;
use axum::extract::{Path, State};
use kernel::{Instant, StudentId};
use maud::html;
use people::HistoryEntry;
use ui::ctx::Job;
use ui::timeline::{Moment, timeline};
use ui::{Lang, card};

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let standing = who.standing().clone();
    let entries = app
        .store()
        .read(who.division(), move |at| {
            let permit = Permit::<ViewHistory>::student(at, &standing, student)?;
            people::history(at, &permit, student)
        })
        .await
        .or_stop(&app, &who)?;
    let head = head::load(&app, &who, student).await?;
    let ctx = context::of(&app, &who, Job::Students).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let moments: Vec<Moment> = entries.iter().map(|entry| moment(lang, entry, now)).collect();
    let body = html! {
        (head.draw(&who, Page::History, Vec::new()))
        (card::card(&card::Head::new("history", lang.t("student-tab-history")), &timeline(lang, &moments)))
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, lang.t("student-tab-history"), body).into())
}

/// One change as a line of a timeline.
pub(crate) fn moment(lang: Lang, entry: &HistoryEntry, now: Instant) -> Moment {
    let changes: Vec<String> = entry
        .changes
        .iter()
        .map(|change| {
            let field = lang
                .t(&format!("field-{}", change.field.replace('_', "-")))
                .into_owned();
            match (change.old.is_empty(), change.new.is_empty()) {
                (true, false) => format!("{field} {}", change.new),
                (false, true) => lang
                    .tx(
                        "history-removed",
                        &[("field", field.into()), ("old", change.old.as_str().into())],
                    )
                    .into_owned(),
                _ => lang
                    .tx(
                        "history-changed",
                        &[
                            ("field", field.into()),
                            ("old", change.old.as_str().into()),
                            ("new", change.new.as_str().into()),
                        ],
                    )
                    .into_owned(),
            }
        })
        .collect();
    let mut detail = changes.join("; ");
    let by = lang.tx("history-by", &[("who", entry.by.as_str().into())]);
    detail = if detail.is_empty() {
        by.into_owned()
    } else {
        format!("{detail}, {by}")
    };
    if !entry.reason.is_empty() {
        detail = format!("{detail} ({})", entry.reason);
    }
    Moment {
        what: lang.t(&format!("record-{}", entry.kind)).into_owned(),
        detail,
        when: lookup::moment(lang, entry.at, now),
        now: false,
    }
}
