//! How families of calls are presented: the module, the class, the method, and their words.

use srcify_effects::{Effect, EffectSet, distributions};

use crate::naming;
use crate::settings::file_kind;

/// A family of calls.
#[derive(Debug, Clone, Copy)]
pub(super) struct Family {
    pub module: &'static str,
    pub suffix: &'static str,
    pub method: &'static str,
    /// What the location holds when nothing tells its name.
    pub noun: &'static str,
}

/// Data that a library downloads itself, from where it knows.
pub(super) const SOURCE: Family = Family {
    module: "sources",
    suffix: "Source",
    method: "fetch",
    noun: "remote",
};

/// Whether a function is called after fetching data, as opposed to a server, a session or a run.
pub(crate) fn fetches_data(callee: &str) -> bool {
    let mut parts = callee.rsplit('.');
    let method = parts.next().unwrap_or(callee);
    let is_named_after_data = parts.next().is_some_and(|module| {
        matches!(module, "data" | "samples" | "tutorial") || module.ends_with("datasets")
    });
    let starts = ["fetch", "load_", "download", "get_", "read_", "DataReader"];
    starts.iter().any(|it| method.starts_with(it))
        || method.ends_with("_download")
        || is_named_after_data
        // Weights and vocabularies of a model hub.
        || method == "from_pretrained"
        || callee == "transformers.pipeline"
}

/// What is left of the name of a function that fetches whatever it is asked for.
pub(super) fn says_nothing(noun: &str) -> bool {
    matches!(
        noun,
        "dataset"
            | "rdataset"
            | "openml"
            | "ucirepo"
            | "data"
            | "file"
            | "data_yahoo"
            | "data_fred"
    )
}

/// The family of a callee with these effects.
pub(super) fn family(callee: &str, effects: EffectSet) -> Family {
    let method = callee.rsplit('.').next().unwrap_or(callee);
    let make = |module, suffix, method, noun| Family {
        module,
        suffix,
        method,
        noun,
    };
    let writes = effects.contains(Effect::WriteFile);
    match (callee.split('.').next().unwrap_or(callee), method) {
        (_, "connect" | "create_engine") => make("databases", "Database", "connect", "local"),
        _ if effects.contains(Effect::Database) => make("databases", "Database", "run", "local"),
        _ if effects.contains(Effect::Process) => make("commands", "Command", "run", "shell"),
        (_, "mkdir" | "makedirs") => make("files", "Folder", "create", "output"),
        (_, "listdir" | "scandir" | "walk" | "glob" | "iglob" | "rglob" | "iterdir") => {
            make("files", "Folder", "entries", "input")
        }
        (
            _,
            "exists" | "isfile" | "isdir" | "is_file" | "is_dir" | "getsize" | "getmtime"
            | "getctime" | "getatime" | "stat",
        ) => make("files", "File", method_name(method), "input"),
        (_, "rmtree" | "rmdir") => make("files", "Folder", "remove", "temporary"),
        (_, "remove" | "unlink") => make("files", "File", "remove", "temporary"),
        ("shutil", "copy" | "copyfile" | "copy2") => make("files", "File", "copy", "source"),
        ("shutil", "copytree") => make("files", "Folder", "copy", "source"),
        ("shutil" | "os" | "pathlib", "move" | "rename" | "renames" | "replace") => {
            make("files", "File", "move", "source")
        }
        ("joblib" | "pickle" | "torch" | "keras" | "dill" | "cloudpickle", _) if writes => {
            make("models", "Store", "save", "object")
        }
        ("joblib" | "pickle" | "torch" | "keras" | "dill" | "cloudpickle", _) => {
            make("models", "Store", "load", "object")
        }
        (_, "savefig" | "write_html" | "write_image") => {
            make("figures", "Figure", "save", "result")
        }
        ("pandas" | "polars", _) if writes => make("tables", "Table", "write", "result"),
        ("pandas" | "polars", _) => make("datasets", "Dataset", "read", "input"),
        _ if writes => make("files", "File", "write", "output"),
        (_, "post" | "put" | "patch") if effects.contains(Effect::Network) => {
            make("endpoints", "Endpoint", "send", "remote")
        }
        _ if effects.contains(Effect::Network) => make("endpoints", "Endpoint", "fetch", "remote"),
        _ => make("files", "File", "read", "input"),
    }
}

fn method_name(method: &str) -> &'static str {
    match method {
        "getsize" => "size",
        "getmtime" | "getctime" | "getatime" => "time",
        "stat" => "stat",
        _ => "exists",
    }
}

