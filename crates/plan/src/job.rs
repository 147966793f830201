//! The job: its application function, and the functions of the domain that it calls.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, SourceKind, TextRange};

mod attributes;
mod bundles;
mod checked;
mod defaults;
mod domain;
mod globals;
mod in_place;
mod inner;
mod introduction;
mod looks;
mod models;
mod qualnames;
mod results;
mod signatures;
mod special;
mod stages;
pub(crate) mod unread;
mod wording;

pub(crate) use signatures::{need_words_of, setting_annotation};

pub(crate) use checked::is_untyped;
pub(crate) use inner::bound_in;

use self::bundles::Field;
use self::introduction::Introduction;
use self::results::Returned;
use crate::context::Context;
use crate::cuts::Part;
use crate::edits::{Edit, indent};
use crate::modules::Draft;
use crate::naming;
use crate::planner::Planner;
use crate::{Folder, Item, Job};

/// What all functions of the job share.
struct Frame<'a> {
    base: Context,
    /// The parameter that holds the settings, and its class.
    config: &'a str,
    class: &'a str,
}

/// The application module in the making.
struct JobText {
    /// Names that new classes may not take.
    taken: BTreeSet<String>,
    application: Draft,
    /// Body of the application function.
    body: String,
    /// Variables that are fields of an object there.
    held: BTreeMap<String, Field>,
}

impl JobText {
    /// Groups stand a blank line apart.
    fn begin_group(&mut self) {
        if !self.body.is_empty() {
            self.body.push('\n');
        }
    }
}

/// Gives a module the logger that it uses.
fn add_logger(application: &mut Draft, logger: &str) {
    let call = format!("{logger}.");
    if application
        .items
        .iter()
        .any(|item| item.text.contains(&call))
    {
        application
            .needed
            .insert("logging".to_owned(), "import logging".to_owned());
        application
            .prelude
            .push(format!("{logger} = logging.getLogger(__name__)"));
    }
    application
        .needed
        .insert("sys".to_owned(), "import sys".to_owned());
}

