//! Settings that the tests and the README change, to show that they count.

use minijinja::{Value as Json, context};
use srcify_plan::{Field, Job, Literal, Plan, Section};

use super::{has_settings, settings_class, sorted_names, subcommand};
use crate::settings::{Value, description, split};
use crate::text::one_line;

/// The facts of the tests.
pub fn facts(plan: &Plan) -> Json {
    let witness = plan.jobs.iter().find_map(witness);
    let section = plan
        .jobs
        .iter()
        .find_map(|job| Some((job, job.settings.sections.first()?)));
    let main = plan
        .jobs
        .iter()
        .find(|job| has_settings(job))
        .or(plan.jobs.first());
    let shipped: Vec<_> = plan.jobs.iter().filter(|job| is_comparable(job)).collect();
    let many = plan.jobs.len() > 1;

    let mut names: Vec<String> = shipped.iter().map(|job| settings_class(job)).collect();
    names.extend(main.map(settings_class));
    names.extend((many && !shipped.is_empty()).then(|| "Config".to_owned()));
    names.extend(witness.as_ref().map(|witness| settings_class(witness.job)));
    if let Some((job, section)) = section {
        names.push(settings_class(job));
        names.extend(witness.is_none().then(|| section.class.clone()));
    }
    context! {
        first => main.map(job_facts),
        config_names => sorted_names(names.into_iter()),
        shipped => shipped.into_iter().map(job_facts).collect::<Vec<_>>(),
        witness => witness.as_ref().map(Witness::facts),
        section => section.map(|(job, section)| context! {
            name => section.name,
            class => section.class,
            model => settings_class(job),
        }),
        wrong => main.and_then(number),
        help_line => main.and_then(help_line),
    }
}

fn job_facts(job: &Job) -> Json {
    context! {
        name => job.name,
        command => subcommand(job),
        class => settings_class(job),
        function => job.function,
        is_async => job.is_async,
    }
}

/// Whether the defaults of `job` can be compared: it has some, and none is a `nan`.
fn is_comparable(job: &Job) -> bool {
    has_settings(job) && settings(job).all(|(_, field)| Value::of(field).equals_itself())
}

/// The settings of `job` with their sections.
fn settings(job: &Job) -> impl Iterator<Item = (&Section, &Field)> {
    let sections = job.settings.sections.iter();
    sections.flat_map(|section| section.fields.iter().map(move |field| (section, field)))
}

/// A setting with three values that are valid and differ from its default.
struct Witness<'a> {
    job: &'a Job,
    section: &'a Section,
    field: &'a Field,
    values: [String; 3],
}

impl Witness<'_> {
    fn facts(&self) -> Json {
        let quoted = self.values.clone().map(|value| format!("\"{value}\""));
        let (python, plain) = match kind(self.field) {
            Some("str") => (quoted.clone(), quoted),
            Some("Path") => (quoted.clone().map(|value| format!("Path({value})")), quoted),
            _ => (self.values.clone(), self.values.clone()),
        };
        let [_, _, plain] = plain;
        context! {
            class => settings_class(self.job),
            command => subcommand(self.job),
            section => self.section.name,
            name => self.field.name,
            values => self.values.to_vec(),
            python => python.to_vec(),
            plain,
        }
    }
}

/// The setting of `job` that shows best that settings count: a number rather than a text.
fn witness(job: &Job) -> Option<Witness<'_>> {
    let of_kind = |wanted: &str| {
        settings(job).find_map(|(section, field)| {
            let values = (kind(field)? == wanted).then(|| alternatives(field))??;
            Some(Witness {
                job,
                section,
                field,
                values,
            })
        })
    };
    ["int", "float", "str", "Path"]
        .into_iter()
        .find_map(of_kind)
}

