//! Functions and classes as values: what an annotation says of them, `Callable[..., float]` and `type[Model]`.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::analyze::{Analyzer, Frame};
use crate::calls::is_elementwise;
use crate::catalog::{Catalog, EntryKind};
use crate::imports::imported_libraries;
use crate::value::{CLASS, CLOSURE, METHOD, PATH};
use crate::{EffectGraph, Type};

/// What calls give of all code that values may be, known when everything has been run.
pub(crate) struct Codes<'c> {
    pub catalog: &'c Catalog,
    /// What the functions of the program give, by closure.
    results: Rc<BTreeMap<usize, Type>>,
    /// Functions that give functions that give functions.
    depth: u8,
}

impl<'a> Analyzer<'a> {
    /// What calls of every function of the program give.
    pub(crate) fn codes(&mut self) -> Codes<'a> {
        let mut results = BTreeMap::new();
        for index in 0..self.closures.len() {
            let (returns, is_async) = (self.closures[index].returns, self.closures[index].is_async);
            let found = match returns {
                Some(annotation) => self.annotation(annotation),
                None => self.given_back.get(&index).cloned().flatten(),
            };
            // Who falls off the end somewhere does not tell whoever calls it.
            let is_plain =
                |it: &Type| it.name != "|" || it.members().iter().all(|it| it.name != "None");
            let is_entered = self.closures[index].is_context;
            let found =
                found.filter(|it| !is_async && !is_entered && !it.is_vague() && is_plain(it));
            if let Some(found) = found {
                results.insert(index, found);
            }
        }
        Codes {
            catalog: self.catalog,
            results: Rc::new(results),
            depth: 0,
        }
    }
}

impl Analyzer<'_> {
    /// Notes what the variables of a function appear to be at the end of a call.
    pub(crate) fn note_locals(&mut self, index: usize, frame: &Frame) {
        if self.is_presuming || !self.closures[index].is_top_level {
            return;
        }
        let known = self.locals.entry(index).or_default();
        for (name, value) in frame.locals.iter() {
            note_type(known, name, value.apparent());
        }
    }

    /// What was found out of the whole program.
    pub(crate) fn finish(mut self) -> EffectGraph {
        self.tell_locals();
        self.simplify_types();
        EffectGraph {
            attributes: self.tell_attributes(),
            bases: self.library_bases(),
            lookups: self.certain_lookups(),
            units: self.units,
            functions: self.functions,
            calls: self.calls.into_values().collect(),
            imports: self.imports,
            libraries: imported_libraries(self.program),
        }
    }

    /// Gives what is known of variables to the facts of their functions.
    pub(crate) fn tell_locals(&mut self) {
        let mut bound = std::mem::take(&mut self.bound);
        for (index, locals) in std::mem::take(&mut self.locals) {
            let bound = bound.remove(&index).unwrap_or_default();
            let is_steady = |(name, ty): &(&String, &Option<Type>)| {
                let other = bound.get(*name).and_then(Option::as_ref);
                ty.as_ref().map(|it| &it.name) == other.map(|it| &it.name)
            };
            let steady = locals.iter().filter(is_steady);
            let steady = steady.map(|(name, _)| name.clone()).collect();
            let known = locals
                .into_iter()
                .filter_map(|(name, ty)| Some((name, ty?)));
            let name = &self.closures[index].name;
            if let Some(facts) = self.functions.get_mut(name) {
                facts.locals = known.collect();
                facts.steady = steady;
            }
        }
    }
}

/// Adds what a variable appears to be once more.
pub(crate) fn note_type(known: &mut BTreeMap<String, Option<Type>>, name: &str, ty: Option<Type>) {
    let joined = match known.get(name) {
        Some(earlier) => Type::join(earlier.as_ref(), ty.as_ref()),
        None => ty,
    };
    known.insert(name.to_owned(), joined);
}

impl Codes<'_> {
    /// The same, for what functions give; `None` where that goes on and on.
    pub fn deeper(&self) -> Option<Self> {
        (self.depth < MAX_DEPTH).then(|| Self {
            catalog: self.catalog,
            results: Rc::clone(&self.results),
            depth: self.depth + 1,
        })
    }

    /// The type of something that may be any of these.
    pub fn resolved(&self, keys: &[Type]) -> Option<Type> {
        let mut results: Option<Type> = None;
        let mut classes: Option<Type> = None;
        let mut others: Option<Type> = None;
        for key in keys {
            let (kind, ty) = self.one(&key.name)?;
            let known = match kind {
                Kind::Function => &mut results,
                Kind::Class => &mut classes,
                Kind::Object => &mut others,
            };
            *known = Some(match known.take() {
                // Of a function that gives something unknown it is known that it is one.
                Some(known) if known.name == "unknown" || ty.name == "unknown" => Type::unknown(),
                Some(known) => Type::join(Some(&known), Some(&ty))?,
                None => ty,
            });
        }
        let function = results.map(|it| Type::generic("Callable", vec![it]));
        let class = classes.map(|it| Type::generic("type", vec![it]));
        let all = [function, class, others].into_iter().flatten();
        let mut all: Vec<Type> = all.collect();
        match all.len() {
            0 => None,
            1 => all.pop(),
            _ => Some(Type::generic("|", all)),
        }
    }

    fn one(&self, key: &str) -> Option<(Kind, Type)> {
        if let Some(index) = key.strip_prefix(CLOSURE) {
            let found = self.results.get(&index.parse().ok()?);
            return Some((Kind::Function, Type::or_unknown(found.cloned())));
        }
        if let Some(class) = key.strip_prefix(CLASS) {
            return Some((Kind::Class, Type::new(class)));
        }
        if let Some(method) = key.strip_prefix(METHOD) {
            let (class, name) = method.split_once(' ')?;
            let entry = self.catalog.own_member(class, name);
            let returns = entry.and_then(|it| it.returns.as_deref());
            let documented = || {
                self.catalog
                    .documented_call(method.replace(' ', ".").as_str())
            };
            return Some((Kind::Function, fixed(returns.or_else(documented)?)?));
        }
        let path = self.catalog.resolved(key.strip_prefix(PATH)?);
        if let Some(ty) = distribution(&path) {
            return Some((Kind::Object, ty));
        }
        if self.catalog.has_classes_in(&path) || self.catalog.is_documented_module(&path) {
            return Some((Kind::Object, Type::new("types.ModuleType")));
        }
        if path.strip_prefix("numpy.").is_some_and(is_elementwise) {
            return Some((Kind::Object, Type::new("numpy.ufunc")));
        }
        let entry = self.catalog.exact(&path);
        let is_class = entry.is_some_and(|it| it.kind == EntryKind::Class);
        if is_class || self.catalog.has_documented_class(&path) {
            let class = self.catalog.canonical(&path);
            return (!class.contains("._")).then(|| (Kind::Class, Type::new(class)));
        }
        if entry.is_some_and(|it| it.kind != EntryKind::Function) {
            return None;
        }
        let returns = entry.and_then(|it| it.returns.as_deref());
        let documented = || self.catalog.documented_call(&path);
        let always = || self.catalog.always_gives(&path);
        let found = fixed(returns.or_else(documented).or_else(always)?)?;
        Some((Kind::Function, found))
    }
}

