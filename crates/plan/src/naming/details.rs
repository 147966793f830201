//! The columns that calls on tables name, for the words on what they do.

use srcify_syntax::ast::{Expr, ExprCall, Stmt};

/// What comes before the columns in words on a method, and where its call names them.
struct Form {
    method: &'static str,
    words: &'static str,
    /// The keyword of the columns, which the first argument may be as well.
    keyword: &'static str,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The keyword, or the first argument.
    First,
    /// The keyword alone.
    Keyword,
    /// A column of a table is the first argument: `to_datetime(df["day"])`.
    Given,
    /// The method is called on a column of a table: `df["age"].fillna(0)`.
    Owner,
    /// The keywords are the columns.
    Keywords,
}

const fn form(
    method: &'static str,
    words: &'static str,
    keyword: &'static str,
    place: Place,
) -> Form {
    Form {
        method,
        words,
        keyword,
        place,
    }
}

const FORMS: &[Form] = &[
    form(
        "drop_duplicates",
        "drop rows with repeated ",
        "subset",
        Place::First,
    ),
    form("dropna", "drop rows without ", "subset", Place::Keyword),
    form("fillna", "fill missing values of ", "", Place::Owner),
    form(
        "interpolate",
        "interpolate missing values of ",
        "",
        Place::Owner,
    ),
    form("to_numeric", "turn ", "", Place::Given),
    form("to_datetime", "parse the dates of ", "", Place::Given),
    form(
        "get_dummies",
        "make a column of each category of ",
        "columns",
        Place::Keyword,
    ),
    form("merge", "join the tables on ", "on", Place::Keyword),
    form("groupby", "aggregate by ", "by", Place::First),
    form("value_counts", "count the values of ", "", Place::Owner),
    form("cut", "cut ", "", Place::Given),
    form("qcut", "cut ", "", Place::Given),
    form("set_index", "index by ", "keys", Place::First),
    form("sort_values", "order by ", "by", Place::First),
    form("drop", "drop ", "columns", Place::First),
    form("assign", "add ", "", Place::Keywords),
];

/// What comes behind the columns.
const ENDINGS: &[(&str, &str)] = &[
    ("to_numeric", " into numbers"),
    ("cut", " into bands"),
    ("qcut", " into quantiles"),
];

/// Methods that give a row for each row of a group.
const WITHIN: &[&str] = &[
    "bfill",
    "cumcount",
    "cummax",
    "cumprod",
    "cumsum",
    "diff",
    "ewm",
    "expanding",
    "ffill",
    "fillna",
    "pct_change",
    "rank",
    "rolling",
    "shift",
    "transform",
];

/// A method with the columns that its calls name.
pub(super) struct Detail {
    words: &'static str,
    columns: Vec<String>,
    ending: &'static str,
}

impl Detail {
    /// What `method` does, by the text of its call and of what stands behind that.
    pub(super) fn of(method: &str, call: &str, behind: &str) -> Option<Self> {
        let form = FORMS.iter().find(|it| it.method == method)?;
        let parsed = srcify_syntax::snippet(call);
        let [Stmt::Expr(statement)] = parsed.statements() else {
            return None;
        };
        let call = statement.value.as_call_expr()?;
        let columns = form.columns(call)?;
        let words = match method {
            "groupby" if next_method(behind).is_some_and(|it| WITHIN.contains(&it)) => {
                "compute values within each "
            }
            _ => form.words,
        };
        let ending = ENDINGS.iter().find(|(known, _)| *known == method);
        Some(Self {
            words,
            columns,
            ending: ending.map_or("", |it| it.1),
        })
    }

    /// Takes the columns of another call of the same method.
    pub(super) fn join(&mut self, other: Self) -> bool {
        for column in other.columns {
            if !self.columns.contains(&column) {
                self.columns.push(column);
            }
        }
        self.words == other.words
    }

    /// `aggregate by `a` and `b``; `None` where that is too much.
    pub(super) fn text(&self) -> Option<String> {
        let quoted: Vec<String> = self.columns.iter().map(|it| format!("`{it}`")).collect();
        let (last, first) = quoted.split_last()?;
        let list = match first {
            [] => last.clone(),
            _ => format!("{} and {last}", first.join(", ")),
        };
        (quoted.len() <= MOST).then(|| format!("{}{list}{}", self.words, self.ending))
    }
}

/// Columns that words list.
const MOST: usize = 3;

