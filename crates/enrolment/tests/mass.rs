//! One change to many students, on both engines: looked at, applied, stale,
//! stopped, taken back, out of reach.

mod common;

use access::{Permit, Standing};
use common::batch::{chunk, codes, look, mass_permit, someone, states, step, work};
use common::{a_student, audited, autumn, enrolled, furnish, id, read, school, viewer, write};
use db::Reading;
use db::schema::{audit, outbox};
use diesel::prelude::*;
use enrolment::mass::{self, BatchState, MassChange, RowState, StudentField};
use enrolment::rules::OursAlone;
use enrolment::{Change, Enrol, On};
use kernel::{Failure, Grade, MassUpdateId, StudentId};
use testkit::{DIVISION, World, date};

fn homeroom(world: &World, student: StudentId) -> String {
    let mut all = read(world, |at| enrolment::enrolments(at, &viewer(world), student));
    all.remove(0).homeroom
}

/// Three students of the first school in 6A, one of them in 7B already, and one of the second.
fn fill(world: &World) -> [StudentId; 4] {
    let first = furnish(world);
    let more = ["2", "3", "4"]
        .map(|number| write(world, |tx| Ok(a_student(tx, number, "2015-04-17", None))).expect("made"));
    let all = [first, more[0], more[1], more[2]];
    for (at, student) in all.iter().enumerate() {
        let mut enrol = autumn(usize::from(at == 3));
        if at == 2 {
            "7B".clone_into(&mut enrol.homeroom);
        }
        enrolled(world, *student, &format!("e{at}"), &enrol);
    }
    all
}

fn begun(world: &World, who: &Standing, seed: &str, students: &[StudentId]) -> MassUpdateId {
    let batch = MassUpdateId::derived(seed);
    write(world, |tx| mass::begin(tx, &mass_permit(who), batch, students)).expect("begun");
    batch
}

fn chosen(world: &World, who: &Standing, batch: MassUpdateId, change: &MassChange) {
    write(world, |tx| {
        mass::choose(tx, &mass_permit(who), batch, change, "New rooms")
    })
    .expect("chosen");
    work(world, who, batch);
}

fn to_room(room: &str) -> MassChange {
    MassChange::Homeroom { to: room.to_owned() }
}

#[test]
fn many_are_changed_as_the_preview_showed_and_taken_back() {
    testkit::each_engine(|world| {
        let all = fill(world);
        let carol = someone(world, "carol", &[school(0)]);
        let batch = begun(world, &carol, "b", &all);
        chosen(world, &carol, batch, &to_room("7B"));
        let (ready, rows) = look(world, &carol, batch);
        assert_eq!(ready.state, BatchState::Ready, "{}", world.engine);
        assert_eq!(
            states(&rows),
            [RowState::Will, RowState::Will, RowState::Same],
            "the other school's student is as if it were not there"
        );
        assert_eq!((rows[0].old.as_str(), rows[0].new.as_str()), ("6A", "7B"));
        assert_eq!(homeroom(world, all[0]), "6A", "a preview changes nothing");

        step(world, &carol, batch, mass::apply).expect("applied");
        step(world, &carol, batch, mass::apply).expect("a form sent twice");
        work(world, &carol, batch);
        let (done, rows) = look(world, &carol, batch);
        assert_eq!(done.state, BatchState::Done);
        assert_eq!(states(&rows), [RowState::Done, RowState::Done, RowState::Same]);
        assert_eq!(homeroom(world, all[0]), "7B");
        let kept = read(world, |at| enrolment::enrolments(at, &viewer(world), all[0])).remove(0);
        assert_eq!(kept.known.by, "carol", "in the name of the person");
        assert!(
            kept.known.reason.starts_with("New rooms #"),
            "{}",
            kept.known.reason
        );
        let changes = audited(world)
            .iter()
            .filter(|action| *action == "enrolment.change")
            .count();
        assert_eq!(changes, 2, "each student's change is audited");

        // Somebody goes on working with the second student: that one is kept.
        write(world, |tx| {
            let now = enrolment::enrolment(tx, &viewer(world), id("e1"))?;
            let cmd = Change {
                grade: Grade::G7,
                ..Change::of(&now)
            };
            let on = On::seen(all[1], id("e1"), now.known.version);
            enrolment::change(tx, &Permit::program(&world.actor)?, &on, cmd, &OursAlone)
        })
        .expect("changed by another");
        step(world, &carol, batch, mass::take_back).expect("taken back");
        work(world, &carol, batch);
        let (undone, rows) = look(world, &carol, batch);
        assert_eq!(undone.state, BatchState::Undone);
        assert_eq!(states(&rows), [RowState::Undone, RowState::Kept, RowState::Same]);
        assert_eq!(codes(&rows[1]), ["LP-0446"]);
        assert_eq!(
            (homeroom(world, all[0]), homeroom(world, all[1])),
            ("6A".to_owned(), "7B".to_owned())
        );
        let verbs: Vec<String> = read(world, |at| {
            Ok(audit::table
                .filter(audit::subject_kind.eq("mass-update"))
                .order(audit::seq)
                .select(audit::action)
                .load(at.conn())?)
        });
        let want = ["begin", "apply", "done", "undo", "undone"].map(|verb| format!("mass-update.{verb}"));
        assert_eq!(verbs, want);
    });
}

