//! The parts of a notebook's JSON that matter, in any shape that people have; all else is skipped while reading.
//!
//! A key that comes twice counts as Python's `json` counts it: the last one wins.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A notebook of any version.
#[derive(Debug, Default)]
pub(super) struct NotebookFile {
    cells: Option<Vec<NotebookCell>>,
    worksheets: Vec<Worksheet>,
    metadata: Metadata,
    /// `nbformat` or `worksheets` is there.
    is_notebook: bool,
}

/// nbformat 2 and 3.
#[derive(Debug, Default)]
struct Worksheet(Vec<NotebookCell>);

#[derive(Debug, Default)]
pub(super) struct NotebookCell {
    pub kind: String,
    pub source: String,
    pub tags: Vec<String>,
    pub execution_count: Option<u32>,
    /// Of a heading in nbformat 3.
    pub level: u32,
    /// nbformat 2 and 3 name the language in each cell.
    language: String,
    /// The language that VS Code sets for a cell.
    written_in: String,
}

#[derive(Debug, Default)]
struct Metadata {
    kernel_name: String,
    kernel_language: String,
    language: String,
    tags: Vec<String>,
    /// VS Code's name of a cell's language.
    written_in: String,
}

/// Kernels that install under a name of their own and run no Python.
const OTHER_KERNELS: [&str; 22] = [
    "ir",
    "julia",
    "bash",
    "sagemath",
    "sage",
    "xonsh",
    "coconut",
    "javascript",
    "typescript",
    "deno",
    "tslab",
    "scala",
    "spylon-kernel",
    "almond",
    "rust",
    "evcxr",
    "gophernotes",
    "octave",
    "matlab",
    "sas",
    "stata",
    "haskell",
];

impl NotebookCell {
    /// The language of a cell that no kernel of Python runs.
    pub(super) fn other_language(&self) -> Option<&str> {
        let is_magic = self.source.trim_start().starts_with(['%', '!']);
        let is_other = !self.written_in.is_empty() && !is_python(&self.written_in);
        (is_other && !is_magic).then_some(&self.written_in)
    }
}

impl NotebookFile {
    /// The kernel's name, when it is another language's; a notebook that names none is Python.
    pub(super) fn other_kernel(&self) -> Option<String> {
        let metadata = &self.metadata;
        for language in [&metadata.kernel_language, &metadata.language] {
            if !language.is_empty() && !is_python(language) {
                return Some(language.clone());
            }
        }
        let kernel = metadata.kernel_name.to_lowercase();
        let named = metadata.kernel_language.is_empty() && metadata.language.is_empty();
        let is_other = OTHER_KERNELS.iter().any(|other| {
            kernel
                .strip_prefix(other)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', ' ']))
        });
        if (named || kernel.starts_with("sage")) && is_other {
            return Some(metadata.kernel_name.clone());
        }
        let mut languages = self
            .all_cells()
            .map(|cell| &cell.language)
            .filter(|language| !language.is_empty());
        let first = languages.next()?;
        let all_other = !is_python(first) && languages.all(|language| !is_python(language));
        all_other.then(|| first.clone())
    }

    fn all_cells(&self) -> impl Iterator<Item = &NotebookCell> {
        let in_worksheets = self.worksheets.iter().flat_map(|worksheet| &worksheet.0);
        self.cells.iter().flatten().chain(in_worksheets)
    }

    /// The cells, wherever the version keeps them.
    pub(super) fn into_cells(self) -> Option<Vec<NotebookCell>> {
        match self.cells {
            Some(cells) => Some(cells),
            None if self.is_notebook => Some(
                self.worksheets
                    .into_iter()
                    .flat_map(|worksheet| worksheet.0)
                    .collect(),
            ),
            None => None,
        }
    }
}

fn is_python(language: &str) -> bool {
    let language = language.to_lowercase();
    [
        "python",
        "python2",
        "python3",
        "ipython",
        "ipython2",
        "ipython3",
        "pyspark",
        "pysparkkernel",
    ]
    .contains(&language.as_str())
}

