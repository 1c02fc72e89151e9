//! Taken back.

use crate::ground::{Desk, FAMILIES, announced, audited, counted, furnish, write};
use access::Permit;
use access::action::EditStudents;
use db::Reading;
use exchange::{Kind, State};
use kernel::{Clock, Failure, PhoneId, StudentId};
use people::{On, Phone};
use testkit::{World, each_engine};

#[test]
fn a_run_is_taken_back_whole_and_can_be_run_again() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let (id, _) = desk.import(FAMILIES);
        let undone = desk.undo(id);
        assert_eq!(undone.state, State::Undone);
        assert_eq!(
            counted(world),
            [0, 0, 0, 0],
            "{}: {:?}",
            world.engine,
            desk.findings(id)
        );
        assert_eq!(
            announced(world, "student.created"),
            0,
            "nobody is told of what is not there"
        );
        assert_eq!(
            (audited(world, "student.take-back"), audited(world, "import.undo")),
            (3, 1)
        );
        assert_eq!(desk.run(id).totals.new, 3);
        assert_eq!(counted(world), [3, 3, 5, 3]);
    });
}

#[test]
fn what_a_run_changed_is_put_back_as_it_was() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        desk.import(FAMILIES);
        let before = counted(world);
        let moved = FAMILIES
            .replace("8 Birch Road", "10 Birch Road")
            .replace("6C", "6D")
            .replace("780-555-0202", "780-555-0299")
            .replace("780-555-0201", "780-555-0298")
            .replace("2014-11-30", "2014-11-29")
            .replace("Aiyana", "Aïyana");
        let (id, changed) = desk.import(&moved);
        assert_eq!(changed.totals.changed, 1);
        desk.undo(id);
        assert_eq!(counted(world), before);
        let (_, again) = desk.import(FAMILIES);
        assert_eq!(again.totals.same, 3, "{}: it is as it was", world.engine);
    });
}

fn first_student(world: &World) -> StudentId {
    use db::schema::student_detail;
    use diesel::prelude::*;
    crate::ground::read(world, |at| {
        Ok(student_detail::table
            .filter(student_detail::local_number.eq("200003"))
            .select(student_detail::id)
            .first(at.conn())?)
    })
}

#[test]
fn what_somebody_changed_since_stays_and_is_named() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let (id, _) = desk.import(FAMILIES);
        let student = first_student(world);
        let later = world.store.now().plus_seconds(60);
        world.clock.set(later);
        write(world, |tx| {
            let permit = Permit::<EditStudents>::program(&tx.actor().clone())?;
            let phone = Phone {
                kind: "Mobile".to_owned(),
                number: "7805550999".to_owned(),
                extension: String::new(),
                is_preferred: false,
                is_listed: false,
            };
            let on = On::new(student, PhoneId::fresh(tx.now()));
            people::set_phone(tx, &permit, &on, &phone, &people::rules::OursAlone)
        });
        desk.undo(id);
        assert_eq!(
            counted(world),
            [1, 1, 1, 0],
            "{}: the enrolment is one created in error",
            world.engine
        );
        assert_eq!(desk.findings(id), [(4, "LP-0861".to_owned(), String::new())]);
        assert_eq!(desk.of(id).totals.noted, 1);
    });
}

#[test]
fn a_student_of_whom_the_province_was_told_stays_without_the_enrolment() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let (id, _) = desk.import(FAMILIES);
        write(world, |tx| {
            db::take_outbox(tx, &["student.created", "enrolment.changed"], 100)
        });
        desk.undo(id);
        assert_eq!(counted(world), [3, 3, 5, 0], "{}", world.engine);
        let codes: Vec<String> = desk.findings(id).into_iter().map(|(_, code, _)| code).collect();
        assert_eq!(codes, ["LP-0863"; 3]);
    });
}

