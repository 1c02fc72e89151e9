//! Envelopes of every operation, made from the tables of fields.

use super::*;
use crate::xml::{Base, Field, Limit, Record, Shape};
use proptest::prelude::*;

/// A small generator of numbers, so that one seed makes one envelope.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
    fn is_lucky(&mut self) -> bool {
        self.roll(2) == 0
    }
}

const WORDS: [&str; 6] = ["Aiyana", "Ève & Co.", "<a>", "O'Brien \"x\"", "ÿ", "]]>"];

fn value(out: &mut String, field: &Field, shape: Shape, dice: &mut Dice) {
    match shape.base {
        Base::Record(record) => record_of(out, record, dice),
        Base::Form(form) => out.push_str(form.example),
        Base::Choice(_, texts) => {
            let texts = texts();
            let at = dice.roll(texts.len() as u64);
            out.push_str(texts[usize::try_from(at).expect("small")]);
        }
        Base::Simple("boolean") => out.push_str(if dice.is_lucky() { "true" } else { "false" }),
        Base::Simple("date") => out.push_str("2026-09-01"),
        Base::Simple("dateTime") => out.push_str("2026-11-23T12:00:00.123456Z"),
        Base::Simple("base64Binary") => out.push_str("JVBERi0xLjcK"),
        Base::Simple("string") => escape(out, &text(field.limit, dice)),
        Base::Simple(_) if field.name == "SchoolYear" || field.name.ends_with("SchoolYear") => {
            out.push_str("2027");
        }
        Base::Simple(_) => out.push_str(&(dice.roll(90) + 1).to_string()),
    }
}

fn text(limit: Limit, dice: &mut Dice) -> String {
    match limit {
        Limit::Decimal => "-113.49".to_owned(),
        Limit::Lines(_) => "one\r\ntwo".to_owned(),
        Limit::Line(max) | Limit::MaybeLine(max) if max < 12 => "1".to_owned(),
        _ => WORDS[usize::try_from(dice.roll(6)).expect("small")].to_owned(),
    }
}

fn record_of(out: &mut String, record: &Record, dice: &mut Dice) {
    if record.name == "ExtendedInfoList" {
        let list = crate::messages::EnrolmentExtras {
            grants_program_codes: vec!["500".into(), "303".into()],
            local_student_id: dice.is_lucky().then(|| "A-17".to_owned()),
            french_hours: dice.is_lucky().then_some(475),
            ..Default::default()
        };
        return crate::xml::Xml::write(&list, out);
    }
    for field in record.fields {
        let shape = (field.shape)();
        let is_left_out =
            (shape.optional || shape.list || matches!(field.limit, Limit::MaybeLine(_))) && dice.roll(3) == 0;
        if is_left_out {
            continue;
        }
        let tag = format!("{}:{}", record.namespace.prefix(), field.name);
        extend(out, &["<", &tag, ">"]);
        if shape.list {
            let (namespace, name) = crate::xml::item_of(shape.base);
            for _ in 0..=dice.roll(2) {
                extend(out, &["<", namespace.prefix(), ":", name, ">"]);
                value(out, field, shape, dice);
                extend(out, &["</", namespace.prefix(), ":", name, ">"]);
            }
        } else {
            value(out, field, shape, dice);
        }
        extend(out, &["</", &tag, ">"]);
    }
}

fn extend(out: &mut String, pieces: &[&str]) {
    out.extend(pieces.iter().copied());
}

fn envelope(wrapper: &str, inner: &str, shape: Shape, seed: u64) -> String {
    let Base::Record(record) = shape.base else {
        unreachable!("requests and responses are records")
    };
    let mut out = String::new();
    open(&mut out, wrapper, inner);
    record_of(&mut out, record, &mut Dice(seed));
    close(&mut out, wrapper, inner);
    out
}

fn a_request(operation: Operation, seed: u64) -> String {
    envelope(operation.name(), "request", operation.shapes().0, seed)
}

