//! What the job gives back: values that nothing in it reads, so that they are not lost.

use std::collections::BTreeSet;

use super::{JobText, checked};
use crate::Item;
use crate::naming;
use crate::planner::Planner;
use crate::types::{Annotator, Imports};

/// The annotation of what the job gives back, and what is to say of it.
pub(super) struct Returned {
    pub annotation: String,
    pub told: Option<String>,
}

/// A value, or an object that holds several.
struct Given {
    name: String,
    annotation: String,
    value: String,
    /// What a type checker takes it for is what the annotation says.
    is_checked: bool,
}

impl Planner<'_> {
    /// Ends the job with its results.
    pub(super) fn write_results(&mut self, job: &str, text: &mut JobText) -> Returned {
        let mut needed = Imports::new();
        let given = self.given(text, &mut needed);
        let returned = match &given[..] {
            [] => Returned {
                annotation: "None".to_owned(),
                told: None,
            },
            // One value needs no class around it, where its type says something.
            [it] if checked::is_told(&it.annotation) && it.is_checked => {
                text.body.push_str(&format!("return {}\n", it.value));
                Returned {
                    annotation: it.annotation.clone(),
                    told: Some(format!(
                        "`{}`, which the job neither prints nor writes.",
                        it.name
                    )),
                }
            }
            several => {
                let annotation = self.write_result_class(job, several, text);
                Returned {
                    annotation,
                    told: None,
                }
            }
        };
        text.application.needed.extend(needed);
        returned
    }

    /// The values, and objects in the place of two or more of their fields.
    fn given(&self, text: &JobText, needed: &mut Imports) -> Vec<Given> {
        let is_class = |class: &str| self.definitions.placed.contains_key(class);
        let annotator = Annotator {
            imports: &self.top_imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        let object = |name: &String| text.held.get(name).map(|it| &it.object);
        let names: BTreeSet<&String> = self.results.keys().collect();
        let are_several = |wanted: &String| {
            let fields = names.iter().filter(|it| object(it) == Some(wanted));
            fields.count() > 1
        };
        let mut given: Vec<Given> = Vec::new();
        for (name, ty) in &self.results {
            if let Some(field) = text.held.get(name)
                && are_several(&field.object)
                && !names.contains(&field.object)
            {
                if !given.iter().any(|it| it.name == field.object) {
                    given.push(Given {
                        name: field.object.clone(),
                        annotation: field.class.clone(),
                        value: field.object.clone(),
                        is_checked: true,
                    });
                }
                continue;
            }
            given.push(Given {
                name: name.clone(),
                annotation: annotator.annotation(ty.as_ref(), needed),
                value: text.held(name),
                is_checked: !self.is_unchecked_result(name),
            });
        }
        given.sort_by(|one, other| one.name.cmp(&other.name));
        given
    }

    fn write_result_class(&mut self, job: &str, given: &[Given], text: &mut JobText) -> String {
        let class = self.names.unique(&format!("{}Result", naming::pascal(job)));
        let fields = given
            .iter()
            .map(|it| format!("    {}: {}\n", it.name, it.annotation));
        let fields: String = fields.collect();
        let arguments = given.iter().map(|it| format!("{}={}", it.name, it.value));
        let arguments: Vec<String> = arguments.collect();
        let class_text = format!(
            "@dataclass(frozen=True)\nclass {class}:\n    \"\"\"What the {job} job computes beside what it prints and writes.\"\"\"\n\n{fields}"
        );
        text.application.needed.insert(
            "dataclass".to_owned(),
            "from dataclasses import dataclass".to_owned(),
        );
        text.application.items.push(Item {
            name: class.clone(),
            text: class_text,
            units: Vec::new(),
        });
        text.body
            .push_str(&format!("return {class}({})\n", arguments.join(", ")));
        class
    }
}
