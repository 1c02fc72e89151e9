//! Each association on the day before it ends and on the day after.

use super::*;
use crate::access::Caller;
use crate::clients::{Client, NewClient};
use crate::ops::new_record;
use crate::store::Change;
use kernel::{Instant, OrganizationCode, PersonName, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    AvailabilityStatus, EnrolmentExtras, ExitDateType, IdentificationRecord, School, SchoolAuthority,
    SchoolAuthorityPeriod,
};
use std::sync::Arc;
use uuid::Uuid;

const OURS: &str = "3260";
const OTHERS: &str = "3020";
const STRICT: &str = "0910";
const ABROAD: &str = "9001";

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}
fn code(text: &str) -> AuthorityCode {
    text.parse().expect("test authority")
}
fn asn(number: u32) -> Asn {
    Asn::from_number(999_000_000 + number).expect("nine digits")
}

/// Each authority has one school, with the same number.
fn school(of: &str) -> SchoolCode {
    of.parse().expect("test school")
}

fn organizations() -> Vec<Change> {
    let kinds = [
        (OURS, "Public", "LOW"),
        (OTHERS, "Public", "LOW"),
        (STRICT, "Public", "HIGH"),
        (ABROAD, OUT_OF_ALBERTA, "LOW"),
    ];
    let pair = kinds.map(|(number, kind, restriction)| {
        let authority = SchoolAuthority {
            authority_code: code(number),
            name: format!("Authority {number}"),
            authority_type: kind.to_owned(),
            restriction_level: restriction.to_owned(),
            is_international: kind == OUT_OF_ALBERTA,
            address: None,
            pasi_core_version: 1,
        };
        let school = School {
            school_code: school(number),
            name: format!("School {number}"),
            authorities: vec![SchoolAuthorityPeriod {
                authority_code: code(number),
                effective_date: date("2000-09-01"),
                expiry_date: None,
            }],
            school_type: "Public".to_owned(),
            is_limited_access: false,
            is_international: kind == OUT_OF_ALBERTA,
            is_designated_special_education: false,
            address: None,
            open_date: None,
            close_date: None,
            pasi_core_version: 2,
        };
        [Change::from(authority), Change::from(school)]
    });
    pair.into_iter().flatten().collect()
}

fn student(number: u32, created_by: Option<&str>, primary: Option<Asn>) -> Change {
    let identification = IdentificationRecord {
        name: PersonName::new("Noor", "Haddad"),
        birth_date: date("2015-05-06"),
        gender: "X".to_owned(),
        source_document_type: Some("BirthCertificateCanada".to_owned()),
        identity_document_ref_id: None,
    };
    let mut record = new_record(asn(number), identification, date("2024-09-03"));
    record.created_by = created_by.map(code);
    record.student.primary_asn = primary;
    Change::Student(Box::new(record))
}

fn enrolment(of: u32, at: &str, start: &str, exit: Option<&str>) -> StudentSchoolEnrolment {
    let start = date(start);
    StudentSchoolEnrolment {
        ref_id: Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{of}{at}{start}").as_bytes()),
        asn: asn(of),
        school_code: school(at),
        school_year: SchoolYear::of(start),
        grade: None,
        registration_start_date: start,
        registration_exit_date: exit.map(date),
        exit_date_type: ExitDateType::CompletionDate,
        programming_type: "Regular".to_owned(),
        programming_timeframe: "Day".to_owned(),
        calendar_ref_id: None,
        school_provided_program_percentage: None,
        hours_of_instruction: None,
        is_deleted: false,
        source_change_code: None,
        extended: EnrolmentExtras::default(),
        pasi_core_version: 3,
    }
}

/// A world with one student made by our authority, and these enrolments.
fn world(enrolments: Vec<StudentSchoolEnrolment>) -> World {
    let mut world = World::default();
    let mut changes = organizations();
    changes.push(student(1, Some(OURS), None));
    changes.extend(enrolments.into_iter().map(Change::from));
    world.apply_all(changes);
    world
}

fn of(world: &World, authority: &str, today: &str) -> Association {
    association(world, asn(1), &[code(authority)], date(today))
}

#[test]
fn who_made_the_number_knows_it_for_two_years_or_until_somebody_enrols_the_student() {
    let alone = world(vec![]);
    for (authority, today, want) in [
        (OURS, "2024-09-03", Association::Creation),
        (OURS, "2026-09-02", Association::Creation),
        (OURS, "2026-09-03", Association::None),
        (OTHERS, "2024-09-03", Association::None),
    ] {
        assert_eq!(of(&alone, authority, today), want, "{authority} on {today}");
    }
    let enrolled = world(vec![enrolment(1, OTHERS, "2024-09-03", None)]);
    assert_eq!(of(&enrolled, OURS, "2024-09-04"), Association::None);
    let mut undone = enrolment(1, OTHERS, "2024-09-03", None);
    undone.is_deleted = true;
    assert_eq!(
        of(&world(vec![undone]), OURS, "2024-09-04"),
        Association::Creation,
        "a deleted enrolment never counts"
    );
}

#[test]
fn an_enrolment_is_current_then_last_then_recent() {
    let world = world(vec![enrolment(1, OURS, "2025-09-02", Some("2026-06-26"))]);
    for (today, want) in [
        ("2026-06-25", Association::CurrentEnrolment),
        ("2026-06-26", Association::CurrentEnrolment),
        ("2026-06-27", Association::LastEnrolment),
        ("2026-12-26", Association::LastEnrolment),
        ("2026-12-27", Association::RecentEnrolment),
        ("2027-06-26", Association::RecentEnrolment),
        ("2027-06-27", Association::None),
    ] {
        assert_eq!(of(&world, OURS, today), want, "{today}");
    }
}

