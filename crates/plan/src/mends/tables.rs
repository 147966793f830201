//! Long columns of values as constants of their module, beside the functions that use them.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, snippet};

use super::{Mend, mended};
use crate::{Folder, Item, Module};

/// Values that take more lines than these hide what a function does.
const LONG: usize = 30;

/// Moves the long literals of a module's functions into constants; `taken` are builtins that mean something else.
pub(super) fn name_long(module: &mut Module, taken: &BTreeSet<String>) {
    if module.folder == Folder::Io || taken.contains("list") {
        return;
    }
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut constants = Vec::new();
    for at in 0..module.items.len() {
        let item = &module.items[at];
        if item.text.lines().count() <= LONG && item.text.len() < LONG * 5 {
            continue;
        }
        if words.is_empty() {
            let texts = module.items.iter().map(|it| it.text.as_str());
            let texts = texts.chain(module.imports.iter().map(String::as_str));
            words = texts.flat_map(words_of).map(str::to_owned).collect();
        }
        let mut found = Vec::new();
        let text = mended(&item.text, |text| {
            long_literals(text, &mut words, &mut found)
        });
        constants.extend(found.into_iter().map(|(name, text)| Item {
            name,
            text,
            units: Vec::new(),
        }));
        module.items[at].text = text;
    }
    // What stands before all items stays there.
    let first = usize::from(module.items.first().is_some_and(|it| it.name.is_empty()));
    module.items.splice(first..first, constants);
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
}

/// Long literals of a function, and what stands for them; the constants go into `found`.
fn long_literals(
    text: &str,
    words: &mut BTreeSet<String>,
    found: &mut Vec<(String, String)>,
) -> Vec<Mend> {
    let parsed = snippet(text);
    let [Stmt::FunctionDef(function)] = parsed.statements() else {
        return Vec::new();
    };
    let mut mends = Vec::new();
    for statement in function.body.iter().skip(1) {
        let (target, value) = match statement {
            Stmt::Return(it) => (None, it.value.as_deref()),
            Stmt::Assign(it) => match &it.targets[..] {
                [Expr::Name(name)] => (Some(name.id.to_string()), Some(&*it.value)),
                _ => continue,
            },
            _ => continue,
        };
        let Some(value) = value else { continue };
        let mut search = Search(Vec::new());
        search.visit_expr(value);
        // One table has the name of the function or the variable; several are left to their reader.
        let [literal] = search.0[..] else { continue };
        let own = function.name.trim_start_matches('_').split_once('_');
        let noun = target.or_else(|| own.map(|it| it.1.to_owned()));
        let Some(noun) = noun else { continue };
        let range = literal.range();
        let source = &text[usize::from(range.start())..usize::from(range.end())];
        let name = free_name(&crate::naming::snake(&noun).to_uppercase(), words);
        let (constant, replacement) = if literal.is_list_expr() {
            let inside = &source[1..source.len() - 1];
            (format!("{name} = ({inside})\n"), format!("list({name})"))
        } else {
            (format!("{name} = {source}\n"), name.clone())
        };
        found.push((name, constant));
        mends.push((range, replacement));
    }
    mends
}

fn free_name(wanted: &str, words: &mut BTreeSet<String>) -> String {
    let is_name = wanted.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let wanted = if is_name {
        wanted.to_owned()
    } else {
        format!("TABLE_{wanted}")
    };
    let mut names = std::iter::once(wanted.clone())
        .chain(std::iter::once(format!("{wanted}_TABLE")))
        .chain((2..).map(|number| format!("{wanted}_{number}")));
    let name = names.find(|name| !words.contains(name)).unwrap_or(wanted);
    words.insert(name.clone());
    name
}

struct Search<'a>(Vec<&'a Expr>);

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        let is_long = match expression {
            Expr::List(list) => list.elts.len() > LONG && list.elts.iter().all(is_scalar),
            Expr::StringLiteral(it) => {
                !it.value.is_implicit_concatenated()
                    && it.value.to_str().matches('\n').count() > LONG
            }
            // Code that runs later, and strings in strings.
            Expr::Lambda(_) | Expr::FString(_) | Expr::TString(_) => return,
            _ => false,
        };
        if is_long {
            self.0.push(expression);
        } else {
            walk_expr(self, expression);
        }
    }
}

/// A number with or without a sign, or a plain string.
fn is_scalar(value: &Expr) -> bool {
    match value {
        Expr::UnaryOp(it) => it.operand.is_number_literal_expr(),
        other => {
            other.is_number_literal_expr()
                || other.is_string_literal_expr()
                || other.is_boolean_literal_expr()
                || other.is_none_literal_expr()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::mended;
    use super::long_literals;

    fn check(text: &str) -> (String, Vec<(String, String)>) {
        let mut found = Vec::new();
        let mut words = BTreeSet::from(["DATA".to_owned()]);
        let text = mended(text, |text| long_literals(text, &mut words, &mut found));
        (text, found)
    }

    #[test]
    fn a_long_column_becomes_a_constant_of_which_each_call_makes_a_list() {
        let column = "1, -2, 'a', None, ".repeat(10);
        let code = format!(
            "def build_data():\n    \"\"\"Give it.\"\"\"\n    return np.array([{column}])\n"
        );
        let (text, found) = check(&code);
        assert_eq!(
            text,
            "def build_data():\n    \"\"\"Give it.\"\"\"\n    return np.array(list(DATA_TABLE))\n"
        );
        assert_eq!(
            found,
            [(
                "DATA_TABLE".to_owned(),
                format!("DATA_TABLE = ({column})\n")
            )]
        );
    }

    #[test]
    fn what_is_short_or_may_change_stays() {
        for value in [
            "[1, 2, 3]".to_owned(),
            format!("[{}]", "x, ".repeat(40)),
            format!("[{}]", "[1], ".repeat(40)),
        ] {
            let code = format!(
                "def build_data():\n    \"\"\"Give it.\"\"\"\n    rows = {value}\n    return rows\n"
            );
            assert_eq!(check(&code), (code, Vec::new()));
        }
    }
}
