//! What a function does with its parameters, as far as that tells what they are.

mod terms;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::protocols::{comparison_method, in_place_method, operator_methods};
use terms::collect_terms;

/// What is done with one parameter.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Attributes that are read, set or called.
    pub members: BTreeSet<String>,
    /// Those of them that are not called.
    pub uncalled: BTreeSet<String>,
    /// Special methods that syntax and builtins call on it.
    pub protocols: BTreeSet<&'static str>,
    /// Names of what is passed to its methods.
    pub options: BTreeSet<String>,
    /// Functions that it is passed to, as they are written.
    pub passed_to: BTreeSet<String>,
    /// What it was asked to be an instance of.
    pub is_tested: bool,
    /// `print(…, file=p)`
    pub is_output: bool,
    /// `np.add(a, b, out=p)`
    pub is_filled: bool,
    pub is_called: bool,
    /// `column.map(p)`
    pub is_table: bool,
    /// Functions that it is given to as it is, with its position.
    pub handed_to: Vec<(String, usize)>,
    /// `p["a"]`
    pub has_text_key: bool,
    /// `p["a"] = …`
    pub sets_text_key: bool,
    /// `p[["a", "b"]]`, `p[p["a"] > 1]`
    pub has_frame_index: bool,
    /// `p[0, 1]`, `p[:, 0]`
    pub has_grid_index: bool,
    /// `p[p > 1]`
    pub has_mask_index: bool,
    pub has_slice: bool,
    /// `p[i]`
    pub has_item: bool,
    pub is_iterated: bool,
    /// `islice(p, n)`
    pub is_cut: bool,
    /// `**p`
    pub is_mapping: bool,
    /// Computed or compared with a number.
    pub is_number: bool,
    /// One number is made of what is computed with it: `int(share * total)`.
    pub is_rounded: bool,
    /// Joined to a text, or compared with one.
    pub is_text: bool,
    /// `p += [1]`: what it is extended by.
    pub grows_by: Option<&'static str>,
    /// `p / "name"`
    pub is_path: bool,
    /// A term of a formula: among what is added, multiplied and so on there is a number, or a function of numbers.
    pub is_term: bool,
    /// The body gives the name another value.
    pub is_bound: bool,
}

impl Evidence {
    /// Whether nothing is done with it that `None` could not bear: it is given on, or kept.
    pub fn is_kept_whole(&self) -> bool {
        let is_indexed = self.has_text_key || self.has_grid_index || self.has_item;
        let is_parted = is_indexed || self.has_slice || self.has_mask_index || self.is_iterated;
        let is_used = self.is_called || self.is_mapping || self.is_number || self.is_text;
        let mut protocols = self.protocols.iter();
        let is_shown = protocols.all(|it| ["__str__", "__repr__", "__format__"].contains(it));
        self.members.is_empty() && is_shown && !is_parted && !is_used
    }

    /// Whether nothing is done with it but giving it, or a copy of it, another name.
    pub fn is_unused(&self) -> bool {
        let is_indexed = self.has_text_key || self.has_item || self.has_slice;
        let is_copied = self.members.len() == 1 && self.members.contains(COPY) && !is_indexed;
        let is_met = self.is_tested || self.is_called || self.is_iterated || self.is_mapping;
        let is_asked = !self.members.is_empty() && !is_copied;
        !is_asked && self.protocols.is_empty() && self.passed_to.is_empty() && !is_met
    }
}

/// Whether a body asks whether a name is `None`, or whether there is anything in it.
pub(super) fn asks_for_none(body: &[Stmt], name: &str) -> bool {
    struct Asking<'n>(&'n str, bool);
    impl Asking<'_> {
        fn test(&mut self, test: &Expr) {
            self.1 |= test.as_name_expr().is_some_and(|it| it.id == self.0);
        }
    }
    impl<'a> Visitor<'a> for Asking<'_> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            if let Stmt::If(choice) = statement {
                self.test(&choice.test);
            }
            walk_stmt(self, statement);
        }

        fn visit_expr(&mut self, expression: &'a Expr) {
            match expression {
                Expr::Compare(it) => {
                    let is_none = it.comparators.iter().any(Expr::is_none_literal_expr);
                    if is_none {
                        self.test(&it.left);
                    }
                }
                Expr::If(it) => self.test(&it.test),
                Expr::BoolOp(it) => it.values.iter().for_each(|it| self.test(it)),
                Expr::UnaryOp(it) if it.op == ast::UnaryOp::Not => self.test(&it.operand),
                _ => {}
            }
            walk_expr(self, expression);
        }
    }
    let mut asking = Asking(name, false);
    asking.visit_body(body);
    asking.1
}

