//! For the terminal.

use std::fmt::Write;

use super::{failure_label, kind_label, made_label};
use crate::{Failure, Observable, Outcome, SideReport, Status, Verdict};

/// The longest column of names before it wraps the eye.
const WIDEST: usize = 40;

/// The verdict as a table, its first difference explained.
pub fn text(verdict: &Verdict) -> String {
    let mut out = String::new();
    for (title, side) in [("input", &verdict.input), ("package", &verdict.package)] {
        push_side(&mut out, title, side);
    }
    push_table(&mut out, &verdict.observables);
    if let Some(fault) = verdict.first_fault() {
        push_explanation(&mut out, fault);
    }
    push_summary(&mut out, verdict);
    out
}

fn push_side(out: &mut String, title: &str, side: &SideReport) {
    let _ = writeln!(out, "{title:<8} {} ({:.1} s)", side.label, side.seconds);
    if let Some(failure) = &side.failure {
        push_failure(out, failure);
    }
    if !side.outside.is_empty() {
        let _ = writeln!(
            out,
            "         wrote outside of its folder, not compared: {}",
            side.outside.join(", ")
        );
    }
    for note in &side.notes {
        let _ = writeln!(out, "         {note}");
    }
}

fn push_failure(out: &mut String, failure: &Failure) {
    let _ = writeln!(out, "         failed at {}", failure_label(failure));
    if !failure.statement.is_empty() {
        let place = match (&failure.function, failure.inner_line) {
            (Some(function), Some(line)) if function != "<module>" => {
                format!("  (line {line}, in `{function}`)")
            }
            _ => String::new(),
        };
        let _ = writeln!(out, "         > {}{place}", failure.statement);
    }
    if failure.kind == "FileNotFoundError" && failure.message.contains("../") {
        let _ = writeln!(
            out,
            "         only the input's own folder is copied; name a folder above it with `--folder`"
        );
    }
    if let Some(module) = &failure.missing_module {
        let _ = writeln!(
            out,
            "         `{module}` is not installed in this environment; choose another with `--python`"
        );
    }
}

fn push_table(out: &mut String, observables: &[Observable]) {
    let width = observables
        .iter()
        .map(|one| one.name.chars().count().min(WIDEST))
        .max()
        .unwrap_or(0);
    out.push('\n');
    for one in observables {
        let _ = write!(
            out,
            "{:<6} {:<width$}  {}",
            kind_label(one.kind),
            one.name,
            one.label()
        );
        if one.outcome == Outcome::Close && one.largest > 0.0 {
            let _ = write!(out, " (numbers differ by up to {:.1e})", one.largest);
        }
        if let Some(place) = &one.place {
            let _ = write!(out, "  in {place}");
        }
        out.push('\n');
        for note in &one.notes {
            let _ = writeln!(out, "{:<6} {:<width$}  · {note}", "", "");
        }
    }
}

fn push_explanation(out: &mut String, fault: &Observable) {
    let _ = writeln!(
        out,
        "\nfirst difference: {} `{}`",
        kind_label(fault.kind),
        fault.name
    );
    if let Some(made) = fault.made.as_ref().and_then(made_label) {
        let _ = writeln!(out, "  made by  {made}");
    }
    if let Some(place) = &fault.place {
        let _ = writeln!(out, "  held in  {place}");
    }
    if fault.differences.is_empty() {
        for note in &fault.notes {
            let _ = writeln!(out, "  namely   {note}");
        }
    }
    for difference in &fault.differences {
        if !difference.path.is_empty() {
            let _ = writeln!(out, "  at       {}", difference.path);
        }
        let _ = writeln!(out, "  input    {}", difference.left);
        let _ = writeln!(out, "  package  {}", difference.right);
    }
    let shown = fault.differences.len() as u64;
    if fault.count > shown {
        let _ = writeln!(out, "  and {} more", fault.count - shown);
    }
}

