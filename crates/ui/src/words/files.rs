//! The list of message files. A new file is one line here and a file of that name in each language's folder.

macro_rules! files {
    ($($name:literal,)*) => {
        /// Name of each file with its English and its French text.
        pub(super) const FILES: &[(&str, [&str; 2])] = &[$((
            $name,
            [
                include_str!(concat!("../../locales/en-CA/", $name, ".ftl")),
                include_str!(concat!("../../locales/fr-CA/", $name, ".ftl")),
            ],
        ),)*];
    };
}

files![
    "shell",
    "students",
    "as-of",
    "history",
    "findings",
    "pasi",
    "pasi-care",
    "pasi-lag",
    "pasi-kinds",
    "earlier",
    "division",
    "calendar",
    "letters",
    "families",
    "exchange",
    "account",
    "parts",
    "sign-in",
    "gallery",
    "jobs",
    "record",
    "fields",
    "lists",
    "family",
    "desk",
    "year",
    "sections",
    "sections-pasi",
    "requests",
    "desk-results",
    "desk-more",
    "desk-classes",
    "attendance",
];
