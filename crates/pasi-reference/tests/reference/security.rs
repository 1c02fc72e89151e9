//! Who may call at all.

use crate::common::{BRUNO, Client, Failed, OTHERS, OURS, World, asn, authority, guid, http};
use pasi_reference::{NewClient, Validity};
use pasi_wire::messages::{
    GetCodeValuesRequest, GetDocumentTypeRequest, GetResponsibleSchoolRequest, HelloWorldRequest,
    SubmitLanguageAtHomeRequest, SubmitStudentRecordDocumentQualityAssuranceRequest,
};
use pasi_wire::{ClientRole, Request, Response};

#[tokio::test]
async fn a_registered_client_is_greeted_and_its_call_is_on_record() {
    let world = World::start().await;
    let client = world.client();
    let Ok(Response::HelloWorld(answer)) = client.hello().await else {
        panic!("no greeting")
    };
    assert_eq!(answer.server_utc_time.rfc3339(), "2026-11-23T19:00:00Z");
    let calls = world.server.calls();
    let last = calls.last().expect("the call is kept");
    assert_eq!(
        (
            last.operation.as_str(),
            last.outcome.as_str(),
            last.client.as_str()
        ),
        ("HelloWorld", "ok", "ours")
    );
}

#[tokio::test]
async fn certificates_that_do_not_hold_end_in_their_faults() {
    let world = World::start().await;
    let server = &world.server;
    let stranger = Client::new(
        server,
        &server.unregistered("stranger").expect("made"),
        authority(OURS),
    );
    assert_eq!(stranger.hello().await.expect_err("refused").code(), 1001);
    let mut nobody = stranger.clone();
    nobody.http = http(server.ca_pem(), None);
    assert_eq!(nobody.hello().await.expect_err("refused").code(), 1004);
    let client = world.client();
    world.at("2028-01-24T19:00:00Z");
    assert_eq!(
        client
            .hello()
            .await
            .expect_err("expired after fourteen months")
            .code(),
        1004
    );
    world.at("2026-11-23T19:00:00Z");
    client.hello().await.expect("it holds again");
    server
        .edit_clients(|clients| clients[0].certificates[0].is_active = false)
        .expect("saved");
    assert_eq!(client.hello().await.expect_err("refused").code(), 1002);
    server
        .edit_clients(|clients| {
            clients[0].certificates[0].is_active = true;
            clients[0].is_active = false;
        })
        .expect("saved");
    assert_eq!(client.hello().await.expect_err("refused").code(), 1003);
    server
        .edit_clients(|clients| {
            clients[0].is_active = true;
            clients[0].addresses = vec!["10.1.2.3".parse().expect("an address")];
        })
        .expect("saved");
    assert_eq!(client.hello().await.expect_err("refused").code(), 1006);
}

#[tokio::test]
async fn a_certificate_holds_from_its_first_day_to_its_last() {
    let world = World::start().await;
    let client = world.client();
    for (day, is_held) in [
        ("2026-11-22", false),
        ("2026-11-23", true),
        ("2028-01-23", true),
        ("2028-01-24", false),
    ] {
        world.at(&format!("{day}T19:00:00Z"));
        let answer = client.hello().await.map_err(|failed| failed.code());
        assert_eq!(answer.err(), (!is_held).then_some(1004), "{day}");
    }
}

#[tokio::test]
async fn a_list_of_addresses_lets_those_in_that_it_names() {
    let world = World::start().await;
    let client = world.client();
    for (addresses, refused) in [
        (&[][..], None),
        (&["127.0.0.1"][..], None),
        (&["10.1.2.3", "127.0.0.1"], None),
        (&["10.1.2.3"], Some(1006)),
    ] {
        let listed = addresses.iter().map(|text| text.parse().expect("an address"));
        let listed: Vec<_> = listed.collect();
        let edited = world.server.edit_clients(|clients| clients[0].addresses = listed);
        edited.expect("saved");
        let answer = client.hello().await.map_err(|failed| failed.code());
        assert_eq!(answer.err(), refused, "{addresses:?}");
    }
}