impl Planner<'_> {
    /// Writes the application function and everything that it calls.
    pub(crate) fn write_job(&mut self, groups: Vec<Vec<Part>>) {
        let wish = self.preferences.job.clone();
        let wished = self.wishes.job(&mut self.diagnostics);
        let name = wish.or(wished).unwrap_or_else(|| naming::job(self.graph));
        let function = self.names.unique(&format!("run_{name}"));
        // A concern may have the job's name.
        let words = naming::pascal(&name);
        let class = [format!("{words}Config"), format!("{words}JobConfig")];
        let class = self.names.first_free(&[&class[0], &class[1]]);
        self.definitions.settings.clone_from(&class);
        let config = self.names.first_free(&["config", "settings", "job_config"]);
        let logger = self.names.first_free(&["logger", "log", "job_logger"]);
        let (config, logger) = (config.as_str(), logger.as_str());
        let introduction = self.introduction();
        let base = self.base_context(config, logger, introduction.as_ref());
        let mut application = Draft::new(Folder::Application, &name, &format!("The {name} job."));
        self.write_definitions(logger, introduction.as_ref(), &mut application);
        let frame = Frame {
            base,
            config,
            class: &class,
        };
        let mut text = self.write_groups(groups, &frame, application);
        let returned = self.write_results(&name, &mut text);
        let JobText {
            mut application,
            mut body,
            ..
        } = text;
        if self.is_introspective {
            body = format!("{}{body}", self.global_declaration());
        }
        let unbound = self.declarations(&body, &mut application);
        let body = format!("{unbound}{body}");
        let is_async = self.awaits();
        let parameters = format!("{config}: {class}");
        let text = self.job_function(&function, &parameters, &returned, &body);
        application.items.push(Item {
            name: function.clone(),
            text,
            units: Vec::new(),
        });
        if let Some(introduction) = introduction {
            let drafts = self.drafts.iter_mut().chain([&mut application]);
            drafts.for_each(|it| introduction.write(it));
        }
        add_logger(&mut application, logger);
        self.write_resources();
        self.drafts.push(application);
        self.sort_drafts();
        let settings = std::mem::take(&mut self.lifting).settings(class);
        let origin = self.plan.origins[0].clone();
        self.add_job(Job {
            origin,
            summary: naming::plain_summary(&self.plan.summary),
            about: naming::about(self.program, &self.plan.summary),
            name,
            function,
            is_async,
            settings,
        });
    }

    /// The text of the application function.
    fn job_function(
        &mut self,
        function: &str,
        parameters: &str,
        returned: &Returned,
        body: &str,
    ) -> String {
        let keyword = if self.awaits() { "async def" } else { "def" };
        let mut summary = self.job_words();
        if let Some(told) = &returned.told {
            summary = format!("{summary}\n\n    Returns:\n        {told}\n    ");
        }
        format!(
            "{keyword} {function}({parameters}) -> {}:\n    {}\n{}",
            returned.annotation,
            docstring(&summary),
            indent(body)
        )
    }

    fn sort_drafts(&mut self) {
        self.drafts
            .sort_by_key(|draft| (draft.folder, draft.name.clone()));
    }

    fn awaits(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| crate::steps::awaits(self.program.statement(step.unit)))
    }

    /// What is different for code in the application function.
    fn base_context(
        &self,
        config: &str,
        logger: &str,
        introduction: Option<&Introduction>,
    ) -> Context {
        let mut context = Context {
            is_introspective: self.is_introspective,
            logger: self.prints_become_messages().then(|| logger.to_owned()),
            figures: self.figures,
            scalars: Rc::new(self.scalar_operands()),
            ..Context::default()
        };
        for lifted in &self.lifting.lifted {
            let text = lifted.expression(config);
            if let Some(variable) = &lifted.variable {
                context.names.insert(variable.clone(), text.clone());
            }
            let edits = lifted.places.iter().map(|place| place.edit(&text));
            context.literals.extend(edits);
        }
        context.lifted = Rc::new(self.definitions.lifted());
        self.name_sections(config, &mut context);
        context.literals.extend(self.secret_edits());
        context.literals.extend(self.guard_edits());
        for (name, text) in self.module_names(introduction) {
            context.names.insert(name, text);
        }
        context.share();
        context
    }

    /// What the input's module knows of itself, with what stands for it in the package's.
    fn module_names(&self, introduction: Option<&Introduction>) -> Vec<(String, String)> {
        let docstring = || {
            let text = self.docstring_of_input();
            text.map_or_else(|| "None".to_owned(), |it| crate::prints::quote(&it))
        };
        let given = [
            ("__file__", crate::prints::quote(&self.plan.origins[0])),
            ("__name__", "\"__main__\"".to_owned()),
            (
                "__doc__",
                introduction.map_or_else(docstring, |it| it.name.clone()),
            ),
        ];
        // What the input binds itself is a variable like any other.
        let own = given
            .into_iter()
            .filter(|(name, _)| self.names.get(name).is_none());
        own.map(|(name, text)| (name.to_owned(), text)).collect()
    }

    /// Says how to give what an option of the command line was, where it must be given.
    pub(super) fn guard_edits(&self) -> Vec<Edit> {
        let mut guards = Guards(Vec::new());
        for step in &self.steps {
            guards.visit_stmt(self.program.statement(step.unit));
        }
        let edit = |(variable, range): (&str, TextRange)| {
            let lifted = self.lifting.by_variable(variable)?;
            let name = format!("{}.{}", lifted.section, lifted.field);
            let text = format!("error: `{name}` must be set, as in `{name}=VALUE`");
            let text = crate::prints::quote(&text);
            Some(Edit { range, text })
        };
        guards.0.into_iter().filter_map(edit).collect()
    }

    /// Reads each secret from the environment.
    pub(crate) fn secret_edits(&self) -> impl Iterator<Item = Edit> {
        self.secrets.iter().filter_map(|secret| {
            Some(Edit {
                range: secret.range?,
                text: secret.replacement.clone(),
            })
        })
    }

    /// Code that looks names up in its own module finds them there: variables of the job are globals of its module.
    fn global_declaration(&self) -> String {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for step in &self.steps {
            names.extend(
                step.may
                    .iter()
                    .filter(|name| !self.names.is_import(name))
                    .map(String::as_str),
            );
        }
        match names.len() {
            0 => String::new(),
            _ => format!(
                "global {}\n",
                names.into_iter().collect::<Vec<_>>().join(", ")
            ),
        }
    }

    /// Programs that turn standard output elsewhere print; a logger would keep to the old one. So do those that silence the
    /// loggers of others.
    fn prints_become_messages(&self) -> bool {
        let text = &self.program.source.text;
        let is_redirected = text.contains("redirect_stdout") || text.contains("sys.stdout");
        !is_redirected && !crate::prints::silences_loggers(text)
    }

    fn docstring_of_input(&self) -> Option<String> {
        if self.program.source.kind == SourceKind::Notebook {
            // What IPython calls the module it runs cells in.
            return Some(
                "Automatically created module for IPython interactive environment".to_owned(),
            );
        }
        let text = srcify_syntax::snippet(&self.program.source.text);
        match text.statements().first()? {
            Stmt::Expr(ast::StmtExpr { value, .. }) => {
                Some(value.as_string_literal_expr()?.value.to_str().to_owned())
            }
            _ => None,
        }
    }

    pub(super) fn draft(&mut self, folder: Folder, name: &str) -> &mut Draft {
        let at = self
            .drafts
            .iter()
            .position(|draft| draft.folder == folder && draft.name == name);
        let at = at.unwrap_or_else(|| {
            self.drafts.push(Draft::new(
                folder,
                name,
                naming::module_summary(folder, name),
            ));
            self.drafts.len() - 1
        });
        &mut self.drafts[at]
    }

    /// Whether code in the domain may name a class of the input.
    pub(super) fn is_domain_class(&self, class: &str) -> bool {
        self.definitions
            .placed
            .get(class)
            .is_some_and(|it| it.folder == Folder::Domain)
    }
}

