//! Paper: what a page gives as a file to print.

use kernel::{Failure, Instant, Outcome};
use pdf::Paper;

/// A document, made beside the threads that serve pages; `name` tells it apart from others.
pub(crate) async fn made<P: Paper + Send + 'static>(
    of: P,
    (name, at): (String, Instant),
) -> Outcome<Vec<u8>> {
    let work = move || pdf::render(&of, (&name, at));
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Failure::Fault(format!("paper: {error}"))))
}

/// The language of a document as a reading machine knows it.
pub(crate) fn tag(lang: ui::Lang) -> String {
    match lang {
        ui::Lang::EnCa => "en".to_owned(),
        ui::Lang::FrCa => "fr".to_owned(),
    }
}
