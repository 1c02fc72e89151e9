//! Classes of the practice schools: a class for each homeroom below senior high
//! school, in one school a class for each subject; and courses in four blocks,
//! for the first half of the year, in senior high school.

use super::calendar;
use super::organization::school_id;
use super::shape::DIVISION;
use access::Permit;
use access::action::{ManageAccounts, ManageCourses, ManageSections};
use access::staff::NewStaff;
use courses::bulk::{BulkSeat, BulkSection, insert_sections};
use courses::{
    Claim, Course, CourseEnrolment, Meeting, Offering, Sat, SeatState, Section, SectionState, Staff,
    StaffRole,
};
use db::{Known, Tx};
use enrolment::bulk::BulkEnrol;
use kernel::{
    AccountId, Actor, Asn, CourseEnrolmentId, CourseId, Date, Grade, Instant, Outcome, Role, SchoolCode,
    SchoolId, SchoolYear, SectionId, SectionStaffId, StudentId,
};
use pasi::travel_classes::{self, Seated};
use pasi_reference::seed::SeedStudent;
use pasi_wire::messages as wire;
use practice::Division;
use practice::model::{PracticeSchool, PracticeStaff};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Days of the cycle: the weekdays, and where no grade is below 7 the four of its cycle.
const DAYS: u8 = 5;
const SECONDARY_DAYS: u8 = 4;
/// Blocks of a day.
const BLOCKS: u8 = 4;
/// Students of a group of senior high school, at most.
const GROUP: usize = 28;
/// Subjects of a school that has a class for each.
const SUBJECTS: [&str; 4] = ["ELA", "MATH", "SCI", "SOC"];

/// A student at a school, as the practice model enrols one.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    pub(super) student: StudentId,
    pub(super) school: SchoolId,
    pub(super) grade: Grade,
    pub(super) homeroom: String,
    start: Date,
    last: Option<Date>,
}

impl Seat {
    /// Is the student still there on that day?
    pub(super) fn is_there_on(&self, day: Date) -> bool {
        self.last.is_none_or(|last| day <= last)
    }
    /// Of an enrolment.
    pub(crate) fn of(one: &BulkEnrol) -> Self {
        Self {
            student: one.student,
            school: one.enrol.school,
            grade: one.enrol.grade,
            homeroom: one.enrol.homeroom.clone(),
            start: one.enrol.start,
            last: one.enrol.exit.map(|exit| exit.on),
        }
    }
}

/// Makes the catalogue, accounts for the teachers of every school, and the
/// classes. `teacher` is the username of the one who has an account already.
pub(crate) fn make(tx: &mut Tx, division: &Division, all: &[Seat], teacher: &str) -> Outcome<()> {
    let actor = tx.actor().clone();
    courses::take_catalogue(tx, &Permit::<ManageCourses>::program(&actor)?)?;
    let viewer = Permit::program(&actor)?;
    let catalogue = courses::courses(tx, &viewer)?;
    let accounts = Permit::<ManageAccounts>::program(&actor)?;
    let known = access::accounts::find(tx, &accounts, teacher)?;
    let (staff, mut sections) = invented(division, all, &catalogue, known);
    bind(tx, division.year, &mut sections)?;
    access::staff::add_many(tx, &accounts, &staff, super::enrolment::REASON)?;
    let manage = Permit::<ManageSections>::program(&actor)?;
    insert_sections(tx, &manage, &sections, super::enrolment::REASON).map(|_| ())
}