/// What is done with each of these names in a function's body.
pub(super) fn evidence(names: BTreeSet<String>, body: &[Stmt]) -> BTreeMap<String, Evidence> {
    evidence_in(names, &[body])
}

/// What is done with each of these names in several bodies; `self.name` stands for an attribute.
pub(super) fn evidence_in(
    names: BTreeSet<String>,
    bodies: &[&[Stmt]],
) -> BTreeMap<String, Evidence> {
    let mut finder = Finder {
        found: names
            .into_iter()
            .map(|name| (name, Evidence::default()))
            .collect(),
        aliases: BTreeMap::new(),
        callee: None,
    };
    for statement in bodies.iter().copied().flatten() {
        finder.visit_stmt(statement);
    }
    for (name, found) in &mut finder.found {
        // `text = text.lower()` tells of the text that it was.
        found.is_bound &= !texts::stays(name, bodies);
    }
    finder.found
}

/// What begins the name under which it is kept what is done with another name of a parameter.
pub(super) const ALIAS: &str = "other name of ";

/// The method that gives a copy.
const COPY: &str = "copy";

/// `stock` of `stock.copy()`.
fn copied(value: &Expr) -> Option<&Expr> {
    let call = value.as_call_expr().filter(|it| it.arguments.is_empty())?;
    let method = call.func.as_attribute_expr()?;
    (method.attr.as_str() == COPY).then_some(&*method.value)
}

struct Finder {
    found: BTreeMap<String, Evidence>,
    /// Other names of parameters.
    aliases: BTreeMap<String, String>,
    /// The function of the call in progress.
    callee: Option<TextRange>,
}

impl Finder {
    fn of(&mut self, expression: &Expr) -> Option<&mut Evidence> {
        match expression {
            Expr::Name(name) => {
                let name = name.id.as_str();
                let known = self.aliases.get(name).map_or(name, String::as_str);
                self.found.get_mut(known)
            }
            Expr::Attribute(attribute) => {
                let object = attribute.value.as_name_expr()?;
                let is_own = object.id.as_str() == "self";
                let name = is_own.then(|| format!("self.{}", attribute.attr))?;
                self.found.get_mut(&name)
            }
            _ => None,
        }
    }

    /// `left = stock`, `left = stock.copy()`
    fn other_name(&mut self, assign: &ast::StmtAssign) {
        let copied = copied(&assign.value);
        if let ([Expr::Name(other)], Expr::Name(name)) =
            (&assign.targets[..], copied.unwrap_or(&assign.value))
            && self.found.contains_key(name.id.as_str())
            && !self.found.contains_key(other.id.as_str())
        {
            let alias = format!("{ALIAS}{}", name.id);
            let found = self.found.entry(alias.clone()).or_default();
            if copied.is_some() {
                found.members.insert(COPY.to_owned());
            }
            self.aliases.insert(other.id.to_string(), alias);
        }
    }

    /// What a method tells of the object that it is called on.
    fn receiver(&mut self, call: &ast::ExprCall) {
        if let Expr::Attribute(method) = &*call.func
            && let Some(it) = self.of(&method.value)
        {
            // `name.split("_")`: what splits data is given no text.
            let first = call.arguments.args.first();
            it.is_text |=
                method.attr.as_str() == "split" && first.is_some_and(Expr::is_string_literal_expr);
            let named = call.arguments.keywords.iter();
            it.options
                .extend(named.filter_map(|it| Some(it.arg.as_ref()?.to_string())));
        }
    }