#[test]
fn a_student_changed_after_the_preview_is_named_and_the_others_go_on() {
    testkit::each_engine(|world| {
        let all = fill(world);
        let carol = someone(world, "carol", &[school(0)]);
        let batch = begun(world, &carol, "b", &all[..2]);
        chosen(world, &carol, batch, &to_room("8C"));
        write(world, |tx| {
            let now = enrolment::enrolment(tx, &viewer(world), id("e0"))?;
            let cmd = Change {
                homeroom: "6Z".to_owned(),
                ..Change::of(&now)
            };
            let on = On::seen(all[0], id("e0"), 1);
            enrolment::change(tx, &Permit::program(&world.actor)?, &on, cmd, &OursAlone)
        })
        .expect("changed by another");
        step(world, &carol, batch, mass::apply).expect("applied");
        work(world, &carol, batch);
        let (_, rows) = look(world, &carol, batch);
        assert_eq!(states(&rows), [RowState::Stale, RowState::Done]);
        assert_eq!(codes(&rows[0]), ["LP-0445"]);
        assert_eq!(
            (homeroom(world, all[0]), homeroom(world, all[1])),
            ("6Z".to_owned(), "8C".to_owned())
        );
    });
}

#[test]
fn who_cannot_be_changed_is_shown_with_the_reason() {
    testkit::each_engine(|world| {
        let all = fill(world);
        let nowhere = write(world, |tx| {
            let student = a_student(tx, "9", "2015-04-17", None);
            access::place_student(tx, student, school(0), date("2026-09-01"), date("2027-06-30"))?;
            Ok(student)
        })
        .expect("made");
        let carol = someone(world, "carol", &[school(0)]);
        let batch = begun(world, &carol, "b", &[all[0], nowhere]);
        chosen(
            world,
            &carol,
            batch,
            &MassChange::Start {
                to: date("2026-08-31"),
            },
        );
        let (_, rows) = look(world, &carol, batch);
        assert_eq!(states(&rows), [RowState::Refused, RowState::Refused]);
        assert_eq!(codes(&rows[0]), ["LP-0401"]);
        assert_eq!(codes(&rows[1]), ["LP-0444"]);
        // Another change on the same students: judged anew.
        chosen(
            world,
            &carol,
            batch,
            &MassChange::Withdraw {
                last_day: date("2026-11-20"),
            },
        );
        let (_, rows) = look(world, &carol, batch);
        assert_eq!(states(&rows), [RowState::Will, RowState::Refused]);
        assert_eq!((rows[0].old.as_str(), rows[0].new.as_str()), ("", "2026-11-20"));
        step(world, &carol, batch, mass::apply).expect("applied");
        work(world, &carol, batch);
        step(world, &carol, batch, mass::take_back).expect("taken back");
        work(world, &carol, batch);
        let now = read(world, |at| enrolment::enrolments(at, &viewer(world), all[0])).remove(0);
        assert_eq!(
            now.state,
            enrolment::State::Open,
            "a withdrawal taken back opens again"
        );
        let wrong = MassChange::AddGrant {
            code: "none".to_owned(),
        };
        let refused = write(world, |tx| {
            mass::choose(tx, &mass_permit(&carol), batch, &wrong, "")
        });
        assert_eq!(
            refused,
            Err(Failure::refuse("LP-0442", "")),
            "what was applied is not chosen anew"
        );
    });
}

#[test]
fn each_change_says_what_it_changes() {
    testkit::each_engine(|world| {
        let all = fill(world);
        let carol = someone(world, "carol", &[school(0)]);
        let batch = begun(world, &carol, "b", &all[..1]);
        for (change, old, new) in [
            (to_room(""), "6A", ""),
            (MassChange::Grade { to: Grade::G7 }, "06", "07"),
            (
                MassChange::Start {
                    to: date("2026-09-08"),
                },
                "2026-09-01",
                "2026-09-08",
            ),
            (
                MassChange::End {
                    to: date("2027-06-25"),
                },
                "",
                "2027-06-25",
            ),
            (
                MassChange::Programming {
                    kind: "Regular".to_owned(),
                    timeframe: "Day".to_owned(),
                },
                "Regular,Day",
                "Regular,Day",
            ),
            (
                MassChange::ResidentBoard {
                    to: "3260".to_owned(),
                },
                "",
                "3260",
            ),
        ] {
            chosen(world, &carol, batch, &change);
            let (_, rows) = look(world, &carol, batch);
            assert_eq!(
                (rows[0].old.as_str(), rows[0].new.as_str()),
                (old, new),
                "{change:?}"
            );
            let want = if old == new {
                RowState::Same
            } else {
                RowState::Will
            };
            assert_eq!(rows[0].state, want, "{change:?}: {:?}", rows[0].findings);
        }
    });
}

