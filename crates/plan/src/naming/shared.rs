//! Results that are several of one kind: `train_loader` and `val_loader` are loaders.

use super::snake;
use super::words::is_word;
use super::words::spelled_out;

/// What tells each of some names apart, and what all of them are, in the plural.
pub(super) fn shared_noun(names: &[&str]) -> Option<(Vec<String>, String)> {
    let split = |name: &&str| -> Option<(String, String)> {
        let lower = snake(name);
        let (first, last) = lower.rsplit_once('_')?;
        Some((first.to_owned(), last.to_owned()))
    };
    let parts: Vec<(String, String)> = names.iter().map(split).collect::<Option<_>>()?;
    let (_, last) = parts.first()?;
    let is_shared = names.len() > 1 && parts.iter().all(|(_, it)| it == last);
    if !is_shared || last.len() < 4 || !is_word(last) || last.ends_with('s') {
        return None;
    }
    let spoken = |(first, _): &(String, String)| -> Option<String> {
        let words = first.split('_').map(|word| match word {
            "val" | "valid" => "validation".to_owned(),
            word => spelled_out(word),
        });
        let words: Vec<String> = words.collect();
        words.iter().all(|it| is_word(it)).then(|| words.join(" "))
    };
    let apart: Vec<String> = parts.iter().map(spoken).collect::<Option<_>>()?;
    let plural = match last.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{last}s"),
    };
    Some((apart, plural))
}

#[cfg(test)]
mod tests {
    use super::shared_noun;

    #[test]
    fn what_ends_alike_is_several_of_a_kind() {
        let (apart, plural) =
            shared_noun(&["train_loader", "val_loader"]).expect("both are loaders");
        assert_eq!(apart, ["train", "validation"]);
        assert_eq!(plural, "loaders");
        assert_eq!(shared_noun(&["train_loader"]), None);
        assert_eq!(shared_noun(&["train_loader", "model"]), None);
        assert_eq!(shared_noun(&["X_train", "X_test"]), None);
    }
}
