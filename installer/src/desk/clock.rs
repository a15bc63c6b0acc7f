//! The time: how late it is in a time zone, and setting the clock by hand.

use firn_command::cmd;
use firn_words::{Text, say};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rustix::time::{ClockId, Timespec, clock_settime};

/// How a time is shown and typed.
const FORM: &str = "%Y-%m-%d %H:%M";
/// What is typed may also have seconds.
const WITH_SECONDS: &str = "%Y-%m-%d %H:%M:%S";
/// Years that a clock may be set to; anything else is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i16> = 2025..=2099;

/// The time now in a time zone, as `2026-11-23 16:30:05`; nothing for a zone that the image does not know.
pub fn now(zone: &str) -> Option<String> {
    let zone = TimeZone::get(zone).ok()?;
    Some(show(Timestamp::now(), &zone))
}

fn show(time: Timestamp, zone: &TimeZone) -> String {
    let time = time.to_zoned(zone.clone());
    time.strftime(WITH_SECONDS).to_string()
}

/// Sets the system's clock and the hardware's to a time that was typed as `2026-11-23 16:30` in this time zone.
///
/// # Errors
/// What is wrong with the text, or why a clock could not be set.
pub fn set(text: &str, zone: &str) -> Result<(), Text> {
    let zone = TimeZone::get(zone).map_err(|_| say!("desk-clock-zone", zone = zone))?;
    let time = parse(text, &zone)?;
    let spec = Timespec {
        tv_sec: time.as_second(),
        tv_nsec: 0,
    };
    clock_settime(ClockId::Realtime, spec).map_err(|e| {
        say!(
            "desk-clock-failed",
            reason = std::io::Error::from(e).to_string()
        )
    })?;
    let hardware = cmd("hwclock", ["--systohc", "--utc"]).run();
    hardware.map_err(|_| say!("desk-clock-hardware"))
}

/// What is wrong with a typed time, for the page while it is typed.
///
/// # Errors
/// The sentence.
pub fn check(text: &str, zone: &str) -> Result<(), Text> {
    let zone = TimeZone::get(zone).map_err(|_| say!("desk-clock-zone", zone = zone))?;
    parse(text, &zone).map(drop)
}

fn parse(text: &str, zone: &TimeZone) -> Result<Timestamp, Text> {
    let text = text.trim();
    let wrong = || say!("desk-clock-form", text = text);
    let time = DateTime::strptime(FORM, text).or_else(|_| DateTime::strptime(WITH_SECONDS, text));
    let time = time.map_err(|_| wrong())?;
    if !YEARS.contains(&time.year()) {
        return Err(say!("desk-clock-year", text = text));
    }
    let ambiguous = zone.to_ambiguous_timestamp(time);
    // In autumn one hour comes twice: the earlier one. In spring one is left out.
    if matches!(ambiguous.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
        return Err(say!("desk-clock-gap", text = text));
    }
    ambiguous.earlier().map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> TimeZone {
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
    }

    #[test]
    fn typed_times_are_taken_in_their_zone() {
        let table = [
            ("2026-11-23 16:30", "2026-11-23T15:30:00Z"),
            (" 2026-07-01 00:15 ", "2026-06-30T22:15:00Z"),
            ("2026-11-23 16:30:45", "2026-11-23T15:30:45Z"),
            // Twice in autumn: the earlier one.
            ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
        ];
        for (text, utc) in table {
            let time = parse(text, &berlin()).unwrap();
            assert_eq!(time.to_string(), utc, "{text}");
        }
        let time = parse("2026-11-23 16:30", &berlin()).unwrap();
        assert_eq!(show(time, &berlin()), "2026-11-23 16:30:00");
    }

    #[test]
    fn what_is_no_time_gets_its_sentence() {
        let id = |text: &str| parse(text, &berlin()).unwrap_err().id().unwrap();
        for text in [
            "",
            "soon",
            "2026-11-23",
            "2026-13-01 00:00",
            "2026-02-30 10:00",
            "16:30",
            "2026-11-23 25:00",
        ] {
            assert_eq!(id(text), "desk-clock-form", "{text}");
        }
        assert_eq!(id("1970-01-01 00:00"), "desk-clock-year");
        assert_eq!(id("2026-03-29 02:30"), "desk-clock-gap");
        assert_eq!(
            set("2026-11-23 16:30", "Mars/Base").unwrap_err().id(),
            Some("desk-clock-zone")
        );
        assert_eq!(now("Mars/Base"), None);
    }

    #[test]
    fn the_time_now_has_the_form_that_is_typed() {
        let now = now("UTC").unwrap();
        assert!(parse(&now, &TimeZone::UTC).is_ok(), "{now}");
    }
}
