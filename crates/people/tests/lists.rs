//! Lists on both engines: what each filter keeps, orders turned round, lists kept under a name.

mod common;

use access::Permit;
use access::action::{ShareLists, ViewStudents};
use common::*;
use db::schema::{audit, authority, school as school_table};
use db::{Lane, Reading};
use diesel::prelude::*;
use kernel::{AddressId, Failure, Role, SavedId, StudentId};
use people::{
    Address, AddressKind, KeepList, ListQuery, ListView, Missing, NewStudent, Origin, PersonOf, Place,
    PlaceState, Sharing, Sort,
};
use testkit::{World, date, each_engine};

fn place(grade: &str, homeroom: &str) -> Place {
    Place {
        school: Some(school(1)),
        grade: grade.to_owned(),
        homeroom: homeroom.to_owned(),
        state: PlaceState::Enrolled,
        enrolled_on: Some(date("2026-09-01")),
    }
}

/// Aiyana has everything; Robert a guardian without a phone; Conor nothing.
fn fill(world: &World) {
    let (rose, person) = a_guardian("Rose", "Cardinal", "7806240123");
    let mut aiyana = a_student("Aiyana", "Whitebear", "2013-04-17");
    aiyana
        .contacts
        .push(parent_of(aiyana.id, PersonOf::New(rose, Box::new(person)), 1));
    "CRE".clone_into(&mut aiyana.identity.language_at_home);
    "BirthCertificateCanada".clone_into(&mut aiyana.identity.document_type);
    let home = Address {
        kind: AddressKind::Mailing,
        format: "Mail-CA".to_owned(),
        street: "Box 1".to_owned(),
        city: "Peace River".to_owned(),
        province: "AB".to_owned(),
        postal_code: "T8S 1A1".to_owned(),
        country: "CA".to_owned(),
        effective_on: date("2026-09-01"),
        expires_on: None,
    };
    aiyana.addresses.push((AddressId::derived("a"), home));
    let (silent, person) = a_guardian("Omar", "Smith", "");
    let mut robert = a_student("Robert", "Smith", "2012-01-05");
    robert
        .contacts
        .push(parent_of(robert.id, PersonOf::New(silent, Box::new(person)), 1));
    let all = [
        (aiyana, place("07", "7A")),
        (robert, place("08", "")),
        (a_student("Conor", "O’Brien", "2011-09-09"), place("07", "7B")),
    ];
    let all: Vec<NewStudent> = all
        .into_iter()
        .map(|(new, place)| NewStudent {
            origin: Origin::Province,
            place: Some(place),
            ..new
        })
        .collect();
    let permit = program(world);
    world
        .store
        .write_now(Lane::Batch, &world.actor, |tx| {
            people::bulk::insert_students(tx, &permit, &all, &people::rules::OursAlone)
        })
        .expect("they are written");
}

