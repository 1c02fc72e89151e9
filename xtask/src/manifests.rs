//! What every manifest must say.

use crate::workspace::{Workspace, read};

/// Names what a manifest lacks: a crate its one line, an outside dependency
/// its reason, the toolchain file the version the workspace asks for.
pub(crate) fn judge(workspace: &Workspace) -> Result<Vec<String>, String> {
    let mut found: Vec<String> = workspace
        .packages
        .iter()
        .filter(|package| package.description.as_deref().is_none_or(str::is_empty))
        .map(|package| format!("{}: its manifest has no description", package.name))
        .collect();
    let root = read(&workspace.root().join("Cargo.toml"))?;
    found
        .extend(without_reason(&root).map(|name| format!("Cargo.toml: {name} has no reason after its line")));
    let toolchain = read(&workspace.root().join("rust-toolchain.toml"))?;
    let (asked, used) = (value(&root, "rust-version"), value(&toolchain, "channel"));
    if !used.starts_with(asked) || asked.is_empty() {
        found.push(format!(
            "rust-toolchain.toml: {used} is not the rust-version {asked} of Cargo.toml"
        ));
    }
    Ok(found)
}

/// Dependencies from outside the workspace whose line has no `# reason`.
fn without_reason(root: &str) -> impl Iterator<Item = &str> {
    root.lines()
        .skip_while(|line| line.trim() != "[workspace.dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.trim_start().starts_with('#') && !line.contains("path = "))
        .filter(|line| !line.contains(" # "))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim())
}

/// The text of `key = "…"`; empty when it is not there.
fn value<'t>(toml: &'t str, key: &str) -> &'t str {
    toml.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .and_then(|(_, value)| value.split('"').nth(1))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{value, without_reason};

    #[test]
    fn an_outside_dependency_without_a_reason_is_named() {
        let root = "[workspace]\nx = 1\n[workspace.dependencies]\n# --- ours ---\nkernel = { path = \"crates/kernel\" }\naxum = \"0.8\"    # routing\nserde = { version = \"1\" }\n[profile.dev]\ndebug = 1\n";
        assert_eq!(without_reason(root).collect::<Vec<_>>(), ["serde"]);
    }

    #[test]
    fn a_value_is_read_whatever_stands_behind_it() {
        assert_eq!(
            value(
                "a = 1\nrust-version = \"1.95\"  # as the toolchain\n",
                "rust-version"
            ),
            "1.95"
        );
        assert_eq!(value("a = 1\n", "rust-version"), "");
    }
}
