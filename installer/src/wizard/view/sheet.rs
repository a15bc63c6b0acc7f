//! The rows that a page is made of: text, lists, choices, fields.

use super::super::model::Model;
use super::super::page::{Button, Control, Kind};
use super::super::text::{Field, fit, width, wrap};
use super::super::theme;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the labels before fields.
const LABEL: usize = 16;
/// Widest field.
const WIDEST: usize = 56;

/// One row of a page.
#[derive(Debug, Default)]
pub struct Row {
    /// What stands there.
    pub line: Line<'static>,
    /// The control it belongs to: the page scrolls so that the focused one can be seen.
    pub control: Option<Control>,
    /// Column of the text cursor.
    pub cursor: Option<usize>,
}

/// A page as rows, between its heading and its buttons.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// The model it shows.
    pub model: &'a Model,
    /// Columns.
    pub width: usize,
    /// Lines that can be seen at once.
    pub height: usize,
    /// The rows so far.
    pub rows: Vec<Row>,
}

/// One line of a list.
pub struct Item {
    /// Its parts with their styles.
    pub spans: Vec<Span<'static>>,
    /// Whether it cannot be chosen.
    pub faint: bool,
}

impl Sheet<'_> {
    /// An empty row.
    pub fn blank(&mut self) {
        self.rows.push(Row::default());
    }

    /// A row of its own.
    pub fn line(&mut self, line: impl Into<Line<'static>>) {
        self.rows.push(Row {
            line: line.into(),
            ..Row::default()
        });
    }

    /// Wrapped text.
    pub fn text(&mut self, text: &str, style: Style) {
        self.indented(0, text, style);
    }

    /// Wrapped text, some columns in.
    pub fn indented(&mut self, by: usize, text: &str, style: Style) {
        for line in wrap(text, self.width.saturating_sub(by)) {
            self.line(Line::styled(format!("{}{line}", " ".repeat(by)), style));
        }
    }

    /// A sign, a name and wrapped text beside it.
    pub fn named(&mut self, sign: Span<'static>, name: &str, column: usize, text: &str) {
        let head = column.max(width(&sign.content) + 1 + width(name) + 2);
        for (n, line) in wrap(text, self.width.saturating_sub(head))
            .into_iter()
            .enumerate()
        {
            let first = vec![
                sign.clone(),
                Span::raw(" "),
                Span::styled(fit(name, head - width(&sign.content) - 1), theme::title()),
                Span::raw(line.clone()),
            ];
            self.line(if n == 0 {
                Line::from(first)
            } else {
                Line::from(format!("{}{line}", " ".repeat(head)))
            });
        }
    }

    /// The error of a control, if it has one.
    fn error(&mut self, control: Control, by: usize) {
        let Some(text) = self.model.errors.get(&control) else {
            return;
        };
        for (n, line) in wrap(text, self.width.saturating_sub(by + 2))
            .into_iter()
            .enumerate()
        {
            let sign = if n == 0 { "! " } else { "  " };
            let line = Line::styled(format!("{}{sign}{line}", " ".repeat(by)), theme::bad());
            self.rows.push(Row {
                line,
                control: Some(control),
                cursor: None,
            });
        }
    }

    /// A label in front of a control.
    fn label(&self, control: Control) -> Vec<Span<'static>> {
        let focused = self.model.focus == control;
        let style = if focused {
            theme::accent()
        } else {
            Style::new()
        };
        let sign = if focused { theme::CHOSEN } else { " " };
        vec![
            Span::styled(format!("{sign} "), theme::accent()),
            Span::styled(fit(control.label(), LABEL), style),
        ]
    }

    /// A choice between a few options.
    pub fn choice(&mut self, control: Control) {
        let (focused, on) = (self.model.focus == control, self.model.choice(control));
        let mut spans = self.label(control);
        for (n, option) in control.options().iter().enumerate() {
            let style = match (n == on, focused) {
                (true, true) => theme::focus(),
                (true, false) => theme::title(),
                (false, _) => Style::new(),
            };
            let sign = if n == on { "(•)" } else { "( )" };
            spans.push(Span::styled(format!("{sign} {option}"), style));
            spans.push(Span::raw("   "));
        }
        self.rows.push(Row {
            line: spans.into(),
            control: Some(control),
            cursor: None,
        });
        self.error(control, LABEL + 2);
    }

    /// A field for text.
    pub fn field(&mut self, control: Control) {
        let room = self.width.saturating_sub(LABEL + 4).clamp(4, WIDEST);
        let focused = self.model.focus == control;
        let empty = Field::default();
        let field = self.model.texts.get(&control).unwrap_or(&empty);
        let (shown, cursor) = field.window(room, control.is_secret());
        let mut spans = self.label(control);
        let frame = if focused {
            theme::accent()
        } else {
            theme::dim()
        };
        spans.push(Span::styled("[", frame));
        let rest = if field.len() == 0 && !focused {
            fit(control.example(), room)
        } else {
            "·".repeat(room - width(&shown).min(room))
        };
        spans.push(Span::styled(shown, theme::title()));
        spans.push(Span::styled(rest, theme::dim()));
        spans.push(Span::styled("]", frame));
        let cursor = focused.then_some(LABEL + 3 + cursor);
        self.rows.push(Row {
            line: spans.into(),
            control: Some(control),
            cursor,
        });
        self.error(control, LABEL + 2);
    }

    /// A list of at most `lines` lines, with the marked one in sight.
    pub fn list(&mut self, control: Control, items: &[Item], lines: usize) {
        let at = self
            .model
            .cursor(control)
            .min(items.len().saturating_sub(1));
        let lines = lines.clamp(1, items.len().max(1));
        let top = (at + 1 + lines / 2)
            .saturating_sub(lines)
            .min(items.len().saturating_sub(lines));
        let bottom = (top + lines).min(items.len());
        for (n, item) in items.iter().enumerate().take(bottom).skip(top) {
            let more = match n {
                _ if n == top && top > 0 => "▲",
                _ if n + 1 == bottom && bottom < items.len() => "▼",
                _ => " ",
            };
            self.item(control, item, n == at, more);
        }
        self.error(control, 2);
    }

    fn item(&mut self, control: Control, item: &Item, marked: bool, more: &'static str) {
        let focused = marked && self.model.focus == control;
        let mut line = Line::from(vec![Span::raw(if marked { "► " } else { "  " })]);
        line.spans.extend(item.spans.iter().cloned());
        let used = line.width();
        let room = self.width.saturating_sub(2);
        line.spans
            .push(Span::raw(" ".repeat(room.saturating_sub(used))));
        if focused {
            line.spans
                .iter_mut()
                .for_each(|span| span.style = theme::focus());
        } else if item.faint {
            line.spans
                .iter_mut()
                .for_each(|span| span.style = theme::dim());
        } else if marked {
            line.spans[0].style = theme::accent();
            line.spans
                .iter_mut()
                .skip(1)
                .for_each(|span| span.style = span.style.patch(theme::title()));
        }
        if used <= room {
            line.spans.push(Span::styled(more, theme::dim()));
        }
        let control = marked.then_some(control);
        self.rows.push(Row {
            line,
            control,
            cursor: None,
        });
    }

    /// Lines that are left for a list when `others` lines are needed besides.
    pub fn left(&self, others: usize, least: usize) -> usize {
        self.height
            .saturating_sub(self.rows.len() + others)
            .max(least)
    }
}

