//! `srcify check`: what stands between a project and the guideline.

mod known;
mod load;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};
use srcify_check::output::{self, Sources};
use srcify_check::{Edit, Finding, Package, Safety, Selection, Settings};
use srcify_effects::Catalog;

use crate::wishes;

/// Check projects, notebooks and scripts against the guideline. Nothing is imported or run.
///
/// Exit status: 0 no finding, 1 findings, 2 could not run.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  srcify check\n  srcify check churn.ipynb src/ --strict\n  srcify check --select LAY,CFG --output-format concise\n  srcify check --fix --diff\n  srcify check --baseline srcify-baseline.json"
)]
pub struct CheckArguments {
    /// Folders and files; `-` reads one file from standard input.
    #[arg(default_value = ".")]
    paths: Vec<Utf8PathBuf>,
    /// Rules to use, by code, family or name; `ALL` for every one.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Rules to use beside the selected ones.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    extend_select: Vec<String>,
    /// Rules to leave out.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Use rules that are opinions, too.
    #[arg(long)]
    strict: bool,
    /// The form of the findings.
    #[arg(long, value_enum, default_value_t = OutputFormat::Full)]
    output_format: OutputFormat,
    /// Mend what can be mended without changing what the program does.
    #[arg(long)]
    fix: bool,
    /// Mend what can be mended, even if the program may change.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what `--fix` would change, and change nothing.
    #[arg(long)]
    diff: bool,
    /// Show how many findings each rule has, instead of the findings.
    #[arg(long)]
    statistics: bool,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    exit_zero: bool,
    /// Allow every finding where it stands, by a comment.
    #[arg(long)]
    add_ignore: bool,
    /// Leave out the findings this file knows, and forget in it what is no longer found; written when it is missing.
    #[arg(long, value_name = "FILE")]
    baseline: Option<Utf8PathBuf>,
    /// The path that standard input stands for.
    #[arg(long, value_name = "PATH", default_value = "stdin.py")]
    stdin_filename: Utf8PathBuf,
    /// Check again whenever a file changes.
    #[arg(long)]
    watch: bool,
}

/// The form of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// With the code they are about.
    Full,
    /// A line each.
    Concise,
    /// A list in the shape of ruff's.
    Json,
    /// An object per line.
    JsonLines,
    /// Commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// A test report.
    Junit,
    /// For code scanning.
    Sarif,
}

/// A project that was checked.
struct Checked {
    /// Its folder, as the user would name it.
    folder: Utf8PathBuf,
    package: Package,
    selection: Selection,
    findings: Vec<Finding>,
    /// The knowledge base with what the project says of functions, where it does.
    catalog: Option<Catalog>,
}

/// Runs the command.
pub fn run(arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let mut knowledge = Knowledge::default();
    if !arguments.watch {
        return check_once(arguments, &mut knowledge);
    }
    loop {
        let seen = load::Seen::of(&arguments.paths);
        // A file that is half written must not end the watch.
        if let Err(error) = check_once(arguments, &mut knowledge) {
            writeln!(anstream::stderr(), "error: {error:#}")
                .context("cannot write to standard error")?;
        }
        while seen.is_current() {
            std::thread::sleep(Duration::from_millis(40));
        }
    }
}

/// The part of the knowledge base that is needed: reading all of it takes longer than checking a package.
#[derive(Default)]
struct Knowledge {
    libraries: BTreeSet<String>,
    catalog: Option<Catalog>,
}

impl Knowledge {
    /// What is known of the libraries that packages may import.
    fn of(&mut self, packages: &[(Utf8PathBuf, Package)]) -> &Catalog {
        let texts = packages
            .iter()
            .flat_map(|(_, package)| package.files.values());
        let libraries: BTreeSet<String> = texts.flat_map(|text| imported(text)).collect();
        if self.catalog.is_none() || libraries != self.libraries {
            self.catalog = Some(Catalog::for_libraries(libraries.iter().map(String::as_str)));
            self.libraries = libraries;
        }
        self.catalog.get_or_insert_with(Catalog::complete)
    }
}

/// The words of the lines that import something: the names of the libraries are among them, in notebooks as well.
fn imported(text: &str) -> BTreeSet<String> {
    let mut is_continued = false;
    let mut words = BTreeSet::from(["IPython".to_owned()]);
    for line in text.lines() {
        let imports = line.contains("import") || is_continued;
        is_continued = imports && line.trim_end().ends_with('\\');
        if imports {
            let found = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            words.extend(found.filter(|it| !it.is_empty()).map(str::to_owned));
        }
    }
    words
}

