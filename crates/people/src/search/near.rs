//! Near misses: one letter left out, one too many, one wrong, two swapped; words
//! that sound alike; and words that hold another.

/// Words shorter than this have no near misses: they would match everything.
pub(crate) const SHORTEST: usize = 4;

/// Letters that must be typed before words are found that hold them further in.
pub(crate) const INNER: usize = 3;

/// What is left of the word after its first letters, [`INNER`] or more: a word
/// holds what was typed when one of these begins with it.
pub(crate) fn endings(word: &str) -> Vec<&str> {
    let starts = word.char_indices().map(|(at, _)| at).skip(1);
    starts
        .map(|at| &word[at..])
        .filter(|ending| ending.chars().count() >= INNER)
        .collect()
}

/// The word with each one letter left out, each once.
pub(crate) fn deletions(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < SHORTEST {
        return Vec::new();
    }
    let mut all: Vec<String> = (0..letters.len())
        .map(|out| {
            letters
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != out)
                .map(|(_, letter)| *letter)
                .collect()
        })
        .collect();
    all.sort();
    all.dedup();
    all
}

/// At most one letter added, left out, changed, or two neighbours swapped.
pub(crate) fn is_near(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    match (a.len(), b.len()) {
        (x, y) if x == y && x < 2 => true,
        (x, y) if x == y => a[1..] == b[1..] || (a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]),
        (x, y) if x == y + 1 => a[1..] == *b,
        (x, y) if x + 1 == y => *a == b[1..],
        _ => false,
    }
}

/// How a folded word sounds, roughly, in English and French: the first letter
/// and the consonants after it, with spellings of one sound made one.
/// `macdonald` and `mcdonald`, `nguyen` and `nguyan`, `philip` and `fillip` sound alike.
pub(crate) fn sound(word: &str) -> String {
    if word.len() < SHORTEST || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return String::new();
    }
    let mut spelled = word.to_owned();
    for (spelling, said) in SPELLINGS {
        spelled = spelled.replace(spelling, said);
    }
    let mut heard = String::with_capacity(spelled.len());
    for (at, letter) in spelled.chars().enumerate() {
        let letter = same_sound(letter);
        let is_vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w');
        if (at == 0 || !is_vowel) && !heard.ends_with(letter) {
            heard.push(if at == 0 && matches!(letter, 'e' | 'i' | 'y') {
                'i'
            } else {
                letter
            });
        }
    }
    if heard.len() < 2 { String::new() } else { heard }
}

/// Longer spellings first.
const SPELLINGS: &[(&str, &str)] = &[
    ("sch", "s"),
    ("tch", "s"),
    ("eaux", "o"),
    ("eau", "o"),
    ("ough", "o"),
    ("augh", "a"),
    ("igh", "i"),
    ("mac", "mc"),
    ("ph", "f"),
    ("gh", "g"),
    ("ch", "s"),
    ("sh", "s"),
    ("ck", "k"),
    ("qu", "k"),
    ("kn", "n"),
    ("wr", "r"),
    ("th", "t"),
    ("ge", "je"),
    ("gi", "ji"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("x", "ks"),
];

fn same_sound(letter: char) -> char {
    match letter {
        'c' | 'q' => 'k',
        'z' => 's',
        'v' => 'f',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_the_finger_is_near() {
        for (typed, meant, near) in [
            ("smith", "smith", true),
            ("smth", "smith", true),
            ("smiith", "smith", true),
            ("smoth", "smith", true),
            ("smiht", "smith", true),
            ("msith", "smith", true),
            ("smit", "smith", true),
            ("simht", "smith", false),
            ("smythe", "smith", false),
            ("", "ab", false),
        ] {
            assert_eq!(is_near(typed, meant), near, "{typed} for {meant}");
            assert_eq!(is_near(meant, typed), near, "{meant} for {typed}");
        }
    }

    #[test]
    fn a_slip_shares_a_deletion_with_what_was_meant() {
        for (typed, meant) in [("smoth", "smith"), ("smiht", "smith"), ("beer", "bear")] {
            let (a, b) = (deletions(typed), deletions(meant));
            assert!(a.iter().any(|word| b.contains(word)), "{typed} for {meant}");
        }
        assert!(deletions("abc").is_empty(), "three letters have no near misses");
    }

    #[test]
    fn a_word_ends_in_three_letters_or_more() {
        assert_eq!(endings("fraser"), ["raser", "aser", "ser"]);
        assert_eq!(endings("thảo"), ["hảo"]);
        assert!(endings("lee").is_empty());
    }

    #[test]
    fn words_that_sound_alike_share_a_sound() {
        for (one, other) in [
            ("macdonald", "mcdonald"),
            ("philip", "fillip"),
            ("catherine", "katharine"),
            ("gauthier", "gautier"),
            ("schmidt", "shmidt"),
            ("steven", "stephen"),
        ] {
            assert_eq!(sound(one), sound(other), "{one} and {other}");
        }
        assert_ne!(sound("smith"), sound("jones"));
        assert_eq!(sound("ᓇᓂᓯ"), "", "other scripts are compared by letters alone");
    }
}
