//! PNG files with a palette: a text console has few colours, so a screen takes a few thousand bytes.

use anyhow::{Context, Result};
use firn_lab::qemu::Screen;
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// The screen as a PNG file of 16 colours, or of 256 where there are more.
///
/// # Errors
/// When there are more than 256 colours.
pub fn png(screen: &Screen) -> Result<Vec<u8>> {
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut indexes = Vec::with_capacity(screen.width * screen.height);
    for pixel in screen.pixels.chunks_exact(3) {
        let pixel = [pixel[0], pixel[1], pixel[2]];
        let known = palette.iter().position(|colour| *colour == pixel);
        let index = known.unwrap_or_else(|| {
            palette.push(pixel);
            palette.len() - 1
        });
        indexes.push(u8::try_from(index).context("the screen has more than 256 colours")?);
    }
    let few = palette.len() <= 16;
    let rows = indexes.chunks_exact(screen.width);
    let data: Vec<u8> = if few {
        rows.flat_map(|row| {
            row.chunks(2)
                .map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0))
        })
        .collect()
    } else {
        indexes
    };
    let mut bytes = Vec::new();
    let size = (u32::try_from(screen.width)?, u32::try_from(screen.height)?);
    let mut encoder = Encoder::new(&mut bytes, size.0, size.1);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(if few { BitDepth::Four } else { BitDepth::Eight });
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    encoder
        .write_header()?
        .write_image_data(&data)
        .context("packing the picture")?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        (frame.width, frame.height, pixels)
    }

    #[test]
    fn pictures_keep_their_pixels() -> Result<()> {
        // An odd width ends a row with half a byte; the second picture has more than 16 colours.
        for colours in [3_usize, 40] {
            let pixels: Vec<u8> = (0..15 * 4)
                .flat_map(|n| [u8::try_from(n % colours).unwrap() * 6, 1, 2])
                .collect();
            let screen = Screen {
                width: 15,
                height: 4,
                pixels: pixels.clone(),
            };
            assert_eq!(read(&png(&screen)?), (15, 4, pixels));
        }
        Ok(())
    }
}
