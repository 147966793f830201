//! `with open(…) as file:` blocks that only read or write: the whole block becomes a method.

use srcify_effects::{CallFacts, Callee, Effect, EffectGraph, EffectSet, Occurrence};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use super::families::family;
use super::{Access, Extractor, MOST, Method, opened_path};
use crate::context::Context;
use crate::edits::{Edit, apply, value_start};
use crate::steps::Step;
use crate::types::Imports;

/// What such a block may do.
pub(crate) const FILES: EffectSet = EffectSet::from_slice(&[
    Effect::ReadFile,
    Effect::WriteFile,
    Effect::Nondeterministic,
    Effect::Dynamic,
]);

/// A method that gives more than this has no one name for it.
const MOST_OUTPUTS: usize = 3;

/// A block with what it takes and gives.
struct Block<'a> {
    with: &'a ast::StmtWith,
    inputs: Vec<String>,
    outputs: Vec<String>,
}

impl Extractor<'_> {
    /// Makes a method of a statement that is a block around one open file.
    pub(super) fn extract_block(
        &mut self,
        unit: UnitId,
        context: &Context,
    ) -> Option<(Edit, String)> {
        let Stmt::With(with) = self.program.statement(unit) else {
            return None;
        };
        let graph = self.graph;
        let [item] = &with.items[..] else {
            return None;
        };
        let opened = graph.call_at(item.context_expr.range())?;
        let Callee::Library(callee) = &opened.callee else {
            return None;
        };
        let location = self.opened_location(item, opened, callee)?;
        let block = self.block(unit, with, location)?;
        let main = main_callee(graph, with).unwrap_or(callee);
        let mut family = family(main, opened.effects);
        if main.starts_with("csv.") && family.method == "read" {
            family.method = "read_rows";
        }
        if self.appends(opened.range) {
            family.method = "append";
        }
        let access = Access {
            family,
            callee: main,
            location: Some(location),
            call: opened,
            query: None,
        };
        let mut imports = Imports::new();
        let method = self.block_method(unit, &access, &block, &mut imports);
        let noun = self.noun(unit, &access, &block.inputs);
        let class = self.place(unit, &access, &noun, &method, imports);
        let facts = &self.graph.units[unit.index()].access;
        let inner =
            crate::edits::fragment_edits(self.program, self.graph, facts, location, context);
        let arguments: Vec<String> = block
            .inputs
            .iter()
            .map(|name| context.names.get(name).unwrap_or(name).clone())
            .collect();
        let target = match &block.outputs[..] {
            [] => String::new(),
            names => format!("{} = ", names.join(", ")),
        };
        let text = format!(
            "{target}{class}({}).{}({})",
            apply(self.program, location, inner),
            method.name,
            arguments.join(", ")
        );
        let edit = Edit {
            range: self.program.units()[unit.index()].range,
            text,
        };
        Some((edit, class))
    }

    /// The path of the file that a block opens.
    pub(super) fn opened_location(
        &self,
        item: &ast::WithItem,
        opened: &CallFacts,
        callee: &str,
    ) -> Option<TextRange> {
        let is_open = callee.rsplit('.').next() == Some("open")
            || matches!(
                callee,
                "pandas.ExcelWriter" | "zipfile.ZipFile" | "h5py.File"
            );
        let entry = self.entry(callee).filter(|_| is_open)?;
        let Some(path) = &entry.path else {
            return opened_path(item.context_expr.as_call_expr()?, opened);
        };
        let is_it = |it: &&srcify_effects::Argument| it.parameter.as_deref() == Some(path);
        Some(opened.arguments.iter().find(is_it)?.range)
    }

    /// Whether a call of `open` adds to the end of the file.
    pub(super) fn appends(&self, opened: TextRange) -> bool {
        let call = self.program.text(opened);
        call.contains("\"a\"") || call.contains("'a'")
    }

    /// What a block takes and gives; `None` when it cannot be a method.
    fn block<'s>(
        &self,
        unit: UnitId,
        with: &'s ast::StmtWith,
        location: TextRange,
    ) -> Option<Block<'s>> {
        let step = &self.steps[unit.index()];
        let facts = &self.graph.units[unit.index()];
        let is_files_only = facts.effects.is_subset(FILES) && !facts.effects.is_pure();
        if with.is_async
            || !is_files_only
            || step.writes_globals
            || !step.deletes.is_empty()
            || !step.captures.is_empty()
        {
            return None;
        }
        let range = self.program.units()[unit.index()].range;
        let is_elsewhere = |place: TextRange| !location.contains_range(place);
        if self.lifting.places_inside(range).any(is_elsewhere) {
            return None;
        }
        let mut inputs: Vec<String> = Vec::new();
        for (name, place, kind) in &facts.access.occurrences {
            if *kind != Occurrence::Load || location.contains_range(*place) {
                continue;
            }
            if !(self.is_within_reach)(name) {
                return None;
            }
            let comes_in = facts.access.reads.contains(name);
            if comes_in
                && step.may.contains(name)
                && !self.bound.is_bound_before(unit.index(), name)
            {
                // The block itself may bind it before it is read: a walrus in a comprehension.
                return None;
            }
            if (self.is_variable)(name) && comes_in && !inputs.contains(name) {
                inputs.push(name.clone());
            }
        }
        let later = &self.steps[unit.index() + 1..];
        let is_needed = |name: &&String| is_read_before_bound(later, name);
        let outputs: Vec<&String> = step.may.iter().filter(is_needed).collect();
        let is_given = |name: &&String| step.must.contains(*name) && !is_target(with, name);
        if outputs.len() > MOST_OUTPUTS || !outputs.iter().all(is_given) {
            return None;
        }
        (inputs.len() <= MOST).then(|| Block {
            with,
            inputs,
            outputs: outputs.into_iter().cloned().collect(),
        })
    }

    fn block_method(
        &self,
        unit: UnitId,
        access: &Access<'_>,
        block: &Block<'_>,
        imports: &mut Imports,
    ) -> Method {
        let mut edits = self.location_edits(access);
        let mut returns = "None".to_owned();
        let mut ending = String::new();
        let mut type_of = |name: &String| {
            let ty = self.steps[unit.index()].annotated(name);
            self.annotator.annotation(ty, imports)
        };
        match &block.outputs[..] {
            [] => {}
            [output] => {
                returns = type_of(output);
                match returned(self.program, block.with, output) {
                    Some(range) => edits.push(Edit {
                        range,
                        text: "return ".to_owned(),
                    }),
                    None => ending = format!("\nreturn {output}"),
                }
            }
            several => {
                let types: Vec<String> = several.iter().map(&mut type_of).collect();
                returns = format!("tuple[{}]", types.join(", "));
                ending = format!("\nreturn {}", several.join(", "));
            }
        }
        let range = self.program.units()[unit.index()].range;
        let text = apply(self.program, range, edits);
        Method {
            name: access.family.method.to_owned(),
            parameters: self.typed(unit, access, &block.inputs, imports),
            returns,
            body: format!("{text}{ending}\n"),
            summary: access.family.method_summary(access.callee),
            raises: None,
        }
    }
}

