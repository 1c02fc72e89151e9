//! Letters on both engines: due, made once, stated, taken back, never to whom something excludes.

mod common;

use access::Permit;
use access::action::{ManageAttendance, ManageSchools, ViewStudents};
use attendance::bulk::{BulkRoll, insert_rolls};
use attendance::{
    Group, LetterBatch, LetterDue, LetterPlan, LetterText, LetterUnit, LettersDue, Meaning, NotWritten,
    OfficeMark, SendLetters, Setting, Slot, Source, default_codes,
};
use common::{audited, child, furnish, office, read, refused, school, secretary, standing, today, write};
use db::Tx;
use kernel::{
    AddressId, Class, ContactId, Failure, LetterBatchId, Outcome, PersonId, PersonName, RestrictionId, Role,
    SchoolYear,
};
use people::rules::OursAlone;
use people::{
    Address, AddressKind, Contact, Custody, NewContact, On, Person, PersonOf, Restriction, RestrictionCode,
};
use std::collections::BTreeSet;
use testkit::{World, date};

fn permits() -> (Permit<ManageAttendance>, Permit<ViewStudents>) {
    let who = secretary();
    (office(&who), Permit::wide(&who).expect("the role may"))
}

/// A home for a student, and a parent who lives there.
fn at_home(tx: &mut Tx, name: &str, parent: &str, custody: Custody) -> Outcome<()> {
    let permit = Permit::program(&tx.actor().clone())?;
    let home = Address {
        kind: AddressKind::Mailing,
        format: "Mail-CA".to_owned(),
        street: format!("Box {name}"),
        city: "Calmar".to_owned(),
        province: "AB".to_owned(),
        postal_code: "T0C 0V0".to_owned(),
        country: "CA".to_owned(),
        effective_on: date("2020-09-01"),
        expires_on: None,
    };
    let there = people::student(tx, &Permit::program(&tx.actor().clone())?, child(name))?;
    if there.addresses.is_empty() {
        people::set_address(
            tx,
            &permit,
            &On::new(child(name), AddressId::derived(name)),
            &home,
            &OursAlone,
        )?;
    }
    let key = format!("{name} {parent}");
    let person = Person {
        name: PersonName::new(parent, "Field"),
        language: if parent == "Zoé" {
            "fr".to_owned()
        } else {
            String::new()
        },
        ..Person::default()
    };
    let new = NewContact {
        id: ContactId::derived(&key),
        person: PersonOf::New(PersonId::derived(&key), Box::new(person)),
        contact: Contact {
            custody,
            lives_with: true,
            ..Contact::new("Parent", date("2026-09-01"))
        },
    };
    people::add_contact(tx, &permit, &On::new(child(name), new.id), &new, &OursAlone).map(|_| ())
}

/// Absent in the mornings of so many days of November, from the 2nd on.
fn absent(tx: &mut Tx, name: &str, days: u8) -> Outcome<()> {
    let permit = Permit::program(&tx.actor().clone())?;
    let rolls = (2..)
        .filter(|day| !matches!(day, 7 | 8 | 11 | 14 | 15))
        .take(usize::from(days))
        .map(|day: u8| BulkRoll {
            school: school(0),
            on: date(&format!("2026-11-{day:02}")),
            slot: Slot::Morning,
            group: Group::Homeroom(name.to_owned()),
            students: 1,
            taken_at: today().midnight().expect("a midnight"),
            taken_by: "Rolls".to_owned(),
            marks: vec![(child(name), "A", None, "")],
        });
    insert_rolls(tx, &permit, rolls.collect()).map(|_| ())
}

fn begun(world: &World) {
    furnish(world);
    write(world, |tx| {
        at_home(tx, "ada", "Ann", Custody::Joint)?;
        at_home(tx, "ada", "Bob", Custody::NoContact)?;
        at_home(tx, "ben", "Zoé", Custody::Sole)?;
        at_home(tx, "cleo", "Cy", Custody::Sole)?;
        absent(tx, "ada", 6)?;
        absent(tx, "ben", 5)?;
        absent(tx, "cleo", 4)?;
        absent(tx, "dov", 11)
    })
    .expect("the ground is laid");
}

