//! Homes and adults: who lives where, who may do what for the children.

use crate::address;
use crate::model::{Custody, PracticeAdult, PracticeHousehold, PracticeSchool, PracticeTie};
use crate::names::{self, Community};
use crate::origin::{self, Origin};
use crate::person::{self, Sex};
use crate::random::Random;
use kernel::{Date, PersonName, SchoolYear};

/// How a family lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Together,
    OneParent,
    /// Two homes; the children live in both, or mostly in one.
    Apart,
    /// The parent lives with a new partner, the other parent elsewhere.
    Step,
    Grandparents,
    /// Guardians by order, without an end.
    PermanentGuardians,
    /// Foster parents.
    Foster,
    /// A student who decides alone.
    Independent,
}

/// How often each shape comes, in a thousand families.
const SHAPES: &[(Shape, u32)] = &[
    (Shape::Together, 650),
    (Shape::OneParent, 118),
    (Shape::Apart, 112),
    (Shape::Step, 58),
    (Shape::Grandparents, 24),
    (Shape::PermanentGuardians, 13),
    (Shape::Foster, 14),
    (Shape::Independent, 11),
];

pub(crate) fn shape(random: &mut Random) -> Shape {
    random.weighted(SHAPES)
}

/// What the making of a family needs to know.
pub(crate) struct Place<'division> {
    pub(crate) key: &'division str,
    /// Number of the family, for addresses that stay unique.
    pub(crate) number: u32,
    pub(crate) near: &'division PracticeSchool,
    pub(crate) area: &'static str,
    pub(crate) year: SchoolYear,
}

/// The homes and adults of a family.
pub(crate) struct Home {
    pub(crate) shape: Shape,
    pub(crate) community: &'static Community,
    pub(crate) origin: Origin,
    /// The children's last name.
    pub(crate) last: String,
    pub(crate) households: Vec<PracticeHousehold>,
    pub(crate) adults: Vec<PracticeAdult>,
    pub(crate) ties: Vec<PracticeTie>,
    pub(crate) second_household: Option<usize>,
    /// The adult whom a court keeps from the children, and since when.
    pub(crate) court_order: Option<(usize, Date)>,
}

/// Makes the homes and adults around children of `community`.
pub(crate) fn home(shape: Shape, place: &Place, random: &mut Random) -> Home {
    let community = names::community(random);
    let last = random.pick(&community.last).to_owned();
    let mut home = Home {
        shape,
        community,
        origin: origin::origin(community, place.year.starts(), random),
        last,
        households: vec![household(place, random)],
        adults: Vec::new(),
        ties: Vec::new(),
        second_household: None,
        court_order: None,
    };
    match shape {
        Shape::Together => together(&mut home, place, random),
        Shape::OneParent => one_parent(&mut home, place, random),
        Shape::Apart | Shape::Step => apart(&mut home, place, random),
        Shape::Grandparents => pair(&mut home, place, "Grandparent", random),
        Shape::PermanentGuardians => pair(&mut home, place, "PermanentGuardian", random),
        Shape::Foster => pair(&mut home, place, "TemporaryGuardian", random),
        Shape::Independent => {}
    }
    if random.per_mille(640) {
        emergency_contact(&mut home, place, random);
    }
    home
}

fn household(place: &Place, random: &mut Random) -> PracticeHousehold {
    let (physical, mailing) = address::home(place.near, random);
    PracticeHousehold {
        physical,
        mailing,
        home_phone: random.per_mille(310).then(|| person::phone(place.area, random)),
        since: place.year.starts().plus_days(-i64::from(random.within(20, 2900))),
    }
}

fn add_adult(
    home: &mut Home,
    place: &Place,
    name: PersonName,
    at: Option<usize>,
    random: &mut Random,
) -> usize {
    let number = home.adults.len();
    let works = random.per_mille(560);
    home.adults.push(PracticeAdult {
        key: format!("{}-A{number}", place.key),
        household: at,
        mobile: random.per_mille(965).then(|| person::phone(place.area, random)),
        work_phone: works.then(|| person::phone(place.area, random)),
        work_extension: (works && random.per_mille(250)).then(|| random.within(100, 899).to_string()),
        email: random
            .per_mille(930)
            .then(|| person::email(&name, &format!("{}{number}", place.number * 10))),
        language: random.pick(&home.community.languages),
        name,
    });
    number
}

