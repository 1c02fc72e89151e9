//! `import`: files into the records, by the same operations as the pages.
//! Without `--run` it is a rehearsal: nothing but the run and its rows is kept.

use super::division::id_of;
use super::place::{self, Place};
use crate::ending::{Ended, Stop};
use clap::Args;
use db::Store;
use exchange::read::{Encoding, Input};
use exchange::{Kind, Mapping, NewRun, Permits, Progress, Row, Run, Work};
use kernel::{Actor, AuthorityCode, DivisionId, Failure, Finding, ImportId, Severity};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Import a file: a rehearsal, unless `--run` says otherwise.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["file", "again", "undo", "list"])))]
pub(crate) struct Import {
    #[command(flatten)]
    place: Place,
    /// Number of the division, where there are several.
    #[arg(long)]
    division: Option<AuthorityCode>,
    /// The file: CSV in any usual encoding, or .xlsx.
    #[arg(requires = "kind")]
    file: Option<PathBuf>,
    /// What it holds: students, contacts, enrolments, staff or schools.
    #[arg(long)]
    kind: Option<Kind>,
    /// A mapping that is shipped or saved, by name, or a JSON file; else one is suggested by the headings.
    #[arg(long)]
    mapping: Option<String>,
    /// Write it to the records.
    #[arg(long)]
    run: bool,
    /// Tell the province nothing: it knows these records already.
    #[arg(long)]
    untold: bool,
    /// A run that is here: check it again, or with `--run` go on with it.
    #[arg(long, value_name = "ID")]
    again: Option<ImportId>,
    /// Take a run back.
    #[arg(long, value_name = "ID")]
    undo: Option<ImportId>,
    /// List the runs.
    #[arg(long)]
    list: bool,
    /// Write every row with a finding into a CSV file.
    #[arg(long, value_name = "FILE")]
    problems: Option<PathBuf>,
}

/// Rows with findings that are printed; the rest are counted.
const PRINTED: usize = 50;

struct Desk {
    store: Store,
    division: DivisionId,
    actor: Actor,
}

impl Desk {
    fn permits(&self, kind: Kind) -> Result<Permits, Stop> {
        Ok(Permits::program(&self.actor, kind)?)
    }
    fn all(&self) -> Result<Vec<Permits>, Stop> {
        Kind::ALL.iter().map(|kind| self.permits(*kind)).collect()
    }
    fn run(&self, id: ImportId) -> Result<Run, Stop> {
        let all = self.all()?;
        match self
            .store
            .read_now(self.division, |at| exchange::run(at, &all, id))
        {
            Err(Failure::NotFound) => Err(Stop::Call(format!("there is no run {id}"))),
            other => Ok(other?),
        }
    }
    fn work<'a>(&'a self, permits: &'a Permits) -> Work<'a> {
        Work {
            store: &self.store,
            permits,
            province: &pasi::ImportRules,
        }
    }
}

/// Does what was asked.
pub(crate) fn run(call: &Import) -> Ended {
    let location = call.place.existing()?;
    let division = place::division(&location, call.division.map(id_of))?.division_id;
    let store = place::open(&location, &call.place.config()?)?;
    let desk = Desk {
        store,
        division,
        actor: Actor::system(division, "Import"),
    };
    if call.list {
        return list(&desk);
    }
    if let Some(id) = call.undo {
        return undo(&desk, id);
    }
    let id = match (call.again, &call.file, call.kind) {
        (Some(id), ..) => id,
        (None, Some(file), Some(kind)) => stage(&desk, call, file, kind)?,
        _ => return Err(Stop::Call("name a file and its kind".to_owned())),
    };
    let run = desk.run(id)?;
    let permits = desk.permits(run.kind)?;
    describe(&run);
    let work = desk.work(&permits);
    if call.again.is_some() {
        wait_for(&desk, id)?;
    }
    let done = if call.run {
        work.run(id, &mut progress)
    } else {
        work.check(id, &mut progress)
    };
    let done = done.map_err(told)?;
    println!("{}", counts(&done));
    print_rows(&desk, &permits, id)?;
    if let Some(file) = &call.problems {
        save_problems(&desk, &permits, id, file)?;
    }
    println!("run {id}");
    match (done.totals.refused, call.run) {
        (0, true) => Ok(()),
        (0, false) => {
            println!("Nothing was written. Write it with: lodgepole import --again {id} --run");
            Ok(())
        }
        (many, _) => Err(Stop::Problems(format!("{many} rows cannot be taken"))),
    }
}