#[test]
fn a_run_that_tells_nobody_announces_nothing() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let id = desk
            .try_stage(FAMILIES.as_bytes(), false)
            .expect("the file is read");
        desk.run(id);
        assert_eq!(counted(world), [3, 3, 5, 3]);
        assert_eq!(
            (
                announced(world, "student.created"),
                announced(world, "enrolment.changed")
            ),
            (0, 0)
        );
        let moved = desk
            .try_stage(FAMILIES.replace("6C", "6D").as_bytes(), false)
            .expect("the file is read");
        assert_eq!(desk.run(moved).totals.changed, 1);
        assert_eq!(announced(world, "enrolment.changed"), 0);
    });
}

#[test]
fn a_run_that_is_not_written_cannot_be_taken_back() {
    let world = testkit::sqlite();
    furnish(&world);
    let desk = Desk::new(&world, Kind::Students);
    let id = desk.stage(FAMILIES);
    let permits = exchange::Permits::program(&world.actor, Kind::Students).expect("the program may");
    let work = exchange::Work {
        store: &world.store,
        permits: &permits,
        province: &exchange::NoProvince,
    };
    assert!(matches!(work.undo(id, &mut |_| {}), Err(Failure::Conflict(_))));
}

#[test]
fn rows_go_after_a_month_without_work_and_the_run_says_so() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        let (id, _) = desk.import(FAMILIES);
        let clear = || {
            crate::ground::write(world, |tx| {
                let permit = access::Permit::program(&tx.actor().clone())?;
                exchange::clear_old_rows(tx, &permit)
            })
        };
        let month = exchange::days_kept(testkit::date("2026-11-23")) * 86_400;
        let later = |seconds: i64| world.clock.set(world.clock.now().plus_seconds(seconds));
        later(month - 60);
        assert_eq!(clear(), None, "until the last minute it can be undone");
        assert_eq!(desk.of(id).cleared_at, None);
        later(120);
        assert_eq!((clear(), clear()), (Some(3), None), "{}", world.engine);
        let run = desk.of(id);
        assert!(run.cleared_at.is_some() && desk.rows(id, None).is_empty());
        assert_eq!(
            (run.totals.new, counted(world)[0]),
            (3, 3),
            "figures and students stay"
        );
        assert_eq!(
            crate::ground::codes(desk.try_run(id)),
            [("LP-0853".to_owned(), String::new())]
        );
        assert_eq!(crate::ground::audited(world, "import.clear"), 1);
    });
}

#[test]
fn a_number_and_languages_that_a_file_brought_are_taken_back_together() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Students);
        desk.import(FAMILIES);
        let student = first_student(world);
        let told = "local_number,asn,first_name,last_name,birth_date,gender,first_language,letters_in\n\
                    K-3,111111113,Aiyana,Whitebear,2014-11-30,F,Cree,FRA\n";
        let (id, done) = desk.import(told);
        assert_eq!(done.totals.changed, 1, "{:?}", desk.findings(id));
        let identity = || {
            crate::ground::read(world, |at| {
                let permit = access::Permit::program(&world.actor)?;
                let student = people::student(at, &permit, student)?;
                Ok((
                    student.local_number,
                    student.identity.first_language,
                    student.identity.letters_in,
                ))
            })
        };
        let all = |parts: [&str; 3]| {
            let [number, first, letters] = parts.map(str::to_owned);
            (number, first, letters)
        };
        assert_eq!(identity(), all(["K-3", "CRE", "FRA"]), "{}", world.engine);
        let (_, again) = desk.import(told);
        assert_eq!(again.totals.same, 1);
        desk.undo(id);
        assert_eq!(identity(), all(["200003", "", ""]), "{}", world.engine);
    });
}

#[test]
fn the_last_director_that_a_file_brought_stays_and_the_rule_is_named() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Staff);
        let (id, done) = desk.import("username,display_name,role\nonly.one,The Director,director\n");
        assert_eq!(done.totals.new, 1, "{:?}", desk.findings(id));
        desk.undo(id);
        let codes: Vec<String> = desk.findings(id).into_iter().map(|(_, code, _)| code).collect();
        assert!(
            codes.contains(&"LP-0120".to_owned()) && codes.contains(&"LP-0864".to_owned()),
            "{}: {codes:?}",
            world.engine
        );
    });
}
