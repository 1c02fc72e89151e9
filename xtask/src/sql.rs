//! The tables that the migrations make, read from their text.

/// A table after every migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its name.
    pub(crate) name: String,
    /// In order.
    pub(crate) columns: Vec<Column>,
    /// The names in its primary key.
    pub(crate) key: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: String,
    /// Its type as Diesel names it.
    pub(crate) kind: &'static str,
    /// `NOT NULL`.
    pub(crate) required: bool,
}

/// Applies one migration to what the earlier ones made.
///
/// Fails on a type outside the five that both engines share, and on statements
/// that change tables in a way this reader does not know.
pub(crate) fn apply(tables: &mut Vec<Table>, sql: &str) -> Result<(), String> {
    let plain: String = sql
        .lines()
        .map(|line| line.split("--").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join(" ");
    for statement in plain.split(';') {
        let words: Vec<&str> = statement.split_whitespace().collect();
        match words.as_slice() {
            ["CREATE", "TABLE", name, ..] => tables.push(create(name, statement)?),
            ["ALTER", "TABLE", name, "ADD", "COLUMN", definition @ ..] => {
                let column = column(&definition.join(" "))?;
                find(tables, name)?.columns.push(column);
            }
            ["ALTER", "TABLE", name, "DROP", "COLUMN", dropped] => {
                find(tables, name)?
                    .columns
                    .retain(|column| column.name != *dropped);
            }
            ["ALTER", "TABLE", ..] => return Err(format!("not understood: {}", words.join(" "))),
            ["DROP", "TABLE", name] => tables.retain(|table| table.name != *name),
            _ => {} // indexes and rows change no type
        }
    }
    Ok(())
}

fn find<'t>(tables: &'t mut [Table], name: &str) -> Result<&'t mut Table, String> {
    tables
        .iter_mut()
        .find(|table| table.name == name)
        .ok_or_else(|| format!("no table {name} to alter"))
}

fn create(name: &str, statement: &str) -> Result<Table, String> {
    let inside = statement
        .split_once('(')
        .and_then(|(_, rest)| rest.rsplit_once(')'))
        .map(|(inside, _)| inside)
        .ok_or_else(|| format!("table {name}: no columns"))?;
    let mut table = Table {
        name: name.to_owned(),
        columns: Vec::new(),
        key: Vec::new(),
    };
    for part in top_level_parts(inside) {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words.as_slice() {
            ["PRIMARY", "KEY", ..] => table.key = names_in_brackets(part),
            ["FOREIGN" | "UNIQUE" | "CHECK" | "CONSTRAINT", ..] | [] => {}
            _ => table
                .columns
                .push(column(part).map_err(|error| format!("table {name}: {error}"))?),
        }
    }
    if table.key.is_empty() {
        return Err(format!("table {name}: no primary key"));
    }
    Ok(table)
}

fn column(definition: &str) -> Result<Column, String> {
    let words: Vec<&str> = definition.split_whitespace().collect();
    let [name, kind, rest @ ..] = words.as_slice() else {
        return Err(format!("not a column: {definition}"));
    };
    let conditions = rest
        .iter()
        .take_while(|word| !matches!(**word, "CHECK" | "DEFAULT" | "REFERENCES"));
    let required = conditions
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
        .ends_with("NOT NULL");
    Ok(Column {
        name: (*name).to_owned(),
        kind: diesel_type(kind)?,
        required,
    })
}

/// The five types that both engines share.
fn diesel_type(kind: &str) -> Result<&'static str, String> {
    Ok(match kind {
        "INTEGER" => "Integer",
        "BIGINT" => "BigInt",
        "TEXT" => "Text",
        "BYTES" => "Binary",
        "BOOLEAN" => "Bool",
        other => {
            return Err(format!(
                "{other} is not one of INTEGER, BIGINT, TEXT, BYTES, BOOLEAN"
            ));
        }
    })
}

/// Splits at commas outside brackets.
fn top_level_parts(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn names_in_brackets(text: &str) -> Vec<String> {
    let inside = text
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map_or("", |(inside, _)| inside);
    inside.split(',').map(|name| name.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Table, apply};

    fn tables(steps: &[&str]) -> Result<Vec<Table>, String> {
        let mut all = Vec::new();
        for step in steps {
            apply(&mut all, step)?;
        }
        Ok(all)
    }

    #[test]
    fn every_shared_type_has_its_diesel_name() {
        let made = tables(&["CREATE TABLE t (\n a INTEGER NOT NULL, -- one, two\n b BIGINT CHECK (b IS NOT NULL), c TEXT PLAIN NOT NULL CHECK (c IN ('x', 'y')),\n d BYTES, e BOOLEAN NOT NULL,\n PRIMARY KEY (a, c)\n);"])
            .expect("the table is read");
        let columns: Vec<(&str, &str, bool)> = made[0]
            .columns
            .iter()
            .map(|column| (column.name.as_str(), column.kind, column.required))
            .collect();
        assert_eq!(
            columns,
            [
                ("a", "Integer", true),
                ("b", "BigInt", false),
                ("c", "Text", true),
                ("d", "Binary", false),
                ("e", "Bool", true)
            ]
        );
        assert_eq!(made[0].key, ["a", "c"]);
    }

    #[test]
    fn a_later_step_adds_and_drops_columns_and_tables() {
        let made = tables(&[
            "CREATE TABLE t (a INTEGER NOT NULL, b TEXT, PRIMARY KEY (a)); CREATE TABLE u (a TEXT NOT NULL, PRIMARY KEY (a));",
            "ALTER TABLE t ADD COLUMN c BIGINT NOT NULL DEFAULT 0; ALTER TABLE t DROP COLUMN b; DROP TABLE u;",
        ])
        .expect("the steps are read");
        let names: Vec<&str> = made
            .iter()
            .flat_map(|table| &table.columns)
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!((made.len(), names), (1, vec!["a", "c"]));
    }

    #[test]
    fn what_only_one_engine_knows_is_refused() {
        for sql in [
            "CREATE TABLE t (a UUID NOT NULL, PRIMARY KEY (a))",
            "CREATE TABLE t (a INTEGER)",
            "ALTER TABLE t RENAME TO u",
            "ALTER TABLE missing ADD COLUMN a TEXT",
        ] {
            assert!(tables(&[sql]).is_err(), "{sql} must be refused");
        }
    }
}
