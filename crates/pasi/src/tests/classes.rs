//! Sections and the students in them: they go in order, PASI's answer is seen,
//! what the province changes is told and decided.

use super::both::{Both, organization, person, played, school, wide};
use super::exchange::decision;
use crate::{Choice, ItemState, SectionDecision, Stands, decide, decide_section};
use access::action::ViewSections;
use access::{Permit, Standing};
use courses::{Of, PutIn, SectionDetails};
use kernel::{Actor, CourseEnrolmentId, CourseId, Failure, SchoolYear, SectionId, StudentId};
use pasi_reference::{Outage, Trouble};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;
use std::collections::HashSet;
use testkit::date;
use uuid::Uuid;

fn section() -> SectionId {
    SectionId::derived("ELA1105-1")
}

fn seat(student: StudentId) -> CourseEnrolmentId {
    CourseEnrolmentId::derived(&student.to_string())
}

fn viewer() -> Permit<ViewSections> {
    wide(&person("Carol Nadeau"))
}

fn course(both: &Both<'_>, code: &str) -> CourseId {
    let found = both.read(|at| courses::course_by_code(at, code));
    found.expect("the catalogue has it").id
}

fn details(both: &Both<'_>, code: &str) -> SectionDetails {
    SectionDetails {
        number: "ELA1105-1".to_owned(),
        courses: vec![course(both, code)],
        term: None,
        first_day: date("2026-09-01"),
        last_day: date("2027-01-29"),
        room: String::new(),
        capacity: None,
        meetings: Vec::new(),
    }
}

/// Our catalogue, and a class in it.
fn teaches(both: &Both<'_>, code: &str) {
    let carol = person("Carol Nadeau");
    both.write_as(&carol, |tx| {
        courses::take_catalogue(tx, &wide(&carol)).map(|_| ())
    });
    let year = SchoolYear::ending(2027).expect("a year");
    let said = details(both, code);
    both.write_as(&carol, |tx| {
        courses::make_section(tx, &wide(&carol), section(), (school(), year), said.clone()).map(|_| ())
    });
}

fn puts_in(both: &Both<'_>, student: StudentId) {
    let ivan = person("Ivan Petrov");
    both.write_as(&ivan, |tx| {
        let one = PutIn {
            id: seat(student),
            student,
            from: date("2026-09-01"),
            until: None,
        };
        courses::put_in_one(tx, &wide(&ivan), section(), &one, "").map(|_| ())
    });
}

fn takes_out(both: &Both<'_>, who: &Actor, student: StudentId, last: &str) {
    both.write_as(who, |tx| {
        let now = courses::seat(tx, &wide(who), section(), seat(student))?;
        let seen = (now.id, now.known.version);
        courses::take_out(tx, &wide(who), section(), seen, date(last)).map(|_| ())
    });
}

fn there<T: serde::de::DeserializeOwned>(both: &Both<'_>, kind: NotificationType, id: Uuid) -> Option<T> {
    let held = both.read(|at| crate::mirror::mirrored(at, kind, &id.to_string()));
    held.map(|held| held.record)
}

fn section_there(both: &Both<'_>) -> wire::Section {
    there(both, NotificationType::Section, section().uuid()).expect("PASI has it")
}

fn seat_there(both: &Both<'_>, student: StudentId) -> wire::CourseEnrolment {
    there(both, NotificationType::CourseEnrolment, seat(student).uuid()).expect("PASI has it")
}

fn stands(both: &Both<'_>, student: StudentId) -> (Stands, Stands) {
    both.read(|at| {
        let of_section = crate::section_stands(at, &viewer(), section())?.stands;
        let seats = crate::seats_stand(at, &viewer(), Of::Section(section()))?;
        Ok((of_section, seats[&seat(student)].stands))
    })
}

