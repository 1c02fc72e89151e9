//! Names by community.

use crate::random::Random;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct NamesFile {
    community: Vec<CommunityRow>,
}

#[derive(Deserialize)]
struct CommunityRow {
    key: String,
    weight: u32,
    country: String,
    abroad: u32,
    single: u32,
    languages: String,
    female: String,
    male: String,
    last: String,
}

/// The names, languages and origins of one community.
#[derive(Debug)]
pub(crate) struct Community {
    pub(crate) key: String,
    /// Code of `Country` its children born abroad come from.
    pub(crate) country: String,
    /// Children born abroad, in a hundred.
    pub(crate) abroad: u32,
    /// People with one name, in a thousand.
    pub(crate) single: u32,
    pub(crate) languages: Vec<&'static str>,
    pub(crate) female: Vec<&'static str>,
    pub(crate) male: Vec<&'static str>,
    pub(crate) last: Vec<&'static str>,
}

struct Communities {
    rows: Vec<Community>,
    weights: Vec<(usize, u32)>,
}

/// Parts a list kept as one text; the text lives as long as the program.
fn parts(list: &str) -> Vec<&'static str> {
    let kept: &'static str = Box::leak(list.to_owned().into_boxed_str());
    kept.split(',').map(str::trim).collect()
}

fn communities() -> &'static Communities {
    static ROWS: LazyLock<Communities> = LazyLock::new(|| {
        let file: NamesFile = toml::from_str(include_str!("../data/names.toml"))
            .expect("the built-in names are read by a test");
        let weights = file
            .community
            .iter()
            .enumerate()
            .map(|(place, row)| (place, row.weight))
            .collect();
        let rows = file
            .community
            .into_iter()
            .map(|row| Community {
                languages: parts(&row.languages),
                female: parts(&row.female),
                male: parts(&row.male),
                last: parts(&row.last),
                key: row.key,
                country: row.country,
                abroad: row.abroad,
                single: row.single,
            })
            .collect();
        Communities { rows, weights }
    });
    &ROWS
}

/// A community, as often as its share of families.
pub(crate) fn community(random: &mut Random) -> &'static Community {
    let all = communities();
    &all.rows[random.weighted(&all.weights)]
}

/// Short forms in use for a first name.
pub(crate) fn nickname(first: &str) -> Option<&'static str> {
    const SHORT: &[(&str, &str)] = &[
        ("Abigail", "Abby"),
        ("Alexander", "Alex"),
        ("Alessandro", "Sandro"),
        ("Anastasiia", "Nastia"),
        ("Benjamin", "Ben"),
        ("Charlotte", "Charlie"),
        ("Christopher", "Chris"),
        ("Danylo", "Danya"),
        ("Dmytro", "Dima"),
        ("Eleanor", "Ellie"),
        ("Gabrielle", "Gaby"),
        ("Jean-François", "Jeff"),
        ("John Paul", "JP"),
        ("Kateryna", "Katya"),
        ("Katarzyna", "Kasia"),
        ("Krzysztof", "Krzyś"),
        ("Małgorzata", "Gosia"),
        ("Maria Angelica", "Angel"),
        ("Matthew", "Matt"),
        ("Maxwell", "Max"),
        ("Nathaniel", "Nate"),
        ("Nicholas", "Nick"),
        ("Oleksandr", "Sasha"),
        ("Oluwaseun", "Seun"),
        ("Oluwatobiloba", "Tobi"),
        ("Patrick", "Pat"),
        ("Rebecca", "Becca"),
        ("Samantha", "Sam"),
        ("Samuel", "Sam"),
        ("Theodore", "Theo"),
        ("Victoria", "Tori"),
        ("William", "Will"),
        ("Zachary", "Zach"),
    ];
    SHORT
        .iter()
        .find(|(full, _)| *full == first)
        .map(|(_, short)| *short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_lists_are_long_and_reach_beyond_latin_1() {
        let rows = &communities().rows;
        let first: HashSet<&str> = rows
            .iter()
            .flat_map(|row| row.female.iter().chain(&row.male).copied())
            .collect();
        let last: HashSet<&str> = rows.iter().flat_map(|row| row.last.iter().copied()).collect();
        assert!(
            first.len() >= 400 && last.len() >= 600,
            "{} and {}",
            first.len(),
            last.len()
        );
        for wanted in ["Thảo", "Łukasz", "Marie-Ève", "Aiyana"] {
            assert!(first.contains(wanted), "{wanted} is missing");
        }
        for name in first.union(&last) {
            assert_eq!(kernel::text::squeeze(name), *name, "blanks in {name:?}");
            assert!(
                !kernel::text::latin1(name).contains('?'),
                "{name} has no Latin form"
            );
        }
    }

    #[test]
    fn communities_the_code_names_are_there() {
        let known: Vec<&str> = communities().rows.iter().map(|row| row.key.as_str()).collect();
        for key in ["english", "french", "indigenous"]
            .iter()
            .chain(crate::origin::REFUGE)
        {
            assert!(known.contains(key), "{key} is missing");
        }
    }
}
