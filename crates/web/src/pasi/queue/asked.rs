//! What the address of the queue asks for: tab, school, words, the open row.

use crate::answer::query;
use crate::listing::Ordered;
use kernel::{AccountId, SchoolId};
use pasi::QueueFilter;
use serde::Deserialize;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(super) tab: String,
    pub(super) school: String,
    pub(super) q: String,
    /// `1`: only what was given to the person who asks.
    pub(super) mine: String,
    /// A column's word, with `-` before it for highest first; empty for the gravest first.
    pub(super) sort: String,
    /// Of a file: its kind.
    pub(in crate::pasi) format: String,
    /// The open row: an item's id, or a student's.
    pub(in crate::pasi) open: String,
    /// The form that is open in the drawer: `assign` or `note`.
    pub(in crate::pasi) act: String,
    /// What was just done, to be said once.
    pub(super) said: String,
}

/// The tabs in their order: name in the address, and what they show.
pub(super) const TABS: [(&str, QueueFilter); 8] = [
    ("to-do", QueueFilter::ToDo),
    ("rejected", QueueFilter::Rejected),
    ("conflicts", QueueFilter::Conflicts),
    ("warnings", QueueFilter::Warnings),
    ("advice", QueueFilter::Advice),
    ("approval", QueueFilter::Approval),
    ("waiting", QueueFilter::Waiting),
    ("done", QueueFilter::DoneToday),
];

/// The columns that order the rows; the usual order is that of what is gravest.
pub(super) const SORTED: [&str; 5] = ["gravity", "name", "rule", "school", "age"];

impl Asked {
    pub(in crate::pasi) fn filter(&self) -> QueueFilter {
        TABS.iter()
            .find(|(name, _)| *name == self.tab)
            .map_or(QueueFilter::ToDo, |(_, filter)| *filter)
    }

    /// The same queue with another row open; empty for none.
    pub(in crate::pasi) fn opening(&self, open: &str) -> Self {
        Self {
            open: open.to_owned(),
            act: String::new(),
            said: String::new(),
            ..self.clone()
        }
    }

    /// The same row with a form open.
    pub(in crate::pasi) fn acting(&self, act: &str) -> Self {
        Self {
            act: act.to_owned(),
            ..self.clone()
        }
    }

    /// The same queue in another order.
    pub(super) fn ordering(&self, sort: &str) -> Self {
        Self {
            sort: sort.to_owned(),
            ..self.opening("")
        }
    }

    /// The same queue as a file of that kind.
    pub(super) fn in_format(&self, format: &str) -> Self {
        Self {
            format: format.to_owned(),
            ..self.opening("")
        }
    }

    /// The same queue, which says what was done.
    pub(in crate::pasi) fn saying(&self, said: &str) -> Self {
        Self {
            said: said.to_owned(),
            ..self.opening("")
        }
    }

    /// Which rows of the queue that are; `me` asks, at the school `chosen`.
    pub(in crate::pasi) fn narrowed(
        &self,
        me: AccountId,
        chosen: Option<SchoolId>,
        limit: i64,
    ) -> pasi::Asked {
        pasi::Asked {
            filter: self.filter(),
            school: self.school.parse().ok().or(chosen),
            of: (self.mine == "1").then_some(me),
            limit,
        }
    }

    /// The order of the rows.
    pub(in crate::pasi) fn order(&self) -> Ordered<'_> {
        Ordered::of(&self.sort, &SORTED)
    }

    /// The tab's name, as it is known.
    pub(in crate::pasi) fn tab(&self) -> &'static str {
        TABS.iter()
            .find(|(name, _)| *name == self.tab)
            .map_or(TABS[0].0, |(name, _)| name)
    }

    /// What is asked for, as the query of an address, with its question mark.
    pub(in crate::pasi) fn query(&self) -> String {
        let pairs = [
            ("tab", self.tab.as_str()),
            ("school", &self.school),
            ("q", &self.q),
            ("mine", &self.mine),
            ("sort", &self.sort),
            ("format", &self.format),
            ("open", &self.open),
            ("act", &self.act),
            ("said", &self.said),
        ];
        query(pairs)
    }

    /// The address.
    pub(in crate::pasi) fn path(&self) -> String {
        format!("/pasi{}", self.query())
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use pasi::QueueFilter;

    #[test]
    fn an_address_keeps_what_was_asked() {
        let asked = Asked {
            tab: "rejected".into(),
            q: "é 3004".into(),
            ..Asked::default()
        };
        assert_eq!(
            asked.opening("x").path(),
            "/pasi?tab=rejected&q=%C3%A9%203004&open=x"
        );
        assert_eq!(Asked::default().path(), "/pasi");
    }

    #[test]
    fn an_unknown_tab_shows_what_is_to_do() {
        for (tab, shown) in [
            ("", QueueFilter::ToDo),
            ("advice", QueueFilter::Advice),
            ("x", QueueFilter::ToDo),
        ] {
            assert_eq!(
                Asked {
                    tab: tab.into(),
                    ..Asked::default()
                }
                .filter(),
                shown,
                "{tab}"
            );
        }
    }
}
