//! `%store x` and `%store -r x`: IPython keeps values in pickle files, which Python reads and writes as well.

use super::quote;
use super::{Action, Gathered};

/// Where IPython keeps what `%store` stores.
const FOLDER: &str = ".ipython/profile_default/db/autorestore";

/// The statement for `%store` with these arguments.
pub(super) fn lower(arguments: &str, gathered: &mut Gathered) -> Action {
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let (names, statement): (&[&str], fn(&str) -> String) = match words.as_slice() {
        [] => return Action::Drop("it shows something only in a notebook"),
        ["-r", names @ ..] if !names.is_empty() => (names, restored),
        ["-d" | "-z" | "-r", ..] => {
            return Action::Unsupported("it changes what all notebooks have stored");
        }
        names => (names, stored),
    };
    let is_name = |name: &&str| {
        !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    if !names.iter().all(is_name) {
        return Action::Unsupported("it stores more than the values of names");
    }
    gathered.need("pathlib");
    gathered.need("pickle");
    let statements: Vec<String> = names.iter().map(|name| statement(name)).collect();
    Action::Python(statements.join("; "))
}

fn stored(name: &str) -> String {
    format!("{}.write_bytes(pickle.dumps({name}))", file(name))
}

fn restored(name: &str) -> String {
    format!("{name} = pickle.loads({}.read_bytes())", file(name))
}

fn file(name: &str) -> String {
    let path = quote::literal(&format!("~/{FOLDER}/{name}"));
    format!("pathlib.Path({path}).expanduser()")
}
