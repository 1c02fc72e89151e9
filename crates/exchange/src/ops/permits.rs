//! Who may import what: the permit to import, and that of every operation a row needs.

use crate::model::Kind;
use access::action::{
    CreateStudents, EditStudents, Import, ManageAccounts, ManageEnrolment, ManageSchools, ViewStudents,
};
use access::{Action, Permit, Scope, Standing};
use db::Tx;
use enrolment::rules::{Judge, OursAlone};
use kernel::{Actor, Failure, Outcome, StudentId};

/// The permits of a run of one kind.
#[derive(Debug, Clone)]
pub struct Permits {
    kind: Kind,
    actor: Actor,
    view: Option<Permit<ViewStudents>>,
    create: Option<Permit<CreateStudents>>,
    edit: Option<Permit<EditStudents>>,
    enrol: Option<Permit<ManageEnrolment>>,
    accounts: Option<Permit<ManageAccounts>>,
    schools: Option<Permit<ManageSchools>>,
}

/// Who asks for permits.
#[derive(Clone, Copy)]
enum Asks<'a> {
    Person(&'a Standing),
    Program(&'a Actor),
}

impl Asks<'_> {
    /// A permit of the whole division: files know no schools.
    fn permit<A: Action>(self) -> Outcome<Permit<A>> {
        let permit: Permit<A> = match self {
            Self::Person(standing) => Permit::wide(standing)?,
            Self::Program(actor) => Permit::program(actor)?,
        };
        if *permit.scope() == Scope::Division {
            Ok(permit)
        } else {
            Err(Failure::Denied(A::NAME))
        }
    }
}

impl Permits {
    /// What the standing may do with files of a kind. Denied when it may not
    /// import, or not do with its own hands what a row does.
    pub fn of(standing: &Standing, kind: Kind) -> Outcome<Self> {
        Self::made(Asks::Person(standing), kind)
    }

    /// Those of the program itself: the command line.
    pub fn program(actor: &Actor, kind: Kind) -> Outcome<Self> {
        Self::made(Asks::Program(actor), kind)
    }

    fn made(asks: Asks, kind: Kind) -> Outcome<Self> {
        let import = asks.permit::<Import>()?;
        let mut permits = Self {
            kind,
            actor: import.actor().clone(),
            view: None,
            create: None,
            edit: None,
            enrol: None,
            accounts: None,
            schools: None,
        };
        match kind {
            Kind::Students => {
                permits.view = Some(asks.permit()?);
                permits.create = Some(asks.permit()?);
                permits.edit = Some(asks.permit()?);
                permits.enrol = Some(asks.permit()?);
            }
            Kind::Contacts => {
                permits.view = Some(asks.permit()?);
                permits.edit = Some(asks.permit()?);
            }
            Kind::Enrolments => {
                permits.view = Some(asks.permit()?);
                permits.enrol = Some(asks.permit()?);
            }
            Kind::Staff => permits.accounts = Some(asks.permit()?),
            Kind::Schools => permits.schools = Some(asks.permit()?),
        }
        Ok(permits)
    }

    /// The kinds that the standing may import.
    pub fn kinds(standing: &Standing) -> Vec<Kind> {
        Kind::ALL
            .iter()
            .copied()
            .filter(|kind| Self::of(standing, *kind).is_ok())
            .collect()
    }

    /// Of which kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
    pub(crate) fn view(&self) -> Outcome<&Permit<ViewStudents>> {
        self.view.as_ref().ok_or(Failure::Denied(ViewStudents::NAME))
    }
    pub(crate) fn create(&self) -> Outcome<&Permit<CreateStudents>> {
        self.create.as_ref().ok_or(Failure::Denied(CreateStudents::NAME))
    }
    pub(crate) fn edit(&self) -> Outcome<&Permit<EditStudents>> {
        self.edit.as_ref().ok_or(Failure::Denied(EditStudents::NAME))
    }
    pub(crate) fn enrol(&self) -> Outcome<&Permit<ManageEnrolment>> {
        self.enrol.as_ref().ok_or(Failure::Denied(ManageEnrolment::NAME))
    }
    pub(crate) fn accounts(&self) -> Outcome<&Permit<ManageAccounts>> {
        self.accounts
            .as_ref()
            .ok_or(Failure::Denied(ManageAccounts::NAME))
    }
    pub(crate) fn schools(&self) -> Outcome<&Permit<ManageSchools>> {
        self.schools.as_ref().ok_or(Failure::Denied(ManageSchools::NAME))
    }
}

/// The province's rules, which this crate does not know: the connector does.
pub trait Province: Send + Sync {
    /// The judge of an enrolment: of a student that is here, or of a new one
    /// with the citizenship that its row tells.
    fn judge(
        &self,
        tx: &mut Tx,
        student: Option<StudentId>,
        citizenship: Option<&str>,
    ) -> Outcome<Box<dyn Judge>>;
    /// The judge of students and the persons around them.
    fn people(&self) -> &dyn people::rules::Judge;
}

/// Our own rules alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProvince;

impl Province for NoProvince {
    fn judge(&self, _: &mut Tx, _: Option<StudentId>, _: Option<&str>) -> Outcome<Box<dyn Judge>> {
        Ok(Box::new(OursAlone))
    }
    fn people(&self) -> &dyn people::rules::Judge {
        &people::rules::OursAlone
    }
}
