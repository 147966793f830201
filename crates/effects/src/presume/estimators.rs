//! What methods of the author's estimators are given, which scikit-learn calls.

use std::collections::BTreeSet;

use super::evidence::{Evidence, evidence};
use super::handed::Taker;
use crate::Type;
use crate::analyze::{Analyzer, Body};

const FRAME: &str = "pandas.DataFrame";

/// Methods of estimators that are given features.
const OF_FEATURES: [&str; 8] = [
    "decision_function",
    "fit",
    "fit_transform",
    "inverse_transform",
    "predict",
    "predict_proba",
    "score",
    "transform",
];

/// What estimators are derived from.
const ESTIMATOR_BASES: [&str; 6] = [
    "BaseEstimator",
    "ClassifierMixin",
    "ClusterMixin",
    "OutlierMixin",
    "RegressorMixin",
    "TransformerMixin",
];

fn own_name(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

impl Analyzer<'_> {
    /// What libraries give as the argument at a place of the functions and methods that they call, where no use tells more.
    pub(super) fn handed_features(
        &self,
        index: usize,
        at: usize,
        taker: Option<Taker>,
        found: &Evidence,
    ) -> Option<Type> {
        let handed = taker.and_then(|it| it.hands_on(at));
        let Some(ty) = handed.filter(|_| !found.is_bound) else {
            return self.features_of_estimator(index, found).filter(|_| at == 1);
        };
        let is_table = at < 2 && found.indexes_by_name();
        Some(if is_table { Type::new(FRAME) } else { ty })
    }

    /// What a method of the author's estimators is given by pipelines and searches: features, in a table where one of its
    /// methods asks for columns, or for what only tables can do.
    fn features_of_estimator(&self, index: usize, found: &Evidence) -> Option<Type> {
        let class = self.closures[index].class.as_ref()?;
        let method = own_name(&self.closures[index].name);
        let lineage = self.lineage(class);
        let mut bases = lineage.iter().flat_map(|(_, it)| &it.bases);
        let is_estimator = bases.any(|it| ESTIMATOR_BASES.contains(&own_name(it)));
        let is_used = found.is_bound || found.is_tested || found.is_called || found.is_unused();
        if !is_estimator || !OF_FEATURES.contains(&method) || is_used || !self.uses("pandas") {
            return None;
        }
        let own = self.closures.iter().filter(|it| {
            it.class.as_ref() == Some(class) && OF_FEATURES.contains(&own_name(&it.name))
        });
        let mut first = own.filter_map(|it| {
            let name = it.parameters?.args.get(1)?.name().to_string();
            let Body::Statements(body) = it.body else {
                return None;
            };
            evidence(BTreeSet::from([name.clone()]), body).remove(&name)
        });
        if first.any(|it| self.is_of_table(&it)) {
            return Some(Type::new(FRAME));
        }
        let types = ["numpy.ndarray", FRAME].map(Type::new);
        Some(Type::generic("|", types.to_vec()))
    }

    /// Whether something is done that only tables bear.
    fn is_of_table(&self, found: &Evidence) -> bool {
        let all = |class: &str| {
            let mut members = found.members.iter();
            members.all(|it| self.catalog.own_member(class, it).is_some())
        };
        found.indexes_by_name() || (all(FRAME) && !all("numpy.ndarray"))
    }
}
