//! Functions that would have many parameters for settings get the models that hold them: `train(X, y, *, model: ModelConfig)`.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::EffectGraph;
use srcify_syntax::Program;
use srcify_syntax::ast::Stmt;

use super::{Definition, Definitions, Uses};
use crate::Folder;
use crate::names::Names;
use crate::settings::Lifting;

/// A function with more parameters than this is hard to call: the guideline's limit.
pub(crate) const MOST_PARAMETERS: usize = 6;

/// A model of settings that a function gets instead of them.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// The section; `None` for all settings of the job.
    pub section: Option<String>,
    pub parameter: String,
    /// The variables of the module that it stands for.
    pub variables: BTreeSet<String>,
}

impl Model {
    /// What stands for the model among the names of a context.
    pub(crate) fn key(&self) -> String {
        key(self.section.as_deref())
    }
}

/// What stands for a section, or for all settings, among the names of a context: no name of Python.
pub(crate) fn key(section: Option<&str>) -> String {
    format!("settings of {}", section.unwrap_or("the job"))
}

impl Definition {
    /// What it gets for what it read: variables, and models of settings, with the parameters.
    pub(crate) fn given(&self) -> Vec<(String, String)> {
        let is_within = |name: &String| self.models.iter().any(|it| it.variables.contains(name));
        let lifted = self.lifted.iter().filter(|(name, _)| !is_within(name));
        let models = self
            .models
            .iter()
            .map(|it| (it.key(), it.parameter.clone()));
        lifted.cloned().chain(models).collect()
    }
}

impl Uses<'_> {
    /// How many parameters stand for variables at least: settings of a section may come together, but to an object.
    pub(super) fn parameters_for(
        &self,
        program: &Program,
        name: &str,
        variables: &[&String],
    ) -> usize {
        let is_it = |it: &Stmt| matches!(it, Stmt::FunctionDef(it) if it.name.as_str() == name);
        let mut units = program.units().iter();
        if !units.any(|it| is_it(program.statement(it.id))) {
            return variables.len();
        }
        let sections = variables.iter().filter_map(|it| (self.section_of)(it));
        let sections: Vec<String> = sections.collect();
        let distinct: BTreeSet<&String> = sections.iter().collect();
        variables.len() - sections.len() + distinct.len()
    }
}

/// Everything that decides which functions get models.
struct Handing<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    names: &'a Names,
    lifting: &'a Lifting,
    definitions: &'a Definitions,
}

/// Which sections functions get as models; all settings where `None` is among them.
type Wanted = BTreeMap<String, BTreeSet<Option<String>>>;

/// Gives functions the models of settings, where these are too many to be passed one by one.
pub(crate) fn hand_models(
    (program, graph): (&Program, &EffectGraph),
    names: &Names,
    lifting: &Lifting,
    definitions: &mut Definitions,
) {
    let handing = Handing {
        program,
        graph,
        names,
        lifting,
        definitions,
    };
    let found = handing.models();
    for (name, models) in found {
        if let Some(definition) = definitions.placed.get_mut(&name) {
            definition.models = models;
        }
    }
}

