//! How people log in to the host: a password, a key, or both.

use super::super::control::Control;
use super::super::model::Model;
use super::super::theme;
use super::super::view::Sheet;
use super::{Behaviour, Errors, note};
use firn_config::{Secret, check_password, check_ssh_key};
use firn_words::{Text, say};

/// Root's password.
pub const PASSWORD: Control = Control::secret("password");
/// The same again.
pub const AGAIN: Control = Control::secret("password-again");
/// An SSH public key.
pub const KEY: Control = Control::text("ssh-key");

/// Fewest characters of a password.
const SHORTEST: usize = 8;

/// The page.
pub struct Login;

impl Behaviour for Login {
    fn title(&self) -> Text {
        say!("page-login-title")
    }

    fn intro(&self, _model: &Model) -> Option<Text> {
        Some(say!("page-login-intro"))
    }

    fn help(&self) -> Vec<Text> {
        vec![
            say!("page-login-help-password"),
            say!("page-login-help-key"),
        ]
    }

    fn controls(&self, _model: &Model) -> Vec<Control> {
        vec![PASSWORD, AGAIN, KEY]
    }

    fn commit(&self, model: &mut Model) -> Errors {
        let mut errors = Errors::new();
        let (password, again) = (model.text(PASSWORD).to_owned(), model.text(AGAIN));
        let key = model.text(KEY).to_owned();
        if password.is_empty() && again.is_empty() && key.is_empty() {
            errors.push((PASSWORD, say!("page-login-nothing")));
        } else if !password.is_empty() || !again.is_empty() {
            note(&mut errors, PASSWORD, rules(&password));
            if again != password {
                errors.push((AGAIN, say!("page-login-differ")));
            }
        }
        if !key.is_empty() {
            note(&mut errors, KEY, check_ssh_key(&key));
        }
        if errors.is_empty() {
            let host = &mut model.answers.host;
            host.root_password = (!password.is_empty()).then_some(Secret(password));
            host.ssh_keys = if key.is_empty() {
                Vec::new()
            } else {
                vec![key]
            };
        }
        errors
    }

    fn view(&self, sheet: &mut Sheet) {
        let model = sheet.model;
        sheet.field(PASSWORD, say!("page-login-password"), None);
        sheet.field(AGAIN, say!("page-login-again"), None);
        sheet.blank();
        let example = say!("page-login-key-example");
        sheet.field(KEY, say!("page-login-key"), Some(example));
        sheet.blank();
        if model.text(PASSWORD).is_empty() && !model.text(KEY).is_empty() {
            sheet.indented(2, say!("page-login-key-alone"), theme::warn());
        } else {
            sheet.indented(2, say!("page-login-rules", least = SHORTEST), theme::dim());
        }
    }
}

fn rules(password: &str) -> Result<(), Text> {
    check_password(password)?;
    if password.chars().count() < SHORTEST {
        return Err(say!("page-login-short", least = SHORTEST));
    }
    Ok(())
}
