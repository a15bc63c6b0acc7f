//! From the wizard's pages to what is done for them beside installing: network, lights, keys, clock, answers.

use crate::desk::{clock, network_test, save_answers, ssh_keys};
use crate::stick::{self, Stick};
use crate::wizard::task::{Fetched, Finding, KeySource, Situation};
use firn_words::{Text, say};

/// Tries the network of the answers; `each` gets every result as soon as it is there.
///
/// # Errors
/// Why it could not be tried at all.
pub fn test_network(situation: &Situation, each: &mut dyn FnMut(Finding)) -> Result<(), Text> {
    let (machine, answers) = (&situation.machine, &situation.answers);
    network_test::run(machine, answers, &mut |finding| each(finding.clone())).map(drop)
}

/// Fetches SSH keys: the good ones, and what is wrong with the first that is none.
///
/// # Errors
/// Why there are none.
pub fn keys(source: &KeySource, situation: &Situation) -> Result<Fetched, Text> {
    let found = match source {
        KeySource::Sticks => on_sticks()?,
        KeySource::Url(url) => ssh_keys::from_url(url, &situation.machine, &situation.answers)?,
    };
    let refused = found.refused.into_iter().next();
    match refused {
        Some(refused) if found.keys.is_empty() => Err(refused),
        refused => Ok(Fetched {
            lines: found.keys.into_iter().map(|key| key.line).collect(),
            refused,
        }),
    }
}

/// The keys on all sticks; what is wrong with one of them only counts where no other has keys.
fn on_sticks() -> Result<ssh_keys::Keys, Text> {
    let mut all = ssh_keys::Keys::default();
    let mut wrong = None;
    for stick in stick::list() {
        match ssh_keys::from_stick(&stick) {
            Ok(keys) => {
                all.keys.extend(keys.keys);
                all.refused.extend(keys.refused);
            }
            Err(text) => wrong = wrong.or(Some(text)),
        }
    }
    if all.keys.is_empty() && all.refused.is_empty() {
        return Err(wrong.unwrap_or_else(|| say!("page-login-no-stick")));
    }
    Ok(all)
}

/// Sets the clock to a time that was typed, in the time zone of the answers.
///
/// # Errors
/// Why it is not set.
pub fn set_clock(text: &str, situation: &Situation) -> Result<Text, Text> {
    clock::set(text, &situation.answers.timezone)?;
    Ok(say!("page-time-is-set"))
}

/// Saves the answers on the stick with this name, or gives them to be read.
///
/// # Errors
/// Why not.
pub fn answers(stick: Option<&str>, situation: &Situation) -> Result<Vec<Text>, Text> {
    let answers = &situation.answers;
    let Some(name) = stick else {
        let text = save_answers::to_text(answers)?;
        return Ok(text.lines().map(Text::from).collect());
    };
    let file = save_answers::save(answers, &stick_named(name)?)?;
    Ok(vec![
        say!("page-save-saved", file = file, stick = name),
        say!("page-save-saved-how"),
    ])
}

/// The stick with this name.
///
/// # Errors
/// That it is not there any more.
pub fn stick_named(name: &str) -> Result<Stick, Text> {
    let sticks = stick::writable().into_iter();
    let mut named = sticks.filter(|stick| stick.name == name);
    named.next().ok_or_else(|| say!("wizard-gone", name = name))
}
