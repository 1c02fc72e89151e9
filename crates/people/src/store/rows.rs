//! Rows without sealed parts: names, addresses, phones, e-mails, citizenships, persons.

use super::kept::{Facts, Kept, flag, kept_functions, text};
use crate::model::{Address, AddressKind, Citizenship, Consent, Email, Name, NameKind, Person, Phone};
use crate::rules;
use db::{Reading, Sealer, Tx};
use kernel::{
    AddressId, CitizenshipId, Date, EmailId, Instant, NameId, Outcome, PersonId, PersonName, PhoneId,
    StudentId,
};

/// The fields every row begins with; `stamp` fills all but the reason.
macro_rules! row {
    ($row:ident, $tx:expr, $id:expr, $owner:ident: $whose:expr, { $($field:ident: $value:expr),+ $(,)? }) => {
        $row {
            division_id: $tx.division(),
            id: $id,
            version: 1,
            known_from: $tx.now(),
            known_to: None::<Instant>,
            known_by: String::new(),
            reason: String::new(),
            $owner: $whose,
            $($field: $value),+
        }
    };
}
pub(crate) use row;

db::temporal!(
    /// A name.
    student_name: NameRow { id: NameId, student_id: StudentId } {
        /// Legal or other.
        kind: NameKind,
        /// First.
        first_name: String,
        /// Middle.
        middle_name: String,
        /// Last.
        last_name: String,
        /// Suffix.
        suffix: String,
        /// Gone by.
        is_preferred: bool,
        /// Asked for because of gender.
        is_gender_related: bool,
        /// Guardians told.
        guardians_told_on: Option<Date>,
        /// Guardians consented.
        guardians_consented_on: Option<Date>,
        /// Why it changed.
        source_change: String,
        /// Removed.
        is_deleted: bool,
    }
);

impl NameRow {
    /// Its parts.
    pub(crate) fn name(&self) -> PersonName {
        PersonName {
            first: self.first_name.clone(),
            middle: self.middle_name.clone(),
            last: self.last_name.clone(),
            suffix: self.suffix.clone(),
        }
    }
    /// The value.
    pub(crate) fn plain(&self) -> Name {
        Name {
            kind: self.kind,
            name: self.name(),
            is_preferred: self.is_preferred,
            consent: Consent {
                is_gender_related: self.is_gender_related,
                told_on: self.guardians_told_on,
                consented_on: self.guardians_consented_on,
            },
            source_change: self.source_change.clone(),
        }
    }
}

impl Kept for NameRow {
    type Id = NameId;
    type Value = Name;
    const KIND: &'static str = "name";
    fn build(tx: &Tx, id: NameId, student: StudentId, value: &Name) -> Outcome<Self> {
        let name = value.name.tidy();
        Ok(row!(NameRow, tx, id, student_id: student, {
            kind: value.kind,
            first_name: name.first,
            middle_name: name.middle,
            last_name: name.last,
            suffix: name.suffix,
            is_preferred: value.is_preferred,
            is_gender_related: value.consent.is_gender_related,
            guardians_told_on: value.consent.told_on,
            guardians_consented_on: value.consent.consented_on,
            source_change: value.source_change.clone(),
            is_deleted: false,
        }))
    }
    fn value(&self, _: &Sealer) -> Outcome<Name> {
        Ok(self.plain())
    }
    fn facts(&self, _: &Sealer) -> Outcome<Facts> {
        Ok(vec![
            ("kind", self.kind.to_string()),
            ("first_name", self.first_name.clone()),
            ("middle_name", self.middle_name.clone()),
            ("last_name", self.last_name.clone()),
            ("suffix", self.suffix.clone()),
            ("is_preferred", flag(self.is_preferred)),
            ("is_gender_related", flag(self.is_gender_related)),
            ("guardians_told_on", text(self.guardians_told_on)),
            ("guardians_consented_on", text(self.guardians_consented_on)),
            ("source_change", self.source_change.clone()),
            ("removed", flag(self.is_deleted)),
        ])
    }
    kept_functions!(NameId, student_id, deletable);
}

db::temporal!(
    /// An address.
    student_address: AddressRow { id: AddressId, student_id: StudentId } {
        /// Mailing or physical.
        kind: AddressKind,
        /// Format.
        format: String,
        /// Street.
        street: String,
        /// What it is found by, however it is written.
        street_key: String,
        /// City.
        city: String,
        /// Province.
        province: String,
        /// Postal code.
        postal_code: String,
        /// Country.
        country: String,
        /// From.
        effective_on: Date,
        /// Until, when someone said so.
        expires_on: Option<Date>,
        /// Removed.
        is_deleted: bool,
    }
);

