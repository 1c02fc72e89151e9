//! Search, lists and duplicates, on both engines.

mod common;

use common::*;
use db::Lane;
use kernel::{Asn, NameId, PersonName};
use people::search::{DuplicateReason, MatchKind, find};
use people::{ListQuery, Name, NewStudent, Origin, PersonOf, Place, PlaceState, Sort};
use testkit::{World, each_engine};

fn fill(world: &World) {
    let (rose, person) = a_guardian("Rose", "Cardinal", "7806240123");
    let mut aiyana = a_student("Aiyana", "Whitebear", "2013-04-17");
    aiyana.identity.asn = "999044182".parse::<Asn>().ok();
    aiyana.local_number = Some("L-10233".to_owned());
    aiyana
        .contacts
        .push(parent_of(aiyana.id, PersonOf::New(rose, Box::new(person)), 1));
    let mut robert = a_student("Robert", "Smith", "2012-01-05");
    robert.names.push((
        NameId::derived("rs"),
        Name::other(PersonName::new("Robert", "Cardinal"), false),
    ));
    let all = vec![
        aiyana,
        robert,
        a_student("Marie-Ève", "Lavallée", "2011-12-31"),
        a_student("Sukarno", "LNU", "2014-06-01"),
        a_student("Thảo", "Ngô", "2010-10-10"),
        a_student("John", "Smithson", "2012-02-02"),
        a_student("Conor", "O’Brien", "2013-09-09"),
    ];
    let all = all
        .into_iter()
        .map(|new| NewStudent {
            origin: Origin::Province,
            place: Some(Place {
                school: Some(school(1)),
                grade: "07".to_owned(),
                homeroom: "7A".to_owned(),
                state: PlaceState::Enrolled,
                enrolled_on: None,
            }),
            ..new
        })
        .collect::<Vec<_>>();
    let permit = program(world);
    world
        .store
        .write_now(Lane::Batch, &world.actor, |tx| {
            people::bulk::insert_students(tx, &permit, &all, &people::rules::OursAlone)
        })
        .expect("they are written");
}

#[test]
fn a_slip_in_a_common_name_still_finds_the_one_who_is_meant() {
    each_engine(|world| {
        let letters = |n: usize| {
            let digits = [n / 676 % 26, n / 26 % 26, n % 26];
            digits
                .map(|digit| char::from(b'a' + u8::try_from(digit).expect("below 26")))
                .iter()
                .collect::<String>()
        };
        let mut all: Vec<NewStudent> = (0..450)
            .flat_map(|n| {
                [
                    a_student(&format!("Q{}", letters(n)), "Fournier", "2013-04-17"),
                    a_student("Ana", &format!("Q{}", letters(n)), "2013-04-17"),
                ]
            })
            .collect();
        all.push(a_student("Ana", "Fournier", "2012-02-02"));
        let permit = program(world);
        let written = world.store.write_now(Lane::Batch, &world.actor, |tx| {
            people::bulk::insert_students(tx, &permit, &all, &people::rules::OursAlone)
        });
        written.expect("they are written");
        for typed in ["Ana Fournier", "Fournier, Ana", "Ana Fuornier", "Fuornier Ana"] {
            let hits = read(world, |at| find(at, &program(world), typed, 12)).expect(typed);
            let first = hits.first().map(|hit| hit.card.list_name.as_str());
            assert_eq!(first, Some("Fournier, Ana"), "{typed}");
        }
    });
}

#[test]
fn a_student_is_found_by_any_part_of_the_record() {
    each_engine(|world| {
        fill(world);
        for (typed, best, kind) in [
            ("Whitebear", Some("Whitebear, Aiyana"), MatchKind::Exact),
            ("aiyana whitebear", Some("Whitebear, Aiyana"), MatchKind::Exact),
            ("Whitebear, Aiyana", Some("Whitebear, Aiyana"), MatchKind::Exact),
            ("whi ai", Some("Whitebear, Aiyana"), MatchKind::Prefix),
            ("w", Some("Whitebear, Aiyana"), MatchKind::Prefix),
            ("lavallee", Some("Lavallée, Marie-Ève"), MatchKind::Exact),
            ("marie eve", Some("Lavallée, Marie-Ève"), MatchKind::Exact),
            ("marieeve", Some("Lavallée, Marie-Ève"), MatchKind::Exact),
            ("Thảo", Some("Ngô, Thảo"), MatchKind::Exact),
            ("thao ngo", Some("Ngô, Thảo"), MatchKind::Exact),
            ("sukarno", Some("Sukarno"), MatchKind::Exact),
            ("lnu", None, MatchKind::Exact),
            ("bob smith", Some("Smith, Robert"), MatchKind::Nickname),
            ("obrien", Some("O’Brien, Conor"), MatchKind::Exact),
            ("9990-4418-2", Some("Whitebear, Aiyana"), MatchKind::Exact),
            ("999044182", Some("Whitebear, Aiyana"), MatchKind::Exact),
            ("L-10233", Some("Whitebear, Aiyana"), MatchKind::Exact),
            ("l10233", Some("Whitebear, Aiyana"), MatchKind::Exact),
            ("(780) 624-0123", Some("Whitebear, Aiyana"), MatchKind::Guardian),
            ("624 0123", Some("Whitebear, Aiyana"), MatchKind::Guardian),
            ("rose cardinal", Some("Whitebear, Aiyana"), MatchKind::Guardian),
            ("2013-04-17", Some("Whitebear, Aiyana"), MatchKind::Exact),
            ("Apr 17 2013", Some("Whitebear, Aiyana"), MatchKind::Exact),
            (
                "17 avril 2013 white",
                Some("Whitebear, Aiyana"),
                MatchKind::Prefix,
            ),
            ("bear", Some("Whitebear, Aiyana"), MatchKind::Within),
            ("ear aiy", Some("Whitebear, Aiyana"), MatchKind::Within),
            ("vall", Some("Lavallée, Marie-Ève"), MatchKind::Within),
            ("dinal", Some("Smith, Robert"), MatchKind::Within),
            ("ar", None, MatchKind::Exact),
            ("whitbear", Some("Whitebear, Aiyana"), MatchKind::Typo),
            ("whiteebear", Some("Whitebear, Aiyana"), MatchKind::Typo),
            ("whitebaer aiyana", Some("Whitebear, Aiyana"), MatchKind::Typo),
            ("smyth robert", Some("Smith, Robert"), MatchKind::Typo),
            ("whitebear robert", None, MatchKind::Exact),
            ("zzyzx", None, MatchKind::Exact),
            ("'; drop table student", None, MatchKind::Exact),
        ] {
            let hits = read(world, |at| find(at, &program(world), typed, 12)).expect(typed);
            let found = hits.first().map(|hit| (hit.card.list_name.as_str(), hit.kind));
            assert_eq!(
                found,
                best.map(|name| (name, kind)),
                "{typed} on {}",
                world.engine
            );
        }
        let smiths = read(world, |at| find(at, &program(world), "smith", 12)).expect("found");
        let names: Vec<&str> = smiths.iter().map(|hit| hit.card.list_name.as_str()).collect();
        assert_eq!(
            names,
            ["Smith, Robert", "Smithson, John"],
            "whole words come first"
        );
        let cardinal = read(world, |at| find(at, &program(world), "cardinal", 12)).expect("found");
        assert_eq!(
            cardinal[0].card.list_name, "Smith, Robert",
            "an own name comes before a guardian's"
        );
    });
}

