//! High school records: sections, courses, marks, diploma exams, transcripts.

#[path = "common/academic.rs"]
mod academic;
mod common;

use academic::*;
use common::*;
use kernel::{Instant, OrganizationCode};
use pasi_wire::Response;
use pasi_wire::messages::*;

fn codes(rejections: &[Rejection]) -> Vec<u32> {
    rejections.iter().map(|rejection| rejection.code).collect()
}

fn codes_of(answer: &SubmitListResponse) -> Vec<Vec<u32>> {
    answer.results.iter().map(|one| codes(&one.rejections)).collect()
}

macro_rules! read {
    ($client:expr, $operation:ident, $request:ident { $keys:ident: $all:expr }) => {{
        let request = $request {
            caller: $client.caller(),
            $keys: $all,
        };
        match $client.call(request).await.expect("an answer") {
            Response::$operation(answer) => answer.results,
            other => panic!("{} answered", other.operation()),
        }
    }};
}

/// Our school with the section of Mathematics 10C.
async fn with_section() -> (World, Client) {
    let world = high_school().await;
    let client = world.client();
    let made = client.put_section(section(SECTION, &["MAT1791"])).await;
    assert!(made.is_stored(), "{:?}", made.rejections);
    (world, client)
}

/// The same with Aiyana's mark of 72, stored and not approved; gives its version.
async fn with_mark() -> (World, Client, i64) {
    let (world, client) = with_section().await;
    let stored = client
        .put_courses(vec![course_enrolment(COURSE_MARK, "MAT1791", SECTION)])
        .await;
    assert!(
        stored.results[0].is_stored(),
        "{:?}",
        stored.results[0].rejections
    );
    let version = stored.results[0].pasi_core_version;
    world.server.settled().await;
    (world, client, version)
}

#[tokio::test]
async fn the_catalogue_is_open_to_every_client() {
    let world = high_school().await;
    let client = world.client();
    let keys = ["MAT3791", "XXX0000"].map(|code| CourseVersion {
        course_code: course(code),
        expected_version: 0,
    });
    let found = read!(
        client,
        GetCourse,
        GetCourseRequest {
            courses: keys.to_vec()
        }
    );
    let known = found[0].course.as_ref().expect("given");
    assert!(known.is_diploma_exam_course);
    assert_eq!(found[1].availability_status, AvailabilityStatus::Unknown);
    let news = client.news("Course", 0, 0).await.expect("news");
    assert_eq!(news[0].id_versions.len(), pasi_reference::catalogue().len());
    assert!(news[0].id_versions.iter().any(|pair| pair.id == "ELA3105"));
    let year = client.news("Course.2027", 0, 0).await.expect_err("no year");
    assert_eq!(year.code(), 3006);
}

#[tokio::test]
async fn a_section_is_made_changed_and_refused_by_number() {
    let (_world, client) = with_section().await;
    let held = read!(
        client,
        GetSection,
        GetSectionRequest {
            sections: vec![key(SECTION)]
        }
    );
    let version = held[0].section.as_ref().expect("given").pasi_core_version;
    let changed = Section {
        description: Some("Mathematics, block 1".into()),
        pasi_core_version: version,
        ..section(SECTION, &["MAT1791"])
    };
    let again = client.put_section(changed.clone()).await;
    assert!(again.pasi_core_version > version);
    let stale = client.put_section(changed).await;
    assert_eq!(codes(&stale.rejections), [3004]);
    for (sent, want) in [
        (section(5_001, &[]), 40_117),
        (section(5_001, &["MAT1791", "MAT1791"]), 40_135),
        (section(5_001, &["XXX0000"]), 9_015),
        (
            Section {
                end_date: date("2026-09-01"),
                ..section(5_001, &["MAT1791"])
            },
            40_108,
        ),
        (
            Section {
                local_section_id: Some(SECTION.to_string()),
                ..section(5_001, &["MAT1791"])
            },
            40_104,
        ),
        (
            Section {
                school_code: school(OTHER_SCHOOL),
                ..section(5_001, &["MAT1791"])
            },
            9_020,
        ),
        (
            Section {
                school_year: year(2023),
                ..section(5_001, &["MAT1791"])
            },
            9_030,
        ),
        (
            Section {
                school_year: year(2028),
                ..section(5_001, &["MAT1791"])
            },
            40_102,
        ),
    ] {
        let refused = client.put_section(sent).await;
        assert_eq!(codes(&refused.rejections), [want]);
        assert_eq!(refused.pasi_core_version, 0);
    }
}

