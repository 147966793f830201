//! What a function does when everything that it is given, and every library, is a value that only notes what is done
//! with it (`templates/tests/recorder.py.j2`).
//!
//! Python would do it step by step; this module foretells it from the text, and gives up wherever it is not sure. So the
//! tests that are made of it pass on what is emitted, and fail when a setting no longer arrives where it should.

mod calls;
mod expressions;
mod statements;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{self, Visitor};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::stdlib::identifiers::is_identifier;
use srcify_syntax::{Ranged, snippet};

/// Builtins that are called as they are; all others are replaced.
const REAL: [&str; 12] = [
    "bool",
    "enumerate",
    "float",
    "int",
    "len",
    "list",
    "range",
    "round",
    "sorted",
    "str",
    "tuple",
    "zip",
];

/// Methods that change what they are called on.
const CHANGING: [&str; 12] = [
    "add",
    "append",
    "clear",
    "discard",
    "extend",
    "insert",
    "pop",
    "remove",
    "reverse",
    "setdefault",
    "sort",
    "update",
];

/// Methods whose results give pairs.
const PAIRS: [&str; 3] = ["groupby", "items", "iterrows"];

/// Longer texts of arguments are not repeated in tests.
const LONGEST: usize = 90;

/// What a function does with recorded values.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The steps as Python: `step("dropna", subset=["total"])`.
    pub steps: Vec<String>,
    /// How many items the results of functions must have.
    pub sizes: BTreeMap<String, usize>,
    /// Whether what it is given stays as it was.
    pub keeps_inputs: bool,
}

/// What a value is during the run.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    /// One that notes what is done with it.
    Recorded {
        /// The last name that led to it: of a function, an attribute, an item.
        name: String,
        /// How the test names it, if it can.
        text: Option<String>,
        /// The parameter that it is a part of.
        root: Option<String>,
    },
    /// A real list, number, text or function, and how the test writes it, if it can.
    Real { kind: Kind, text: Option<String> },
}

/// What kind of real value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    True,
    False,
    None,
    Number,
    Text,
    List,
    /// A list of one recorded value.
    Items,
    Range,
    /// Tuples, dictionaries, sets, iterators of builtins, functions: they are passed on, and nothing else.
    Other,
}

impl Value {
    fn recorded(name: &str) -> Self {
        Self::Recorded {
            name: name.to_owned(),
            text: None,
            root: None,
        }
    }

    /// What a step gives.
    fn result(name: &str) -> Self {
        let text = format!("result_of({})", crate::text::python_string(name));
        Self::Recorded {
            name: name.to_owned(),
            text: Some(text),
            root: None,
        }
    }

    /// How a test names one of several values that a step gives.
    fn text_of_item(&self, number: usize) -> Option<String> {
        let text = self.text()?.strip_suffix(')')?;
        let is_whole = text.starts_with("result_of(") && !text.contains(',');
        is_whole.then(|| format!("{text}, {number})"))
    }

    fn real(kind: Kind) -> Self {
        Self::Real { kind, text: None }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Recorded { text, .. } | Self::Real { text, .. } => text.as_deref(),
        }
    }

    /// As an argument of an expected step.
    fn expected(&self) -> String {
        match self.text() {
            Some(text) if text.len() <= LONGEST && !text.contains('\n') => text.to_owned(),
            _ => "ANY".to_owned(),
        }
    }

    fn is_recorded(&self) -> bool {
        matches!(self, Self::Recorded { .. })
    }
}

/// The run cannot be foretold.
#[derive(Debug, Clone, Copy)]
struct Unsure;

type Sure<T> = Result<T, Unsure>;

/// The run of one function.
struct Run<'a> {
    source: &'a str,
    module: &'a ModuleNames,
    locals: BTreeMap<String, Value>,
    /// Every name that the function binds somewhere: no name of the module, also where it is not bound yet.
    bound: BTreeSet<String>,
    steps: Vec<String>,
    /// The steps that read an item, and how tests name that.
    items: BTreeMap<usize, String>,
    sizes: BTreeMap<String, usize>,
    changed: BTreeSet<String>,
    /// How many branches deep, where it is not sure that what is there is done, and done once.
    uncertain: usize,
    has_returned: bool,
}

