//! Words on screen: Fluent messages in every language of the product, and numbers and dates as each language writes them.
//!
//! A file of messages is added with one line in [`mod@files`]; a test refuses a message that one language lacks.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

mod files;
mod write;

/// A phone number as it is read: `780-555-0147`.
pub fn phone(number: &str) -> String {
    match number.len() {
        10 if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}-{}-{}", &number[..3], &number[3..6], &number[6..])
        }
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests;

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English as written in Canada; the default.
    #[default]
    EnCa,
    /// French as written in Canada.
    FrCa,
}

/// A value placed in a message. Counts choose the plural; every number is written as the language writes it.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Words, as they are.
    Text(Cow<'a, str>),
    /// A whole number.
    Count(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Arg::Text(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(count: i64) -> Self {
        Arg::Count(count)
    }
}

impl From<i32> for Arg<'_> {
    fn from(count: i32) -> Self {
        Arg::Count(count.into())
    }
}

impl From<u32> for Arg<'_> {
    fn from(count: u32) -> Self {
        Arg::Count(count.into())
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Arg::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::EnCa));
static FRENCH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::FrCa));

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = lang
        .tag()
        .parse()
        .expect("invariant: our language tags are valid");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would show in attributes and break searching on the page; both languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::EnCa => number_in_english,
        Lang::FrCa => number_in_french,
    }));
    for (name, [english, french]) in files::FILES {
        let text = match lang {
            Lang::EnCa => english,
            Lang::FrCa => french,
        };
        let resource = FluentResource::try_new((*text).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{}/{name}.ftl: {errors:?}", lang.tag()));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{}/{name}.ftl repeats a message: {errors:?}", lang.tag());
        }
    }
    bundle
}

fn number_in_english<M>(value: &FluentValue, _: &M) -> Option<String> {
    number(Lang::EnCa, value)
}

fn number_in_french<M>(value: &FluentValue, _: &M) -> Option<String> {
    number(Lang::FrCa, value)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole counts are placed in messages; see Arg::Count"
)]
fn number(lang: Lang, value: &FluentValue) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(lang.number(number.value as i64)),
        _ => None,
    }
}

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Lang; 2] = [Lang::EnCa, Lang::FrCa];

    /// BCP 47 tag, as in the `lang` attribute and in folder names: `en-CA`, `fr-CA`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::EnCa => "en-CA",
            Lang::FrCa => "fr-CA",
        }
    }

    /// The language of a tag such as `fr`, `fr-CA` or `FR-ca`; `None` when the product does not speak it.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Lang::EnCa),
            "fr" => Some(Lang::FrCa),
            _ => None,
        }
    }

    /// The best language for an `Accept-Language` header: the first listed that the product speaks, else the default.
    ///
    /// Browsers list languages by preference, so the weights are not read.
    pub fn accepted(header: &str) -> Lang {
        header
            .split(',')
            .find_map(|part| Lang::from_tag(part.trim()))
            .unwrap_or_default()
    }

    /// The language offered by the language switch.
    #[must_use]
    pub fn other(self) -> Lang {
        match self {
            Lang::EnCa => Lang::FrCa,
            Lang::FrCa => Lang::EnCa,
        }
    }

    /// The language's own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::EnCa => "English",
            Lang::FrCa => "Français",
        }
    }

    /// The message `key` (`key.attribute` for an attribute). A missing one shows its key in brackets: `⟦key⟧`.
    pub fn t(self, key: &str) -> Cow<'static, str> {
        self.formatted(key, None)
    }

    /// The message `key` with values in their places: `lang.tx("list-shown", &[("n", 12.into())])`.
    pub fn tx(self, key: &str, args: &[(&str, Arg<'_>)]) -> Cow<'static, str> {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            match arg {
                Arg::Text(text) => values.set((*name).to_owned(), text.as_ref().to_owned()),
                Arg::Count(count) => values.set((*name).to_owned(), *count),
            }
        }
        self.formatted(key, Some(&values))
    }

    /// Whether the language has the message: for codes whose wording is optional, such as the help of one rule.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        match self {
            Lang::EnCa => &ENGLISH,
            Lang::FrCa => &FRENCH,
        }
    }

    fn formatted(self, key: &str, args: Option<&FluentArgs>) -> Cow<'static, str> {
        let bundle = self.bundle();
        let (id, attribute) = key
            .split_once('.')
            .map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let pattern = bundle.get_message(id).and_then(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            return Cow::Owned(format!("⟦{key}⟧"));
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        if errors.is_empty() {
            Cow::Owned(text.into_owned())
        } else {
            Cow::Owned(format!("⟦{key}: {text}⟧"))
        }
    }
}
