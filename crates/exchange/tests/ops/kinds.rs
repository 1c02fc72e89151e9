//! Contacts, enrolments, staff.

use crate::ground::{Desk, FAMILIES, audited, counted, furnish, read};
use access::Permit;
use access::accounts::{self, AccountFilter};
use access::action::{ManageAccounts, ViewStudents};
use exchange::Kind;
use testkit::each_engine;

#[test]
fn contacts_are_added_shared_and_changed() {
    each_engine(|world| {
        furnish(world);
        Desk::new(world, Kind::Students).import(FAMILIES);
        let desk = Desk::new(world, Kind::Contacts);
        let file = "\
student_number,first_name,last_name,relationship,home_phone,call_order,lives_with,may_pick_up
200001,Ann,Gagnon,Grandmother,780-555-0301,3,N,Y
200002,ANN,GAGNON,Grandmother,7805550301,3,N,Y
200003,Rose,Whitebear,Mother,780-555-0303,,,
200003,Rose,Whitebear,Mother,780-555-0304,,,
200009,Nobody,Here,Mother,,,,
200001,Eve,Roy,Landlord,,,,
200001,Max,,Mother,780-55,,,
";
        let (id, done) = desk.import(file);
        assert_eq!(
            (done.totals.new, done.totals.changed, done.totals.refused),
            (2, 1, 4),
            "{:?}",
            desk.findings(id)
        );
        assert_eq!(
            counted(world)[1..3],
            [4, 7],
            "{}: one grandmother for two",
            world.engine
        );
        let want = [
            (5, "LP-0830", ""),
            (6, "LP-0847", "student_number"),
            (7, "LP-0262", "relationship"),
            (8, "LP-0820", "last_name"),
        ];
        for (row, code, field) in want {
            let this = (row, code.to_owned(), field.to_owned());
            assert!(
                desk.findings(id).contains(&this),
                "{this:?}: {:?}",
                desk.findings(id)
            );
        }
        desk.undo(id);
        assert_eq!(counted(world)[2], 5, "{}", world.engine);
    });
}

#[test]
fn what_a_row_tells_of_a_contact_changes_and_goes_back_with_the_import() {
    each_engine(|world| {
        furnish(world);
        Desk::new(world, Kind::Students).import(FAMILIES);
        let desk = Desk::new(world, Kind::Contacts);
        let told = || {
            let student = read(world, |at| {
                let permit = Permit::<ViewStudents>::program(&world.actor)?;
                let told = people::known::Told {
                    local_number: Some("200003".to_owned()),
                    ..Default::default()
                };
                let found = people::known::look_up(at, &permit, &[told])?;
                people::student(at, &permit, found[0].by_number.expect("she is here"))
            });
            let one = student.contacts.into_iter();
            one.map(|one| {
                (
                    one.person.value.other_email,
                    one.person.value.country,
                    one.contact.value.portal_access,
                    one.contact.value.expires_on.map(|day| day.to_string()),
                )
            })
            .collect::<Vec<_>>()
        };
        let before = told();
        let file = "\
student_number,first_name,last_name,relationship,other_email,country,language,portal_access,expires_on
200003,Rose,Whitebear,Mother,rose@work.example,CA,Cree,Y,2031-06-30
200003,Rose,Whitebear,Mother,,Atlantis,Klingon,maybe,soon
";
        let (id, done) = desk.import(file);
        assert_eq!(
            (done.totals.changed, done.totals.refused),
            (1, 1),
            "{:?}",
            desk.findings(id)
        );
        let want = (
            "rose@work.example".to_owned(),
            "CA".to_owned(),
            true,
            Some("2031-06-30".to_owned()),
        );
        assert!(told().contains(&want), "{}: {:?}", world.engine, told());
        for (code, field) in [
            ("LP-0828", "country"),
            ("LP-0828", "language"),
            ("LP-0829", "portal_access"),
            ("LP-0825", "expires_on"),
        ] {
            let this = (3, code.to_owned(), field.to_owned());
            assert!(
                desk.findings(id).contains(&this),
                "{this:?}: {:?}",
                desk.findings(id)
            );
        }
        desk.undo(id);
        assert_eq!(told(), before, "{}", world.engine);
    });
}

