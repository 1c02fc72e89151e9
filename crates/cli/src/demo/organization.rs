//! The authority, its schools and their calendars, on both sides.

use super::{bells, calendar};
use access::Permit;
use access::action::ManageSchools;
use db::Tx;
use kernel::{AuthorityCode, CalendarId, Date, Grade, Outcome, SchoolCode, SchoolId, SchoolYear};
use pasi_reference::seed::Province;
use pasi_wire::messages as wire;
use practice::Division;
use practice::model::PracticeSchool;
use practice::open_data::DirectorySchool;
use schools::{AddSchool, Authority, SchoolDetails, SetCalendar};
use std::collections::HashSet;

/// The id of a practice school.
pub(crate) fn school_id(code: SchoolCode) -> SchoolId {
    SchoolId::derived(&format!("practice-{code}"))
}

/// The school years with a calendar: this one and the one before.
fn years(division: &Division) -> [SchoolYear; 2] {
    [division.year.previous(), division.year]
}

/// Makes the authority, the schools and their calendars.
pub(crate) fn add_schools(tx: &mut Tx, division: &Division) -> Outcome<()> {
    let permit = Permit::<ManageSchools>::program(&tx.actor().clone())?;
    let authority = Authority {
        code: division.authority.code,
        name: division.authority.name.clone(),
        kind: division.authority.category.clone(),
    };
    schools::set_authority(tx, &permit, authority)?;
    for school in &division.schools {
        let id = school_id(school.code);
        let details = details(division, school);
        schools::add_school(
            tx,
            &permit,
            AddSchool {
                id: Some(id),
                details,
            },
        )?;
        for year in years(division) {
            let days = calendar::days(year);
            let calendar = SetCalendar {
                school: id,
                year,
                seen: 0,
                first_day: days.first,
                last_day: days.last,
                closures: days.closures,
            };
            schools::set_calendar(tx, &permit, calendar)?;
            bells::add(tx, &permit, (id, year), school)?;
        }
    }
    Ok(())
}

fn details(division: &Division, school: &PracticeSchool) -> SchoolDetails {
    SchoolDetails {
        code: school.code,
        name: school.name.clone(),
        authority: division.authority.code,
        street: school.address.street.clone(),
        city: school.address.city.clone(),
        postal_code: school.address.postal_code.clone(),
        phone: school.phone.clone(),
        lowest_grade: school.grades().min().unwrap_or(Grade::Ecs),
        highest_grade: school.grades().max().unwrap_or(Grade::G12),
    }
}

/// The same at the province.
pub(crate) fn province(division: &Division) -> Province {
    let years = years(division);
    Province {
        courses: pasi_reference::catalogue(),
        diploma_exams: years
            .into_iter()
            .flat_map(pasi_reference::diploma_exams)
            .collect(),
        achievement_tests: years
            .into_iter()
            .flat_map(pasi_reference::achievement_tests)
            .collect(),
        ..province_in(division, &years)
    }
}

/// The authority and its schools at the province, with the calendars of some school years.
pub(crate) fn province_in(division: &Division, years: &[SchoolYear]) -> Province {
    let schools = division.schools.iter();
    Province {
        authorities: vec![authority(division)],
        schools: schools
            .clone()
            .map(|school| school_there(division, school))
            .collect(),
        calendar_years: schools
            .flat_map(|school| years.iter().map(|year| calendar_year(school, *year)))
            .collect(),
        ..Province::default()
    }
}

/// Adds schools that nobody attends any more, and their authorities, from the
/// directory of 2021, until there are so many; fewer when it has no more.
pub(crate) fn add_unattended(province: &mut Province, schools: usize) {
    let mut known: HashSet<SchoolCode> = province.schools.iter().map(|school| school.school_code).collect();
    let mut reporting: HashSet<AuthorityCode> = province
        .authorities
        .iter()
        .map(|authority| authority.authority_code)
        .collect();
    for listed in practice::open_data::schools() {
        if province.schools.len() >= schools {
            return;
        }
        if !known.insert(listed.school) {
            continue;
        }
        if reporting.insert(listed.authority) {
            province.authorities.push(authority_named(
                listed.authority,
                &listed.authority_name,
                &listed.authority_type,
                &listed.authority_city,
            ));
        }
        province.schools.push(unattended(listed));
    }
}

