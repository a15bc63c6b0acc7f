//! How far the work is.

/// How far the whole work is, out of how far its present step is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    before: u8,
    weight: u8,
    last: u8,
}

impl Progress {
    /// A step begins: all before it took `before` percent, it will take `weight`.
    pub fn begin(&mut self, before: u8, weight: u8) {
        (self.before, self.weight, self.last) = (before, weight, before);
    }

    /// The step has done `part` of `whole`; the percentage of the whole work, where it has changed.
    pub fn part(&mut self, part: u64, whole: u64) -> Option<u8> {
        let share = u64::from(self.weight) * part.min(whole) / whole.max(1);
        let percent = self.before + u8::try_from(share).unwrap_or(self.weight);
        let more = percent > self.last;
        self.last = self.last.max(percent);
        more.then_some(percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changes_are_told_and_nothing_goes_back() {
        let mut progress = Progress::default();
        progress.begin(10, 50);
        let parts = [
            (0, 100),
            (1, 100),
            (2, 100),
            (2, 100),
            (1, 100),
            (200, 100),
            (1, 0),
        ];
        let told = parts.map(|(part, whole)| progress.part(part, whole));
        assert_eq!(told, [None, None, Some(11), None, None, Some(60), None]);
    }
}