#[tokio::test]
async fn sections_are_told_to_their_owner_alone_and_read_by_anybody() {
    let (world, client) = with_section().await;
    let ours = client.news("Section.2027", 0, 0).await.expect("news");
    assert_eq!(ours[0].id_versions[0].id, guid(SECTION).to_string());
    let others = world.client_of("others", OTHERS);
    assert!(others.news("Section.2027", 0, 0).await.expect("news").is_empty());
    let read = read!(
        others,
        GetSection,
        GetSectionRequest {
            sections: vec![key(SECTION)]
        }
    );
    assert_eq!(read[0].availability_status, AvailabilityStatus::Normal);
    let suffix = client.news("Section", 0, 0).await.expect_err("a year is missing");
    assert_eq!(suffix.code(), 3008);
}

#[tokio::test]
async fn a_section_in_use_is_not_deleted() {
    let (_world, client, _) = with_mark().await;
    let held = read!(
        client,
        GetSection,
        GetSectionRequest {
            sections: vec![key(SECTION)]
        }
    );
    let mut gone = held[0].section.clone().expect("given");
    gone.is_deleted = true;
    assert_eq!(
        codes(&client.put_section(gone.clone()).await.rejections),
        [40_125]
    );
    let mut withdrawn = course_enrolment(COURSE_MARK, "MAT1791", SECTION);
    let read = read!(
        client,
        GetCourseEnrolment,
        GetCourseEnrolmentRequest {
            course_enrolments: vec![key(COURSE_MARK)]
        }
    );
    withdrawn.pasi_core_version = read[0]
        .course_enrolment
        .as_ref()
        .expect("given")
        .pasi_core_version;
    withdrawn.is_deleted = true;
    assert!(client.put_courses(vec![withdrawn]).await.results[0].is_stored());
    assert!(client.put_section(gone).await.is_stored());
}

#[tokio::test]
async fn alerts_of_a_section_arrive_by_themselves_and_are_answered() {
    let (world, client) = with_section().await;
    let odd = Section {
        credits_offered: 3,
        ..section(5_001, &["MAT1791"])
    };
    assert!(client.put_section(odd).await.is_stored());
    world.server.settled().await;
    let news = client.news("SectionStatus.2027", 0, 0).await.expect("news");
    assert_eq!(news[0].id_versions[0].id, guid(5_001).to_string());
    let asked = StatusRefIdVersion {
        ref_id: guid(5_001),
        expected_version: 0,
        known_source_version: 0,
    };
    let read = read!(
        client,
        GetSectionStatus,
        GetSectionStatusRequest {
            sections: vec![asked]
        }
    );
    let alert = read[0].status.as_ref().expect("given").alerts[0].clone();
    assert_eq!((alert.alert_code, alert.alert_type), (40_126, AlertType::Warning));
    let answer = |number: u128, arguments: Vec<KeyValuePair>| SubmitSectionStatusAcknowledgementRequest {
        caller: client.caller(),
        ref_id: guid(number),
        acknowledgement: AlertAcknowledgement {
            alert_code: 40_126,
            arguments,
            status: AcknowledgementStatus::InProgress,
        },
    };
    assert!(
        client
            .submit(answer(5_001, alert.arguments.clone()))
            .await
            .is_stored()
    );
    let refused = client.submit(answer(5_999, alert.arguments)).await;
    assert_eq!(codes(&refused.rejections), [12_005]);
}

