//! Everything that changed in a record: who, when, old to new, why.

use super::head::{self, Opened, Page};
use crate::answer::PageResult;
use crate::who::Who;
use crate::{App, lookup};
use access::Permit;
use access::action::ViewHistory;
use axum::extract::{Path, State};
use db::Reading;
use kernel::{Instant, StudentId};
use maud::html;
use people::HistoryEntry;
use ui::timeline::{Moment, timeline};
use ui::{Lang, card};

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let (standing, look) = (who.standing().clone(), who.visit.look);
    let opened = head::open(&app, &who, student, move |at, _| {
        let permit = Permit::<ViewHistory>::student(at, &standing, student)?;
        let mut entries = people::history(at, &permit, student)?;
        if let Some(look) = look {
            let known = look.moment(at.now());
            entries.retain(|entry| entry.at <= known);
        }
        Ok(entries)
    });
    let Opened {
        head,
        ctx,
        shown: entries,
    } = opened.await?;
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
