//! What the plan says of statements that are in no function, and of where its definitions stand.

use super::Planner;
use crate::steps::StepKind;
use crate::{Decision, DroppedUnit, Rung};

impl Planner<'_> {
    /// Notes why statements are in no function.
    pub(super) fn note_others(&mut self) {
        for step in &self.steps {
            if let Some(reason) = self.dropped.get(&step.unit) {
                let range = self.program.units()[step.unit.index()].range;
                self.plan.dropped.push(DroppedUnit {
                    range,
                    reason: (*reason).to_owned(),
                });
                let decision = Decision {
                    unit: step.unit,
                    rung: Rung::Dropped,
                    place: String::new(),
                    reason: (*reason).to_owned(),
                };
                self.decisions.insert(step.unit, decision);
            }
        }
        for step in &self.steps {
            self.decisions.entry(step.unit).or_insert_with(|| Decision {
                unit: step.unit,
                rung: Rung::NotCounted,
                place: String::new(),
                reason: match step.kind {
                    StepKind::Import => crate::acting::IMPORTED.to_owned(),
                    _ => "a setting".to_owned(),
                },
            });
        }
    }

    /// Notes where what the package defines stands.
    pub(super) fn note_own(&mut self) {
        let package = self.plan.package.clone();
        let own: Vec<(String, String)> = self
            .drafts
            .iter()
            .flat_map(|draft| {
                let module = format!("{package}.{}.{}", draft.folder.name(), draft.name);
                draft
                    .items
                    .iter()
                    .map(move |item| (item.name.clone(), module.clone()))
            })
            .collect();
        self.sources.own.extend(own);
        if !self.plan.secrets.is_empty() {
            self.sources
                .own
                .insert("Secret".to_owned(), format!("{package}.io.secrets"));
        }
        for job in &self.plan.jobs {
            let module = format!("{package}.config");
            self.sources
                .own
                .insert(job.settings.class.clone(), module.clone());
            for section in &job.settings.sections {
                self.sources
                    .own
                    .insert(section.class.clone(), module.clone());
            }
        }
    }
}
