//! The names of the input's module: what binds them, and whether that ever changes.

mod changed;
mod queried;

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::EffectGraph;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, Span, UnitId};

use crate::constants::constants;
use crate::names::queried::Queries;

/// What is known of one module-level name.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameFacts {
    /// Statements that bind it, in order.
    pub bindings: Vec<UnitId>,
    pub is_import: bool,
    pub is_definition: bool,
    pub is_variable: bool,
    /// What imports bind it to.
    pub import_paths: BTreeSet<String>,
    /// Its object may change in place, or functions rebind it.
    pub is_mutated: bool,
    pub is_deleted: bool,
    /// Strings mention it, which a library may evaluate.
    pub is_mentioned: bool,
    /// And none but queries of tables do, in which it is a variable of who calls them.
    pub is_queried: bool,
    /// The input asks whether it is the same object as another one.
    pub is_identified: bool,
}

/// All module-level names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    facts: BTreeMap<String, NameFacts>,
    /// Branches that hold nothing but imports for type checkers.
    pub typing_branches: BTreeSet<UnitId>,
    /// What the queries in a statement name.
    queried: BTreeMap<UnitId, BTreeSet<String>>,
    /// The column that a name is compared with in a query, and how.
    compared: BTreeMap<String, (String, String)>,
    /// Every identifier of the input, for new names to avoid.
    pub taken: BTreeSet<String>,
    /// The number that a name gets when it is wanted again: all below it are taken.
    next: BTreeMap<String, usize>,
}

impl Names {
    pub(crate) fn of(program: &Program, graph: &EffectGraph) -> Self {
        let mut names = Self {
            typing_branches: crate::typing_only::branches(program, graph),
            ..Self::default()
        };
        for (unit, facts) in program.units().iter().zip(&graph.units) {
            let statement = program.statement(unit.id);
            let is_for_checkers = names.typing_branches.contains(&unit.id);
            for name in facts
                .access
                .may
                .iter()
                .chain(&facts.writes_by_call)
                .chain(&facts.access.globals)
            {
                let known = names.facts.entry(name.clone()).or_default();
                known.bindings.push(unit.id);
                match statement {
                    Stmt::Import(_) | Stmt::ImportFrom(_) => {
                        known.is_import = true;
                        known.import_paths.insert(import_path(statement, name));
                    }
                    _ if is_for_checkers => {
                        known.is_import = true;
                        known.import_paths.insert(name.clone());
                    }
                    Stmt::FunctionDef(_) | Stmt::ClassDef(_)
                        if facts.access.must.contains(name) =>
                    {
                        known.is_definition = true;
                    }
                    _ => known.is_variable = true,
                }
                known.is_mutated |=
                    facts.writes_by_call.contains(name) || facts.access.globals.contains(name);
            }
            let unseen = changed::changed_unseen(statement, &facts.access, graph);
            let seen = facts.mutates.keys().map(String::as_str);
            for name in seen.chain(unseen) {
                names.facts.entry(name.to_owned()).or_default().is_mutated = true;
            }
            for name in &facts.access.deletes {
                names.facts.entry(name.clone()).or_default().is_deleted = true;
            }
        }
        names.spread_ambiguity(program, graph);
        names.note_mentions(program, graph);
        names.note_constants(program, graph);
        names.taken = identifiers(&program.source.text);
        names
    }

    /// An import that stays a statement of its own binds all of its names where it stands, not for the whole module.
    fn spread_ambiguity(&mut self, program: &Program, graph: &EffectGraph) {
        let is_import =
            |statement: &Stmt| matches!(statement, Stmt::Import(_) | Stmt::ImportFrom(_));
        let units = program.units().iter().zip(&graph.units);
        let imports: Vec<&BTreeSet<String>> = units
            .filter(|(unit, _)| is_import(program.statement(unit.id)))
            .map(|(_, facts)| &facts.access.may)
            .collect();
        loop {
            let mixed = imports.iter().filter(|bound| {
                bound.iter().any(|name| self.is_import(name))
                    && bound.iter().any(|name| !self.is_import(name))
            });
            let names: Vec<String> = mixed.flat_map(|bound| bound.iter().cloned()).collect();
            if names.is_empty() {
                return;
            }
            for name in names {
                self.facts.entry(name).or_default().is_variable = true;
            }
        }
    }

