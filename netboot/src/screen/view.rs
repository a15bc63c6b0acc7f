//! The table's model and its picture. Pure.

use super::keys::Act;
use crate::event::Event;
use crate::machine::{Machine, Stage};
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Row, Table, TableState};

/// What is on the screen.
#[derive(Debug)]
pub struct Model {
    title: String,
    approve: bool,
    machines: Vec<Machine>,
    trouble: Option<String>,
    now: Timestamp,
    table: TableState,
}

impl Model {
    /// An empty table; `approve` when somebody must allow installations.
    pub fn new(title: String, approve: bool) -> Self {
        Self {
            title,
            approve,
            machines: Vec::new(),
            trouble: None,
            now: Timestamp::UNIX_EPOCH,
            table: TableState::default(),
        }
    }

    /// Takes in how things are now.
    pub fn look(&mut self, machines: Vec<Machine>, trouble: Option<String>, now: Timestamp) {
        self.machines = machines;
        self.trouble = trouble;
        self.now = now;
        if self.table.selected().is_none() && !self.machines.is_empty() {
            self.table.select(Some(0));
        }
    }

    /// Moves the marked row.
    pub fn step(&mut self, by: isize) -> Act {
        let last = self.machines.len().saturating_sub(1);
        let row = self.table.selected().unwrap_or_default();
        self.table
            .select(Some(row.saturating_add_signed(by).min(last)));
        Act::Nothing
    }

    /// Allows the marked machine's installation, if it waits for that.
    pub fn approve(&self) -> Act {
        let waits = |machine: &&Machine| machine.stage == Stage::Waiting;
        tell(self.marked().filter(waits).map(approved))
    }

    /// Allows all installations that wait for that.
    pub fn approve_all(&self) -> Act {
        let waits = |machine: &&Machine| machine.stage == Stage::Waiting;
        tell(self.machines.iter().filter(waits).map(approved))
    }

    /// Lets the marked machine be installed once more.
    pub fn again(&self) -> Act {
        tell(
            self.marked()
                .map(|machine| Event::Again { mac: machine.mac }),
        )
    }

    fn marked(&self) -> Option<&Machine> {
        self.machines.get(self.table.selected()?)
    }
}

fn approved(machine: &Machine) -> Event {
    Event::Approved { mac: machine.mac }
}

fn tell(events: impl IntoIterator<Item = Event>) -> Act {
    match events.into_iter().collect::<Vec<_>>() {
        events if events.is_empty() => Act::Nothing,
        events => Act::Tell(events),
    }
}

/// Title, table, and the keys at the bottom.
pub fn draw(frame: &mut Frame, model: &mut Model) {
    let [title, table, trouble, detail, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(u16::from(model.trouble.is_some())),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(frame.area());
    let bold = Style::new().add_modifier(Modifier::BOLD);
    frame.render_widget(Line::styled(model.title.as_str(), bold), title);
    let rows: Vec<Row> = model.machines.iter().map(|m| row(m, model.now)).collect();
    let widths = [
        Constraint::Length(17),
        Constraint::Length(8),
        Constraint::Max(28),
        Constraint::Min(24),
        Constraint::Length(8),
    ];
    let header = Row::new(["MAC", "UUID", "MODEL", "STAGE", "TIME"]).style(bold);
    let picture = Table::new(rows, widths)
        .header(header)
        .row_highlight_style(Style::new().add_modifier(Modifier::REVERSED));
    frame.render_stateful_widget(picture, table, &mut model.table);
    let red = Style::new().fg(Color::Red);
    frame.render_widget(
        Line::styled(model.trouble.as_deref().unwrap_or_default(), red),
        trouble,
    );
    frame.render_widget(Line::raw(detail_line(model.marked())), detail);
    frame.render_widget(Line::raw(keys_line(model.approve)), keys);
}

/// The marked machine in full, since the table has no room for all of it.
fn detail_line(marked: Option<&Machine>) -> String {
    let Some(machine) = marked else {
        return "No machine has asked yet: switch one on and let it start from the network.".into();
    };
    let address = machine.address.map(|address| address.to_string());
    let names = [machine.hostname.clone(), address, machine.serial.clone()];
    let names: Vec<String> = names.into_iter().flatten().collect();
    format!("{} {}: {}", machine.mac, names.join(", "), machine.text)
}

fn keys_line(approve: bool) -> &'static str {
    match approve {
        true => "a: allow installation   A: allow all   i: install again   q: end",
        false => "i: install again   q: end",
    }
}

