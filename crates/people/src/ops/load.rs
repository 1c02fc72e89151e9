//! Reading one student.

use crate::model::{
    BriefHeader, Citizenship, Contact, FirstContact, HeaderRestriction, HistoryEntry, MedicalAlert, Person,
    Record, Restriction, Student, StudentContact, StudentHeader,
};
use crate::ops::photo::photo_tag;
use crate::ops::save::covered;
use crate::rules;
use crate::search;
use crate::store::read::{self, When};
use crate::store::rows::{AddressRow, CitizenshipRow, EmailRow, NameRow, PersonRow, PhoneRow};
use crate::store::rows_sealed::{ContactRow, DetailRow, MedicalRow, RestrictionRow, opened};
use crate::store::sheet::{self, Sheet};
use access::action::{EditStudents, ViewCustody, ViewHistory, ViewMedical, ViewStudents};
use access::{Action, Permit};
use db::{FieldClass, Reading, Sealer};
use kernel::{
    Asn, ContactId, Date, Failure, Instant, MedicalAlertId, Outcome, PersonId, RestrictionId, StudentId,
};

/// Restrictions are for staff and the program: a guardian must not learn of one from a page.
fn may_see_restrictions<A: Action>(permit: &Permit<A>) -> bool {
    permit.actor().role.is_none_or(kernel::Role::is_staff)
}

/// The student as known now, with every record that was not removed, current or not.
/// `NotFound` outside the permit's scope.
pub fn student(at: &mut impl Reading, permit: &Permit<ViewStudents>, id: StudentId) -> Outcome<Student> {
    covered(at, permit, id)?;
    read::student(at, id, When::Now, None, may_see_restrictions(permit))
}

/// The student as it was on the day `valid`, by what was known at `known`.
/// `NotFound` outside the scope, or when the student was not known then.
pub fn student_as_of(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: StudentId,
    valid: Date,
    known: Instant,
) -> Outcome<Student> {
    covered(at, permit, id)?;
    read::student(
        at,
        id,
        When::Then(known),
        Some(valid),
        may_see_restrictions(permit),
    )
}

/// The student with this ASN, within the permit's scope; `NotFound` otherwise.
pub fn student_by_asn(at: &mut impl Reading, permit: &Permit<ViewStudents>, asn: Asn) -> Outcome<StudentId> {
    let id = read::by_asn(at, asn)?.ok_or(Failure::NotFound)?;
    covered(at, permit, id)?;
    Ok(id)
}

/// The student as known now, and what the head of every page about the student shows.
pub struct StudentView {
    /// The head.
    pub header: StudentHeader,
    /// The record, as [`student`] answers it.
    pub student: Student,
    sheet: Sheet,
}

impl StudentView {
    /// The last `count` changes, newest first, as [`history`] tells them.
    pub fn latest(
        &self,
        at: &mut impl Reading,
        permit: &Permit<ViewHistory>,
        count: usize,
    ) -> Outcome<Vec<HistoryEntry>> {
        covered(at, permit, self.student.id)?;
        self.sheet.latest(at, count)
    }
}

/// The student and the head, read once. Medical actions only with a medical
/// permit that covers the student. `NotFound` outside the permit's scope.
pub fn student_view(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    medical: Option<&Permit<ViewMedical>>,
    id: StudentId,
) -> Outcome<StudentView> {
    covered(at, permit, id)?;
    let today = at.today();
    let card = search::card(at, permit, id)?;
    let sheet = Sheet::read(at, id, When::Now, true)?;
    let student = sheet.student(at.sealer(), may_see_restrictions(permit))?;
    let medical = match medical {
        Some(permit) if permit.covers(at, id)? => actions(&sheet, at.sealer(), today)?,
        _ => Vec::new(),
    };
    let identity = &student.identity;
    let legal = student.legal().clone();
    let header = StudentHeader {
        id,
        version: student.version,
        restrictions: holding(&student, today),
        custody: if permit.actor().role.is_none_or(search::may_read_custody) {
            rules::custody_limits(&student.contacts, today)
        } else {
            Vec::new()
        },
        goes_by: Some(student.goes_by(today).clone()).filter(|name| *name != legal),
        legal,
        age: identity.birth_date.age_on(identity.deceased_on.unwrap_or(today)),
        deceased_on: identity.deceased_on,
        medical,
        first_contact: first_contact(&student.contacts, today),
        photo: photo_tag(at, id)?,
        card,
    };
    Ok(StudentView {
        header,
        student,
        sheet,
    })
}

