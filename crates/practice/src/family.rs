//! One family: children in their seats, with everything a registration asks.

use crate::allot::Seat;
use crate::coding::{self, Coded};
use crate::division::Division;
use crate::household::{self, Home, Place, Shape};
use crate::model::{PracticeEnrolment, PracticeFamily, PracticeRestriction, PracticeStudent};
use crate::person::{self, Sex};
use crate::random::Random;
use crate::{birth, medical, origin, staff};
use kernel::{Asn, Date, Grade, PersonName};

/// Where a family stands in its division.
pub(crate) struct Turn {
    /// Number of the family in the division, from 0.
    pub(crate) family: u32,
    /// Number of its first student in the division, from 0.
    pub(crate) student: u32,
    pub(crate) shape: Shape,
    /// Were the first two children born on one day?
    pub(crate) twins: bool,
}

/// Makes the family whose children take `seats`.
pub(crate) fn family(
    division: &Division,
    turn: &Turn,
    seats: &[Seat],
    random: &mut Random,
) -> PracticeFamily {
    let key = format!("{}-F{:06}", division.authority.code, turn.family);
    let near = &division.schools[seats[0].school];
    let place = Place {
        key: &key,
        number: turn.family,
        near,
        area: staff::area_code(near),
        year: division.year,
    };
    let home = household::home(turn.shape, &place, random);
    let births = births(division, turn, seats, random);
    let mut students: Vec<PracticeStudent> = Vec::with_capacity(seats.len());
    for (child, seat) in seats.iter().enumerate() {
        let number = turn.student + u32::try_from(child).expect("a family has a handful of children");
        let taken: Vec<&str> = students
            .iter()
            .map(|sibling| sibling.name.first.as_str())
            .collect();
        let child = Child {
            division,
            home: &home,
            seat: *seat,
            number,
            birth_date: births[child],
            twin: turn.twins && child < 2,
        };
        let student = student(&child, &taken, random);
        students.push(student);
    }
    PracticeFamily {
        key,
        households: home.households,
        adults: home.adults,
        students,
    }
}

/// Birth dates that fit the grades and lie a pregnancy apart, but for twins:
/// found from the lowest grade up, so that each minds only the one before.
fn births(division: &Division, turn: &Turn, seats: &[Seat], random: &mut Random) -> Vec<Date> {
    let mut order: Vec<usize> = (0..seats.len()).collect();
    order.sort_by_key(|child| seats[*child].grade);
    let highest = seats.iter().map(|seat| seat.grade).max();
    let mut dates = vec![division.year.starts(); seats.len()];
    let mut before: Option<Date> = None;
    for child in order {
        let grade = seats[child].grade;
        if child == 1 && turn.twins {
            dates[1] = dates[0];
            continue;
        }
        // Only the oldest may have stayed a year longer: the grade above would be of the same age.
        let oldest = Some(grade) == highest;
        let found = (0..12)
            .map(|_| birth::date(grade, division.year, oldest, random))
            .find(|date| before.is_none_or(|younger| date.days_until(younger) >= 300));
        dates[child] = found.unwrap_or_else(|| before.unwrap_or(division.year.starts()).plus_days(-400));
        before = Some(dates[child]);
    }
    dates
}

struct Child<'family> {
    division: &'family Division,
    home: &'family Home,
    seat: Seat,
    number: u32,
    birth_date: Date,
    twin: bool,
}

fn student(child: &Child, taken: &[&str], random: &mut Random) -> PracticeStudent {
    let Child {
        division, home, seat, ..
    } = *child;
    let year = division.year;
    let sex = person::sex(random);
    let name = child_name(home, sex, taken, random);
    let local_number = (300_001 + child.number).to_string();
    let (citizenship, identity) = origin::papers(home, child.birth_date, year.starts(), random);
    let francophone = division.schools[seat.school].offers("Francophone");
    let indigenous = home.origin.indigenous;
    let coded = coding::code(
        &coding::Facts {
            school: &division.schools[seat.school],
            grade: seat.grade,
            age: child.birth_date.age_on(year.starts()),
            status: citizenship.status,
            refugee: home.origin.refugee,
            language: home.language(),
            foster: home.shape == Shape::Foster,
            on_reserve: indigenous == Some("331") && home.households[0].physical.format != "Mail-CA",
        },
        random,
    );
    let mut made = PracticeStudent {
        key: format!("{}-S{:06}", division.authority.code, child.number),
        asn: asn(division.first_student + child.number),
        preferred: person::preferred(&name, random),
        former: random.per_mille(9).then(|| PersonName {
            last: random.pick(&home.community.last).to_owned(),
            ..name.clone()
        }),
        birth_date: child.birth_date,
        gender: gender(sex, random),
        identity,
        citizenship,
        section23: if francophone { "Y" } else { home.origin.section23 },
        exercises_section23: francophone,
        language: home.language(),
        indigenous,
        household: 0,
        second_household: home.second_household,
        mobile: (seat.grade >= 7 && random.per_mille(520))
            .then(|| person::phone(staff::area_code(&division.schools[seat.school]), random)),
        email: (seat.grade >= 4).then(|| person::email(&name, &local_number)),
        medical: medical::alerts(random),
        restrictions: Vec::new(),
        independent: home.shape == Shape::Independent,
        twin: child.twin,
        ties: home.ties.clone(),
        enrolment: enrolment(child, coded, random),
        deliberate: None,
        name,
        local_number,
    };
    made.restrictions = restrictions(child, &made, random);
    made
}

