//! Taking a run back: what its rows wrote, the last row first, as long as
//! nobody changed it since. What cannot be taken back is named.

use super::work::{Work, hex, visible};
use crate::events::{IMPORT_UNDONE, Imported};
use crate::model::{Before, Kind, Progress, Run, State, Touch};
use crate::store;
use access::{accounts, grants};
use db::{Subject, Tx};
use enrolment::rules::OursAlone;
use enrolment::{Change, Enrolment};
use kernel::{EnrolmentId, Failure, Finding, Findings, ImportId, Outcome, SchoolId, StudentId};
use people::{ChangeIdentity, On, Origin, TakenBack};
use schools::{School, SchoolDetails};
use serde_json::json;

/// Rows of a chunk.
const ROWS: i64 = 100;

/// Why a row's work is taken back; the records keep it.
fn reason(run: &Run) -> String {
    format!("Import of {} taken back", run.file_name)
}

impl Work<'_> {
    /// Takes back what the run wrote. What somebody changed since, or what
    /// others were told of and cannot be told otherwise, stays and is named
    /// with its row (`LP-0861` to `LP-0864`).
    ///
    /// A conflict when the run is not written, or somebody is at work on it.
    /// Writes what is taken back, with the audit and events of each operation,
    /// and `import.undo`. Announces `import.undone`.
    pub fn undo(&self, id: ImportId, told: &mut dyn FnMut(&Progress)) -> Outcome<Progress> {
        let worker = uuid::Uuid::new_v4().to_string();
        self.write(|tx| {
            visible(tx, self.permits, id)?;
            let from = [State::Applied, State::Running];
            store::claim(tx, id, &worker, (&from, State::Undoing)).map(|_| ())
        })?;
        loop {
            let progress = self.write(|tx| self.undo_chunk(tx, id, &worker))?;
            told(&progress);
            if !progress.goes_on {
                return Ok(progress);
            }
        }
    }

    fn undo_chunk(&self, tx: &mut Tx, id: ImportId, worker: &str) -> Outcome<Progress> {
        let run = store::run(tx, id)?;
        if run.state != State::Undoing {
            return Err(Failure::stale("import_run", 0, 0));
        }
        // The place counts down from the end: 0 is before the first chunk.
        let before = if run.done_to == 0 { i32::MAX } else { run.done_to };
        let rows = store::touched_rows(tx, id, before, ROWS)?;
        for row in &rows {
            let mut found = Findings::default();
            let mut left = Vec::new();
            let touched = in_order(&row.touched);
            let mut steps = Steps::default();
            for touch in touched {
                if !self.take_back(tx, (&run, &mut steps), &touch, &mut found)? {
                    left.push(touch);
                }
            }
            left.reverse();
            store::untouch(tx, id, row.number, &left, &found)?;
        }
        let last = rows.last().map_or(1, |row| row.number);
        store::hold(tx, id, worker, last)?;
        if i64::try_from(rows.len()).is_ok_and(|many| many == ROWS) {
            return Ok(Progress {
                state: State::Undoing,
                totals: run.totals,
                goes_on: true,
            });
        }
        let totals = store::recount(tx, id)?;
        store::release(tx, id, worker, State::Undone)?;
        let subject = Subject::new("import", id);
        let detail = json!({ "kind": run.kind, "file": run.file_name, "sha256": hex(&run.source.hash), "left": totals.noted });
        tx.record("import.undo", subject.clone(), &detail);
        tx.announce(
            IMPORT_UNDONE,
            &subject,
            &Imported {
                kind: run.kind,
                totals,
            },
        );
        Ok(Progress {
            state: State::Undone,
            totals,
            goes_on: false,
        })
    }

    /// One thing taken back; false, with a finding, when it must stay.
    fn take_back(
        &self,
        tx: &mut Tx,
        (run, steps): (&Run, &mut Steps),
        touch: &Touch,
        found: &mut Findings,
    ) -> Outcome<bool> {
        let done = tx.attempt(|tx| self.reversed(tx, (run, steps), touch));
        let finding = match done {
            Ok(None) => return Ok(true),
            Ok(Some(finding)) => finding,
            // Somebody was there before us, or it is gone.
            Err(Failure::Conflict(_) | Failure::NotFound) => Finding::warn("LP-0861", ""),
            Err(Failure::Invalid(said)) => {
                found.extend(said.0);
                Finding::warn("LP-0864", "")
            }
            Err(other) => return Err(other),
        };
        found.push(finding);
        Ok(false)
    }

    fn reversed(
        &self,
        tx: &mut Tx,
        (run, steps): (&Run, &mut Steps),
        touch: &Touch,
    ) -> Outcome<Option<Finding>> {
        let why = reason(run);
        let origin = if run.tells { Origin::Here } else { Origin::Province };
        macro_rules! on {
            ($student:expr, $id:expr, $seen:expr) => {
                &On {
                    origin,
                    ..On::seen(*$student, *$id, $seen)
                }
                .because(&why)
            };
        }
        match touch {
            Touch::Student(id) => return self.student(tx, run, *id),
            Touch::Enrolled(student, id) => return self.enrolled(tx, run, (*student, *id)),
            Touch::Enrolment(before, version) => self.enrolment(tx, run, before, *version)?,
            Touch::Was(student, Before::Identity(identity), version) => {
                let change = ChangeIdentity {
                    identity: identity.clone(),
                    document_last_four: None,
                };
                let on = on!(student, student, steps.seen(*version));
                let saved = people::change_identity(tx, self.permits.edit()?, on, &change)?;
                steps.undid(*version, saved.version);
            }
            Touch::Was(student, Before::Name(id, name), version) => {
                let on = on!(student, id, *version);
                people::change_name(
                    tx,
                    self.permits.edit()?,
                    on,
                    (name, people::NameChange::Correction),
                    &people::rules::OursAlone,
                )?;
            }
            Touch::Was(student, Before::Phone(id, phone), version) => {
                people::set_phone(
                    tx,
                    self.permits.edit()?,
                    on!(student, id, *version),
                    phone,
                    &people::rules::OursAlone,
                )?;
            }
            Touch::Was(student, Before::Email(id, email), version) => {
                people::set_email(
                    tx,
                    self.permits.edit()?,
                    on!(student, id, *version),
                    email,
                    &people::rules::OursAlone,
                )?;
            }
            Touch::Was(student, Before::Contact(id, contact), version) => {
                people::change_contact(tx, self.permits.edit()?, on!(student, id, *version), contact)?;
            }
            Touch::Asn(student, version) => {
                let on = on!(student, student, steps.seen(*version));
                let saved = people::set_asn(tx, self.permits.edit()?, on, None)?;
                steps.undid(*version, saved.version);
            }
            Touch::Number(student, number, version) => {
                let on = on!(student, student, steps.seen(*version));
                let saved = people::set_local_number(tx, self.permits.edit()?, on, number)?;
                steps.undid(*version, saved.version);
            }
            Touch::Name(student, id) => {
                people::remove_name(tx, self.permits.edit()?, on!(student, id, 1))?;
            }
            Touch::Address(student, id) => {
                people::remove_address(tx, self.permits.edit()?, on!(student, id, 1))?;
            }
            Touch::Phone(student, id) => {
                people::remove_phone(tx, self.permits.edit()?, on!(student, id, 1))?;
            }
            Touch::Email(student, id) => {
                people::remove_email(tx, self.permits.edit()?, on!(student, id, 1))?;
            }
            Touch::Citizenship(student, id) => {
                people::remove_citizenship(tx, self.permits.edit()?, on!(student, id, 1))?;
            }
            Touch::Contact(student, id) => {
                people::remove_contact(tx, self.permits.edit()?, on!(student, id, 1))?;
            }
            Touch::Person(id, person, version) => {
                people::change_person(
                    tx,
                    self.permits.edit()?,
                    (*id, *version),
                    (person, &why, origin),
                    &people::rules::OursAlone,
                )?;
            }
            Touch::Account(id) => accounts::close(tx, self.permits.accounts()?, *id, &why)?,
            Touch::Role(id) => grants::end(tx, self.permits.accounts()?, *id, &why)?,
            Touch::SchoolAdded(_) => return Ok(Some(Finding::warn("LP-0862", "code"))),
            Touch::School(before, version) => {
                schools::change_school(tx, self.permits.schools()?, before.id, *version, details(before))?;
            }
        }
        Ok(None)
    }

    /// A student nobody has used is taken back whole; one that others were
    /// told of stays, without its enrolment.
    fn student(&self, tx: &mut Tx, run: &Run, id: StudentId) -> Outcome<Option<Finding>> {
        if courses::is_known(tx, id)? {
            return Ok(Some(Finding::warn("LP-0861", "")));
        }
        let taken = people::take_back_student(tx, self.permits.create()?, id, &reason(run))?;
        Ok(match taken {
            TakenBack::Yes => None,
            TakenBack::Changed => Some(Finding::warn("LP-0861", "")),
            TakenBack::Told => Some(Finding::warn("LP-0863", "")),
        })
    }

    fn enrolled(
        &self,
        tx: &mut Tx,
        run: &Run,
        (student, id): (StudentId, EnrolmentId),
    ) -> Outcome<Option<Finding>> {
        let permit = self.permits.enrol()?;
        // With the student whole, when that goes: else it is one created in error.
        let is_alone =
            run.kind == Kind::Students && tx.rehearse(|tx| self.goes_whole(tx, run, (student, id)))?;
        if is_alone && enrolment::bulk::take_back(tx, permit, id, &reason(run))? {
            return Ok(None);
        }
        let origin = if run.tells { Origin::Here } else { Origin::Province };
        let on = On {
            origin,
            ..On::seen(student, id, 1)
        }
        .because(&reason(run));
        enrolment::created_in_error(tx, permit, &on)?;
        Ok(None)
    }

    /// Would the student go, once this enrolment is gone?
    fn goes_whole(&self, tx: &mut Tx, run: &Run, (student, id): (StudentId, EnrolmentId)) -> Outcome<bool> {
        if !enrolment::bulk::take_back(tx, self.permits.enrol()?, id, &reason(run))? {
            return Ok(false);
        }
        let others = enrolment::enrolments(tx, self.permits.view()?, student)?;
        if !others.is_empty() || courses::is_known(tx, student)? {
            return Ok(false);
        }
        let gone = people::take_back_student(tx, self.permits.create()?, student, &reason(run))?;
        Ok(gone == TakenBack::Yes)
    }

    fn enrolment(&self, tx: &mut Tx, run: &Run, before: &Enrolment, version: i64) -> Outcome<()> {
        let origin = if run.tells { Origin::Here } else { Origin::Province };
        let on = On {
            origin,
            ..On::seen(before.student, before.id, version)
        }
        .because(&reason(run));
        enrolment::change(tx, self.permits.enrol()?, &on, Change::of(before), &OursAlone)?;
        Ok(())
    }
}

/// A row may have written an identity in several steps, a version each. Taking the
/// last one back makes a further version, which is then what the step before was
/// followed by.
#[derive(Default)]
struct Steps {
    undone: i64,
    now: i64,
}

impl Steps {
    /// The version that a step must find, to be taken back.
    const fn seen(&self, version: i64) -> i64 {
        if version + 1 == self.undone {
            self.now
        } else {
            version
        }
    }
    /// A step was taken back.
    const fn undid(&mut self, version: i64, now: i64) {
        self.undone = version;
        self.now = now;
    }
}

/// The last first, but an enrolment before its student, and a role before its account.
fn in_order(touched: &[Touch]) -> Vec<Touch> {
    touched.iter().rev().cloned().collect()
}

fn details(school: &School) -> SchoolDetails {
    let _: SchoolId = school.id;
    SchoolDetails {
        code: school.code,
        name: school.name.clone(),
        authority: school.authority,
        street: school.street.clone(),
        city: school.city.clone(),
        postal_code: school.postal_code.clone(),
        phone: school.phone.clone(),
        lowest_grade: school.lowest_grade,
        highest_grade: school.highest_grade,
    }
}
