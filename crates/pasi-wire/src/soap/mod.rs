//! SOAP 1.1 envelopes, document/literal wrapped.
//!
//! Requests are read strictly: what the contract does not name is refused
//! (3001), what breaks a limit is named (3002). Responses are read leniently:
//! a newer server may say more than this contract knows.

use crate::xml::{Source, escape};
use crate::{Defect, Fault, Namespace, Operation, Request, Response, SERVICE_NAMESPACE, WireError};

/// Longest request in bytes; a longer one ends the connection without a PASI code.
pub const REQUEST_CAP: usize = 65_536;
/// Longest request that brings a document, in bytes: the largest file of any
/// kind in Base64, and room for what is said of it.
pub const DOCUMENT_CAP: usize = 16 * 1024 * 1024;
/// Longest response read, in bytes; the largest the contract allows stays well below.
pub const RESPONSE_CAP: usize = 256 * 1024 * 1024;
/// Most keys with versions in one read, so that any such request stays below [`REQUEST_CAP`].
pub const READ_BATCH: usize = 250;

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// The envelope of a request.
pub fn encode_request(request: &Request) -> String {
    let operation = request.operation().name();
    let mut out = String::with_capacity(2_048);
    open(&mut out, operation, "request");
    request.write(&mut out);
    close(&mut out, operation, "request");
    out
}

/// The envelope of a response.
pub fn encode_response(response: &Response) -> String {
    let operation = response.operation().name();
    let (wrapper, result) = (format!("{operation}Response"), format!("{operation}Result"));
    let mut out = String::with_capacity(4_096);
    open(&mut out, &wrapper, &result);
    response.write(&mut out);
    close(&mut out, &wrapper, &result);
    out
}

/// The envelope of a fault.
pub fn encode_fault(fault: &Fault) -> String {
    let mut message = String::new();
    escape(&mut message, &fault.message);
    format!(
        "<s:Envelope xmlns:s=\"{ENVELOPE}\"><s:Body><s:Fault><faultcode>{}</faultcode>\
         <faultstring xml:lang=\"en\">{message}</faultstring></s:Fault></s:Body></s:Envelope>",
        fault.code
    )
}

/// Reads a request and checks its structure; the code values in it are for
/// [`Request::inspect`] and the code tables.
pub fn decode_request(bytes: &[u8]) -> Result<Request, WireError> {
    let (mut from, operation) = open_request(bytes)?;
    expect_child(&mut from)?;
    if from.name() != "request" {
        return Err(schema("only `request` may stand here", operation.name()));
    }
    let request = Request::read(operation, &mut from)?;
    leave(&mut from)?;
    let defects = request.inspect().defects;
    if defects.is_empty() {
        Ok(request)
    } else {
        Err(WireError::Structure(defects))
    }
}

/// The operation asked for, and the document opened at it: what is longer than
/// that operation's requests may be is not read on.
fn open_request(bytes: &[u8]) -> Result<(Source<'_>, Operation), WireError> {
    let mut from = Source::new(bytes, DOCUMENT_CAP, true)?;
    let named = (|| {
        enter_body(&mut from)?;
        expect_child(&mut from)?;
        from.name().parse::<Operation>()
    })();
    let limit = named
        .as_ref()
        .map_or(REQUEST_CAP, |operation| operation.request_cap());
    if bytes.len() > limit {
        return Err(WireError::TooLarge {
            size: bytes.len(),
            limit,
        });
    }
    named.map(|operation| (from, operation))
}

/// Is it longer than requests of its operation may be?
pub fn is_too_large(bytes: &[u8]) -> bool {
    bytes.len() > REQUEST_CAP && matches!(open_request(bytes), Err(WireError::TooLarge { .. }))
}

/// Reads the answer to an operation. A fault of the other side keeps its code;
/// an answer that is none of PASI's becomes [`Fault::UNREADABLE`].
pub fn decode_response(operation: Operation, bytes: &[u8]) -> Result<Response, Fault> {
    read_response(operation, bytes).map_err(|error| match error {
        WireError::Fault(fault) => fault,
        other => Fault::new(Fault::UNREADABLE, other.to_string()),
    })
}

fn read_response(operation: Operation, bytes: &[u8]) -> Result<Response, WireError> {
    let mut from = Source::new(bytes, RESPONSE_CAP, false)?;
    enter_body(&mut from)?;
    expect_child(&mut from)?;
    if from.name() == "Fault" {
        return Err(read_fault(&mut from)?);
    }
    if from.name().strip_suffix("Response") != Some(operation.name()) {
        return Err(schema("an answer to another operation", from.name()));
    }
    expect_child(&mut from)?;
    if from.name().strip_suffix("Result") != Some(operation.name()) {
        return Err(schema("no result", from.name()));
    }
    let response = Response::read(operation, &mut from)?;
    leave(&mut from)?;
    Ok(response)
}

fn read_fault(from: &mut Source<'_>) -> Result<WireError, WireError> {
    let (mut code, mut message) = (Fault::UNREADABLE, String::new());
    while from.child()? {
        match from.name() {
            "faultcode" => {
                let text = from.text()?;
                let local = text.rsplit_once(':').map_or(&*text, |(_, local)| local);
                code = local.trim_ascii().parse().unwrap_or(Fault::UNREADABLE);
            }
            "faultstring" => message = from.text()?.into_owned(),
            _ => from.skip()?,
        }
    }
    Ok(WireError::Fault(Fault { code, message }))
}

/// Goes to the inside of `Envelope/Body`, past any header.
fn enter_body(from: &mut Source<'_>) -> Result<(), WireError> {
    expect_child(from)?;
    if from.name() != "Envelope" {
        return Err(schema("not a SOAP envelope", from.name()));
    }
    loop {
        expect_child(from)?;
        match from.name() {
            "Header" => from.skip()?,
            "Body" => return Ok(()),
            other => return Err(schema("neither header nor body", other)),
        }
    }
}

fn expect_child(from: &mut Source<'_>) -> Result<(), WireError> {
    if from.child()? {
        Ok(())
    } else {
        Err(WireError::Schema(Defect::here("the envelope is empty")))
    }
}

/// The wrapper, the body and the envelope end here, and so does the document.
fn leave(from: &mut Source<'_>) -> Result<(), WireError> {
    for _ in 0..3 {
        if from.child()? {
            from.unknown()?;
        }
    }
    from.finish()
}

fn schema(check: &str, at: &str) -> WireError {
    WireError::Schema(Defect::here(check).within(at))
}

fn open(out: &mut String, wrapper: &str, inner: &str) {
    for piece in [
        "<s:Envelope xmlns:s=\"",
        ENVELOPE,
        "\" xmlns:t=\"",
        SERVICE_NAMESPACE,
        "\"",
    ] {
        out.push_str(piece);
    }
    for namespace in Namespace::ALL {
        for piece in [" xmlns:", namespace.prefix(), "=\"", namespace.uri(), "\""] {
            out.push_str(piece);
        }
    }
    for piece in ["><s:Body><t:", wrapper, "><t:", inner, ">"] {
        out.push_str(piece);
    }
}

fn close(out: &mut String, wrapper: &str, inner: &str) {
    for piece in ["</t:", inner, "></t:", wrapper, "></s:Body></s:Envelope>"] {
        out.push_str(piece);
    }
}

#[cfg(test)]
mod tests;
