//! The year of a student at a school, on both engines.

mod common;

use access::Permit;
use attendance::{Meaning, OfficeMark, Slot, Source};
use common::{child, furnish, office, read, school, secretary, standing, today, write};
use kernel::{Failure, Role, SchoolYear};

#[test]
fn the_year_of_a_student_is_counted_at_one_school_and_shown_to_whoever_reaches_it() {
    testkit::each_engine(|world| {
        furnish(world);
        let clerk = office(&secretary());
        for (slot, letter, minutes) in [(Slot::Morning, "L", Some(7)), (Slot::Afternoon, "I", None)] {
            let cmd = OfficeMark {
                school: school(0),
                student: child("ada"),
                on: today(),
                slot,
                letter: letter.to_owned(),
                minutes,
                comment: String::new(),
                seen: 0,
            };
            write(world, |tx| {
                attendance::mark(tx, &clerk, &cmd, (Source::Office, ""))
            })
            .expect("marked");
        }
        let view = Permit::wide(&secretary()).expect("the role may");
        let of = |place: usize, name: &str| {
            read(world, |at| {
                let ground = attendance::year_ground(at, &view, (school(place), SchoolYear::of(today())))?;
                attendance::year_record(at, &view, &ground, child(name))
            })
        };
        let told = of(0, "ada").expect("the record");
        let days: u32 = told.total.taught;
        assert!(
            (50..65).contains(&days),
            "{}: {days} days since September",
            world.engine
        );
        assert_eq!((told.total.tally.late, told.total.late_minutes), (1, 7));
        let codes: Vec<(&str, Meaning)> = told
            .codes
            .iter()
            .map(|one| (one.letter.as_str(), one.meaning))
            .collect();
        assert_eq!(codes, [("I", Meaning::Authorized), ("L", Meaning::Late)]);
        assert_eq!(of(1, "ada"), Err(Failure::NotFound), "never there");
        assert_eq!(of(1, "zoe"), Err(Failure::NotFound), "another school's student");
        let other = Permit::wide(&standing(Role::Secretary, None, &[school(1)])).expect("the role may");
        let theirs = read(world, |at| {
            let ground = attendance::year_ground(at, &other, (school(1), SchoolYear::of(today())))?;
            attendance::year_record(at, &other, &ground, child("zoe"))
        });
        assert!(theirs.is_ok_and(|one| one.codes.is_empty()));
    });
}
