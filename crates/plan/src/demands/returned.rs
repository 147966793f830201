//! Results of libraries without types that a function returns as they are: a variable says what they are, or a type
//! checker would have to take them for anything.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use super::imported;
use super::said::Said;
use super::unchecked::{Kind, Values, is_known_class};
use crate::names::identifiers;
use crate::{Module, Plan};

/// Names the results of functions and methods that say their types.
pub(crate) fn name_returned(plan: &mut Plan) {
    let own = format!("{}.", plan.package);
    let said = Said::of(plan);
    for module in &mut plan.modules {
        let mut imported = imported(module);
        // The package's own functions say what they give.
        let is_own = |path: &String| path.starts_with(&own);
        let classes = imported.iter().filter(|(_, path)| is_own(path));
        let classes: BTreeSet<String> = classes.map(|(name, _)| name.clone()).collect();
        imported.retain(|_, path| !is_own(path));
        name_in(module, &imported, &classes, &said);
    }
}

fn name_in(
    module: &mut Module,
    imported: &BTreeMap<String, String>,
    classes: &BTreeSet<String>,
    said: &Said,
) {
    let is_known = |path: &str| {
        let (root, rest) = path.split_at(path.find('.').unwrap_or(path.len()));
        let from = imported.get(root);
        from.is_some_and(|it| is_known_class(&format!("{it}{rest}")))
            || classes.contains(root)
            || module.items.iter().any(|it| it.name == root)
    };
    let mut texts = Vec::new();
    for item in &module.items {
        if !item.text.contains("return ") {
            continue;
        }
        let parsed = snippet(&item.text);
        let mut search = Search {
            text: &item.text,
            imported,
            said,
            class: None,
            is_known: &is_known,
            names: free_names(&item.text),
            edits: Vec::new(),
        };
        search.visit_body(parsed.statements());
        let mut edits = search.edits;
        edits.sort_by_key(|(range, _)| range.start());
        let mut text = item.text.clone();
        for (range, new) in edits.into_iter().rev() {
            text.replace_range(std::ops::Range::<usize>::from(range), &new);
        }
        texts.push((item.name.clone(), item.text.clone(), text));
    }
    for (name, old, new) in texts {
        let mut items = module.items.iter_mut();
        if let Some(item) = items.find(|it| it.name == name && it.text == old) {
            item.text = new;
        }
    }
}

/// Names for results that the code has no other use for.
fn free_names(text: &str) -> Vec<&'static str> {
    let taken = identifiers(text);
    let names = ["result", "outcome"].into_iter();
    names
        .filter(|name| !taken.iter().any(|it| it == name))
        .collect()
}

struct Search<'a> {
    text: &'a str,
    imported: &'a BTreeMap<String, String>,
    said: &'a Said,
    /// The class whose methods are gone through.
    class: Option<&'a str>,
    /// Whether a type checker knows a class by the name that it has here.
    is_known: &'a dyn Fn(&str) -> bool,
    names: Vec<&'static str>,
    edits: Vec<(TextRange, String)>,
}

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let before = self.class;
        match statement {
            Stmt::FunctionDef(function) => {
                self.function(function);
                self.class = None;
            }
            Stmt::ClassDef(class) => self.class = Some(class.name.as_str()),
            _ => {}
        }
        walk_stmt(self, statement);
        self.class = before;
    }
}

impl<'a> Search<'a> {
    fn function(&mut self, function: &'a ast::StmtFunctionDef) {
        let Some(returns) = &function.returns else {
            return;
        };
        let written = &self.text[returns.range()];
        if !self.is_checked(written) {
            return;
        }
        let mut returned = Returned::default();
        returned.visit_body(&function.body);
        let mut values = Values::of(self.text, self.imported, function);
        values.within(self.said, self.class);
        let is_unchecked = |it: &&ast::StmtReturn| {
            let value = it.value.as_deref();
            value.is_some_and(|it| values.kind(it) == Kind::Anything)
        };
        let unchecked: Vec<_> = returned.0.into_iter().filter(is_unchecked).collect();
        let is_declared = self.declare(&unchecked, &values, written);
        // A name is annotated once.
        if is_declared || unchecked.len() > self.names.len() {
            return;
        }
        let start = |it: &ast::StmtReturn| {
            let start = usize::from(it.start());
            self.text[..start].rfind('\n').map_or(0, |at| at + 1)
        };
        let margin = |it: &ast::StmtReturn| &self.text[start(it)..usize::from(it.start())];
        if unchecked.iter().any(|it| !margin(it).trim().is_empty()) {
            return;
        }
        for (one, name) in unchecked.into_iter().zip(&self.names) {
            // With the brackets around it, inside which it may go on on other lines.
            let value = self.text[one.range()]
                .trim_start_matches("return")
                .trim_start();
            let margin = margin(one);
            let text = format!("{name}: {written} = {value}\n{margin}return {name}");
            self.edits.push((one.range(), text));
        }
    }

