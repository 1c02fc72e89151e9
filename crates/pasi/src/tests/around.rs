//! What stands around a student: guardians, citizenship, restrictions, the
//! responsible school. The province changes it, a person decides.

use super::alerts::refused_by;
use super::both::{Both, person, played, wide};
use super::exchange::decision;
use crate::{Choice, Difference, decide, map};
use enrolment::rules::OursAlone;
use enrolment::{Responsible, SetResponsible};
use kernel::{ResponsibleSchoolId, StudentId};
use pasi_wire::messages as wire;
use people::On;
use testkit::date;
use uuid::Uuid;

fn decides(both: &Both<'_>, student: StudentId, open: &[Difference], choice: Choice) {
    let carol = person("Carol Nadeau");
    let decisions: Vec<_> = open.iter().map(|one| decision(one, choice)).collect();
    both.write_as(&carol, |tx| decide(tx, &wide(&carol), student, &decisions));
}

async fn changed(
    both: &Both<'_>,
    student: StudentId,
    edit: impl FnOnce(&mut wire::Student),
) -> Vec<Difference> {
    let asn = both.asn(student).expect("an ASN");
    both.server.outside().change(asn, edit).await.expect("changed");
    both.listens().await;
    both.differences(student)
}

fn fields(open: &[Difference]) -> Vec<(&str, &str, &str)> {
    open.iter()
        .map(|one| (one.field.as_str(), one.ours.as_str(), one.theirs.as_str()))
        .collect()
}

#[test]
fn a_guardian_s_phone_changed_there_is_accepted_and_stands_for_siblings_to_see() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let open = changed(both, student, |theirs| {
            theirs.guardians[0].mobile_phone = Some("7805550000".into());
        })
        .await;
        assert_eq!(
            fields(&open),
            [("guardian-mobile-phone", "7806245678", "7805550000")]
        );
        assert_eq!(open[0].about, "Whitebear, Rose");
        decides(both, student, &open, Choice::Theirs);
        let ours = both.read(|at| map::load(at, student));
        assert_eq!(ours.contacts[0].person.value.mobile_phone, "7805550000");
        assert_eq!(both.differences(student), []);
        both.syncs().await;
        assert_eq!(both.states(student), [], "PASI is not told its own news");
    });
}

#[test]
fn a_guardian_s_phone_kept_goes_back_to_pasi() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let open = changed(both, student, |theirs| {
            theirs.guardians[0].mobile_phone = Some("7805550000".into());
            theirs.guardians[0].resides_with = false;
        })
        .await;
        assert_eq!(open.len(), 2, "{open:?}");
        let carol = person("Carol Nadeau");
        let half = [decision(&open[0], Choice::Ours)];
        let tried = both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
            decide(tx, &wide(&carol), student, &half)
        });
        assert!(
            refused_by(&tried, "LP-0608"),
            "nothing of theirs is overwritten undecided: {tried:?}"
        );
        // One field of each side: theirs first, so that what goes holds both.
        let mut both_sides: Vec<_> = open
            .iter()
            .map(|one| {
                let choice = if one.field == "guardian-lives-with" {
                    Choice::Theirs
                } else {
                    Choice::Ours
                };
                decision(one, choice)
            })
            .collect();
        both_sides.reverse();
        both.write_as(&carol, |tx| decide(tx, &wide(&carol), student, &both_sides));
        both.syncs().await;
        let theirs = both.theirs(student);
        assert_eq!(theirs.guardians[0].mobile_phone.as_deref(), Some("7806245678"));
        assert!(!theirs.guardians[0].resides_with);
        assert_eq!(
            (both.states(student), both.differences(student)),
            (Vec::new(), Vec::new())
        );
    });
}

