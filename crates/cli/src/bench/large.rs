//! A very large file, rehearsed by the program itself: how long, and how much
//! memory, beside a file of a division in the same run. A row must cost the
//! same and memory must not grow with the file.

use super::figure::{A_DIVISION, Figure, Goal};
use super::process;
use crate::demo::DIVISION;
use crate::ending::Stop;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Rows of the file that the large one stands beside: a division.
const BESIDE: usize = 8_143;
/// How often the memory of the program is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// The schools and the days of a file repeat; names do not, within a division's size.
const NAMES: usize = 26 * 26 * 26 * 26;

/// What a rehearsal took.
struct Rehearsed {
    taken: Duration,
    memory: f64,
}

/// The figures of a file of so many rows, at least a division's.
pub(super) async fn figures(rows: usize) -> Result<Vec<Figure>, Stop> {
    if rows < A_DIVISION {
        return Err(Stop::Call(format!("--rows: {A_DIVISION} or more")));
    }
    let beside = rehearse(BESIDE).await?;
    let large = rehearse(rows).await?;
    let each = |many: usize, rehearsed: &Rehearsed| {
        let many = u32::try_from(many).map_or(f64::MAX, f64::from);
        rehearsed.taken.as_secs_f64() * 1e6 / many
    };
    Ok(vec![
        Figure::new(
            format!("rehearsal of a file of {rows} rows"),
            large.taken.as_secs_f64(),
            "s",
        ),
        Figure::new(
            format!("a row, limit a row of {BESIDE}"),
            each(rows, &large),
            "µs",
        )
        .limit(each(BESIDE, &beside))
        .goal(Goal::TimesLimit(1.5)),
        Figure::new(
            format!("most memory, limit that of {BESIDE} rows"),
            large.memory,
            "MB",
        )
        .limit(beside.memory)
        .goal(Goal::AtMost(400.0)),
    ])
}

/// Makes empty records and lets the program rehearse a file of so many students.
async fn rehearse(rows: usize) -> Result<Rehearsed, Stop> {
    let folder = tempfile::tempdir().map_err(Stop::io("temporary folder"))?;
    let (data, file) = (folder.path().join("records"), folder.path().join("students.csv"));
    write(&file, rows).map_err(Stop::io(file.display()))?;
    db::migrate(&db::Location::Folder(data.clone()))?;
    let said = folder.path().join("said");
    let code = DIVISION.0.to_string();
    let add = [
        "division",
        "add",
        "--code",
        &code,
        "--name",
        "Measuring",
        "--data",
    ];
    let status = process::this_program()?
        .args(add)
        .arg(&data)
        .stdout(Stdio::null())
        .status();
    if !status.await.map_err(Stop::io("the program"))?.success() {
        return Err(Stop::Problems("the division was not made".to_owned()));
    }
    let began = Instant::now();
    let mut child = process::this_program()?
        .args(["import", "--kind", "students", "--data"])
        .args([&data, &file])
        .stdout(File::create(&said).map_err(Stop::io(said.display()))?)
        .spawn()
        .map_err(Stop::io("the program"))?;
    let mut memory = 0.0;
    let status = loop {
        tokio::select! {
            ended = child.wait() => break ended.map_err(Stop::io("the program"))?,
            () = tokio::time::sleep(LOOK) => memory = process::most_memory(child.id()).unwrap_or(memory),
        }
    };
    let taken = began.elapsed();
    let told = std::fs::read_to_string(&said).map_err(Stop::io(said.display()))?;
    let all = format!("{rows} new, 0 changed, 0 as they are, 0 with problems");
    if !status.success() || !told.contains(&all) {
        let end = told.lines().rev().take(3).collect::<Vec<_>>().join("; ");
        return Err(Stop::Problems(format!("not every row was taken: {end}")));
    }
    Ok(Rehearsed { taken, memory })
}

/// Students with a guardian, everyone with a name and a number of their own.
fn write(path: &Path, rows: usize) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(
        out,
        "local_number,first_name,last_name,birth_date,gender,guardian1_first_name,guardian1_last_name,guardian1_phone"
    )?;
    for at in 0..rows {
        let (name, more) = (letters(at % NAMES), letters(at / NAMES));
        writeln!(
            out,
            "{},Ann{name},Row{more},{}-{:02}-{:02},F,Eve{name},Row{more},780555{:04}",
            1_000_000 + at,
            2008 + at % 10,
            at / 28 % 12 + 1,
            at % 28 + 1,
            at % 10_000
        )?;
    }
    out.flush()
}

/// A number as four letters.
fn letters(number: usize) -> String {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at % 26).expect("less than 26"));
    [number / 17_576, number / 676, number / 26, number]
        .map(letter)
        .iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyone_in_the_file_has_another_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("students.csv");
        write(&file, 20_000).expect("it is written");
        let text = std::fs::read_to_string(&file).expect("it is there");
        let mut names: Vec<&str> = text
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').nth(1))
            .collect();
        assert_eq!(names.len(), 20_000);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 20_000);
    }
}