/// Somebody else of our authority changes PASI's section.
async fn changes_there(both: &Both<'_>, edit: impl FnOnce(&mut wire::Section)) {
    let mut section = section_there(both);
    edit(&mut section);
    let ours = organization("A.3260");
    let caller = both.connector.client.caller(&person("Somebody Else"), Some(ours));
    let request = wire::SubmitSectionRequest { caller, section };
    match both.server.outside().call(ours, request).await.expect("no fault") {
        pasi_wire::Response::SubmitSection(answer) => assert_eq!(answer.rejections, [], "PASI takes it"),
        other => panic!("{other:?}"),
    }
    both.listens().await;
}

/// The same for a student's place.
async fn reseats_there(both: &Both<'_>, student: StudentId, edit: impl FnOnce(&mut wire::CourseEnrolment)) {
    let mut seat = seat_there(both, student);
    edit(&mut seat);
    let ours = organization("A.3260");
    let request = wire::SubmitCourseEnrolmentRequest {
        caller: both.connector.client.caller(&person("Somebody Else"), Some(ours)),
        asn: seat.asn,
        school_code: "1256".parse().expect("a code"),
        school_year: SchoolYear::ending(2027).expect("a year"),
        course_enrolments: vec![seat],
    };
    match both.server.outside().call(ours, request).await.expect("no fault") {
        pasi_wire::Response::SubmitCourseEnrolment(answer) => {
            assert_eq!(answer.results[0].rejections, [], "PASI takes it");
        }
        other => panic!("{other:?}"),
    }
    both.listens().await;
}

/// A student of a class that PASI has whole.
async fn seated(both: &Both<'_>) -> StudentId {
    let (student, _) = both.settled("Aiyana").await;
    teaches(both, "ELA1105");
    puts_in(both, student);
    both.syncs().await;
    both.server.settled().await;
    both.listens().await;
    assert_eq!(both.states(student), [], "all went");
    student
}

#[test]
fn a_class_and_who_sits_in_it_reach_pasi_in_order_with_their_authors() {
    played(async |both| {
        // Everything at once: the student, the enrolment, the class, the place.
        let student = both.registers("Aiyana");
        teaches(both, "ELA1105");
        puts_in(both, student);
        for _ in 0..3 {
            both.syncs().await;
            both.listens().await;
        }
        assert_eq!(both.states(student), []);
        let class = section_there(both);
        assert_eq!(class.local_section_id.as_deref(), Some("ELA1105-1"));
        assert_eq!(
            (class.section_term.as_str(), class.credits_offered),
            ("Semester1", 5)
        );
        let place = seat_there(both, student);
        assert_eq!(
            (place.status.as_str(), place.credits_attempted),
            ("Registered", 5)
        );
        assert_eq!((place.entry_date, place.exit_date), (None, None));
        assert!(place.student_school_enrolment_ref_id.is_some());
        assert_eq!(stands(both, student), (Stands::There, Stands::There));

        takes_out(both, &person("Carol Nadeau"), student, "2026-11-02");
        both.syncs().await;
        let place = seat_there(both, student);
        assert_eq!(place.status, "Withdrawn");
        assert_eq!(place.exit_date, Some(date("2026-11-02")));
        assert_eq!(both.differences(student), []);
    });
}

#[test]
fn a_subject_of_elementary_school_stays_here() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        teaches(both, "MATH");
        puts_in(both, student);
        both.syncs().await;
        assert_eq!(both.states(student), []);
        let standing = both.read(|at| crate::section_stands(at, &viewer(), section()));
        assert_eq!(standing.stands, Stands::Stays);
        assert_eq!(standing.stays.expect("a reason").code, "LP-0611");
        let none: Option<wire::Section> = there(both, NotificationType::Section, section().uuid());
        assert_eq!(none, None);
    });
}

