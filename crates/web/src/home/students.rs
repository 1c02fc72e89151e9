//! Who is new at school, and how many are where; a teacher's own students one by one.

use crate::lookup;
use crate::students::list::table::name;
use access::action::{ViewSchools, ViewStudents};
use access::{Permit, Scope};
use db::{Reader, Reading};
use kernel::{Date, Outcome, SchoolId};
use maud::{Markup, html};
use people::{CardRow, ListQuery, PlaceState, Sort};
use schools::Directory;
use ui::facts::{Share, bar};
use ui::table::{Column, Row, Table};
use ui::{Lang, card, icon};

/// Days for which a student is new.
const NEW_DAYS: i64 = 14;
/// New students shown.
const NEW: usize = 8;
/// Own students shown.
const OWN: usize = 60;

/// The students of the page.
pub(super) struct Students {
    /// Enrolled now, of those the role may know.
    pub(super) total: i64,
    /// Are they the person's own, and not a school's?
    are_own: bool,
    rows: Vec<CardRow>,
}

/// One's own students by name; or those of a school who came last.
pub(super) fn read(
    at: &mut Reader,
    permit: &Permit<ViewStudents>,
    school: Option<SchoolId>,
) -> Outcome<Students> {
    let are_own = matches!(permit.scope(), Scope::Tied(..));
    let (sort, limit) = if are_own {
        (Sort::Name, OWN)
    } else {
        (Sort::Enrolled, NEW)
    };
    let query = ListQuery {
        school,
        state: Some(PlaceState::Enrolled),
        sort: Some(sort),
        descending: !are_own,
        limit,
        ..ListQuery::default()
    };
    let total = people::count(at, permit, &query)?;
    let mut rows = people::list(at, permit, &query)?.rows;
    let today = at.today();
    rows.retain(|card| are_own || is_new(card, today));
    Ok(Students { total, are_own, rows })
}

fn is_new(card: &CardRow, today: Date) -> bool {
    card.enrolled_on
        .is_some_and(|day| day >= today.plus_days(-NEW_DAYS))
}

/// Students enrolled today at each school of the role, in the order of the directory.
pub(super) fn counted(at: &mut Reader, permit: &Permit<ViewSchools>) -> Outcome<Vec<(SchoolId, i64)>> {
    let as_of = enrolment::AsOf {
        valid: at.today(),
        known: at.now(),
    };
    let counts = enrolment::counts(at, permit, as_of)?;
    let at_school = |school: SchoolId| {
        let own = counts.iter().filter(|count| count.school == school);
        own.map(|count| count.students).sum()
    };
    let own = schools::schools(at, permit)?;
    Ok(own
        .iter()
        .map(|school| (school.id, at_school(school.id)))
        .collect())
}

impl Students {
    /// The card; none when a school has nobody new.
    pub(super) fn card(&self, lang: Lang, directory: &Directory, today: Date) -> Option<Markup> {
        let (id, title, all) = if self.are_own {
            ("today-own", "today-own", "/students")
        } else {
            ("today-new", "today-new", "/students?sort=-enrolled")
        };
        if self.rows.is_empty() {
            return self.are_own.then(|| {
                let body = ui::waiting::empty(&lang.t("today-own-none"), None);
                card::card(&card::Head::new(id, lang.t(title)), &body)
            });
        }
        let end = html! { a class="plain sm" href=(all) { (lang.t("today-all")) " " (icon(ui::Icon::ChevronRight)) } };
        let head = card::Head::new(id, lang.t(title)).end(end);
        Some(card::bare_card(
            &head,
            &self.table(lang, directory, today).draw(lang),
        ))
    }

    fn table(&self, lang: Lang, directory: &Directory, today: Date) -> Table {
        let mut columns = vec![
            Column::new(lang.t("column-name")),
            Column::new(lang.t("column-grade")),
        ];
        columns.push(if self.are_own {
            Column::new(lang.t("column-homeroom")).hide_on_phone()
        } else {
            Column::new(lang.t("column-school")).hide_on_phone()
        });
        columns.push(Column::new(lang.t("column-enrolled")));
        if !self.are_own {
            columns.push(Column::new(lang.t("column-pasi")).hide_on_phone());
        }
        let rows = self
            .rows
            .iter()
            .map(|student| self.row(lang, student, directory, today));
        let title = if self.are_own { "today-own" } else { "today-new" };
        Table::new(lang.t(title), columns).rows(rows.collect())
    }

    fn row(&self, lang: Lang, student: &CardRow, directory: &Directory, today: Date) -> Row {
        let school = student.school.map_or("", |school| directory.name(school));
        let enrolled = student.enrolled_on.map(|day| day.to_string()).unwrap_or_default();
        let mut cells = vec![
            name(lang, student),
            html! { (lookup::grade(&student.grade)) },
            html! { @if self.are_own { (student.homeroom) } @else { (school) } },
            html! {
                span class="num" { (enrolled) }
                @if self.are_own && is_new(student, today) { " " span class="p info sq" { (lang.t("today-new-one")) } }
            },
        ];
        if !self.are_own {
            cells.push(ui::pill::state_pill(lang, lookup::sync(&student.sync_state)));
        }
        Row::new(cells)
            .link(0, format!("/students/{}", student.student))
            .leads()
    }
}

/// How many are enrolled at each school.
pub(super) fn by_school(lang: Lang, schools: &[(SchoolId, i64)], directory: &Directory) -> Markup {
    let total: i64 = schools.iter().map(|(_, count)| count).sum();
    let most = schools.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let number = |count: i64| u32::try_from(count).unwrap_or(0);
    let rows = schools.iter().map(|(school, count)| {
        let name = directory.name(*school);
        let label = lang.tx(
            "today-school-bar",
            &[("school", name.into()), ("n", (*count).into())],
        );
        Row::new(vec![
            html! { (name) },
            html! { span class="num" { (lang.number(*count)) } },
            bar(&label, number(most), &[(Share::Plain, number(*count))]),
        ])
        .link(0, format!("/students?school={school}"))
    });
    let columns = vec![
        Column::new(lang.t("column-school")),
        Column::figures(lang.t("today-enrolled")),
        Column::new(lang.t("today-share")).unseen_label().hide_on_phone(),
    ];
    let table = Table::new(lang.t("today-enrolment"), columns)
        .rows(rows.collect())
        .draw(lang);
    let end = html! { span class="num b" { (lang.number(total)) } };
    card::bare_card(
        &card::Head::new("today-enrolment", lang.t("today-enrolment")).end(end),
        &table,
    )
}
