//! Sections, their staff and their students, on both engines.

mod common;
mod offering;

use common::*;
use courses::{Meeting, PutIn, SectionDetails, StaffRole, Went};
use kernel::{AccountId, CourseEnrolmentId, Failure, SectionId};
use testkit::{date, each_engine};

#[test]
fn the_catalogue_is_taken_in_once() {
    each_engine(|world| {
        furnish(world);
        let again =
            write(world, |tx| courses::take_catalogue(tx, &catalogue(world))).expect("nothing to add");
        assert_eq!(again, 0, "{}", world.engine);
        let all = read(world, |at| courses::courses(at, &viewer(world)));
        assert_eq!(all.len(), courses::alberta().len());
        let english = all.iter().find(|course| course.code == "ELA3105").expect("there");
        assert_eq!(
            (english.credits.as_slice(), english.prerequisites.as_slice()),
            (&[5_u8][..], &["ELA2105".to_owned()][..])
        );
    });
}

#[test]
fn a_section_is_made_once_changed_by_whoever_saw_it_and_refused_with_reasons() {
    each_engine(|world| {
        furnish(world);
        let id = SectionId::derived("4A");
        let made = make(world, "4A", details("4A", 1)).expect("made");
        assert_eq!(
            make(world, "4A", details("4A", 1))
                .expect("the same form again")
                .record,
            made.record
        );
        assert!(matches!(
            make(world, "4A", details("4B", 2)),
            Err(Failure::Conflict(_))
        ));
        assert_eq!(refused(make(world, "other", details("4A", 2))), ["LP-0503"]);
        assert_eq!(
            refused(make(
                world,
                "other",
                SectionDetails {
                    courses: vec![],
                    ..details("4B", 2)
                }
            )),
            ["LP-0501"]
        );
        let clashing = SectionDetails {
            room: "12".to_owned(),
            ..details("4B", 1)
        };
        assert_eq!(refused(make(world, "other", clashing)), ["LP-0510"]);
        let change = SectionDetails {
            room: "14".to_owned(),
            ..details("4A", 3)
        };
        let changed = write(world, |tx| {
            courses::change_section(tx, &manager(world), id, 1, change.clone())
        })
        .expect("changed");
        assert_eq!(
            (changed.record.version, changed.record.meetings.as_slice()),
            (2, &[Meeting::new(1, 3)][..])
        );
        let stale = write(world, |tx| {
            courses::change_section(tx, &manager(world), id, 1, details("4A", 1))
        });
        assert!(matches!(stale, Err(Failure::Conflict(_))), "{}", world.engine);
        assert_eq!(audited(world), ["section.make", "section.change"]);
        let theirs = courses_of(&[school(1)]);
        let foreign = write(world, |tx| {
            courses::change_section(tx, &theirs, id, 2, details("4A", 1))
        });
        assert_eq!(foreign.err(), Some(Failure::NotFound));
    });
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one class, from its first student to its last"
)]
fn students_are_put_in_each_by_the_rules_and_the_rest_waits() {
    each_engine(|world| {
        let students = furnish(world);
        let id = SectionId::derived("4A");
        make(
            world,
            "4A",
            SectionDetails {
                capacity: Some(2),
                ..details("4A", 1)
            },
        )
        .expect("made");
        let all: Vec<PutIn> = students
            .iter()
            .map(|student| put(*student, "2026-09-08"))
            .collect();
        let told = write(world, |tx| courses::preview(tx, &manager(world), id, &all)).expect("told");
        let went: Vec<Went> = told.iter().map(|one| one.went).collect();
        assert_eq!(
            went,
            [Went::In, Went::In, Went::Waits(1), Went::Waits(2), Went::Refused],
            "{}",
            world.engine
        );
        assert!(list(world, id).is_empty(), "a preview keeps nothing");
        assert_eq!(
            refused(write(world, |tx| courses::put_in(
                tx,
                &manager(world),
                id,
                &[],
                ""
            ))),
            ["LP-0531"]
        );
        let done = write(world, |tx| courses::put_in(tx, &manager(world), id, &all, "")).expect("done");
        assert_eq!(done, told);
        assert_eq!(done[4].findings.0[0].code, "LP-0516", "at another school");
        let again = write(world, |tx| {
            courses::put_in(tx, &manager(world), id, &all[..2], "")
        })
        .expect("done");
        assert!(again.iter().all(|one| one.went == Went::There));
        let mut two = students[..2].to_vec();
        two.sort();
        assert_eq!(roster(world, id, "2026-11-23"), two);
        assert_eq!(roster(world, id, "2026-09-07"), vec![]);

        let seat = |place: usize| CourseEnrolmentId::derived(&students[place].to_string());
        assert_eq!(
            refused(write(world, |tx| courses::let_in(
                tx,
                &manager(world),
                id,
                (seat(2), 1),
                date("2026-11-23")
            ))),
            ["LP-0514"]
        );
        write(world, |tx| {
            courses::move_up(tx, &manager(world), id, (seat(3), 1))
        })
        .expect("before the other");
        write(world, |tx| {
            courses::take_out(tx, &manager(world), id, (seat(0), 1), date("2026-11-20"))
        })
        .expect("out");
        assert_eq!(
            refused(write(world, |tx| courses::take_out(
                tx,
                &manager(world),
                id,
                (seat(0), 2),
                date("2026-09-01")
            ))),
            ["LP-0521"]
        );
        let stale = write(world, |tx| {
            courses::take_out(tx, &manager(world), id, (seat(0), 1), date("2026-11-19"))
        });
        assert!(matches!(stale, Err(Failure::Conflict(_))));
        write(world, |tx| {
            courses::let_in(tx, &manager(world), id, (seat(3), 2), date("2026-11-23"))
        })
        .expect("in");
        let lines = list(world, id);
        let places: Vec<i32> = lines.iter().map(|line| line.seat.place).collect();
        assert_eq!(
            places,
            [0, 0, 2],
            "two are in, one waits where it stood after the other passed"
        );
        assert_eq!(
            refused(write(world, |tx| courses::created_in_error(
                tx,
                &manager(world),
                id,
                (seat(1), 1),
                " "
            ))),
            ["LP-0526"]
        );
        write(world, |tx| {
            courses::created_in_error(tx, &manager(world), id, (seat(1), 1), "another class")
        })
        .expect("taken back");
        assert_eq!(roster(world, id, "2026-11-23"), vec![students[3]]);
        assert_eq!(
            roster(world, id, "2026-11-20"),
            vec![students[0]],
            "as it was on that day"
        );
    });
}

