//! Three weeks of attendance up to yesterday, and this morning's rolls as far as they are in: who is absent and why
//! follows from the student and the day alone, so that every folder of a day holds the same.

use super::classes::Seat;
use super::organization::school_id;
use super::periods;
use super::{bells, calendar};
use ::attendance::bulk::{BulkRoll, insert_rolls};
use ::attendance::{Group, Slot};
use access::Permit;
use access::action::ManageAttendance;
use db::Tx;
use kernel::{Date, Instant, Outcome, Role, SchoolCode, SchoolId, SchoolYear, StudentId};
use practice::Division;
use practice::model::PracticeSchool;
use schools::Calendar;
use std::collections::{BTreeMap, HashMap};

/// Days of instruction with rolls, before today.
const DAYS: usize = 15;
/// Minutes after midnight at which a morning's rolls are in.
const MORNING: u32 = 8 * 60 + 50;
/// The same of an afternoon's.
const AFTERNOON: u32 = 12 * 60 + 50;
/// Of a hundred rolls of this morning, so many are in.
pub(super) const IN_TODAY: u64 = 70;

/// Homerooms with their students, school by school.
type Rooms = BTreeMap<(SchoolCode, String), Vec<StudentId>>;

/// Writes them.
pub(super) fn add(tx: &mut Tx, division: &Division, seats: &[Seat], now: Instant) -> Outcome<()> {
    let rooms = rooms_of(division, seats);
    let permit = Permit::<ManageAttendance>::program(&tx.actor().clone())?;
    let today = now.date();
    let days = days_before(division.year, today);
    let teachers = teachers(division, &rooms);
    let own = own_room(division);
    let daily = periods::set_modes(tx, &permit, division)?;
    let mut rolls = Vec::with_capacity(rooms.len() * (DAYS * 2 + 1));
    for ((school, homeroom), students) in &rooms {
        if homeroom.is_empty() || !daily.contains(school) {
            continue;
        }
        let room = Room {
            school: school_id(*school),
            homeroom,
            students,
            teacher: teachers
                .get(&(*school, homeroom.clone()))
                .map_or("", String::as_str),
        };
        for day in &days {
            rolls.extend(Slot::DAILY.map(|slot| room.roll(*day, slot)));
        }
        let is_own = own.as_ref() == Some(&(*school, homeroom.clone()));
        rolls.extend(room.this_morning(division.year, now).filter(|_| !is_own));
    }
    for school in division
        .schools
        .iter()
        .filter(|school| bells::is_secondary(school))
    {
        rolls.extend(periods::rolls(tx, school, &days, (now, own.as_ref()))?);
    }
    insert_rolls(tx, &permit, rolls).map(|_| ())
}

/// The last days of instruction before today, the earliest first.
fn days_before(year: SchoolYear, today: Date) -> Vec<Date> {
    let calendar = of_year(year);
    let mut days: Vec<Date> = schools::rules::instructional_days(&calendar)
        .take_while(|day| *day < today)
        .collect();
    days.drain(..days.len().saturating_sub(DAYS));
    days
}

fn of_year(year: SchoolYear) -> Calendar {
    let days = calendar::days(year);
    Calendar {
        id: kernel::CalendarId::derived("practice"),
        school: SchoolId::derived("practice"),
        year,
        first_day: days.first,
        last_day: days.last,
        closures: days.closures,
        version: 1,
    }
}

/// Who stands in which homeroom.
fn rooms_of(division: &Division, seats: &[Seat]) -> Rooms {
    let codes: HashMap<SchoolId, SchoolCode> = division
        .schools
        .iter()
        .map(|school| (school_id(school.code), school.code))
        .collect();
    let mut rooms = Rooms::new();
    for seat in seats {
        if let Some(code) = codes.get(&seat.school) {
            let room = rooms.entry((*code, seat.homeroom.clone())).or_default();
            room.push(seat.student);
        }
    }
    rooms
}

/// Who takes which homeroom's rolls: its teacher, or the first of the school where there are too few.
fn teachers(division: &Division, rooms: &Rooms) -> HashMap<(SchoolCode, String), String> {
    let mut all = HashMap::new();
    for school in &division.schools {
        let staff = practice::school_staff(division, school);
        let first = staff.iter().find(|one| one.role == Role::Teacher);
        for (code, room) in rooms.keys().filter(|(code, _)| *code == school.code) {
            let own = staff
                .iter()
                .find(|one| one.homeroom.as_deref() == Some(room.as_str()));
            if let Some(teacher) = own.or(first) {
                all.insert((*code, room.clone()), teacher.name.sentence());
            }
        }
    }
    all
}

/// The homeroom of the practice teacher, whose roll of this morning is left to take.
fn own_room(division: &Division) -> Option<(SchoolCode, String)> {
    let mut by_size: Vec<&PracticeSchool> = division.schools.iter().collect();
    by_size.sort_by_key(|school| std::cmp::Reverse(school.students()));
    let main = by_size.first()?;
    let staff = practice::school_staff(division, main);
    let teacher = staff.into_iter().find(|one| one.role == Role::Teacher)?;
    Some((main.code, teacher.homeroom?))
}

struct Room<'a> {
    school: SchoolId,
    homeroom: &'a str,
    students: &'a [StudentId],
    teacher: &'a str,
}

