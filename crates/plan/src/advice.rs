//! Advice on the author's code: what looks wrong stays as it was, and is named.

use std::collections::BTreeSet;

use srcify_effects::{CallFacts, Callee, Effect, EffectGraph, Type};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Diagnostic, Program, Ranged, SourceKind, Span, TextSize};

use crate::figures::{Figures, is_show};
use crate::undefined::undefined_names;
use crate::untangle::draws::unpacks;

/// Calls that learn from all rows they are given.
const LEARNING: [&str; 3] = [".fit", ".fit_transform", "pandas.get_dummies"];

/// All advice on a program, in its order.
pub(crate) fn advise(program: &Program, graph: &EffectGraph) -> Vec<Diagnostic> {
    let mut advice = undefined_names(program, graph);
    advice.extend(unknown(program, graph));
    advice.extend(unseeded(program, graph));
    advice.extend(imports_after_seed(program, graph));
    advice.extend(learns_before_split(program, graph));
    advice.extend(saves_nothing(program, graph));
    advice.extend(prints_tables(program, graph));
    advice.extend(crate::planner::evaluates_data(program, graph));
    advice.extend(crate::mirrors::shows_module(program, graph));
    advice.extend(crate::mirrors::shows_place(program));
    advice
}

/// Figures that a notebook saves after it showed, and closed, them.
fn saves_nothing(program: &Program, graph: &EffectGraph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !Figures::of(program).are_closed() {
        return found;
    }
    let mut shown_in = None;
    for (unit, facts) in program.units().iter().zip(&graph.units) {
        if !facts.effects.contains(Effect::Figure) {
            continue;
        }
        let cell = program.source.cell_at(unit.range.start());
        let mut calls = graph.calls_in(unit.range);
        let is_saved = calls.next().and_then(name_of) == Some("matplotlib.pyplot.savefig");
        if is_saved && shown_in == Some(cell) {
            let message = "an empty figure is saved here: showing it has closed what was drawn";
            let diagnostic = Diagnostic::advice("empty-figure", Span::from(unit.range), message);
            found.push(diagnostic.hint("save the figure before `plt.show()`"));
        }
        let is_show = is_show(program.statement(unit.id), graph);
        shown_in = is_show.then_some(cell);
    }
    found
}

/// The first table that a notebook prints: Jupyter shows more columns of it than a terminal does.
fn prints_tables(program: &Program, graph: &EffectGraph) -> Option<Diagnostic> {
    let text = &program.source.text;
    if program.source.kind != SourceKind::Notebook || text.contains("max_columns") {
        return None;
    }
    let is_table = |ty: &Type| ty.name == "pandas.DataFrame";
    let mut tables: BTreeSet<&str> = BTreeSet::new();
    for (unit, facts) in program.units().iter().zip(&graph.units) {
        for (name, ty) in facts.hints.iter().chain(&facts.types) {
            if is_table(ty) {
                tables.insert(name);
            } else {
                tables.remove(name.as_str());
            }
        }
        for call in crate::prints::printing_calls(program.statement(unit.id)) {
            let shows = |argument: &Expr| match argument {
                Expr::Name(name) => tables.contains(name.id.as_str()),
                _ => graph.call_at(argument.range()).is_some_and(|call| {
                    let given = call.returns.as_ref().or(call.hint.as_ref());
                    given.is_some_and(is_table)
                }),
            };
            if call.arguments.args.iter().any(shows) {
                let message = "a printed table shows as many columns as the terminal has room for; \
                               Jupyter shows up to 20";
                let diagnostic =
                    Diagnostic::advice("wide-table", Span::from(call.range()), message);
                let hint =
                    "`pd.set_option(\"display.max_columns\", 20)` prints what the notebook prints";
                return Some(diagnostic.hint(hint));
            }
        }
    }
    None
}

