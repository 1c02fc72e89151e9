//! Whom an account sees, on both engines: ties follow what is recorded of the
//! family and of the homeroom, in the same transaction, and end with it.

mod common;

use access::accounts::{self, AccountState};
use access::action::{EditCustody, EditStudents, ManageAccounts, ViewStudents};
use access::grants::{self, GiveRole};
use access::ties::{self, Around, NewTie, TieKind};
use access::{Permit, Standing};
use common::*;
use db::AuditRow;
use db::schema::audit;
use diesel::prelude::*;
use kernel::{Clock, ContactId, Failure, Outcome, PersonId, RestrictionId, Role, SchoolId, StudentId, TieId};
use people::{
    Contact, Custody, NewContact, On, PersonOf, Place, PlaceState, Restriction, RestrictionCode, Undo,
};
use testkit::{DIVISION, World, date, each_engine};

/// Someone with an account and the role, at school 1 where the role needs one.
fn holder(world: &World, username: &str, role: Role) -> Standing {
    let schools: Vec<SchoolId> = access::is_of_schools(role)
        .then(|| school(1))
        .into_iter()
        .collect();
    let standing = someone(world, username, role, &schools);
    let new = GiveRole {
        account: standing.actor.account.expect("an account"),
        role,
        school: schools.first().copied(),
        from: date("2026-09-01"),
        until: None,
        reason: "for the test".to_owned(),
    };
    if let Some(school) = new.school {
        a_school(world, school);
    }
    write(world, |tx| grants::give(tx, &program(world), &new)).expect("the role is given");
    standing
}

fn new_tie(who: &Standing, around: Around) -> NewTie {
    NewTie {
        account: who.actor.account.expect("an account"),
        kind: TieKind::of(who.role).expect("a role that sees by ties"),
        around,
        from: date("2026-09-01"),
        until: None,
        reason: "asked for at the office".to_owned(),
    }
}

fn tie(world: &World, who: &Standing, around: Around) -> Outcome<TieId> {
    let new = new_tie(who, around);
    write(world, |tx| people::tie(tx, &program(world), &new))
}

fn sees(world: &World, who: &Standing, student: StudentId) -> bool {
    let permit = read(world, |at| Permit::<ViewStudents>::student(at, who, student));
    match permit {
        Ok(_) => true,
        Err(Failure::NotFound) => false,
        Err(other) => panic!("{other:?}"),
    }
}

fn contact_of(student: StudentId) -> ContactId {
    ContactId::derived(&format!("{student} contact"))
}

/// A child of Dawn, who sees it on the family pages.
fn child(world: &World, first: &str, dawn: PersonOf) -> StudentId {
    let mut new = a_student(first, "Whitebear", "2014-01-02");
    new.contacts.push(NewContact {
        id: contact_of(new.id),
        person: dawn,
        contact: open(),
    });
    create(world, &new)
}

fn open() -> Contact {
    Contact {
        portal_access: true,
        custody: Custody::Joint,
        ..Contact::new("Parent", date("2026-09-01"))
    }
}

fn dawn() -> (PersonId, PersonOf) {
    let (id, person) = a_guardian("Dawn", "Whitebear", "7805550147");
    (id, PersonOf::New(id, Box::new(person)))
}

fn change(world: &World, student: StudentId, seen: i64, value: &Contact) {
    let permit = program::<EditStudents>(world);
    let on = On::seen(student, contact_of(student), seen);
    write(world, |tx| people::change_contact(tx, &permit, &on, value)).expect("changed");
}

fn actions(world: &World, action: &str) -> Vec<AuditRow> {
    read(world, |at| {
        Ok(audit::table
            .filter(
                audit::division_id
                    .eq(DIVISION)
                    .and(audit::action.eq(action.to_owned())),
            )
            .order(audit::seq)
            .select(AuditRow::as_select())
            .load(db::Reading::conn(at))?)
    })
    .expect("the audit is read")
}

#[test]
fn a_guardian_sees_each_child_of_portal_access_and_no_other_family() {
    each_engine(|world| {
        let (dawn_id, dawn) = dawn();
        let nora = child(world, "Nora", dawn);
        let other = create(world, &a_student("Olive", "Cardinal", "2014-01-02"));
        let who = holder(world, "dawn", Role::Guardian);
        assert!(!sees(world, &who, nora), "nobody is tied yet");
        let id = tie(world, &who, Around::Person(dawn_id)).expect("tied");
        assert!(sees(world, &who, nora));
        assert!(
            !sees(world, &who, other),
            "another family's child stays not found"
        );
        let brother = child(world, "Sam", PersonOf::Existing(dawn_id));
        assert!(
            sees(world, &who, brother),
            "a child who comes later is seen without asking again"
        );
        let listed = read(world, |at| people::students_of_tie(at, &program(world), id)).expect("listed");
        assert_eq!(listed.len(), 2);
        let given = actions(world, "tie.give");
        assert_eq!(given.len(), 1);
        assert!(
            given[0].detail.contains(&dawn_id.to_string()),
            "{}",
            given[0].detail
        );
    });
}

