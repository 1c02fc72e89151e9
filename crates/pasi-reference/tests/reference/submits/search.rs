//! Finding and creating students.

use super::*;

#[tokio::test]
async fn a_search_finds_by_name_sound_and_number() {
    let world = World::start().await;
    let client = world.client();
    for (first, last, born, status, quality) in [
        (
            "Aiyana",
            "Whitebear",
            "2015-04-17",
            IdentifyStatus::Match,
            Some(MatchQuality::High),
        ),
        (
            "aiyana",
            "WHITBEAR",
            "2015-04-17",
            IdentifyStatus::Match,
            Some(MatchQuality::Medium),
        ),
        (
            "Aiyana",
            "Whitebear",
            "2015-04-18",
            IdentifyStatus::Match,
            Some(MatchQuality::Low),
        ),
        ("Nobody", "Anywhere", "2015-04-17", IdentifyStatus::NoMatch, None),
    ] {
        let found = identify(&client, by_name(first, last, born), false).await;
        assert_eq!(found.status, status, "{first} {last} {born}");
        assert_eq!(
            found.students.first().map(|hit| hit.quality),
            quality,
            "{first} {last} {born}"
        );
    }
    let number = StudentLocator {
        asn: Some(asn(BRUNO)),
        criteria: None,
    };
    let found = identify(&client, number, false).await;
    assert_eq!(found.students[0].name, PersonName::new("Bruno", "Kowalski"));
    assert!(found.students[0].enrolments[0].is_current);
}

#[tokio::test]
async fn a_restricted_student_is_named_only_when_asked_for() {
    let world = World::start().await;
    let client = world.client();
    let restriction = DisclosureRestriction {
        ref_id: guid(1),
        code: "CourtOrdered".into(),
        details: None,
        effective_date: date("2026-09-01"),
        expiry_date: None,
        is_active: true,
        is_deleted: false,
        last_update_utc_time: None,
    };
    let outside = world.server.outside();
    let change = outside.change(asn(AIYANA), |student| {
        student.disclosure_restrictions.push(restriction);
    });
    change.await.expect("changed");
    let search = by_name("Aiyana", "Whitebear", "2015-04-17");
    let first = identify(&client, search.clone(), false).await;
    assert_eq!(
        first.status,
        IdentifyStatus::FoundStudentWithDisclosureRestriction
    );
    assert!(first.students.is_empty());
    assert!(identify(&client, search, true).await.students[0].has_disclosure_restriction);
}

#[tokio::test]
async fn a_new_child_gets_an_asn_and_a_known_one_does_not() {
    let world = World::start().await;
    let client = world.client();
    let made = client.create("Noor", "Haddad", "2020-05-06").await;
    let number = made.asn.expect("an ASN");
    assert!(number.as_str().starts_with("999"));
    let again = client.create("noor", "HADDAD", "2020-05-06").await;
    assert_eq!((again.asn, codes(&again.rejections)), (None, vec![11_404]));
    assert!(
        again.rejections[0]
            .arguments
            .iter()
            .any(|pair| pair.value.replace('-', "") == number.as_str())
    );
    let read = client.student(number, made.pasi_core_version).await;
    let student = read[0].student.as_ref().expect("the creator may read");
    assert!(student.names[0].is_legal && student.names[0].is_preferred && student.names[0].is_original);
    let others = world.client_of("others", OTHERS);
    assert_eq!(
        others.student(number, 0).await[0].availability_status,
        AvailabilityStatus::NoAccess
    );
}

#[tokio::test]
async fn a_school_of_limited_access_is_not_told_whom_its_child_doubles() {
    let mut province = province();
    province.schools[0].is_limited_access = true;
    let world = World::of(province).await;
    let made = world.client().create("Noor", "Haddad", "2020-05-06").await;
    assert!(made.asn.is_some());
    let mut limited = world.client();
    limited.organization = OrganizationCode::School(school(SCHOOL));
    let refused = limited.create("Noor", "Haddad", "2020-05-06").await;
    assert_eq!((refused.asn, codes(&refused.rejections)), (None, vec![11_405]));
    assert_eq!(refused.rejections[0].arguments, []);
}
