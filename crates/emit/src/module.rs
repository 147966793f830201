//! Modules of the layers as Python files.

use std::collections::{BTreeMap, BTreeSet};

use srcify_plan::{Module, Plan, bound_name};

use crate::escapes::with_known_escapes;
use crate::forward::{must_be_postponed, quote_annotations, taken_types};

/// Lines of emitted Python are at most this long.
pub(crate) const LINE_WIDTH: u16 = 100;

/// The text of a module: docstring, imports, items.
pub(crate) fn module_text(module: &Module, plan: &Plan) -> String {
    let (typing, mut imports): (Vec<&str>, Vec<&str>) = module
        .imports
        .iter()
        .map(String::as_str)
        .partition(|it| plan.typing_imports.contains(*it));
    let typed: BTreeSet<&str> = typing.iter().map(|it| bound_name(it)).collect();
    // Nothing binds those names when the module runs: annotations that name them must not be evaluated.
    let is_postponed = must_be_postponed(&module.items, &typed);
    if is_postponed {
        imports.push("from __future__ import annotations");
    }
    if !typing.is_empty() {
        imports.push("from typing import TYPE_CHECKING");
    }
    let mut text = format!("\"\"\"{}\"\"\"\n\n", module.summary);
    text.push_str(&imports_text(imports.into_iter(), &plan.package));
    if !typing.is_empty() {
        let typing = imports_text(typing.into_iter(), &plan.package);
        text.push_str(&format!("\nif TYPE_CHECKING:\n{}", indented(&typing)));
    }
    let texts = if is_postponed {
        module.items.iter().map(|item| item.text.clone()).collect()
    } else {
        quote_annotations(&module.items, &taken_types(module))
    };
    for item in texts {
        // Definitions stand two lines apart; isort wants one before anything else.
        let is_definition = ["def ", "class ", "@", "async def "]
            .iter()
            .any(|start| item.trim_start().starts_with(start));
        text.push_str(if is_definition { "\n\n" } else { "\n" });
        text.push_str(&item);
        text.push('\n');
    }
    format(&with_known_escapes(&text))
}

fn indented(text: &str) -> String {
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        _ => format!("    {line}\n"),
    };
    text.lines().map(line).collect()
}

/// Python as ruff's formatter writes it, without strings and comments that are longer than a line; as it is, when the formatter refuses
/// it.
pub(crate) fn format(text: &str) -> String {
    let Ok(formatted) = srcify_syntax::format_module(text, LINE_WIDTH) else {
        return text.to_owned();
    };
    let cut = crate::long_strings::cut(&formatted)
        .and_then(|text| srcify_syntax::format_module(&text, LINE_WIDTH).ok());
    let text = cut.unwrap_or(formatted);
    let lifted = crate::long_comments::lift(&text)
        .and_then(|text| srcify_syntax::format_module(&text, LINE_WIDTH).ok());
    let text = lifted.unwrap_or(text);
    crate::long_comments::wrap(&text).unwrap_or(text)
}

/// Import statements, sorted as isort's default profile does: by section, `import` before `from`, by module.
pub(crate) fn imports_text<'a>(imports: impl Iterator<Item = &'a str>, package: &str) -> String {
    let mut sections: [Section; 5] = Default::default();
    let imports: Vec<&str> = imports.collect();
    for import in imports.iter().filter(|it| !is_said_shorter(it, &imports)) {
        sections[section_of(import, package)].add(import);
    }
    let texts: Vec<String> = sections
        .iter()
        .map(Section::text)
        .filter(|text| !text.is_empty())
        .collect();
    texts.join("\n")
}

/// Whether another import gives the same from a package around its module: of two ways to one class, the shorter is enough.
fn is_said_shorter(import: &str, all: &[&str]) -> bool {
    let parts = |import: &str| {
        let (module, member) = import.strip_prefix("from ")?.split_once(" import ")?;
        Some((module.to_owned(), member.to_owned()))
    };
    let Some((module, member)) = parts(import) else {
        return false;
    };
    let is_around = |other: &str| {
        let inner = module.strip_prefix(other);
        !other.is_empty() && !other.ends_with('.') && inner.is_some_and(|it| it.starts_with('.'))
    };
    let mut others = all.iter().filter_map(|it| parts(it));
    others.any(|(other, name)| name == member && is_around(&other))
}

