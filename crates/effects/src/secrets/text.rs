//! Secrets in text that is no Python: cells that do not parse, shell lines.

use super::find_secret;
use super::names::may_name_secret;
use super::placeholders::is_template;

/// The secrets in `text`: quoted or bare words that look like one, or follow the name of one.
///
/// More than [`find_secret`] would say of the parsed code: what is found here is only kept out of messages.
pub fn secrets_in(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut name: Option<&str> = None;
        for (word, is_quoted) in words(line) {
            let is_promised = is_quoted && word.len() >= 6 && find_secret(name, TYPICAL).is_some();
            let is_secret = is_promised || find_secret(name, word).is_some();
            if is_secret && !found.iter().any(|it| it == word) {
                found.push(word.to_owned());
            }
            if is_name(word) {
                name = Some(word);
            }
        }
        for password in line.split_whitespace().filter_map(password_in_url) {
            if !found.iter().any(|it| it == password) {
                found.push(password.to_owned());
            }
        }
    }
    found
}

/// What text that people read gives away as secrets: `token = '…'`, `password: …`, beside what [`secrets_in`] finds.
///
/// Less has to speak for a secret here than in code: what is found is only kept out of what is written. Words that stand
/// in any text are none.
pub fn secrets_in_prose(text: &str) -> Vec<String> {
    let mut found: Vec<String> = secrets_in(text);
    found.retain(|it| it.len() >= 8 && it.contains(|c: char| c.is_ascii_digit()));
    for line in text.lines() {
        let signs = line.match_indices(['=', ':']).map(|(at, _)| (at, 1));
        // "The password is tiger99."
        let verbs = [" is ", " was "].into_iter().flat_map(|verb| {
            let places = line.match_indices(verb);
            places.map(move |(at, _)| (at, verb.len()))
        });
        for (at, length) in signs.chain(verbs) {
            let before = line[..at].trim_end_matches(|c: char| is_sign(c) && c != '=');
            let name = before.rsplit(is_sign).next().unwrap_or_default();
            let value = value_after(&line[at + length..]);
            let is_told = length == 1 || value.contains(|c: char| c.is_ascii_digit());
            let is_secret =
                is_told && may_name_secret(name) && is_no_word(value) && !is_template(value);
            if is_secret && !found.iter().any(|it| it == value) {
                found.push(value.to_owned());
            }
        }
    }
    found
}

/// What stands right after a sign: all of a quoted text, else up to the next blank or sign.
fn value_after(rest: &str) -> &str {
    let rest = rest.trim_start();
    let quote = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'));
    let (rest, end) = match quote {
        Some(quote) => (&rest[1..], rest[1..].find(quote)),
        None => (rest, rest.find(is_sign)),
    };
    rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', '!', '?'])
}

/// Whether a text is no word, name, number, path or code.
fn is_no_word(text: &str) -> bool {
    let has = |is: fn(&char) -> bool| text.chars().any(|c| is(&c));
    let is_plain = !text.contains(|c: char| c.is_whitespace() || "/\\(){}<>".contains(c));
    let is_mixed =
        has(char::is_ascii_lowercase) && text.chars().skip(1).any(|c| c.is_ascii_uppercase());
    let letters = has(char::is_ascii_alphabetic);
    let is_long = (text.len() >= 6 && has(char::is_ascii_digit))
        || (text.len() >= 10 && is_mixed)
        || text.len() >= 14;
    is_plain && letters && is_long
}

/// A value that any name of a secret makes a secret.
const TYPICAL: &str = "q7Zt4Lw9Xk2Vb8Rm";

/// `secret` of `postgresql://ann:secret@host/base`, and of `https://secret@host`.
fn password_in_url(word: &str) -> Option<&str> {
    let (_, rest) = word.split_once("://")?;
    let end = rest.find(['/', '?', '#', '"', '\'']).unwrap_or(rest.len());
    let (login, _) = rest[..end].rsplit_once('@')?;
    let password = login
        .split_once(':')
        .map_or(login, |(_, password)| password);
    let is_variable = password.starts_with(['{', '$', '%', '<']);
    (password.len() >= 3 && !is_variable).then_some(password)
}

/// Quoted strings as a whole, and what stands between blanks and signs elsewhere; and whether each was quoted.
fn words(line: &str) -> Vec<(&str, bool)> {
    let mut words = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| !is_sign(c)) {
        let quote = rest[..start]
            .chars()
            .next_back()
            .filter(|c| matches!(c, '"' | '\''));
        rest = &rest[start..];
        let end = match quote {
            Some(quote) => rest.find(quote),
            None => rest.find(is_sign),
        };
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        words.push((word, quote.is_some()));
        rest = after;
    }
    words
}

fn is_sign(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '=' | ':' | ',' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '\'' | '#' | '`'
        )
}

fn is_name(word: &str) -> bool {
    let word = word.trim_start_matches("--");
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(secrets_in(text), expected, "{text}");
    }

    #[test]
    fn passwords_stand_in_urls() {
        check("%sql postgresql://ann:tiger9@localhost/base", &["tiger9"]);
        check(
            "!pip install git+https://ghp_x1y2@github.com/a/b",
            &["ghp_x1y2"],
        );
        check("%sql postgresql://ann:$PASSWORD@localhost/base", &[]);
    }

    #[test]
    fn values_follow_the_names_of_secrets() {
        check("password = \"tr0ub4dor-and-3\" print", &["tr0ub4dor-and-3"]);
        check(
            "connect(user='ann', password='tr0ub4dor and 3'",
            &["tr0ub4dor and 3"],
        );
        check(
            "{'api_key': 'q7zX1mW5rT8a9B3k', print",
            &["q7zX1mW5rT8a9B3k"],
        );
    }

    #[test]
    fn prose_tells_secrets_in_passing() {
        let found = |text: &str| secrets_in_prose(text);
        assert_eq!(found("Doc: token = 'tok-live-9fK2mQ'"), ["tok-live-9fK2mQ"]);
        assert_eq!(found("password: supersecret99."), ["supersecret99"]);
        assert_eq!(found("Uses `api_key`: AbCdEfGhIjKl"), ["AbCdEfGhIjKl"]);
        assert_eq!(
            found("The password is supersecret99, as ever."),
            ["supersecret99"]
        );
        let harmless = [
            "The password is required, and the token is representation",
            "password: required, see the manual",
            "token: str, the token to split at",
            "api_key = os.environ['API_KEY']",
            "key: the column 2024-01-01",
            "password = getpass()",
        ];
        for text in harmless {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn other_text_is_no_secret() {
        check("print 'hello world'", &[]);
        check("name = 'churn' +", &[]);
    }
}
