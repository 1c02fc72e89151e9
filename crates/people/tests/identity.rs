//! Numbers and languages of a student on both engines: given, changed, refused, found again.

mod common;

use common::*;
use db::Reading;
use db::schema::{audit, outbox};
use diesel::prelude::*;
use kernel::{Failure, StudentId};
use people::{ChangeIdentity, NewStudent, On};
use testkit::{World, each_engine};

fn numbered(world: &World, first: &str, number: &str) -> StudentId {
    let new = NewStudent {
        local_number: Some(number.to_owned()),
        ..a_student(first, "Whitebear", "2013-04-17")
    };
    create(world, &new)
}

fn found(world: &World, typed: &str) -> Vec<StudentId> {
    let hits = read(world, |at| people::search::find(at, &program(world), typed, 12)).expect("search");
    hits.into_iter().map(|hit| hit.card.student).collect()
}

fn number_of(world: &World, id: StudentId) -> String {
    let student = read(world, |at| people::student(at, &program(world), id)).expect("there");
    student.local_number
}

/// In alphabetical order: the clock stands, so that events have no order in time.
fn topics(world: &World) -> Vec<String> {
    read(world, |at| {
        Ok(outbox::table
            .order(outbox::topic)
            .select(outbox::topic)
            .load(at.conn())?)
    })
    .expect("outbox")
}

#[test]
fn a_number_is_changed_with_its_history_and_the_old_one_still_finds_the_student() {
    each_engine(|world| {
        let id = numbered(world, "Aiyana", "200001");
        let permit = program(world);
        let renumber = |seen: i64, number: &str| {
            let on = On::seen(id, id, seen).because("Two had been swapped");
            write(world, |tx| people::set_local_number(tx, &permit, &on, number))
        };
        let saved = renumber(1, " K-10077 ").expect("it is free");
        assert_eq!((saved.version, number_of(world, id)), (2, "K-10077".to_owned()));
        assert_eq!(topics(world), ["student.created", "student.local-number"]);
        for typed in ["K-10077", "200001"] {
            assert_eq!(found(world, typed), [id], "{} {typed}", world.engine);
        }
        let history = read(world, |at| people::history(at, &program(world), id)).expect("history");
        let change = &history[0].changes[0];
        assert_eq!(
            (change.field, change.old.as_str(), change.new.as_str()),
            ("local_number", "200001", "K-10077")
        );
        assert_eq!(history[0].reason, "Two had been swapped");
        let audited: i64 = read(world, |at| {
            Ok(audit::table
                .filter(audit::action.eq("student.identity.change"))
                .count()
                .get_result(at.conn())?)
        })
        .expect("a count");
        assert_eq!(audited, 1);
        assert!(
            matches!(renumber(1, "K-10078"), Err(Failure::Conflict(_))),
            "somebody saved before"
        );
        assert_eq!(
            renumber(2, "K-10077").expect("as it is").version,
            2,
            "nothing is written"
        );
    });
}

#[test]
fn a_number_of_another_student_or_none_at_all_is_refused() {
    each_engine(|world| {
        let id = numbered(world, "Aiyana", "200001");
        let other = numbered(world, "Dakota", "200002");
        let permit = program(world);
        for (number, code) in [
            ("200002", "LP-0218"),
            ("", "LP-0285"),
            ("12 34", "LP-0285"),
            ("123456789012345678901", "LP-0285"),
            ("=1+1", "LP-0285"),
        ] {
            let on = On::seen(id, id, 1);
            let refused = write(world, |tx| people::set_local_number(tx, &permit, &on, number));
            assert_eq!(
                refused.err(),
                Some(Failure::refuse(code, "local_number")),
                "{number:?}"
            );
        }
        // Given up by one, it may be another's: then both are found by it.
        let on = On::seen(other, other, 1);
        write(world, |tx| people::set_local_number(tx, &permit, &on, "300000")).expect("free");
        let on = On::seen(id, id, 1);
        write(world, |tx| people::set_local_number(tx, &permit, &on, "200002")).expect("given up");
        let mut both = found(world, "200002");
        both.sort();
        let mut want = vec![id, other];
        want.sort();
        assert_eq!(both, want, "{}", world.engine);
    });
}

#[test]
fn a_number_once_had_is_not_given_out_again_by_itself() {
    each_engine(|world| {
        let first = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        assert_eq!(number_of(world, first), "100001");
        let permit = program(world);
        let on = On::seen(first, first, 1);
        write(world, |tx| people::set_local_number(tx, &permit, &on, "100002")).expect("free");
        let on = On::seen(first, first, 2);
        write(world, |tx| people::set_local_number(tx, &permit, &on, "9")).expect("free");
        let next = create(world, &a_student("Dakota", "Whitebear", "2015-02-01"));
        assert_eq!(number_of(world, next), "100003", "{}", world.engine);
    });
}

#[test]
fn languages_are_kept_judged_and_told_to_the_province_only_where_it_keeps_them() {
    each_engine(|world| {
        let id = create(world, &a_student("Aiyana", "Whitebear", "2013-04-17"));
        let permit = program(world);
        let student = read(world, |at| people::student(at, &program(world), id)).expect("there");
        let change = |seen: i64, languages: [&str; 4]| {
            let [home, other, first, letters] = languages.map(str::to_owned);
            let change = ChangeIdentity {
                identity: people::Identity {
                    language_at_home: home,
                    other_language: other,
                    first_language: first,
                    letters_in: letters,
                    ..student.identity.clone()
                },
                document_last_four: None,
            };
            write(world, |tx| {
                people::change_identity(tx, &permit, &On::seen(id, id, seen), &change)
            })
        };
        change(1, ["", "FRA", "CRE", "ENG"]).expect("kept");
        assert_eq!(
            topics(world),
            ["student.created"],
            "none of these is the province’s"
        );
        change(2, ["CRE", "FRA", "CRE", "ENG"]).expect("kept");
        assert_eq!(topics(world), ["student.created", "student.language"]);
        let kept = read(world, |at| people::student(at, &program(world), id)).expect("there");
        assert_eq!(kept.identity.first_language, "CRE");
        for (languages, code, field) in [
            (["XX", "", "", ""], "LP-0210", "language_at_home"),
            (["", "XX", "", ""], "LP-0210", "other_language"),
            (["", "", "XX", ""], "LP-0210", "first_language"),
            (["", "", "", "XX"], "LP-0210", "letters_in"),
            (["CRE", "CRE", "", ""], "LP-0286", "other_language"),
        ] {
            assert_eq!(change(3, languages).err(), Some(Failure::refuse(code, field)));
        }
    });
}