/// A run whose program was killed is free when its time is over.
fn wait_for(desk: &Desk, id: ImportId) -> Ended {
    for _ in 0..60 {
        let run = desk.run(id)?;
        if !run.state.is_busy() || run.is_stopped(desk.store.now()) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    Ok(())
}

fn told(failure: Failure) -> Stop {
    match failure {
        Failure::Invalid(findings) => {
            let words: Vec<String> = findings
                .0
                .iter()
                .map(|one| format!("{} ({})", web::in_english(one), one.code))
                .collect();
            Stop::Problems(words.join("\n"))
        }
        Failure::Conflict(_) => {
            Stop::Problems("somebody is at work on this run, or it was done already".to_owned())
        }
        other => other.into(),
    }
}

fn stage(desk: &Desk, call: &Import, file: &Path, kind: Kind) -> Result<ImportId, Stop> {
    if !file.is_file() {
        return Err(Stop::Call(format!("{} is no file", file.display())));
    }
    let permits = desk.permits(kind)?;
    let new = NewRun {
        file_name: file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        mapping: call
            .mapping
            .as_deref()
            .map(|name| mapping(desk, name, kind))
            .transpose()?,
        tells: !call.untold,
    };
    desk.work(&permits)
        .stage(&new, &|| Input::open(file))
        .map_err(told)
}

fn mapping(desk: &Desk, name: &str, kind: Kind) -> Result<Mapping, Stop> {
    if let Some(shipped) = exchange::shipped_named(name) {
        return Ok(shipped.mapping());
    }
    if Path::new(name).extension().is_some_and(|ending| ending == "json") {
        let text = std::fs::read_to_string(name).map_err(Stop::io(name))?;
        return serde_json::from_str(&text).map_err(|error| Stop::Call(format!("{name}: {error}")));
    }
    let permit = access::Permit::program(&desk.actor)?;
    let saved = desk
        .store
        .read_now(desk.division, |at| exchange::saved_mappings(at, &permit))?;
    let found = saved
        .into_iter()
        .find(|one| one.kind == kind && one.mapping.label == name);
    found.map(|one| one.mapping).ok_or_else(|| {
        let names: Vec<&str> = exchange::shipped()
            .iter()
            .filter(|one| one.kind == kind)
            .map(|one| one.name.as_str())
            .collect();
        Stop::Call(format!(
            "there is no mapping {name:?}; shipped for {kind} are {}",
            names.join(", ")
        ))
    })
}

fn describe(run: &Run) {
    let source = &run.source;
    println!(
        "{}: {} rows, {} columns, {}",
        run.file_name,
        run.totals.all,
        source.headings.len(),
        source.format
    );
    if source.encoding != Encoding::Utf8 {
        println!("read as {}, not UTF-8: look at the accents", source.encoding);
    }
    if !run.mapping.label.is_empty() {
        println!("mapping: {}; dates {}", run.mapping.label, run.mapping.dates);
    }
    let unread: Vec<&str> = source
        .headings
        .iter()
        .filter(|heading| run.mapping.field_of(heading).is_none())
        .map(String::as_str)
        .collect();
    if !unread.is_empty() {
        println!("columns that are not read: {}", unread.join(", "));
    }
}

fn progress(progress: &Progress) {
    if progress.goes_on {
        println!("{} to row {}", progress.state, progress.totals.same);
        // A reader of the lines shall see them as they come.
        drop(std::io::stdout().flush());
    }
}

fn counts(done: &Progress) -> String {
    let totals = done.totals;
    format!(
        "{}: {} new, {} changed, {} as they are, {} with problems, {} left out",
        done.state, totals.new, totals.changed, totals.same, totals.refused, totals.skipped
    )
}

/// One line a finding: row, column, value, words, code.
fn line(run: &Run, row: &Row, finding: &Finding) -> [String; 6] {
    let weight = if finding.severity == Severity::Refuse {
        "problem"
    } else {
        "note"
    };
    let value = run
        .place_of(&finding.field)
        .and_then(|at| row.cells.get(at))
        .cloned()
        .unwrap_or_default();
    let column = if finding.field.is_empty() {
        String::new()
    } else {
        run.heading_of(&finding.field).to_owned()
    };
    [
        row.number.to_string(),
        weight.to_owned(),
        column,
        value,
        web::in_english(finding),
        finding.code.clone(),
    ]
}

fn print_rows(desk: &Desk, permits: &Permits, id: ImportId) -> Ended {
    let mut printed = 0;
    let mut more = 0;
    exchange::problems(&desk.store, permits, id, &mut |run, view| {
        for finding in &view.row.findings.0 {
            if printed < PRINTED {
                let [row, weight, column, value, words, code] = line(run, &view.row, finding);
                println!("row {row}\t{weight}\t{column}\t{value:?}\t{words} ({code})");
                printed += 1;
            } else {
                more += 1;
            }
        }
    })?;
    if more > 0 {
        println!("and {more} more findings; see them all with --problems FILE");
    }
    Ok(())
}

fn save_problems(desk: &Desk, permits: &Permits, id: ImportId, file: &Path) -> Ended {
    let mut list = exchange::export::CsvList::new(&["Row", "Weight", "Column", "Value", "Finding", "Code"]);
    exchange::problems(&desk.store, permits, id, &mut |run, view| {
        for finding in &view.row.findings.0 {
            list.row(&line(run, &view.row, finding));
        }
    })?;
    std::fs::write(file, list.finish()).map_err(Stop::io(file.display()))
}

fn list(desk: &Desk) -> Ended {
    let permit = access::Permit::program(&desk.actor)?;
    for run in desk
        .store
        .read_now(desk.division, |at| exchange::runs(at, &permit, Kind::ALL))?
    {
        let totals = run.totals;
        println!(
            "{}\t{}\t{}\t{}\t{}\t{} of {} rows with problems",
            run.id,
            run.created_at.local().date(),
            run.kind,
            run.state,
            run.file_name,
            totals.refused,
            totals.all
        );
    }
    Ok(())
}

fn undo(desk: &Desk, id: ImportId) -> Ended {
    let permits = desk.permits(desk.run(id)?.kind)?;
    desk.work(&permits).undo(id, &mut progress).map_err(told)?;
    let mut left = 0;
    exchange::problems(&desk.store, &permits, id, &mut |_, view| {
        // What stays is done still; the rest is what the file said before.
        if view.row.is_done {
            left += 1;
        }
    })?;
    print_rows(desk, &permits, id)?;
    println!("taken back; {left} rows could not be");
    if left == 0 {
        Ok(())
    } else {
        Err(Stop::Problems(
            "not everything could be taken back; the rows are named above".to_owned(),
        ))
    }
}