fn given(field: StudentField, to: &str) -> MassChange {
    MassChange::Student {
        field,
        to: to.to_owned(),
    }
}

fn identity(world: &World, student: StudentId) -> people::Identity {
    read(world, |at| people::student(at, &viewer(world), student)).identity
}

/// By a person, at the version that stands.
fn gender_corrected(world: &World, student: StudentId) {
    write(world, |tx| {
        let now = people::student(tx, &viewer(world), student)?;
        let change = people::ChangeIdentity {
            identity: people::Identity {
                gender: "M".to_owned(),
                ..now.identity
            },
            document_last_four: None,
        };
        let edit = Permit::program(&tx.actor().clone())?;
        let on = On::seen(student, student, now.version);
        people::change_identity(tx, &edit, &on, &change)
    })
    .expect("changed");
}

#[test]
fn a_field_of_many_students_is_set_and_taken_back_where_nobody_changed_them_since() {
    testkit::each_engine(|world| {
        let all = fill(world);
        let carol = someone(world, "carol", &[school(0)]);
        gender_corrected(world, all[0]);
        let batch = begun(world, &carol, "b", &all);
        chosen(world, &carol, batch, &given(StudentField::LettersIn, "FRA"));
        let (ready, rows) = look(world, &carol, batch);
        assert_eq!(
            (ready.state, rows.len()),
            (BatchState::Ready, 3),
            "her school's alone"
        );
        assert!(
            rows.iter()
                .all(|row| row.state == RowState::Will && row.new == "FRA")
        );
        assert_eq!(
            identity(world, all[1]).letters_in,
            "",
            "a preview changes nothing"
        );
        // One of them changes between the preview and the press.
        gender_corrected(world, all[2]);
        step(world, &carol, batch, mass::apply).expect("applied");
        work(world, &carol, batch);
        let (_, rows) = look(world, &carol, batch);
        assert_eq!(states(&rows), [RowState::Done, RowState::Done, RowState::Stale]);
        assert_eq!(codes(&rows[2]), ["LP-0448"]);
        let kept = all.map(|student| identity(world, student).letters_in);
        assert_eq!(kept, ["FRA", "FRA", "", ""], "{}", world.engine);
        let history = read(world, |at| {
            people::history(at, &Permit::program(&world.actor)?, all[0])
        });
        assert!(
            history[0].reason.starts_with("New rooms #"),
            "{}",
            history[0].reason
        );
        assert_eq!(history[0].by, "carol");
        // One of them changes before it is taken back.
        gender_corrected(world, all[1]);
        step(world, &carol, batch, mass::take_back).expect("begun");
        work(world, &carol, batch);
        let (_, rows) = look(world, &carol, batch);
        assert_eq!(states(&rows), [RowState::Undone, RowState::Kept, RowState::Stale]);
        assert_eq!(codes(&rows[1]), ["LP-0449"]);
        let kept = all.map(|student| identity(world, student).letters_in);
        assert_eq!(kept, ["", "FRA", "", ""], "{}", world.engine);
        assert_eq!(identity(world, all[0]).gender, "M", "what else was changed stays");
    });
}

#[test]
fn what_the_province_keeps_of_many_is_told_to_it_and_a_wrong_code_is_refused() {
    testkit::each_engine(|world| {
        let all = fill(world);
        let carol = someone(world, "carol", &[school(0)]);
        let batch = begun(world, &carol, "b", &all[..2]);
        for (field, to) in [
            (StudentField::LettersIn, ""),
            (StudentField::Section23, "CRE"),
            (StudentField::LanguageAtHome, "Y"),
        ] {
            let change = given(field, to);
            let chosen = write(world, |tx| {
                mass::choose(tx, &mass_permit(&carol), batch, &change, "x")
            });
            assert_eq!(chosen.err(), Some(Failure::refuse("LP-0443", "to")), "{change:?}");
        }
        chosen(world, &carol, batch, &given(StudentField::Section23, "Y"));
        step(world, &carol, batch, mass::apply).expect("applied");
        work(world, &carol, batch);
        let told: i64 = read(world, |at| {
            Ok(outbox::table
                .filter(outbox::topic.eq("student.section23"))
                .count()
                .get_result(at.conn())?)
        });
        assert_eq!(told, 2, "{}", world.engine);
        chosen_again(world, &carol, &all);
    });
}