    fn call(&mut self, call: &ast::ExprCall) {
        if let Some(it) = self.of(&call.func) {
            it.is_called = true;
        }
        self.receiver(call);
        let function = dotted(&call.func).unwrap_or_default();
        let is_map = call.arguments.args.len() == 1
            && matches!(&*call.func, Expr::Attribute(it) if it.attr.as_str() == "map");
        let is_of_numbers = crate::calls::is_elementwise(dotted_end(&function));
        for argument in call.arguments.args.iter().filter(|_| is_of_numbers) {
            self.formula(argument, true);
        }
        if function == "range" {
            call.arguments.args.iter().for_each(|it| self.count(it));
        }
        self.scalars(&function, &call.arguments.args);
        for (at, argument) in call.arguments.args.iter().enumerate() {
            let Some(it) = self.of(argument) else {
                continue;
            };
            it.is_table |= is_map;
            it.is_cut |= at == 0 && dotted_end(&function) == "islice";
            if call.func.is_name_expr() {
                it.handed_to.push((function.clone(), at));
            }
            it.protocols.extend(builtin_protocol(&function));
            it.is_text |= texts::is_searched(&function, call, at);
            match function.as_str() {
                "isinstance" | "hasattr" | "callable" => it.is_tested = true,
                "enumerate" | "sum" | "sorted" | "list" | "set" | "tuple" | "zip" | "map"
                | "iter" => it.is_iterated = true,
                "islice" | "tee" | "next" | "chain" | "groupby" | "takewhile" | "dropwhile" => {
                    it.is_iterated = true;
                }
                name if name.starts_with("itertools.") => it.is_iterated = true,
                "max" | "min" if call.arguments.args.len() == 1 => it.is_iterated = true,
                "any" | "all" | "reversed" | "deque" | "Counter" | "frozenset" => {
                    it.is_iterated = true;
                }
                _ => {}
            }
            it.passed_to.insert(function.clone());
        }
        for keyword in &call.arguments.keywords {
            self.output(keyword);
            if let Some(it) = self.of(&keyword.value) {
                it.is_mapping |= keyword.arg.is_none();
                let is_output = keyword.arg.as_ref().is_some_and(|name| name == "file");
                it.is_output |= is_output && function == "print";
                it.passed_to.insert(function.clone());
            }
        }
    }

    /// What a function is told to write its result into: `out=p`, `out=(p, q)`.
    fn output(&mut self, keyword: &ast::Keyword) {
        if keyword.arg.as_ref().is_none_or(|name| name != "out") {
            return;
        }
        let several = keyword.value.as_tuple_expr().map(|it| &it.elts[..]);
        for one in several.unwrap_or(std::slice::from_ref(&keyword.value)) {
            if let Some(it) = self.of(one) {
                it.is_filled = true;
            }
        }
    }

    /// What whole numbers are computed of that Python takes no others for: `range(n + 1)`.
    fn count(&mut self, expression: &Expr) {
        match expression {
            Expr::BinOp(it) if it.op != Operator::Div => {
                self.count(&it.left);
                self.count(&it.right);
            }
            Expr::UnaryOp(it) => self.count(&it.operand),
            _ => {
                if let Some(it) = self.of(expression) {
                    it.is_number = true;
                    it.passed_to.insert("range".to_owned());
                }
            }
        }
    }

    /// What functions of one number are given.
    fn scalars(&mut self, function: &str, arguments: &[Expr]) {
        const OF_SEVERAL: [&str; 4] = ["math.dist", "math.fsum", "math.prod", "math.sumprod"];
        if function == "int"
            && let [one @ Expr::BinOp(_)] = arguments
        {
            self.rounded(one);
        }
        if function.starts_with("math.") && !OF_SEVERAL.contains(&function) {
            arguments.iter().for_each(|it| self.rounded(it));
        }
    }

    /// What one number is computed of: `int(share * total)`, `math.exp(-x)`.
    fn rounded(&mut self, computed: &Expr) {
        match computed {
            Expr::BinOp(it) => {
                self.rounded(&it.left);
                self.rounded(&it.right);
            }
            Expr::UnaryOp(it) => self.rounded(&it.operand),
            one => {
                if let Some(it) = self.of(one) {
                    it.is_number = true;
                    it.is_rounded = true;
                }
            }
        }
    }

