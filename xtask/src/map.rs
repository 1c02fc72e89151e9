//! The map of crates in ARCHITECTURE.md, written from the manifests so that it cannot lie.

use crate::layers::ground_up;
use crate::workspace::Workspace;
use std::fmt::Write;

/// The lines between which the map stands.
pub(crate) const BEGIN: &str = "<!-- crates: written by `cargo xtask regen` -->";
/// Its end.
pub(crate) const END: &str = "<!-- /crates -->";

/// The map: one row a crate, from the ground up, with the crates of ours it uses.
pub(crate) fn table(workspace: &Workspace) -> String {
    let mut text = String::from("| Crate | Is | Uses |\n|---|---|---|\n");
    for package in ground_up(workspace) {
        let uses: Vec<&str> = package
            .dependencies
            .iter()
            .filter(|used| used.kind.is_none() && workspace.packages.iter().any(|own| own.name == used.name))
            .map(|used| used.name.as_str())
            .collect();
        let is = package.description.as_deref().unwrap_or_default();
        let uses = if uses.is_empty() {
            "nothing of ours".to_owned()
        } else {
            uses.join(", ")
        };
        writeln!(text, "| `{}` | {is} | {uses} |", package.name).expect("writing to a String does not fail");
    }
    text
}

/// `page` with the map put between its two lines; none when it has no place for one.
pub(crate) fn placed(page: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, placed};

    #[test]
    fn the_map_replaces_what_stood_between_its_lines_and_nothing_else() {
        let page = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        let want = format!("before\n{BEGIN}\n\n| new |\n\n{END}\nafter\n");
        assert_eq!(placed(&page, "| new |\n").as_deref(), Some(want.as_str()));
        assert_eq!(placed("no place", "| new |\n"), None);
    }
}
