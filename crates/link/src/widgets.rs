//! Controls of notebooks (`ipywidgets`): what they do once, with the values that they begin with.
//!
//! `interact(f, n=(1, 10))` shows a slider and calls `f(n=5)`; nobody moves the slider of a package. So the call takes its
//! place, and the values become settings like any other. What is called only when somebody presses a button is left out.

mod initial;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{
    Diagnostic, Dropped, Program, Ranged, Span, TextRange, UnitId, Warned, moved_to, parse, snippet,
};

use initial::{Initial, parameters};

/// Functions of `ipywidgets` that call a function of the author.
const CALLERS: [&str; 4] = [
    "interact",
    "interactive",
    "interact_manual",
    "interactive_output",
];

/// The program with calls in the places of controls.
pub fn without_controls(program: Program) -> Warned<Program> {
    let text = &program.source.text;
    if !text.contains("ipywidgets") && !text.contains(".ui.") {
        return Warned {
            output: program,
            diagnostics: Vec::new(),
        };
    }
    if !text.contains("interact") {
        return Warned {
            output: values::with_first_values(program),
            diagnostics: Vec::new(),
        };
    }
    let mut controls = Controls::of(&program);
    for unit in program.units() {
        controls.unit(unit.id);
    }
    let Controls {
        mut edits,
        dropped,
        diagnostics,
        ..
    } = controls;
    edits.sort_by_key(|(range, _)| (range.start(), range.end()));
    let mut source = program.source.clone();
    source.dropped.extend(dropped);
    let source = source.edited(&edits);
    let is_usable = !edits.is_empty() && snippet(&source.text).is_valid();
    let before = program.source.clone();
    let called = if is_usable {
        parse(source).output
    } else {
        program
    };
    let plain = values::with_first_values(called);
    let diagnostics = moved_to(&plain.source, &before, diagnostics);
    Warned {
        output: plain,
        diagnostics,
    }
}

