//! The workspace as cargo tells it, and its files.

use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The members of the workspace.
#[derive(Debug, Deserialize)]
pub(crate) struct Workspace {
    /// In cargo's order.
    pub(crate) packages: Vec<Package>,
    workspace_root: PathBuf,
}

/// A member.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its one line.
    pub(crate) description: Option<String>,
    /// What it uses.
    pub(crate) dependencies: Vec<Dependency>,
    manifest_path: PathBuf,
}

/// A dependency as the manifest names it.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    /// The crate's name.
    pub(crate) name: String,
    /// None for an ordinary one, else `dev` or `build`.
    pub(crate) kind: Option<String>,
}

impl Workspace {
    /// Asks `cargo metadata`.
    pub(crate) fn load() -> Result<Self, String> {
        let answer = Command::new("cargo")
            .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
            .output()
            .map_err(|error| format!("cargo: {error}"))?;
        if !answer.status.success() {
            return Err(String::from_utf8_lossy(&answer.stderr).into_owned());
        }
        let mut all: Self =
            serde_json::from_slice(&answer.stdout).map_err(|error| format!("cargo metadata: {error}"))?;
        all.packages.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(all)
    }
    /// The project's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.workspace_root
    }
}

impl Package {
    /// Its folder.
    pub(crate) fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(Path::new("."))
    }
    /// Its own `.rs` files, in path order.
    pub(crate) fn sources(&self) -> Result<Vec<Source>, String> {
        let mut paths = Vec::new();
        for part in ["src", "tests", "examples", "benches"] {
            files_under(&self.folder().join(part), "rs", &mut paths)?;
        }
        paths.sort();
        paths
            .into_iter()
            .map(|path| {
                Ok(Source {
                    text: read(&path)?,
                    path,
                })
            })
            .collect()
    }
}

/// A Rust file.
pub(crate) struct Source {
    /// Where.
    pub(crate) path: PathBuf,
    /// What.
    pub(crate) text: String,
}

/// Reads a file; the error names it.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Gathers the files below `folder` whose name ends in `.extension`; a folder that is not there has none.
pub(crate) fn files_under(folder: &Path, extension: &str, into: &mut Vec<PathBuf>) -> Result<(), String> {
    const NOT_OURS: &[&str] = &["target", "node_modules", "vendor", ".git", "shots"];
    if !folder.is_dir() {
        return Ok(());
    }
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_str()) {
                files_under(&path, extension, into)?;
            }
        } else if path.extension().is_some_and(|own| own == extension) {
            into.push(path);
        }
    }
    Ok(())
}
