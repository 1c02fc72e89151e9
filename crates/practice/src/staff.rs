//! Staff of schools and of the division office, and homerooms.

use crate::division::Division;
use crate::model::{PracticeSchool, PracticeStaff};
use crate::names;
use crate::person;
use crate::random::Random;
use kernel::{Grade, Role, SchoolCode};
use std::collections::HashMap;

/// Students in a homeroom, at most.
const ROOM: u32 = 24;
/// Students to a teacher.
const PER_TEACHER: u32 = 22;

/// The homeroom of the `before`th of `count` students of a grade: `4B`, and
/// `4B2` where a grade fills more than 26 rooms.
pub(crate) fn homeroom(grade: usize, count: u32, before: u32) -> String {
    let rooms = count.div_ceil(ROOM).max(1);
    room_name(grade, before % rooms)
}

fn room_name(grade: usize, room: u32) -> String {
    let letter = char::from(b'A' + u8::try_from(room % 26).expect("26 letters"));
    let label = match Grade::ALL[grade] {
        Grade::Ecs => "K",
        other => other.label(),
    };
    match room / 26 {
        0 => format!("{label}{letter}"),
        round => format!("{label}{letter}{}", round + 1),
    }
}

/// 780 in the north of the province, 403 in the south.
pub(crate) fn area_code(school: &PracticeSchool) -> &'static str {
    match school.latitude_micro {
        Some(latitude) if latitude < 52_600_000 => "403",
        _ => "780",
    }
}

/// The staff of a school: a principal, two secretaries, a teacher for each 22
/// students, each homeroom with its teacher while there are enough.
pub fn school_staff(division: &Division, school: &PracticeSchool) -> Vec<PracticeStaff> {
    let number = u64::from(school.code.as_str().parse::<u32>().unwrap_or_default());
    let mut desk = Desk::new(division, &[2, number], Some(school.code), area_code(school));
    let mut staff = vec![
        desk.person(Role::Principal, None),
        desk.person(Role::Secretary, None),
        desk.person(Role::Secretary, None),
    ];
    let mut rooms = (0..13)
        .flat_map(|grade| (0..school.counts[grade].div_ceil(ROOM)).map(move |room| room_name(grade, room)));
    for _ in 0..school.students().div_ceil(PER_TEACHER).max(1) {
        staff.push(desk.person(Role::Teacher, rooms.next()));
    }
    staff
}

/// The division office: IT director, coordinator, two specialists, record
/// custodian and privacy officer.
pub fn division_staff(division: &Division) -> Vec<PracticeStaff> {
    let area = division.schools.first().map_or("780", area_code);
    let mut desk = Desk::new(division, &[1], None, area);
    [
        Role::Director,
        Role::Coordinator,
        Role::Specialist,
        Role::Specialist,
        Role::Custodian,
        Role::PrivacyOfficer,
    ]
    .map(|role| desk.person(role, None))
    .into()
}

/// Makes the staff of one place, with addresses that stay unique.
struct Desk {
    random: Random,
    school: Option<SchoolCode>,
    place: String,
    authority: String,
    area: &'static str,
    made: u32,
    taken: HashMap<String, u32>,
}

impl Desk {
    fn new(division: &Division, path: &[u64], school: Option<SchoolCode>, area: &'static str) -> Self {
        let mut whole = vec![division.number()];
        whole.extend(path);
        Self {
            random: Random::new(division.seed, &whole),
            place: school.map_or_else(|| "office".to_owned(), |code| code.to_string()),
            school,
            authority: division.authority.code.to_string(),
            area,
            made: 0,
            taken: HashMap::new(),
        }
    }
    fn person(&mut self, role: Role, homeroom: Option<String>) -> PracticeStaff {
        let community = names::community(&mut self.random);
        let sex = person::sex(&mut self.random);
        let last = self.random.pick(&community.last);
        let mut name = person::adult(community, last, sex, &mut self.random);
        name.middle.clear();
        let tried = person::email(&name, &self.place);
        let times = self.taken.entry(tried.clone()).or_insert(0);
        *times += 1;
        let email = match *times {
            1 => tried,
            again => person::email(&name, &format!("{again}{}", self.place)),
        };
        self.made += 1;
        PracticeStaff {
            key: format!("{}-{}-T{:03}", self.authority, self.place, self.made),
            name,
            role,
            school: self.school,
            email,
            phone: person::phone(self.area, &mut self.random),
            homeroom,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homerooms_are_grade_and_letter_and_hold_at_most_24() {
        for (grade, count, before, room) in [
            (4, 60, 0, "4A"),
            (4, 60, 1, "4B"),
            (4, 60, 3, "4A"),
            (0, 10, 9, "KA"),
            (12, 700, 26, "12A2"),
            (7, 24, 23, "7A"),
        ] {
            assert_eq!(homeroom(grade, count, before), room);
        }
    }
}
