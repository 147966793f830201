//! Requirements in install commands.

/// What an install command asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Install {
    /// As written, without quotes.
    pub requirements: Vec<String>,
    /// Arguments that are no requirement: files, folders, names of variables.
    pub left_out: Vec<String>,
}

/// Options of pip and conda that take the next word.
const WITH_VALUE: [&str; 30] = [
    "-r",
    "--requirement",
    "-c",
    "--constraint",
    "--channel",
    "-i",
    "--index-url",
    "--extra-index-url",
    "-f",
    "--find-links",
    "-t",
    "--target",
    "--prefix",
    "--root",
    "--proxy",
    "--trusted-host",
    "-n",
    "--name",
    "-p",
    "--python",
    "--platform",
    "--cache-dir",
    "--timeout",
    "--retries",
    "--upgrade-strategy",
    "--global-option",
    "--config-settings",
    "--python-version",
    "--progress-bar",
    "--log",
];

/// The requirements of `command`, when all it does is to install packages: `pip install a==1 && conda install b`.
pub(crate) fn requirements_of(command: &str) -> Option<Install> {
    let mut install = Install::default();
    let parts = command.split("&&").flat_map(|part| part.split(';'));
    let mut any = false;
    for part in parts
        .map(str::trim)
        .filter(|part| !part.is_empty() && !part.starts_with('#'))
    {
        one(part, &mut install)?;
        any = true;
    }
    any.then_some(install)
}

fn one(command: &str, install: &mut Install) -> Option<()> {
    let words = split(command);
    let mut rest = words.as_slice();
    while let [first, tail @ ..] = rest {
        let is_prefix = matches!(first.as_str(), "sudo" | "yes" | "|" | "-m" | "-y" | "-H")
            || first.contains("sys.executable")
            || is_python(first);
        if !is_prefix {
            break;
        }
        rest = tail;
    }
    let [tool, tail @ ..] = rest else { return None };
    let is_conda = matches!(base(tool), "conda" | "mamba" | "micromamba");
    let tail = match (base(tool), tail) {
        ("uv", [pip, tail @ ..]) if pip == "pip" => tail,
        ("uv" | "poetry" | "pixi", [add, ..]) if add == "add" => tail,
        (name, _) if is_conda || is_pip(name) => tail,
        _ => return None,
    };
    let verb = tail.iter().position(|word| !word.starts_with('-'))?;
    match tail[verb].as_str() {
        "install" | "add" => arguments(&tail[verb + 1..], is_conda, install),
        "uninstall" | "list" | "freeze" | "show" | "check" | "remove" | "update" | "upgrade"
        | "info" | "config" | "--version" | "cache" | "index" | "download" => {}
        _ => return None,
    }
    Some(())
}

fn arguments(words: &[String], is_conda: bool, install: &mut Install) {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if ends_command(word) {
            break;
        }
        if word.starts_with('-') {
            let takes_next = WITH_VALUE.contains(&word.as_str());
            if takes_next {
                let value = words.next();
                if let (Some(value), "-r" | "--requirement") = (value, word.as_str()) {
                    install.left_out.push(format!("-r {value}"));
                }
            }
            continue;
        }
        let is_path = word.starts_with(['.', '/', '~', '$', '{'])
            || word.contains(['{', '$'])
            || std::path::Path::new(word)
                .extension()
                .is_some_and(|it| it.eq_ignore_ascii_case("whl"))
                && !word.contains("://");
        if is_path {
            install.left_out.push(word.clone());
        } else if is_conda {
            install.requirements.push(from_conda(word));
        } else {
            install.requirements.push(word.clone());
        }
    }
}

/// `conda-forge::numpy=1.26` is `numpy==1.26`.
fn from_conda(word: &str) -> String {
    let word = word.rsplit("::").next().unwrap_or(word);
    match word.split_once('=') {
        Some((name, version))
            if !name.ends_with(['>', '<', '!', '~']) && !version.starts_with('=') =>
        {
            let version = version.split('=').next().unwrap_or(version);
            format!("{name}=={version}")
        }
        _ => word.to_owned(),
    }
}

/// A redirection, a pipe or a comment.
fn ends_command(word: &str) -> bool {
    word.starts_with(['>', '|', '#', '<'])
        || word.starts_with("1>")
        || word.starts_with("2>")
        || word.starts_with("&>")
        || word == "&"
}

fn is_pip(name: &str) -> bool {
    name == "pip"
        || name
            .strip_prefix("pip")
            .is_some_and(|version| version.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

fn is_python(word: &str) -> bool {
    base(word)
        .strip_prefix("python")
        .is_some_and(|version| version.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

fn base(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

/// Words of a command, without their quotes.
fn split(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in command.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => word.push(c),
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            None => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(command: &str, expected: &[&str]) {
        assert_eq!(
            requirements_of(command).expect(command).requirements,
            expected
        );
    }

    #[test]
    fn install_commands_name_requirements() {
        check(
            "pip install -q pandas==2.1 'scikit-learn>=1.3' \"x[all]\"",
            &["pandas==2.1", "scikit-learn>=1.3", "x[all]"],
        );
        check(
            "{sys.executable} -m pip install -U numpy --index-url url",
            &["numpy"],
        );
        check(
            "conda install -y -c conda-forge numpy=1.26 conda-forge::xgboost",
            &["numpy==1.26", "xgboost"],
        );
        check(
            "pip install a && pip3 install b > /dev/null 2>&1",
            &["a", "b"],
        );
        check(
            "uv pip install git+https://host/x.git",
            &["git+https://host/x.git"],
        );
        check("pip list", &[]);
    }

    #[test]
    fn files_and_variables_are_left_out() {
        let install = requirements_of("pip install -r requirements.txt . $name a").unwrap();
        assert_eq!(install.requirements, ["a"]);
        assert_eq!(install.left_out, ["-r requirements.txt", ".", "$name"]);
    }

    #[test]
    fn other_commands_are_not_install_commands() {
        for command in [
            "ls",
            "pip install a && ./run.sh",
            "python train.py",
            "apt-get install x",
            "",
        ] {
            assert_eq!(requirements_of(command), None, "{command}");
        }
    }
}
