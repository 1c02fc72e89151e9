//! Lists of a school year on both engines: who was enrolled, where, and how it ended.

mod common;

use access::Permit;
use common::*;
use enrolment::{Enrol, Exit, ExitKind};
use kernel::{Grade, SchoolYear, StudentId};
use people::{CardRow, ListQuery, PlaceState, Sort};
use testkit::{World, date, each_engine};

fn last_year() -> SchoolYear {
    year().previous()
}

/// Grade 5 last year, at a school.
fn then(place: usize, homeroom: &str, from: &str, exit: (&str, ExitKind)) -> Enrol {
    Enrol {
        year: last_year(),
        grade: Grade::G5,
        homeroom: homeroom.to_owned(),
        start: date(from),
        exit: Some(Exit {
            on: date(exit.0),
            kind: exit.1,
        }),
        ..autumn(place)
    }
}

/// A stayed; B moved to the other school in winter; C left in spring; D came this autumn.
fn fill(world: &World) -> [StudentId; 4] {
    furnish(world);
    let [a, b, c, d] = ["A", "B", "C", "D"]
        .map(|number| write(world, |tx| Ok(a_student(tx, number, "2015-04-17", None))).expect("a student"));
    let (stayed, left) = (ExitKind::Completion, ExitKind::Withdrawal);
    enrolled(
        world,
        a,
        "a1",
        &then(0, "5A", "2025-09-02", ("2026-06-25", stayed)),
    );
    enrolled(world, a, "a2", &autumn(1));
    enrolled(world, b, "b1", &then(0, "5A", "2025-09-02", ("2026-01-30", left)));
    enrolled(
        world,
        b,
        "b2",
        &then(1, "5C", "2026-02-02", ("2026-06-25", stayed)),
    );
    enrolled(world, c, "c1", &then(0, "5B", "2025-09-02", ("2026-04-10", left)));
    enrolled(world, d, "d1", &autumn(0));
    [a, b, c, d]
}

fn of_last_year() -> ListQuery {
    ListQuery {
        year: Some(last_year()),
        ..ListQuery::default()
    }
}

fn listed(world: &World, query: &ListQuery) -> Vec<CardRow> {
    let page = read(world, |at| people::list(at, &viewer(world), query));
    assert_eq!(
        usize::try_from(page.total),
        Ok(page.rows.len()),
        "the count is that of the rows"
    );
    let counted = read(world, |at| people::count(at, &viewer(world), query));
    assert_eq!(counted, page.total);
    page.rows
}

fn sorted(rows: &[CardRow]) -> Vec<StudentId> {
    let mut ids: Vec<StudentId> = rows.iter().map(|card| card.student).collect();
    ids.sort();
    ids
}

fn set(ids: &[StudentId]) -> Vec<StudentId> {
    let mut ids = ids.to_vec();
    ids.sort();
    ids
}

#[test]
fn a_list_of_last_year_shows_each_student_once_where_the_year_left_them() {
    each_engine(|world| {
        let [a, b, c, _] = fill(world);
        let rows = listed(world, &of_last_year());
        assert_eq!(sorted(&rows), set(&[a, b, c]), "{}", world.engine);
        let of = |student| {
            let card = rows.iter().find(|card| card.student == student).expect("listed");
            (
                card.school,
                card.homeroom.as_str(),
                card.grade.as_str(),
                card.state,
            )
        };
        assert_eq!(of(a), (Some(school(0)), "5A", "05", PlaceState::Enrolled));
        assert_eq!(of(b), (Some(school(1)), "5C", "05", PlaceState::Enrolled));
        assert_eq!(of(c), (Some(school(0)), "5B", "05", PlaceState::Left));
    });
}

#[test]
fn the_filters_of_a_year_are_about_its_enrolments() {
    each_engine(|world| {
        let [a, b, c, _] = fill(world);
        let base = of_last_year;
        let cases: [(&str, ListQuery, Vec<StudentId>); 7] = [
            (
                "a school keeps who left it during the year",
                ListQuery {
                    school: Some(school(0)),
                    ..base()
                },
                vec![a, b, c],
            ),
            (
                "and the other has who came",
                ListQuery {
                    school: Some(school(1)),
                    ..base()
                },
                vec![b],
            ),
            (
                "left",
                ListQuery {
                    state: Some(PlaceState::Left),
                    ..base()
                },
                vec![c],
            ),
            (
                "stayed",
                ListQuery {
                    state: Some(PlaceState::Enrolled),
                    ..base()
                },
                vec![a, b],
            ),
            (
                "a homeroom of then",
                ListQuery {
                    homeroom: Some("5A".to_owned()),
                    ..base()
                },
                vec![a],
            ),
            (
                "this year's grade is not that of then",
                ListQuery {
                    grade: Some("06".to_owned()),
                    ..base()
                },
                vec![],
            ),
            (
                "words narrow it too",
                ListQuery {
                    text: Some("student".to_owned()),
                    grade: Some("05".to_owned()),
                    ..base()
                },
                vec![a, b, c],
            ),
        ];
        for (case, query, want) in cases {
            let rows = listed(world, &query);
            assert_eq!(sorted(&rows), set(&want), "{}: {case}", world.engine);
            let all = read(world, |at| people::all_of_list(at, &viewer(world), &query, 100));
            assert_eq!(set(&all), set(&want), "{}: all of {case}", world.engine);
        }
        let rooms = read(world, |at| {
            people::homerooms(at, &viewer(world), Some(school(0)), Some(last_year()))
        });
        assert_eq!(rooms, ["5A"], "of those who stayed");
    });
}

#[test]
fn a_list_of_a_year_is_paged_by_key_in_every_order() {
    each_engine(|world| {
        fill(world);
        for sort in Sort::ALL.iter().copied() {
            for descending in [false, true] {
                let whole = ListQuery {
                    sort: Some(sort),
                    descending,
                    ..of_last_year()
                };
                let want: Vec<StudentId> = listed(world, &whole).iter().map(|card| card.student).collect();
                let mut query = ListQuery { limit: 1, ..whole };
                let mut seen = Vec::new();
                loop {
                    let page = read(world, |at| people::list(at, &viewer(world), &query));
                    seen.extend(page.rows.iter().map(|card| card.student));
                    match page.next {
                        Some(next) => query.after = Some(next),
                        None => break,
                    }
                }
                assert_eq!(seen.len(), 3, "{} {sort}", world.engine);
                assert_eq!(seen, want, "{} {sort} {descending}", world.engine);
            }
        }
    });
}

#[test]
fn a_school_sees_of_a_year_its_own_enrolments_alone() {
    each_engine(|world| {
        let [_, b, _, _] = fill(world);
        let own = Permit::wide(&secretary(&[school(1)])).expect("a secretary sees students");
        let page = read(world, |at| people::list(at, &own, &of_last_year()));
        let seen: Vec<StudentId> = page.rows.iter().map(|card| card.student).collect();
        assert_eq!(seen, [b], "A is here now, and was not then");
    });
}
