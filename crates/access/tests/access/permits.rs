//! The policy, written a second time: what each role may do, and to whom.

use crate::{a_school, account, manage, read, write};
use access::grants::GiveRole;
use access::ties::{self, Around, NewTie, Tie};
use access::{Action, Permit, Scope, Standing, TieKind, action, grants, place_student};
use db::Tx;
use kernel::{AccountId, Actor, Failure, Outcome, PersonId, Role, SchoolId, StudentId};
use testkit::{World, date, each_engine};

/// Everything a permit is tried on.
struct Scene<'a> {
    world: &'a World,
    account: AccountId,
    own: SchoolId,
    other: SchoolId,
    /// Case, student, covered by the role's schools, covered by a tie of the kind.
    students: Vec<(&'static str, StudentId, bool, Option<TieKind>)>,
}

fn scene(world: &World) -> Scene<'_> {
    let (own, other) = (a_school(world, "1001"), a_school(world, "1002"));
    let account = account(world, "someone");
    sees_by_ties(world, account, own);
    let mut students = Vec::new();
    let mut add = |case: &'static str,
                   at: SchoolId,
                   days: (&str, &str),
                   covered,
                   tied: Option<(TieKind, Option<&str>, bool)>| {
        let id = StudentId::derived(case);
        write(world, &world.actor, |tx| {
            place_student(tx, id, at, date(days.0), date(days.1))?;
            match tied {
                Some((kind, until, _)) => {
                    let given = give_tie(tx, account, case, kind)?;
                    ties::keep(tx, &given, id, &[(date("2026-09-01"), until.map(date))])
                }
                None => Ok(()),
            }
        })
        .expect("the scene is set");
        students.push((
            case,
            id,
            covered,
            tied.filter(|(_, _, holds)| *holds).map(|(kind, _, _)| kind),
        ));
    };
    let (year, past) = (("2026-09-01", "2027-08-31"), ("2025-09-01", "2026-11-22"));
    add("at the own school", own, year, true, None);
    add(
        "last day at the own school is today",
        own,
        ("2026-09-01", "2026-11-23"),
        true,
        None,
    );
    add(
        "comes to the own school",
        own,
        ("2027-01-04", "2027-08-31"),
        true,
        None,
    );
    add("left the own school yesterday", own, past, false, None);
    add("at another school", other, year, false, None);
    for (kind, open, last, over) in [
        (
            TieKind::Guardian,
            "guardian",
            "guardian until today",
            "guardian until yesterday",
        ),
        (
            TieKind::Oneself,
            "self",
            "self until today",
            "self until yesterday",
        ),
        (
            TieKind::Teacher,
            "teacher",
            "teacher until today",
            "teacher until yesterday",
        ),
        (TieKind::Team, "team", "team until today", "team until yesterday"),
    ] {
        add(open, other, year, false, Some((kind, None, true)));
        add(last, other, year, false, Some((kind, Some("2026-11-23"), true)));
        add(over, other, year, false, Some((kind, Some("2026-11-22"), false)));
    }
    Scene {
        world,
        account,
        own,
        other,
        students,
    }
}

/// Gives the account every role that sees by ties, beside its tie.
fn sees_by_ties(world: &World, account: AccountId, school: SchoolId) {
    for role in [Role::Teacher, Role::Specialist, Role::Guardian, Role::Student] {
        let new = GiveRole {
            account,
            role,
            school: access::is_of_schools(role).then_some(school),
            from: date("2026-09-01"),
            until: None,
            reason: "for the test".to_owned(),
        };
        write(world, &world.actor, |tx| grants::give(tx, &manage(world), &new)).expect("the role is given");
    }
}

/// A tie that ends with nothing but itself, to someone of this name.
fn give_tie(tx: &mut Tx, account: AccountId, case: &str, kind: TieKind) -> Outcome<Tie> {
    let permit = Permit::program(&tx.actor().clone())?;
    let new = NewTie {
        account,
        kind,
        around: match kind {
            TieKind::Guardian => Around::Person(PersonId::derived(case)),
            _ => Around::Student(StudentId::derived(case)),
        },
        from: date("2026-09-01"),
        until: None,
        reason: "for the test".to_owned(),
    };
    ties::give(tx, &permit, &new)
}

fn standing(scene: &Scene<'_>, role: Role) -> Standing {
    let actor = Actor {
        account: Some(scene.account),
        role: Some(role),
        ..scene.world.actor.clone()
    };
    let schools = if access::is_of_schools(role) {
        vec![scene.own]
    } else {
        vec![]
    };
    Standing { actor, role, schools }
}

const fn kind_of(role: Role) -> Option<TieKind> {
    match role {
        Role::Teacher => Some(TieKind::Teacher),
        Role::Specialist => Some(TieKind::Team),
        Role::Guardian => Some(TieKind::Guardian),
        Role::Student => Some(TieKind::Oneself),
        _ => None,
    }
}