/// The tie of a guardian without limits, at the end of the calling order.
fn guardian(home: &mut Home, adult: usize, relationship: &'static str) {
    let place = home.ties.len() + 1;
    home.ties.push(PracticeTie {
        adult,
        relationship,
        custody: Custody::Full,
        lives_with: true,
        may_pick_up: true,
        call_order: u8::try_from(place).expect("a child has a handful of ties"),
        portal: home.adults[adult].email.is_some(),
        receives_mail: place == 1,
    });
}

fn parent_name(home: &Home, sex: Sex, own_name: u32, random: &mut Random) -> PersonName {
    let last = if random.per_mille(own_name) {
        random.pick(&home.community.last)
    } else {
        home.last.as_str()
    };
    person::adult(home.community, last, sex, random)
}

fn together(home: &mut Home, place: &Place, random: &mut Random) {
    let second = if random.per_mille(14) {
        Sex::Female
    } else {
        Sex::Male
    };
    let mother = parent_name(home, Sex::Female, 260, random);
    let father = if random.per_mille(80) {
        let other = names::community(random);
        let last = random.pick(&other.last);
        if random.per_mille(420) && !last.contains(['-', ' ']) && !home.last.contains(['-', ' ']) {
            home.last = format!("{}-{last}", home.last);
        }
        person::adult(other, last, second, random)
    } else {
        parent_name(home, second, 30, random)
    };
    for name in [mother, father] {
        let adult = add_adult(home, place, name, Some(0), random);
        guardian(home, adult, "Parent");
    }
    if random.per_mille(300) {
        home.ties.swap(0, 1);
        for (tie, order) in home.ties.iter_mut().zip(1..) {
            tie.call_order = order;
            tie.receives_mail = order == 1;
        }
    }
}

fn one_parent(home: &mut Home, place: &Place, random: &mut Random) {
    let sex = if random.per_mille(820) {
        Sex::Female
    } else {
        Sex::Male
    };
    let name = parent_name(home, sex, 300, random);
    let adult = add_adult(home, place, name, Some(0), random);
    guardian(home, adult, "Parent");
}

fn pair(home: &mut Home, place: &Place, relationship: &'static str, random: &mut Random) {
    let own_name = if relationship == "Grandparent" { 400 } else { 1000 };
    for sex in [Sex::Female, Sex::Male] {
        let name = parent_name(home, sex, own_name, random);
        let adult = add_adult(home, place, name, Some(0), random);
        guardian(home, adult, relationship);
        if random.per_mille(330) {
            break;
        }
    }
}

/// Two homes, with a new partner in the first for a step family; now and then
/// with an order of a court.
fn apart(home: &mut Home, place: &Place, random: &mut Random) {
    let first = parent_name(home, Sex::Female, 350, random);
    let first = add_adult(home, place, first, Some(0), random);
    guardian(home, first, "Parent");
    if home.shape == Shape::Step {
        let partner = parent_name(home, Sex::Male, 1000, random);
        let partner = add_adult(home, place, partner, Some(0), random);
        guardian(home, partner, "StepParent");
    }
    home.households.push(household(place, random));
    let other = parent_name(home, Sex::Male, 20, random);
    let other = add_adult(home, place, other, Some(1), random);
    guardian(home, other, "Parent");
    let both_homes = home.shape == Shape::Apart && random.per_mille(480);
    let ordered = !both_homes && random.per_mille(60);
    let forbidden = ordered && random.per_mille(550);
    let order = place.year.starts().plus_days(-i64::from(random.within(30, 1400)));
    let first_custody = if both_homes {
        Custody::Shared
    } else {
        Custody::Full
    };
    home.ties[0].custody = first_custody;
    let tie = home.ties.last_mut().expect("the other parent was tied above");
    tie.lives_with = both_homes;
    tie.custody = match (both_homes, ordered, forbidden) {
        (true, ..) => Custody::Shared,
        (_, true, true) => Custody::NoContact,
        (_, true, false) => Custody::AccessOnly,
        _ => Custody::Full,
    };
    if ordered {
        tie.may_pick_up = false;
        tie.portal = false;
    }
    home.second_household = both_homes.then_some(1);
    home.court_order = ordered.then_some((other, order));
}

fn emergency_contact(home: &mut Home, place: &Place, random: &mut Random) {
    let sex = person::sex(random);
    let name = parent_name(home, sex, 600, random);
    let adult = add_adult(home, place, name, None, random);
    let relationship = random.weighted(&[("Grandparent", 5), ("Relative", 6)]);
    guardian(home, adult, relationship);
    let tie = home.ties.last_mut().expect("the contact was tied above");
    tie.custody = Custody::Contact;
    tie.lives_with = false;
    tie.portal = false;
    tie.receives_mail = false;
    tie.may_pick_up = random.per_mille(850);
}
