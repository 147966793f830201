//! Several plans as one package: a job each, and what they share once.

mod helpers;

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::function_names;
use srcify_syntax::Diagnostic;

use self::helpers::HELPERS;
pub use self::helpers::draw_apart;
use crate::dependencies::dependencies;
use crate::modules::bound_name;
use crate::naming;
use crate::{Dependency, EnvironmentVariable, Folder, Item, Module, Plan, Section};

/// Adds what a plan depends on; what is pinned stays so.
fn add_dependencies(merged: &mut Plan, dependencies: &[Dependency]) {
    for dependency in dependencies {
        let known = merged.dependencies.iter_mut();
        let mut same = known.filter(|it| it.module == dependency.module);
        match same.next() {
            Some(it) => {
                let is_for_checkers = it.is_for_checkers && dependency.is_for_checkers;
                if it.specifier.is_empty() {
                    *it = dependency.clone();
                }
                it.is_for_checkers = is_for_checkers;
            }
            None => merged.dependencies.push(dependency.clone()),
        }
    }
}

/// Adds what a plan says of jobs, secrets, names and modules.
fn gather(merged: &mut Plan, plan: &Plan) {
    merged.origins.extend(plan.origins.iter().cloned());
    merged.jobs.extend(plan.jobs.iter().cloned());
    for secret in &plan.secrets {
        let mut known = merged.secrets.iter();
        if !known.any(|it| it.variable == secret.variable) {
            merged.secrets.push(secret.clone());
        }
    }
    let pairs = [
        (&mut merged.author_names, &plan.author_names),
        (&mut merged.acting_imports, &plan.acting_imports),
        (&mut merged.running_modules, &plan.running_modules),
    ];
    for (all, own) in pairs {
        all.extend(own.iter().cloned());
    }
    merged
        .secret_values
        .extend(plan.secret_values.iter().cloned());
}

/// Several plans as one package.
///
/// The plans have jobs with names of their own, and the same project. What two of them define alike, in the same layer, is
/// defined once; what they define differently under one name lies in a module per job.
pub fn merge(plans: &mut [Plan], summary: &str) -> (Plan, Vec<Diagnostic>) {
    let mut merged = Plan {
        summary: summary.to_owned(),
        ..Plan::default()
    };
    let mut diagnostics = Vec::new();
    let Some(first) = plans.first() else {
        return (merged, diagnostics);
    };
    merged.package.clone_from(&first.package);
    merged.project.clone_from(&first.project);
    secrets(plans, &mut diagnostics);
    for (plan, renames) in section_classes(plans).into_iter().enumerate() {
        rename(&mut plans[plan], &renames);
    }
    helpers::share(plans);
    let places = Places::of(plans);
    merged.modules = places.modules(plans);
    diagnostics.extend(places.remarks(plans));
    places.note(plans);
    for plan in plans.iter() {
        gather(&mut merged, plan);
        add_dependencies(&mut merged, &plan.dependencies);
    }
    merged.environment = environment(plans);
    let parts = plans.iter();
    merged.typing_imports = crate::typing_only::joined(
        parts.map(|plan| (plan.modules.as_slice(), &plan.typing_imports)),
    );
    crate::acting::complete(&mut merged);
    for dependency in dependencies(&merged) {
        if !merged
            .dependencies
            .iter()
            .any(|it| it.module == dependency.module)
        {
            merged.dependencies.push(dependency);
        }
    }
    merged.dependencies.sort();
    (merged, diagnostics)
}

/// The name by which a plan's modules are told from those of others.
fn job_of(plan: &Plan) -> &str {
    plan.jobs.first().map_or("job", |job| job.name.as_str())
}

/// What all inputs may find in the environment: what two of them set differently, each job sets itself.
fn environment(plans: &[Plan]) -> Vec<EnvironmentVariable> {
    let all: Vec<&EnvironmentVariable> = plans.iter().flat_map(|it| &it.environment).collect();
    let mut known: Vec<EnvironmentVariable> = Vec::new();
    for variable in &all {
        let is_same = |it: &&EnvironmentVariable| it.name != variable.name || it == variable;
        if all.iter().all(is_same) && !known.contains(variable) {
            known.push((*variable).clone());
        }
    }
    known
}