fn unattended(listed: &DirectorySchool) -> wire::School {
    let opened = opened();
    wire::School {
        school_code: listed.school,
        name: listed.name.clone(),
        authorities: vec![wire::SchoolAuthorityPeriod {
            authority_code: listed.authority,
            effective_date: opened,
            expiry_date: None,
        }],
        school_type: listed.authority_type.clone(),
        is_limited_access: false,
        is_international: false,
        is_designated_special_education: false,
        address: Some(wire::OrganizationAddress {
            street: some(&listed.street),
            city: some(&listed.city),
            state_province: some(&listed.province),
            postal_code: some(&listed.postal_code),
        }),
        open_date: Some(opened),
        close_date: None,
        pasi_core_version: 0,
    }
}

/// The day from which every practice school is open.
fn opened() -> Date {
    let year = SchoolYear::ending(2001).expect("a school year may end in 2001");
    year.starts()
}

/// Empty text is no value.
fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn authority(division: &Division) -> wire::SchoolAuthority {
    let of = &division.authority;
    authority_named(of.code, &of.name, &of.category, &of.city)
}

fn authority_named(code: AuthorityCode, name: &str, category: &str, city: &str) -> wire::SchoolAuthority {
    let city = some(city);
    wire::SchoolAuthority {
        authority_code: code,
        name: name.to_owned(),
        authority_type: category.to_owned(),
        restriction_level: "LOW".to_owned(),
        is_international: false,
        address: city.map(|city| wire::OrganizationAddress {
            street: None,
            city: Some(city),
            state_province: Some("AB".to_owned()),
            postal_code: None,
        }),
        pasi_core_version: 0,
    }
}

fn school_there(division: &Division, school: &PracticeSchool) -> wire::School {
    let opened = opened();
    wire::School {
        school_code: school.code,
        name: school.name.clone(),
        authorities: vec![wire::SchoolAuthorityPeriod {
            authority_code: division.authority.code,
            effective_date: opened,
            expiry_date: None,
        }],
        school_type: division.authority.category.clone(),
        is_limited_access: false,
        is_international: false,
        is_designated_special_education: false,
        address: Some(wire::OrganizationAddress {
            street: some(&school.address.street),
            city: some(&school.address.city),
            state_province: some(school.address.province),
            postal_code: some(&school.address.postal_code),
        }),
        open_date: Some(opened),
        close_date: None,
        pasi_core_version: 0,
    }
}

fn calendar_year(school: &PracticeSchool, year: SchoolYear) -> wire::SchoolCalendarYear {
    let days = calendar::days(year);
    let schedule = schools::Calendar {
        id: schedule_id(school.code, year),
        school: school_id(school.code),
        year,
        first_day: days.first,
        last_day: days.last,
        closures: days.closures,
        version: 1,
    };
    let taught = schools::rules::instructional_days(&schedule).count();
    wire::SchoolCalendarYear {
        school_code: school.code,
        school_year: year,
        grades_offered: school
            .grades()
            .map(|grade| wire::GradeOffered { grade })
            .collect(),
        programs_offered: school
            .programs
            .iter()
            .map(|program| (*program).to_owned())
            .collect(),
        calendars: vec![wire::OperatingSchedule {
            ref_id: schedule.id.uuid(),
            name: "Regular".to_owned(),
            start_date: schedule.first_day,
            end_date: schedule.last_day,
            instructional_days: u16::try_from(taught).unwrap_or(u16::MAX),
        }],
        pasi_core_version: 0,
    }
}

/// The only operating schedule of a practice school in a school year.
pub(super) fn schedule_id(school: SchoolCode, year: SchoolYear) -> CalendarId {
    CalendarId::derived(&format!("practice-{school}-{}", year.number()))
}
