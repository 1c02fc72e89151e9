//! The reference server by itself: `cargo run -p pasi-reference --example serve -- FOLDER [ADDRESS]`.
//!
//! Makes a small province, a client in `FOLDER/client`, prints the address and
//! serves until it is ended.

use kernel::{AuthorityCode, OrganizationCode, SystemClock};
use pasi_reference::seed::Province;
use pasi_reference::{Config, NewClient, serve};
use pasi_wire::messages::{School, SchoolAuthority, SchoolAuthorityPeriod};
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let listen = arguments
        .next()
        .unwrap_or_else(|| "127.0.0.1:0".to_owned())
        .parse()?;
    let mut config = Config::new(&folder, listen, Arc::new(SystemClock));
    config.console = true;
    let server = serve(config).await?;
    let authority: AuthorityCode = "3260".parse()?;
    if server.version() == 0 {
        server.seed(small_province(authority)?)?;
    }
    let client = folder.join("client");
    if !client.join("cert.pem").exists() {
        let new = NewClient::school_authority("example", OrganizationCode::Authority(authority));
        server.register(new)?.save(&client)?;
    }
    println!(
        "{{\"ready\":true,\"pasi\":\"{}\",\"client\":\"{}\"}}",
        server.url(),
        client.display()
    );
    tokio::signal::ctrl_c().await?;
    server.shutdown().await?;
    Ok(())
}

/// One authority with two schools and nobody in them.
fn small_province(authority: AuthorityCode) -> Result<Province, Box<dyn Error>> {
    let mut province = Province {
        authorities: vec![SchoolAuthority {
            authority_code: authority,
            name: "Practice School Division".to_owned(),
            authority_type: "Public".to_owned(),
            restriction_level: "LOW".to_owned(),
            is_international: false,
            address: None,
            pasi_core_version: 0,
        }],
        ..Province::default()
    };
    for (code, name) in [
        ("2601", "Practice Elementary School"),
        ("2602", "Practice High School"),
    ] {
        province.schools.push(School {
            school_code: code.parse()?,
            name: name.to_owned(),
            authorities: vec![SchoolAuthorityPeriod {
                authority_code: authority,
                effective_date: "2000-09-01".parse()?,
                expiry_date: None,
            }],
            school_type: "Public".to_owned(),
            is_limited_access: false,
            is_international: false,
            is_designated_special_education: false,
            address: None,
            open_date: None,
            close_date: None,
            pasi_core_version: 0,
        });
    }
    Ok(province)
}