/// Calls that keep their statement in the application, for nobody knows what they do.
fn unknown(program: &Program, graph: &EffectGraph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (unit, facts) in program.units().iter().zip(&graph.units) {
        let mut reasons = facts.reasons.iter();
        let Some(reason) = reasons.find(|reason| reason.effect == Effect::Unknown) else {
            continue;
        };
        let name = match reason.chain.last().map(String::as_str) {
            // What is called has no name in any library: as the author wrote it.
            None | Some("a value") => called(program.text(reason.range)),
            Some(name) => name,
        };
        // `method `fit` of an object of unknown type` quotes what it names.
        let quoted = if name.contains('`') {
            name.to_owned()
        } else {
            format!("`{name}`")
        };
        let message =
            format!("cannot tell what {quoted} does; the statement stays in the application");
        let diagnostic = Diagnostic::advice("unknown-effect", Span::from(unit.range), message);
        found.push(diagnostic.hint("describe it under `[tool.srcify.effects]`"));
    }
    found
}

/// What stands before the parentheses of a call, where that is short.
fn called(call: &str) -> &str {
    let name = call.split('(').next().unwrap_or(call).trim();
    if name.is_empty() || name.len() > 40 || name.contains('\n') {
        "a call"
    } else {
        name
    }
}

/// The first draw of a program that draws random numbers and sets no seed.
fn unseeded(program: &Program, graph: &EffectGraph) -> Option<Diagnostic> {
    let is_seeded = graph
        .units
        .iter()
        .any(|unit| unit.effects.contains(Effect::Seed));
    if is_seeded {
        return None;
    }
    // What is unpacked may hold the seed: `RandomForestClassifier(**parameters)`.
    let mut calls = graph.calls.iter();
    if calls.any(|call| matches!(call.callee, Callee::Library(_)) && unpacks(program, call)) {
        return None;
    }
    let mut draws = program
        .units()
        .iter()
        .zip(&graph.units)
        .filter(|(_, facts)| facts.effects.contains(Effect::Random));
    let (first, _) = draws.next()?;
    let message = "random numbers are drawn and no seed is set, so two runs differ";
    let diagnostic = Diagnostic::advice("no-seed", Span::from(first.range), message);
    Some(diagnostic.hint("seed the generator, or pass `random_state`"))
}

/// The first library that is imported between a seed of Python's own generator and what is drawn from it.
///
/// Some libraries draw while they are imported (rich gives its styles numbers, and scikit-learn imports it where it is
/// there). A package imports before it seeds, so what they draw moves no stream there.
fn imports_after_seed(program: &Program, graph: &EffectGraph) -> Option<Diagnostic> {
    let seeds = |index: usize| {
        let unit = &program.units()[index];
        let named = match program.statement(unit.id) {
            // The generator that stands for the hidden one.
            Stmt::Assign(assign) => matches!(&assign.targets[..], [Expr::Name(name)]
                if name.id.starts_with("generator"))
            .then_some("random.Random"),
            Stmt::Expr(_) => Some("random.seed"),
            _ => None,
        };
        let mut calls = graph.calls_in(unit.range);
        named.is_some_and(|named| calls.any(|call| name_of(call) == Some(named)))
    };
    let seeded = (0..program.units().len()).find(|&index| seeds(index))?;
    let is_draw = |call: &&CallFacts| {
        let method = name_of(call).and_then(|name| name.strip_prefix("random."));
        method.is_some_and(|it| !matches!(it, "seed" | "Random"))
    };
    let drawn = program
        .units()
        .iter()
        .rposition(|unit| graph.calls_in(unit.range).any(|call| is_draw(&call)))?;
    let top = |path: &str| path.split('.').next().unwrap_or(path).to_owned();
    let imported = |index: usize| {
        let names: Vec<String> = match program.statement(program.units()[index].id) {
            Stmt::Import(import) => import.names.iter().map(|it| top(&it.name)).collect(),
            Stmt::ImportFrom(import) => import.module.iter().map(|it| top(it)).collect(),
            _ => Vec::new(),
        };
        names
    };
    let before: BTreeSet<String> = (0..seeded).flat_map(imported).collect();
    let is_late = |name: &String| {
        !srcify_effects::distributions::is_standard_library(name) && !before.contains(name)
    };
    let (index, name) = (seeded..drawn).find_map(|index| {
        let name = imported(index).into_iter().find(is_late)?;
        Some((index, name))
    })?;
    let message = format!(
        "`{name}` is imported after `random` is seeded; the package imports first, so if it draws while it is imported, \
         later numbers differ"
    );
    let range = program.units()[index].range;
    let diagnostic = Diagnostic::warning("import-after-seed", Span::from(range), message);
    Some(diagnostic.hint("import everything before `random.seed`"))
}

