//! Two schools with calendars; class 7A of three at the first, 7B of one; a stranger at the second.
#![allow(dead_code, reason = "each test file uses the parts it needs")]

use access::accounts::{FirstPassword, NewAccount};
use access::action::{ManageAccounts, ManageAttendance, TakeAttendance, ViewAttendance};
use access::grants::GiveRole;
use access::ties::{Around, NewTie};
use access::{Permit, Standing, TieKind};
use attendance::{Entry, Group, RollAt, Slot, TakeRoll};
use db::schema::audit;
use db::{Lane, Reader, Reading, Tx};
use diesel::prelude::*;
use enrolment::rules::OursAlone;
use enrolment::{Coding, Enrol, On};
use kernel::{
    AccountId, Actor, Date, EnrolmentId, Failure, Grade, NameId, Outcome, PersonName, Role, SchoolId,
    SchoolYear, StudentId, SubmissionId,
};
use people::{Identity, Name, NewStudent, Origin};
use schools::{AddSchool, Authority, Closure, SchoolDetails, SetCalendar};
use testkit::{DIVISION, World, date};

pub(crate) const CODES: [&str; 2] = ["1256", "1765"];

pub(crate) fn school(place: usize) -> SchoolId {
    SchoolId::derived(CODES[place])
}

pub(crate) fn child(name: &str) -> StudentId {
    StudentId::derived(name)
}

pub(crate) fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, &world.actor, work)
}

pub(crate) fn read<T>(world: &World, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> Outcome<T> {
    world.store.read_now(DIVISION, work)
}

pub(crate) fn today() -> Date {
    date("2026-11-23")
}

/// Everyone.
pub(crate) fn furnish(world: &World) {
    write(world, |tx| {
        furnish_schools(tx)?;
        for (name, place, homeroom) in [
            ("ada", 0, "7A"),
            ("ben", 0, "7A"),
            ("cleo", 0, "7A"),
            ("dov", 0, "7B"),
            ("zoe", 1, "7A"),
        ] {
            a_student(tx, name, place, homeroom)?;
        }
        Ok(())
    })
    .expect("the division is furnished");
}

fn furnish_schools(tx: &mut Tx) -> Outcome<()> {
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
            year: SchoolYear::ending(2027).expect("test year"),
            seen: 0,
            first_day: date("2026-09-01"),
            last_day: date("2027-06-25"),
            closures: vec![Closure {
                on: date("2026-11-11"),
                reason: "Remembrance Day".to_owned(),
                kind: schools::ClosureKind::Holiday,
            }],
        };
        schools::set_calendar(tx, &permit, calendar)?;
    }
    Ok(())
}

fn a_student(tx: &mut Tx, name: &str, place: usize, homeroom: &str) -> Outcome<()> {
    let legal = Name::legal(PersonName::new(name, "Student"));
    let new = NewStudent {
        local_number: Some(name.to_owned()),
        is_another_person: true,
        origin: Origin::Province,
        ..NewStudent::new(
            child(name),
            Identity::new(date("2014-04-17"), "F"),
            (NameId::derived(name), legal),
        )
    };
    let permit = Permit::program(tx.actor())?;
    people::create_student(tx, &permit, &new, &people::rules::OursAlone)?;
    let cmd = Enrol {
        school: school(place),
        year: SchoolYear::ending(2027).expect("test year"),
        grade: Grade::G7,
        homeroom: homeroom.to_owned(),
        start: date("2026-09-01"),
        exit: None,
        coding: Coding::default(),
    };
    let permit = Permit::program(&tx.actor().clone())?;
    let on = On::new(child(name), EnrolmentId::derived(name));
    enrolment::enrol(tx, &permit, &on, cmd, &OursAlone).map(|_| ())
}

/// A teacher of 7A at the first school, from that day on.
pub(crate) fn a_teacher(world: &World, from: &str, until: Option<&str>) -> Standing {
    let account = write(world, |tx| {
        let permit = Permit::<ManageAccounts>::program(&tx.actor().clone())?;
        let new = NewAccount {
            username: "teacher".to_owned(),
            display_name: "Satoshi Nakamura".to_owned(),
            email: String::new(),
            password: FirstPassword::ToKeep("granite ladder violet moss".to_owned()),
            language: "en-CA".to_owned(),
        };
        let account = access::accounts::create(tx, &permit, &new)?;
        let give = GiveRole {
            account,
            role: Role::Teacher,
            school: Some(school(0)),
            from: date(from),
            until: None,
            reason: "test".to_owned(),
        };
        access::grants::give(tx, &permit, &give)?;
        let tie = NewTie {
            account,
            kind: TieKind::Teacher,
            around: Around::Homeroom(school(0), "7A".to_owned()),
            from: date(from),
            until: until.map(date),
            reason: "test".to_owned(),
        };
        people::tie(tx, &permit, &tie)?;
        Ok(account)
    })
    .expect("the teacher is made");
    standing(Role::Teacher, Some(account), &[school(0)])
}

pub(crate) fn standing(role: Role, account: Option<AccountId>, schools: &[SchoolId]) -> Standing {
    Standing {
        actor: Actor {
            role: Some(role),
            account,
            ..Actor::system(DIVISION, role.as_str())
        },
        role,
        schools: schools.to_vec(),
    }
}

pub(crate) fn secretary() -> Standing {
    standing(Role::Secretary, None, &[school(0)])
}

pub(crate) fn taker(who: &Standing) -> Permit<TakeAttendance> {
    Permit::wide(who).expect("the role may")
}

pub(crate) fn office(who: &Standing) -> Permit<ManageAttendance> {
    Permit::wide(who).expect("the role may")
}

pub(crate) fn viewer(world: &World) -> Permit<ViewAttendance> {
    Permit::program(&world.actor).expect("the program may")
}

pub(crate) fn roll(on: &str, slot: Slot) -> RollAt {
    RollAt {
        school: school(0),
        on: date(on),
        slot,
        group: Group::Homeroom("7A".to_owned()),
    }
}

pub(crate) fn entry(name: &str, letter: &str, seen: i64) -> Entry {
    Entry {
        student: child(name),
        letter: letter.to_owned(),
        minutes: None,
        comment: String::new(),
        seen,
    }
}

pub(crate) fn sending(key: &str, entries: Vec<Entry>) -> TakeRoll {
    TakeRoll {
        key: SubmissionId::derived(key),
        at: roll("2026-11-23", Slot::Morning),
        entries,
    }
}

pub(crate) fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(Failure::Invalid(findings)) => findings.0.into_iter().map(|finding| finding.code).collect(),
        other => panic!("the rules should refuse this, not answer {other:?}"),
    }
}

/// The actions audited of attendance.
pub(crate) fn audited(world: &World) -> Vec<String> {
    read(world, |at| {
        let division = at.division();
        Ok(audit::table
            .filter(
                audit::division_id
                    .eq(division)
                    .and(audit::action.like("attendance.%")),
            )
            .order(audit::seq)
            .select(audit::action)
            .load(at.conn())?)
    })
    .expect("the audit is read")
}

/// Letter and version of what stands of a student in a slot.
pub(crate) fn stands(world: &World, name: &str, slot: Slot) -> Option<(String, i64)> {
    let history = read(world, |at| {
        attendance::history(at, &viewer(world), child(name), today())
    });
    let all = history.expect("the history is read");
    let now = all
        .into_iter()
        .rfind(|mark| mark.slot == slot && mark.known.to.is_none());
    now.map(|mark| (mark.letter, mark.known.version))
}