/// The province's copies of the classes of senior high school and of who sits in
/// them: the same facts as ours, put into the form that travels by the connector itself.
pub(super) fn province(
    division: &Division,
    all: &[Seat],
    owners: &HashMap<Asn, StudentId>,
    seeds: &[SeedStudent],
) -> (Vec<wire::Section>, Vec<wire::CourseEnrolment>) {
    let catalogue = courses::catalogue_of(DIVISION);
    let asns: HashMap<StudentId, Asn> = owners.iter().map(|(asn, student)| (*student, *asn)).collect();
    let enrolments: HashMap<Asn, uuid::Uuid> = seeds
        .iter()
        .filter_map(|seed| Some((seed.asn, seed.enrolments.first()?.ref_id)))
        .collect();
    let codes: HashMap<SchoolId, SchoolCode> = division
        .schools
        .iter()
        .map(|school| (school_id(school.code), school.code))
        .collect();
    let known = Known::first(&Actor::system(DIVISION, "Practice"), Instant::from_micros(0), "");
    let (_, made) = invented(division, all, &catalogue, AccountId::derived("practice"));
    let (mut sections, mut seats) = (Vec::new(), Vec::new());
    for one in made {
        let section = one.section;
        let offering = Offering::usual(section.id);
        let courses: Vec<Course> = section
            .courses
            .iter()
            .filter_map(|id| catalogue.iter().find(|course| course.id == *id).cloned())
            .collect();
        let Some(code) = codes.get(&section.school) else {
            continue;
        };
        let Some(there) = travel_classes::section(&section, &offering, &courses, (*code, 0)) else {
            continue;
        };
        sections.push(there);
        let mut sat = Sat {
            seat: said(&one.seats, &section, &known),
            claim: Claim::usual(CourseEnrolmentId::derived("practice")),
            section,
            offering,
            courses,
        };
        for seat in &one.seats {
            let Some(asn) = asns.get(&seat.student).copied() else {
                continue; // one who is unknown to the province
            };
            (sat.seat.id, sat.seat.student, sat.seat.from) = (seat.id, seat.student, seat.from);
            sat.claim = Claim::usual(seat.id);
            let of = Seated {
                asn,
                enrolment: enrolments.get(&asn).copied(),
            };
            seats.extend(travel_classes::course_enrolment(&sat, of, None, 0));
        }
    }
    (sections, seats)
}

/// A place of a class, before anybody takes it.
fn said(seats: &[BulkSeat], section: &Section, known: &Known) -> CourseEnrolment {
    CourseEnrolment {
        id: CourseEnrolmentId::derived("practice"),
        student: seats
            .first()
            .map_or_else(|| StudentId::derived("practice"), |seat| seat.student),
        section: section.id,
        from: section.first_day,
        until: None,
        state: SeatState::Enrolled,
        place: 0,
        known: known.clone(),
    }
}

/// Classes of a semester are bound to it.
fn bind(tx: &mut Tx, year: SchoolYear, all: &mut [BulkSection]) -> Outcome<()> {
    let mut terms: HashMap<SchoolId, Vec<schools::Term>> = HashMap::new();
    for one in all {
        let section = &mut one.section;
        let of_school = match terms.entry(section.school) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(schools::terms(tx, section.school, year)?),
        };
        let days = section.days();
        let term = of_school
            .iter()
            .find(|term| (term.first_day, term.last_day) == days);
        section.term = term.map(|term| term.id);
    }
    Ok(())
}

/// The teachers who are to get an account, and the classes of every school; `known` is the account of the first
/// teacher of the largest school.
pub(super) fn invented(
    division: &Division,
    all: &[Seat],
    catalogue: &[Course],
    known: AccountId,
) -> (Vec<NewStaff>, Vec<BulkSection>) {
    let mut schools: Vec<&PracticeSchool> = division.schools.iter().collect();
    schools.sort_by_key(|school| std::cmp::Reverse(school.students()));
    let by_subject = schools
        .iter()
        .find(|school| school.counts[1..10].iter().sum::<u32>() > 0)
        .map(|school| school_id(school.code));
    let (mut staff, mut sections): (Vec<NewStaff>, Vec<BulkSection>) = (Vec::new(), Vec::new());
    for (place, school) in schools.into_iter().enumerate() {
        let own: Vec<PracticeStaff> = practice::school_staff(division, school)
            .into_iter()
            .filter(|one| one.role == Role::Teacher)
            .collect();
        let mut teachers: Vec<Teacher> = own.iter().map(Teacher::of).collect();
        if let Some(first) = teachers.first_mut().filter(|_| place == 0) {
            first.account = known;
        }
        let id = school_id(school.code);
        staff.extend(
            own.iter()
                .skip(usize::from(place == 0))
                .map(|one| new_staff(one, id, division.year)),
        );
        let mut making = Making {
            school: id,
            year: division.year,
            catalogue,
            teachers,
            sections: &mut sections,
            cycle: if super::bells::is_secondary(school) {
                SECONDARY_DAYS
            } else {
                DAYS
            },
            numbers: HashMap::new(),
        };
        let here: Vec<&Seat> = all.iter().filter(|seat| seat.school == id).collect();
        making.homerooms(&here, by_subject == Some(id));
        making.senior(&here);
    }
    (staff, sections)
}