#[tokio::test]
async fn of_a_list_some_may_be_stored_and_others_refused() {
    let (_world, client) = with_section().await;
    let good = course_enrolment(1, "MAT1791", SECTION);
    let elsewhere = course_enrolment(2, "ELA1105", SECTION);
    let nowhere = course_enrolment(3, "MAT1791", 9_999);
    let mut impossible = course_enrolment(4, "MAT1791", SECTION);
    impossible.mark = Some(mark("101"));
    let mut anothers = course_enrolment(5, "MAT1791", SECTION);
    anothers.asn = asn(BRUNO);
    let twice = good.clone();
    let answer = client
        .put_courses(vec![good, elsewhere, nowhere, impossible, anothers, twice])
        .await;
    assert_eq!(
        codes_of(&answer),
        [
            vec![],
            vec![40_291],
            vec![9_035],
            vec![9_013],
            vec![3_002],
            vec![3_002]
        ]
    );
    let keys = (1..=5).map(key).collect();
    let read = read!(
        client,
        GetCourseEnrolment,
        GetCourseEnrolmentRequest {
            course_enrolments: keys
        }
    );
    let given: Vec<bool> = read.iter().map(|one| one.course_enrolment.is_some()).collect();
    assert_eq!(given, [true, false, false, false, false]);
    let again = client
        .put_courses(vec![course_enrolment(1, "MAT1791", SECTION)])
        .await;
    assert_eq!(codes_of(&again), [vec![3_004]]);
    assert_eq!(
        again.results[0].pasi_core_version, answer.results[0].pasi_core_version,
        "the version held comes with the refusal"
    );
}

#[tokio::test]
async fn a_list_for_another_school_or_a_year_that_is_not_taken_is_refused_whole() {
    let (_world, client) = with_section().await;
    for (at, ends, want) in [
        (OTHER_SCHOOL, 2027, 9_020),
        ("9999", 2027, 9_003),
        (SCHOOL, 2023, 9_030),
        (SCHOOL, 2028, 40_201),
    ] {
        let request = SubmitCourseEnrolmentRequest {
            caller: client.caller(),
            asn: asn(AIYANA),
            school_code: school(at),
            school_year: year(ends),
            course_enrolments: vec![course_enrolment(1, "MAT1791", SECTION)],
        };
        let answer = client.submit_list(request).await;
        assert_eq!((codes(&answer.rejections), answer.results.len()), (vec![want], 0));
    }
    let elsewhere = SubmitCourseEnrolmentRequest {
        caller: client.caller(),
        asn: asn(AIYANA),
        school_code: school(SCHOOL),
        school_year: year(2026),
        course_enrolments: vec![course_enrolment(1, "MAT1791", SECTION)],
    };
    assert_eq!(codes_of(&client.submit_list(elsewhere).await), [vec![40_290]]);
}

#[tokio::test]
async fn a_course_without_an_enrolment_in_the_school_raises_a_warning() {
    let (world, client, _) = with_mark().await;
    let asked = |number: u128| StatusRefIdVersion {
        ref_id: guid(number),
        expected_version: 0,
        known_source_version: 0,
    };
    let status = |client: Client| async move {
        let read = read!(
            client,
            GetCourseEnrolmentStatus,
            GetCourseEnrolmentStatusRequest {
                course_enrolments: vec![asked(COURSE_MARK)]
            }
        );
        let alerts = read[0].status.clone().expect("given").alerts;
        alerts.iter().map(|alert| alert.alert_code).collect::<Vec<_>>()
    };
    assert!(status(client.clone()).await.is_empty());
    let read = read!(
        client,
        GetStudentSchoolEnrolment,
        GetStudentSchoolEnrolmentRequest {
            enrolments: vec![key(1_001)]
        }
    );
    let mut left = read[0].enrolment.clone().expect("given");
    left.is_deleted = true;
    assert!(client.enrol(left).await.is_stored());
    world.server.settled().await;
    assert_eq!(status(client.clone()).await, [40_214]);
    let acknowledged = client
        .submit(SubmitCourseEnrolmentStatusAcknowledgementRequest {
            caller: client.caller(),
            ref_id: guid(COURSE_MARK),
            acknowledgement: AlertAcknowledgement {
                alert_code: 40_214,
                arguments: Vec::new(),
                status: AcknowledgementStatus::Acknowledged,
            },
        })
        .await;
    assert_eq!(codes(&acknowledged.rejections), [12_002], "a warning is fixed");
}

