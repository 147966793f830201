//! Comments above a number and the statement that uses it: `# Train` over `epochs = 10` and the loop.
//!
//! The number becomes a setting, which has a description of its own; the comment is about what follows, and goes there.

use srcify_effects::EffectGraph;
use srcify_syntax::{Program, Ranged, TextRange, TextSize, Unit};

use crate::edits::Edit;
use crate::naming::comment_block;
use crate::steps::{constant_assignment, is_scalar};

/// Moves such comments behind the numbers.
pub(super) fn edits(program: &Program, graph: &EffectGraph) -> Vec<Edit> {
    let binds = |name: &str| {
        let units = graph.units.iter();
        units.filter(|it| it.access.may.contains(name)).count()
    };
    let mut edits = Vec::new();
    for pair in program.units().windows(2) {
        let number = constant_assignment(program.statement(pair[0].id));
        let Some((name, _)) = number.filter(|(_, value)| is_scalar(value)) else {
            continue;
        };
        // Numbers below each other are settings, all of them: the comment is about them.
        let is_alone = constant_assignment(program.statement(pair[1].id)).is_none();
        if is_alone && binds(name) == 1 {
            edits.extend(moved(program, &pair[0], &pair[1]).into_iter().flatten());
        }
    }
    edits
}

/// The edits that move the lines of a comment down, where the next statement stands right below and has none.
fn moved(program: &Program, number: &Unit, next: &Unit) -> Option<[Edit; 2]> {
    let above = TextRange::new(number.full_range.start(), number.range.start());
    let between = TextRange::new(number.range.end(), next.range.start());
    if number.cell != next.cell || program.text(between) != "\n" {
        return None;
    }
    let text = program.text(above);
    comment_block(text)?;
    let lines = text.split_inclusive('\n').rev();
    let lines = lines.take_while(|line| line.starts_with("# ") && !line.starts_with("# %%"));
    let length = lines.map(str::len).sum::<usize>();
    let start = above.end() - TextSize::try_from(length).ok()?;
    let comment = TextRange::new(start, above.end());
    let below = TextRange::empty(program.statement(next.id).start());
    (length > 0).then(|| {
        let text = program.text(comment).to_owned();
        [comment, below].map(|range| Edit {
            range,
            text: if range == below {
                text.clone()
            } else {
                String::new()
            },
        })
    })
}