#[tokio::test]
async fn every_role_opens_its_operations_and_no_others() {
    let world = World::start().await;
    let caller = world.client().caller();
    let requests: [(ClientRole, Request); 5] = [
        (
            ClientRole::HelloWorld,
            HelloWorldRequest {
                caller: caller.clone(),
            }
            .into(),
        ),
        (
            ClientRole::K12Organization,
            GetDocumentTypeRequest {
                caller: caller.clone(),
            }
            .into(),
        ),
        (
            ClientRole::ViewEnrolment,
            GetResponsibleSchoolRequest {
                caller: caller.clone(),
                responsible_schools: Vec::new(),
            }
            .into(),
        ),
        (
            ClientRole::SubmitStudent,
            SubmitLanguageAtHomeRequest {
                caller: caller.clone(),
                asn: asn(BRUNO),
                pasi_core_version: 0,
                language: None,
            }
            .into(),
        ),
        (
            ClientRole::SubmitStudentDocument,
            SubmitStudentRecordDocumentQualityAssuranceRequest {
                caller,
                ref_id: guid(1),
                pasi_core_version: 0,
                is_acceptable: true,
                comment: None,
            }
            .into(),
        ),
    ];
    for (role, _) in &requests {
        let mut new = NewClient::school_authority("one role", authority(OURS));
        new.roles = vec![*role];
        let credentials = world.server.register(new).expect("a client");
        let client = Client::new(&world.server, &credentials, authority(OURS));
        for (needed, request) in &requests {
            let answer = client.call(request.clone()).await.map_err(|failed| failed.code());
            assert_eq!(
                answer.err(),
                (needed != role).then_some(1007),
                "{role} calls for {needed}"
            );
        }
    }
}

#[tokio::test]
async fn a_client_calls_what_its_roles_allow_and_speaks_for_its_own_organizations() {
    let world = World::start().await;
    let mut new = NewClient::school_authority("greeter", authority(OURS));
    new.roles = vec![ClientRole::HelloWorld];
    new.validity = Some(Validity::fourteen_months(world.server.today()));
    let credentials = world.server.register(new).expect("a client");
    let mut client = Client::new(&world.server, &credentials, authority(OURS));
    client.hello().await.expect("allowed");
    let request = GetCodeValuesRequest {
        caller: client.caller(),
        last_known_source_version: 0,
    };
    assert_eq!(client.call(request).await.expect_err("no role").code(), 1007);
    client.organization = authority(OTHERS);
    assert_eq!(client.hello().await.expect_err("not its own").code(), 1008);
    client.organization = "S.2601".parse().expect("an organization");
    client.hello().await.expect("its own school");
    client.organization = "S.0982".parse().expect("an organization");
    assert_eq!(client.hello().await.expect_err("another's school").code(), 1008);
}

#[tokio::test]
async fn the_contract_and_the_health_are_read_without_a_certificate() {
    let world = World::start().await;
    let plain = http(world.server.ca_pem(), None);
    let get = |path: &str| plain.get(format!("{}{path}", world.server.url())).send();
    let wsdl = get("?wsdl").await.expect("an answer").text().await.expect("text");
    assert!(wsdl.contains("wsdl:definitions") && wsdl.contains(&world.server.url()));
    assert_eq!(get("healthz").await.expect("an answer").status().as_u16(), 200);
    assert_eq!(
        get("console/api/state")
            .await
            .expect("an answer")
            .status()
            .as_u16(),
        404
    );
}

#[tokio::test]
async fn requests_that_are_not_of_the_contract_are_refused() {
    let world = World::start().await;
    let client = world.client();
    let envelope = |body: &str| {
        format!(
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>"
        )
    };
    let dtd = format!("<!DOCTYPE x [<!ENTITY y \"z\">]>{}", envelope("<HelloWorld/>"));
    for (what, body, code) in [
        ("no XML", "hello".to_owned(), "3001"),
        ("half a document", envelope("<HelloWorld>"), "3001"),
        ("a document type", dtd, "3001"),
        ("an unknown operation", envelope("<DropTables/>"), "3001"),
        (
            "no caller",
            envelope("<HelloWorld><request/></HelloWorld>"),
            "3002",
        ),
        ("nothing", String::new(), "3001"),
    ] {
        let (status, bytes) = client.send(body).await.expect("an answer");
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(status, 500, "{what}");
        assert!(
            text.contains(&format!("<faultcode>{code}</faultcode>")),
            "{what}: {text}"
        );
    }
    match client.send("x".repeat(65_537)).await {
        Ok((status, _)) => assert_eq!(status, 413),
        Err(failed) => assert!(matches!(failed, Failed::Connection)),
    }
    client.hello().await.expect("the server goes on");
}
