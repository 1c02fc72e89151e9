//! Tables written in parts, joined while the program is built.

/// How many rows the parts have together.
pub(crate) const fn count<T>(parts: &[&[T]]) -> usize {
    let (mut all, mut part) = (0, 0);
    while part < parts.len() {
        all += parts[part].len();
        part += 1;
    }
    all
}

/// The rows of all parts, in order; `COUNT` is [`count`] of them.
pub(crate) const fn joined<T: Copy, const COUNT: usize>(parts: &[&[T]]) -> [T; COUNT] {
    let mut all = [parts[0][0]; COUNT];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut of = 0;
        while of < parts[part].len() {
            all[at] = parts[part][of];
            of += 1;
            at += 1;
        }
        part += 1;
    }
    all
}
