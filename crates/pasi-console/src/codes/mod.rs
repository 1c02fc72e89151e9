//! The code tables and the school years, as the ministry keeps them.

pub(crate) mod classes;
pub(crate) mod values;

use crate::at::At;

/// The name of a class in the language of the page; its own where the program knows no such list.
fn title(at: &At, class: &str) -> String {
    let lang = codes::Lang::of_tag(at.lang.tag());
    codes::CodeSet::of_class(class).map_or_else(
        || class.to_owned(),
        |set| codes::built_in(set).title(lang).to_owned(),
    )
}
