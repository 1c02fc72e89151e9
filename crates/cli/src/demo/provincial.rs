//! The province at its own size: every authority and school of the open data,
//! and students with the enrolments of four school years. The same always, and
//! one student at a time: the whole never lies in memory.

use super::shape::SEED;
use super::{calendar, family, organization, province};
use crate::ending::Stop;
use kernel::{Date, EnrolmentId, Grade, SchoolCode, SchoolYear};
use pasi_reference::seed::{Province, SeedStudent};
use pasi_wire::messages::{ExitDateType, StudentSchoolEnrolment};
use practice::Division;
use practice::model::PracticeSchool;

/// Schools of the province.
const SCHOOLS: usize = 2_500;
/// Students of the province.
const STUDENTS: usize = 800_000;
/// School years with enrolments: this one and those before it.
const YEARS: usize = 4;

/// A province, or a share of one: as many schools, fewer students.
pub(crate) struct Provincial {
    divisions: Vec<Division>,
    year: SchoolYear,
    today: Date,
}

impl Provincial {
    /// With so many students, 800,000 when none are named, in the school year
    /// of `today`; a wrong call when there are too many.
    pub(crate) fn new(students: Option<usize>, today: Date) -> Result<Self, Stop> {
        let year = SchoolYear::of(today);
        let divisions = practice::province(Some(students.unwrap_or(STUDENTS)), SEED, year)
            .map_err(|error| Stop::Call(error.to_string()))?;
        Ok(Self {
            divisions: divisions.collect(),
            year,
            today,
        })
    }

    /// The school years, this one first.
    fn years(&self) -> [SchoolYear; YEARS] {
        let mut year = self.year;
        [(); YEARS].map(|()| {
            let this = year;
            year = year.previous();
            this
        })
    }

    /// Everything but the students. Schools that the enrolment of 2024/25 does
    /// not know come from the directory of 2021; nobody attends them.
    pub(crate) fn organizations(&self) -> Province {
        let mut all = Province {
            courses: pasi_reference::catalogue(),
            ..Province::default()
        };
        let years = self.years();
        for division in &self.divisions {
            let one = organization::province_in(division, &years);
            all.authorities.extend(one.authorities);
            all.schools.extend(one.schools);
            all.calendar_years.extend(one.calendar_years);
        }
        organization::add_unattended(&mut all, SCHOOLS);
        all
    }

    /// The students, authority by authority. Five enrolments a year for every
    /// four students: who is too young to have been in school in an earlier
    /// year is made up for by others who changed schools in it.
    pub(crate) fn students(&self) -> impl Iterator<Item = SeedStudent> + '_ {
        let mut past: Vec<PastYear> = self
            .years()
            .into_iter()
            .enumerate()
            .map(|(back, year)| PastYear::new(&self.divisions, back, year, self.today))
            .collect();
        self.divisions
            .iter()
            .flat_map(|division| division.families().map(move |family| (division, family)))
            .flat_map(|(division, family)| {
                let all = province::students(&family::students(&family), self.today);
                all.into_iter().map(move |student| (division, student))
            })
            .map(move |(division, mut student)| {
                let this: Vec<StudentSchoolEnrolment> = std::mem::take(&mut student.enrolments);
                for now in &this {
                    let years = past.iter_mut().rev();
                    student
                        .enrolments
                        .extend(years.flat_map(|year| year.enrolments(division, now)));
                }
                let first = student.enrolments.first();
                student.created_on =
                    first.map_or(self.today, |first| first.registration_start_date.min(self.today));
                student
            })
    }
}

/// One of the school years: who attended, and how many changed schools in it.
struct PastYear {
    /// How many years ago it was.
    back: usize,
    year: SchoolYear,
    first: Date,
    last: Date,
    /// The last day on which somebody may have changed schools.
    known_until: Date,
    /// Students who were in school.
    attended: usize,
    /// How many of them changed schools.
    changed: usize,
    /// Students met so far.
    met: usize,
}

impl PastYear {
    fn new(divisions: &[Division], back: usize, year: SchoolYear, today: Date) -> Self {
        let in_grade_or_above = |lowest: usize| -> usize {
            let schools = divisions.iter().flat_map(|division| &division.schools);
            let counts = schools.flat_map(|school| &school.counts[lowest..]);
            counts.map(|count| *count as usize).sum()
        };
        let (attended, days) = (in_grade_or_above(back), calendar::days(year));
        let enrolments = in_grade_or_above(0) * 5 / 4;
        Self {
            back,
            year,
            first: days.first,
            last: days.last,
            known_until: days.last.min(today),
            attended,
            changed: enrolments.saturating_sub(attended).min(attended),
            met: 0,
        }
    }

    /// What a student who is enrolled as `now` says had in that year: nothing,
    /// one enrolment, or two.
    fn enrolments(
        &mut self,
        division: &Division,
        now: &StudentSchoolEnrolment,
    ) -> Vec<StudentSchoolEnrolment> {
        let grade = now.grade.and_then(|grade| {
            let place = Grade::ALL.iter().position(|one| *one == grade)?;
            Grade::ALL.get(place.checked_sub(self.back)?).copied()
        });
        let Some(grade) = grade else {
            return Vec::new();
        };
        let whole = if self.back == 0 {
            now.clone()
        } else {
            self.before(now, grade)
        };
        if self.is_next_a_change() {
            self.parted(division, whole).into()
        } else {
            vec![whole]
        }
    }

