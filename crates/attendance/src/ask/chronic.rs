//! What the students of schools missed of their instruction, for the shares of those who miss a tenth.

use crate::model::{Instructed, Instruction, Slot};
use crate::{facts, rules, store};
use access::Permit;
use access::action::ViewAttendance;
use db::Reading;
use enrolment::Stay;
use kernel::{Date, Failure, Grade, Outcome, SchoolId, SchoolYear, StudentId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The instruction of every student of some schools in a year until today, by month (`LP-0726`): three grouped
/// statements whatever the number of students. Not found when the permit does not cover one of the schools.
pub fn instruction(
    at: &mut impl Reading,
    permit: &Permit<ViewAttendance>,
    schools: &[SchoolId],
    year: SchoolYear,
) -> Outcome<Instructed> {
    for school in schools {
        facts::covers(permit, *school)?;
    }
    let span = (year.starts(), at.today().min(year.ends()));
    let mut months: HashMap<SchoolId, Months> = HashMap::new();
    for school in schools {
        months.insert(*school, Months::read(at, *school, year, span.1)?);
    }
    let stays = enrolment::stays_at(at, schools, year)?;
    let mut sums: BTreeMap<(StudentId, SchoolId, Grade, Date), (u32, u32)> = BTreeMap::new();
    let mut places: HashMap<(SchoolId, StudentId), Vec<Stay>> = HashMap::new();
    for stay in stays {
        for (month, days) in months[&stay.school].of(&stay) {
            let key = (stay.student, stay.school, stay.grade, month);
            sums.entry(key).or_default().0 += 2 * days;
        }
        places.entry((stay.school, stay.student)).or_default().push(stay);
    }
    let (taken, known) = taken(at, schools, span)?;
    for (school, student, on, parts) in missed(at, schools, span, &taken)? {
        let stays = places.get(&(school, student));
        let stay = stays.and_then(|all| all.iter().find(|stay| is_there(stay, on)));
        let key = stay.map(|stay| (student, school, stay.grade, month_of(on)));
        if let Some(sum) = key.and_then(|key| sums.get_mut(&key)) {
            sum.1 += parts;
        }
    }
    let lines = sums.into_iter();
    let line = |((student, school, grade, month), (possible, missed))| Instruction {
        student,
        school,
        grade,
        month,
        possible,
        missed,
    };
    Ok(Instructed {
        lines: lines.map(line).collect(),
        known,
    })
}

fn is_there(stay: &Stay, on: Date) -> bool {
    stay.start <= on && stay.exit.is_none_or(|last| on <= last)
}

/// The first day of its month.
fn month_of(on: Date) -> Date {
    on.plus_days(1 - i64::from(on.day()))
}

/// The days of instruction of a school until today, by month.
struct Months {
    days: Vec<Date>,
    /// Each month, and where in the days it begins and ends.
    months: Vec<(Date, usize, usize)>,
}

impl Months {
    fn read(at: &mut impl Reading, school: SchoolId, year: SchoolYear, until: Date) -> Outcome<Self> {
        let days: Vec<Date> = match schools::calendar(at, school, year) {
            Ok(calendar) => schools::rules::instructional_days(&calendar)
                .take_while(|day| *day <= until)
                .collect(),
            Err(Failure::NotFound) => Vec::new(),
            Err(failure) => return Err(failure),
        };
        let mut months: Vec<(Date, usize, usize)> = Vec::new();
        for (place, day) in days.iter().enumerate() {
            let month = month_of(*day);
            match months.last_mut() {
                Some(last) if last.0 == month => last.2 = place + 1,
                _ => months.push((month, place, place + 1)),
            }
        }
        Ok(Self { days, months })
    }

    /// How many of the days of each month lie within a stay.
    fn of(&self, stay: &Stay) -> impl Iterator<Item = (Date, u32)> {
        let from = self.days.partition_point(|day| *day < stay.start);
        let to = stay.exit.map_or(self.days.len(), |last| {
            self.days.partition_point(|day| *day <= last)
        });
        self.months.iter().filter_map(move |(month, first, end)| {
            let days = (*end).min(to).saturating_sub((*first).max(from));
            (days > 0).then(|| (*month, u32::try_from(days).unwrap_or(u32::MAX)))
        })
    }
}

/// The days of each school that a daily roll counts, and the months of each in which any roll was taken.
type Taken = (HashMap<SchoolId, BTreeSet<Date>>, BTreeSet<(SchoolId, Date)>);

fn taken(at: &mut impl Reading, schools: &[SchoolId], span: (Date, Date)) -> Outcome<Taken> {
    let (mut daily, mut known): Taken = Taken::default();
    for (school, on, slot) in store::taken_at(at, schools, span)? {
        known.insert((school, month_of(on)));
        if slot.is_daily() {
            daily.entry(school).or_default().insert(on);
        }
    }
    Ok((daily, known))
}

/// What was missed of each day, in parts of a day: by the daily roll where one was taken, else by the periods.
fn missed(
    at: &mut impl Reading,
    schools: &[SchoolId],
    span: (Date, Date),
    daily: &HashMap<SchoolId, BTreeSet<Date>>,
) -> Outcome<Vec<(SchoolId, StudentId, Date, u32)>> {
    let count = |many: i64| u32::try_from(many).unwrap_or(0);
    let half = rules::parts(Slot::Morning, true, 0);
    let halves = store::missed(at, schools, span, true)?.into_iter();
    let mut all: Vec<_> = halves
        .map(|(school, student, on, many)| (school, student, on, count(many) * half))
        .collect();
    let mut parts: HashMap<SchoolId, u32> = HashMap::new();
    for (school, student, on, many) in store::missed(at, schools, span, false)? {
        if daily.get(&school).is_some_and(|days| days.contains(&on)) {
            continue;
        }
        let part = if let Some(part) = parts.get(&school) {
            *part
        } else {
            let teaching = facts::teaching_year(at, school, span.0)?;
            let part = rules::parts(Slot::Period(1), false, rules::periods_of_day(teaching.as_ref()));
            parts.insert(school, part);
            part
        };
        all.push((school, student, on, count(many) * part));
    }
    Ok(all)
}
