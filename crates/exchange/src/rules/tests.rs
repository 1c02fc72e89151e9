use super::cells::{Bound, Cells};
use super::date::{Read, form_of, read};
use super::value::{grade_of, year_of};
use super::{Ground, contact, enrolment, school, skip, staff, student, suggest};
use crate::model::{DateForm, Kind, Mapping, shipped, shipped_named};
use kernel::{Date, Findings, Grade, SchoolId, SchoolYear};
use schools::{Directory, School};

fn date(text: &str) -> Date {
    text.parse().expect("a test date")
}

fn ground() -> Ground {
    let school = |code: &str, name: &str| School {
        id: SchoolId::derived(code),
        code: code.parse().expect("a code"),
        name: name.to_owned(),
        authority: "3260".parse().expect("a code"),
        street: String::new(),
        city: String::new(),
        postal_code: String::new(),
        phone: String::new(),
        lowest_grade: Grade::Ecs,
        highest_grade: Grade::G9,
        version: 1,
    };
    Ground {
        directory: Directory::new(vec![
            school("0045", "École Boréale"),
            school("1256", "Timberlea School"),
        ]),
        today: date("2026-11-23"),
        ours: "3260".parse().expect("a code"),
    }
}

fn bound(kind: &str, headings: &[&str]) -> Bound {
    let mapping = shipped_named(kind).expect("it is shipped").mapping();
    let headings: Vec<String> = headings.iter().map(|one| (*one).to_owned()).collect();
    Bound::new(&mapping, &headings)
}

fn codes(found: &Findings) -> Vec<(&str, &str)> {
    found
        .0
        .iter()
        .map(|one| (one.code.as_str(), one.field.as_str()))
        .collect()
}

#[test]
fn dates_are_read_as_the_file_writes_them_and_never_guessed() {
    use DateForm::{DayFirst, Iso, MonthFirst};
    let (plain, other) = (|text| Read::Plain(date(text)), |text| Read::Other(date(text)));
    for (text, form, want) in [
        ("2015-04-17", Iso, plain("2015-04-17")),
        ("2015/4/7", Iso, plain("2015-04-07")),
        ("2015-04-17 00:00:00", Iso, plain("2015-04-17")),
        ("4/17/2015", MonthFirst, plain("2015-04-17")),
        ("17/04/2015", DayFirst, plain("2015-04-17")),
        ("04/05/2015", MonthFirst, plain("2015-04-05")),
        ("04/05/2015", DayFirst, plain("2015-05-04")),
        ("04/05/2015", Iso, Read::None),
        ("04/17/2015", Iso, other("2015-04-17")),
        ("17/04/2015", MonthFirst, other("2015-04-17")),
        ("2015-04-17", MonthFirst, other("2015-04-17")),
        ("17-Apr-2015", Iso, other("2015-04-17")),
        ("April 17, 2015", Iso, other("2015-04-17")),
        ("Apr 17, 2015", MonthFirst, other("2015-04-17")),
        ("17 avr. 2015", Iso, other("2015-04-17")),
        ("20150417", Iso, other("2015-04-17")),
        ("42111", Iso, other("2015-04-17")),
        ("04/17/15", MonthFirst, Read::None),
        ("2015-02-30", Iso, Read::None),
        ("soon", Iso, Read::None),
    ] {
        assert_eq!(read(text, form), want, "{text} as {form}");
    }
    assert_eq!(form_of(&["04/17/2015", "03/02/2014"]), Some(MonthFirst));
    assert_eq!(form_of(&["17/04/2015", "03/02/2014"]), Some(DayFirst));
    assert_eq!(
        form_of(&["04/05/2015", "03/02/2014"]),
        None,
        "either could be meant"
    );
}

#[test]
fn grades_and_years_are_known_by_every_usual_name() {
    for (text, want) in [
        ("K", Some(Grade::Ecs)),
        ("EC", Some(Grade::Ecs)),
        ("0", Some(Grade::Ecs)),
        ("-1", Some(Grade::Ecs)),
        ("1", Some(Grade::G1)),
        ("09", Some(Grade::G9)),
        ("Grade 12", Some(Grade::G12)),
        ("Gr. 3", Some(Grade::G3)),
        ("13", None),
        ("-9", None),
        ("six", None),
    ] {
        assert_eq!(grade_of(text), want, "{text}");
    }
    for (text, want) in [("2027", 2027), ("2026/27", 2027), ("2026-2027", 2027)] {
        assert_eq!(year_of(text), SchoolYear::ending(want), "{text}");
    }
    assert_eq!(year_of("26"), None, "which century?");
}

