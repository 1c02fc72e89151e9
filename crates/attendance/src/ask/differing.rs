//! Where the periods of a day and its daily roll do not say the same.

use crate::facts::{self, Timetable};
use crate::model::{Codes, Differing, Group, Half, Mark, Meaning, Mode, Roll, Slot, Word};
use crate::{rules, store};
use access::Permit;
use access::action::ManageAttendance;
use db::Reading;
use kernel::{Date, Outcome, SchoolId, StudentId};
use schools::SchoolDay;
use std::collections::{BTreeMap, BTreeSet};

/// The students of a school whose periods and daily marks of a day disagree, by half; none where the school does not
/// keep both. Not found outside the permit.
pub fn differing(
    at: &mut impl Reading,
    permit: &Permit<ManageAttendance>,
    school: SchoolId,
    on: Date,
) -> Outcome<Vec<Differing>> {
    facts::covers(permit, school)?;
    if store::setting(at, school)?.mode != Mode::Both {
        return Ok(Vec::new());
    }
    let marked: BTreeSet<StudentId> = store::of_days(at, school, (on, on))?
        .into_iter()
        .map(|mark| mark.student)
        .collect();
    let students: Vec<StudentId> = marked.into_iter().collect();
    let Some(seen) = Seen::read(at, (school, on), &students)? else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for student in students {
        for slot in Slot::DAILY {
            let Some(half) = seen.half(student, slot) else {
                continue;
            };
            if let Some(how) = rules::differ(&half) {
                all.push(Differing { student, half, how });
            }
        }
    }
    Ok(all)
}

/// What is known of some students on a day.
pub(crate) struct Seen {
    day: SchoolDay,
    marks: BTreeMap<(StudentId, Slot), Mark>,
    rolls: Vec<Roll>,
    homerooms: BTreeMap<StudentId, String>,
    timetable: Timetable,
    codes: Codes,
}

impl Seen {
    /// Reads it; none on a day on which nobody is taught.
    pub(crate) fn read(
        at: &mut impl Reading,
        (school, on): (SchoolId, Date),
        students: &[StudentId],
    ) -> Outcome<Option<Self>> {
        let timetable = Timetable::read(at, school, on, students)?;
        let Some(day) = timetable.day(on) else {
            return Ok(None);
        };
        let marks = store::of_days(at, school, (on, on))?.into_iter();
        Ok(Some(Self {
            day,
            marks: marks.map(|mark| ((mark.student, mark.slot), mark)).collect(),
            rolls: store::rolls_on(at, school, (on, on))?,
            homerooms: enrolment::placed_on(at, school, on)?.into_iter().collect(),
            timetable,
            codes: store::codes(at, school)?,
        }))
    }

    /// Half a day of a student; none while the daily roll or every period of it is open, and for who is not at the school.
    pub(crate) fn half(&self, student: StudentId, slot: Slot) -> Option<Half> {
        let homeroom = Group::Homeroom(self.homerooms.get(&student)?.clone());
        let daily = self.word(student, slot, &homeroom)?;
        let mut classes: Vec<_> = self.timetable.classes(student, &self.day).into_iter().collect();
        classes.retain(|(number, _)| rules::half_of(&self.day, *number) == slot);
        classes.sort_by_key(|(number, _)| (self.day.begins(*number), *number));
        let periods: Vec<Word> = classes
            .into_iter()
            .filter_map(|(number, section)| {
                self.word(student, Slot::Period(number), &Group::Section(section))
            })
            .collect();
        (!periods.is_empty()).then_some(Half { daily, periods })
    }

    fn word(&self, student: StudentId, slot: Slot, group: &Group) -> Option<Word> {
        if let Some(mark) = self.marks.get(&(student, slot)) {
            return Some(Word {
                slot,
                letter: mark.letter.clone(),
                meaning: mark.meaning,
                version: mark.known.version,
            });
        }
        let mut taken = self.rolls.iter();
        let is_taken = taken.any(|roll| roll.at.slot == slot && roll.at.group == *group);
        is_taken.then(|| Word {
            slot,
            letter: self.present(),
            meaning: Meaning::Present,
            version: 0,
        })
    }

    /// The letter of present on the day.
    pub(crate) fn present(&self) -> String {
        let code = self.codes.of(Meaning::Present, self.day.date);
        code.map_or_else(|| "P".to_owned(), |code| code.letter.clone())
    }

    /// What stands of a student in a slot.
    pub(crate) fn mark(&self, student: StudentId, slot: Slot) -> Option<&Mark> {
        self.marks.get(&(student, slot))
    }

    /// What a letter comes to on the day.
    pub(crate) fn meaning(&self, letter: &str) -> Meaning {
        let code = self.codes.find(letter, self.day.date);
        code.map_or(Meaning::Unexplained, |code| code.meaning)
    }
}
