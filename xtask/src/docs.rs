//! Prose is tested: what the pages name must exist.

use crate::markdown::{Named, named};
use crate::rust_source::{code_only, has_word};
use crate::workspace::{Source, Workspace, files_under, read};
use crate::{Found, VERBS};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What the pages may name.
struct Known {
    root: PathBuf,
    /// Code of each crate, as Rust writes its name.
    crates: BTreeMap<String, String>,
    /// Verbs of the justfile.
    recipes: BTreeSet<String>,
    /// Words and flags of the command line.
    command: BTreeSet<String>,
}

/// Reads every page of the project and names what does not exist.
pub(crate) fn check() -> Found {
    let workspace = Workspace::load()?;
    let known = Known::gather(&workspace)?;
    let mut pages = Vec::new();
    files_under(&known.root, "md", &mut pages)?;
    pages.sort();
    let (mut found, mut checked) = (Vec::new(), 0);
    for page in &pages {
        let shown = page.strip_prefix(&known.root).unwrap_or(page).display();
        for (line, what) in named(&read(page)?) {
            checked += 1;
            if let Some(wrong) = known.wrong(page, &what) {
                found.push(format!("{shown}:{line}: {wrong}"));
            }
        }
    }
    let fronts = front_doors(&workspace)?;
    for front in &fronts {
        let shown = front
            .path
            .strip_prefix(&known.root)
            .unwrap_or(&front.path)
            .display();
        for (line, what) in named(&front_words(&front.text)) {
            checked += 1;
            if let Some(wrong) = known.wrong_in_source(&front.path, &what) {
                found.push(format!("{shown}:{line}: {wrong}"));
            }
        }
    }
    if found.is_empty() {
        let (pages, fronts) = (pages.len(), fronts.len());
        println!("docs: {checked} names in {pages} pages and {fronts} front doors, all exist");
    }
    Ok(found)
}

/// `lib.rs` and `main.rs` of every crate: what a newcomer reads first.
fn front_doors(workspace: &Workspace) -> Result<Vec<Source>, String> {
    let mut fronts = Vec::new();
    for package in &workspace.packages {
        let sources = package.sources()?.into_iter();
        fronts.extend(
            sources.filter(|one| one.path.ends_with("src/lib.rs") || one.path.ends_with("src/main.rs")),
        );
    }
    Ok(fronts)
}

/// The words of a source's own doc comment, each on its line; the rest is blank.
fn front_words(text: &str) -> String {
    let words = text
        .lines()
        .map(|line| line.strip_prefix("//!").unwrap_or_default());
    words.collect::<Vec<_>>().join("\n")
}