/// An object whose keys are read one by one.
trait Keys: Default {
    fn key<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

impl Keys for NotebookFile {
    fn key<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "cells" => self.cells = map.next_value::<Items<NotebookCell>>()?.0,
            "worksheets" => {
                self.is_notebook = true;
                self.worksheets = map.next_value::<Items<Worksheet>>()?.0.unwrap_or_default();
            }
            "metadata" => self.metadata = map.next_value::<Object<Metadata>>()?.0,
            "nbformat" => {
                map.next_value::<IgnoredAny>()?;
                self.is_notebook = true;
            }
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

impl Keys for Worksheet {
    fn key<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "cells" => {
                self.0 = map
                    .next_value::<Items<NotebookCell>>()?
                    .0
                    .unwrap_or_default();
            }
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

impl Keys for NotebookCell {
    fn key<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "cell_type" => self.kind = map.next_value::<Text>()?.0,
            "source" | "input" => self.source = map.next_value::<Text>()?.0,
            "language" => self.language = map.next_value::<Text>()?.0,
            "metadata" => {
                let metadata = map.next_value::<Object<Metadata>>()?.0;
                self.tags = metadata.tags;
                self.written_in = metadata.written_in;
            }
            "execution_count" | "prompt_number" => {
                self.execution_count = map.next_value::<Text>()?.0.parse().ok();
            }
            "level" => self.level = map.next_value::<Text>()?.0.parse().unwrap_or(1),
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

impl Keys for Metadata {
    fn key<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "kernelspec" => {
                let kernel = map.next_value::<Object<Named>>()?.0;
                self.kernel_name = kernel.name;
                self.kernel_language = kernel.language;
            }
            "language_info" => self.language = map.next_value::<Object<Named>>()?.0.name,
            "vscode" => self.written_in = map.next_value::<Object<Named>>()?.0.language,
            "tags" => {
                self.tags = map
                    .next_value::<Items<Text>>()?
                    .0
                    .unwrap_or_default()
                    .into_iter()
                    .map(|tag| tag.0)
                    .collect();
            }
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

#[derive(Debug, Default)]
struct Named {
    name: String,
    language: String,
}

impl Keys for Named {
    fn key<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "name" => self.name = map.next_value::<Text>()?.0,
            "language" | "languageId" => self.language = map.next_value::<Text>()?.0,
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

macro_rules! deserialize_keys {
    ($($name:ident),*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Object::deserialize(deserializer).map(|object| object.0)
            }
        }
    )*};
}
deserialize_keys!(NotebookFile, NotebookCell, Worksheet);

/// An object read through its keys; any other value is an empty one.
struct Object<T>(T);

/// A list; `None` when the value is something else.
struct Items<T>(Option<Vec<T>>);

/// A string, a list of strings joined, a number as it prints; anything else is empty.
#[derive(Debug, Default)]
struct Text(String);

/// The visitor of a value that may have any shape.
struct Any<T>(PhantomData<T>);

macro_rules! other_values {
    ($empty:expr; $($visit:ident($type:ty)),*) => {
        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("any value")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($empty)
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($empty)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($empty)
        }

        $(fn $visit<E>(self, _: $type) -> Result<Self::Value, E> {
            Ok($empty)
        })*
    };
}

fn skip_items<'de, A: SeqAccess<'de>>(items: &mut A) -> Result<(), A::Error> {
    while items.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

fn skip_entries<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

impl<'de, T: Keys> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any(PhantomData::<Self>))
    }
}

impl<'de, T: Keys> Visitor<'de> for Any<Object<T>> {
    type Value = Object<T>;

    other_values!(Object(T::default()); visit_u64(u64), visit_i64(i64), visit_str(&str));

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        skip_items(&mut items)?;
        Ok(Object(T::default()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = T::default();
        while let Some(key) = map.next_key::<String>()? {
            object.key(&key, &mut map)?;
        }
        Ok(Object(object))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any(PhantomData::<Self>))
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Any<Items<T>> {
    type Value = Items<T>;

    other_values!(Items(None); visit_u64(u64), visit_i64(i64), visit_str(&str));

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Items(Some(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        skip_entries(&mut map)?;
        Ok(Items(None))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any(PhantomData::<Self>))
    }
}

impl<'de> Visitor<'de> for Any<Text> {
    type Value = Text;

    other_values!(Text::default(););

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Text, E> {
        Ok(Text(text))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Text, A::Error> {
        let mut text = String::new();
        while let Some(Text(item)) = items.next_element()? {
            text.push_str(&item);
        }
        Ok(Text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        skip_entries(&mut map)?;
        Ok(Text::default())
    }
}