fn a_response(operation: Operation, seed: u64) -> String {
    let name = operation.name();
    envelope(
        &format!("{name}Response"),
        &format!("{name}Result"),
        operation.shapes().1,
        seed,
    )
}

#[test]
fn every_operation_reads_what_its_table_says_and_writes_the_same_bytes() {
    for operation in Operation::ALL {
        for seed in 0..40 {
            let sent = a_request(*operation, seed);
            let request = decode_request(sent.as_bytes())
                .unwrap_or_else(|error| panic!("{operation}: {error}\n{sent}"));
            assert_eq!(request.operation(), *operation);
            assert_eq!(encode_request(&request), sent);
            let answered = a_response(*operation, seed);
            let response = decode_response(*operation, answered.as_bytes())
                .unwrap_or_else(|fault| panic!("{operation}: {}\n{answered}", fault.message));
            assert_eq!(encode_response(&response), answered);
        }
    }
}

#[test]
fn envelopes_of_a_client_that_is_not_ours_are_read() {
    for (envelope, operation) in [
        (
            include_str!("../../tests/zeep/HelloWorld.xml"),
            Operation::HelloWorld,
        ),
        (
            include_str!("../../tests/zeep/CreateStudent.xml"),
            Operation::CreateStudent,
        ),
        (
            include_str!("../../tests/zeep/GetStudent.xml"),
            Operation::GetStudent,
        ),
        (
            include_str!("../../tests/zeep/IsDataAvailable.xml"),
            Operation::IsDataAvailable,
        ),
        (
            include_str!("../../tests/zeep/SubmitStudentSchoolEnrolment.xml"),
            Operation::SubmitStudentSchoolEnrolment,
        ),
    ] {
        let request = decode_request(envelope.as_bytes()).expect("zeep's envelope is read");
        assert_eq!(request.operation(), operation);
        assert_eq!(request.caller().software.manufacturer, "Example");
        assert_eq!(decode_request(encode_request(&request).as_bytes()), Ok(request));
    }
}

/// A valid request with one piece replaced.
fn broken(from: &str, to: &str) -> Result<Request, WireError> {
    let sent = include_str!("../../tests/zeep/CreateStudent.xml");
    assert!(sent.contains(from), "{from} is not in the envelope");
    decode_request(sent.replacen(from, to, 1).as_bytes())
}

#[test]
fn a_failed_check_is_named_with_its_path_and_code_3002() {
    let long = "x".repeat(51);
    for (from, to, path, check) in [
        ("Aiyana", "", "Name.FirstName", "mandatory"),
        (
            "Aiyana",
            " Aiyana",
            "Name.FirstName",
            "white space at the start or the end",
        ),
        ("Aiyana", "Thảo", "Name.FirstName", "a character outside Latin-1"),
        (
            "Aiyana",
            &long,
            "Name.FirstName",
            "51 characters, at most 50 allowed",
        ),
        ("2013-04-17", "2013-02-30", "BirthDate", "not a date (yyyy-MM-dd)"),
        (
            "A.3260",
            "3260",
            "CallerInfo.User.OrganizationCode",
            "not an organization code such as S.0982, A.3020 or O.1",
        ),
        (
            "2026-11-23T12:00:00Z",
            "noon",
            "CallerInfo.SentUtcTime",
            "not a moment in UTC (yyyy-MM-ddTHH:mm:ssZ)",
        ),
    ] {
        let Err(error) = broken(from, to) else {
            panic!("{to:?} was taken")
        };
        assert_eq!(
            error,
            WireError::Structure(vec![Defect {
                path: path.into(),
                check: check.into()
            }]),
            "{to:?}"
        );
        assert_eq!(error.fault().map(|fault| fault.code), Some(3002));
    }
}

