//! Rows with sealed parts: identity, disclosure restrictions, medical alerts, contacts.

use super::kept::{Facts, Kept, flag, kept_functions, text};
use super::rows::row;
use crate::model::{AlertSeverity, Contact, Custody, Identity, MedicalAlert, Restriction, RestrictionCode};
use db::{FieldClass, Reading, Sealer, Tx};
use kernel::{ContactId, Date, Instant, MedicalAlertId, Outcome, PersonId, RestrictionId, StudentId};

/// Opens an optional sealed text; absent is empty.
pub(crate) fn opened(sealer: &Sealer, class: FieldClass, bytes: Option<&Vec<u8>>) -> Outcome<String> {
    bytes.map_or(Ok(String::new()), |bytes| sealer.open(class, bytes))
}

/// Seals a text; an empty one is absent.
pub(crate) fn sealed(tx: &Tx, class: FieldClass, text: &str) -> Outcome<Option<Vec<u8>>> {
    if text.is_empty() {
        Ok(None)
    } else {
        tx.seal(class, text).map(Some)
    }
}

/// A version of a student's identity.
#[derive(Debug, Clone, PartialEq, diesel::Queryable, diesel::Selectable, diesel::Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = db::schema::student_detail)]
pub struct DetailRow {
    pub division_id: kernel::DivisionId,
    pub id: StudentId,
    pub version: i64,
    pub known_from: Instant,
    pub known_to: Option<Instant>,
    pub known_by: String,
    pub reason: String,
    pub local_number: String,
    #[diesel(embed)]
    pub identity: Identity,
    pub document_last4: Option<Vec<u8>>,
}
db::temporal_functions!(student_detail: DetailRow, StudentId, id: StudentId);

impl Kept for DetailRow {
    type Id = StudentId;
    type Value = Identity;
    const KIND: &'static str = "identity";
    const SEALED: &'static [&'static str] = &["document_last_four"];
    /// Without the local number and the document's characters: whoever makes a student sets them.
    fn build(tx: &Tx, id: StudentId, _: StudentId, value: &Identity) -> Outcome<Self> {
        Ok(Self {
            division_id: tx.division(),
            id,
            version: 1,
            known_from: tx.now(),
            known_to: None,
            known_by: String::new(),
            reason: String::new(),
            local_number: String::new(),
            identity: value.clone(),
            document_last4: None,
        })
    }
    fn value(&self, _: &Sealer) -> Outcome<Identity> {
        Ok(self.identity.clone())
    }
    fn facts(&self, sealer: &Sealer) -> Outcome<Facts> {
        let last_four = opened(sealer, FieldClass::Identity, self.document_last4.as_ref())?;
        let mut facts = self.identity.facts();
        facts.push(("local_number", self.local_number.clone()));
        facts.push(("document_last_four", last_four));
        Ok(facts)
    }
    kept_functions!(StudentId, id, stays);
}

db::temporal!(
    /// A disclosure restriction.
    disclosure_restriction: RestrictionRow { id: RestrictionId, student_id: StudentId } {
        /// Which.
        code: RestrictionCode,
        /// Sealed.
        notice: Vec<u8>,
        /// From.
        effective_on: Date,
        /// Until.
        expires_on: Option<Date>,
        /// Removed.
        is_deleted: bool,
    }
);

impl RestrictionRow {
    /// In force on a day.
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        !self.is_deleted && self.effective_on <= day && self.expires_on.is_none_or(|end| end >= day)
    }
}

impl Kept for RestrictionRow {
    type Id = RestrictionId;
    type Value = Restriction;
    const KIND: &'static str = "restriction";
    const SEALED: &'static [&'static str] = &["notice"];
    fn build(tx: &Tx, id: RestrictionId, student: StudentId, value: &Restriction) -> Outcome<Self> {
        Ok(row!(RestrictionRow, tx, id, student_id: student, {
            code: value.code,
            notice: tx.seal(FieldClass::Custody, &value.notice)?,
            effective_on: value.effective_on,
            expires_on: value.expires_on,
            is_deleted: false,
        }))
    }
    fn value(&self, sealer: &Sealer) -> Outcome<Restriction> {
        Ok(Restriction {
            code: self.code,
            notice: sealer.open(FieldClass::Custody, &self.notice)?,
            effective_on: self.effective_on,
            expires_on: self.expires_on,
        })
    }
    fn facts(&self, sealer: &Sealer) -> Outcome<Facts> {
        Ok(vec![
            ("code", self.code.to_string()),
            ("notice", sealer.open(FieldClass::Custody, &self.notice)?),
            ("effective_on", self.effective_on.to_string()),
            ("expires_on", text(self.expires_on)),
            ("removed", flag(self.is_deleted)),
        ])
    }
    kept_functions!(RestrictionId, student_id, deletable);
}

db::temporal!(
    /// A medical alert.
    medical_alert: MedicalRow { id: MedicalAlertId, student_id: StudentId } {
        /// How grave.
        severity: AlertSeverity,
        /// Sealed.
        alert: Vec<u8>,
        /// Sealed.
        action: Vec<u8>,
        /// Sealed.
        plan: Option<Vec<u8>>,
        /// From.
        effective_on: Date,
        /// Until.
        expires_on: Option<Date>,
        /// Removed.
        is_deleted: bool,
    }
);

impl MedicalRow {
    /// In force on a day.
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        !self.is_deleted && self.effective_on <= day && self.expires_on.is_none_or(|end| end >= day)
    }
}