fn push_summary(out: &mut String, verdict: &Verdict) {
    let counts: Vec<String> = Outcome::ALL
        .into_iter()
        .map(|outcome| (outcome, verdict.count(outcome)))
        .filter(|(_, count)| *count > 0)
        .map(|(outcome, count)| format!("{count} {}", outcome.label()))
        .collect();
    let counts = if counts.is_empty() {
        "nothing was compared".to_owned()
    } else {
        counts.join(", ")
    };
    let status = verdict.status();
    let reason = match status {
        Status::CouldNotRun if verdict.input.failure.is_some() => {
            " (the input itself fails; compared as far as it came)"
        }
        Status::CouldNotRun if verdict.package.failure.is_none() => " (nothing was comparable)",
        Status::Different if verdict.package.failure.is_some() => {
            " (the package fails where the input runs)"
        }
        Status::Equal if !verdict.observables.iter().any(|it| it.outcome.is_proof()) => {
            " (both run to their end and leave nothing to compare; what is only defined did not run)"
        }
        _ => "",
    };
    let _ = writeln!(out, "\n{}{reason}: {}", status.label(), counts);
    if let Some(kept) = &verdict.kept {
        let _ = writeln!(out, "the copies are in {kept}");
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::{Difference, Made, ObservableKind};

    fn observable(kind: ObservableKind, name: &str, outcome: Outcome) -> Observable {
        Observable {
            kind,
            name: name.to_owned(),
            outcome,
            place: None,
            made: None,
            differences: Vec::new(),
            count: 0,
            largest: 0.0,
            notes: Vec::new(),
            suspects: 0,
        }
    }

    #[test]
    fn the_first_difference_is_explained_with_both_values_and_their_statement() {
        let mut fault = observable(ObservableKind::Value, "scores", Outcome::Different);
        fault.place = Some("churn.application.training:run_training `scores`".to_owned());
        fault.made = Some(Made {
            cell: Some(4),
            line: Some(2),
            statement: "scores = evaluate(model)".to_owned(),
        });
        fault.differences = vec![Difference {
            path: "['auc']".to_owned(),
            left: "0.75".to_owned(),
            right: "0.5".to_owned(),
        }];
        fault.count = 3;
        let mut close = observable(ObservableKind::Value, "x", Outcome::Close);
        close.largest = 1e-12;
        let mut verdict = Verdict {
            runs: 2,
            observables: vec![
                close,
                fault,
                observable(ObservableKind::File, "out.csv", Outcome::Equal),
            ],
            ..Verdict::default()
        };
        verdict.input.label = "nb.ipynb".to_owned();
        verdict.package.label = "churn".to_owned();
        expect![[r"
            input    nb.ipynb (0.0 s)
            package  churn (0.0 s)

            value  x        equal within tolerance (numbers differ by up to 1.0e-12)
            value  scores   different  in churn.application.training:run_training `scores`
            file   out.csv  equal

            first difference: value `scores`
              made by  cell 4, line 2: `scores = evaluate(model)`
              held in  churn.application.training:run_training `scores`
              at       ['auc']
              input    0.75
              package  0.5
              and 2 more

            different: 1 equal, 1 equal with remarks, 1 different
        "]]
        .assert_eq(&text(&verdict));
    }

    #[test]
    fn two_runs_that_show_nothing_are_not_called_equal_alone() {
        let mut verdict = Verdict {
            observables: vec![observable(
                ObservableKind::Text,
                "printed text",
                Outcome::NotComparable,
            )],
            ..Verdict::default()
        };
        let said = |verdict: &Verdict| text(verdict).lines().last().unwrap_or_default().to_owned();
        assert!(said(&verdict).starts_with("equal (both run to their end and leave nothing"));
        verdict.observables[0].outcome = Outcome::Equal;
        assert_eq!(said(&verdict), "equal: 1 equal");
    }

    #[test]
    fn a_missing_library_comes_with_what_to_do() {
        let mut verdict = Verdict::default();
        verdict.input.label = "nb.py".to_owned();
        verdict.package.label = "churn".to_owned();
        verdict.package.failure = Some(Failure {
            kind: "ModuleNotFoundError".to_owned(),
            message: "No module named 'omegaconf'".to_owned(),
            file: Some("churn/io/configs.py".to_owned()),
            inner_line: Some(7),
            statement: "from omegaconf import OmegaConf".to_owned(),
            missing_module: Some("omegaconf".to_owned()),
            ..Failure::default()
        });
        expect![[r"
            input    nb.py (0.0 s)
            package  churn (0.0 s)
                     failed at churn/io/configs.py:7: ModuleNotFoundError: No module named 'omegaconf'
                     > from omegaconf import OmegaConf
                     `omegaconf` is not installed in this environment; choose another with `--python`


            could not run: nothing was compared
        "]]
        .assert_eq(&text(&verdict));
    }
}
