//! What arguments mean: by the catalog, by what the author's own function does with them, else by their names.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Argument, CallFacts, Callee, Catalog, Effect, EffectGraph, parameters};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use super::places::{Place, file_place, names_learner, place_by_name, place_of};
use super::values::expression_at;
use crate::Literal;

/// How many functions of the author's are followed that pass an argument on.
const DEEPEST: usize = 3;

/// Endings of files that hold data, models, settings or figures.
const ENDINGS: &[&str] = &[
    "csv", "tsv", "txt", "json", "jsonl", "yaml", "yml", "xls", "xlsx", "parquet", "feather",
    "pkl", "pickle", "joblib", "npy", "npz", "h5", "hdf5", "db", "sqlite", "png", "jpg", "jpeg",
    "svg", "pdf", "gif", "html", "md", "pt", "pth", "onnx", "keras", "zip", "gz", "dot", "wav",
    "mp4",
];

/// Methods that show texts, or look for them in others: they take no files.
pub(super) const TAKE_TEXTS: &[&str] = &[
    "endswith",
    "startswith",
    "replace",
    "split",
    "strip",
    "join",
    "format",
    "find",
    "index",
    "count",
    "print",
    "info",
    "debug",
    "warning",
    "error",
    "exception",
    "text",
    "title",
    "set_title",
    "suptitle",
    "annotate",
    "legend",
    "xlabel",
    "ylabel",
    "add_argument",
    "getenv",
];

/// Methods of containers, which keep whatever they are given.
const OF_CONTAINERS: &[&str] = &[
    "append",
    "extend",
    "insert",
    "add",
    "get",
    "pop",
    "setdefault",
];

/// What an argument means.
pub(crate) struct Meaning {
    pub place: Place,
    /// What it is given to may take nothing but a text where the place is a path.
    pub is_text: bool,
}

/// A function or method of the author's.
struct Own<'a> {
    unit: UnitId,
    definition: &'a ast::StmtFunctionDef,
    /// The parameters that a call does not give: `self`.
    bound: usize,
}

/// Answers what the arguments of calls mean.
pub(crate) struct Given<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    catalog: &'a Catalog,
    /// The author's functions, methods (`Class.method`) and constructors (`Class`); of several the first.
    functions: BTreeMap<String, Own<'a>>,
    /// Names of libraries whose classes learn nothing.
    others: BTreeSet<&'a str>,
}

impl<'a> Given<'a> {
    pub(crate) fn of(program: &'a Program, graph: &'a EffectGraph, catalog: &'a Catalog) -> Self {
        let mut given = Self {
            program,
            graph,
            catalog,
            functions: BTreeMap::new(),
            others: BTreeSet::new(),
        };
        for unit in program.units() {
            match program.statement(unit.id) {
                Stmt::FunctionDef(definition) => {
                    given.add(definition.name.to_string(), unit.id, definition, 0);
                }
                Stmt::ClassDef(class) => given.add_methods(unit.id, class),
                Stmt::Import(import) => {
                    for alias in &import.names {
                        let name = alias.asname.as_ref().unwrap_or(&alias.name);
                        given.add_import(&alias.name, name);
                    }
                }
                Stmt::ImportFrom(import) => {
                    let module = import.module.as_ref().map_or("", |it| it.as_str());
                    for alias in &import.names {
                        given.add_import(module, alias.asname.as_ref().unwrap_or(&alias.name));
                    }
                }
                _ => {}
            }
        }
        given
    }

    fn add(
        &mut self,
        name: String,
        unit: UnitId,
        definition: &'a ast::StmtFunctionDef,
        bound: usize,
    ) {
        self.functions.entry(name).or_insert(Own {
            unit,
            definition,
            bound,
        });
    }

    fn add_methods(&mut self, unit: UnitId, class: &'a ast::StmtClassDef) {
        for method in class.body.iter().filter_map(Stmt::as_function_def_stmt) {
            let is_static = method.decorator_list.iter().any(|it| {
                let name = it.expression.as_name_expr();
                name.is_some_and(|name| name.id == "staticmethod")
            });
            let bound = usize::from(!is_static);
            if method.name.as_str() == "__init__" {
                self.add(class.name.to_string(), unit, method, bound);
            }
            self.add(
                format!("{}.{}", class.name, method.name),
                unit,
                method,
                bound,
            );
        }
    }

