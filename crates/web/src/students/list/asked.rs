//! What the address of the list asks for: filter, order, columns, place. A
//! saved list is the same, kept under a name.

use crate::answer::query;
use crate::who::Who;
use kernel::{SavedId, SchoolId};
use people::{ListQuery, ListView, Missing, PlaceState, Sort};

/// Rows on a page.
pub(crate) const ROWS: usize = 50;

/// What the address asks for. Empty texts ask for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) q: String,
    pub(crate) school: String,
    pub(crate) grade: String,
    pub(crate) homeroom: String,
    pub(crate) state: String,
    pub(crate) sync: String,
    pub(crate) kind: String,
    pub(crate) grant: String,
    pub(crate) exception: String,
    pub(crate) language: String,
    pub(crate) missing: String,
    /// A column's word, with `-` before it for highest first.
    pub(crate) sort: String,
    pub(crate) columns: Vec<String>,
    /// The saved list it began with; `none` for the usual one.
    pub(crate) list: String,
    /// The place in the list.
    pub(crate) after: String,
}

impl Asked {
    /// From the pairs of a query; a column stands once for each.
    pub(crate) fn of(pairs: Vec<(String, String)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            match name.as_str() {
                "q" => asked.q = value,
                "school" => asked.school = value,
                "grade" => asked.grade = value,
                "homeroom" => asked.homeroom = value,
                "state" => asked.state = value,
                "sync" => asked.sync = value,
                "type" => asked.kind = value,
                "grant" => asked.grant = value,
                "exception" => asked.exception = value,
                "language" => asked.language = value,
                "missing" => asked.missing = value,
                "sort" => asked.sort = value,
                "col" if !value.is_empty() => asked.columns.push(value),
                "list" => asked.list = value,
                "after" => asked.after = value,
                _ => {}
            }
        }
        asked
    }

    /// What a family asks for: own children, wherever they stand. It has no filters.
    pub(crate) fn of_family() -> Self {
        Self {
            state: "all".to_owned(),
            ..Self::default()
        }
    }

    /// What a saved list asks for.
    pub(crate) fn of_view(view: &ListView, list: Option<SavedId>) -> Self {
        let query = &view.query;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let sort = query.sort.filter(|sort| *sort != Sort::Name || query.descending);
        Self {
            q: text(&query.text),
            school: query.school.map(|school| school.to_string()).unwrap_or_default(),
            grade: text(&query.grade),
            homeroom: text(&query.homeroom),
            state: match query.state {
                None => "all".to_owned(),
                Some(PlaceState::Enrolled) => String::new(),
                Some(state) => state.as_str().to_owned(),
            },
            sync: text(&query.sync),
            kind: text(&query.enrolment_type),
            grant: text(&query.grant),
            exception: text(&query.exception),
            language: text(&query.language),
            missing: query
                .missing
                .map(|missing| missing.as_str().to_owned())
                .unwrap_or_default(),
            sort: sort
                .map(|sort| format!("{}{}", if query.descending { "-" } else { "" }, sort.as_str()))
                .unwrap_or_default(),
            columns: view.columns.clone(),
            list: list.map(|id| id.to_string()).unwrap_or_default(),
            after: String::new(),
        }
    }

    /// The question to the records; the school on screen stands in for none.
    pub(crate) fn query(&self, who: &Who) -> ListQuery {
        let after = self
            .after
            .rsplit_once('~')
            .and_then(|(key, id)| Some((key.to_owned(), id.parse().ok()?)));
        let asked = self.view().query;
        let year = who.other_year();
        ListQuery {
            year,
            // A list of another year begins with everyone who was enrolled in it.
            state: asked.state.filter(|_| year.is_none() || !self.state.is_empty()),
            school: asked.school.or(who.school()),
            after,
            limit: ROWS,
            ..asked
        }
    }

    /// The list as it would be saved: without the school on screen and the place in it.
    pub(crate) fn view(&self) -> ListView {
        let text = |value: &String| Some(value.clone()).filter(|value| !value.is_empty());
        let (descending, sort) = match self.sort.strip_prefix('-') {
            Some(sort) => (true, sort),
            None => (false, self.sort.as_str()),
        };
        let query = ListQuery {
            school: self.school(),
            grade: text(&self.grade),
            homeroom: text(&self.homeroom),
            state: if self.state == "all" {
                None
            } else {
                Some(self.state.parse().unwrap_or(PlaceState::Enrolled))
            },
            sync: text(&self.sync),
            enrolment_type: text(&self.kind),
            grant: text(&self.grant),
            exception: text(&self.exception),
            language: text(&self.language),
            missing: self.missing.parse::<Missing>().ok(),
            text: text(&self.q),
            sort: Some(sort.parse().unwrap_or(Sort::Name)),
            descending,
            ..ListQuery::default()
        };
        ListView {
            query,
            columns: self.columns.clone(),
        }
    }

    fn school(&self) -> Option<SchoolId> {
        self.school.parse().ok()
    }

    /// Every pair that is not empty, but the place in the list.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = vec![
            ("q", self.q.as_str()),
            ("school", &self.school),
            ("grade", &self.grade),
            ("homeroom", &self.homeroom),
            ("state", &self.state),
            ("sync", &self.sync),
            ("type", &self.kind),
            ("grant", &self.grant),
            ("exception", &self.exception),
            ("language", &self.language),
            ("missing", &self.missing),
            ("sort", &self.sort),
            ("list", &self.list),
        ];
        pairs.extend(self.columns.iter().map(|column| ("col", column.as_str())));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// The same list with one thing changed, at `path`.
    pub(crate) fn with_at(&self, path: &str, name: &str, value: &str) -> String {
        let pairs = self.pairs();
        let kept = pairs.into_iter().filter(|(key, _)| *key != name);
        format!("{path}{}", query(kept.chain([(name, value)])))
    }

    /// The same list with one thing changed.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        self.with_at("/students", name, value)
    }

    /// The list's address from its beginning.
    pub(crate) fn address(&self) -> String {
        self.with("after", "")
    }

    /// Does it narrow the list at all?
    pub(crate) fn is_filtered(&self) -> bool {
        self.pairs()
            .iter()
            .any(|(name, _)| !matches!(*name, "sort" | "col" | "list"))
    }

    /// Does it ask for the same as another, whatever list they began with and wherever they stand?
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let bare = |asked: &Self| Self {
            list: String::new(),
            after: String::new(),
            ..asked.clone()
        };
        bare(self) == bare(other)
    }

    /// Filters that stand under "more".
    pub(crate) fn more(&self) -> usize {
        [
            &self.kind,
            &self.grant,
            &self.exception,
            &self.language,
            &self.missing,
            &self.sync,
        ]
        .iter()
        .filter(|value| !value.is_empty())
        .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &[(&str, &str)]) -> Asked {
        let pairs = query
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Asked::of(pairs.collect())
    }

    #[test]
    fn a_list_that_was_saved_has_the_address_it_was_saved_from() {
        for query in [
            &[][..],
            &[("state", "all")],
            &[("state", "left"), ("grade", "09"), ("sort", "-born")],
            &[("q", "osei"), ("homeroom", "7B"), ("missing", "guardian-phone")],
            &[("grant", "500"), ("type", "110"), ("col", "asn"), ("col", "born")],
            &[("sort", "-name")],
        ] {
            let before = asked(query);
            let back = Asked::of_view(&before.view(), None);
            assert!(before.is_like(&back), "{query:?}: {back:?}");
            assert_eq!(before.address(), back.address());
        }
    }

    #[test]
    fn one_thing_changes_and_the_rest_stays() {
        let list = asked(&[("grade", "06"), ("sort", "born"), ("after", "x~y")]);
        assert_eq!(list.with("sort", "-born"), "/students?grade=06&sort=-born");
        assert_eq!(list.with("grade", ""), "/students?sort=born");
        assert_eq!(list.address(), "/students?grade=06&sort=born");
        assert!(list.is_filtered() && !asked(&[("sort", "born")]).is_filtered());
    }
}
