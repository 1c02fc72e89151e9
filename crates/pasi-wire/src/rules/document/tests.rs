//! Documents, one fact changed at a time.

use super::*;
use crate::messages::DocumentLanguage;
use kernel::{Asn, SchoolYear};

const PDF: &[u8] = b"%PDF-1.7\nxref\ntrailer <</Size 1>>\nstartxref\n9\n%%EOF\n";
const LOCKED: &[u8] = b"%PDF-1.7\nxref\ntrailer <</Encrypt 2 0 R>>\nstartxref\n9\n%%EOF\n";

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

fn kind() -> DocumentTypeInfo {
    DocumentTypeInfo {
        document_type: "ReportCard".into(),
        name: "Report card".into(),
        description: "Report card".into(),
        categories: Vec::new(),
        security_classification: "ProtectedB".into(),
        retention_period: DocumentRetentionPeriod::ThreeYears,
        retention_schedule: "S".into(),
        disposal_action: "Destroy".into(),
        effective_start_date: date("2018-09-01"),
        effective_end_date: Some(date("2027-06-30")),
        is_date_required: true,
        is_expiry_date_required: false,
        is_school_year_bound: true,
        is_organization_bound: false,
        is_restricted: false,
        can_have_multiple_relevant: false,
        maximum_image_file_size: 1,
        quality_assurance_ratio: 10,
    }
}

fn document() -> StudentRecordDocument {
    StudentRecordDocument {
        ref_id: Uuid::from_u128(1),
        asn: Asn::from_number(999_044_182).expect("nine digits"),
        document_type: "ReportCard".into(),
        title: "June".into(),
        document_date: Some(date("2026-06-26")),
        expiry_date: None,
        school_year: SchoolYear::ending(2026),
        language: DocumentLanguage::English,
        is_digitized: false,
        is_relevant: true,
        is_deleted: false,
        disposal_override_date: None,
        created_by_organization: None,
        scheduled_disposal_date: None,
        file_name: None,
        quality_assurance: None,
        problem_reports: Vec::new(),
        last_update_utc_time: None,
        pasi_core_version: 0,
    }
}

