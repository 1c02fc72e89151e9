//! What the desk changes besides identity and address: other records of a
//! student, what a client may do, how much an organization sees; and the trail.

mod common;

use axum::http::StatusCode;
use common::*;
use pasi_reference::{ExamResult, NewClient};
use pasi_wire::ClientRole;
use pasi_wire::messages::*;
use uuid::Uuid;

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const DONE: StatusCode = StatusCode::SEE_OTHER;

/// Bruno in grade 6, coded so that PASI warns (500 without an exception code).
fn enrolled() -> StudentSchoolEnrolment {
    StudentSchoolEnrolment {
        ref_id: Uuid::from_u128(7),
        asn: asn(OTHER),
        school_code: "2601".parse().expect("test school"),
        school_year: school_year(2027),
        grade: Some(kernel::Grade::G6),
        registration_start_date: date("2026-09-01"),
        registration_exit_date: None,
        exit_date_type: ExitDateType::CompletionDate,
        programming_type: "Regular".into(),
        programming_timeframe: "Day".into(),
        calendar_ref_id: None,
        school_provided_program_percentage: None,
        hours_of_instruction: None,
        is_deleted: false,
        source_change_code: None,
        extended: EnrolmentExtras {
            grants_program_codes: vec!["500".into()],
            ..EnrolmentExtras::default()
        },
        pasi_core_version: 0,
    }
}

async fn with_enrolment() -> World {
    let mut province = province();
    province.students[1].enrolments = vec![enrolled()];
    let world = world_of(province).await;
    world.server.settled().await;
    world
}

impl World {
    fn bruno(&self) -> Student {
        self.server.outside().student(asn(OTHER)).expect("there")
    }
    /// Sends a form about Bruno, made from the page as it stands.
    async fn send(&self, form: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let version = self.version(OTHER);
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        self.ask(post(&format!("/students/{OTHER}/{form}"), &all)).await
    }
    fn deeds(&self) -> Vec<String> {
        let deeds = self.server.ministry().deeds().expect("the trail is read");
        deeds.into_iter().map(|deed| deed.what).collect()
    }
}

#[tokio::test]
async fn a_phone_is_added_changed_and_taken_out() {
    let world = world().await;
    let (status, html) = world
        .send("phone", &[("phone_kind", "Home"), ("phone_number", "780")])
        .await;
    assert_eq!(status, REFUSED);
    assert!(html.contains("3002") && html.contains("aria-invalid"));
    let (status, _) = world
        .send(
            "phone",
            &[("phone_kind", "Pigeon"), ("phone_number", "7805550148")],
        )
        .await;
    assert_eq!(status, REFUSED);
    let added = [
        ("phone_kind", "Home"),
        ("phone_number", "7805550148"),
        ("phone_preferred", "yes"),
    ];
    let (status, html) = world.send("phone", &added).await;
    assert_eq!(status, DONE, "{html}");
    let phone = world.bruno().phones[0].clone();
    assert!(phone.is_preferred && phone.number == "7805550148");
    let id = phone.ref_id.to_string();
    let changed = [
        ("ref_id", id.as_str()),
        ("phone_kind", "Mobile"),
        ("phone_number", "7805550149"),
    ];
    assert_eq!(world.send("phone", &changed).await.0, DONE);
    assert_eq!(world.bruno().phones.len(), 1, "the same record");
    let out = [changed[0], changed[1], changed[2], ("phone_remove", "yes")];
    assert_eq!(world.send("phone", &out).await.0, DONE);
    assert!(world.bruno().phones[0].is_deleted);
    let stale = post(
        &format!("/students/{OTHER}/phone"),
        &[
            ("version", "1"),
            ("phone_kind", "Home"),
            ("phone_number", "7805550150"),
        ],
    );
    assert_eq!(world.ask(stale).await.0, StatusCode::CONFLICT);
    assert_eq!(
        world.deeds(),
        ["student.phone"; 3],
        "what was refused is not noted"
    );
}

