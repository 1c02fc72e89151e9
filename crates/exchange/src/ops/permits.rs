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

/// A permit of the whole division: files know no schools.
fn whole<A: Action>(permit: Outcome<Permit<A>>) -> Outcome<Permit<A>> {
    permit.and_then(|permit| {
        if *permit.scope() == Scope::Division { Ok(permit) } else { Err(Failure::Denied(A::NAME)) }
    })
}

impl Permits {
    /// What the standing may do with files of a kind. Denied when it may not
    /// import, or not do with its own hands what a row does.
    pub fn of(standing: &Standing, kind: Kind) -> Outcome<Self> {
        let import = whole(Permit::<Import>::wide(standing))?;
        Self::made(
            kind,
            import.actor().clone(),
            (
                || Permit::wide(standing),
                || Permit::wide(standing),
                || Permit::wide(standing),
                || Permit::wide(standing),
                || Permit::wide(standing),
                || Permit::wide(standing),
            ),
        )
    }

    /// Those of the program itself: the command line.
    pub fn program(actor: &Actor, kind: Kind) -> Outcome<Self> {
        Permit::<Import>::program(actor)?;
        Self::made(
            kind,
            actor.clone(),
            (
                || Permit::program(actor),
                || Permit::program(actor),
                || Permit::program(actor),
                || Permit::program(actor),
                || Permit::program(actor),
                || Permit::program(actor),
            ),
        )
    }

    #[expect(clippy::type_complexity, reason = "one maker a permit, each of its own type")]
    fn made(
        kind: Kind,
        actor: Actor,
        makers: (
            impl Fn() -> Outcome<Permit<ViewStudents>>,
            impl Fn() -> Outcome<Permit<CreateStudents>>,
            impl Fn() -> Outcome<Permit<EditStudents>>,
            impl Fn() -> Outcome<Permit<ManageEnrolment>>,
            impl Fn() -> Outcome<Permit<ManageAccounts>>,
            impl Fn() -> Outcome<Permit<ManageSchools>>,
        ),
    ) -> Outcome<Self> {
        let mut permits =
            Self { kind, actor, view: None, create: None, edit: None, enrol: None, accounts: None, schools: None };
        match kind {
            Kind::Students => {
                permits.view = Some(whole(makers.0())?);
                permits.create = Some(whole(makers.1())?);
                permits.edit = Some(whole(makers.2())?);
                permits.enrol = Some(whole(makers.3())?);
            }
            Kind::Contacts => {
                permits.view = Some(whole(makers.0())?);
                permits.edit = Some(whole(makers.2())?);
            }
            Kind::Enrolments => {
                permits.view = Some(whole(makers.0())?);
                permits.enrol = Some(whole(makers.3())?);
            }
            Kind::Staff => permits.accounts = Some(whole(makers.4())?),
            Kind::Schools => permits.schools = Some(whole(makers.5())?),
        }
        Ok(permits)
    }

    /// The kinds that the standing may import.
    pub fn kinds(standing: &Standing) -> Vec<Kind> {
        Kind::ALL.iter().copied().filter(|kind| Self::of(standing, *kind).is_ok()).collect()
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
        self.accounts.as_ref().ok_or(Failure::Denied(ManageAccounts::NAME))
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
}

/// Our own rules alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProvince;

impl Province for NoProvince {
    fn judge(&self, _: &mut Tx, _: Option<StudentId>, _: Option<&str>) -> Outcome<Box<dyn Judge>> {
        Ok(Box::new(OursAlone))
    }
}
