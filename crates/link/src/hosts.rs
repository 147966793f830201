//! What exists only where a notebook runs: in Colab, on Kaggle, in Databricks.
//!
//! A package runs elsewhere. So what only asks the host for something (a mounted drive, a download in the browser) is left
//! out and listed, secrets come from the environment, and Databricks' widgets become variables, hence settings. What is left
//! of Databricks is imported from where packages get it; each finding names what needs the host.

mod databricks;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, ExprCall, Stmt};
use srcify_syntax::{
    Diagnostic, Dropped, Program, Ranged, Span, TextRange, TextSize, Warned, moved_to, parse,
    snippet,
};

use crate::file::{Imported, ImportedName, Words};
use table::{Becomes, MARKS, becomes};

/// Text in the places of other text, in any order.
type Edits = Vec<(TextRange, String)>;

/// The program with Python that runs anywhere in the places of what only a host has.
pub fn leave_hosts(program: Program) -> Warned<Program> {
    let text = &program.source.text;
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return Warned {
            output: program,
            diagnostics: Vec::new(),
        };
    }
    let words = Words::of(&program);
    let mut changes = Changes::new(&program, &words);
    for unit in program.units() {
        changes.unit = unit.range;
        changes.visit_stmt(program.statement(unit.id));
    }
    databricks::widgets(&mut changes);
    databricks::names(&mut changes);
    changes.imports();
    changes.left();
    changes.finish()
}

