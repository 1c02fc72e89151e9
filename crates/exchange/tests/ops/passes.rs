//! Rehearsed, written, run again.

use crate::ground::{Desk, FAMILIES, announced, audited, codes, counted, furnish, runs, write};
use access::action::{CreateStudents, Import};
use access::{Permit, Standing};
use db::Lane;
use exchange::{Kind, Mapping, Permits, RowOutcome, State, Totals};
use kernel::{Actor, Failure, NameId, PersonName, Role, StudentId};
use people::{Identity, Name, NewStudent};
use std::fmt::Write;
use testkit::{DIVISION, World, date, each_engine};

fn totals(all: i32) -> Totals {
    Totals {
        all,
        ..Totals::default()
    }
}

#[test]
fn checking_writes_the_run_and_its_rows_alone() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let id = desk.stage(FAMILIES);
        assert_eq!(desk.of(id).state, State::Read);
        let progress = desk.check(id).expect("it is checked");
        assert_eq!(
            (progress.state, progress.totals),
            (
                State::Checked,
                Totals {
                    new: 3,
                    noted: 1,
                    ..totals(3)
                }
            )
        );
        assert_eq!(counted(world), [0, 0, 0, 0], "{}", world.engine);
        assert_eq!(announced(world, "student.created"), 0);
        assert_eq!(audited(world, "student.import"), 0);
        assert_eq!(
            desk.findings(id),
            [(3, "LP-0823".to_owned(), "school".to_owned())],
            "45 became 0045, and it is said"
        );
    });
}

#[test]
fn running_makes_students_with_guardians_that_siblings_share() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let (id, progress) = desk.import(FAMILIES);
        assert_eq!((progress.state, progress.totals.new), (State::Applied, 3));
        assert_eq!(
            counted(world),
            [3, 3, 5, 3],
            "{}: three persons for five contacts",
            world.engine
        );
        assert_eq!(announced(world, "student.created"), 3);
        assert_eq!(announced(world, "import.applied"), 1);
        assert_eq!(
            (audited(world, "import.read"), audited(world, "import.run")),
            (1, 1)
        );
        assert!(desk.rows(id, None).iter().all(|view| view.row.is_done));
    });
}

#[test]
fn the_same_file_again_changes_nothing_and_a_changed_cell_changes_just_that() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        desk.import(FAMILIES);
        let before = counted(world);
        let (_, again) = desk.import(FAMILIES);
        assert_eq!(
            (again.totals.same, again.totals.changed, again.totals.new),
            (3, 0, 0),
            "{}",
            world.engine
        );
        let moved = FAMILIES
            .replace("8 Birch Road", "10 Birch Road")
            .replace("6C", "6D")
            .replace("780-555-0202", "780-555-0299")
            .replace("Aiyana", "Aïyana");
        let (id, changed) = desk.import(&moved);
        assert_eq!(
            (changed.totals.same, changed.totals.changed),
            (2, 1),
            "{:?}",
            desk.findings(id)
        );
        assert_eq!(counted(world), before, "nobody was made twice");
        // An empty cell takes nothing away.
        let (_, emptied) = desk.import(&moved.replace("780-555-0299", "").replace("10 Birch Road", ""));
        assert_eq!(emptied.totals.same, 3);
    });
}

/// Ten rows that cannot be taken, among two that can.
fn ten_bad_rows() -> String {
    let head = "local_number,asn,first_name,last_name,birth_date,gender,postal_code,street,city,phone,school,grade,start\n";
    let rows = [
        "300001,222222221,Ada,Good,2015-04-17,F,T9H 1A1,1 Elm,Anzac,780-555-0101,0045,6,2026-09-01",
        "300002,222222222,,Nameless,2015-04-17,F,,,,,0045,6,2026-09-01",
        "300003,222222223,Bo,Future,2031-04-17,F,,,,,0045,6,2026-09-01",
        "300004,222222224,Cy,Date,04/05/15,F,,,,,0045,6,2026-09-01",
        "300005,22222225,Di,Zero,2015-04-17,F,,,,,0045,6,2026-09-01",
        "300006,2.22222E+08,Ed,Rounded,2015-04-17,F,,,,,0045,6,2026-09-01",
        "300007,222222227,Flo,Gender,2015-04-17,Q,,,,,0045,6,2026-09-01",
        "300008,222222228,Gus,Postal,2015-04-17,M,T9O 1A1,1 Elm,Anzac,,0045,6,2026-09-01",
        "300009,222222229,Hal,Phone,2015-04-17,M,,,,555-0101,0045,6,2026-09-01",
        "300010,222222230,Ida,School,2015-04-17,F,,,,,0046,6,2026-09-01",
        "300011,222222231,Jo,Grade,2015-04-17,F,,,,,0045,14,2026-09-01",
        "300001,222222232,Kim,Twin,2015-04-17,F,,,,,0045,6,2026-09-01",
        "300013,222222233,Lou,Good,2015-04-17,F,,,,,0045,6,2026-09-01",
    ];
    format!("{head}{}\n", rows.join("\n"))
}

