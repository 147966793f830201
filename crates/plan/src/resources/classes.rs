//! The classes that were found, and their text.

use srcify_syntax::UnitId;

use super::Method;
use crate::edits::indent;
use crate::names::identifiers;
use crate::types::Imports;

/// A class of `io/`.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    /// What tells two locations apart.
    pub key: String,
    /// What the location holds, in a word or two.
    pub noun: String,
    /// `CustomersDataset`
    pub class: String,
    /// Its module in `io/`.
    pub module: &'static str,
    /// The location is always the same.
    pub is_fixed: bool,
    /// Docstring of the class.
    pub summary: String,
    /// Annotation of its location, where it has one.
    pub field: Option<String>,
    /// What the class calls its location.
    pub holds: &'static str,
    /// The columns that the job needs: the constant's name and its text.
    pub constant: Option<(String, String)>,
    /// Name and text of each method.
    pub methods: Vec<(String, String)>,
    pub units: Vec<UnitId>,
    pub imports: Imports,
}

/// All classes of `io/`, in the order in which they were found.
#[derive(Debug, Default)]
pub(crate) struct Resources {
    pub found: Vec<Resource>,
}

impl Resources {
    /// Adds a method to the class of its location, or a class; gives the class's name.
    pub(super) fn add(
        &mut self,
        mut resource: Resource,
        method: &Method,
        name: &mut dyn FnMut() -> String,
    ) -> String {
        let text = self.with_own_constant(&mut resource, method_text(method));
        let fits = |it: &Resource| {
            let mut methods = it.methods.iter();
            it.field == resource.field
                && methods.all(|(name, own)| *name != method.name || *own == text)
        };
        // A class says what can be done with such a file, and each object where one is.
        let is_alike = |it: &Resource| {
            it.module == resource.module
                && it.summary == resource.summary
                && (it.constant.is_none()
                    || resource.constant.is_none()
                    || it.constant == resource.constant)
        };
        let mut found = self.found.iter();
        let known = found
            .clone()
            .position(|it| it.key == resource.key && fits(it))
            .or_else(|| found.position(|it| is_alike(it) && fits(it)));
        let known = known.and_then(|at| self.found.get_mut(at));
        if let Some(known) = known {
            if !known.methods.iter().any(|(name, _)| *name == method.name) {
                known.methods.push((method.name.clone(), text));
            }
            known.constant = known.constant.take().or(resource.constant);
            known.imports.extend(resource.imports);
            known.units.extend(resource.units);
            // What one file holds says nothing of another one.
            known.is_fixed &= resource.is_fixed && known.key == resource.key;
            return known.class.clone();
        }
        resource.class = name();
        resource.methods.push((method.name.clone(), text));
        let class = resource.class.clone();
        self.found.push(resource);
        class
    }
}

impl Resources {
    /// Gives a method that is asked of a database another name, or a number, where the class has another one of its name.
    pub(super) fn tell_apart(&self, key: &str, method: &mut Method, other: Option<String>) {
        let mut same = self
            .found
            .iter()
            .filter(|it| it.key == key && it.holds != "path");
        let Some(known) = same.next() else { return };
        let first = method.name.clone();
        let numbered = (2..).map(|number| format!("{first}_{number}"));
        for name in other.into_iter().chain(numbered) {
            let text = method_text(method);
            let mut others = known.methods.iter();
            if !others.any(|(name, own)| *name == method.name && *own != text) {
                return;
            }
            method.name = name;
        }
    }

    /// Says of what is loaded that it is what was stored in the same file, where nothing else is.
    pub(crate) fn tell_loaded(&mut self) {
        let stores = self.found.iter().flat_map(|it| {
            let saves = it.methods.iter().filter(|(name, _)| name == "save");
            saves.map(|(_, text)| (it.key.clone(), stored(text)))
        });
        let stores: Vec<(String, Option<String>)> = stores.collect();
        for resource in self.found.iter_mut().filter(|it| it.is_fixed) {
            let mut own = stores.iter().filter(|(key, _)| *key == resource.key);
            let (Some((_, Some(ty))), None) = (own.next(), own.next()) else {
                continue;
            };
            let saves = resource.methods.iter().any(|(name, _)| name == "save");
            for (_, text) in resource.methods.iter_mut().filter(|_| saves) {
                *text = text.replacen(
                    "def load(self) -> Any:",
                    &format!("def load(self) -> {ty}:"),
                    1,
                );
            }
            if !resource
                .methods
                .iter()
                .any(|(_, text)| identifiers(text).iter().any(|it| it == "Any"))
            {
                resource.imports.remove("Any");
            }
        }
    }

