//! The people a newcomer enters as: one of each role, and a second school's
//! office, so that what they may not see can be seen.

use super::family::person_id;
use super::organization::school_id;
use super::student::student_id;
use access::accounts::{FirstPassword, NewAccount};
use access::action::ManageAccounts;
use access::grants::GiveRole;
use access::ties::{Around, NewTie};
use access::{Permit, TieKind};
use db::Tx;
use kernel::{Outcome, PersonName, Role, SchoolCode};
use practice::Division;
use practice::model::{Custody, PracticeFamily, PracticeSchool, PracticeStaff, PracticeStudent};
use serde::Serialize;

/// Whom to sign in as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Account {
    /// The role.
    pub(crate) role: Role,
    /// What is typed.
    pub(crate) username: String,
    /// What is typed.
    pub(crate) password: String,
    /// Base32; the authenticator's.
    pub(crate) totp_secret: String,
    /// As shown.
    #[serde(skip)]
    pub(crate) display_name: String,
    #[serde(skip)]
    email: String,
    /// The school, for a role of schools.
    #[serde(skip)]
    pub(crate) school: Option<SchoolCode>,
    /// Whom it is tied to.
    #[serde(skip)]
    pub(crate) ties: Vec<Around>,
}

impl Account {
    fn of(role: Role, username: &str, name: &PersonName, email: &str) -> Self {
        Self {
            role,
            username: username.to_owned(),
            password: password(username),
            totp_secret: totp_secret(username),
            display_name: name.sentence(),
            email: email.to_owned(),
            school: None,
            ties: Vec::new(),
        }
    }
    fn of_staff(staff: &PracticeStaff, username: &str) -> Self {
        Self::of(staff.role, username, &staff.name, &staff.email)
    }
    fn at(self, school: &PracticeSchool) -> Self {
        Self {
            school: Some(school.code),
            ..self
        }
    }
    fn tied(self, around: impl IntoIterator<Item = Around>) -> Self {
        Self {
            ties: around.into_iter().collect(),
            ..self
        }
    }
}

/// Students on a specialist's team, at most.
const TEAM: usize = 12;

/// The accounts of a division, in the order of the roles; the same every time.
pub(crate) fn accounts(division: &Division) -> Vec<Account> {
    let families: Vec<PracticeFamily> = division.families().collect();
    let mut by_size: Vec<&PracticeSchool> = division.schools.iter().collect();
    by_size.sort_by_key(|school| std::cmp::Reverse(school.students()));
    let Some(main) = by_size.first().copied() else {
        return Vec::new();
    };
    let office = practice::division_staff(division);
    let school = practice::school_staff(division, main);
    let first = |staff: &[PracticeStaff], role: Role| staff.iter().find(|one| one.role == role).cloned();
    let mut all = Vec::new();
    for role in [
        Role::Director,
        Role::Coordinator,
        Role::Custodian,
        Role::PrivacyOfficer,
    ] {
        all.extend(first(&office, role).map(|staff| Account::of_staff(&staff, role.as_str())));
    }
    for role in [Role::Principal, Role::Secretary] {
        all.extend(first(&school, role).map(|staff| Account::of_staff(&staff, role.as_str()).at(main)));
    }
    all.extend(first(&school, Role::Teacher).map(|staff| {
        let class = staff
            .homeroom
            .clone()
            .map(|room| Around::Homeroom(school_id(main.code), room));
        Account::of_staff(&staff, "teacher").at(main).tied(class)
    }));
    all.extend(first(&office, Role::Specialist).map(|staff| {
        let team = students_at(&families, main).filter(|child| !child.enrolment.exceptions.is_empty());
        Account::of_staff(&staff, "specialist")
            .at(main)
            .tied(team.take(TEAM).map(|child| Around::Student(student_id(child))))
    }));
    if let Some(second) = by_size.get(1) {
        let other = practice::school_staff(division, second);
        for role in [Role::Principal, Role::Secretary] {
            let username = format!("{role}-2");
            all.extend(first(&other, role).map(|staff| Account::of_staff(&staff, &username).at(second)));
        }
    }
    all.extend(guardian(&families));
    all.extend(student(&families));
    all.sort_by_key(|account| Role::ALL.iter().position(|role| *role == account.role));
    all
}

fn students_at<'a>(
    families: &'a [PracticeFamily],
    school: &'a PracticeSchool,
) -> impl Iterator<Item = &'a PracticeStudent> {
    let children = families.iter().flat_map(|family| &family.students);
    children.filter(|child| child.enrolment.school == school.code)
}

