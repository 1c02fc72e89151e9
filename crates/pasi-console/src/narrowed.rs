//! A page with a list that is narrowed by words and choices.

use crate::at::At;
use axum::response::Response;
use maud::{Markup, html};
use ui::head::PageHead;
use ui::list::{FilterSelect, Filters, Pager, filters, list_card, pager};

/// What such a page is made of; words are keys.
pub(crate) struct Narrowed {
    /// Its item, whose address it has.
    pub(crate) item: &'static str,
    /// Its title; the line below it is the same key with `-facts`.
    pub(crate) title: &'static str,
    /// What the list holds.
    pub(crate) holds: &'static str,
    /// Id of the part that is replaced while one types.
    pub(crate) results: &'static str,
    /// What is typed is looked for where.
    pub(crate) find: &'static str,
    /// What is typed.
    pub(crate) typed: String,
    /// Further choices.
    pub(crate) selects: Vec<FilterSelect>,
}

impl Narrowed {
    /// The page with the rows found and what is said below them.
    pub(crate) fn draw(self, at: &At, rows: &Markup, foot: &Markup) -> Response {
        let is_filtered =
            !self.typed.is_empty() || self.selects.iter().any(|select| !select.value.is_empty());
        let bar = Filters {
            action: self.item.to_owned(),
            text_label: at.t(self.find),
            text: self.typed,
            selects: self.selects,
            hidden: Vec::new(),
            clear: is_filtered.then(|| self.item.to_owned()),
            results_id: self.results.to_owned(),
        };
        let bar = filters(at.lang, &bar, &Markup::default());
        let title = at.t(self.title);
        let body = html! {
            (PageHead::new(title.as_str()).facts(at.t(&format!("{}-facts", self.title))).draw())
            (list_card(&at.t(self.holds), self.results, &bar, rows, foot))
        };
        at.page(self.item, &title, body)
    }
}

/// How many of all are shown.
pub(crate) fn counted(at: &At, shown: usize, total: usize) -> Markup {
    let counts = Pager {
        shown,
        total,
        ..Pager::default()
    };
    pager(at.lang, &counts, &Markup::default())
}
