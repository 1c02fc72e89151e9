//! Code values and the log of calls, day by day.

use super::both::played;
use crate::{CALLS_KEPT_DAYS, ChangeKind, codes_changed, codes_read, prune_calls, put_codes_above};
use codes::CodeSet;
use db::Reading;
use kernel::SchoolYear;
use pasi_wire::messages::CodeValue;

fn year(ending: i32) -> SchoolYear {
    SchoolYear::ending(ending).expect("a year")
}

fn value(text: &str, label: &str, from: Option<i32>) -> CodeValue {
    CodeValue {
        code_class_name: "LanguageAtHome".to_owned(),
        code_text: text.to_owned(),
        short_description: label.to_owned(),
        description: label.to_owned(),
        french_short_description: String::new(),
        french_description: String::new(),
        display_sequence: 500,
        pasi_core_version: 0,
        effective_school_year: from.map(year),
        expiry_school_year: None,
    }
}

#[test]
fn a_new_code_of_the_province_is_listed_and_may_be_chosen_as_of_its_year() {
    played(async |both| {
        // Lists are the program's, and the other engine's turn may have left its own.
        let built_in = codes::built_in(CodeSet::LanguageAtHome).all().to_vec();
        codes::put_above(CodeSet::LanguageAtHome, built_in, year(2027));
        assert_eq!(both.read(|at| codes_read(at)), None);
        assert_eq!(
            both.connector.read_codes().await.expect("read"),
            0,
            "the province's lists are the built-in ones: {:?}",
            both.read(|at| codes_changed(at, 5))
        );
        let first = both.read(|at| codes_read(at)).expect("read");
        assert!(first.values > 500, "{first:?}");
        both.server
            .outside()
            .put_code(value("QKX", "Quechua", Some(2028)))
            .expect("kept");
        both.later(3_600);
        assert_eq!(both.connector.read_codes().await.expect("read"), 1);
        let changed = both.read(|at| codes_changed(at, 5));
        assert_eq!(
            (changed[0].change_kind, changed[0].code_text.as_str()),
            (ChangeKind::Added, "QKX")
        );
        assert!(changed[0].after_value.contains("Quechua"), "{changed:?}");
        let again = both.read(|at| codes_read(at)).expect("read");
        assert!(again.read_at > first.read_at && again.changed_at > first.changed_at);
        let languages = codes::set(CodeSet::LanguageAtHome);
        assert!(!languages.is_valid("QKX", year(2027)) && languages.is_valid("QKX", year(2028)));
        both.server
            .outside()
            .put_code(value("QKX", "Quechua (all)", Some(2028)))
            .expect("kept");
        both.later(3_600);
        assert_eq!(both.connector.read_codes().await.expect("read"), 1);
        let changed = both.read(|at| codes_changed(at, 1));
        assert_eq!(changed[0].change_kind, ChangeKind::Changed);
        assert!(changed[0].before_value.contains("Quechua") && changed[0].after_value.contains("(all)"));
        // Another program of the division, at its start, has the same lists.
        let known = both.read(|at| put_codes_above(at, None));
        assert_eq!(both.read(|at| put_codes_above(at, known)), known);
    });
}

#[test]
fn an_absent_pasi_leaves_the_code_values_as_they_were() {
    played(async |both| {
        both.connector.read_codes().await.expect("read");
        let before = both.read(|at| codes_read(at));
        both.server.trouble(pasi_reference::Trouble {
            outage: Some(pasi_reference::Outage::Fault),
            ..pasi_reference::Trouble::default()
        });
        both.later(60);
        assert!(both.connector.read_codes().await.is_err());
        assert_eq!(both.read(|at| codes_read(at)), before);
    });
}

#[test]
fn lines_of_the_log_older_than_they_must_be_kept_are_let_go() {
    played(async |both| {
        both.settled("Aiyana").await;
        let count = |both: &super::both::Both<'_>| -> i64 {
            both.read(|at| {
                use diesel::prelude::*;
                Ok(db::schema::pasi_call::table.count().get_result(at.conn())?)
            })
        };
        let before = count(both);
        assert!(before > 3);
        let pruned = both.write(|tx| prune_calls(tx, CALLS_KEPT_DAYS)).expect("pruned");
        assert_eq!((pruned, count(both)), (0, before), "nothing is old enough");
        both.later((CALLS_KEPT_DAYS + 1) * 86_400);
        let pruned = both.write(|tx| prune_calls(tx, CALLS_KEPT_DAYS)).expect("pruned");
        assert_eq!((i64::try_from(pruned).expect("few"), count(both)), (before, 0));
    });
}