    /// Constants count as definitions: they are the same for everything that reads them.
    ///
    /// Where the input looks its own names up, all stay names of its module.
    fn note_constants(&mut self, program: &Program, graph: &EffectGraph) {
        if crate::planner::is_introspective(program, graph) {
            return;
        }
        for name in constants(program, graph, self).into_values() {
            let known = self.facts.entry(name).or_default();
            known.is_definition = true;
            known.is_variable = false;
        }
    }

    /// Formulas (`y ~ x`), queries (`age > @limit`) and evaluated text may name variables.
    fn note_mentions(&mut self, program: &Program, graph: &EffectGraph) {
        let queries = Queries::of(program, graph);
        let mut elsewhere = BTreeSet::new();
        for unit in program.units() {
            let statement = program.statement(unit.id);
            elsewhere.extend(mentioned_outside(statement, &queries.texts));
            for name in mentioned_names(statement) {
                if let Some(known) = self.facts.get_mut(&name) {
                    known.is_mentioned = true;
                }
            }
            for name in identified_names(program.statement(unit.id)) {
                if let Some(known) = self.facts.get_mut(&name) {
                    known.is_identified = true;
                }
            }
        }
        for name in queries.names.values().flatten() {
            let known = self
                .facts
                .get_mut(name)
                .filter(|_| !elsewhere.contains(name));
            if let Some(known) = known {
                known.is_queried = true;
            }
        }
        self.queried = queries.names;
        self.compared = queries.columns;
    }

    /// The column that a query compares a variable with, and the operator between them.
    pub(crate) fn compared(&self, name: &str) -> Option<&(String, String)> {
        self.compared.get(name)
    }

