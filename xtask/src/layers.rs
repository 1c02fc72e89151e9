//! Which crate may use which: arrows point down, and nothing else compiles into the product.

use crate::workspace::{Package, Workspace};
use crate::{Found, manifests};
use std::collections::BTreeSet;

/// A crate and the crates it builds on. What those use, it may use too.
const MAY_USE: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("codes", &["kernel"]),
    ("db", &["kernel"]),
    ("access", &["db"]),
    ("jobs", &["access"]),
    ("mail", &["jobs"]),
    ("schools", &["access", "codes"]),
    ("people", &["access", "codes"]),
    ("enrolment", &["people", "schools"]),
    ("courses", &["enrolment"]),
    ("attendance", &["courses", "mail"]),
    ("families", &["mail", "people"]),
    ("exchange", &["courses", "enrolment"]),
    ("pasi-wire", &["kernel", "codes"]),
    ("pasi", &["enrolment", "exchange", "pasi-wire"]),
    ("pasi-reference", &["pasi-wire"]),
    ("practice", &["kernel", "codes"]),
    ("practice-mailbox", &[]),
    ("pasi-conformance", &["pasi-wire"]),
    ("ui", &["kernel"]),
    ("pdf", &["kernel"]),
    ("pasi-console", &["pasi-reference", "ui"]),
    ("worker", &["jobs", "mail", "enrolment", "pasi"]),
    (
        "web",
        &[
            "attendance",
            "courses",
            "enrolment",
            "exchange",
            "families",
            "jobs",
            "mail",
            "pasi",
            "pdf",
            "ui",
        ],
    ),
    ("cli", EVERYTHING),
    ("testkit", &["db"]),
    ("xtask", &[]),
];

/// Stands for every crate.
const EVERYTHING: &[&str] = &["*"];

/// What tests may use beyond what the crate itself may.
const IN_TESTS: &[(&str, &[&str])] = &[
    ("*", &["testkit", "codes", "practice"]),
    ("pasi", &["pasi-reference"]),
    ("mail", &["practice-mailbox"]),
    ("worker", &["practice-mailbox"]),
    ("web", &["pasi-reference"]),
    ("pasi-conformance", &["pasi-reference"]),
];

/// Libraries that belong to some crates alone.
const KEPT_TO: &[(&str, &[&str])] = &[
    (
        "diesel",
        &[
            "kernel",
            "db",
            "access",
            "jobs",
            "mail",
            "schools",
            "people",
            "enrolment",
            "courses",
            "attendance",
            "exchange",
            "pasi",
            "cli", // `bench` measures operations against the raw engine
            "testkit",
        ],
    ),
    ("diesel_migrations", &["db"]),
    ("axum", &["web", "pasi-reference", "pasi-console", "cli"]),
    ("maud", &["ui", "web", "pasi-console"]),
    ("quick-xml", &["pasi-wire"]),
    ("lettre", &["mail"]),
    ("typst", &["pdf"]),
    ("typst-layout", &["pdf"]),
    ("typst-pdf", &["pdf"]),
];

/// Reads the manifests and names every arrow that points the wrong way.
pub(crate) fn check() -> Found {
    let workspace = Workspace::load()?;
    let mut found = manifests::judge(&workspace)?;
    for package in &workspace.packages {
        judge(package, &workspace, &mut found);
    }
    if found.is_empty() {
        println!(
            "layers: {} crates, every arrow points down",
            workspace.packages.len()
        );
    }
    Ok(found)
}

fn judge(package: &Package, workspace: &Workspace, found: &mut Vec<String>) {
    let name = package.name.as_str();
    let Some(allowed) = reach(name) else {
        found.push(format!(
            "{name}: has no row in xtask/src/layers.rs; say there what it may use"
        ));
        return;
    };
    let everything = allowed.contains("*");
    for dependency in &package.dependencies {
        let used = dependency.name.as_str();
        let in_tests = dependency.kind.as_deref() == Some("dev");
        let ours = workspace.packages.iter().any(|member| member.name == used);
        let may = everything || allowed.contains(used) || (in_tests && may_in_tests(name, used));
        if ours && !may {
            found.push(format!("{name}: may not use {used}"));
        }
        let kept = KEPT_TO.iter().find(|(library, _)| *library == used);
        if let Some((_, keepers)) = kept
            && !in_tests
            && !keepers.contains(&name)
        {
            found.push(format!("{name}: {used} is kept to {}", keepers.join(", ")));
        }
    }
}

/// Everything `name` may use, step by step; none when it is not in the table.
fn reach(name: &str) -> Option<BTreeSet<&'static str>> {
    let (_, direct) = MAY_USE.iter().find(|(crate_name, _)| *crate_name == name)?;
    let mut all: BTreeSet<&'static str> = direct.iter().copied().collect();
    for used in *direct {
        all.extend(reach(used).unwrap_or_default());
    }
    Some(all)
}

fn may_in_tests(name: &str, used: &str) -> bool {
    IN_TESTS
        .iter()
        .any(|(who, what)| (*who == "*" || *who == name) && what.contains(&used))
}

/// Members from the ground up: a crate stands below those that use it.
pub(crate) fn ground_up(workspace: &Workspace) -> Vec<&Package> {
    let height = |package: &Package| MAY_USE.iter().position(|(name, _)| *name == package.name);
    let mut all: Vec<&Package> = workspace.packages.iter().collect();
    all.sort_by_key(|package| height(package).unwrap_or(usize::MAX));
    all
}

#[cfg(test)]
mod tests {
    use super::{MAY_USE, may_in_tests, reach};

    #[test]
    fn a_crate_may_use_what_its_neighbours_below_may_use() {
        let enrolment = reach("enrolment").expect("enrolment is in the table");
        for used in ["people", "schools", "access", "db", "kernel", "codes"] {
            assert!(enrolment.contains(used), "enrolment stands on {used}");
        }
        assert!(!enrolment.contains("pasi"), "no domain knows the connector");
    }

    #[test]
    fn the_reference_server_stands_on_the_contract_alone() {
        let reference: Vec<&str> = reach("pasi-reference")
            .expect("it is in the table")
            .into_iter()
            .collect();
        assert_eq!(reference, ["codes", "kernel", "pasi-wire"]);
        for (name, used) in MAY_USE {
            assert!(
                matches!(*name, "cli" | "pasi-console") || !used.contains(&"pasi-reference"),
                "{name} links the reference server"
            );
        }
    }

    #[test]
    fn only_the_connector_and_the_pages_meet_the_reference_server_in_tests() {
        assert!(may_in_tests("pasi", "pasi-reference"));
        assert!(!may_in_tests("people", "pasi-reference"));
    }
}
