//! The keyboards and time zones that can be chosen.

/// A keyboard that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyboard {
    /// XKB `layout` or `layout:variant`, as the answer file writes it.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
}

impl Keyboard {
    /// The name of its console map: `ch-fr` for `ch:fr`.
    pub fn keymap(&self) -> String {
        keymap(self.name)
    }
}

/// The name of the console map for a keyboard.
pub(crate) fn keymap(keyboard: &str) -> String {
    keyboard.replace(':', "-")
}

/// All keyboards, sorted by title; the builder makes a console map for each.
pub fn keyboards() -> impl Iterator<Item = Keyboard> {
    include_str!("keyboards.txt")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, title)| Keyboard { name, title })
}

/// The names of all time zones, sorted.
pub fn timezones() -> impl Iterator<Item = &'static str> {
    include_str!("timezones.txt").lines()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sound() {
        assert!(keyboards().count() > 150);
        assert!(keyboards().any(|k| k.name == "ch:fr" && k.keymap() == "ch-fr"));
        assert!(timezones().is_sorted());
        assert!(timezones().any(|t| t == "Europe/Berlin"));
        let mut maps: Vec<String> = keyboards().map(|k| k.keymap()).collect();
        maps.sort();
        maps.dedup();
        assert_eq!(maps.len(), keyboards().count(), "two keyboards, one map");
    }
}