#[test]
fn a_class_that_clashes_or_repeats_the_course_is_refused() {
    each_engine(|world| {
        let students = furnish(world);
        make(world, "4A", details("4A", 1)).expect("made");
        let music = SectionDetails {
            courses: vec![course("MUS")],
            ..details("Band", 1)
        };
        make(world, "Band", music).expect("made");
        make(world, "4B", details("4B", 2)).expect("made");
        let into = |section: &str| {
            let one = PutIn {
                id: CourseEnrolmentId::derived(&format!("{section} {}", students[0])),
                ..put(students[0], "2026-09-08")
            };
            let id = SectionId::derived(section);
            write(world, |tx| courses::put_in_one(tx, &manager(world), id, &one, ""))
        };
        into("4A").expect("in");
        assert_eq!(refused(into("Band")), ["LP-0512"]);
        assert_eq!(refused(into("4B")), ["LP-0519"]);
        let foreign = write(world, |tx| {
            courses::put_in_one(
                tx,
                &courses_of(&[school(1)]),
                SectionId::derived("4A"),
                &put(students[1], "2026-09-08"),
                "",
            )
        });
        assert_eq!(foreign.err(), Some(Failure::NotFound), "another school's section");
    });
}

#[test]
fn staff_see_the_students_of_their_sections_on_their_days_and_no_others() {
    each_engine(|world| {
        let students = furnish(world);
        let (lead, substitute) = (teacher(world, "lead"), teacher(world, "substitute"));
        let id = SectionId::derived("4A");
        make(world, "4A", details("4A", 1)).expect("made");
        let all: Vec<PutIn> = students[..2]
            .iter()
            .map(|student| put(*student, "2026-09-08"))
            .collect();
        write(world, |tx| courses::put_in(tx, &manager(world), id, &all, "")).expect("in");
        assert!(!sees(world, lead, students[0]));
        add(world, id, lead, StaffRole::Lead, ("2026-09-01", None)).expect("teaches");
        add(
            world,
            id,
            substitute,
            StaffRole::Substitute,
            ("2026-11-24", Some("2026-11-25")),
        )
        .expect("stands in");
        assert_eq!(
            refused(add(
                world,
                id,
                AccountId::derived("nobody"),
                StaffRole::Co,
                ("2026-11-23", None)
            )),
            ["LP-0524"]
        );
        // Monday the 23rd: the lead sees both, the substitute nobody yet.
        assert!(sees(world, lead, students[0]) && sees(world, lead, students[1]));
        assert!(!sees(world, lead, students[2]) && !sees(world, substitute, students[0]));
        move_to(world, "2026-11-24");
        assert!(sees(world, substitute, students[0]));
        assert_eq!(taught(world, substitute, "2026-11-24"), ["4A"]);
        move_to(world, "2026-11-26");
        assert!(!sees(world, substitute, students[0]), "the days are over");
        assert!(taught(world, substitute, "2026-11-26").is_empty());

        let seat = CourseEnrolmentId::derived(&students[0].to_string());
        write(world, |tx| {
            courses::take_out(tx, &manager(world), id, (seat, 1), date("2026-11-25"))
        })
        .expect("out");
        assert!(!sees(world, lead, students[0]), "out since yesterday");
        // The school withdraws the other: gone from the class in the same transaction.
        withdraw(world, students[1], "2026-11-25");
        assert!(!sees(world, lead, students[1]));
        assert_eq!(roster(world, id, "2026-11-26"), vec![]);
        restore(world, students[1]);
        assert!(
            sees(world, lead, students[1]),
            "back at the school, back in the class"
        );
        let staff = read(world, |at| courses::section(at, &viewer(world), id))
            .section
            .staff;
        let of_lead = staff.iter().find(|one| one.account == lead).expect("there");
        write(world, |tx| {
            courses::end_staff(tx, &manager(world), id, (of_lead.id, 1), date("2026-11-25"))
        })
        .expect("ended");
        assert!(!sees(world, lead, students[1]));
        write(world, |tx| {
            courses::remove_staff(tx, &manager(world), id, (of_lead.id, 2))
        })
        .expect("removed");
        assert!(taught(world, lead, "2026-11-25").is_empty());
    });
}