#[test]
fn ten_bad_rows_are_named_corrected_and_run_again() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let id = desk.stage(&ten_bad_rows());
        let checked = desk.check(id).expect("it is checked");
        assert_eq!(
            (checked.totals.new, checked.totals.refused),
            (2, 11),
            "{:?}",
            desk.findings(id)
        );
        let want = [
            (3, "LP-0820", "first_name"),
            (4, "LP-0205", "birth_date"),
            (5, "LP-0825", "birth_date"),
            (6, "LP-0840", "asn"),
            (7, "LP-0822", "asn"),
            (8, "LP-0828", "gender"),
            (9, "3002", "postal_code"),
            (10, "3002", "phone"),
            (11, "LP-0826", "school"),
            (12, "LP-0827", "grade"),
            (13, "LP-0830", ""),
        ];
        let found = desk.findings(id);
        for (row, code, field) in want {
            let this = (row, code.to_owned(), field.to_owned());
            assert!(found.contains(&this), "{this:?} is not among {found:?}");
        }
        // The good ones are written; the bad ones wait.
        assert_eq!(desk.run(id).totals.new, 2);
        assert_eq!(counted(world)[0], 2);
        for (row, field, text) in [
            (3, "first_name", "Ned"),
            (4, "birth_date", "2013-04-17"),
            (5, "birth_date", "2015-05-04"),
            (6, "asn", "022222225"),
            (7, "asn", "222222226"),
            (8, "gender", "F"),
            (9, "postal_code", "T9H 1A1"),
            (10, "phone", "780-555-0101"),
            (11, "school", "1256"),
            (12, "grade", "4"),
            (13, "local_number", "300012"),
        ] {
            desk.edit(id, row, &[(field, text)])
                .expect("the cell is corrected");
        }
        let again = desk.run(id);
        assert_eq!(
            (again.totals.new, again.totals.refused),
            (13, 0),
            "{:?}",
            desk.findings(id)
        );
        assert_eq!(counted(world)[0], 13, "{}: nobody twice", world.engine);
        // What stands in the records is corrected there.
        assert!(matches!(
            desk.edit(id, 3, &[("first_name", "Ted")]),
            Err(Failure::Conflict(_))
        ));
        assert_eq!(audited(world, "import.edit-row"), 11);
    });
}

#[test]
fn twins_are_named_across_chunks_and_a_run_goes_on_behind_its_last_chunk() {
    let world = testkit::sqlite();
    furnish(&world);
    let desk = Desk::new(&world, Kind::Students);
    let mut text = "local_number,first_name,last_name,birth_date,gender\n".to_owned();
    for at in 0..900 {
        let day = kernel::Date::new(2010, 1, 1).expect("a day").plus_days(at);
        writeln!(
            text,
            "{},Ann{},Row{},{day},F",
            400_000 + at,
            letters(at),
            letters(at)
        )
        .expect("written");
    }
    text.push_str("400001,Anna,Again,2011-01-01,F\n");
    let id = desk.stage(&text);
    let checked = desk.check(id).expect("it is checked");
    assert_eq!((checked.totals.new, checked.totals.refused), (900, 1));
    assert_eq!(desk.findings(id), [(902, "LP-0830".to_owned(), String::new())]);
    assert_eq!(desk.run(id).totals.new, 900);
    assert_eq!(counted(&world)[0], 900);
    assert_eq!(desk.run(id).totals.new, 900, "run again: nothing more");
    assert_eq!(counted(&world)[0], 900);
}

fn letters(number: i64) -> String {
    let digit = |at: i64| char::from(b'a' + u8::try_from(at % 26).expect("a letter"));
    [digit(number / 676), digit(number / 26), digit(number)]
        .iter()
        .collect()
}

#[test]
fn a_file_without_a_needed_column_is_refused_by_each_and_leaves_nothing() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let id = desk.stage("first_name,birth_date\nZoé,2015-04-17\n");
        let missing: Vec<String> = codes(desk.check(id))
            .into_iter()
            .map(|(_, field)| field)
            .collect();
        assert_eq!(missing, ["last_name", "gender"]);
        assert_eq!(desk.of(id).state, State::Read);
        let before = runs(world);
        let open = "first_name,last_name,birth_date,gender\nZoé,Roy,2015-04-17,F\nLéo,\"Roy,2015-04-17,M\n";
        assert_eq!(
            codes(desk.try_stage(open.as_bytes(), true)),
            [("LP-0805".to_owned(), "file".to_owned())]
        );
        assert_eq!(
            runs(world),
            before,
            "{}: nothing is left of a file that cannot be read",
            world.engine
        );
    });
}

