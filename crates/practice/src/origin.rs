//! Where a family comes from: arrival in Canada, citizenship, papers, and the
//! two declarations a family makes for all its children.

use crate::household::Home;
use crate::model::{PracticeCitizenship, PracticeIdentity};
use crate::names::Community;
use crate::random::Random;
use kernel::Date;

/// Communities some of whose families came for refuge.
pub(crate) const REFUGE: &[&str] = &["arabic", "somali", "ukrainian", "ethiopian", "afghan"];

/// What holds for all children of a family.
pub(crate) struct Origin {
    /// When the family came to Canada; children born before were born abroad.
    arrived: Option<Date>,
    /// Code of `CitizenshipStatus` of a child born abroad.
    status: &'static str,
    /// Did it come for refuge?
    pub(crate) refugee: bool,
    /// Code of `FNMIDeclaration`, of the family's own will.
    pub(crate) indigenous: Option<&'static str>,
    /// Code of `Section23Eligibility`.
    pub(crate) section23: &'static str,
}

pub(crate) fn origin(community: &Community, starts: Date, random: &mut Random) -> Origin {
    // A child of school age was born before a family's arrival seven times in ten.
    let arrived = random
        .per_mille(community.abroad * 14)
        .then(|| starts.plus_days(-i64::from(random.within(30, 14 * 365))));
    let years = arrived.map_or(0, |date| date.age_on(starts));
    let status = random.weighted(match years {
        0..=2 => &[("2", 46), ("7", 24), ("9", 11), ("5", 8), ("6", 6), ("1", 5)],
        3..=5 => &[("2", 74), ("1", 17), ("7", 6), ("6", 3)],
        _ => &[("1", 60), ("2", 40)],
    });
    let refuge = REFUGE.contains(&community.key.as_str());
    let refugee = refuge && arrived.is_some() && years < 4 && random.per_mille(450);
    Origin {
        arrived,
        status: if refugee { "7" } else { status },
        refugee,
        indigenous: declaration(community, random),
        section23: section23(community, random),
    }
}

fn declaration(community: &Community, random: &mut Random) -> Option<&'static str> {
    match community.key.as_str() {
        "indigenous" if random.per_mille(780) => {
            Some(random.weighted(&[("331", 52), ("332", 14), ("333", 30), ("334", 4)]))
        }
        "english" | "french" if random.per_mille(42) => Some(random.weighted(&[("333", 7), ("332", 2)])),
        _ => None,
    }
}

fn section23(community: &Community, random: &mut Random) -> &'static str {
    if community.key == "french" && random.per_mille(560) {
        "Y"
    } else {
        random.weighted(&[("B", 72), ("C", 28)])
    }
}

/// A child's citizenship, and the document its name was read from.
pub(crate) fn papers(
    home: &Home,
    born: Date,
    starts: Date,
    random: &mut Random,
) -> (PracticeCitizenship, PracticeIdentity) {
    let origin = &home.origin;
    let abroad = origin.arrived.filter(|arrived| born < *arrived);
    let status = if abroad.is_some() { origin.status } else { "1" };
    let kind = match abroad {
        Some(_) => document(origin, random),
        None if origin.indigenous == Some("331") && random.per_mille(380) => "CertificateIndianStatus",
        None => random.weighted(&[("BirthCertificateCanada", 93), ("PassportCanada", 7)]),
    };
    let permit =
        matches!(status, "5" | "7" | "9").then(|| starts.plus_days(i64::from(random.within(60, 900))));
    let country = if status == "1" {
        "CA"
    } else {
        &home.community.country
    };
    let citizenship = PracticeCitizenship {
        status,
        country: country.to_owned(),
        effective: abroad.unwrap_or(born),
        expires: permit,
    };
    let identity = PracticeIdentity {
        kind,
        last_four: last_four(random),
        exact_name: !random.per_mille(12),
        expires: permit.filter(|_| kind == "StudyPermit"),
    };
    (citizenship, identity)
}

/// The document of a child born abroad.
fn document(origin: &Origin, random: &mut Random) -> &'static str {
    match origin.status {
        "1" => random.pick(&["CitizenshipCertificate", "PassportCanada"]),
        "2" => random.pick(&["PermanentResidentCard", "ConfirmationPermanentResidence"]),
        "5" => "StudyPermit",
        _ if origin.refugee => "RefugeeClaimantDocument",
        _ => "PassportForeign",
    }
}

fn last_four(random: &mut Random) -> String {
    if random.per_mille(300) {
        let letter = char::from(random.pick(b"ABCDEFGHJKLMNPRSTUVWXYZ"));
        format!("{:03}{letter}", random.below(1000))
    } else {
        format!("{:04}", random.below(10_000))
    }
}
