//! Values that users may want to change, lifted out of the code.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, Catalog, EffectGraph, EntryKind};
use srcify_syntax::ast::{self, Expr, UnaryOp};
use srcify_syntax::{Program, Ranged, Span, TextRange, UnitId};

use crate::names::Names;
use crate::naming;
use crate::steps::{Step, StepKind, constant_assignment};
use crate::{Field, Literal, Section, Settings};

/// A value of the settings, and where it stood.
#[derive(Debug, Clone)]
pub(crate) struct Lifted {
    pub section: String,
    pub field: String,
    /// The variable that held it.
    pub variable: Option<String>,
    /// The literals that it replaces, when it was no variable.
    pub places: Vec<TextRange>,
    /// The author wrote a list, where the settings hold a tuple.
    pub is_list: bool,
    /// The input binds the name `list` to something of its own.
    pub hides_list: bool,
    pub annotation: String,
}

impl Lifted {
    /// The expression for the value, where `config` is the outer model.
    pub(crate) fn expression(&self, config: &str) -> String {
        self.wrap(&format!("{config}.{}.{}", self.section, self.field))
    }

    /// The expression for the value, given an expression of the field.
    pub(crate) fn wrap(&self, field: &str) -> String {
        match (self.is_list, self.hides_list) {
            (true, false) => format!("list({field})"),
            (true, true) => format!("[*{field}]"),
            (false, _) => field.to_owned(),
        }
    }
}

/// All settings of a job.
#[derive(Debug, Default)]
pub(crate) struct Lifting {
    pub lifted: Vec<Lifted>,
    pub sections: Vec<Section>,
    /// Statements that only bound a setting.
    pub units: BTreeSet<UnitId>,
}

impl Lifting {
    pub(crate) fn by_variable(&self, name: &str) -> Option<&Lifted> {
        self.lifted
            .iter()
            .find(|it| it.variable.as_deref() == Some(name))
    }

    pub(crate) fn settings(self, class: String) -> Settings {
        Settings {
            class,
            sections: self.sections,
        }
    }
}

/// Finds the settings of a program.
pub(crate) fn lift(
    program: &Program,
    graph: &EffectGraph,
    catalog: &Catalog,
    names: &Names,
    steps: &[Step],
    dropped: &dyn Fn(UnitId) -> bool,
) -> Lifting {
    let mut lifter = Lifter {
        program,
        graph,
        catalog,
        names,
        found: Vec::new(),
        units: BTreeSet::new(),
    };
    for step in steps.iter().filter(|step| !dropped(step.unit)) {
        lifter.constant(step);
        lifter.literals(step);
    }
    lifter.finish()
}

/// A candidate with everything that its field needs.
struct Candidate {
    section: String,
    field: String,
    variable: Option<String>,
    place: Option<TextRange>,
    value: Literal,
    is_list: bool,
    is_path: bool,
    comment: Option<String>,
    description: String,
    bounds: Vec<(&'static str, String)>,
    annotation: Option<String>,
}

struct Lifter<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    catalog: &'a Catalog,
    names: &'a Names,
    found: Vec<Candidate>,
    units: BTreeSet<UnitId>,
}

