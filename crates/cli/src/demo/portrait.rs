//! Photographs for some of the practice students: flat drawings, nobody's face.

use super::family::Loaded;
use kernel::{Outcome, StudentId};
use people::picture::Picture;

type Colour = [u8; 3];

/// Background, shirt, skin, hair, and whether the hair is long.
const LOOKS: [(Colour, Colour, Colour, Colour, bool); 10] = [
    (
        [239, 226, 208],
        [63, 128, 121],
        [224, 167, 128],
        [92, 58, 36],
        true,
    ),
    ([220, 230, 238], [74, 98, 150], [141, 92, 62], [32, 26, 24], false),
    (
        [232, 224, 240],
        [150, 92, 120],
        [245, 208, 179],
        [196, 148, 78],
        true,
    ),
    (
        [226, 236, 220],
        [104, 122, 64],
        [198, 140, 98],
        [44, 34, 30],
        false,
    ),
    (
        [244, 228, 214],
        [176, 102, 48],
        [250, 218, 194],
        [150, 74, 40],
        false,
    ),
    ([222, 234, 232], [52, 84, 92], [110, 70, 48], [26, 22, 22], true),
    (
        [238, 232, 216],
        [120, 84, 150],
        [214, 158, 116],
        [58, 40, 30],
        true,
    ),
    (
        [224, 228, 240],
        [170, 66, 62],
        [236, 188, 150],
        [24, 22, 26],
        false,
    ),
    (
        [236, 226, 226],
        [70, 110, 70],
        [255, 224, 196],
        [224, 190, 120],
        true,
    ),
    (
        [228, 236, 240],
        [96, 96, 104],
        [172, 116, 80],
        [38, 30, 28],
        false,
    ),
];
/// One student in so many has a photograph.
const EVERY: u128 = 6;

/// The drawings.
pub(crate) fn all() -> Outcome<Vec<Picture>> {
    LOOKS
        .iter()
        .map(|look| Picture::painted(|x, y| painted(*look, x, y)))
        .collect()
}

/// Which of the drawings each student has who has one; the same every time.
pub(crate) fn of<'a, 'p>(
    students: impl Iterator<Item = &'a Loaded>,
    drawn: &'p [Picture],
) -> Vec<(StudentId, &'p Picture)> {
    let lot = |id: StudentId| id.uuid().as_u128() >> 64;
    students
        .map(|one| one.new.id)
        .filter(|id| lot(*id).is_multiple_of(EVERY))
        .filter_map(|id| {
            let which = usize::try_from(lot(id) / EVERY % LOOKS.len() as u128).ok()?;
            Some((id, drawn.get(which)?))
        })
        .collect()
}

/// One point, in thousandths of the edge.
fn painted(look: (Colour, Colour, Colour, Colour, bool), x: i32, y: i32) -> Colour {
    let (ground, shirt, skin, hair, is_long) = look;
    let within = |(at, down): (i32, i32), (wide, high): (i32, i32)| {
        let (right, below) = (i64::from(x - at), i64::from(y - down));
        let (wide, high) = (i64::from(wide), i64::from(high));
        right * right * high * high + below * below * wide * wide <= wide * wide * high * high
    };
    let shade = skin.map(|light| light - light / 10);
    if within((500, 400), (185, 230)) && !(y < 330 && within((500, 330), (225, 200)) && y < 300) {
        skin
    } else if within((500, 330), (225, 200)) && y < 400 {
        hair
    } else if (430..=570).contains(&x) && (560..720).contains(&y) {
        shade
    } else if is_long && within((500, 470), (260, 330)) && y > 300 {
        hair
    } else if within((500, 1010), (330, 300)) {
        shirt
    } else {
        ground
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_is_another_and_small() {
        let drawn = all().expect("they are drawn");
        let tags: std::collections::BTreeSet<String> = drawn.iter().map(Picture::tag).collect();
        assert_eq!(tags.len(), LOOKS.len());
        assert!(drawn.iter().all(|one| one.bytes().len() < 20_000));
    }
}