#[test]
fn an_enrolment_without_an_exit_date_ends_with_its_school_year() {
    let world = world(vec![enrolment(1, OURS, "2025-09-02", None)]);
    for (today, want) in [
        ("2026-08-31", Association::CurrentEnrolment),
        ("2026-09-01", Association::LastEnrolment),
        ("2027-02-28", Association::LastEnrolment),
        ("2027-03-01", Association::RecentEnrolment),
        ("2027-08-31", Association::RecentEnrolment),
        ("2027-09-01", Association::None),
    ] {
        assert_eq!(of(&world, OURS, today), want, "{today}");
    }
}

#[test]
fn the_last_enrolment_is_the_one_no_newer_alberta_school_followed() {
    let ours = || enrolment(1, OURS, "2025-09-02", Some("2026-01-30"));
    for (case, after, want) in [
        ("nothing followed", None, Association::LastEnrolment),
        (
            "another school followed",
            Some(enrolment(1, OTHERS, "2026-02-02", Some("2026-06-26"))),
            Association::RecentEnrolment,
        ),
        (
            "another school follows later",
            Some(enrolment(1, OTHERS, "2026-09-01", None)),
            Association::RecentEnrolment,
        ),
        (
            "a school elsewhere followed",
            Some(enrolment(1, ABROAD, "2026-02-02", Some("2026-06-26"))),
            Association::LastEnrolment,
        ),
        (
            "both ended the same day, ours began earlier",
            Some(enrolment(1, OTHERS, "2025-10-01", Some("2026-01-30"))),
            Association::RecentEnrolment,
        ),
        (
            "another ended before",
            Some(enrolment(1, OTHERS, "2025-10-01", Some("2026-01-29"))),
            Association::LastEnrolment,
        ),
    ] {
        let world = world([ours()].into_iter().chain(after).collect());
        assert_eq!(of(&world, OURS, "2026-07-02"), want, "{case}");
    }
}

#[test]
fn an_authority_of_high_restriction_is_never_associated_by_a_recent_enrolment() {
    let world = world(vec![enrolment(1, STRICT, "2025-09-02", Some("2026-06-26"))]);
    for (today, want) in [
        ("2026-06-26", Association::CurrentEnrolment),
        ("2026-12-26", Association::LastEnrolment),
        ("2026-12-27", Association::None),
    ] {
        assert_eq!(of(&world, STRICT, today), want, "{today}");
    }
}

#[test]
fn the_strongest_association_of_a_clients_authorities_counts() {
    let world = world(vec![
        enrolment(1, STRICT, "2025-09-02", Some("2026-01-30")),
        enrolment(1, OTHERS, "2026-02-02", Some("2026-06-26")),
    ]);
    let of_both = |today| association(&world, asn(1), &[code(STRICT), code(OTHERS)], date(today));
    assert_eq!(of_both("2026-06-26"), Association::CurrentEnrolment);
    assert_eq!(of_both("2027-06-26"), Association::RecentEnrolment);
    assert_eq!(
        association(&world, asn(2), &[code(OTHERS)], date("2026-06-26")),
        Association::None,
        "nobody has that number"
    );
}

#[test]
fn who_knows_the_primary_number_knows_the_secondary() {
    let mut world = world(vec![enrolment(1, OTHERS, "2025-09-02", Some("2026-06-26"))]);
    world.apply_all(vec![student(2, Some(OURS), Some(asn(1)))]);
    let of = |authority, today| association(&world, asn(2), &[code(authority)], date(today));
    assert_eq!(of(OTHERS, "2026-06-26"), Association::CurrentEnrolment);
    assert_eq!(
        of(OURS, "2026-06-26"),
        Association::Creation,
        "who made it is told what became of it"
    );
    assert_eq!(of(STRICT, "2026-06-26"), Association::None);
}

fn caller(world: &World, authority: &str, today: &str) -> Caller {
    let organization = OrganizationCode::Authority(code(authority));
    let new = NewClient::school_authority("test", organization);
    let client = Client {
        name: new.name,
        description: String::new(),
        system_name: String::new(),
        organizations: new.organizations,
        roles: new.roles,
        certificates: Vec::new(),
        addresses: Vec::new(),
        is_active: true,
    };
    let now = Instant::from_rfc3339(&format!("{today}T19:00:00Z")).expect("a moment");
    Caller::new(world, Arc::new(client), organization, now).expect("it speaks for itself")
}

#[test]
fn an_organization_abroad_learns_less_and_is_not_told_that_there_is_more() {
    use AvailabilityStatus::{NoAccess, Normal, Unknown};
    let ended = |at| world(vec![enrolment(1, at, "2025-09-02", Some("2026-06-26"))]);
    for (authority, today, want) in [
        (OURS, "2026-12-26", Normal),
        (OURS, "2027-06-26", Normal),
        (OURS, "2027-06-27", NoAccess),
        (ABROAD, "2026-12-26", Normal),
        (ABROAD, "2026-12-27", Unknown),
        (ABROAD, "2027-06-27", Unknown),
    ] {
        let world = ended(authority);
        let by = caller(&world, authority, today);
        assert_eq!(by.availability(&world, asn(1)), want, "{authority} on {today}");
        assert_eq!(by.availability(&world, asn(7)), Unknown, "nobody has that number");
    }
}

#[test]
fn months_end_where_the_calendar_does() {
    for (from, months, want) in [
        ("2026-06-26", 6, "2026-12-26"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-11-23", 14, "2028-01-23"),
        ("2026-12-31", 14, "2028-02-29"),
    ] {
        assert_eq!(
            plus_months(date(from), months),
            date(want),
            "{from} and {months} months"
        );
    }
}