#[test]
fn a_guardian_whom_only_one_side_has_is_taken_over_or_ended() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let open = changed(both, student, |theirs| {
            let mut father = theirs.guardians[0].clone();
            father.ref_id = Uuid::from_u128(7);
            father.name.first = "Pete".into();
            father.mobile_phone = Some("7805551111".into());
            theirs.guardians.push(father);
        })
        .await;
        assert_eq!(
            fields(&open),
            [("guardian", "", "Whitebear, Pete · Parent · 7805551111")]
        );
        decides(both, student, &open, Choice::Theirs);
        let ours = both.read(|at| map::load(at, student));
        let father = ours
            .contacts
            .iter()
            .find(|one| one.person.value.name.first == "Pete");
        let tie = &father.expect("he is here").contact.value;
        assert!(
            !tie.may_pick_up && !tie.portal_access,
            "nothing is granted by itself"
        );
        assert_eq!(both.differences(student), []);
        let open = changed(both, student, |theirs| {
            theirs.guardians.retain(|one| one.name.first != "Pete");
        })
        .await;
        assert_eq!(open[0].cause, "only-here");
        decides(both, student, &open, Choice::Theirs);
        assert_eq!(both.differences(student), [], "he ended here too");
        both.syncs().await;
        assert_eq!(both.states(student), []);
    });
}

#[test]
fn a_guardian_whom_pasi_ended_as_the_student_became_independent_is_no_difference() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let open = changed(both, student, |theirs| {
            theirs.disclosure_restrictions.push(wire::DisclosureRestriction {
                ref_id: Uuid::from_u128(11),
                code: "IndependentUnder18".into(),
                details: None,
                effective_date: date("2026-09-01"),
                expiry_date: None,
                is_active: true,
                is_deleted: false,
                last_update_utc_time: None,
            });
        })
        .await;
        let ended = both.theirs(student).guardians[0].expiry_date;
        assert_eq!(ended, Some(date("2026-09-01")), "PASI ended the guardian");
        let differing: Vec<&str> = open.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(differing, ["restriction"], "the mother stays as a contact");
    });
}

#[test]
fn citizenship_and_restrictions_of_the_province_are_taken_over_or_kept() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let open = changed(both, student, |theirs| {
            theirs.citizenship[0].status = "2".into();
            theirs.disclosure_restrictions.push(wire::DisclosureRestriction {
                ref_id: Uuid::from_u128(9),
                code: "CourtOrdered".into(),
                details: None,
                effective_date: date("2026-09-01"),
                expiry_date: None,
                is_active: true,
                is_deleted: false,
                last_update_utc_time: None,
            });
        })
        .await;
        let mut kinds: Vec<&str> = open.iter().map(|one| one.record_kind.as_str()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["citizenship", "restriction"], "{open:?}");
        decides(both, student, &open, Choice::Theirs);
        let ours = both.read(|at| map::load(at, student));
        assert_eq!(ours.citizenships[0].value.status, "2");
        let restriction = &ours.restrictions[0].value;
        assert!(
            restriction.code.is_gate() && !restriction.notice.is_empty(),
            "a gate has words"
        );
        assert_eq!(both.differences(student), []);
        let open = changed(both, student, |theirs| theirs.citizenship[0].status = "1".into()).await;
        decides(both, student, &open, Choice::Ours);
        both.syncs().await;
        assert_eq!(both.theirs(student).citizenship[0].status, "2");
        let open = changed(both, student, |theirs| theirs.disclosure_restrictions.clear()).await;
        assert_eq!(
            (open[0].field.as_str(), open[0].cause.as_str()),
            ("restriction", "only-here")
        );
        decides(both, student, &open, Choice::Ours);
        both.syncs().await;
        assert_eq!(
            both.theirs(student).disclosure_restrictions.len(),
            1,
            "our gate stands there again"
        );
    });
}

