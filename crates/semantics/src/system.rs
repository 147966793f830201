//! The file system as ty sees it: files in memory, and the site-packages that we were given. Nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Error, ErrorKind};
use std::sync::{Arc, PoisonError, RwLock};

use ruff_db::file_revision::FileRevision;
use ruff_db::system::walk_directory::WalkDirectoryBuilder;
use ruff_db::system::{
    DirectoryEntry, FileType, Metadata, OsSystem, Result, System, SystemPath, SystemPathBuf,
    SystemVirtualPath, WhichResult, WritableSystem,
};
use ruff_notebook::{Notebook, NotebookError};

#[derive(Debug, Default)]
struct Memory {
    files: BTreeMap<SystemPathBuf, String>,
    /// Every folder of a file, with what is in it and whether that is a folder.
    folders: BTreeMap<SystemPathBuf, BTreeSet<(SystemPathBuf, bool)>>,
}

/// Files in memory over a few folders on disk, which are only read.
#[derive(Debug, Clone)]
pub(crate) struct MemorySystem {
    disk: OsSystem,
    /// The folders on disk that may be read.
    readable: Vec<SystemPathBuf>,
    memory: Arc<RwLock<Memory>>,
}

impl MemorySystem {
    pub(crate) fn new(root: &SystemPath, readable: Vec<SystemPathBuf>) -> Self {
        Self {
            disk: OsSystem::new(root),
            readable,
            memory: Arc::default(),
        }
    }

    /// Adds a file. Files are never changed once they are there.
    pub(crate) fn add(&self, path: SystemPathBuf, text: String) {
        let mut memory = self.memory.write().unwrap_or_else(PoisonError::into_inner);
        let mut child = (path.clone(), false);
        let mut folder = path.parent();
        while let Some(parent) = folder {
            memory
                .folders
                .entry(parent.to_path_buf())
                .or_default()
                .insert(child);
            child = (parent.to_path_buf(), true);
            folder = parent.parent();
        }
        memory.files.insert(path, text);
    }

    fn file(&self, path: &SystemPath) -> Option<String> {
        let memory = self.memory.read().unwrap_or_else(PoisonError::into_inner);
        memory.files.get(path).cloned()
    }

    fn folder(&self, path: &SystemPath) -> Option<Vec<(SystemPathBuf, bool)>> {
        let memory = self.memory.read().unwrap_or_else(PoisonError::into_inner);
        memory
            .folders
            .get(path)
            .map(|entries| entries.iter().cloned().collect())
    }

    /// The disk, when `path` may be read.
    fn disk(&self, path: &SystemPath) -> Result<&OsSystem> {
        if self.readable.iter().any(|root| path.starts_with(root)) {
            Ok(&self.disk)
        } else {
            Err(not_found())
        }
    }
}

fn not_found() -> Error {
    Error::from(ErrorKind::NotFound)
}

impl System for MemorySystem {
    fn path_metadata(&self, path: &SystemPath) -> Result<Metadata> {
        let kind = if self.file(path).is_some() {
            FileType::File
        } else if self.folder(path).is_some() {
            FileType::Directory
        } else {
            return self.disk(path)?.path_metadata(path);
        };
        Ok(Metadata::new(FileRevision::new(1), None, kind))
    }

    fn canonicalize_path(&self, path: &SystemPath) -> Result<SystemPathBuf> {
        if self.file(path).is_some() || self.folder(path).is_some() {
            return Ok(path.to_path_buf());
        }
        self.disk(path)?.canonicalize_path(path)
    }

    fn is_same_file(&self, left: &SystemPath, right: &SystemPath) -> Result<bool> {
        if left == right {
            return Ok(true);
        }
        self.disk(left)?;
        self.disk(right)?.is_same_file(left, right)
    }

    fn which(&self, _: &str) -> WhichResult {
        self.disk.which("")
    }

    fn read_to_string(&self, path: &SystemPath) -> Result<String> {
        if let Some(text) = self.file(path) {
            return Ok(text);
        }
        let text = self.disk(path)?.read_to_string(path)?;
        // Of a library that no stack can bear, nothing is known.
        let is_bearable = !srcify_syntax::nests_too_deeply(&text);
        Ok(if is_bearable { text } else { String::new() })
    }

    fn read_to_notebook(&self, path: &SystemPath) -> std::result::Result<Notebook, NotebookError> {
        match self.file(path) {
            Some(text) => Notebook::from_source_code(&text),
            None => self.disk(path)?.read_to_notebook(path),
        }
    }

    fn read_virtual_path_to_string(&self, _: &SystemVirtualPath) -> Result<String> {
        Err(not_found())
    }

    fn read_virtual_path_to_notebook(
        &self,
        _: &SystemVirtualPath,
    ) -> std::result::Result<Notebook, NotebookError> {
        Err(not_found().into())
    }

    fn current_directory(&self) -> &SystemPath {
        self.disk.current_directory()
    }

    fn user_config_directory(&self) -> Option<SystemPathBuf> {
        None
    }

    fn cache_dir(&self) -> Option<SystemPathBuf> {
        None
    }

    fn read_directory<'a>(
        &'a self,
        path: &SystemPath,
    ) -> Result<Box<dyn Iterator<Item = Result<DirectoryEntry>> + 'a>> {
        let Some(entries) = self.folder(path) else {
            return self.disk(path)?.read_directory(path);
        };
        Ok(Box::new(entries.into_iter().map(|(path, is_folder)| {
            let kind = if is_folder {
                FileType::Directory
            } else {
                FileType::File
            };
            Ok(DirectoryEntry::new(path, kind))
        })))
    }

    fn walk_directory(&self, path: &SystemPath) -> WalkDirectoryBuilder {
        self.disk.walk_directory(path)
    }

    fn as_writable(&self) -> Option<&dyn WritableSystem> {
        None
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn std::any::Any {
        self
    }

    fn dyn_clone(&self) -> Box<dyn System> {
        Box::new(self.clone())
    }
}
