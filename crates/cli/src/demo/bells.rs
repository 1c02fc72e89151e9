//! The teaching day of the practice schools: bell schedules, terms and cycles,
//! with hours that meet the minimum.

use super::calendar;
use access::Permit;
use access::action::ManageSchools;
use db::Tx;
use kernel::{BellScheduleId, Date, Grade, Outcome, SchoolId, SchoolYear};
use practice::model::PracticeSchool;
use schools::{
    BellUse, Cycle, CycleKind, DayAs, Period, PeriodKind, PlanPart, SetBell, SetDays, TermDetails, TermKind,
    UsedOn,
};

/// Number, name, start and end as hour and minute, kind.
type Line = (u8, &'static str, (u16, u16), (u16, u16), PeriodKind);

use PeriodKind::{Break, Homeroom, Instruction, Lunch};

/// 330 minutes of lessons.
const ELEMENTARY: &[Line] = &[
    (10, "Homeroom", (8, 30), (8, 35), Homeroom),
    (1, "Period 1", (8, 35), (9, 30), Instruction),
    (2, "Period 2", (9, 30), (10, 25), Instruction),
    (11, "Recess", (10, 25), (10, 40), Break),
    (3, "Period 3", (10, 40), (11, 45), Instruction),
    (12, "Lunch", (11, 45), (12, 30), Lunch),
    (4, "Period 4", (12, 30), (13, 25), Instruction),
    (13, "Afternoon recess", (13, 25), (13, 35), Break),
    (5, "Period 5", (13, 35), (14, 25), Instruction),
    (6, "Period 6", (14, 25), (15, 15), Instruction),
];

/// Mornings of kindergarten: 165 minutes of lessons.
const KINDERGARTEN: &[Line] = &[
    (10, "Homeroom", (8, 30), (8, 35), Homeroom),
    (1, "Period 1", (8, 35), (9, 30), Instruction),
    (2, "Period 2", (9, 30), (10, 25), Instruction),
    (11, "Recess", (10, 25), (10, 40), Break),
    (3, "Period 3", (10, 40), (11, 35), Instruction),
];

const ELEMENTARY_EARLY: &[Line] = &[
    (10, "Homeroom", (8, 30), (8, 35), Homeroom),
    (1, "Period 1", (8, 35), (9, 15), Instruction),
    (2, "Period 2", (9, 15), (9, 55), Instruction),
    (11, "Recess", (9, 55), (10, 10), Break),
    (3, "Period 3", (10, 10), (10, 50), Instruction),
    (4, "Period 4", (10, 50), (11, 30), Instruction),
    (12, "Lunch", (11, 30), (12, 10), Lunch),
    (5, "Period 5", (12, 10), (12, 45), Instruction),
    (6, "Period 6", (12, 45), (13, 20), Instruction),
];

/// 340 minutes of lessons.
const SECONDARY: &[Line] = &[
    (1, "Block A", (8, 40), (10, 5), Instruction),
    (2, "Block B", (10, 10), (11, 35), Instruction),
    (12, "Lunch", (11, 35), (12, 20), Lunch),
    (3, "Block C", (12, 20), (13, 45), Instruction),
    (4, "Block D", (13, 50), (15, 15), Instruction),
];

const SECONDARY_EARLY: &[Line] = &[
    (1, "Block A", (8, 40), (9, 40), Instruction),
    (2, "Block B", (9, 45), (10, 45), Instruction),
    (3, "Block C", (10, 50), (11, 50), Instruction),
    (12, "Lunch", (11, 50), (12, 20), Lunch),
    (4, "Block D", (12, 20), (13, 20), Instruction),
];

/// Where a bell schedule belongs.
type Whose = (SchoolId, SchoolYear);

/// Is no grade of it below 7? Then its day falls into four blocks, and its days into a cycle of four.
pub(super) fn is_secondary(school: &PracticeSchool) -> bool {
    school.grades().all(|grade| grade >= Grade::G7)
}

/// Adds what a school decided about its days in a year that has a calendar.
pub(crate) fn add(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    (id, year): Whose,
    school: &PracticeSchool,
) -> Outcome<()> {
    let is_secondary = is_secondary(school);
    let (regular, short) = if is_secondary {
        (SECONDARY, SECONDARY_EARLY)
    } else {
        (ELEMENTARY, ELEMENTARY_EARLY)
    };
    bell(tx, permit, (id, year), "Regular day", regular)?;
    let early = bell(tx, permit, (id, year), "Early dismissal", short)?;
    for (at, day) in (1..).zip(calendar::days(year).early) {
        dismissed_early(tx, permit, (id, year), (at, day, early))?;
    }
    let mut seen = 0;
    let mut set = |tx: &mut Tx, part: PlanPart| -> Outcome<()> {
        seen = schools::set_plan(tx, permit, (id, year), seen, part)?
            .record
            .plan
            .version;
        Ok(())
    };
    if is_secondary {
        set(tx, PlanPart::Terms(semesters(year)))?;
        let four_days = Cycle {
            kind: CycleKind::Days,
            length: 4,
            has_letters: false,
        };
        set(tx, PlanPart::Cycle(four_days))?;
    } else {
        set(tx, PlanPart::Terms(reporting_terms(year)))?;
    }
    if school.grades().any(|grade| grade == Grade::Ecs) {
        let mornings = bell(tx, permit, (id, year), "Kindergarten mornings", KINDERGARTEN)?;
        let mornings = BellUse {
            on: UsedOn::Grade(Grade::Ecs),
            bell: mornings,
        };
        set(tx, PlanPart::Uses(vec![mornings]))?;
    }
    Ok(())
}

fn bell(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    (school, year): Whose,
    name: &str,
    lines: &[Line],
) -> Outcome<BellScheduleId> {
    let minutes = |(hour, minute): (u16, u16)| hour * 60 + minute;
    let period = |&(number, name, starts, ends, kind): &Line| Period {
        number,
        name: name.to_owned(),
        starts: minutes(starts),
        ends: minutes(ends),
        kind,
    };
    let id = BellScheduleId::derived(&format!("practice-{school}-{}-{name}", year.number()));
    let cmd = SetBell {
        school,
        year,
        id,
        seen: 0,
        name: name.to_owned(),
        is_usual: false,
        periods: lines.iter().map(period).collect(),
    };
    schools::set_bell(tx, permit, cmd)?;
    Ok(id)
}

fn dismissed_early(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    (school, year): Whose,
    (seen, day, bell): (i64, Date, BellScheduleId),
) -> Outcome<()> {
    let cmd = SetDays {
        school,
        year,
        seen,
        from: day,
        until: day,
        kind: DayAs::Taught {
            is_early: true,
            bell: Some(bell),
            cycle_day: None,
        },
        reason: "Last day before the break".to_owned(),
    };
    schools::set_days(tx, permit, &cmd).map(|_| ())
}

fn term(name: &str, kind: TermKind, first_day: Date, last_day: Date) -> TermDetails {
    TermDetails {
        id: None,
        name: name.to_owned(),
        kind,
        first_day,
        last_day,
    }
}

fn semesters(year: SchoolYear) -> Vec<TermDetails> {
    let days = calendar::days(year);
    vec![
        term("Semester 1", TermKind::Semester, days.first, days.half),
        term(
            "Semester 2",
            TermKind::Semester,
            days.half.plus_days(3),
            days.last,
        ),
    ]
}

/// Three terms that end with the two breaks and the year.
fn reporting_terms(year: SchoolYear) -> Vec<TermDetails> {
    let days = calendar::days(year);
    let [winter, spring] = days.early;
    vec![
        term("Term 1", TermKind::Term, days.first, winter),
        term("Term 2", TermKind::Term, winter.plus_days(1), spring),
        term("Term 3", TermKind::Term, spring.plus_days(1), days.last),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taught(lines: &[Line]) -> u16 {
        let minutes = |(hour, minute): (u16, u16)| hour * 60 + minute;
        lines
            .iter()
            .filter(|line| line.4 == Instruction)
            .map(|line| minutes(line.3) - minutes(line.2))
            .sum()
    }

    #[test]
    fn the_hours_of_every_practice_year_meet_the_minimum() {
        for ends in 2020..2040 {
            let year = SchoolYear::ending(ends).expect("a school year");
            let days = calendar::days(year);
            let calendar = schools::Calendar {
                id: kernel::CalendarId::derived("practice"),
                school: SchoolId::derived("practice"),
                year,
                first_day: days.first,
                last_day: days.last,
                closures: days.closures,
                version: 1,
            };
            let count = schools::rules::instructional_days(&calendar).count();
            for (lines, early, hours) in [
                (ELEMENTARY, ELEMENTARY_EARLY, 950),
                (SECONDARY, SECONDARY_EARLY, 1000),
                (KINDERGARTEN, KINDERGARTEN, 475),
            ] {
                let minutes = (count - 2) * usize::from(taught(lines)) + 2 * usize::from(taught(early));
                assert!(
                    minutes >= hours * 60,
                    "{ends}: {minutes} minutes for {hours} hours"
                );
            }
        }
    }
}
