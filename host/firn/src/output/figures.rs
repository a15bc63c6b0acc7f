//! Figures for people: sizes and times.

use firn_config::Size;
use firn_words::Text;
use jiff::Timestamp;
use jiff::tz::TimeZone;

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// Memory, which is counted in powers of two; what was typed in powers of ten is shown in them.
pub fn memory(bytes: u64) -> Text {
    match bytes {
        0 => "0".into(),
        _ if bytes.is_multiple_of(GIB) => format!("{} GiB", bytes / GIB).into(),
        _ if bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB).into(),
        _ => Size(bytes).text(),
    }
}

/// The size of a disk, or what it takes in a store: powers of ten, as drives are sold, but whole GiB as such.
pub fn disk(bytes: u64) -> Text {
    match bytes {
        0 => "0".into(),
        _ if bytes.is_multiple_of(GIB) => format!("{} GiB", bytes / GIB).into(),
        _ => Size(bytes).text(),
    }
}

/// A time in UTC as a clock in this time zone shows it; as it came if it is none.
pub fn moment(time: &str, zone: &TimeZone) -> String {
    let Ok(time) = time.parse::<Timestamp>() else {
        return firn_words::visible(time).into_owned();
    };
    let time = time.to_zoned(zone.clone());
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// How long something is ago, or lasts, in its greatest unit.
pub fn age(seconds: u64) -> String {
    match seconds {
        0..=99 => format!("{seconds} s"),
        100..=5999 => format!("{} min", seconds / 60),
        6000..=172_799 => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_shown_as_they_were_typed() {
        let shown = |bytes| (memory(bytes).to_string(), disk(bytes).to_string());
        assert_eq!(shown(2 * GIB), ("2 GiB".into(), "2 GiB".into()));
        assert_eq!(shown(512 * MIB), ("512 MiB".into(), "537 MB".into()));
        assert_eq!(shown(20_000_000_000), ("20 GB".into(), "20 GB".into()));
        // Stores round up to what they count in.
        assert_eq!(disk(20_002_635_776).to_string(), "20 GB");
        assert_eq!(disk(0).to_string(), "0");
    }

    #[test]
    fn times_are_those_of_the_clock_on_the_wall() {
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(moment("2026-12-01T00:35:10Z", &zone), "2026-12-01 01:35:10");
        assert_eq!(moment("soon\u{1b}", &zone), "soon\\x1b");
        assert_eq!(
            [3, 150, 7200, 200_000].map(age),
            ["3 s", "2 min", "2 h", "2 d"]
        );
    }
}
