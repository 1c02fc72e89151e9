//! The authority, its schools and their calendars, on both sides.

use super::calendar;
use access::Permit;
use access::action::ManageSchools;
use db::Tx;
use kernel::{CalendarId, Grade, Outcome, SchoolCode, SchoolId, SchoolYear};
use pasi_reference::seed::Province;
use pasi_wire::messages as wire;
use practice::Division;
use practice::model::PracticeSchool;
use schools::{AddSchool, Authority, SchoolDetails, SetCalendar};

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
    let schools = division.schools.iter();
    Province {
        authorities: vec![authority(division)],
        schools: schools
            .clone()
            .map(|school| school_there(division, school))
            .collect(),
        calendar_years: schools
            .flat_map(|school| years(division).map(|year| calendar_year(school, year)))
            .collect(),
        courses: pasi_reference::catalogue(),
        ..Province::default()
    }
}

fn authority(division: &Division) -> wire::SchoolAuthority {
    let city = Some(division.authority.city.clone()).filter(|city| !city.is_empty());
    wire::SchoolAuthority {
        authority_code: division.authority.code,
        name: division.authority.name.clone(),
        authority_type: division.authority.category.clone(),
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
    let opened = SchoolYear::ending(2001).map(SchoolYear::starts);
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    wire::School {
        school_code: school.code,
        name: school.name.clone(),
        authorities: vec![wire::SchoolAuthorityPeriod {
            authority_code: division.authority.code,
            effective_date: opened.unwrap_or_else(|| division.year.starts()),
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
        open_date: opened,
        close_date: None,
        pasi_core_version: 0,
    }
}

fn calendar_year(school: &PracticeSchool, year: SchoolYear) -> wire::SchoolCalendarYear {
    let days = calendar::days(year);
    let schedule = schools::Calendar {
        id: CalendarId::derived(&format!("practice-{}-{}", school.code, year.number())),
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
