//! What was missed of the year, by school and month, on both engines. Today is Monday, November 23.

mod common;

use access::Permit;
use access::action::{ManageAttendance, ViewAttendance};
use attendance::bulk::{BulkRoll, insert_rolls};
use attendance::{Group, Instruction, Share, Slot, Tally, rules};
use common::{child, furnish, read, school, secretary, viewer, write};
use kernel::{Date, Failure, SchoolYear};
use testkit::{World, date};

fn year() -> SchoolYear {
    SchoolYear::ending(2027).expect("a year")
}

/// Rolls of the class on weekdays of November, with who was absent.
fn rolls(world: &World, place: usize, slot: Slot, days: &[&str], absent: &[(&str, &'static str)]) {
    write(world, |tx| {
        let permit = Permit::<ManageAttendance>::program(&tx.actor().clone())?;
        let roll = |day: &&str| {
            let on: Date = date(day);
            BulkRoll {
                school: school(place),
                on,
                slot,
                group: Group::Homeroom("7A".to_owned()),
                students: 3,
                taken_at: on.midnight().expect("a midnight"),
                taken_by: "Teacher".to_owned(),
                marks: absent
                    .iter()
                    .map(|(name, letter)| (child(name), *letter, None, ""))
                    .collect(),
            }
        };
        insert_rolls(tx, &permit, days.iter().map(roll).collect())
    })
    .expect("rolls are taken");
}

fn of<'a>(lines: &'a [Instruction], name: &str) -> Vec<&'a Instruction> {
    lines.iter().filter(|line| line.student == child(name)).collect()
}

#[test]
fn what_was_missed_is_known_by_month_and_a_day_with_a_daily_roll_counts_by_it_alone() {
    testkit::each_engine(|world| {
        furnish(world);
        let november = ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05"];
        rolls(
            world,
            0,
            Slot::Morning,
            &november,
            &[("ada", "A"), ("ben", "L"), ("cleo", "T")],
        );
        rolls(world, 0, Slot::Afternoon, &november[..2], &[("ada", "E")]);
        // A period on a day with a daily roll counts nothing; on another day its share of four.
        rolls(
            world,
            0,
            Slot::Period(1),
            &["2026-11-05", "2026-11-06"],
            &[("ada", "U")],
        );
        rolls(world, 1, Slot::Period(2), &["2026-11-09"], &[("zoe", "A")]);
        let both = [school(0), school(1)];
        let found = read(world, |at| {
            attendance::instruction(at, &viewer(world), &both, year())
        })
        .expect("read");
        let months: Vec<_> = of(&found.lines, "ada")
            .iter()
            .map(|line| (line.month.to_string(), line.possible, line.missed))
            .collect();
        let half = Tally::DAY / 2;
        assert_eq!(
            months,
            [
                ("2026-09-01".to_owned(), 44, 0),
                ("2026-10-01".to_owned(), 44, 0),
                ("2026-11-01".to_owned(), 30, 6 * half + Tally::DAY / 4),
            ],
            "{}",
            world.engine
        );
        let missed = |name: &str| of(&found.lines, name).iter().map(|line| line.missed).sum::<u32>();
        assert_eq!(
            (missed("ben"), missed("cleo"), missed("zoe")),
            (0, 0, Tally::DAY / 4)
        );
        let known: Vec<_> = found.known.iter().map(|(_, month)| month.to_string()).collect();
        assert_eq!(
            known,
            ["2026-11-01", "2026-11-01"],
            "of each school; before, no roll was taken"
        );
        let of_month = found.lines.iter().filter(|line| line.month == date("2026-11-01"));
        assert_eq!(
            rules::share(of_month, year()),
            Share {
                students: 5,
                chronic: 1
            }
        );
        assert_eq!(
            rules::share(&found.lines, year()),
            Share {
                students: 5,
                chronic: 0
            }
        );
    });
}

#[test]
fn a_secretary_reads_the_own_school_and_no_other() {
    testkit::each_engine(|world| {
        furnish(world);
        let permit: Permit<ViewAttendance> = Permit::wide(&secretary()).expect("the role may");
        let ask = |places: &[usize]| {
            let schools: Vec<_> = places.iter().map(|place| school(*place)).collect();
            read(world, |at| attendance::instruction(at, &permit, &schools, year()))
        };
        assert_eq!(
            ask(&[0]).map(|found| found.lines.len()),
            Ok(4 * 3),
            "{}",
            world.engine
        );
        assert_eq!(ask(&[0, 1]), Err(Failure::NotFound));
        let before = SchoolYear::ending(2026).expect("a year");
        let none = read(world, |at| {
            attendance::instruction(at, &permit, &[school(0)], before)
        });
        assert_eq!(
            none.map(|found| found.lines.len()),
            Ok(0),
            "no calendar, nobody enrolled"
        );
    });
}