#[tokio::test]
async fn a_mark_counts_only_after_it_was_approved() {
    let (world, client, version) = with_mark().await;
    assert_eq!(client.official("MAT1791").await, None);
    let approved = client
        .approve("CourseEnrolment", vec![(COURSE_MARK, version)], true)
        .await;
    let version = approved.results[0].pasi_core_version;
    assert!(approved.results[0].is_stored());
    world.server.settled().await;
    assert_eq!(client.official("MAT1791").await, Some(("72".into(), 5)));
    let first = client.transcript(AIYANA).await.transcript.expect("given");
    assert_eq!(first.total_credits, 5);
    assert!(first.last_calculation_utc_time.is_some());
    let told = client.news("StudentTranscriptDetail", 0, 0).await.expect("news");
    assert_eq!(
        (told[0].id_versions[0].id.as_str(), told[0].id_versions[0].version),
        (AIYANA, first.pasi_core_version)
    );
    // Another mark is another matter: the approval falls, and with it the official mark.
    let mut better = course_enrolment(COURSE_MARK, "MAT1791", SECTION);
    better.mark = Some(SchoolMark {
        is_mark_approved: true,
        ..mark("95")
    });
    better.pasi_core_version = version;
    let changed = client.put_courses(vec![better]).await;
    assert!(changed.results[0].is_stored());
    world.server.settled().await;
    let after = client.transcript(AIYANA).await.transcript.expect("given");
    assert!(after.official_marks.is_empty() && after.pasi_core_version > first.pasi_core_version);
}

#[tokio::test]
async fn an_approval_is_refused_record_by_record() {
    let (world, client, version) = with_mark().await;
    let mut bare = course_enrolment(1, "MAT1791", SECTION);
    (bare.mark, bare.status) = (None, "Registered".into());
    let bare = client.put_courses(vec![bare]).await.results[0].pasi_core_version;
    let answer = client
        .approve(
            "CourseEnrolment",
            vec![
                (COURSE_MARK, version),
                (COURSE_MARK, version),
                (9_999, 0),
                (1, bare),
            ],
            true,
        )
        .await;
    assert_eq!(codes_of(&answer), [vec![], vec![3_002], vec![9_033], vec![9_021]]);
    let stale = client
        .approve("CourseEnrolment", vec![(COURSE_MARK, version)], true)
        .await;
    assert_eq!(codes_of(&stale), [vec![3_004]]);
    let now = answer.results[0].pasi_core_version;
    let nothing = client
        .approve("CourseEnrolment", vec![(COURSE_MARK, now)], true)
        .await;
    assert_eq!(codes_of(&nothing), [vec![9_023]]);
    let others = world.client_of("others", OTHERS);
    let foreign = others
        .approve("CourseEnrolment", vec![(COURSE_MARK, now)], false)
        .await;
    assert_eq!(codes_of(&foreign), [vec![9_020]]);
    let kind = client.approve("ExamMark", vec![(COURSE_MARK, now)], true).await;
    assert_eq!(codes(&kind.rejections), [9_022]);
}

#[tokio::test]
async fn others_see_a_mark_when_it_is_approved_and_the_student_is_theirs() {
    let (world, client, version) = with_mark().await;
    let others = world.client_of("others", OTHERS);
    let read = |by: Client| async move {
        read!(
            by,
            GetCourseEnrolment,
            GetCourseEnrolmentRequest {
                course_enrolments: vec![key(COURSE_MARK)]
            }
        )
        .remove(0)
    };
    assert_eq!(
        read(others.clone()).await.availability_status,
        AvailabilityStatus::NoAccess
    );
    let theirs = enrolment(7, asn(AIYANA), OTHER_SCHOOL);
    assert!(others.enrol(theirs).await.is_stored());
    let hidden = read(others.clone()).await.course_enrolment.expect("given");
    assert!(
        hidden.mark.is_none(),
        "a mark is its school's until it is approved"
    );
    client
        .approve("CourseEnrolment", vec![(COURSE_MARK, version)], true)
        .await;
    let shown = read(others.clone()).await.course_enrolment.expect("given");
    assert_eq!(shown.mark.expect("shown").mark_value, "72");
}

