//! Files that are closed because nobody holds them any more.

use std::collections::BTreeSet;

use srcify_effects::{Effect, Type};
use srcify_syntax::Program;
use srcify_syntax::ast::Stmt;

use crate::steps::Step;

/// Where the types of open files come from.
const HANDLES: [&str; 6] = ["io.", "gzip.", "bz2.", "lzma.", "zipfile.", "tarfile."];

/// Files that are memory alone.
const BUFFERS: [&str; 2] = ["io.StringIO", "io.BytesIO"];

/// Notes where a variable that holds a file to write into is deleted or gets another value: that writes its last lines.
pub(super) fn note_closings(program: &Program, steps: &mut [Step]) {
    let mut open: BTreeSet<String> = BTreeSet::new();
    for step in steps {
        let ended = step.may.iter().chain(&step.deletes);
        step.closes = ended.filter(|it| open.contains(*it)).cloned().collect();
        let opens = step.effects.contains(Effect::WriteFile);
        if !step.closes.is_empty() {
            step.effects.insert(Effect::WriteFile);
        }
        let is_over = |it: &String| step.must.contains(it) || step.deletes.contains(it);
        open.retain(|it| !is_over(it));
        // What `with` binds it closes itself.
        if opens && let Stmt::Assign(_) = program.statement(step.unit) {
            let types = step.types.iter();
            open.extend(types.filter(|it| is_file(it.1)).map(|it| it.0.clone()));
        }
    }
}

/// Whether a type is certainly one of files on a disk.
fn is_file(ty: &Type) -> bool {
    HANDLES.iter().any(|it| ty.name.starts_with(it)) && !BUFFERS.contains(&ty.name.as_str())
}
