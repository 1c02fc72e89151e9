//! Accounts of the portal: an active disclosure restriction suspends those of
//! third parties.

use super::read::Seen;
use crate::outside::{Outside, OutsideError};
use crate::store::{Draft, World};
use kernel::{Asn, Date};
use pasi_wire::messages::{AccountHolder, ConnectionStatus, EducationAccountConnection, Student};
use uuid::Uuid;

impl Seen for EducationAccountConnection {}

/// What a connection that has not ended may do, by the student's restrictions.
pub(crate) fn status(of: &EducationAccountConnection, student: &Student, today: Date) -> ConnectionStatus {
    let is_restricted = student.disclosure_restrictions.iter().any(|restriction| {
        let lasts = restriction.expiry_date.is_none_or(|expiry| expiry > today);
        restriction.is_active && !restriction.is_deleted && restriction.effective_date <= today && lasts
    });
    match of.status {
        ConnectionStatus::Ended => ConnectionStatus::Ended,
        _ if is_restricted && of.holder == AccountHolder::ThirdParty => ConnectionStatus::Suspended,
        _ => ConnectionStatus::Active,
    }
}

/// The connections of a student that do not follow its restrictions, as they should be.
pub(crate) fn behind(world: &World, student: &Student, today: Date) -> Vec<EducationAccountConnection> {
    let held = world.of_student::<EducationAccountConnection>(student.asn);
    let followed = held.map(|held| EducationAccountConnection {
        status: status(held, student, today),
        ..held.clone()
    });
    let is_behind =
        |now: &EducationAccountConnection| world.get::<EducationAccountConnection>(now.ref_id) != Some(now);
    followed.filter(is_behind).collect()
}

/// Lets the connections of a student follow its restrictions.
pub(crate) fn follow(draft: &mut Draft<'_>, student: &Student, today: Date) {
    for followed in behind(draft.world, student, today) {
        draft.put(followed.into());
    }
}

impl Outside {
    /// Connects an account of the portal to a student; gives the connection's GUID.
    pub async fn connect(&self, asn: Asn, holder: AccountHolder) -> Result<Uuid, OutsideError> {
        let today = self.0.config.clock.now().date();
        self.act(|draft| {
            let held = draft.world.student(asn).ok_or(OutsideError::UnknownStudent)?;
            let ref_id = Uuid::new_v4();
            let mut made = EducationAccountConnection {
                ref_id,
                asn,
                holder,
                status: ConnectionStatus::Active,
                effective_date: today,
                expiry_date: None,
                is_deleted: false,
                pasi_core_version: 0,
            };
            made.status = status(&made, &held.student, today);
            draft.put(made.into());
            Ok(ref_id)
        })
        .await
    }

    /// Ends a connection; gives its version. `NothingChanged` when there is none that goes on.
    pub async fn disconnect(&self, connection: Uuid) -> Result<i64, OutsideError> {
        let today = self.0.config.clock.now().date();
        self.act(|draft| {
            let held = draft.world.get::<EducationAccountConnection>(connection);
            let held = held.filter(|held| held.status != ConnectionStatus::Ended);
            let mut ended = held.ok_or(OutsideError::NothingChanged)?.clone();
            ended.status = ConnectionStatus::Ended;
            ended.expiry_date = Some(today);
            Ok(draft.put(ended.into()))
        })
        .await
    }
}