#[test]
fn a_place_waits_for_a_class_that_pasi_refused_and_goes_once_it_is_right() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        teaches(both, "ELA1105");
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            let day = date("2026-09-01");
            let said = SectionDetails {
                last_day: day,
                ..details(both, "ELA1105")
            };
            courses::change_section(tx, &wide(&carol), section(), 1, said).map(|_| ())
        });
        puts_in(both, student);
        both.syncs().await;
        let standing = both.read(|at| crate::section_stands(at, &viewer(), section()));
        assert_eq!(standing.stands, Stands::Refused);
        assert!(
            standing.rules.iter().all(|rule| rule.code == 40_108),
            "{standing:?}"
        );
        assert_eq!(
            both.states(student),
            [("course-enrolment".to_owned(), ItemState::Waiting)],
            "PASI has no class to seat the student in"
        );
        both.write_as(&carol, |tx| {
            let said = details(both, "ELA1105");
            courses::change_section(tx, &wide(&carol), section(), 2, said).map(|_| ())
        });
        both.syncs().await;
        assert_eq!(both.states(student), []);
        assert_eq!(seat_there(both, student).status, "Registered");
        assert_eq!(
            stands(both, student).0,
            Stands::There,
            "what was refused is settled"
        );
    });
}

#[test]
fn what_the_province_changes_of_a_place_is_told_and_taken_or_kept() {
    played(async |both| {
        let student = seated(both).await;
        let carol = person("Carol Nadeau");
        reseats_there(both, student, |place| {
            place.exit_date = Some(date("2026-12-01"));
            place.status = "Withdrawn".to_owned();
        })
        .await;
        let open = both.differences(student);
        assert_eq!(open.len(), 1, "{open:?}");
        let one = &open[0];
        assert_eq!(
            (one.record_kind.as_str(), one.field.as_str(), one.theirs.as_str()),
            ("course-enrolment", "exit-date", "2026-12-01")
        );
        assert_eq!(stands(both, student).1, Stands::Differs);
        both.write_as(&carol, |tx| {
            decide(tx, &wide(&carol), student, &[decision(&open[0], Choice::Theirs)])
        });
        let ours = both.read(|at| courses::seat(at, &viewer(), section(), seat(student)));
        assert_eq!(ours.until, Some(date("2026-12-01")));
        both.syncs().await;
        assert_eq!(
            (both.states(student), both.differences(student)),
            (vec![], vec![]),
            "PASI is not told its own news"
        );
        // The other way: ours is kept and goes back.
        reseats_there(both, student, |place| place.credits_attempted = 3).await;
        let open = both.differences(student);
        both.write_as(&carol, |tx| {
            decide(tx, &wide(&carol), student, &[decision(&open[0], Choice::Ours)])
        });
        both.syncs().await;
        assert_eq!(seat_there(both, student).credits_attempted, 5);
        assert_eq!(both.differences(student), []);
    });
}

#[test]
fn what_the_province_changes_of_a_class_is_decided_whole() {
    played(async |both| {
        let student = seated(both).await;
        let carol = person("Carol Nadeau");
        changes_there(both, |class| {
            class.primary_delivery_method = "Online".to_owned();
            class.instructional_minutes_offered = Some(7_000);
        })
        .await;
        let open = both.read(|at| crate::section_differences(at, &viewer(), section()));
        let fields: Vec<&str> = open.iter().map(|one| one.field).collect();
        assert_eq!(fields, ["delivery-method", "minutes"]);
        assert_eq!(stands(both, student).0, Stands::Differs);
        let decides = |choice, seen_version, seen_ours| {
            both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
                let decision = SectionDecision {
                    seen_version,
                    seen_ours,
                    choice,
                };
                decide_section(tx, (&wide(&carol), &wide(&carol)), section(), decision)
            })
        };
        let seen = open[0].core_version;
        let stale = decides(Choice::Theirs, seen - 1, (1, 0));
        assert!(matches!(stale, Err(Failure::Conflict(_))), "{stale:?}");
        decides(Choice::Theirs, seen, (1, 0)).expect("taken");
        let offering = both.read(|at| courses::offering(at, &viewer(), section()));
        assert_eq!(
            (offering.delivery_method.as_str(), offering.minutes),
            ("Online", Some(7_000))
        );
        assert_eq!(
            both.read(|at| crate::section_differences(at, &viewer(), section())),
            []
        );
        both.syncs().await;
        assert_eq!(
            stands(both, student).0,
            Stands::There,
            "PASI is not told its own news"
        );

        changes_there(both, |class| class.instructional_minutes_offered = Some(7_500)).await;
        let seen = section_there(both).pasi_core_version;
        decides(Choice::Ours, seen, (1, 1)).expect("kept");
        both.syncs().await;
        assert_eq!(section_there(both).instructional_minutes_offered, Some(7_000));
        assert_eq!(stands(both, student).0, Stands::There);
    });
}