/// One variable holds one secret: another secret of that name gets a variable with the job's name.
fn secrets(plans: &mut [Plan], diagnostics: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for plan in plans.iter_mut() {
        let job = job_of(plan).to_uppercase();
        for index in 0..plan.secrets.len() {
            let variable = plan.secrets[index].variable.clone();
            let Some(value) = plan.secret_variables.remove(&variable) else {
                continue;
            };
            let first = known
                .entry(variable.clone())
                .or_insert_with(|| value.clone());
            if *first == value {
                plan.secret_variables.insert(variable, value);
                continue;
            }
            let own = format!("{job}_{variable}");
            // In f-strings it stands in the other quotes.
            for quote in ['"', '\''] {
                let before = format!("Secret({quote}{variable}{quote})");
                let after = format!("Secret({quote}{own}{quote})");
                for item in plan.modules.iter_mut().flat_map(|module| &mut module.items) {
                    item.text = item.text.replace(&before, &after);
                }
            }
            plan.secrets[index].variable.clone_from(&own);
            plan.secret_variables.insert(own.clone(), value);
            let message = format!("`{variable}` holds another secret in the job `{job}`");
            diagnostics.push(
                Diagnostic::warning("secret-clash", None, message)
                    .hint(format!("the package reads `{own}` there")),
            );
        }
    }
}

/// New names for the classes of sections that differ under one name, by plan.
fn section_classes(plans: &[Plan]) -> Vec<BTreeMap<String, String>> {
    let mut forms: BTreeMap<&str, Vec<(String, Vec<usize>)>> = BTreeMap::new();
    for (index, plan) in plans.iter().enumerate() {
        for section in plan.jobs.iter().flat_map(|job| &job.settings.sections) {
            let form = form_of(section);
            let known = forms.entry(&section.class).or_default();
            match known.iter_mut().find(|(other, _)| *other == form) {
                Some((_, users)) => users.push(index),
                None => known.push((form, vec![index])),
            }
        }
    }
    let mut taken: BTreeSet<String> = forms.keys().map(|name| (*name).to_owned()).collect();
    taken.extend(
        plans
            .iter()
            .flat_map(|plan| &plan.jobs)
            .map(|job| job.settings.class.clone()),
    );
    let mut renames = vec![BTreeMap::new(); plans.len()];
    for (class, forms) in forms {
        if forms.len() < 2 {
            continue;
        }
        // What several share keeps the plain name.
        let plain = forms.iter().position(|(_, users)| users.len() > 1);
        for (position, (_, users)) in forms.iter().enumerate() {
            if Some(position) == plain {
                continue;
            }
            let job = naming::pascal(job_of(&plans[users[0]]));
            let wanted = format!("{job}{class}");
            let mut name = wanted.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{wanted}{number}");
                number += 1;
            }
            for &user in users {
                renames[user].insert(class.to_owned(), name.clone());
            }
        }
    }
    renames
}

/// All that makes a section what it is.
fn form_of(section: &Section) -> String {
    format!(
        "{} {:?} {:?}",
        section.name, section.summary, section.fields
    )
}

/// Gives classes of the settings other names in a plan.
fn rename(plan: &mut Plan, names: &BTreeMap<String, String>) {
    if names.is_empty() {
        return;
    }
    for section in plan
        .jobs
        .iter_mut()
        .flat_map(|job| &mut job.settings.sections)
    {
        if let Some(name) = names.get(&section.class) {
            section.class.clone_from(name);
        }
    }
    for module in &mut plan.modules {
        for item in &mut module.items {
            item.text = renamed(&item.text, names);
        }
        let imports = std::mem::take(&mut module.imports).into_iter();
        module.imports = imports
            .map(|import| match import.rsplit_once(" import ") {
                Some((from, member)) if from.ends_with(".config") => {
                    let member = names.get(member).map_or(member, String::as_str);
                    format!("{from} import {member}")
                }
                _ => import,
            })
            .collect();
    }
}