fn check_once(arguments: &CheckArguments, knowledge: &mut Knowledge) -> anyhow::Result<ExitCode> {
    let is_stdin = is_stdin(arguments);
    if is_stdin && arguments.add_ignore {
        bail!("`--add-ignore` does not go with standard input: give the file");
    }
    let mut projects = Vec::new();
    let packages = load_packages(arguments)?;
    let catalog = knowledge.of(&packages);
    for (folder, package) in packages {
        let settings = settings(arguments, &folder, &package)?;
        let selection = Selection::from_settings(&settings)?;
        let package = without(package, &settings.exclude);
        let own = catalog_of(&folder, catalog)?;
        let known = own.as_ref().unwrap_or(catalog);
        let mut findings = srcify_check::check(&package, known, &selection);
        if let (Some(path), None) = (&settings.baseline, &arguments.baseline) {
            findings = known::of_project(&folder, path, (&package, &selection), findings)?;
        }
        projects.push(Checked {
            folder,
            package,
            selection,
            findings,
            catalog: own,
        });
    }
    if arguments.add_ignore {
        return add_ignores(&projects);
    }
    if arguments.diff {
        return show_diff(arguments, &projects);
    }
    let mut mended = 0;
    if arguments.fix || arguments.unsafe_fixes {
        for project in &mut projects {
            mended += mend(arguments, project, catalog)?;
        }
    }
    let is_judged = known::judged(&projects);
    let (findings, sources) = join(projects);
    let findings = match &arguments.baseline {
        Some(path) => known::of_all(path, &is_judged, findings)?,
        None => findings,
    };
    if !(is_stdin && (arguments.fix || arguments.unsafe_fixes)) {
        write_findings(arguments, &findings, &sources)?;
    }
    summarise(arguments, &findings, mended)?;
    Ok(status(arguments, !findings.is_empty()))
}

/// The knowledge base under what the project's `[tool.srcify.effects]` says.
fn catalog_of(folder: &Utf8Path, catalog: &Catalog) -> anyhow::Result<Option<Catalog>> {
    let effects = wishes::effects_in(folder)?;
    Ok((!effects.is_empty()).then(|| {
        let mut own = catalog.clone();
        effects.lay_over(&mut own);
        own
    }))
}

fn status(arguments: &CheckArguments, has_findings: bool) -> ExitCode {
    ExitCode::from(u8::from(has_findings && !arguments.exit_zero))
}

fn load_packages(arguments: &CheckArguments) -> anyhow::Result<Vec<(Utf8PathBuf, Package)>> {
    if is_stdin(arguments) {
        let mut text = String::new();
        io::stdin()
            .read_to_string(&mut text)
            .context("cannot read standard input")?;
        let path = arguments.stdin_filename.clone();
        return load::with_text(&path, text);
    }
    load::load(&arguments.paths)
}

fn is_stdin(arguments: &CheckArguments) -> bool {
    arguments.paths.iter().any(|path| path == "-")
}

fn settings(
    arguments: &CheckArguments,
    folder: &Utf8Path,
    package: &Package,
) -> anyhow::Result<Settings> {
    let text = package.text("pyproject.toml").unwrap_or("");
    // A file that is no TOML is a finding, not a failure.
    let is_toml = !text.trim().is_empty() && text.contains("[tool.srcify");
    let mut settings = if is_toml {
        Settings::read(text).with_context(|| format!("cannot read the settings of `{folder}`"))?
    } else {
        Settings::default()
    };
    if !arguments.select.is_empty() {
        settings.select.clone_from(&arguments.select);
    }
    // Who asks about a notebook wants to hear what becomes of its settings.
    if settings.select.is_empty() && arguments.paths.iter().all(|it| is_experiment(it)) {
        settings.extend_select.push("NBK006".to_owned());
    }
    settings
        .extend_select
        .extend(arguments.extend_select.iter().cloned());
    settings.ignore.extend(arguments.ignore.iter().cloned());
    settings.strict |= arguments.strict;
    Ok(settings)
}

/// Whether a path names one notebook or script.
fn is_experiment(path: &Utf8Path) -> bool {
    path.is_file() && matches!(path.extension(), Some("ipynb" | "py"))
}

fn without(mut package: Package, patterns: &[String]) -> Package {
    package
        .files
        .retain(|path, _| !srcify_check::is_excluded(patterns, path));
    package
}

/// Applies fixes until nothing changes, at most ten times; how many findings that mended.
///
/// What came from standard input is not written back to the file that it stands for, but shown.
fn mend(
    arguments: &CheckArguments,
    project: &mut Checked,
    catalog: &Catalog,
) -> anyhow::Result<usize> {
    let mut mended = 0;
    for _ in 0..10 {
        let (changed, count) =
            srcify_check::apply(&project.package, &project.findings, safety(arguments));
        if changed.is_empty() {
            break;
        }
        mended += count;
        if !is_stdin(arguments) {
            write_files(&project.folder, &changed)?;
        }
        project.package.files.extend(changed);
        let known = project.catalog.as_ref().unwrap_or(catalog);
        project.findings = srcify_check::check(&project.package, known, &project.selection);
    }
    if is_stdin(arguments) {
        let targets = &project.package.targets;
        let mut wanted = project.package.files.iter();
        let (_, text) = wanted
            .find(|(path, _)| targets.is_empty() || targets.contains(*path))
            .context("there is nothing on standard input")?;
        anstream::stdout()
            .write_all(text.as_bytes())
            .context("cannot write the text")?;
    }
    Ok(mended)
}

