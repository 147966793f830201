//! Bugs of srcify: a panic becomes one message that says what to do, and shows nothing of the user's code.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread::ThreadId;

use anyhow::bail;
use srcify_emit::Tree;

/// Where threads panicked: in files of srcify, or of what it is made of.
static PLACES: Mutex<Vec<(ThreadId, String)>> = Mutex::new(Vec::new());

/// Keeps the place of a panic, instead of printing its message: that may hold a part of the input.
pub fn note_places() {
    if std::env::var_os("RUST_BACKTRACE").is_some() {
        return;
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        if let (Some(place), Ok(mut places)) = (place, PLACES.lock()) {
            places.push((std::thread::current().id(), place));
        }
    }));
}

/// Runs a part of the work.
///
/// # Errors
/// When it panics: the message for the user.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| message())
}

/// Looks at what would be written: all of its Python must be Python.
///
/// # Errors
/// The first file that Python would not read, as a message for the user.
pub fn check_python(tree: &Tree) -> anyhow::Result<()> {
    let mut files = tree
        .iter()
        .filter(|(path, _)| path.extension() == Some("py"));
    match files.find(|(_, text)| !srcify_syntax::snippet(text).is_valid()) {
        Some((path, _)) => {
            bail!(
                "{}; nothing was written",
                reported(&format!(": `{path}` would be no Python"))
            )
        }
        None => Ok(()),
    }
}

fn message() -> String {
    reported(&place().map_or_else(String::new, |place| format!(" at {place}")))
}

/// What the user is asked to do about a bug.
fn reported(bug: &str) -> String {
    format!(
        "internal error{bug} in srcify {}; please report it at {}/issues, with the statement or file that brings it up",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_REPOSITORY"),
    )
}

/// The place of this thread's panic; work that was shared out panicked on another one.
fn place() -> Option<String> {
    let mut places = PLACES.lock().ok()?;
    let this = std::thread::current().id();
    let own = places.iter().rposition(|(thread, _)| *thread == this);
    let at = own.or_else(|| places.len().checked_sub(1))?;
    Some(places.remove(at).1)
}

/// Panics where a test wishes: `SRCIFY_PANIC=plan:b.py` in `plan` of that file, `SRCIFY_PANIC=emit` in `emit`.
#[cfg(debug_assertions)]
pub fn stage(name: &str, input: &str) {
    let wish = std::env::var("SRCIFY_PANIC").unwrap_or_default();
    let (stage, file) = wish.split_once(':').unwrap_or((&wish, ""));
    assert!(
        stage != name || !input.ends_with(file),
        "a test wishes a panic in `{name}` of {input}"
    );
}

/// Nothing: only builds for tests panic at will.
#[cfg(not(debug_assertions))]
pub fn stage(_: &str, _: &str) {}

#[cfg(test)]
mod tests {
    use srcify_emit::Tree;

    use super::check_python;

    #[test]
    fn what_is_no_python_is_not_written() {
        let mut tree = Tree::default();
        tree.insert("confs/a.yaml", "x: [".to_owned());
        tree.insert("src/a/b.py", "x = 1\n".to_owned());
        assert!(check_python(&tree).is_ok());
        tree.insert("src/a/c.py", "class 2Dataset:\n    pass\n".to_owned());
        let message = check_python(&tree).unwrap_err().to_string();
        assert!(message.contains("`src/a/c.py`"), "{message}");
    }
}