    /// The variables that a statement reads because its queries name them.
    pub(crate) fn queried_in(&self, unit: UnitId) -> impl Iterator<Item = &String> {
        self.queried.get(&unit).into_iter().flatten()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&NameFacts> {
        self.facts.get(name)
    }

    /// Bound by imports, and by something else as well: what it means depends on when it is read.
    pub(crate) fn is_ambiguous(&self, name: &str) -> bool {
        self.get(name).is_some_and(|it| it.is_import) && !self.is_import(name)
    }

    /// Bound by imports alone, always to the same thing.
    pub(crate) fn is_import(&self, name: &str) -> bool {
        self.get(name).is_some_and(|it| it.import_paths.len() < 2)
            && self
                .get(name)
                .is_some_and(|it| it.is_import && !it.is_variable && !it.is_definition)
    }

    /// Bound once, by a `def` or `class`.
    pub(crate) fn is_definition(&self, name: &str) -> bool {
        self.get(name).is_some_and(|it| {
            it.is_definition && !it.is_variable && !it.is_import && it.bindings.len() == 1
        })
    }

    /// Anything that is neither an import nor a definition.
    pub(crate) fn is_variable(&self, name: &str) -> bool {
        self.get(name).is_some() && !self.is_import(name) && !self.is_definition(name)
    }

    /// Names that strings mention, which a library may look up.
    pub(crate) fn mentioned(&self) -> BTreeSet<String> {
        let mentioned = self.facts.iter().filter(|(_, facts)| facts.is_mentioned);
        mentioned.map(|(name, _)| name.clone()).collect()
    }

    /// Imports and definitions that strings name, which a library may look up.
    pub(crate) fn mentioned_fixtures(&self) -> Vec<String> {
        let is_fixture = |name: &&String| self.is_import(name) || self.is_definition(name);
        let mentioned = self
            .facts
            .iter()
            .filter(|(_, facts)| facts.is_mentioned)
            .map(|(name, _)| name);
        mentioned.filter(is_fixture).cloned().collect()
    }

    /// The first of some names that the input does not use; notes it as taken.
    pub(crate) fn first_free(&mut self, wanted: &[&str]) -> String {
        let free = wanted.iter().find(|name| !self.taken.contains(**name));
        match free {
            Some(name) => {
                self.taken.insert((*name).to_owned());
                (*name).to_owned()
            }
            None => self.unique(wanted.first().copied().unwrap_or("compute")),
        }
    }

    /// A name like `wanted` that nothing else has; notes it as taken.
    pub(crate) fn unique(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = self.next.get(wanted).copied().unwrap_or(2);
        // Classes have no underscores: `AnalysisConfig2`.
        let separator = if wanted.starts_with(char::is_uppercase) {
            ""
        } else {
            "_"
        };
        while self.taken.contains(&name) || srcify_syntax::is_reserved_word(&name) {
            name = format!("{wanted}{separator}{number}");
            number += 1;
        }
        self.taken.insert(name.clone());
        if number > 2 {
            self.next.insert(wanted.to_owned(), number);
        }
        name
    }
}

/// What an import binds a name to.
fn import_path(statement: &Stmt, name: &str) -> String {
    let alias_name = |alias: &ast::Alias| alias.asname.as_ref().unwrap_or(&alias.name).to_string();
    match statement {
        Stmt::Import(import) => {
            let alias = import
                .names
                .iter()
                .find(|alias| alias.asname.is_some() && alias_name(alias) == name);
            alias.map_or_else(|| name.to_owned(), |alias| alias.name.to_string())
        }
        Stmt::ImportFrom(import) => {
            let alias = import.names.iter().find(|alias| alias_name(alias) == name);
            let module = import
                .module
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            alias.map_or_else(
                || module.clone(),
                |alias| format!("{module}.{}", alias.name),
            )
        }
        _ => name.to_owned(),
    }
}

/// Every word of `text` that could be a name.
pub(crate) fn identifiers(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| word.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        .map(str::to_owned)
        .collect()
}

/// Every word of the statements in `text` that could be a variable: none that only names an attribute or a keyword.
pub(crate) fn variables(text: &str) -> BTreeSet<String> {
    use ast::visitor::{Visitor, walk_expr, walk_keyword};
    /// Where the words stand that name no variable.
    struct Labels(BTreeSet<usize>);
    impl<'a> Visitor<'a> for Labels {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Attribute(attribute) = expression {
                self.0.insert(attribute.attr.start().into());
            }
            walk_expr(self, expression);
        }

        fn visit_keyword(&mut self, keyword: &'a ast::Keyword) {
            if let Some(name) = &keyword.arg {
                self.0.insert(name.start().into());
            }
            walk_keyword(self, keyword);
        }
    }
    let mut labels = Labels(BTreeSet::new());
    let snippet = srcify_syntax::snippet(text);
    for statement in snippet.statements() {
        labels.visit_stmt(statement);
    }
    let is_outside = |c: char| !(c.is_alphanumeric() || c == '_');
    text.split(is_outside)
        .filter(|word| word.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        .filter(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            !labels.0.contains(&start)
        })
        .map(str::to_owned)
        .collect()
}

/// Names that are operands of `is` and `is not`, or whose `id` is asked for.
fn identified_names(statement: &Stmt) -> BTreeSet<String> {
    use ast::visitor::{Visitor, walk_expr};
    struct Identities(BTreeSet<String>);
    impl<'a> Visitor<'a> for Identities {
        fn visit_expr(&mut self, expression: &'a Expr) {
            match expression {
                Expr::Compare(compare)
                    if compare
                        .ops
                        .iter()
                        .any(|op| matches!(op, ast::CmpOp::Is | ast::CmpOp::IsNot)) =>
                {
                    self.0
                        .extend(srcify_effects::Access::of_expression(expression).reads);
                }
                Expr::Call(call) if call.func.as_name_expr().is_some_and(|it| it.id == "id") => {
                    self.0
                        .extend(srcify_effects::Access::of_expression(expression).reads);
                }
                _ => walk_expr(self, expression),
            }
        }
    }
    let mut identities = Identities(BTreeSet::new());
    identities.visit_stmt(statement);
    identities.0
}