#[test]
fn a_change_made_on_an_older_version_is_a_conflict_and_overwrites_nothing() {
    played(async |both| {
        let student = seated(both).await;
        let carol = Actor {
            seen: both.read(|at| crate::seen_section(at, section(), &[seat(student)])),
            ..person("Carol Nadeau")
        };
        reseats_there(both, student, |place| place.credits_attempted = 3).await;
        takes_out(both, &carol, student, "2026-11-02");
        both.syncs().await;
        assert_eq!(
            both.states(student),
            [("course-enrolment".to_owned(), ItemState::Conflict)]
        );
        assert_eq!(seat_there(both, student).credits_attempted, 3);
        assert_eq!(stands(both, student).1, Stands::Differs);
    });
}

#[test]
fn nothing_is_lost_while_pasi_is_away_and_nothing_goes_twice_after_a_lost_answer() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.server.trouble(Trouble {
            outage: Some(Outage::Refuse),
            ..Trouble::default()
        });
        teaches(both, "ELA1105");
        puts_in(both, student);
        both.syncs().await;
        assert_eq!(stands(both, student), (Stands::Waits, Stands::Waits));
        both.server.trouble(Trouble {
            lose_answers: 1,
            ..Trouble::default()
        });
        both.later(30);
        both.syncs().await; // the class arrives, its answer does not
        both.later(60);
        both.syncs().await;
        both.server.trouble(Trouble {
            lose_answers: 1,
            ..Trouble::default()
        });
        takes_out(both, &person("Carol Nadeau"), student, "2026-11-02");
        both.syncs().await; // nor does the answer to this
        for _ in 0..3 {
            both.later(60);
            both.syncs().await;
        }
        assert_eq!(both.states(student), []);
        assert_eq!(stands(both, student), (Stands::There, Stands::There));
        assert_eq!(seat_there(both, student).exit_date, Some(date("2026-11-02")));
    });
}

#[test]
fn a_sender_killed_midway_leaves_its_items_to_the_next_one() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        teaches(both, "ELA1105");
        puts_in(both, student);
        both.connector.intake().await.expect("taken");
        // Leased by a program that was killed before it sent.
        let leased = both
            .write(|tx| crate::lease::lease(tx, 12, &HashSet::new()))
            .expect("leased");
        assert_eq!(leased.items.len(), 1, "the class alone: the place waits for it");
        let next = both.restarted().expect("the credentials are good");
        next.send_due().await.expect("nothing is free");
        assert_eq!(stands(both, student), (Stands::Waits, Stands::Waits));
        both.later(61);
        next.send_due().await.expect("sent");
        assert_eq!(stands(both, student), (Stands::There, Stands::There));
    });
}

#[test]
fn policies_hold_for_classes_and_places_and_only_who_may_decides() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            crate::set_policy(tx, &wide(&carol), "section", crate::Sends::AfterApproval)
        });
        teaches(both, "ELA1105");
        puts_in(both, student);
        both.syncs().await;
        let items = both
            .read(|at| crate::section_stands(at, &viewer(), section()))
            .items;
        let states: Vec<ItemState> = items.iter().map(|item| item.state).collect();
        assert_eq!(states, [ItemState::Approval]);
        let elsewhere = Standing {
            actor: carol.clone(),
            role: kernel::Role::Secretary,
            schools: vec![kernel::SchoolId::derived("another")],
        };
        let stranger = Permit::wide(&elsewhere).expect("a secretary may decide, at her school");
        let tried = both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
            crate::approve(tx, &stranger, items[0].id)
        });
        assert!(matches!(tried, Err(Failure::NotFound)), "{tried:?}");
        both.write_as(&carol, |tx| crate::approve(tx, &wide(&carol), items[0].id));
        both.syncs().await;
        assert_eq!(stands(both, student), (Stands::There, Stands::There));
    });
}

