//! Sections and the catalogue.

use super::*;

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