impl Home {
    /// The language the children speak at home: that of the first adult.
    fn language(&self) -> &'static str {
        self.adults.first().map_or("ENG", |adult| adult.language)
    }
}

fn child_name(home: &Home, sex: Sex, taken: &[&str], random: &mut Random) -> PersonName {
    let mut name = person::child(home.community, &home.last, sex, random);
    for _ in 0..8 {
        if !taken.contains(&name.first.as_str()) {
            break;
        }
        person::first_name(home.community, sex, random).clone_into(&mut name.first);
    }
    if name.first == name.middle {
        name.middle.clear();
    }
    name
}

/// The number of the `index`th student: a walk through all million numbers
/// that begin with 999, so that neighbours do not look alike.
fn asn(index: u32) -> Asn {
    let place = (u64::from(index) * 387_421 + 44_182) % 1_000_000;
    let number = 999_000_000 + u32::try_from(place).expect("below a million");
    Asn::from_number(number).expect("nine digits")
}

fn gender(sex: Sex, random: &mut Random) -> &'static str {
    match (random.per_mille(4), sex) {
        (true, _) => "X",
        (_, Sex::Female) => "F",
        (_, Sex::Male) => "M",
    }
}

fn restrictions(child: &Child, made: &PracticeStudent, random: &mut Random) -> Vec<PracticeRestriction> {
    let Child { division, home, .. } = child;
    let starts = division.year.starts();
    let mut found = Vec::new();
    let mut add = |code, details: String, effective, expires| {
        found.push(PracticeRestriction {
            code,
            details,
            effective,
            expires,
        });
    };
    if let Some((adult, since)) = home.court_order {
        let name = home.adults[adult].name.sentence();
        let forbidden = home
            .ties
            .iter()
            .any(|tie| tie.adult == adult && tie.custody == crate::model::Custody::NoContact);
        let words = if forbidden {
            format!(
                "{name} may not contact or pick up the student. The order of {since} is on file in the office."
            )
        } else {
            format!(
                "{name} has access as the order of {since} says; the other parent decides. Call the principal before any release."
            )
        };
        add("CourtOrdered", words, since.max(made.birth_date), None);
    }
    if random.per_mille(3) {
        let since = starts
            .plus_days(-i64::from(random.within(5, 600)))
            .max(made.birth_date);
        let words = "Speak with the principal before giving out anything about this student.";
        add("Caution", words.to_owned(), since, None);
    }
    let adult_on = made.birth_date.plus_years(18);
    if home.shape == Shape::Independent && adult_on > starts {
        let since = starts.plus_days(-i64::from(random.within(5, 300)));
        let words = "Decides alone. Nothing goes to parents without the student’s consent.";
        add("IndependentUnder18", words.to_owned(), since, Some(adult_on));
    }
    if home.shape != Shape::Independent && adult_on <= starts && random.per_mille(400) {
        let words = "The student agrees that the guardians go on seeing marks and attendance.";
        add("StudentOver18withGuardian", words.to_owned(), adult_on, None);
    }
    found
}

fn enrolment(child: &Child, coded: Coded, random: &mut Random) -> PracticeEnrolment {
    let Child { division, seat, .. } = child;
    let school = &division.schools[seat.school];
    let (first, last) = division.school_days();
    let start = if random.per_mille(22) {
        let mut day = first.plus_days(i64::from(random.within(1, 24)));
        while day.is_weekend() {
            day = day.plus_days(1);
        }
        day
    } else {
        first
    };
    PracticeEnrolment {
        school: school.code,
        year: division.year,
        grade: Grade::ALL[seat.grade],
        start,
        exit: last,
        exit_type: "CompletionDate",
        programming: coded.programming,
        timeframe: "Day",
        program_percentage: coded.program_percentage,
        hours: coded.hours,
        french_hours: coded.french_hours,
        resident_board: None,
        enrolment_types: coded.enrolment_types,
        exceptions: coded.exceptions,
        grants: coded.grants,
        homeroom: staff::homeroom(seat.grade, school.counts[seat.grade], seat.before),
    }
}
