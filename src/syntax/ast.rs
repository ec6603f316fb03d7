//! The syntax tree. Every node has the span of its text; names follow Python's own `ast` module.

#![expect(missing_docs, reason = "the syntax shown on each variant documents its fields")]

use std::sync::Arc;

use num_bigint::BigInt;
use smallvec::SmallVec;
use smol_str::SmolStr;

use crate::source::{FileId, Span};

/// A name of the language, such as that of a variable.
pub type Name = SmolStr;

/// A parsed file. Statements that could not be parsed are left out; their diagnostics are returned beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// The file.
    pub file: FileId,
    /// Its statements, in order.
    pub body: Vec<Stmt>,
    /// What `from __future__ import …` asked for.
    pub future: Future,
}

/// Switches set by `from __future__ import …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Future {
    /// `division`: `/` on two integers gives a float.
    pub division: bool,
}

/// A name with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ident {
    /// The name.
    pub name: Name,
    /// Where it is written.
    pub span: Span,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// The whole statement; for compound statements the header only.
    pub span: Span,
}

/// The kinds of statements.
#[derive(Debug, Clone, PartialEq)]
pub enum StmtKind {
    /// `f(x)`
    Expr(Expr),
    /// `a = b = value`; at least one target.
    Assign { targets: Vec<Expr>, value: Expr },
    /// `a += value`
    AugAssign { target: Expr, op: BinOp, op_span: Span, value: Expr },
    /// `a: T = value`; the annotation is ignored. Without a value it does nothing.
    AnnAssign { target: Expr, value: Option<Expr> },
    /// `if test: … elif …: … else: …`; `elif` is an `If` alone in `orelse`.
    If { test: Expr, body: Vec<Stmt>, orelse: Vec<Stmt> },
    /// `for target in iter: … else: …`
    For { target: Expr, iter: Expr, body: Vec<Stmt>, orelse: Vec<Stmt> },
    /// `while test: … else: …`
    While { test: Expr, body: Vec<Stmt>, orelse: Vec<Stmt> },
    /// `def name(parameters): …`
    FunctionDef(Arc<Function>),
    /// `class Name(Base, …): …`
    ClassDef { name: Ident, bases: Vec<Arg>, body: Vec<Stmt> },
    /// `return value`
    Return(Option<Expr>),
    /// `del a, b[0]`
    Delete(Vec<Expr>),
    /// `assert test, message`
    Assert { test: Expr, message: Option<Expr> },
    /// `raise value`, or a bare `raise`. (`raise E, 'text'` of Python 2 becomes `raise E('text')`.)
    Raise { value: Option<Expr>, cause: Option<Expr> },
    /// `try: … except …: … else: … finally: …`
    Try { body: Vec<Stmt>, handlers: Vec<Handler>, orelse: Vec<Stmt>, finally: Vec<Stmt> },
    /// `with context as target: …`
    With { items: Vec<WithItem>, body: Vec<Stmt> },
    /// `import a.b as c, d`
    Import(Vec<ImportAlias>),
    /// `from a.b import c as d, e`; `star` for `*`. `module` is the dotted path.
    ImportFrom { module: Ident, names: Vec<ImportAlias>, star: bool },
    /// `global a, b`
    Global(Vec<Ident>),
    /// `nonlocal a, b`
    Nonlocal(Vec<Ident>),
    /// `pass`
    Pass,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `print x, y` of Python 2, or a call of `print`: evaluated, printed nowhere.
    Print(Vec<Expr>),
}

/// One `except` clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Handler {
    /// The exception type, or a tuple of them; `None` for a bare `except:`.
    pub kind: Option<Expr>,
    /// The name after `as`.
    pub name: Option<Ident>,
    /// The statements.
    pub body: Vec<Stmt>,
    /// The header.
    pub span: Span,
}

/// One item of `with`.
#[derive(Debug, Clone, PartialEq)]
pub struct WithItem {
    /// The context manager.
    pub context: Expr,
    /// The target after `as`.
    pub target: Option<Expr>,
}

/// One name of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportAlias {
    /// The dotted name.
    pub name: Ident,
    /// The name after `as`.
    pub alias: Option<Ident>,
}

/// A function: `def` or `lambda`.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Its name; `<lambda>` for a lambda.
    pub name: Ident,
    /// Its parameters, in order.
    pub parameters: Vec<Parameter>,
    /// Its statements; a lambda has one `Return`.
    pub body: Vec<Stmt>,
    /// The header (`def` to `:`), or the whole lambda.
    pub span: Span,
}

