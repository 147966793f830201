//! `ARCHITECTURE.md` describes what is there.

use camino::Utf8Path;

use super::TextFile;
use super::dependencies::Crate;

/// The file and the most lines it may have.
const DOCUMENT: &str = "ARCHITECTURE.md";
const MOST_LINES: usize = 250;

/// Paths that are not there, and dependencies that are described wrongly.
pub fn check(root: &Utf8Path, files: &[TextFile], crates: &[Crate]) -> Vec<String> {
    let Some(document) = files.iter().find(|file| file.path == DOCUMENT) else {
        return vec![format!("{DOCUMENT}: is missing")];
    };
    let mut findings = Vec::new();
    let lines = document.text.lines().count();
    if lines > MOST_LINES {
        findings.push(format!(
            "{DOCUMENT}: has {lines} lines, more than {MOST_LINES}"
        ));
    }
    for path in paths(&document.text) {
        if !root.join(path).exists() {
            findings.push(format!("{DOCUMENT}: names `{path}`, which does not exist"));
        }
    }
    findings.extend(table_findings(&document.text, crates));
    findings
}

/// Every word in back-ticks that looks like a path of the workspace.
fn paths(text: &str) -> Vec<&str> {
    const FOLDERS: [&str; 7] = [
        "crates/",
        "xtask/",
        "examples/",
        "fixtures/",
        "docs/",
        "fuzz/",
        ".config/",
    ];
    let code = text.split('`').skip(1).step_by(2);
    code.filter(|word| FOLDERS.iter().any(|folder| word.starts_with(folder)))
        .filter(|word| !word.contains(['<', '*', '{', ' ', '…']))
        .collect()
}

/// The rows of the table with the heading `crate`, compared with the manifests.
fn table_findings(text: &str, crates: &[Crate]) -> Vec<String> {
    let mut findings = Vec::new();
    let rows = rows(text);
    for (name, described) in &rows {
        let Some(member) = crates.iter().find(|member| member.name == *name) else {
            findings.push(format!(
                "{DOCUMENT}: describes the crate `{name}`, which does not exist"
            ));
            continue;
        };
        let actual = member.ours().join(", ");
        if *described != actual {
            findings.push(format!(
                "{DOCUMENT}: `{name}` depends on `{actual}`, not on `{described}`"
            ));
        }
    }
    let missing = crates
        .iter()
        .filter(|member| !rows.iter().any(|(name, _)| *name == member.name));
    findings.extend(
        missing.map(|member| format!("{DOCUMENT}: does not describe the crate `{}`", member.name)),
    );
    findings
}

/// Name and dependencies of each row of the dependency table.
fn rows(text: &str) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut lines = text
        .lines()
        .skip_while(|line| !line.starts_with("| crate |"));
    for line in lines
        .by_ref()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
    {
        let cells: Vec<String> = line
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.replace('`', ""))
            .collect();
        if let [name, _, dependencies, ..] = &cells[..] {
            let none = dependencies.trim().replace('–', "");
            rows.push((name.trim().to_owned(), none));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "See `crates/plan/src/plan.rs`, `cargo test`, `crates/<name>`.\n\n\
        | crate | one line | depends on |\n|---|---|---|\n\
        | `syntax` | inputs | – |\n| `plan` | decisions | `effects`, `syntax` |\n";

    fn member(name: &str, dependencies: &[&str]) -> Crate {
        let dependencies = dependencies
            .iter()
            .map(|name| format!("srcify_{name}"))
            .collect();
        Crate {
            name: name.to_owned(),
            dependencies,
            for_tests: Vec::new(),
        }
    }

    #[test]
    fn only_whole_paths_are_looked_for() {
        assert_eq!(paths(TEXT), ["crates/plan/src/plan.rs"]);
    }

    #[test]
    fn a_table_that_tells_the_truth_is_fine() {
        let crates = [
            member("plan", &["effects", "syntax"]),
            member("syntax", &[]),
        ];
        assert_eq!(table_findings(TEXT, &crates), Vec::<String>::new());
    }

    #[test]
    fn a_wrong_a_missing_and_an_invented_crate_are_found() {
        let crates = [member("plan", &["syntax"]), member("emit", &["plan"])];
        assert_eq!(
            table_findings(TEXT, &crates),
            [
                "ARCHITECTURE.md: describes the crate `syntax`, which does not exist",
                "ARCHITECTURE.md: `plan` depends on `syntax`, not on `effects, syntax`",
                "ARCHITECTURE.md: does not describe the crate `emit`",
            ]
        );
    }
}
