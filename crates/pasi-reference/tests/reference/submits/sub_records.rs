//! What stands around a student.

use super::*;

#[tokio::test]
async fn a_stale_version_an_empty_change_and_a_strange_student_are_refused() {
    let world = World::start().await;
    let client = world.client();
    let version = world.seeded.students[0].1;
    let submit = |number: &str, version, street: &str| SubmitStudentAddressRequest {
        caller: client.caller(),
        asn: asn(number),
        pasi_core_version: version,
        address: address(7, street),
    };
    let stored = client.submit(submit(AIYANA, version, "1 Main Street")).await;
    assert!(
        stored.is_stored() && stored.pasi_core_version > version,
        "{stored:?}"
    );
    let held = stored.pasi_core_version;
    for (what, request, code, shown) in [
        ("stale", submit(AIYANA, version, "2 Main Street"), 3004, held),
        ("empty", submit(AIYANA, held, "1 Main Street"), 9023, held),
        (
            "newer than the node",
            submit(AIYANA, held + 10_000, "2 Main Street"),
            9014,
            held,
        ),
        ("unknown", submit("123456789", 0, "2 Main Street"), 9002, 0),
        (
            "not associated",
            submit(BRUNO, world.seeded.students[1].1, "2 Main Street"),
            9010,
            world.seeded.students[1].1,
        ),
    ] {
        let refused = client.submit(request).await;
        assert_eq!(
            (codes(&refused.rejections), refused.pasi_core_version),
            (vec![code], shown),
            "{what}"
        );
    }
    world
        .server
        .outside()
        .deactivate(asn(AIYANA), true)
        .await
        .expect("deactivated");
    let refused = client.submit(submit(AIYANA, held, "3 Main Street")).await;
    assert_eq!(codes(&refused.rejections), [9009]);
    world
        .server
        .outside()
        .link(asn(AIYANA), asn(BRUNO))
        .await
        .expect("linked");
    world
        .server
        .outside()
        .deactivate(asn(AIYANA), false)
        .await
        .expect("activated");
    let refused = client.submit(submit(AIYANA, held, "3 Main Street")).await;
    assert_eq!(codes(&refused.rejections), [9011]);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one record of each kind, spelled out")]
async fn every_sub_record_is_stored_and_read_back() {
    let world = World::start().await;
    let client = world.client();
    let (caller, asn) = (client.caller(), asn(AIYANA));
    let mut pasi_core_version = world.seeded.students[0].1;
    macro_rules! submit {
        ($request:ident { $($field:ident: $value:expr),+ }) => {
            let answer = client.submit($request { caller: caller.clone(), asn, pasi_core_version, $($field: $value),+ }).await;
            assert!(answer.is_stored(), "{}: {answer:?}", stringify!($request));
            pasi_core_version = answer.pasi_core_version;
        };
    }
    submit!(SubmitIdentificationInformationRequest {
        identification: IdentificationRecord {
            source_document_type: Some("ChangeOfName".into()),
            ..identification("Aiyana", "Redsky", "2015-04-17")
        }
    });
    submit!(SubmitNameRequest {
        name: StudentName {
            ref_id: guid(11),
            name: PersonName::new("Yana", "Redsky"),
            is_preferred: true,
            is_legal: false,
            is_original: false,
            is_deleted: false,
            source_change_code: None,
            last_update_utc_time: None,
        }
    });
    submit!(SubmitStudentAddressRequest {
        address: address(12, "1 Main Street")
    });
    submit!(SubmitStudentAddressRequest {
        address: StudentAddress {
            effective_date: date("2027-01-01"),
            ..address(13, "2 Main Street")
        }
    });
    submit!(SubmitStudentPhoneRequest {
        phone: StudentPhone {
            ref_id: guid(14),
            phone_type: codes::set(codes::CodeSet::PhoneType).all()[0].code.clone(),
            number: "7805550100".into(),
            extension: None,
            is_preferred: true,
            effective_date: None,
            expiry_date: None,
            is_deleted: false,
        }
    });
    submit!(SubmitStudentEmailRequest {
        email: StudentEmail {
            ref_id: guid(15),
            address: "yana@example.ca".into(),
            is_preferred: true,
            effective_date: None,
            expiry_date: None,
            is_deleted: false,
        }
    });
    submit!(SubmitStudentCitizenshipStatusRequest {
        citizenship: citizenship(16)
    });
    submit!(SubmitStudentSection23EligibilityStatusRequest {
        section23_eligibility: "B".into()
    });
    submit!(SubmitLanguageAtHomeRequest {
        language: Some(codes::set(codes::CodeSet::LanguageAtHome).all()[0].code.clone())
    });
    submit!(SubmitParentGuardianRequest {
        guardian: ParentGuardian {
            ref_id: guid(17),
            name: PersonName::new("Rose", "Redsky"),
            relationship_type: codes::set(codes::CodeSet::GuardianRelationship).all()[0]
                .code
                .clone(),
            description: None,
            resides_with: true,
            has_same_home_phone: true,
            home_phone: None,
            mobile_phone: None,
            work_phone: None,
            email: None,
            physical_address_source: None,
            physical_address: None,
            expiry_date: None,
            expiry_date_override: None,
            is_deleted: false,
        }
    });
    submit!(SubmitStudentDisclosureRestrictionRequest {
        restriction: restriction(18)
    });
    submit!(SubmitMedicalAlertRequest {
        medical_alert: medical_alert(19)
    });
    let read = client.student(asn, pasi_core_version).await;
    let student = read[0].student.clone().expect("ours");
    assert_eq!(student.identification.name.last, "Redsky");
    let preferred: Vec<&str> = student
        .names
        .iter()
        .filter(|name| name.is_preferred)
        .map(|name| name.name.first.as_str())
        .collect();
    assert_eq!(preferred, ["Yana"]);
    assert!(
        student
            .names
            .iter()
            .any(|name| name.name.last == "Whitebear" && !name.is_legal)
    );
    assert_eq!(
        student.addresses[0].expiry_date,
        Some(date("2026-12-31")),
        "until the next address begins"
    );
    assert_eq!(
        student.guardians[0].expiry_date,
        Some(date("2033-04-17")),
        "until the child is of age"
    );
    assert_eq!(
        student.citizenship[0].created_by_organization.as_deref(),
        Some("A.3260")
    );
    assert_eq!(
        (
            student.phones.len(),
            student.emails.len(),
            student.medical_alerts.len(),
            student.disclosure_restrictions.len()
        ),
        (1, 1, 1, 1)
    );
    assert_eq!(
        (
            student.section23_eligibility.as_deref(),
            student.language_at_home.is_some()
        ),
        (Some("B"), true)
    );
}

#[tokio::test]
async fn an_unknown_code_is_a_fault_and_a_system_source_a_rejection() {
    let world = World::start().await;
    let client = world.client();
    let (caller, asn, pasi_core_version) = (client.caller(), asn(AIYANA), world.seeded.students[0].1);
    let request = |gender: &str, source: &str| SubmitIdentificationInformationRequest {
        caller: caller.clone(),
        asn,
        pasi_core_version,
        identification: IdentificationRecord {
            gender: gender.into(),
            source_document_type: Some(source.into()),
            ..identification("Aiyana", "Whitebear", "2015-04-17")
        },
    };
    let fault = client
        .call(request("Q", "PassportCanada"))
        .await
        .expect_err("no such gender");
    assert_eq!(fault.code(), 3002);
    assert_eq!(
        codes(&client.submit(request("F", "SelfDeclared")).await.rejections),
        [12_006]
    );
}
