//! The syntax tree as compact s-expressions, one line per statement.

use std::fmt::Write;

use super::ast::*;

/// Statements, one per line, blocks indented.
pub fn module(body: &[Stmt]) -> String {
    let mut out = String::new();
    stmts(body, 0, &mut out);
    out
}

fn line(depth: usize, text: &str, out: &mut String) {
    let _ = writeln!(out, "{}{text}", " ".repeat(depth));
}

fn stmts(body: &[Stmt], depth: usize, out: &mut String) {
    for s in body {
        stmt(s, depth, out);
    }
}

fn block(head: &str, body: &[Stmt], depth: usize, out: &mut String) {
    if !body.is_empty() {
        line(depth, head, out);
        stmts(body, depth + 1, out);
    }
}

fn stmt(s: &Stmt, depth: usize, out: &mut String) {
    match &s.kind {
        StmtKind::If { test, body, orelse } => {
            block(&format!("if {}", expr(test)), body, depth, out);
            block("else", orelse, depth, out);
        }
        StmtKind::For { target, iter, body, orelse } => {
            block(&format!("for {} in {}", expr(target), expr(iter)), body, depth, out);
            block("else", orelse, depth, out);
        }
        StmtKind::While { test, body, orelse } => {
            block(&format!("while {}", expr(test)), body, depth, out);
            block("else", orelse, depth, out);
        }
        StmtKind::FunctionDef(f) => {
            block(&format!("def {} {}", f.name.name, parameters(&f.parameters)), &f.body, depth, out);
        }
        StmtKind::ClassDef { name, bases, body } => {
            block(&format!("class {}{}", name.name, args(bases)), body, depth, out);
        }
        StmtKind::Try { body, handlers, orelse, finally } => {
            let nested = usize::from(!finally.is_empty() && !handlers.is_empty());
            if nested == 1 {
                line(depth, "try", out);
            }
            block("try", body, depth + nested, out);
            for h in handlers {
                let kind = h.kind.as_ref().map_or(String::new(), |k| format!(" {}", expr(k)));
                let name = h.name.as_ref().map_or(String::new(), |n| format!(" as {}", n.name));
                block(&format!("except{kind}{name}"), &h.body, depth + nested, out);
            }
            block("else", orelse, depth + nested, out);
            block("finally", finally, depth, out);
        }
        StmtKind::With { items, body } => {
            for (i, item) in items.iter().enumerate() {
                let target = item.target.as_ref().map_or(String::new(), |t| format!(" as {}", expr(t)));
                line(depth + i, &format!("with {}{target}", expr(&item.context)), out);
            }
            stmts(body, depth + items.len(), out);
        }
        simple => line(depth, &simple_stmt(simple), out),
    }
}

fn simple_stmt(kind: &StmtKind) -> String {
    match kind {
        StmtKind::Expr(e) => expr(e),
        StmtKind::Assign { targets, value } => format!("(= {} {})", list(targets), expr(value)),
        StmtKind::AugAssign { target, op, value, .. } => {
            format!("({}= {} {})", binop(*op), expr(target), expr(value))
        }
        StmtKind::AnnAssign { target, value } => format!("(: {} {})", expr(target), option(value.as_ref())),
        StmtKind::Return(value) => format!("return {}", option(value.as_ref())),
        StmtKind::Delete(targets) => format!("(del {})", list(targets)),
        StmtKind::Assert { test, message } => format!("(assert {} {})", expr(test), option(message.as_ref())),
        StmtKind::Raise { value, cause } => {
            format!("(raise {} {})", option(value.as_ref()), option(cause.as_ref()))
        }
        StmtKind::Import(aliases) => format!("(import {})", names(aliases)),
        StmtKind::ImportFrom { module, names: n, star } => {
            format!("(from {} import {})", module.name, if *star { "*".to_string() } else { names(n) })
        }
        StmtKind::Global(n) => format!("(global {})", idents(n)),
        StmtKind::Nonlocal(n) => format!("(nonlocal {})", idents(n)),
        StmtKind::Pass => "pass".to_string(),
        StmtKind::Break => "break".to_string(),
        StmtKind::Continue => "continue".to_string(),
        StmtKind::Print(values) => format!("(print {})", list(values)),
        _ => String::new(),
    }
}