/// What is changed, and what there is to say about it.
struct Changes<'a> {
    program: &'a Program,
    words: &'a Words,
    /// What names stand for: `drive` is `google.colab.drive`.
    paths: BTreeMap<String, String>,
    /// The top-level statement in progress.
    unit: TextRange,
    /// The statement in progress, when it is nothing but an expression.
    statement: Option<(TextRange, &'a Expr)>,
    /// Statements that bind one target to a value, with the target's text, by the place of the value.
    bindings: BTreeMap<TextSize, (TextRange, &'a str)>,
    edits: Edits,
    /// Places of names whose uses are gone.
    handled: Vec<TextRange>,
    dropped: Vec<Dropped>,
    /// Modules that new text uses.
    needs: BTreeSet<&'static str>,
    diagnostics: Vec<Diagnostic>,
    widgets: Vec<databricks::Widget<'a>>,
}

impl<'a> Changes<'a> {
    fn new(program: &'a Program, words: &'a Words) -> Self {
        let mut paths = BTreeMap::new();
        for (name, word) in &words.by_name {
            let imported = word
                .imports
                .iter()
                .map(|&(import, position)| path_of(&words.imports[import].names[position]));
            let imported: BTreeSet<String> = imported.collect();
            if let (0, 1, Some(path)) = (word.bindings, imported.len(), imported.first()) {
                paths.insert(name.clone(), path.clone());
            }
        }
        for name in ["dbutils", "getArgument", "displayHTML"] {
            let is_free = |word: &crate::file::Word| word.bindings == 0 && word.imports.is_empty();
            if words.by_name.get(name).is_some_and(is_free) {
                paths.insert(name.to_owned(), name.to_owned());
            }
        }
        let mut changes = Self {
            program,
            words,
            paths,
            unit: TextRange::default(),
            statement: None,
            bindings: BTreeMap::new(),
            edits: Vec::new(),
            handled: Vec::new(),
            dropped: Vec::new(),
            needs: BTreeSet::new(),
            diagnostics: Vec::new(),
            widgets: Vec::new(),
        };
        changes.clients();
        changes
    }

    /// `secrets = UserSecretsClient()`: a name of the host's object.
    fn clients(&mut self) {
        for unit in self.program.units() {
            let Stmt::Assign(assign) = self.program.statement(unit.id) else {
                continue;
            };
            let ([Expr::Name(name)], Some(call)) =
                (&assign.targets[..], assign.value.as_call_expr())
            else {
                continue;
            };
            let name = name.id.as_str();
            let is_client = self.path(&call.func).as_deref() == Some(table::KAGGLE_CLIENT);
            if is_client
                && self
                    .words
                    .by_name
                    .get(name)
                    .is_some_and(|it| it.bindings == 1)
            {
                self.paths
                    .insert(name.to_owned(), table::KAGGLE_CLIENT.to_owned());
                let what = self.program.text(unit.range);
                let rest = self
                    .words
                    .by_name
                    .get(name)
                    .is_some_and(|it| !it.loads.is_empty());
                if !rest {
                    self.handled.push(call.func.range());
                    self.leave_out(unit.range, what, "it exists only on Kaggle");
                }
            }
        }
    }

    /// The dotted name that an expression stands for.
    fn path(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Name(name) => self.paths.get(name.id.as_str()).cloned(),
            Expr::Attribute(attribute) => {
                let base = match &*attribute.value {
                    // `UserSecretsClient().get_secret(…)`
                    Expr::Call(call) => self.path(&call.func)?,
                    value => self.path(value)?,
                };
                Some(format!("{base}.{}", attribute.attr))
            }
            _ => None,
        }
    }

    fn call(&mut self, call: &'a ExprCall) {
        let Some(path) = self.path(&call.func) else {
            return;
        };
        let Some(what) = becomes(&path) else {
            return;
        };
        let whole = self
            .statement
            .filter(|(_, value)| value.range() == call.range())
            .map(|(range, _)| range);
        match what {
            Becomes::Nothing(reason) => {
                if let Some(range) = whole {
                    self.handled.push(call.func.range());
                    self.leave_out(range, self.program.text(range), reason);
                }
            }
            Becomes::Variable(parameter) => self.secret(call, parameter),
            Becomes::Uploads => self.uploads(call, whole),
            Becomes::Widget => self.widget(call, whole, &path),
            Becomes::Search => self.search_here(call),
            Becomes::SearchUnlessGiven => {
                let is_given = |name: &str| call.arguments.find_keyword(name).is_some();
                if call.arguments.args.is_empty() && !is_given("dotenv_path") && !is_given("stream")
                {
                    let search = "dotenv_path=dotenv.find_dotenv(usecwd=True)";
                    self.add_argument(call, search);
                    self.needs.insert("dotenv");
                }
            }
            Becomes::End(reason) => {
                let last = self.program.units().last().map(|unit| unit.range);
                if let Some(range) = whole.filter(|range| Some(*range) == last) {
                    self.handled.push(call.func.range());
                    self.leave_out(range, self.program.text(range), reason);
                }
            }
        }
        if path == table::MOUNT && whole.is_some() {
            let message = "the package finds no mounted drive outside of Colab";
            self.say(
                call.range(),
                "host",
                message,
                "set the paths below it to where the data is",
            );
        }
    }

    /// `find_dotenv()` begins at the file that calls it, and a module of the package lies elsewhere.
    fn search_here(&mut self, call: &ExprCall) {
        let is_told = call.arguments.find_keyword("usecwd").is_some();
        if !is_told && call.arguments.args.len() < 3 {
            self.add_argument(call, "usecwd=True");
        }
    }

    /// Adds an argument with a keyword to a call.
    fn add_argument(&mut self, call: &ExprCall, argument: &str) {
        let arguments = &call.arguments;
        let end = arguments.end() - TextSize::new(1);
        let last = arguments.iter_source_order().last();
        // Behind the last argument may be a comma of its own, and comments with others.
        let needs_comma = last.is_some_and(|last| {
            let behind = self.program.text(TextRange::new(last.range().end(), end));
            let code = behind.lines().filter_map(|it| it.split('#').next());
            !code.collect::<String>().contains(',')
        });
        let comma = if needs_comma { ", " } else { "" };
        self.edits
            .push((TextRange::empty(end), format!("{comma}{argument}")));
    }

    /// The value of a secret that the host keeps, from an environment variable of its name.
    fn secret(&mut self, call: &ExprCall, parameter: &str) {
        let position = usize::from(parameter == "key" && call.arguments.args.len() > 1);
        let value = call
            .arguments
            .find_keyword(parameter)
            .map(|it| &it.value)
            .or_else(|| call.arguments.args.get(position));
        let Some(Expr::StringLiteral(name)) = value else {
            return;
        };
        let name = variable(name.value.to_str());
        self.handled.push(call.func.range());
        let target = self.bindings.get(&call.start()).copied();
        let key = |target: &str| {
            let key = target.strip_prefix("os.environ[")?.strip_suffix(']')?;
            Some(key.trim_matches(['"', '\'']).to_owned())
        };
        if let Some((statement, target)) = target
            && key(target).as_ref() == Some(&name)
        {
            let reason = "the environment holds the secret already";
            self.leave_out(statement, self.program.text(statement), reason);
            return;
        }
        self.edits
            .push((call.range(), format!("os.environ[\"{name}\"]")));
        self.needs.insert("os");
        let message = format!("the secret comes from the environment variable `{name}`");
        self.say(
            call.range(),
            "host",
            &message,
            "set it before the package runs",
        );
    }

    /// Files that the user chose in the browser: those that the notebook asks for by name lie in the folder.
    fn uploads(&mut self, call: &ExprCall, whole: Option<TextRange>) {
        if let Some(range) = whole {
            self.handled.push(call.func.range());
            let reason = "it asks for files in the browser: they must lie in the folder";
            self.leave_out(range, self.program.text(range), reason);
            return;
        }
        let Some(&(statement, name)) = self.bindings.get(&call.start()) else {
            return;
        };
        self.handled.push(call.func.range());
        let Some(files) = self.files_asked_for(name) else {
            let stop =
                "raise NotImplementedError(\"files.upload() asks for files in the browser\")";
            self.edits.push((statement, stop.to_owned()));
            let message = "`files.upload` asks for files in the browser, which a package cannot";
            let hint = "read them from the folder; until then the package raises here";
            self.say(call.range(), "host", message, hint);
            return;
        };
        let entries: Vec<String> = files
            .iter()
            .map(|file| format!("\"{file}\": pathlib.Path(\"{file}\").read_bytes()"))
            .collect();
        self.needs.insert("pathlib");
        self.edits
            .push((call.range(), format!("{{{}}}", entries.join(", "))));
        let message = "the files that Colab asked for come from the folder";
        self.say(
            call.range(),
            "host",
            message,
            "put them there before the package runs",
        );
    }

    /// The keys that a mapping is asked for, when all that happens to it are such questions.
    fn files_asked_for(&self, name: &str) -> Option<Vec<String>> {
        let word = self.words.by_name.get(name)?;
        let is_chained = self.words.chains.iter().any(|chain| chain.base == name);
        if word.bindings != 1 || is_chained {
            return None;
        }
        let mut keys = Keys {
            name,
            found: BTreeSet::new(),
            uses: 0,
        };
        for unit in self.program.units() {
            keys.visit_stmt(self.program.statement(unit.id));
        }
        let is_plain = |file: &String| !file.contains(['"', '\\', '\n']);
        let files: Vec<String> = keys.found.into_iter().filter(is_plain).collect();
        (keys.uses == word.loads.len()).then_some(files)
    }

    /// Leaves a statement out, and lists it.
    fn leave_out(&mut self, range: TextRange, text: &str, reason: &str) {
        self.dropped.push(Dropped {
            span: Span::from(range),
            text: text.to_owned(),
            reason: reason.to_owned(),
        });
        let replacement = if self.stands_alone(range) { "" } else { "pass" };
        self.edits.push((range, replacement.to_owned()));
    }

    /// Whether nothing needs to stand in the place of a statement: it is a top-level one, alone on its lines.
    fn stands_alone(&self, range: TextRange) -> bool {
        let text = &self.program.source.text;
        let before = text[..usize::from(range.start())].rsplit('\n').next();
        let after = text[usize::from(range.end())..].split('\n').next();
        let after = after.unwrap_or("").trim_start();
        before == Some("") && (after.is_empty() || after.starts_with('#'))
    }

    fn say(&mut self, range: TextRange, code: &'static str, message: &str, hint: &str) {
        let diagnostic = Diagnostic::warning(code, Span::from(range), message).hint(hint);
        self.diagnostics.push(diagnostic);
    }

    /// Imports of names that nothing uses any more go.
    fn imports(&mut self) {
        for import in &self.words.imports {
            if let Some(text) = bars_of_terminals(&import.names) {
                self.edits.push((import.range, text));
                continue;
            }
            let is_gone = |name: &ImportedName| {
                let path = path_of(name);
                table::is_of_a_host(&path) && self.is_unused(name.bound())
            };
            if !import.names.iter().any(is_gone) {
                continue;
            }
            let left: Vec<String> = import
                .names
                .iter()
                .filter(|name| !is_gone(name))
                .map(crate::naming::form)
                .collect();
            let text = match (left.is_empty(), self.stands_alone(import.range)) {
                (false, _) => left.join("; "),
                (true, true) => String::new(),
                (true, false) => "pass".to_owned(),
            };
            self.edits.push((import.range, text));
        }
        for module in std::mem::take(&mut self.needs) {
            self.import(module);
        }
    }

    /// Says which modules of hosts the package imports nevertheless.
    fn left(&mut self) {
        let mut left = Vec::new();
        for import in self.words.imports.iter().filter(|it| it.is_top) {
            for name in &import.names {
                let path = path_of(name);
                if table::is_of_a_host(&path) && !self.is_unused(name.bound()) {
                    left.push((import.range, path));
                }
            }
        }
        for (range, path) in left {
            let message = format!("`{path}` exists only where the notebook ran");
            let hint = "the package cannot run elsewhere until it does without";
            self.say(range, "host", &message, hint);
        }
    }

    /// Whether every use of a name is gone, and there was one: what only tries an import asks where it runs.
    fn is_unused(&self, name: &str) -> bool {
        let is_handled = |range: TextRange| self.handled.iter().any(|it| it.contains_range(range));
        let word = self.words.by_name.get(name);
        let loads = word.into_iter().flat_map(|it| it.loads.iter().copied());
        let chains = self.words.chains.iter().filter(|it| it.base == name);
        let mut uses = loads.chain(chains.map(|it| it.base_range)).peekable();
        uses.peek().is_some() && uses.all(is_handled)
    }

    /// Imports a module before it is used for the first time, unless the input has done so.
    fn import(&mut self, module: &str) {
        let word = self.words.by_name.get(module);
        let is_bound = word.is_some_and(|it| it.bindings > 0);
        let use_of_it = format!("{module}.");
        let first = self
            .edits
            .iter()
            .filter(|(_, text)| text.contains(&use_of_it));
        let Some(first) = first.map(|(range, _)| range.start()).min() else {
            return;
        };
        let is_imported = self.words.imports.iter().any(|import| {
            let is_it = |it: &ImportedName| it.alias.is_none() && path_of(it) == module;
            import.is_top && import.range.end() <= first && import.names.iter().any(is_it)
        });
        if is_imported || is_bound {
            return;
        }
        let unit = self
            .program
            .units()
            .iter()
            .find(|unit| unit.range.contains(first));
        if let Some(unit) = unit {
            let place = TextRange::empty(unit.full_range.start());
            self.edits.push((place, format!("import {module}\n")));
        }
    }

    fn finish(mut self) -> Warned<Program> {
        self.edits
            .sort_by_key(|(range, _)| (range.start(), range.end()));
        let mut edits: Edits = Vec::new();
        for (range, text) in self.edits {
            if edits
                .last()
                .is_none_or(|(last, _)| last.end() <= range.start())
            {
                edits.push((range, text));
            }
        }
        let mut source = self.program.source.clone();
        source.dropped.extend(self.dropped);
        let edited = source.edited(&edits);
        if !snippet(&edited.text).is_valid() {
            return Warned {
                output: parse(self.program.source.clone()).output,
                diagnostics: Vec::new(),
            };
        }
        let diagnostics = moved_to(&edited, &self.program.source, self.diagnostics);
        Warned {
            output: parse(edited).output,
            diagnostics,
        }
    }
}

