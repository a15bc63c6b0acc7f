//! What `lvs` reports. Pure.

use super::calls::{GUEST, TASK};
use crate::{Facts, Kind, Owner, Volume};
use serde::Deserialize;

/// A thin pool and the volumes in it.
#[derive(Debug, PartialEq)]
pub(super) struct Report {
    size: u64,
    used: u64,
    metadata_percent: Option<u8>,
    /// Bytes of an extent: every volume is a multiple of them.
    pub(super) extent: u64,
    pub(super) entries: Vec<Entry>,
}

/// A volume, and whether its device is there.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) volume: Volume,
    pub(super) active: bool,
}

#[derive(Deserialize)]
struct Output {
    report: Vec<Lines>,
}

#[derive(Deserialize)]
struct Lines {
    #[serde(default)]
    lv: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    lv_name: String,
    lv_size: String,
    lv_active: String,
    lv_tags: String,
    pool_lv: String,
    data_percent: String,
    metadata_percent: String,
    vg_extent_size: String,
}

impl Report {
    pub(super) fn facts(&self) -> Facts {
        Facts {
            kind: Kind::Thin,
            size: self.size,
            used: self.used,
            metadata_percent: self.metadata_percent,
            snapshots: true,
            thin_clone: true,
        }
    }

    /// Takes out a volume.
    pub(super) fn take(&mut self, name: &str) -> Option<Entry> {
        let mut entries = self.entries.iter();
        let at = entries.position(|entry| entry.volume.name == name)?;
        Some(self.entries.swap_remove(at))
    }
}

/// Reads what `lvs` says of a group; nothing where the pool is not in it.
pub(super) fn parse(json: &str, pool: &str) -> Option<Report> {
    let output: Output = firn_command::json::parse(json).ok()?;
    let lines: Vec<Line> = output.report.into_iter().flat_map(|r| r.lv).collect();
    let whole = lines.iter().find(|line| line.lv_name == pool)?;
    let size = whole.lv_size.parse().ok()?;
    let volumes = lines.iter().filter(|line| line.pool_lv == pool);
    Some(Report {
        size,
        used: part(size, &whole.data_percent)?,
        metadata_percent: whole.metadata_percent.parse::<f64>().ok().map(rounded_up),
        extent: whole.vg_extent_size.parse().ok()?,
        entries: volumes.filter_map(entry).collect(),
    })
}

fn entry(line: &Line) -> Option<Entry> {
    let size = line.lv_size.parse().ok()?;
    let tag = |start: &str| {
        let mut found = line
            .lv_tags
            .split(',')
            .filter_map(|tag| tag.strip_prefix(start));
        found.next().map(str::to_owned)
    };
    Some(Entry {
        volume: Volume {
            name: line.lv_name.clone(),
            size,
            // Of one that is not active LVM does not know.
            used: part(size, &line.data_percent).unwrap_or(0),
            owner: Owner {
                guest: tag(GUEST),
                task: tag(TASK),
            },
        },
        active: !line.lv_active.is_empty(),
    })
}

fn part(size: u64, percent: &str) -> Option<u64> {
    let percent: f64 = percent.parse().ok()?;
    // Two decimals, as LVM prints them.
    let hundredths = (percent.clamp(0.0, 100.0) * 100.0).round() as u128;
    u64::try_from(u128::from(size) * hundredths / 10_000).ok()
}

fn rounded_up(percent: f64) -> u8 {
    percent.clamp(0.0, 100.0).ceil() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As LVM 2.03 prints it.
    const LVS: &str = r#"  {
      "report": [
          {
              "lv": [
                  {"lv_name":"g-web1a2b3-0", "lv_size":"10737418240", "lv_active":"active", "lv_tags":"firn.guest=web1a2b3,firn.task=task0001", "pool_lv":"guests", "data_percent":"12.50", "metadata_percent":"", "vg_extent_size":"4194304"},
                  {"lv_name":"guests", "lv_size":"107374182400", "lv_active":"active", "lv_tags":"", "pool_lv":"", "data_percent":"25.00", "metadata_percent":"10.21", "vg_extent_size":"4194304"},
                  {"lv_name":"s-web1a2b3-0-1", "lv_size":"10737418240", "lv_active":"", "lv_tags":"firn.guest=web1a2b3", "pool_lv":"guests", "data_percent":"", "metadata_percent":"", "vg_extent_size":"4194304"},
                  {"lv_name":"state", "lv_size":"17179869184", "lv_active":"active", "lv_tags":"", "pool_lv":"", "data_percent":"", "metadata_percent":"", "vg_extent_size":"4194304"}
              ]
          }
      ]
      ,
      "log": [
      ]
  }"#;

    #[test]
    fn pool_and_volumes_are_read() {
        let report = parse(LVS, "guests").unwrap();
        let facts = report.facts();
        assert_eq!((facts.size, facts.used), (100 << 30, 25 << 30));
        assert_eq!((facts.metadata_percent, facts.percent()), (Some(11), 25));
        let told: Vec<String> = report
            .entries
            .iter()
            .map(|entry| format!("{entry:?}"))
            .collect();
        insta::assert_snapshot!(told.join("\n"));
        assert_eq!(parse(LVS, "other"), None);
        assert_eq!(parse("Volume group not found", "guests"), None);
    }

    proptest! {
        #[test]
        fn damaged_reports_are_read(at in 0usize..1200, with in "\\PC{0,3}") {
            let mut text = LVS.to_owned();
            let at = at % text.len();
            text.replace_range(at..at + 1, &with);
            if let Some(report) = parse(&text, "guests") {
                prop_assert!(report.used <= report.size && report.entries.len() <= 2);
            }
        }
    }
}