#[test]
fn what_a_spreadsheet_did_to_numbers_is_repaired_where_certain_and_said() {
    let bound = bound(
        "lodgepole-students",
        &["asn", "local_number", "phone", "school", "grade", "start"],
    );
    for (row, want) in [
        (
            ["123456789", "100001", "780-555-0123", "0045", "1", "2026-09-01"],
            vec![],
        ),
        (["12345678", "1", "", "", "", ""], vec![]),
        (["1.23457E+08", "1", "", "", "", ""], vec![("LP-0822", "asn")]),
        (["12345", "1", "", "", "", ""], vec![("LP-0821", "asn")]),
        (
            ["", "100001.0", "", "", "", ""],
            vec![("LP-0823", "local_number")],
        ),
        (["", "", "7805550123.0", "", "", ""], vec![("LP-0823", "phone")]),
        (["", "", "7.80555E+09", "", "", ""], vec![("LP-0822", "phone")]),
        (["", "", "", "45", "1", ""], vec![("LP-0823", "school")]),
        (["", "", "", "École Boréale", "1", ""], vec![]),
        (["", "", "", "46", "1", ""], vec![("LP-0826", "school")]),
        (["", "", "", "0045", "thirteen", ""], vec![("LP-0827", "grade")]),
    ] {
        let row: Vec<String> = row.iter().map(|cell| (*cell).to_owned()).collect();
        let mut cells = Cells::new(&bound, &row, (row.len(), false));
        let draft = student(&mut cells, &ground());
        let found: Vec<(&str, &str)> = codes(&cells.found)
            .into_iter()
            .filter(|(code, _)| *code != "LP-0820")
            .collect();
        assert_eq!(found, want, "{row:?}");
        if row[0] == "12345678" {
            assert_eq!(
                (draft.asn.map(|asn| asn.as_str().to_owned()), draft.asn_is_guessed),
                (Some("012345678".to_owned()), true)
            );
        }
    }
}

#[test]
fn cells_that_no_record_may_hold_are_named_by_their_column() {
    let bound = bound(
        "lodgepole-students",
        &["first_name", "last_name", "birth_date", "gender"],
    );
    for (row, width, want) in [
        (
            vec!["Zo\u{fffd}", "Roy", "2015-04-17", "F"],
            4,
            vec![("LP-0808", "first_name")],
        ),
        (
            vec!["Zoé\u{0}", "Roy", "2015-04-17", "F"],
            4,
            vec![("LP-0812", "first_name")],
        ),
        (
            vec!["ZoÃ©", "Roy", "2015-04-17", "F"],
            4,
            vec![("LP-0811", "first_name")],
        ),
        (
            vec!["Zoé", "Roy", "2015-04-17", "F", "over"],
            5,
            vec![("LP-0807", "")],
        ),
        (
            vec!["Zoé", "Roy", "2015-04-17", "Q"],
            4,
            vec![("LP-0828", "gender")],
        ),
        (
            vec!["", "Roy", "17.04.15", "female"],
            4,
            vec![("LP-0820", "first_name"), ("LP-0825", "birth_date")],
        ),
    ] {
        let row: Vec<String> = row.into_iter().map(str::to_owned).collect();
        let mut cells = Cells::new(&bound, &row, (width, false));
        student(&mut cells, &ground());
        assert_eq!(codes(&cells.found), want, "{row:?}");
    }
}

#[test]
fn footnotes_and_totals_are_no_rows() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    for (cells, want) in [
        (
            row(&["*First Nation statistics have been removed", "", ""]),
            Some("LP-0841"),
        ),
        (row(&["Note: preliminary", "", ""]), Some("LP-0841")),
        (row(&["Total", "", "811493"]), Some("LP-0843")),
        (row(&["", "Grand total", "12"]), Some("LP-0843")),
        (row(&["Public", "Total Learning School", "12"]), None),
    ] {
        assert_eq!(
            skip(&cells).map(|one| one.code),
            want.map(str::to_owned),
            "{cells:?}"
        );
    }
}

#[test]
fn headings_suggest_their_fields_whatever_their_case_and_language() {
    let headings = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let fields = |mapping: &Mapping| {
        mapping
            .columns
            .iter()
            .map(|one| (one.column.clone(), one.field.clone()))
            .collect::<Vec<_>>()
    };
    let plain = suggest(
        Kind::Students,
        &headings(&["FIRST NAME", "Nom de famille", "DOB", "Sexe", "Shoe size"]),
        &[],
        &[],
    );
    assert_eq!(
        fields(&plain),
        [
            ("FIRST NAME", "first_name"),
            ("Nom de famille", "last_name"),
            ("DOB", "birth_date"),
            ("Sexe", "gender"),
        ]
        .map(|(column, field)| (column.to_owned(), field.to_owned()))
    );
    let export = headings(&[
        "Student_Number",
        "State_StudentNumber",
        "Last_Name",
        "First_Name",
        "DOB",
        "Gender",
        "Grade_Level",
        "SchoolID",
    ]);
    let mapping = suggest(Kind::Students, &export, &[], &[]);
    assert_eq!(mapping.label, "PowerSchool: students (Quick Export)");
    assert_eq!(mapping.dates, DateForm::MonthFirst);
    assert_eq!(mapping.columns.len(), export.len(), "every column is known");
}