/// Whether a variable is read before it gets another value for certain.
fn is_read_before_bound(later: &[Step], name: &str) -> bool {
    let telling = later
        .iter()
        .find(|it| it.reads.contains(name) || it.captures.contains(name) || it.must.contains(name));
    telling.is_some_and(|it| it.reads.contains(name) || it.captures.contains(name))
}

/// The call in a block that tells most: `json.dump` rather than `open`.
pub(super) fn main_callee<'g>(graph: &'g EffectGraph, with: &ast::StmtWith) -> Option<&'g str> {
    let range = with.range();
    let telling = ["json.", "pickle.", "joblib.", "yaml.", "torch.", "csv."];
    // Of libraries that compute, only what reads or writes tells what the file is.
    let moves = |name: &str| {
        let method = name.rsplit('.').next().unwrap_or(name);
        let is_library = name.starts_with("numpy.") || name.starts_with("pandas.");
        let starts = [
            "read_",
            "to_csv",
            "to_json",
            "to_excel",
            "save",
            "load",
            "genfromtxt",
        ];
        is_library && starts.iter().any(|it| method.starts_with(it))
    };
    graph
        .calls_in(range)
        .filter_map(|call| match &call.callee {
            Callee::Library(name) => Some(name.as_str()),
            _ => None,
        })
        .find(|name| telling.iter().any(|start| name.starts_with(start)) || moves(name))
}

/// Whether the block binds the handle itself to a name.
fn is_target(with: &ast::StmtWith, name: &str) -> bool {
    with.items.iter().any(|item| {
        item.optional_vars
            .as_deref()
            .and_then(Expr::as_name_expr)
            .is_some_and(|it| it.id.as_str() == name)
    })
}

/// From the target to the value of a last assignment `output = value` in the block.
fn returned(program: &Program, with: &ast::StmtWith, output: &str) -> Option<TextRange> {
    let Stmt::Assign(assign) = with.body.last()? else {
        return None;
    };
    let [Expr::Name(target)] = &assign.targets[..] else {
        return None;
    };
    let is_plain =
        target.id.as_str() == output && !matches!(&*assign.value, Expr::Tuple(_) | Expr::Yield(_));
    let start = || {
        value_start(
            program.text(assign.range),
            target,
            &assign.value,
            assign.range,
        )
    };
    is_plain.then(|| TextRange::new(assign.start(), start()))
}