    /// Annotates the variable that a function returns where it is bound first, if nothing but that has to be said.
    fn declare(
        &mut self,
        unchecked: &[&ast::StmtReturn],
        values: &Values<'_>,
        written: &str,
    ) -> bool {
        let [one] = unchecked else { return false };
        let value = one.value.as_deref().and_then(Expr::as_name_expr);
        let Some(first) = value.and_then(|it| values.first_binding(it.id.as_str())) else {
            return false;
        };
        let name = value.map(|it| it.id.as_str()).unwrap_or_default();
        let start = usize::from(first.start());
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let head = &self.text[line..start];
        let margin = head.len() - head.trim_start().len();
        if head[margin..] != format!("{name} = ") {
            return false;
        }
        let at = TextSize::try_from(line + margin + name.len());
        let Ok(at) = at else { return false };
        let edit = (TextRange::empty(at), format!(": {written}"));
        self.edits.push(edit);
        true
    }

    /// Whether a type checker knows all classes of an annotation.
    fn is_checked(&self, annotation: &str) -> bool {
        const KNOWN: [&str; 9] = [
            "float", "int", "str", "bool", "None", "list", "tuple", "dict", "Any",
        ];
        let words = paths_in(annotation);
        let is_known = |it: &&str| KNOWN.contains(it) || (self.is_known)(it);
        // What holds something is known, whatever it is that it holds.
        let is_holder = annotation.ends_with(']')
            && annotation.find(']') == Some(annotation.len() - 1)
            && words.first().is_some_and(is_known);
        let are_known = is_holder || words.iter().all(is_known);
        !["None", "Any"].contains(&annotation) && !words.is_empty() && are_known
    }
}

/// The names in an annotation, with their modules: `np.ndarray`.
fn paths_in(annotation: &str) -> Vec<&str> {
    let parts = annotation.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
    parts
        .filter(|it| it.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        .collect()
}

/// The `return` statements of a function, but not those of functions in it.
#[derive(Default)]
struct Returned<'a>(Vec<&'a ast::StmtReturn>);

