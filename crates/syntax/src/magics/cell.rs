//! Cell magics: `%%time`, `%%bash`, `%%writefile f`.

use ruff_python_ast::IpyEscapeKind;

use super::edit::Edit;
use super::escapes::statement;
use super::line::{self, without_options};
use super::{Action, Context, Gathered, capture, quote, requirements_of, shell, sql};
use crate::SourceKind;

/// A cell magic and its place.
#[derive(Debug)]
pub(super) struct Found {
    start: usize,
    /// One past the last byte of its line, without the line feed.
    end: usize,
}

/// The cell magic at byte `from` of `text`, below blank lines and comments.
pub(super) fn find(text: &str, from: usize) -> Option<Found> {
    let mut at = from;
    for line in text.get(from..)?.split_inclusive('\n') {
        let code = line.trim_end();
        if let Some(name) = code.strip_prefix("%%") {
            let is_magic = name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '!');
            return is_magic.then_some(Found {
                start: at,
                end: at + code.len(),
            });
        }
        if !code.trim_start().is_empty() && !code.starts_with('#') {
            return None;
        }
        at += line.len();
    }
    None
}

/// The prose of a Databricks cell that begins with `%md`.
pub(super) fn prose(text: &str, cx: &Context) -> Option<String> {
    if cx.kind != SourceKind::Notebook {
        return None;
    }
    let body = text.trim_start();
    let rest = body
        .strip_prefix("%md")
        .or_else(|| body.strip_prefix("%%markdown"))?;
    let rest = rest.strip_prefix("-sandbox").unwrap_or(rest);
    rest.starts_with(char::is_whitespace)
        .then(|| rest.trim().to_owned())
}

/// What becomes of the magic, and the byte from which the cell's Python goes on.
pub(super) fn lower(text: &str, found: &Found, gathered: &mut Gathered) -> (Edit, usize) {
    let (name, arguments) = head(&text[found.start + 2..found.end]);
    let body_start = (found.end + 1).min(text.len());
    let edit = |end: usize, action: Action| Edit {
        range: found.start..end,
        action,
        needs_statement: false,
        shift: 0,
    };
    if let Some(setup) = kept(name, arguments) {
        if name == "capture" {
            let target = match setup {
                Setup::Captured(target) => target,
                _ => "",
            };
            if let Some((before, after)) = capture::around(target, &text[body_start..], gathered) {
                gathered.after = after;
                return (edit(found.end, Action::Python(before)), body_start);
            }
        }
        let action = match setup {
            Setup::Code(code) => Action::Python(code.to_owned()),
            Setup::Nothing | Setup::Captured(_) => Action::Drop(reason_of_kept(name)),
        };
        return (edit(found.end, action), body_start);
    }
    let end = text.trim_end().len().max(found.end);
    let action = whole(name, arguments, &text[body_start..], gathered);
    (edit(end, action), text.len())
}

/// A cell magic in a call: `get_ipython().run_cell_magic("time", "", "x = 1\n")`.
pub(super) fn inline(head_line: &str, body: &str, gathered: &mut Gathered) -> Action {
    let (name, arguments) = head(head_line);
    if kept(name, arguments).is_some() {
        return Action::Python(body.trim_end().to_owned());
    }
    whole(name, arguments, body, gathered)
}

fn head(line: &str) -> (&str, &str) {
    let (name, arguments) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (name, arguments.trim())
}

/// What stays of the line of a magic whose body is the cell's Python.
#[derive(Debug, Clone, Copy)]
enum Setup<'a> {
    Nothing,
    Code(&'a str),
    /// The name that the output is bound to.
    Captured(&'a str),
}

fn kept<'a>(name: &str, arguments: &'a str) -> Option<Setup<'a>> {
    let code = match name {
        "time" => without_options(arguments, ""),
        "timeit" => without_options(arguments, "nrp"),
        "capture" => {
            let target = without_options(arguments, "");
            return Some(if target.is_empty() {
                Setup::Nothing
            } else {
                Setup::Captured(target)
            });
        }
        "prun" | "memit" | "mprun" | "lprun" | "pyinstrument" | "snakeviz" | "scalene" | "heat"
        | "black" | "python3_kernel" | "wandb" | "notify" | "chime" | "matplotlib"
        | "skip_output" => "",
        _ => return None,
    };
    Some(if code.is_empty() {
        Setup::Nothing
    } else {
        Setup::Code(code)
    })
}

fn reason_of_kept(name: &str) -> &'static str {
    match name {
        "capture" => "it hides output",
        _ => "it measures the cell",
    }
}