fn idents(names: &[Ident]) -> String {
    names.iter().map(|n| n.name.to_string()).collect::<Vec<_>>().join(" ")
}

fn names(aliases: &[ImportAlias]) -> String {
    let one = |a: &ImportAlias| match &a.alias {
        Some(alias) => format!("{} as {}", a.name.name, alias.name),
        None => a.name.name.to_string(),
    };
    aliases.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn option(e: Option<&Expr>) -> String {
    e.map_or("-".to_string(), expr)
}

fn list(items: &[Expr]) -> String {
    items.iter().map(expr).collect::<Vec<_>>().join(" ")
}

fn args(args: &[Arg]) -> String {
    let one = |a: &Arg| match &a.kind {
        ArgKind::Positional => format!(" {}", expr(&a.value)),
        ArgKind::Keyword(name) => format!(" {}={}", name.name, expr(&a.value)),
        ArgKind::Star => format!(" *{}", expr(&a.value)),
        ArgKind::DoubleStar => format!(" **{}", expr(&a.value)),
    };
    args.iter().map(one).collect()
}

fn parameters(list: &[Parameter]) -> String {
    let one = |p: &Parameter| {
        let mark = match p.kind {
            ParameterKind::PositionalOnly => "/",
            ParameterKind::Normal => "",
            ParameterKind::VarPositional => "*",
            ParameterKind::KeywordOnly => "!",
            ParameterKind::VarKeyword => "**",
        };
        let name = p.unpack.as_ref().map_or(p.name.name.to_string(), expr);
        let default = p.default.as_ref().map_or(String::new(), |d| format!("={}", expr(d)));
        format!("{mark}{name}{default}")
    };
    format!("[{}]", list.iter().map(one).collect::<Vec<_>>().join(" "))
}

/// An operator as it is written.
pub fn binop(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "+",
        BinOp::Sub => "-",
        BinOp::Mul => "*",
        BinOp::Div => "/",
        BinOp::FloorDiv => "//",
        BinOp::Mod => "%",
        BinOp::Pow => "**",
        BinOp::Shl => "<<",
        BinOp::Shr => ">>",
        BinOp::BitAnd => "&",
        BinOp::BitOr => "|",
        BinOp::BitXor => "^",
    }
}

fn compare(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "==",
        CompareOp::NotEq => "!=",
        CompareOp::Lt => "<",
        CompareOp::LtE => "<=",
        CompareOp::Gt => ">",
        CompareOp::GtE => ">=",
        CompareOp::In => "in",
        CompareOp::NotIn => "not-in",
        CompareOp::Is => "is",
        CompareOp::IsNot => "is-not",
    }
}

fn comprehension(generators: &[Comprehension]) -> String {
    let one = |g: &Comprehension| {
        let ifs: String = g.ifs.iter().map(|i| format!(" if {}", expr(i))).collect();
        format!(" for {} in {}{ifs}", expr(&g.target), expr(&g.iter))
    };
    generators.iter().map(one).collect()
}

/// The operands of a chain of `and` (or of `or`), however it is nested to the left.
fn operands<'e>(e: &'e Expr, is_and: bool, out: &mut Vec<&'e Expr>) {
    match &e.kind {
        ExprKind::And(a, b) if is_and => {
            operands(a, is_and, out);
            out.push(b);
        }
        ExprKind::Or(a, b) if !is_and => {
            operands(a, is_and, out);
            out.push(b);
        }
        _ => out.push(e),
    }
}

fn junction(e: &Expr, is_and: bool) -> String {
    let mut all = Vec::new();
    operands(e, is_and, &mut all);
    let all: Vec<String> = all.into_iter().map(expr).collect();
    format!("({} {})", if is_and { "and" } else { "or" }, all.join(" "))
}