#[test]
fn what_ends_portal_access_ends_the_tie_in_the_same_save_and_an_undo_opens_it_again() {
    each_engine(|world| {
        let (dawn_id, dawn) = dawn();
        let nora = child(world, "Nora", dawn);
        let who = holder(world, "dawn", Role::Guardian);
        tie(world, &who, Around::Person(dawn_id)).expect("tied");
        let closed = Contact {
            portal_access: false,
            ..open()
        };
        change(world, nora, 1, &closed);
        assert!(!sees(world, &who, nora), "portal access withdrawn");
        let undo = |seen| {
            write(world, |tx| {
                let permit = program::<EditStudents>(world);
                people::undo(tx, &permit, nora, (Undo::Contact(contact_of(nora)), seen), "")
            })
            .expect("undone");
        };
        undo(2);
        assert!(sees(world, &who, nora), "taken back");
        let no_contact = Contact {
            custody: Custody::NoContact,
            ..closed.clone()
        };
        change(world, nora, 3, &no_contact);
        assert!(!sees(world, &who, nora), "a court forbids contact");
        undo(4);
        let yesterday = world.clock.now().date().plus_days(-1);
        let over = Contact {
            expires_on: Some(yesterday),
            ..open()
        };
        change(world, nora, 5, &over);
        assert!(!sees(world, &who, nora), "the contact ended");
        undo(6);
        assert!(sees(world, &who, nora));
        write(world, |tx| {
            let on = On::seen(nora, contact_of(nora), 7);
            people::remove_contact(tx, &program::<EditStudents>(world), &on)
        })
        .expect("removed");
        assert!(!sees(world, &who, nora), "the contact was removed");
    });
}

#[test]
fn days_open_and_shut_what_a_guardian_sees_without_anybody_asking() {
    each_engine(|world| {
        let (dawn_id, dawn) = dawn();
        let nora = child(world, "Nora", dawn);
        let who = holder(world, "dawn", Role::Guardian);
        tie(world, &who, Around::Person(dawn_id)).expect("tied");
        let today = world.clock.now().date();
        let until_today = Contact {
            expires_on: Some(today),
            ..open()
        };
        change(world, nora, 1, &until_today);
        assert!(sees(world, &who, nora), "the last day is one of them");
        world.clock.set(world.clock.now().plus_seconds(24 * 3600));
        assert!(!sees(world, &who, nora), "the day after is none");
        change(world, nora, 2, &open());
        assert!(sees(world, &who, nora));
        world.clock.set(date("2032-01-01").midnight().expect("midnight"));
        assert!(sees(world, &who, nora), "the last day before the 18th birthday");
        world.clock.set(date("2032-01-02").midnight().expect("midnight"));
        assert!(!sees(world, &who, nora), "from 18 on a student stands alone");
    });
}

#[test]
fn an_independent_student_is_seen_by_no_guardian_unless_they_stay_involved() {
    each_engine(|world| {
        let (dawn_id, dawn) = dawn();
        let nora = child(world, "Nora", dawn);
        let who = holder(world, "dawn", Role::Guardian);
        tie(world, &who, Around::Person(dawn_id)).expect("tied");
        let restrict = |code: RestrictionCode| {
            let restriction = Restriction {
                code,
                notice: "Ask the office first.".to_owned(),
                effective_on: date("2026-09-01"),
                expires_on: None,
            };
            write(world, |tx| {
                let on = On::new(nora, RestrictionId::derived(code.as_str()));
                people::set_restriction(
                    tx,
                    &program::<EditCustody>(world),
                    &on,
                    &restriction,
                    &people::rules::OursAlone,
                )
            })
            .expect("set");
        };
        restrict(RestrictionCode::CourtOrdered);
        assert!(sees(world, &who, nora), "an order that names nobody ends no tie");
        restrict(RestrictionCode::IndependentUnder18);
        assert!(!sees(world, &who, nora), "independent");
        restrict(RestrictionCode::StudentOver18withGuardian);
        assert!(sees(world, &who, nora), "guardians stay involved");
    });
}

