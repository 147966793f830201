//! Functions that `click`, `typer` or `fire` call with what the shell gave: the call is made with the defaults.

use std::collections::BTreeSet;

use srcify_effects::{Access, Occurrence, function_names};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, is_reserved_word};

use super::argument::{
    Argument, flags, is_identifier, is_literal, literal_type, optional, plain_help, string,
};
use super::{Edits, SUFFIX};

/// The edits that put variables in the place of the options of a command, and the options that must be given.
pub(super) fn unwrapped(program: &Program) -> Option<(Edits, Vec<String>)> {
    let last = program.units().last()?;
    let Stmt::Expr(statement) = program.statement(last.id) else {
        return None;
    };
    let call = statement.value.as_call_expr()?;
    let functions = || {
        program
            .units()
            .iter()
            .filter_map(|unit| match program.statement(unit.id) {
                Stmt::FunctionDef(function) if !function.is_async => Some(function),
                _ => None,
            })
    };
    let named = |name: &str| {
        let mut found = functions().filter(|it| it.name.as_str() == name);
        found.next().filter(|_| found.next().is_none())
    };
    let callee = program.text(call.func.range());
    let command = match (
        callee,
        &call.arguments.args[..],
        call.arguments.keywords.is_empty(),
    ) {
        ("typer.run" | "fire.Fire" | "Fire", [Expr::Name(name)], true) => {
            let function = named(&name.id)?;
            let is_plain = function.decorator_list.is_empty();
            let is_silent = callee == "typer.run" || gives_nothing(function);
            (is_plain && is_silent).then(|| Command::by_signature(program, function))??
        }
        (name, [], true) => match named(name) {
            Some(function) => Command::by_decorators(program, function)?,
            None => Command::of_app(program, name, &functions().collect::<Vec<_>>())?,
        },
        _ => return None,
    };
    command.edits(program, last.range)
}

struct Command<'a> {
    function: &'a ast::StmtFunctionDef,
    arguments: Vec<Argument>,
    /// The statement that makes the application.
    made: Option<TextRange>,
}

