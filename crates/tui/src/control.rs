//! What can have the focus on a page: lists, fields, choices, buttons.

/// Something on a page that can have the focus. Pages keep theirs as constants. `B` are the buttons that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Control<B> {
    /// Tells it from all others.
    pub name: &'static str,
    /// How it takes keys.
    pub kind: Kind<B>,
}

/// How a control takes keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind<B> {
    /// Up and down mark a line.
    List,
    /// A list whose lines Space ticks.
    Ticks,
    /// A list that typing narrows down.
    Picker,
    /// Left and right turn one of so many options on.
    Choice(usize),
    /// One line of text.
    Text,
    /// One line of text that is not to be seen.
    Secret,
    /// Enter presses it.
    Button(B),
}

impl<B: Copy> Control<B> {
    /// A list.
    pub const fn list(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::List,
        }
    }

    /// A list whose lines Space ticks.
    pub const fn ticks(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Ticks,
        }
    }

    /// A list that typing narrows down.
    pub const fn picker(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Picker,
        }
    }

    /// One of `count` options.
    pub const fn choice(name: &'static str, count: usize) -> Self {
        Self {
            name,
            kind: Kind::Choice(count),
        }
    }

    /// A field.
    pub const fn text(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Text,
        }
    }

    /// A field for a password.
    pub const fn secret(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Secret,
        }
    }

    /// A button.
    pub const fn button(button: B) -> Self {
        Self {
            name: "button",
            kind: Kind::Button(button),
        }
    }

    /// Whether printable characters go into it.
    pub fn types(self) -> bool {
        matches!(self.kind, Kind::Picker | Kind::Text | Kind::Secret)
    }

    /// Whether what is typed is not to be seen.
    pub fn is_secret(self) -> bool {
        matches!(self.kind, Kind::Secret)
    }
}