/// Tries one action as every role; `reaches` has a letter a role, in the order
/// of `Role::ALL`: D the division, S own schools, T tied students, - nothing.
fn try_action<A: Action + std::fmt::Debug>(scene: &Scene<'_>, reaches: &str) -> usize {
    assert_eq!(reaches.len(), Role::ALL.len(), "{} names every role", A::NAME);
    let mut tried = 0;
    for (role, reach) in Role::ALL.iter().zip(reaches.chars()) {
        let who = standing(scene, *role);
        let case = format!("{} as {role} on {}", A::NAME, scene.world.engine);
        let wide = Permit::<A>::wide(&who);
        match reach {
            'D' => assert_eq!(wide.expect(&case).scope(), &Scope::Division, "{case}"),
            'S' => assert_eq!(
                wide.expect(&case).scope(),
                &Scope::Schools(vec![scene.own]),
                "{case}"
            ),
            'T' => {
                let kind = kind_of(*role).expect(&case);
                assert_eq!(
                    wide.expect(&case).scope(),
                    &Scope::Tied(scene.account, kind),
                    "{case}"
                );
            }
            _ => assert!(
                matches!(wide, Err(Failure::Denied(name)) if name == A::NAME),
                "{case}"
            ),
        }
        for (what, student, at_own_school, tied) in &scene.students {
            let covered = match reach {
                'D' => true,
                'S' => *at_own_school,
                'T' => tied.is_some() && *tied == kind_of(*role),
                _ => false,
            };
            let got = read(scene.world, |at| Permit::<A>::student(at, &who, *student));
            refused_or_given(&got, covered, reach, &format!("{case}, student {what}"));
            tried += 1;
        }
        for (school, is_own) in [(scene.own, true), (scene.other, false)] {
            let covered = reach == 'D' || (reach == 'S' && is_own);
            let got = Permit::<A>::school(&who, school);
            refused_or_given(&got, covered, reach, &format!("{case}, own school {is_own}"));
            tried += 1;
        }
    }
    tried
}

fn refused_or_given<A: Action>(got: &Outcome<Permit<A>>, covered: bool, reach: char, case: &str) {
    match got {
        Ok(_) => assert!(covered, "{case}: given"),
        Err(Failure::NotFound) => assert!(!covered && reach != '-', "{case}: not found"),
        Err(Failure::Denied(_)) => assert_eq!(reach, '-', "{case}: denied"),
        Err(other) => panic!("{case}: {other:?}"),
    }
}

macro_rules! try_all {
    ($scene:expr, $($action:ident $reaches:literal)+) => {{
        let tried = [$(try_action::<action::$action>($scene, $reaches)),+];
        let named = [$(action::$action::NAME),+];
        let all: Vec<&str> = action::ALL.iter().map(|(name, _)| *name).collect();
        assert_eq!(named.as_slice(), all, "every action has a row here, in the order of the policy");
        tried.iter().sum::<usize>()
    }};
}

#[test]
fn each_role_reaches_as_far_as_the_policy_says_and_no_student_further() {
    each_engine(|world| {
        let scene = scene(world);
        // director, coordinator, principal, secretary, teacher, specialist, custodian, privacy officer, guardian, student
        let tried = try_all! { &scene,
            ViewStudents   "-DSSTTD-TT"
            EditStudents   "-DSS------"
            CreateStudents "-D-S------"
            ViewMedical    "-DSSTT--T-"
            EditMedical    "-DSS------"
            ViewCustody    "-DSSTT----"
            EditCustody    "-DSS------"
            ManageEnrolment "-DSS------"
            ViewAttendance "-DSSTTD-TT"
            TakeAttendance "-DSST-----"
            ManageAttendance "-DSS------"
            ReportAbsence  "--------T-"
            ViewLooks      "--------TT"
            InviteFamilies "-DSS------"
            ViewSchools    "DDSSSSDD--"
            ViewSections   "-DSST-----"
            ManageSections "-DSS------"
            ManageCourses  "-D--------"
            ManageSchools  "-D--------"
            ViewPasi       "DDSS------"
            DecidePasi     "-DSS------"
            SetPasiPolicy  "-D--------"
            Import         "DD--------"
            Export         "-DSS------"
            MassUpdate     "-DSS------"
            ShareLists     "-DSS------"
            ManageAccounts "D---------"
            ReadAudit      "D------D--"
            ViewHistory    "-DSS--DD--"
            ViewSystem     "DD--------"
        };
        assert_eq!(
            tried,
            action::ALL.len() * Role::ALL.len() * (scene.students.len() + 2)
        );
    });
}

#[test]
fn a_tie_that_was_ended_opens_nothing() {
    each_engine(|world| {
        let scene = scene(world);
        let (who, child) = (standing(&scene, Role::Guardian), StudentId::derived("guardian"));
        let look = || {
            read(world, |at| {
                Permit::<action::ViewStudents>::student(at, &who, child)
            })
        };
        assert!(look().is_ok());
        let all = read(world, |at| ties::of_account(at, &manage(world), scene.account)).expect("read");
        let to_child = Around::Person(PersonId::derived("guardian"));
        let tie = all
            .iter()
            .find(|tie| tie.around() == Ok(to_child.clone()))
            .expect("the tie to the child");
        write(world, &world.actor, |tx| {
            ties::end(tx, &manage(world), scene.account, tie.id, "moved away")
        })
        .expect("the tie ends");
        assert!(matches!(look(), Err(Failure::NotFound)));
    });
}

#[test]
fn the_program_has_a_permit_and_nobody_passes_for_the_program() {
    each_engine(|world| {
        let scene = scene(world);
        assert!(Permit::<action::Import>::program(&world.actor).is_ok());
        for role in Role::ALL {
            let who = standing(&scene, *role);
            assert!(matches!(
                Permit::<action::Import>::program(&who.actor),
                Err(Failure::Denied("exchange.import"))
            ));
            let no_account = Actor {
                account: None,
                ..who.actor
            };
            assert!(Permit::<action::Import>::program(&no_account).is_err());
        }
    });
}

#[test]
fn a_role_of_schools_without_a_school_sees_nobody() {
    each_engine(|world| {
        let scene = scene(world);
        let who = Standing {
            schools: vec![],
            ..standing(&scene, Role::Principal)
        };
        for (what, student, ..) in &scene.students {
            let got = read(world, |at| {
                Permit::<action::ViewStudents>::student(at, &who, *student)
            });
            assert!(matches!(got, Err(Failure::NotFound)), "{what}");
        }
    });
}