fn row(machine: &Machine, now: Timestamp) -> Row<'static> {
    let uuid = machine.uuid.as_deref().unwrap_or_default();
    let cells = [
        machine.mac.to_string(),
        uuid.chars().take(8).collect(),
        machine.model.clone().unwrap_or_default(),
        machine.text.clone(),
        age(now.as_second() - machine.since.as_second()),
    ];
    Row::new(cells).style(Style::new().fg(colour(&machine.stage)))
}

fn colour(stage: &Stage) -> Color {
    match stage {
        Stage::Waiting => Color::Yellow,
        Stage::Done => Color::Green,
        Stage::Failed(_) | Stage::Unsupported(_) => Color::Red,
        _ => Color::Reset,
    }
}

/// `0:07`, `12:34`, `1:02:03`.
fn age(seconds: i64) -> String {
    let seconds = seconds.max(0);
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mac::Mac;
    use crate::screen::keys::act;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    fn mac(last: u8) -> Mac {
        Mac([0x52, 0x54, 0, 0x12, 0x34, last])
    }

    fn machine(last: u8, stage: Stage) -> Machine {
        let mut machine = Machine::new(mac(last), Timestamp::UNIX_EPOCH);
        machine.enter(stage, Timestamp::from_second(10).unwrap());
        machine
    }

    fn model() -> Model {
        let mut first = machine(1, Stage::Installing(43));
        first.uuid = Some("4c4c4544-0042-3510-8058-b4c04f4a4c32".into());
        first.serial = Some("ABC1234".into());
        first.address = Some([192, 0, 2, 10].into());
        first.model = Some("Dell Inc. PowerEdge R740".into());
        let machines = vec![
            first,
            machine(2, Stage::Waiting),
            machine(3, Stage::Waiting),
            machine(
                4,
                Stage::Failed("problem memory: 512 MiB are too little".into()),
            ),
        ];
        let mut model = Model::new("serving on port 80".into(), true);
        model.look(machines, None, Timestamp::from_second(3735).unwrap());
        model
    }

    fn picture(model: &mut Model) -> String {
        let mut terminal = Terminal::new(TestBackend::new(100, 9)).unwrap();
        terminal.draw(|frame| draw(frame, model)).unwrap();
        terminal.backend().to_string()
    }

    fn press(code: KeyCode, model: &mut Model) -> Act {
        act(KeyEvent::new(code, KeyModifiers::NONE), model)
    }

    #[test]
    fn the_table() {
        let mut model = model();
        insta::assert_snapshot!("table", picture(&mut model));
        model.trouble = Some("writing the log: no space left on device".into());
        insta::assert_snapshot!("table-with-trouble", picture(&mut model));
        insta::assert_snapshot!(
            "table-empty",
            picture(&mut Model::new("serving".into(), false))
        );
    }

    #[test]
    fn keys() {
        let mut model = model();
        let approved = |last| Event::Approved { mac: mac(last) };
        assert_eq!(
            press(KeyCode::Char('a'), &mut model),
            Act::Nothing,
            "it does not wait"
        );
        press(KeyCode::Down, &mut model);
        assert_eq!(
            press(KeyCode::Char('a'), &mut model),
            Act::Tell(vec![approved(2)])
        );
        assert_eq!(
            press(KeyCode::Char('A'), &mut model),
            Act::Tell(vec![approved(2), approved(3)])
        );
        for _ in 0..9 {
            press(KeyCode::Down, &mut model);
        }
        assert_eq!(
            press(KeyCode::Char('i'), &mut model),
            Act::Tell(vec![Event::Again { mac: mac(4) }])
        );
        press(KeyCode::Up, &mut model);
        assert_eq!(
            press(KeyCode::Enter, &mut model),
            Act::Tell(vec![approved(3)])
        );
        assert_eq!(press(KeyCode::Char('q'), &mut model), Act::End);
        let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(act(ctrl_c, &mut model), Act::End);
    }

    #[test]
    fn ages() {
        assert_eq!(
            [7, 754, 3723, -1].map(age),
            ["0:07", "12:34", "1:02:03", "0:00"]
        );
    }
}
