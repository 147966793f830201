//! Columns that are assigned as attributes: `table.price = table.price.fillna(0)` is `table["price"] = …`.
//!
//! Pandas sets the column of that name where there is one, and else an attribute of the object. Where the value reads the
//! same attribute, there is one: it read it.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::EffectGraph;
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, ExprAttribute, Stmt};
use srcify_syntax::{Program, Ranged};

use crate::edits::Edit;

/// Attributes of every table: nothing else goes by these names.
const ATTRIBUTES: &str = "T abs add add_prefix add_suffix agg aggregate align all any apply applymap asfreq asof assign \
    astype at at_time attrs axes backfill between_time bfill bool boxplot clip columns combine combine_first compare \
    convert_dtypes copy corr corrwith count cov cummax cummin cumprod cumsum describe diff div divide dot drop \
    drop_duplicates droplevel dropna dtypes duplicated empty eq equals eval ewm expanding explode ffill fillna filter first \
    first_valid_index flags floordiv from_dict from_records ge get groupby gt head hist iat idxmax idxmin iloc index \
    infer_objects info insert interpolate isetitem isin isna isnull items iterrows itertuples join keys kurt kurtosis last \
    last_valid_index le loc lt map mask max mean median melt memory_usage merge min mod mode mul multiply ndim ne nlargest \
    notna notnull nsmallest nunique pad pct_change pipe pivot pivot_table plot pop pow prod product quantile query radd rank \
    rdiv reindex reindex_like rename rename_axis reorder_levels replace resample reset_index rfloordiv rmod rmul rolling \
    round rpow rsub rtruediv sample select_dtypes sem set_axis set_flags set_index shape shift size skew sort_index \
    sort_values sparse squeeze stack std style sub subtract sum swapaxes swaplevel tail take to_clipboard to_csv to_dict \
    to_excel to_feather to_gbq to_hdf to_html to_json to_latex to_markdown to_numpy to_orc to_parquet to_period to_pickle \
    to_records to_sql to_stata to_string to_timestamp to_xarray to_xml transform transpose truediv truncate tz_convert \
    tz_localize unstack update value_counts values var where xs";

/// Writes such columns as columns.
pub(super) fn edits(program: &Program, graph: &EffectGraph) -> Vec<Edit> {
    let mut stored = Stored::default();
    for unit in program.units() {
        stored.visit_stmt(program.statement(unit.id));
    }
    // By name, anything may be set.
    let is_hidden = ["setattr", "__dict__"]
        .iter()
        .any(|it| program.source.text.contains(it));
    if stored.0.is_empty() || is_hidden {
        return Vec::new();
    }
    let known: BTreeSet<&str> = ATTRIBUTES.split_whitespace().collect();
    let mut tables: BTreeMap<&str, bool> = BTreeMap::new();
    let mut found: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    for (unit, facts) in program.units().iter().zip(&graph.units) {
        let target = read_and_set(program.statement(unit.id));
        if let Some((table, attribute)) =
            target.filter(|(table, _)| tables.get(table) == Some(&true))
            && !known.contains(attribute.attr.as_str())
            && !attribute.attr.starts_with('_')
        {
            found
                .entry(attribute.attr.as_str())
                .or_default()
                .push(Edit {
                    range: attribute.range(),
                    text: format!("{table}[\"{}\"]", attribute.attr),
                });
        }
        for name in &facts.access.may {
            let ty = facts.types.get(name).map(|it| it.name.as_str());
            let is_sure = facts.access.must.contains(name);
            tables.insert(name, is_sure && ty == Some("pandas.DataFrame"));
        }
    }
    // Where another statement may have made an attribute of that name, it would be read.
    found.retain(|name, edits| stored.0.get(name) == Some(&edits.len()));
    found.into_values().flatten().collect()
}

/// The attribute that an assignment sets, of the object of a name, and reads for its value.
fn read_and_set(statement: &Stmt) -> Option<(&str, &ExprAttribute)> {
    let Stmt::Assign(assign) = statement else {
        return None;
    };
    let [Expr::Attribute(target)] = &assign.targets[..] else {
        return None;
    };
    let table = target.value.as_name_expr()?.id.as_str();
    let mut reads = Reads {
        table,
        attribute: target.attr.as_str(),
        found: false,
    };
    reads.visit_expr(&assign.value);
    reads.found.then_some((table, target))
}

/// Whether an expression reads an attribute whenever it is evaluated.
struct Reads<'a> {
    table: &'a str,
    attribute: &'a str,
    found: bool,
}

impl<'a> Visitor<'a> for Reads<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Attribute(it)
                if it.attr.as_str() == self.attribute
                    && it
                        .value
                        .as_name_expr()
                        .is_some_and(|it| it.id == self.table) =>
            {
                self.found = true;
            }
            Expr::Compare(it) => {
                self.visit_expr(&it.left);
                it.comparators
                    .iter()
                    .take(1)
                    .for_each(|it| self.visit_expr(it));
            }
            // What stands in these may not be evaluated.
            Expr::Lambda(_)
            | Expr::If(_)
            | Expr::BoolOp(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_) => {}
            _ => walk_expr(self, expression),
        }
    }
}

/// How often each attribute is set, whatever of.
#[derive(Default)]
struct Stored<'a>(BTreeMap<&'a str, usize>);

impl<'a> Visitor<'a> for Stored<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Attribute(it) = expression
            && !it.ctx.is_load()
        {
            *self.0.entry(it.attr.as_str()).or_default() += 1;
        }
        walk_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use srcify_effects::{Catalog, analyze};

    use super::*;

    #[track_caller]
    fn check(lines: &str, expected: &str) {
        let start = "import pandas as pd\ntable = pd.read_csv('a.csv')\n";
        let text = format!("{start}{lines}");
        let source = srcify_syntax::read("a.py".into(), text.as_bytes()).unwrap();
        let program = srcify_syntax::parse(source.output).output;
        let catalog = Catalog::for_libraries(["pandas"]);
        let graph = analyze(&program, &catalog, &|_| None);
        let mut edited = text.clone();
        let mut edits = edits(&program, &graph);
        edits.sort_by_key(|it| std::cmp::Reverse(it.range.start()));
        for edit in edits {
            edited.replace_range(std::ops::Range::<usize>::from(edit.range), &edit.text);
        }
        assert_eq!(edited, format!("{start}{expected}"));
    }

    #[test]
    fn a_column_that_is_read_and_set_is_one() {
        check(
            "table.a = table.a.fillna(0)\ntable.a = (table.a - 1).map(lambda x: -x)\ntable.b = table.b > 2\n",
            "table[\"a\"] = table.a.fillna(0)\ntable[\"a\"] = (table.a - 1).map(lambda x: -x)\ntable[\"b\"] = table.b > 2\n",
        );
    }

    #[test]
    fn what_may_be_an_attribute_stays() {
        for lines in [
            "table.columns = table.columns.str.lower()\n",
            "table.a = table.b.fillna(0)\n",
            "table.a = 1\ntable.a = table.a + 1\n",
            "def f(x):\n    x.a = 1\nf(table)\ntable.a = table.a + 1\n",
            "table.a = table.b.map(lambda x: table.a.max())\n",
            "table = make()\ntable.a = table.a + 1\n",
            "setattr(table, 'a', 1)\ntable.a = table.a + 1\n",
        ] {
            check(lines, lines);
        }
    }
}
