//! School years before those that are synchronized, read from PASI when a
//! person asks. They are shown beside ours and not kept: PASI tells of changes
//! in four years alone, so that a copy of an earlier one would age unseen and
//! be taken for what PASI has.

use crate::{Connector, map};
use access::Permit;
use access::action::DecidePasi;
use db::{Reader, Reading, Subject};
use enrolment::Enrolment;
use kernel::{Actor, Asn, Date, Failure, Grade, Outcome, SchoolCode, SchoolYear, StudentId};
use pasi_wire::messages as wire;
use pasi_wire::window::synchronized_years;
use pasi_wire::{Request, Response};
use uuid::Uuid;

/// What came of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EarlierAnswer {
    /// PASI answered.
    Read(EarlierYears),
    /// PASI gives them to organizations associated with the student, and we are none.
    NotOurs,
    /// The student has no ASN yet, so PASI has nothing.
    NoAsn,
    /// PASI is away, or refuses us; it can be asked later.
    Away,
}

/// Both sides of the years before the synchronized ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierYears {
    /// The first year that is synchronized.
    pub synchronized_from: SchoolYear,
    /// The enrolments of earlier years, the latest year first.
    pub enrolments: Vec<Earlier>,
}

/// An enrolment of an earlier year, on either side or on both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The school year.
    pub year: SchoolYear,
    /// Here; none when only PASI has it.
    pub ours: Option<EarlierSide>,
    /// At PASI; none when only we have it.
    pub theirs: Option<EarlierSide>,
}

impl Earlier {
    /// Do both sides say the same?
    pub fn is_same(&self) -> bool {
        self.ours == self.theirs
    }
}

/// One side of an enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierSide {
    /// Where; PASI knows schools that we do not.
    pub school: SchoolCode,
    /// In which grade; none for continuing education.
    pub grade: Option<Grade>,
    /// First day.
    pub start: Date,
    /// Last day; none when it is not known.
    pub exit: Option<Date>,
}

/// One side with what it is found by on the other.
#[derive(Debug, Clone)]
struct Found {
    id: Uuid,
    year: SchoolYear,
    side: EarlierSide,
}

impl Connector {
    /// Asks PASI for a student's enrolments of the years that are not
    /// synchronized any more, in the name of `actor`, and puts ours beside
    /// them. `NotFound` when the student is outside the permit.
    ///
    /// Writes: the log of calls, and the audit when PASI answered; nothing is kept.
    pub async fn earlier_years(
        &self,
        actor: &Actor,
        permit: Permit<DecidePasi>,
        student: StudentId,
    ) -> Outcome<EarlierAnswer> {
        let read = self
            .store
            .read(self.division, move |at| ours(at, &permit, student));
        let (asn, organization, ours) = read.await?;
        let Some(asn) = asn else {
            return Ok(EarlierAnswer::NoAsn);
        };
        let request = Request::GetStudentAcademicProfile(wire::GetStudentAcademicProfileRequest {
            caller: self.client.caller(actor, organization),
            asn,
            is_limited_profile_requested: false,
        });
        let profile = match self.call(request).await? {
            Ok(Response::GetStudentAcademicProfile(profile)) => profile,
            Ok(_) => return Err(Failure::Fault("another operation's answer".to_owned())),
            Err(error) if error.is_of_the_line() => return Ok(EarlierAnswer::Away),
            Err(error) => return Err(Failure::Unavailable(error.line())),
        };
        if profile.is_limited || profile.availability_status != wire::AvailabilityStatus::Normal {
            return Ok(EarlierAnswer::NotOurs);
        }
        let synchronized_from = *synchronized_years(self.store.now().date()).start();
        let theirs = profile
            .enrolments
            .iter()
            .filter(|one| !one.is_deleted)
            .map(of_pasi);
        let enrolments = beside(ours, theirs.collect(), synchronized_from);
        let records = enrolments.iter().filter(|one| one.theirs.is_some()).count();
        let detail = serde_json::json!({ "before": synchronized_from, "records": records });
        self.store
            .write(actor, move |tx| {
                tx.record("pasi.read-earlier", Subject::new("student", student), &detail);
                Ok(())
            })
            .await?;
        Ok(EarlierAnswer::Read(EarlierYears {
            synchronized_from,
            enrolments,
        }))
    }
}

type Ours = (Option<Asn>, Option<kernel::OrganizationCode>, Vec<Found>);

/// Whom to ask about, for whom, and what we have.
fn ours(at: &mut Reader, permit: &Permit<DecidePasi>, student: StudentId) -> Outcome<Ours> {
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let school = map::school_of(at, student)?;
    let organization = map::organization(at, school)?;
    let program = map::program(at)?;
    let mut found = Vec::new();
    for enrolment in enrolment::enrolments(at, &program, student)? {
        if !enrolment.is_deleted() {
            found.push(of_ours(at, &enrolment)?);
        }
    }
    Ok((map::asn_of(at, student)?, organization, found))
}

