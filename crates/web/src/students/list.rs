//! The list of students: filters and order in the address, paging by key.

use crate::answer::{OrStop, PageResult, encoded};
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::{CreateStudents, Export, ViewStudents};
use axum::extract::{Query, State};
use kernel::Grade;
use maud::{Markup, html};
use people::{CardRow, ListQuery, PlaceState, Sort};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::Job;
use ui::form::Choice;
use ui::head::PageHead;
use ui::list::{FilterSelect, Filters, Pager};
use ui::table::{Column, Order, Row, Table};
use ui::{Action, Icon, Lang, icon};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    school: String,
    grade: String,
    state: String,
    sync: String,
    sort: String,
    after: String,
}

/// Rows on a page.
const ROWS: usize = 50;

impl Asked {
    pub(super) fn query(&self, who: &Who) -> ListQuery {
        ListQuery {
            school: self.school.parse().ok().or(who.school()),
            grade: Some(self.grade.clone()).filter(|grade| !grade.is_empty()),
            state: if self.state == "all" {
                None
            } else {
                Some(self.state.parse().unwrap_or(PlaceState::Enrolled))
            },
            sync: Some(self.sync.clone()).filter(|sync| !sync.is_empty()),
            text: Some(self.q.clone()).filter(|text| !text.trim().is_empty()),
            sort: Some(self.sort()),
            after: self
                .after
                .rsplit_once('~')
                .and_then(|(key, id)| Some((key.to_owned(), id.parse().ok()?))),
            limit: ROWS,
            ..ListQuery::default()
        }
    }
    fn sort(&self) -> Sort {
        match self.sort.as_str() {
            "grade" => Sort::Grade,
            "born" => Sort::BirthDate,
            _ => Sort::Name,
        }
    }
    /// The same list with one thing changed.
    fn with(&self, name: &str, value: &str) -> String {
        let mut pairs = vec![
            ("q", self.q.as_str()),
            ("school", &self.school),
            ("grade", &self.grade),
            ("state", &self.state),
            ("sync", &self.sync),
            ("sort", &self.sort),
        ];
        pairs.retain(|(key, _)| *key != name);
        pairs.push((name, value));
        let filled = pairs.iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = filled
            .map(|(key, value)| format!("{key}={}", encoded(value)))
            .collect();
        if query.is_empty() {
            "/students".to_owned()
        } else {
            format!("/students?{}", query.join("&"))
        }
    }
    /// This list, from its begin.
    pub(super) fn address(&self) -> String {
        self.with("after", "")
    }
    /// Where this list is exported.
    pub(super) fn export_address(&self) -> String {
        self.address().replacen("/students", "/students/export", 1)
    }
    fn is_filtered(&self) -> bool {
        [&self.q, &self.school, &self.grade, &self.state, &self.sync]
            .iter()
            .any(|value| !value.is_empty())
    }
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let query = asked.query(&who);
    let read = app.store().read(who.division(), move |at| {
        Ok((people::list(at, &permit, &query)?, schools::directory(at)?))
    });
    let (found, directory) = read.await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Students).await?;
    let lang = ctx.lang;
    let total = usize::try_from(found.total).unwrap_or(0);
    let mut head = PageHead::new(lang.t("students-title")).facts(lang.tx(
        "students-facts",
        &[
            ("n", found.total.into()),
            ("school", ctx.school.label.clone().into()),
        ],
    ));
    if context::may::<Export>(who.standing()) {
        head = head.action(Action::link(lang.t("export-open"), asked.export_address()).icon(Icon::Download));
    }
    if context::may::<CreateStudents>(who.standing()) {
        head = head.action(
            Action::link(lang.t("students-new"), "/students/new")
                .icon(Icon::UserPlus)
                .primary(),
        );
    }
    let pager = Pager {
        shown: found.rows.len(),
        total,
        previous: (!asked.after.is_empty()).then(|| asked.with("after", "")),
        next: found
            .next
            .as_ref()
            .map(|(key, id)| asked.with("after", &format!("{key}~{id}"))),
    };
    let table = table(lang, &asked, &found.rows, &directory);
    let body = html! {
        (head.draw())
        (ui::list::list_card(
            &lang.t("students-title"), "students-rows", &filters(lang, &asked, &directory, &who), &table.draw(lang),
            &ui::list::pager(lang, &pager, &html! {}),
        ))
    };
    Ok(ui::shell::page(&ctx, lang.t("students-title"), body).into())
}

