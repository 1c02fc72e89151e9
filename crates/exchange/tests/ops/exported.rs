//! Whole tables out, and back into an empty division.

use crate::ground::{Desk, FAMILIES, announced, audited, codes, counted, furnish};
use exchange::Kind;
use exchange::export::{ExportFormat, Whole, WholePermits, whole};
use kernel::Outcome;
use std::fmt::Write;
use testkit::{World, each_engine};

fn wanted(kind: Kind, format: ExportFormat) -> Whole {
    Whole {
        kind,
        format,
        reason: "Moved to another system".to_owned(),
    }
}

fn exported(world: &World, what: &Whole) -> Outcome<(usize, Vec<u8>)> {
    let permits = WholePermits::program(&world.actor)?;
    let mut file = Vec::new();
    let rows = whole(&world.store, &permits, what, &mut file)?;
    Ok((rows, file))
}

/// Schools first, then students, then who is around them and where they go.
const ORDER: [Kind; 5] = [
    Kind::Schools,
    Kind::Students,
    Kind::Contacts,
    Kind::Enrolments,
    Kind::Staff,
];

fn all(world: &World, format: ExportFormat) -> Vec<Vec<u8>> {
    let each = ORDER.iter().map(|kind| exported(world, &wanted(*kind, format)));
    each.map(|file| file.expect("it is written").1).collect()
}

/// Everything a file tells of the students, said once by import.
const MORE: &str = "\
local_number,asn,first_name,middle_name,last_name,suffix,preferred_first_name,birth_date,gender,language_at_home,other_language,first_language,letters_in,section23,citizenship,home_street,home_city,home_province,home_postal_code,mobile_phone,email
200003,111111113,Aiyana,Rose,Whitebear,,Aya,2014-11-30,F,CRE,ENG,CRE,ENG,B,1,Lot 4,Anzac,AB,T0P 1J0,780-555-0333,aya@example.ca
";

/// What only some enrolments say: boards with the zeros a spreadsheet eats, a self-identification, hours.
const CODED: &str = "\
student_number,school,school_year,grade,start,resident_board,francophone_board,indigenous_declaration,french_hours,instruction_hours,operating_schedule,source_change
200003,1256,2026/27,6,2026-09-01,45,46,331,475,950,00000000-0000-0000-0000-000000000005,EntryError
";

/// Everything a file tells of somebody around a student.
const AROUND: &str = "\
student_number,first_name,middle_name,last_name,suffix,relationship,home_phone,mobile_phone,work_phone,email,other_email,language,street,city,province,postal_code,country,call_order,lives_with,may_pick_up,is_emergency,custody,portal_access,effective_on,expires_on
200003,Rosamund,Eve Marie,LNU,III,Grandmother,780-555-0311,780-555-0312,587-555-0313,r@example.ca,work@example.ca,Cree,12 Last Chance Gulch,Helena,Montana,59601,United States,4,N,Y,Y,access,Y,2026-09-02,2031-06-30
";

/// The same, as it leaves.
const AS_TOLD: &str = "Rosamund,Eve Marie,LNU,III,Grandparent,7805550311,7805550312,5875550313,r@example.ca,work@example.ca,CRE,12 Last Chance Gulch,Helena,MT,59601,US,4,no,yes,yes,access,yes,2026-09-02,2031-06-30";

fn peopled(world: &World) {
    furnish(world);
    Desk::new(world, Kind::Students).import(FAMILIES);
    let (_, more) = Desk::new(world, Kind::Students).import(MORE);
    assert_eq!(more.totals.changed, 1);
    let (_, coded) = Desk::new(world, Kind::Enrolments).import(CODED);
    assert_eq!(coded.totals.changed, 1);
    let (_, around) = Desk::new(world, Kind::Contacts).import(AROUND);
    assert_eq!(around.totals.new, 1);
    let staff = "username,display_name,email,role,school,from\ncarol,Carol Nadeau,c@example.ca,secretary,0045,2026-09-01\n";
    let (_, made) = Desk::new(world, Kind::Staff).import(staff);
    assert_eq!(made.totals.new, 1);
}