/// The record of a function of a module, or of a method, if it can be foretold; `source` is the text it stands in.
pub fn record(
    source: &str,
    function: &ast::StmtFunctionDef,
    module: &ModuleNames,
) -> Option<Record> {
    let parameters = &function.parameters;
    let is_plain = parameters.vararg.is_none()
        && parameters.kwarg.is_none()
        && parameters.posonlyargs.is_empty()
        && function.decorator_list.is_empty()
        && !function.is_async;
    if !is_plain {
        return None;
    }
    let locals = parameters.iter_non_variadic_params().map(|parameter| {
        let name = parameter.name().to_string();
        let value = Value::Recorded {
            name: name.clone(),
            text: Some(format!("given.{name}")),
            root: Some(name.clone()),
        };
        (name, value)
    });
    let mut run = Run {
        source,
        module,
        locals: locals.collect(),
        bound: bound_names(&function.body),
        steps: Vec::new(),
        items: BTreeMap::new(),
        sizes: BTreeMap::new(),
        changed: BTreeSet::new(),
        uncertain: 0,
        has_returned: false,
    };
    run.body(&function.body).ok()?;
    Some(run.finish())
}

impl Run<'_> {
    fn finish(self) -> Record {
        let sizes = self.sizes.into_iter().filter(|(_, size)| *size != 1);
        // What is read says the step that it is for, where that names it.
        let is_said = |number: usize| {
            let item = self.items.get(&number);
            item.is_some_and(|item| self.steps[number + 1..].iter().any(|it| it.contains(item)))
        };
        let steps = self.steps.iter().enumerate();
        let steps = steps.filter(|(number, _)| !is_said(*number));
        Record {
            steps: steps.map(|(_, step)| step.clone()).collect(),
            sizes: sizes.collect(),
            keeps_inputs: self.changed.is_empty(),
        }
    }

    /// Notes a step, unless it is not sure that it is taken or it says nothing.
    fn note(&mut self, name: &str, values: &[String], options: &[(String, String)]) {
        // That something was read from somewhere says nothing.
        let says_nothing = matches!(name, "[]" | "[]=" | "in" | "del")
            && values
                .iter()
                .chain(options.iter().map(|(_, value)| value))
                .all(|it| it == "ANY");
        if self.uncertain > 0 || self.has_returned || says_nothing {
            return;
        }
        let mut arguments = vec![crate::text::python_string(name)];
        arguments.extend(values.iter().cloned());
        arguments.extend(
            options
                .iter()
                .map(|(name, value)| format!("{name}={value}")),
        );
        self.steps.push(format!("step({})", arguments.join(", ")));
    }

    /// Notes a call, and whose method it is where the test can name that.
    fn note_call(&mut self, function: &Value, values: &[String], options: &[(String, String)]) {
        let Value::Recorded { name, text, .. } = function else {
            return;
        };
        let before = self.steps.len();
        self.note(name, values, options);
        let attribute = format!(".{name}");
        let owner = text.as_ref().and_then(|it| it.strip_suffix(&attribute));
        // Whose function it is says its name, mostly: `np.sqrt`.
        let owner = owner.filter(|it| *it != "given" && !it.starts_with("named("));
        self.note_owner(before, owner);
    }

    /// Notes what is done to a value.
    fn note_on(&mut self, owner: &Value, name: &str, values: &[String]) {
        let before = self.steps.len();
        self.note(name, values, &[]);
        self.note_owner(before, owner.text());
    }

    fn note_owner(&mut self, before: usize, owner: Option<&str>) {
        if self.steps.len() > before
            && let Some(owner) = owner.filter(|it| it.len() <= LONGEST)
            && let Some(step) = self.steps.last_mut()
        {
            step.push_str(&format!(".on({owner})"));
        }
    }

    fn change(&mut self, value: &Value) {
        if let Value::Recorded {
            root: Some(root), ..
        } = value
        {
            self.changed.insert(root.clone());
        }
    }

    /// Makes sure that a value gives so many items when it is gone through.
    fn set_size(&mut self, name: &str, size: usize) -> Sure<()> {
        let is_free = !matches!(name, "item") && is_identifier(name);
        match self.sizes.insert(name.to_owned(), size) {
            Some(known) if known != size => Err(Unsure),
            _ if is_free || size == 1 => Ok(()),
            _ => Err(Unsure),
        }
    }
}

