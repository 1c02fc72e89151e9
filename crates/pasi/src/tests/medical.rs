//! Medical alerts: both ways, sealed wherever they lie, read with their permit alone.

use super::both::{Both, person, played, wide};
use super::exchange::decision;
use crate::{Choice, Difference, ItemState, decide, differences_for, sealed};
use access::action::{EditMedical, ViewMedical};
use db::Reading;
use db::schema::{pasi_difference, pasi_item, pasi_mirror};
use diesel::prelude::*;
use kernel::{MedicalAlertId, StudentId};
use pasi_wire::messages as wire;
use people::{AlertSeverity, MedicalAlert, On};
use testkit::date;

fn alert() -> MedicalAlert {
    MedicalAlert {
        severity: AlertSeverity::LifeThreatening,
        alert: "Anaphylaxis: peanuts".to_owned(),
        action: "EpiPen at once".to_owned(),
        plan: "Red pouch, office".to_owned(),
        effective_on: date("2026-09-01"),
        expires_on: None,
    }
}

fn id() -> MedicalAlertId {
    MedicalAlertId::derived("peanuts")
}

fn adds(both: &Both<'_>, student: StudentId) {
    let carol = person("Carol Nadeau");
    both.write_as(&carol, |tx| {
        people::set_medical_alert(
            tx,
            &wide::<EditMedical>(&carol),
            &On::new(student, id()),
            &alert(),
            &people::rules::OursAlone,
        )
    });
}

/// Everything the exchange has written down, in clear.
fn written(both: &Both<'_>) -> String {
    both.read(|at| {
        let mut all: Vec<String> = pasi_mirror::table.select(pasi_mirror::body).load(at.conn())?;
        let items: Vec<(String, String)> = pasi_item::table
            .select((pasi_item::body, pasi_item::answer))
            .load(at.conn())?;
        let differences: Vec<(String, String, String)> = pasi_difference::table
            .select((
                pasi_difference::about,
                pasi_difference::ours,
                pasi_difference::theirs,
            ))
            .load(at.conn())?;
        all.extend(items.into_iter().flat_map(|(body, answer)| [body, answer]));
        all.extend(
            differences
                .into_iter()
                .flat_map(|(about, ours, theirs)| [about, ours, theirs]),
        );
        let audit: Vec<String> = db::schema::audit::table
            .select(db::schema::audit::detail)
            .load(at.conn())?;
        all.extend(audit);
        Ok(all.join("\n"))
    })
}

fn lies_open(both: &Both<'_>) -> bool {
    let written = written(both).to_lowercase();
    ["peanut", "epipen", "pouch", "bee stings"]
        .iter()
        .any(|word| written.contains(word))
}

/// The differences as Carol reads them.
fn opened(both: &Both<'_>, student: StudentId) -> Vec<Difference> {
    let permit = wide::<ViewMedical>(&person("Carol Nadeau"));
    both.read(|at| differences_for(at, Some(&permit), student))
}

fn decides(both: &Both<'_>, student: StudentId, choice: Choice) {
    let carol = person("Carol Nadeau");
    let all: Vec<_> = both
        .differences(student)
        .iter()
        .map(|one| decision(one, choice))
        .collect();
    both.write_as(&carol, |tx| decide(tx, &wide(&carol), student, &all));
}