#[test]
fn a_teacher_with_another_class_then_is_refused() {
    each_engine(|world| {
        furnish(world);
        let lead = teacher(world, "lead");
        make(world, "4A", details("4A", 1)).expect("made");
        make(
            world,
            "4B",
            SectionDetails {
                room: "13".to_owned(),
                ..details("4B", 1)
            },
        )
        .expect("made");
        add(
            world,
            SectionId::derived("4A"),
            lead,
            StaffRole::Lead,
            ("2026-09-01", None),
        )
        .expect("teaches");
        let both = add(
            world,
            SectionId::derived("4B"),
            lead,
            StaffRole::Lead,
            ("2026-09-01", None),
        );
        assert_eq!(refused(both), ["LP-0511"]);
    });
}

#[test]
fn a_closed_section_lets_everybody_go() {
    each_engine(|world| {
        let students = furnish(world);
        let lead = teacher(world, "lead");
        let id = SectionId::derived("4A");
        make(
            world,
            "4A",
            SectionDetails {
                capacity: Some(1),
                ..details("4A", 1)
            },
        )
        .expect("made");
        let all: Vec<PutIn> = students[..2]
            .iter()
            .map(|student| put(*student, "2026-09-08"))
            .collect();
        write(world, |tx| courses::put_in(tx, &manager(world), id, &all, "")).expect("in");
        add(world, id, lead, StaffRole::Lead, ("2026-09-01", None)).expect("teaches");
        let outside = write(world, |tx| {
            courses::close_section(tx, &manager(world), id, 1, date("2027-07-01"))
        });
        assert_eq!(refused(outside), ["LP-0520"]);
        let closed = write(world, |tx| {
            courses::close_section(tx, &manager(world), id, 1, date("2026-11-20"))
        })
        .expect("closed");
        assert_eq!(closed.last_day, date("2026-11-20"));
        assert!(!sees(world, lead, students[0]));
        assert_eq!(roster(world, id, "2026-11-20"), vec![students[0]]);
        assert!(list(world, id).is_empty(), "nobody is in it or waits");
        assert_eq!(
            refused(write(world, |tx| courses::put_in_one(
                tx,
                &manager(world),
                id,
                &put(students[2], "2026-09-08"),
                ""
            ))),
            ["LP-0513"]
        );
    });
}

