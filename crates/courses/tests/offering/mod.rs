//! What the province is told of sections and of students in them; what others learn of a change.

use crate::common::*;
use courses::rules::OursAlone;
use courses::{Claim, Followed, Offering, SectionDetails};
use kernel::{Failure, SectionId};
use testkit::{World, date, each_engine};

/// What was announced since the last time, by topic.
fn announced(world: &World) -> Vec<String> {
    let topics = [
        courses::events::SECTION_CHANGED,
        courses::events::COURSE_ENROLMENT_CHANGED,
    ];
    let taken = write(world, |tx| db::take_outbox(tx, &topics, 100)).expect("taken");
    taken.into_iter().map(|row| row.topic).collect()
}

#[test]
fn a_section_is_offered_as_usual_until_somebody_says_otherwise() {
    each_engine(|world| {
        furnish(world);
        let id = SectionId::derived("4A");
        make(world, "4A", details("4A", 1)).expect("made");
        assert_eq!(announced(world), ["section.changed"]);
        let usual = read(world, |at| courses::offering(at, &viewer(world), id));
        assert_eq!(usual, Offering::usual(id));
        let said = Offering {
            language: "French".to_owned(),
            minutes: Some(7_500),
            ..usual.clone()
        };
        let set = |said: &Offering| {
            let said = said.clone();
            write(world, move |tx| {
                courses::set_offering(tx, &manager(world), said.clone(), &OursAlone)
            })
        };
        let kept = set(&said).expect("saved").record;
        assert_eq!(kept.version, 1);
        assert_eq!(read(world, |at| courses::offering(at, &viewer(world), id)), kept);
        assert!(
            matches!(set(&said), Err(Failure::Conflict(_))),
            "another save came first"
        );
        assert_eq!(set(&kept).expect("nothing new").record.version, 1);
        assert_eq!(announced(world), ["section.changed"], "once");
        assert!(audited(world).iter().any(|action| action == "section.offering"));
        let wrong = Offering {
            delivery_method: "Telepathy".to_owned(),
            ..kept.clone()
        };
        assert_eq!(refused(set(&wrong)), ["LP-0570"]);
        let elsewhere = courses_of(&[school(1)]);
        let stranger = write(world, |tx| {
            courses::set_offering(tx, &elsewhere, kept.clone(), &OursAlone)
        });
        assert!(matches!(stranger, Err(Failure::NotFound)));
        move_to(world, "2027-09-01");
        assert_eq!(refused(set(&kept)), ["LP-0527"], "a past year is read");
    });
}

#[test]
fn a_place_is_told_of_but_not_one_that_waits() {
    each_engine(|world| {
        let students = furnish(world);
        let id = SectionId::derived("4A");
        let full = SectionDetails {
            capacity: Some(1),
            ..details("4A", 1)
        };
        make(world, "4A", full).expect("made");
        announced(world);
        let all = [put(students[0], "2026-09-08"), put(students[1], "2026-09-08")];
        write(world, |tx| courses::put_in(tx, &manager(world), id, &all, "")).expect("put in");
        assert_eq!(
            announced(world),
            ["course_enrolment.changed"],
            "who waits is not told"
        );
        let claim = Claim {
            credits: Some(3),
            ..Claim::usual(all[0].id)
        };
        let set = |said: Claim| {
            write(world, move |tx| {
                courses::set_claim(tx, &manager(world), id, said, &OursAlone)
            })
        };
        assert_eq!(set(claim).expect("saved").record.version, 1);
        assert!(matches!(set(claim), Err(Failure::Conflict(_))));
        assert_eq!(announced(world), ["course_enrolment.changed"]);
        let foreign = Claim {
            course: Some(course("ELA1105")),
            version: 1,
            ..claim
        };
        assert_eq!(refused(set(foreign)), ["LP-0573"]);
        // What the province says is followed, and not told to it again.
        let said = Followed {
            from: date("2026-09-08"),
            until: Some(date("2026-12-01")),
            counts: true,
            claim: Claim { version: 1, ..claim },
        };
        let place = (id, students[0]);
        let followed = write(world, |tx| {
            courses::follow_seat(tx, &manager(world), place, 1, &said)
        });
        assert_eq!(followed.expect("followed").until, Some(date("2026-12-01")));
        let stale = write(world, |tx| {
            courses::follow_seat(tx, &manager(world), place, 1, &said)
        });
        assert!(matches!(stale, Err(Failure::Conflict(_))));
        assert_eq!(announced(world), Vec::<String>::new());
    });
}