    fn subscript(&mut self, subscript: &ast::ExprSubscript) {
        let is_set = subscript.ctx.is_store() || subscript.ctx.is_del();
        let Some(it) = self.of(&subscript.value) else {
            return;
        };
        it.protocols
            .insert(if is_set { "__setitem__" } else { "__getitem__" });
        match &*subscript.slice {
            Expr::StringLiteral(_) | Expr::FString(_) => {
                it.has_text_key = true;
                it.sets_text_key |= is_set;
            }
            Expr::List(_) | Expr::ListComp(_) => it.has_frame_index = true,
            Expr::Tuple(_) => it.has_grid_index = true,
            Expr::Slice(_) => it.has_slice = true,
            Expr::Compare(comparison) => {
                it.has_mask_index = true;
                let left = &*comparison.left;
                it.has_frame_index |= left.is_subscript_expr() || left.is_attribute_expr();
            }
            Expr::BinOp(both) if matches!(both.op, Operator::BitAnd | Operator::BitOr) => {
                it.has_mask_index = true;
            }
            _ => it.has_item = true,
        }
    }

    fn operation(&mut self, left: &Expr, right: &Expr, operator: Operator) {
        let (method, reflected) = operator_methods(operator);
        for (one, other, method) in [(left, right, method), (right, left, reflected)] {
            let Some(it) = self.of(one) else { continue };
            it.protocols.insert(method);
            it.is_number |= is_number(other);
            match repeated(other) {
                Expr::StringLiteral(_) if operator == Operator::Div => it.is_path = true,
                Expr::StringLiteral(_) | Expr::FString(_) if operator == Operator::Add => {
                    it.is_text = true;
                }
                Expr::List(_) | Expr::ListComp(_) if operator == Operator::Add => {
                    it.grows_by = Some("list");
                }
                _ => {}
            }
        }
    }

    /// The names in a formula: all are computed with, where anything in it can be nothing but a number, or many.
    fn formula(&mut self, formula: &Expr, mut is_certain: bool) {
        let mut terms = Vec::new();
        collect_terms(formula, &mut terms, &mut is_certain);
        for term in terms.into_iter().filter(|_| is_certain) {
            if let Some(it) = self.of(term) {
                it.is_term = true;
            }
        }
    }

    fn comparison(&mut self, comparison: &ast::ExprCompare) {
        let mut left = &*comparison.left;
        for (operator, right) in comparison.ops.iter().zip(&comparison.comparators) {
            if matches!(operator, ast::CmpOp::In | ast::CmpOp::NotIn) {
                if let Some(it) = self.of(right) {
                    it.protocols.insert("__contains__");
                }
            } else if !matches!(operator, ast::CmpOp::Is | ast::CmpOp::IsNot) {
                for (one, other) in [(left, right), (right, left)] {
                    if let Some(it) = self.of(one) {
                        it.protocols.insert(comparison_method(*operator));
                        it.is_number |= is_number(other);
                        it.is_text |= other.is_string_literal_expr();
                    }
                }
            }
            left = right;
        }
    }
}