#[tokio::test]
async fn an_evaluated_mark_is_sent_approved_and_refused() {
    let (world, client) = with_section().await;
    let mut reserved = evaluated(2, "MAT1791");
    reserved.evaluation_method = "SpecialCase".into();
    let answer = client
        .put_evaluated(vec![evaluated(1, "MAT2791"), reserved])
        .await;
    assert_eq!(codes_of(&answer), [vec![], vec![40_393]]);
    let mut anothers = evaluated(3, "MAT1791");
    anothers.school_year = year(2026);
    let whole = client
        .put_evaluated(vec![evaluated(4, "MAT1791"), anothers])
        .await;
    assert_eq!((codes(&whole.rejections), whole.results.len()), (vec![40_379], 0));
    let request = SubmitEvaluatedMarkRequest {
        caller: client.caller(),
        asn: asn(AIYANA),
        school_code: school(SCHOOL),
        school_year: year(2028),
        evaluated_marks: Vec::new(),
    };
    let too_early = client.submit_list(request).await;
    assert_eq!(codes(&too_early.rejections), [40_301]);
    let read = read!(
        client,
        GetEvaluatedMark,
        GetEvaluatedMarkRequest {
            evaluated_marks: vec![key(1), key(4)]
        }
    );
    assert!(read[0].evaluated_mark.is_some() && read[1].evaluated_mark.is_none());
    let version = answer.results[0].pasi_core_version;
    let approved = client.approve("EvaluatedMark", vec![(1, version)], true).await;
    assert!(approved.results[0].is_stored());
    let missing = client.approve("EvaluatedMark", vec![(2, 0)], true).await;
    assert_eq!(codes_of(&missing), [vec![9_034]]);
    world.server.settled().await;
    assert_eq!(client.official("MAT2791").await, Some(("80".into(), 5)));
    assert_eq!(
        client.official("MAT1791").await,
        Some(("P".into(), 5)),
        "the credits of the waived prerequisite"
    );
    let news = client.news("EvaluatedMark.2027", 0, 0).await.expect("news");
    assert_eq!(news[0].id_versions.len(), 1);
    let mut odd = evaluated(5, "MAT1791");
    odd.credits_attempted = 3;
    assert!(client.put_evaluated(vec![odd]).await.results[0].is_stored());
    world.server.settled().await;
    let asked = StatusRefIdVersion {
        ref_id: guid(5),
        expected_version: 0,
        known_source_version: 1,
    };
    let status = read!(
        client,
        GetEvaluatedMarkStatus,
        GetEvaluatedMarkStatusRequest {
            evaluated_marks: vec![asked]
        }
    );
    assert_eq!(
        status[0].status.as_ref().expect("given").alerts[0].alert_code,
        40_390
    );
    assert!(status[0].source.is_some(), "newer than the client's");
    let answer = SubmitEvaluatedMarkStatusAcknowledgementRequest {
        caller: client.caller(),
        ref_id: guid(5),
        acknowledgement: AlertAcknowledgement {
            alert_code: 40_390,
            arguments: status[0].status.as_ref().expect("given").alerts[0]
                .arguments
                .clone(),
            status: AcknowledgementStatus::InProgress,
        },
    };
    assert!(client.submit(answer).await.is_stored());
}