#[test]
fn a_death_that_pasi_knows_of_can_only_be_accepted() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let open = changed(both, student, |theirs| {
            theirs.is_deceased = true;
            theirs.date_of_death = Some(date("2026-10-01"));
        })
        .await;
        assert_eq!(fields(&open), [("deceased", "", "2026-10-01")]);
        let carol = person("Carol Nadeau");
        let kept = [decision(&open[0], Choice::Ours)];
        let tried = both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
            decide(tx, &wide(&carol), student, &kept)
        });
        assert!(refused_by(&tried, "LP-0606"), "{tried:?}");
        decides(both, student, &open, Choice::Theirs);
        let ours = both.read(|at| map::load(at, student));
        assert_eq!(ours.identity.deceased_on, Some(date("2026-10-01")));
    });
}

#[test]
fn a_responsible_school_goes_to_pasi_and_what_the_province_says_of_it_comes_back() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let (carol, id) = (person("Carol Nadeau"), ResponsibleSchoolId::derived("first"));
        let set = |reason: &str| SetResponsible {
            effective_on: date("2026-09-01"),
            responsible: Responsible::Alberta {
                code: "1256".parse().expect("a code"),
            },
            transition_reason: reason.to_owned(),
        };
        both.write_as(&carol, |tx| {
            let on = On::new(student, id);
            enrolment::add_responsible_school(tx, &wide(&carol), &on, set("NewStudent"), &OursAlone)
        });
        both.syncs().await;
        assert_eq!(
            (both.states(student), both.differences(student)),
            (Vec::new(), Vec::new())
        );
        let held = both.responsible_there(student).await;
        assert_eq!(held.transition_reason, "NewStudent");
        let mut theirs = held.clone();
        theirs.transition_reason = "Moved".into();
        both.as_ministry(theirs).await;
        both.listens().await;
        let open = both.differences(student);
        assert_eq!(open.len(), 1, "{open:?}");
        assert_eq!(open[0].record_kind, "responsible-school");
        assert!(open[0].ours.ends_with("NewStudent") && open[0].theirs.ends_with("Moved"));
        decides(both, student, &open, Choice::Theirs);
        let ours = both.read(|at| enrolment::responsible_schools(at, &map::program(at)?, student));
        assert_eq!(ours[0].transition_reason, "Moved");
        assert_eq!(both.differences(student), []);
        // One that only the province has, and that we do not want: it goes there as deleted.
        let mut new = held;
        new.ref_id = Uuid::from_u128(11);
        new.effective_date = date("2026-10-01");
        new.has_responsible_school = wire::HasResponsibleSchool::Unknown;
        new.school_code = None;
        new.transition_reason = "Moved".into();
        new.pasi_core_version = 0;
        both.as_ministry(new).await;
        both.listens().await;
        let open = both.differences(student);
        assert_eq!(open[0].cause, "only-there", "{open:?}");
        decides(both, student, &open, Choice::Ours);
        both.syncs().await;
        assert_eq!(
            (both.states(student), both.differences(student)),
            (Vec::new(), Vec::new())
        );
    });
}

#[test]
fn a_phone_that_only_pasi_has_is_taken_out_there_when_ours_is_kept() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let open = changed(both, student, |theirs| {
            let mut other = theirs.phones[0].clone();
            other.ref_id = Uuid::from_u128(13);
            other.number = "7805550123".into();
            other.is_preferred = false;
            theirs.phones.push(other);
        })
        .await;
        assert_eq!(fields(&open), [("phone", "7806241234", "7805550123, 7806241234")]);
        decides(both, student, &open, Choice::Ours);
        both.syncs().await;
        assert_eq!(
            (both.states(student), both.differences(student)),
            (Vec::new(), Vec::new())
        );
        let there = both.theirs(student).phones;
        assert!(
            there
                .iter()
                .all(|phone| phone.is_deleted || phone.number == "7806241234")
        );
    });
}

fn other(id: Uuid, first: &str) -> wire::StudentName {
    wire::StudentName {
        ref_id: id,
        name: kernel::PersonName::new(first, "Whitebear"),
        is_preferred: false,
        is_legal: false,
        is_original: false,
        is_deleted: false,
        source_change_code: None,
        last_update_utc_time: None,
    }
}

