//! What the status processors find: the rules of the contract over the facts
//! only the province has together.

use crate::association::{OUT_OF_ALBERTA, end_of};
use crate::code_tables::CodeTables;
use crate::store::World;
use codes::CodeSet;
use kernel::{Asn, AuthorityCode, Date, Findings, Grade, SchoolYear};
use pasi_wire::messages::{
    AcknowledgementStatus, ClassroomAccommodation, CoreAlert, Course, CourseEnrolment, EvaluatedMark,
    ResponsibleSchool, School, SchoolAuthority, SchoolCalendarYear, Section, StudentSchoolEnrolment,
};
use pasi_wire::rules::enrolment::{EnrolmentFacts, Offered, SchoolKind, UNKNOWN_GENDER};
use pasi_wire::rules::{self, accommodation, enrolment, mark, person, responsible, section};
use pasi_wire::window::NotificationType;
use uuid::Uuid;

/// Kind of authority a francophone board is.
const FRANCOPHONE: &str = "Francophone";

/// What the processors judge by: the records, the code tables in force, the day.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) world: &'a World,
    pub(crate) codes: &'a CodeTables,
    pub(crate) today: Date,
}

/// Alerts of a student as stored.
pub(crate) fn of_student(at: Facts<'_>, asn: Asn) -> Vec<CoreAlert> {
    let Some(record) = at.world.student(asn) else {
        return Vec::new();
    };
    let mut found = Findings::default();
    for address in record
        .student
        .addresses
        .iter()
        .filter(|address| !address.is_deleted)
    {
        found.extend(person::student_address(address, at.today).0);
    }
    rules::alerts(&found)
}

/// Alerts of a record of the kind named, as stored.
pub(crate) fn of_record(at: Facts<'_>, of: NotificationType, ref_id: Uuid) -> Vec<CoreAlert> {
    let world = at.world;
    let found = match of {
        NotificationType::StudentSchoolEnrolment => world
            .get::<StudentSchoolEnrolment>(ref_id)
            .map(|record| of_enrolment(at, &record)),
        NotificationType::ResponsibleSchool => world
            .get::<ResponsibleSchool>(ref_id)
            .map(|record| of_responsible_school(world, &record)),
        NotificationType::ClassroomAccommodation => world
            .get::<ClassroomAccommodation>(ref_id)
            .map(|record| of_accommodation(world, record)),
        NotificationType::Section => world
            .get::<Section>(ref_id)
            .map(|record| of_section(world, record)),
        NotificationType::CourseEnrolment => world
            .get::<CourseEnrolment>(ref_id)
            .map(|record| of_course_enrolment(world, &record)),
        NotificationType::EvaluatedMark => world.get::<EvaluatedMark>(ref_id).map(|record| {
            let course = world.get::<Course>(record.course_code);
            mark::stored_evaluated(&record, course)
        }),
        _ => None,
    };
    rules::alerts(&found.unwrap_or_default())
}

fn of_enrolment(at: Facts<'_>, record: &StudentSchoolEnrolment) -> Findings {
    let Facts { world, codes, today } = at;
    let Some(student) = world.student(record.asn) else {
        return Findings::default();
    };
    let grants: Vec<&str> = texts(&record.extended.grants_program_codes);
    let exceptions = texts(&record.extended.exception_codes);
    let year = record.school_year;
    let expired: Vec<&str> = grants
        .iter()
        .copied()
        .filter(|code| !codes.holds(CodeSet::GrantsProgramCode, code, year))
        .collect();
    let last_year = last_year_grants(world, record);
    let last_year: Option<Vec<&str>> = last_year.as_ref().map(|codes| texts(codes));
    let offered = world.get::<SchoolCalendarYear>((record.school_code, year));
    let calendars = offered.map_or_else(Vec::new, calendars);
    let grades: Vec<Grade> = offered.map_or_else(Vec::new, |offered| {
        let grades = offered.grades_offered.iter();
        grades.map(|offered| offered.grade).collect()
    });
    let programs = offered.map(|offered| texts(&offered.programs_offered));
    let in_force = student
        .student
        .citizenship
        .iter()
        .filter(|status| !status.is_deleted);
    let citizenship = in_force
        .filter(|status| status.effective_date <= today)
        .max_by_key(|status| status.effective_date)
        .map(|status| status.status.as_str());
    let resident_board = record.extended.resident_board;
    let facts = EnrolmentFacts {
        school_year: year,
        current_year: SchoolYear::of(today),
        grade: record.grade,
        birth_date: student.student.identification.birth_date,
        is_gender_unknown: student.student.identification.gender == UNKNOWN_GENDER,
        is_deleted: record.is_deleted,
        programming_type: &record.programming_type,
        programming_timeframe: &record.programming_timeframe,
        start: record.registration_start_date,
        exit: record.registration_exit_date,
        calendars: &calendars,
        grants: &grants,
        expired_grants: &expired,
        last_year_grants: last_year.as_deref(),
        exceptions: &exceptions,
        enrolment_types: record.extended.enrolment_type_codes.len(),
        has_fnmi: record.extended.fnmi_declaration.is_some(),
        resident_board,
        is_resident_board_known: resident_board
            .is_none_or(|code| world.get::<SchoolAuthority>(code).is_some()),
        francophone_board: record.extended.francophone_board,
        french_hours: record.extended.french_hours,
        school: kind_of(world, record),
        offered: offered.map(|_| Offered {
            grades: &grades,
            programs: programs.as_deref(),
        }),
        citizenship,
        program_percentage: record.school_provided_program_percentage,
    };
    enrolment::judge(&facts)
}

