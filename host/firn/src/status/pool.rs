//! How full the store is.

use firn_command::cmd;
use firn_image::state::GUESTS;
use serde::{Deserialize, Serialize};

/// Size and use of the store.
#[derive(Debug, PartialEq, Serialize)]
pub struct Room {
    pub size_bytes: u64,
    pub used_bytes: u64,
    /// Percent of a thin pool's metadata in use; a full one stops all guests, however much room is left.
    pub metadata_percent: Option<f64>,
}

#[derive(Deserialize)]
struct Output {
    report: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    lv: Vec<Volume>,
}

#[derive(Deserialize)]
struct Volume {
    lv_size: String,
    data_percent: String,
    metadata_percent: String,
}

/// The thin pool.
pub fn thin() -> Option<Room> {
    let columns = "lv_size,data_percent,metadata_percent";
    let args = [
        "lvs",
        "--reportformat",
        "json",
        "--units",
        "b",
        "--nosuffix",
        "-o",
        columns,
        "firn/guests",
    ];
    parse_thin(&cmd("lvm", args).read().ok()?)
}

/// The file system of store "files".
pub fn folder() -> Option<Room> {
    let args = ["--block-size=1", "--output=size,used", GUESTS];
    parse_folder(&cmd("df", args).read().ok()?)
}

fn parse_thin(json: &str) -> Option<Room> {
    let output: Output = serde_json::from_str(json).ok()?;
    let volume = output
        .report
        .into_iter()
        .flat_map(|report| report.lv)
        .next()?;
    let size: u64 = volume.lv_size.parse().ok()?;
    let percent: f64 = volume.data_percent.parse().ok()?;
    Some(Room {
        size_bytes: size,
        used_bytes: (size as f64 * percent / 100.0) as u64,
        metadata_percent: volume.metadata_percent.parse().ok(),
    })
}

fn parse_folder(text: &str) -> Option<Room> {
    let mut words = text.lines().nth(1)?.split_whitespace();
    let size_bytes = words.next()?.parse().ok()?;
    let used_bytes = words.next()?.parse().ok()?;
    Some(Room {
        size_bytes,
        used_bytes,
        metadata_percent: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lvs_and_df_are_read() {
        let json = r#"{"report":[{"lv":[{"lv_size":"1000000","data_percent":"12.50","metadata_percent":"3.00"}]}],"log":[]}"#;
        let thin = Room {
            size_bytes: 1_000_000,
            used_bytes: 125_000,
            metadata_percent: Some(3.0),
        };
        assert_eq!(parse_thin(json), Some(thin));
        let inactive = r#"{"report":[{"lv":[{"lv_size":"1000000","data_percent":"","metadata_percent":""}]}]}"#;
        assert_eq!(parse_thin(inactive), None);
        let folder = Room {
            size_bytes: 500,
            used_bytes: 20,
            metadata_percent: None,
        };
        assert_eq!(
            parse_folder("1B-blocks Used\n      500   20\n"),
            Some(folder)
        );
    }
}