fn due(world: &World) -> LettersDue {
    let (permit, view) = permits();
    read(world, |at| {
        attendance::letters_due(at, (&permit, &view), school(0))
    })
    .expect("the list")
}

fn named<'d>(due: &'d LettersDue, name: &str) -> &'d LetterDue {
    due.lines
        .iter()
        .find(|line| line.student == child(name))
        .expect("is due")
}

fn chosen(key: &str, due: &LettersDue, names: &[&str]) -> SendLetters {
    let students = names
        .iter()
        .map(|name| (child(name), named(due, name).seen.clone()));
    SendLetters {
        id: LetterBatchId::derived(key),
        school: school(0),
        students: students.collect(),
        read: BTreeSet::new(),
    }
}

fn send(world: &World, cmd: &SendLetters) -> Outcome<LetterBatch> {
    let (permit, view) = permits();
    write(world, |tx| {
        attendance::send_letters(tx, (&permit, &view), cmd, &|due, addressee, (text, unit)| {
            Ok(format!(
                "{} {} {} {unit}",
                due.name,
                addressee.names.join("+"),
                text.language
            ))
        })
    })
}

#[test]
fn a_letter_is_due_until_it_was_made_and_goes_to_whom_it_may() {
    testkit::each_engine(|world| {
        begun(world);
        let list = due(world);
        let told: Vec<(&str, u16, usize)> = list
            .lines
            .iter()
            .map(|line| (line.listed.as_str(), line.step, line.marks.len()))
            .collect();
        assert_eq!(
            told,
            [
                ("Student, ada", 5, 6),
                ("Student, ben", 5, 5),
                ("Student, dov", 10, 11)
            ],
            "{}",
            world.engine
        );
        assert_eq!(list.unit, LetterUnit::HalfDays);
        let ada = named(&list, "ada");
        assert_eq!(ada.around.addressees[0].names, ["Ann Field"]);
        assert_eq!(
            ada.around.left_out,
            [("Bob Field".to_owned(), NotWritten::NoContact)]
        );
        let cmd = chosen("first", &list, &["ada", "ben"]);
        let made = send(world, &cmd).expect("made");
        assert_eq!((made.letters, made.year), (2, SchoolYear::of(today())));
        let again = send(world, &cmd).expect("the same form again");
        assert_eq!(again, made, "a form sent twice is one batch");
        let (permit, _) = permits();
        let (_, letters) = read(world, |at| attendance::letter_batch(at, &permit, made.id)).expect("read");
        let printed: Vec<&str> = letters.iter().map(|one| one.content.as_str()).collect();
        assert_eq!(
            printed,
            [
                "ada Student Ann Field ENG half-days",
                "ben Student Zoé Field FRA half-days"
            ],
            "each in the language of whoever reads it"
        );
        let stated = &letters[0].stated;
        assert_eq!(
            (stated.marks.len(), stated.until, letters[0].step),
            (6, today(), 5)
        );
        assert_eq!(
            due(world).lines.len(),
            1,
            "nobody is written to twice of one threshold"
        );
        let audited = audited(world);
        assert_eq!(
            audited.iter().filter(|one| *one == "attendance.letter").count(),
            2
        );
    });
}

#[test]
fn what_changed_since_the_page_and_whom_nobody_may_write_to_is_refused_whole() {
    testkit::each_engine(|world| {
        begun(world);
        let list = due(world);
        let nobody = send(world, &chosen("dov", &list, &["ada", "dov"]));
        assert_eq!(refused(nobody), ["LP-0747"], "{}", world.engine);
        assert_eq!(refused(send(world, &chosen("none", &list, &[]))), ["LP-0750"]);
        let clerk = office(&secretary());
        let excused = OfficeMark {
            school: school(0),
            student: child("ada"),
            on: date("2026-11-02"),
            slot: Slot::Morning,
            letter: "E".to_owned(),
            minutes: None,
            comment: String::new(),
            seen: 1,
        };
        write(world, |tx| {
            attendance::mark(tx, &clerk, &excused, (Source::Office, ""))
        })
        .expect("explained");
        let stale = send(world, &chosen("stale", &list, &["ada", "ben"]));
        assert_eq!(refused(stale), ["LP-0749"], "an absence was explained meanwhile");
        assert_eq!(due(world).lines.len(), 3, "nothing was made of either");
        let other = OfficeMark {
            on: date("2026-11-03"),
            ..excused
        };
        write(world, |tx| {
            attendance::mark(tx, &clerk, &other, (Source::Office, ""))
        })
        .expect("explained");
        assert_eq!(due(world).lines.len(), 2, "four are below the threshold");
        let gone = send(world, &chosen("gone", &list, &["ada"]));
        assert_eq!(refused(gone), ["LP-0749"]);
        let elsewhere = SendLetters {
            school: school(1),
            ..chosen("e", &list, &["ben"])
        };
        assert_eq!(send(world, &elsewhere), Err(Failure::NotFound), "another school");
    });
}