impl<'a> Command<'a> {
    /// `@click.command()` with an option or argument for each parameter.
    fn by_decorators(program: &Program, function: &'a ast::StmtFunctionDef) -> Option<Self> {
        let (first, others) = function.decorator_list.split_first()?;
        let first = match &first.expression {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        if program.text(first.range()) != "click.command" {
            return None;
        }
        let mut arguments = Vec::new();
        for decorator in others {
            let call = decorator.expression.as_call_expr()?;
            match program.text(call.func.range()) {
                "click.option" => arguments.push(click_option(program, call, false)?),
                "click.argument" => arguments.push(click_option(program, call, true)?),
                "click.version_option" => {}
                _ => return None,
            }
        }
        let parameters: Vec<&str> = parameters(function)?.map(|it| it.name().as_str()).collect();
        let given: BTreeSet<&str> = arguments.iter().map(|it| it.name.as_str()).collect();
        let fits =
            parameters.len() == given.len() && parameters.iter().all(|it| given.contains(it));
        fits.then_some(Self {
            function,
            arguments,
            made: None,
        })
    }

    /// `app()`, where `app = typer.Typer()` has one command.
    fn of_app(
        program: &Program,
        app: &str,
        functions: &[&'a ast::StmtFunctionDef],
    ) -> Option<Self> {
        let made = program.units().iter().find(|unit| {
            let Stmt::Assign(assignment) = program.statement(unit.id) else {
                return false;
            };
            let is_app = matches!(&assignment.targets[..], [Expr::Name(name)] if name.id == app);
            let class = assignment
                .value
                .as_call_expr()
                .map(|it| program.text(it.func.range()));
            is_app && class == Some("typer.Typer")
        })?;
        let uses = program
            .units()
            .iter()
            .flat_map(|unit| Access::of(program.statement(unit.id)).occurrences);
        // It is made, decorates one function, and is called.
        if uses.filter(|(name, ..)| name == app).count() != 3 {
            return None;
        }
        let is_command = |it: &&&'a ast::StmtFunctionDef| match &it.decorator_list[..] {
            [one] => one.expression.as_call_expr().is_some_and(|call| {
                program.text(call.func.range()) == format!("{app}.command")
                    && call.arguments.is_empty()
            }),
            _ => false,
        };
        let function = functions.iter().find(is_command)?;
        let mut command = Self::by_signature(program, function)?;
        command.made = Some(made.range);
        Some(command)
    }

    /// An option for each parameter.
    fn by_signature(program: &Program, function: &'a ast::StmtFunctionDef) -> Option<Self> {
        let arguments = parameters(function)?.map(|it| of_parameter(program, it));
        Some(Self {
            function,
            arguments: arguments.collect::<Option<_>>()?,
            made: None,
        })
    }

    fn edits(self, program: &Program, call: TextRange) -> Option<(Edits, Vec<String>)> {
        let name = self.function.name.as_str();
        let mut taken = BTreeSet::new();
        let mut loads = 0;
        for unit in program.units() {
            let statement = program.statement(unit.id);
            for (it, _, kind) in Access::of(statement).occurrences {
                loads += usize::from(it == name && kind == Occurrence::Load);
                taken.insert(it);
            }
        }
        // The defaults of its own parameters are named outside of it as well.
        let body = function_names(None, &self.function.body);
        let is_free = |it: &Argument| {
            !taken.contains(&it.name)
                && !is_reserved_word(&it.name)
                && !body.locals.contains(&it.name)
        };
        let is_plain = self.arguments.iter().all(is_free);
        let mut lines = Vec::new();
        let mut given = Vec::new();
        for argument in &self.arguments {
            let variable = if is_free(argument) {
                argument.name.clone()
            } else {
                Some(format!("{}{SUFFIX}", argument.name)).filter(|it| !taken.contains(it))?
            };
            lines.push(argument.definition(&variable));
            lines.extend(argument.guard(&variable));
            given.push(format!("{}={variable}", argument.name));
        }
        let mut edits: Edits = self
            .made
            .map(|range| (range, String::new()))
            .into_iter()
            .collect();
        if let Some(last) = self.function.decorator_list.last() {
            let decorators = TextRange::new(self.function.start(), last.end());
            edits.push((decorators, String::new()));
        }
        if is_plain {
            edits.push((self.function.parameters.range, "()".to_owned()));
            given.clear();
        }
        lines.push(format!("{name}({})", given.join(", ")));
        edits.push((call, lines.join("\n")));
        edits.sort_by_key(|(range, _)| range.start());
        let required = self
            .arguments
            .into_iter()
            .filter(|it| it.is_required)
            .map(|it| it.name);
        (loads <= 1 + usize::from(self.made.is_some())).then(|| (edits, required.collect()))
    }
}

/// The parameters of a function, when each can be named in a call.
fn parameters(
    function: &ast::StmtFunctionDef,
) -> Option<impl Iterator<Item = &ast::ParameterWithDefault>> {
    let all = &function.parameters;
    let is_named = all.vararg.is_none() && all.kwarg.is_none() && all.posonlyargs.is_empty();
    is_named.then(|| all.args.iter().chain(&all.kwonlyargs))
}

/// Whether a function gives nothing back, so that nothing is printed of it.
fn gives_nothing(function: &ast::StmtFunctionDef) -> bool {
    use ast::visitor::{Visitor, walk_stmt};
    struct Returns(bool);
    impl<'a> Visitor<'a> for Returns {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Return(it) => self.0 |= it.value.is_some(),
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, statement),
            }
        }
    }
    let mut returns = Returns(false);
    returns.visit_body(&function.body);
    !returns.0
}