/// One parameter of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The name; for a Python 2 tuple parameter `(a, b)` a made-up one, see `unpack`.
    pub name: Ident,
    /// What it takes.
    pub kind: ParameterKind,
    /// The default value.
    pub default: Option<Expr>,
    /// The pattern of a Python 2 tuple parameter.
    pub unpack: Option<Expr>,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// By position only (before `/`).
    PositionalOnly,
    /// By position or keyword.
    Normal,
    /// `*args`
    VarPositional,
    /// By keyword only (after `*` or `*args`).
    KeywordOnly,
    /// `**kwargs`
    VarKeyword,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its text.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// `12`
    Int(i64),
    /// An integer that does not fit 64 bits.
    BigInt(Arc<BigInt>),
    /// `1.5`
    Float(f64),
    /// A string literal, adjacent literals joined.
    Str(Arc<StrLiteral>),
    /// An f-string (joined with adjacent plain literals).
    FString(Vec<FPart>),
    /// `name`
    Name(Name),
    /// `...`
    Ellipsis,
    /// `[a, *b]`
    List(Vec<Expr>),
    /// `(a, b)` or `a, b`
    Tuple(Vec<Expr>),
    /// `{a, b}`
    Set(Vec<Expr>),
    /// `{k: v, **d}`; a key of `None` is `**`.
    Dict(Vec<(Option<Expr>, Expr)>),
    /// `*a` in a list, tuple, set or assignment target.
    Starred(Box<Expr>),
    /// `[e for …]`
    ListComp { element: Box<Expr>, generators: Vec<Comprehension> },
    /// `{e for …}`
    SetComp { element: Box<Expr>, generators: Vec<Comprehension> },
    /// `{k: v for …}`
    DictComp { key: Box<Expr>, value: Box<Expr>, generators: Vec<Comprehension> },
    /// `(e for …)`
    GeneratorExp(Arc<GeneratorExp>),
    /// `-a`, `not a`
    Unary { op: UnaryOp, operand: Box<Expr> },
    /// `a + b`
    Binary { op: BinOp, op_span: Span, left: Box<Expr>, right: Box<Expr> },
    /// `a and b`
    And(Box<Expr>, Box<Expr>),
    /// `a or b`
    Or(Box<Expr>, Box<Expr>),
    /// `a < b <= c`
    Compare { left: Box<Expr>, rest: Vec<(CompareOp, Expr)> },
    /// `a if test else b`
    IfExp { test: Box<Expr>, body: Box<Expr>, orelse: Box<Expr> },
    /// `lambda x: e`
    Lambda(Arc<Function>),
    /// `f(a, k=b, *c, **d)`
    Call { function: Box<Expr>, args: Vec<Arg> },
    /// `a.name`
    Attribute { value: Box<Expr>, name: Box<Ident> },
    /// `a[i]`
    Subscript { value: Box<Expr>, index: Box<Expr> },
    /// `a:b:c` inside a subscript
    Slice { lower: Option<Box<Expr>>, upper: Option<Box<Expr>>, step: Option<Box<Expr>> },
    /// `` `x` `` of Python 2, which is `repr(x)`.
    Repr(Box<Expr>),
    /// `name := value`
    Walrus { name: Box<Ident>, value: Box<Expr> },
}

/// One argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Arg {
    /// How it is passed.
    pub kind: ArgKind,
    /// The value.
    pub value: Expr,
}

/// How an argument is passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgKind {
    /// `f(a)`
    Positional,
    /// `f(k=a)`
    Keyword(Ident),
    /// `f(*a)`
    Star,
    /// `f(**a)`
    DoubleStar,
}

/// `for target in iter if cond…` of a comprehension.
#[derive(Debug, Clone, PartialEq)]
pub struct Comprehension {
    /// What each item is assigned to.
    pub target: Expr,
    /// The iterable.
    pub iter: Expr,
    /// The conditions.
    pub ifs: Vec<Expr>,
}

/// A generator expression; shared, because it runs on after the expression around it is evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct GeneratorExp {
    /// What each round gives.
    pub element: Expr,
    /// The `for` clauses.
    pub generators: Vec<Comprehension>,
}

/// Unary operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Neg,
    /// `+`
    Pos,
    /// `~`
    Invert,
    /// `not`
    Not,
}

/// Binary operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
}

/// Comparison operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareOp {
    /// `==`
    Eq,
    /// `!=`, and `<>` of Python 2
    NotEq,
    /// `<`
    Lt,
    /// `<=`
    LtE,
    /// `>`
    Gt,
    /// `>=`
    GtE,
    /// `in`
    In,
    /// `not in`
    NotIn,
    /// `is`
    Is,
    /// `is not`
    IsNot,
}

/// A string literal: its text with escapes resolved, and where each part of the text was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrLiteral {
    /// The text.
    pub text: String,
    /// Whether it is a unicode string: `u'…'`, or any but `b'…'` where the file asks for `unicode_literals`.
    pub unicode: bool,
    /// Runs of the text that are written byte for byte at a place in the source, in order. A byte of the text that
    /// came from an escape has a run of its own whose `source` covers the escape. Together the runs cover the text.
    pub runs: SmallVec<[Run; 1]>,
}

/// A run of a string's text and the source it came from. `verbatim` runs have the same length in text and source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Offset of the run in the text.
    pub at: u32,
    /// Where it is written.
    pub source: Span,
    /// Whether text and source are the same bytes (no escape).
    pub verbatim: bool,
}

/// A part of an f-string.
#[derive(Debug, Clone, PartialEq)]
pub enum FPart {
    /// Text between the fields, `{{` already made `{`.
    Text(Arc<StrLiteral>),
    /// `{value!conversion:spec}`
    Field {
        /// The expression.
        value: Box<Expr>,
        /// `r`, `s` or `a`.
        conversion: Option<char>,
        /// The format specification, which may hold fields itself.
        spec: Vec<FPart>,
    },
}
