//! Diploma exams, and the marks that school and exam make together.

use super::*;

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
        (
            DiplomaExamMark {
                is_deleted: true,
                ..registration(2)
            },
            vec![9_036],
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
        GetExamSitting,
        GetExamSittingRequest {
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