    /// Changes of school lie evenly among all who attended.
    fn is_next_a_change(&mut self) -> bool {
        let so_far = |met: usize| met * self.changed / self.attended.max(1);
        let is_change = so_far(self.met + 1) > so_far(self.met);
        self.met += 1;
        is_change
    }

    /// The same student in the same school, so many years younger; codes that
    /// belong to one year alone are left away.
    fn before(&self, now: &StudentSchoolEnrolment, grade: Grade) -> StudentSchoolEnrolment {
        let mut before = now.clone();
        before.ref_id = self.id(now, 1);
        before.school_year = self.year;
        before.grade = Some(grade);
        before.registration_start_date = self.first;
        before.registration_exit_date = Some(self.last);
        before.exit_date_type = ExitDateType::CompletionDate;
        before.extended.exception_codes.clear();
        before.extended.grants_program_codes.clear();
        before.extended.enrolment_type_codes.clear();
        before.extended.french_hours = None;
        before
    }

    /// One enrolment as two: the student came from another school in the course of the year.
    fn parted(&self, division: &Division, whole: StudentSchoolEnrolment) -> [StudentSchoolEnrolment; 2] {
        let id = self.id(&whole, 2);
        let chance = u16::from_le_bytes([id.as_bytes()[0], id.as_bytes()[1]]);
        let start = whole.registration_start_date;
        let days = i64::from(start.days_until(self.known_until)).max(1);
        let on = start.plus_days(i64::from(chance) % days);
        let earlier = StudentSchoolEnrolment {
            ref_id: id,
            school_code: another_school(division, &whole, chance),
            registration_exit_date: Some(on),
            exit_date_type: ExitDateType::WithdrawalDate,
            ..whole.clone()
        };
        let later = StudentSchoolEnrolment {
            registration_start_date: on.plus_days(1),
            ..whole
        };
        [earlier, later]
    }

    fn id(&self, of: &StudentSchoolEnrolment, part: u8) -> uuid::Uuid {
        let key = format!("practice-{}-{}-{part}", of.asn.as_str(), self.year.number());
        EnrolmentId::derived(&key).uuid()
    }
}

/// A school of the authority that teaches the grade, another one where there is another.
fn another_school(division: &Division, now: &StudentSchoolEnrolment, chance: u16) -> SchoolCode {
    let place = now
        .grade
        .and_then(|grade| Grade::ALL.iter().position(|one| *one == grade));
    let teaches = |school: &&PracticeSchool| place.is_some_and(|place| school.counts[place] > 0);
    let others: Vec<SchoolCode> = division
        .schools
        .iter()
        .filter(|school| school.code != now.school_code)
        .filter(teaches)
        .map(|school| school.code)
        .collect();
    let one = usize::from(chance)
        .checked_rem(others.len())
        .map(|place| others[place]);
    one.unwrap_or(now.school_code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, HashSet};

    fn today() -> Date {
        "2026-11-23".parse().expect("a date")
    }

    fn share(students: usize) -> Provincial {
        Provincial::new(Some(students), today()).expect("fewer than there are numbers")
    }

    #[test]
    fn a_province_has_its_schools_its_students_and_five_enrolments_a_year_for_four_of_them() {
        let share = share(4_000);
        let there = share.organizations();
        let codes: HashSet<SchoolCode> = there.schools.iter().map(|school| school.school_code).collect();
        assert_eq!((codes.len(), there.schools.len()), (SCHOOLS, SCHOOLS));
        assert_eq!(there.calendar_years.len(), YEARS * 2_315);
        let authorities: HashSet<_> = there.authorities.iter().map(|one| one.authority_code).collect();
        let of = |school: &pasi_wire::messages::School| school.authorities[0].authority_code;
        assert!(
            there
                .schools
                .iter()
                .all(|school| authorities.contains(&of(school)))
        );
        let (mut asns, mut ids, mut by_year) = (HashSet::new(), HashSet::new(), BTreeMap::new());
        for student in share.students() {
            assert!(asns.insert(student.asn), "a number is given twice");
            for enrolment in &student.enrolments {
                assert!(ids.insert(enrolment.ref_id), "an enrolment is given twice");
                assert!(codes.contains(&enrolment.school_code));
                *by_year.entry(enrolment.school_year.number()).or_insert(0) += 1;
            }
        }
        assert_eq!(asns.len(), 4_000);
        assert_eq!(
            by_year,
            BTreeMap::from([(2024, 5_000), (2025, 5_000), (2026, 5_000), (2027, 5_000)])
        );
    }

    #[test]
    fn a_province_is_the_same_every_time_and_its_years_follow_one_another() {
        let (one, other) = (share(300), share(300));
        for (student, again) in one.students().zip(other.students()) {
            assert_eq!(student.identification, again.identification);
            assert_eq!(student.enrolments, again.enrolments);
            for pair in student.enrolments.windows(2) {
                let end = pair[0]
                    .registration_exit_date
                    .expect("every enrolment has its last day");
                assert!(end < pair[1].registration_start_date, "{:?}", pair[0].school_year);
            }
        }
    }
}