#[test]
fn timetables_say_who_meets_when() {
    each_engine(|world| {
        let students = furnish(world);
        let lead = teacher(world, "lead");
        let id = SectionId::derived("4A");
        make(world, "4A", details("4A", 1)).expect("made");
        add(world, id, lead, StaffRole::Lead, ("2026-09-01", None)).expect("teaches");
        write(world, |tx| {
            courses::put_in(tx, &manager(world), id, &[put(students[0], "2026-09-08")], "")
        })
        .expect("in");
        let of_student = read(world, |at| {
            courses::timetable_of_student(at, &students_viewer(world), students[0], year())
        });
        let told: Vec<_> = of_student
            .iter()
            .map(|one| (one.meeting, one.title.as_str(), one.teachers.as_str(), one.days.0))
            .collect();
        assert_eq!(
            told,
            [(
                Meeting::new(1, 1),
                "Mathematics",
                "Teacher lead",
                date("2026-09-08")
            )]
        );
        let of_teacher = read(world, |at| {
            courses::timetable_of_teacher(at, &viewer(world), lead, year())
        });
        let of_room = read(world, |at| {
            courses::timetable_of_room(at, &viewer(world), (school(0), year()), "12")
        });
        assert_eq!((of_teacher.len(), of_room.len()), (1, 1));
        let on = |day: u8| {
            read(world, |at| {
                let day = schools::SchoolDay {
                    date: date("2026-11-23"),
                    cycle_day: Some(day),
                    label: String::new(),
                    bell: None,
                    is_early_dismissal: false,
                    reason: String::new(),
                };
                courses::meets_on(at, school(0), &day)
            })
            .len()
        };
        assert_eq!((on(1), on(2)), (1, 0));
        let mine = teaches(lead);
        let other = world.store.read_now(testkit::DIVISION, |at| {
            courses::section(at, &mine, SectionId::derived("none"))
        });
        assert_eq!(other.err(), Some(Failure::NotFound));
        assert_eq!(
            read(world, |at| courses::section(at, &mine, id)).section.number,
            "4A"
        );
        make(
            world,
            "4B",
            SectionDetails {
                room: String::new(),
                ..details("4B", 2)
            },
        )
        .expect("made");
        let hidden = world.store.read_now(testkit::DIVISION, |at| {
            courses::section(at, &mine, SectionId::derived("4B"))
        });
        assert_eq!(hidden.err(), Some(Failure::NotFound), "another teacher's section");
        assert_eq!(numbers(world, &mine, ""), ["4A"]);
        assert_eq!(numbers(world, &viewer(world), ""), ["4A", "4B"]);
        assert_eq!(numbers(world, &viewer(world), "math 4b"), ["4B"]);
    });
}
