//! Makes an input small that shows a bug (delta debugging; Zeller and Hildebrandt, 2002).

use std::time::{Duration, Instant};

/// Making one input small may take this long.
const PATIENCE: Duration = Duration::from_mins(1);

/// The input without all that the bug does not need: lines first, then bytes.
pub fn minimise(bytes: Vec<u8>, shows: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let until = Instant::now() + PATIENCE;
    let lines: Vec<Vec<u8>> = bytes
        .split_inclusive(|it| *it == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    let lines = without(lines, until, |lines| shows(&lines.concat()));
    let single: Vec<Vec<u8>> = lines.concat().into_iter().map(|it| vec![it]).collect();
    without(single, until, |bytes| shows(&bytes.concat())).concat()
}

/// Leaves out halves, quarters, and so on, as long as `shows` holds.
fn without(
    mut parts: Vec<Vec<u8>>,
    until: Instant,
    shows: impl Fn(&[Vec<u8>]) -> bool,
) -> Vec<Vec<u8>> {
    let mut size = parts.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < parts.len() && Instant::now() < until {
            let end = (at + size).min(parts.len());
            let smaller: Vec<Vec<u8>> = [&parts[..at], &parts[end..]].concat();
            if shows(&smaller) {
                parts = smaller;
            } else {
                at = end;
            }
        }
        size /= 2;
    }
    parts
}
