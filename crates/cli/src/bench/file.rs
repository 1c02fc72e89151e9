//! The division as a file, imported into empty records: students with their
//! guardians and enrolments, a row each, through the operations of an import.

use super::division::Bench;
use super::figure::{Figure, Goal};
use crate::demo::DIVISION;
use crate::ending::Stop;
use access::Permit;
use access::action::ViewStudents;
use db::{Lane, Location, Options, Store};
use exchange::export::CsvList;
use exchange::read::Input;
use exchange::{Kind, NewRun, Permits, Work};
use kernel::{Actor, Outcome, SystemClock};
use schools::{AddSchool, SchoolDetails};
use std::sync::Arc;
use std::time::Instant;

const HEADINGS: [&str; 17] = [
    "local_number",
    "asn",
    "first_name",
    "middle_name",
    "last_name",
    "birth_date",
    "gender",
    "guardian1_first_name",
    "guardian1_last_name",
    "guardian1_mobile_phone",
    "guardian2_first_name",
    "guardian2_last_name",
    "guardian2_mobile_phone",
    "school",
    "grade",
    "homeroom",
    "start",
];

/// From the file on the disk to the last durable row.
pub(super) fn figure(bench: &Bench) -> Result<Figure, Stop> {
    let actor = Actor::system(DIVISION, "Measuring");
    let text: Arc<[u8]> = bench
        .store
        .read_now(DIVISION, |at| file(at, &actor, bench))?
        .into();
    let folder = tempfile::tempdir().map_err(Stop::io("temporary folder"))?;
    let store = empty(bench, &actor, folder.path())?;
    let permits = Permits::program(&actor, Kind::Students)?;
    let work = Work {
        store: &store,
        permits: &permits,
        province: &pasi::ImportRules,
    };
    let new = NewRun {
        file_name: "division.csv".to_owned(),
        mapping: None,
        tells: false,
    };
    let began = Instant::now();
    let id = work.stage(&new, &|| Ok(Input::of_bytes(text.clone())))?;
    let done = work.run(id, &mut |_| {})?;
    let taken = began.elapsed().as_secs_f64();
    if done.totals.new == 0 {
        return Err(Stop::Problems(format!("nobody was imported: {:?}", done.totals)));
    }
    let name = format!("import of a file of {} students", done.totals.new);
    Ok(Figure::new(name, taken, "s").goal(Goal::AtMost(5.0)))
}

/// Every student who is enrolled, as a row.
fn file(at: &mut impl db::Reading, actor: &Actor, bench: &Bench) -> Outcome<Vec<u8>> {
    let permit = Permit::<ViewStudents>::program(actor)?;
    let directory = schools::directory(at)?;
    let mut list = CsvList::new(&HEADINGS);
    for id in &bench.students {
        let student = people::student(at, &permit, *id)?;
        let enrolled = enrolment::enrolments(at, &permit, *id)?;
        let Some(stay) = enrolled.iter().find(|one| !one.is_deleted()) else {
            continue;
        };
        let legal = student.legal().clone();
        let code = directory.get(stay.school).map(|school| school.code.to_string());
        let mut row = vec![
            student.local_number.clone(),
            student
                .identity
                .asn
                .map(|asn| asn.as_str().to_owned())
                .unwrap_or_default(),
            legal.first,
            legal.middle,
            legal.last,
            student.identity.birth_date.to_string(),
            student.identity.gender.clone(),
        ];
        for place in 0..2 {
            let person = student.contacts.get(place).map(|one| &one.person.value);
            row.extend(person.map_or_else(
                || [String::new(), String::new(), String::new()],
                |one| {
                    [
                        one.name.first.clone(),
                        one.name.last.clone(),
                        one.phone().to_owned(),
                    ]
                },
            ));
        }
        row.extend([
            code.unwrap_or_default(),
            stay.grade.as_str().to_owned(),
            stay.homeroom.clone(),
            stay.start.to_string(),
        ]);
        list.row(&row);
    }
    Ok(list.finish())
}

/// Records with the schools of the measured division, and nobody in them.
fn empty(bench: &Bench, actor: &Actor, folder: &std::path::Path) -> Result<Store, Stop> {
    let location = Location::Folder(folder.to_owned());
    db::migrate(&location)?;
    let store = Store::open(
        &location,
        &folder.join("keys"),
        Arc::new(SystemClock),
        Options::default(),
    )?;
    let (all, authorities) = bench.store.read_now(DIVISION, |at| {
        Ok((schools::directory(at)?, schools::authorities(at)?))
    })?;
    store.write_now(Lane::Batch, actor, |tx| {
        db::add_division(tx, "Measuring", true)?;
        let permit = Permit::program(actor)?;
        for authority in &authorities {
            schools::set_authority(tx, &permit, authority.clone())?;
        }
        for school in all.all() {
            let details = SchoolDetails {
                code: school.code,
                name: school.name.clone(),
                authority: school.authority,
                street: school.street.clone(),
                city: school.city.clone(),
                postal_code: school.postal_code.clone(),
                phone: school.phone.clone(),
                lowest_grade: school.lowest_grade,
                highest_grade: school.highest_grade,
            };
            schools::add_school(tx, &permit, AddSchool { id: None, details })?;
        }
        Ok(())
    })?;
    Ok(store)
}