fn names(world: &World, query: &ListQuery) -> Vec<String> {
    let page = read(world, |at| people::list(at, &program(world), query)).expect("a list");
    let total = usize::try_from(page.total).expect("a count");
    assert_eq!(total, page.rows.len(), "the count is that of the rows");
    page.rows
        .into_iter()
        .map(|card| card.list_name.split(',').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn each_filter_keeps_whom_it_names() {
    each_engine(|world| {
        fill(world);
        let missing = |missing| ListQuery {
            missing: Some(missing),
            ..ListQuery::default()
        };
        for (query, want) in [
            (ListQuery::default(), vec!["O’Brien", "Smith", "Whitebear"]),
            (missing(Missing::GuardianPhone), vec!["O’Brien", "Smith"]),
            (
                missing(Missing::GuardianEmail),
                vec!["O’Brien", "Smith", "Whitebear"],
            ),
            (missing(Missing::Guardian), vec!["O’Brien"]),
            (missing(Missing::Address), vec!["O’Brien", "Smith"]),
            (missing(Missing::Asn), vec!["O’Brien", "Smith", "Whitebear"]),
            (missing(Missing::Homeroom), vec!["Smith"]),
            (missing(Missing::Document), vec!["O’Brien", "Smith"]),
            (
                missing(Missing::Citizenship),
                vec!["O’Brien", "Smith", "Whitebear"],
            ),
            (missing(Missing::Language), vec!["O’Brien", "Smith"]),
            (
                ListQuery {
                    language: Some("CRE".to_owned()),
                    ..ListQuery::default()
                },
                vec!["Whitebear"],
            ),
            (
                ListQuery {
                    grant: Some("500".to_owned()),
                    ..ListQuery::default()
                },
                vec![],
            ),
            (
                ListQuery {
                    text: Some("smith".to_owned()),
                    ..missing(Missing::GuardianPhone)
                },
                vec!["Smith"],
            ),
            (
                ListQuery {
                    text: Some("smith".to_owned()),
                    ..missing(Missing::Guardian)
                },
                vec![],
            ),
        ] {
            assert_eq!(names(world, &query), want, "{}: {query:?}", world.engine);
            let whole = read(world, |at| people::all_of_list(at, &program(world), &query, 100)).expect("all");
            assert_eq!(whole.len(), want.len(), "all of the list: {query:?}");
        }
        let rooms = read(world, |at| people::homerooms(at, &program(world), None, None)).expect("rooms");
        assert_eq!(rooms, ["7A", "7B"]);
    });
}

#[test]
fn an_order_turned_round_is_paged_by_key_as_well() {
    each_engine(|world| {
        fill(world);
        for sort in Sort::ALL.iter().copied() {
            let mut pages = Vec::new();
            let mut query = ListQuery {
                sort: Some(sort),
                descending: true,
                limit: 1,
                ..ListQuery::default()
            };
            loop {
                let page = read(world, |at| people::list(at, &program(world), &query)).expect("a page");
                pages.extend(page.rows.into_iter().map(|card| card.student));
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
            }
            let up = ListQuery {
                sort: Some(sort),
                ..ListQuery::default()
            };
            let up = read(world, |at| people::list(at, &program(world), &up)).expect("a list");
            let mut up: Vec<StudentId> = up.rows.into_iter().map(|card| card.student).collect();
            up.reverse();
            assert_eq!(pages, up, "{} {sort:?}", world.engine);
        }
    });
}

/// Schools of the division by number and name.
fn schools(world: &World, named: &[(u32, &str)]) {
    write(world, |tx| {
        let division = tx.division();
        diesel::insert_into(authority::table)
            .values((
                authority::division_id.eq(division),
                authority::code.eq("3260"),
                authority::name.eq("Ours"),
                authority::kind.eq("Public"),
            ))
            .execute(tx.conn())?;
        for (number, name) in named {
            diesel::insert_into(school_table::table)
                .values((
                    school_table::division_id.eq(division),
                    school_table::id.eq(school(*number)),
                    school_table::code.eq(format!("125{number}")),
                    school_table::name.eq(*name),
                    school_table::authority_code.eq("3260"),
                    school_table::street.eq(""),
                    school_table::city.eq(""),
                    (
                        school_table::postal_code.eq(""),
                        school_table::phone.eq(""),
                        school_table::lowest_grade.eq("01"),
                        school_table::highest_grade.eq("09"),
                        school_table::version.eq(1_i64),
                    ),
                ))
                .execute(tx.conn())?;
        }
        Ok(())
    })
    .expect("the schools are there");
}

/// Six students with every kind of gap: no ASN, no school, no grade, never enrolled.
fn scattered(world: &World) {
    schools(world, &[(1, "Zenith"), (2, "Étoile du Nord"), (3, "Birch")]);
    let all = [
        ("A", Some(1), "12", Some("2026-09-01"), Some("222222222")),
        ("B", Some(3), "EC", Some("2025-09-01"), None),
        ("C", Some(2), "01", Some("2026-09-01"), Some("111111111")),
        ("D", None, "", None, None),
        ("E", Some(3), "12", Some("2024-09-01"), Some("333333333")),
        ("F", None, "", None, Some("444444444")),
    ];
    let all: Vec<NewStudent> = all
        .into_iter()
        .map(|(last, at, grade, since, asn)| {
            let mut new = a_student("Kim", last, "2012-01-05");
            new.identity.asn = asn.and_then(|asn| asn.parse().ok());
            NewStudent {
                origin: Origin::Province,
                place: at.map(|at| Place {
                    school: Some(school(at)),
                    enrolled_on: since.map(date),
                    ..place(grade, "")
                }),
                ..new
            }
        })
        .collect();
    let permit = program(world);
    let work = |tx: &mut db::Tx| people::bulk::insert_students(tx, &permit, &all, &people::rules::OursAlone);
    world
        .store
        .write_now(Lane::Batch, &world.actor, work)
        .expect("they are written");
}

#[test]
fn schools_follow_their_names_grades_the_years_and_gaps_stand_last() {
    each_engine(|world| {
        scattered(world);
        for (sort, want) in [
            (Sort::Name, "ABCDEF"),
            // Birch, Étoile du Nord, Zenith, none.
            (Sort::School, "BECADF"),
            (Sort::Grade, "BCAEDF"),
            (Sort::Enrolled, "EBACDF"),
            (Sort::Asn, "CAEFBD"),
        ] {
            for descending in [false, true] {
                let want: String = if descending {
                    want.chars().rev().collect()
                } else {
                    want.to_owned()
                };
                let mut query = ListQuery {
                    sort: Some(sort),
                    descending,
                    limit: 2,
                    ..ListQuery::default()
                };
                let mut seen = String::new();
                loop {
                    let page = read(world, |at| people::list(at, &program(world), &query)).expect("a page");
                    seen.extend(
                        page.rows
                            .iter()
                            .map(|card| card.list_name.chars().next().unwrap_or(' ')),
                    );
                    match page.next {
                        Some(next) => query.after = Some(next),
                        None => break,
                    }
                }
                assert_eq!(seen, want, "{} {sort} {descending}", world.engine);
            }
        }
    });
}

fn keep(label: &str, sharing: Sharing) -> KeepList {
    KeepList {
        label: label.to_owned(),
        sharing,
        school: (sharing == Sharing::School).then(|| school(1)),
        view: ListView {
            query: ListQuery {
                grade: Some("07".to_owned()),
                sort: Some(Sort::BirthDate),
                descending: true,
                after: Some(("x".to_owned(), student_id("a", "b"))),
                ..ListQuery::default()
            },
            columns: vec!["asn".to_owned(), "born".to_owned()],
        },
    }
}

#[test]
fn a_list_is_kept_shared_renamed_deleted_and_brought_back() {
    each_engine(|world| {
        schools(world, &[(1, "School")]);
        let carol = someone(world, "carol", Role::Secretary, &[school(1)]);
        let (view, share) = (wide::<ViewStudents>(&carol), wide::<ShareLists>(&carol));
        let id = SavedId::derived("1");
        let save = |list: &KeepList| write(world, |tx| people::save_list(tx, &view, Some(&share), id, list));
        let saved = save(&keep(" Grade  7 ", Sharing::Own)).expect("kept");
        assert_eq!(
            save(&keep("Grade 7", Sharing::Own)).expect("the same form twice"),
            saved
        );
        let own = || read(world, |at| people::saved_lists(at, &view)).expect("lists");
        assert_eq!(own().len(), 1);
        assert_eq!((own()[0].label.as_str(), own()[0].is_mine), ("Grade 7", true));
        assert_eq!(own()[0].view.query.after, None, "the place in a list is not kept");
        assert_eq!(own()[0].view.columns, ["asn", "born"]);

        let dan = someone(world, "dan", Role::Principal, &[school(1)]);
        let elsewhere = someone(world, "eve", Role::Secretary, &[school(2)]);
        let seen = |standing: &access::Standing| {
            read(world, |at| people::saved_lists(at, &wide(standing)))
                .expect("lists")
                .len()
        };
        assert_eq!((seen(&dan), seen(&elsewhere)), (0, 0));
        let change = |seen: i64, list: &KeepList| {
            write(world, |tx| {
                people::change_list(tx, &view, Some(&share), (id, seen), list)
            })
        };
        change(1, &keep("Grade seven", Sharing::School)).expect("shared");
        assert_eq!((seen(&dan), seen(&elsewhere)), (1, 0), "the school alone sees it");
        assert_eq!(
            change(1, &keep("Late", Sharing::Own)).err(),
            Some(Failure::stale("saved_list", 1, 2))
        );
        assert_eq!(
            change(2, &keep("Grade seven", Sharing::Division)).err(),
            Some(Failure::Denied("lists.share")),
            "a secretary does not share with the division"
        );
        let others = write(world, |tx| people::remove_list(tx, &wide(&dan), (id, 2)));
        assert_eq!(others.err(), Some(Failure::NotFound), "only its maker deletes it");

        write(world, |tx| people::set_default_list(tx, &wide(&dan), Some(id))).expect("opened with");
        let of_dan = read(world, |at| people::saved_lists(at, &wide(&dan))).expect("lists");
        assert!(of_dan[0].is_default && !of_dan[0].is_mine);
        let removed = write(world, |tx| people::remove_list(tx, &view, (id, 2))).expect("deleted");
        assert_eq!((seen(&dan), seen(&carol)), (0, 0));
        let hidden = write(world, |tx| {
            people::set_default_list(tx, &wide(&elsewhere), Some(id))
        });
        assert_eq!(hidden.err(), Some(Failure::NotFound));
        write(world, |tx| people::restore_list(tx, &view, (id, removed.version))).expect("back");
        assert_eq!(seen(&dan), 1);
        let actions: Vec<String> = read(world, |at| {
            Ok(audit::table
                .filter(audit::subject_kind.eq("list"))
                .order(audit::seq)
                .select(audit::action)
                .load(at.conn())?)
        })
        .expect("audit");
        assert_eq!(
            actions,
            ["list.save", "list.change", "list.remove", "list.restore"]
        );
    });
}

#[test]
fn a_list_without_a_name_or_with_a_taken_one_is_refused() {
    each_engine(|world| {
        let carol = someone(world, "carol", Role::Secretary, &[school(1)]);
        let view = wide::<ViewStudents>(&carol);
        let save = |seed: &str, list: &KeepList| {
            write(world, |tx| {
                people::save_list(tx, &view, None, SavedId::derived(seed), list)
            })
        };
        save("1", &keep("Année 7", Sharing::Own)).expect("kept");
        let long = "x".repeat(61);
        for (label, code) in [
            ("  ", "LP-0280"),
            (long.as_str(), "LP-0281"),
            ("annee 7", "LP-0282"),
        ] {
            let refused = save("2", &keep(label, Sharing::Own));
            let Err(Failure::Invalid(found)) = refused else {
                panic!("{label} should be refused, not {refused:?}");
            };
            assert_eq!(found.0[0].code, code);
        }
        assert_eq!(
            save("3", &keep("Mine", Sharing::School)).err(),
            Some(Failure::Denied("lists.share"))
        );
        let nobody = Permit::<ViewStudents>::program(&world.actor).expect("the program may");
        let unsigned = read(world, |at| people::saved_lists(at, &nobody));
        assert_eq!(unsigned.err(), Some(Failure::Denied("students.view")));
    });
}

/// Another name for each number: digits as letters.
fn first_name(number: i32) -> String {
    let letters = format!("{number:03}");
    let letters = letters.bytes().map(|digit| char::from(digit - b'0' + b'a'));
    format!("Kid{}", letters.collect::<String>())
}

#[test]
fn a_list_narrowed_by_words_is_whole_however_long_and_keeps_its_order() {
    each_engine(|world| {
        let many = 460;
        let all: Vec<NewStudent> = (0..many)
            .map(|number: i32| {
                let last = if number % 2 == 0 {
                    "Nakamura"
                } else {
                    "Nakamurasson"
                };
                NewStudent {
                    origin: Origin::Province,
                    place: Some(place("07", "7A")),
                    ..a_student(&first_name(number), last, "2013-04-17")
                }
            })
            .collect();
        let permit = program(world);
        world
            .store
            .write_now(Lane::Batch, &world.actor, |tx| {
                people::bulk::insert_students(tx, &permit, &all, &people::rules::OursAlone)
            })
            .expect("they are written");
        let view: Permit<ViewStudents> = program(world);
        for (text, sort, descending) in [
            ("nakamura", Sort::Name, false),
            ("nakamura", Sort::LocalNumber, true),
            // One letter wrong.
            ("nakamuro", Sort::Name, false),
        ] {
            let mut query = ListQuery {
                text: Some(text.to_owned()),
                sort: Some(sort),
                descending,
                limit: 100,
                ..ListQuery::default()
            };
            let (mut seen, mut keys) = (Vec::new(), Vec::new());
            let first = read(world, |at| people::list(at, &view, &query)).expect("a page");
            let (total, mut page) = (first.total, first);
            loop {
                seen.extend(page.rows.iter().map(|card| card.student));
                keys.extend(page.rows.iter().map(|card| match sort {
                    Sort::LocalNumber => card.local_number.clone(),
                    _ => card.sort_name.clone(),
                }));
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
                page = read(world, |at| people::list(at, &view, &query)).expect("a page");
            }
            let case = format!("{} {text} {sort} {descending}", world.engine);
            let found = if text == "nakamura" { 460 } else { 230 };
            assert_eq!(seen.len(), found, "{case}");
            assert_eq!(i64::try_from(found), Ok(total), "{case}");
            let mut ordered = keys.clone();
            ordered.sort();
            if descending {
                ordered.reverse();
            }
            assert_eq!(keys, ordered, "{case}");
            let whole = read(world, |at| people::all_of_list(at, &view, &query, 1_000)).expect("all");
            assert_eq!(whole.len(), found, "{case}");
            assert_eq!(
                read(world, |at| people::count(at, &view, &query)).expect("a count"),
                total
            );
        }
    });
}