fn new_staff(one: &PracticeStaff, school: SchoolId, year: SchoolYear) -> NewStaff {
    NewStaff {
        account: AccountId::derived(&one.key),
        username: one.email.clone(),
        display_name: one.name.sentence(),
        email: one.email.clone(),
        role: Role::Teacher,
        school,
        from: year.starts(),
    }
}

/// A teacher, and the blocks in which they teach already.
struct Teacher {
    account: AccountId,
    homeroom: Option<String>,
    taken: HashSet<u8>,
}

impl Teacher {
    fn of(one: &PracticeStaff) -> Self {
        Self {
            account: AccountId::derived(&one.key),
            homeroom: one.homeroom.clone(),
            taken: HashSet::new(),
        }
    }
}

/// The classes of one school, as they are made.
struct Making<'a> {
    school: SchoolId,
    year: SchoolYear,
    catalogue: &'a [Course],
    teachers: Vec<Teacher>,
    sections: &'a mut Vec<BulkSection>,
    /// Days of the cycle.
    cycle: u8,
    /// How many sections a course has.
    numbers: HashMap<&'static str, usize>,
}

/// A class to be made.
struct Class<'a> {
    number: String,
    courses: Vec<CourseId>,
    days: (Date, Date),
    room: String,
    capacity: i32,
    blocks: Vec<u8>,
    teacher: Option<AccountId>,
    students: Vec<&'a Seat>,
}