#[tokio::test]
async fn citizenship_restrictions_and_medical_alerts_are_judged_and_told() {
    let world = world().await;
    let status = codes::built_in(codes::CodeSet::CitizenshipStatus).all()[0]
        .code
        .clone();
    let citizen = [
        ("citizen_status", status.as_str()),
        ("citizen_from", "2015-02-03"),
    ];
    assert_eq!(
        world.send("citizenship", &[("citizen_status", "x")]).await.0,
        REFUSED
    );
    assert_eq!(world.send("citizenship", &citizen).await.0, DONE);
    assert_eq!(world.bruno().citizenship[0].status, status);

    let order = |until: &'static str| {
        [
            ("restricted", "CourtOrdered"),
            ("restricted_text", "Only the mother\r\npicks up"),
            ("restricted_from", "2026-09-01"),
            ("restricted_until", until),
            ("restricted_active", "yes"),
        ]
    };
    let (refused, html) = world.send("restriction", &order("2026-08-01")).await;
    assert!(
        refused == REFUSED && html.contains("3002"),
        "an end before its beginning"
    );
    assert_eq!(world.send("restriction", &order("")).await.0, DONE);
    let held = world.bruno().disclosure_restrictions[0].clone();
    assert_eq!(held.details.as_deref(), Some("Only the mother\r\npicks up"));
    let id = held.ref_id.to_string();
    let ended = [
        ("ref_id", id.as_str()),
        ("restricted", "CourtOrdered"),
        ("restricted_from", "2026-09-01"),
    ];
    assert_eq!(world.send("restriction", &ended).await.0, DONE);
    assert!(
        !world.bruno().disclosure_restrictions[0].is_active,
        "not in force any more"
    );

    let alert = [
        ("medical_kind", "LifeThreatening"),
        ("medical_text", "Peanuts\nEpiPen"),
    ];
    assert_eq!(
        world.send("medical", &alert[..1]).await.0,
        REFUSED,
        "an alert says something"
    );
    assert_eq!(world.send("medical", &alert).await.0, DONE);
    assert_eq!(world.bruno().medical_alerts[0].alert_type, "LifeThreatening");
    let (_, html) = world.ask(get(&format!("/students/{OTHER}"))).await;
    assert!(html.contains("EpiPen"), "the record shows it");
    let (_, trail) = world.ask(get("/trail")).await;
    assert!(trail.contains("student.medical") && trail.contains("student.restriction"));
    assert!(
        !trail.contains("EpiPen") && !trail.contains("mother"),
        "the trail tells no content"
    );
}

#[tokio::test]
async fn an_enrolment_ends_and_a_warning_is_overridden_by_the_ministry() {
    let world = with_enrolment().await;
    let dossier = || world.server.ministry().dossier(asn(OTHER)).expect("there");
    let version = dossier().enrolments[0].0.pasi_core_version.to_string();
    let id = Uuid::from_u128(7).to_string();
    let form = |exit: &'static str| {
        [
            ("ref_id", id.as_str()),
            ("record_version", version.as_str()),
            ("enrolled_grade", "05"),
            ("enrolled_why", "WithdrawalDate"),
            ("enrolled_from", "2026-09-01"),
            ("enrolled_exit", exit),
        ]
    };
    let (status, html) = world.send("enrolment", &form("2026-08-01")).await;
    assert!(status == REFUSED && html.contains("before the first"));
    let (status, html) = world.send("enrolment", &form("2026-11-20")).await;
    assert_eq!(status, DONE, "{html}");
    let held = dossier().enrolments[0].0.clone();
    assert_eq!(held.registration_exit_date, Some(date("2026-11-20")));
    assert_eq!(
        held.extended.grants_program_codes,
        ["500"],
        "what the form does not ask stays"
    );
    let (status, html) = world.send("enrolment", &form("2026-11-21")).await;
    assert!(
        status == REFUSED && html.contains("changed meanwhile"),
        "the page was older"
    );
    let foreign = [("ref_id", "00000000-0000-0000-0000-000000000009"), form("")[1]];
    assert_eq!(world.send("enrolment", &foreign).await.0, REFUSED);

    world.server.settled().await;
    let warning = || {
        let (_, status) = dossier().enrolments[0].clone();
        let status = status.expect("it was judged");
        let place = status
            .alerts
            .iter()
            .position(|one| one.alert_type == AlertType::Warning);
        (
            status.pasi_core_version.to_string(),
            place.expect("PASI warns"),
            status,
        )
    };
    let (of, (seen, place, _)) = (format!("enrolment:{id}"), warning());
    let place_text = place.to_string();
    let said = |verb: &'static str, seen: &str| {
        post(
            &format!("/students/{OTHER}/alert"),
            &[
                ("of", &of),
                ("status_version", seen),
                ("place", &place_text),
                ("verb", verb),
            ],
        )
    };
    assert_eq!(
        world.ask(said("override", "1")).await.0,
        StatusCode::CONFLICT,
        "judged anew since"
    );
    assert_eq!(world.ask(said("override", &seen)).await.0, DONE);
    let (now, _, status) = warning();
    assert_eq!(
        status.alerts[place].acknowledgement_status,
        AcknowledgementStatus::Overridden
    );
    assert_eq!(
        world.ask(said("override", &seen)).await.0,
        StatusCode::CONFLICT,
        "a second click"
    );
    assert_eq!(world.ask(said("end", &now)).await.0, DONE);
    let (_, _, status) = warning();
    assert_eq!(
        status.alerts[place].acknowledgement_status,
        AcknowledgementStatus::Unacknowledged
    );
}

