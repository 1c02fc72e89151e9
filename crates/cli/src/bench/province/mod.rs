//! How fast the connection to the province is, and how much it bears; every
//! figure beside a bare client's in the same run.
//!
//! Read first: [`pasi`] (the order of work), `ask.rs` (the bare client), then
//! one file a group of figures.

mod ask;
mod live;
mod load;
mod long_polls;
mod news;
mod saves;
mod whole;

use super::Measured;
use super::figure::Figure;
use crate::ending::Stop;
use live::Live;
use load::Load;
use whole::Whole;

/// Students whose first load is measured always; a larger number is held against it.
const FEW: usize = 2_000;
/// Students of the larger of the two first loads, when none are asked for.
const MORE: usize = 8_143;
/// The division whose cost of a record a larger one is held against.
const SMALL_DIVISION: usize = 8_000;
/// Students of the province, when none are asked for.
const PROVINCE: usize = 40_000;
/// Systems that listen at once.
const LISTENERS: usize = 350;

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct AskPasi {
    /// Students of the division that is loaded for the first time.
    pub(crate) students: Option<usize>,
    /// Students of the province.
    pub(crate) province: Option<usize>,
}

/// The figures of the connection: a save at the counter, a change elsewhere,
/// the first load of a division, a province of many that many listen to.
pub(crate) async fn pasi(ask: &AskPasi) -> Result<Vec<Figure>, Stop> {
    let mut all = Measured::default();
    let larger = ask.students.unwrap_or(MORE);
    let smaller = if larger > SMALL_DIVISION {
        SMALL_DIVISION
    } else {
        FEW.min(larger)
    };
    let smaller = if ask.students.is_none() { FEW } else { smaller };
    let live = Live::start(smaller).await?;
    all.add(saves::figures(&live).await?);
    all.add(news::figures(&live).await?);
    live.stop().await?;
    let few = Load::measured(smaller).await?;
    all.add(few.figures());
    if larger > smaller {
        let many = Load::measured(larger).await?;
        all.add(many.figures());
        all.add([many.beside(&few)]);
    }
    let whole = Whole::start(ask.province.unwrap_or(PROVINCE)).await?;
    all.add(whole.figures().await?);
    all.add(long_polls::figures(&whole, LISTENERS).await?);
    Ok(all.0)
}