#[tokio::test]
async fn exams_are_registered_until_written_and_until_there_is_a_result() {
    let world = high_school().await;
    let client = world.client();
    let exams = read!(
        client,
        GetDiplomaExam,
        GetDiplomaExamRequest {
            diploma_exams: vec![key(EXAM)]
        }
    );
    assert!(exams[0].diploma_exam.is_some());
    let first = client.register_for_exam(registration(1)).await;
    assert!(first.is_stored(), "{:?}", first.rejections);
    let mut with_result = registration(2);
    with_result.mark_value = Some(90);
    for (sent, want) in [
        (registration(2), vec![40_594]),
        (with_result, vec![40_590, 40_594]),
        (
            DiplomaExamMark {
                diploma_exam_ref_id: guid(9_999),
                ..registration(2)
            },
            vec![40_490],
        ),
        (
            DiplomaExamMark {
                asn: asn(BRUNO),
                ..registration(2)
            },
            vec![9_010],
        ),
        (
            DiplomaExamMark {
                school_code: school(OTHER_SCHOOL),
                ..registration(2)
            },
            vec![9_020],
        ),
    ] {
        assert_eq!(codes(&client.register_for_exam(sent).await.rejections), want);
    }
    world.at("2027-01-20T16:00:00Z");
    let mut late = registration(1);
    (late.is_deleted, late.pasi_core_version) = (true, first.pasi_core_version);
    assert_eq!(
        codes(&client.register_for_exam(late.clone()).await.rejections),
        [40_592]
    );
    world.at("2027-01-12T16:00:00Z");
    let result = DiplomaExamMark {
        status: "RegularExamMark".into(),
        mark_value: Some(60),
        achievement_date: Some(date("2027-01-20")),
        ..registration(1)
    };
    let posted = world.server.outside().post(result).await.expect("posted");
    late.pasi_core_version = posted;
    assert_eq!(codes(&client.register_for_exam(late).await.rejections), [40_591]);
    let read = read!(
        client,
        GetDiplomaExamMark,
        GetDiplomaExamMarkRequest {
            exam_marks: vec![key(1)]
        }
    );
    assert_eq!(read[0].exam_mark.as_ref().expect("given").mark_value, Some(60));
    let news = client.news("DiplomaExamMark.2027", 0, 0).await.expect("news");
    assert_eq!(news[0].id_versions[0].version, posted);
}

#[tokio::test]
async fn a_writing_centre_knows_of_the_student_until_the_exam_is_written() {
    let world = high_school().await;
    let (client, others) = (world.client(), world.client_of("others", OTHERS));
    let declared = others.put_sitting(sitting(50, OTHER_SCHOOL)).await;
    assert!(declared.is_stored(), "{:?}", declared.rejections);
    let foreign = client.put_sitting(sitting(51, OTHER_SCHOOL)).await;
    assert_eq!(codes(&foreign.rejections), [9_020]);
    let read = read!(
        client,
        GetDiplomaExamSitting,
        GetDiplomaExamSittingRequest {
            sittings: vec![key(50)]
        }
    );
    assert!(read[0].sitting.is_some(), "sittings are open to all");
    assert_eq!(
        others.student(asn(AIYANA), 0).await[0].availability_status,
        AvailabilityStatus::NoAccess
    );
    let mut registered = registration(1);
    registered.components[0].sitting_ref_id = Some(guid(50));
    assert!(client.register_for_exam(registered).await.is_stored());
    assert!(others.student(asn(AIYANA), 0).await[0].student.is_some());
    let told = others
        .news("Student", world.seeded.version, 0)
        .await
        .expect("news");
    assert_eq!(told[0].id_versions[0].id, AIYANA);
    world.at("2027-01-21T12:00:00Z");
    assert_eq!(
        others.student(asn(AIYANA), 0).await[0].availability_status,
        AvailabilityStatus::NoAccess
    );
    let mut late = sitting(52, OTHER_SCHOOL);
    late.writing_centre = OrganizationCode::Authority(OTHERS.parse().expect("authority"));
    assert_eq!(codes(&others.put_sitting(late).await.rejections), [40_492]);
}

/// Prerequisites evaluated, the course of the school and the exam of the
/// province: what comes of 80 and 60 when both were completed on that day.
async fn blend_of(day: &str, ends: i32) -> Option<(String, u16)> {
    let world = high_school().await;
    let client = world.client();
    let exam = DiplomaExam {
        ref_id: guid(6_001),
        course_code: course("MAT3791"),
        school_year: year(ends),
        exam_period: "January".into(),
        components: Vec::new(),
        registration_deadline: date(day),
        sitting_deadline: date(day),
        pasi_core_version: 0,
    };
    let outside = world.server.outside();
    outside.post(exam).await.expect("an exam");
    let of_school = EvaluatedMark {
        mark: SchoolMark {
            assignment_date: date(day),
            ..mark("80")
        },
        ..evaluated(1, "MAT3791")
    };
    let stored = client.put_evaluated(vec![of_school]).await;
    let version = stored.results[0].pasi_core_version;
    client.approve("EvaluatedMark", vec![(1, version)], true).await;
    world.server.settled().await;
    assert_eq!(client.official("MAT3791").await, None, "the exam is missing");
    let result = DiplomaExamMark {
        diploma_exam_ref_id: guid(6_001),
        status: "RegularExamMark".into(),
        mark_value: Some(60),
        achievement_date: Some(date(day)),
        components: Vec::new(),
        ..registration(2)
    };
    outside.post(result).await.expect("a result");
    world.server.settled().await;
    client.official("MAT3791").await
}