#[tokio::test]
async fn a_responsible_school_is_recorded_by_the_rules_of_a_submit() {
    let world = with_enrolment().await;
    let form = |reason: &'static str| {
        [
            ("responsible_is", "Yes"),
            ("responsible_school", "2601"),
            ("responsible_from", "2026-09-01"),
            ("responsible_why", reason),
        ]
    };
    let (status, html) = world.send("responsible", &form("CompletedK12")).await;
    assert!(
        status == REFUSED && html.contains("11626"),
        "a reason of the system's"
    );
    let (status, html) = world.send("responsible", &form("NewStudent")).await;
    assert_eq!(status, DONE, "{html}");
    let dossier = world.server.ministry().dossier(asn(OTHER)).expect("there");
    assert_eq!(dossier.responsible_schools[0].0.transition_reason, "NewStudent");
}

#[tokio::test]
async fn a_mark_that_was_marked_again_takes_the_place_of_the_one_that_stands() {
    let world = world().await;
    let desk = world.server.ministry();
    let exam = desk.diploma_exams().last().expect("an exam").ref_id;
    let send = async |mark: &str, percent: &str| {
        world
            .send("results/rescored", &[("marked", mark), ("percent", percent)])
            .await
    };
    assert_eq!(send(&exam.to_string(), "80").await.0, REFUSED, "no mark stands");
    let result = ExamResult {
        asn: asn(OTHER),
        exam,
        school: "2601".parse().expect("test school"),
        status: "RegularExamMark".into(),
        mark: Some(72),
        achieved: Some(date("2026-01-19")),
    };
    desk.outside().post_exam_result(result).await.expect("posted");
    let held = desk.examinations(asn(OTHER)).exam_marks[0].0.clone();
    let mark = held.ref_id.to_string();
    assert_eq!(send(&mark, "101").await.0, REFUSED);
    let (status, html) = send(&mark, "72").await;
    assert!(
        status == REFUSED && html.contains("Nothing would change"),
        "the same mark"
    );
    assert_eq!(send(&mark, "81").await.0, DONE);
    let marks = desk.examinations(asn(OTHER)).exam_marks;
    assert_eq!((marks.len(), marks[0].0.mark_value), (1, Some(81)));
    assert_eq!(marks[0].0.achievement_date, held.achievement_date);
}