impl Known {
    fn gather(workspace: &Workspace) -> Result<Self, String> {
        let mut crates = BTreeMap::new();
        let mut command = BTreeSet::new();
        for package in &workspace.packages {
            let sources = package.sources()?;
            let code: Vec<String> = sources.iter().map(|source| code_only(&source.text)).collect();
            if package.name == "cli" {
                for (source, code) in sources.iter().zip(&code) {
                    command_words(code, &source.text, &mut command);
                }
            }
            crates.insert(package.name.replace('-', "_"), code.join("\n"));
        }
        let recipes = read(&workspace.root().join("justfile"))?
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(name, _)| !name.starts_with([' ', '#', '\t']))
            .filter_map(|(name, _)| name.split_whitespace().next().map(str::to_owned))
            .collect();
        Ok(Self {
            root: workspace.root().to_owned(),
            crates,
            recipes,
            command,
        })
    }

    fn wrong(&self, page: &Path, what: &Named) -> Option<String> {
        match what {
            Named::Link(target) => self.wrong_link(page, target),
            Named::Line(line) => self.wrong_command(line.split('#').next().unwrap_or("").trim()),
            Named::Span(span) if span.contains(' ') => self.wrong_command(span),
            Named::Span(span) if span.contains("::") => self.wrong_symbol(span),
            Named::Span(span) => self.wrong_path(page, span),
        }
    }

    /// In a source a name without a folder is a file beside it; links are for the compiler.
    fn wrong_in_source(&self, source: &Path, what: &Named) -> Option<String> {
        let Named::Span(span) = what else { return None };
        let is_plain = !span.contains([' ', '(', ':']);
        if is_plain && Path::new(span).extension().is_some_and(|kind| kind == "rs") && !span.contains('/') {
            let beside = source.parent().unwrap_or(&self.root).join(span);
            return (!beside.exists()).then(|| format!("no file {span}"));
        }
        is_plain.then(|| self.wrong_path(source, span)).flatten()
    }

    fn wrong_link(&self, page: &Path, target: &str) -> Option<String> {
        let target = target.split('#').next().unwrap_or("");
        let outside = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
        let from = page.parent().unwrap_or(&self.root);
        (!outside && !from.join(target).exists()).then(|| format!("no {target}"))
    }

    fn wrong_command(&self, line: &str) -> Option<String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["cargo", "xtask", verb, ..] => {
                (!VERBS.iter().any(|(name, _)| name == verb)).then(|| format!("no `cargo xtask {verb}`"))
            }
            ["just", verb, ..] => (!self.recipes.contains(*verb)).then(|| format!("no `just {verb}`")),
            ["lodgepole", rest @ ..] | ["cargo", "run", "--release", "--", rest @ ..] => {
                self.wrong_words(rest)
            }
            [program, ..] if program.starts_with("./") => {
                (!self.root.join(program).exists()).then(|| format!("no {program}"))
            }
            _ => None,
        }
    }

    /// Each word that is not a value must be a command or a flag.
    fn wrong_words(&self, words: &[&str]) -> Option<String> {
        let is_name = |word: &&&str| {
            word.starts_with(|letter: char| letter.is_ascii_lowercase()) && !word.contains(['/', '.', ':'])
        };
        let commands = words
            .iter()
            .take_while(is_name)
            .take(2)
            .map(|word| (*word).to_owned());
        let flags = words
            .iter()
            .filter(|word| word.starts_with("--") && word.len() > 2);
        let flags = flags.map(|word| word.split(['=', ']']).next().unwrap_or(word).to_owned());
        commands
            .chain(flags)
            .find(|word| !self.command.contains(word))
            .map(|word| format!("the program has no `{word}`"))
    }

    /// `crate::module::symbol` of one of our crates: every word must stand in its code.
    fn wrong_symbol(&self, span: &str) -> Option<String> {
        let plain = span.trim_end_matches("()").trim_end_matches('!');
        let mut words = plain
            .split("::")
            .map(|word| word.split(['<', '(', '{']).next().unwrap_or(word));
        let code = self.crates.get(words.next()?)?;
        words
            .find(|word| !word.is_empty() && *word != "*" && !has_word(code, word))
            .map(|word| format!("no `{word}` for `{span}`"))
    }

    fn wrong_path(&self, page: &Path, span: &str) -> Option<String> {
        const ENDINGS: &[&str] = &["rs", "md", "toml", "sql", "ftl", "mjs", "js", "css", "py", "yml"];
        let ending = span
            .rsplit_once('.')
            .is_some_and(|(stem, ending)| !stem.is_empty() && ENDINGS.contains(&ending));
        let starts = span
            .split_once('/')
            .is_some_and(|(first, _)| self.root.join(first).is_dir());
        let elsewhere =
            span.starts_with(['/', '~', '$', '@']) || span.starts_with("target/") || span.contains("://");
        if elsewhere || !(starts || (ending && span.contains('/')) || (ending && is_root_file(span))) {
            return None;
        }
        let near = page.parent().unwrap_or(&self.root);
        let pattern: Vec<&str> = span.trim_end_matches('/').split('/').collect();
        let there = [self.root.as_path(), near, &self.root.join("crates")]
            .iter()
            .any(|base| matches(base, &pattern));
        (!there).then(|| format!("no file {span}"))
    }
}

/// A name without a folder, such as `README.md`: only capitals and dotted tools are claims about the root.
fn is_root_file(span: &str) -> bool {
    span.strip_suffix(".md")
        .is_some_and(|stem| stem.chars().all(|letter| letter.is_ascii_uppercase()))
        || matches!(
            span,
            "deny.toml" | "clippy.toml" | "rustfmt.toml" | "rust-toolchain.toml"
        )
}

/// Does a path exist below `base`? `*` and `<word>` stand for any name, also as part of one.
fn matches(base: &Path, pattern: &[&str]) -> bool {
    let Some((first, rest)) = pattern.split_first() else {
        return base.exists();
    };
    if !first.contains(['*', '<']) {
        return matches(&base.join(first), rest);
    }
    let (before, after) = (
        first.split(['*', '<']).next().unwrap_or(""),
        first.rsplit(['*', '>']).next().unwrap_or(""),
    );
    let Ok(entries) = std::fs::read_dir(base) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with(before) && name.ends_with(after) && matches(&base.join(name), rest)
    })
}