#[test]
fn only_a_coordinator_imports_records_and_only_a_director_accounts() {
    let standing = |role: Role| Standing {
        actor: Actor {
            role: Some(role),
            ..Actor::system(DIVISION, "Test")
        },
        role,
        schools: Vec::new(),
    };
    for role in Role::ALL {
        let kinds = Permits::kinds(&standing(*role));
        let want: &[Kind] = match role {
            Role::Coordinator => &[Kind::Students, Kind::Contacts, Kind::Enrolments, Kind::Schools],
            Role::Director => &[Kind::Staff],
            _ => &[],
        };
        assert_eq!(kinds, want, "{role}");
    }
    assert!(Permit::<access::action::Import>::wide(&standing(Role::Secretary)).is_err());
}

#[test]
fn a_run_of_another_kind_is_not_found() {
    let world = testkit::sqlite();
    furnish(&world);
    let id = Desk::new(&world, Kind::Students).stage(FAMILIES);
    let other = Desk::new(&world, Kind::Staff);
    assert_eq!(other.check(id), Err(Failure::NotFound));
    assert!(
        Desk::new(&world, Kind::Students)
            .rows(id, Some(RowOutcome::Read))
            .len()
            == 3
    );
}

/// Two students of one name and birth date, neither with a number.
fn twins(world: &World) {
    for seed in ["one", "two"] {
        write(world, |tx| {
            let permit = Permit::<CreateStudents>::program(&world.actor)?;
            let legal = (NameId::derived(seed), Name::legal(PersonName::new("Sam", "Twin")));
            let identity = Identity::new(date("2014-05-05"), "X");
            let mut new = NewStudent::new(StudentId::derived(seed), identity, legal);
            new.is_another_person = true;
            people::create_student(tx, &permit, &new, &people::rules::OursAlone)
        });
    }
}

#[test]
fn a_row_says_whom_it_could_be_about_and_an_asn_is_never_changed_by_a_file() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        desk.import(FAMILIES);
        twins(world);
        let before = counted(world);
        let (id, done) = desk.import(
            "\
local_number,asn,first_name,last_name,birth_date,gender
,111111111,Otto,Klein,2012-01-01,M
200002,111111113,Léo,Roy,2013-02-03,M
200001,999999998,Zoé,Roy,2015-04-17,F
,,Sam,Twin,2014-05-05,X
,,Aiyana,Whitebear,2014-11-30,F
",
        );
        let found = desk.findings(id);
        for (row, code, field) in [
            (2, "LP-0831", "asn"),
            (3, "LP-0832", "asn"),
            (4, "LP-0833", "asn"),
            (5, "LP-0834", "last_name"),
            (6, "LP-0845", "last_name"),
        ] {
            let this = (row, code.to_owned(), field.to_owned());
            assert!(found.contains(&this), "{}: {this:?} in {found:?}", world.engine);
        }
        assert_eq!(
            (done.totals.refused, done.totals.same, counted(world)),
            (4, 1, before),
            "{}: only the last is about somebody, of whom it says nothing new",
            world.engine
        );
        let desk = Desk::new(world, Kind::Enrolments);
        let (id, done) = desk.import(
            "\
student_asn,student_number,school,school_year,grade,start
111111111,200002,0045,2026/27,6,2026-09-01
,,0045,2026/27,6,2026-09-01
",
        );
        assert_eq!(
            desk.findings(id),
            [
                (2, "LP-0832".to_owned(), "student_asn".to_owned()),
                (3, "LP-0846".to_owned(), "student_number".to_owned()),
                (3, "LP-0847".to_owned(), "student_asn".to_owned()),
            ],
            "{}",
            world.engine
        );
        assert_eq!(done.totals.refused, 2);
    });
}

#[test]
fn a_mapping_is_kept_under_a_name_that_can_be_read() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let mapping = desk.of(desk.stage(FAMILIES)).mapping;
        let permit = Permit::<Import>::program(&world.actor).expect("the program may");
        for (label, is_kept) in [
            ("", false),
            ("  ", false),
            (&"x".repeat(81), false),
            (&"é".repeat(80), true),
            ("From the old system", true),
        ] {
            let named = Mapping {
                label: label.to_owned(),
                ..mapping.clone()
            };
            let saved = world.store.write_now(Lane::Interactive, &world.actor, |tx| {
                exchange::save_mapping(tx, &permit, Kind::Students, named.clone())
            });
            if is_kept {
                assert!(saved.is_ok(), "{}: {label} {saved:?}", world.engine);
            } else {
                assert_eq!(
                    codes(saved),
                    [("LP-0815".to_owned(), "label".to_owned())],
                    "{label}"
                );
            }
        }
    });
}