/// A number of each of the last two sections that have one, with another value: `split.seed=43`.
pub fn example_words(job: &Job) -> Vec<String> {
    let word = |section: &Section, wanted: &str| {
        section.fields.iter().find_map(|field| {
            let values = (kind(field)? == wanted).then(|| alternatives(field))??;
            // A person tries a plain seed.
            let plain = ["1", "7"].map(str::to_owned);
            let is_default = |it: &str| matches!(&field.default, Literal::Int(own) if own == it);
            let seed = plain.into_iter().find(|it| !is_default(it));
            let [value, ..] = values;
            let value = seed.filter(|_| field.name == "seed").unwrap_or(value);
            Some(format!("{}.{}={value}", section.name, field.name))
        })
    };
    let sections = job.settings.sections.iter();
    let words =
        sections.filter_map(|section| word(section, "int").or_else(|| word(section, "float")));
    let mut words: Vec<_> = words.collect();
    words.split_off(words.len().saturating_sub(2))
}

/// The name of the simple type of `field`, `None` aside.
fn kind(field: &Field) -> Option<&str> {
    let alternatives = split(&field.annotation, '|');
    let mut kinds = alternatives.into_iter().filter(|kind| *kind != "None");
    let kind = kinds.next()?;
    let is_simple = ["int", "float", "bool", "str", "Path"].contains(&kind);
    (is_simple && kinds.next().is_none()).then_some(kind)
}

/// Three values that `field` takes, none of them its default.
fn alternatives(field: &Field) -> Option<[String; 3]> {
    let candidates: Vec<String> = match (kind(field)?, &field.default) {
        ("str" | "Path", _) if field.bounds.is_empty() => {
            ["first", "second", "third"].map(str::to_owned).to_vec()
        }
        ("int", Literal::Int(digits)) => {
            let default: i64 = digits
                .parse()
                .ok()
                .filter(|n| (-1_000_000..1_000_000_000).contains(n))?;
            let half = (default >= 100).then_some(default / 2);
            let near = [1, 2, 3, -1, -2, -3].map(|step| default + step);
            half.iter().chain(&near).map(ToString::to_string).collect()
        }
        ("int", Literal::None) => ["1", "2", "3"].map(str::to_owned).to_vec(),
        ("float", Literal::Float(_) | Literal::Int(_) | Literal::None) => {
            ["0.25", "0.5", "0.75", "0.125", "1.5", "2.5", "3.5"]
                .map(str::to_owned)
                .to_vec()
        }
        _ => return None,
    };
    let default = match &field.default {
        Literal::Int(text) | Literal::Float(text) => text.parse().ok(),
        _ => None,
    };
    let mut valid = candidates.into_iter().filter(|candidate| {
        candidate.parse().map_or(true, |number| {
            allows(field, number) && Some(number) != default
        })
    });
    Some([valid.next()?, valid.next()?, valid.next()?])
}

/// Whether the bounds of `field` allow `number`; never when they say something else than limits.
fn allows(field: &Field, number: f64) -> bool {
    field.bounds.iter().all(|(bound, limit)| {
        let Ok(limit) = limit.parse::<f64>() else {
            return false;
        };
        match *bound {
            "gt" => number > limit,
            "ge" => number >= limit,
            "lt" => number < limit,
            "le" => number <= limit,
            _ => false,
        }
    })
}

/// A setting of `job` that takes no word: `split.seed`.
fn number(job: &Job) -> Option<String> {
    let is_number = |field: &Field| matches!(kind(field), Some("int" | "float" | "bool"));
    let numbers = settings(job).filter(|(_, field)| is_number(field));
    let words = numbers.map(|(section, field)| format!("{}.{}", section.name, field.name));
    let words: Vec<String> = words.collect();
    // A long one does not fit into the line of its test.
    let fits = words.iter().find(|it| it.len() <= 50);
    fits.or(words.first()).cloned()
}

/// What `--help` says about the first setting of `job` that has a simple type and default.
fn help_line(job: &Job) -> Option<String> {
    settings(job).find_map(|(section, field)| {
        kind(field)?;
        let default = match Value::of(field) {
            Value::None => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Int(digits) => digits,
            Value::Str(text) | Value::Path(text) if one_line(&text) == text => text,
            _ => return None,
        };
        let description = description(field);
        let Field {
            name, annotation, ..
        } = field;
        let section = &section.name;
        Some(format!(
            "  {section}.{name}: {annotation} = {default}\n      {description}\n"
        ))
    })
}