    /// The method's text, and its constant under another name where a class has one of that name already.
    fn with_own_constant(&self, resource: &mut Resource, text: String) -> String {
        let Some((name, constant)) = &resource.constant else {
            return text;
        };
        let value_of = |text: &str| text.split_once(" = ").map(|(_, value)| value.to_owned());
        let value = value_of(constant);
        let is_taken = |wanted: &String| {
            let mut others = self.found.iter().filter_map(|it| it.constant.as_ref());
            others.any(|(other, own)| other == wanted && value_of(own) != value)
        };
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let Some(free) = names.find(|it| !is_taken(it)).filter(|it| it != name) else {
            return text;
        };
        let (old, new) = (format!("{name} "), format!("{free} "));
        let (text, constant) = (text.replace(&old, &new), constant.replacen(&old, &new, 1));
        resource.constant = Some((free, constant));
        text
    }
}

impl Resource {
    /// The Python of the class.
    pub(crate) fn text(&self) -> String {
        let methods: Vec<&str> = self.methods.iter().map(|(_, text)| text.as_str()).collect();
        let body = indent(&methods.join("\n"));
        let (class, summary) = (&self.class, &self.summary);
        match &self.field {
            Some(field) => format!(
                "@dataclass(frozen=True)\nclass {class}:\n    \"\"\"{summary}\"\"\"\n\n    {}: {field}\n\n{body}",
                self.holds
            ),
            None => format!("class {class}:\n    \"\"\"{summary}\"\"\"\n\n{body}"),
        }
    }
}

/// The type of what a method stores as it is.
fn stored(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("def save(self, ")?;
    let (parameter, body) = rest.split_once(") -> None:")?;
    let (name, ty) = parameter.split_once(": ")?;
    // The weights of a network, by their names.
    if body.contains(&format!("torch.save({name}.state_dict(), ")) {
        return Some("dict[str, Any]".to_owned());
    }
    let is_open = identifiers(ty).iter().any(|it| it == "Any");
    // A bundle: a model with what belongs to it, under names.
    let is_bundle = ty == "dict[str, Any]";
    let is_one = !ty.contains(':') && ty != "object" && (!is_open || is_bundle);
    let callees = [
        "joblib.dump",
        "pickle.dump",
        "dill.dump",
        "cloudpickle.dump",
        "torch.save",
    ];
    let is_whole = |callee: &&str| {
        let given = body.split_once(&format!("{callee}({name}")).map(|it| it.1);
        given.is_some_and(|it| it.starts_with(','))
    };
    (is_one && callees.iter().any(is_whole)).then(|| ty.to_owned())
}

pub(super) fn method_text(method: &Method) -> String {
    let mut signature = vec!["self".to_owned()];
    signature.extend(method.parameters.iter().cloned());
    let mut words = method.summary.clone();
    if let Some(raises) = &method.raises {
        let raises = in_lines(raises);
        words.push_str(&format!("\n\n    Raises:\n        {raises}\n    "));
    }
    format!(
        "def {}({}) -> {}:\n    \"\"\"{words}\"\"\"\n{}",
        method.name,
        signature.join(", "),
        method.returns,
        indent(&method.body)
    )
}

/// What is raised, on two lines where the name of the error leaves no room.
fn in_lines(raises: &str) -> String {
    const ROOM: usize = 88;
    let room = raises.get(..ROOM).unwrap_or_default();
    let cut = room
        .rfind(", ")
        .map(|it| it + 1)
        .or_else(|| room.rfind(' '));
    match cut.filter(|_| raises.len() > ROOM) {
        Some(at) => format!("{}\n            {}", &raises[..at], &raises[at + 1..]),
        None => raises.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(resources: &mut Resources, key: &str, name: &str, text: [&str; 2]) {
        let [parameter, returns] = text;
        let method = Method {
            name: name.to_owned(),
            parameters: Some(parameter.to_owned())
                .filter(|it| !it.is_empty())
                .into_iter()
                .collect(),
            returns: returns.to_owned(),
            body: match name {
                "save" => "joblib.dump(model, self.path)\n".to_owned(),
                _ => "return joblib.load(self.path)\n".to_owned(),
            },
            summary: "Do it.".to_owned(),
            raises: None,
        };
        let resource = Resource {
            key: key.to_owned(),
            noun: "model".to_owned(),
            class: String::new(),
            module: "models",
            is_fixed: true,
            summary: "The model in a joblib file.".to_owned(),
            field: Some("Path".to_owned()),
            holds: "path",
            constant: None,
            methods: Vec::new(),
            units: Vec::new(),
            imports: Imports::new(),
        };
        resources.add(resource, &method, &mut || "ModelStore".to_owned());
    }

    fn loaded(keys: [&str; 2]) -> String {
        let mut resources = Resources::default();
        add(&mut resources, keys[0], "save", ["model: Ridge", "None"]);
        add(&mut resources, keys[1], "load", ["", "Any"]);
        resources.tell_loaded();
        resources.found.iter().map(Resource::text).collect()
    }

    #[test]
    fn what_is_loaded_is_what_was_stored_in_the_same_file() {
        assert!(loaded(["a", "a"]).contains("def load(self) -> Ridge:"));
        let other = loaded(["a", "b"]);
        assert!(other.contains("def load(self) -> Any:"), "{other}");
        assert_eq!(other.matches("class ").count(), 1, "{other}");
    }
}
