//! Tables to read or scan: a caption, headers that sort by address, rows that lead somewhere.

use maud::{Markup, Render, html};

use crate::{Icon, Lang, icon};

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Lowest first.
    Up,
    /// Highest first.
    Down,
}

/// Where a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Start,
    Figures,
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    sort: Option<(String, Option<Order>)>,
    align: Align,
    hide_on_phone: bool,
    unseen: bool,
}

impl Column {
    /// A column of words.
    pub fn new(label: impl Into<String>) -> Column {
        Column {
            label: label.into(),
            sort: None,
            align: Align::Start,
            hide_on_phone: false,
            unseen: false,
        }
    }

    /// A column of figures, to the right.
    pub fn figures(label: impl Into<String>) -> Column {
        Column {
            align: Align::Figures,
            ..Column::new(label)
        }
    }

    /// Sorts by this address; `order` when it is the sorted one.
    #[must_use]
    pub fn sort(mut self, href: impl Into<String>, order: Option<Order>) -> Column {
        self.sort = Some((href.into(), order));
        self
    }

    /// Absent on a phone; its facts must be on the row's page.
    #[must_use]
    pub fn hide_on_phone(mut self) -> Column {
        self.hide_on_phone = true;
        self
    }

    /// Its heading is read, not drawn: ticks, row menus.
    #[must_use]
    pub fn unseen_label(mut self) -> Column {
        self.unseen = true;
        self
    }

    fn class(&self) -> Option<&'static str> {
        match (self.align, self.hide_on_phone) {
            (Align::Start, false) => None,
            (Align::Start, true) => Some("hide-ph"),
            (Align::Figures, false) => Some("r num"),
            (Align::Figures, true) => Some("r num hide-ph"),
        }
    }
}

/// One row: as many cells as columns.
#[derive(Clone, Debug, Default)]
pub struct Row {
    cells: Vec<Markup>,
    href: Option<(usize, String)>,
    leads: bool,
    selected: bool,
    id: Option<String>,
}

impl Row {
    /// A row of cells.
    pub fn new(cells: Vec<Markup>) -> Row {
        Row {
            cells,
            ..Row::default()
        }
    }

    /// Makes the cell at `at` the link of the row; a press anywhere on the row follows it.
    #[must_use]
    pub fn link(mut self, at: usize, href: impl Into<String>) -> Row {
        self.href = Some((at, href.into()));
        self
    }

    /// Says that a cell already holds the row's link: a press anywhere on the row follows the first link in it.
    #[must_use]
    pub fn leads(mut self) -> Row {
        self.leads = true;
        self
    }

    /// Marks the row as the one open beside the table.
    #[must_use]
    pub fn selected(mut self, selected: bool) -> Row {
        self.selected = selected;
        self
    }

    /// An id, for swaps of one row.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Row {
        self.id = Some(id.into());
        self
    }
}

/// A cell from anything that can be drawn.
pub fn cell(content: impl Render) -> Markup {
    content.render()
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: Markup,
}

impl Table {
    /// A table. The caption names it for assistive technology and is the name of its scrolling region.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Table {
        Table {
            caption: caption.into(),
            columns,
            rows: Vec::new(),
            empty: Markup::default(),
        }
    }

    /// The rows.
    #[must_use]
    pub fn rows(mut self, rows: Vec<Row>) -> Table {
        self.rows = rows;
        self
    }

    /// What stands in place of rows: one sentence why, one action (see [`crate::waiting::empty`]).
    #[must_use]
    pub fn empty(mut self, empty: Markup) -> Table {
        self.empty = empty;
        self
    }

    /// Draws the table in a named group that may scroll sideways.
    pub fn draw(&self, lang: Lang) -> Markup {
        if self.rows.is_empty() && !self.empty.0.is_empty() {
            return self.empty.clone();
        }
        html! {
            div class="ox" tabindex="0" role="group" aria-label=(self.caption) {
                table class="t" data-list {
                    caption class="visually-hidden" { (self.caption) }
                    thead { tr { @for column in &self.columns { (header(lang, column)) } } }
                    tbody { @for row in &self.rows { (self.row(row)) } }
                }
            }
        }
    }

    fn row(&self, row: &Row) -> Markup {
        debug_assert_eq!(
            row.cells.len(),
            self.columns.len(),
            "a row of {:?} has a cell for each column",
            self.caption
        );
        html! {
            tr id=[row.id.as_deref()] aria-selected=[row.selected.then_some("true")] data-row[row.leads || row.href.is_some()] {
                @for (at, (cell, column)) in row.cells.iter().zip(&self.columns).enumerate() {
                    td class=[column.class()] {
                        @match &row.href {
                            Some((link, href)) if *link == at => a class="plain b" href=(href) { (cell) },
                            _ => (cell),
                        }
                    }
                }
            }
        }
    }
}

fn header(lang: Lang, column: &Column) -> Markup {
    let (sorted, glyph, words) = match &column.sort {
        Some((_, Some(Order::Up))) => (Some("ascending"), Icon::ArrowUp, "sorted-up"),
        Some((_, Some(Order::Down))) => (Some("descending"), Icon::ArrowDown, "sorted-down"),
        _ => (None, Icon::ArrowsSort, ""),
    };
    html! {
        th scope="col" class=[column.class()] aria-sort=[sorted] {
            @match &column.sort {
                Some((href, _)) => a href=(href) {
                    (column.label) (icon(glyph))
                    @if !words.is_empty() { span class="visually-hidden" { ", " (lang.t(words)) } }
                },
                None if column.unseen => span class="visually-hidden" { (column.label) },
                None => (column.label),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let columns = vec![
            Column::new("Name").sort("/s?sort=-name", Some(Order::Up)),
            Column::figures("Age"),
        ];
        Table::new("Students", columns).rows(vec![
            Row::new(vec![cell("Osei, Kwabena"), cell("12")]).link(0, "/students/1"),
        ])
    }

    #[test]
    fn a_table_is_named_and_its_order_is_told() {
        let drawn = table().draw(Lang::EnCa).into_string();
        assert!(drawn.contains(r#"aria-label="Students""#) && drawn.contains("<caption"));
        assert!(drawn.contains(r#"aria-sort="ascending""#) && drawn.contains("lowest first"));
        assert!(drawn.contains(r#"<a class="plain b" href="/students/1">Osei, Kwabena</a>"#));
    }

    #[test]
    fn a_table_without_rows_says_why() {
        let drawn = table()
            .rows(Vec::new())
            .empty(crate::waiting::empty("No student yet.", None))
            .draw(Lang::EnCa)
            .into_string();
        assert!(drawn.contains("No student yet.") && !drawn.contains("<table"));
    }
}