impl<'a> Visitor<'a> for Returned<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(it) => self.0.push(it),
            _ => walk_stmt(self, statement),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Said;
    use crate::{Folder, Item, Module};

    fn check(code: &str, expected: &str) {
        let imports = [
            "import numpy as np",
            "import skimage as ski",
            "import pandas as pd",
            "from sklearn.cluster import KMeans",
            "import matplotlib.pyplot as plt",
            "import re",
            "from pylab import loadtxt",
            "from collections import OrderedDict",
        ];
        let mut module = Module {
            folder: Folder::Domain,
            name: "functions".to_owned(),
            summary: "Functions.".to_owned(),
            imports: imports
                .iter()
                .map(|it| (*it).to_owned())
                .collect::<BTreeSet<_>>(),
            items: vec![Item {
                name: "f".to_owned(),
                text: code.to_owned(),
                units: Vec::new(),
            }],
        };
        let imported = super::imported(&module);
        super::name_in(&mut module, &imported, &BTreeSet::new(), &Said::default());
        assert_eq!(module.items[0].text, expected);
    }

    #[test]
    fn what_a_library_without_types_gives_is_named_with_its_type() {
        check(
            "def f(x: np.ndarray) -> np.ndarray:\n    return 2 * ski.filters.median(x)\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    result: np.ndarray = 2 * ski.filters.median(x)\n    return result\n",
        );
        check(
            "def f(path: Path) -> np.ndarray:\n    return loadtxt(path)\n",
            "def f(path: Path) -> np.ndarray:\n    result: np.ndarray = loadtxt(path)\n    return result\n",
        );
    }

    #[test]
    fn so_is_what_functions_of_each_element_give() {
        check(
            "def f(z: np.ndarray) -> np.ndarray:\n    return 1 / (1 + np.exp(-z))\n",
            "def f(z: np.ndarray) -> np.ndarray:\n    result: np.ndarray = 1 / (1 + np.exp(-z))\n    return result\n",
        );
    }

    #[test]
    fn so_is_what_is_made_of_the_numbers_of_an_array() {
        for value in ["-0.5 * np.sum(x**2)", "x.max() - x.min()", "x[-1]"] {
            check(
                &format!("def f(x: np.ndarray) -> float:\n    return {value}\n"),
                &format!(
                    "def f(x: np.ndarray) -> float:\n    result: float = {value}\n    return result\n"
                ),
            );
        }
        for code in [
            "def f(x: np.ndarray) -> np.ndarray:\n    return x[:, 0]\n",
            "def f(x: list[float]) -> float:\n    return x[0]\n",
        ] {
            check(code, code);
        }
    }

    #[test]
    fn brackets_stay_around_what_goes_on_on_other_lines() {
        check(
            "def f(z: np.ndarray) -> np.ndarray:\n    return (np.exp(z)\n            + 1)\n",
            "def f(z: np.ndarray) -> np.ndarray:\n    result: np.ndarray = (np.exp(z)\n            + 1)\n    return result\n",
        );
    }

    #[test]
    fn what_is_known_or_said_to_be_anything_is_returned_as_it_is() {
        for code in [
            "def f(x: np.ndarray) -> np.ndarray:\n    return np.sort(x)\n",
            "def f(x: np.ndarray) -> Any:\n    return ski.filters.median(x)\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    if x.any(): return ski.filters.median(x)\n    return x\n",
        ] {
            check(code, code);
        }
    }

    #[test]
    fn a_variable_that_is_returned_says_it_itself() {
        check(
            "def f(x: np.ndarray) -> np.ndarray:\n    y = ski.filters.median(x)\n    y += 1\n    return y\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    y: np.ndarray = ski.filters.median(x)\n    y += 1\n    return y\n",
        );
        check(
            "def f(x: np.ndarray) -> np.ndarray:\n    a, y = ski.filters.median(x)\n    return y\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    a, y = ski.filters.median(x)\n    result: np.ndarray = y\n    return result\n",
        );
    }

    #[test]
    fn what_comes_of_it_is_unchecked_too() {
        for code in [
            "def f(x: np.ndarray) -> float:\n    y = ski.filters.median(x)\n    return y.max()\n",
            "def f(x: np.ndarray, y: np.ndarray) -> np.ndarray:\n    return x - y\n",
            "def f(m: KMeans) -> np.ndarray:\n    return m.labels_\n",
            "def f(x: np.ndarray) -> np.float64:\n    return np.corrcoef(x)[0, 1]\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    return np.argmax(x, axis=0)\n",
            "def f(x: np.ndarray) -> np.float64:\n    return np.add.reduce(x)\n",
        ] {
            let (head, value) = code.rsplit_once("return ").unwrap_or_default();
            let ty = head.split_once("-> ").map_or("", |(_, rest)| rest);
            let ty = ty.split_once(':').map_or("", |(ty, _)| ty);
            let value = value.trim_end();
            check(
                code,
                &format!("{head}result: {ty} = {value}\n    return result\n"),
            );
        }
        for code in [
            "def f(x: np.ndarray) -> np.ndarray:\n    return x + 1\n",
            "def f(n: int) -> np.ndarray:\n    return np.ones(n) * 2\n",
            "def f(x: np.ndarray) -> np.int64:\n    return np.argmax(x)\n",
            "def f(x: np.ndarray) -> KMeans:\n    return KMeans().fit(x)\n",
            "def f(x: np.ndarray) -> ski.graph.RAG:\n    return ski.graph.RAG(x)\n",
            "def f(x: Any) -> np.ndarray:\n    if x:\n        x = ski.filters.median(x)\n    return g(x)\n",
        ] {
            check(code, code);
        }
    }

    #[test]
    fn each_of_two_results_has_a_name() {
        check(
            "def f(x: np.ndarray) -> np.ndarray:\n    if x.any():\n        return ski.filters.median(x)\n    return ski.filters.mean(x)\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    if x.any():\n        result: np.ndarray = ski.filters.median(x)\n        return result\n    outcome: np.ndarray = ski.filters.mean(x)\n    return outcome\n",
        );
    }

    #[test]
    fn many_lines_that_are_made_of_one_another_are_gone_through_once() {
        use std::fmt::Write as _;
        let mut code = "def f(x: KMeans) -> np.ndarray:\n    x0 = x.labels_\n".to_owned();
        for at in 0..60 {
            let _ = writeln!(code, "    x{} = x{at} + x{at}", at + 1);
        }
        check(
            &format!("{code}    return -x9\n"),
            &format!("{code}    result: np.ndarray = -x9\n    return result\n"),
        );
    }

    #[test]
    fn what_comes_to_be_anything_says_what_it_is() {
        for (head, ty, value) in [
            // A parameter that holds something else later.
            (
                "x: np.ndarray, m: np.ndarray",
                "np.ndarray",
                "x = ski.filters.median(x)\n    x[m] = 1",
            ),
            // Of several comparisons each is meant.
            ("x: np.ndarray", "np.bool_", "(x == x[0]).all()"),
            ("n: Any", "np.ndarray", "np.random.standard_t(3, size=n)"),
            ("m: re.Match[Any]", "str", "m.group(0).replace('a', 'b')"),
            ("x: int", "np.ndarray", "_, axs = plt.subplots(x)"),
            ("x: int", "OrderedDict[str, KMeans]", "ski.data.all()"),
            ("x: int", "int", "ski"),
            ("a: int, b: float", "float", "(a**2 + b**2) ** 0.5"),
            (
                "x: np.ndarray, m: np.ndarray",
                "np.ndarray",
                "x = x[m]\n    x *= 2",
            ),
        ] {
            let (before, value) = match value.split_once(" = ") {
                Some((names, _)) => {
                    let name = names.rsplit(' ').next().unwrap_or_default();
                    (format!("    {value}\n"), name)
                }
                None => (String::new(), value),
            };
            let head = format!("def f({head}) -> {ty}:\n{before}");
            check(
                &format!("{head}    return {value}\n"),
                &format!("{head}    result: {ty} = {value}\n    return result\n"),
            );
        }
    }
}
