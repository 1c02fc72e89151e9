//! Finding students by birth date and by the sound of the last name.

use super::StudentRecord;
use kernel::text::fold;
use kernel::{Asn, Date, PersonName};
use std::collections::HashMap;

/// How a name sounds: Soundex, letter and three digits; blanks for no letters.
pub(crate) type Sound = [u8; 4];

#[derive(Debug, Default)]
pub(super) struct People {
    born: HashMap<Date, Vec<Asn>>,
    sounds: HashMap<Sound, Vec<Asn>>,
}

impl People {
    pub(super) fn add(&mut self, record: &StudentRecord) {
        let asn = record.student.asn;
        insert(
            self.born
                .entry(record.student.identification.birth_date)
                .or_default(),
            asn,
        );
        for sound in sounds_of(record) {
            insert(self.sounds.entry(sound).or_default(), asn);
        }
    }
    pub(super) fn remove(&mut self, record: &StudentRecord) {
        let asn = record.student.asn;
        take_out(&mut self.born, &record.student.identification.birth_date, asn);
        for sound in sounds_of(record) {
            take_out(&mut self.sounds, &sound, asn);
        }
    }
    pub(super) fn born_on(&self, day: Date) -> &[Asn] {
        self.born.get(&day).map_or(&[], Vec::as_slice)
    }
    pub(super) fn sounding_like(&self, last: &str) -> &[Asn] {
        self.sounds.get(&sound(last)).map_or(&[], Vec::as_slice)
    }
}

fn insert(list: &mut Vec<Asn>, asn: Asn) {
    list.push(asn);
}

fn take_out<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<Asn>>, key: &K, asn: Asn) {
    if let Some(list) = map.get_mut(key) {
        if let Some(place) = list.iter().position(|held| *held == asn) {
            list.swap_remove(place);
        }
        if list.is_empty() {
            map.remove(key);
        }
    }
}

/// The sounds of all last names, each once.
fn sounds_of(record: &StudentRecord) -> Vec<Sound> {
    let legal = &record.student.identification.name;
    let others = record.student.names.iter().filter(|name| !name.is_deleted);
    let names: Vec<&PersonName> = others.map(|other| &other.name).chain([legal]).collect();
    let mut sounds: Vec<Sound> = names.iter().map(|name| sound(&name.last)).collect();
    sounds.sort_unstable();
    sounds.dedup();
    sounds
}

/// Soundex of a name without its accents (assumption `identify-sound`).
pub(crate) fn sound(name: &str) -> Sound {
    let mut coded = *b"    ";
    let mut length = 0;
    let mut before = 0;
    for letter in fold(name).bytes().filter(u8::is_ascii_alphabetic) {
        let digit = match letter {
            b'b' | b'f' | b'p' | b'v' => b'1',
            b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => b'2',
            b'd' | b't' => b'3',
            b'l' => b'4',
            b'm' | b'n' => b'5',
            b'r' => b'6',
            b'h' | b'w' => continue,
            _ => 0,
        };
        if length == 0 {
            coded = [letter, b'0', b'0', b'0'];
            length = 1;
        } else if digit != 0 && digit != before && length < 4 {
            coded[length] = digit;
            length += 1;
        }
        before = digit;
    }
    coded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_alike_have_one_sound() {
        for (one, other, same) in [
            ("Robert", "Rupert", true),
            ("Ngô", "Ngo", true),
            ("Tymczak", "Tymszak", true),
            ("Whitebear", "Whitbear", true),
            ("Smith", "Jones", false),
        ] {
            assert_eq!(sound(one) == sound(other), same, "{one} and {other}");
        }
        assert_eq!(&sound("Ashcraft"), b"a261");
        assert_eq!(&sound("李"), b"    ");
    }
}