impl Kept for AddressRow {
    type Id = AddressId;
    type Value = Address;
    const KIND: &'static str = "address";
    fn build(tx: &Tx, id: AddressId, student: StudentId, value: &Address) -> Outcome<Self> {
        Ok(row!(AddressRow, tx, id, student_id: student, {
            kind: value.kind,
            format: value.format.clone(),
            street: value.street.clone(),
            street_key: rules::street_key(&value.street),
            city: value.city.clone(),
            province: value.province.clone(),
            postal_code: value.postal_code.clone(),
            country: value.country.clone(),
            effective_on: value.effective_on,
            expires_on: value.expires_on,
            is_deleted: false,
        }))
    }
    fn value(&self, _: &Sealer) -> Outcome<Address> {
        Ok(Address {
            kind: self.kind,
            format: self.format.clone(),
            street: self.street.clone(),
            city: self.city.clone(),
            province: self.province.clone(),
            postal_code: self.postal_code.clone(),
            country: self.country.clone(),
            effective_on: self.effective_on,
            expires_on: self.expires_on,
        })
    }
    fn facts(&self, _: &Sealer) -> Outcome<Facts> {
        Ok(vec![
            ("kind", self.kind.to_string()),
            ("format", self.format.clone()),
            ("street", self.street.clone()),
            ("city", self.city.clone()),
            ("province", self.province.clone()),
            ("postal_code", self.postal_code.clone()),
            ("country", self.country.clone()),
            ("effective_on", self.effective_on.to_string()),
            ("expires_on", text(self.expires_on)),
            ("removed", flag(self.is_deleted)),
        ])
    }
    kept_functions!(AddressId, student_id, deletable);
}

db::temporal!(
    /// A phone.
    student_phone: PhoneRow { id: PhoneId, student_id: StudentId } {
        /// Kind.
        kind: String,
        /// Digits.
        number: String,
        /// Extension.
        extension: String,
        /// Called first.
        is_preferred: bool,
        /// May be printed.
        is_listed: bool,
        /// Removed.
        is_deleted: bool,
    }
);

impl Kept for PhoneRow {
    type Id = PhoneId;
    type Value = Phone;
    const KIND: &'static str = "phone";
    fn build(tx: &Tx, id: PhoneId, student: StudentId, value: &Phone) -> Outcome<Self> {
        Ok(row!(PhoneRow, tx, id, student_id: student, {
            kind: value.kind.clone(),
            number: value.number.clone(),
            extension: value.extension.clone(),
            is_preferred: value.is_preferred,
            is_listed: value.is_listed,
            is_deleted: false,
        }))
    }
    fn value(&self, _: &Sealer) -> Outcome<Phone> {
        Ok(Phone {
            kind: self.kind.clone(),
            number: self.number.clone(),
            extension: self.extension.clone(),
            is_preferred: self.is_preferred,
            is_listed: self.is_listed,
        })
    }
    fn facts(&self, _: &Sealer) -> Outcome<Facts> {
        Ok(vec![
            ("kind", self.kind.clone()),
            ("number", self.number.clone()),
            ("extension", self.extension.clone()),
            ("is_preferred", flag(self.is_preferred)),
            ("is_listed", flag(self.is_listed)),
            ("removed", flag(self.is_deleted)),
        ])
    }
    kept_functions!(PhoneId, student_id, deletable);
}

db::temporal!(
    /// An e-mail.
    student_email: EmailRow { id: EmailId, student_id: StudentId } {
        /// Kind.
        kind: String,
        /// Address.
        address: String,
        /// Removed.
        is_deleted: bool,
    }
);

impl Kept for EmailRow {
    type Id = EmailId;
    type Value = Email;
    const KIND: &'static str = "email";
    fn build(tx: &Tx, id: EmailId, student: StudentId, value: &Email) -> Outcome<Self> {
        Ok(row!(EmailRow, tx, id, student_id: student, {
            kind: value.kind.clone(),
            address: value.address.clone(),
            is_deleted: false,
        }))
    }
    fn value(&self, _: &Sealer) -> Outcome<Email> {
        Ok(Email {
            kind: self.kind.clone(),
            address: self.address.clone(),
        })
    }
    fn facts(&self, _: &Sealer) -> Outcome<Facts> {
        Ok(vec![
            ("kind", self.kind.clone()),
            ("address", self.address.clone()),
            ("removed", flag(self.is_deleted)),
        ])
    }
    kept_functions!(EmailId, student_id, deletable);
}

