//! Which messages asked whom about an absence.

use db::schema::attendance_email;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Date, DivisionId, MailId, Outcome, PersonId, SchoolId, StudentId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = attendance_email)]
pub(crate) struct EmailRow {
    pub(crate) division_id: DivisionId,
    pub(crate) id: MailId,
    pub(crate) school_id: SchoolId,
    pub(crate) student_id: StudentId,
    pub(crate) on_date: Date,
    pub(crate) person_id: PersonId,
    pub(crate) person_name: String,
}

/// Those about a day of a school.
pub(crate) fn emails_on(at: &mut impl Reading, school: SchoolId, on: Date) -> Outcome<Vec<EmailRow>> {
    let division = at.division();
    Ok(attendance_email::table
        .filter(
            attendance_email::division_id
                .eq(division)
                .and(attendance_email::school_id.eq(school))
                .and(attendance_email::on_date.eq(on)),
        )
        .order(attendance_email::id)
        .select(EmailRow::as_select())
        .load(at.conn())?)
}

/// Notes one.
pub(crate) fn insert_email(tx: &mut Tx, row: &EmailRow) -> Outcome<()> {
    diesel::insert_into(attendance_email::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}
