//! The rows that a page is made of: text, lists, choices, fields.

use crate::control::Control;
use crate::form::Form;
use crate::text::{Field, fit, sentence, width, wrap};
use crate::theme;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of the labels before fields.
const LABEL: usize = 16;
/// Widest field.
const WIDEST: usize = 56;

/// One row of a page.
#[derive(Debug)]
pub struct Row<B> {
    /// What stands there.
    pub line: Line<'static>,
    /// The control it belongs to: the page scrolls so that the focused one can be seen.
    pub control: Option<Control<B>>,
    /// Column of the text cursor.
    pub cursor: Option<usize>,
}

impl<B> From<Line<'static>> for Row<B> {
    fn from(line: Line<'static>) -> Self {
        Self {
            line,
            control: None,
            cursor: None,
        }
    }
}

/// What pages are about: it holds what was entered on them, and says their texts.
pub trait Shown {
    /// The buttons that there are.
    type Button: Copy + Ord;
    /// A text before it is said.
    type Text: Clone;

    /// What was entered.
    fn form(&self) -> &Form<Self::Button, Self::Text>;

    /// A text as it is to stand on this screen.
    fn say(&self, text: Self::Text) -> String;
}

/// A page as rows, between its heading and its buttons.
pub struct Sheet<'a, M: Shown> {
    /// The model it shows.
    pub model: &'a M,
    /// Columns.
    pub width: usize,
    /// Lines that can be seen at once.
    pub height: usize,
    /// The rows so far.
    pub rows: Vec<Row<M::Button>>,
}

/// One line of a list.
pub struct Item {
    /// Its parts with their styles.
    pub spans: Vec<Span<'static>>,
    /// Whether it cannot be chosen.
    pub faint: bool,
}

impl<'a, M: Shown> Sheet<'a, M> {
    /// An empty sheet with so many columns, of which so many lines can be seen.
    pub fn new(model: &'a M, width: usize, height: usize) -> Self {
        Self {
            model,
            width,
            height,
            rows: Vec::new(),
        }
    }

    /// A text as it is to stand on this screen.
    pub fn say(&self, text: impl Into<M::Text>) -> String {
        self.model.say(text.into())
    }

    /// An empty row.
    pub fn blank(&mut self) {
        self.line(Line::default());
    }

    /// A row of its own.
    pub fn line(&mut self, line: impl Into<Line<'static>>) {
        self.rows.push(line.into().into());
    }

    /// Wrapped text.
    pub fn text(&mut self, text: impl Into<M::Text>, style: Style) {
        self.indented(0, text, style);
    }

    /// Wrapped text with a capital and a full stop; nothing where there is none.
    pub fn sentence(&mut self, text: impl Into<M::Text>, style: Style) {
        let text = sentence(&self.say(text));
        if !text.is_empty() {
            self.wrapped(0, &text, style);
        }
    }

    /// Wrapped text, some columns in.
    pub fn indented(&mut self, by: usize, text: impl Into<M::Text>, style: Style) {
        let text = self.say(text);
        self.wrapped(by, &text, style);
    }

    fn wrapped(&mut self, by: usize, text: &str, style: Style) {
        for line in wrap(text, self.width.saturating_sub(by)) {
            self.line(Line::styled(format!("{}{line}", " ".repeat(by)), style));
        }
    }

    /// The error of a control, if it has one.
    fn error(&mut self, control: Control<M::Button>, by: usize) {
        let Some(text) = self.model.form().errors.get(&control) else {
            return;
        };
        let text = sentence(&self.say(text.clone()));
        let lines = wrap(&text, self.width.saturating_sub(by + 2));
        for (n, line) in lines.into_iter().enumerate() {
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
    fn label(&self, control: Control<M::Button>, label: M::Text) -> Vec<Span<'static>> {
        let focused = self.model.form().focus == Some(control);
        let style = if focused {
            theme::accent()
        } else {
            Style::new()
        };
        let sign = if focused { theme::CHOSEN } else { " " };
        vec![
            Span::styled(format!("{sign} "), theme::accent()),
            Span::styled(format!("{} ", fit(&self.say(label), LABEL - 1)), style),
        ]
    }

    /// A choice between a few options.
    pub fn choice(&mut self, control: Control<M::Button>, label: M::Text, options: &[M::Text]) {
        let focused = self.model.form().focus == Some(control);
        let on = self.model.form().choice(control);
        let mut spans = self.label(control, label);
        for (n, option) in options.iter().enumerate() {
            let option = self.say(option.clone());
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

    /// A field for text; the example stands in it, faint, while it is empty.
    pub fn field(&mut self, control: Control<M::Button>, label: M::Text, example: Option<M::Text>) {
        let room = self.width.saturating_sub(LABEL + 4).clamp(4, WIDEST);
        let focused = self.model.form().focus == Some(control);
        let empty = Field::default();
        let field = self.model.form().texts.get(&control).unwrap_or(&empty);
        let (shown, cursor) = field.window(room, control.is_secret());
        let mut spans = self.label(control, label);
        let frame = if focused {
            theme::accent()
        } else {
            theme::dim()
        };
        spans.push(Span::styled("[", frame));
        let rest = if field.value().is_empty() && !focused {
            fit(
                &example.map(|text| self.say(text)).unwrap_or_default(),
                room,
            )
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
    pub fn list(&mut self, control: Control<M::Button>, items: &[Item], lines: usize) {
        let at = self
            .model
            .form()
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

    fn item(&mut self, control: Control<M::Button>, item: &Item, marked: bool, more: &'static str) {
        let focused = marked && self.model.form().focus == Some(control);
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

    /// A field to type in, and below it the list that typing narrows down; `others` lines are needed besides.
    pub fn picker(
        &mut self,
        control: Control<M::Button>,
        (label, example): (M::Text, M::Text),
        items: &[Item],
        others: usize,
    ) {
        self.field(control, label, Some(example));
        // The error stands at the field; a list without lines has no place for it.
        if !items.is_empty() {
            let errors = usize::from(self.model.form().errors.contains_key(&control));
            let lines = self.left(others, 3).saturating_sub(errors).max(3);
            self.list(control, items, lines);
        }
    }

    /// Lines that rows take, before they stand on the sheet.
    pub fn measure(&self, fill: impl FnOnce(&mut Self)) -> usize {
        let mut sheet = Sheet::new(self.model, self.width, self.height);
        fill(&mut sheet);
        sheet.rows.len()
    }

    /// Lines that are left for a list when `others` lines are needed besides.
    pub fn left(&self, others: usize, least: usize) -> usize {
        self.height
            .saturating_sub(self.rows.len() + others)
            .max(least)
    }
}
