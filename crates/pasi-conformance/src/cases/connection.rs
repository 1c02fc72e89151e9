//! Connecting, and what every call must say.

use super::{answer, enveloped, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use pasi_wire::Operation;
use pasi_wire::messages::{CallerInfo, HelloWorldRequest};
use pasi_wire::soap::REQUEST_CAP;

/// A heartbeat with something changed in who calls.
fn hello(scene: &Scene, change: impl FnOnce(&mut CallerInfo)) -> Option<Ask> {
    let mut caller = scene.caller();
    change(&mut caller);
    Some(HelloWorldRequest { caller }.into())
}

const fn refused(
    what: &'static str,
    shows: &'static [u8],
    ask: fn(&mut Scene) -> Option<Ask>,
    faults: &'static [u32],
) -> Case {
    Case {
        of: Operation::HelloWorld,
        what,
        shows,
        ask,
        expect: Expect::Faulted(faults),
    }
}

pub(super) const CASES: &[Case] = &[
    Case {
        of: Operation::HelloWorld,
        what: "a heartbeat is answered, with the server's clock",
        shows: &[1, 6, 7, 8],
        ask: |scene| hello(scene, |_| {}),
        expect: Expect::Given(|_, response| {
            let hello = answer!(response, HelloWorld);
            must(hello.server_utc_time.micros() > 0, "the server tells no time")
        }),
    },
    refused(
        "an organization that is not the client's",
        &[8],
        |scene| {
            let other = "O.65000".parse().ok()?;
            hello(scene, |caller| caller.user.organization_code = other)
        },
        &[1008],
    ),
    refused(
        "a message without a ClientMessageID",
        &[6],
        |scene| hello(scene, |caller| caller.client_message_id.clear()),
        &[3001, 3002],
    ),
    refused(
        "a ClientMessageID of 51 characters",
        &[6],
        |scene| hello(scene, |caller| caller.client_message_id = "x".repeat(51)),
        &[3002],
    ),
    refused(
        "a call in nobody's name",
        &[7],
        |scene| hello(scene, |caller| caller.user.name.clear()),
        &[3001, 3002],
    ),
    refused(
        "a name with two blanks in a row",
        &[7],
        |scene| hello(scene, |caller| "Two  Blanks".clone_into(&mut caller.user.name)),
        &[3002],
    ),
    refused(
        "a name beyond Latin-1",
        &[7],
        |scene| hello(scene, |caller| "李".clone_into(&mut caller.user.name)),
        &[3002],
    ),
    refused(
        "a call of an unnamed product",
        &[],
        |scene| hello(scene, |caller| caller.software.product.clear()),
        &[3001, 3002],
    ),
    refused(
        "something that is no XML",
        &[],
        |_| Some(Ask::Raw("hello".to_owned())),
        &[3001],
    ),
    refused(
        "half a document",
        &[],
        |_| Some(Ask::Raw(enveloped("<HelloWorld>"))),
        &[3001],
    ),
    refused(
        "a document type",
        &[],
        |_| {
            Some(Ask::Raw(format!(
                "<!DOCTYPE x [<!ENTITY y \"z\">]>{}",
                enveloped("<HelloWorld/>")
            )))
        },
        &[3001],
    ),
    refused(
        "an operation nobody offers",
        &[],
        |_| Some(Ask::Raw(enveloped("<DropTables/>"))),
        &[3001],
    ),
    Case {
        of: Operation::HelloWorld,
        what: "a request above 65,536 bytes ends without a PASI code",
        shows: &[],
        ask: |_| Some(Ask::Raw("x".repeat(REQUEST_CAP + 1))),
        expect: Expect::Ended,
    },
];