fn texts(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

fn calendars(offered: &SchoolCalendarYear) -> Vec<(Date, Date)> {
    let schedules = offered.calendars.iter();
    schedules
        .map(|schedule| (schedule.start_date, schedule.end_date))
        .collect()
}

/// Grants codes of the latest enrolment of the year before.
fn last_year_grants(world: &World, record: &StudentSchoolEnrolment) -> Option<Vec<String>> {
    let before = record.school_year.previous();
    world
        .enrolments_of(record.asn)
        .filter(|other| !other.is_deleted && other.school_year == before)
        .max_by_key(|other| other.registration_start_date)
        .map(|other| other.extended.grants_program_codes.clone())
}

fn kind_of(world: &World, record: &StudentSchoolEnrolment) -> SchoolKind {
    let school = world.get::<School>(record.school_code);
    let authority = world
        .authority_of(record.school_code)
        .and_then(|code| world.get::<SchoolAuthority>(code));
    if school.is_some_and(|school| school.is_designated_special_education) {
        SchoolKind::DesignatedSpecialEducation
    } else if authority.is_some_and(|authority| authority.authority_type.eq_ignore_ascii_case(FRANCOPHONE)) {
        SchoolKind::Francophone
    } else {
        SchoolKind::Ordinary
    }
}

fn of_responsible_school(world: &World, record: &ResponsibleSchool) -> Findings {
    let authority: Option<AuthorityCode> = record.school_code.and_then(|code| world.authority_of(code));
    let held = authority.and_then(|code| world.get::<SchoolAuthority>(code));
    let is_outside = held.is_some_and(|held| held.authority_type == OUT_OF_ALBERTA);
    responsible::stored(record, authority, is_outside)
}

fn of_accommodation(world: &World, record: &ClassroomAccommodation) -> Findings {
    let start = record.start_date;
    let is_enrolled = world.enrolments_of(record.asn).any(|enrolment| {
        let lasts = enrolment.registration_start_date <= start && start <= end_of(&enrolment);
        !enrolment.is_deleted && enrolment.school_code == record.school_code && lasts
    });
    accommodation::stored(record, is_enrolled).into_iter().collect()
}

fn of_section(world: &World, record: &Section) -> Findings {
    let codes = record.course_codes.iter();
    let courses: Vec<&Course> = codes.filter_map(|code| world.get::<Course>(*code)).collect();
    section::stored(&section::Stored {
        section: record,
        courses: &courses,
        school: world.get::<School>(record.school_code),
        authority: world.authority_of(record.school_code),
        calendar: world.get::<SchoolCalendarYear>((record.school_code, record.school_year)),
    })
}

fn of_course_enrolment(world: &World, record: &CourseEnrolment) -> Findings {
    let Some(section) = world.get::<Section>(record.section_ref_id) else {
        return Findings::default();
    };
    let course = world.get::<Course>(record.course_code);
    let enrolments: Vec<_> = world.enrolments_of(record.asn).collect();
    mark::stored_course_enrolment(record, section, course, enrolments.iter().map(|held| &**held))
}

/// The alerts found now with what people said to them, and what is remembered
/// of those that do not stand any more.
///
/// `before` is what stood, `remembered` what was said to alerts that vanished.
/// Acknowledged and overridden persist over resubmits, so that an alert that
/// comes back comes back with its answer; one in progress is dropped with its
/// alert. An alert with another value is a new one.
pub(crate) fn with_acknowledgements(
    mut now: Vec<CoreAlert>,
    before: &[CoreAlert],
    remembered: &[CoreAlert],
) -> (Vec<CoreAlert>, Vec<CoreAlert>) {
    for alert in &mut now {
        let mut said = before.iter().chain(remembered);
        let old = said.find(|old| old.is_same(alert));
        alert.acknowledgement_status = old.map_or(AcknowledgementStatus::Unacknowledged, |old| {
            old.acknowledgement_status
        });
    }
    let is_answered = |alert: &&CoreAlert| {
        matches!(
            alert.acknowledgement_status,
            AcknowledgementStatus::Acknowledged | AcknowledgementStatus::Overridden
        )
    };
    let gone: Vec<CoreAlert> = before
        .iter()
        .chain(remembered)
        .filter(is_answered)
        .filter(|old| !now.iter().any(|alert| alert.is_same(old)))
        .cloned()
        .collect();
    (now, gone)
}
