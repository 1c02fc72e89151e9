//! A division that is synchronized from the start: the demo, and a change-over.

use crate::map::SyncState;
use crate::mirror::{self, First};
use crate::{cursor, organizations};
use db::schema::student_card;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Asn, Outcome, SchoolYear, StudentId};
use pasi_wire::messages as wire;
use pasi_wire::window::{NotificationType, Topic, synchronized_years};
use serde::Serialize;
use std::collections::HashMap;

/// Both sides' records, loaded on both alike; versions as PASI gave them.
#[derive(Debug, Clone, Default)]
pub struct Seeded {
    /// Each of our students with PASI's copy.
    pub students: Vec<(StudentId, wire::Student)>,
    /// PASI's copies of their enrolments.
    pub enrolments: Vec<wire::StudentSchoolEnrolment>,
    /// PASI's copies of their responsible schools.
    pub responsible_schools: Vec<wire::ResponsibleSchool>,
    /// PASI's copies of our sections.
    pub sections: Vec<wire::Section>,
    /// PASI's copies of the course enrolments in them.
    pub course_enrolments: Vec<wire::CourseEnrolment>,
    /// The highest version among all of PASI's records: only what is newer is asked for.
    pub version: i64,
}

/// Takes both sides as equal: nothing is compared and nothing is sent. Schools,
/// authorities and calendar years are read by the first long poll.
///
/// Writes: `pasi_mirror`, `pasi_cursor`, the cards' state with the province.
/// Fails as a conflict when a record was mirrored before.
pub fn seed(tx: &mut Tx, seeded: &Seeded) -> Outcome<()> {
    let owners: HashMap<Asn, StudentId> = seeded
        .students
        .iter()
        .map(|(student, theirs)| (theirs.asn, *student))
        .collect();
    let owner = |asn: Asn| owners.get(&asn).copied();
    let students = seeded.students.iter().map(|(student, theirs)| Copied {
        key: theirs.asn.as_str().to_owned(),
        version: theirs.pasi_core_version,
        record: theirs,
        student: Some(*student),
        year: None,
    });
    keep(tx, NotificationType::Student, students)?;
    let enrolments = seeded.enrolments.iter().map(|theirs| Copied {
        key: theirs.ref_id.to_string(),
        version: theirs.pasi_core_version,
        record: theirs,
        student: owner(theirs.asn),
        year: Some(theirs.school_year),
    });
    keep(tx, NotificationType::StudentSchoolEnrolment, enrolments)?;
    let responsible = seeded.responsible_schools.iter().map(|theirs| Copied {
        key: theirs.ref_id.to_string(),
        version: theirs.pasi_core_version,
        record: theirs,
        student: owner(theirs.asn),
        year: None,
    });
    keep(tx, NotificationType::ResponsibleSchool, responsible)?;
    let years: HashMap<uuid::Uuid, SchoolYear> = seeded
        .sections
        .iter()
        .map(|section| (section.ref_id, section.school_year))
        .collect();
    let sections = seeded.sections.iter().map(|theirs| Copied {
        key: theirs.ref_id.to_string(),
        version: theirs.pasi_core_version,
        record: theirs,
        student: None,
        year: Some(theirs.school_year),
    });
    keep(tx, NotificationType::Section, sections)?;
    let seats = seeded.course_enrolments.iter().map(|theirs| Copied {
        key: theirs.ref_id.to_string(),
        version: theirs.pasi_core_version,
        record: theirs,
        student: owner(theirs.asn),
        year: years.get(&theirs.section_ref_id).copied(),
    });
    keep(tx, NotificationType::CourseEnrolment, seats)?;
    let of_students = |topic: &Topic| !organizations::is_of_them(topic.notification_type);
    for topic in topics_on(tx.today()).into_iter().filter(of_students) {
        cursor::set(tx, topic, seeded.version)?;
    }
    let division = tx.division();
    let cards = student_card::table.filter(
        student_card::division_id
            .eq(division)
            .and(student_card::asn.is_not_null()),
    );
    diesel::update(cards)
        .set(student_card::sync_state.eq(SyncState::InSync.as_str()))
        .execute(tx.conn())?;
    Ok(())
}

/// PASI's copy of a record, with whose it is.
struct Copied<'t, T> {
    key: String,
    version: i64,
    record: &'t T,
    student: Option<StudentId>,
    year: Option<SchoolYear>,
}

fn keep<'t, T: Serialize + 't>(
    tx: &mut Tx,
    kind: NotificationType,
    all: impl Iterator<Item = Copied<'t, T>>,
) -> Outcome<()> {
    let first = |one: Copied<'t, T>| {
        Ok(First {
            body: mirror::apart(tx.sealer(), one.record)?,
            key: one.key,
            version: one.version,
            student: one.student,
            year: one.year,
        })
    };
    let all: Vec<First> = all.map(first).collect::<Outcome<_>>()?;
    mirror::keep_first(tx, kind, all)
}

/// What is listened for on a day: kinds of record, by school year where they have one.
pub fn topics_on(today: kernel::Date) -> Vec<Topic> {
    let mut topics = vec![
        Topic::of(NotificationType::SchoolAuthority),
        Topic::of(NotificationType::School),
        Topic::of(NotificationType::Course),
        Topic::of(NotificationType::Student),
        Topic::of(NotificationType::StudentStatus),
        Topic::of(NotificationType::ResponsibleSchool),
        Topic::of(NotificationType::ResponsibleSchoolStatus),
    ];
    let years = synchronized_years(today);
    for year in (years.start().number()..=years.end().number()).filter_map(SchoolYear::ending) {
        topics.push(Topic::in_year(NotificationType::SchoolCalendarYear, year));
        topics.push(Topic::in_year(NotificationType::StudentSchoolEnrolment, year));
        topics.push(Topic::in_year(
            NotificationType::StudentSchoolEnrolmentStatus,
            year,
        ));
        for kind in [
            NotificationType::Section,
            NotificationType::SectionStatus,
            NotificationType::CourseEnrolment,
            NotificationType::CourseEnrolmentStatus,
        ] {
            topics.push(Topic::in_year(kind, year));
        }
    }
    topics
}
