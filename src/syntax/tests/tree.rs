//! A tree as text, so that a test shows what it expects on one line.

use crate::syntax::ast::*;

/// A statement: its kind, and its parts in brackets.
pub(super) fn stmt(s: &Stmt) -> String {
    match &s.kind {
        StmtKind::Expr(e) => expr(e),
        StmtKind::Assign { targets, value } => format!("(= {} {})", exprs(targets), expr(value)),
        StmtKind::AugAssign { target, op, value, .. } => {
            format!("({op:?}= {} {})", expr(target), expr(value))
        }
        StmtKind::AnnAssign { target, value } => format!("(: {}{})", expr(target), option(value)),
        StmtKind::If { test, body, orelse } => {
            format!("(if {} {}{})", expr(test), block(body), other("else", orelse))
        }
        StmtKind::For { target, iter, body, orelse } => {
            format!("(for {} {} {}{})", expr(target), expr(iter), block(body), other("else", orelse))
        }
        StmtKind::While { test, body, orelse } => {
            format!("(while {} {}{})", expr(test), block(body), other("else", orelse))
        }
        StmtKind::FunctionDef(f) => format!("(def {} {})", signature(f), block(&f.body)),
        StmtKind::ClassDef { name, bases, body } => {
            format!("(class {}({}) {})", name.name, args(bases), block(body))
        }
        StmtKind::Return(value) => format!("(return{})", option(value)),
        StmtKind::Delete(targets) => format!("(del {})", exprs(targets)),
        StmtKind::Assert { test, message } => format!("(assert {}{})", expr(test), option(message)),
        StmtKind::Raise { value, cause } => format!("(raise{}{})", option(value), option(cause)),
        StmtKind::Try { body, handlers, orelse, finally } => {
            let handlers: String = handlers.iter().map(handler).collect();
            let (orelse, finally) = (other("else", orelse), other("finally", finally));
            format!("(try {}{handlers}{orelse}{finally})", block(body))
        }
        StmtKind::With { items, body } => {
            let item = |i: &WithItem| format!("{}{}", expr(&i.context), option(&i.target));
            format!("(with {} {})", items.iter().map(item).collect::<Vec<_>>().join(", "), block(body))
        }
        StmtKind::Import(names) => format!("(import {})", aliases(names)),
        StmtKind::ImportFrom { module, names, star } => {
            format!("(from {} {})", module.name, if *star { "*".to_string() } else { aliases(names) })
        }
        StmtKind::Global(names) => format!("(global {})", idents(names)),
        StmtKind::Nonlocal(names) => format!("(nonlocal {})", idents(names)),
        StmtKind::Pass => "pass".to_string(),
        StmtKind::Break => "break".to_string(),
        StmtKind::Continue => "continue".to_string(),
        StmtKind::Print(values) => format!("(print {})", exprs(values)),
    }
}

pub(super) fn block(body: &[Stmt]) -> String {
    format!("{{{}}}", body.iter().map(stmt).collect::<Vec<_>>().join("; "))
}

fn other(word: &str, body: &[Stmt]) -> String {
    if body.is_empty() { String::new() } else { format!(" {word} {}", block(body)) }
}

fn handler(h: &Handler) -> String {
    let name = h.name.as_ref().map(|n| format!(" as {}", n.name)).unwrap_or_default();
    format!(" except{}{name} {}", option(&h.kind), block(&h.body))
}

