//! `range(start, stop, step)`.

/// An arithmetic progression, `range(start, stop, step)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// First item.
    pub start: i64,
    /// Bound, not included.
    pub stop: i64,
    /// Distance between items; never 0.
    pub step: i64,
}

impl Range {
    /// Number of items.
    pub fn len(self) -> usize {
        let (from, to, step) = if self.step > 0 {
            (self.start, self.stop, i128::from(self.step))
        } else {
            (self.stop, self.start, -i128::from(self.step))
        };
        let distance = i128::from(to) - i128::from(from);
        if distance <= 0 { 0 } else { usize::try_from((distance + step - 1) / step).unwrap_or(usize::MAX) }
    }

    /// Whether there is no item.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The item at `index`, which must be below [`Range::len`].
    pub fn at(self, index: usize) -> i64 {
        self.start.wrapping_add(self.step.wrapping_mul(index as i64))
    }
}