#[test]
fn every_shipped_mapping_names_known_fields_once_and_its_source() {
    for one in shipped() {
        let known: Vec<&str> = super::fields_of(one.kind).map(|field| field.name).collect();
        let mut seen = Vec::new();
        for column in &one.columns {
            assert!(
                known.contains(&column.field.as_str()),
                "{}: {}",
                one.name,
                column.field
            );
            assert!(
                !seen.contains(&&column.field),
                "{}: {} twice",
                one.name,
                column.field
            );
            seen.push(&column.field);
        }
        for field in super::fields_of(one.kind).filter(|field| field.is_required) {
            assert!(
                one.mapping().column_of(field.name).is_some(),
                "{}: {} is needed",
                one.name,
                field.name
            );
        }
        assert!(!one.source.is_empty() && !one.label_fr.is_empty(), "{}", one.name);
    }
}

#[test]
fn relationships_of_other_systems_become_the_codes_of_the_list() {
    let bound = bound(
        "lodgepole-contacts",
        &[
            "student_number",
            "first_name",
            "last_name",
            "relationship",
            "custody",
        ],
    );
    for (text, want) in [
        ("Mother", "Parent"),
        ("StepFather", "StepParent"),
        ("step-mother", "StepParent"),
        ("Grandparent", "Grandparent"),
        ("Foster Parent", "TemporaryGuardian"),
        ("tante", "Relative"),
        ("Neighbor", "Neighbour"),
        ("SocialWorker", "SocialWorker"),
        ("Landlord", ""),
    ] {
        let row: Vec<String> = ["1", "A", "B", text, "Y"]
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect();
        let mut cells = Cells::new(&bound, &row, (5, false));
        let draft = contact(&mut cells, date("2026-11-23"));
        assert_eq!(draft.contact.relationship, want, "{text}");
        assert_eq!(cells.found.refuse(), want.is_empty(), "{text}");
    }
}

#[test]
fn a_schools_odd_postal_code_is_left_out_and_named() {
    let headings = [
        "School Code",
        "School Name",
        "Authority Code",
        "School Postal Code",
        "ECSTaught",
        "Elementary Taught",
    ];
    let bound = bound("alberta-school-directory", &headings);
    for (postal, kept, code) in [
        ("T9H5B5", Some("T9H5B5"), None),
        ("T0K 0K0", Some("T0K 0K0"), None),
        ("00", None, Some("LP-0838")),
        ("T9O1B1", None, Some("LP-0838")),
    ] {
        let row: Vec<String> = ["45", "X", "3260", postal, "Y", "N"]
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect();
        let mut cells = Cells::new(&bound, &row, (6, false));
        let draft = school(&mut cells, &ground())
            .expect("one of ours")
            .expect("it has its codes");
        assert_eq!(draft.postal_code.as_deref(), kept, "{postal}");
        assert_eq!(draft.code.as_str(), "0045");
        let found: Vec<&str> = cells.found.0.iter().map(|one| one.code.as_str()).collect();
        let mut want: Vec<&str> = code.into_iter().collect();
        want.insert(0, "LP-0823");
        assert_eq!(found, want, "{postal}");
    }
}

