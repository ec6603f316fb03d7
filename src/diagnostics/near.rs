//! "Did you mean": the nearest of some names, and lists of names for messages.

use super::synonyms::other_name;

/// The maximum length of a name that is compared with others, in characters.
const LONGEST: usize = 80;

/// The maximum number of candidates that a name is compared with.
const MAX_COMPARED: usize = 2000;

/// The candidate nearest to `name`, if one is near enough to be meant. The work is bounded, as a file may have many
/// names and many mistakes: very long names, and the last of very many candidates, are left out.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let wanted = name.to_lowercase();
    let length = name.chars().count();
    let limit = match length {
        0..=5 => 1,
        n => (n / 3).max(2),
    };
    candidates
        .into_iter()
        .filter(|c| *c != name && c.len() <= 4 * LONGEST && c.chars().count().abs_diff(length) <= limit)
        .take(MAX_COMPARED)
        .map(|c| (strsim::osa_distance(&wanted, &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= limit && *distance < c.chars().count().max(1))
        .min_by(|a, b| a.cmp(b))
        .map(|(_, c)| c)
}

/// The candidate that a name stands for: what a name of another tool is called here, a slip, or the shortest candidate
/// that goes on after the name, as `health_check_config` does after `health_check`.
pub fn meant<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    other_name(name, candidates.iter().copied())
        .or_else(|| nearest(name, candidates.iter().copied()))
        .or_else(|| longer(name, &candidates))
}

fn longer<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let goes_on = |candidate: &&&str| {
        let rest = candidate.strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c == '_' || c.is_ascii_uppercase()))
    };
    let found = candidates.iter().filter(goes_on).min_by_key(|candidate| candidate.len());
    found.copied().filter(|_| name.len() > 2)
}

/// Names as a list in backticks, at most `most` of them: "`a`, `b` and 3 more".
pub fn quoted_list<'a>(names: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = names.iter().take(most).map(|n| format!("`{n}`")).collect();
    match (shown.as_slice(), names.len().saturating_sub(most)) {
        ([], _) => String::new(),
        ([one], 0) => one.clone(),
        ([heads @ .., last], 0) => format!("{} and {last}", heads.join(", ")),
        (all, more) => format!("{} and {more} more", all.join(", ")),
    }
}

/// A noun with its article: "an Executor", "a list".
pub fn with_article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    let article = if vowel && !noun.starts_with("Uri") { "an" } else { "a" };
    format!("{article} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_go_by_sound() {
        let nouns = ["list", "int", "Executor", "Uri", "UpdateConfig"].map(with_article);
        assert_eq!(nouns, ["a list", "an int", "an Executor", "a Uri", "an UpdateConfig"]);
    }

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        assert_eq!(nearest("max_failres", ["max_failures", "name"]), Some("max_failures"));
        assert_eq!(nearest("instnaces", ["instances", "interval"]), Some("instances"));
        assert_eq!(nearest("true", ["True", "tree"]), Some("True"));
        assert_eq!(nearest("zebra", ["name", "role"]), None);
    }

    #[test]
    fn a_name_is_meant_by_what_it_begins() {
        let fields = ["health_check_config", "timeout_secs", "name"];
        assert_eq!(meant("timeout", fields), Some("timeout_secs"));
        assert_eq!(meant("nam", fields), Some("name"));
        assert_eq!(meant("time", fields), None);
    }

    #[test]
    fn names_without_end_are_not_compared() {
        let (long, longer) = ("a".repeat(1_000_000), "a".repeat(1_000_001));
        assert_eq!(nearest(&long, [longer.as_str()]), None);
        assert_eq!(nearest("name", [long.as_str(), "names"]), Some("names"));
    }

    #[test]
    fn lists_read_like_a_sentence() {
        assert_eq!(quoted_list(["a"], 3), "`a`");
        assert_eq!(quoted_list(["a", "b", "c"], 3), "`a`, `b` and `c`");
        assert_eq!(quoted_list(["a", "b", "c"], 2), "`a`, `b` and 1 more");
    }
}