impl<'a> Visitor<'a> for Changes<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let outer = self.statement.take();
        match statement {
            Stmt::Expr(it) => self.statement = Some((it.range, &it.value)),
            Stmt::Assign(it) => {
                if let [target] = &it.targets[..] {
                    let target = self.program.text(target.range());
                    self.bindings.insert(it.value.start(), (it.range, target));
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
        self.statement = outer;
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression {
            self.call(call);
        }
        walk_expr(self, expression);
    }
}

/// `name["key"]`.
struct Keys<'a> {
    name: &'a str,
    found: BTreeSet<String>,
    uses: usize,
}

impl<'a> Visitor<'a> for Keys<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Subscript(subscript) = expression
            && subscript
                .value
                .as_name_expr()
                .is_some_and(|it| it.id == self.name)
            && let Expr::StringLiteral(key) = &*subscript.slice
        {
            self.uses += 1;
            self.found.insert(key.value.to_str().to_owned());
        }
        walk_expr(self, expression);
    }
}

/// What a name of an import statement is: `from google.colab import drive` gives `google.colab.drive`.
fn path_of(name: &ImportedName) -> String {
    match (&name.what, &name.alias) {
        (Imported::Module(module), None) => module.split('.').next().unwrap_or(module).to_owned(),
        (Imported::Module(module), Some(_)) => module.clone(),
        (Imported::Member(level, module, member), _) => {
            format!("{}{module}.{member}", ".".repeat(*level as usize))
        }
    }
}

/// `from tqdm.notebook import tqdm`: its bar needs the notebook's widgets; that of `tqdm.auto` is the same there, and text
/// elsewhere.
fn bars_of_terminals(names: &[ImportedName]) -> Option<String> {
    let elsewhere = |name: &ImportedName| match &name.what {
        Imported::Member(0, module, member) if module == "tqdm.notebook" => {
            let what = Imported::Member(0, "tqdm.auto".to_owned(), member.clone());
            let alias = name.alias.clone();
            Some(crate::naming::form(&ImportedName { what, alias }))
        }
        _ => None,
    };
    let forms: Option<Vec<String>> = names.iter().map(elsewhere).collect();
    forms.map(|forms| forms.join("; "))
}

/// A name as environment variables have them.
fn variable(name: &str) -> String {
    let upper = name.to_uppercase();
    upper
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}