    fn add_import(&mut self, module: &str, name: &'a str) {
        if !super::places::may_learn(module) {
            self.others.insert(name.split('.').next().unwrap_or(name));
        }
    }

    /// What an argument of a call in `unit` means to users, where it is something that they change.
    pub(crate) fn meaning(
        &self,
        unit: UnitId,
        call: &CallFacts,
        argument: &Argument,
    ) -> Option<Meaning> {
        self.followed(unit, call, argument, DEEPEST)
    }

    /// Whether an argument is the path of what a library reads or writes.
    pub(super) fn is_path(&self, unit: UnitId, call: &CallFacts, argument: &Argument) -> bool {
        let meaning = self.meaning(unit, call, argument);
        meaning.is_some_and(|it| it.place.is_path)
    }

    /// Whether a parameter of the author's function takes a place on the disk: it is called one, or begins paths inside.
    pub(super) fn takes_place(&self, unit: UnitId, call: &CallFacts, argument: &Argument) -> bool {
        let Callee::User(callee) = &call.callee else {
            return false;
        };
        let positional = self.parameter(unit, callee, call, argument.range);
        let Some(name) = positional.or(argument.parameter.as_deref()) else {
            return false;
        };
        let is_word = |it: &str| {
            matches!(
                it,
                "path" | "dir" | "directory" | "folder" | "file" | "filename" | "filepath" | "db"
            )
        };
        if name.to_lowercase().split('_').any(is_word) {
            return true;
        }
        let Some(own) = self.functions.get(callee) else {
            return false;
        };
        let joins = ["os.path.join", "posixpath.join", "pathlib.Path"];
        self.graph.calls_in(own.definition.range()).any(|inner| {
            let is_join =
                matches!(&inner.callee, Callee::Library(it) if joins.contains(&it.as_str()));
            let first = inner.arguments.first();
            is_join && first.is_some_and(|it| self.program.text(it.range) == name)
        })
    }

    fn followed(
        &self,
        unit: UnitId,
        call: &CallFacts,
        argument: &Argument,
        depth: usize,
    ) -> Option<Meaning> {
        let name = argument.parameter.as_deref();
        match &call.callee {
            Callee::Library(callee) => {
                let known = name.and_then(|name| place_of(self.catalog, callee, name));
                let known = known.map(|place| Meaning {
                    place,
                    is_text: false,
                });
                let is_new = || self.catalog.lookup(callee).is_none();
                known.or_else(|| {
                    is_new()
                        .then(|| self.by_name(call, name?, argument))
                        .flatten()
                })
            }
            Callee::User(callee) => {
                let parameter = self.parameter(unit, callee, call, argument.range);
                let name = parameter.or(name)?;
                let inside = self.inside(callee, name, depth);
                inside.or_else(|| self.by_name(call, name, argument))
            }
            Callee::Unknown => self.by_name(call, name?, argument),
        }
    }