/// What becomes of a cell whose body is no Python of ours.
fn whole(name: &str, arguments: &str, body: &str, gathered: &mut Gathered) -> Action {
    match name {
        "html" | "HTML" | "javascript" | "Javascript" | "js" | "latex" | "markdown" | "md"
        | "svg" | "SVG" | "css" | "mermaid" => {
            Action::Drop("it shows something only in a notebook")
        }
        "bash" | "sh" => script(name, &["-c"], arguments, body, gathered),
        "python" | "python3" => script(name, &["-c"], arguments, body, gathered),
        "perl" | "ruby" => script(name, &["-e"], arguments, body, gathered),
        "!" | "sx" | "system" | "cmd" => shell::lower(body.trim(), shell::Output::Shown, gathered),
        "script"
            if arguments.starts_with("false")
                || arguments.starts_with("echo")
                || arguments.starts_with("--no-raise-error false") =>
        {
            Action::Drop("the cell is switched off")
        }
        "skip" | "ignore" => Action::Drop("the cell is switched off"),
        "script" => feed(arguments, body, gathered),
        "writefile" | "file" => write_file(arguments, body, gathered),
        "pip" | "conda" => statement(
            IpyEscapeKind::Magic,
            &format!("{name} {arguments}"),
            gathered,
        ),
        "sql" => sql::cell(arguments, body, gathered),
        "bigquery" => sql::bigquery(arguments, body, gathered),
        "bq" | "sqlite" => Action::Unsupported("it runs SQL"),
        "fs" => files(arguments),
        "scala" => Action::Unsupported("it runs Scala"),
        "R" | "r" => Action::Unsupported("it runs R"),
        "cython" | "cython_inline" | "fortran" => Action::Unsupported("it compiles code"),
        _ => Action::Unsupported("srcify does not know this magic"),
    }
}

/// `%fs rm -r /tmp` of Databricks: a call of what it stands for.
fn files(arguments: &str) -> Action {
    let mut words = arguments.split_whitespace();
    let command = words.next().unwrap_or("ls");
    let paths: Vec<String> = words
        .clone()
        .filter(|word| !word.starts_with('-'))
        .map(quote::literal)
        .collect();
    let is_deep = words.any(|word| matches!(word, "-r" | "--recurse"));
    let rest = if is_deep { ", True" } else { "" };
    match command {
        "ls" | "head" | "help" | "mounts" => Action::Drop("it shows something only in a notebook"),
        "rm" | "cp" | "mv" | "mkdirs" if !paths.is_empty() => {
            Action::Python(format!("dbutils.fs.{command}({}{rest})", paths.join(", ")))
        }
        _ => Action::Unsupported("it changes files that only Databricks has"),
    }
}

/// `%%bash`: the body runs in another program, and a failure is an error, as in IPython.
fn script(
    program: &str,
    flags: &[&str],
    arguments: &str,
    body: &str,
    gathered: &mut Gathered,
) -> Action {
    if only_installs(body, gathered) {
        return Action::Drop("an install command");
    }
    let check = match arguments {
        "" | "-s" => "check=True",
        "--no-raise-error" => "check=False",
        _ => return Action::Unsupported("its options have no equal"),
    };
    gathered.need("subprocess");
    let words: Vec<String> = std::iter::once(program)
        .chain(flags.iter().copied())
        .map(quote::literal)
        .collect();
    Action::Python(format!(
        "subprocess.run([{}, {}], {check})",
        words.join(", "),
        quote::block(&with_end(body))
    ))
}

/// Whether every line of a script installs packages; if so, they are requirements.
fn only_installs(body: &str, gathered: &mut Gathered) -> bool {
    let lines = || {
        body.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
    };
    let installs: Option<Vec<_>> = lines().map(requirements_of).collect();
    let Some(installs) = installs.filter(|installs| !installs.is_empty()) else {
        return false;
    };
    for install in installs {
        gathered.requirements.extend(install.requirements);
        gathered.left_out.extend(install.left_out);
    }
    true
}

/// `%%script node`: the body goes to the program's input.
fn feed(arguments: &str, body: &str, gathered: &mut Gathered) -> Action {
    let Some(words) = shell::words(arguments).filter(|words| !words[0].starts_with('-')) else {
        return Action::Unsupported("its options have no equal");
    };
    gathered.need("subprocess");
    let words = shell::list(&words);
    Action::Python(format!(
        "subprocess.run({words}, input={}, text=True, check=True)",
        quote::block(&with_end(body))
    ))
}

fn write_file(arguments: &str, body: &str, gathered: &mut Gathered) -> Action {
    let (append, path) = match arguments
        .strip_prefix("-a ")
        .or_else(|| arguments.strip_prefix("--append "))
    {
        Some(path) => (true, path),
        None => (false, arguments),
    };
    if path.trim().is_empty() || path.trim().starts_with('-') {
        return Action::Unsupported("it names no file");
    }
    gathered.need("pathlib");
    let home = if path.trim().starts_with('~') {
        ".expanduser()"
    } else {
        ""
    };
    let file = format!("pathlib.Path({}){home}", line::text(path, gathered));
    let content = quote::block(&with_end(body));
    Action::Python(if append {
        format!(
            "with {file}.open(\"a\", encoding=\"utf-8\") as appended_file: appended_file.write({content})"
        )
    } else {
        format!("{file}.write_text({content}, encoding=\"utf-8\")")
    })
}

/// IPython gives a cell's last line its line feed.
fn with_end(body: &str) -> String {
    format!("{}\n", body.strip_suffix('\n').unwrap_or(body))
}
