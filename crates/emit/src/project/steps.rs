//! Tests of what the functions of a module do: a test for each whose steps can be foretold.

use std::collections::BTreeSet;

use minijinja::{Value as Json, context};
use srcify_plan::{Folder, Item, Module, Plan};
use srcify_syntax::ast::visitor::{self, Visitor};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, snippet};

use super::edges::{Edges, edges};
use crate::recorded::{ModuleNames, Record, record};
use crate::settings::origin_noun;

/// Steps of one test; of the functions that take more, only those that settings and arguments reach are tested.
const MOST_STEPS: usize = 30;

/// Where a test file goes, and its facts.
pub struct StepTests {
    pub path: String,
    /// Whether some of its tests record steps.
    pub records: bool,
    pub facts: Json,
}

/// Whether the methods of a class are what its body says: a base class of a library may wrap them, as scikit-learn's
/// `TransformerMixin` does, and so may a decorator or a metaclass.
fn has_own_methods(class: &ast::StmtClassDef, plain: &BTreeSet<String>) -> bool {
    let name = |expression: &Expr| match expression {
        Expr::Name(name) => name.id.to_string(),
        Expr::Attribute(attribute) => attribute.attr.to_string(),
        Expr::Call(call) => match &*call.func {
            Expr::Name(name) => name.id.to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    };
    let decorators = class.decorator_list.iter();
    let is_known = |base: &Expr| {
        let base = name(base);
        ["object", "ABC", "Protocol", "Exception"].contains(&base.as_str()) || plain.contains(&base)
    };
    decorators
        .map(|it| name(&it.expression))
        .all(|it| it == "dataclass")
        && class.arguments.as_ref().is_none_or(|arguments| {
            arguments.keywords.is_empty() && arguments.args.iter().all(is_known)
        })
}

/// The test files of all modules that have something to test.
pub fn all(plan: &Plan) -> Vec<StepTests> {
    plan.modules
        .iter()
        .filter_map(|module| of_module(plan, module))
        .collect()
}

fn of_module(plan: &Plan, module: &Module) -> Option<StepTests> {
    let text: Vec<&str> = module.items.iter().map(|item| item.text.as_str()).collect();
    let text = text.join("\n\n");
    let mut names = ModuleNames::of(&module.imports, &text)?;
    let is_own = |item: &&Item| module.items.iter().any(|it| it.name == item.name);
    let items = plan.modules.iter().flat_map(|module| &module.items);
    let (defined, others): (Vec<&Item>, Vec<&Item>) = items.partition(|it| is_defined(it));
    let name = |item: &Item| item.name.clone();
    names.tell(&defined.into_iter().map(name).collect());
    names.doubt(others.into_iter().filter(|it| !is_own(it)).map(name));
    let parsed = snippet(&text);
    let mut tests = Tests {
        module,
        names: BTreeSet::new(),
        cases: Vec::new(),
        edges: Vec::new(),
        helpers: BTreeSet::from(["Recorder", "step"]),
    };
    let mut plain: BTreeSet<String> = BTreeSet::new();
    for statement in parsed.statements() {
        match statement {
            Stmt::FunctionDef(function) => match edges(function, &text) {
                Some(found)
                    if module.folder == Folder::Domain && found.parameter != module.name =>
                {
                    tests.add_edges(function.name.as_str(), found);
                }
                _ => tests.add("", function, record(&text, function, &names)),
            },
            Stmt::ClassDef(class) if has_own_methods(class, &plain) => {
                plain.insert(class.name.to_string());
                for member in &class.body {
                    if let Stmt::FunctionDef(method) = member {
                        let owner = format!("{}.", class.name);
                        tests.add(&owner, method, record(&text, method, &names));
                    }
                }
            }
            _ => {}
        }
    }
    let tables = tables(module, parsed.statements(), &text);
    if tests.cases.is_empty() && tests.edges.is_empty() && tables.is_empty() {
        return None;
    }
    Some(StepTests {
        records: !tests.cases.is_empty(),
        path: format!("tests/{}/test_{}.py", module.folder.name(), module.name),
        facts: context! {
            folder => module.folder.name(),
            module => module.name,
            origin => origin_noun(&plan.origins),
            has_cases => !tests.cases.is_empty(),
            cases => tests.cases,
            edges => tests.edges,
            tables,
            helpers => tests.helpers,
        },
    })
}

/// Whether an item of the package is a function or a class.
fn is_defined(item: &Item) -> bool {
    let starts = ["def ", "class ", "async def ", "@"];
    starts.iter().any(|it| item.text.starts_with(it))
}

/// The classes that read a CSV file and refuse one that lacks columns, with the names of their tests.
fn tables(module: &Module, statements: &[Stmt], text: &str) -> Vec<Json> {
    let mut found = Vec::new();
    for class in statements.iter().filter_map(Stmt::as_class_def_stmt) {
        let methods = class.body.iter().filter_map(Stmt::as_function_def_stmt);
        let mut readers = methods.filter(|method| method.name.as_str() == "read");
        if module.folder == Folder::Io && readers.any(|method| refuses_tables(method, text)) {
            // Where the class says that it is given a text, it is.
            let mut fields = class.body.iter().filter_map(Stmt::as_ann_assign_stmt);
            let is_text = fields.any(|field| {
                text[field.target.range()] == *"path" && text[field.annotation.range()] == *"str"
            });
            let path = if is_text { "str(path)" } else { "path" };
            found.push(context! {
                class => class.name.as_str(),
                test => snake(&class.name),
                path,
            });
        }
    }
    found
}

fn refuses_tables(method: &ast::StmtFunctionDef, text: &str) -> bool {
    let reads = method.body.iter().filter_map(Stmt::as_try_stmt).any(|it| {
        let value = it.body.first().and_then(Stmt::as_assign_stmt);
        let call = value.and_then(|it| it.value.as_call_expr());
        call.is_some_and(|call| {
            let harmless = ["encoding", "index_col", "parse_dates", "sep"];
            let mut keywords = call.arguments.keywords.iter();
            text[call.func.range()] == *"pd.read_csv"
                && matches!(&call.arguments.args[..], [path] if text[path.range()] == *"self.path")
                && keywords.all(|it| {
                    it.arg
                        .as_ref()
                        .is_some_and(|it| harmless.contains(&it.as_str()))
                })
        })
    });
    let compares = |statement: &Stmt| {
        let test = statement.as_if_stmt().map(|it| &text[it.test.range()]);
        test.is_some_and(|test| test.ends_with("- set(table.columns)"))
    };
    reads && method.body.iter().any(compares)
}

struct Tests<'a> {
    module: &'a Module,
    /// Of tests, each once.
    names: BTreeSet<String>,
    cases: Vec<Json>,
    /// Functions that are called with values at their limits.
    edges: Vec<Json>,
    /// What the tests use of `recorder.py`.
    helpers: BTreeSet<&'static str>,
}