enum Kind {
    Function,
    Class,
    Object,
}

/// A result that does not depend on what the function is given.
fn fixed(text: &str) -> Option<Type> {
    let ty = Type::parse(text)?;
    let is_open = |it: &Type| matches!(it.name.as_str(), "self" | "Self" | "T" | "T0" | "T1");
    (!is_open(&ty) && !ty.arguments.iter().any(is_open) && !ty.is_vague()).then_some(ty)
}

/// A distribution of `scipy.stats`: an object that is called.
fn distribution(path: &str) -> Option<Type> {
    let name = path.strip_prefix("scipy.stats.")?;
    let is_any = |table: &[&str]| table.contains(&name);
    let class = if is_any(CONTINUOUS) {
        "scipy.stats.rv_continuous"
    } else {
        is_any(DISCRETE).then_some("scipy.stats.rv_discrete")?
    };
    Some(Type::new(class))
}

/// Functions that give functions that give functions are not followed any deeper.
const MAX_DEPTH: u8 = 4;

/// The distributions of numbers.
const CONTINUOUS: &[&str] = &[
    "alpha",
    "anglit",
    "arcsine",
    "argus",
    "beta",
    "betaprime",
    "bradford",
    "burr",
    "burr12",
    "cauchy",
    "chi",
    "chi2",
    "cosine",
    "crystalball",
    "dgamma",
    "dpareto_lognorm",
    "dweibull",
    "erlang",
    "expon",
    "exponnorm",
    "exponpow",
    "exponweib",
    "f",
    "fatiguelife",
    "fisk",
    "foldcauchy",
    "foldnorm",
    "gamma",
    "gausshyper",
    "genexpon",
    "genextreme",
    "gengamma",
    "genhalflogistic",
    "genhyperbolic",
    "geninvgauss",
    "genlogistic",
    "gennorm",
    "genpareto",
    "gibrat",
    "gompertz",
    "gumbel_l",
    "gumbel_r",
    "halfcauchy",
    "halfgennorm",
    "halflogistic",
    "halfnorm",
    "hypsecant",
    "invgamma",
    "invgauss",
    "invweibull",
    "irwinhall",
    "jf_skew_t",
    "johnsonsb",
    "johnsonsu",
    "kappa3",
    "kappa4",
    "ksone",
    "kstwo",
    "kstwobign",
    "landau",
    "laplace",
    "laplace_asymmetric",
    "levy",
    "levy_l",
    "levy_stable",
    "loggamma",
    "logistic",
    "loglaplace",
    "lognorm",
    "loguniform",
    "lomax",
    "maxwell",
    "mielke",
    "moyal",
    "nakagami",
    "ncf",
    "nct",
    "ncx2",
    "norm",
    "norminvgauss",
    "pareto",
    "pearson3",
    "powerlaw",
    "powerlognorm",
    "powernorm",
    "rayleigh",
    "rdist",
    "recipinvgauss",
    "reciprocal",
    "rel_breitwigner",
    "rice",
    "semicircular",
    "skewcauchy",
    "skewnorm",
    "studentized_range",
    "t",
    "trapezoid",
    "triang",
    "truncexpon",
    "truncnorm",
    "truncpareto",
    "truncweibull_min",
    "tukeylambda",
    "uniform",
    "vonmises",
    "vonmises_line",
    "wald",
    "weibull_max",
    "weibull_min",
    "wrapcauchy",
];

/// The distributions of whole numbers.
const DISCRETE: &[&str] = &[
    "bernoulli",
    "betabinom",
    "betanbinom",
    "binom",
    "boltzmann",
    "dlaplace",
    "geom",
    "hypergeom",
    "logser",
    "nbinom",
    "nchypergeom_fisher",
    "nchypergeom_wallenius",
    "nhypergeom",
    "planck",
    "poisson",
    "poisson_binom",
    "randint",
    "skellam",
    "yulesimon",
    "zipf",
    "zipfian",
];