#[test]
fn search_and_lists_stay_in_the_scope() {
    each_engine(|world| {
        fill(world);
        let aiyana = student_id("Aiyana", "Whitebear");
        write(world, |tx| {
            access::place_student(
                tx,
                aiyana,
                school(1),
                testkit::date("2026-09-01"),
                testkit::date("2027-06-30"),
            )
        })
        .expect("placed");
        let (own, other) = (secretary(school(1)), secretary(school(2)));
        for (typed, standing, many) in [
            ("whitebear", &own, 1),
            ("whitebear", &other, 0),
            ("smith", &own, 0),
            ("whitbear", &other, 0),
            ("w", &own, 1),
        ] {
            let hits = read(world, |at| find(at, &wide(standing), typed, 12)).expect(typed);
            assert_eq!(hits.len(), many, "{typed}");
        }
        let page = read(world, |at| people::list(at, &wide(&own), &ListQuery::default())).expect("a list");
        assert_eq!((page.total, page.rows.len()), (1, 1));
    });
}

#[test]
fn a_list_is_paged_by_key_in_every_order() {
    each_engine(|world| {
        fill(world);
        for sort in Sort::ALL.iter().copied() {
            let mut query = ListQuery {
                sort: Some(sort),
                limit: 3,
                ..ListQuery::default()
            };
            let mut seen = Vec::new();
            loop {
                let page = read(world, |at| people::list(at, &program(world), &query)).expect("a page");
                assert_eq!(page.total, 7);
                seen.extend(page.rows.iter().map(|card| card.student));
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
            }
            let whole = ListQuery {
                sort: Some(sort),
                ..ListQuery::default()
            };
            let whole = read(world, |at| people::list(at, &program(world), &whole)).expect("the whole");
            let whole: Vec<_> = whole.rows.iter().map(|card| card.student).collect();
            assert_eq!(seen, whole, "{sort}");
        }
        let none = ListQuery {
            restricted: Some(true),
            ..ListQuery::default()
        };
        assert_eq!(
            read(world, |at| people::list(at, &program(world), &none))
                .expect("a list")
                .total,
            0
        );
        let text = ListQuery {
            text: Some("smith".to_owned()),
            limit: 1,
            ..ListQuery::default()
        };
        let first = read(world, |at| people::list(at, &program(world), &text)).expect("a list");
        assert_eq!((first.total, first.rows.len()), (2, 1));
        let second = ListQuery {
            after: first.next,
            ..text
        };
        let second = read(world, |at| people::list(at, &program(world), &second)).expect("a list");
        assert_eq!(second.rows[0].list_name, "Smithson, John");
    });
}

#[test]
fn a_child_who_is_already_here_is_noticed_while_typing() {
    each_engine(|world| {
        fill(world);
        let look = |first: &str, last: &str, born: Option<&str>| {
            let name = PersonName::new(first, last);
            read(world, |at| {
                people::possible_duplicates(at, &program(world), &name, born.map(testkit::date))
            })
            .expect("looked")
        };
        let same = look("Aiyana", "Whitebear", Some("2013-04-17"));
        assert_eq!((same[0].score, same.len()), (100, 1));
        assert_eq!(look("Aiyana", "Whitbear", Some("2013-04-17"))[0].score, 90);
        assert_eq!(
            look("Bob", "Smith", Some("2012-05-01"))[0].reasons[0],
            DuplicateReason::BirthDateSwapped
        );
        assert_eq!(look("Aiyana", "Whitebear", None)[0].score, 60);
        assert!(look("Aiyana", "Smith", Some("2001-01-01")).is_empty());
        let elsewhere = read(world, |at| {
            let name = PersonName::new("Aiyana", "Whitebear");
            people::possible_duplicates(
                at,
                &wide(&secretary(school(2))),
                &name,
                Some(testkit::date("2013-04-17")),
            )
        })
        .expect("looked");
        assert_eq!(elsewhere.len(), 1);
        assert!(
            elsewhere[0].student.is_none(),
            "no detail of another school's student"
        );
    });
}