    /// The parameter of the author's function that an argument is given to.
    fn parameter(
        &self,
        unit: UnitId,
        callee: &str,
        call: &CallFacts,
        argument: TextRange,
    ) -> Option<&'a str> {
        let own = self.functions.get(callee)?;
        let call = expression_at(self.program, unit, call.range)?.as_call_expr()?;
        let mut before = call.arguments.args.iter();
        let at = before.position(|it| it.range() == argument)?;
        if call.arguments.args[..at].iter().any(Expr::is_starred_expr) {
            return None;
        }
        let parameters = &own.definition.parameters;
        let mut positional = parameters.posonlyargs.iter().chain(&parameters.args);
        positional.nth(at + own.bound).map(|it| it.name().as_str())
    }

    /// What the author's function does with a parameter: the meaning it has in the first call that takes it as it is.
    fn inside(&self, callee: &str, parameter: &str, depth: usize) -> Option<Meaning> {
        let own = self.functions.get(callee).filter(|_| depth > 0)?;
        let mut calls = self.graph.calls_in(own.definition.range());
        calls.find_map(|call| {
            let is_it = |it: &&Argument| self.program.text(it.range) == parameter;
            let given = call.arguments.iter().find(is_it)?;
            let mut meaning = self.followed(own.unit, call, given, depth - 1)?;
            correct(&mut meaning.place, call);
            meaning.is_text = true;
            Some(meaning)
        })
    }

    /// What a number means by the name of its parameter, where what is called learns, splits or draws.
    fn by_name(&self, call: &CallFacts, parameter: &str, argument: &Argument) -> Option<Meaning> {
        let function = self.program.text(call.function);
        let root = function.split(['.', '(']).next().unwrap_or(function);
        let method = function.rsplit('.').next().unwrap_or(function);
        let is_seed = parameters::lookup(parameter).is_some_and(|it| it.name == "seed");
        let is_own_seed = is_seed && matches!(call.callee, Callee::User(_));
        let learns = names_learner(method) || is_own_seed;
        let is_named = argument.is_keyword || matches!(call.callee, Callee::User(_));
        if !is_named || !learns || self.others.contains(root) {
            return None;
        }
        place_by_name(method, parameter).map(|place| Meaning {
            place,
            is_text: true,
        })
    }

    /// What a text means that names a file, and is given to what no catalog knows, or to what reads and writes.
    pub(crate) fn file(&self, call: &CallFacts, value: &Literal) -> Option<Place> {
        let Literal::Str(text) = value else {
            return None;
        };
        let function = self.program.text(call.function);
        let method = function.rsplit('.').next().unwrap_or(function);
        // `Path("a.csv").read_text()`: what is done to the path is what the text is for.
        let used = self.use_of_path(call).unwrap_or(call);
        let reads = used.effects.contains(Effect::ReadFile);
        let writes = used.effects.contains(Effect::WriteFile);
        let is_open = match &call.callee {
            Callee::Library(callee) => self.catalog.lookup(callee).is_none() || reads || writes,
            Callee::User(_) => reads || writes,
            Callee::Unknown => true,
        };
        let takes_texts = TAKE_TEXTS.contains(&method) || OF_CONTAINERS.contains(&method);
        if !is_open || takes_texts || !is_data_file(text) {
            return None;
        }
        let first = method.split('_').next().unwrap_or(method).to_lowercase();
        let is_writer = matches!(
            &*first,
            "save" | "write" | "draw" | "to" | "dump" | "export" | "plot" | "store" | "render"
        );
        let writes = if reads == writes { is_writer } else { writes };
        Some(file_place(file_method(text), writes, !writes))
    }

    /// The call whose receiver is the path that a call makes.
    fn use_of_path(&self, call: &CallFacts) -> Option<&CallFacts> {
        if call.callee != Callee::Library("pathlib.Path".to_owned()) {
            return None;
        }
        let mut others = self.graph.calls.iter();
        others.find(|it| {
            it.range != call.range
                && it.function.start() == call.range.start()
                && it.function.contains_range(call.range)
        })
    }
}

/// Whether a file is read or written may depend on the call.
pub(super) fn correct(place: &mut Place, call: &CallFacts) {
    let writes =
        call.effects.contains(Effect::WriteFile) && !call.effects.contains(Effect::ReadFile);
    if place.is_path && writes && place.section == "data" {
        "output".clone_into(&mut place.section);
        "File that the results go to.".clone_into(&mut place.description);
    }
}

/// Whether a text is the path of a file as people keep them, and no sentence or pattern.
fn is_data_file(text: &str) -> bool {
    let file = text.rsplit('/').next().unwrap_or(text);
    let is_known = file.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && ENDINGS.contains(&&*ending.to_lowercase())
    });
    let is_plain = !text.contains(|it: char| it.is_whitespace() || "*?{}<>|%:\"".contains(it));
    is_known && is_plain && text.len() <= 100
}