impl Lifter<'_> {
    /// A top-level name bound once to a literal and never changed.
    fn constant(&mut self, step: &Step) {
        if step.kind != StepKind::Work {
            return;
        }
        let Some((name, value)) = constant_assignment(self.program.statement(step.unit)) else {
            return;
        };
        let Some(facts) = self.names.get(name) else {
            return;
        };
        let is_constant = facts.bindings.len() == 1
            && facts.is_variable
            && !facts.is_import
            && !facts.is_definition
            && !facts.is_mutated
            && !facts.is_deleted
            && !facts.is_mentioned
            && !name.starts_with('_');
        let Some(literal) =
            literal_of(value).filter(|literal| is_constant && is_setting_value(literal))
        else {
            return;
        };
        if self.used_before(step.unit, name) || !self.is_used(name) {
            return;
        }
        let usage = self.usage(name);
        let section = usage.section.unwrap_or_else(|| "parameters".to_owned());
        let field = naming::field(name);
        let comment = self.comment(step.unit);
        let description = comment
            .clone()
            .map_or_else(|| naming::sentence_of(name), |text| naming::sentence(&text));
        let is_path = usage.is_path_only && is_plain_path(&literal);
        self.units.insert(step.unit);
        self.found.push(Candidate {
            section,
            field,
            variable: Some(name.to_owned()),
            place: None,
            is_list: matches!(value, Expr::List(_)),
            is_path,
            comment,
            description,
            bounds: usage.bounds,
            annotation: None,
            value: literal,
        });
    }

    /// Literals in places where the catalog knows a path or a hyperparameter.
    fn literals(&mut self, step: &Step) {
        let unit = &self.program.units()[step.unit.index()];
        if matches!(
            step.kind,
            StepKind::Function | StepKind::Class | StepKind::Import
        ) {
            return;
        }
        let calls: Vec<_> = self
            .graph
            .calls
            .iter()
            .filter(|call| unit.range.contains_range(call.range))
            .collect();
        for call in calls {
            let Callee::Library(callee) = &call.callee else {
                continue;
            };
            for argument in &call.arguments {
                let Some(parameter) = &argument.parameter else {
                    continue;
                };
                let Some(place) = self.place(callee, parameter) else {
                    continue;
                };
                let Some(expression) = expression_at(self.program, step.unit, argument.range)
                else {
                    continue;
                };
                let Some(value) = literal_of(expression).filter(is_setting_value) else {
                    continue;
                };
                if place.is_path && !is_plain_path(&value) && !matches!(value, Literal::Str(_)) {
                    continue;
                }
                let field = if place.is_path {
                    path_field(&value)
                } else {
                    naming::field(&place.field)
                };
                self.found.push(Candidate {
                    section: place.section,
                    field,
                    variable: None,
                    place: Some(argument.range),
                    is_list: expression.is_list_expr(),
                    is_path: place.is_path && is_plain_path(&value),
                    comment: None,
                    description: place.description,
                    bounds: place.bounds,
                    annotation: place.annotation,
                    value,
                });
            }
        }
    }

    /// What the catalog says of a parameter, when it is one that users tune.
    fn place(&self, callee: &str, parameter: &str) -> Option<Place> {
        let (class, method) = callee.rsplit_once('.').unwrap_or(("", callee));
        let entry = self
            .catalog
            .lookup(callee)
            .or_else(|| self.catalog.member(class, method))?;
        if entry.path.as_deref() == Some(parameter) {
            let writes = entry
                .effects
                .iter()
                .any(|it| it.what == srcify_effects::Effect::WriteFile);
            let (section, description) = if writes {
                ("output", "File that is written.")
            } else {
                ("data", "File that is read.")
            };
            return Some(Place {
                section: section.to_owned(),
                field: "path".to_owned(),
                is_path: true,
                description: description.to_owned(),
                bounds: Vec::new(),
                annotation: None,
            });
        }
        let known = srcify_effects::parameters::lookup(parameter)?;
        let is_listed = entry.settings.iter().any(|it| it == parameter);
        let is_model =
            entry.kind == EntryKind::Class && self.catalog.member(callee, "fit").is_some();
        if !is_listed && !is_model && !SPLITTERS.contains(&method) {
            return None;
        }
        let section = if is_model {
            model_section(callee)
        } else {
            known.section.clone()
        };
        Some(Place {
            section,
            field: known.name.clone(),
            is_path: false,
            description: known.description.clone(),
            bounds: known
                .bounds
                .iter()
                .filter_map(|(bound, value)| Some((bound_name(bound)?, value.clone())))
                .collect(),
            annotation: known.annotation.clone(),
        })
    }

    /// How a constant is used: as a path, as a parameter that the catalog knows, or otherwise.
    fn usage(&self, name: &str) -> Usage {
        let mut usage = Usage {
            is_path_only: true,
            ..Usage::default()
        };
        let arguments: BTreeMap<Span, (&str, &str)> = self
            .graph
            .calls
            .iter()
            .filter_map(|call| match &call.callee {
                Callee::Library(callee) => Some((callee, call)),
                _ => None,
            })
            .flat_map(|(callee, call)| {
                let named = call.arguments.iter();
                named.filter_map(|it| {
                    Some((it.range.into(), (callee.as_str(), it.parameter.as_deref()?)))
                })
            })
            .collect();
        for unit in &self.graph.units {
            for (other, range, occurrence) in &unit.access.occurrences {
                if other != name || *occurrence != srcify_effects::Occurrence::Load {
                    continue;
                }
                let place = arguments
                    .get(&Span::from(*range))
                    .and_then(|(callee, parameter)| self.place(callee, parameter));
                usage.is_path_only &= place.as_ref().is_some_and(|place| place.is_path);
                if let Some(place) = place {
                    usage.section.get_or_insert(place.section);
                    if usage.bounds.is_empty() {
                        usage.bounds = place.bounds;
                    }
                }
            }
        }
        usage
    }

    fn is_used(&self, name: &str) -> bool {
        self.graph
            .units
            .iter()
            .flat_map(|unit| &unit.access.occurrences)
            .any(|(other, _, occurrence)| {
                other == name && *occurrence == srcify_effects::Occurrence::Load
            })
    }

    /// Whether a statement before `unit` reads the name when it runs.
    fn used_before(&self, unit: UnitId, name: &str) -> bool {
        self.graph.units[..unit.index()].iter().any(|it| {
            (it.access.reads.contains(name) && !it.access.captures.contains(name))
                || it.reads_by_call.contains(name)
        })
    }

    /// The author's comment beside or above a statement.
    fn comment(&self, unit: UnitId) -> Option<String> {
        let unit = &self.program.units()[unit.index()];
        let full = self.program.text(unit.full_range);
        let before = self
            .program
            .text(TextRange::new(unit.full_range.start(), unit.range.start()));
        let after = &full[usize::from(unit.range.end() - unit.full_range.start())..];
        let beside = after.trim().strip_prefix('#').map(str::trim);
        let above = before
            .lines()
            .rev()
            .find_map(|line| line.trim().strip_prefix('#').map(str::trim));
        beside
            .or(above)
            .filter(|text| !text.is_empty() && !text.starts_with("type:"))
            .map(str::to_owned)
    }

    fn finish(self) -> Lifting {
        let mut lifting = Lifting {
            units: self.units,
            ..Lifting::default()
        };
        for mut candidate in self.found {
            let same = lifting.lifted.iter_mut().find(|it| {
                it.section == candidate.section
                    && it.field == candidate.field
                    && it.variable.is_none()
            });
            let existing = same.filter(|it| {
                let known = lifting
                    .sections
                    .iter()
                    .find(|section| section.name == it.section);
                let field = known
                    .and_then(|section| section.fields.iter().find(|field| field.name == it.field));
                candidate.place.is_some()
                    && field.is_some_and(|field| field.default == candidate.value)
            });
            if let Some(existing) = existing {
                existing.places.extend(candidate.place);
                continue;
            }
            lifting.add(&mut candidate);
        }
        let hides_list = self.names.get("list").is_some();
        lifting
            .lifted
            .iter_mut()
            .for_each(|it| it.hides_list = hides_list);
        lifting
    }
}

