use super::*;

fn read(text: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
    let environment: Vec<(String, String)> = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let values = Values::read(Some((Path::new("lodgepole.toml"), text)), &environment)?;
    Config::of(values)
}

#[test]
fn a_mistake_is_refused_with_its_line_and_the_nearest_key() {
    for (text, words) in [
        (
            "lisen = \"1.2.3.4:5\"",
            "lodgepole.toml:1: no such key lisen; is listen meant?",
        ),
        (
            "data = \"a\"\n\n[pasi]\nurll = \"https://x\"",
            "lodgepole.toml:4: no such key pasi.urll; is pasi.url meant?",
        ),
        (
            "colour = 1",
            "lodgepole.toml:1: no such key colour; `lodgepole config --explain` lists all",
        ),
        (
            "listen = 8080",
            "lodgepole.toml:1: listen takes an address and port, such as 127.0.0.1:8080",
        ),
        (
            "\nlisten = \"localhost\"",
            "lodgepole.toml:2: listen takes an address and port, such as 127.0.0.1:8080, not \"localhost\"",
        ),
        (
            "readers = 0",
            "lodgepole.toml:1: readers takes a whole number from 1 up, not \"0\"",
        ),
        (
            "[tls]\ncertificate = \"c.pem\"",
            "lodgepole.toml:2: tls.certificate needs tls.key beside it",
        ),
        (
            "[pasi]\nurl = \"http://x\"",
            "lodgepole.toml:2: pasi.url begins with https://",
        ),
        (
            "[pasi]\norganization = \"3260\"",
            "lodgepole.toml:2: pasi.organization takes an organization code such as A.3260, not \"3260\"",
        ),
    ] {
        assert_eq!(read(text, &[]).err().as_deref(), Some(words), "{text}");
    }
}

#[test]
fn a_file_that_is_not_toml_is_refused_with_its_line() {
    let words = read("data = \"a\"\nlisten = \n", &[]).expect_err("no value");
    assert!(words.starts_with("lodgepole.toml:2: "), "{words}");
}

#[test]
fn a_variable_goes_before_the_file_and_a_wrong_one_is_refused() {
    let config = read("listen = \"127.0.0.1:1\"", &[("LODGEPOLE_LISTEN", "127.0.0.1:2")]).expect("right");
    assert_eq!(config.listen.port(), 2);
    for (variable, value, words) in [
        (
            "LODGEPOLE_LISEN",
            "x",
            "LODGEPOLE_LISEN: no such variable; is LODGEPOLE_LISTEN meant?",
        ),
        (
            "LODGEPOLE_PASI_URLS",
            "x",
            "LODGEPOLE_PASI_URLS: no such variable; is LODGEPOLE_PASI_URL meant?",
        ),
        (
            "LODGEPOLE_READERS",
            "many",
            "LODGEPOLE_READERS: readers takes a whole number from 1 up, not \"many\"",
        ),
    ] {
        assert_eq!(read("", &[(variable, value)]).err().as_deref(), Some(words));
    }
    assert!(read("", &[("LODGEPOLE_TEST_POSTGRES", "x")]).is_ok());
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let config = read("", &[]).expect("right");
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(
        (config.data, config.keys),
        (PathBuf::from("data"), PathBuf::from("keys"))
    );
    assert_eq!((config.pasi, config.tls, config.database_url), (None, None, None));
}

#[test]
fn what_is_shown_covers_the_password_of_the_database() {
    let config = read("database_url = \"postgres://lp:secret@db/one\"", &[]).expect("right");
    let shown = config.shown();
    assert!(
        shown.contains("database_url = postgres://lp:***@db/one  (lodgepole.toml:1)"),
        "{shown}"
    );
}

#[test]
fn the_explanation_names_every_key_and_is_toml() {
    let text = explained();
    for key in keys::KEYS {
        assert!(text.contains(&key.variable()), "{}", key.name);
    }
    assert!(toml::from_str::<toml::Table>(&text).is_ok(), "{text}");
}