/// The names that a body binds, inner functions and comprehensions included.
fn bound_names(body: &[Stmt]) -> BTreeSet<String> {
    struct Names(BTreeSet<String>);
    impl<'a> Visitor<'a> for Names {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            if let Stmt::FunctionDef(function) = statement {
                self.0.insert(function.name.to_string());
            }
            visitor::walk_stmt(self, statement);
        }

        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(name) = expression
                && !name.ctx.is_load()
            {
                self.0.insert(name.id.to_string());
            }
            visitor::walk_expr(self, expression);
        }
    }
    let mut names = Names(BTreeSet::new());
    names.visit_body(body);
    names.0
}

/// What the names of a module are.
#[derive(Debug, Default)]
pub struct ModuleNames {
    /// Plain data, which is not replaced.
    constants: BTreeSet<String>,
    /// Numbers of libraries, which are not replaced either.
    numbers: BTreeSet<String>,
    /// Functions, classes, imports and what calls give, which are.
    replaced: BTreeSet<String>,
    /// Those of them that are modules, functions or classes for certain.
    told: BTreeSet<String>,
    /// Those that may be data all the same.
    doubted: BTreeSet<String>,
}

impl ModuleNames {
    /// The names of a module with these imports and items; `None` where it is not sure what they are.
    pub fn of(imports: &BTreeSet<String>, items: &str) -> Option<Self> {
        let mut names = Self::default();
        for import in imports {
            for statement in snippet(import).statements() {
                names.add(import, statement)?;
            }
        }
        // A name in capitals is a class where it is called: `PCA(2)`.
        let is_loud = |it: &String| it.len() > 1 && !it.contains(|c: char| c.is_lowercase());
        let is_called = |it: &String| {
            let is_whole = |c: char| !c.is_alphanumeric() && c != '_' && c != '.';
            let call = format!("{it}(");
            let mut calls = items.match_indices(&call);
            calls.any(|(at, _)| items[..at].ends_with(is_whole))
        };
        names.replaced.retain(|it| !is_loud(it) || is_called(it));
        let replaced = names.replaced.iter();
        names
            .told
            .extend(replaced.filter(|it| is_called(it)).cloned());
        for statement in snippet(items).statements() {
            names.add(items, statement)?;
        }
        Some(names)
    }

    fn add(&mut self, text: &str, statement: &Stmt) -> Option<()> {
        let (targets, value) = match statement {
            Stmt::Assign(it) => (it.targets.iter().collect(), &it.value),
            Stmt::AnnAssign(it) => (vec![&*it.target], it.value.as_ref()?),
            Stmt::FunctionDef(ast::StmtFunctionDef { name, .. })
            | Stmt::ClassDef(ast::StmtClassDef { name, .. }) => {
                self.replaced.insert(name.to_string());
                self.told.insert(name.to_string());
                return Some(());
            }
            Stmt::Import(it) => {
                self.import(&it.names);
                return Some(());
            }
            Stmt::ImportFrom(it) => {
                let module = it.module.as_deref().unwrap_or_default();
                let (numbers, others): (Vec<_>, Vec<_>) =
                    it.names.iter().partition(|it| is_number(module, &it.name));
                let bound = |it: &&ast::Alias| it.asname.as_ref().unwrap_or(&it.name).to_string();
                self.numbers.extend(numbers.iter().map(bound));
                // What other constants are, data or not, is not known.
                let is_constant = |it: &&&ast::Alias| is_constant(module, &it.name);
                let others = others.iter().filter(|it| !is_constant(it));
                self.replaced.extend(others.map(bound));
                return Some(());
            }
            Stmt::Expr(_) => return Some(()),
            _ => return None,
        };
        let names = targets.iter().map(|target| text[target.range()].to_owned());
        if is_data(value) {
            self.constants.extend(names);
        } else if matches!(**value, Expr::Call(_)) {
            self.replaced.extend(names);
        } else {
            return None;
        }
        Some(())
    }

