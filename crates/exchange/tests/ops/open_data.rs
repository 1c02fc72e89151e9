//! The published files load as they are, with the traps left in them.

use crate::ground::{Desk, furnish, read};
use exchange::{Kind, RowOutcome, Run};
use testkit::World;

const DIRECTORY: &[u8] = include_bytes!("../../../practice/data/school-directory-2021.csv");
const YEARS: [(&str, &[u8], i32); 4] = [
    (
        "2021/22",
        include_bytes!("../data/school-enrolment-2021-2022.csv"),
        2275,
    ),
    (
        "2022/23",
        include_bytes!("../data/school-enrolment-2022-2023.csv"),
        2289,
    ),
    (
        "2023/24",
        include_bytes!("../data/school-enrolment-2023-2024.csv"),
        2303,
    ),
    (
        "2024/25",
        include_bytes!("../../../practice/data/school-enrolment-2024-2025.csv"),
        2315,
    ),
];

fn checked<'w>(world: &'w World, bytes: &[u8]) -> (Desk<'w>, Run) {
    let desk = Desk::new(world, Kind::Schools);
    let id = desk.try_stage(bytes, true).expect("the file is read");
    desk.check(id).expect("it is checked");
    let run = desk.of(id);
    (desk, run)
}

#[test]
fn the_school_directory_updates_the_schools_of_the_division() {
    let world = testkit::sqlite();
    furnish(&world);
    let (desk, run) = checked(&world, DIRECTORY);
    assert_eq!(run.mapping.label, "Alberta: school directory");
    assert_eq!(run.totals.all, 2508);
    assert_eq!(run.totals.refused, 0, "{:?}", desk.findings(run.id));
    assert_eq!(run.totals.skipped + run.totals.new + run.totals.changed, 2508);
    assert!(run.totals.new >= 15, "{:?}", run.totals);
    desk.run(run.id);
    let directory = read(&world, |at| schools::directory(at));
    let mctavish = directory
        .by_code("1559".parse().expect("a code"))
        .expect("the school is there");
    assert_eq!(
        mctavish.name, "École McTavish Public High School",
        "accents are kept"
    );
    assert!(
        directory
            .all()
            .iter()
            .all(|school| school.postal_code.is_empty() || school.postal_code.len() == 7)
    );
    desk.undo(run.id);
    let of_others = |code: &str| code == "LP-0842";
    let kept: Vec<_> = desk
        .findings(run.id)
        .into_iter()
        .filter(|(_, code, _)| !of_others(code))
        .collect();
    assert!(
        kept.iter().all(|(_, code, _)| code == "LP-0862"),
        "a school that was added stays, and is named: {kept:?}"
    );
    assert_eq!(i32::try_from(kept.len()), Ok(run.totals.new));
}

#[test]
fn the_enrolment_files_of_four_years_load_whatever_their_columns() {
    for (year, bytes, schools) in YEARS {
        let world = testkit::sqlite();
        furnish(&world);
        let (desk, run) = checked(&world, bytes);
        assert_eq!(
            run.mapping.label, "Alberta: enrolment by school and grade",
            "{year}"
        );
        // The heading with a line break, and the extra first column of two of the years.
        let extra = year == "2022/23" || year == "2023/24";
        assert_eq!(run.source.headings.len(), if extra { 20 } else { 19 }, "{year}");
        assert!(run.source.headings.contains(&"School Name".to_owned()), "{year}");
        assert_eq!(
            run.totals.all,
            schools + 1,
            "{year}: every school and the footnote"
        );
        assert_eq!(run.totals.refused, 0, "{year}: {:?}", desk.findings(run.id));
        let footnotes: Vec<i32> = desk
            .findings(run.id)
            .into_iter()
            .filter(|(_, code, _)| code == "LP-0841")
            .map(|(row, _, _)| row)
            .collect();
        assert_eq!(footnotes.len(), 1, "{year}");
        let new = desk.rows(run.id, Some(RowOutcome::New));
        assert!(new.len() >= 14, "{year}: {} schools of ours", new.len());
        // Trailing blanks of names are cut, codes keep their zeros.
        assert!(new.iter().all(|view| view.label.trim() == view.label), "{year}");
    }
}

#[test]
fn the_seventeen_codes_of_the_directory_that_teach_nothing_are_no_schools_and_are_named() {
    // The directory as another authority reads it: the one whose codes stand for no school.
    let text = String::from_utf8(DIRECTORY.to_vec()).expect("UTF-8");
    let ours = text.replace(",9000,Other Schools", ",3260,Other Schools");
    let world = testkit::sqlite();
    furnish(&world);
    let (desk, run) = checked(&world, ours.as_bytes());
    assert_eq!(run.totals.all, 2508);
    let found = desk.findings(run.id);
    let with = |wanted: &str| found.iter().filter(|(_, code, _)| code == wanted).count();
    assert_eq!(with("LP-0848"), 17, "Special Centre, Private Study and the like");
    assert_eq!(
        run.totals.refused, 17,
        "and nothing else of the directory is refused"
    );
    assert_eq!(
        with("LP-0838"),
        0,
        "24 postal codes are missing; every one that is there has the shape of one"
    );
}
