//! Slices of the user's text with edits.

mod limits;

use srcify_effects::{Access, Callee, Effect, EffectGraph, EffectSet, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_body};
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId};

use crate::context::Context;
use crate::definitions::only_calls;

/// A replacement of a range of the program's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub range: TextRange,
    pub text: String,
}

/// The text at `range` with `edits` applied; of nested edits the outer one wins.
pub(crate) fn apply(program: &Program, range: TextRange, mut edits: Vec<Edit>) -> String {
    edits.retain(|edit| range.contains_range(edit.range));
    // What is inserted comes before what is replaced at the same place.
    edits.sort_by_key(|edit| {
        let range = edit.range;
        (
            range.start(),
            !range.is_empty(),
            std::cmp::Reverse(range.end()),
        )
    });
    let mut text = String::new();
    let mut at = range.start();
    for edit in edits {
        if edit.range.start() < at {
            continue;
        }
        text.push_str(program.text(TextRange::new(at, edit.range.start())));
        text.push_str(&edit.text);
        at = edit.range.end();
    }
    text.push_str(program.text(TextRange::new(at, range.end())));
    text
}

/// Where the value of an assignment begins, its brackets included.
pub(crate) fn value_start(
    text: &str,
    target: &ast::ExprName,
    value: &ast::Expr,
    range: TextRange,
) -> TextSize {
    let after_target = usize::from(target.end() - range.start());
    let before_value = usize::from(value.start() - range.start());
    let equals = text[after_target..before_value]
        .find('=')
        .map_or(before_value, |at| after_target + at + 1);
    let gap = text[equals..before_value].len()
        - text[equals..before_value]
            .trim_start_matches([' ', '\t', '\\', '\n'])
            .len();
    range.start() + TextSize::try_from(equals + gap).unwrap_or_default()
}

/// The edits that names, lifted parameters and prints need in `unit`, seen from `context`.
pub(crate) fn edits_of(
    program: &Program,
    graph: &EffectGraph,
    unit: UnitId,
    context: &Context,
) -> Vec<Edit> {
    edits_beside(program, graph, unit, context, &[])
}

/// Those edits beside others, which prints that become log records have in them as well.
pub(crate) fn edits_beside(
    program: &Program,
    graph: &EffectGraph,
    unit: UnitId,
    context: &Context,
    others: &[Edit],
) -> Vec<Edit> {
    let access = &graph.units[unit.index()].access;
    let range = program.units()[unit.index()].range;
    let mut edits = fragment_edits(program, graph, access, range, context);
    edits.extend(display_edits(program.statement(unit), graph));
    edits.extend(
        context
            .figures
            .edits(program, graph, program.statement(unit)),
    );
    if let Some(logger) = &context.logger {
        let fragment = |range: TextRange| {
            let mut edits = fragment_edits(program, graph, access, range, context);
            let inside = others.iter().filter(|it| range.contains_range(it.range));
            edits.extend(inside.cloned());
            apply(program, range, edits)
        };
        edits.extend(crate::prints::logger_edits(
            program.statement(unit),
            logger,
            &context.scalars,
            &fragment,
        ));
    }
    edits
}

/// The edits that names and lifted parameters need in a part of a statement.
pub(crate) fn fragment_edits(
    program: &Program,
    graph: &EffectGraph,
    access: &Access,
    range: TextRange,
    context: &Context,
) -> Vec<Edit> {
    let mut edits: Vec<Edit> = context.literals.inside(range).cloned().collect();
    edits.extend(name_edits(program, access, context));
    edits.extend(lifted_arguments(program, graph, range, context));
    edits.extend(partial_edits(program, graph, access, range, context));
    edits.extend(lookup_edits(program, graph, range));
    edits.extend(limits::limit_edits(program, graph, range));
    if context.is_introspective {
        edits.extend(introspection_edits(program, graph, range));
    }
    edits
}

fn name_edits<'a>(
    program: &'a Program,
    access: &'a Access,
    context: &'a Context,
) -> impl Iterator<Item = Edit> + 'a {
    access
        .occurrences
        .iter()
        .filter_map(|(name, range, occurrence)| {
            let text = context.names.get(name)?;
            // A class that binds `__name__` binds its own.
            let is_bound =
                || *occurrence != Occurrence::Load || is_changed(&program.source.text, range.end());
            if name.starts_with("__") && is_bound() {
                return None;
            }
            Some(Edit {
                range: *range,
                text: text.clone(),
            })
        })
}

