//! What a run of the input showed: types, and what frames look like.

use std::collections::BTreeMap;

use srcify_effects::{EffectGraph, Type};
use srcify_syntax::{Program, Span, TextRange, UnitId};

/// Where something begins, as people count: cell, line, column.
pub type Start = (Option<u32>, u32, u32);
/// Where an expression begins, and the line and column where it ends.
pub type Extent = (Start, u32, u32);

/// What a run of the input showed. Types and columns, never values.
#[derive(Debug, Clone, Default)]
pub struct Observed {
    /// Types of expressions, and of the variables that statements bind.
    pub expressions: BTreeMap<Extent, Type>,
    /// Types of the variables after each statement.
    pub statements: BTreeMap<Start, BTreeMap<String, Type>>,
    /// Types of the parameters and of the result of the input's own functions.
    pub functions: BTreeMap<String, (BTreeMap<String, Type>, Option<Type>)>,
    /// What frames and arrays looked like after each statement: `600 rows of tenure (int64), churn (object)`.
    pub looks: BTreeMap<(Start, String), String>,
}

impl Observed {
    /// The type of the expression at `range`.
    pub fn type_at(&self, program: &Program, range: TextRange) -> Option<Type> {
        let end = program
            .source
            .location(Span::from(TextRange::empty(range.end())));
        let extent = (start_of(program, range), end.line, end.column);
        self.expressions.get(&extent).cloned()
    }

    /// Adds what the analysis could not know: it is never told to forget what it does know.
    pub fn refine(&self, program: &Program, graph: &mut EffectGraph) {
        for (unit, facts) in program.units().iter().zip(&mut graph.units) {
            let Some(seen) = self.statements.get(&start_of(program, unit.range)) else {
                continue;
            };
            let changed = facts.access.may.iter().chain(facts.mutates.keys());
            for name in changed {
                if let Some(ty) = seen.get(name)
                    && is_better(ty, facts.types.get(name))
                {
                    facts.types.insert(name.clone(), ty.clone());
                    facts.hints.remove(name);
                }
            }
        }
        for (name, (parameters, returns)) in &self.functions {
            let Some(facts) = graph.functions.get_mut(name) else {
                continue;
            };
            for (parameter, ty) in parameters {
                if is_better(ty, facts.parameters.get(parameter)) {
                    facts.parameters.insert(parameter.clone(), ty.clone());
                    facts.hints.remove(parameter);
                }
            }
            if let Some(ty) = returns
                && is_better(ty, facts.returns.as_ref())
            {
                facts.returns = Some(ty.clone());
                facts.returns_hint = None;
            }
        }
    }

    /// What `name` looked like when the statement had run.
    pub(crate) fn look_after(&self, program: &Program, unit: UnitId, name: &str) -> Option<&str> {
        let range = program.units()[unit.index()].range;
        let key = (start_of(program, range), name.to_owned());
        self.looks.get(&key).map(String::as_str)
    }
}

fn start_of(program: &Program, range: TextRange) -> Start {
    let location = program.source.location(Span::from(range));
    // Lines of local modules are no lines of the input.
    let is_module = program.source.inclusion_at(range.start()).is_some();
    let cell = if is_module {
        Some(u32::MAX)
    } else {
        location.cell
    };
    (cell, location.line, location.column)
}

/// Whether an observed type says more than what is known: anything, or what a container holds.
fn is_better(seen: &Type, known: Option<&Type>) -> bool {
    let Some(known) = known else {
        return true;
    };
    let is_vague = ["object", "scalar"].contains(&known.name.as_str());
    let is_open = known.arguments.iter().all(|it| *it == Type::unknown());
    let fills = known.name == seen.name && is_open;
    is_vague || (fills && !seen.arguments.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_says_more_replaces_what_is_known() {
        let list = Type::new("list");
        let numbers = Type::generic("list", vec![Type::new("int")]);
        assert!(is_better(&list, None));
        assert!(is_better(&numbers, Some(&list)));
        let unknown = Type::generic("list", vec![Type::unknown()]);
        assert!(is_better(&numbers, Some(&unknown)));
        assert!(!is_better(&list, Some(&numbers)));
        assert!(!is_better(&Type::new("int"), Some(&Type::new("float"))));
        assert!(is_better(&Type::new("int"), Some(&Type::new("object"))));
    }
}