impl Kept for MedicalRow {
    type Id = MedicalAlertId;
    type Value = MedicalAlert;
    const KIND: &'static str = "medical";
    const SEALED: &'static [&'static str] = &["severity", "alert", "action", "plan"];
    fn build(tx: &Tx, id: MedicalAlertId, student: StudentId, value: &MedicalAlert) -> Outcome<Self> {
        Ok(row!(MedicalRow, tx, id, student_id: student, {
            severity: value.severity,
            alert: tx.seal(FieldClass::Medical, &value.alert)?,
            action: tx.seal(FieldClass::Medical, &value.action)?,
            plan: sealed(tx, FieldClass::Medical, &value.plan)?,
            effective_on: value.effective_on,
            expires_on: value.expires_on,
            is_deleted: false,
        }))
    }
    fn value(&self, sealer: &Sealer) -> Outcome<MedicalAlert> {
        Ok(MedicalAlert {
            severity: self.severity,
            alert: sealer.open(FieldClass::Medical, &self.alert)?,
            action: sealer.open(FieldClass::Medical, &self.action)?,
            plan: opened(sealer, FieldClass::Medical, self.plan.as_ref())?,
            effective_on: self.effective_on,
            expires_on: self.expires_on,
        })
    }
    fn facts(&self, sealer: &Sealer) -> Outcome<Facts> {
        Ok(vec![
            ("severity", self.severity.to_string()),
            ("alert", sealer.open(FieldClass::Medical, &self.alert)?),
            ("action", sealer.open(FieldClass::Medical, &self.action)?),
            ("plan", opened(sealer, FieldClass::Medical, self.plan.as_ref())?),
            ("effective_on", self.effective_on.to_string()),
            ("expires_on", text(self.expires_on)),
            ("removed", flag(self.is_deleted)),
        ])
    }
    kept_functions!(MedicalAlertId, student_id, deletable);
}

db::temporal!(
    /// A person's relation to a student.
    contact: ContactRow { id: ContactId, student_id: StudentId } {
        /// Who.
        person_id: PersonId,
        /// Code.
        relationship: String,
        /// Custody.
        custody: Custody,
        /// Lives with.
        lives_with: bool,
        /// May pick up.
        may_pick_up: bool,
        /// Emergency.
        is_emergency: bool,
        /// Calling order.
        call_order: i32,
        /// Family pages.
        portal_access: bool,
        /// Sealed.
        note: Option<Vec<u8>>,
        /// From.
        effective_on: Date,
        /// Until.
        expires_on: Option<Date>,
        /// Removed.
        is_deleted: bool,
    }
);

impl ContactRow {
    /// In force on a day.
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        !self.is_deleted && self.effective_on <= day && self.expires_on.is_none_or(|end| end >= day)
    }
    /// The value without its note.
    pub(crate) fn plain(&self) -> Contact {
        Contact {
            relationship: self.relationship.clone(),
            custody: self.custody,
            lives_with: self.lives_with,
            may_pick_up: self.may_pick_up,
            is_emergency: self.is_emergency,
            call_order: self.call_order,
            portal_access: self.portal_access,
            note: None,
            effective_on: self.effective_on,
            expires_on: self.expires_on,
        }
    }
    /// A row of a value; not yet stamped.
    pub(crate) fn of_person(
        tx: &Tx,
        id: ContactId,
        student: StudentId,
        (person, value): (PersonId, &Contact),
    ) -> Outcome<Self> {
        Ok(row!(ContactRow, tx, id, student_id: student, {
            person_id: person,
            relationship: value.relationship.clone(),
            custody: value.custody,
            lives_with: value.lives_with,
            may_pick_up: value.may_pick_up,
            is_emergency: value.is_emergency,
            call_order: value.call_order,
            portal_access: value.portal_access,
            note: sealed(tx, FieldClass::Custody, value.note.as_deref().unwrap_or_default())?,
            effective_on: value.effective_on,
            expires_on: value.expires_on,
            is_deleted: false,
        }))
    }
}

impl Kept for ContactRow {
    type Id = ContactId;
    type Value = (PersonId, Contact);
    const KIND: &'static str = "contact";
    const SEALED: &'static [&'static str] = &["note"];
    fn build(
        tx: &Tx,
        id: ContactId,
        student: StudentId,
        (person, value): &(PersonId, Contact),
    ) -> Outcome<Self> {
        Self::of_person(tx, id, student, (*person, value))
    }
    fn value(&self, _: &Sealer) -> Outcome<(PersonId, Contact)> {
        Ok((self.person_id, self.plain()))
    }
    fn facts(&self, sealer: &Sealer) -> Outcome<Facts> {
        Ok(vec![
            ("person", self.person_id.to_string()),
            ("relationship", self.relationship.clone()),
            ("custody", self.custody.to_string()),
            ("lives_with", flag(self.lives_with)),
            ("may_pick_up", flag(self.may_pick_up)),
            ("is_emergency", flag(self.is_emergency)),
            ("call_order", self.call_order.to_string()),
            ("portal_access", flag(self.portal_access)),
            ("note", opened(sealer, FieldClass::Custody, self.note.as_ref())?),
            ("effective_on", self.effective_on.to_string()),
            ("expires_on", text(self.expires_on)),
            ("removed", flag(self.is_deleted)),
        ])
    }
    kept_functions!(ContactId, student_id, deletable);
}