impl Lifting {
    fn add(&mut self, candidate: &mut Candidate) {
        let at = self
            .sections
            .iter()
            .position(|section| section.name == candidate.section)
            .unwrap_or_else(|| {
                self.sections.push(Section {
                    name: candidate.section.clone(),
                    class: format!("{}Config", naming::pascal(&candidate.section)),
                    summary: naming::section_summary(&candidate.section),
                    fields: Vec::new(),
                });
                self.sections.len() - 1
            });
        let section = &mut self.sections[at];
        let wanted = candidate.field.clone();
        let mut number = 2;
        while section
            .fields
            .iter()
            .any(|field| field.name == candidate.field)
        {
            candidate.field = format!("{wanted}_{number}");
            number += 1;
        }
        let annotation = if candidate.is_path {
            "Path".to_owned()
        } else {
            annotation_of(&candidate.value, candidate.annotation.as_deref())
        };
        section.fields.push(Field {
            name: candidate.field.clone(),
            annotation: annotation.clone(),
            default: candidate.value.clone(),
            description: candidate.description.clone(),
            comment: candidate.comment.clone(),
            bounds: candidate.bounds.clone(),
        });
        self.lifted.push(Lifted {
            section: candidate.section.clone(),
            field: candidate.field.clone(),
            variable: candidate.variable.clone(),
            places: candidate.place.into_iter().collect(),
            is_list: candidate.is_list,
            hides_list: false,
            annotation,
        });
    }
}