/// Calls that learn from all rows before some are held out: what they learn leaks into the training.
fn learns_before_split(program: &Program, graph: &EffectGraph) -> Vec<Diagnostic> {
    let is_split =
        |call: &&CallFacts| name_of(call).is_some_and(|name| name.ends_with("train_test_split"));
    let Some(split) = graph
        .calls
        .iter()
        .filter(|call| is_at_top(program, call))
        .find(is_split)
    else {
        return Vec::new();
    };
    let held_out: TextSize = split.range.start();
    let mut found = Vec::new();
    for call in graph
        .calls
        .iter()
        .filter(|call| call.range.end() <= held_out && is_at_top(program, call))
    {
        let Some(name) = name_of(call) else { continue };
        let learns = name.starts_with("sklearn.") || name.starts_with("pandas.");
        if learns && LEARNING.iter().any(|ending| name.ends_with(ending)) {
            let short = name.rsplit('.').next().unwrap_or(name);
            let message = format!("`{short}` sees all rows before some are held out for the test");
            let diagnostic =
                Diagnostic::advice("fit-before-split", Span::from(call.range), message);
            found.push(diagnostic.hint("split first, and learn from the training rows"));
        }
    }
    found
}

fn name_of(call: &CallFacts) -> Option<&str> {
    match &call.callee {
        Callee::Library(name) => Some(name),
        Callee::User(_) | Callee::Unknown => None,
    }
}

/// Whether a call runs where it stands: in no function and no class.
fn is_at_top(program: &Program, call: &CallFacts) -> bool {
    let mut units = program.units().iter();
    let unit = units.find(|unit| unit.range.contains_range(call.range));
    unit.is_some_and(|unit| {
        let statement = program.statement(unit.id);
        !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_))
    })
}

#[cfg(test)]
mod tests {
    use srcify_effects::{Catalog, analyze};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        let source = srcify_syntax::read("a.py".into(), text.as_bytes()).unwrap();
        let program = srcify_syntax::parse(source.output).output;
        let catalog = Catalog::for_libraries(["numpy", "sklearn"]);
        let graph = analyze(&program, &catalog, &|_| None);
        assert_eq!(unseeded(&program, &graph).is_some(), expected, "{text}");
    }

    #[test]
    fn what_is_unpacked_may_hold_the_seed() {
        let fitted = "from sklearn.ensemble import RandomForestClassifier as Forest\n";
        let fit = "m.fit([[1]], [1])\n";
        check(&format!("{fitted}m = Forest()\n{fit}"), true);
        check(&format!("{fitted}m = Forest(random_state=1)\n{fit}"), false);
        check(
            &format!("{fitted}p = {{'random_state': 1}}\nm = Forest(**p)\n{fit}"),
            false,
        );
    }

    #[test]
    fn what_is_taken_for_granted_of_data_is_told() {
        let told = |text: &str| {
            let source = srcify_syntax::read("a.py".into(), text.as_bytes()).unwrap();
            let program = srcify_syntax::parse(source.output).output;
            let graph = analyze(&program, &Catalog::for_libraries(["numpy"]), &|_| None);
            crate::planner::evaluates_data(&program, &graph).is_some()
        };
        assert!(told("x = eval(input())\nprint(x)\n"));
        assert!(
            !told("x = 1\nprint(eval('x + 1'))\n"),
            "it is told as what keeps the job whole"
        );
        assert!(!told("x = float(input())\nprint(x)\n"));
    }
}
