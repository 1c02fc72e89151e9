//! Documents whose time has come: which may go, letting one go for good, and
//! what went.

use crate::at::{At, item};
use crate::posted::{Fields, Posted, done, told, wrong};
use crate::students::change::refused;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use pasi_reference::Disposal;
use pasi_wire::messages::StudentRecordDocument;
use ui::Action;
use ui::card::{Head, bare_card};
use ui::form::{Finding, Form, summary};
use ui::head::PageHead;
use ui::table::{Column, Row, Table, cell};

/// Who lets documents go, as the entry that stays says.
const BY: &str = "Ministry console";
/// Most rows of either table.
const MOST: usize = 200;

/// Which may go, and which went.
pub(crate) async fn page(at: At, Query(query): Query<Vec<(String, String)>>) -> Response {
    let done = Fields::from(query).some("done");
    draw(&at, StatusCode::OK, &[], done.as_deref())
}

fn draw(at: &At, status: StatusCode, findings: &[Finding], done: Option<&str>) -> Response {
    let due = at.desk.outside().due_for_disposal();
    let gone = at.desk.outside().disposals().unwrap_or_else(|error| {
        tracing::error!(%error, "the entries of documents that went");
        Vec::new()
    });
    let body = html! {
        (PageHead::new(at.t("desk-documents")).facts(at.t("desk-documents-facts")).draw())
        (told(at, done))
        (summary(at.lang, findings, &[]))
        div class="stack" {
            (bare_card(&Head::new("due", at.t("desk-due")).end(count(due.len())), &due_table(at, &due)))
            (bare_card(&Head::new("gone", at.t("desk-gone")).end(count(gone.len())), &gone_table(at, &gone)))
        }
    };
    at.page_with(status, item::DOCUMENTS, &at.t("desk-documents"), body)
}

/// How many there are, also beyond those shown.
fn count(all: usize) -> Markup {
    html! { span class="sm dim num" { (all) } }
}

fn due_table(at: &At, due: &[StudentRecordDocument]) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-document-kind")),
        Column::new(at.t("desk-asn")),
        Column::new(at.t("desk-document-title")).hide_on_phone(),
        Column::new(at.t("desk-due-since")),
        Column::new(at.t("desk-document-do")),
    ];
    let rows = due.iter().take(MOST).map(|held| {
        Row::new(vec![
            cell(&held.document_type),
            html! { a class="num nw" href=(crate::students::path(held.asn)) { (held.asn) } },
            cell(&held.title),
            html! { span class="num nw" { (held.scheduled_disposal_date.map(|day| day.to_string()).unwrap_or_default()) } },
            let_go(at, held),
        ])
    });
    Table::new(at.t("desk-due"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-due-none"), None))
        .draw(at.lang)
}

fn let_go(at: &At, held: &StudentRecordDocument) -> Markup {
    let fields = html! {
        input type="hidden" name="document" value=(held.ref_id);
        (Action::submit(at.t("desk-let-go")).danger().small())
    };
    Form::post(item::DOCUMENTS).draw(&at.token, &fields)
}

fn gone_table(at: &At, gone: &[Disposal]) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-document-kind")),
        Column::new(at.t("desk-document")).hide_on_phone(),
        Column::new(at.t("desk-due-since")),
        Column::new(at.t("desk-gone-at")),
        Column::new(at.t("desk-gone-by")).hide_on_phone(),
    ];
    let rows = gone.iter().rev().take(MOST).map(|entry| {
        Row::new(vec![
            cell(&entry.document_type),
            html! { span class="num sm dim" { (entry.document) } },
            html! { span class="num nw" { (entry.eligible_on) } },
            html! { span class="num nw" { (at.lang.moment(entry.disposed_at.local(), at.today().civil())) } },
            cell(&entry.by),
        ])
    });
    Table::new(at.t("desk-gone"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-gone-none"), None))
        .draw(at.lang)
}

/// Lets a document go with its file.
pub(crate) async fn dispose(Posted { at, fields }: Posted) -> Response {
    let Some(document) = fields.parsed::<uuid::Uuid>("document") else {
        let found = [wrong(&at, "", "desk-missing")];
        return draw(&at, StatusCode::UNPROCESSABLE_ENTITY, &found, None);
    };
    match at.desk.outside().dispose(document, BY).await {
        Ok(_) => {
            at.desk.note("document.disposed", document, &[]);
            done(item::DOCUMENTS, "disposed")
        }
        Err(error) => draw(&at, StatusCode::CONFLICT, &[refused(&at, &error)], None),
    }
}
