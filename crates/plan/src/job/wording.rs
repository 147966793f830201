//! Names and docstrings of the functions that are cut out of the input.

use std::rc::Rc;

use srcify_effects::Type;
use srcify_syntax::{TextRange, UnitId};

use super::domain::Parameter;
use crate::cuts::Cut;
use crate::naming::{
    Described, Passage, Subject, Title, comment_block, heading, heading_title, is_weak,
    name_of_title, stage_of_title, title, together, told_in_comments, told_in_prose, under_heading,
};
use crate::planner::Planner;
use crate::steps::Form;
use crate::twins::PlainWords;

/// The words of a function.
pub(super) struct Wording {
    pub name: String,
    /// Its module in the domain.
    pub module: &'static str,
    /// The docstring, without its quotes.
    pub docstring: String,
}

impl Planner<'_> {
    /// The type of a variable after some steps; a table whose columns they set is one all the time.
    fn type_by_steps(&self, name: &str, steps: &[usize]) -> Option<Type> {
        let mut bound = steps.iter().rev().map(|&index| &self.steps[index]);
        match bound.find(|step| step.may.contains(name)) {
            Some(step) => step.types.get(name).cloned(),
            None => self
                .type_before(name, self.steps[*steps.first()?].unit)
                .filter(|it| it.name == "pandas.DataFrame"),
        }
    }

    /// Finds the words for a cut. A title names one function only.
    pub(super) fn wording(
        &mut self,
        cut: &Cut,
        units: &[UnitId],
        ranges: &[TextRange],
        parameters: &[Parameter],
    ) -> Wording {
        let subject = self.found_subject().at(self.graph, units);
        let type_of = |name: &str| self.type_by_steps(name, &cut.steps);
        let outputs = cut.subjects();
        let passage = Passage {
            program: self.program,
            graph: self.graph,
            catalog: self.catalog,
            subject: &subject,
            units,
            ranges,
            outputs: &outputs,
            type_of: &type_of,
        };
        let verb = passage.verb().verb;
        // A small value that moved down to where it is used comes from another place of the input.
        let is_moved = cut.steps.len() > 1
            && self.steps[cut.steps[0]].form != Form::Full
            && cut.steps[1] != cut.steps[0] + 1;
        let first = units[usize::from(is_moved)];
        let title = title(self.program, first).filter(|it| {
            let is_new = !self.titles.contains(&it.text) && it.fits_domain(verb);
            // What the whole input is called is too much for its first lines.
            is_new && (units.len() > 2 || letters(&it.text) != letters(&self.plan.summary))
        });
        let title =
            title.filter(|it| !matches!(verb, "fit" | "tune") || self.is_of_all(it, first, units));
        let (main, summary) = self.told_of_all(units, title.as_ref(), verb);
        let names = passage.names(main.as_ref());
        let described: Vec<Described<'_>> = parameters
            .iter()
            .map(|it| Described {
                name: &it.name,
                annotation: &it.annotation,
                description: it.description.clone(),
            })
            .collect();
        let is_new = |it: &Title| !self.titles.contains(&it.text) && it.fits_domain(verb);
        let cell = self.program.units()[first.index()].cell;
        let said = summary.or(main).filter(Title::says_more);
        let said = said.or_else(|| told_in_prose(self.program, cell).filter(is_new));
        let topic = title.as_ref().filter(|_| said.is_none());
        let docstring = passage.docstring(said.as_ref(), topic, &described);
        let plain = PlainWords {
            names: passage.names(None),
            docstring: passage.docstring(None, None, &described),
        };
        let module = passage.theme();
        self.titles.extend(said.map(|it| it.text));
        self.titles.extend(title.map(|it| it.text));
        let wish = self.wished_name(units);
        let other = names.first().and_then(|it| self.preferences.names.get(it));
        let mut wanted: Vec<&str> = names.iter().map(String::as_str).collect();
        wanted.splice(0..0, wish.as_deref().or(other.map(String::as_str)));
        let name = self.names.first_free(&wanted);
        self.plain_words.insert(name.clone(), plain);
        Wording {
            name,
            module,
            docstring,
        }
    }

    /// Whether a title is one of all statements: "Scaling" over those that scale, with a comment of their own on those that
    /// fit, is none.
    fn is_of_all(&self, title: &Title, first: UnitId, units: &[UnitId]) -> bool {
        let heading = heading_title(self.program, self.program.units()[first.index()].cell);
        let is_heading = heading.as_ref() == Some(title);
        title.is_imperative || is_heading || self.speaks_for_all(title, units)
    }

    /// The titles for the name and for the docstring of a function. Of several things that the author tells to do, the first
    /// is not what all of them do: fitting is what the rest is for.
    fn told_of_all(
        &self,
        units: &[UnitId],
        title: Option<&Title>,
        verb: &str,
    ) -> (Option<Title>, Option<Title>) {
        let told = told_in_comments(self.program, units);
        if told.len() < 2 || told.first() != title {
            return (title.cloned(), None);
        }
        let is_new = |it: &&Title| !self.titles.contains(&it.text) && it.fits_domain(verb);
        let all = told.iter().all(|it| is_new(&it)).then(|| together(&told));
        let mut new = told.iter().filter(is_new);
        let main = new.find(|it| it.tells_of(verb)).cloned();
        let first = title.filter(|_| !matches!(verb, "fit" | "tune"));
        (main.or_else(|| first.cloned()), all.flatten())
    }

    /// The name and the docstring of a stage of the job.
    pub(super) fn stage_words(
        &mut self,
        units: &[UnitId],
        ranges: &[TextRange],
        outputs: &[String],
        inputs: &[String],
    ) -> (String, String) {
        let subject = self.found_subject().at(self.graph, units);
        let steps = &self.steps;
        let type_of = |name: &str| -> Option<Type> {
            let mut bound = units.iter().rev().map(|unit| &steps[unit.index()]);
            bound
                .find(|step| step.may.contains(name))?
                .types
                .get(name)
                .cloned()
        };
        let passage = Passage {
            program: self.program,
            graph: self.graph,
            catalog: self.catalog,
            subject: &subject,
            units,
            ranges,
            outputs,
            type_of: &type_of,
        };
        // What the whole input is called, or the beginning of it.
        let summary = letters(&self.plan.summary);
        let title = title(self.program, units[0]).filter(|it| {
            !summary.starts_with(&letters(&it.text)) && self.speaks_for_all(it, units)
        });
        let mut wanted = Vec::new();
        if title.is_none() {
            wanted.extend(passage.stage_name());
        }
        let mut names = passage.names(title.as_ref()).into_iter();
        let verb = passage.verb().verb;
        let first = names.next();
        let is_titled = title.as_ref().is_some_and(|title| {
            let own = name_of_title(title, verb, &passage.data_noun());
            own.is_some() && own == first
        });
        if !is_titled {
            wanted.extend(self.titled_stage(units[0], title.as_ref(), verb));
        }
        let is_wrong = |it: &str| is_weak(it) || passage.is_named_beside_the_point(it);
        if first.as_deref().is_some_and(is_wrong) && !is_titled {
            wanted.extend(passage.told_name());
        }
        wanted.extend(first);
        wanted.extend(passage.stage_name());
        wanted.extend(passage.double_name());
        wanted.extend(names);
        // `_clean_customers` beside `clean_customers` would leave the reader to guess which does what.
        let is_clear = |name: &String| !self.names.taken.contains(name);
        if wanted.iter().any(is_clear) {
            wanted.retain(is_clear);
        }
        let wanted: Vec<String> = wanted.iter().map(|name| format!("_{name}")).collect();
        let docstring = docstring_of_stage(&passage, title.as_ref(), inputs);
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        (self.names.first_free(&wanted), docstring)
    }

    /// Whether a title is about all statements of a stage: where no other heading follows, and no other comment, if the
    /// title is a comment itself.
    fn speaks_for_all(&self, title: &Title, units: &[UnitId]) -> bool {
        let unit = |id: &UnitId| &self.program.units()[id.index()];
        let is_commented = |id: &UnitId| {
            let (whole, own) = (unit(id).full_range, unit(id).range);
            let before = TextRange::new(whole.start(), own.start());
            comment_block(self.program.text(before)).is_some()
        };
        let first = unit(&units[0]).cell;
        let is_headed = |id: &UnitId| {
            let cell = unit(id).cell;
            cell != first && heading(self.program, cell).is_some()
        };
        let own_heading = heading_title(self.program, first);
        let is_heading = own_heading.as_ref() == Some(title);
        let mut later = units[1..].iter();
        !later.any(|id| is_headed(id) || (!is_heading && is_commented(id)))
    }

    /// The name of a stage from the heading above it: comments speak of the first statements alone.
    fn titled_stage(&self, first: UnitId, title: Option<&Title>, verb: &str) -> Option<String> {
        let cell = self.program.units()[first.index()].cell;
        let heading = heading_title(self.program, cell);
        stage_of_title(title.filter(|it| heading.as_ref() == Some(*it))?, verb)
    }

    /// What the data of the input is about.
    pub(super) fn found_subject(&mut self) -> Rc<Subject> {
        let (program, graph) = (self.program, self.graph);
        self.subject
            .get_or_insert_with(|| Rc::new(Subject::of(program, graph)))
            .clone()
    }

    /// The docstring of the job's function: what it does, step by step; else what the input is about.
    pub(super) fn job_words(&mut self) -> String {
        let subject = self.found_subject();
        let kept = |unit: &&srcify_syntax::Unit| !self.dropped.contains_key(&unit.id);
        let (units, ranges): (Vec<UnitId>, Vec<TextRange>) = self
            .program
            .units()
            .iter()
            .filter(kept)
            .map(|unit| (unit.id, unit.range))
            .unzip();
        let passage = Passage {
            program: self.program,
            graph: self.graph,
            catalog: self.catalog,
            subject: &subject,
            units: &units,
            ranges: &ranges,
            outputs: &[],
            type_of: &|_| None,
        };
        passage
            .stages()
            .unwrap_or_else(|| crate::naming::sentence(&self.plan.summary))
    }
}

/// A parameter of which the docstring says nothing more.
fn plainly(name: &String) -> Described<'_> {
    Described {
        name,
        annotation: "",
        description: None,
    }
}

/// The letters of a text, to compare it with another one.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.collect::<String>().to_lowercase()
}

/// What a stage does, step by step, under the author's heading where that tells nothing to do; else as its title says.
fn docstring_of_stage(passage: &Passage<'_>, title: Option<&Title>, inputs: &[String]) -> String {
    let headed = title.filter(|it| !it.is_imperative);
    let is_told = title.is_none() || headed.is_some();
    let stages = passage.stages().filter(|_| is_told);
    match (stages, headed) {
        (Some(stages), None) => stages,
        (Some(stages), Some(heading)) => under_heading(&heading.text, &stages),
        (None, _) => {
            let described: Vec<Described<'_>> = inputs.iter().map(plainly).collect();
            passage.docstring(title, None, &described)
        }
    }
}
