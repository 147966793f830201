//! Line magics: `%time f()`, `%cd data`, `%matplotlib inline`.

use super::cell;
use super::escapes::statement;
use super::quote::{self, Piece};
use super::shell::{self, Output};
use super::{Action, Gathered, requirements_of, sql, store};

/// Why a magic without any effect on the result goes; `None` for all others.
#[expect(clippy::too_many_lines, reason = "a table of names")]
fn without_effect(name: &str) -> Option<&'static str> {
    Some(match name {
        "matplotlib" | "config" | "precision" | "colors" | "pprint" | "xmode" | "gui"
        | "autosave" | "tensorflow_version" | "colab" | "widescreen" | "html" | "latex" => {
            "a display setting"
        }
        "load_ext"
        | "reload_ext"
        | "unload_ext"
        | "autoreload"
        | "alias_magic"
        | "automagic"
        | "autocall"
        | "autoindent"
        | "autoawait"
        | "doctest_mode"
        | "load"
        | "loadpy"
        | "pycat"
        | "nb_black"
        | "lab_black"
        | "black"
        | "blackcellmagic"
        | "nb_dark"
        | "install_ext"
        | "install_default_config" => "a setting of the notebook",
        "who"
        | "whos"
        | "who_ls"
        | "pinfo"
        | "pinfo2"
        | "pdoc"
        | "pfile"
        | "psource"
        | "pdef"
        | "psearch"
        | "lsmagic"
        | "magic"
        | "quickref"
        | "history"
        | "hist"
        | "recall"
        | "rerun"
        | "dhist"
        | "pwd"
        | "ls"
        | "ll"
        | "la"
        | "lf"
        | "ldir"
        | "lk"
        | "lx"
        | "page"
        | "less"
        | "more"
        | "man"
        | "cat"
        | "connect_info"
        | "qtconsole"
        | "notebook"
        | "save"
        | "clear"
        | "cls"
        | "logstart"
        | "logstop"
        | "logon"
        | "logoff"
        | "logstate"
        | "dirs"
        | "watermark"
        | "version_information"
        | "tensorboard"
        | "help"
        | "subplots"
        | "guiref"
        | "profile"
        | "killbgscripts"
        | "sysinfo" => "it shows something only in a notebook",
        "debug" | "pdb" | "tb" => "a debugging aid",
        "reset" | "reset_selective" | "xdel" => "it clears the notebook's memory",
        _ => return None,
    })
}

/// The statement for a line magic, given without its `%`.
pub(super) fn lower(magic: &str, gathered: &mut Gathered) -> Action {
    if let Some((head, body)) = magic.split_once('\n') {
        return cell::inline(head.trim(), body, gathered);
    }
    let magic = magic.trim().trim_start_matches('%');
    let (name, arguments) = magic.split_once(char::is_whitespace).unwrap_or((magic, ""));
    let arguments = arguments.trim();
    match name {
        "pip" | "pip3" | "conda" | "mamba" | "micromamba" | "uv" => install(magic, gathered),
        "time" => inner(arguments, gathered),
        "timeit" => inner(without_options(arguments, "nrp"), gathered),
        "prun" => inner(without_options(arguments, "lsTD"), gathered),
        "memit" => inner(without_options(arguments, "rti"), gathered),
        "lprun" | "mprun" => inner(without_options(arguments, "fmDTsu"), gathered),
        "pyinstrument" | "snakeviz" | "scalene" => inner(without_options(arguments, ""), gathered),
        "cd" => change_folder(arguments, gathered),
        "env" | "set_env" => set_variable(arguments, gathered),
        "sx" | "system" | "sc" => shell::lower(arguments, Output::Shown, gathered),
        "mkdir" | "rm" | "rmdir" | "cp" | "mv" => shell::lower(magic, Output::Shown, gathered),
        "pylab" => Action::Python(
            "import numpy as np; import matplotlib.pyplot as plt; from pylab import *".to_owned(),
        ),
        "aimport" => watch_modules(arguments),
        "dotenv" => {
            gathered.need("dotenv");
            Action::Python("dotenv.load_dotenv()".to_owned())
        }
        // Only who knows the folder can tell what becomes of it: `link` puts the file's code here.
        "run" => Action::Python(format!(
            "get_ipython().run_line_magic(\"run\", {})",
            quote::literal(arguments)
        )),
        "store" => store::lower(arguments, gathered),
        "sql" => sql::line(arguments, gathered),
        "R" | "Rpush" | "Rpull" | "Rget" | "r" => Action::Unsupported("it runs R"),
        "" => Action::Drop("an empty magic"),
        _ => match without_effect(name) {
            Some(reason) => Action::Drop(reason),
            None => Action::Unsupported("srcify does not know this magic"),
        },
    }
}