impl Tests<'_> {
    fn add(&mut self, owner: &str, function: &ast::StmtFunctionDef, found: Option<Record>) {
        let Some(mut record) = found else { return };
        let is_given = |step: &String| step.contains("given.");
        let is_log = |step: &String| {
            ["debug", "info", "warning"]
                .iter()
                .any(|it| step.starts_with(&format!("step(\"{it}\"")))
        };
        record.steps.retain(|step| is_given(step) || !is_log(step));
        if record.steps.len() > MOST_STEPS {
            record.steps.retain(is_given);
        }
        if record.steps.is_empty() {
            return;
        }
        for step in &record.steps {
            self.helpers.extend(helpers_of(step));
        }
        let mut sizes = String::new();
        for (name, size) in &record.sizes {
            sizes.push_str(&format!(", {name}={size}"));
        }
        let name = format!("{owner}{}", function.name);
        let is_pure = self.module.folder == Folder::Domain && record.keeps_inputs;
        let test = self.test_name(&name);
        self.cases.push(context! {
            test,
            function => name,
            sizes,
            is_given => record.steps.iter().any(is_given),
            steps => record.steps,
            is_pure,
        });
    }

    fn add_edges(&mut self, function: &str, edges: Edges) {
        let expected = match edges.parameter.as_str() {
            "expected" => "result",
            _ => "expected",
        };
        let test = self.test_name(function);
        self.edges.push(context! {
            test,
            function,
            expected,
            parameter => edges.parameter,
            annotation => edges.annotation,
            returns => edges.returns,
            cases => edges.cases,
        });
    }

    fn test_name(&mut self, function: &str) -> String {
        let words: Vec<String> = function.split('.').map(snake).collect();
        let wanted = words.join("_");
        let mut name = wanted.clone();
        let mut number = 2;
        while !self.names.insert(name.clone()) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        name
    }
}

/// The names of `recorder.py` that an expected step uses; in its texts they are words like others.
fn helpers_of(step: &str) -> BTreeSet<&'static str> {
    struct Helpers(BTreeSet<&'static str>);
    impl<'a> Visitor<'a> for Helpers {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(name) = expression {
                let known = ["ANY", "named", "result_of"];
                self.0.extend(known.iter().find(|it| **it == name.id));
            }
            visitor::walk_expr(self, expression);
        }
    }
    let mut helpers = Helpers(BTreeSet::new());
    helpers.visit_body(snippet(step).statements());
    helpers.0
}

/// `name` in lower case, its words apart: `ChurnModelStore` is `churn_model_store`.
fn snake(name: &str) -> String {
    let mut words = String::new();
    let mut before = '_';
    for c in name.trim_matches('_').chars() {
        if c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()) {
            words.push('_');
        }
        words.extend(c.to_lowercase());
        before = c;
    }
    words
}
