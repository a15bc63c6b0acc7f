//! Everything Firn says to people, in every language it speaks.
//!
//! A sentence is written once for each language, in `en/` and `de/` (Project Fluent's format), and has an id. The code says
//! the id and fills in the values:
//!
//! ```
//! use firn_words::{Language, say};
//! let text = say!("disk-too-small", disk = "/dev/sda", least = "16 GB");
//! println!("{text} / {}", text.in_language(Language::De));
//! ```
//!
//! [`Text`] shows itself in English; logs, reports and the serial console use that. What nobody translates, such as the last
//! line of a command, is a `Text` made from a string.

mod language;
mod near;
mod said;
#[cfg(test)]
mod tests;
mod text;

pub use firn_visible::{is_seen, read_text, visible, visible_lines};
pub use language::Language;
pub use near::{folded, nearest};
pub use said::Said;
pub use text::{Text, Value, known};

/// A [`Text`] by its id, with its values: `say!("disk-too-small", disk = name, least = size)`.
#[macro_export]
macro_rules! say {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::Text::said($id)$(.with(stringify!($name), $value))*
    };
}