struct Place {
    section: String,
    field: String,
    is_path: bool,
    description: String,
    bounds: Vec<(&'static str, String)>,
    annotation: Option<String>,
}

#[derive(Default)]
struct Usage {
    section: Option<String>,
    is_path_only: bool,
    bounds: Vec<(&'static str, String)>,
}

/// Functions whose shares and seeds are settings.
const SPLITTERS: &[&str] = &[
    "train_test_split",
    "KFold",
    "StratifiedKFold",
    "ShuffleSplit",
    "cross_val_score",
];

fn bound_name(bound: &str) -> Option<&'static str> {
    ["gt", "ge", "lt", "le", "min_length"]
        .into_iter()
        .find(|name| *name == bound)
}

fn model_section(callee: &str) -> String {
    naming::snake(callee.rsplit('.').next().unwrap_or(callee))
}

fn path_field(value: &Literal) -> String {
    let Literal::Str(text) = value else {
        return "path".to_owned();
    };
    let file = text.rsplit(['/', '\\']).next().unwrap_or(text);
    let stem = file.split('.').next().unwrap_or(file);
    let stem = naming::slug(stem);
    if stem.is_empty() {
        "path".to_owned()
    } else {
        format!("{stem}_path")
    }
}

/// A relative or absolute path that `pathlib` writes just as the author did.
fn is_plain_path(value: &Literal) -> bool {
    let Literal::Str(text) = value else {
        return false;
    };
    let is_normal = !text.contains("://")
        && !text.starts_with("./")
        && !text.contains("//")
        && !text.contains("/./")
        && !text.ends_with('/')
        && !text.contains(['\\', '~', '*', '?', '{', '$'])
        && !text.is_empty();
    is_normal && text != "."
}

/// Values that can be written down in YAML and that a person would change there.
fn is_setting_value(literal: &Literal) -> bool {
    match literal {
        Literal::Str(text) => text.len() <= 120 && !text.contains('\n'),
        Literal::List(items) => {
            (1..=20).contains(&items.len())
                && items.iter().all(|item| {
                    !matches!(item, Literal::List(_) | Literal::Map(_)) && is_setting_value(item)
                })
        }
        Literal::Map(_) | Literal::None => false,
        _ => true,
    }
}

/// The literal that an expression is, if it is one.
pub(crate) fn literal_of(expression: &Expr) -> Option<Literal> {
    match expression {
        Expr::NoneLiteral(_) => Some(Literal::None),
        Expr::BooleanLiteral(value) => Some(Literal::Bool(value.value)),
        Expr::StringLiteral(text) => Some(Literal::Str(text.value.to_str().to_owned())),
        Expr::NumberLiteral(number) => match &number.value {
            ast::Number::Int(int) => Some(Literal::Int(int.to_string())),
            ast::Number::Float(float) => Some(Literal::Float(float_text(*float))),
            ast::Number::Complex { .. } => None,
        },
        Expr::UnaryOp(operation) if operation.op == UnaryOp::USub => {
            match literal_of(&operation.operand)? {
                Literal::Int(text) => Some(Literal::Int(format!("-{text}"))),
                Literal::Float(text) => Some(Literal::Float(format!("-{text}"))),
                _ => None,
            }
        }
        Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. }) => elts
            .iter()
            .map(literal_of)
            .collect::<Option<Vec<_>>>()
            .map(Literal::List),
        _ => None,
    }
}

/// A float as Python writes it.
fn float_text(value: f64) -> String {
    let text = format!("{value:?}");
    if text.contains(['.', 'e', 'i', 'n']) {
        text
    } else {
        format!("{text}.0")
    }
}

/// The annotation for a value: what the library takes where that is known and fits, else the value's own type.
fn annotation_of(value: &Literal, known: Option<&str>) -> String {
    let own = match value {
        Literal::None => "None".to_owned(),
        Literal::Bool(_) => "bool".to_owned(),
        Literal::Int(_) => "int".to_owned(),
        Literal::Float(_) => "float".to_owned(),
        Literal::Str(_) => "str".to_owned(),
        Literal::Map(_) => "dict[str, object]".to_owned(),
        Literal::List(items) => {
            let mut kinds: Vec<String> =
                items.iter().map(|item| annotation_of(item, None)).collect();
            kinds.sort();
            kinds.dedup();
            format!("tuple[{}, ...]", kinds.join(" | "))
        }
    };
    match known {
        Some(known) if known.split(" | ").any(|part| part == own) => known.to_owned(),
        _ => own,
    }
}

/// The expression of a statement that has exactly this range.
pub(crate) fn expression_at(program: &Program, unit: UnitId, range: TextRange) -> Option<&Expr> {
    use ast::visitor::{Visitor, walk_expr};
    struct Finder<'a>(TextRange, Option<&'a Expr>);
    impl<'a> Visitor<'a> for Finder<'a> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if expression.range() == self.0 {
                self.1 = Some(expression);
            } else if expression.range().contains_range(self.0) {
                walk_expr(self, expression);
            }
        }
    }
    let mut finder = Finder(range, None);
    finder.visit_stmt(program.statement(unit));
    finder.1
}
