//! Every key of the configuration, in one table.

/// What kind of value a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A folder or a file.
    Path,
    /// `address:port`.
    Address,
    /// A whole number from 1 up.
    Number,
}

impl Kind {
    /// In words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Path => "a path",
            Self::Address => "an address and port, such as 127.0.0.1:8080",
            Self::Number => "a whole number from 1 up",
        }
    }
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    /// As in the file; a table before the point.
    pub(super) name: &'static str,
    /// What it takes.
    pub(super) kind: Kind,
    /// What holds when it is not set; empty for nothing.
    pub(super) default: &'static str,
    /// What it does.
    pub(super) about: &'static str,
}

impl Key {
    /// Its environment variable.
    pub(super) fn variable(&self) -> String {
        format!("LODGEPOLE_{}", self.name.replace('.', "_").to_uppercase())
    }
}

/// Every key.
pub(super) const KEYS: &[Key] = &[
    Key {
        name: "data",
        kind: Kind::Path,
        default: "data",
        about: "Folder of the records (SQLite).",
    },
    Key {
        name: "database_url",
        kind: Kind::Text,
        default: "",
        about: "postgres:// URL; the records are there instead of in the folder.",
    },
    Key {
        name: "keys",
        kind: Kind::Path,
        default: "keys",
        about: "Folder of the master key; keep it, and its backups, apart from the records.",
    },
    Key {
        name: "division",
        kind: Kind::Number,
        default: "",
        about: "Number of the division, where the database has several.",
    },
    Key {
        name: "listen",
        kind: Kind::Address,
        default: "127.0.0.1:8080",
        about: "Where the site listens.",
    },
    Key {
        name: "public_url",
        kind: Kind::Text,
        default: "",
        about: "Address that people type, such as https://sis.division.example; passkeys are bound to its host name.",
    },
    Key {
        name: "log",
        kind: Kind::Text,
        default: "info",
        about: "What is logged: error, warn, info, debug, or per part: warn,pasi=debug.",
    },
    Key {
        name: "readers",
        kind: Kind::Number,
        default: "4",
        about: "Database connections that read.",
    },
    Key {
        name: "writers",
        kind: Kind::Number,
        default: "8",
        about: "Database connections that write, on PostgreSQL.",
    },
    Key {
        name: "idle_minutes",
        kind: Kind::Number,
        default: "30",
        about: "Minutes without input after which a session ends; 5 to 30.",
    },
    Key {
        name: "backup.to",
        kind: Kind::Path,
        default: "",
        about: "Folder of the daily backups, one folder a day at 3:00; none where backups are made otherwise.",
    },
    Key {
        name: "backup.keep",
        kind: Kind::Number,
        default: "14",
        about: "Daily backups that are kept; the oldest beyond them are removed.",
    },
    Key {
        name: "mail.host",
        kind: Kind::Text,
        default: "",
        about: "Name of the mail server (SMTP); none where no e-mail is sent.",
    },
    Key {
        name: "mail.port",
        kind: Kind::Number,
        default: "587",
        about: "Its port: 587 for starttls, 465 for tls.",
    },
    Key {
        name: "mail.tls",
        kind: Kind::Text,
        default: "starttls",
        about: "How the way there is kept private: starttls, tls, or none for a server on this machine.",
    },
    Key {
        name: "mail.user",
        kind: Kind::Text,
        default: "",
        about: "Whom the program signs in as at the mail server; none without.",
    },
    Key {
        name: "mail.password_file",
        kind: Kind::Path,
        default: "",
        about: "File of the password, readable by its owner alone.",
    },
    Key {
        name: "mail.from",
        kind: Kind::Text,
        default: "",
        about: "Whom messages come from, such as School division <office@division.example>.",
    },
    Key {
        name: "tls.certificate",
        kind: Kind::Path,
        default: "",
        about: "PEM certificate chain of the site; leave away behind a proxy.",
    },
    Key {
        name: "tls.key",
        kind: Kind::Path,
        default: "",
        about: "PEM private key of the site.",
    },
    Key {
        name: "pasi.url",
        kind: Kind::Text,
        default: "",
        about: "Endpoint of PASI; none for a division that is not connected.",
    },
    Key {
        name: "pasi.credentials",
        kind: Kind::Path,
        default: "pasi",
        about: "Folder with cert.pem, key.pem and ca.pem.",
    },
    Key {
        name: "pasi.organization",
        kind: Kind::Text,
        default: "",
        about: "Whom calls speak for when no school is meant, such as A.3260; the division's authority when left away.",
    },
];

/// The key of a name.
pub(super) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The key whose name is nearest, when one is near enough to be meant.
pub(super) fn nearest(name: &str) -> Option<&'static Key> {
    let found = KEYS
        .iter()
        .map(|key| (distance(name, key.name), key))
        .min_by_key(|(far, _)| *far)?;
    (found.0 <= 2.max(name.len() / 3)).then_some(found.1)
}

/// Letters to add, drop or change to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = place + 1;
        for (at, there) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *there);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_key_is_led_to_the_nearest() {
        for (typed, meant) in [
            ("lisen", Some("listen")),
            ("databaseurl", Some("database_url")),
            ("pasi.credential", Some("pasi.credentials")),
            ("tls.cert", None),
            ("tls.certficate", Some("tls.certificate")),
            ("colour", None),
        ] {
            assert_eq!(nearest(typed).map(|key| key.name), meant, "{typed}");
        }
    }

    #[test]
    fn each_key_has_a_variable_of_its_own() {
        let mut all: Vec<String> = KEYS.iter().map(Key::variable).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), KEYS.len());
        assert_eq!(
            key("pasi.url").map(Key::variable).as_deref(),
            Some("LODGEPOLE_PASI_URL")
        );
    }
}
