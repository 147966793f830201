//! Who may depend on whom.

use anyhow::Context;
use serde_json::Value;

/// A crate of the workspace and what it names in its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crate {
    /// The folder's name: `syntax` for `srcify_syntax`.
    pub name: String,
    /// The package names of its normal dependencies, sorted.
    pub dependencies: Vec<String>,
    /// The package names of what only its tests need, sorted.
    pub for_tests: Vec<String>,
}

impl Crate {
    /// The crates of the workspace that it builds on, as folder names.
    pub fn ours(&self) -> Vec<&str> {
        self.dependencies
            .iter()
            .filter_map(|name| name.strip_prefix("srcify_"))
            .collect()
    }
}

/// What `semantics` may name of ruff, besides all of ty: the types that ty's interface is made of.
const RUFF_FOR_SEMANTICS: [&str; 4] = [
    "ruff_db",
    "ruff_notebook",
    "ruff_python_ast",
    "ruff_text_size",
];

/// The crates from the lowest to the highest; a crate may use those before it.
const ORDER: [&str; 10] = [
    "syntax",
    "semantics",
    "effects",
    "link",
    "plan",
    "emit",
    "check",
    "verify",
    "report",
    "srcify",
];

/// Pairs that the order allows and the design does not.
const FORBIDDEN: [(&str, &str); 7] = [
    ("plan", "link"),
    ("emit", "effects"),
    ("emit", "semantics"),
    ("check", "plan"),
    ("check", "emit"),
    ("verify", "emit"),
    ("verify", "check"),
];

/// Reads the crates from what `cargo metadata` printed.
pub fn crates(metadata: &Value) -> anyhow::Result<Vec<Crate>> {
    let packages = metadata["packages"]
        .as_array()
        .context("`cargo metadata` lists no packages")?;
    let mut crates: Vec<Crate> = packages.iter().map(crate_of).collect();
    crates.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(crates)
}

fn crate_of(package: &Value) -> Crate {
    let name = package["name"].as_str().unwrap_or_default();
    let named = |kind: &Value| {
        let dependencies = package["dependencies"].as_array().into_iter().flatten();
        let mut names: Vec<String> = dependencies
            .filter(|dependency| dependency["kind"] == *kind)
            .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
            .collect();
        names.sort();
        names.dedup();
        names
    };
    Crate {
        name: name.strip_prefix("srcify_").unwrap_or(name).to_owned(),
        dependencies: named(&Value::Null),
        for_tests: named(&Value::from("dev")),
    }
}

/// The dependencies that the design forbids.
pub fn check(crates: &[Crate]) -> Vec<String> {
    let mut findings = Vec::new();
    for member in crates {
        for dependency in member.dependencies.iter().chain(&member.for_tests) {
            if !may_name(&member.name, dependency) {
                findings.push(format!(
                    "crates/{}: may not name `{dependency}`",
                    member.name
                ));
            }
        }
        for other in member.ours() {
            if !may_use(&member.name, other) {
                findings.push(format!(
                    "crates/{}: may not use the crate `{other}`",
                    member.name
                ));
            }
        }
    }
    findings
}

/// Only one crate talks to ruff, and only one to ty.
fn may_name(member: &str, dependency: &str) -> bool {
    if dependency.starts_with("ruff_") {
        return member == "syntax"
            || (member == "semantics" && RUFF_FOR_SEMANTICS.contains(&dependency));
    }
    if dependency.starts_with("ty_") || dependency.starts_with("salsa") {
        return member == "semantics";
    }
    true
}

/// A crate uses those below it; the developers' crates use all.
fn may_use(member: &str, other: &str) -> bool {
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    match (rank(member), rank(other)) {
        (Some(member_rank), Some(other_rank)) => {
            other_rank < member_rank && !FORBIDDEN.contains(&(member, other))
        }
        (Some(_), None) => false,
        (None, _) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(name: &str, dependencies: &[&str]) -> Vec<String> {
        let dependencies = dependencies.iter().map(|&name| name.to_owned()).collect();
        check(&[Crate {
            name: name.to_owned(),
            dependencies,
            for_tests: Vec::new(),
        }])
    }

    #[test]
    fn only_syntax_names_ruff() {
        assert_eq!(
            findings("syntax", &["ruff_python_parser"]),
            Vec::<String>::new()
        );
        assert_eq!(
            findings("plan", &["ruff_python_ast"]),
            ["crates/plan: may not name `ruff_python_ast`"]
        );
    }

    #[test]
    fn only_semantics_names_ty_and_the_part_of_ruff_that_ty_speaks() {
        assert_eq!(
            findings("semantics", &["ty_python_core", "salsa", "ruff_db"]),
            Vec::<String>::new()
        );
        assert_eq!(
            findings("effects", &["ty_python_core"]),
            ["crates/effects: may not name `ty_python_core`"]
        );
        assert_eq!(findings("semantics", &["ruff_python_parser"]).len(), 1);
    }

    #[test]
    fn a_crate_uses_only_those_below_it() {
        assert_eq!(findings("plan", &["srcify_effects"]), Vec::<String>::new());
        assert_eq!(
            findings("effects", &["srcify_plan"]),
            ["crates/effects: may not use the crate `plan`"]
        );
        assert_eq!(
            findings("emit", &["srcify_effects"]),
            ["crates/emit: may not use the crate `effects`"]
        );
    }

    #[test]
    fn crates_for_developers_are_not_used_by_the_product() {
        assert_eq!(findings("srcify", &["srcify_testing"]).len(), 1);
        assert_eq!(
            findings("testing", &["srcify_syntax"]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn metadata_tells_what_only_tests_need() {
        let metadata = serde_json::json!({"packages": [{"name": "srcify_plan", "dependencies": [
            {"name": "srcify_effects", "kind": null},
            {"name": "tempfile", "kind": "dev"},
        ]}]});
        let crates = crates(&metadata).unwrap();
        assert_eq!(crates[0].ours(), ["effects"]);
        assert_eq!(crates[0].for_tests, ["tempfile"]);
    }
}