/// A guardian with two children or more who may see them all; with one where no family has two.
fn guardian(families: &[PracticeFamily]) -> Option<Account> {
    let sees = |child: &PracticeStudent, adult: usize| {
        child.ties.iter().any(|tie| {
            tie.adult == adult && tie.portal && matches!(tie.custody, Custody::Full | Custody::Shared)
        })
    };
    let plain = |family: &&PracticeFamily| {
        family
            .students
            .iter()
            .all(|child| child.restrictions.is_empty() && sees(child, 0))
    };
    let several = families
        .iter()
        .filter(plain)
        .find(|family| family.students.len() > 1);
    let family = several.or_else(|| families.iter().find(plain))?;
    let adult = family.adults.first()?;
    let email = adult.email.clone().unwrap_or_default();
    Some(
        Account::of(Role::Guardian, "guardian", &adult.name, &email).tied([Around::Person(person_id(adult))]),
    )
}

/// A student of the highest grade.
fn student(families: &[PracticeFamily]) -> Option<Account> {
    let children = families.iter().flat_map(|family| &family.students);
    let child = children
        .filter(|child| child.restrictions.is_empty())
        .max_by_key(|child| {
            (
                child.enrolment.grade,
                std::cmp::Reverse(child.local_number.clone()),
            )
        })?;
    let name = child.preferred.as_ref().unwrap_or(&child.name);
    let email = child.email.clone().unwrap_or_default();
    Some(Account::of(Role::Student, "student", name, &email).tied([Around::Student(student_id(child))]))
}

/// Makes one account with its role, its authenticator and its ties.
pub(crate) fn make(tx: &mut Tx, account: &Account) -> Outcome<()> {
    let permit = Permit::<ManageAccounts>::program(&tx.actor().clone())?;
    let new = NewAccount {
        username: account.username.clone(),
        display_name: account.display_name.clone(),
        email: account.email.clone(),
        password: FirstPassword::ToKeep(account.password.clone()),
        language: "en-CA".to_owned(),
    };
    let id = access::accounts::create(tx, &permit, &new)?;
    let give = GiveRole {
        account: id,
        role: account.role,
        school: account.school.map(school_id),
        from: tx_today(tx),
        until: None,
        reason: super::enrolment::REASON.to_owned(),
    };
    access::grants::give(tx, &permit, &give)?;
    access::totp::install_practice(tx, &permit, id, &account.totp_secret)?;
    if let Some(kind) = TieKind::of(account.role) {
        for around in &account.ties {
            let new = NewTie {
                account: id,
                kind,
                around: around.clone(),
                from: tx_today(tx),
                until: None,
                reason: super::enrolment::REASON.to_owned(),
            };
            ::people::tie(tx, &permit, &new)?;
        }
    }
    Ok(())
}

fn tx_today(tx: &Tx) -> kernel::Date {
    db::Reading::today(tx)
}

/// First words of practice passwords.
const KINDS: &[&str] = &[
    "amber", "birch", "cedar", "copper", "granite", "heather", "juniper", "larch",
];
/// Second words.
const ANIMALS: &[&str] = &[
    "badger", "bison", "heron", "lynx", "marten", "otter", "osprey", "pika",
];
/// Third words.
const PLACES: &[&str] = &[
    "bridge", "canyon", "creek", "harbour", "meadow", "prairie", "ridge", "valley",
];

/// Words and two digits that the username decides.
fn password(username: &str) -> String {
    let digest = digest(username, "password");
    let word = |words: &[&'static str], place: usize| words[usize::from(digest[place]) % words.len()];
    format!(
        "{}-{}-{}-{:02}",
        word(KINDS, 0),
        word(ANIMALS, 1),
        word(PLACES, 2),
        digest[3] % 100
    )
}

/// 20 bytes that the username decides, in Base32.
fn totp_secret(username: &str) -> String {
    base32(&digest(username, "authenticator")[..20])
}

fn digest(username: &str, what: &str) -> Vec<u8> {
    let text = format!("practice division: {what} of {username}");
    ring::digest::digest(&ring::digest::SHA256, text.as_bytes())
        .as_ref()
        .to_vec()
}

/// Base32 (RFC 4648) of a multiple of five bytes: nothing is left to pad.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::with_capacity(bytes.len() * 8 / 5);
    for five in bytes.chunks(5) {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for place in (0..8).rev() {
            let letter = usize::try_from(bits >> (5 * place) & 31).expect("five bits are below 32");
            text.push(char::from(LETTERS[letter]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_is_that_of_the_standard() {
        // RFC 4648, section 10, whole groups alone.
        for (bytes, text) in [("fooba", "MZXW6YTB"), ("\0\0\0\0\0", "AAAAAAAA")] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_practice_password_is_one_that_would_be_taken() {
        for username in [
            "director",
            "privacy-officer",
            "secretary-2",
            "student",
            "guardian",
        ] {
            let judged = access::judge_password(username, &password(username));
            assert!(judged.is_empty(), "{username}: {judged:?}");
            assert_eq!(totp_secret(username).len(), 32, "{username}");
        }
    }
}