#[tokio::test]
async fn school_and_exam_are_blended_by_the_weights_of_their_time() {
    for (day, ends, want) in [
        ("2015-01-30", 2015, "70"),
        ("2020-01-30", 2020, "74"),
        ("2022-01-28", 2022, "78"),
        ("2023-01-27", 2023, "76"),
        ("2024-01-26", 2024, "74"),
    ] {
        assert_eq!(blend_of(day, ends).await, Some((want.into(), 5)), "{day}");
    }
}

#[tokio::test]
async fn rescores_tests_and_their_results_are_told_and_read() {
    let world = high_school().await;
    let (client, outside) = (world.client(), world.server.outside());
    assert!(client.register_for_exam(registration(1)).await.is_stored());
    let rescore = DiplomaExamRescoreRequest {
        ref_id: guid(71),
        asn: asn(AIYANA),
        diploma_exam_mark_ref_id: guid(1),
        request_date: date("2027-02-20"),
        is_complete: false,
        is_deleted: false,
        pasi_core_version: 0,
    };
    let test = ProvincialAchievementTest {
        ref_id: guid(72),
        school_year: year(2026),
        grade: kernel::Grade::G9,
        subject: "Mathematics".into(),
        language: "English".into(),
        maximum_score: 60,
        pasi_core_version: 0,
    };
    let result = ProvincialAchievementTestResult {
        ref_id: guid(73),
        asn: asn(AIYANA),
        test_ref_id: guid(72),
        school_code: school(SCHOOL),
        participation: "Written".into(),
        score: Some(48),
        achievement_level: Some("Acceptable".into()),
        is_deleted: false,
        pasi_core_version: 0,
    };
    outside.post(rescore).await.expect("stored");
    outside.post(test).await.expect("stored");
    outside.post(result).await.expect("stored");
    for (topic, number) in [
        ("DiplomaExamRescoreRequest", 71),
        ("ProvincialAchievementTest.2026", 72),
        ("ProvincialAchievementTestResult.2026", 73),
    ] {
        let news = client.news(topic, 0, 0).await.expect("news");
        assert_eq!(news[0].id_versions[0].id, guid(number).to_string(), "{topic}");
    }
    let others = world.client_of("others", OTHERS);
    let test = read!(
        others,
        GetProvincialAchievementTest,
        GetProvincialAchievementTestRequest { tests: vec![key(72)] }
    );
    assert!(test[0].test.is_some(), "tests are open to all");
    let ours = read!(
        client,
        GetProvincialAchievementTestResult,
        GetProvincialAchievementTestResultRequest {
            results: vec![key(73)]
        }
    );
    assert_eq!(ours[0].result.as_ref().expect("given").score, Some(48));
    let theirs = read!(
        others,
        GetProvincialAchievementTestResult,
        GetProvincialAchievementTestResultRequest {
            results: vec![key(73)]
        }
    );
    assert_eq!(theirs[0].availability_status, AvailabilityStatus::NoAccess);
    for (by, want) in [
        (&client, AvailabilityStatus::Normal),
        (&others, AvailabilityStatus::NoAccess),
    ] {
        let read = read!(
            by,
            GetDiplomaExamRescoreRequest,
            GetDiplomaExamRescoreRequestRequest {
                rescore_requests: vec![key(71)]
            }
        );
        assert_eq!(read[0].availability_status, want);
    }
}