/// A docstring literal.
pub(crate) fn docstring(summary: &str) -> String {
    let escaped = summary.replace('\\', "\\\\").replace("\"\"\"", "'''");
    if escaped.chars().count() <= SUMMARY_LENGTH || escaped.contains('\n') {
        return format!("\"\"\"{escaped}\"\"\"");
    }
    // The first words, and then all of them: the formatter indents the lines.
    let lines = wrapped(&escaped, SUMMARY_LENGTH - 3);
    let first = lines[0].trim_end_matches([',', ';', ':', '.', ' ']);
    format!(
        "\"\"\"{first}...\n\n    {}\n    \"\"\"",
        lines.join("\n    ")
    )
}

/// Characters of a summary that stands on one line, two levels deep.
pub(crate) const SUMMARY_LENGTH: usize = 84;

/// The words of `text` on lines of at most `room` characters, where words allow it.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a line from the start");
        if line.is_empty() || line.chars().count() + 1 + word.chars().count() <= room {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// What refuses to run without an option, wherever it stands.
struct Guards<'a>(Vec<(&'a str, TextRange)>);

impl<'a> Visitor<'a> for Guards<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        self.0.extend(missing_option(statement));
        walk_stmt(self, statement);
    }
}

/// `if data is None: raise SystemExit("…")`, which stands for an option that must be given: its variable, and the message.
pub(crate) fn missing_option(statement: &Stmt) -> Option<(&str, TextRange)> {
    let branch = statement.as_if_stmt()?;
    let test = branch.test.as_compare_expr()?;
    let is_none =
        matches!(&*test.ops, [ast::CmpOp::Is]) && test.comparators[0].is_none_literal_expr();
    let [Stmt::Raise(raise)] = &branch.body[..] else {
        return None;
    };
    let call = raise.exc.as_ref()?.as_call_expr()?;
    let message = call.arguments.args.first()?.as_string_literal_expr()?;
    let text = message.value.to_str();
    let is_ours = text.starts_with("error: the setting `") && text.ends_with("` is missing");
    let name = test.left.as_name_expr()?;
    (is_none && is_ours).then(|| (name.id.as_str(), message.range()))
}
