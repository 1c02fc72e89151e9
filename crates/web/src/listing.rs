//! What every list has besides its rows: headings that order it, and the form
//! of file it leaves in. The order stands in the address, `-` before a column's
//! word for highest first.

use exchange::export::ExportFormat;
use ui::Action;
use ui::table::{Column, Order};
use ui::{Icon, Lang};

/// The order a list is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ordered<'a> {
    /// By which column.
    pub(crate) by: &'a str,
    /// Highest first.
    pub(crate) is_down: bool,
    /// Its usual column, which the address does not name.
    usual: &'a str,
}

impl<'a> Ordered<'a> {
    /// As an address asks for it; the first of the columns `known` is the usual one.
    pub(crate) fn of(asked: &'a str, known: &[&'a str]) -> Self {
        let (is_down, word) = match asked.strip_prefix('-') {
            Some(word) => (true, word),
            None => (false, asked),
        };
        let usual = known.first().copied().unwrap_or_default();
        match known.iter().find(|column| **column == word) {
            Some(by) => Self { by, is_down, usual },
            None => Self {
                by: usual,
                is_down: is_down && word.is_empty(),
                usual,
            },
        }
    }

    /// A heading that orders by its column. `to` is the address of the list in an order.
    pub(crate) fn heading(self, column: Column, word: &str, to: impl Fn(&str) -> String) -> Column {
        let (href, order) = self.link(word, to);
        column.sort(href, order)
    }

    /// Where a heading leads, and how the list is ordered by it now; pressed
    /// again, it turns the order round.
    pub(crate) fn link(self, word: &str, to: impl Fn(&str) -> String) -> (String, Option<Order>) {
        let (order, next) = match (self.by == word, self.is_down) {
            (true, false) => (Some(Order::Up), format!("-{word}")),
            (true, true) => (Some(Order::Down), word.to_owned()),
            (false, _) => (None, word.to_owned()),
        };
        let next = if next == self.usual { "" } else { next.as_str() };
        (to(next), order)
    }

    /// Puts rows that are all here in the order of what `key` gives.
    pub(crate) fn put<T, K: Ord>(self, rows: &mut [T], key: impl Fn(&T) -> K) {
        rows.sort_by(|one, other| {
            let order = key(one).cmp(&key(other));
            if self.is_down { order.reverse() } else { order }
        });
    }
}

/// What kind of file an address asks for; a text when it says none.
pub(crate) fn format(asked: &str) -> ExportFormat {
    asked.parse().unwrap_or(ExportFormat::Csv)
}

/// The links to the list as a text and as a workbook; `to` is its address in a form.
pub(crate) fn exports(lang: Lang, to: impl Fn(&str) -> String) -> [Action; 2] {
    [("csv", "CSV"), ("xlsx", "Excel")].map(|(format, name)| {
        let words = lang.tx("export-as", &[("format", name.into())]).into_owned();
        Action::link(words, to(format))
            .icon(Icon::Download)
            .class("hide-ph")
    })
}

#[cfg(test)]
mod tests {
    use super::Ordered;

    #[test]
    fn an_order_is_read_from_the_address_and_never_one_that_the_list_has_not() {
        let known = ["name", "code"];
        for (asked, by, is_down) in [
            ("", "name", false),
            ("-name", "name", true),
            ("code", "code", false),
            ("-code", "code", true),
            ("password", "name", false),
            ("-password", "name", false),
        ] {
            let ordered = Ordered::of(asked, &known);
            assert_eq!((ordered.by, ordered.is_down), (by, is_down), "{asked}");
        }
    }

    #[test]
    fn rows_are_put_in_order_and_turned_round() {
        let mut rows = ["b", "c", "a"];
        Ordered::of("", &["name"]).put(&mut rows, |row| *row);
        assert_eq!(rows, ["a", "b", "c"]);
        Ordered::of("-name", &["name"]).put(&mut rows, |row| *row);
        assert_eq!(rows, ["c", "b", "a"]);
    }
}