    /// Says which names are functions and classes, where they are imported.
    pub fn tell(&mut self, names: &BTreeSet<String>) {
        self.told.extend(self.replaced.intersection(names).cloned());
    }

    /// Says which names are other things of the package's, data or not, where they are imported.
    pub fn doubt(&mut self, names: impl Iterator<Item = String>) {
        self.doubted = names.filter(|it| self.replaced.contains(it)).collect();
    }

    /// Whether a name is one of the module's own, not a builtin.
    fn hides(&self, name: &str) -> bool {
        let own = [&self.constants, &self.numbers, &self.replaced];
        own.iter().any(|it| it.contains(name))
    }

    fn import(&mut self, aliases: &[ast::Alias]) {
        for alias in aliases {
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            let name = name.split('.').next().unwrap_or_default();
            self.replaced.insert(name.to_owned());
            self.told.insert(name.to_owned());
        }
    }
}

/// Whether what is imported is a number: `from numpy import pi`.
fn is_number(module: &str, name: &str) -> bool {
    ["cmath", "math", "numpy"].contains(&module)
        && ["e", "euler_gamma", "inf", "nan", "pi", "tau"].contains(&name)
}

/// Whether what is imported is a constant, by its module.
fn is_constant(module: &str, name: &str) -> bool {
    let of_os = ["devnull", "environ", "linesep", "name", "pathsep", "sep"];
    ["scipy.constants", "string", "sys"].contains(&module)
        || (module == "os" && of_os.contains(&name))
}