/// Words in strings that a library may evaluate as Python: formulas with `~`, queries with `@`, SQL over variables, and the
/// arguments of `eval`, `exec`, `evaluate` and `query`. The engine asks more narrowly what a text makes a function read
/// (`crates/effects/src/looked_up.rs`); here a word too many only keeps a name as it is.
pub(crate) fn mentioned_names(statement: &Stmt) -> BTreeSet<String> {
    mentioned_outside(statement, &BTreeSet::new())
}

/// The same, but for texts at some places.
fn mentioned_outside(statement: &Stmt, but: &BTreeSet<Span>) -> BTreeSet<String> {
    let mut mentions = Mentions {
        names: BTreeSet::new(),
        evaluated: false,
        but,
    };
    mentions.visit_stmt(statement);
    mentions.names
}

/// Finds them.
struct Mentions<'b> {
    names: BTreeSet<String>,
    /// Texts that it leaves out.
    but: &'b BTreeSet<Span>,
    /// Inside of a call that evaluates its text.
    evaluated: bool,
}

impl Mentions<'_> {
    fn text(&mut self, text: &str) {
        if self.evaluated || text.contains(['~', '@']) || asks_tables(text) {
            self.names.extend(identifiers(text));
        }
    }
}

impl<'a> Visitor<'a> for Mentions<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        // Docstrings, and other texts that stand alone, are for readers.
        let is_text = |it: &ast::StmtExpr| it.value.is_string_literal_expr();
        if !statement.as_expr_stmt().is_some_and(is_text) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::StringLiteral(string) if self.but.contains(&string.range().into()) => {}
            Expr::StringLiteral(string) => {
                self.text(string.value.to_str());
            }
            // `f"{name=}"` shows the name itself.
            Expr::FString(string) => {
                let elements = || string.value.elements();
                let literals = elements().filter_map(|it| it.as_literal());
                let text: Vec<&str> = literals.map(|it| &*it.value).collect();
                self.text(&text.join(" "));
                for part in string
                    .value
                    .elements()
                    .filter_map(|element| element.as_interpolation())
                {
                    if part.debug_text.is_some() {
                        self.names
                            .extend(srcify_effects::Access::of_expression(&part.expression).reads);
                    }
                }
                walk_expr(self, expression);
            }
            Expr::Call(call) => {
                let name = match &*call.func {
                    Expr::Name(name) => name.id.as_str(),
                    Expr::Attribute(attribute) => attribute.attr.as_str(),
                    _ => "",
                };
                let outer = self.evaluated;
                self.evaluated |= EVALUATING.contains(&name);
                walk_expr(self, expression);
                self.evaluated = outer;
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// Functions and methods that evaluate a text.
const EVALUATING: &[&str] = &[
    "bmat",
    "eval",
    "evaluate",
    "exec",
    "from_query",
    "query",
    "sql",
    "sqldf",
    "timeit",
];

/// Whether a text is SQL that reads tables: some libraries take the variables of their caller for them.
fn asks_tables(text: &str) -> bool {
    let start = text.trim_start().as_bytes();
    let is_query = ["select", "with", "from"].iter().any(|it| {
        let word = start.get(..it.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(it.as_bytes()))
    });
    is_query
        && text
            .split_whitespace()
            .any(|it| it.eq_ignore_ascii_case("from"))
}

/// In how many places the statements of a function bind a name by assigning to it.
pub(crate) fn stores(body: &[Stmt], name: &str) -> usize {
    struct Stores<'n>(&'n str, usize);
    impl<'a> Visitor<'a> for Stores<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(it) = expression
                && it.ctx.is_store()
                && it.id.as_str() == self.0
            {
                self.1 += 1;
            }
            walk_expr(self, expression);
        }
    }
    let mut stores = Stores(name, 0);
    stores.visit_body(body);
    stores.1
}