/// A text with other names, where they are read.
fn renamed(text: &str, names: &BTreeMap<String, String>) -> String {
    let snippet = srcify_syntax::snippet(text);
    let found = function_names(None, snippet.statements());
    let mut places: Vec<_> = found
        .occurrences
        .iter()
        .filter_map(|(name, range, _)| Some((*range, names.get(name)?)))
        .collect();
    places.sort_by_key(|(range, _)| range.start());
    places.dedup_by_key(|(range, _)| range.start());
    let mut result = text.to_owned();
    for (range, name) in places.into_iter().rev() {
        result.replace_range(std::ops::Range::<usize>::from(range), name);
    }
    result
}

/// An item: plan, module, position in it.
type Place = (usize, usize, usize);

/// Which items are the same in several plans, and the module in which each lies.
struct Places {
    /// The places of what is shared, with the place whose text is written.
    shared: BTreeMap<Place, Place>,
    /// The new names of modules, by plan and module: for what is shared, and for the rest.
    own: BTreeMap<(usize, usize), String>,
}

/// Layer, module, name, text and imports of an item: what must be equal for two to be one.
type ItemKey = (Folder, String, String, String, Vec<String>);

/// What an item refers to.
struct Facts {
    /// Folder, module, name, text and imports of libraries: what must be equal.
    key: ItemKey,
    /// Items of the package that it uses, in the same plan.
    uses: Vec<(usize, usize)>,
    /// It can only be written where it is.
    is_fixed: bool,
}

impl Places {
    fn of(plans: &[Plan]) -> Self {
        let facts = facts(plans);
        let shared = shared(&facts);
        let mut owners: BTreeMap<(Folder, &str), BTreeSet<Option<usize>>> = BTreeMap::new();
        for &(plan, module, item) in facts.keys() {
            let is_shared = shared.contains_key(&(plan, module, item));
            let owner = (!is_shared).then_some(plan);
            let module = &plans[plan].modules[module];
            owners
                .entry((module.folder, module.name.as_str()))
                .or_default()
                .insert(owner);
        }
        let mut own = BTreeMap::new();
        let mut taken: BTreeSet<(Folder, String)> = owners
            .keys()
            .map(|(folder, name)| (*folder, (*name).to_owned()))
            .collect();
        for (index, plan) in plans.iter().enumerate() {
            for (position, module) in plan.modules.iter().enumerate() {
                let users = owners.get(&(module.folder, module.name.as_str()));
                let is_alone = users.is_none_or(|users| users.len() < 2);
                let mut name = module.name.clone();
                if !is_alone && users.is_some_and(|users| users.contains(&Some(index))) {
                    let wanted = format!("{}_{}", job_of(plan), module.name);
                    name.clone_from(&wanted);
                    let mut number = 2;
                    while !taken.insert((module.folder, name.clone())) {
                        name = format!("{wanted}_{number}");
                        number += 1;
                    }
                }
                own.insert((index, position), name);
            }
        }
        Self { shared, own }
    }

    /// The name of the module that an item lies in.
    fn module_name<'a>(&'a self, plans: &'a [Plan], place: Place) -> &'a str {
        if self.shared.contains_key(&place) {
            &plans[place.0].modules[place.1].name
        } else {
            &self.own[&(place.0, place.1)]
        }
    }

    /// The modules of the package, with the imports that their items need.
    fn modules(&self, plans: &[Plan]) -> Vec<Module> {
        let mut modules: BTreeMap<(Folder, String), Module> = BTreeMap::new();
        let mut written: BTreeSet<Place> = BTreeSet::new();
        for (index, plan) in plans.iter().enumerate() {
            for (position, module) in plan.modules.iter().enumerate() {
                for (number, item) in module.items.iter().enumerate() {
                    let place = (index, position, number);
                    let original = self.shared.get(&place).copied().unwrap_or(place);
                    if !written.insert(original) {
                        continue;
                    }
                    let name = self.module_name(plans, place).to_owned();
                    let target =
                        modules
                            .entry((module.folder, name.clone()))
                            .or_insert_with(|| Module {
                                folder: module.folder,
                                name: name.clone(),
                                summary: module.summary.clone(),
                                imports: BTreeSet::new(),
                                items: Vec::new(),
                            });
                    target.imports.extend(self.imports(plans, place, &name));
                    target.items.push(Item {
                        name: item.name.clone(),
                        text: item.text.clone(),
                        units: Vec::new(),
                    });
                }
            }
        }
        modules.into_values().collect()
    }

