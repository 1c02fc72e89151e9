//! Records as rows whose columns are the fields of an import of their kind.

use crate::model::Kind;
use crate::rules::fields_of;
use access::accounts::AccountLine;
use access::grants::Grant;
use enrolment::Enrolment;
use kernel::{Date, Grade};
use people::{AddressKind, Student, StudentContact};
use schools::{Authority, Directory, School};

/// The cells of a row, one a column.
pub(super) type Row = Vec<String>;

/// The columns of a kind.
pub(super) struct Columns(Vec<&'static str>);

impl Columns {
    /// Every field of the kind but those that files of another kind bring.
    pub(super) fn of(kind: Kind) -> Self {
        let elsewhere = |name: &str| match kind {
            Kind::Students => name.starts_with("guardian") || ENROLMENT.contains(&name),
            Kind::Schools => ["elementary", "junior_high", "senior_high", "total"].contains(&name),
            Kind::Staff => ["first_name", "last_name"].contains(&name),
            Kind::Contacts | Kind::Enrolments => false,
        };
        let all = fields_of(kind).map(|field| field.name);
        Self(all.filter(|name| !elsewhere(name)).collect())
    }

    pub(super) fn names(&self) -> &[&'static str] {
        &self.0
    }

    fn row(&self, value: impl Fn(&str) -> String) -> Row {
        self.0.iter().map(|name| value(name)).collect()
    }

    /// The student as of today.
    pub(super) fn student(&self, student: &Student, today: Date) -> Row {
        let (identity, legal) = (&student.identity, student.legal());
        let preferred = Some(student.goes_by(today)).filter(|name| *name != legal);
        let mail = student.address_on(AddressKind::Mailing, today);
        let home = student.address_on(AddressKind::Physical, today);
        let phone = |kind: &str| {
            let mut all = student.phones.iter();
            all.find(|phone| phone.value.kind == kind)
                .map(|phone| phone.value.number.clone())
                .unwrap_or_default()
        };
        let citizenship = student
            .citizenships
            .iter()
            .find(|one| one.value.effective_on <= today);
        self.row(|name| match name {
            "local_number" => student.local_number.clone(),
            "asn" => identity
                .asn
                .map(|asn| asn.as_str().to_owned())
                .unwrap_or_default(),
            "first_name" => legal.first.clone(),
            "middle_name" => legal.middle.clone(),
            "last_name" => legal.last.clone(),
            "suffix" => legal.suffix.clone(),
            "preferred_first_name" => preferred.map(|name| name.first.clone()).unwrap_or_default(),
            "preferred_last_name" => preferred.map(|name| name.last.clone()).unwrap_or_default(),
            "birth_date" => identity.birth_date.to_string(),
            "gender" => identity.gender.clone(),
            "language_at_home" => identity.language_at_home.clone(),
            "other_language" => identity.other_language.clone(),
            "first_language" => identity.first_language.clone(),
            "letters_in" => identity.letters_in.clone(),
            "section23" => identity.section23.clone(),
            "citizenship" => citizenship
                .map(|one| one.value.status.clone())
                .unwrap_or_default(),
            "phone" => phone("Home"),
            "mobile_phone" => phone("Mobile"),
            "email" => student
                .emails
                .first()
                .map(|email| email.value.address.clone())
                .unwrap_or_default(),
            other => {
                let (address, part) = match other.strip_prefix("home_") {
                    Some(part) => (home, part),
                    None => (mail, other),
                };
                address.map_or_else(String::new, |address| match part {
                    "street" => address.value.street.clone(),
                    "city" => address.value.city.clone(),
                    "province" => address.value.province.clone(),
                    "postal_code" => address.value.postal_code.clone(),
                    _ => String::new(),
                })
            }
        })
    }

    /// Somebody around a student.
    pub(super) fn contact(&self, student: &Student, one: &StudentContact) -> Row {
        let (contact, person) = (&one.contact.value, &one.person.value);
        self.row(|name| match name {
            "student_asn" => asn(student),
            "student_number" => student.local_number.clone(),
            "first_name" => person.name.first.clone(),
            "middle_name" => person.name.middle.clone(),
            "last_name" => person.name.last.clone(),
            "suffix" => person.name.suffix.clone(),
            "relationship" => contact.relationship.clone(),
            "home_phone" => person.home_phone.clone(),
            "mobile_phone" => person.mobile_phone.clone(),
            "work_phone" => person.work_phone.clone(),
            "email" => person.email.clone(),
            "other_email" => person.other_email.clone(),
            "language" => person.language.clone(),
            "street" => person.street.clone(),
            "city" => person.city.clone(),
            "province" => person.province.clone(),
            "postal_code" => person.postal_code.clone(),
            "country" => person.country.clone(),
            "call_order" => contact.call_order.to_string(),
            "lives_with" => yes(contact.lives_with),
            "may_pick_up" => yes(contact.may_pick_up),
            "is_emergency" => yes(contact.is_emergency),
            "custody" => contact.custody.to_string().replace('-', " "),
            "portal_access" => yes(contact.portal_access),
            "effective_on" => contact.effective_on.to_string(),
            "expires_on" => contact.expires_on.map(|day| day.to_string()).unwrap_or_default(),
            _ => String::new(),
        })
    }

    /// An enrolment of a student.
    pub(super) fn enrolment(&self, student: &Student, one: &Enrolment, directory: &Directory) -> Row {
        let (coding, exit) = (&one.coding, one.state.exit());
        self.row(|name| match name {
            "student_asn" => asn(student),
            "student_number" => student.local_number.clone(),
            "school" => directory
                .get(one.school)
                .map(|school| school.code.to_string())
                .unwrap_or_default(),
            "school_year" => one.year.to_string(),
            "grade" => one.grade.as_str().to_owned(),
            "homeroom" => one.homeroom.clone(),
            "start" => one.start.to_string(),
            "exit" => exit.map(|exit| exit.on.to_string()).unwrap_or_default(),
            "exit_kind" => exit.map(|exit| exit.kind.to_string()).unwrap_or_default(),
            "programming_type" => coding.programming_type.clone(),
            "programming_timeframe" => coding.programming_timeframe.clone(),
            "enrolment_types" => coding.types.join(";"),
            "exceptions" => coding.exceptions.join(";"),
            "grants" => coding.grants.join(";"),
            "resident_board" => coding.resident_board.clone().unwrap_or_default(),
            "percentage" => number(coding.program_percentage),
            "french_hours" => number(coding.french_hours),
            "francophone_board" => coding.francophone_board.clone().unwrap_or_default(),
            "indigenous_declaration" => coding.indigenous_declaration.clone().unwrap_or_default(),
            "instruction_hours" => number(coding.instruction_hours),
            "operating_schedule" => coding.operating_schedule.clone().unwrap_or_default(),
            "source_change" => coding.source_change.clone().unwrap_or_default(),
            _ => String::new(),
        })
    }

    /// A role of an account.
    pub(super) fn staff(&self, line: &AccountLine, grant: &Grant, directory: &Directory) -> Row {
        self.row(|name| match name {
            "username" => line.username.clone(),
            "display_name" => line.display_name.clone(),
            "email" => line.email.clone(),
            "role" => grant.role.to_string(),
            "school" => grant
                .school_id
                .and_then(|id| directory.get(id))
                .map(|school| school.code.to_string())
                .unwrap_or_default(),
            "from" => grant.from_date.to_string(),
            _ => String::new(),
        })
    }

    /// A school; 1 stands for a grade that is taught.
    pub(super) fn school(&self, school: &School, authority: Option<&Authority>) -> Row {
        self.row(|name| match name {
            "code" => school.code.to_string(),
            "name" => school.name.clone(),
            "authority" => school.authority.to_string(),
            "authority_name" => authority.map(|one| one.name.clone()).unwrap_or_default(),
            "authority_kind" => authority.map(|one| one.kind.clone()).unwrap_or_default(),
            "street" => school.street.clone(),
            "city" => school.city.clone(),
            "postal_code" => school.postal_code.clone(),
            "phone" => school.phone.clone(),
            "ecs" => taught(school, Grade::Ecs),
            other => other
                .strip_prefix("grade_")
                .and_then(|number| Grade::from_number(number.parse().ok()?))
                .map(|grade| taught(school, grade))
                .unwrap_or_default(),
        })
    }
}

/// Fields of a student's row that a file of enrolments brings.
const ENROLMENT: [&str; 8] = [
    "school",
    "school_year",
    "grade",
    "homeroom",
    "start",
    "exit",
    "enrolment_types",
    "grants",
];

fn asn(student: &Student) -> String {
    let asn = student.identity.asn;
    asn.map(|asn| asn.as_str().to_owned()).unwrap_or_default()
}

fn yes(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}

fn number(value: Option<i32>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn taught(school: &School, grade: Grade) -> String {
    i32::from(school.offers(grade)).to_string()
}