impl Making<'_> {
    fn course(&self, code: &str) -> Option<CourseId> {
        let found = self.catalogue.iter().find(|course| course.code == code);
        found.map(|course| course.id)
    }

    /// Below senior high school a homeroom stays together with its teacher.
    fn homerooms(&mut self, here: &[&Seat], by_subject: bool) {
        let days = calendar::days(self.year);
        let mut rooms: BTreeMap<(Grade, &str), Vec<&Seat>> = BTreeMap::new();
        for seat in here
            .iter()
            .filter(|seat| seat.grade <= Grade::G9 && !seat.homeroom.is_empty())
        {
            rooms.entry((seat.grade, &seat.homeroom)).or_default().push(seat);
        }
        for (place, ((grade, homeroom), students)) in rooms.into_iter().enumerate() {
            let teacher = self
                .teachers
                .iter_mut()
                .find(|one| one.homeroom.as_deref() == Some(homeroom));
            let account = teacher.map(|one| {
                one.taken.extend(1..=BLOCKS);
                one.account
            });
            let class = |number: String, courses: Vec<CourseId>, blocks: Vec<u8>| Class {
                number,
                courses,
                days: (days.first, days.last),
                room: format!("{}", 101 + place),
                capacity: 30,
                blocks,
                teacher: account,
                students: students.clone(),
            };
            let fits: Vec<&Course> = self
                .catalogue
                .iter()
                .filter(|course| !course.is_provincial && course.credits.is_empty() && course.is_for(grade))
                .collect();
            let made: Vec<Class> = if by_subject && grade >= Grade::G1 {
                let subjects = SUBJECTS.iter().zip(1..=BLOCKS);
                subjects
                    .filter_map(|(code, block)| {
                        let course = fits.iter().find(|course| course.code == *code)?;
                        Some(class(format!("{homeroom}-{code}"), vec![course.id], vec![block]))
                    })
                    .collect()
            } else {
                let core = fits
                    .iter()
                    .filter(|course| SUBJECTS.contains(&course.code.as_str()));
                vec![class(
                    homeroom.to_owned(),
                    core.map(|course| course.id).collect(),
                    (1..=BLOCKS).collect(),
                )]
            };
            for class in made {
                self.push(class);
            }
        }
    }

    /// In senior high school groups take their courses in turn, one in each block.
    fn senior(&mut self, here: &[&Seat]) {
        const MAIN: [(Grade, [&str; 4]); 3] = [
            (Grade::G10, ["ELA1105", "SST1771", "MAT1791", "SCN1270"]),
            (Grade::G11, ["ELA2105", "SST2771", "MAT2791", "SCN2231"]),
            (Grade::G12, ["ELA3105", "SST3771", "MAT3791", "SCN3230"]),
        ];
        const OTHER: [[&str; 4]; 3] = [
            ["ELA1104", "SST1772", "MAT1793", "SCN1288"],
            ["ELA2104", "SST2772", "MAT2792", "SCN2288"],
            ["ELA3104", "SST3772", "MAT3792", "PED3445"],
        ];
        let days = calendar::days(self.year);
        for (stage, (grade, main)) in MAIN.into_iter().enumerate() {
            let students: Vec<&Seat> = here.iter().filter(|seat| seat.grade == grade).copied().collect();
            for (place, group) in students.chunks(GROUP).enumerate() {
                // Every third group takes the second stream.
                let codes = if place % 3 == 2 { OTHER[stage] } else { main };
                for (turn, code) in codes.into_iter().enumerate() {
                    let block = u8::try_from((turn + place) % 4).unwrap_or(0) + 1;
                    let Some(course) = self.course(code) else { continue };
                    let number = self.numbers.entry(code).or_default();
                    *number += 1;
                    let number = format!("{code}-{number}");
                    let free = self.teacher_in(block);
                    let class = Class {
                        number,
                        courses: vec![course],
                        days: (days.first, days.half),
                        room: free.map_or_else(String::new, |(place, _)| format!("{}", 201 + place)),
                        capacity: 30,
                        blocks: vec![block],
                        teacher: free.map(|(_, account)| account),
                        students: group.to_vec(),
                    };
                    self.push(class);
                }
            }
        }
    }

    /// A teacher who is free in a block, and from then on is not.
    fn teacher_in(&mut self, block: u8) -> Option<(usize, AccountId)> {
        let free = self
            .teachers
            .iter_mut()
            .enumerate()
            .filter(|(_, one)| !one.taken.contains(&block));
        let (place, one) = free.min_by_key(|(_, one)| one.taken.len())?;
        one.taken.insert(block);
        Some((place, one.account))
    }

    fn push(&mut self, class: Class) {
        let seed = format!("practice-{}-{}-{}", self.school, self.year, class.number);
        let id = SectionId::derived(&seed);
        let staff = class.teacher.map(|account| Staff {
            id: SectionStaffId::derived(&seed),
            section: id,
            account,
            role: StaffRole::Lead,
            from: class.days.0,
            until: None,
            is_removed: false,
            version: 1,
        });
        let meetings = (1..=self.cycle).flat_map(|day| {
            let blocks = class.blocks.iter();
            blocks.map(move |block| Meeting::new(day, *block))
        });
        let mut courses = class.courses;
        courses.sort();
        let seats = class.students.iter().filter_map(|seat| {
            let from = seat.start.max(class.days.0);
            let is_there = from <= class.days.1 && seat.last.is_none_or(|last| from <= last);
            is_there.then(|| BulkSeat {
                id: CourseEnrolmentId::derived(&format!("{seed}-{}", seat.student)),
                student: seat.student,
                from,
            })
        });
        let section = Section {
            id,
            school: self.school,
            year: self.year,
            number: class.number,
            courses,
            term: None,
            first_day: class.days.0,
            last_day: class.days.1,
            room: class.room,
            capacity: Some(class.capacity),
            state: SectionState::Open,
            meetings: meetings.collect(),
            staff: staff.into_iter().collect(),
            version: 1,
        };
        self.sections.push(BulkSection {
            section,
            seats: seats.collect(),
        });
    }
}
