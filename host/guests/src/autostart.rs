//! Which guests start with the host, and when.

use crate::{Definition, Id};
use std::time::Duration;

/// The guests that start with the host, in their order, each with the time to wait after it.
pub fn autostart<'a>(guests: impl IntoIterator<Item = &'a Definition>) -> Vec<(&'a Id, Duration)> {
    let mut wanted: Vec<&Definition> = guests
        .into_iter()
        .filter(|guest| guest.autostart.enabled)
        .collect();
    wanted.sort_by_key(|guest| (guest.autostart.order, &guest.name, &guest.id));
    let delay = |guest: &Definition| Duration::from_secs(guest.autostart.delay.into());
    wanted
        .into_iter()
        .map(|guest| (&guest.id, delay(guest)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Autostart;
    use crate::tests::sample;

    #[test]
    fn those_that_shall_start_by_order_and_name() {
        let guest = |name: &str, enabled: bool, order: u32| Definition {
            name: name.into(),
            autostart: Autostart {
                enabled,
                order,
                delay: order * 10,
            },
            ..sample(name)
        };
        let all = [
            guest("c", true, 1),
            guest("b", true, 2),
            guest("x", false, 0),
            guest("a", true, 1),
        ];
        let found = autostart(&all);
        let expected = [(&all[3].id, 10), (&all[0].id, 10), (&all[1].id, 20)];
        assert_eq!(
            found,
            expected.map(|(id, seconds)| (id, Duration::from_secs(seconds)))
        );
    }
}
