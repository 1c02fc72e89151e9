//! Whether the periods of half a day and its daily roll say the same, and what settles it.

use crate::model::{Differs, Half, Keep, Meaning, Slot, Word};

fn is_explained(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Authorized | Meaning::Unauthorized | Meaning::Activity
    )
}

fn is_open(meaning: Meaning) -> bool {
    meaning == Meaning::Unexplained
}

/// How the two disagree; none when they do not. One period of several missed
/// is no disagreement with a student who was there. Elsewhere for the school is neither there nor absent.
pub fn differ(half: &Half) -> Option<Differs> {
    let (daily, periods) = (half.daily.meaning, &half.periods);
    let is_there = |meaning: Meaning| matches!(meaning, Meaning::Present | Meaning::Late);
    let some = |is: fn(Meaning) -> bool| periods.iter().any(|word| is(word.meaning));
    if daily.is_absence() && periods.iter().any(|word| is_there(word.meaning)) {
        return Some(Differs::There);
    }
    if is_there(daily) && !periods.is_empty() && periods.iter().all(|word| word.meaning.is_absence()) {
        return Some(Differs::Absent);
    }
    let has_open = some(is_open);
    let by_day = is_explained(daily) && has_open;
    let by_period = is_open(daily) && !has_open && some(is_explained);
    (by_day || by_period).then_some(Differs::Explained)
}

/// What is to be written so that both say the same: slots and letters. `present` is the letter of the school's code.
pub fn settled(half: &Half, how: Differs, keep: Keep, present: &str) -> Vec<(Slot, String)> {
    let (daily, periods) = (&half.daily, &half.periods);
    let those = |is: &dyn Fn(Meaning) -> bool, letter: &str| -> Vec<(Slot, String)> {
        let words = periods.iter().filter(|word| is(word.meaning));
        words.map(|word| (word.slot, letter.to_owned())).collect()
    };
    // The day takes the word of a period that is still to be explained, where there is one.
    let first = |is: fn(Meaning) -> bool| -> Vec<(Slot, String)> {
        let mut words: Vec<&Word> = periods.iter().filter(|word| is(word.meaning)).collect();
        words.sort_by_key(|word| !is_open(word.meaning));
        let word = words.first();
        word.map(|word| (daily.slot, word.letter.clone()))
            .into_iter()
            .collect()
    };
    let says_why = is_explained(daily.meaning);
    match (how, keep) {
        (Differs::There, Keep::Day) => {
            let is_other = |meaning: Meaning| !meaning.is_absence() || says_why && is_open(meaning);
            those(&is_other, &daily.letter)
        }
        (Differs::There, Keep::Periods) => vec![(daily.slot, present.to_owned())],
        (Differs::Absent, Keep::Day) => those(&Meaning::is_absence, present),
        (Differs::Absent, Keep::Periods) => first(Meaning::is_absence),
        (Differs::Explained, Keep::Day) if says_why => those(&is_open, &daily.letter),
        (Differs::Explained, Keep::Day) => those(&is_explained, &daily.letter),
        (Differs::Explained, Keep::Periods) if says_why => first(is_open),
        (Differs::Explained, Keep::Periods) => first(is_explained),
    }
}
