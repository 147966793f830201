//! The rules, in the order of their codes.

pub(crate) mod cfg001_hard_coded_path;
pub(crate) mod cfg002_hard_coded_hyperparameter;
pub(crate) mod cfg003_hard_coded_url;
pub(crate) mod cfg004_unvalidated_config;
pub(crate) mod cfg005_config_schema_mismatch;
pub(crate) mod cfg006_mutable_config;
pub(crate) mod cli001_no_entrypoint;
pub(crate) mod cli002_unresolved_entrypoint;
pub(crate) mod cli003_no_main_guard;
pub(crate) mod cli004_main_signature;
pub(crate) mod doc001_missing_docstring;
pub(crate) mod doc002_not_google_style;
pub(crate) mod doc003_docstring_mismatch;
pub(crate) mod imp001_import_effect;
pub(crate) mod lay001_impure_domain;
pub(crate) mod lay002_domain_mutates_argument;
pub(crate) mod lay003_domain_nondeterminism;
pub(crate) mod lay004_domain_mutable_state;
pub(crate) mod lay005_wrong_direction_import;
pub(crate) mod lay006_effect_outside_io;
pub(crate) mod lay007_io_without_class;
pub(crate) mod lay008_logic_in_io;
pub(crate) mod nbk001_out_of_order;
pub(crate) mod nbk002_undefined_name;
pub(crate) mod nbk003_broken_cell;
pub(crate) mod nbk004_unsupported_magic;
pub(crate) mod nbk005_unseeded_randomness;
pub(crate) mod nbk006_settings_in_cells;
pub(crate) mod pkg001_no_pyproject;
pub(crate) mod pkg002_no_src_layout;
pub(crate) mod pkg003_no_lockfile;
pub(crate) mod pkg004_stale_lockfile;
pub(crate) mod pkg005_no_readme;
pub(crate) mod pkg006_missing_layer;
pub(crate) mod pkg007_missing_init;
pub(crate) mod pkg008_no_build_system;
pub(crate) mod pkg010_undeclared_dependency;
pub(crate) mod pkg011_unused_dependency;
pub(crate) mod pkg012_dev_dependency_at_run_time;
pub(crate) mod sec001_secret_in_code;
pub(crate) mod sec002_secret_in_config;
pub(crate) mod sec003_secret_in_notebook;
pub(crate) mod sec004_secret_default;
pub(crate) mod sec005_env_file_not_ignored;
pub(crate) mod sup001_unused_suppression;
pub(crate) mod typ001_missing_annotation;
pub(crate) mod typ002_any_annotation;
pub(crate) mod typ003_legacy_typing;

use crate::rule::Rule;

/// Every rule.
pub static RULES: &[&Rule] = &[
    &pkg001_no_pyproject::RULE,
    &pkg002_no_src_layout::RULE,
    &pkg003_no_lockfile::RULE,
    &pkg004_stale_lockfile::RULE,
    &pkg005_no_readme::RULE,
    &pkg006_missing_layer::RULE,
    &pkg007_missing_init::RULE,
    &pkg008_no_build_system::RULE,
    &pkg010_undeclared_dependency::RULE,
    &pkg011_unused_dependency::RULE,
    &pkg012_dev_dependency_at_run_time::RULE,
    &lay001_impure_domain::RULE,
    &lay002_domain_mutates_argument::RULE,
    &lay003_domain_nondeterminism::RULE,
    &lay004_domain_mutable_state::RULE,
    &lay005_wrong_direction_import::RULE,
    &lay006_effect_outside_io::RULE,
    &lay007_io_without_class::RULE,
    &lay008_logic_in_io::RULE,
    &imp001_import_effect::RULE,
    &cli001_no_entrypoint::RULE,
    &cli002_unresolved_entrypoint::RULE,
    &cli003_no_main_guard::RULE,
    &cli004_main_signature::RULE,
    &cfg001_hard_coded_path::RULE,
    &cfg002_hard_coded_hyperparameter::RULE,
    &cfg003_hard_coded_url::RULE,
    &cfg004_unvalidated_config::RULE,
    &cfg005_config_schema_mismatch::RULE,
    &cfg006_mutable_config::RULE,
    &sec001_secret_in_code::RULE,
    &sec002_secret_in_config::RULE,
    &sec003_secret_in_notebook::RULE,
    &sec004_secret_default::RULE,
    &sec005_env_file_not_ignored::RULE,
    &doc001_missing_docstring::RULE,
    &doc002_not_google_style::RULE,
    &doc003_docstring_mismatch::RULE,
    &typ001_missing_annotation::RULE,
    &typ002_any_annotation::RULE,
    &typ003_legacy_typing::RULE,
    &nbk001_out_of_order::RULE,
    &nbk002_undefined_name::RULE,
    &nbk003_broken_cell::RULE,
    &nbk004_unsupported_magic::RULE,
    &nbk005_unseeded_randomness::RULE,
    &nbk006_settings_in_cells::RULE,
    &sup001_unused_suppression::RULE,
];

/// The rule of a code or name.
pub fn rule(selector: &str) -> Option<&'static Rule> {
    let code = selector.to_uppercase();
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code == code || rule.name == selector)
}