/// The row of buttons; the focused one has a sign as well as a colour.
pub fn buttons(model: &Model) -> Line<'static> {
    let mut spans = Vec::new();
    for button in model.buttons() {
        let focused = model.focus == Control::Button(button);
        let (open, close) = if focused {
            ("►[ ", " ]◄")
        } else {
            (" [ ", " ] ")
        };
        let style = match (focused, button) {
            (true, Button::Install) => theme::bad()
                .patch(theme::focus())
                .fg(ratatui::style::Color::LightRed),
            (true, _) => theme::focus(),
            (false, Button::Install) => theme::bad(),
            (false, _) => Style::new(),
        };
        spans.push(Span::styled(
            format!("{open}{}{close}", button.label()),
            style,
        ));
        spans.push(Span::raw(" "));
    }
    spans.pop();
    spans.into()
}

/// What the keys do on the focused control.
pub fn hints(model: &Model) -> String {
    let help = if model.focus.types() {
        "F1 help"
    } else {
        "F1 or ? help"
    };
    let (control, enter) = match model.focus.kind() {
        Kind::Choice => ("Left/Right choose", "go on"),
        Kind::Picker => ("type to find   Up/Down choose", "go on"),
        Kind::List if model.focus == Control::Nics && model.bonds() => {
            ("Up/Down move   Space tick", "go on")
        }
        Kind::List => ("Up/Down choose", "go on"),
        Kind::Text => ("Ctrl-U empty", "go on"),
        Kind::Button => ("Left/Right choose", "press"),
    };
    format!("{control}   Tab next   Enter {enter}   Esc back   {help}")
}
