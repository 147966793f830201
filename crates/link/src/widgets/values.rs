//! Controls of which only the value is used: it is the variable.

use srcify_effects::{Access, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, Unit, parse, snippet};

use super::initial::number;

/// The program with the value that a control begins with in the place of the control: `rate = 5` for
/// `rate = mo.ui.slider(1, 9, value=5)`, and `rate` for `rate.value`.
pub(super) fn with_first_values(program: Program) -> Program {
    let mut edits: Vec<(TextRange, String)> = Vec::new();
    for unit in program.units() {
        let Stmt::Assign(ast::StmtAssign { targets, value, .. }) = program.statement(unit.id)
        else {
            continue;
        };
        if let ([Expr::Name(name)], Expr::Call(call)) = (&targets[..], &**value)
            && let Some(first) = first_value(&program, call)
            && let Some(uses) = uses(&program, unit, &name.id)
        {
            edits.push((call.range(), first));
            edits.extend(uses.into_iter().map(|range| (range, name.id.to_string())));
        }
    }
    if edits.is_empty() {
        return program;
    }
    edits.sort_by_key(|(range, _)| (range.start(), range.end()));
    let source = program.source.edited(&edits);
    if snippet(&source.text).is_valid() {
        parse(source).output
    } else {
        program
    }
}

/// The value that a control of marimo, or of ipywidgets, begins with, where the call says it.
fn first_value(program: &Program, call: &ast::ExprCall) -> Option<String> {
    let path = program.text(call.func.range());
    let (module, class) = path.rsplit_once('.').unwrap_or(("", path));
    let is_ui = module.rsplit('.').next() == Some("ui");
    let is_marimo = is_ui && program.source.text.contains("import marimo");
    let is_jupyter = program.source.text.contains("ipywidgets");
    let told = |name: &str| call.arguments.find_keyword(name).map(|it| &it.value);
    let at = |index: usize| call.arguments.args.get(index);
    let stated = told("value");
    let text = |expression: &Expr| program.text(expression.range()).to_owned();
    let literal = |expression: &Expr| is_literal(expression).then(|| text(expression));
    match class {
        "slider" | "number" if is_marimo => {
            literal(stated.or_else(|| told("start")).or_else(|| at(0))?)
        }
        "checkbox" | "switch" if is_marimo => stated
            .or_else(|| at(0))
            .map_or(Some("False".to_owned()), literal),
        "text" | "text_area" if is_marimo => stated
            .or_else(|| at(0))
            .map_or(Some("\"\"".to_owned()), literal),
        "dropdown" | "radio" if is_marimo => {
            // What a dictionary shows is not what it gives.
            let options = told("options").or_else(|| at(0))?;
            let value = stated.or_else(|| at(1));
            let value = value.map_or(Some("None".to_owned()), literal);
            value.filter(|_| options.is_list_expr())
        }
        "Checkbox" if is_jupyter => stated.map_or(Some("False".to_owned()), literal),
        "Text" | "Textarea" if is_jupyter => stated.map_or(Some("\"\"".to_owned()), literal),
        "Dropdown" | "RadioButtons" | "ToggleButtons" | "Select" if is_jupyter => {
            let options = told("options")?.as_list_expr()?;
            let first = options.elts.first().filter(|it| !it.is_tuple_expr())?;
            literal(stated.unwrap_or(first))
        }
        "IntText" | "FloatText" if is_jupyter => literal(stated?),
        "IntSlider" | "FloatSlider" if is_jupyter => {
            let most = if class == "IntSlider" { 100.0 } else { 10.0 };
            let bound =
                |name: &str, default| told(name).map_or(Some(default), |it| Some(number(it)?.0));
            let bounds = bound("min", 0.0)?..=bound("max", most)?;
            let (value, _) = number(stated?)?;
            // A slider moves a value that is out of its bounds.
            literal(stated?).filter(|_| bounds.contains(&value))
        }
        _ => None,
    }
}

fn is_literal(expression: &Expr) -> bool {
    match expression {
        Expr::UnaryOp(it) => it.operand.is_number_literal_expr(),
        _ => expression.is_literal_expr() && !expression.is_ellipsis_literal_expr(),
    }
}

/// Where the value of the control is read; `None` where something else is done with it than to read or show it.
fn uses(program: &Program, binding: &Unit, name: &str) -> Option<Vec<TextRange>> {
    let mut found = Vec::new();
    for unit in program.units() {
        let statement = program.statement(unit.id);
        let access = Access::of(statement);
        let own = |it: &&(String, TextRange, Occurrence)| it.0 == name;
        let places: Vec<_> = access.occurrences.iter().filter(own).collect();
        if places.is_empty() || unit.id == binding.id && places.len() == 1 {
            continue;
        }
        let is_bound = places.iter().any(|it| it.2 != Occurrence::Load);
        if is_bound || unit.id < binding.id || access.globals.contains(name) {
            return None;
        }
        let mut reads = Reads {
            name,
            found: Vec::new(),
        };
        reads.visit_stmt(statement);
        // What only shows the control shows its value now, and is left out for that.
        if reads.found.len() != places.len() && !only_shows(program, statement) {
            return None;
        }
        found.extend(reads.found);
    }
    Some(found)
}

/// A control by itself, or in what lays controls out.
fn only_shows(program: &Program, statement: &Stmt) -> bool {
    let Stmt::Expr(ast::StmtExpr { value, .. }) = statement else {
        return false;
    };
    match &**value {
        Expr::Name(_) => true,
        Expr::Call(call) => {
            let path = program.text(call.func.range());
            matches!(path, "display" | "mo.md" | "mo.hstack" | "mo.vstack")
        }
        _ => false,
    }
}

/// Places of `name.value`.
struct Reads<'n> {
    name: &'n str,
    found: Vec<TextRange>,
}

impl<'a> Visitor<'a> for Reads<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Attribute(attribute) = expression
            && attribute.attr.as_str() == "value"
            && attribute.ctx.is_load()
            && let Expr::Name(name) = &*attribute.value
            && name.id == self.name
        {
            self.found.push(attribute.range());
            return;
        }
        walk_expr(self, expression);
    }
}
