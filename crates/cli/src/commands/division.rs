//! `division`: the divisions of the database.

use super::place::{self, Place};
use crate::ending::{Ended, Stop};
use access::Permit;
use clap::Subcommand;
use db::Lane;
use kernel::{Actor, AuthorityCode, Conflict, DivisionId, Failure};
use schools::Authority;

/// The divisions of the database.
#[derive(Debug, Subcommand)]
pub(crate) enum Division {
    /// Make a division.
    Add {
        #[command(flatten)]
        place: Place,
        /// Number of its school authority, four digits.
        #[arg(long, value_name = "NUMBER")]
        code: AuthorityCode,
        /// Its name.
        #[arg(long)]
        name: String,
        /// Its kind: Public, Separate, Francophone, Charter, Private.
        #[arg(long, default_value = "Public")]
        kind: String,
    },
    /// List the divisions.
    List {
        #[command(flatten)]
        place: Place,
    },
}

/// The id of a division: its authority's number.
pub(crate) fn id_of(code: AuthorityCode) -> DivisionId {
    DivisionId(code.as_str().parse().expect("four digits are a number"))
}

/// Makes or lists.
pub(crate) fn run(call: Division) -> Ended {
    match call {
        Division::Add {
            place,
            code,
            name,
            kind,
        } => add(&place, &Authority { code, name, kind }),
        Division::List { place } => {
            for one in db::divisions(&place.existing()?)? {
                let practice = if one.is_practice { " (practice)" } else { "" };
                println!("{} {}{practice}", one.division_id, one.name);
            }
            Ok(())
        }
    }
}

/// Makes the division, and the authority it is, to which its schools will belong.
fn add(place: &Place, authority: &Authority) -> Ended {
    let code = authority.code;
    if authority.name.trim().is_empty() {
        return Err(Stop::Call("a division has a name".to_owned()));
    }
    let location = place.existing()?;
    if db::divisions(&location)?.iter().any(|one| one.is_practice) {
        return Err(Stop::Call(
            "a practice database takes no real division".to_owned(),
        ));
    }
    let store = place::open(&location, &place.config()?)?;
    let actor = Actor::system(id_of(code), "Command line");
    let permit = Permit::program(&actor)?;
    let add = |tx: &mut db::Tx| {
        db::add_division(tx, &authority.name, false)?;
        schools::set_authority(tx, &permit, authority.clone())
    };
    match store.write_now(Lane::Interactive, &actor, add) {
        Err(Failure::Conflict(Conflict { .. })) => {
            Err(Stop::Call(format!("division {code} is there already")))
        }
        Err(failure) => Err(failure.into()),
        Ok(_) => {
            println!("division {code} was made");
            Ok(())
        }
    }
}