#[test]
fn enrolments_are_made_ended_and_judged_by_their_rules() {
    each_engine(|world| {
        furnish(world);
        Desk::new(world, Kind::Students).import(FAMILIES);
        let desk = Desk::new(world, Kind::Enrolments);
        let file = "\
student_asn,school,school_year,grade,start,exit,exit_kind
111111111,0045,2025/26,5,2025-09-02,2026-06-26,completion
111111112,0045,2026/27,8,2026-09-01,2026-11-20,withdrawal
111111113,1256,2026/27,6,2026-09-01,,
111111113,1256,2026/27,6,2027-10-01,,
11111113,1256,2026/27,9,2026-09-01,,
";
        let (id, done) = desk.import(file);
        assert_eq!(
            (
                done.totals.new,
                done.totals.changed,
                done.totals.same,
                done.totals.refused
            ),
            (1, 1, 1, 2),
            "{:?}",
            desk.findings(id)
        );
        let found = desk.findings(id);
        assert!(
            found.contains(&(5, "LP-0401".to_owned(), "start".to_owned())),
            "{found:?}"
        );
        assert!(
            found.contains(&(6, "LP-0847".to_owned(), "student_asn".to_owned())),
            "{found:?}"
        );
        assert_eq!(counted(world)[3], 4);
        desk.undo(id);
        assert_eq!(counted(world)[3], 3);
        let (_, again) = Desk::new(world, Kind::Students).import(FAMILIES);
        assert_eq!(
            again.totals.same, 3,
            "{}: the withdrawal is taken back",
            world.engine
        );
    });
}

#[test]
fn accounts_of_staff_are_made_with_a_role_and_closed_again() {
    each_engine(|world| {
        furnish(world);
        let desk = Desk::new(world, Kind::Staff);
        let file = "\
username,name,email,role,school
mlavallee,\"Lavallée, Marie\",marie@example.ca,teacher,0045
cnadeau,Carol Nadeau,carol@example.ca,secretary,45
xx,Too Short,,teacher,0045
guard,A Guardian,,guardian,
nowhere,No School,,principal,
";
        let id = desk.stage(file);
        desk.check(id).expect("it is checked");
        assert_eq!(audited(world, "account.create"), 0);
        let done = desk.run(id);
        assert_eq!(
            (done.totals.new, done.totals.refused),
            (2, 3),
            "{:?}",
            desk.findings(id)
        );
        let names = || {
            let permit = Permit::<ManageAccounts>::program(&world.actor).expect("the program may");
            let all = read(world, |at| {
                accounts::list(at, &permit, &AccountFilter::default(), None, 50)
            });
            all.into_iter()
                .map(|line| (line.display_name, line.state.to_string(), line.roles.len()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names(),
            [
                ("Carol Nadeau".to_owned(), "active".to_owned(), 1),
                ("Marie Lavallée".to_owned(), "active".to_owned(), 1)
            ]
        );
        let (_, again) = desk.import(file);
        assert_eq!((again.totals.same, again.totals.new), (2, 0), "{}", world.engine);
        desk.undo(id);
        assert!(
            names()
                .iter()
                .all(|(_, state, roles)| state == "closed" && *roles == 0),
            "{:?}",
            names()
        );
    });
}

#[test]
fn a_file_that_was_read_as_another_kind_is_read_anew_until_it_is_in_the_records() {
    each_engine(|world| {
        furnish(world);
        let (students, staff) = (Desk::new(world, Kind::Students), Desk::new(world, Kind::Staff));
        let file = "username,display_name,email,role,school,from\ncarol,Carol Nadeau,c@example.ca,secretary,0045,2026-09-01\n";
        let id = students.stage(file);
        let turn = |from: Kind, to: Kind| {
            let permits = |kind| exchange::Permits::program(&world.actor, kind).expect("the program may");
            world.store.write_now(db::Lane::Interactive, &world.actor, |tx| {
                exchange::read_as(tx, (&permits(from), &permits(to)), id, None)
            })
        };
        assert!(turn(Kind::Contacts, Kind::Staff).is_err(), "it is not that kind");
        turn(Kind::Students, Kind::Staff).expect("nothing of it is written");
        assert_eq!(audited(world, "import.read-as"), 1);
        let done = staff.run(id);
        assert_eq!(
            (done.totals.new, done.totals.refused),
            (1, 0),
            "{:?}",
            staff.findings(id)
        );
        assert!(
            turn(Kind::Staff, Kind::Students).is_err(),
            "it stands in the records"
        );
    });
}
