//! A division with two schools, and files for it.

use ::enrolment::rules::{Judge, OursAlone};
use db::schema::{audit, contact, enrolment, import_run, outbox, person, student};
use db::{Lane, Reader, Reading, Tx};
use diesel::prelude::*;
use exchange::read::Input;
use exchange::{Filter, Kind, NewRun, Permits, Progress, Province, RowOutcome, RowView, Run, Work};
use kernel::{Date, Failure, Finding, Findings, Grade, ImportId, Outcome, StudentId};
use people::{Address, Phone};
use schools::{AddSchool, Authority, SchoolDetails};
use testkit::{DIVISION, World};

pub(crate) fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> T {
    world
        .store
        .write_now(Lane::Interactive, &world.actor, work)
        .expect("it is saved")
}

pub(crate) fn read<T>(world: &World, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> T {
    world.store.read_now(DIVISION, work).expect("the read answers")
}

/// Schools 0045 and 1256.
pub(crate) fn furnish(world: &World) {
    write(world, |tx| {
        let permit = access::Permit::program(&tx.actor().clone())?;
        let authority = "3260".parse().expect("a code");
        let ours = Authority {
            code: authority,
            name: "Division".to_owned(),
            kind: "Public".to_owned(),
        };
        schools::set_authority(tx, &permit, ours)?;
        for code in ["0045", "1256"] {
            let details = SchoolDetails {
                code: code.parse().expect("a code"),
                name: format!("School {code}"),
                authority,
                street: String::new(),
                city: String::new(),
                postal_code: String::new(),
                phone: String::new(),
                lowest_grade: Grade::Ecs,
                highest_grade: Grade::G12,
            };
            schools::add_school(tx, &permit, AddSchool { id: None, details })?;
        }
        Ok(())
    });
}

/// A province that takes no postal code with an O, and phones of ten digits.
struct Strict;

impl Province for Strict {
    fn judge(&self, _: &mut Tx, _: Option<StudentId>, _: Option<&str>) -> Outcome<Box<dyn Judge>> {
        Ok(Box::new(OursAlone))
    }
    fn people(&self) -> &dyn people::rules::Judge {
        self
    }
}

impl people::rules::Judge for Strict {
    fn address(&self, address: &Address, _: Option<Date>, _: Date) -> Findings {
        let is_wrong = address.country == "CA" && address.postal_code.contains('O');
        let found = is_wrong.then(|| Finding::refuse("3002", "postal_code"));
        found.into_iter().collect()
    }
    fn phone(&self, phone: &Phone) -> Findings {
        let is_wrong = phone.number.len() != 10;
        let found = is_wrong.then(|| Finding::refuse("3002", "number"));
        found.into_iter().collect()
    }
}

/// What a test does with a run.
pub(crate) struct Desk<'w> {
    pub(crate) world: &'w World,
    permits: Permits,
}

