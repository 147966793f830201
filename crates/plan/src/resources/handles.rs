//! Files that a call opens, or that stand before its method: where they are.

use srcify_effects::{CallFacts, Callee, Effect, EffectSet};
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::families::family;
use super::{Access, Extractor, OUTSIDE};
use crate::settings::expression_at;
use crate::untangle::handles::OPENERS;

impl Extractor<'_> {
    /// `Path("a.txt")` in `Path("a.txt").read_text()`: the receiver of a method that reads or writes its path.
    pub(super) fn path_receiver(
        &self,
        unit: UnitId,
        callee: &str,
        call: &CallFacts,
    ) -> Option<TextRange> {
        let is_path = callee.starts_with("pathlib.");
        let does = [
            "read_text",
            "read_bytes",
            "write_text",
            "write_bytes",
            "mkdir",
            "unlink",
            "glob",
            "rglob",
            "iterdir",
            "exists",
            "is_file",
            "is_dir",
            "stat",
            "rmdir",
            "touch",
        ];
        let method = callee.rsplit('.').next().unwrap_or(callee);
        if !is_path || !does.contains(&method) {
            return None;
        }
        let expression = expression_at(self.program, unit, call.range)?;
        let receiver = &expression.as_call_expr()?.func.as_attribute_expr()?.value;
        Some(receiver.range())
    }

    /// What a call does that opens a file where a path may stand, with the path: `read_csv(gzip.open(p))`.
    pub(super) fn opened_in_place(
        &self,
        unit: UnitId,
        place: TextRange,
    ) -> Option<(EffectSet, TextRange)> {
        let node = expression_at(self.program, unit, place)?.as_call_expr()?;
        let call = self.graph.call_at(node.range())?;
        Some((call.own_effects, opened_path(node, call)?))
    }

    /// `open(p).read()`, `json.load(open(p))`: a call that uses a handle up which it opens itself.
    pub(super) fn access_through_handle<'c>(
        &self,
        unit: UnitId,
        callee: &'c str,
        call: &'c CallFacts,
    ) -> Option<Access<'c>> {
        let gives_handle = call
            .returns
            .as_ref()
            .is_none_or(|ty| ty.name.starts_with("io.") || ty.name.starts_with("_io"));
        let uses_up = ["read", "readlines", "write", "load", "dump", "safe_load"];
        let method = callee.rsplit('.').next().unwrap_or(callee);
        if !uses_up.contains(&method)
            || (gives_handle && !matches!(method, "load" | "dump" | "safe_load"))
        {
            return None;
        }
        if !call.effects.is_subset(OUTSIDE) {
            return None;
        }
        let expression = expression_at(self.program, unit, call.range)?.as_call_expr()?;
        let receiver = expression.func.as_attribute_expr().map(|it| &*it.value);
        let candidates = receiver.into_iter().chain(expression.arguments.args.iter());
        let opened = candidates.filter_map(Expr::as_call_expr).find_map(|inner| {
            let call = self.graph.call_at(inner.range())?;
            Some((call, opened_path(inner, call)?))
        });
        let (opened, location) = opened?;
        let mut family = family(callee, opened.effects.union(call.effects));
        if method == "readlines" && family.method == "read" {
            family.method = "read_lines";
        }
        Some(Access {
            family,
            callee,
            location: Some(location),
            call,
            query: None,
        })
    }
}

/// What a method of this name may do in a class of `io`.
pub(super) fn allowed(method: &str) -> EffectSet {
    if method == "savefig" {
        OUTSIDE.union(EffectSet::of(Effect::Figure))
    } else {
        OUTSIDE
    }
}

/// Whether a call opens a file.
pub(super) fn is_opener(call: &CallFacts) -> bool {
    let Callee::Library(callee) = &call.callee else {
        return false;
    };
    OPENERS.contains(&callee.as_str())
}

/// The path that `open(p)`, `gzip.open(p)` or `p.open()` opens.
pub(super) fn opened_path(node: &ast::ExprCall, call: &CallFacts) -> Option<TextRange> {
    let is_file = |it: &&srcify_effects::Argument| {
        let parameter = it.parameter.as_deref();
        parameter.is_some_and(|it| ["file", "filename"].contains(&it))
    };
    match &call.callee {
        Callee::Library(it) if it == "pathlib.Path.open" => {
            Some(node.func.as_attribute_expr()?.value.range())
        }
        Callee::Library(it) if OPENERS.contains(&it.as_str()) => {
            call.arguments.iter().find(is_file).map(|it| it.range)
        }
        _ => None,
    }
}

/// Whether a call opens a file for text: its mode is written down and says so, or it has none and what opens it takes that
/// for text.
pub(super) fn opens_text(callee: &str, call: &ast::ExprCall) -> bool {
    let at = usize::from(callee != "pathlib.Path.open");
    let mut keywords = call.arguments.keywords.iter();
    let named = keywords.find(|it| it.arg.as_deref() == Some("mode"));
    let mode = named.map(|it| &it.value).or(call.arguments.args.get(at));
    let is_packed = ["gzip.open", "bz2.open", "lzma.open"].contains(&callee);
    let Some(mode) = mode else {
        return !is_packed && call.arguments.keywords.iter().all(|it| it.arg.is_some());
    };
    let mode = mode.as_string_literal_expr().map(|it| it.value.to_str());
    mode.is_some_and(|it| !it.contains('b') && (it.contains('t') || !is_packed))
}
