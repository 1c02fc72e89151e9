//! Records that lack something: how many students, and the way to them. Counted
//! after the page has come, for it looks at every record of the division.

use crate::answer::{OrStop, PageResult};
use crate::who::Who;
use crate::{App, context};
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use axum::extract::State;
use kernel::Outcome;
use maud::{Markup, html};
use people::{ListQuery, Missing, PlaceState};
use ui::ctx::Job;
use ui::head::PageHead;
use ui::{Icon, Lang, card, icon};

/// The address of the part.
const PATH: &str = "/today/records";

/// The card while it is counted.
pub(super) fn to_come(lang: Lang) -> Markup {
    html! {
        section class="card" aria-labelledby="today-records" hx-get=(PATH) hx-trigger="load" hx-swap="outerHTML" {
            div class="ch" { h2 id="today-records" { (lang.t("today-records")) } }
            (ui::waiting::loading(lang, 3, PATH))
        }
    }
}

/// The card; a page of its own for who asks without script.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    // Counts are for who can do something about them.
    Permit::<EditStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let permit = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let school = who.school();
    let lacking = app.store().read(who.division(), move |at| {
        let count = |missing: Missing| {
            let query = ListQuery {
                school,
                state: Some(PlaceState::Enrolled),
                missing: Some(missing),
                limit: 1,
                ..ListQuery::default()
            };
            Ok((missing, people::count(at, &permit, &query)?))
        };
        Missing::ALL
            .iter()
            .copied()
            .map(count)
            .collect::<Outcome<Vec<_>>>()
    });
    let lacking = lacking.await.or_stop(&app, &who)?;
    let part = drawn(who.lang(), &lacking);
    if who.visit.is_fragment {
        return Ok(ui::shell::fragment(part).into());
    }
    let ctx = context::of(&app, &who, Job::Today).await?;
    let title = ctx.lang.t("today-records");
    let body = html! { (PageHead::new(title.clone()).draw()) (part) };
    Ok(ui::shell::page(&ctx, title, body).into())
}

fn drawn(lang: Lang, lacking: &[(Missing, i64)]) -> Markup {
    let head = card::Head::new("today-records", lang.t("today-records"));
    let lacking: Vec<_> = lacking.iter().filter(|(_, count)| *count > 0).collect();
    if lacking.is_empty() {
        return card::card(&head, &ui::waiting::cleared(&lang.t("today-records-none")));
    }
    let body = html! {
        ul class="list" {
            @for (missing, count) in lacking {
                li class="row-x" {
                    div class="grow" { (lang.t(&format!("missing-{missing}"))) }
                    span class="num sub" { (lang.tx("today-records-students", &[("n", (*count).into())])) }
                    a class="plain sm" href={ "/students?missing=" (missing) } { (lang.t("today-open")) " " (icon(Icon::ChevronRight)) }
                }
            }
        }
    };
    card::bare_card(&head, &body)
}
