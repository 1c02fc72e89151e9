//! What was done at the desk: when, what, and to what.

use crate::at::{At, item};
use axum::response::Response;
use maud::html;
use pasi_reference::Deed;
use ui::card::{Head, bare_card};
use ui::head::PageHead;
use ui::table::{Column, Row, Table, cell};

/// Most deeds shown.
const MOST: usize = 200;

/// The page, the latest first.
pub(crate) async fn page(at: At) -> Response {
    let deeds = at.desk.deeds().unwrap_or_else(|error| {
        tracing::error!(%error, "the trail of the desk");
        Vec::new()
    });
    let columns = vec![
        Column::new(at.t("desk-when")),
        Column::new(at.t("desk-deed")),
        Column::new(at.t("desk-deed-about")),
        Column::new(at.t("desk-deed-parts")).hide_on_phone(),
    ];
    let rows = deeds.iter().rev().take(MOST).map(|deed| {
        Row::new(vec![
            html! { span class="num nw" { (at.lang.moment(deed.at.local(), at.today().civil())) } },
            html! { span class="code" { (deed.what) } },
            about(deed),
            cell(deed.parts.join(", ")),
        ])
    });
    let table = Table::new(at.t("desk-trail"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-trail-none"), None))
        .draw(at.lang);
    let end = html! { span class="sm dim num" { (deeds.len()) } };
    let body = html! {
        (PageHead::new(at.t("desk-trail")).facts(at.t("desk-trail-facts")).draw())
        (bare_card(&Head::new("deeds", at.t("desk-trail")).end(end), &table))
    };
    at.page(item::TRAIL, &at.t("desk-trail"), body)
}

/// What it was done to, with the way there.
fn about(deed: &Deed) -> maud::Markup {
    let kind = deed.what.split('.').next().unwrap_or_default();
    let encoded = crate::answer::encoded(&deed.about);
    let code = deed.about.split_once('.').map_or("", |(_, code)| code);
    let href = match kind {
        "student" => Some(format!("{}/{}", item::STUDENTS, deed.about.replace('-', ""))),
        "client" | "certificate" => Some(format!("{}/{encoded}", item::CLIENTS)),
        "school" => Some(format!("{}/{code}", item::ORGANIZATIONS)),
        "authority" => Some(format!("/authorities/{code}")),
        "code" => Some(format!("{}/{encoded}", item::CODES)),
        _ => None,
    };
    html! {
        @match href {
            Some(href) => a class="num" href=(href) { (deed.about) },
            None => span class="num" { (deed.about) },
        }
    }
}