#[test]
fn a_missing_mandatory_element_is_3002_and_a_foreign_one_3001() {
    let sent = include_str!("../../tests/zeep/CreateStudent.xml");
    let (before, _) = sent.split_once("Gender").expect("there is a gender");
    let start = before.rfind('<').expect("it is opened");
    let value = start + sent[start..].find("F</").expect("it is F");
    let end = value + sent[value..].find("Gender>").expect("it is closed") + "Gender>".len();
    let element = &sent[start..end];
    let code =
        |error: Result<Request, WireError>| error.expect_err("refused").fault().map(|fault| fault.code);
    assert_eq!(code(broken(element, "")), Some(3002));
    assert_eq!(code(broken(element, &format!("{element}{element}"))), Some(3001));
    assert_eq!(
        code(broken(element, &format!("{element}<Shoe>42</Shoe>"))),
        Some(3001)
    );
    assert_eq!(
        code(decode_request(
            sent.replace("CreateStudent", "CreatePupil").as_bytes()
        )),
        Some(3001)
    );
}

#[test]
fn hostile_documents_are_refused() {
    let body =
        |inside: &str| format!("<s:Envelope xmlns:s=\"{ENVELOPE}\"><s:Body>{inside}</s:Body></s:Envelope>");
    let deep = body(&"<a>".repeat(5_000));
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{}", body("<HelloWorld/>"));
    for (case, bytes) in [
        ("nothing", String::new()),
        ("no XML", "hello".to_owned()),
        ("unclosed", "<s:Envelope>".to_owned()),
        ("crossed", "<a><b></a></b>".to_owned()),
        ("a document type", bomb),
        (
            "an entity",
            body("<HelloWorld><request>&bomb;</request></HelloWorld>"),
        ),
        (
            "a processing instruction",
            format!("<?php x?>{}", body("<HelloWorld/>")),
        ),
        ("too deep", deep),
        (
            "another encoding",
            format!(
                "<?xml version=\"1.0\" encoding=\"utf-16\"?>{}",
                body("<HelloWorld/>")
            ),
        ),
        (
            "two roots",
            format!("{0}{0}", a_request(Operation::HelloWorld, 1)),
        ),
        ("an empty body", body("")),
        ("HTML", "<html><body><h1>502</h1></body></html>".to_owned()),
    ] {
        let refused = decode_request(bytes.as_bytes()).expect_err(case);
        assert_eq!(
            refused.fault().map(|fault| fault.code),
            Some(3001),
            "{case}: {refused}"
        );
        let fault = decode_response(Operation::HelloWorld, bytes.as_bytes()).expect_err(case);
        assert!(fault.is_unreadable(), "{case}");
    }
    assert!(decode_request(b"\xff\xfe<\0").is_err());
}

#[test]
fn a_request_above_65536_bytes_dies_without_a_code() {
    let sent = a_request(Operation::HelloWorld, 1);
    let padded = format!("{sent}{}", " ".repeat(REQUEST_CAP - sent.len()));
    assert!(decode_request(padded.as_bytes()).is_ok());
    let refused = decode_request(format!("{padded} ").as_bytes()).expect_err("one byte too many");
    assert_eq!(refused.fault(), None);
}

#[test]
fn the_largest_read_of_a_batch_stays_below_the_cap() {
    let Ok(Request::GetStudentSchoolEnrolmentStatus(mut request)) =
        decode_request(a_request(Operation::GetStudentSchoolEnrolmentStatus, 3).as_bytes())
    else {
        panic!("another request")
    };
    let widest = crate::messages::StatusRefIdVersion {
        ref_id: uuid::Uuid::max(),
        expected_version: i64::MAX,
        known_source_version: i64::MAX,
    };
    request.enrolments = vec![widest; READ_BATCH];
    let mut caller = request.caller.clone();
    caller.user.name = "&".repeat(100);
    caller.software.manufacturer = "&".repeat(100);
    request.caller = caller;
    assert!(encode_request(&request.into()).len() <= REQUEST_CAP);
}