db::temporal!(
    /// A citizenship.
    student_citizenship: CitizenshipRow { id: CitizenshipId, student_id: StudentId } {
        /// Status.
        status: String,
        /// Country.
        country: String,
        /// From.
        effective_on: Date,
        /// Permit ends.
        document_expires_on: Option<Date>,
        /// Removed.
        is_deleted: bool,
    }
);

impl Kept for CitizenshipRow {
    type Id = CitizenshipId;
    type Value = Citizenship;
    const KIND: &'static str = "citizenship";
    fn build(tx: &Tx, id: CitizenshipId, student: StudentId, value: &Citizenship) -> Outcome<Self> {
        Ok(row!(CitizenshipRow, tx, id, student_id: student, {
            status: value.status.clone(),
            country: value.country.clone(),
            effective_on: value.effective_on,
            document_expires_on: value.document_expires_on,
            is_deleted: false,
        }))
    }
    fn value(&self, _: &Sealer) -> Outcome<Citizenship> {
        Ok(Citizenship {
            status: self.status.clone(),
            country: self.country.clone(),
            effective_on: self.effective_on,
            document_expires_on: self.document_expires_on,
        })
    }
    fn facts(&self, _: &Sealer) -> Outcome<Facts> {
        Ok(vec![
            ("status", self.status.clone()),
            ("country", self.country.clone()),
            ("effective_on", self.effective_on.to_string()),
            ("document_expires_on", text(self.document_expires_on)),
            ("removed", flag(self.is_deleted)),
        ])
    }
    kept_functions!(CitizenshipId, student_id, deletable);
}

/// A version of a person.
#[derive(Debug, Clone, PartialEq, diesel::Queryable, diesel::Selectable, diesel::Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = db::schema::person_detail)]
pub struct PersonRow {
    pub division_id: kernel::DivisionId,
    pub id: PersonId,
    pub version: i64,
    pub known_from: Instant,
    pub known_to: Option<Instant>,
    pub known_by: String,
    pub reason: String,
    pub first_name: String,
    pub middle_name: String,
    pub last_name: String,
    pub suffix: String,
    pub home_phone: String,
    pub mobile_phone: String,
    pub work_phone: String,
    pub email: String,
    pub other_email: String,
    pub language: String,
    pub street: String,
    pub city: String,
    pub province: String,
    pub postal_code: String,
    pub country: String,
}
db::temporal_functions!(person_detail: PersonRow, PersonId, id: PersonId);

impl PersonRow {
    /// A row of a value; not yet stamped.
    pub(crate) fn build(tx: &Tx, id: PersonId, value: &Person) -> Self {
        let name = value.name.tidy();
        row!(PersonRow, tx, id, first_name: name.first, {
            middle_name: name.middle,
            last_name: name.last,
            suffix: name.suffix,
            home_phone: value.home_phone.clone(),
            mobile_phone: value.mobile_phone.clone(),
            work_phone: value.work_phone.clone(),
            email: value.email.clone(),
            other_email: value.other_email.clone(),
            language: value.language.clone(),
            street: value.street.clone(),
            city: value.city.clone(),
            province: value.province.clone(),
            postal_code: value.postal_code.clone(),
            country: value.country.clone(),
        })
    }
    /// The value.
    pub(crate) fn plain(&self) -> Person {
        Person {
            name: PersonName {
                first: self.first_name.clone(),
                middle: self.middle_name.clone(),
                last: self.last_name.clone(),
                suffix: self.suffix.clone(),
            },
            home_phone: self.home_phone.clone(),
            mobile_phone: self.mobile_phone.clone(),
            work_phone: self.work_phone.clone(),
            email: self.email.clone(),
            other_email: self.other_email.clone(),
            language: self.language.clone(),
            street: self.street.clone(),
            city: self.city.clone(),
            province: self.province.clone(),
            postal_code: self.postal_code.clone(),
            country: self.country.clone(),
        }
    }
    /// Every field as text.
    pub(crate) fn facts(&self) -> Facts {
        vec![
            ("first_name", self.first_name.clone()),
            ("middle_name", self.middle_name.clone()),
            ("last_name", self.last_name.clone()),
            ("suffix", self.suffix.clone()),
            ("home_phone", self.home_phone.clone()),
            ("mobile_phone", self.mobile_phone.clone()),
            ("work_phone", self.work_phone.clone()),
            ("email", self.email.clone()),
            ("other_email", self.other_email.clone()),
            ("language", self.language.clone()),
            ("street", self.street.clone()),
            ("city", self.city.clone()),
            ("province", self.province.clone()),
            ("postal_code", self.postal_code.clone()),
            ("country", self.country.clone()),
        ]
    }
}