#[test]
fn a_teacher_sees_the_homeroom_as_students_come_and_go() {
    each_engine(|world| {
        let nora = create(world, &a_student("Nora", "Whitebear", "2014-01-02"));
        let who = holder(world, "teacher", Role::Teacher);
        let stand = |school: SchoolId, room: &str, state: PlaceState| {
            let place = Place {
                school: Some(school),
                grade: "06".to_owned(),
                homeroom: room.to_owned(),
                state,
                enrolled_on: Some(date("2026-09-01")),
            };
            write(world, |tx| people::set_place(tx, nora, &place)).expect("placed");
        };
        stand(school(1), "6A", PlaceState::Enrolled);
        let room = Around::Homeroom(school(1), "6A".to_owned());
        let id = tie(world, &who, room.clone()).expect("tied");
        assert!(sees(world, &who, nora), "in the homeroom already");
        stand(school(1), "6B", PlaceState::Enrolled);
        assert!(!sees(world, &who, nora), "moved to another homeroom");
        stand(school(1), "6A", PlaceState::Enrolled);
        assert!(sees(world, &who, nora), "and back");
        stand(school(2), "6A", PlaceState::Enrolled);
        assert!(
            !sees(world, &who, nora),
            "a homeroom of the same name at another school"
        );
        stand(school(1), "6A", PlaceState::Left);
        assert!(!sees(world, &who, nora), "left");
        stand(school(1), "6A", PlaceState::Enrolled);
        let account = who.actor.account.expect("an account");
        let end = |reason: &str| write(world, |tx| ties::end(tx, &program(world), account, id, reason));
        assert_eq!(end(" ").err(), Some(Failure::refuse("LP-0122", "reason")));
        end("another teacher has the class").expect("ended");
        assert!(!sees(world, &who, nora));
        assert!(
            matches!(end("again").err(), Some(Failure::Conflict(_))),
            "a double click"
        );
        stand(school(1), "6A", PlaceState::Enrolled);
        assert!(!sees(world, &who, nora), "an ended tie follows nobody");
        write(world, |tx| people::tie_again(tx, &program(world), account, id)).expect("tied again");
        assert!(sees(world, &who, nora));
        assert_eq!(actions(world, "tie.end").len(), 1);
        assert_eq!(actions(world, "tie.give").len(), 2);
        let elsewhere = Around::Homeroom(school(2), "6A".to_owned());
        assert_eq!(
            tie(world, &who, elsewhere).err(),
            Some(Failure::refuse("LP-0138", "whom"))
        );
        assert_eq!(
            tie(world, &who, room).err(),
            Some(Failure::refuse("LP-0139", "whom"))
        );
    });
}

#[test]
fn a_tie_ends_on_its_last_day_and_with_the_account() {
    each_engine(|world| {
        let nora = create(world, &a_student("Nora", "Whitebear", "2014-01-02"));
        let who = holder(world, "specialist", Role::Specialist);
        let account = who.actor.account.expect("an account");
        let today = world.clock.now().date();
        let new = NewTie {
            until: Some(today),
            ..new_tie(&who, Around::Student(nora))
        };
        write(world, |tx| people::tie(tx, &program(world), &new)).expect("tied");
        assert!(sees(world, &who, nora));
        assert_eq!(write(world, ties::end_due).expect("nothing is due"), 0);
        world.clock.set(world.clock.now().plus_seconds(24 * 3600));
        assert!(!sees(world, &who, nora), "over before the job ran");
        assert_eq!(write(world, ties::end_due).expect("one is due"), 1);
        assert_eq!(write(world, ties::end_due).expect("once"), 0);
        assert_eq!(actions(world, "tie.end").len(), 1);
        tie(world, &who, Around::Student(nora)).expect("tied anew");
        write(world, |tx| {
            accounts::close(tx, &program::<ManageAccounts>(world), account, "left")
        })
        .expect("closed");
        let (line, ties) = read(world, |at| {
            let permit = program::<ManageAccounts>(world);
            let line = accounts::line(at, &permit, account)?;
            Ok((line, ties::of_account(at, &permit, account)?))
        })
        .expect("read");
        assert_eq!(line.state, AccountState::Closed);
        assert!(ties.iter().all(|tie| tie.ended_at.is_some()), "{ties:?}");
        assert!(!sees(world, &who, nora), "a closed account sees nobody");
        assert_eq!(
            tie(world, &who, Around::Student(nora)).err().map(codes),
            Some(vec!["LP-0135", "LP-0137"])
        );
    });
}

fn codes(failure: Failure) -> Vec<&'static str> {
    const KNOWN: [&str; 3] = ["LP-0135", "LP-0137", "LP-0138"];
    let Failure::Invalid(found) = failure else {
        panic!("{failure:?}");
    };
    let known = |code: &str| KNOWN.into_iter().find(|one| *one == code).expect("a known code");
    found.0.iter().map(|finding| known(&finding.code)).collect()
}

#[test]
fn the_director_finds_persons_and_students_by_name_and_nothing_that_is_not_there() {
    each_engine(|world| {
        let (dawn_id, dawn) = dawn();
        let nora = child(world, "Nora", dawn);
        let permit = program::<ManageAccounts>(world);
        for (typed, found) in [
            ("dawn white", 1),
            ("whitebear dawn", 1),
            ("dawn cardinal", 0),
            ("", 0),
        ] {
            let persons = read(world, |at| people::persons_to_tie(at, &permit, typed, 10)).expect("found");
            assert_eq!(persons.len(), found, "{typed}");
            for person in persons {
                assert_eq!(person.person, dawn_id);
                assert!(
                    person
                        .children
                        .iter()
                        .all(|(card, sees)| card.student == nora && *sees)
                );
            }
        }
        let students = read(world, |at| people::students_to_tie(at, &permit, "nora", 10)).expect("found");
        assert_eq!(students.len(), 1);
        let who = holder(world, "dawn", Role::Guardian);
        let guessed = PersonId::derived("guessed");
        assert_eq!(
            tie(world, &who, Around::Person(guessed)).err(),
            Some(Failure::NotFound)
        );
    });
}