impl Form {
    fn columns(&self, call: &ExprCall) -> Option<Vec<String>> {
        let keyword = || {
            let mut keywords = call.arguments.keywords.iter();
            keywords
                .find(|it| {
                    it.arg
                        .as_ref()
                        .is_some_and(|arg| arg.as_str() == self.keyword)
                })
                .map(|it| &it.value)
        };
        match self.place {
            Place::Keyword => literal_names(keyword()?),
            Place::First => literal_names(keyword().or_else(|| call.arguments.args.first())?),
            Place::Given => column(call.arguments.args.first()?),
            Place::Keywords if !call.arguments.args.is_empty() => None,
            Place::Keywords => {
                let mut names = call.arguments.keywords.iter();
                names.try_fold(Vec::new(), |mut all, it| {
                    all.push(it.arg.as_ref()?.to_string());
                    Some(all)
                })
            }
            Place::Owner => column(&call.func.as_attribute_expr()?.value),
        }
    }
}

/// `["a", "b"]`, or `"a"`.
fn literal_names(value: &Expr) -> Option<Vec<String>> {
    let name = |it: &Expr| {
        let text = it.as_string_literal_expr()?.value.to_str();
        is_plain(text).then(|| text.to_owned())
    };
    match value {
        Expr::List(list) => list.elts.iter().map(name).collect(),
        Expr::Tuple(tuple) => tuple.elts.iter().map(name).collect(),
        other => Some(vec![name(other)?]),
    }
}

/// The column of `df["day"]`.
fn column(value: &Expr) -> Option<Vec<String>> {
    let subscript = value.as_subscript_expr()?;
    subscript.value.as_name_expr()?;
    literal_names(&subscript.slice)
}

fn is_plain(name: &str) -> bool {
    let is_printable = |c: char| !c.is_control() && !matches!(c, '`' | '\\' | '"');
    !name.is_empty() && name.chars().count() <= 24 && name.chars().all(is_printable)
}

/// The method that is called on a result next: columns may be taken out of it before.
fn next_method(behind: &str) -> Option<&str> {
    let mut rest = behind.trim_start();
    loop {
        if let Some(inner) = rest.strip_prefix('[') {
            rest = inner[inner.find(']')? + 1..]
                .trim_start_matches(']')
                .trim_start();
            continue;
        }
        let name = rest.strip_prefix('.')?.trim_start();
        let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
        let after = name[end..].trim_start();
        if after.starts_with('(') {
            return Some(&name[..end]);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::Detail;

    fn words(method: &str, call: &str, behind: &str) -> Option<String> {
        Detail::of(method, call, behind)?.text()
    }

    #[test]
    fn calls_name_their_columns() {
        let told = |method, call| words(method, call, "");
        assert_eq!(
            told("groupby", "df.groupby(['city', 'day'])").as_deref(),
            Some("aggregate by `city` and `day`")
        );
        assert_eq!(
            told("to_datetime", "pd.to_datetime(df['day'])").as_deref(),
            Some("parse the dates of `day`")
        );
        assert_eq!(
            told("cut", "pd.cut(df['age'], 4)").as_deref(),
            Some("cut `age` into bands")
        );
        assert_eq!(
            told("fillna", "df['age'].fillna(0)").as_deref(),
            Some("fill missing values of `age`")
        );
        assert_eq!(
            told("dropna", "df.dropna(subset=['age'])").as_deref(),
            Some("drop rows without `age`")
        );
        // What is no literal, or long, is not told.
        assert_eq!(told("groupby", "df.groupby(keys)"), None);
        assert_eq!(told("fillna", "df.fillna(0)"), None);
        assert_eq!(told("drop", "df.drop(['a', 'b', 'c', 'd'], axis=1)"), None);
    }

    #[test]
    fn groups_that_keep_their_rows_are_not_aggregated() {
        let told = |behind| words("groupby", "df.groupby('user')", behind);
        assert_eq!(
            told("['price'].transform('mean')").as_deref(),
            Some("compute values within each `user`")
        );
        assert_eq!(
            told(".dt.diff()").as_deref(),
            Some("compute values within each `user`")
        );
        assert_eq!(
            told("[['price', 'n']].agg('sum')").as_deref(),
            Some("aggregate by `user`")
        );
        assert_eq!(
            told(".size().cumsum()").as_deref(),
            Some("aggregate by `user`")
        );
    }
}