fn of_ours(at: &mut impl Reading, enrolment: &Enrolment) -> Outcome<Found> {
    Ok(Found {
        id: enrolment.id.uuid(),
        year: enrolment.year,
        side: EarlierSide {
            school: schools::school(at, enrolment.school)?.code,
            grade: Some(enrolment.grade),
            start: enrolment.start,
            exit: enrolment.state.exit().map(|exit| exit.on),
        },
    })
}

fn of_pasi(theirs: &wire::StudentSchoolEnrolment) -> Found {
    Found {
        id: theirs.ref_id,
        year: theirs.school_year,
        side: EarlierSide {
            school: theirs.school_code,
            grade: theirs.grade,
            start: theirs.registration_start_date,
            exit: theirs.registration_exit_date,
        },
    }
}

/// Both sides of the years before `from`. The same record stands in one line,
/// and so does one that was entered on both sides: same year, same school.
fn beside(ours: Vec<Found>, mut theirs: Vec<Found>, from: SchoolYear) -> Vec<Earlier> {
    theirs.retain(|found| found.year < from);
    let mut all: Vec<Earlier> = Vec::new();
    for here in ours.into_iter().filter(|found| found.year < from) {
        let same = theirs.iter().position(|there| there.id == here.id).or_else(|| {
            theirs
                .iter()
                .position(|there| (there.year, there.side.school) == (here.year, here.side.school))
        });
        all.push(Earlier {
            year: here.year,
            theirs: same.map(|place| theirs.remove(place).side),
            ours: Some(here.side),
        });
    }
    all.extend(theirs.into_iter().map(|there| Earlier {
        year: there.year,
        ours: None,
        theirs: Some(there.side),
    }));
    all.sort_by_key(|one| {
        let start = one.theirs.as_ref().or(one.ours.as_ref()).map(|side| side.start);
        std::cmp::Reverse((one.year, start))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::{EarlierSide, Found, beside};
    use kernel::{Grade, SchoolYear};
    use uuid::Uuid;

    fn found(id: u128, year: i32, school: &str, start: &str) -> Found {
        Found {
            id: Uuid::from_u128(id),
            year: SchoolYear::ending(year).expect("a year"),
            side: EarlierSide {
                school: school.parse().expect("a code"),
                grade: Some(Grade::G4),
                start: start.parse().expect("a date"),
                exit: None,
            },
        }
    }

    /// Year, whether we have it, whether PASI has it, whether they are the same.
    type Line = (i32, bool, bool, bool);
    /// What it is, ours, theirs, and the lines that come of it.
    type Case = (&'static str, Vec<Found>, Vec<Found>, Vec<Line>);

    #[test]
    fn earlier_years_stand_side_by_side_and_synchronized_ones_do_not() {
        let one = || found(1, 2023, "1256", "2022-09-01");
        let synchronized = found(9, 2024, "1256", "2023-09-01");
        let cases: [Case; 6] = [
            (
                "only there",
                vec![],
                vec![one()],
                vec![(2023, false, true, false)],
            ),
            ("only here", vec![one()], vec![], vec![(2023, true, false, false)]),
            (
                "the same record",
                vec![one()],
                vec![one()],
                vec![(2023, true, true, true)],
            ),
            (
                "one entered on both sides",
                vec![found(2, 2023, "1256", "2022-09-05")],
                vec![one()],
                vec![(2023, true, true, false)],
            ),
            (
                "another school",
                vec![found(2, 2023, "1765", "2022-09-01")],
                vec![one()],
                vec![(2023, true, false, false), (2023, false, true, false)],
            ),
            (
                "years that are synchronized",
                vec![synchronized.clone()],
                vec![synchronized, found(3, 2022, "1256", "2021-09-01"), one()],
                vec![(2023, false, true, false), (2022, false, true, false)],
            ),
        ];
        for (case, ours, theirs, want) in cases {
            let got: Vec<Line> = beside(ours, theirs, SchoolYear::ending(2024).expect("a year"))
                .iter()
                .map(|one| {
                    let (ours, theirs) = (one.ours.is_some(), one.theirs.is_some());
                    (one.year.number(), ours, theirs, one.is_same())
                })
                .collect();
            assert_eq!(got.len(), want.len(), "{case}");
            assert!(want.iter().all(|line| got.contains(line)), "{case}: {got:?}");
            assert!(got.is_sorted_by_key(|line| std::cmp::Reverse(line.0)), "{case}");
        }
    }
}
