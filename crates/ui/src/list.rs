//! A list page's card: filters by address, the table, and paging by key.

use maud::{Markup, html};

use crate::form::{Choice, Form};
use crate::{Action, Icon, Lang, icon};

/// One list to choose from in the filter bar.
#[derive(Clone, Debug)]
pub struct FilterSelect {
    /// Name in the address.
    pub name: String,
    /// Accessible name; shown as the first, empty choice.
    pub label: String,
    /// The choices.
    pub choices: Vec<Choice>,
    /// The one chosen; empty for none.
    pub value: String,
}

/// The filter bar: its state is in the address, so back and bookmarks work.
#[derive(Clone, Debug)]
pub struct Filters {
    /// The list's own address.
    pub action: String,
    /// Accessible name and placeholder of the text filter; sent as `q`.
    pub text_label: String,
    /// What is typed in it.
    pub text: String,
    /// Further choices.
    pub selects: Vec<FilterSelect>,
    /// What must stay in the address: sort order, year.
    pub hidden: Vec<(String, String)>,
    /// The address without a filter, when one is set.
    pub clear: Option<String>,
    /// Id of the element that is replaced while one types; the server answers the same page.
    pub results_id: String,
}

/// Draws the filter bar; `end` stands at its end, as in the order of the list.
pub fn filters(lang: Lang, filters: &Filters, end: &Markup) -> Markup {
    let selector = format!("#{}", filters.results_id);
    let fields = html! {
        input class="form-control" type="search" name="q" value=(filters.text) placeholder=(filters.text_label) aria-label=(filters.text_label)
            autocomplete="off" spellcheck="false" hx-get=(filters.action) hx-trigger="input changed delay:250ms" hx-include="closest form"
            hx-target=(selector) hx-select=(selector) hx-swap="morph:outerHTML" hx-push-url="true" hx-sync="this:replace";
        @for (name, value) in &filters.hidden { input type="hidden" name=(name) value=(value); }
        @for select in &filters.selects { (select_box(select)) }
        (Action::submit(lang.t("filter-apply")).small().icon(Icon::Filter))
        @if let Some(clear) = &filters.clear { a class="sm" href=(clear) { (lang.t("filter-clear")) } }
        (end)
    };
    Form::get(&filters.action)
        .class("filters no-print")
        .draw("", &fields)
}

fn select_box(select: &FilterSelect) -> Markup {
    html! {
        select class="form-select" name=(select.name) aria-label=(select.label) data-submit {
            option value="" { (select.label) }
            @for choice in &select.choices { option value=(choice.value) selected[choice.value == select.value] { (choice.label) } }
        }
    }
}

/// A filter bar of choices alone: what is shown follows the address. `hidden` stays in it; `end` stands at its end.
pub fn choices(
    lang: Lang,
    action: &str,
    selects: &[FilterSelect],
    hidden: &[(&str, &str)],
    end: &Markup,
) -> Markup {
    let fields = html! {
        @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
        @for select in selects { (select_box(select)) }
        @if !selects.is_empty() { (Action::submit(lang.t("filter-apply")).small().icon(Icon::Filter)) }
        (end)
    };
    Form::get(action).class("filters no-print").draw("", &fields)
}

/// Where the list stands: paging by key has no page numbers.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    /// Rows on screen.
    pub shown: usize,
    /// Rows in all.
    pub total: usize,
    /// There are more; no more were counted.
    pub is_longer: bool,
    /// Address of the rows before.
    pub previous: Option<String>,
    /// Address of the rows after.
    pub next: Option<String>,
}

/// The foot of a list: how many are shown, and the way on; `end` holds the keys or nothing.
pub fn pager(lang: Lang, pager: &Pager, end: &Markup) -> Markup {
    let count = if pager.is_longer {
        lang.tx(
            "list-shown-longer",
            &[("shown", pager.shown.into()), ("total", pager.total.into())],
        )
    } else if pager.shown < pager.total {
        lang.tx(
            "list-shown",
            &[("shown", pager.shown.into()), ("total", pager.total.into())],
        )
    } else {
        lang.tx("list-shown-all", &[("total", pager.total.into())])
    };
    html! {
        div class="pager sm" {
            span class="dim num" { (count) }
            (end)
            @if pager.previous.is_some() || pager.next.is_some() {
                nav class="end row-x" aria-label=(lang.t("list-pages")) {
                    @if let Some(href) = &pager.previous { a class="btn btn-s" href=(href) rel="prev" { (icon(Icon::ChevronLeft)) (lang.t("list-previous")) } }
                    @if let Some(href) = &pager.next { a class="btn btn-s" href=(href) rel="next" { (lang.t("list-next")) (icon(Icon::ChevronRight)) } }
                }
            }
        }
    }
}

/// The whole list: filters, results, foot, in one card. The results element has the id of the filters.
pub fn list_card(label: &str, results_id: &str, filters: &Markup, table: &Markup, foot: &Markup) -> Markup {
    html! {
        section class="card" aria-label=(label) {
            (filters)
            div id=(results_id) { (table) (foot) }
        }
    }
}