#[test]
fn a_class_of_the_queue_is_given_to_a_person_and_carries_notes_as_a_student_s_row_does() {
    played(async |both| {
        both.listens().await;
        teaches(both, "ELA1105");
        both.server.trouble(Trouble {
            outage: Some(Outage::Refuse),
            ..Trouble::default()
        });
        both.syncs().await;
        let carol = person("Carol Nadeau");
        let to = both.an_account("ivan", kernel::Role::Coordinator);
        let teacher = both.an_account("tess", kernel::Role::Teacher);
        let rows = |of| {
            let asked = crate::Asked {
                filter: crate::QueueFilter::Waiting,
                school: None,
                of,
                limit: 10,
            };
            both.read(|at| crate::section_rows(at, &wide(&carol), asked))
        };
        let first = rows(None).pop().expect("the class waits");
        assert_eq!((first.number.as_str(), first.assigned), ("ELA1105-1", None));
        let row = crate::RowId::Item(first.item.id);
        let may = both.read(|at| crate::carers(at, &wide(&carol), row));
        assert_eq!(may.into_iter().map(|one| one.account).collect::<Vec<_>>(), [to]);
        let give = |person| {
            let store = &both.world.store;
            store.write_now(db::Lane::Interactive, &carol, |tx| {
                crate::assign(tx, &wide(&carol), row, Some(person))
            })
        };
        give(teacher).expect_err("a teacher decides nothing here");
        give(to).expect("given");
        both.write_as(&carol, |tx| {
            crate::note(tx, &wide(&carol), row, "The vendor was asked")
        });
        assert_eq!(rows(Some(teacher)), []);
        let given = rows(Some(to)).pop().expect("it is Ivan's");
        assert_eq!(given.assigned.map(|who| who.account), Some(to));
        let notes = both.read(|at| crate::notes(at, &wide(&carol), row));
        assert_eq!(notes[0].body, "The vendor was asked");
        // A principal of another school learns nothing of it.
        let elsewhere = Standing {
            actor: carol.clone(),
            role: kernel::Role::Principal,
            schools: vec![kernel::SchoolId::derived("another")],
        };
        let theirs = Permit::wide(&elsewhere).expect("a principal may");
        let read = both
            .world
            .store
            .read_now(testkit::DIVISION, |at| crate::notes(at, &theirs, row));
        assert!(matches!(read, Err(Failure::NotFound)), "{read:?}");
    });
}

#[test]
fn a_class_made_before_pasi_was_connected_goes_with_its_first_news_and_all_its_students() {
    played(async |both| {
        let (one, _) = both.settled("Aiyana").await;
        let (two, _) = both.settled("Bashir").await;
        teaches(both, "ELA1105");
        puts_in(both, one);
        // Nobody took what was announced: as if it had been made by a change-over.
        both.write(|tx| db::take_outbox(tx, crate::intake::TOPICS, 100).map(|_| ()))
            .expect("let go");
        assert_eq!(stands(both, one), (Stands::NotThere, Stands::NotThere));
        puts_in(both, two);
        both.syncs().await;
        assert_eq!(stands(both, one), (Stands::There, Stands::There));
        assert_eq!(stands(both, two), (Stands::There, Stands::There));
    });
}

