//! Models of settings that functions get and pass on.

use std::collections::BTreeSet;

use srcify_syntax::UnitId;

use super::domain::section_class;
use crate::context::Context;
use crate::definitions::{Definition, key};
use crate::planner::Planner;

impl Planner<'_> {
    /// Lets a function read what it gets for variables, and settings from the models that it gets, and pass these on.
    pub(super) fn name_lifted(&self, definition: &Definition, context: &mut Context) {
        for (variable, parameter) in &definition.lifted {
            context.names.insert(variable.clone(), parameter.clone());
        }
        for model in &definition.models {
            match &model.section {
                Some(_) => context.names.insert(model.key(), model.parameter.clone()),
                None => self.name_sections(&model.parameter, context),
            }
            for variable in &model.variables {
                let Some(setting) = self.lifting.by_variable(variable) else {
                    continue;
                };
                let text = match &model.section {
                    Some(_) => setting.wrap(&format!("{}.{}", model.parameter, setting.field)),
                    None => setting.expression(&model.parameter),
                };
                context.names.insert(variable.clone(), text);
            }
        }
    }

    /// Notes what stands for all settings, and for each section of them.
    pub(super) fn name_sections(&self, config: &str, context: &mut Context) {
        context.names.insert(key(None), config.to_owned());
        for section in &self.lifting.sections {
            let text = format!("{config}.{}", section.name);
            context.names.insert(key(Some(&section.name)), text);
        }
    }

    /// The class of a model, by what stands for it among the names of a context.
    pub(super) fn model_class(&self, variable: &str) -> Option<String> {
        if variable == key(None) {
            return Some(self.definitions.settings.clone());
        }
        let mut sections = self.lifting.sections.iter();
        let section = sections.find(|it| variable == key(Some(&it.name)))?;
        Some(section_class(&self.lifting, &section.name))
    }

    /// The sections that functions get as models which some statements use.
    pub(super) fn passed_models(&self, units: &[UnitId]) -> BTreeSet<String> {
        let access = units.iter().map(|it| &self.graph.units[it.index()].access);
        let used = access.flat_map(|it| it.reads.iter().chain(&it.captures));
        let placed = used.filter_map(|it| self.definitions.placed.get(it));
        let models = placed.flat_map(|it| &it.models);
        models.filter_map(|it| it.section.clone()).collect()
    }
}