impl Family {
    /// `CustomersDataset`; a noun that says what it is already does not say it twice.
    pub(super) fn class_name(&self, noun: &str) -> String {
        let suffix = self.suffix.to_lowercase();
        let noun = self.known_noun(noun);
        let words: Vec<&str> = noun.split('_').filter(|word| !word.is_empty()).collect();
        let kept: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| {
                **word != suffix
                    && (words.len() == 1
                        || !matches!(*word, "data" | "file" | "table" | "df" | "fig"))
            })
            .take(3)
            .collect();
        // No name begins with a digit.
        let is_number = |word: &&str| word.starts_with(|it: char| it.is_ascii_digit());
        let (numbers, mut kept): (Vec<&str>, Vec<&str>) = kept.into_iter().partition(is_number);
        if kept.is_empty() {
            kept.push(self.noun);
        } else {
            kept.extend(numbers);
        }
        format!("{}{}", naming::pascal(&kept.join("_")), self.suffix)
    }

    /// The noun, unless it only says what the class is anyway: `dir` for a folder.
    fn known_noun<'a>(&self, noun: &'a str) -> &'a str {
        let is_folder = self.suffix == "Folder";
        let is_database = ["Database", "Engine", "Session", "Cursor"].contains(&self.suffix);
        match noun {
            "database" if is_database => self.noun,
            "dir" | "directory" | "folder" | "out" | "path" if is_folder => self.noun,
            "object" | "obj" | "path" | "file" | "filename" => self.noun,
            noun => noun,
        }
    }

    /// The docstring of the class.
    pub(super) fn class_summary(&self, noun: &str, callee: &str) -> String {
        let noun = self.known_noun(noun);
        let words = naming::content_words(noun);
        let kind = match self.suffix {
            "Store" => "file".to_owned(),
            suffix => suffix.to_lowercase(),
        };
        if noun == self.noun {
            return match self.suffix {
                "Source" => format!("Data that {} downloads.", library_of(callee)),
                "Command" => "A program that the job runs.".to_owned(),
                "Endpoint" => "Another machine that the job talks to.".to_owned(),
                "Database" => "The database of the job.".to_owned(),
                "Session" => "A session with the database of the job.".to_owned(),
                "Cursor" => "Where the job stands in the database.".to_owned(),
                "Engine" => "What connects the job with its database.".to_owned(),
                _ => match self.method {
                    "create" | "write" | "save" | "append" => {
                        format!("The {kind} that the results go to.")
                    }
                    "read" | "load" | "entries" | "lines" | "rows" => {
                        format!("The {kind} that the job reads.")
                    }
                    _ => format!("A {kind} that the job uses."),
                },
            };
        }
        match self.suffix {
            "Source" => format!("The {words} data, as {} downloads it.", library_of(callee)),
            "Database" => format!("The {words} database."),
            "Engine" => format!("What connects the job with the {words} database."),
            "Session" => format!("A session with the {words} database."),
            "Cursor" => format!("Where the job stands in the {words} database."),
            "Command" => "A program that the job runs.".to_owned(),
            "Folder" => format!("The folder of the {words}."),
            "Endpoint" if self.method == "send" => {
                format!("Where requests about the {words} are sent.")
            }
            "Endpoint" => format!("Where the {words} is fetched from."),
            "Figure" => format!("Image of the {words}."),
            "Store" => format!("The {words} in a {}.", kind_of(callee)),
            _ if kind_of(callee) == "file" => format!("The {words} file."),
            _ => format!("{} with the {words}.", capital(&kind_of(callee))),
        }
    }

    /// The docstring of the method.
    pub(super) fn method_summary(&self, callee: &str) -> String {
        match self.method {
            "read" if self.module == "datasets" => "Read all rows.".to_owned(),
            "read" => "Read what the file holds.".to_owned(),
            "read_lines" => "Read all lines.".to_owned(),
            "rows" => "Go through the rows, one after another.".to_owned(),
            "lines" => "Go through the lines, one after another.".to_owned(),
            "read_rows" => "Read all rows.".to_owned(),
            "load" => "Load what was stored.".to_owned(),
            "save" if self.module == "figures" => "Draw the figure into the file.".to_owned(),
            "save" => "Store the object, replacing an older one.".to_owned(),
            "write" if self.module == "tables" => {
                "Write all rows, replacing an older file.".to_owned()
            }
            "write" => "Write the content.".to_owned(),
            "append" => "Add to the end of the file.".to_owned(),
            "connect" => "Open a connection.".to_owned(),
            "create" => "Create the folder.".to_owned(),
            "entries" => "List what is in the folder.".to_owned(),
            "exists" => "Tell whether it is there.".to_owned(),
            "size" => "Tell how large it is.".to_owned(),
            "time" => "Tell when it was changed, or used, in seconds since 1970.".to_owned(),
            "stat" => "Tell how large it is, and when it was changed.".to_owned(),
            "remove" => "Delete it.".to_owned(),
            "copy" => "Copy it to another place.".to_owned(),
            "move" => "Move it to another place.".to_owned(),
            "fetch" if self.suffix == "Source" => {
                "Fetch all of it, or take the library's own copy.".to_owned()
            }
            "fetch" => "Fetch it once.".to_owned(),
            "send" => "Send one request.".to_owned(),
            "run" if self.suffix == "Command" => "Run it to its end.".to_owned(),
            _ => format!("Call `{}`.", callee.rsplit('.').next().unwrap_or(callee)),
        }
    }
}

/// The library of a function, as people call it.
fn library_of(callee: &str) -> &str {
    let library = callee.split('.').next().unwrap_or(callee);
    distributions::distribution_of(library).unwrap_or(library)
}

/// The kind of the file, inside a sentence.
pub(super) fn kind_of(callee: &str) -> String {
    let kind = file_kind(callee);
    let is_name = kind.chars().nth(1).is_some_and(char::is_uppercase)
        || kind.starts_with("Excel")
        || kind.starts_with("Parquet");
    if is_name {
        kind.to_owned()
    } else {
        kind.to_lowercase()
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