#[test]
fn a_restriction_is_read_before_and_an_independent_student_gets_the_letter() {
    testkit::each_engine(|world| {
        begun(world);
        let restrict = |name: &str, code: RestrictionCode| {
            write(world, |tx| {
                let permit = Permit::program(&tx.actor().clone())?;
                let restriction = Restriction {
                    code,
                    notice: "Ask first.".to_owned(),
                    effective_on: date("2026-09-01"),
                    expires_on: None,
                };
                let on = On::new(child(name), RestrictionId::derived(name));
                people::set_restriction(tx, &permit, &on, &restriction, &OursAlone)
            })
            .expect("restricted");
        };
        restrict("ada", RestrictionCode::CourtOrdered);
        restrict("ben", RestrictionCode::IndependentUnder18);
        let list = due(world);
        assert_eq!(named(&list, "ada").gates[0].1, "Ask first.", "{}", world.engine);
        let ben = &named(&list, "ben").around;
        assert_eq!(ben.addressees[0].names, ["ben Student"]);
        assert_eq!(ben.left_out, [("Zoé Field".to_owned(), NotWritten::Independent)]);
        let cmd = chosen("gate", &list, &["ada", "ben"]);
        assert_eq!(refused(send(world, &cmd)), ["LP-0748", "LP-0748"]);
        let cmd = SendLetters {
            read: BTreeSet::from([child("ada"), child("ben")]),
            ..cmd
        };
        assert_eq!(send(world, &cmd).expect("read, and made").letters, 2);
    });
}

#[test]
fn letters_are_taken_back_until_they_are_mailed() {
    testkit::each_engine(|world| {
        begun(world);
        let (permit, _) = permits();
        let first = send(world, &chosen("first", &due(world), &["ada"])).expect("made");
        let back = || write(world, |tx| attendance::take_back_letters(tx, &permit, first.id));
        assert!(
            back().expect("taken back").undone_at.is_some(),
            "{}",
            world.engine
        );
        assert!(back().is_ok(), "twice is once");
        assert_eq!(due(world).lines.len(), 3, "it is due again");
        let mailed = write(world, |tx| attendance::mail_letters(tx, &permit, first.id));
        assert_eq!(
            mailed.map_err(|failure| failure.class()),
            Err(Class::Conflict),
            "taken back is not mailed"
        );
        let second = send(world, &chosen("second", &due(world), &["ada"])).expect("made anew");
        let mail = || write(world, |tx| attendance::mail_letters(tx, &permit, second.id));
        assert!(mail().expect("mailed").mailed_at.is_some());
        assert_eq!(mail(), mail(), "twice is once");
        let late = write(world, |tx| attendance::take_back_letters(tx, &permit, second.id));
        assert_eq!(refused(late), ["LP-0751"]);
        let of = |permit: &Permit<ManageAttendance>| {
            read(world, |at| {
                attendance::letters_of(at, permit, child("ada"), SchoolYear::of(today()))
            })
        };
        let all = of(&permit).expect("the history");
        assert_eq!(
            all.iter()
                .map(|one| one.batch.undone_at.is_some())
                .collect::<Vec<_>>(),
            [false, true]
        );
        let stranger = office(&standing(Role::Secretary, None, &[school(1)]));
        assert_eq!(of(&stranger), Err(Failure::NotFound), "another school's");
        let one = read(world, |at| {
            attendance::letter(at, &permit, (child("ben"), all[0].id))
        });
        assert_eq!(one, Err(Failure::NotFound), "a letter about another");
        let batch = read(world, |at| attendance::letter_batch(at, &stranger, second.id));
        assert_eq!(batch.map_err(|failure| failure.class()), Err(Class::NotFound));
    });
}

