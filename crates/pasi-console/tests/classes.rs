//! Course enrolments and sections at the desk: seen from the student, changed
//! as somebody else, refused when wrong or overtaken.

mod common;

use axum::http::StatusCode;
use common::*;
use pasi_wire::messages::{CourseEnrolment, Section};
use uuid::Uuid;

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const DONE: StatusCode = StatusCode::SEE_OTHER;
const SECTION: Uuid = Uuid::from_u128(11);
const SEAT: Uuid = Uuid::from_u128(12);

fn section() -> Section {
    Section {
        ref_id: SECTION,
        school_code: "2601".parse().expect("test school"),
        school_year: school_year(2027),
        description: None,
        course_codes: vec!["ELA1105".parse().expect("a course")],
        section_term: "Semester1".into(),
        start_date: date("2026-09-01"),
        end_date: date("2027-01-29"),
        credits_offered: 5,
        delivery_schedule: "REG".into(),
        primary_delivery_method: "InPerson".into(),
        instructional_language: "English".into(),
        instructional_minutes_offered: None,
        local_section_id: Some(HOSTILE.into()),
        is_deleted: false,
        pasi_core_version: 0,
    }
}

fn seat() -> CourseEnrolment {
    CourseEnrolment {
        ref_id: SEAT,
        asn: asn(OTHER),
        course_code: "ELA1105".parse().expect("a course"),
        section_ref_id: SECTION,
        student_school_enrolment_ref_id: None,
        status: "Registered".into(),
        credits_attempted: 5,
        entry_date: None,
        exit_date: None,
        is_funding_requested: true,
        are_prerequisites_waived: false,
        is_dual_enrolment: false,
        partner_post_secondary_number: None,
        instructional_minutes_received: None,
        mark: None,
        is_deleted: false,
        pasi_core_version: 0,
    }
}

async fn with_a_class() -> World {
    let mut province = province();
    province.sections = vec![section()];
    province.course_enrolments = vec![seat()];
    world_of(province).await
}

/// The choices of a form as they stand, but for what is said otherwise.
fn form(html: &str, otherwise: &[(&'static str, &str)]) -> Vec<(String, String)> {
    let chosen = |select: &str| {
        let part = select.split(" selected").next()?;
        let value = part.rsplit("value=\"").next()?;
        Some(value.split('"').next()?.to_owned())
    };
    let mut fields = Vec::new();
    for select in html.split("<select").skip(1) {
        let name = select
            .split("name=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let inner = select.split("</select>").next().unwrap_or_default();
        if let (Some(name), Some(value)) =
            (name, inner.contains(" selected").then(|| chosen(inner)).flatten())
        {
            fields.push((name.to_owned(), value));
        }
    }
    for name in ["version", "first", "last", "credits"] {
        let input = html
            .split("<input")
            .find(|input| input.contains(&format!("name=\"{name}\"")));
        let value = input.and_then(|input| input.split("value=\"").nth(1));
        if let Some(value) = value.and_then(|rest| rest.split('"').next()) {
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    fields.retain(|(name, _)| otherwise.iter().all(|(other, _)| other != name));
    fields.extend(
        otherwise
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    fields
}

fn sent(path: &str, fields: &[(String, String)]) -> Asked {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    post(path, &fields)
}

#[tokio::test]
async fn what_a_student_takes_is_seen_and_its_mark_and_status_changed_from_outside() {
    let world = with_a_class().await;
    let (_, record) = world.ask(get(&format!("/students/{OTHER}"))).await;
    let path = format!("/course-enrolments/{SEAT}");
    assert!(record.contains(&path) && record.contains("ELA1105") && !record.contains(HOSTILE));
    let (status, page) = world.ask(get(&path)).await;
    assert_eq!(status, StatusCode::OK);
    for wrong in [
        form(&page, &[("mark", "101")]),
        form(&page, &[("status", "Asleep")]),
        form(&page, &[("left", "yesterday")]),
        form(&page, &[("entered", "2026-10-01"), ("left", "2026-09-30")]),
    ] {
        let (status, html) = world.ask(sent(&path, &wrong)).await;
        assert!(status == REFUSED && html.contains("aria-invalid"), "{wrong:?}");
    }
    let right = form(
        &page,
        &[("status", "Completed"), ("mark", "72"), ("given", "2026-11-20")],
    );
    assert_eq!(world.ask(sent(&path, &right)).await.0, DONE);
    let held = world.server.ministry().course_enrolment(SEAT).expect("there");
    let mark = held.mark.clone().expect("a mark");
    assert_eq!(
        (
            held.status.as_str(),
            mark.mark_value.as_str(),
            mark.assignment_date
        ),
        ("Completed", "72", date("2026-11-20"))
    );
    assert_eq!(held.credits_attempted, 5, "what is not asked for stays");
    let (_, record) = world.ask(get(&format!("/students/{OTHER}"))).await;
    assert!(record.contains("72"), "and stands with the student");
    let (status, html) = world.ask(sent(&path, &right)).await;
    assert!(
        status == REFUSED && html.contains("Somebody changed"),
        "the page is an older one"
    );
    let deeds = world.server.ministry().deeds().expect("the trail is read");
    assert!(deeds.iter().any(|deed| deed.what == "student.course-enrolment"));
}

#[tokio::test]
async fn a_class_shows_who_sits_in_it_and_is_changed_from_outside() {
    let world = with_a_class().await;
    let path = format!("/sections/{SECTION}");
    let (status, page) = world.ask(get(&path)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&format!("/students/{OTHER}")) && !page.contains(HOSTILE));
    for wrong in [
        form(&page, &[("last", "2026-08-31")]),
        form(&page, &[("first", "")]),
        form(&page, &[("credits", "many")]),
        form(&page, &[("method", "By pigeon")]),
    ] {
        let (status, html) = world.ask(sent(&path, &wrong)).await;
        assert!(status == REFUSED && html.contains("aria-invalid"), "{wrong:?}");
    }
    let right = form(&page, &[("last", "2027-01-22"), ("credits", "3")]);
    assert_eq!(world.ask(sent(&path, &right)).await.0, DONE);
    let (held, seats) = world.server.ministry().section(SECTION).expect("there");
    assert_eq!((held.end_date, held.credits_offered), (date("2027-01-22"), 3));
    assert_eq!((held.section_term, seats.len()), (section().section_term, 1));
    assert_eq!(
        world.ask(sent(&path, &right)).await.0,
        REFUSED,
        "the page is an older one"
    );
    for missing in ["/sections/x", &format!("/course-enrolments/{SECTION}")] {
        assert_eq!(
            world.ask(get(missing)).await.0,
            StatusCode::NOT_FOUND,
            "{missing}"
        );
    }
}
