//! What stands in the end, who is told of it, and what outlives a restart.

use super::*;

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
