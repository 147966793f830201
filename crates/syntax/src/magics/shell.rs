//! Shell commands as calls of `subprocess`.

use super::quote::{self, Piece};
use super::{Action, Gathered, requirements_of};

/// Whether a command's output is a value (`x = !ls`) or goes to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// To the terminal.
    Shown,
    /// A list of lines.
    Captured,
}

/// Words that only a shell knows.
const BUILTINS: [&str; 14] = [
    "cd", "export", "source", ".", "alias", "unset", "set", "ulimit", "umask", "type", "eval",
    "exec", "exit", "time",
];

/// Programs that every system has. Source: the utilities of POSIX.1-2017.
const UTILITIES: [&str; 44] = [
    "awk", "basename", "cat", "chmod", "cmp", "comm", "cp", "cut", "date", "df", "diff", "dirname",
    "du", "echo", "env", "expr", "false", "find", "grep", "head", "id", "join", "ln", "ls",
    "mkdir", "mv", "nl", "od", "paste", "printf", "pwd", "rm", "rmdir", "sed", "sleep", "sort",
    "split", "tail", "tee", "touch", "tr", "true", "uniq", "wc",
];

/// Lowers a shell command.
pub(super) fn lower(command: &str, output: Output, gathered: &mut Gathered) -> Action {
    let command = command.trim();
    if command.is_empty() {
        return Action::Drop("an empty command");
    }
    if let Some(install) = requirements_of(command)
        && output == Output::Shown
    {
        gathered.requirements.extend(install.requirements);
        gathered.left_out.extend(install.left_out);
        return Action::Drop("an install command");
    }
    gathered.need("subprocess");
    let arguments = arguments(command, gathered);
    let piped = "check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True";
    Action::Python(match output {
        // What goes to the terminal would go past a text that takes the cell's output.
        Output::Shown if gathered.is_captured => {
            format!("print(subprocess.run({arguments}, {piped}).stdout, end=\"\")")
        }
        // IPython goes on after a command that fails, so `check` is off.
        Output::Shown => format!("subprocess.run({arguments}, check=False)"),
        // IPython's lines hold what the command wrote to either stream.
        Output::Captured => format!("subprocess.run({arguments}, {piped}).stdout.splitlines()"),
    })
}

/// The first arguments of `subprocess.run`: a list of words where no shell is needed. A program that is not there, as
/// `nvidia-smi`, ends a command of the shell, and the notebook goes on; a list of words it would make an exception.
fn arguments(command: &str, gathered: &Gathered) -> String {
    let pieces = quote::pieces(command, gathered.cx.bound);
    let is_there = |words: &Vec<String>| {
        let first = words.first();
        first.is_some_and(|it| UTILITIES.contains(&it.as_str()))
    };
    if let [Piece::Text(text)] = pieces.as_slice() {
        return match words(text).filter(is_there) {
            Some(words) => list(&words),
            None => format!("{}, shell=True", quote::literal(text)),
        };
    }
    // A value may hold several words, which only a shell splits as IPython does.
    format!("{}, shell=True", quote::expression(&pieces))
}

/// A list literal of strings.
pub(super) fn list(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| quote::literal(word)).collect();
    format!("[{}]", words.join(", "))
}

/// The words of a command that needs no shell: no pipes, redirections, patterns, variables, builtins.
pub(super) fn words(command: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = command.chars();
    while let Some(c) = characters.next() {
        match c {
            ' ' | '\t' => words.extend(word.take()),
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match characters.next()? {
                        end if end == c => break,
                        '$' | '`' | '\\' if c == '"' => return None,
                        inner => word.push(inner),
                    }
                }
            }
            '#' if word.is_none() => break,
            '~' if word.is_none() => return None,
            '=' if words.is_empty() => return None,
            '|' | '&' | ';' | '<' | '>' | '(' | ')' | '$' | '`' | '*' | '?' | '[' | ']' | '{'
            | '}' | '\\' | '!' | '\n' => return None,
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    let first = words.first()?;
    (!BUILTINS.contains(&first.as_str())).then_some(words)
}