    /// The imports that an item needs in the module `home`.
    fn imports(&self, plans: &[Plan], place: Place, home: &str) -> BTreeSet<String> {
        let plan = &plans[place.0];
        let module = &plan.modules[place.1];
        let text = &module.items[place.2].text;
        let free = free_names(text);
        let mut imports = BTreeSet::new();
        for import in &module.imports {
            let is_needed =
                module.folder == Folder::Application || free.contains(bound_name(import));
            if is_needed {
                match own_target(plan, import) {
                    Some((target, item)) => {
                        let folder = plan.modules[target].folder;
                        let name = self.module_name(plans, (place.0, target, item));
                        let member = bound_name(import);
                        imports.insert(own_import(&plan.package, folder, name, member));
                    }
                    None => {
                        imports.insert(import.clone());
                    }
                }
            }
        }
        // What stood in the same module may lie in another one now.
        for (number, other) in module.items.iter().enumerate() {
            let name = self.module_name(plans, (place.0, place.1, number));
            if number != place.2 && free.contains(other.name.as_str()) && name != home {
                let folder = module.folder;
                imports.insert(own_import(&plan.package, folder, name, &other.name));
            }
        }
        imports
    }

    /// Says which modules lie apart because their contents differ.
    fn remarks(&self, plans: &[Plan]) -> Vec<Diagnostic> {
        let mut found: BTreeMap<(Folder, &str, &str), Vec<&str>> = BTreeMap::new();
        for (index, plan) in plans.iter().enumerate() {
            for (position, module) in plan.modules.iter().enumerate() {
                for (number, item) in module.items.iter().enumerate() {
                    if !self.shared.contains_key(&(index, position, number))
                        && !item.name.is_empty()
                    {
                        let key = (module.folder, module.name.as_str(), item.name.as_str());
                        found.entry(key).or_default().push(job_of(plan));
                    }
                }
            }
        }
        let clashes = found.into_iter().filter(|(_, jobs)| jobs.len() > 1);
        let diagnostic = |((folder, _, name), jobs): ((Folder, &str, &str), Vec<&str>)| {
            let listed: Vec<String> = jobs.iter().take(4).map(|job| format!("`{job}`")).collect();
            let message = format!(
                "`{name}` in {} is not the same in the jobs {}",
                folder.name(),
                listed.join(", ")
            );
            Diagnostic::advice("job-clash", None, message)
                .hint("each job has its own, in a module of its name")
        };
        clashes.map(diagnostic).collect()
    }

    /// Writes the new modules into what the plans say of their statements.
    fn note(&self, plans: &mut [Plan]) {
        let mut moves: Vec<BTreeMap<String, String>> = Vec::new();
        for (index, plan) in plans.iter().enumerate() {
            let mut map = BTreeMap::new();
            for (position, module) in plan.modules.iter().enumerate() {
                for (number, item) in module.items.iter().enumerate() {
                    let name = self.module_name(plans, (index, position, number));
                    let place =
                        |name: &str| format!("{}/{name}.py: {}", module.folder.name(), item.name);
                    map.insert(place(&module.name), place(name));
                }
            }
            moves.push(map);
        }
        for (plan, moves) in plans.iter_mut().zip(moves) {
            for decision in &mut plan.decisions {
                if let Some(place) = moves.get(&decision.place) {
                    decision.place.clone_from(place);
                }
            }
        }
    }
}

fn own_import(package: &str, folder: Folder, module: &str, name: &str) -> String {
    format!("from {package}.{}.{module} import {name}", folder.name())
}

