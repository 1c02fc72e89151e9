//! Absences that families tell ahead, on both engines.

mod common;

use access::action::{EditStudents, ManageAttendance, ReportAbsence, ViewAttendance, ViewStudents};
use access::grants::GiveRole;
use access::ties::{Around, NewTie};
use access::{Permit, Standing, TieKind};
use attendance::{AwayReason, DayPart, Entry, Meaning, NewReport, Report, Slot, Source, Unexplained};
use common::{
    audited, child, entry, furnish, office, read, refused, roll, school, secretary, taker, today, write,
};
use db::{Lane, Tx};
use kernel::{
    AbsenceReportId, Actor, ContactId, Failure, Outcome, PersonId, PersonName, Role, StudentId, SubmissionId,
};
use people::{Contact, Custody, NewContact, On, Person, PersonOf};
use testkit::{DIVISION, World, date};

/// A guardian with an account that is tied to the contact person of these students.
fn guardian(world: &World, name: &str, of: &[&str]) -> Standing {
    let account = write(world, |tx| {
        let permit = Permit::program(&tx.actor().clone())?;
        let new = access::accounts::NewAccount {
            username: name.to_owned(),
            display_name: name.to_owned(),
            email: String::new(),
            password: access::accounts::FirstPassword::ToKeep("granite ladder violet moss".to_owned()),
            language: "en-CA".to_owned(),
        };
        let account = access::accounts::create(tx, &permit, &new)?;
        let role = GiveRole {
            account,
            role: Role::Guardian,
            school: None,
            from: date("2026-09-01"),
            until: None,
            reason: "test".to_owned(),
        };
        access::grants::give(tx, &permit, &role)?;
        for (place, student) in of.iter().enumerate() {
            a_contact(tx, (name, place == 0), student)?;
        }
        let tie = NewTie {
            account,
            kind: TieKind::Guardian,
            around: Around::Person(PersonId::derived(name)),
            from: date("2026-09-01"),
            until: None,
            reason: "test".to_owned(),
        };
        people::tie(tx, &permit, &tie)?;
        Ok(account)
    })
    .expect("the account is made");
    Standing {
        actor: Actor {
            account: Some(account),
            role: Some(Role::Guardian),
            ..Actor::system(DIVISION, name)
        },
        role: Role::Guardian,
        schools: Vec::new(),
    }
}

fn a_contact(tx: &mut Tx, (name, is_new): (&str, bool), student: &str) -> Outcome<()> {
    let permit = Permit::<EditStudents>::program(&tx.actor().clone())?;
    let id = ContactId::derived(&format!("{student} {name}"));
    let value = Person {
        name: PersonName::new(name, "Family"),
        ..Person::default()
    };
    let person = PersonId::derived(name);
    let new = NewContact {
        id,
        person: if is_new {
            PersonOf::New(person, Box::new(value))
        } else {
            PersonOf::Existing(person)
        },
        contact: Contact {
            portal_access: true,
            custody: Custody::Joint,
            ..Contact::new("Parent", date("2026-09-01"))
        },
    };
    let on = On::new(child(student), id);
    people::add_contact(tx, &permit, &on, &new, &people::rules::OursAlone).map(|_| ())
}

/// How often something was audited.
fn count(world: &World, action: &str) -> usize {
    audited(world).iter().filter(|one| *one == action).count()
}

fn report(seed: &str, student: &str, days: (&str, &str), part: DayPart) -> NewReport {
    NewReport {
        id: AbsenceReportId::derived(seed),
        student: child(student),
        days: (date(days.0), date(days.1)),
        part,
        reason: AwayReason::Illness,
        note: "a  fever".to_owned(),
    }
}

fn tell(world: &World, who: &Standing, cmd: &NewReport) -> Outcome<Vec<Report>> {
    let report = Permit::<ReportAbsence>::wide(who).expect("the role may");
    let view = Permit::<ViewStudents>::wide(who).expect("the role may");
    world.store.write_now(Lane::Interactive, &who.actor, |tx| {
        attendance::report_absence(tx, (&report, &view), cmd)
    })
}