impl Room<'_> {
    fn roll(&self, on: Date, slot: Slot) -> BulkRoll {
        let minutes = if slot == Slot::Morning { MORNING } else { AFTERNOON };
        let late = self.chance(on, slot.as_str(), 15);
        let midnight = on.midnight().unwrap_or(Instant::from_micros(0));
        BulkRoll {
            school: self.school,
            on,
            slot,
            group: Group::Homeroom(self.homeroom.to_owned()),
            students: self.students.len(),
            taken_at: midnight.plus_seconds(i64::from(minutes) * 60 + i64::try_from(late).unwrap_or(0) * 60),
            taken_by: self.teacher.to_owned(),
            marks: self
                .students
                .iter()
                .filter_map(|student| mark(*student, on, slot))
                .collect(),
        }
    }

    /// This morning's roll, when it is in by now.
    fn this_morning(&self, year: SchoolYear, now: Instant) -> Option<BulkRoll> {
        let today = now.date();
        let is_taught = schools::rules::is_instructional(&of_year(year), today);
        let roll = self.roll(today, Slot::Morning);
        (is_taught && roll.taken_at < now && self.chance(today, "in", 100) < IN_TODAY).then_some(roll)
    }

    fn chance(&self, on: Date, what: &str, end: u64) -> u64 {
        drawn(&format!("{}/{}/{on}/{what}", self.school, self.homeroom)) % end
    }
}

pub(super) type Marked = (StudentId, &'static str, Option<i32>, &'static str);

/// What is said of a student: most are there; one in thirty misses more than the others, mostly without a word.
pub(super) fn mark(student: StudentId, on: Date, slot: Slot) -> Option<Marked> {
    let id = student.uuid().as_u128();
    let day = drawn(on.as_str());
    let of_day = mixed(low(id) ^ day);
    let misses_much = mixed(high(id)).is_multiple_of(30);
    let often = if misses_much { 240 } else { 34 };
    let of_thousand = of_day % 1000;
    if of_thousand < often {
        // Absent the whole day, or the afternoon alone.
        let is_whole = !mixed(of_day).is_multiple_of(4);
        return (is_whole || slot == Slot::Afternoon)
            .then(|| absence((student, misses_much), mixed(of_day ^ 7)));
    }
    let is_late = slot == Slot::Morning && of_thousand >= 1000 - 18;
    is_late.then(|| {
        let minutes = 2 + i32::try_from(mixed(of_day) % 24).unwrap_or(0);
        (student, "L", Some(minutes), "")
    })
}

fn absence((student, misses_much): (StudentId, bool), drawn: u64) -> Marked {
    const KINDS: [(&str, &str); 8] = [
        ("I", ""),
        ("I", ""),
        ("E", "Dentist"),
        ("E", "Family"),
        ("I", ""),
        ("U", ""),
        ("T", "Tournament"),
        ("A", ""),
    ];
    // Of those who miss much, five absences in eight are told by nobody or not accepted.
    let place = usize::try_from(drawn % 8).unwrap_or(0);
    let (letter, comment) = match place {
        0..=2 if misses_much => ("A", ""),
        _ => KINDS[place],
    };
    (student, letter, None, comment)
}

pub(super) fn low(id: u128) -> u64 {
    u64::try_from(id & u128::from(u64::MAX)).unwrap_or(0)
}

fn high(id: u128) -> u64 {
    u64::try_from(id >> 64).unwrap_or(0)
}

/// FNV-1a, then mixed: the same on every machine.
pub(super) fn drawn(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mixed(hash)
}

/// `SplitMix64`.
pub(super) fn mixed(state: u64) -> u64 {
    let mut mixed = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::{days_before, mark};
    use ::attendance::Slot;
    use kernel::{Date, SchoolYear, StudentId};

    #[test]
    fn a_few_in_a_hundred_are_absent_and_the_same_ones_every_time() {
        let on: Date = "2026-11-20".parse().expect("a date");
        let all: Vec<StudentId> = (0..5_000)
            .map(|one| StudentId::derived(&format!("s{one}")))
            .collect();
        let marked = |slot: Slot| {
            all.iter()
                .filter_map(|one| mark(*one, on, slot))
                .collect::<Vec<_>>()
        };
        let (morning, again) = (marked(Slot::Morning), marked(Slot::Morning));
        assert_eq!(morning, again);
        let late = morning.iter().filter(|one| one.1 == "L").count();
        let absent = morning.len() - late;
        assert!((100..300).contains(&absent), "{absent} of 5,000 absent");
        assert!((50..150).contains(&late), "{late} of 5,000 late");
        assert!(marked(Slot::Afternoon).iter().all(|one| one.1 != "L"));
    }

    #[test]
    fn rolls_end_yesterday_and_fall_on_days_of_instruction() {
        let year = SchoolYear::ending(2027).expect("a year");
        let days = days_before(year, "2026-11-23".parse().expect("a date"));
        assert_eq!(days.len(), 15);
        assert_eq!(days.last().map(Date::as_str), Some("2026-11-20"));
        assert!(
            !days.iter().any(|day| day.as_str() == "2026-11-11"),
            "Remembrance Day"
        );
        assert!(days_before(year, "2026-09-08".parse().expect("a date")).is_empty());
    }
}