/// Whether the name that ends here is changed in place: `__name__ += "x"` in a class binds a name of the class.
fn is_changed(text: &str, end: TextSize) -> bool {
    let rest = text[usize::from(end)..].trim_start_matches([' ', '\t', '\\', '\n']);
    let operator: String = rest
        .chars()
        .take_while(|it| "+-*/%@&|^><=".contains(*it))
        .collect();
    let comparison = [">=", "<=", "=="].contains(&operator.as_str());
    operator.len() > 1 && operator.ends_with('=') && !comparison
}

/// Text that is evaluated sees the module's names, as it did in the input.
fn introspection_edits(program: &Program, graph: &EffectGraph, range: TextRange) -> Vec<Edit> {
    let mut edits = Vec::new();
    let scopes = inner_scopes(program, range);
    for call in graph.calls_in(range) {
        // Functions, classes and comprehensions have names of their own, which it sees there as it did in the input.
        if scopes.iter().any(|it| it.contains_range(call.range)) {
            continue;
        }
        let closing = call.range.end() - TextSize::new(1);
        match (program.text(call.function), call.arguments.len()) {
            ("exec" | "eval", 1) => {
                edits.push(Edit {
                    range: TextRange::empty(closing),
                    text: ", globals()".to_owned(),
                });
            }
            ("vars" | "locals", 0) => edits.push(Edit {
                range: call.function,
                text: "globals".to_owned(),
            }),
            ("dir", 0) => edits.push(Edit {
                range: call.range,
                text: "sorted(globals())".to_owned(),
            }),
            _ => {}
        }
    }
    edits
}

/// The functions, classes and comprehensions in a range.
fn inner_scopes(program: &Program, range: TextRange) -> Vec<TextRange> {
    use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
    use srcify_syntax::ast::{self, Expr};
    struct Scopes(Vec<TextRange>);
    impl<'a> Visitor<'a> for Scopes {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::FunctionDef(it) => self.0.extend(it.body.iter().map(Ranged::range)),
                Stmt::ClassDef(it) => self.0.extend(it.body.iter().map(Ranged::range)),
                _ => walk_stmt(self, statement),
            }
        }
        fn visit_expr(&mut self, expression: &'a Expr) {
            match expression {
                Expr::Lambda(it) => self.0.push(it.body.range()),
                Expr::ListComp(it) => self.comprehension(it.range, &it.generators),
                Expr::SetComp(it) => self.comprehension(it.range, &it.generators),
                Expr::DictComp(it) => self.comprehension(it.range, &it.generators),
                Expr::Generator(it) => self.comprehension(it.range, &it.generators),
                _ => walk_expr(self, expression),
            }
        }
    }
    impl Scopes {
        /// All of it but what the first `for` goes over, which is evaluated around it.
        fn comprehension(&mut self, range: TextRange, generators: &[ast::Comprehension]) {
            let Some(first) = generators.first() else {
                return;
            };
            self.0
                .push(TextRange::new(range.start(), first.iter.start()));
            self.0.push(TextRange::new(first.iter.end(), range.end()));
            self.visit_expr(&first.iter);
        }
    }
    let mut scopes = Scopes(Vec::new());
    for unit in program.units() {
        if unit.range.intersect(range).is_some() {
            scopes.visit_stmt(program.statement(unit.id));
        }
    }
    scopes.0
}

/// Leaves out what only displays a value, inside a statement that does more.
pub(crate) fn display_edits(statement: &Stmt, graph: &EffectGraph) -> Vec<Edit> {
    let only_displays = |statement: &Stmt| {
        let Stmt::Expr(expression) = statement else {
            return false;
        };
        let call = graph.call_at(expression.value.range());
        call.is_some_and(|call| {
            call.effects == EffectSet::of(Effect::Display)
                && !call.mutates_other
                && call.callee == Callee::Library("IPython.display.display".to_owned())
        })
    };
    let mut bodies = Bodies(Vec::new());
    bodies.visit_stmt(statement);
    let mut edits = Vec::new();
    for body in bodies.0 {
        let is_empty = body.iter().all(only_displays);
        for (index, inner) in body
            .iter()
            .enumerate()
            .filter(|(_, inner)| only_displays(inner))
        {
            if is_empty && index == 0 {
                edits.push(Edit {
                    range: inner.range(),
                    text: "pass".to_owned(),
                });
            } else if index == 0 {
                let range = TextRange::new(inner.start(), body[1].start());
                edits.push(Edit {
                    range,
                    text: String::new(),
                });
            } else {
                let range = TextRange::new(body[index - 1].end(), inner.end());
                edits.push(Edit {
                    range,
                    text: String::new(),
                });
            }
        }
    }
    edits
}

/// The blocks inside a statement.
struct Bodies<'a>(Vec<&'a [Stmt]>);

