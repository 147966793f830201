//! What single files must keep to: length, no paths of a machine, messages in our style.

use camino::Utf8Path;

use super::TextFile;

/// The most lines of a source file, its tests not counted.
const MOST_LINES: usize = 600;

/// Files that were longer when the rule came, with what they may have: to be split, never to grow.
const LONGER: [(&str, usize); 3] = [
    ("crates/check/src/index.rs", 620),
    ("crates/effects/src/statements.rs", 620),
    ("crates/plan/src/naming.rs", 630),
];

/// Files about hard-coded paths: those in them are examples.
const PATHS_AS_EXAMPLES: [&str; 2] = [
    "crates/check/docs/CFG001.md",
    "crates/syntax/src/machines.rs",
];

/// Looks at every file.
pub fn check(files: &[TextFile]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files {
        findings.extend(length_finding(file));
        findings.extend(machine_path_findings(file));
        findings.extend(message_findings(file));
    }
    findings
}

fn is_source(path: &Utf8Path) -> bool {
    path.extension() == Some("rs") && path.components().any(|part| part.as_str() == "src")
}

/// A source file is short; tests and tables may be long.
fn length_finding(file: &TextFile) -> Option<String> {
    if !is_source(&file.path) {
        return None;
    }
    let lines = file
        .text
        .lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .count();
    let known = LONGER.iter().find(|(path, _)| file.path == *path);
    let most = known.map_or(MOST_LINES, |(_, lines)| *lines);
    (lines > most).then(|| {
        format!(
            "{}: has {lines} lines before its tests, more than {most}",
            file.path
        )
    })
}

/// What is committed must mean the same on every machine.
fn machine_path_findings(file: &TextFile) -> Vec<String> {
    // Put together here, so that this file does not find itself.
    if PATHS_AS_EXAMPLES.iter().any(|path| file.path == *path) {
        return Vec::new();
    }
    let homes = ["home", "Users", "root", "work", "workspace"].map(|folder| format!("/{folder}/"));
    let mut findings = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        let is_named = homes.iter().any(|home| starts_a_path(line, home));
        if is_named {
            findings.push(format!(
                "{}:{}: names a path of one machine",
                file.path,
                number + 1
            ));
        }
    }
    findings
}

/// Whether `line` has `home` where a path can begin: not in the middle of a longer path or an address.
fn starts_a_path(line: &str, home: &str) -> bool {
    line.match_indices(home).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| {
            !(c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '~' | '}' | '*' | '>'))
        })
    })
}

/// Messages are lower case and have no final stop.
fn message_findings(file: &TextFile) -> Vec<String> {
    if !is_source(&file.path) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        let Some(message) = line.trim_start().strip_prefix("#[error(\"") else {
            continue;
        };
        let message = message.trim_end_matches(['"', ')', ']']);
        let starts_upper = message.chars().next().is_some_and(char::is_uppercase);
        if starts_upper || message.ends_with('.') {
            let at = format!("{}:{}", file.path, number + 1);
            findings.push(format!(
                "{at}: the message starts in lower case and has no final stop"
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<String> {
        check(&[TextFile {
            path: path.into(),
            text: text.to_owned(),
        }])
    }

    #[test]
    fn a_long_file_is_found_and_its_tests_do_not_count() {
        let code = "x\n".repeat(MOST_LINES);
        assert_eq!(
            findings("a/src/b.rs", &format!("{code}#[cfg(test)]\n{code}")),
            Vec::<String>::new()
        );
        assert_eq!(findings("a/src/b.rs", &format!("{code}x\n")).len(), 1);
        assert_eq!(
            findings("a/data.tsv", &format!("{code}x\n")),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_path_of_a_machine_is_found_and_a_relative_one_is_not() {
        let home = format!("/{}/ann/x", "home");
        assert_eq!(
            findings("a.md", &format!("see `{home}`")),
            ["a.md:1: names a path of one machine"]
        );
        assert_eq!(
            findings("a.md", &format!("see example.org{home}")),
            Vec::<String>::new()
        );
        assert_eq!(
            findings("a.md", &format!("see target{home}")),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_message_in_upper_case_or_with_a_stop_is_found() {
        assert_eq!(
            findings("a/src/e.rs", "    #[error(\"Cannot read\")]").len(),
            1
        );
        assert_eq!(
            findings("a/src/e.rs", "    #[error(\"cannot read.\")]").len(),
            1
        );
        assert_eq!(
            findings("a/src/e.rs", "    #[error(\"cannot read `{path}`\")]"),
            Vec::<String>::new()
        );
    }
}
