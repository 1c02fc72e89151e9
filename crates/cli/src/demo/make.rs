//! Making a practice division, step by step; going on where an earlier start was cut off.

use super::classes::Seat;
use super::family::{self, Loaded};
use super::people::{self, Account};
use super::shape::{DIVISION, Shape};
use super::{attendance, classes, organization, portrait, province, requests};
use crate::ending::Stop;
use ::enrolment::bulk::{BulkEnrol, insert_enrolments};
use ::people::bulk::{insert_photos, insert_students};
use ::people::picture::Picture;
use ::people::{NewStudent, Origin};
use access::Permit;
use access::action::{CreateStudents, ManageEnrolment};
use db::{Lane, Store, Tx};
use kernel::{Actor, Asn, Date, Outcome, StudentId};
use pasi_reference::Server;
use practice::Division;
use std::collections::HashMap;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The setting that holds the shape.
const SHAPE: &str = "practice.shape";
/// The setting that holds how many steps were done.
const STEPS: &str = "practice.steps";
/// Students in one transaction: a division's at once, so that each page of the database is written once.
const CHUNK: usize = 10_000;
/// Chunks that may be waiting to be written.
const AHEAD: usize = 1;

/// What was made.
#[derive(Debug)]
pub(crate) struct Made {
    /// What the division is made of.
    pub(crate) shape: Shape,
    /// Whom to sign in as.
    pub(crate) accounts: Vec<Account>,
    /// Nothing had to be made.
    pub(crate) was_there: bool,
    /// Each part and the milliseconds it took.
    pub(crate) parts: Vec<(&'static str, u128)>,
}

/// Makes the division where it is not there, or not whole, and loads the
/// province with the same.
///
/// A wrong call when the folder holds a division of another size. Blocks.
pub(crate) fn make(store: &Store, server: &Server, students: Option<usize>) -> Result<Made, Stop> {
    let mut making = Making::begin(store, students)?;
    let was_there = making.done == u32::MAX;
    let division = making.shape.division()?;
    if !was_there {
        making.schools(&division)?;
        let (owners, seats) = making.students(&division, server)?;
        making.accounts(&division)?;
        making.classes(&division, &seats)?;
        making.attendance(&division, &seats)?;
        making.synchronize(server, &owners)?;
    }
    let began = Instant::now();
    let accounts = people::accounts(&division);
    making.took("people to sign in as", began);
    Ok(Made {
        shape: making.shape,
        accounts,
        was_there,
        parts: making.parts,
    })
}

/// Whose an ASN is.
type Owners = HashMap<Asn, StudentId>;

struct Making<'a> {
    store: &'a Store,
    actor: Actor,
    shape: Shape,
    today: Date,
    /// Steps done; the largest number when all are.
    done: u32,
    /// Steps met so far in this run.
    met: u32,
    parts: Vec<(&'static str, u128)>,
}

impl<'a> Making<'a> {
    /// Reads how far an earlier start came.
    fn begin(store: &'a Store, students: Option<usize>) -> Result<Self, Stop> {
        let kept = store.read_now(DIVISION, |at| {
            Ok((db::setting(at, SHAPE)?, db::setting(at, STEPS)?))
        })?;
        let today = store.now().date();
        let shape = match kept.0 {
            None => Shape::new(students, today),
            Some(text) => Shape::from_text(&text)
                .ok_or_else(|| Stop::Problems(format!("the setting {SHAPE} cannot be read: {text}")))?,
        };
        if students.is_some() && students != shape.students {
            let there = shape.students.map_or("the official counts".to_owned(), |many| {
                format!("{many} students")
            });
            return Err(Stop::Call(format!(
                "the folder holds a practice division of {there}; leave --students away, or name another folder"
            )));
        }
        let done = kept.1.and_then(|text| text.parse().ok()).unwrap_or(0);
        let actor = Actor::system(DIVISION, "Practice");
        Ok(Self {
            store,
            actor,
            shape,
            today,
            done,
            met: 0,
            parts: Vec::new(),
        })
    }

    fn took(&mut self, part: &'static str, began: Instant) {
        self.parts.push((part, began.elapsed().as_millis()));
    }

    /// One step: `work` and the note that it was done, in one transaction;
    /// nothing when an earlier start did it.
    fn step(&mut self, mut work: impl FnMut(&mut Tx) -> Outcome<()>) -> Outcome<()> {
        self.met += 1;
        if self.met <= self.done {
            return Ok(());
        }
        let met = self.met.to_string();
        self.store.write_now(Lane::Batch, &self.actor, |tx| {
            work(tx)?;
            db::set_setting(tx, STEPS, &met)
        })
    }

    fn schools(&mut self, division: &Division) -> Outcome<()> {
        let began = Instant::now();
        let shape = self.shape.text();
        let name = division.authority.short_name().to_owned();
        self.step(|tx| {
            db::add_division(tx, &name, true)?;
            db::set_setting(tx, SHAPE, &shape)
        })?;
        self.step(|tx| organization::add_schools(tx, division))?;
        self.took("schools and calendars", began);
        Ok(())
    }