/// What the head of every page about the student shows. Medical actions only
/// with a medical permit that covers the student.
pub fn header(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    medical: Option<&Permit<ViewMedical>>,
    id: StudentId,
) -> Outcome<StudentHeader> {
    student_view(at, permit, medical, id).map(|view| view.header)
}

/// Whose history it is, for a reader of histories who sees no students: what
/// must be read first, and the name. `NotFound` outside the scope.
pub fn brief_header(
    at: &mut impl Reading,
    permit: &Permit<ViewHistory>,
    id: StudentId,
) -> Outcome<BriefHeader> {
    covered(at, permit, id)?;
    let sheet = Sheet::read(at, id, When::Now, false)?;
    let student = sheet.student(at.sealer(), true)?;
    Ok(BriefHeader {
        restrictions: holding(&student, at.today()),
        listed: student.legal().list(),
        local_number: student.local_number,
    })
}

/// Those that hold on a day, gravest first.
fn holding(student: &Student, day: Date) -> Vec<HeaderRestriction> {
    let holding = student
        .restrictions
        .iter()
        .filter(|one| one.value.effective_on <= day && one.value.expires_on.is_none_or(|end| end >= day));
    holding
        .map(|one| HeaderRestriction {
            id: one.id,
            code: one.value.code,
            notice: one.value.notice.clone(),
            expires_on: one.value.expires_on,
        })
        .collect()
}

/// What to do, of the alerts that hold on a day, gravest first.
fn actions(sheet: &Sheet, sealer: &Sealer, day: Date) -> Outcome<Vec<String>> {
    let mut holding: Vec<&MedicalRow> = sheet.medical.iter().filter(|row| row.holds_on(day)).collect();
    holding.sort_by_key(|row| row.severity);
    holding
        .into_iter()
        .map(|row| sealer.open(FieldClass::Medical, &row.action))
        .collect()
}

/// What to do for each of a class, of the medical alerts that hold today, gravest first; whoever has none, or is
/// outside the scope, is absent.
pub fn medical_actions(
    at: &mut impl Reading,
    permit: &Permit<ViewMedical>,
    students: &[StudentId],
) -> Outcome<Vec<(StudentId, Vec<String>)>> {
    let (today, mut all) = (at.today(), Vec::new());
    for student in students {
        let mut holding = read::rows::<MedicalRow>(at, *student, When::Now)?;
        holding.retain(|row| row.holds_on(today));
        if holding.is_empty() || !permit.covers(at, *student)? {
            continue;
        }
        holding.sort_by_key(|row| row.severity);
        let sealer = at.sealer();
        let actions = holding
            .iter()
            .map(|row| sealer.open(FieldClass::Medical, &row.action));
        all.push((*student, actions.collect::<Outcome<Vec<String>>>()?));
    }
    Ok(all)
}

fn first_contact(contacts: &[StudentContact], today: Date) -> Option<FirstContact> {
    let holds = |contact: &Contact| {
        contact.effective_on <= today && contact.expires_on.is_none_or(|end| end >= today)
    };
    contacts
        .iter()
        .find(|one| holds(&one.contact.value) && !one.person.value.phone().is_empty())
        .map(|one| FirstContact {
            person: one.person.id,
            name: one.person.value.name.clone(),
            relationship: one.contact.value.relationship.clone(),
            phone: one.person.value.phone().to_owned(),
        })
}

/// Medical alerts, gravest first, those that ended too; or, `then`, those that
/// held on a day as known at a moment. The caller records the reading.
pub fn medical_alerts(
    at: &mut impl Reading,
    permit: &Permit<ViewMedical>,
    id: StudentId,
    then: Option<(Date, Instant)>,
) -> Outcome<Vec<Record<MedicalAlertId, MedicalAlert>>> {
    covered(at, permit, id)?;
    let mut all = read::records::<MedicalRow>(at, id, When::of(then))?;
    all.retain(|one| held(then, one.value.effective_on, one.value.expires_on));
    all.sort_by_key(|one| (one.value.severity, one.id));
    Ok(all)
}

/// Did it hold on the day that is asked for? Always, when none is.
fn held(then: Option<(Date, Instant)>, from: Date, until: Option<Date>) -> bool {
    then.is_none_or(|(day, _)| from <= day && until.is_none_or(|end| end >= day))
}

