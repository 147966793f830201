//! The Python environment whose libraries are asked for their types: found by paths, never run.

use std::sync::Arc;

use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use srcify_effects::{Answer, Asked, Type};
use srcify_semantics::{Environment, Libraries, Question};

use crate::modules::project_around;
use crate::wishes::folder_of;

/// What stands for the environment that is active, or else for the one beside the input.
const AUTO: &str = "auto";

/// What is installed, and where that is.
pub struct Installed {
    /// Who is asked.
    pub answer: Arc<Answer>,
    /// The folders that are read.
    pub folders: Vec<Utf8PathBuf>,
}

impl Installed {
    /// The environment that the user names, if any.
    ///
    /// # Errors
    /// When there is none.
    pub fn of(named: Option<&Utf8Path>, inputs: &[Utf8PathBuf]) -> anyhow::Result<Option<Self>> {
        match named {
            None => Ok(None),
            Some(named) if named == AUTO => Self::at(&active(inputs)?).map(Some),
            Some(named) => Self::at(named).map(Some),
        }
    }

    fn at(path: &Utf8Path) -> anyhow::Result<Self> {
        let Some(environment) = Environment::at(path) else {
            bail!(
                "`{path}` is no Python environment; --python names an interpreter, an environment, or a folder of packages"
            );
        };
        let folders = environment.site_packages.clone();
        let libraries = Libraries::of(environment);
        let answer = move |asked: &Asked| {
            let question = Question {
                expression: asked.expression.clone(),
                given: asked.given.clone(),
            };
            as_annotated(&libraries.type_of(&question))
        };
        Ok(Self {
            answer: Arc::new(answer),
            folders,
        })
    }
}

/// The environment that is active, or else `.venv` beside the first input or in its project.
fn active(inputs: &[Utf8PathBuf]) -> anyhow::Result<Utf8PathBuf> {
    if let Some(active) = std::env::var_os("VIRTUAL_ENV").filter(|it| !it.is_empty()) {
        let path = Utf8PathBuf::try_from(std::path::PathBuf::from(active));
        return path.context("the path in VIRTUAL_ENV is not UTF-8");
    }
    let first = inputs.first().map_or(Utf8Path::new("."), AsRef::as_ref);
    let folder = Utf8Path::new(".").join(folder_of(first));
    let project = project_around(&folder);
    let found = std::iter::once(folder)
        .chain(project)
        .map(|it| it.join(".venv"))
        .find(|it| it.is_dir());
    found.context("no environment is active, and there is no `.venv` beside the input or in its project; --python names one")
}

/// A type as annotations can say it.
fn as_annotated(ty: &srcify_semantics::Type) -> Option<Type> {
    use srcify_semantics::Type as Found;
    let all = |types: &[Found]| types.iter().map(as_annotated).collect::<Option<Vec<_>>>();
    match ty {
        Found::Class { name, arguments } => {
            ty.annotation()?;
            let name = match name.as_str() {
                "collections.abc.Iterator" | "collections.abc.Generator" => "Iterator",
                other => other,
            };
            let is_written = !name.contains('.') || GENERIC.contains(&name);
            if !is_written && !arguments.is_empty() {
                return None;
            }
            let mut arguments = all(arguments)?;
            match name {
                "Iterator" => arguments.truncate(1),
                "tuple" => arguments.push(Type::new("...")),
                _ => {}
            }
            Some(Type::generic(name, arguments))
        }
        Found::Tuple(items) => Some(Type::generic("tuple", all(items)?)),
        Found::Union(members) => Some(Type::generic("|", all(members)?)),
        Found::None => Some(Type::new("None")),
        _ => None,
    }
}

/// Classes of modules whose arguments annotations write.
const GENERIC: &[&str] = &[
    "collections.defaultdict",
    "collections.OrderedDict",
    "collections.deque",
    "collections.Counter",
];
