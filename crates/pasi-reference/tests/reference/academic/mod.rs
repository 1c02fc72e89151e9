//! High school records: sections, courses, marks, diploma exams, transcripts.

use crate::common::*;
use crate::high_school::*;
use kernel::{Instant, OrganizationCode};
use pasi_wire::Response;
use pasi_wire::messages::*;

fn codes(rejections: &[Rejection]) -> Vec<u32> {
    rejections.iter().map(|rejection| rejection.code).collect()
}

fn codes_of(answer: &SubmitListResponse) -> Vec<Vec<u32>> {
    answer.results.iter().map(|one| codes(&one.rejections)).collect()
}

macro_rules! read {
    ($client:expr, $operation:ident, $request:ident { $keys:ident: $all:expr }) => {{
        let request = $request {
            caller: $client.caller(),
            $keys: $all,
        };
        match $client.call(request).await.expect("an answer") {
            Response::$operation(answer) => answer.results,
            other => panic!("{} answered", other.operation()),
        }
    }};
}

/// Our school with the section of Mathematics 10C.
async fn with_section() -> (World, Client) {
    let world = high_school().await;
    let client = world.client();
    let made = client.put_section(section(SECTION, &["MAT1791"])).await;
    assert!(made.is_stored(), "{:?}", made.rejections);
    (world, client)
}

/// The same with Aiyana's mark of 72, stored and not approved; gives its version.
async fn with_mark() -> (World, Client, i64) {
    let (world, client) = with_section().await;
    let stored = client
        .put_courses(vec![course_enrolment(COURSE_MARK, "MAT1791", SECTION)])
        .await;
    assert!(
        stored.results[0].is_stored(),
        "{:?}",
        stored.results[0].rejections
    );
    let version = stored.results[0].pasi_core_version;
    world.server.settled().await;
    (world, client, version)
}

mod courses;
mod exams;
mod sections;
mod transcripts;