#[test]
fn what_is_exported_is_read_back_into_an_empty_division_as_it_was() {
    each_engine(|world| {
        peopled(world);
        for format in [ExportFormat::Csv, ExportFormat::Excel] {
            let files = all(world, format);
            if format == ExportFormat::Csv {
                let contacts = String::from_utf8(files[2].clone()).expect("UTF-8");
                assert!(
                    contacts.contains(AS_TOLD),
                    "everything about a contact leaves: {contacts}"
                );
                let enrolments = String::from_utf8(files[3].clone()).expect("UTF-8");
                assert!(
                    enrolments
                        .contains(",0045,,475,0046,331,950,00000000-0000-0000-0000-000000000005,EntryError"),
                    "every code of an enrolment leaves: {enrolments}"
                );
            }
            let empty = testkit::sqlite();
            for (kind, file) in ORDER.iter().zip(&files) {
                let desk = Desk::new(&empty, *kind);
                let id = desk.try_stage(file, true).expect("it is read");
                let done = desk.run(id);
                assert_eq!(done.totals.refused, 0, "{kind} {format}: {:?}", desk.findings(id));
            }
            assert_eq!(counted(&empty), counted(world), "{} {format}", world.engine);
            let again = all(&empty, ExportFormat::Csv);
            let first = all(world, ExportFormat::Csv);
            for ((kind, one), other) in ORDER.iter().zip(&first).zip(&again) {
                assert_eq!(sorted(one), sorted(other), "{} {kind} {format}", world.engine);
            }
        }
    });
}

/// Records have other ids in another division, and their order is that of ids.
fn sorted(file: &[u8]) -> Vec<String> {
    let text = String::from_utf8(file.to_vec()).expect("UTF-8");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn an_export_stands_in_the_audit_before_and_after_and_nothing_is_announced() {
    each_engine(|world| {
        peopled(world);
        let before = announced(world, "student.created");
        let (rows, _) = exported(world, &wanted(Kind::Students, ExportFormat::Csv)).expect("written");
        assert_eq!(rows, 3);
        assert_eq!(
            (
                audited(world, "records.export"),
                audited(world, "records.exported")
            ),
            (1, 1)
        );
        assert_eq!(announced(world, "student.created"), before);
    });
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_leaves_as_text_and_comes_back_as_it_was() {
    each_engine(|world| {
        furnish(world);
        let hostile = "local_number,first_name,last_name,birth_date,gender,street,city,postal_code,school,grade,start\n\
                       7,Zoé,Roy,2015-04-17,F,=1+1,Anzac,T0P 1J0,0045,6,2026-09-01\n";
        let (_, made) = Desk::new(world, Kind::Students).import(hostile);
        assert_eq!(made.totals.new, 1);
        let (_, file) = exported(world, &wanted(Kind::Students, ExportFormat::Csv)).expect("written");
        let text = String::from_utf8(file).expect("UTF-8");
        assert!(text.contains(",'=1+1,") && !text.contains(",=1+1,"), "{text}");
        let (_, again) = Desk::new(world, Kind::Students).import(&text);
        assert_eq!(again.totals.same, 1, "{}", world.engine);
    });
}

#[test]
fn a_hundred_students_do_not_leave_without_a_reason() {
    each_engine(|world| {
        furnish(world);
        import_named(world);
        let silent = Whole {
            reason: " - ".to_owned(),
            ..wanted(Kind::Contacts, ExportFormat::Csv)
        };
        assert_eq!(
            codes(exported(world, &silent)),
            [("LP-0871".to_owned(), "reason".to_owned())]
        );
        assert_eq!(audited(world, "records.export"), 0, "{}", world.engine);
    });
}

/// A hundred students whose names have letters only.
fn import_named(world: &World) {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at % 26).unwrap_or(0));
    let mut file = "local_number,first_name,last_name,birth_date,gender\n".to_owned();
    for at in 0..100 {
        let name = format!("Roy{}{}", letter(at / 26), letter(at));
        writeln!(file, "{},Ann,{name},2012-03-04,F", 500 + at).expect("memory takes a line");
    }
    let (_, done) = Desk::new(world, Kind::Students).import(&file);
    assert_eq!(done.totals.new, 100);
}