#[tokio::test]
async fn an_exemption_is_kept_with_the_transcript() {
    let world = high_school().await;
    let client = world.client();
    let exempt = |of: &str, is_deleted: bool| SubmitCredentialRequirementExemptionRequest {
        caller: client.caller(),
        asn: asn(of),
        exemption: CredentialRequirementExemption {
            requirement: "PhysicalEducation10".into(),
            reason: "Medical".into(),
            additional_details: Some("A letter is in the file.".into()),
            is_deleted,
        },
    };
    let unknown = client.submit(exempt("999999999", false)).await;
    assert_eq!(codes(&unknown.rejections), [9_002]);
    assert_eq!(
        codes(&client.submit(exempt(BRUNO, false)).await.rejections),
        [9_010]
    );
    assert_eq!(
        codes(&client.submit(exempt(AIYANA, true)).await.rejections),
        [9_006]
    );
    assert!(client.submit(exempt(AIYANA, false)).await.is_stored());
    assert_eq!(
        codes(&client.submit(exempt(AIYANA, false)).await.rejections),
        [9_023]
    );
    let diploma = AwardedCredential {
        credential: "HighSchoolDiploma".into(),
        award_date: date("2026-11-20"),
    };
    let outside = world.server.outside();
    outside.award(asn(AIYANA), diploma).await.expect("awarded");
    let kept = client.transcript(AIYANA).await.transcript.expect("given");
    assert_eq!((kept.exemptions.len(), kept.credentials.len()), (1, 1));
    let others = world.client_of("others", OTHERS);
    assert_eq!(
        others.transcript(AIYANA).await.availability_status,
        AvailabilityStatus::NoAccess
    );
}

#[tokio::test]
async fn profiles_give_more_to_those_who_are_associated() {
    let (world, client, version) = with_mark().await;
    client
        .approve("CourseEnrolment", vec![(COURSE_MARK, version)], true)
        .await;
    world.server.settled().await;
    let others = world.client_of("others", OTHERS);
    for (by, limited, is_limited, association, courses) in [
        (&client, false, false, "ByCurrentSchoolEnrolment", 1),
        (&client, true, true, "None", 0),
        (&others, false, true, "None", 0),
    ] {
        let request = GetStudentAcademicProfileRequest {
            caller: by.caller(),
            asn: asn(AIYANA),
            is_limited_profile_requested: limited,
        };
        let Response::GetStudentAcademicProfile(profile) = by.call(request).await.expect("an answer") else {
            panic!("another answer")
        };
        assert_eq!(
            (
                profile.is_limited,
                profile.association.as_str(),
                profile.course_enrolments.len()
            ),
            (is_limited, association, courses)
        );
        assert_eq!(profile.official_marks.len(), 1);
    }
    let abroad = world.client_of("abroad", ABROAD);
    for (by, limited) in [(&abroad, false), (&abroad, true)] {
        let request = GetStudentAcademicProfileRequest {
            caller: by.caller(),
            asn: asn(AIYANA),
            is_limited_profile_requested: limited,
        };
        let Response::GetStudentAcademicProfile(profile) = by.call(request).await.expect("an answer") else {
            panic!("another answer")
        };
        assert_eq!(profile.availability_status, AvailabilityStatus::Unknown);
        assert!(profile.official_marks.is_empty() && profile.credentials.is_empty());
    }
    for (by, is_given) in [(&client, true), (&others, false)] {
        let request = GetStudentPersonalProfileRequest {
            caller: by.caller(),
            asn: asn(AIYANA),
        };
        let Response::GetStudentPersonalProfile(profile) = by.call(request).await.expect("an answer") else {
            panic!("another answer")
        };
        assert_eq!(profile.student.is_some(), is_given);
    }
}

#[tokio::test]
async fn high_school_records_outlive_a_restart() {
    let (world, client, version) = with_mark().await;
    client
        .approve("CourseEnrolment", vec![(COURSE_MARK, version)], true)
        .await;
    assert!(client.register_for_exam(registration(1)).await.is_stored());
    world.server.settled().await;
    let before = client.transcript(AIYANA).await.transcript;
    let world = world.restart().await;
    let client = world.client();
    assert_eq!(client.transcript(AIYANA).await.transcript, before);
    let told = client.news("CourseEnrolment.2027", 0, 0).await.expect("news");
    assert_eq!(told[0].id_versions.len(), 1);
    let moment = Instant::from_rfc3339("2026-11-24T19:00:00Z").expect("a moment");
    assert!(moment.date() > world.server.today());
    assert!(client.register_for_exam(registration(2)).await.rejections[0].code == 40_594);
}
