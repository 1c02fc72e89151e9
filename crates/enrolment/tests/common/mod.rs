//! A small division: two schools with calendars and one student.
#![allow(dead_code, reason = "each test file uses the parts it needs")]

pub(crate) mod batch;

use access::action::{ManageEnrolment, ViewHistory, ViewSchools, ViewStudents};
use access::{Permit, Standing};
use db::schema::{access_place, audit, outbox, student_card};
use db::{Lane, Reader, Reading, Tx};
use diesel::prelude::*;
use enrolment::rules::OursAlone;
use enrolment::{Coding, Enrol, Enrolment, On, Saved};
use kernel::{
    Actor, Date, EnrolmentId, Findings, Grade, Instant, NameId, Outcome, PersonName, Role, SchoolId,
    SchoolYear, StudentId,
};
use people::{Identity, Name, NewStudent, Origin};
use schools::{AddSchool, Authority, SchoolDetails, SetCalendar};
use testkit::{DIVISION, World, date};

/// `1256` and `1765`: ECS to grade 9.
pub(crate) const CODES: [&str; 2] = ["1256", "1765"];

pub(crate) fn school(place: usize) -> SchoolId {
    SchoolId::derived(CODES[place])
}

pub(crate) fn year() -> SchoolYear {
    SchoolYear::ending(2027).expect("test year")
}

pub(crate) fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, &world.actor, work)
}

pub(crate) fn read<T>(world: &World, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> T {
    world.store.read_now(DIVISION, work).expect("the read answers")
}

pub(crate) fn program(world: &World) -> Permit<ManageEnrolment> {
    Permit::program(&world.actor).expect("the program may")
}

pub(crate) fn viewer(world: &World) -> Permit<ViewStudents> {
    Permit::program(&world.actor).expect("the program may")
}

pub(crate) fn historian(world: &World) -> Permit<ViewHistory> {
    Permit::program(&world.actor).expect("the program may")
}

pub(crate) fn counter(world: &World) -> Permit<ViewSchools> {
    Permit::program(&world.actor).expect("the program may")
}

pub(crate) fn secretary(schools: &[SchoolId]) -> Standing {
    Standing {
        actor: Actor {
            role: Some(Role::Secretary),
            ..Actor::system(DIVISION, "Test")
        },
        role: Role::Secretary,
        schools: schools.to_vec(),
    }
}

/// Schools, calendars and one student, born 2015.
pub(crate) fn furnish(world: &World) -> StudentId {
    write(world, |tx| {
        furnish_schools(tx)?;
        Ok(a_student(tx, "1", "2015-04-17", None))
    })
    .expect("the division is furnished")
}

pub(crate) fn furnish_schools(tx: &mut Tx) -> Outcome<()> {
    let permit = Permit::program(&tx.actor().clone())?;
    let authority = "3260".parse().expect("test code");
    let known = Authority {
        code: authority,
        name: "Division".to_owned(),
        kind: "Public".to_owned(),
    };
    schools::set_authority(tx, &permit, known)?;
    for code in CODES {
        let details = SchoolDetails {
            code: code.parse().expect("test code"),
            name: format!("School {code}"),
            authority,
            street: String::new(),
            city: String::new(),
            postal_code: String::new(),
            phone: String::new(),
            lowest_grade: Grade::Ecs,
            highest_grade: Grade::G9,
        };
        let id = SchoolId::derived(code);
        schools::add_school(
            tx,
            &permit,
            AddSchool {
                id: Some(id),
                details,
            },
        )?;
        let calendar = SetCalendar {
            school: id,
            year: year(),
            seen: 0,
            first_day: date("2026-09-01"),
            last_day: date("2027-06-25"),
            closures: Vec::new(),
        };
        schools::set_calendar(tx, &permit, calendar)?;
    }
    Ok(())
}

/// A student as the people domain keeps one, without its other parts.
pub(crate) fn a_student(tx: &mut Tx, number: &str, born: &str, deceased: Option<&str>) -> StudentId {
    let id = StudentId::derived(number);
    let identity = Identity {
        deceased_on: deceased.map(date),
        ..Identity::new(date(born), "F")
    };
    let legal = Name::legal(PersonName::new("Test", "Student"));
    let new = NewStudent {
        local_number: Some(number.to_owned()),
        is_another_person: true,
        origin: Origin::Province,
        ..NewStudent::new(id, identity, (NameId::derived(number), legal))
    };
    let permit = Permit::program(tx.actor()).expect("the program may");
    people::create_student(tx, &permit, &new, &people::rules::OursAlone).expect("the student is made");
    id
}

/// Grade 6 at a school since 1 September 2026.
pub(crate) fn autumn(place: usize) -> Enrol {
    Enrol {
        school: school(place),
        year: year(),
        grade: Grade::G6,
        homeroom: "6A".to_owned(),
        start: date("2026-09-01"),
        exit: None,
        coding: Coding::default(),
    }
}

pub(crate) fn id(seed: &str) -> EnrolmentId {
    EnrolmentId::derived(seed)
}

/// Enrols with a dull command.
pub(crate) fn enrolled(world: &World, student: StudentId, seed: &str, cmd: &Enrol) -> Saved<Enrolment> {
    write(world, |tx| {
        enrolment::enrol(
            tx,
            &program(world),
            &On::new(student, id(seed)),
            cmd.clone(),
            &OursAlone,
        )
    })
    .expect("the student is enrolled")
}

pub(crate) fn codes(findings: &Findings) -> Vec<&str> {
    findings.0.iter().map(|finding| finding.code.as_str()).collect()
}

pub(crate) fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(kernel::Failure::Invalid(findings)) => {
            findings.0.into_iter().map(|finding| finding.code).collect()
        }
        other => panic!("the rules should refuse this, not answer {other:?}"),
    }
}

/// School, grade and state of the student's card.
pub(crate) fn card(world: &World, student: StudentId) -> (Option<SchoolId>, String, String) {
    read(world, |at| {
        let division = at.division();
        Ok(student_card::table
            .find((division, student))
            .select((student_card::school_id, student_card::grade, student_card::state))
            .first(at.conn())?)
    })
}

/// From when until when the school may see the student.
pub(crate) fn span(world: &World, student: StudentId, place: usize) -> Option<(Date, Date)> {
    read(world, |at| {
        let division = at.division();
        Ok(access_place::table
            .find((division, student, school(place)))
            .select((access_place::from_date, access_place::until_date))
            .first(at.conn())
            .optional()?)
    })
}

/// Topic and payload of every event.
pub(crate) fn events(world: &World) -> Vec<(String, String)> {
    read(world, |at| {
        let division = at.division();
        Ok(outbox::table
            .filter(outbox::division_id.eq(division))
            .order((outbox::created_at, outbox::id))
            .select((outbox::topic, outbox::payload))
            .load(at.conn())?)
    })
}

/// The actions audited of enrolments and responsible schools.
pub(crate) fn audited(world: &World) -> Vec<String> {
    read(world, |at| {
        let division = at.division();
        Ok(audit::table
            .filter(audit::division_id.eq(division))
            .filter(audit::subject_kind.eq_any(["enrolment", "responsible_school", "day", "division"]))
            .order(audit::seq)
            .select(audit::action)
            .load(at.conn())?)
    })
}

/// Moves the clock to 9:42 in Alberta of a day.
pub(crate) fn move_to(world: &World, day: &str) -> Instant {
    let moment = Instant::from_rfc3339(&format!("{day}T16:42:00Z")).expect("test moment");
    world.clock.set(moment);
    moment
}