fn take_back(world: &World, who: &Standing, student: &str, seed: &str) -> Outcome<()> {
    let permit = Permit::<ReportAbsence>::wide(who).expect("the role may");
    let id = (child(student), AbsenceReportId::derived(seed));
    world.store.write_now(Lane::Interactive, &who.actor, |tx| {
        attendance::take_back_report(tx, &permit, id)
    })
}

/// What stands of a student on a day: slot, meaning, source.
fn marks(world: &World, student: StudentId, on: &str) -> Vec<(Slot, Meaning, Source)> {
    let permit = Permit::<ViewAttendance>::program(&world.actor).expect("the program may");
    let all = read(world, |at| attendance::history(at, &permit, student, date(on))).expect("read");
    all.into_iter()
        .filter(|mark| mark.known.to.is_none())
        .map(|mark| (mark.slot, mark.meaning, mark.source))
        .collect()
}

fn take_roll(world: &World, seed: &str, on: &str, slot: Slot, entries: Vec<Entry>) {
    let who = secretary();
    let cmd = attendance::TakeRoll {
        key: SubmissionId::derived(seed),
        at: roll(on, slot),
        entries,
    };
    write(world, |tx| attendance::take(tx, &taker(&who), &cmd)).expect("taken");
}

fn unexplained(world: &World) -> Vec<Unexplained> {
    let who = secretary();
    read(world, |at| {
        attendance::unexplained(at, &office(&who), school(0), today())
    })
    .expect("read")
}

#[test]
fn days_to_come_are_marked_once_and_closed_days_are_left_out() {
    testkit::each_engine(|world| {
        furnish(world);
        let who = guardian(world, "dawn", &["ada"]);
        // Tuesday to the Monday after: a weekend between.
        let cmd = report("one", "ada", ("2026-11-24", "2026-11-30"), DayPart::Day);
        let made = tell(world, &who, &cmd).expect("told");
        assert_eq!(made.len(), 1, "{}", world.engine);
        assert_eq!(
            (made[0].marks, made[0].note.as_str()),
            (10, "a fever"),
            "five days of two halves"
        );
        assert_eq!(
            tell(world, &who, &cmd).expect("told twice"),
            made,
            "a form sent twice is one report"
        );
        assert_eq!(count(world, "attendance.report"), 1);
        let told = (Meaning::Authorized, Source::Family);
        let day = marks(world, child("ada"), "2026-11-24");
        assert_eq!(
            day,
            [(Slot::Morning, told.0, told.1), (Slot::Afternoon, told.0, told.1)]
        );
        assert_eq!(marks(world, child("ada"), "2026-11-28"), [], "a Saturday");

        // The roll of that day presumes present, and overwrites nothing.
        let next = kernel::Instant::from_rfc3339("2026-11-24T16:42:00Z").expect("an instant");
        world.clock.set(next);
        take_roll(
            world,
            "r",
            "2026-11-24",
            Slot::Morning,
            vec![entry("ada", "P", 0)],
        );
        assert_eq!(marks(world, child("ada"), "2026-11-24")[0].1, Meaning::Authorized);
    });
}

#[test]
fn what_nobody_may_tell_is_refused() {
    testkit::each_engine(|world| {
        furnish(world);
        let who = guardian(world, "dawn", &["ada"]);
        for (days, codes) in [
            (("2026-11-20", "2026-11-23"), vec!["LP-0760"]),
            (("2026-11-25", "2026-11-24"), vec!["LP-0761"]),
            (("2026-11-28", "2026-11-29"), vec!["LP-0713"]),
        ] {
            let cmd = report("one", "ada", days, DayPart::Day);
            assert_eq!(refused(tell(world, &who, &cmd)), codes, "{days:?}");
        }
        let far = report("one", "ada", ("2027-09-07", "2027-09-07"), DayPart::Day);
        assert_eq!(refused(tell(world, &who, &far)), ["LP-0762"], "at no school yet");
        let other = report("one", "ben", ("2026-11-24", "2026-11-24"), DayPart::Day);
        assert_eq!(
            tell(world, &who, &other),
            Err(Failure::NotFound),
            "another family's child"
        );
        assert_eq!(count(world, "attendance.report"), 0);
    });
}