fn safety(arguments: &CheckArguments) -> Safety {
    if arguments.unsafe_fixes {
        Safety::Unsafe
    } else {
        Safety::Safe
    }
}

fn write_files(folder: &Utf8Path, files: &BTreeMap<Utf8PathBuf, String>) -> anyhow::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::write(&path, text).with_context(|| format!("cannot write `{path}`"))?;
    }
    Ok(())
}

fn show_diff(arguments: &CheckArguments, projects: &[Checked]) -> anyhow::Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    let mut is_changed = false;
    for project in projects {
        let (changed, _) =
            srcify_check::apply(&project.package, &project.findings, safety(arguments));
        for (path, new) in &changed {
            is_changed = true;
            let old = project.package.files.get(path).map_or("", String::as_str);
            let name = project.folder.join(path);
            let diff = similar::TextDiff::from_lines(old, new);
            let diff = diff
                .unified_diff()
                .header(name.as_str(), name.as_str())
                .to_string();
            out.write_all(diff.as_bytes())
                .context("cannot write the difference")?;
        }
    }
    Ok(status(arguments, is_changed))
}

fn add_ignores(projects: &[Checked]) -> anyhow::Result<ExitCode> {
    let mut count = 0;
    for project in projects {
        let edits = srcify_check::add_ignores(&project.package, &project.findings);
        count += edits.len();
        let mut files: BTreeMap<Utf8PathBuf, String> = BTreeMap::new();
        for Edit {
            path,
            range,
            content,
        } in edits.into_iter().rev()
        {
            let text = files.entry(path.clone()).or_insert_with(|| {
                project
                    .package
                    .files
                    .get(&path)
                    .cloned()
                    .unwrap_or_default()
            });
            text.insert_str(usize::from(range.start()), &content);
        }
        write_files(&project.folder, &files)?;
    }
    writeln!(anstream::stderr(), "added {count} comments")
        .context("cannot write to standard error")?;
    Ok(ExitCode::SUCCESS)
}

/// Findings and texts of all projects, under the paths that the user knows.
fn join(projects: Vec<Checked>) -> (Vec<Finding>, Sources) {
    let mut findings = Vec::new();
    let mut sources = Sources::new();
    for Checked {
        folder,
        package,
        findings: found,
        ..
    } in projects
    {
        let named = |path: &Utf8Path| folder.join(path);
        for mut finding in found {
            finding.path = named(&finding.path);
            for step in &mut finding.chain {
                step.path = named(&step.path);
            }
            for edit in finding.fix.iter_mut().flat_map(|it| &mut it.edits) {
                edit.path = named(&edit.path);
            }
            findings.push(finding);
        }
        sources.extend(
            package
                .files
                .into_iter()
                .map(|(path, text)| (folder.join(path), text)),
        );
    }
    findings.sort_by(|a, b| {
        (&a.path, a.cell, a.start, a.code).cmp(&(&b.path, b.cell, b.start, b.code))
    });
    (findings, sources)
}

fn write_findings(
    arguments: &CheckArguments,
    findings: &[Finding],
    sources: &Sources,
) -> anyhow::Result<()> {
    let colour = io::stdout().is_terminal();
    let text = if arguments.statistics {
        output::statistics(findings)
    } else {
        match arguments.output_format {
            OutputFormat::Full => output::full(findings, sources, colour),
            OutputFormat::Concise => output::concise(findings),
            OutputFormat::Json => output::json(findings, sources),
            OutputFormat::JsonLines => output::json_lines(findings, sources),
            OutputFormat::Github => output::github(findings),
            OutputFormat::Gitlab => output::gitlab(findings),
            OutputFormat::Junit => output::junit(findings),
            OutputFormat::Sarif => output::sarif(findings, env!("CARGO_PKG_VERSION")),
        }
    };
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())
        .context("cannot write the findings")
}

/// One line on standard error, for people.
fn summarise(
    arguments: &CheckArguments,
    findings: &[Finding],
    mended: usize,
) -> anyhow::Result<()> {
    let is_for_people = matches!(
        arguments.output_format,
        OutputFormat::Full | OutputFormat::Concise
    );
    if is_for_people {
        let fixable = findings
            .iter()
            .filter(|it| {
                it.fix
                    .as_ref()
                    .is_some_and(|fix| fix.safety == Safety::Safe)
            })
            .count();
        let mended = match mended {
            0 => String::new(),
            count => format!("mended {count}; "),
        };
        let summary = match (findings.len(), fixable) {
            (0, _) => match &arguments.paths[..] {
                [path] if path.extension() == Some("ipynb") => {
                    format!("no finding: `srcify convert {path}` makes a package of it")
                }
                _ => "no finding".to_owned(),
            },
            (1, 0) => "1 finding".to_owned(),
            (count, 0) => format!("{count} findings"),
            (count, fixable) => format!("{count} findings, {fixable} that `--fix` mends"),
        };
        writeln!(anstream::stderr(), "{mended}{summary}")
            .context("cannot write to standard error")?;
    }
    Ok(())
}