/// `@click.option("--lr", default=0.1, help="…")`
fn click_option(program: &Program, call: &ast::ExprCall, is_argument: bool) -> Option<Argument> {
    let flags = flags(call)?;
    let plain = flags.iter().find(|flag| !flag.starts_with('-'));
    let long = flags
        .iter()
        .find(|flag| flag.starts_with("--"))
        .or(flags.first());
    let (flag, is_switch) = match plain.or(long)?.split_once('/') {
        Some((on, _)) => (on, true),
        None => (*plain.or(long)?, flags.iter().any(|it| it.contains('/'))),
    };
    let name = flag
        .trim_start_matches('-')
        .replace('-', "_")
        .to_lowercase();
    let (mut default, mut kind, mut help) = (None, None, None);
    let (mut is_required, mut is_flag) = (is_argument, is_switch);
    for keyword in &call.arguments.keywords {
        let value = &keyword.value;
        match keyword.arg.as_ref()?.as_str() {
            "default" => {
                is_required = false;
                default = Some(value);
            }
            "type" => kind = Some(value),
            "help" => help = string(value).map(plain_help),
            "is_flag" => is_flag = value.as_boolean_literal_expr()?.value,
            "required" => is_required = value.as_boolean_literal_expr()?.value,
            "show_default" | "metavar" => {}
            _ => return None,
        }
    }
    let default = default.filter(|it| !it.is_none_literal_expr());
    let is_plain = |it: &Expr| is_path(program, it) || (is_literal(it) && !it.is_list_expr());
    if !is_identifier(&name) || !default.is_none_or(is_plain) {
        return None;
    }
    let (value, annotation) = click_default(program, is_flag, kind, default)?;
    Some(Argument {
        annotation: Some(optional(&annotation, &value)),
        name,
        value,
        help: help.filter(|it| !it.is_empty()),
        is_required,
        is_literal: true,
        range: call.range(),
    })
}

/// The default of an option, and its type.
fn click_default(
    program: &Program,
    is_flag: bool,
    kind: Option<&Expr>,
    default: Option<&Expr>,
) -> Option<(String, String)> {
    Some(if is_flag {
        let is_on =
            default.is_some_and(|it| it.as_boolean_literal_expr().is_some_and(|it| it.value));
        (
            [String::from("False"), String::from("True")][usize::from(is_on)].clone(),
            "bool".to_owned(),
        )
    } else {
        let annotation = click_type(program, kind, default)?;
        let text = default.map(|it| program.text(it.range()));
        (
            text.map_or_else(
                || Some("None".to_owned()),
                |it| click_value(it, &annotation),
            )?,
            annotation,
        )
    })
}

fn click_type(program: &Program, kind: Option<&Expr>, default: Option<&Expr>) -> Option<String> {
    let Some(kind) = kind else {
        return kind_of(default).map(str::to_owned);
    };
    match program.text(kind.range()) {
        "int" | "click.INT" => Some("int".to_owned()),
        "float" | "click.FLOAT" => Some("float".to_owned()),
        "str" | "click.STRING" => Some("str".to_owned()),
        "bool" | "click.BOOL" => Some("bool".to_owned()),
        _ => {
            let call = kind.as_call_expr()?;
            match (program.text(call.func.range()), &call.arguments.args[..]) {
                ("click.Choice", [choices]) => literal_type(program, choices),
                ("click.Path", []) => path_type(program, call),
                _ => None,
            }
        }
    }
}

/// What `click.Path(…)` makes of a text. What it asks of the file, the program finds when it opens it.
fn path_type(program: &Program, call: &ast::ExprCall) -> Option<String> {
    let mut kind = "str";
    for keyword in &call.arguments.keywords {
        match (
            keyword.arg.as_ref()?.as_str(),
            program.text(keyword.value.range()),
        ) {
            ("path_type", "Path" | "pathlib.Path") => kind = "Path",
            ("path_type", "str") => {}
            ("dir_okay" | "exists" | "file_okay" | "readable" | "writable", "True" | "False") => {}
            _ => return None,
        }
    }
    Some(kind.to_owned())
}

/// A default as click gives it: its type is applied to it.
fn click_value(text: &str, annotation: &str) -> Option<String> {
    match annotation {
        "float" => {
            let number = text.trim_matches(['"', '\'']).parse::<f64>().ok()?;
            Some(format!("{number:?}"))
        }
        "int" => Some(
            text.trim_matches(['"', '\''])
                .parse::<i64>()
                .ok()?
                .to_string(),
        ),
        "bool" => matches!(text, "True" | "False").then(|| text.to_owned()),
        "Path" if text.starts_with("Path(") => Some(text.to_owned()),
        "Path" => text
            .starts_with(['"', '\''])
            .then(|| format!("Path({text})")),
        _ => text.starts_with(['"', '\'']).then(|| text.to_owned()),
    }
}

