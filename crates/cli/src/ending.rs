//! How a command ends, in words and as an exit code.

use kernel::{Class, Failure};
use std::process::ExitCode;

/// Why a command did not do what it was asked, in words for the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The work was done and found problems; or the records refuse it. Exit code 1.
    Problems(String),
    /// The call or the configuration is wrong. Exit code 2.
    Call(String),
    /// The database, a file or PASI is away. Exit code 3.
    Away(String),
}

/// What a command answers.
pub(crate) type Ended = Result<(), Stop>;

impl Stop {
    /// Its exit code.
    pub(crate) const fn code(&self) -> u8 {
        match self {
            Self::Problems(_) => 1,
            Self::Call(_) => 2,
            Self::Away(_) => 3,
        }
    }
    /// Its words.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Problems(words) | Self::Call(words) | Self::Away(words) => words,
        }
    }
    /// A file or folder that cannot be used.
    pub(crate) fn io(what: impl std::fmt::Display) -> impl FnOnce(std::io::Error) -> Self {
        move |error| Self::Away(format!("{what}: {error}"))
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        let words = failure.log_line();
        match failure.class() {
            Class::Unavailable => Self::Away(words),
            Class::Invalid | Class::NotFound | Class::Denied | Class::Conflict | Class::Fault => {
                Self::Problems(words)
            }
        }
    }
}

/// Says why, where there is something to say, and answers with the code.
pub(crate) fn code(ended: Ended) -> ExitCode {
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("lodgepole: {}", stop.words());
            ExitCode::from(stop.code())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_end_has_its_exit_code() {
        for (stop, code) in [
            (Stop::Problems(String::new()), 1),
            (Stop::Call(String::new()), 2),
            (Stop::Away(String::new()), 3),
            (Failure::Unavailable("database".to_owned()).into(), 3),
            (Failure::refuse("LP-0101", "password").into(), 1),
            (Failure::NotFound.into(), 1),
        ] {
            assert_eq!(stop.code(), code, "{stop:?}");
        }
    }

    #[test]
    fn the_words_of_a_refusal_name_its_codes() {
        let stop = Stop::from(Failure::refuse("LP-0101", "password"));
        assert_eq!(stop.words(), "invalid: LP-0101");
    }
}
