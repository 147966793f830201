//! Inputs that brought up something new, kept from run to run, and those that showed bugs.

use std::collections::BTreeSet;
use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

/// Longer texts are not kept: they make later inputs slow.
const LONGEST: usize = 6000;

/// What new inputs are made of.
pub struct Corpus {
    folder: Utf8PathBuf,
    /// The texts.
    pub texts: Vec<String>,
    /// All that inputs brought up so far.
    pub features: BTreeSet<String>,
}

impl Corpus {
    /// The corpus in a folder, with scripts beside it.
    pub fn open(folder: &Utf8Path, scripts: &[String]) -> io::Result<Self> {
        for part in ["corpus", "found"] {
            fs::create_dir_all(folder.join(part))?;
        }
        let mut kept: Vec<Utf8PathBuf> = folder
            .join("corpus")
            .read_dir_utf8()?
            .filter_map(|entry| Some(entry.ok()?.into_path()))
            .collect();
        kept.sort();
        let given = scripts.iter().map(Utf8PathBuf::from);
        let texts = given
            .chain(kept)
            .filter_map(|path| fs::read_to_string(path).ok());
        let features = fs::read_to_string(folder.join("features")).unwrap_or_default();
        Ok(Self {
            folder: folder.to_owned(),
            texts: texts.collect(),
            features: features.lines().map(str::to_owned).collect(),
        })
    }

    /// Keeps an input that brought up something new.
    pub fn learn(&mut self, name: &str, bytes: &[u8], features: BTreeSet<String>) {
        if features.is_subset(&self.features) {
            return;
        }
        self.features.extend(features);
        let all: Vec<&str> = self.features.iter().map(String::as_str).collect();
        let _ = fs::write(self.folder.join("features"), all.join("\n"));
        // Notebooks are built from texts, so that only those are worth keeping.
        if let Ok(text) = std::str::from_utf8(bytes)
            && text.len() < LONGEST
            && Utf8Path::new(name).extension() != Some("ipynb")
        {
            let path = format!("corpus/{}.txt", fingerprint(bytes));
            let _ = fs::write(self.folder.join(path), text);
            self.texts.push(text.to_owned());
        }
    }

    /// Stores an input that showed a bug; where.
    pub fn keep_bug(&self, name: &str, bytes: &[u8]) -> Utf8PathBuf {
        let path = format!("found/{}-{name}", fingerprint(bytes));
        let path = self.folder.join(path);
        let _ = fs::write(&path, bytes);
        path
    }
}

/// FNV-1a (Fowler, Noll, Vo): a name for a file.
fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}