/// Gathers the command line's words: variants of enums that derive `Subcommand`, fields as flags,
/// and names that are written out (`name = "…"`, `long = "…"`).
fn command_words(code: &str, text: &str, into: &mut BTreeSet<String>) {
    into.extend(["--help".to_owned(), "--version".to_owned(), "help".to_owned()]);
    for line in code.lines() {
        let line = line
            .trim_start()
            .trim_start_matches("pub(crate) ")
            .trim_start_matches("pub ");
        let word: String = line
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect();
        let after = line[word.len()..].trim_start();
        if word.starts_with(char::is_uppercase) && after.starts_with(['{', '(', ',']) {
            into.insert(kebab(&word));
        } else if after.starts_with(':') && !after.starts_with("::") {
            into.insert(format!("--{}", word.replace('_', "-")));
        }
    }
    for (key, dashes) in [("name = \"", ""), ("long = \"", "--")] {
        for (at, _) in text.match_indices(key) {
            let value = text[at + key.len()..].split('"').next().unwrap_or("");
            into.insert(format!("{dashes}{value}"));
        }
    }
}

/// `CopyDb` as the command line writes it: `copy-db`.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Known, command_words};
    use crate::markdown::Named;
    use std::collections::{BTreeMap, BTreeSet};

    fn known(root: &std::path::Path) -> Known {
        std::fs::create_dir_all(root.join("crates/people/src")).expect("a folder is made");
        std::fs::write(root.join("crates/people/src/store.rs"), "").expect("a file is made");
        let mut command = BTreeSet::new();
        let code = "enum Verb {\n    /// x\n    CopyDb {\n        data: PathBuf,\n    },\n}";
        command_words(code, code, &mut command);
        Known {
            root: root.to_owned(),
            crates: BTreeMap::from([("people".to_owned(), "pub fn find_student() {}".to_owned())]),
            recipes: BTreeSet::from(["test".to_owned()]),
            command,
        }
    }

    #[test]
    fn a_front_door_names_files_beside_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let known = known(folder.path());
        let front = folder.path().join("crates/people/src/lib.rs");
        let text = "//! Read first: `store.rs`.\n\nmod store; // `gone.rs`\n";
        assert_eq!(super::front_words(text), " Read first: `store.rs`.\n\n");
        for (span, fine) in [
            ("store.rs", true),
            ("gone.rs", false),
            ("people/src/store.rs", true),
            ("rules/gone.rs", false),
            ("Permit::school", true),
            ("store", true),
        ] {
            let wrong = known.wrong_in_source(&front, &Named::Span(span.into()));
            assert_eq!(wrong.is_none(), fine, "{span}: {wrong:?}");
        }
    }

    #[test]
    fn what_exists_passes_and_what_does_not_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let known = known(folder.path());
        let page = folder.path().join("README.md");
        for (what, fine) in [
            (Named::Span("crates/people/src/store.rs".into()), true),
            (Named::Span("people/src/store.rs".into()), true),
            (Named::Span("crates/<domain>/src/store.rs".into()), true),
            (Named::Span("crates/people/src/gone.rs".into()), false),
            (Named::Span("crates/*/src/gone.rs".into()), false),
            (Named::Span("/assets/app.css".into()), true),
            (Named::Span("target/release/lodgepole".into()), true),
            (Named::Span("people::find_student".into()), true),
            (Named::Span("people::find_pupil".into()), false),
            (Named::Span("diesel::anything".into()), true),
            (Named::Span("just test".into()), true),
            (Named::Span("just dance".into()), false),
            (Named::Line("cargo xtask layers".into()), true),
            (Named::Line("cargo xtask weather".into()), false),
            (
                Named::Line("lodgepole copy-db --data DIR  # all rows".into()),
                true,
            ),
            (Named::Line("lodgepole copy-db --from DIR".into()), false),
            (Named::Line("lodgepole fly".into()), false),
            (Named::Line("./gone now".into()), false),
            (Named::Link("crates/people#top".into()), true),
            (Named::Link("crates/pupils".into()), false),
            (Named::Link("https://example.org/x".into()), true),
        ] {
            let wrong = known.wrong(&page, &what);
            assert_eq!(wrong.is_none(), fine, "{what:?}: {wrong:?}");
        }
    }
}
