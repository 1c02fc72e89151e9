//! Course enrolments and their marks, one by one and in lists.

use super::*;

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