/// A function that writes files with the ending of this one, which tells their kind.
fn file_method(path: &str) -> &'static str {
    let ending = path.rsplit('.').next().unwrap_or(path).to_lowercase();
    match &*ending {
        "csv" => "to_csv",
        "xls" | "xlsx" => "to_excel",
        "json" => "to_json",
        "parquet" => "to_parquet",
        "pkl" | "pickle" => "to_pickle",
        "png" | "jpg" | "jpeg" | "svg" | "pdf" | "gif" => "savefig",
        "html" => "to_html",
        _ => "open",
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use srcify_effects::{Catalog, analyze};

    use super::Given;
    use crate::settings::{expression_at, literal_of};

    /// Says what the literals in the calls of `python` mean.
    fn check(python: &str, expected: Expect) {
        let head = "import pandas as pd\nimport matplotlib.pyplot as plt\nfrom sklearn.linear_model import Ridge\nimport nowhere\n";
        let text = format!("{head}{python}");
        let source = srcify_syntax::read("a.py".into(), text.as_bytes()).unwrap();
        let program = srcify_syntax::parse(source.output).output;
        let catalog = Catalog::for_libraries(["pandas", "sklearn", "matplotlib", "pathlib"]);
        let graph = analyze(&program, &catalog, &|_| None);
        let given = Given::of(&program, &graph, &catalog);
        let mut told = String::new();
        for unit in program.units() {
            for call in graph.calls_in(unit.range) {
                for argument in &call.arguments {
                    let expression = expression_at(&program, unit.id, argument.range);
                    let Some(value) = expression.and_then(literal_of) else {
                        continue;
                    };
                    let meaning = given.meaning(unit.id, call, argument).map(|it| it.place);
                    let place = meaning.or_else(|| given.file(call, &value));
                    let place = place.map(|it| format!("{}.{}", it.section, it.field));
                    let text = program.text(argument.range);
                    let place = place.unwrap_or_else(|| "nothing".to_owned());
                    told.push_str(&format!("{text}: {place}\n"));
                }
            }
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn an_argument_means_what_the_authors_function_does_with_it() {
        check(
            "def read(path):\n    return pd.read_csv(path)\ndef load(name, k):\n    return read(name), k\ndef fit(x, a, *, b=1):\n    return Ridge(alpha=a, max_iter=b).fit(x, x)\nd = load('a.csv', 3)\nm = fit(d, 0.5, b=7)\n",
            expect![[r"
                'a.csv': data.path
                3: nothing
                0.5: model.alpha
                7: model.max_iter
            "]],
        );
    }

    #[test]
    fn what_learns_by_its_name_is_tuned_by_names_that_are_known() {
        check(
            "m = nowhere.Net(hidden_size=64, colour=3)\nm.fit(1, epochs=5)\nm.show(epochs=6)\nplt.Circle((0, 0), radius=2)\nclass A:\n    def __init__(self, lr):\n        self.lr = lr\nA(0.1)\n",
            expect![[r"
                64: model.hidden_size
                3: nothing
                1: nothing
                5: training.epochs
                6: nothing
                (0, 0): nothing
                2: nothing
                0.1: training.lr
            "]],
        );
    }

    #[test]
    fn what_is_done_to_a_path_tells_what_its_text_is_for() {
        check(
            "from pathlib import Path\nPath('a.txt').write_text('x')\ny = Path('b.csv').read_text()\nz = Path('c.txt').name\n",
            expect![[r"
                'a.txt': output.path
                'x': nothing
                'b.csv': data.path
                'c.txt': nothing
            "]],
        );
    }

    #[test]
    fn files_given_to_what_nobody_knows_are_paths() {
        check(
            "g = nowhere.load('in/a.csv')\ng.draw('out.png')\ng.name.replace('a.csv', 'no file.csv')\ng.see('about a.csv')\n",
            expect![[r"
                'in/a.csv': data.path
                'out.png': output.path
                'a.csv': nothing
                'no file.csv': nothing
                'about a.csv': nothing
            "]],
        );
    }
}