impl<'a> Visitor<'a> for Finder {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::For(each) => {
                if let Some(it) = self.of(&each.iter) {
                    it.is_iterated = true;
                    it.protocols.insert("__iter__");
                }
            }
            Stmt::Assign(assign) => self.other_name(assign),
            Stmt::AugAssign(assign) => {
                if let Some(it) = self.of(&assign.target) {
                    it.grows_by = match repeated(&assign.value) {
                        Expr::List(_) | Expr::ListComp(_) => Some("list"),
                        Expr::Tuple(_) => Some("tuple"),
                        other if is_call_of(other, "tuple") => Some("tuple"),
                        other if is_call_of(other, "str") => Some("str"),
                        Expr::StringLiteral(_) | Expr::FString(_) => Some("str"),
                        Expr::BytesLiteral(_) if assign.op == Operator::Add => Some("bytes"),
                        Expr::Set(_) | Expr::SetComp(_) => Some("set"),
                        Expr::Dict(_) => Some("dict"),
                        // Lists can be multiplied.
                        _ if assign.op == Operator::Mult => it.grows_by,
                        other if is_number(other) => Some("number"),
                        _ => it.grows_by,
                    };
                    it.protocols.insert(operator_methods(assign.op).0);
                    it.protocols.insert(in_place_method(assign.op));
                }
            }
            Stmt::Match(matching) => {
                if let Some(it) = self.of(&matching.subject) {
                    it.is_tested = true;
                }
            }
            Stmt::With(with) => {
                for item in &with.items {
                    if let Some(it) = self.of(&item.context_expr) {
                        it.protocols.insert("__enter__");
                    }
                }
            }
            Stmt::If(branch) => {
                if let Some(it) = self.of(&branch.test) {
                    it.protocols.insert("__bool__");
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if !name.ctx.is_load() => {
                if let Some(it) = self.of(expression) {
                    it.is_bound = true;
                }
            }
            Expr::Attribute(attribute) => {
                let is_called = self.callee == Some(attribute.range());
                if let Some(it) = self.of(&attribute.value) {
                    it.members.insert(attribute.attr.to_string());
                    if !is_called {
                        it.uncalled.insert(attribute.attr.to_string());
                    }
                }
            }
            Expr::Call(call) => {
                self.callee = Some(call.func.range());
                self.call(call);
            }
            Expr::Subscript(subscript) => self.subscript(subscript),
            Expr::BinOp(it) => {
                self.operation(&it.left, &it.right, it.op);
                self.formula(expression, false);
            }
            Expr::Compare(comparison) => self.comparison(comparison),
            Expr::If(it) => {
                if let Some(it) = self.of(&it.test) {
                    it.protocols.insert("__bool__");
                }
            }
            Expr::Dict(dict) => {
                for item in dict.items.iter().filter(|it| it.key.is_none()) {
                    if let Some(it) = self.of(&item.value) {
                        it.is_mapping = true;
                    }
                }
            }
            Expr::FString(string) => {
                for part in string.value.elements() {
                    if let Some(part) = part.as_interpolation()
                        && let Some(it) = self.of(&part.expression)
                    {
                        it.protocols.insert("__format__");
                        it.protocols.insert("__str__");
                    }
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        if let Some(it) = self.of(&comprehension.iter) {
            it.is_iterated = true;
            it.protocols.insert("__iter__");
        }
        ast::visitor::walk_comprehension(self, comprehension);
    }
}

/// The text or bytes of `"=" * n`; anything else as it is.
fn repeated(expression: &Expr) -> &Expr {
    let product = expression.as_bin_op_expr();
    let product = product.filter(|it| it.op == Operator::Mult);
    let is_text = |it: &&Expr| it.is_string_literal_expr() || it.is_bytes_literal_expr();
    let text = product.and_then(|it| [&*it.left, &*it.right].into_iter().find(is_text));
    text.unwrap_or(expression)
}

/// `mean` of `np.mean`.
fn dotted_end(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn is_text(expression: &Expr) -> bool {
    expression.is_string_literal_expr() || expression.is_f_string_expr()
}

/// `np.mean`
pub(super) fn dotted(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Name(name) => Some(name.id.to_string()),
        Expr::Attribute(attribute) => {
            Some(format!("{}.{}", dotted(&attribute.value)?, attribute.attr))
        }
        _ => None,
    }
}

fn is_number(expression: &Expr) -> bool {
    match expression {
        Expr::NumberLiteral(_) => true,
        Expr::UnaryOp(it) => it.operand.is_number_literal_expr(),
        Expr::Call(call) => {
            matches!(&*call.func, Expr::Name(name) if matches!(name.id.as_str(), "len" | "int" | "float"))
        }
        _ => false,
    }
}

fn is_call_of(expression: &Expr, function: &str) -> bool {
    let Expr::Call(call) = expression else {
        return false;
    };
    matches!(&*call.func, Expr::Name(name) if name.id.as_str() == function)
}

fn builtin_protocol(function: &str) -> &'static [&'static str] {
    match function {
        "len" => &["__len__"],
        "str" | "print" => &["__str__", "__repr__"],
        "repr" => &["__repr__"],
        "hash" => &["__hash__"],
        "sum" => &["__iter__", "__sum__"],
        "iter" | "list" | "sorted" | "tuple" | "set" | "enumerate" => &["__iter__"],
        "next" => &["__next__"],
        "bool" => &["__bool__"],
        "abs" => &["__abs__"],
        "float" => &["__float__"],
        "int" => &["__int__"],
        _ => &[],
    }
}
