//! "Test it" on the page of the addresses: what was tried, and how it went.

use super::super::message::Effect;
use super::super::model::Model;
use super::super::task::{Finding, Outcome, What};
use super::super::update::situation;
use super::super::view::Sheet;
use firn_tui::text::{fit, sentence, wrap};
use firn_tui::theme;
use firn_words::{Text, say};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::time::Duration;

/// What is tried, in this order.
const PARTS: &[What] = &[What::Address, What::Gateway, What::Dns, What::Ntp];
/// Columns before the results.
const HEAD: usize = 18;

/// A test of the network: it runs while the page is used. Where that is left or changed its results are dropped; it goes on to its end,
/// unless an installation wants the network.
#[derive(Clone, Debug, Default)]
pub struct NetworkTest {
    /// Counts the tests: what comes of an older one is dropped.
    number: u64,
    state: State,
    /// What was found so far.
    found: Vec<Finding>,
    /// What stood on the page.
    entries: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum State {
    /// None was made of the present entries.
    #[default]
    None,
    /// It runs, since that time on the wizard's clock.
    Runs(Duration),
    /// It is over.
    Over,
    /// It could not be made.
    Failed(Text),
}

impl NetworkTest {
    /// Forgets the test; what still comes of it is dropped.
    pub fn forget(&mut self) {
        *self = Self {
            number: self.number + 1,
            ..Self::default()
        };
    }

    /// Whether there is something to show.
    pub fn shows(&self) -> bool {
        self.state != State::None
    }

    /// Whether it is being made.
    pub fn runs(&self) -> bool {
        matches!(self.state, State::Runs(_))
    }

    /// Takes a result of the test with this number.
    pub fn take(&mut self, number: u64, finding: Finding) {
        if number == self.number && self.runs() {
            self.found.push(finding);
        }
    }

    /// The test with this number is over.
    pub fn end(&mut self, number: u64, result: Result<(), Text>) {
        if number == self.number && self.runs() {
            self.state = result.map_or_else(State::Failed, |()| State::Over);
        }
    }
}

/// Forgets a test of other entries than the present ones: its results would mislead.
pub fn compare(model: &mut Model, entries: &[String]) {
    if model.network_test.shows() && model.network_test.entries != entries {
        model.network_test.forget();
    }
}

/// Begins a test of the answers, made of these entries, unless one runs.
pub fn begin(model: &mut Model, entries: Vec<String>) -> Vec<Effect> {
    if model.network_test.runs() {
        return Vec::new();
    }
    model.network_test.forget();
    model.network_test.state = State::Runs(model.now);
    model.network_test.entries = entries;
    let number = model.network_test.number;
    vec![Effect::TestNetwork(number, Box::new(situation(model)))]
}

/// Shows the results so far.
pub fn view(sheet: &mut Sheet) {
    let test = &sheet.model.network_test;
    if let State::Failed(text) = &test.state {
        let text = sentence(&sheet.say(text.clone()));
        sheet.indented(2, format!("! {text}"), theme::bad());
    } else {
        let mut running = matches!(test.state, State::Runs(_));
        for what in PARTS {
            let name = sheet.say(what.title());
            match test.found.iter().find(|finding| finding.what == *what) {
                Some(finding) => {
                    let (sign, style) = look(finding.outcome);
                    let text = sheet.say(finding.text.clone());
                    result(sheet, sign, &name, &text, style);
                }
                None if std::mem::take(&mut running) => {
                    let text = sheet.say(say!("page-test-running"));
                    let seconds = format!("{text} {} s", since(sheet.model).as_secs());
                    result(
                        sheet,
                        spinner(sheet.model),
                        &name,
                        &seconds,
                        theme::accent(),
                    );
                }
                None => result(sheet, "·", &name, "", theme::dim()),
            }
        }
    }
}

fn result(sheet: &mut Sheet, sign: &str, name: &str, text: &str, style: Style) {
    let mut head = format!("  {sign} {}", fit(name, HEAD - 4));
    for line in wrap(text, sheet.width.saturating_sub(HEAD)) {
        let head = std::mem::replace(&mut head, " ".repeat(HEAD));
        sheet.line(Line::from(vec![Span::styled(head, style), Span::raw(line)]));
    }
}

fn look(outcome: Outcome) -> (&'static str, Style) {
    match outcome {
        Outcome::Works => (theme::DONE, theme::good()),
        Outcome::Note => ("i", theme::accent()),
        Outcome::Fails => ("!", theme::bad()),
        Outcome::NotTried => ("-", theme::dim()),
    }
}

fn since(model: &Model) -> Duration {
    match model.network_test.state {
        State::Runs(since) => model.now.saturating_sub(since),
        _ => Duration::ZERO,
    }
}

/// Turns while something runs: four times a second, which a serial line bears.
fn spinner(model: &Model) -> &'static str {
    const TURNS: [&str; 4] = ["|", "/", "-", "\\"];
    TURNS[(model.now.as_millis() / 250 % 4) as usize]
}