#[test]
fn another_name_that_pasi_has_stands_beside_ours_until_a_person_decides() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let (taken, refused) = (Uuid::from_u128(71), Uuid::from_u128(72));
        let open = changed(both, student, |theirs| {
            theirs.names.push(other(taken, "Aya"));
            theirs.names.push(other(refused, "Ana"));
        })
        .await;
        assert_eq!(
            fields(&open),
            [
                ("other-name", "", "Whitebear, Aya"),
                ("other-name", "", "Whitebear, Ana")
            ]
        );
        let of = |id: Uuid| -> Vec<Difference> {
            let open = both.differences(student);
            open.into_iter()
                .filter(|one| one.record_key == id.to_string())
                .collect()
        };
        decides(both, student, &of(taken), Choice::Theirs);
        decides(both, student, &of(refused), Choice::Ours);
        both.syncs().await;
        assert_eq!(
            (both.states(student), both.differences(student)),
            (vec![], vec![])
        );
        let ours = both.read(|at| map::load(at, student));
        let names: Vec<String> = ours.names.iter().map(|name| name.value.name.list()).collect();
        assert!(names.contains(&"Whitebear, Aya".to_owned()), "{names:?}");
        assert!(!names.contains(&"Whitebear, Ana".to_owned()), "{names:?}");
        let theirs = both.theirs(student).names;
        let kept: Vec<Uuid> = theirs
            .iter()
            .filter(|name| !name.is_deleted && !name.is_legal)
            .map(|name| name.ref_id)
            .collect();
        assert_eq!(kept, [taken], "the refused one is taken out there");
        assert_eq!(ours.legal().first, "Aiyana", "the legal name is another matter");

        // Changed there, then taken out there.
        let open = changed(both, student, |theirs| {
            let name = theirs.names.iter_mut().find(|name| name.ref_id == taken);
            name.expect("it is there").name.first = "Ayana".to_owned();
        })
        .await;
        assert_eq!(
            fields(&open),
            [("other-name", "Whitebear, Aya", "Whitebear, Ayana")]
        );
        decides(both, student, &open, Choice::Theirs);
        let open = changed(both, student, |theirs| {
            theirs.names.retain(|name| name.ref_id != taken);
        })
        .await;
        assert_eq!(fields(&open), [("other-name", "Whitebear, Ayana", "")]);
        decides(both, student, &open, Choice::Theirs);
        let ours = both.read(|at| map::load(at, student));
        assert_eq!(ours.names.len(), 1, "{:?}", ours.names);
        both.syncs().await;
        assert_eq!(both.states(student), [], "PASI is not told its own news");
    });
}

#[test]
fn two_guardians_of_one_name_are_told_apart_by_their_phones_or_left_to_a_person() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        // PASI has them under ids of its own: our Rose, and another Rose.
        let open = changed(both, student, |theirs| {
            let mut one = theirs.guardians.remove(0);
            one.ref_id = Uuid::from_u128(81);
            let mut another = one.clone();
            another.ref_id = Uuid::from_u128(80);
            another.mobile_phone = Some("7805550000".into());
            theirs.guardians = vec![another, one];
        })
        .await;
        let keys: Vec<&str> = open.iter().map(|one| one.record_key.as_str()).collect();
        assert_eq!(
            keys,
            [Uuid::from_u128(80).to_string()],
            "ours is the one with her phone"
        );
        // Neither has our Rose's phone: nobody can say which is ours.
        let open = changed(both, student, |theirs| {
            theirs.guardians[1].mobile_phone = Some("7805551111".into());
        })
        .await;
        let mut found: Vec<(&str, &str)> = open
            .iter()
            .map(|one| (one.field.as_str(), one.cause.as_str()))
            .collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                ("guardian-same-name", "only-here"),
                ("guardian-same-name", "only-there"),
                ("guardian-same-name", "only-there"),
            ]
        );
    });
}