fn numbers(found: &Findings) -> Vec<&str> {
    found.0.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_new_document_has_what_its_kind_asks_for() {
    type Change = fn(&mut StudentRecordDocument, &mut DocumentTypeInfo);
    let cases: [(&str, Change, Option<&str>); 11] = [
        ("as it should be", |_, _| {}, None),
        ("no date", |sent, _| sent.document_date = None, Some("65193")),
        (
            "no last day",
            |_, kind| kind.is_expiry_date_required = true,
            Some("65194"),
        ),
        ("no school year", |sent, _| sent.school_year = None, Some("65195")),
        (
            "a school year too many",
            |_, kind| kind.is_school_year_bound = false,
            Some("65195"),
        ),
        (
            "the ministry's kind",
            |_, kind| kind.is_restricted = true,
            Some("65192"),
        ),
        (
            "not taken yet",
            |_, kind| kind.effective_start_date = date("2026-11-24"),
            Some("65191"),
        ),
        (
            "taken since today",
            |_, kind| kind.effective_start_date = date("2026-11-23"),
            None,
        ),
        (
            "taken for the last day",
            |_, kind| kind.effective_end_date = Some(date("2026-11-23")),
            None,
        ),
        (
            "not taken any more",
            |_, kind| kind.effective_end_date = Some(date("2026-11-22")),
            Some("65191"),
        ),
        (
            "taken out, nothing is asked",
            |sent, _| (sent.is_deleted, sent.document_date) = (true, None),
            None,
        ),
    ];
    for (case, change, want) in cases {
        let (mut sent, mut kind) = (document(), kind());
        change(&mut sent, &mut kind);
        let facts = DocumentFacts {
            sent: &sent,
            held: None,
            image: Some(PDF),
            kind: &kind,
            is_ministry: false,
        };
        let found = submitted(&facts, date("2026-11-23"));
        assert_eq!(numbers(&found), want.into_iter().collect::<Vec<_>>(), "{case}");
    }
}

#[test]
fn the_file_comes_once_and_is_a_pdf_of_the_size_allowed() {
    let (sent, kind) = (document(), kind());
    let largest = [PDF, &[b' '; 1024]].concat();
    let held = document();
    let other = StudentRecordDocument {
        document_type: "Passport".into(),
        ..document()
    };
    for (case, held, image, want) in [
        ("new with its file", None, Some(PDF), None),
        ("new without", None, None, Some("65196")),
        ("held without", Some(&held), None, None),
        ("held with another file", Some(&held), Some(PDF), Some("65196")),
        ("too large", None, Some(&largest[..]), Some("65198")),
        ("no PDF", None, Some(&b"GIF89a"[..]), Some("65197")),
        ("a password", None, Some(LOCKED), Some("65075")),
        ("another kind than before", Some(&other), None, Some("65201")),
    ] {
        let facts = DocumentFacts {
            sent: &sent,
            held,
            image,
            kind: &kind,
            is_ministry: true,
        };
        let found = submitted(&facts, date("2026-11-23"));
        assert_eq!(numbers(&found), want.into_iter().collect::<Vec<_>>(), "{case}");
    }
}

#[test]
fn one_document_of_a_kind_counts_unless_several_may() {
    let old = Uuid::from_u128(2);
    let named = |expected_version| RefIdVersion {
        ref_id: old,
        expected_version,
    };
    let several = DocumentTypeInfo {
        can_have_multiple_relevant: true,
        ..kind()
    };
    let silent = StudentRecordDocument {
        is_relevant: false,
        ..document()
    };
    let standing = [(old, 7)];
    for (case, sent, kind, standing, no_longer, want) in [
        ("the first", document(), kind(), &[][..], vec![], None),
        (
            "the old one is named",
            document(),
            kind(),
            &standing[..],
            vec![named(7)],
            None,
        ),
        (
            "it is not named",
            document(),
            kind(),
            &standing[..],
            vec![],
            Some("65199"),
        ),
        (
            "it changed meanwhile",
            document(),
            kind(),
            &standing[..],
            vec![named(6)],
            Some("65045"),
        ),
        (
            "it does not stand",
            document(),
            kind(),
            &[][..],
            vec![named(7)],
            Some("9006"),
        ),
        ("several may", document(), several, &standing[..], vec![], None),
        (
            "the new one is not relevant",
            silent,
            kind(),
            &standing[..],
            vec![],
            None,
        ),
    ] {
        let found = relevancy(&sent, &kind, standing, &no_longer);
        assert_eq!(numbers(&found), want.into_iter().collect::<Vec<_>>(), "{case}");
    }
}

#[test]
fn a_document_is_kept_as_long_as_its_kind_says() {
    let (of_student, added) = (date("2040-09-01"), date("2026-11-23"));
    let long = DocumentTypeInfo {
        retention_period: DocumentRetentionPeriod::Grade12Plus7Years,
        ..kind()
    };
    let undated = StudentRecordDocument {
        document_date: None,
        ..document()
    };
    let held_back = StudentRecordDocument {
        disposal_override_date: Some(date("2050-01-01")),
        ..document()
    };
    for (case, document, kind, want) in [
        ("three years", document(), kind(), "2029-06-26"),
        ("three years of one without a date", undated, kind(), "2029-11-23"),
        ("as long as the student's record", document(), long, "2040-09-01"),
        ("held back by the ministry", held_back, kind(), "2050-01-01"),
    ] {
        assert_eq!(
            kept_until(&document, &kind, of_student, added),
            date(want),
            "{case}"
        );
    }
}

#[test]
fn a_record_goes_on_september_1_seven_years_after_grade_12() {
    for (born, want) in [
        ("2015-01-01", "2040-09-01"),
        ("2015-12-31", "2040-09-01"),
        ("2016-01-01", "2041-09-01"),
    ] {
        assert_eq!(scheduled_disposal(date(born)), date(want), "{born}");
    }
}

#[test]
fn somebody_looks_at_as_many_as_the_ratio_asks() {
    let asked = |ratio| {
        let mut looked_at = 0;
        for all in 0..20 {
            looked_at += usize::from(wants_quality_assurance(ratio, all, looked_at));
        }
        looked_at
    };
    assert_eq!([0, 10, 25, 100].map(asked), [0, 2, 5, 20]);
}

#[test]
fn a_problem_is_said_in_words() {
    let report = |comment: Option<&str>, is_resolved| DocumentProblemReport {
        ref_id: Uuid::from_u128(3),
        problem: crate::messages::DocumentProblem::Other,
        comment: comment.map(Into::into),
        is_resolved,
        organization: None,
        last_update_utc_time: None,
    };
    for (comment, is_resolved, want) in [
        (Some("It is another child's."), false, None),
        (None, false, Some("65203")),
        (Some(" "), false, Some("65203")),
        (None, true, None),
    ] {
        let found = problem(&report(comment, is_resolved)).map(|finding| finding.code);
        assert_eq!(found.as_deref(), want, "{comment:?}");
    }
}