fn filters(lang: Lang, asked: &Asked, directory: &Directory, who: &Who) -> Markup {
    let choice = |value: &str, label: String| Choice::new(value, label);
    let own = &who.standing().schools;
    let reachable = directory
        .all()
        .iter()
        .filter(|school| own.is_empty() || own.contains(&school.id));
    let schools: Vec<Choice> = reachable
        .map(|school| choice(&school.id.to_string(), school.name.clone()))
        .collect();
    let grades = Grade::ALL.iter().map(|grade| {
        choice(
            grade.as_str(),
            lang.tx("crumb-grade", &[("grade", grade.label().into())])
                .into_owned(),
        )
    });
    let states = ["future", "left", "none", "all"]
        .map(|state| choice(state, lang.t(&format!("students-state-{state}")).into_owned()));
    let syncs = pasi::SyncState::ALL.iter().map(|state| {
        choice(
            state.as_str(),
            lookup::sync(state.as_str()).word(lang).into_owned(),
        )
    });
    let select = |name: &str, label: &str, choices: Vec<Choice>, value: &str| FilterSelect {
        name: name.to_owned(),
        label: lang.t(label).into_owned(),
        choices,
        value: value.to_owned(),
    };
    let mut selects = Vec::new();
    if schools.len() > 1 && who.school().is_none() {
        selects.push(select("school", "students-all-schools", schools, &asked.school));
    }
    selects.push(select(
        "grade",
        "students-all-grades",
        grades.collect(),
        &asked.grade,
    ));
    selects.push(select(
        "state",
        "students-state-enrolled",
        states.to_vec(),
        &asked.state,
    ));
    selects.push(select("sync", "students-all-sync", syncs.collect(), &asked.sync));
    let filters = Filters {
        action: "/students".to_owned(),
        text_label: lang.t("students-filter").into_owned(),
        text: asked.q.clone(),
        selects,
        hidden: [("sort".to_owned(), asked.sort.clone())]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        clear: asked.is_filtered().then(|| "/students".to_owned()),
        results_id: "students-rows".to_owned(),
    };
    ui::list::filters(lang, &filters, &html! {})
}

fn table(lang: Lang, asked: &Asked, rows: &[CardRow], directory: &Directory) -> Table {
    let sorted = |key: &str| {
        let on = asked.sort == key || (key == "name" && asked.sort.is_empty());
        (
            asked.with("sort", if key == "name" { "" } else { key }),
            on.then_some(Order::Up),
        )
    };
    let column = |label: &str, key: &str| {
        let (href, order) = sorted(key);
        Column::new(lang.t(label)).sort(href, order)
    };
    let columns = vec![
        column("column-name", "name"),
        Column::figures(lang.t("column-asn")).hide_on_phone(),
        column("column-grade", "grade"),
        Column::new(lang.t("column-homeroom")).hide_on_phone(),
        Column::new(lang.t("column-school")).hide_on_phone(),
        column("column-born", "born").hide_on_phone(),
        Column::new(lang.t("column-pasi")),
    ];
    let rows = rows.iter().map(|card| row(lang, card, directory)).collect();
    let empty = ui::waiting::empty(
        &lang.t("students-none"),
        Some(&Action::link(lang.t("students-show-all"), "/students?state=all")),
    );
    Table::new(lang.t("students-title"), columns)
        .rows(rows)
        .empty(empty)
}

fn row(lang: Lang, card: &CardRow, directory: &Directory) -> Row {
    let state = lookup::sync(&card.sync_state);
    let school = card
        .school
        .map(|school| directory.name(school).to_owned())
        .unwrap_or_default();
    let goes_by = kernel::text::fold(&card.preferred_name);
    let cells = vec![
        html! {
            (card.list_name)
            @if !goes_by.is_empty() && !goes_by.split(' ').all(|word| card.sort_name.contains(word)) {
                " " span class="dim sm" { (lang.tx("students-goes-by", &[("name", card.preferred_name.as_str().into())])) }
            }
            @if card.restriction.is_some_and(people::RestrictionCode::is_gate) {
                " " span class="p bad sq" { (icon(Icon::ShieldLock)) (lang.t("search-restricted")) }
            }
        },
        html! { span class="num" { @if let Some(asn) = card.asn { (asn) } @else { span class="dim" { (lang.t("student-no-asn")) } } } },
        html! { (lookup::grade(&card.grade)) },
        html! { (card.homeroom) },
        html! { (school) },
        html! { span class="num" { (card.birth_date) } },
        ui::pill::state_pill(lang, state),
    ];
    Row::new(cells)
        .link(0, format!("/students/{}", card.student))
        .leads()
}