/// Disclosure restrictions with their notices, gravest first, those that ended
/// too; or, `then`, those that held on a day as known at a moment. The caller
/// records the reading.
pub fn restrictions(
    at: &mut impl Reading,
    permit: &Permit<ViewCustody>,
    id: StudentId,
    then: Option<(Date, Instant)>,
) -> Outcome<Vec<Record<RestrictionId, Restriction>>> {
    covered(at, permit, id)?;
    let mut all = read::records::<RestrictionRow>(at, id, When::of(then))?;
    all.retain(|one| held(then, one.value.effective_on, one.value.expires_on));
    all.sort_by_key(|one| (one.value.code, one.id));
    Ok(all)
}

/// The notes about contacts. The caller records the reading.
pub fn contact_notes(
    at: &mut impl Reading,
    permit: &Permit<ViewCustody>,
    id: StudentId,
) -> Outcome<Vec<(ContactId, String)>> {
    covered(at, permit, id)?;
    let rows = read::rows::<ContactRow>(at, id, When::Now)?;
    rows.iter()
        .filter(|row| row.note.is_some())
        .map(|row| {
            Ok((
                row.id,
                opened(at.sealer(), FieldClass::Custody, row.note.as_ref())?,
            ))
        })
        .collect()
}

/// The last four characters of the identity document; empty when none is on
/// record. The caller records the reading.
pub fn document_last_four(
    at: &mut impl Reading,
    permit: &Permit<EditStudents>,
    id: StudentId,
) -> Outcome<String> {
    covered(at, permit, id)?;
    let detail = read::detail(at, id, When::Now)?;
    opened(at.sealer(), FieldClass::Identity, detail.document_last4.as_ref())
}

/// The gender that is recorded, a code. `NotFound` outside the permit's scope.
pub fn gender(at: &mut impl Reading, permit: &Permit<ViewStudents>, id: StudentId) -> Outcome<String> {
    covered(at, permit, id)?;
    Ok(read::detail(at, id, When::Now)?.identity.gender)
}

/// The citizenship that holds on a day; none when none is recorded for it.
/// `NotFound` outside the permit's scope.
pub fn citizenship_on(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: StudentId,
    day: Date,
) -> Outcome<Option<Citizenship>> {
    covered(at, permit, id)?;
    let held = read::records::<CitizenshipRow>(at, id, When::Now)?;
    Ok(held
        .into_iter()
        .map(|held| held.value)
        .filter(|held| held.effective_on <= day)
        .max_by_key(|held| held.effective_on))
}

/// A person around students of the permit's scope; `NotFound` otherwise.
pub fn person(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: PersonId,
) -> Outcome<Record<PersonId, Person>> {
    let mut around = false;
    for student in crate::ops::contacts::students_around(at, id)? {
        around = around || permit.covers(at, student)?;
    }
    if !around {
        return Err(Failure::NotFound);
    }
    let row = PersonRow::get(at, id)?;
    Ok(Record {
        id,
        version: row.version,
        value: row.plain(),
    })
}

/// Every change to the student's own records, newest first: who, what old and
/// new, when, why. Sealed texts show only that they changed. `NotFound` outside the scope.
pub fn history(
    at: &mut impl Reading,
    permit: &Permit<ViewHistory>,
    id: StudentId,
) -> Outcome<Vec<HistoryEntry>> {
    covered(at, permit, id)?;
    let mut all = Vec::new();
    all.extend(sheet::entries::<DetailRow>(at, id)?);
    all.extend(sheet::entries::<NameRow>(at, id)?);
    all.extend(sheet::entries::<AddressRow>(at, id)?);
    all.extend(sheet::entries::<PhoneRow>(at, id)?);
    all.extend(sheet::entries::<EmailRow>(at, id)?);
    all.extend(sheet::entries::<CitizenshipRow>(at, id)?);
    all.extend(sheet::entries::<RestrictionRow>(at, id)?);
    all.extend(sheet::entries::<MedicalRow>(at, id)?);
    all.extend(sheet::entries::<ContactRow>(at, id)?);
    persons(at, id, &mut all)?;
    sheet::newest_first(&mut all);
    Ok(all)
}

/// Changes of the persons around the student, each after its first version.
fn persons(at: &mut impl Reading, id: StudentId, all: &mut Vec<HistoryEntry>) -> Outcome<()> {
    let mut around: Vec<PersonId> = ContactRow::history(at, id)?
        .iter()
        .map(|row| row.person_id)
        .collect();
    around.sort();
    around.dedup();
    for person in around {
        all.extend(sheet::of_person(at, person)?);
    }
    Ok(())
}