/// Whether an expression is a text, a number or a display of some.
fn is_data(value: &Expr) -> bool {
    let is_made = value.as_call_expr().is_some_and(|call| {
        let name = call.func.as_name_expr().map_or("", |name| name.id.as_str());
        ["frozenset", "set", "tuple", "list", "dict"].contains(&name)
    });
    is_made
        || value.is_literal_expr()
        || matches!(
            value,
            Expr::List(_)
                | Expr::Tuple(_)
                | Expr::Dict(_)
                | Expr::Set(_)
                | Expr::FString(_)
                | Expr::UnaryOp(_)
        )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use srcify_syntax::ast::Stmt;
    use srcify_syntax::snippet;

    use super::{ModuleNames, record};

    #[test]
    fn numbers_of_libraries_are_numbers_and_other_constants_nobody_knows() {
        let imports = BTreeSet::from([
            "from lib import LIMITS, PCA, fit".to_owned(),
            "from numpy import pi as p, sqrt".to_owned(),
            "from string import digits".to_owned(),
        ]);
        let names = ModuleNames::of(&imports, "def f(x):\n    return PCA(x)\n");
        let names = names.expect("plain names");
        let replaced: Vec<&str> = names.replaced.iter().map(String::as_str).collect();
        assert_eq!(replaced, ["PCA", "f", "fit", "sqrt"]);
        assert!(names.numbers.contains("p") && names.constants.is_empty());
    }

    fn check(body: &str, expected: &str) {
        let text = format!("def f(df, split, n):\n{body}\n");
        let parsed = snippet(&text);
        let [Stmt::FunctionDef(function)] = parsed.statements() else {
            panic!("no function");
        };
        let imports = BTreeSet::from([
            "from lib import Forest, old, select, show, train_test_split".to_owned(),
        ]);
        let items = format!("COLUMNS = ['a']\n{text}");
        let names = ModuleNames::of(&imports, &items).expect("plain names");
        let found = match record(&text, function, &names) {
            None => "unsure".to_owned(),
            Some(record) => {
                let mut lines = record.steps;
                lines.extend(
                    record
                        .sizes
                        .iter()
                        .map(|(name, size)| format!("{name}={size}")),
                );
                lines.extend((!record.keeps_inputs).then(|| "changes what it is given".to_owned()));
                lines.join("\n")
            }
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn calls_are_foretold_with_what_reaches_them() {
        check(
            "    X, y = train_test_split(df, 2, seed=split.seed)\n    model = Forest(n)\n    model.fit(X, y)\n    return model",
            "step(\"train_test_split\", given.df, 2, seed=given.split.seed)\nstep(\"Forest\", given.n)\nstep(\"fit\", result_of(\"train_test_split\", 0), result_of(\"train_test_split\", 1)).on(result_of(\"Forest\"))\ntrain_test_split=2",
        );
    }

    #[test]
    fn what_a_method_is_called_on_is_computed_once() {
        check(
            "    return (df.lower() if n else df).split()",
            "step(\"lower\").on(given.df)\nstep(\"split\").on(result_of(\"lower\"))",
        );
    }

    #[test]
    fn a_change_to_a_copy_is_no_change() {
        check(
            "    df = df.copy()\n    df['a'] = df['b'] > 3\n    return df",
            "step(\"copy\").on(given.df)\nstep(\">\", result_of(\"copy\")['b'], 3)\nstep(\"[]=\", 'a', result_of(\">\")).on(result_of(\"copy\"))",
        );
        check(
            "    df['a'] = n\n    return df",
            "step(\"[]=\", 'a', given.n).on(given.df)\nchanges what it is given",
        );
    }

    #[test]
    fn what_is_not_sure_is_not_foretold() {
        check("    while n:\n        n = n - 1", "unsure");
        check("    raise ValueError(n)", "unsure");
        check("    names = {'a': 1}\n    return names[n]", "unsure");
        check("    return ','.join(df)", "unsure");
        check("    return df(**split)", "unsure");
        check("    return len(df).real", "unsure");
        check("    return nowhere(df)", "unsure");
    }

    #[test]
    fn a_recorded_condition_holds() {
        check(
            "    if n <= 12:\n        return 'new'\n    return df.old(1)",
            "step(\"<=\", given.n, 12)",
        );
        check(
            "    if not n:\n        df.a(1)\n    else:\n        df.b(2)",
            "step(\"b\", 2).on(given.df)",
        );
    }

    #[test]
    fn loops_over_recorded_values_run_once() {
        check(
            "    for name, value in df.items():\n        show(name, value, n)\n    for i in range(3):\n        show(i)",
            "step(\"items\").on(given.df)\nstep(\"show\", ANY, ANY, given.n)",
        );
    }

    #[test]
    fn texts_of_arguments_are_those_the_test_can_write() {
        check(
            "    return select(df[list(split.columns)], [1, n], COLUMNS, key=lambda x: x, at=slice(1), to=df.iloc[1:])",
            "step(\"slice\", 1)\nstep(\"select\", given.df[list(given.split.columns)], [1, given.n], ANY, key=ANY, at=result_of(\"slice\"), to=given.df.iloc[slice(1, None)])",
        );
    }

    #[test]
    fn names_of_the_module_are_told_where_they_are_no_data() {
        check(
            "    select(old, show, len)\n    return Forest(n)",
            "step(\"select\", ANY, ANY, len)\nstep(\"Forest\", given.n)",
        );
        check(
            "    select(map, f, select)",
            "step(\"select\", named(\"map\"), named(\"f\"), named(\"select\"))",
        );
    }

    #[test]
    fn names_of_the_package_that_hide_builtins_are_no_builtins() {
        let check = |imports: &str, doubted: &str, expected: bool| {
            let text = "def f(x):\n    return show(len(x), sum(x))\n";
            let parsed = snippet(text);
            let [Stmt::FunctionDef(function)] = parsed.statements() else {
                panic!("no function");
            };
            let imports = BTreeSet::from(["from lib import show".to_owned(), imports.to_owned()]);
            let mut names = ModuleNames::of(&imports, text).expect("plain names");
            names.doubt([doubted.to_owned()].into_iter());
            assert_eq!(record(text, function, &names).is_some(), expected);
        };
        check("from lib import sum", "", true);
        check("from own import sum", "sum", false);
        check("from own import len", "", false);
    }

    #[test]
    fn what_a_loop_binds_may_be_missing_after_it() {
        check(
            "    for i in range(n):\n        show(i)\n    show(i)",
            "unsure",
        );
    }

    #[test]
    fn a_list_that_grows_is_none_that_was_given_before() {
        check(
            "    a = [n]\n    a.append(df)\n    show(a)",
            "step(\"show\", ANY)",
        );
        check("    a = [n]\n    show(a)\n    a.append(df)", "unsure");
        check("    a = [n]\n    a += df", "unsure");
    }
}
