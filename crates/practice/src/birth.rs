//! Birth dates that fit a grade.

use crate::random::Random;
use kernel::{Date, SchoolYear};

/// A date of birth for a grade (0 is ECS) in a school year.
///
/// Kindergarten takes children who are five in the calendar year it begins;
/// each grade is a year older. A third of ECS is younger; where a student
/// `may_stay`, a tenth of grade 12 and a few below have stayed a year longer.
pub(crate) fn date(grade: usize, year: SchoolYear, may_stay: bool, random: &mut Random) -> Date {
    let years = i32::try_from(grade).expect("grades are 0 to 12");
    let shift = match grade {
        0 if random.per_mille(350) => -random.weighted(&[(1, 8), (2, 2)]),
        12 if may_stay && random.per_mille(110) => random.weighted(&[(1, 8), (2, 2)]),
        10 | 11 if may_stay && random.per_mille(30) => 1,
        _ => 0,
    };
    let born = year.number() - 1 - 5 - years - shift;
    on_a_day(born, random)
}

/// A date that the age table calls unusual for the grade (rule 10017).
pub(crate) fn unusual(grade: usize, year: SchoolYear, random: &mut Random) -> Date {
    let years = i32::try_from(grade).expect("grades are 0 to 12");
    // Grade 12 has no upper age: there only a younger student is unusual.
    let shift = match grade {
        12 => -3,
        10 | 11 => 4,
        _ => 3,
    };
    on_a_day(year.number() - 6 - years - shift, random)
}

fn on_a_day(year: i32, random: &mut Random) -> Date {
    let month = i8::try_from(random.within(1, 12)).expect("twelve months");
    let days = match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = i8::try_from(random.within(1, days)).expect("at most 31");
    let year = i16::try_from(year).expect("a school year lies between 1900 and 2999");
    Date::new(year, month, day).expect("every month has that day")
}

/// Ages a grade takes on 1 September, youngest and oldest (rule 10017).
#[cfg(test)]
pub(crate) fn ages(grade: usize) -> (u8, u8) {
    const AGES: [(u8, u8); 13] = [
        (2, 5),
        (5, 7),
        (6, 8),
        (7, 9),
        (8, 10),
        (9, 11),
        (10, 12),
        (11, 13),
        (12, 14),
        (13, 15),
        (13, 17),
        (14, 18),
        (15, u8::MAX),
    ];
    AGES[grade]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birth_dates_fit_the_age_table_and_unusual_ones_do_not() {
        let year = SchoolYear::ending(2027).expect("year");
        let mut random = Random::new(3, &[]);
        for grade in 0..13 {
            let (youngest, oldest) = ages(grade);
            for _ in 0..400 {
                let age = date(grade, year, true, &mut random).age_on(year.starts());
                assert!((youngest..=oldest).contains(&age), "grade {grade}: {age}");
                let age = unusual(grade, year, &mut random).age_on(year.starts());
                assert!(
                    !(youngest..=oldest).contains(&age),
                    "grade {grade}: {age} is usual"
                );
            }
        }
    }
}
