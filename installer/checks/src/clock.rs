//! A clock that is far off.

use super::Check;
use firn_machine::{Machine, not_looked};
use firn_words::say;

/// Seconds; no image is used that long.
const TEN_YEARS: u64 = 3653 * DAY;
const DAY: u64 = 86400;

/// The clock must say a time after the image was made, and not ten years after it.
pub fn clock(machine: &Machine) -> Check {
    const NAME: &str = "clock";
    // The board's clock is the one that may have lost its time.
    let now = machine.clock.hardware.or(machine.clock.now);
    let (Some(now), Some(image)) = (now, machine.clock.image) else {
        return Check::unknown(NAME, &not_looked());
    };
    let (now_date, image_date) = (date(now), date(image));
    // An image may be a day younger than a clock that keeps local time.
    let found = if now + DAY < image {
        say!("check-clock-early", now = now_date, image = image_date)
    } else if now > image + TEN_YEARS {
        say!("check-clock-late", now = now_date, image = image_date)
    } else {
        return Check::fine(NAME, say!("check-clock-good", now = now_date));
    };
    Check::note(NAME, found).because(say!("check-clock-why"), say!("check-clock-todo"))
}

/// `2026-11-23`, in UTC; after the usual algorithm for the Gregorian calendar with years that begin in March.
fn date(seconds: u64) -> String {
    let days = seconds / DAY + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{:04}-{month:02}-{day:02}", year_of_era + era * 400 + next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_767_225_600, "2026-01-01"),
            (4_102_444_799, "2099-12-31"),
        ] {
            assert_eq!(date(seconds), expected);
        }
    }
}