    /// Invents families on one thread, writes them on this one, and hands the
    /// same students to the province.
    fn students(&mut self, division: &Division, server: &Server) -> Result<(Owners, Vec<Seat>), Stop> {
        let drawn = portrait::all()?;
        let (today, wants_province) = (self.today, server.students() == 0);
        let mut there = organization::province(division);
        std::thread::scope(|scope| {
            let (give, take) = mpsc::sync_channel::<Vec<Loaded>>(AHEAD);
            let inventing = scope.spawn(move || {
                let (mut seeds, mut owners, mut seats) = (Vec::new(), Owners::new(), Vec::new());
                let mut chunk = Vec::with_capacity(CHUNK);
                for family in division.families() {
                    let loaded = family::students(&family);
                    if wants_province {
                        seeds.extend(province::students(&loaded, today));
                    }
                    seats.extend(loaded.iter().map(|one| Seat::of(&one.enrol)));
                    owners.extend(
                        loaded
                            .iter()
                            .filter_map(|one| Some((one.new.identity.asn?, one.new.id))),
                    );
                    chunk.extend(loaded);
                    if chunk.len() >= CHUNK && give.send(std::mem::take(&mut chunk)).is_err() {
                        return (seeds, owners, seats); // writing failed: its own error is told
                    }
                }
                if !chunk.is_empty() {
                    drop(give.send(chunk));
                }
                drop(give);
                (seeds, owners, seats)
            });
            let mut writing = Duration::ZERO;
            for (number, chunk) in take.into_iter().enumerate() {
                let began = Instant::now();
                self.chunk(chunk, &drawn)?;
                writing += began.elapsed();
                if number == 0 {
                    self.store.take_stock()?;
                }
            }
            self.parts.push(("students and enrolments", writing.as_millis()));
            let counting = Instant::now();
            self.store.take_stock()?;
            self.took("figures for the planner", counting);
            let seeding = Instant::now();
            let (seeds, owners, seats) = inventing
                .join()
                .map_err(|_| Stop::Problems("the practice people could not be invented".to_owned()))?;
            if wants_province {
                let told = classes::province(division, &seats, &owners, &seeds);
                (there.sections, there.course_enrolments) = told;
                there.students = seeds;
                server
                    .seed(there)
                    .map_err(|error| Stop::Away(error.to_string()))?;
            }
            self.took("the province", seeding);
            Ok((owners, seats))
        })
    }

    fn chunk(&mut self, chunk: Vec<Loaded>, drawn: &[Picture]) -> Outcome<()> {
        let photos = portrait::of(chunk.iter(), drawn);
        let (students, enrolments): (Vec<NewStudent>, Vec<BulkEnrol>) =
            chunk.into_iter().map(|loaded| (loaded.new, loaded.enrol)).unzip();
        let actor = self.actor.clone();
        self.step(|tx| {
            let create = Permit::<CreateStudents>::program(&actor)?;
            insert_students(tx, &create, &students, &pasi::ProvinceOnPeople)?;
            insert_photos(tx, &create, &photos)?;
            let manage = Permit::<ManageEnrolment>::program(&actor)?;
            insert_enrolments(tx, &manage, Origin::Province, enrolments.clone()).map(|_| ())
        })
    }

    fn accounts(&mut self, division: &Division) -> Outcome<()> {
        let began = Instant::now();
        let accounts = people::accounts(division);
        self.step(|tx| accounts.iter().try_for_each(|account| people::make(tx, account)))?;
        self.took("accounts", began);
        Ok(())
    }

    fn classes(&mut self, division: &Division, seats: &[Seat]) -> Outcome<()> {
        let began = Instant::now();
        self.step(|tx| classes::make(tx, division, seats, "teacher"))?;
        self.step(|tx| requests::make(tx, division, seats))?;
        self.took("classes", began);
        Ok(())
    }

    fn attendance(&mut self, division: &Division, seats: &[Seat]) -> Outcome<()> {
        let (began, now) = (Instant::now(), self.store.now());
        self.step(|tx| attendance::add(tx, division, seats, now))?;
        self.took("attendance", began);
        Ok(())
    }

    /// Marks both sides as equal. The province's own copies are read back, so
    /// that the mirror holds exactly what the province would send.
    fn synchronize(&mut self, server: &Server, owners: &Owners) -> Outcome<()> {
        let began = Instant::now();
        let (students, enrolments) = server.holdings();
        let (sections, course_enrolments) = server.classes();
        let versions = students.iter().map(|student| student.pasi_core_version);
        let version = versions
            .chain(enrolments.iter().map(|one| one.pasi_core_version))
            .chain(sections.iter().map(|one| one.pasi_core_version))
            .chain(course_enrolments.iter().map(|one| one.pasi_core_version))
            .max()
            .unwrap_or(0);
        let seeded = pasi::Seeded {
            students: students
                .into_iter()
                .filter_map(|student| Some((*owners.get(&student.asn)?, student)))
                .collect(),
            enrolments,
            responsible_schools: Vec::new(),
            sections,
            course_enrolments,
            version,
        };
        self.step(|tx| pasi::seed(tx, &seeded))?;
        self.store.take_stock()?;
        let all = u32::MAX.to_string();
        self.store
            .write_now(Lane::Batch, &self.actor, |tx| db::set_setting(tx, STEPS, &all))?;
        self.took("marking as synchronized", began);
        Ok(())
    }
}

/// The practice province alone, for a reference server without a division beside it.
pub(crate) fn whole_province(
    students: Option<usize>,
    today: Date,
) -> Result<pasi_reference::seed::Province, Stop> {
    let division = Shape::new(students, today).division()?;
    let mut province = organization::province(&division);
    province.students = division
        .families()
        .flat_map(|family| province::students(&family::students(&family), today))
        .collect();
    Ok(province)
}