#[test]
fn an_absence_of_today_is_explained_and_a_roll_that_saw_the_child_stands() {
    testkit::each_engine(|world| {
        furnish(world);
        let who = guardian(world, "dawn", &["ada", "ben"]);
        take_roll(
            world,
            "am",
            "2026-11-23",
            Slot::Morning,
            vec![entry("ada", "A", 0), entry("ben", "P", 0)],
        );
        assert_eq!(unexplained(world).len(), 1);
        for student in ["ada", "ben"] {
            let cmd = report(student, student, ("2026-11-23", "2026-11-23"), DayPart::Day);
            tell(world, &who, &cmd).expect("told");
        }
        assert_eq!(unexplained(world), [], "explained by the family");
        let told = (Meaning::Authorized, Source::Family);
        assert_eq!(
            marks(world, child("ada"), "2026-11-23"),
            [(Slot::Morning, told.0, told.1), (Slot::Afternoon, told.0, told.1)]
        );
        assert_eq!(
            marks(world, child("ben"), "2026-11-23"),
            [(Slot::Afternoon, told.0, told.1)],
            "was seen in the morning"
        );
        take_back(world, &who, "ada", "ada").expect("taken back");
        let day = marks(world, child("ada"), "2026-11-23");
        assert_eq!(
            (day[0].1, day[1].1),
            (Meaning::Unexplained, Meaning::Present),
            "as before"
        );
        take_back(world, &who, "ada", "ada").expect("twice is once");
        assert_eq!(count(world, "attendance.report-back"), 1);
    });
}

#[test]
fn the_office_sees_it_and_from_then_on_it_stays() {
    testkit::each_engine(|world| {
        furnish(world);
        let (dawn, kim) = (
            guardian(world, "dawn", &["ada"]),
            guardian(world, "kim", &["ada"]),
        );
        let cmd = report("one", "ada", ("2026-11-24", "2026-11-24"), DayPart::Morning);
        tell(world, &dawn, &cmd).expect("told");
        assert_eq!(
            take_back(world, &kim, "ada", "one"),
            Err(Failure::NotFound),
            "somebody else told it"
        );
        let who = secretary();
        let manage = Permit::<ManageAttendance>::wide(&who).expect("the role may");
        let told = read(world, |at| {
            attendance::reports_to(at, &manage, school(0), today())
        })
        .expect("read");
        assert_eq!(
            (told.len(), told[0].note.as_str(), told[0].marks),
            (1, "a fever", 1)
        );
        let elsewhere = read(world, |at| {
            attendance::reports_to(at, &manage, school(1), today())
        });
        assert_eq!(elsewhere, Err(Failure::NotFound));
        let see = |world: &World| {
            let id = (school(0), AbsenceReportId::derived("one"));
            write(world, |tx| attendance::see_report(tx, &manage, id))
        };
        see(world).expect("seen");
        see(world).expect("twice is once");
        assert_eq!(count(world, "attendance.report-seen"), 1);
        assert_eq!(refused(take_back(world, &dawn, "ada", "one")), ["LP-0763"]);
        let view = |who: &Standing| {
            let permit = Permit::<ViewAttendance>::wide(who).expect("the role may");
            read(world, |at| attendance::reports_about(at, &permit, child("ada"))).expect("read")
        };
        assert_eq!(view(&dawn)[0].note, "a fever");
        assert_eq!(
            view(&kim)[0].note,
            "",
            "the note is its author's and the office's"
        );
        let permit = Permit::<ViewAttendance>::wide(&dawn).expect("the role may");
        let place = (child("ada"), school(0), "7A");
        let day = read(world, |at| {
            attendance::child_day(at, &permit, place, date("2026-11-24"))
        })
        .expect("read");
        assert_eq!(
            day.slots
                .iter()
                .map(attendance::ChildSlot::meaning)
                .collect::<Vec<_>>(),
            [Some(Meaning::Authorized), None]
        );
    });
}