/// Position of the section: future, standard library, third party, ours, beside.
fn section_of(import: &str, package: &str) -> usize {
    let module = import
        .trim_start_matches("from ")
        .trim_start_matches("import ");
    let module = module.split([' ', '.']).next().unwrap_or_default();
    if module == "__future__" {
        0
    } else if srcify_syntax::stdlib::sys::is_known_standard_library(11, module) {
        1
    } else if module.is_empty() {
        4
    } else if module == package {
        3
    } else {
        2
    }
}

#[derive(Default)]
struct Section {
    plain: Vec<String>,
    /// Members by module.
    from: BTreeMap<String, Vec<String>>,
}

impl Section {
    fn add(&mut self, import: &str) {
        match import
            .strip_prefix("from ")
            .and_then(|rest| rest.split_once(" import "))
        {
            Some((module, member)) => {
                let members = self.from.entry(module.to_owned()).or_default();
                if !members.iter().any(|known| known == member) {
                    members.push(member.to_owned());
                }
            }
            None => self.plain.push(import.to_owned()),
        }
    }

    fn text(&self) -> String {
        let mut plain = self.plain.clone();
        plain.sort_by_key(|import| natural(import.trim_start_matches("import ")));
        let mut text = String::new();
        for import in plain {
            text.push_str(&import);
            text.push('\n');
        }
        let mut modules: Vec<&String> = self.from.keys().collect();
        modules.sort_by_key(|module| natural(module));
        for module in modules {
            let (renamed, mut members): (Vec<String>, Vec<String>) = self.from[module]
                .iter()
                .cloned()
                .partition(|member| member.contains(" as "));
            members.sort_by_key(|member| member_key(member));
            let plain = members.first().map(|first| {
                let line = format!("from {module} import {}\n", members.join(", "));
                let is_long = line.len() > usize::from(LINE_WIDTH) + 1;
                let inside = members.join(",\n    ");
                let long = || format!("from {module} import (\n    {inside},\n)\n");
                (member_key(first), if is_long { long() } else { line })
            });
            let renamed = renamed.iter().map(|member| {
                let line = format!("from {module} import {member}\n");
                (member_key(member), line)
            });
            // Statements stand in the order of their first members.
            let mut lines: Vec<_> = plain.into_iter().chain(renamed).collect();
            lines.sort();
            text.extend(lines.into_iter().map(|(_, line)| line));
        }
        text
    }
}

/// Constants, then classes, then the rest, as isort's `order-by-type`.
fn member_key(member: &str) -> (u8, String, String) {
    let is_constant = member.len() > 1
        && member
            .chars()
            .all(|c| c.is_uppercase() || c == '_' || c.is_numeric());
    let is_class = member.starts_with(char::is_uppercase);
    let rank = if is_constant {
        0
    } else {
        2 - u8::from(is_class)
    };
    (rank, natural(member), member.to_owned())
}

/// A name as isort compares it: whatever its case, and its numbers by their size.
fn natural(name: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for c in name.to_lowercase().chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            key.push_str(&format!("{digits:0>12}"));
            digits.clear();
        }
        key.push(c);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_sorted_whatever_their_case() {
        let imports = [
            "from m import CoxPH, B10",
            "from m import Coxnet",
            "from m import B9",
            "from m import b",
        ];
        let imports = imports.iter().flat_map(|it| {
            let members = it.trim_start_matches("from m import ").split(", ");
            members
                .map(|member| format!("from m import {member}"))
                .collect::<Vec<_>>()
        });
        let imports: Vec<String> = imports.collect();
        let text = imports_text(imports.iter().map(String::as_str), "churn");
        assert_eq!(text, "from m import B9, B10, Coxnet, CoxPH, b\n");
    }

    #[test]
    fn of_two_ways_to_a_class_the_shorter_is_taken_and_statements_stand_by_their_first_members() {
        let imports = [
            "from . import near",
            "from churn.config import A",
            "from m import Dot",
            "from m import Constant as C",
            "from m import late as l",
            "from m.inner import Dot",
            "from m.inner import Other",
        ];
        assert_eq!(
            imports_text(imports.into_iter(), "churn"),
            "from m import Constant as C\nfrom m import Dot\nfrom m import late as l\nfrom m.inner import Other\n\nfrom churn.config import A\n\nfrom . import near\n"
        );
    }

    #[test]
    fn imports_are_sorted_by_section_and_module() {
        let imports = [
            "import pandas as pd",
            "from churn.config import A",
            "import json",
            "from sklearn.svm import SVC",
        ];
        let text = imports_text(imports.into_iter(), "churn");
        assert_eq!(
            text,
            "import json\n\nimport pandas as pd\nfrom sklearn.svm import SVC\n\nfrom churn.config import A\n"
        );
    }
}
