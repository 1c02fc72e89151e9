//! The practice division and the practice province.

use crate::address;
use crate::allot::{self, Seat, Seats};
use crate::deliberate::Deliberate;
use crate::family::{self, Turn};
use crate::household::{self, Shape};
use crate::model::{PracticeAddress, PracticeAuthority, PracticeFamily, PracticeSchool};
use crate::open_data::{self, DirectorySchool, SchoolEnrolment};
use crate::person;
use crate::random::Random;
use kernel::{AuthorityCode, Date, SchoolYear};

/// Student numbers that begin with 999: one division or province holds at most so many students.
pub const MOST_STUDENTS: usize = 1_000_000;

/// A practice division that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PracticeError {
    /// The open data have no such authority.
    #[error("no school authority {0} in the enrolment of 2024/25")]
    UnknownAuthority(AuthorityCode),
    /// More students than there are practice numbers.
    #[error("{0} students asked for; the practice numbers suffice for {MOST_STUDENTS}")]
    TooMany(usize),
}

/// A school authority with its schools, ready to give its people.
#[derive(Debug, Clone)]
pub struct Division {
    /// The authority.
    pub authority: PracticeAuthority,
    /// Its schools, in the order of the open data.
    pub schools: Vec<PracticeSchool>,
    /// The school year its students are enrolled in.
    pub year: SchoolYear,
    pub(crate) seed: u64,
    /// Students of the divisions before it in a province.
    pub(crate) first_student: u32,
}

/// The schools of an authority with invented people.
///
/// Without `students`, exactly the official counts by school and grade;
/// otherwise as many students, in the same shares. The same arguments give
/// the same people always.
pub fn division(
    authority: AuthorityCode,
    students: Option<usize>,
    seed: u64,
    school_year: SchoolYear,
) -> Result<Division, PracticeError> {
    let rows: Vec<&SchoolEnrolment> = open_data::enrolment()
        .iter()
        .filter(|row| row.authority == authority)
        .collect();
    if rows.is_empty() {
        return Err(PracticeError::UnknownAuthority(authority));
    }
    let counts = scaled(&rows, students)?;
    Ok(build(&rows, &counts, seed, school_year, 0))
}

/// Every authority of the province, one after another, by code: 313 of them,
/// 811,493 students, or as many as asked for in the same shares. Student
/// numbers are unique across the province.
pub fn province(
    students: Option<usize>,
    seed: u64,
    school_year: SchoolYear,
) -> Result<impl Iterator<Item = Division>, PracticeError> {
    let mut rows: Vec<&SchoolEnrolment> = open_data::enrolment().iter().collect();
    rows.sort_by_key(|row| row.authority);
    let counts = scaled(&rows, students)?;
    let (mut place, mut given) = (0, 0);
    Ok(std::iter::from_fn(move || {
        let authority = rows.get(place)?.authority;
        let end = place + rows[place..].partition_point(|row| row.authority == authority);
        let division = build(&rows[place..end], &counts[place..end], seed, school_year, given);
        given += division.students();
        place = end;
        Some(division)
    }))
}

fn scaled(rows: &[&SchoolEnrolment], students: Option<usize>) -> Result<Vec<[u32; 13]>, PracticeError> {
    let official: Vec<[u32; 13]> = rows.iter().map(|row| row.grades).collect();
    let Some(wanted) = students else {
        return Ok(official);
    };
    if wanted > MOST_STUDENTS {
        return Err(PracticeError::TooMany(wanted));
    }
    let wanted = u32::try_from(wanted).map_err(|_| PracticeError::TooMany(wanted))?;
    let flat = allot::scale(official.as_flattened(), wanted);
    Ok(flat.as_chunks::<13>().0.to_vec())
}

fn build(
    rows: &[&SchoolEnrolment],
    counts: &[[u32; 13]],
    seed: u64,
    year: SchoolYear,
    first_student: u32,
) -> Division {
    let head = rows[0];
    let city = rows
        .iter()
        .find_map(|row| open_data::school(row.school))
        .map_or_else(String::new, |known| known.authority_city.clone());
    let authority = PracticeAuthority {
        code: head.authority,
        name: head.authority_name.clone(),
        category: head.category.clone(),
        city,
    };
    let schools = rows
        .iter()
        .zip(counts)
        .map(|(row, counts)| school(row, *counts, &authority, seed))
        .collect();
    Division {
        authority,
        schools,
        year,
        seed,
        first_student,
    }
}

fn school(
    row: &SchoolEnrolment,
    counts: [u32; 13],
    authority: &PracticeAuthority,
    seed: u64,
) -> PracticeSchool {
    let known = open_data::school(row.school);
    let mut random = Random::new(seed, &[3, digits(row.school.as_str())]);
    let micro =
        |degrees: Option<f64>| degrees.and_then(|degrees| format!("{:.0}", degrees * 1e6).parse().ok());
    let mut school = PracticeSchool {
        code: row.school,
        name: row.school_name.clone(),
        address: school_address(known, authority),
        phone: String::new(),
        counts,
        programs: programs(row, known),
        latitude_micro: micro(known.and_then(|known| known.latitude)),
        longitude_micro: micro(known.and_then(|known| known.longitude)),
    };
    school.phone = person::phone(crate::staff::area_code(&school), &mut random);
    school
}

fn school_address(known: Option<&DirectorySchool>, authority: &PracticeAuthority) -> PracticeAddress {
    match known {
        Some(known) => address::canadian(
            known.street.clone(),
            &known.city,
            address::postal(&known.postal_code),
        ),
        None => address::canadian(String::new(), &authority.city, String::new()),
    }
}

