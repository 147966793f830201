//! Classes of `io/` that hold a path as text, and use it as a path alone: they hold a `Path`.

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange, snippet};

use super::{IMPORT, names};
use crate::{Folder, Plan};

/// A range, and what takes its place.
type Edit = (TextRange, String);

/// Makes the classes hold a `Path`, and those who make them pass one.
pub(super) fn hold_paths(plan: &mut Plan) {
    let classes: Vec<String> = plan
        .modules
        .iter()
        .filter(|module| module.folder == Folder::Io)
        .flat_map(|module| &module.items)
        .filter(|item| holds_text(&item.text))
        .map(|item| item.name.clone())
        .collect();
    for class in classes {
        hold_path(plan, &class);
    }
}

/// Whether a class has a field for a path as text, of which it only makes a `Path`, or says it.
fn holds_text(text: &str) -> bool {
    let uses = text.matches("self.path").count();
    let as_path = text.matches("Path(self.path)").count();
    let said = text.matches("{self.path}").count();
    field(text).is_some() && as_path > 0 && uses == as_path + said
}

fn field(text: &str) -> Option<&'static str> {
    ["    path: str\n", "    path: str | Path\n"]
        .into_iter()
        .find(|it| text.contains(it))
}

fn hold_path(plan: &mut Plan, class: &str) {
    let mut edits = Vec::new();
    for (at, module) in plan.modules.iter().enumerate() {
        let is_path_free = module.imports.contains(IMPORT) || !names(module, "Path");
        for (index, item) in module.items.iter().enumerate() {
            if item.name == class || !item.text.contains(class) {
                continue;
            }
            let Some(found) = calls(&item.text, class) else {
                return;
            };
            if !found.is_empty() && !is_path_free {
                return;
            }
            edits.push((at, index, found));
        }
    }
    for (at, index, found) in edits {
        let module = &mut plan.modules[at];
        let text = &mut module.items[index].text;
        for (range, path) in found.iter().rev() {
            text.replace_range(usize::from(range.start())..usize::from(range.end()), path);
        }
        if !found.is_empty() {
            module.imports.insert(IMPORT.to_owned());
        }
    }
    let io = plan.modules.iter_mut().filter(|it| it.folder == Folder::Io);
    for item in io
        .flat_map(|it| &mut it.items)
        .filter(|it| it.name == class)
    {
        if let Some(field) = field(&item.text) {
            item.text = item
                .text
                .replacen(field, "    path: Path\n", 1)
                .replace("Path(self.path)", "self.path");
        }
    }
}

/// The arguments of the calls that make an object of a class, and the paths that take their places; `None` where the class
/// is used in another way.
fn calls(text: &str, class: &str) -> Option<Vec<Edit>> {
    struct Calls<'a> {
        text: &'a str,
        class: &'a str,
        mentions: usize,
        found: Vec<Edit>,
    }
    impl<'a> Visitor<'a> for Calls<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            match expression {
                Expr::Name(name) if name.id.as_str() == self.class => self.mentions += 1,
                Expr::Call(call) => {
                    let is_class = call
                        .func
                        .as_name_expr()
                        .is_some_and(|it| it.id.as_str() == self.class);
                    if let [argument] = &call.arguments.args[..]
                        && is_class
                        && call.arguments.keywords.is_empty()
                        && !argument.is_starred_expr()
                    {
                        self.found
                            .push((argument.range(), path_of(argument, self.text)));
                    }
                }
                _ => {}
            }
            walk_expr(self, expression);
        }
    }
    let parsed = snippet(text);
    let mut calls = Calls {
        text,
        class,
        mentions: 0,
        found: Vec::new(),
    };
    calls.visit_body(parsed.statements());
    // Annotations and strings may name it, too.
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let is_all = words.filter(|it| *it == class).count() == calls.found.len();
    (is_all && calls.mentions == calls.found.len()).then_some(calls.found)
}

/// `Path(folder, "file")` for `os.path.join(folder, "file")`, else `Path(location)`.
fn path_of(location: &Expr, text: &str) -> String {
    let slice = |it: &Expr| text[it.range()].to_owned();
    if let Expr::Call(ast::ExprCall {
        func, arguments, ..
    }) = location
        && &text[func.range()] == "os.path.join"
        && arguments.keywords.is_empty()
        && !arguments.args.iter().any(Expr::is_starred_expr)
        && !text[location.range()].contains('#')
    {
        let parts: Vec<String> = arguments.args.iter().map(slice).collect();
        return format!("Path({})", parts.join(", "));
    }
    format!("Path({})", slice(location))
}

#[cfg(test)]
mod tests {
    use super::{calls, holds_text};

    fn changed(text: &str) -> Option<String> {
        let mut result = text.to_owned();
        for (range, path) in calls(text, "Store")?.iter().rev() {
            result.replace_range(usize::from(range.start())..usize::from(range.end()), path);
        }
        Some(result)
    }

    #[test]
    fn joined_parts_become_a_path() {
        assert_eq!(
            changed("Store(os.path.join(a.b, \"c\")).save(x)\ny = Store(f\"{d}/e\").load()\n")
                .as_deref(),
            Some("Store(Path(a.b, \"c\")).save(x)\ny = Store(Path(f\"{d}/e\")).load()\n")
        );
    }

    #[test]
    fn a_class_that_is_used_otherwise_keeps_its_text() {
        for text in ["x: Store = Store(a)\n", "make(Store)\n", "Store(path=a)\n"] {
            assert_eq!(changed(text), None, "{text}");
        }
        let class = |body: &str| {
            format!("class Store:\n    path: str\n\n    def load(self) -> Any:\n        {body}\n")
        };
        assert!(holds_text(&class("return Path(self.path).open()")));
        assert!(!holds_text(&class("return pd.read_csv(self.path)")));
    }
}