/// The type of a literal.
fn kind_of(value: Option<&Expr>) -> Option<&'static str> {
    match value {
        None | Some(Expr::StringLiteral(_)) => Some("str"),
        Some(Expr::BooleanLiteral(_)) => Some("bool"),
        Some(Expr::NumberLiteral(number)) => match &number.value {
            ast::Number::Int(_) => Some("int"),
            ast::Number::Float(_) => Some("float"),
            ast::Number::Complex { .. } => None,
        },
        Some(Expr::UnaryOp(it)) => kind_of(Some(&it.operand)),
        _ => None,
    }
}

/// A parameter of a function that `typer` or `fire` calls.
fn of_parameter(program: &Program, parameter: &ast::ParameterWithDefault) -> Option<Argument> {
    let mut help = None;
    let mut annotation = parameter.annotation();
    if let Some(Expr::Subscript(it)) = annotation
        && program.text(it.value.range()) == "Annotated"
        && let Expr::Tuple(parts) = &*it.slice
        && let [kind, Expr::Call(words)] = &parts.elts[..]
    {
        help = Some(help_of(words)?);
        annotation = Some(kind);
    }
    let mut default = parameter.default.as_deref();
    if let Some(Expr::Call(call)) = default.filter(|it| !is_path(program, it)) {
        if !matches!(
            program.text(call.func.range()),
            "typer.Option" | "typer.Argument"
        ) {
            return None;
        }
        help = Some(help_of(call)?);
        default = call.arguments.args.first();
    }
    let default = default.filter(|it| !it.is_ellipsis_literal_expr());
    let name = parameter.name().to_string();
    if default.is_some_and(|it| !is_literal(it) && !is_path(program, it)) || !is_identifier(&name) {
        return None;
    }
    let value = default
        .map_or("None", |it| program.text(it.range()))
        .to_owned();
    let known = annotation.map(|it| plain_type(program.text(it.range())));
    let kind = match known {
        Some("Path" | "pathlib.Path")
            if default.is_none_or(|it| is_path(program, it) || it.is_none_literal_expr()) =>
        {
            "Path"
        }
        Some(kind @ ("int" | "float" | "str" | "bool")) if default.is_none_or(is_literal) => kind,
        None => kind_of(default)?,
        Some(_) => return None,
    };
    Some(Argument {
        annotation: Some(optional(kind, &value)),
        name,
        is_required: default.is_none(),
        value,
        help: help.filter(|it| !it.is_empty()),
        is_literal: true,
        range: parameter.range(),
    })
}

/// `str` for `str | None` and `Optional[str]`.
fn plain_type(annotation: &str) -> &str {
    let inner = ["Optional[", "typing.Optional["]
        .iter()
        .find_map(|it| annotation.strip_prefix(it)?.strip_suffix(']'));
    inner.unwrap_or(annotation.trim_end_matches(" | None"))
}

/// `Path("data.csv")`
fn is_path(program: &Program, value: &Expr) -> bool {
    value.as_call_expr().is_some_and(|call| {
        let arguments = &call.arguments;
        program.text(call.func.range()) == "Path"
            && arguments.keywords.is_empty()
            && arguments.args.len() == 1
            && arguments.args.iter().all(Expr::is_string_literal_expr)
    })
}

/// The help of `typer.Option(…)`, maybe empty; none where it says more than help and how it looks.
fn help_of(call: &ast::ExprCall) -> Option<String> {
    let mut help = String::new();
    for keyword in &call.arguments.keywords {
        match keyword.arg.as_ref()?.as_str() {
            "help" => help = string(&keyword.value).map(plain_help).unwrap_or_default(),
            "show_default" | "metavar" | "rich_help_panel" | "min" | "max" | "exists"
            | "file_okay" | "dir_okay" | "readable" => {}
            _ => return None,
        }
    }
    Some(help)
}
