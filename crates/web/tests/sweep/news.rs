//! What PASI said of a student: an item of the queue, and a field that differs.

use crate::ground::{Ground, Named, school, student, write};
use db::Reading;
use db::schema::{pasi_difference, pasi_item};
use diesel::prelude::*;
use kernel::{Actor, PasiItemId};
use pasi::{Difference, Item, ItemState};
use testkit::DIVISION;

/// The number of the rule that refused the item.
pub(crate) const RULE: u32 = 9006;
/// PASI's words of the item, and PASI's side of the difference.
pub(crate) const SAID: &str = "Range Road 4021";

/// The item.
pub(crate) fn item_id() -> PasiItemId {
    PasiItemId::derived("news")
}

impl Ground<'_> {
    /// PASI refused a change of the visitor's own student, and has another address.
    pub(crate) fn news(&self) {
        self.news_of("address", "SubmitStudentAddress");
    }

    /// The same of a medical alert.
    pub(crate) fn medical_news(&self) {
        self.news_of("medical", "SubmitMedicalAlert");
    }

    fn news_of(&self, kind: &str, operation: &str) {
        let answer = serde_json::json!({ "version": 0, "rules": [{ "code": RULE, "message": SAID, "arguments": [] }] });
        let asks = student(Named::Own.seed());
        write(self.world, |tx| {
            let now = tx.now();
            let item = Item {
                division_id: DIVISION,
                id: item_id(),
                operation: operation.to_owned(),
                student_id: Some(asks),
                school_id: Some(school(Named::Own.seed())),
                record_kind: kind.to_owned(),
                record_id: asks.uuid().as_bytes().to_vec(),
                state: ItemState::Rejected,
                body: serde_json::json!({ "version": 1 }).to_string(),
                seen_version: 1,
                actor: serde_json::to_string(&Actor::system(DIVISION, "Test")).expect("JSON"),
                attempts: 1,
                not_before: now,
                leased_until: None,
                message_id: String::new(),
                answer: answer.to_string(),
                created_at: now,
                changed_at: now,
            };
            let difference = Difference {
                division_id: DIVISION,
                student_id: asks,
                record_kind: "student".to_owned(),
                record_key: "123456789".to_owned(),
                field: "mailing-address".to_owned(),
                about: String::new(),
                ours: "Box 12".to_owned(),
                theirs: SAID.to_owned(),
                core_version: 1,
                cause: "changed-there".to_owned(),
                found_at: now,
            };
            diesel::insert_into(pasi_item::table)
                .values(&item)
                .execute(tx.conn())?;
            diesel::insert_into(pasi_difference::table)
                .values(&difference)
                .execute(tx.conn())?;
            Ok(())
        });
    }

    /// Where the item stands, and how many fields differ.
    pub(crate) fn standing_of_news(&self) -> (ItemState, usize) {
        let asks = student(Named::Own.seed());
        self.read(|at| {
            let item = pasi::item(at, item_id())?;
            Ok((item.state, pasi::differences(at, asks)?.len()))
        })
    }
}
