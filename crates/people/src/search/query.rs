//! What was typed, as the words to look for.

use super::matching::Wanted;
use super::nickname;
use kernel::Date;
use kernel::text::fold;

/// Words that are looked at; more are ignored.
const MOST_WORDS: usize = 6;

/// The words of a query: folded; a date as its eight digits; runs of digits
/// joined, so that `9990-4418-2` and `403 555 0123` are one word each.
pub(crate) fn words(typed: &str) -> Vec<Wanted> {
    let folded = fold(typed);
    let parts: Vec<&str> = folded.split(' ').filter(|part| !part.is_empty()).collect();
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        if let Some(date) = parts.get(at..at + 3).and_then(date_in_words) {
            words.push(date.as_str().replace('-', ""));
            at += 3;
        } else if is_digits(parts[at]) {
            let run = parts[at..].iter().take_while(|part| is_digits(part)).count();
            words.push(number(&parts[at..at + run].concat()));
            at += run;
        } else {
            words.push(parts[at].to_owned());
            at += 1;
        }
    }
    words.sort();
    words.dedup();
    words.truncate(MOST_WORDS);
    words
        .into_iter()
        .map(|word| Wanted {
            nicknames: nickname::forms(&word).to_vec(),
            others: Vec::new(),
            word,
        })
        .collect()
}

fn is_digits(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

/// A North American number typed with its leading 1 loses it.
fn number(digits: &str) -> String {
    match digits.strip_prefix('1') {
        Some(rest) if rest.len() == 10 => rest.to_owned(),
        _ => digits.to_owned(),
    }
}

/// `apr 17 2013`, `17 april 2013`, `17 avril 2013`; folded, so without accents.
fn date_in_words(parts: &[&str]) -> Option<Date> {
    let [one, two, three] = parts else { return None };
    let year: i16 = three.parse().ok().filter(|year| (1900..=2100).contains(year))?;
    let (month, day) = match (month(one), month(two)) {
        (Some(month), None) => (month, two.parse().ok()?),
        (None, Some(month)) => (month, one.parse().ok()?),
        _ => return None,
    };
    Date::new(year, month, day)
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "janvier"],
        &["february", "fevrier"],
        &["march", "mars"],
        &["april", "avril"],
        &["may", "mai"],
        &["june", "juin"],
        &["july", "juillet"],
        &["august", "aout"],
        &["september", "septembre"],
        &["october", "octobre"],
        &["november", "novembre"],
        &["december", "decembre"],
    ];
    let fits = |names: &&[&str]| word.len() >= 3 && names.iter().any(|name| name.starts_with(word));
    (1..)
        .zip(MONTHS.iter())
        .find(|(_, names)| fits(names))
        .map(|(month, _)| month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_words() {
        for (typed, want) in [
            ("Whitebear, Aiyana", vec!["aiyana", "whitebear"]),
            ("O’Brien-Ngô", vec!["ngo", "obrien"]),
            ("9990-4418-2", vec!["999044182"]),
            ("(403) 555-0123", vec!["4035550123"]),
            ("1 403 555 0123", vec!["4035550123"]),
            ("2013-04-17", vec!["20130417"]),
            ("2013 04 17", vec!["20130417"]),
            ("Apr 17 2013", vec!["20130417"]),
            ("17 avril 2013", vec!["20130417"]),
            ("May 5 2014 smith", vec!["20140505", "smith"]),
            ("May Smith", vec!["may", "smith"]),
            ("31 february 2013", vec!["2013", "31", "february"]),
            ("  ", vec![]),
        ] {
            let found: Vec<String> = words(typed).into_iter().map(|wanted| wanted.word).collect();
            assert_eq!(found, want, "{typed}");
        }
    }
}