fn part(p: &FPart) -> String {
    match p {
        FPart::Text(text) => format!("\"{}\"", text.text.escape_default()),
        FPart::Field { value, conversion, spec } => {
            let conversion = conversion.map_or(String::new(), |c| format!("!{c}"));
            let spec: Vec<String> = spec.iter().map(part).collect();
            let spec = if spec.is_empty() { String::new() } else { format!(":{}", spec.join(" ")) };
            format!("{{{}{conversion}{spec}}}", expr(value))
        }
    }
}

/// An expression.
pub fn expr(e: &Expr) -> String {
    match &e.kind {
        ExprKind::None => "None".to_string(),
        ExprKind::Bool(b) => if *b { "True" } else { "False" }.to_string(),
        ExprKind::Int(n) => n.to_string(),
        ExprKind::BigInt(n) => n.to_string(),
        ExprKind::Float(x) => format!("{x:?}"),
        ExprKind::Str(s) => format!("\"{}\"", s.text.escape_default()),
        ExprKind::FString(parts) => format!("(f {})", parts.iter().map(part).collect::<Vec<_>>().join(" ")),
        ExprKind::Name(n) => n.to_string(),
        ExprKind::Ellipsis => "...".to_string(),
        ExprKind::List(items) => format!("[{}]", list(items)),
        ExprKind::Tuple(items) => format!("(, {})", list(items)),
        ExprKind::Set(items) => format!("{{{}}}", list(items)),
        ExprKind::Dict(items) => {
            let one = |(k, v): &(Option<Expr>, Expr)| match k {
                Some(k) => format!(" {}:{}", expr(k), expr(v)),
                None => format!(" **{}", expr(v)),
            };
            format!("{{:{}}}", items.iter().map(one).collect::<String>())
        }
        ExprKind::Starred(e) => format!("*{}", expr(e)),
        ExprKind::ListComp { element, generators } => {
            format!("[{}{}]", expr(element), comprehension(generators))
        }
        ExprKind::SetComp { element, generators } => {
            format!("{{{}{}}}", expr(element), comprehension(generators))
        }
        ExprKind::DictComp { key, value, generators } => {
            format!("{{{}:{}{}}}", expr(key), expr(value), comprehension(generators))
        }
        ExprKind::GeneratorExp(g) => format!("({}{})", expr(&g.element), comprehension(&g.generators)),
        ExprKind::Unary { op, operand } => {
            let op = match op {
                UnaryOp::Neg => "-",
                UnaryOp::Pos => "+",
                UnaryOp::Invert => "~",
                UnaryOp::Not => "not",
            };
            format!("({op} {})", expr(operand))
        }
        ExprKind::Binary { op, left, right, .. } => {
            format!("({} {} {})", binop(*op), expr(left), expr(right))
        }
        ExprKind::And(..) => junction(e, true),
        ExprKind::Or(..) => junction(e, false),
        ExprKind::Compare { left, rest } => {
            let rest: String = rest.iter().map(|(op, e)| format!(" {} {}", compare(*op), expr(e))).collect();
            format!("(cmp {}{rest})", expr(left))
        }
        ExprKind::IfExp { test, body, orelse } => {
            format!("(if {} {} {})", expr(test), expr(body), expr(orelse))
        }
        ExprKind::Lambda(f) => match f.body.first().map(|s| &s.kind) {
            Some(StmtKind::Return(Some(value))) => {
                format!("(lambda {} {})", parameters(&f.parameters), expr(value))
            }
            _ => "?".to_string(),
        },
        ExprKind::Call { function, args: a } => format!("(call {}{})", expr(function), args(a)),
        ExprKind::Attribute { value, name } => format!("{}.{}", expr(value), name.name),
        ExprKind::Subscript { value, index } => format!("(at {} {})", expr(value), expr(index)),
        ExprKind::Slice { lower, upper, step } => {
            let [l, u, s] = [lower, upper, step].map(|p| option(p.as_deref()));
            format!("{l}:{u}:{s}")
        }
        ExprKind::Repr(e) => format!("(repr {})", expr(e)),
        ExprKind::Walrus { name, value } => format!("(:= {} {})", name.name, expr(value)),
    }
}