/// `result = %run other.py` as two statements: the magic gives nothing.
pub(super) fn run_for_value(target: &str, magic: &str) -> Option<String> {
    let arguments = magic.trim().trim_start_matches('%').strip_prefix("run")?;
    let is_plain = arguments.starts_with(char::is_whitespace)
        && !arguments.split_whitespace().any(|word| word == "-p");
    let run = format!(
        "get_ipython().run_line_magic(\"run\", {})",
        quote::literal(arguments.trim())
    );
    is_plain.then(|| format!("{run}\n{target} = None"))
}

/// The expression for a line magic whose value is assigned.
pub(super) fn value(magic: &str, gathered: &mut Gathered) -> Action {
    let magic = magic.trim().trim_start_matches('%');
    let (name, arguments) = magic.split_once(char::is_whitespace).unwrap_or((magic, ""));
    let arguments = arguments.trim();
    match name {
        "pwd" => {
            gathered.need("os");
            Action::Python("os.getcwd()".to_owned())
        }
        "env" if !arguments.is_empty() && !arguments.contains(['=', ' ']) => {
            gathered.need("os");
            Action::Python(format!("os.environ[{}]", quote::literal(arguments)))
        }
        "sx" | "system" => shell::lower(arguments, Output::Captured, gathered),
        "sql" => {
            let target = gathered.target.clone();
            match sql::value(&target, arguments, gathered) {
                Some(rows) => Action::Python(rows),
                None => Action::Unsupported("its value is known to the notebook only"),
            }
        }
        "time" if ruff_python_parser::parse_expression(arguments).is_ok() => {
            Action::Python(arguments.to_owned())
        }
        _ => Action::Unsupported("its value is known to the notebook only"),
    }
}

fn install(command: &str, gathered: &mut Gathered) -> Action {
    if let Some(install) = requirements_of(command) {
        gathered.requirements.extend(install.requirements);
        gathered.left_out.extend(install.left_out);
    }
    Action::Drop("an install command")
}

/// The code that a measuring magic measures.
fn inner(code: &str, gathered: &mut Gathered) -> Action {
    match code.chars().next() {
        None => Action::Drop("it measures nothing"),
        Some('%') => lower(&code[1..], gathered),
        Some('!') => statement(ruff_python_ast::IpyEscapeKind::Shell, &code[1..], gathered),
        Some(_) => Action::Python(code.to_owned()),
    }
}

/// What follows the options of a magic; those in `with_value` take the next word unless one is attached.
pub(super) fn without_options<'a>(arguments: &'a str, with_value: &str) -> &'a str {
    let mut rest = arguments.trim_start();
    while let Some(option) = rest.strip_prefix('-') {
        let end = option.find(char::is_whitespace).unwrap_or(option.len());
        let word = &option[..end];
        let starts_option = word
            .chars()
            .next()
            .is_some_and(|c| c.is_ascii_alphabetic() || c == '-');
        if !starts_option {
            break;
        }
        rest = option[end..].trim_start();
        if word.len() == 1 && with_value.contains(word) {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            rest = rest[end..].trim_start();
        }
    }
    rest
}

fn change_folder(arguments: &str, gathered: &mut Gathered) -> Action {
    let folder = without_options(arguments, "");
    let folder = folder.split(" #").next().unwrap_or(folder).trim();
    if folder.starts_with('-') {
        return Action::Unsupported("it goes back to a folder that only the notebook knows");
    }
    gathered.need("os");
    let folder = if folder.is_empty() { "~" } else { folder };
    let path = text(folder, gathered);
    Action::Python(if folder.starts_with('~') {
        format!("os.chdir(os.path.expanduser({path}))")
    } else {
        format!("os.chdir({path})")
    })
}

/// `%aimport a, b.c, -d` imports what it is to watch; what it is not to watch it leaves alone.
fn watch_modules(arguments: &str) -> Action {
    let names = arguments.split(',').map(str::trim);
    let imported: Vec<&str> = names
        .filter(|it| !it.is_empty() && !it.starts_with('-'))
        .collect();
    let is_name = |it: &&str| {
        it.split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_'))
    };
    if imported.is_empty() || !imported.iter().all(is_name) {
        return Action::Drop("a setting of the notebook");
    }
    Action::Python(format!("import {}", imported.join(", ")))
}

fn set_variable(arguments: &str, gathered: &mut Gathered) -> Action {
    let split = match arguments.split_once('=') {
        Some((name, value)) if !name.trim().contains(' ') => Some((name.trim(), value.trim())),
        _ => arguments
            .split_once(' ')
            .map(|(name, value)| (name, value.trim())),
    };
    let Some((name, value)) = split else {
        return Action::Drop("it shows something only in a notebook");
    };
    gathered.need("os");
    let value = text(value, gathered);
    Action::Python(format!("os.environ[{}] = {value}", quote::literal(name)))
}

/// The expression for an argument, without the quotes around all of it.
pub(super) fn text(argument: &str, gathered: &Gathered) -> String {
    let argument = argument.trim();
    let unquoted = ['"', '\'']
        .iter()
        .find_map(|&quote| argument.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(argument);
    let pieces: Vec<Piece> = quote::pieces(unquoted, gathered.cx.bound);
    quote::expression(&pieces)
}