impl<'a> Visitor<'a> for Bodies<'a> {
    fn visit_body(&mut self, body: &'a [Stmt]) {
        self.0.push(body);
        walk_body(self, body);
    }
}

/// `functools.partial(clean, limit=limit)` where a library is given a function that got such parameters.
fn partial_edits(
    program: &Program,
    graph: &EffectGraph,
    access: &Access,
    range: TextRange,
    context: &Context,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let calls = graph.calls_in(range).filter(|it| only_calls(&it.callee));
    for argument in calls.flat_map(|call| &call.arguments) {
        let name = program.text(argument.range);
        let Some(lifted) = context.lifted.get(name).filter(|it| !it.is_empty()) else {
            continue;
        };
        let is_it = |it: &(String, TextRange, Occurrence)| {
            it.0 == name && it.1 == argument.range && it.2 == Occurrence::Load
        };
        if !access.occurrences.iter().any(is_it) {
            continue;
        }
        let value = |(variable, parameter): &(String, String)| {
            let value = context.names.get(variable).unwrap_or(variable);
            format!("{parameter}={value}")
        };
        let values: Vec<String> = lifted.iter().map(value).collect();
        let (start, end) = (argument.range.start(), argument.range.end());
        edits.push(Edit {
            range: TextRange::empty(start),
            text: "functools.partial(".to_owned(),
        });
        edits.push(Edit {
            range: TextRange::empty(end),
            text: format!(", {})", values.join(", ")),
        });
    }
    edits
}

/// Adds the arguments for the parameters that functions got instead of reading variables of the module.
fn lifted_arguments(
    program: &Program,
    graph: &EffectGraph,
    range: TextRange,
    context: &Context,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for call in graph.calls_in(range) {
        let Callee::User(function) = &call.callee else {
            continue;
        };
        let Some(lifted) = context.lifted.get(function) else {
            continue;
        };
        let mut text = Vec::new();
        for (variable, parameter) in lifted {
            let value = context.names.get(variable).unwrap_or(variable);
            text.push(format!("{parameter}={value}"));
        }
        if text.is_empty() {
            continue;
        }
        let text = text.join(", ");
        let closing = call.range.end() - TextSize::new(1);
        let inside = program
            .text(TextRange::new(call.function.end(), closing))
            .trim_end();
        let separator = if inside.ends_with('(') || inside.ends_with(',') {
            ""
        } else {
            ", "
        };
        // A comment may stand before the bracket: a line feed keeps the arguments out of it.
        let last_line = inside.rsplit('\n').next().unwrap_or_default();
        let guard = if last_line.contains('#') { "\n" } else { "" };
        edits.push(Edit {
            range: TextRange::empty(closing),
            text: format!("{guard}{separator}{text}"),
        });
    }
    edits
}

/// `max(d, key=lambda key: d[key])` for `max(d, key=d.get)`: `get` may give `None`, which type checkers refuse to compare.
fn lookup_edits(program: &Program, graph: &EffectGraph, range: TextRange) -> Vec<Edit> {
    // A function in the body of a class does not see what that binds.
    if graph.lookups.is_empty() || program.text(range).contains("class ") {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for call in graph.calls_in(range) {
        let is_picking = matches!(&call.callee, Callee::Library(it) if ["max", "min", "sorted"].contains(&it.as_str()));
        let key = call.arguments.iter().find(|it| {
            it.is_keyword && it.parameter.as_deref() == Some("key") && is_lookup(graph, it.range)
        });
        let (Some(key), Some(first)) = (key.filter(|_| is_picking), call.arguments.first()) else {
            continue;
        };
        let Some(name) = program.text(key.range).strip_suffix(".get") else {
            continue;
        };
        if first.is_keyword || program.text(first.range) != name {
            continue;
        }
        let item = if name == "key" { "item" } else { "key" };
        let end = key.range.start() + TextSize::of(name);
        edits.push(Edit {
            range: TextRange::empty(key.range.start()),
            text: format!("lambda {item}: "),
        });
        edits.push(Edit {
            range: TextRange::new(end, key.range.end()),
            text: format!("[{item}]"),
        });
    }
    edits
}

fn is_lookup(graph: &EffectGraph, range: TextRange) -> bool {
    let place = (range.start().to_u32(), range.end().to_u32());
    graph.lookups.contains(&place)
}

/// Indents `text` by four spaces, lines inside strings excepted.
pub(crate) fn indent(text: &str) -> String {
    let snippet = srcify_syntax::snippet(text);
    let inside = snippet.lines_inside_strings(text);
    let mut indented = String::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if !line.trim().is_empty() && !inside.contains(&number) {
            indented.push_str("    ");
        }
        indented.push_str(line);
    }
    indented
}
