//! Reading what is sealed is an event like writing: no page shows it before the audit has its line.

use crate::App;
use crate::answer::{OrStop, Stopped};
use crate::who::Who;
use access::{Action, Permit};
use kernel::StudentId;

/// Notes that the person reads `what` of a student by the permit `A`; not shown when it cannot be noted.
pub(crate) async fn noted<A: Action>(
    app: &App,
    who: &Who,
    student: StudentId,
    what: &'static str,
) -> Result<(), Stopped> {
    let standing = who.standing().clone();
    app.store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<A>::student(tx, &standing, student)?;
            access::trail::read_sensitive(tx, &permit, student, what);
            Ok(())
        })
        .await
        .or_stop(app, who)
}
