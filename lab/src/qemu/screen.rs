//! The screen as text: a picture of a text console, read back letter by letter.
//!
//! The console draws every letter of a font into a cell of the same size, so a cell that is compared with the font's own bitmaps
//! is read without a doubt. What the font does not have reads as `\u{fffd}`.

use anyhow::{Context, Result, bail, ensure};
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

/// Rows of one letter, one byte of eight pixels each.
const ROWS: usize = 16;
const COLUMNS: usize = 8;
/// In the tools root; the same shapes as in the kernel's own font.
const FONT: &str = "usr/share/consolefonts/Uni2-VGA16.psf.gz";

type Glyph = [u8; ROWS];

/// Shapes of letters, 8 by 16 pixels.
#[derive(Debug, Clone)]
pub struct Font {
    letters: HashMap<Glyph, char>,
}

impl Font {
    /// The font of the tools root.
    ///
    /// # Errors
    /// When it is not there or no PC screen font of this size.
    pub fn of_tools(root: &Path) -> Result<Font> {
        let path = root.join(FONT);
        let what = || format!("reading the font {}", path.display());
        let packed = std::fs::read(&path).with_context(what)?;
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice())
            .read_to_end(&mut bytes)
            .with_context(what)?;
        Font::parse(&bytes).with_context(what)
    }

    /// PSF version 1: magic 36 04, mode, height; the shapes; for each the characters that it stands for, in UCS-2, up to FFFF.
    fn parse(bytes: &[u8]) -> Result<Font> {
        let [0x36, 0x04, mode, height, rest @ ..] = bytes else {
            bail!("it is no PC screen font of version 1");
        };
        ensure!(usize::from(*height) == ROWS, "its letters are not 16 high");
        let count = if mode & 1 == 1 { 512 } else { 256 };
        ensure!(rest.len() > count * ROWS, "it ends too early");
        let (shapes, names) = rest.split_at(count * ROWS);
        let mut letters = HashMap::new();
        let mut names = names
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        for shape in shapes.chunks_exact(ROWS) {
            let shape: Glyph = shape.try_into()?;
            // FFFE begins sequences of several characters, which a console cell never shows.
            let own: Vec<u16> = names.by_ref().take_while(|n| *n != 0xffff).collect();
            let first = own.iter().take_while(|n| **n != 0xfffe);
            let named = first.filter_map(|n| char::from_u32(u32::from(*n))).min();
            if let Some(letter) = named {
                letters.entry(shape).or_insert(letter);
            }
        }
        letters.insert([0; ROWS], ' ');
        Ok(Font { letters })
    }
}

/// A picture of the screen, three bytes (red, green, blue) a pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Row by row.
    pub pixels: Vec<u8>,
}

impl Screen {
    /// A binary portable pixmap (`P6`), as QEMU writes it.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(bytes: &[u8]) -> Result<Screen> {
        let mut at = 0;
        let mut word = || {
            let start = at + bytes[at..].iter().position(|b| !b.is_ascii_whitespace())?;
            let length = bytes[start..].iter().position(u8::is_ascii_whitespace)?;
            at = start + length;
            std::str::from_utf8(&bytes[start..at]).ok()
        };
        let header = (word(), word(), word(), word());
        let (Some("P6"), Some(width), Some(height), Some("255")) = header else {
            bail!("the picture is no portable pixmap: {header:?}");
        };
        let (width, height) = (width.parse()?, height.parse()?);
        let pixels = bytes[at + 1..].to_vec();
        ensure!(
            pixels.len() == width * height * 3,
            "the picture of {width} x {height} pixels ends too early"
        );
        Ok(Screen {
            width,
            height,
            pixels,
        })
    }

    /// The lines of text on it, without blanks at their ends.
    pub fn text(&self, font: &Font) -> String {
        // A text mode of 720 pixels has cells of nine, the ninth being blank.
        let step = if self.width == 720 { 9 } else { COLUMNS };
        let line = |row: usize| -> String {
            let cell = |column: usize| self.letter(font, column * step, row * ROWS);
            let line: String = (0..self.width / step).map(cell).collect();
            line.trim_end().to_owned()
        };
        let lines: Vec<String> = (0..self.height / ROWS).map(line).collect();
        lines.join("\n").trim_end().to_owned()
    }

    /// Which of a cell's two colours is the letter's is not known: both are tried, the other one for inverse text.
    fn letter(&self, font: &Font, x: usize, y: usize) -> char {
        let ground = self.pixel(x, y);
        let mut shape = [0; ROWS];
        for (row, bits) in shape.iter_mut().enumerate() {
            for column in 0..COLUMNS {
                let differs = self.pixel(x + column, y + row) != ground;
                *bits = *bits << 1 | u8::from(differs);
            }
        }
        let other = shape.map(|bits| !bits);
        let found = [shape, other]
            .iter()
            .find_map(|shape| font.letters.get(shape));
        found.copied().unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y * self.width + x) * 3;
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font of 256 shapes: shape n has n in each row and stands for the character n + 0x20.
    fn font() -> Font {
        let mut bytes = vec![0x36, 0x04, 0x02, 16];
        for n in 0..=255_u8 {
            bytes.extend([n; ROWS]);
        }
        for n in 0..256_u16 {
            bytes.extend((n + 0x20).to_le_bytes());
            bytes.extend([0xff, 0xff]);
        }
        Font::parse(&bytes).unwrap()
    }

    /// One line of cells with these shapes.
    fn screen(shapes: &[u8], ink: [u8; 3], ground: [u8; 3]) -> Vec<u8> {
        let mut bytes = format!("P6\n{} 16\n255\n", shapes.len() * COLUMNS).into_bytes();
        for _ in 0..ROWS {
            for shape in shapes {
                for bit in (0..8).rev() {
                    bytes.extend(if shape >> bit & 1 == 1 { ink } else { ground });
                }
            }
        }
        bytes
    }

    #[test]
    fn letters_are_read_in_any_colour() -> Result<()> {
        let (white, black) = ([170; 3], [0; 3]);
        let shapes = [b'F' - 0x20, b'i' - 0x20, 0, 0];
        let plain = Screen::parse(&screen(&shapes, white, black))?;
        assert_eq!((plain.width, plain.height), (32, 16));
        assert_eq!(plain.text(&font()), "Fi");
        let coloured = Screen::parse(&screen(&shapes, [0, 170, 170], white))?;
        assert_eq!(coloured.text(&font()), "Fi");
        Ok(())
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        for bytes in [&b"P5\n1 1\n255\n0"[..], b"P6\n2 1\n255\n000", b"", b"P6"] {
            assert!(Screen::parse(bytes).is_err(), "{bytes:?}");
        }
        assert!(Font::parse(b"\x36\x04\x00\x10").is_err());
        assert!(Font::parse(b"text").is_err());
    }
}