#[test]
fn a_class_that_pasi_took_out_or_names_an_unknown_course_is_not_taken_over() {
    played(async |both| {
        teaches(both, "ELA1105");
        both.syncs().await;
        let carol = person("Carol Nadeau");
        let takes = |both: &Both<'_>| {
            let seen = section_there(both).pasi_core_version;
            both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
                let decision = SectionDecision {
                    seen_version: seen,
                    seen_ours: (1, 0),
                    choice: Choice::Theirs,
                };
                decide_section(tx, (&wide(&carol), &wide(&carol)), section(), decision)
            })
        };
        changes_there(both, |class| class.is_deleted = true).await;
        assert!(super::alerts::refused_by(&takes(both), "LP-0614"));
        let mut class = section_there(both);
        (class.is_deleted, class.pasi_core_version) = (false, class.pasi_core_version + 1);
        class.course_codes = vec!["ZZZ9999".parse().expect("a code")];
        both.write(|tx| {
            let topic = pasi_wire::window::Topic::in_year(NotificationType::Section, class.school_year);
            let key = class.ref_id.to_string();
            crate::mirror::keep(tx, (topic, &key), class.pasi_core_version, &class, None)
        })
        .expect("kept");
        assert!(super::alerts::refused_by(&takes(both), "LP-0615"));
    });
}

#[test]
fn what_pasi_finds_in_a_stored_class_is_seen_before_it_goes_and_afterwards() {
    played(async |both| {
        let student = seated(both).await;
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            let said = courses::Offering {
                credits: Some(4),
                minutes: Some(6_500),
                ..courses::Offering::usual(section())
            };
            let province = crate::ProvinceOnClasses::of(tx, section())?;
            let saved = courses::set_offering(tx, &wide(&carol), said, &province)?;
            let codes: Vec<&str> = saved.findings.0.iter().map(|one| one.code.as_str()).collect();
            assert_eq!(codes, ["40126", "40140"], "beside the fields, before it goes");
            Ok(())
        });
        both.syncs().await;
        both.server.settled().await;
        both.listens().await;
        let standing = both.read(|at| crate::section_stands(at, &viewer(), section()));
        let codes: Vec<u32> = standing.rules.iter().map(|rule| rule.code).collect();
        assert_eq!((standing.stands, codes), (Stands::Alerted, vec![40_126, 40_140]));
        // The places follow what the class is offered for, and PASI finds the same in each.
        assert_eq!(seat_there(both, student).credits_attempted, 4);
        let alerts = both.read(|at| crate::alerts_of(at, student));
        let of_seat = alerts
            .iter()
            .find(|item| item.record_kind == "course-enrolment-status");
        let rule = of_seat.expect("it is told").answer().rules.remove(0);
        assert_eq!(rule.code, 42_092);
        // Somebody is on it; PASI is told so.
        let alert = standing.items.first().expect("an alert").id;
        both.write_as(&carol, |tx| {
            crate::acknowledge(tx, &wide(&carol), alert, crate::Acknowledgement::InProgress)
        });
        both.syncs().await;
        let standing = both.read(|at| crate::section_stands(at, &viewer(), section()));
        assert_eq!(
            standing.items[0].answer().acknowledgement(),
            crate::Acknowledgement::InProgress
        );
    });
}

#[test]
fn what_is_told_of_classes_is_compared_by_hash_and_read_again() {
    played(async |both| {
        let student = seated(both).await;
        let check = both.connector.check().await.expect("PASI answers");
        assert_eq!(check.repaired, [], "both sides hold the same");
        let kinds = both.read(|at| crate::checked(at));
        for kind in ["Section.2027", "CourseEnrolment.2027"] {
            assert!(
                kinds.iter().any(|one| one.notification == kind && one.agrees()),
                "{kind}"
            );
        }
        let again = both
            .connector
            .read_again(
                &person("Carol Nadeau"),
                &wide(&person("Carol Nadeau")),
                "CourseEnrolment.2027",
            )
            .await
            .expect("read");
        assert_eq!(again, 1);
        assert_eq!(both.differences(student), []);
    });
}