#[test]
fn a_cell_that_is_none_of_its_kind_is_named_by_its_column() {
    type Reads = fn(&mut Cells);
    let students: Reads = |cells| drop(student(cells, &ground()));
    let contacts: Reads = |cells| drop(contact(cells, date("2026-11-23")));
    let enrolments: Reads = |cells| drop(enrolment(cells, &ground()));
    let accounts: Reads = |cells| drop(staff(cells, &ground()));
    let schools: Reads = |cells| drop(school(cells, &ground()));
    for (kind, reads, cells, want) in [
        (
            "lodgepole-students",
            students,
            vec![("birth_date", "17 Apr 2015")],
            ("LP-0824", "birth_date"),
        ),
        (
            "lodgepole-contacts",
            contacts,
            vec![("lives_with", "perhaps")],
            ("LP-0829", "lives_with"),
        ),
        (
            "lodgepole-contacts",
            contacts,
            vec![("call_order", "first")],
            ("LP-0835", "call_order"),
        ),
        (
            "lodgepole-contacts",
            contacts,
            vec![("call_order", "99999999999")],
            ("LP-0835", "call_order"),
        ),
        (
            "lodgepole-enrolments",
            enrolments,
            vec![("school_year", "26")],
            ("LP-0836", "school_year"),
        ),
        (
            "lodgepole-enrolments",
            enrolments,
            vec![
                ("school", "0045"),
                ("grade", "6"),
                ("start", "2026-09-01"),
                ("french_hours", "lots"),
            ],
            ("LP-0835", "french_hours"),
        ),
        (
            "lodgepole-staff",
            accounts,
            vec![("role", "janitor")],
            ("LP-0837", "role"),
        ),
        (
            "lodgepole-staff",
            accounts,
            vec![("role", "guardian")],
            ("LP-0837", "role"),
        ),
        (
            "alberta-school-enrolment",
            schools,
            vec![("School Code", "12345")],
            ("LP-0839", "code"),
        ),
        (
            "alberta-school-enrolment",
            schools,
            vec![("School Authority Code", "A.1")],
            ("LP-0839", "authority"),
        ),
        (
            "alberta-school-enrolment",
            schools,
            vec![("Grade 1", "20"), ("Grade 2", "22"), ("Total", "43")],
            ("LP-0844", "total"),
        ),
    ] {
        let (headings, row): (Vec<&str>, Vec<String>) = cells
            .iter()
            .map(|(heading, text)| (*heading, (*text).to_owned()))
            .unzip();
        let bound = bound(kind, &headings);
        let mut read = Cells::new(&bound, &row, (row.len(), false));
        reads(&mut read);
        let found = codes(&read.found);
        assert!(found.contains(&want), "{kind} {cells:?}: {found:?}");
    }
    let whole = ["Grade 1", "Grade 2", "Total"];
    let bound = bound("alberta-school-enrolment", &whole);
    let row = ["20", "22", "42"].map(str::to_owned);
    let mut read = Cells::new(&bound, &row, (3, false));
    schools(&mut read);
    let sums = codes(&read.found)
        .into_iter()
        .filter(|(code, _)| *code == "LP-0844");
    assert_eq!(sums.count(), 0, "42 is 20 and 22");
}

#[test]
fn cells_that_a_row_lacks_are_read_as_empty_and_it_is_said() {
    let bound = bound(
        "lodgepole-students",
        &["first_name", "last_name", "birth_date", "gender"],
    );
    let row = ["Zoé", "Roy", "2015-04-17", "F"].map(str::to_owned);
    for (width, want) in [
        (4, vec![]),
        (3, vec![("LP-0813", "")]),
        (5, vec![("LP-0807", "")]),
    ] {
        let read = Cells::new(&bound, &row, (width, false));
        assert_eq!(codes(&read.found), want, "{width} cells");
    }
}

#[test]
fn the_headings_tell_what_a_file_holds() {
    use crate::model::{ColumnMap, Kind, Mapping, SavedMapping};
    let own = SavedMapping {
        id: kernel::SavedId::from_uuid(uuid::Uuid::from_u128(1)),
        kind: Kind::Staff,
        mapping: Mapping {
            label: "Payroll".to_owned(),
            columns: [("Pers-No", "username"), ("Job", "role"), ("Place", "school")]
                .map(|(column, field)| ColumnMap {
                    column: column.to_owned(),
                    field: field.to_owned(),
                    ..ColumnMap::default()
                })
                .into(),
            ..Mapping::default()
        },
        created_by: String::new(),
        created_at: kernel::Instant::from_micros(0),
    };
    for (headings, kinds, want) in [
        (
            "Student_Number,First_Name,Last_Name,DOB,Gender,SchoolID,Grade_Level,EntryDate",
            Kind::ALL,
            Some(Kind::Students),
        ),
        (
            "Numéro local,Prénom,Nom,Date de naissance,Sexe",
            Kind::ALL,
            Some(Kind::Students),
        ),
        (
            "student_number,first_name,last_name,relationship,home_phone",
            Kind::ALL,
            Some(Kind::Contacts),
        ),
        (
            "student_number,school,school_year,grade,start,exit,grants",
            Kind::ALL,
            Some(Kind::Enrolments),
        ),
        (
            "username,display_name,email,role,school,from",
            Kind::ALL,
            Some(Kind::Staff),
        ),
        ("Pers-No,Job,Place", Kind::ALL, Some(Kind::Staff)),
        (
            "school_code,school_name,school_authority_code",
            Kind::ALL,
            Some(Kind::Schools),
        ),
        (
            "username,display_name,email,role,school,from",
            &[Kind::Students],
            None,
        ),
        ("colour,size", Kind::ALL, None),
        ("", Kind::ALL, None),
    ] {
        let headings: Vec<String> = headings.split(',').map(str::to_owned).collect();
        let found = super::kind_told(&headings, kinds, std::slice::from_ref(&own));
        assert_eq!(found, want, "{headings:?}");
    }
}