/// What every item of every plan is and uses.
fn facts(plans: &[Plan]) -> BTreeMap<Place, Facts> {
    let mut facts = BTreeMap::new();
    for (index, plan) in plans.iter().enumerate() {
        for (position, module) in plan.modules.iter().enumerate() {
            let has_prelude = module.items.iter().any(|item| item.name.is_empty());
            // What its head does, it does for all of its items: they stay together.
            let is_whole = has_prelude && is_same_everywhere(plans, module);
            for (number, item) in module.items.iter().enumerate() {
                let free = free_names(&item.text);
                let mut uses = Vec::new();
                let mut libraries = Vec::new();
                let needed = module
                    .imports
                    .iter()
                    .filter(|it| free.contains(bound_name(it)));
                for import in needed {
                    match own_target(plan, import) {
                        Some(target) => uses.push(target),
                        None => libraries.push(import.clone()),
                    }
                }
                for (other, sibling) in module.items.iter().enumerate() {
                    if other != number && (is_whole || free.contains(sibling.name.as_str())) {
                        uses.push((position, other));
                    }
                }
                let is_head = item.name.is_empty();
                let key = (
                    module.folder,
                    module.name.clone(),
                    if is_head { &item.text } else { &item.name }.clone(),
                    item.text.trim().to_owned(),
                    libraries,
                );
                let is_of_job = module.folder == Folder::Application && module.name != HELPERS;
                let is_fixed = has_prelude && !is_whole || is_of_job;
                facts.insert(
                    (index, position, number),
                    Facts {
                        key,
                        uses,
                        is_fixed,
                    },
                );
            }
        }
    }
    facts
}

/// Whether all plans that have a module of this name have the same one.
fn is_same_everywhere(plans: &[Plan], module: &Module) -> bool {
    let texts = |it: &Module| -> Vec<String> {
        it.items
            .iter()
            .map(|item| item.text.trim().to_owned())
            .collect()
    };
    let modules = plans.iter().flat_map(|plan| &plan.modules);
    let mut same = modules.filter(|it| it.folder == module.folder && it.name == module.name);
    same.all(|it| it.imports == module.imports && texts(it) == texts(module))
}

/// The items that are the same in several plans, and so is all that they use; one text each name.
fn shared(facts: &BTreeMap<Place, Facts>) -> BTreeMap<Place, Place> {
    let mut groups: BTreeMap<&ItemKey, Vec<Place>> = BTreeMap::new();
    for (place, fact) in facts.iter().filter(|(_, fact)| !fact.is_fixed) {
        groups.entry(&fact.key).or_default().push(*place);
    }
    let mut names: BTreeSet<(Folder, &str, &str)> = BTreeSet::new();
    let mut shared: BTreeMap<Place, Place> = BTreeMap::new();
    let mut ordered: Vec<_> = groups
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .collect();
    ordered.sort_by_key(|(_, places)| (std::cmp::Reverse(places.len()), places[0]));
    for (key, places) in ordered {
        if names.insert((key.0, key.1.as_str(), key.2.as_str())) {
            shared.extend(places.iter().map(|place| (*place, places[0])));
        }
    }
    loop {
        let before = shared.len();
        let current = shared.clone();
        // What one of them cannot share, none can: they are written once.
        let broken: BTreeSet<Place> = current
            .iter()
            .filter(|(place, _)| {
                facts[*place]
                    .uses
                    .iter()
                    .any(|(module, item)| !current.contains_key(&(place.0, *module, *item)))
            })
            .map(|(_, original)| *original)
            .collect();
        shared.retain(|_, original| !broken.contains(original));
        if shared.len() == before {
            return shared;
        }
    }
}

/// The item of the same plan that an import statement names: its module and position.
fn own_target(plan: &Plan, import: &str) -> Option<(usize, usize)> {
    let rest = import.strip_prefix("from ")?;
    let (from, member) = rest.split_once(" import ")?;
    let mut parts = from.split('.');
    if parts.next() != Some(plan.package.as_str()) {
        return None;
    }
    let (folder, name) = (parts.next()?, parts.next()?);
    let module = plan
        .modules
        .iter()
        .position(|module| module.folder.name() == folder && module.name == name)?;
    let items = &plan.modules[module].items;
    let item = items.iter().position(|item| item.name == member)?;
    Some((module, item))
}

fn free_names(text: &str) -> BTreeSet<String> {
    let snippet = srcify_syntax::snippet(text);
    let mut names = function_names(None, snippet.statements()).free;
    names.extend(crate::typing_only::quoted_names(text));
    names
}