impl Handing<'_> {
    fn models(&self) -> BTreeMap<String, Vec<Model>> {
        let mut refused: BTreeSet<String> = BTreeSet::new();
        loop {
            let mut wanted: Wanted = BTreeMap::new();
            for definition in self.definitions.placed.values() {
                let sections = self.crowded(definition);
                if !sections.is_empty() && !refused.contains(&definition.name) {
                    wanted.insert(definition.name.clone(), sections);
                }
            }
            let origins = self.pass_on(&mut wanted);
            let mut models = BTreeMap::new();
            let mut failed = BTreeSet::new();
            for (name, sections) in &wanted {
                match self.models_of(&self.definitions.placed[name], sections) {
                    Some(found) => {
                        models.insert(name.clone(), found);
                    }
                    None => failed.extend(origins[name].iter().cloned()),
                }
            }
            if failed.is_empty() {
                return models;
            }
            refused.extend(failed);
        }
    }

    /// The sections that would make parameters fewer of a function that has too many.
    fn crowded(&self, definition: &Definition) -> BTreeSet<Option<String>> {
        let Stmt::FunctionDef(function) = self.program.statement(definition.unit) else {
            return BTreeSet::new();
        };
        let own = function.parameters.iter_non_variadic_params().count();
        let all = own + definition.lifted.len();
        let mut sections: BTreeMap<&str, usize> = BTreeMap::new();
        for variable in self.handed(definition) {
            let section = self.lifting.by_variable(variable);
            let section = section.map_or("", |it| it.section.as_str());
            *sections.entry(section).or_default() += 1;
        }
        let settings: usize = sections.values().sum();
        if all <= MOST_PARAMETERS || settings < 2 {
            return BTreeSet::new();
        }
        let left = all - settings + sections.len();
        if left > MOST_PARAMETERS && sections.len() > 1 && definition.folder == Folder::Application
        {
            return BTreeSet::from([None]);
        }
        let many = sections.into_iter().filter(|(_, count)| *count > 1);
        many.map(|(section, _)| Some(section.to_owned())).collect()
    }

    /// The variables of a function that are settings, but those that texts call by their names.
    fn handed<'d>(&self, definition: &'d Definition) -> impl Iterator<Item = &'d String> {
        let is_free = |name: &String| {
            let is_mentioned = self.names.get(name).is_some_and(|it| it.is_mentioned);
            self.lifting.by_variable(name).is_some() && !is_mentioned
        };
        let variables = definition.lifted.iter().map(|(variable, _)| variable);
        variables.filter(move |it| is_free(it))
    }

    /// Whoever calls a function that gets a model needs it; gives for whose sake each function gets one.
    fn pass_on(&self, wanted: &mut Wanted) -> BTreeMap<String, BTreeSet<String>> {
        let origin = |name: &String| (name.clone(), BTreeSet::from([name.clone()]));
        let mut origins: BTreeMap<String, BTreeSet<String>> = wanted.keys().map(origin).collect();
        loop {
            let mut changed = false;
            for (name, definition) in &self.definitions.placed {
                let access = &self.graph.units[definition.unit.index()].access;
                for used in access.captures.iter().chain(&access.reads) {
                    let (Some(sections), true) = (wanted.get(used).cloned(), used != name) else {
                        continue;
                    };
                    let sources = origins[used].clone();
                    let own = wanted.entry(name.clone()).or_default();
                    let before = own.len();
                    own.extend(sections);
                    changed |= own.len() > before;
                    let known = origins.entry(name.clone()).or_default();
                    let before = known.len();
                    known.extend(sources);
                    changed |= known.len() > before;
                }
            }
            if !changed {
                return origins;
            }
        }
    }

    /// The models that stand for these sections in a function; `None` where it cannot get them.
    fn models_of(
        &self,
        definition: &Definition,
        sections: &BTreeSet<Option<String>>,
    ) -> Option<Vec<Model>> {
        let function = self
            .program
            .statement(definition.unit)
            .as_function_def_stmt()?;
        let mut taken = crate::names::variables(self.program.text(function.range));
        taken.extend(
            definition
                .lifted
                .iter()
                .map(|(_, parameter)| parameter.clone()),
        );
        taken.insert("list".to_owned());
        let is_whole = sections.contains(&None);
        let sections = sections.iter().filter(|it| it.is_none() == is_whole);
        let mut models = Vec::new();
        for section in sections {
            let is_meant = |variable: &&String| {
                let setting = self.lifting.by_variable(variable);
                is_whole || setting.map(|it| &it.section) == section.as_ref()
            };
            let variables = self.handed(definition).filter(is_meant).cloned().collect();
            let wanted = section.as_deref().unwrap_or("config");
            let names = ["", "_settings", "_config"].map(|end| format!("{wanted}{end}"));
            let is_free = |it: &String| !taken.contains(it) && self.names.get(it).is_none();
            let parameter = names.into_iter().find(is_free)?;
            taken.insert(parameter.clone());
            models.push(Model {
                section: section.clone(),
                parameter,
                variables,
            });
        }
        Some(models)
    }
}
