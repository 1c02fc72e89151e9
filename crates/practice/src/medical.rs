//! Medical alerts.

use crate::model::PracticeMedicalAlert;
use crate::random::Random;

/// Condition, danger to life, action, medication, and how often of a hundred.
const ALERTS: &[(&str, bool, &str, &str, u32)] = &[
    (
        "Anaphylaxis: peanuts and tree nuts",
        true,
        "Give the auto-injector at once, call 911, then the guardians.",
        "Epinephrine auto-injector, carried and in the office",
        16,
    ),
    (
        "Anaphylaxis: insect stings",
        true,
        "Give the auto-injector at once, call 911, then the guardians.",
        "Epinephrine auto-injector, in the office",
        6,
    ),
    (
        "Anaphylaxis: milk or egg",
        true,
        "Give the auto-injector at once, call 911, then the guardians.",
        "Epinephrine auto-injector, carried",
        5,
    ),
    (
        "Asthma",
        false,
        "Two puffs of the blue inhaler, rest upright; call 911 if no better in ten minutes.",
        "Salbutamol inhaler, carried",
        28,
    ),
    (
        "Diabetes, type 1",
        true,
        "Check glucose; below 4 give 15 g of sugar and check again in 15 minutes. Do not leave alone.",
        "Glucose tablets and glucagon, in the office",
        7,
    ),
    (
        "Epilepsy",
        true,
        "Time the seizure, protect the head, nothing in the mouth. After five minutes call 911.",
        "Rescue medication, in the office",
        6,
    ),
    (
        "Seasonal allergies",
        false,
        "May need an antihistamine; call the guardians.",
        "Antihistamine, in the office",
        9,
    ),
    ("Celiac disease", false, "No gluten, also in class treats.", "", 5),
    (
        "Severe eczema",
        false,
        "May leave class to apply cream.",
        "Cream, carried",
        3,
    ),
    (
        "Migraine",
        false,
        "Quiet dark room; call the guardians if no better in an hour.",
        "Pain relief, in the office",
        5,
    ),
    (
        "Heart condition",
        true,
        "Stop activity on chest pain or fainting and call 911. Activity limits are on file.",
        "",
        2,
    ),
    (
        "Hearing aids",
        false,
        "Seat at the front, face the student, check batteries.",
        "",
        4,
    ),
    (
        "Bleeding disorder",
        true,
        "Press firmly, ice, call the guardians; head injury means 911.",
        "Factor kit, in the office",
        1,
    ),
    ("Allergy: penicillin", false, "Tell emergency staff.", "", 3),
];

/// The alerts of a student: about six in a hundred have one, a few two.
pub(crate) fn alerts(random: &mut Random) -> Vec<PracticeMedicalAlert> {
    if !random.per_mille(60) {
        return Vec::new();
    }
    let weights: Vec<(usize, u32)> = ALERTS
        .iter()
        .enumerate()
        .map(|(place, row)| (place, row.4))
        .collect();
    let first = random.weighted(&weights);
    let mut places = vec![first];
    if random.per_mille(120) {
        places.push((first + 3) % ALERTS.len());
    }
    places
        .into_iter()
        .map(|place| {
            let (condition, life_threatening, action, medication, _) = ALERTS[place];
            PracticeMedicalAlert {
                condition,
                life_threatening,
                action,
                medication,
            }
        })
        .collect()
}