/// Those who have it already are shown as such.
fn chosen_again(world: &World, who: &Standing, all: &[StudentId; 4]) {
    let batch = begun(world, who, "c", &all[..3]);
    chosen(world, who, batch, &given(StudentField::Section23, "Y"));
    let (_, rows) = look(world, who, batch);
    assert_eq!(states(&rows), [RowState::Same, RowState::Same, RowState::Will]);
}

#[test]
fn it_stops_between_two_chunks_and_goes_on_and_two_never_work_at_once() {
    testkit::each_engine(|world| {
        furnish(world);
        let students: Vec<StudentId> = (0..60)
            .map(|number| {
                let name = format!("many-{number}");
                let student = write(world, |tx| Ok(a_student(tx, &name, "2015-04-17", None))).expect("made");
                enrolled(world, student, &name, &Enrol { ..autumn(0) });
                student
            })
            .collect();
        let carol = someone(world, "carol", &[school(0)]);
        let batch = begun(world, &carol, "b", &students);
        chosen(world, &carol, batch, &to_room("9X"));
        step(world, &carol, batch, mass::apply).expect("applied");
        assert_eq!(chunk(world, &carol, batch, "one"), Ok(true));
        assert_eq!(chunk(world, &carol, batch, "two"), Ok(false), "another one works");
        step(world, &carol, batch, mass::stop).expect("stopped");
        assert_eq!(chunk(world, &carol, batch, "one"), Ok(false));
        let (stopped, _) = look(world, &carol, batch);
        assert_eq!(stopped.state, BatchState::Stopped);
        assert_eq!(stopped.counts.of(RowState::Done), mass::CHUNK);
        step(world, &carol, batch, mass::apply).expect("goes on");
        // Whoever worked was killed: after its time another takes up the work.
        world.clock.set(world.store.now().plus_seconds(31));
        let (orphaned, _) = look(world, &carol, batch);
        assert!(orphaned.is_orphaned);
        assert_eq!(chunk(world, &carol, batch, "two"), Ok(true));
        assert_eq!(chunk(world, &carol, batch, "two"), Ok(false), "the last ten");
        assert_eq!(look(world, &carol, batch).0.counts.of(RowState::Done), 60);
    });
}

#[test]
fn another_persons_batch_and_another_schools_student_are_out_of_reach() {
    testkit::each_engine(|world| {
        let all = fill(world);
        let (carol, dan) = (
            someone(world, "carol", &[school(0)]),
            someone(world, "dan", &[school(1)]),
        );
        let nobody = write(world, |tx| {
            mass::begin(tx, &mass_permit(&dan), MassUpdateId::derived("d"), &[all[0]])
        });
        assert_eq!(nobody, Err(Failure::refuse("LP-0440", "students")));
        let crowd: Vec<StudentId> = (0..=mass::MOST)
            .map(|number| StudentId::derived(&format!("nobody {number}")))
            .collect();
        let batch = MassUpdateId::derived("crowd");
        let too_many = write(world, |tx| mass::begin(tx, &mass_permit(&carol), batch, &crowd));
        let said = kernel::Finding::refuse("LP-0441", "students").with("most", mass::MOST);
        assert_eq!(too_many, Err(Failure::Invalid(said.into())));
        // One fewer is not too many, and none of them is carol's.
        let many = write(world, |tx| {
            mass::begin(tx, &mass_permit(&carol), batch, &crowd[1..])
        });
        assert_eq!(many, Err(Failure::refuse("LP-0440", "students")));
        let batch = begun(world, &carol, "b", &all);
        assert_eq!(look(world, &carol, batch).0.counts.all(), 3);
        let seen = world
            .store
            .read_now(DIVISION, |at| mass::batch(at, &mass_permit(&dan), batch));
        assert_eq!(seen, Err(Failure::NotFound));
        assert_eq!(step(world, &dan, batch, mass::apply), Err(Failure::NotFound));
        chosen(world, &carol, batch, &to_room("7B"));
        step(world, &carol, batch, mass::apply).expect("applied");
        // Carol loses the school before the work is done: nothing is changed in her name.
        let moved = Standing {
            schools: vec![school(1)],
            ..carol.clone()
        };
        work(world, &moved, batch);
        let (_, rows) = look(world, &carol, batch);
        assert_eq!(codes(&rows[0]), ["LP-0447"]);
        assert_eq!(homeroom(world, all[0]), "6A");
    });
}