/// An expression: atoms as they are, everything else with its operator in front, in brackets.
pub(super) fn expr(e: &Expr) -> String {
    match &e.kind {
        ExprKind::None => "None".to_string(),
        ExprKind::Bool(b) => if *b { "True" } else { "False" }.to_string(),
        ExprKind::Int(n) => n.to_string(),
        ExprKind::BigInt(n) => n.to_string(),
        ExprKind::Float(x) => format!("{x:?}"),
        ExprKind::Str(text) => format!("{:?}", text.text),
        ExprKind::FString(parts) => format!("f[{}]", fparts(parts)),
        ExprKind::Name(name) => name.to_string(),
        ExprKind::Ellipsis => "...".to_string(),
        ExprKind::List(items) => format!("[{}]", exprs(items)),
        ExprKind::Tuple(items) => format!("({})", items.iter().map(|i| expr(i) + ",").collect::<String>()),
        ExprKind::Set(items) => format!("{{{}}}", exprs(items)),
        ExprKind::Dict(entries) => {
            let entry = |(key, value): &(Option<Expr>, Expr)| match key {
                Some(key) => format!("{}: {}", expr(key), expr(value)),
                None => format!("**{}", expr(value)),
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        ExprKind::Starred(inner) => format!("*{}", expr(inner)),
        ExprKind::ListComp { element, generators } => format!("[{}{}]", expr(element), clauses(generators)),
        ExprKind::SetComp { element, generators } => format!("{{{}{}}}", expr(element), clauses(generators)),
        ExprKind::DictComp { key, value, generators } => {
            format!("{{{}: {}{}}}", expr(key), expr(value), clauses(generators))
        }
        ExprKind::GeneratorExp(g) => format!("({}{})", expr(&g.element), clauses(&g.generators)),
        ExprKind::Unary { op, operand } => format!("({op:?} {})", expr(operand)),
        ExprKind::Binary { op, left, right, .. } => format!("({op:?} {} {})", expr(left), expr(right)),
        ExprKind::And(a, b) => format!("(and {} {})", expr(a), expr(b)),
        ExprKind::Or(a, b) => format!("(or {} {})", expr(a), expr(b)),
        ExprKind::Compare { left, rest } => {
            let step = |(op, right): &(CompareOp, Expr)| format!(" {op:?} {}", expr(right));
            format!("({}{})", expr(left), rest.iter().map(step).collect::<String>())
        }
        ExprKind::IfExp { test, body, orelse } => {
            format!("(if {} {} {})", expr(test), expr(body), expr(orelse))
        }
        ExprKind::Lambda(f) => format!("(lambda {} {})", signature(f), block(&f.body)),
        ExprKind::Call { function, args: list } => format!("{}({})", expr(function), args(list)),
        ExprKind::Attribute { value, name } => format!("{}.{}", expr(value), name.name),
        ExprKind::Subscript { value, index } => format!("{}[{}]", expr(value), expr(index)),
        ExprKind::Slice { lower, upper, step } => {
            let part = |p: &Option<Box<Expr>>| p.as_deref().map(expr).unwrap_or_default();
            format!("{}:{}:{}", part(lower), part(upper), part(step))
        }
        ExprKind::Repr(inner) => format!("(repr {})", expr(inner)),
        ExprKind::Walrus { name, value } => format!("(:= {} {})", name.name, expr(value)),
    }
}

fn fparts(parts: &[FPart]) -> String {
    let part = |part: &FPart| match part {
        FPart::Text(text) => format!("{:?}", text.text),
        FPart::Field { value, conversion, spec } => {
            let conversion = conversion.map(|c| format!("!{c}")).unwrap_or_default();
            let spec = if spec.is_empty() { String::new() } else { format!(":{}", fparts(spec)) };
            format!("{{{}{conversion}{spec}}}", expr(value))
        }
    };
    parts.iter().map(part).collect()
}

fn clauses(generators: &[Comprehension]) -> String {
    let clause = |c: &Comprehension| {
        let ifs: String = c.ifs.iter().map(|test| format!(" if {}", expr(test))).collect();
        format!(" for {} in {}{ifs}", expr(&c.target), expr(&c.iter))
    };
    generators.iter().map(clause).collect()
}

fn signature(f: &Function) -> String {
    let parameter = |p: &Parameter| {
        let mark = match p.kind {
            ParameterKind::PositionalOnly => "/",
            ParameterKind::Normal => "",
            ParameterKind::VarPositional => "*",
            ParameterKind::KeywordOnly => "*,",
            ParameterKind::VarKeyword => "**",
        };
        let name = p.unpack.as_ref().map_or_else(|| p.name.name.to_string(), expr);
        let default = p.default.as_ref().map(|d| format!("={}", expr(d))).unwrap_or_default();
        format!("{mark}{name}{default}")
    };
    let parameters: Vec<String> = f.parameters.iter().map(parameter).collect();
    format!("{}({})", f.name.name, parameters.join(" "))
}

fn args(list: &[Arg]) -> String {
    let arg = |arg: &Arg| match &arg.kind {
        ArgKind::Positional => expr(&arg.value),
        ArgKind::Keyword(name) => format!("{}={}", name.name, expr(&arg.value)),
        ArgKind::Star => format!("*{}", expr(&arg.value)),
        ArgKind::DoubleStar => format!("**{}", expr(&arg.value)),
    };
    list.iter().map(arg).collect::<Vec<_>>().join(", ")
}

fn aliases(names: &[ImportAlias]) -> String {
    let alias = |a: &ImportAlias| match &a.alias {
        Some(alias) => format!("{} as {}", a.name.name, alias.name),
        None => a.name.name.to_string(),
    };
    names.iter().map(alias).collect::<Vec<_>>().join(", ")
}

fn idents(names: &[Ident]) -> String {
    names.iter().map(|n| n.name.to_string()).collect::<Vec<_>>().join(", ")
}

fn exprs(list: &[Expr]) -> String {
    list.iter().map(expr).collect::<Vec<_>>().join(", ")
}

fn option(value: &Option<Expr>) -> String {
    value.as_ref().map(|e| format!(" {}", expr(e))).unwrap_or_default()
}