#[tokio::test]
async fn what_a_client_may_do_is_changed_from_its_next_call_on() {
    let world = world().await;
    let new = NewClient::school_authority("ours", "A.3260".parse().expect("a code"));
    world.server.register(new).expect("registered");
    let (_, html) = world.ask(get("/clients/ours")).await;
    let seen = html.split("name=\"seen\" value=\"").nth(1).expect("a version");
    let seen = seen.split('"').next().expect("its end").to_owned();
    let form = |organizations: &'static str, addresses: &'static str, role: &'static str| {
        let fields = [
            ("seen", seen.as_str()),
            ("description", "A division's system"),
            ("system", "Lodgepole"),
            ("organizations", organizations),
            ("addresses", addresses),
            ("roles", role),
            ("roles", "Medical Alert User"),
        ];
        let without_role = if role.is_empty() {
            &fields[..5]
        } else {
            &fields[..]
        };
        post("/clients/ours/terms", without_role)
    };
    for (organizations, addresses, role, says) in [
        ("", "", "Hello World User", "No such authority"),
        ("A.9999", "", "Hello World User", "No such authority"),
        ("A.3260, x", "", "Hello World User", "No such authority"),
        ("A.3260", "192.0.2.700", "Hello World User", "Not an address"),
        ("A.3260", "", "", "at least one role"),
    ] {
        let (status, html) = world.ask(form(organizations, addresses, role)).await;
        assert!(status == REFUSED && html.contains(says), "{says}");
    }
    let taken = form("A.3260, S.2601", "192.0.2.7, 2001:db8::7", "Hello World User");
    assert_eq!(world.ask(taken).await.0, DONE);
    let client = world.server.clients()[0].clone();
    assert_eq!(client.roles, [ClientRole::HelloWorld, ClientRole::MedicalAlert]);
    assert_eq!((client.organizations.len(), client.addresses.len()), (2, 2));
    assert_eq!(
        client.certificates.len(),
        1,
        "it is known by the same certificate"
    );
    let again = world.ask(form("A.3260", "", "Hello World User")).await;
    assert!(
        again.0 == REFUSED && again.1.contains("Somebody changed"),
        "a stale page"
    );
    let nobody = post("/clients/nobody/terms", &[("seen", "")]);
    assert_eq!(world.ask(nobody).await.0, StatusCode::NOT_FOUND);
    let parts = world
        .server
        .ministry()
        .deeds()
        .expect("read")
        .pop()
        .expect("a deed")
        .parts;
    assert_eq!(
        parts,
        ["description", "system", "organizations", "roles", "addresses"]
    );

    let issue = |until: &'static str| {
        let days = [("valid_from", "2026-01-01"), ("valid_until", until)];
        post("/clients/ours/certificate", &days)
    };
    assert_eq!(world.ask(issue("2025-12-31")).await.0, REFUSED);
    let (status, html) = world.ask(issue("2026-11-01")).await;
    assert!(status == StatusCode::OK && html.contains("BEGIN PRIVATE KEY"));
    let client = world.server.clients()[0].clone();
    assert_eq!(client.certificates[1].validity.until, date("2026-11-01"));
    assert_eq!(client.roles.len(), 2, "a certificate more changes nothing else");
    assert_eq!(client.description, "A division's system");
}

#[tokio::test]
async fn how_much_an_organization_sees_is_set_at_the_desk() {
    let world = world().await;
    let desk = world.server.ministry();
    let authority = |level: &'static str| post("/authorities/3260", &[("level", level)]);
    assert_eq!(world.ask(authority("MIDDLE")).await.0, REFUSED);
    assert_eq!(world.ask(authority("HIGH")).await.0, DONE);
    let held = desk.authority("3260".parse().expect("a code")).expect("there");
    assert_eq!(held.restriction_level, "HIGH");
    assert_eq!(
        world.ask(authority("HIGH")).await.0,
        REFUSED,
        "nothing would change"
    );
    assert_eq!(world.ask(get("/authorities/9999")).await.0, StatusCode::NOT_FOUND);
    let school = [("limited", "yes"), ("designated", "yes")];
    assert_eq!(
        world.ask(post("/organizations/2601/access", &school)).await.0,
        DONE
    );
    let (held, _) = desk.school("2601".parse().expect("a code")).expect("there");
    assert!(held.is_limited_access && held.is_designated_special_education && !held.is_international);
    assert_eq!(world.deeds(), ["authority.changed", "school.changed"]);
}
