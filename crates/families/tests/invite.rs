//! Invitations from the office to the family's account, on both engines.

use access::accounts;
use access::action::{EditCustody, InviteFamilies, ManageAccounts, ViewStudents};
use access::sessions::{self, Stage};
use access::{Action, Permit, recovery, sign_in, throttle, totp};
use db::{Lane, Reader, Reading, Tx};
use families::{Accept, Accepted, Invite, Invited, Line, Look, State, Why, Words};
use kernel::{
    Actor, Clock, ContactId, Failure, NameId, Outcome, PersonId, PersonName, RestrictionId, StudentId,
};
use people::rules::Uninvited;
use people::{
    Contact, Custody, Identity, Name, NewContact, NewStudent, On, Person, PersonOf, Place, PlaceState,
    Restriction, RestrictionCode,
};
use testkit::{DIVISION, World, date, each_engine};

const PASSWORD: &str = "granite ladder violet moss";
const IP: &str = "10.1.2.3";

fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, &world.actor, work)
}

/// As somebody from an address who is not signed in.
fn visit<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    let actor = Actor {
        ip: IP.to_owned(),
        ..Actor::system(DIVISION, "Family invitation")
    };
    world.store.write_now(Lane::Interactive, &actor, work)
}

fn read<T>(world: &World, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> T {
    world.store.read_now(DIVISION, work).expect("the read answers")
}

fn program<A: Action>(world: &World) -> Permit<A> {
    Permit::program(&world.actor).expect("the program may")
}

fn person(name: &str) -> PersonId {
    PersonId::derived(name)
}

fn child(name: &str) -> StudentId {
    StudentId::derived(name)
}

fn contact(custody: Custody, portal_access: bool) -> Contact {
    Contact {
        custody,
        portal_access,
        ..Contact::new("Parent", date("2026-09-01"))
    }
}

/// A child of these parents.
fn family(world: &World, name: &str, born: &str, parents: &[(&str, Contact)]) {
    let legal = Name::legal(PersonName::new(name, "Whitebear"));
    let mut new = NewStudent::new(
        child(name),
        Identity::new(date(born), "F"),
        (NameId::derived(name), legal),
    );
    for (parent, contact) in parents {
        let value = Person {
            name: PersonName::new(parent, "Whitebear"),
            email: if *parent == "paper" {
                String::new()
            } else {
                format!("{parent}@example.org")
            },
            ..Person::default()
        };
        new.contacts.push(NewContact {
            id: ContactId::derived(&format!("{name} {parent}")),
            person: PersonOf::New(person(parent), Box::new(value)),
            contact: contact.clone(),
        });
    }
    let permit = program(world);
    write(world, |tx| {
        people::create_student(tx, &permit, &new, &people::rules::OursAlone)
    })
    .expect("made");
}

fn words(invited: &Invited) -> Words {
    Words {
        subject: "An account".to_owned(),
        text: format!("Type {}", invited.code),
        language: "en-CA".to_owned(),
    }
}

fn lines(world: &World, of: &str) -> Vec<Line> {
    let permits = (&program::<InviteFamilies>(world), &program::<ViewStudents>(world));
    read(world, |at| families::lines_of(at, permits, child(of)))
}

fn line(world: &World, of: &str, who: &str) -> Line {
    let found = lines(world, of)
        .into_iter()
        .find(|line| line.invitee.person == person(who));
    found.expect("a contact person")
}

fn invite(world: &World, of: &str, who: &str, on_paper: bool) -> Outcome<Invited> {
    let cmd = Invite {
        student: child(of),
        person: person(who),
        on_paper,
        seen: line(world, of, who).last.map(|last| last.id),
    };
    invite_as(world, &cmd)
}

fn invite_as(world: &World, cmd: &Invite) -> Outcome<Invited> {
    let permits = (&program::<InviteFamilies>(world), &program::<ViewStudents>(world));
    write(world, |tx| families::invite(tx, permits, cmd, &words))
}

fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(Failure::Invalid(findings)) => findings.0.into_iter().map(|one| one.code).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

fn take(world: &World, code: &str, username: &str) -> Outcome<Accepted> {
    let cmd = Accept {
        code: code.to_owned(),
        username: username.to_owned(),
        password: PASSWORD.to_owned(),
        language: "fr-CA".to_owned(),
    };
    visit(world, |tx| families::accept(tx, &cmd, IP))
}

fn shut(accepted: Outcome<Accepted>) -> String {
    match accepted {
        Ok(Accepted::Shut(finding)) => finding.code,
        other => panic!("not shut: {other:?}"),
    }
}

fn sees(world: &World, username: &str, student: &str) -> bool {
    let account = read(world, |at| {
        accounts::find(at, &program::<ManageAccounts>(world), username)
    });
    let standing = access::Standing {
        actor: Actor {
            account: Some(account),
            role: Some(kernel::Role::Guardian),
            ..Actor::system(DIVISION, username)
        },
        role: kernel::Role::Guardian,
        schools: Vec::new(),
    };
    let asked = world.store.read_now(DIVISION, |at| {
        Permit::<ViewStudents>::student(at, &standing, child(student))
    });
    asked.is_ok()
}

#[test]
fn a_guardian_comes_by_the_code_sets_up_a_second_factor_and_sees_the_own_children() {
    each_engine(|world| {
        family(
            world,
            "nora",
            "2014-01-02",
            &[("dawn", contact(Custody::Joint, true))],
        );
        family(
            world,
            "olive",
            "2014-01-02",
            &[("kim", contact(Custody::Joint, true))],
        );
        assert_eq!(line(world, "nora", "dawn").state, State::NotInvited);
        let invited = invite(world, "nora", "dawn", false).expect("invited");
        let sent = line(world, "nora", "dawn");
        assert_eq!(sent.state, State::Sent);
        assert_eq!(sent.mail.map(|mail| mail.kind), Some("family.invite".to_owned()));
        let code = invited.code.to_string();
        let look = visit(world, |tx| families::look(tx, &code.to_lowercase(), IP)).expect("looked");
        let Look::Open(welcome) = look else {
            panic!("{look:?}")
        };
        assert_eq!(
            (welcome.name.as_str(), welcome.email.as_str()),
            ("dawn Whitebear", "dawn@example.org")
        );
        assert_eq!(line(world, "nora", "dawn").state, State::Opened);

        let done = take(world, &code, "dawn@example.org").expect("taken");
        let Accepted::In(token) = done else {
            panic!("{done:?}")
        };
        let pending = read(world, |at| sessions::find_pending(at, &token, IP)).expect("on the way");
        assert_eq!(pending.stage, Stage::MustEnrol, "a second factor comes first");
        assert!(read(world, |at| sessions::find(at, &token, IP)).is_none());
        assert!(sees(world, "dawn@example.org", "nora"));
        assert!(
            !sees(world, "dawn@example.org", "olive"),
            "another family's child"
        );
        assert_eq!(line(world, "nora", "dawn").state, State::Account);
        assert_eq!(shut(take(world, &code, "again")), "LP-0172", "a code serves once");
    });
}

#[test]
fn nobody_whom_custody_a_court_or_age_keeps_away_is_invited() {
    each_engine(|world| {
        let parents = [
            ("dawn", contact(Custody::Joint, true)),
            ("ivo", contact(Custody::NoContact, false)),
            ("lou", contact(Custody::Access, true)),
            ("max", contact(Custody::Joint, false)),
            ("paper", contact(Custody::Joint, true)),
        ];
        family(world, "nora", "2014-01-02", &parents);
        family(
            world,
            "adam",
            "2008-11-23",
            &[("ann", contact(Custody::Joint, true))],
        );
        for (of, who, why, code) in [
            ("nora", "ivo", Why::Kept(Uninvited::NoContact), "LP-1001"),
            ("nora", "lou", Why::Kept(Uninvited::NotGuardian), "LP-1004"),
            ("nora", "max", Why::Kept(Uninvited::NoPortal), "LP-1005"),
            ("nora", "paper", Why::NoAddress, "LP-1006"),
            ("adam", "ann", Why::Kept(Uninvited::OfAge), "LP-1003"),
        ] {
            assert_eq!(line(world, of, who).why, Some(why), "{who}");
            assert_eq!(refused(invite(world, of, who, false)), [code], "{who}");
        }
        let invited = invite(world, "nora", "paper", true).expect("a letter needs no address");
        assert!(invited.invitation.email.is_empty());
        assert!(line(world, "nora", "paper").mail.is_none());
        let cmd = Invite {
            student: child("adam"),
            person: person("dawn"),
            on_paper: false,
            seen: None,
        };
        assert_eq!(
            invite_as(world, &cmd),
            Err(Failure::NotFound),
            "no contact of that student"
        );
    });
}

#[test]
fn what_the_record_says_when_the_code_is_used_decides() {
    each_engine(|world| {
        family(
            world,
            "nora",
            "2014-01-02",
            &[("dawn", contact(Custody::Joint, true))],
        );
        let code = invite(world, "nora", "dawn", false)
            .expect("invited")
            .code
            .to_string();
        write(world, |tx| {
            let permit = Permit::<EditCustody>::program(&tx.actor().clone())?;
            let on = On::new(child("nora"), RestrictionId::derived("alone"));
            let restriction = Restriction {
                code: RestrictionCode::IndependentUnder18,
                notice: "Ask the office first.".to_owned(),
                effective_on: date("2026-11-01"),
                expires_on: None,
            };
            people::set_restriction(tx, &permit, &on, &restriction, &people::rules::OursAlone)
        })
        .expect("independent");
        assert_eq!(
            line(world, "nora", "dawn").why,
            Some(Why::Kept(Uninvited::Independent))
        );
        assert_eq!(refused(invite(world, "nora", "dawn", true)), ["LP-1002"]);
        assert_eq!(shut(take(world, &code, "dawn")), "LP-1007");
    });
}

#[test]
fn old_replaced_revoked_and_guessed_codes_open_nothing_and_guesses_are_slowed_down() {
    each_engine(|world| {
        family(
            world,
            "nora",
            "2014-01-02",
            &[("dawn", contact(Custody::Joint, true))],
        );
        let first = invite(world, "nora", "dawn", false)
            .expect("invited")
            .code
            .to_string();
        let stale = Invite {
            student: child("nora"),
            person: person("dawn"),
            on_paper: false,
            seen: None,
        };
        let twice = invite_as(world, &stale);
        assert!(
            matches!(twice, Err(Failure::Conflict(_))),
            "the form sent twice is one invitation"
        );
        let second = invite(world, "nora", "dawn", true).expect("invited anew");
        assert_eq!(
            shut(take(world, &first, "dawn")),
            "LP-0173",
            "a newer one was made"
        );
        let permits = (&program::<InviteFamilies>(world), &program::<ViewStudents>(world));
        let whom = (child("nora"), person("dawn"));
        write(world, |tx| {
            families::revoke(tx, permits, whom, second.invitation.id)
        })
        .expect("revoked");
        assert_eq!(line(world, "nora", "dawn").state, State::Revoked);
        assert_eq!(shut(take(world, &second.code.to_string(), "dawn")), "LP-0173");

        let third = invite(world, "nora", "dawn", false)
            .expect("once more")
            .code
            .to_string();
        let days = access::invitations::holds_days(date("2026-11-23"));
        assert_eq!(
            access::invitations::how_long(date("2026-11-23")).0[0].code,
            "LP-0170"
        );
        let now = world.clock.now();
        world.clock.set(now.plus_seconds(days * 86_400));
        assert_eq!(shut(take(world, &third, "dawn")), "LP-0174");
        assert_eq!(line(world, "nora", "dawn").state, State::Expired);

        for _ in 0..throttle::BY_CODE.blocks_at {
            assert_eq!(shut(take(world, "0000-0000-0000-0000", "dawn")), "LP-0171");
        }
        let blocked = take(world, &third, "dawn").expect("answered");
        assert!(
            matches!(blocked, Accepted::Wait(seconds) if seconds > 0),
            "{blocked:?}"
        );
    });
}

#[test]
fn everyone_of_a_school_is_invited_once() {
    each_engine(|world| {
        family(
            world,
            "nora",
            "2014-01-02",
            &[
                ("dawn", contact(Custody::Joint, true)),
                ("ivo", contact(Custody::NoContact, false)),
            ],
        );
        family(
            world,
            "olive",
            "2014-01-02",
            &[("kim", contact(Custody::Sole, true))],
        );
        let school = kernel::SchoolId::derived("1");
        for name in ["nora", "olive"] {
            let place = Place {
                school: Some(school),
                state: PlaceState::Enrolled,
                ..Place::nowhere()
            };
            write(world, |tx| people::set_place(tx, child(name), &place)).expect("placed");
        }
        let permits = (&program::<InviteFamilies>(world), &program::<ViewStudents>(world));
        let all = read(world, |at| families::lines_at(at, permits, school));
        assert_eq!(all.len(), 3);
        let made = |world: &World| write(world, |tx| families::invite_school(tx, permits, school, &words));
        assert_eq!(made(world), Ok(2), "{}", world.engine);
        assert_eq!(made(world), Ok(0), "a second press invites nobody again");
        assert_eq!(line(world, "nora", "ivo").state, State::NotInvited);
    });
}

#[test]
fn whoever_lost_everything_is_invited_anew_and_a_forgotten_password_needs_the_address() {
    each_engine(|world| {
        family(
            world,
            "nora",
            "2014-01-02",
            &[("dawn", contact(Custody::Joint, true))],
        );
        let code = invite(world, "nora", "dawn", false)
            .expect("invited")
            .code
            .to_string();
        let done = take(world, &code, "dawn").expect("taken");
        let Accepted::In(token) = done else {
            panic!("{done:?}")
        };
        let pending = read(world, |at| sessions::find_pending(at, &token, IP)).expect("on the way");
        let offer = visit(world, |tx| totp::offer(tx, pending.enroller()?, "Test")).expect("offered");
        let one = totp::code_at(&offer.secret, world.clock.now()).expect("a code");
        visit(world, |tx| sign_in::enrol_totp(tx, &pending, &one)).expect("inside");

        let sent = visit(world, |tx| recovery::ask(tx, " Dawn "))
            .expect("asked")
            .expect("sent");
        assert_eq!(sent.email, "dawn@example.org");
        assert!(
            visit(world, |tx| recovery::ask(tx, "nobody"))
                .expect("asked")
                .is_none()
        );
        let link = sent.code.to_string();
        let open = visit(world, |tx| recovery::open(tx, &link, IP)).expect("looked");
        assert_eq!(open, recovery::Link::Open("dawn".to_owned()));
        let weak = visit(world, |tx| recovery::choose(tx, &link, IP, "short"));
        assert_eq!(refused(weak), ["LP-0101"]);
        visit(world, |tx| {
            recovery::choose(tx, &link, IP, "another granite otter")
        })
        .expect("chosen");
        let again = visit(world, |tx| recovery::open(tx, &link, IP)).expect("looked");
        assert!(
            matches!(again, recovery::Link::Shut(finding) if finding.code == "LP-0175"),
            "it serves once"
        );

        let anew = invite(world, "nora", "dawn", true)
            .expect("invited anew")
            .code
            .to_string();
        let look = visit(world, |tx| families::look(tx, &anew, IP)).expect("looked");
        assert!(
            matches!(&look, Look::Open(welcome) if welcome.username.as_deref() == Some("dawn")),
            "{look:?}"
        );
        let back = take(world, &anew, "").expect("given back");
        assert!(matches!(back, Accepted::In(_)), "{back:?}");
        assert!(sees(world, "dawn", "nora"));
    });
}

#[test]
fn no_invitation_opens_the_account_of_somebody_who_works_here() {
    each_engine(|world| {
        family(
            world,
            "nora",
            "2014-01-02",
            &[("dawn", contact(Custody::Joint, true))],
        );
        let code = invite(world, "nora", "dawn", false).expect("invited").code;
        let done = take(world, &code.to_string(), "dawn").expect("taken");
        assert!(matches!(done, Accepted::In(_)), "{done:?}");
        let permit = program::<ManageAccounts>(world);
        let account = read(world, |at| accounts::find(at, &permit, "dawn"));
        write(world, |tx| {
            let role = access::grants::GiveRole {
                account,
                role: kernel::Role::Director,
                school: None,
                from: tx.today().plus_days(7),
                until: None,
                reason: "Works here from next week".to_owned(),
            };
            access::grants::give(tx, &permit, &role)
        })
        .expect("a role of staff");
        let anew = invite(world, "nora", "dawn", true)
            .expect("invited anew")
            .code
            .to_string();
        let look = visit(world, |tx| families::look(tx, &anew, IP)).expect("looked");
        assert!(
            matches!(&look, Look::Shut(finding) if finding.code == "LP-1008"),
            "{look:?}"
        );
        assert_eq!(shut(take(world, &anew, "")), "LP-1008");
    });
}