#[test]
fn a_plan_is_dated_of_a_school_or_of_the_division_and_a_text_is_refused_with_what_nobody_fills() {
    testkit::each_engine(|world| {
        begun(world);
        let (permit, _) = permits();
        let division = write(world, |tx| Permit::<ManageSchools>::program(&tx.actor().clone())).expect("may");
        let plan = |half_days: &[u16], version: i64| LetterPlan {
            half_days: half_days.to_vec(),
            version,
            ..LetterPlan::unset(None, today())
        };
        let set = |steps: &[u16], seen: i64| {
            write(world, |tx| {
                attendance::set_letter_plan(tx, &permit, school(0), &plan(steps, seen))
            })
        };
        write(world, |tx| {
            attendance::set_division_letter_plan(tx, &division, &plan(&[11], 0))
        })
        .expect("set");
        assert_eq!(
            due(world).lines.len(),
            1,
            "{}: the division's holds",
            world.engine
        );
        assert_eq!(refused(set(&[5, 4], 0)), ["LP-0742"]);
        assert_eq!(set(&[4], 0).expect("its own").valid_from, today());
        assert_eq!(due(world).lines.len(), 4, "the school's own holds");
        assert_eq!(set(&[4], 1).expect("says the same").version, 1);
        assert_eq!(
            set(&[3], 0).map_err(|failure| failure.class()),
            Err(Class::Conflict),
            "a stale page"
        );
        let strange = set_other(world);
        assert_eq!(strange, Err(Failure::NotFound));
        let text = |body: &str, version: i64| LetterText {
            language: "ENG".to_owned(),
            subject: "S".to_owned(),
            body: body.to_owned(),
            closing: String::new(),
            version,
        };
        let say = |body: &str, seen: i64| {
            write(world, |tx| {
                attendance::set_letter_text(tx, &division, &text(body, seen), &|_| None)
            })
        };
        assert_eq!(refused(say("{nobody}", 0)), ["LP-0744"]);
        assert_eq!(
            say(" Dear\r\n{addressee} ", 0).expect("said").body,
            "Dear\n{addressee}"
        );
        assert_eq!(
            say("Other", 0).map_err(|failure| failure.class()),
            Err(Class::Conflict)
        );
        let texts = read(world, |at| attendance::letter_texts(at, &permit)).expect("texts");
        assert_eq!((texts["ENG"].version, texts["FRA"].version), (1, 0));
    });
}

fn set_other(world: &World) -> Outcome<LetterPlan> {
    let (permit, _) = permits();
    write(world, |tx| {
        attendance::set_letter_plan(tx, &permit, school(1), &LetterPlan::unset(None, today()))
    })
}

#[test]
fn a_school_that_takes_periods_alone_counts_periods() {
    testkit::each_engine(|world| {
        begun(world);
        let (permit, _) = permits();
        let setting = Setting {
            mode: attendance::Mode::Period,
            ..Setting::unset(school(0))
        };
        write(world, |tx| {
            attendance::set_up(tx, &permit, &setting, &default_codes().0)
        })
        .expect("set up");
        write(world, |tx| {
            let program = Permit::program(&tx.actor().clone())?;
            let rolls = (1..=5).map(|period| BulkRoll {
                school: school(0),
                on: date("2026-11-20"),
                slot: Slot::Period(period),
                group: Group::Homeroom(format!("P{period}")),
                students: 1,
                taken_at: today().midnight().expect("a midnight"),
                taken_by: "Rolls".to_owned(),
                marks: vec![(child("ada"), "A", None, "")],
            });
            insert_rolls(tx, &program, rolls.collect())
        })
        .expect("rolls");
        let list = due(world);
        let ada = named(&list, "ada");
        assert_eq!(
            (list.unit, list.lines.len(), ada.total),
            (LetterUnit::Periods, 1, 5),
            "{}",
            world.engine
        );
        assert!(
            ada.marks
                .iter()
                .all(|mark| mark.meaning == Meaning::Unexplained && !mark.slot.is_daily())
        );
    });
}
