//! Many systems listen at once; each is answered when something changes.

use crate::common::{AIYANA, Client, OURS, asn, authority, config, date, province};
use kernel::{FixedClock, Instant};
use pasi_reference::{NewClient, serve};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Systems that listen: as many as the province has authorities and private schools.
const LISTENERS: usize = 350;

#[tokio::test(flavor = "multi_thread")]
async fn every_system_that_listens_is_answered_by_one_change_and_none_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let noon = Instant::from_rfc3339("2026-11-23T19:00:00Z").expect("a moment");
    let mut patient = config(folder.path(), &Arc::new(FixedClock::at(noon)));
    patient.poll_minute = Duration::from_mins(1);
    let server = serve(patient).await.expect("the server starts");
    let known = server.seed(province()).expect("the province loads").version;
    server.settled().await;
    let credentials = server
        .register(NewClient::school_authority("ours", authority(OURS)))
        .expect("a client");
    let mut listening = JoinSet::new();
    for _ in 0..LISTENERS {
        // Each with a connection of its own.
        let client = Client::new(&server, &credentials, authority(OURS));
        listening.spawn(async move { client.news("Student", known, 5).await });
    }
    while server.polls() < LISTENERS {
        assert!(
            listening.try_join_next().is_none(),
            "answered before anything happened"
        );
        tokio::task::yield_now().await;
    }
    let version = server
        .outside()
        .correct_birth_date(asn(AIYANA), date("2015-04-18"))
        .await
        .expect("changed");
    let mut answered = 0;
    while let Some(one) = listening.join_next().await {
        let told = one.expect("no listener stops").expect("no fault");
        let pairs = &told.first().expect("the kind that changed").id_versions;
        assert_eq!((pairs[0].id.as_str(), pairs[0].version), (AIYANA, version));
        answered += 1;
    }
    assert_eq!(answered, LISTENERS);
    assert_eq!(server.polls(), 0, "nobody is kept among those who wait");
}