/// The programs a school offers: those the directory says, French immersion
/// where the school's name is French, second-language French in grades 4 to 9.
fn programs(row: &SchoolEnrolment, known: Option<&DirectorySchool>) -> Vec<&'static str> {
    let mut programs = vec!["Regular", "SpecialEducation"];
    let french_name = row.school_name.contains("École") || row.school_name.contains("Ecole");
    if row.category == "Francophone" {
        programs.push("Francophone");
    } else {
        if french_name {
            programs.push("AlternativeFrench");
        }
        if row.grades[4..=9].iter().any(|count| *count > 0) {
            programs.push("FrenchSecondLanguage");
        }
    }
    if let Some(known) = known {
        let flags = [
            (known.home_education, "HomeEducation"),
            (known.blended, "Blended"),
            (known.online, "Online"),
            (known.outreach, "Outreach"),
        ];
        programs.extend(
            flags
                .iter()
                .filter(|(offered, _)| *offered)
                .map(|(_, name)| *name),
        );
    }
    programs
}

fn digits(code: &str) -> u64 {
    code.parse().unwrap_or_default()
}

impl Division {
    /// Students in all schools.
    pub fn students(&self) -> u32 {
        self.schools.iter().map(PracticeSchool::students).sum()
    }
    /// The code as a number, for seeds.
    pub(crate) fn number(&self) -> u64 {
        digits(self.authority.code.as_str())
    }
    /// The families, one at a time; together they fill every seat.
    pub fn families(&self) -> Families<'_> {
        let counts: Vec<[u32; 13]> = self.schools.iter().map(|school| school.counts).collect();
        Families {
            division: self,
            seats: Seats::new(&counts),
            random: Random::new(self.seed, &[self.number(), 0]),
            deliberate: Deliberate::new(Random::new(self.seed, &[self.number(), 5])),
            family: 0,
            student: 0,
        }
    }
    /// First and last day of school: the day after Labour Day, and the last
    /// weekday before 28 June.
    pub fn school_days(&self) -> (Date, Date) {
        let mut first = self.year.starts();
        // Labour Day is the first Monday of September: the day that follows a Sunday.
        while first.is_weekend() || !first.plus_days(-1).is_weekend() {
            first = first.plus_days(1);
        }
        let mut last = self.year.ends().plus_days(-65);
        while last.is_weekend() {
            last = last.plus_days(-1);
        }
        (first.plus_days(1), last)
    }
}

/// The families of a division, made as they are asked for.
#[derive(Debug)]
pub struct Families<'division> {
    division: &'division Division,
    seats: Seats,
    random: Random,
    deliberate: Deliberate,
    family: u32,
    student: u32,
}

impl Iterator for Families<'_> {
    type Item = PracticeFamily;
    fn next(&mut self) -> Option<PracticeFamily> {
        let first = self.seats.draw(&mut self.random)?;
        let mut random = Random::new(
            self.division.seed,
            &[self.division.number(), 4, u64::from(self.family)],
        );
        let mut shape = household::shape(&mut random);
        if shape == Shape::Independent && first.grade < 11 {
            shape = Shape::Together;
        }
        let mut seats = vec![first];
        let mut twins = false;
        if shape != Shape::Independent {
            twins = self.seat_siblings(&mut seats, &mut random);
        }
        let turn = Turn {
            family: self.family,
            student: self.student,
            shape,
            twins,
        };
        let mut made = family::family(self.division, &turn, &seats, &mut random);
        self.family += 1;
        for (student, seat) in made.students.iter_mut().zip(&seats) {
            let school = &self.division.schools[seat.school];
            self.deliberate.maybe(student, self.student, school);
            self.student += 1;
        }
        Some(made)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.seats.left() as usize;
        (left.div_ceil(MOST_CHILDREN), Some(left))
    }
}

/// Children of the largest families.
const MOST_CHILDREN: usize = 5;
/// How many children of a family are enrolled, in a hundred families; 1.7 on average.
const CHILDREN: &[(usize, u32)] = &[(1, 48), (2, 35), (3, 13), (4, 3), (MOST_CHILDREN, 1)];

impl Families<'_> {
    /// Seats the siblings, at a school the family knows when it can; twins
    /// share grade and school. Says whether there are twins.
    fn seat_siblings(&mut self, seats: &mut Vec<Seat>, random: &mut Random) -> bool {
        let children = random.weighted(CHILDREN);
        let mut twins = false;
        while seats.len() < children {
            let known: Vec<usize> = seats.iter().map(|seat| seat.school).collect();
            let twin = seats.len() == 1 && random.per_mille(32);
            let seat = if twin {
                self.seats.draw_in(seats[0].grade, &known, random)
            } else {
                self.sibling_grade(seats, random)
                    .and_then(|grade| self.seats.draw_in(grade, &known, random))
            };
            match seat {
                Some(seat) => seats.push(seat),
                None => break,
            }
            twins |= twin;
        }
        twins
    }
    /// A grade one to four from a child's that no other child is in and that
    /// still has seats.
    fn sibling_grade(&self, seats: &[Seat], random: &mut Random) -> Option<usize> {
        (0..10).find_map(|_| {
            let gap = random.weighted(&[(1, 24), (2, 42), (3, 24), (4, 10)]);
            let from = random.pick(seats).grade;
            let grade = if random.per_mille(500) {
                from.checked_sub(gap)?
            } else {
                from + gap
            };
            let free = grade < 13 && seats.iter().all(|seat| seat.grade != grade);
            (free && self.seats.has(grade)).then_some(grade)
        })
    }
}
