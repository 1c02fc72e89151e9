//! Files that are written from others: the typed schema and the map of crates.

use crate::workspace::{Workspace, files_under, read};
use crate::{Found, map, sql};
use std::fmt::Write;
use std::path::PathBuf;

const SCHEMA_HEAD: &str =
    "//! The tables, typed. One schema for both engines; a test compares it with both catalogues.
#![expect(missing_docs, reason = \"columns are described in migrations/\")]

use diesel::{allow_tables_to_appear_in_same_query, table};
";

/// A file and what it must hold.
struct Generated {
    path: PathBuf,
    wanted: String,
}

/// Writes every generated file that is out of date.
pub(crate) fn write() -> Found {
    let mut unchanged = 0;
    for file in generated()? {
        if read(&file.path).is_ok_and(|is| is == file.wanted) {
            unchanged += 1;
            continue;
        }
        std::fs::write(&file.path, &file.wanted)
            .map_err(|error| format!("{}: {error}", file.path.display()))?;
        println!("written: {}", file.path.display());
    }
    println!("regen: {unchanged} files were up to date");
    Ok(Vec::new())
}

/// Names every generated file that is out of date.
pub(crate) fn check() -> Found {
    let files = generated()?;
    let stale: Vec<String> = files
        .iter()
        .filter(|file| !read(&file.path).is_ok_and(|is| is == file.wanted))
        .map(|file| format!("{}: out of date; run `cargo xtask regen`", file.path.display()))
        .collect();
    if stale.is_empty() {
        println!("regen: {} files are up to date", files.len());
    }
    Ok(stale)
}

fn generated() -> Result<Vec<Generated>, String> {
    let workspace = Workspace::load()?;
    let root = workspace.root();
    let mut files = vec![Generated {
        path: root.join("crates/db/src/schema.rs"),
        wanted: schema(&workspace)?,
    }];
    let page = root.join("ARCHITECTURE.md");
    if let Some(wanted) = map::placed(&read(&page)?, &map::table(&workspace)) {
        files.push(Generated { path: page, wanted });
    }
    Ok(files)
}

fn schema(workspace: &Workspace) -> Result<String, String> {
    let mut steps = Vec::new();
    files_under(&workspace.root().join("migrations"), "sql", &mut steps)?;
    steps.sort();
    let mut tables = Vec::new();
    for step in steps {
        sql::apply(&mut tables, &read(&step)?).map_err(|error| format!("{}: {error}", step.display()))?;
    }
    Ok(schema_text(&tables))
}

fn schema_text(tables: &[sql::Table]) -> String {
    let mut text = SCHEMA_HEAD.to_owned();
    let mut line =
        |words: std::fmt::Arguments| writeln!(text, "{words}").expect("writing to a String does not fail");
    for table in tables {
        line(format_args!(
            "\ntable! {{\n    {} ({}) {{",
            table.name,
            table.key.join(", ")
        ));
        for column in &table.columns {
            if column.required {
                line(format_args!("        {} -> {},", column.name, column.kind));
            } else {
                line(format_args!(
                    "        {} -> Nullable<{}>,",
                    column.name, column.kind
                ));
            }
        }
        line(format_args!("    }}\n}}"));
    }
    line(format_args!("\nallow_tables_to_appear_in_same_query!("));
    for table in tables {
        line(format_args!("    {},", table.name));
    }
    line(format_args!(");"));
    text
}

#[cfg(test)]
mod tests {
    use super::{SCHEMA_HEAD, schema_text};
    use crate::sql;

    #[test]
    fn a_table_becomes_its_typed_form() {
        let mut tables = Vec::new();
        sql::apply(
            &mut tables,
            "CREATE TABLE t (a INTEGER NOT NULL, b BYTES, PRIMARY KEY (a))",
        )
        .expect("it is read");
        let want = "\ntable! {\n    t (a) {\n        a -> Integer,\n        b -> Nullable<Binary>,\n    }\n}\n\nallow_tables_to_appear_in_same_query!(\n    t,\n);\n";
        assert_eq!(schema_text(&tables), format!("{SCHEMA_HEAD}{want}"));
    }
}
