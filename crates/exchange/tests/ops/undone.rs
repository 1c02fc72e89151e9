//! Taken back.

use crate::ground::{Desk, FAMILIES, announced, audited, counted, furnish, write};
use access::Permit;
use access::action::EditStudents;
use db::Reading;
use exchange::{Kind, State};
use kernel::{Failure, PhoneId, StudentId};
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
    use db::schema::student;
    use diesel::prelude::*;
    crate::ground::read(world, |at| {
        Ok(student::table
            .filter(student::local_number.eq("200003"))
            .select(student::id)
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
            people::set_phone(tx, &permit, &on, &phone)
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
