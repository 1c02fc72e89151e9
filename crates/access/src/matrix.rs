//! The policy: for each action, how far each role reaches. One table; a role
//! that is not named is refused.

use kernel::Role;

/// How far a role reaches with an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every record of the division.
    Division,
    /// The records of the schools the role was given for.
    Schools,
    /// The students the account is tied to: own children, own sections, own team, oneself.
    Tied,
}

/// Is the role given for schools? The other roles are of the whole division, or
/// of one's own children and oneself.
pub const fn is_of_schools(role: Role) -> bool {
    matches!(
        role,
        Role::Principal | Role::Secretary | Role::Teacher | Role::Specialist
    )
}

/// Something a person may be allowed to do.
pub trait Action: Send + Sync + 'static {
    /// Its name in the audit.
    const NAME: &'static str;
    /// The roles that may, and how far.
    const WHO: &'static [(Role, Reach)];
}

macro_rules! actions {
    ($($(#[$meta:meta])* $name:ident = $text:literal { $($role:ident: $reach:ident),* $(,)? })+) => {
        /// The actions.
        pub mod action {
            use super::{Action, Reach, Role};
            $($(#[$meta])* #[derive(Debug, Clone, Copy, PartialEq, Eq)] pub struct $name;
            impl Action for $name {
                const NAME: &'static str = $text;
                const WHO: &'static [(Role, Reach)] = &[$((Role::$role, Reach::$reach)),*];
            })+
            /// Every action with its table, for pages and tests that walk the policy.
            pub const ALL: &[(&str, &[(Role, Reach)])] = &[$(($name::NAME, $name::WHO)),+];
        }
    };
}

actions! {
    /// See students: search, lists, the student page without its sealed parts.
    ViewStudents = "students.view" {
        Coordinator: Division, Principal: Schools, Secretary: Schools, Teacher: Tied, Specialist: Tied,
        Custodian: Division, Guardian: Tied, Student: Tied,
    }
    /// Change identity, names, addresses, phones, contacts.
    EditStudents = "students.edit" { Coordinator: Division, Secretary: Schools, Principal: Schools }
    /// Make a new student.
    CreateStudents = "students.create" { Coordinator: Division, Secretary: Schools }
    /// Read medical alerts.
    ViewMedical = "medical.view" {
        Coordinator: Division, Principal: Schools, Secretary: Schools, Teacher: Tied, Specialist: Tied, Guardian: Tied,
    }
    /// Change medical alerts.
    EditMedical = "medical.edit" { Coordinator: Division, Secretary: Schools, Principal: Schools }
    /// Read the text of a court order or caution, beyond its notice.
    ViewCustody = "custody.view" { Coordinator: Division, Principal: Schools, Secretary: Schools, Specialist: Tied, Teacher: Tied }
    /// Change custody and disclosure restrictions.
    EditCustody = "custody.edit" { Coordinator: Division, Principal: Schools, Secretary: Schools }
    /// Enrol, change, transfer, withdraw.
    ManageEnrolment = "enrolment.manage" { Coordinator: Division, Secretary: Schools, Principal: Schools }
    /// See marks of attendance.
    ViewAttendance = "attendance.view" {
        Coordinator: Division, Principal: Schools, Secretary: Schools, Teacher: Tied, Specialist: Tied,
        Custodian: Division, Guardian: Tied, Student: Tied,
    }
    /// Take a roll: a teacher those of own homerooms.
    TakeAttendance = "attendance.take" { Coordinator: Division, Principal: Schools, Secretary: Schools, Teacher: Tied }
    /// Mark for the office: explain, correct, enter many, keep the desk, set the codes.
    ManageAttendance = "attendance.manage" { Coordinator: Division, Principal: Schools, Secretary: Schools }
    /// Tell the school ahead that an own child will be away.
    ReportAbsence = "absences.report" { Guardian: Tied }
    /// See who looked at the record of an own child, or at one's own: roles and times.
    ViewLooks = "looks.view" { Guardian: Tied, Student: Tied }
    /// Invite guardians to an account, see who has one, take an invitation back.
    InviteFamilies = "families.invite" { Coordinator: Division, Principal: Schools, Secretary: Schools }
    /// See schools, calendars and their figures.
    ViewSchools = "schools.view" {
        Director: Division, Coordinator: Division, Custodian: Division, PrivacyOfficer: Division, Principal: Schools,
        Secretary: Schools, Teacher: Schools, Specialist: Schools,
    }
    /// See courses, sections and timetables; a teacher the own sections.
    ViewSections = "sections.view" { Coordinator: Division, Principal: Schools, Secretary: Schools, Teacher: Tied }
    /// Make sections, say who teaches them and when, put students in and take them out.
    ManageSections = "sections.manage" { Coordinator: Division, Principal: Schools, Secretary: Schools }
    /// Change the catalogue of courses.
    ManageCourses = "courses.manage" { Coordinator: Division }
    /// Change schools, school years and calendars.
    ManageSchools = "schools.manage" { Coordinator: Division }
    /// See the PASI queue, differences and alerts.
    ViewPasi = "pasi.view" { Coordinator: Division, Director: Division, Principal: Schools, Secretary: Schools }
    /// Decide items of the PASI queue; search and create in PASI.
    DecidePasi = "pasi.decide" { Coordinator: Division, Principal: Schools, Secretary: Schools }
    /// Say what is sent by itself and what waits for approval.
    SetPasiPolicy = "pasi.policy" { Coordinator: Division }
    /// Import files: of records by the coordinator, of accounts by the director.
    Import = "exchange.import" { Coordinator: Division, Director: Division }
    /// Export lists.
    Export = "exchange.export" { Coordinator: Division, Principal: Schools, Secretary: Schools }
    /// Change many students at once.
    MassUpdate = "students.mass-update" { Coordinator: Division, Secretary: Schools, Principal: Schools }
    /// Share a saved list with a school, or with the division.
    ShareLists = "lists.share" { Coordinator: Division, Principal: Schools, Secretary: Schools }
    /// Make accounts, give and end roles.
    ManageAccounts = "accounts.manage" { Director: Division }
    /// Read the audit of the division.
    ReadAudit = "audit.read" { PrivacyOfficer: Division, Director: Division }
    /// Read a student's full history of changes and reads.
    ViewHistory = "history.view" { Coordinator: Division, Principal: Schools, Secretary: Schools, Custodian: Division, PrivacyOfficer: Division }
    /// See connections, certificates, jobs, health.
    ViewSystem = "system.view" { Director: Division, Coordinator: Division }
}