struct Controls<'a> {
    program: &'a Program,
    /// What names stand for: `interact`, `widgets.` for the module itself.
    names: BTreeMap<String, String>,
    /// Functions of the author, by name; those that are defined once.
    functions: BTreeMap<&'a str, &'a ast::StmtFunctionDef>,
    /// Names that are bound to widgets.
    widgets: BTreeSet<&'a str>,
    edits: Vec<(TextRange, String)>,
    dropped: Vec<Dropped>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Controls<'a> {
    fn of(program: &'a Program) -> Self {
        let mut controls = Self {
            program,
            names: BTreeMap::new(),
            functions: BTreeMap::new(),
            widgets: BTreeSet::new(),
            edits: Vec::new(),
            dropped: Vec::new(),
            diagnostics: Vec::new(),
        };
        let mut again = BTreeSet::new();
        for unit in program.units() {
            match program.statement(unit.id) {
                Stmt::Import(import) => {
                    for name in import
                        .names
                        .iter()
                        .filter(|it| it.name.as_str() == "ipywidgets")
                    {
                        let own = name.asname.as_ref().unwrap_or(&name.name);
                        controls.names.insert(own.to_string(), String::new());
                    }
                }
                Stmt::ImportFrom(import) => controls.import(import),
                Stmt::FunctionDef(function) => {
                    let before = controls.functions.insert(&function.name, function);
                    again.extend(before.map(|it| it.name.as_str()));
                }
                Stmt::Assign(assign) => {
                    if let [Expr::Name(name)] = &assign.targets[..]
                        && controls.widget(&assign.value).is_some()
                    {
                        controls.widgets.insert(&name.id);
                    }
                }
                _ => {}
            }
        }
        controls.functions.retain(|name, _| !again.contains(name));
        controls
    }

    fn import(&mut self, import: &ast::StmtImportFrom) {
        let module = import.module.as_deref().unwrap_or("");
        if module != "ipywidgets" && !module.starts_with("ipywidgets.") {
            return;
        }
        for name in &import.names {
            let own = name.asname.as_ref().unwrap_or(&name.name).to_string();
            match name.name.as_str() {
                "*" => {
                    for caller in CALLERS.into_iter().chain(["fixed"]) {
                        self.names.insert(caller.to_owned(), caller.to_owned());
                    }
                }
                "widgets" => drop(self.names.insert(own, String::new())),
                member => drop(self.names.insert(own, member.to_owned())),
            }
        }
    }

    /// What an expression names in `ipywidgets`: `interact`, `IntSlider`.
    fn member(&self, expression: &'a Expr) -> Option<&str> {
        match expression {
            Expr::Name(name) => self.names.get(name.id.as_str()).map(String::as_str),
            Expr::Attribute(attribute) => {
                let base = attribute.value.as_name_expr()?;
                let is_module = self.names.get(base.id.as_str())?.is_empty();
                is_module.then_some(attribute.attr.as_str())
            }
            _ => None,
        }
    }

    /// The call that makes a widget.
    fn widget(&self, expression: &'a Expr) -> Option<&'a ast::ExprCall> {
        let call = expression.as_call_expr()?;
        let class = self.member(&call.func)?;
        class.starts_with(char::is_uppercase).then_some(call)
    }

    fn unit(&mut self, unit: UnitId) {
        match self.program.statement(unit) {
            Stmt::FunctionDef(function) => self.decorated(unit, function),
            Stmt::Expr(ast::StmtExpr { value, .. }) => {
                if let Some((call, caller)) = self.call(value) {
                    self.replace(unit, call, &caller, None);
                }
            }
            Stmt::Assign(ast::StmtAssign { targets, value, .. }) => {
                if let Some((call, caller)) = self.call(value) {
                    let target = match &targets[..] {
                        [Expr::Name(name)] => name.id.as_str(),
                        _ => "",
                    };
                    self.replace(unit, call, &caller, Some(target));
                }
            }
            _ => {}
        }
    }

    fn call(&self, value: &'a Expr) -> Option<(&'a ast::ExprCall, String)> {
        let call = value.as_call_expr()?;
        let caller = self.member(&call.func)?;
        CALLERS.contains(&caller).then(|| (call, caller.to_owned()))
    }

    /// `@interact(n=(1, 10))` above a function: a call below it.
    fn decorated(&mut self, unit: UnitId, function: &'a ast::StmtFunctionDef) {
        let [decorator] = &function.decorator_list[..] else {
            return;
        };
        let (caller, keywords) = match &decorator.expression {
            Expr::Call(call) => (self.member(&call.func), &call.arguments.keywords[..]),
            name => (self.member(name), &[][..]),
        };
        let Some(caller) = caller.filter(|it| CALLERS.contains(it)).map(str::to_owned) else {
            return;
        };
        let name = function.name.as_str();
        let given = self.given(Some(&function.parameters), keywords);
        let header = TextRange::new(decorator.start(), self.definition(function));
        if caller == "interact_manual" {
            self.edits.push((header, String::new()));
            self.leave_out(header, "it calls the function when a button is pressed");
            return;
        }
        match given {
            Some(given) if caller == "interact" => {
                self.edits.push((header, String::new()));
                let end = self.program.units()[unit.index()].range.end();
                let call = format!("\n\n{name}({given})");
                self.edits.push((TextRange::empty(end), call));
                self.say(function.name.range(), &caller);
            }
            _ => self.name(header, &caller),
        }
    }

    /// Where `def` stands.
    fn definition(&self, function: &ast::StmtFunctionDef) -> srcify_syntax::TextSize {
        let before = TextRange::new(function.start(), function.name.start());
        let word = if function.is_async { "async" } else { "def" };
        let at = self.program.text(before).rfind(word).unwrap_or(0);
        function.start() + srcify_syntax::TextSize::try_from(at).unwrap_or_default()
    }

    fn replace(
        &mut self,
        unit: UnitId,
        call: &'a ast::ExprCall,
        caller: &str,
        target: Option<&str>,
    ) {
        let range = self.program.units()[unit.index()].range;
        let [function, rest @ ..] = &*call.arguments.args else {
            return self.name(range, caller);
        };
        // Elsewhere the object that shows the controls is only shown.
        let shows = target.map(|it| self.shows(unit, it));
        let Some(shows) = shows.unwrap_or_else(|| Some(Vec::new())) else {
            return self.name(range, caller);
        };
        if caller == "interact_manual" {
            self.edits.push((range, String::new()));
            self.leave_out(range, "it calls the function when a button is pressed");
            return;
        }
        let given = match (caller, rest) {
            ("interactive_output", [Expr::Dict(controls)]) => self.outputs(controls),
            ("interact" | "interactive", []) => {
                let parameters = self.parameters_of(function);
                self.given(parameters, &call.arguments.keywords)
            }
            _ => None,
        };
        let is_plain = function.is_name_expr() || function.is_attribute_expr();
        let Some(given) = given else {
            return self.name(range, caller);
        };
        let function = self.program.text(function.range());
        let function = if is_plain {
            function.to_owned()
        } else {
            format!("({function})")
        };
        self.edits.push((range, format!("{function}({given})")));
        self.edits
            .extend(shows.into_iter().map(|range| (range, String::new())));
        self.say(range, caller);
    }

    fn parameters_of(&self, function: &'a Expr) -> Option<&'a ast::Parameters> {
        match function {
            Expr::Name(name) => {
                let function = self.functions.get(name.id.as_str())?;
                Some(&function.parameters)
            }
            Expr::Lambda(lambda) => lambda.parameters.as_deref(),
            _ => None,
        }
    }

    /// The arguments with the values that the controls begin with.
    fn given(
        &self,
        known: Option<&'a ast::Parameters>,
        keywords: &'a [ast::Keyword],
    ) -> Option<String> {
        let initial = Initial {
            program: self.program,
            is_widget: &|it| {
                let is_named = |name: &ast::ExprName| self.widgets.contains(name.id.as_str());
                it.as_name_expr().is_some_and(is_named) || self.widget(it).is_some()
            },
            is_fixed: &|it| self.member(it) == Some("fixed"),
        };
        let mut parts = Vec::new();
        for (name, default) in known.map_or(Some(Vec::new()), parameters)? {
            let keyword = keywords
                .iter()
                .find(|it| it.arg.as_ref().is_some_and(|arg| arg.as_str() == name));
            let value = match (keyword, default) {
                (Some(keyword), default) => initial.of(&keyword.value, default)?,
                (None, Some(default)) => initial.of(default, None)?,
                (None, None) => return None,
            };
            parts.push(format!("{name}={value}"));
        }
        if known.is_none() {
            for keyword in keywords {
                let name = keyword.arg.as_ref()?;
                parts.push(format!("{name}={}", initial.of(&keyword.value, None)?));
            }
        }
        Some(parts.join(", "))
    }

    /// The arguments of `interactive_output`.
    fn outputs(&self, controls: &'a ast::ExprDict) -> Option<String> {
        let parts = controls.items.iter().map(|item| {
            let name = item.key.as_ref()?.as_string_literal_expr()?.value.to_str();
            let widget = self.program.text(item.value.range());
            Some(format!("{name}={widget}.value"))
        });
        let parts: Option<Vec<String>> = parts.collect();
        Some(parts?.join(", "))
    }

    /// Statements that only show what is bound to a name; `None` where something else is done with it.
    fn shows(&self, binding: UnitId, name: &str) -> Option<Vec<TextRange>> {
        let mut found = Vec::new();
        for unit in self.program.units().iter().filter(|it| it.id != binding) {
            let statement = self.program.statement(unit.id);
            let mut uses = Uses { name, found: false };
            uses.visit_stmt(statement);
            if !uses.found {
                continue;
            }
            let Stmt::Expr(ast::StmtExpr { value, .. }) = statement else {
                return None;
            };
            let is_display = match &**value {
                Expr::Name(_) => true,
                Expr::Call(call) => {
                    let text = self.program.text(call.func.range());
                    matches!(text, "display" | "IPython.display.display")
                }
                _ => false,
            };
            if !is_display {
                return None;
            }
            found.push(unit.range);
        }
        (!name.is_empty()).then_some(found)
    }

    fn leave_out(&mut self, range: TextRange, reason: &str) {
        self.dropped.push(Dropped {
            span: Span::from(range),
            text: self.program.text(range).trim_end().to_owned(),
            reason: reason.to_owned(),
        });
    }

    /// Says that a call took the place of controls.
    fn say(&mut self, range: TextRange, caller: &str) {
        let message = format!(
            "`{caller}` calls its function once, with the values that its controls begin with"
        );
        self.diagnostics.push(
            Diagnostic::advice("control", Some(Span::from(range)), message)
                .hint("for others, change the arguments of the call"),
        );
    }

    /// Says that controls stay.
    fn name(&mut self, range: TextRange, caller: &str) {
        let message = format!(
            "`{caller}` needs a notebook: the values that its controls begin with are not certain"
        );
        self.diagnostics.push(
            Diagnostic::warning("control", Some(Span::from(range)), message)
                .hint("call the function itself, with the values that you want"),
        );
    }
}

/// Whether a statement names something.
struct Uses<'n> {
    name: &'n str,
    found: bool,
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        let named = expression.as_name_expr();
        self.found |= named.is_some_and(|it| it.id == self.name);
        walk_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use super::without_controls;

    #[track_caller]
    fn check(before: &str, after: &str) -> Vec<String> {
        let head = "import ipywidgets as widgets\nfrom ipywidgets import *\n";
        let text = format!("{head}{before}");
        let read = srcify_syntax::read(Utf8Path::new("a.py"), text.as_bytes()).unwrap();
        let left = without_controls(srcify_syntax::parse(read.output).output);
        let text = left
            .output
            .source
            .text
            .strip_prefix(head)
            .unwrap()
            .trim_end()
            .to_owned();
        assert_eq!(text, after.trim_end());
        left.diagnostics.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn controls_begin_with_a_value() {
        let f = "def f(n, s='a', t=3):\n    print(n, s, t)\n";
        for (given, value) in [
            ("n=(1, 10)", "n=5, s='a', t=3"),
            ("n=(0, 1.0)", "n=0.5, s='a', t=3"),
            ("n=(0, 40, 15)", "n=15, s='a', t=3"),
            ("n=[4, 2], t=(0, 2)", "n=4, s='a', t=2"),
            ("n={'one': 1, 'two': 2}, s=['a', 'b']", "n=1, s='a', t=3"),
            ("n=True, s=['b', 'c']", "n=True, s='b', t=3"),
            ("n=fixed(df), t=(1, 9)", "n=df, s='a', t=3"),
            ("n=widgets.IntSlider(value=7, min=0)", "n=7, s='a', t=3"),
            ("n=widgets.Text()", "n=widgets.Text().value, s='a', t=3"),
            (
                "n=df.name.unique()",
                "n=next(iter(df.name.unique())), s='a', t=3",
            ),
        ] {
            check(
                &format!("{f}interact(f, {given})\n"),
                &format!("{f}f({value})\n"),
            );
        }
    }

    #[test]
    fn what_shows_controls_goes() {
        check(
            "def f(n):\n    print(n)\nw = interactive(f, n=4)\ndisplay(w)\n",
            "def f(n):\n    print(n)\nf(n=4)\n",
        );
        check(
            "s = widgets.IntSlider(value=2)\ndef f(n):\n    print(n)\nout = interactive_output(f, {'n': s})\n",
            "s = 2\ndef f(n):\n    print(n)\nf(n=s)\n",
        );
        check(
            "@interact(n=(1, 3))\ndef f(n):\n    print(n)\n",
            "def f(n):\n    print(n)\n\nf(n=2)\n",
        );
        check(
            "@interact_manual\ndef f(n=1):\n    print(n)\n",
            "def f(n=1):\n    print(n)\n",
        );
    }

    #[test]
    fn a_control_of_which_the_value_is_used_is_the_variable() {
        check(
            "s = widgets.Text(value='a')\ndisplay(s)\ndef f():\n    return s.value\nprint(s.value, f())\n",
            "s = 'a'\ndisplay(s)\ndef f():\n    return s\nprint(s, f())\n",
        );
        for text in [
            "s = widgets.Text(value='a')\ns.observe(f)\nprint(s.value)\n",
            "s = widgets.IntSlider(value=50, max=9)\nprint(s.value)\n",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn what_is_not_certain_is_named() {
        let text = "def f(n):\n    print(n)\nw = interactive(f, n=values)\n";
        let said = check(text, text);
        assert!(
            said[0].contains("`interactive` needs a notebook"),
            "{said:?}"
        );
        let text = "def f(n):\n    print(n)\nw = interactive(f, n=1)\nprint(w.result)\n";
        assert_eq!(check(text, text).len(), 1);
    }
}
