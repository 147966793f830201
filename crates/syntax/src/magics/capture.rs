//! `%%capture`: what the cell prints goes to a text instead.

use ruff_python_stdlib::builtins::is_python_builtin;

use super::Gathered;

/// The code before the cell and the code after it; `None` where nothing that it does is seen to print.
pub(super) fn around(
    target: &str,
    body: &str,
    gathered: &mut Gathered,
) -> Option<(String, String)> {
    if target.is_empty() && !may_print(body) {
        return None;
    }
    gathered.need("io");
    gathered.need("sys");
    let before = "hidden, stdout_before = io.StringIO(), sys.stdout; sys.stdout = hidden";
    let mut after = "sys.stdout = stdout_before".to_owned();
    if !target.is_empty() {
        gathered.need("types");
        after.push_str(&format!(
            "\n{target} = types.SimpleNamespace(stdout=hidden.getvalue(), stderr=\"\")"
        ));
    }
    Some((before.to_owned(), after))
}

/// Whether the cell prints, or calls what may: a function that has no module or object before its name.
fn may_print(body: &str) -> bool {
    let mut rest = body;
    while let Some(at) = rest.find('(') {
        let before = &rest[..at];
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, it)| it.is_alphanumeric() || *it == '_')
            .last()
            .map_or(at, |(start, _)| start);
        let name = &before[start..];
        let is_bare = !name.is_empty() && !before[..start].ends_with(['.', '!', '%']);
        let is_defined = before[..start].trim_end().ends_with("def");
        let is_quiet = is_python_builtin(name, 13, false) && name != "print";
        let is_class = name.starts_with(char::is_uppercase);
        if is_bare && !is_defined && !is_quiet && !is_class && !KEYWORDS.contains(&name) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Words that stand before a bracket and call nothing.
const KEYWORDS: &[&str] = &[
    "if", "in", "and", "or", "not", "for", "while", "return", "is", "else", "elif", "assert",
    "del", "with", "as", "import", "yield", "lambda", "await", "raise", "except", "from",
];