#[test]
fn faults_travel_with_code_and_words() {
    let fault = Fault::new(1008, "S.0001 & <others> are not this client's");
    let sent = encode_fault(&fault);
    assert_eq!(
        decode_response(Operation::GetStudent, sent.as_bytes()),
        Err(fault)
    );
    let prefixed = sent.replace("<faultcode>1008", "<faultcode>s:1008");
    assert_eq!(
        decode_response(Operation::GetStudent, prefixed.as_bytes())
            .expect_err("fault")
            .code,
        1008
    );
    let of_another = sent.replace("<faultcode>1008", "<faultcode>s:Server");
    assert!(
        decode_response(Operation::GetStudent, of_another.as_bytes())
            .expect_err("fault")
            .is_unreadable()
    );
}

#[test]
fn a_response_with_elements_of_a_newer_contract_is_read() {
    let sent = a_response(Operation::HelloWorld, 7);
    let newer = sent.replace("<a:Version>", "<a:Colour><a:Hue>7</a:Hue></a:Colour><a:Version>");
    assert_ne!(newer, sent);
    let response = decode_response(Operation::HelloWorld, newer.as_bytes()).expect("read");
    assert_eq!(encode_response(&response), sent);
    assert!(
        decode_response(Operation::GetStudent, sent.as_bytes()).is_err(),
        "the answer to another operation"
    );
}

#[test]
fn nil_and_empty_elements_mean_absence_where_it_is_allowed() {
    let full = a_request(Operation::CreateStudent, 5);
    for absent in [
        "<d:SourceDocumentType xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\"/>",
        "<d:SourceDocumentType></d:SourceDocumentType>",
        "<d:SourceDocumentType/>",
    ] {
        let start = full.find("<d:SourceDocumentType>");
        let bare = match (start, full.find("</d:SourceDocumentType>")) {
            (Some(start), Some(end)) => {
                format!(
                    "{}{absent}{}",
                    &full[..start],
                    &full[end + "</d:SourceDocumentType>".len()..]
                )
            }
            _ => full.replace("</t:request>", &format!("{absent}</t:request>")),
        };
        let Ok(Request::CreateStudent(request)) = decode_request(bare.as_bytes()) else {
            panic!("{absent} was refused")
        };
        assert_eq!(request.source_document_type, None);
    }
}

#[test]
fn code_values_are_collected_with_path_and_class() {
    let request = decode_request(include_bytes!(
        "../../tests/zeep/SubmitStudentSchoolEnrolment.xml"
    ))
    .expect("read");
    let found: Vec<(String, &str, String)> = request
        .inspect()
        .codes
        .into_iter()
        .map(|used| (used.path, used.class, used.text))
        .collect();
    assert!(found.contains(&(
        "StudentSchoolEnrolment.ExtendedSchoolEnrolmentInfo.GrantsProgramCodes".into(),
        "GrantsProgramCode",
        "500".into()
    )));
    assert!(found.contains(&(
        "StudentSchoolEnrolment.ProgrammingType".into(),
        "ProgrammingType",
        "Regular".into()
    )));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_answered_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(decode_request(&bytes).is_err());
        prop_assert!(decode_response(Operation::GetStudent, &bytes).is_err());
    }

    #[test]
    fn a_damaged_envelope_is_read_or_refused_without_panic(
        seed in any::<u64>(), which in 0..Operation::ALL.len(), at in any::<prop::sample::Index>(),
        piece in prop::sample::select(vec!["<", ">", "&", "/", "\"", "&#0;", "&#x110000;", "<!--", "]]>", "\u{0}", "xsi:nil=\"1\"", " "]),
        cut in any::<bool>(),
    ) {
        let mut sent: Vec<u8> = a_request(Operation::ALL[which], seed).into_bytes();
        let at = at.index(sent.len());
        if cut { sent.truncate(at) } else { sent.splice(at..at, piece.bytes()); }
        if let Ok(request) = decode_request(&sent) {
            prop_assert_eq!(decode_request(encode_request(&request).as_bytes()), Ok(request));
        }
    }
}