impl<'w> Desk<'w> {
    pub(crate) fn new(world: &'w World, kind: Kind) -> Self {
        Self {
            world,
            permits: Permits::program(&world.actor, kind).expect("the program may"),
        }
    }
    fn work(&self) -> Work<'_> {
        Work {
            store: &self.world.store,
            permits: &self.permits,
            province: &Strict,
        }
    }
    pub(crate) fn stage(&self, text: &str) -> ImportId {
        self.try_stage(text.as_bytes(), true).expect("the file is read")
    }
    pub(crate) fn try_stage(&self, bytes: &[u8], tells: bool) -> Outcome<ImportId> {
        let new = NewRun {
            file_name: "file.csv".to_owned(),
            mapping: None,
            tells,
        };
        self.work()
            .stage(&new, &|| Ok(Input::of_bytes(bytes.to_vec().into())))
    }
    pub(crate) fn check(&self, id: ImportId) -> Outcome<Progress> {
        self.work().check(id, &mut |_| {})
    }
    pub(crate) fn run(&self, id: ImportId) -> Progress {
        self.try_run(id).expect("it runs")
    }
    pub(crate) fn try_run(&self, id: ImportId) -> Outcome<Progress> {
        self.work().run(id, &mut |_| {})
    }
    pub(crate) fn undo(&self, id: ImportId) -> Progress {
        self.work().undo(id, &mut |_| {}).expect("it is taken back")
    }
    /// Stages and runs.
    pub(crate) fn import(&self, text: &str) -> (ImportId, Progress) {
        let id = self.stage(text);
        let progress = self.run(id);
        (id, progress)
    }
    pub(crate) fn of(&self, id: ImportId) -> Run {
        read(self.world, |at| {
            exchange::run(at, std::slice::from_ref(&self.permits), id)
        })
    }
    pub(crate) fn rows(&self, id: ImportId, outcome: Option<RowOutcome>) -> Vec<RowView> {
        let filter = Filter {
            outcome,
            limit: 5000,
            ..Filter::default()
        };
        read(self.world, |at| exchange::rows(at, &self.permits, id, &filter))
    }
    /// Row, code and field of every finding.
    pub(crate) fn findings(&self, id: ImportId) -> Vec<(i32, String, String)> {
        let rows = self.rows(id, None);
        let each = |view: &RowView| {
            let number = view.row.number;
            let all = view.row.findings.0.iter();
            all.map(|one| (number, one.code.clone(), one.field.clone()))
                .collect::<Vec<_>>()
        };
        rows.iter().flat_map(each).collect()
    }
    pub(crate) fn edit(&self, id: ImportId, number: i32, edits: &[(&str, &str)]) -> Outcome<()> {
        let run = self.of(id);
        let edits: Vec<(usize, String)> = edits
            .iter()
            .map(|(field, text)| (run.place_of(field).expect("a column"), (*text).to_owned()))
            .collect();
        self.world
            .store
            .write_now(Lane::Interactive, &self.world.actor, |tx| {
                exchange::edit_row(tx, &self.permits, id, (number, &edits))
            })
    }
}

/// Rows of the tables that an import fills: students, persons, contacts, enrolments.
pub(crate) fn counted(world: &World) -> [i64; 4] {
    read(world, |at| {
        Ok([
            student::table.count().get_result(at.conn())?,
            person::table.count().get_result(at.conn())?,
            contact::table
                .filter(contact::known_to.is_null().and(contact::is_deleted.eq(false)))
                .count()
                .get_result(at.conn())?,
            enrolment::table
                .filter(enrolment::known_to.is_null().and(enrolment::deletion.is_null()))
                .count()
                .get_result(at.conn())?,
        ])
    })
}

pub(crate) fn announced(world: &World, topic: &str) -> i64 {
    read(world, |at| {
        Ok(outbox::table
            .filter(outbox::topic.eq(topic))
            .count()
            .get_result(at.conn())?)
    })
}

pub(crate) fn audited(world: &World, action: &str) -> i64 {
    read(world, |at| {
        Ok(audit::table
            .filter(audit::action.eq(action))
            .count()
            .get_result(at.conn())?)
    })
}

pub(crate) fn runs(world: &World) -> i64 {
    read(world, |at| Ok(import_run::table.count().get_result(at.conn())?))
}

/// The codes of a refusal.
pub(crate) fn codes<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<(String, String)> {
    match outcome {
        Err(Failure::Invalid(findings)) => findings.0.into_iter().map(|one| (one.code, one.field)).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

/// Students of two families: the Roys are siblings with the same parents.
pub(crate) const FAMILIES: &str = "\
local_number,asn,first_name,last_name,birth_date,gender,street,city,postal_code,phone,guardian1_first_name,guardian1_last_name,guardian1_mobile_phone,guardian2_first_name,guardian2_last_name,guardian2_email,school,grade,homeroom,start
200001,111111111,Zoé,Roy,2015-04-17,F,12 Elm Street,Fort McMurray,T9H 1A1,780-555-0101,Marie,Roy,780-555-0102,Luc,Roy,luc.roy@example.ca,0045,6,6A,2026-09-01
200002,111111112,Léo,Roy,2013-02-03,M,12 Elm Street,Fort McMurray,T9H 1A1,780-555-0101,Marie,Roy,(780) 555-0102,Luc,Roy,Luc.Roy@example.ca,45,8,8B,2026-09-01
200003,111111113,Aiyana,Whitebear,2014-11-30,F,8 Birch Road,Anzac,T0P 1J0,780-555-0201,Rose,Whitebear,780-555-0202,,,,1256,6,6C,2026-09-01
";