#[test]
fn a_medical_alert_reaches_pasi_and_lies_sealed_wherever_it_passes() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        adds(both, student);
        both.connector.intake().await.expect("events are taken");
        assert_eq!(both.states(student), [("medical".to_owned(), ItemState::Waiting)]);
        assert!(!lies_open(both), "it waits sealed");
        both.syncs().await;
        assert_eq!(both.open(student), [], "it went");
        both.listens().await;
        let there = both.theirs(student).medical_alerts;
        assert_eq!(
            there,
            [wire::MedicalAlert {
                ref_id: id().uuid(),
                alert_type: "LifeThreatening".to_owned(),
                details: Some("Anaphylaxis: peanuts\r\nEpiPen at once\r\nRed pouch, office".to_owned()),
                effective_date: Some(date("2026-09-01")),
                expiry_date: None,
                is_deleted: false,
            }]
        );
        assert_eq!(
            (both.states(student), both.differences(student)),
            (Vec::new(), Vec::new())
        );
        assert!(!lies_open(both), "PASI's copy is sealed");
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            let on = On::seen(student, id(), 1);
            people::remove_medical_alert(tx, &wide::<EditMedical>(&carol), &on)
        });
        both.syncs().await;
        both.listens().await;
        assert!(
            both.theirs(student)
                .medical_alerts
                .iter()
                .all(|alert| alert.is_deleted)
        );
        assert_eq!(
            (both.states(student), both.differences(student)),
            (Vec::new(), Vec::new())
        );
    });
}

#[test]
fn a_medical_alert_of_a_new_student_goes_with_it() {
    played(async |both| {
        let student = both.registers("Aiyana");
        adds(both, student);
        both.syncs().await;
        both.server.settled().await;
        both.listens().await;
        assert_eq!(both.theirs(student).medical_alerts.len(), 1);
        assert_eq!(
            (both.states(student), both.differences(student)),
            (Vec::new(), Vec::new())
        );
    });
}

#[test]
fn what_pasi_says_of_an_alert_stands_beside_ours_for_those_who_may_read_it() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        adds(both, student);
        both.syncs().await;
        both.listens().await;
        let edit = |theirs: &mut wire::Student| {
            theirs.medical_alerts[0].details = Some("Anaphylaxis: bee stings\r\nEpiPen at once".into());
        };
        both.server.outside().change(asn, edit).await.expect("changed");
        both.listens().await;
        let covered = both.read(|at| differences_for(at, None, student));
        let told: Vec<_> = covered
            .iter()
            .map(|one| (one.record_kind.as_str(), one.field.as_str(), one.theirs.as_str()))
            .collect();
        assert_eq!(
            told,
            [("sealed", "sealed", "sealed")],
            "that something differs, no more"
        );
        let open = opened(both, student);
        assert_eq!(open[0].record_kind, "medical");
        assert_eq!(
            open[0].theirs,
            "LifeThreatening · Anaphylaxis: bee stings · EpiPen at once · 2026-09-01"
        );
        assert!(!lies_open(both), "the difference holds no text");
        decides(both, student, Choice::Theirs);
        let ours = both.read(|at| people::medical_alerts(at, &wide(&person("Carol Nadeau")), student, None));
        assert_eq!(ours[0].value.alert, "Anaphylaxis: bee stings");
        assert_eq!(both.differences(student), []);
        both.syncs().await;
        assert_eq!(both.states(student), [], "PASI is not told its own news");
        assert!(!lies_open(both), "nor does the audit of the decision");
        both.server
            .outside()
            .change(asn, |theirs| theirs.medical_alerts.clear())
            .await
            .expect("changed");
        both.listens().await;
        assert_eq!(both.differences(student)[0].cause, "only-here");
        decides(both, student, Choice::Ours);
        both.syncs().await;
        both.listens().await;
        assert_eq!(
            both.theirs(student).medical_alerts.len(),
            1,
            "ours stands there again"
        );
        assert_eq!(both.differences(student), []);
    });
}

#[test]
fn an_item_of_an_alert_says_nothing_to_who_may_not_read_it() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        adds(both, student);
        both.connector.intake().await.expect("events are taken");
        let mut item = both.open(student).remove(0);
        let view = wide(&person("Carol Nadeau"));
        let medical = wide::<ViewMedical>(&person("Carol Nadeau"));
        assert_eq!(both.read(|at| crate::sides(at, &view, None, &item)), []);
        let sides = both.read(|at| crate::sides(at, &view, Some(&medical), &item));
        assert!(sides[0].ours.contains("peanuts"), "{sides:?}");
        sealed::cover(&mut item);
        let told = (item.record_kind.as_str(), item.operation.as_str());
        assert_eq!(told, ("sealed", ""));
        assert!(item.answer().rules.is_empty());
    });
}
