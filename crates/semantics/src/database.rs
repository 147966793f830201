//! ty's database over a [`MemorySystem`].

use std::sync::Arc;

use ruff_db::Db as SourceDb;
use ruff_db::diagnostic::Diagnostic;
use ruff_db::files::{File, Files, system_path_to_file};
use ruff_db::system::{System, SystemPath, SystemPathBuf};
use ruff_db::vendored::VendoredFileSystem;
use ruff_python_ast::PythonVersion;
use ty_module_resolver::{Db as ModuleResolverDb, SearchPathSettings};
use ty_python_core::platform::PythonPlatform;
use ty_python_core::program::{FallibleStrategy, ProgramSettings};
use ty_python_core::{Db as CoreDb, Program, ProgramFile};
use ty_python_semantic::lint::{LintRegistry, RuleSelection};
use ty_python_semantic::{
    AnalysisSettings, Db, PythonVersionSource, PythonVersionWithSource, default_lint_registry,
};

use crate::Environment;
use crate::stubs;
use crate::system::MemorySystem;

/// Where the program and its neighbours lie, in memory.
const PROJECT: &str = "/.srcify/project";
/// Where the stubs lie, in memory.
const STUBS: &str = "/.srcify/stubs";

#[salsa::db]
#[derive(Clone)]
pub(crate) struct Database {
    storage: salsa::Storage<Self>,
    files: Files,
    system: MemorySystem,
    rules: Arc<RuleSelection>,
    analysis: Arc<AnalysisSettings>,
    settings: Arc<ProgramSettings>,
}

impl Database {
    /// `None` when ty refuses the search paths.
    pub(crate) fn new(environment: &Environment) -> Option<Self> {
        let root = SystemPath::new(PROJECT);
        let site_packages: Vec<SystemPathBuf> = environment
            .site_packages
            .iter()
            .filter(|path| path.is_absolute() && path.is_dir())
            .map(|path| SystemPathBuf::from(path.as_str()))
            .collect();
        let system = MemorySystem::new(root, site_packages.clone());
        let stub_folder = SystemPath::new(STUBS);
        for (path, text) in stubs::select(environment) {
            system.add(stub_folder.join(path.as_str()), text);
        }
        for (name, text) in &environment.modules {
            system.add(root.join(module_path(name, environment)), text.clone());
        }
        system.add(root.join("py.typed"), String::new());
        let vendored = ty_vendored::file_system();
        let mut db = Self {
            storage: salsa::Storage::new(None),
            files: Files::default(),
            system,
            rules: Arc::new(RuleSelection::from_registry(default_lint_registry())),
            analysis: Arc::default(),
            settings: Arc::new(ProgramSettings::empty(vendored)),
        };
        let search_paths = SearchPathSettings {
            src_roots: vec![root.to_path_buf()],
            site_packages_paths: site_packages,
            extra_paths: vec![stub_folder.to_path_buf()],
            ..SearchPathSettings::empty()
        }
        .to_search_paths(&db.system, vendored, &FallibleStrategy)
        .ok()?;
        let settings = ProgramSettings {
            python_version: PythonVersionWithSource {
                version: PythonVersion {
                    major: 3,
                    minor: environment.python_minor,
                },
                source: PythonVersionSource::default(),
            },
            python_platform: PythonPlatform::default(),
            search_paths,
        };
        settings.search_paths.try_register_static_roots(&db);
        db.settings = Arc::new(settings);
        Some(db)
    }

    /// Puts a file of ours beside the program and gives its handle.
    pub(crate) fn add(&self, name: &str, text: String) -> Option<File> {
        let path = SystemPath::new(PROJECT).join(name);
        self.system.add(path.clone(), text);
        system_path_to_file(self, &path).ok()
    }

    pub(crate) fn program(&self) -> Program<'_> {
        Program::from_settings(self, &self.settings)
    }

    pub(crate) fn program_file(&self, file: File) -> ProgramFile<'_> {
        self.program().program_file(self, file)
    }
}

/// `a.b` is `a/b.py`, or `a/b/__init__.py` when there is an `a.b.c`.
fn module_path(name: &str, environment: &Environment) -> String {
    let path = name.replace('.', "/");
    let prefix = format!("{name}.");
    if environment
        .modules
        .keys()
        .any(|other| other.starts_with(&prefix))
    {
        format!("{path}/__init__.py")
    } else {
        format!("{path}.py")
    }
}

#[salsa::db]
impl SourceDb for Database {
    fn vendored(&self) -> &VendoredFileSystem {
        ty_vendored::file_system()
    }

    fn system(&self) -> &dyn System {
        &self.system
    }

    fn files(&self) -> &Files {
        &self.files
    }
}

#[salsa::db]
impl ModuleResolverDb for Database {}

#[salsa::db]
impl CoreDb for Database {
    fn should_check_file(&self, _: File) -> bool {
        false
    }
}

#[salsa::db]
impl Db for Database {
    fn check_file(&self, _: File) -> Vec<Diagnostic> {
        Vec::new()
    }

    fn program_file(&self, file: File) -> ProgramFile<'_> {
        Self::program_file(self, file)
    }

    fn python_version_with_source(&self, _: File) -> &PythonVersionWithSource {
        &self.settings.python_version
    }

    fn rule_selection(&self, _: File) -> &RuleSelection {
        &self.rules
    }

    fn lint_registry(&self) -> &LintRegistry {
        default_lint_registry()
    }

    fn analysis_settings(&self, _: File) -> &AnalysisSettings {
        &self.analysis
    }

    fn verbose(&self) -> bool {
        false
    }

    fn is_open_file(&self, _: File) -> bool {
        false
    }

    fn dyn_clone(&self) -> Box<dyn Db> {
        Box::new(self.clone())
    }
}

#[salsa::db]
impl salsa::Database for Database {}
