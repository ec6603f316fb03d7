//! Rust source as the tests of the project read it: its paths, without comments, strings and tests.

/// The source without comments, the insides of strings and characters, and what is compiled for tests only.
pub(crate) fn without_strings_and_tests(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (kept, length) = match c {
            '/' if rest.starts_with("//") => ("", rest.find('\n').unwrap_or(rest.len())),
            '"' => ("\"\"", 1 + string_end(&rest[1..])),
            'r' if raw_string(rest, &code).is_some() => ("\"\"", raw_string(rest, &code).unwrap_or(1)),
            '\'' => match character(rest) {
                Some(length) => ("' '", length),
                None => ("'", 1),
            },
            c => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        code.push_str(kept);
        rest = &rest[length..];
    }
    without_tests(code)
}

/// The length of a string up to its closing quote.
fn string_end(inside: &str) -> usize {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    inside.len()
}

/// The length of a raw string that begins here.
fn raw_string(rest: &str, before: &str) -> Option<usize> {
    if before.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
    let inside = rest[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    inside.find(&end).map(|at| 2 + hashes + at + end.len())
}

/// The length of a character such as `'a'` or `'\n'`; nothing where a lifetime begins here.
fn character(rest: &str) -> Option<usize> {
    let inside = &rest[1..];
    match inside.strip_prefix('\\') {
        Some(escape) => escape.get(1..)?.find('\'').map(|at| at + 4),
        None => {
            let c = inside.chars().next()?;
            inside[c.len_utf8()..].starts_with('\'').then(|| c.len_utf8() + 2)
        }
    }
}

/// Leaves out items under `#[cfg(test)]`, up to their `;` or closing brace.
fn without_tests(mut code: String) -> String {
    const MARK: &str = "#[cfg(test)]";
    while let Some(start) = code.find(MARK) {
        let item = &code[start..];
        let mut depth = 0usize;
        let end = item.char_indices().find_map(|(at, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0 && matches!(c, ';' | '}')).then_some(at + 1)
        });
        code.replace_range(start..start + end.unwrap_or(item.len()), "");
    }
    code
}

/// The imports of a file, each name with the path it stands for, and the code without them.
pub(crate) fn use_trees(code: &str) -> (Vec<(String, Vec<String>)>, String) {
    let mut imports = Vec::new();
    let mut rest = String::new();
    let mut open: Option<String> = None;
    for line in code.lines() {
        let mut statement = open.take().unwrap_or_default();
        if statement.is_empty() && !is_use(line) {
            rest.push_str(line);
            rest.push('\n');
            continue;
        }
        statement.push_str(line.trim());
        match statement.split_once("use ").filter(|_| statement.ends_with(';')) {
            Some((_, tree)) => spread(tree.trim_end_matches(';'), &[], &mut imports),
            None => open = Some(statement),
        }
    }
    (imports, rest)
}

fn is_use(line: &str) -> bool {
    let line = line.trim_start();
    let line = match line.strip_prefix("pub") {
        Some(rest) => match rest.strip_prefix('(') {
            Some(within) => within.split_once(')').map_or("", |(_, after)| after).trim_start(),
            None => rest.trim_start(),
        },
        None => line,
    };
    line.starts_with("use ")
}

/// Every import of a tree such as `a::{b, c as d}`.
fn spread(tree: &str, before: &[String], imports: &mut Vec<(String, Vec<String>)>) {
    let steps = |text: &str| -> Vec<String> {
        let steps = text.split("::").map(str::trim).filter(|step| !step.is_empty());
        before.iter().cloned().chain(steps.map(str::to_string)).collect()
    };
    if let Some((head, group)) = tree.split_once('{') {
        let before = steps(head);
        for part in parts(group.trim_end().trim_end_matches('}')) {
            spread(part, &before, imports);
        }
        return;
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
    let mut path = steps(path);
    if path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    if let Some(last) = path.last() {
        imports.push((alias.unwrap_or(last).trim().to_string(), path));
    }
}

/// The parts of a group, at its own commas.
fn parts(group: &str) -> Vec<&str> {
    let mut depth = 0usize;
    let at_own_comma = |c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    group.split(at_own_comma).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The paths of at least two steps in code.
pub(crate) fn paths(code: &str) -> Vec<Vec<String>> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    let words = code.split(|c: char| !is_part(c));
    let steps = words.map(|word| word.split("::").map(str::to_string).collect::<Vec<_>>());
    let whole = |path: &Vec<String>| {
        path.len() > 1 && path.iter().all(|step| !step.is_empty() && !step.contains(':'))
    };
    steps
        .map(|mut path| {
            path.retain(|step| !step.is_empty());
            path
        })
        .filter(whole)
        .collect()
}
