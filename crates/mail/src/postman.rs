//! The way to the mail server.

use crate::model::{Answer, Security, Smtp, Taken};
use kernel::MailId;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How long a server may take to answer one command.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long an attempt may last.
const ATTEMPT: Duration = Duration::from_secs(90);

/// Sends messages through a mail server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Postman(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    smtp: Smtp,
    from: Mailbox,
}

impl Postman {
    /// For a mail server. In words why not, when the address of the sender is none, or a server elsewhere would be
    /// spoken to in the clear.
    pub fn new(smtp: Smtp) -> Result<Self, String> {
        let from: Mailbox = smtp
            .from
            .parse()
            .map_err(|_| format!("the sender {:?} is no address", smtp.from))?;
        if smtp.security == Security::None && !is_here(&smtp.host) {
            return Err(format!(
                "{} is not this machine; without TLS only a server on it is spoken to",
                smtp.host
            ));
        }
        Ok(Self(Arc::new(Inner { smtp, from })))
    }

    /// The server's name and port.
    pub fn server(&self) -> (&str, u16) {
        (&self.0.smtp.host, self.0.smtp.port)
    }

    /// Sends one message.
    pub(crate) async fn send(&self, taken: &Taken) -> Answer {
        let message = match self.message(taken) {
            Ok(message) => message,
            Err(words) => return Answer::Refused(words),
        };
        let transport = match self.transport() {
            Ok(transport) => transport,
            Err(words) => return Answer::Away(words),
        };
        match tokio::time::timeout(ATTEMPT, transport.send(message)).await {
            Ok(Ok(response)) => Answer::Taken(response.code().to_string()),
            Ok(Err(error)) => answered(&error),
            Err(_) => Answer::Later("the mail server did not answer in time".to_owned()),
        }
    }

    /// The message as it is sent, the same each time: its `Message-ID` and its date are those of its making.
    fn message(&self, taken: &Taken) -> Result<Message, String> {
        let to: Mailbox = taken.to.parse().map_err(|_| "the address is none".to_owned())?;
        let made = u64::try_from(taken.made_at.micros()).unwrap_or(0);
        Message::builder()
            .from(self.0.from.clone())
            .to(to)
            .subject(taken.subject.clone())
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(made))
            .message_id(Some(self.message_id(taken.id)))
            .header(ContentType::TEXT_PLAIN)
            .body(taken.text.clone())
            .map_err(|error| error.to_string())
    }

    fn message_id(&self, id: MailId) -> String {
        format!("<{id}@{}>", self.0.from.email.domain())
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
        let smtp = &self.0.smtp;
        let tls = || TlsParameters::new(smtp.host.clone()).map_err(|error| error.to_string());
        let tls = match smtp.security {
            Security::Tls => Tls::Wrapper(tls()?),
            Security::StartTls => Tls::Required(tls()?),
            Security::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
            .port(smtp.port)
            .tls(tls)
            .hello_name(ClientId::Domain(self.0.from.email.domain().to_owned()))
            .timeout(Some(PATIENCE));
        if let Some(user) = &smtp.user {
            builder = builder.credentials(Credentials::new(user.clone(), self.password()?));
        }
        Ok(builder.build())
    }

    fn password(&self) -> Result<String, String> {
        let Some(file) = &self.0.smtp.password_file else {
            return Ok(String::new());
        };
        std::fs::read_to_string(file)
            .map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
            .map_err(|error| format!("the password's file: {error}"))
    }
}

/// What an error of the conversation comes to.
fn answered(error: &Error) -> Answer {
    let words = words(error);
    // Whom the server does not let in (530 to 538) it refuses us, not the message.
    let is_ours = error
        .status()
        .is_some_and(|code| (530..=538).contains(&u16::from(code)));
    if is_ours {
        Answer::Away(words)
    } else if error.is_permanent() {
        Answer::Refused(words)
    } else if error.is_transient() || error.is_timeout() || error.is_response() {
        Answer::Later(words)
    } else {
        Answer::Away(words)
    }
}

/// The error with its causes.
fn words(error: &Error) -> String {
    let mut all = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(one) = cause {
        let one_words = one.to_string();
        if !all.contains(&one_words) {
            all = format!("{all}: {one_words}");
        }
        cause = one.source();
    }
    all
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::Postman;
    use crate::model::{Security, Smtp};

    #[test]
    fn a_server_elsewhere_is_not_spoken_to_in_the_clear() {
        let smtp = |host: &str, security, from: &str| {
            Postman::new(Smtp {
                host: host.to_owned(),
                port: 25,
                security,
                user: None,
                password_file: None,
                from: from.to_owned(),
            })
            .is_ok()
        };
        let from = "Office <office@division.example>";
        assert!(smtp("127.0.0.1", Security::None, from));
        assert!(!smtp("mail.example", Security::None, from));
        assert!(smtp("mail.example", Security::StartTls, from));
        assert!(!smtp("mail.example", Security::Tls, "nobody"));
    }
}
