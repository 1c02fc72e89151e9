//! How the province stands, on one page; and where a phone finds the rest.

use crate::at::{At, ITEMS, item};
use crate::traffic;
use axum::response::Response;
use kernel::Date;
use maud::{Markup, html};
use pasi_reference::Client;
use ui::card::{Head, bare_card, card};
use ui::facts::Facts;
use ui::head::PageHead;
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};
use ui::{Action, icon};

/// How many of the last calls stand on the page.
const CALLS: usize = 8;

/// The overview.
pub(crate) async fn page(at: At) -> Response {
    let calls = at.desk.calls();
    let last: Vec<_> = calls.iter().rev().take(CALLS).collect();
    let more = Action::link(at.t("desk-traffic-all"), item::TRAFFIC).small();
    let clients = Action::link(at.t("desk-clients-all"), item::CLIENTS).small();
    let body = html! {
        (PageHead::new(at.t("desk-overview"))
            .facts(at.t("desk-overview-facts"))
            .action(Action::link(at.t("desk-trouble-go"), item::TROUBLE))
            .action(Action::link(at.t("desk-find-go"), item::STUDENTS).primary())
            .draw())
        div class="grid" {
            div class="s4 stack" {
                (card(&Head::new("province", at.t("desk-province")), &facts(&at)))
            }
            div class="s8 stack" {
                (bare_card(&Head::new("clients", at.t("desk-clients")).end(html! { (clients) }), &client_table(&at)))
                (bare_card(&Head::new("calls", at.t("desk-last-calls")).end(html! { (more) }), &traffic::table(&at, &last)))
            }
        }
    };
    at.page(item::OVERVIEW, &at.t("desk-overview"), body)
}

fn facts(at: &At) -> Markup {
    let overview = at.desk.overview();
    let number = |n: usize| at.lang.number(i64::try_from(n).unwrap_or(i64::MAX));
    let open = at.desk.school_years();
    let open: Vec<String> = open
        .iter()
        .filter(|year| year.year.is_accepted)
        .map(|year| year.year.school_year.to_string())
        .collect();
    let open = match open.as_slice() {
        [first, .., last] => at
            .lang
            .tx(
                "desk-years-from-to",
                &[("first", first.into()), ("last", last.into())],
            )
            .into_owned(),
        [one] => one.clone(),
        [] => at.t("desk-none"),
    };
    let state = if at.desk.trouble().is_any() {
        pill(State::Warning, &at.t("desk-state-trouble"))
    } else {
        pill(State::Ok, &at.t("desk-state-fine"))
    };
    Facts::new()
        .fact(at.t("desk-state"), state)
        .figure(at.t("desk-version"), at.lang.number(overview.version))
        .figure(at.t("desk-students"), number(overview.students))
        .figure(at.t("desk-schools"), number(overview.schools))
        .figure(at.t("desk-authorities"), number(overview.authorities))
        .figure(at.t("desk-polls"), number(overview.polls))
        .figure(at.t("desk-to-judge"), number(overview.to_judge))
        .fact(at.t("desk-open-years"), html! { span class="num" { (open) } })
        .figure(
            at.t("desk-clock"),
            at.lang.moment(at.desk.now().local(), at.today().civil()),
        )
        .draw()
}

fn client_table(at: &At) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-client")),
        Column::new(at.t("desk-organizations")).hide_on_phone(),
        Column::new(at.t("desk-certificate")),
        Column::new(at.t("desk-state")),
    ];
    let rows = at.desk.clients().into_iter().map(|client| {
        let organizations: Vec<String> = client.organizations.iter().map(ToString::to_string).collect();
        Row::new(vec![
            cell(&client.name),
            html! { span class="num" { (organizations.join(", ")) } },
            html! { span class="num" { (until(at, &client)) } },
            client_state(at, &client, at.today()),
        ])
        .link(
            0,
            format!("{}/{}", item::CLIENTS, crate::answer::encoded(&client.name)),
        )
    });
    Table::new(at.t("desk-clients"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-clients-none"), None))
        .draw(at.lang)
}

/// Until when the best of a client's certificates holds.
fn until(at: &At, client: &Client) -> String {
    let usable = client.certificates.iter().filter(|held| held.is_active);
    let last = usable.map(|held| held.validity.until).max();
    last.map_or_else(
        || at.t("desk-none"),
        |day| at.with("desk-until", "date", day.as_str()),
    )
}

/// Whether a client can call today.
pub(crate) fn client_state(at: &At, client: &Client, today: Date) -> Markup {
    let has_certificate = client
        .certificates
        .iter()
        .any(|held| held.is_active && held.validity.holds_on(today));
    match (client.is_active, has_certificate) {
        (true, true) => pill(State::Ok, &at.t("desk-may-call")),
        (true, false) => pill(State::Warning, &at.t("desk-no-certificate")),
        (false, _) => pill(State::Blocked, &at.t("desk-disabled")),
    }
}

/// Every item, for phones.
pub(crate) async fn more(at: At) -> Response {
    let body = html! {
        (PageHead::new(at.t("nav-more")).draw())
        section class="card" aria-label=(at.t("nav-more")) {
            ul class="list kinds" {
                @for (href, words, glyph) in ITEMS {
                    li { a class="row-x" href=(href) { (icon(glyph)) span class="grow" { (at.t(words)) } } }
                }
            }
        }
    };
    at.page("/more", &at.t("nav-more"), body)
}

/// No such address.
pub(crate) async fn not_found(at: At) -> Response {
    at.missing(item::OVERVIEW)
}
