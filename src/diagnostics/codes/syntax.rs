//! Codes of the syntax: characters, strings, brackets, layout, statements, expressions (E00xx).

use super::codes;

codes! {
    UNEXPECTED = "E0001" "unexpected-text" {
        what: "The text is not what can stand at this place.",
        why: "The message says what was read so far and what could follow. The mistake is at the marked place or shortly before it.",
        bad: "ports = [80, , 443]",
        good: "ports = [80, 443]"
    }
    UNTERMINATED_STRING = "E0002" "unterminated-string" {
        what: "A string is opened, but never closed.",
        why: "A string in single or double quotes ends on its own line. Text over several lines goes in triple quotes. A quote inside the text needs a backslash, or the other kind of quotes around the text.",
        bad: "name = 'web",
        good: "name = 'web'"
    }
    UNCLOSED_BRACKET = "E0003" "unclosed-bracket" {
        what: "A bracket is opened, but never closed.",
        why: "Everything behind it would belong to it, up to the end of the file. Close it where its contents end.",
        bad: "sizes = [1, 2\nname = 'web'",
        good: "sizes = [1, 2]\nname = 'web'"
    }
    MISMATCHED_BRACKET = "E0004" "mismatched-bracket" {
        what: "A closing bracket closes nothing, or is of another kind than the bracket opened last.",
        why: "Brackets are closed in the opposite order of their opening, each by its own kind.",
        bad: "sizes = [1, (2, 3]",
        good: "sizes = [1, (2, 3)]"
    }
    BAD_INDENTATION = "E0005" "bad-indentation" {
        what: "A line is indented in a way that fits no block.",
        why: "Indentation says which block a line belongs to: it must be the same for all lines of a block, and grows only behind a line that ends in `:`.",
        bad: "role = 'www'\n cluster = 'east'",
        good: "role = 'www'\ncluster = 'east'"
    }
    TABS_AND_SPACES = "E0006" "tabs-and-spaces" {
        what: "Tabs and spaces are mixed in the indentation, and the lines do not end up where they seem to be.",
        why: "A tab goes to the next multiple of 8 columns, whatever the editor shows. Indent with spaces only.",
        bad: "if True:\n    name = 'a'\n\trole = 'b'",
        good: "if True:\n    name = 'a'\n    role = 'b'"
    }
    EXPECTED_BLOCK = "E0007" "expected-block" {
        what: "A line ends in `:`, but no indented block follows.",
        why: "Behind `if`, `for`, `def` and the like come the indented lines that belong to it. An empty block is written `pass`.",
        bad: "if True:\nname = 'web'",
        good: "if True:\n  name = 'web'"
    }
    MISSING_COMMA = "E0008" "missing-comma" {
        what: "Two items stand next to each other without a comma.",
        why: "Arguments of a call and items of a list, tuple or dict are separated by commas, at the end of a line too.",
        bad: "p = dict(\n  name = 'web'\n  cmdline = 'serve'\n)",
        good: "p = dict(\n  name = 'web',\n  cmdline = 'serve'\n)"
    }
    MISSING_COLON = "E0009" "missing-colon" {
        what: "The first line of a block does not end in a colon.",
        why: "`if`, `for`, `while`, `def`, `class`, `else`, `try`, `except`, `finally` and `with` need `:` in front of their block.",
        bad: "if True\n  name = 'web'",
        good: "if True:\n  name = 'web'"
    }
    ASSIGNMENT_IN_CONDITION = "E0010" "assignment-in-condition" {
        what: "A condition or value contains `=`.",
        why: "`=` assigns, and is a statement of its own. Two values are compared with `==`.",
        bad: "env = 'prod'\nif env = 'prod':\n  size = 4",
        good: "env = 'prod'\nif env == 'prod':\n  size = 4"
    }
    BAD_NUMBER = "E0011" "bad-number" {
        what: "A number is not written in a form that the language has.",
        why: "Numbers are decimal (12, 1_000, 1.5, 1e3), hexadecimal (0x1f), octal (0o17) or binary (0b101). Complex numbers are not in the language.",
        bad: "n = 0b12",
        good: "n = 0b11"
    }
    OLD_OCTAL = "E0012" "old-octal" {
        what: "A number begins with a zero, but has digits that octal numbers do not have.",
        why: "A number with a leading zero is octal in Python 2, and an error in Python 3. With an 8 or a 9 it is neither.",
        bad: "day = 08",
        good: "day = 8"
    }
    BAD_ESCAPE = "E0013" "bad-escape" {
        what: "An escape in a string is incomplete, or names no character.",
        why: "\\x takes two hexadecimal digits, \\u four, \\U eight, \\N{...} the name of a Unicode character.",
        bad: "name = '\\x4'",
        good: "name = '\\x41'"
    }
    REPEATED_KEYWORD = "E0014" "repeated-keyword" {
        what: "A call gives the same keyword argument twice.",
        why: "Only one of the two values could count. Remove one.",
        bad: "d = dict(name='a', name='b')",
        good: "d = dict(name='b')"
    }
    ARGUMENT_ORDER = "E0015" "argument-order" {
        what: "The arguments of a call are in an order, or of a form, that a call cannot have.",
        why: "Arguments by position come before those by keyword, keywords are plain names, and a generator expression among other arguments needs brackets of its own.",
        bad: "d = dict(name='a', [])",
        good: "d = dict([], name='a')"
    }
    BAD_TARGET = "E0016" "bad-target" {
        what: "Something is assigned to, or deleted, that cannot be.",
        why: "Only names, attributes, items and slices can be assigned to, or tuples and lists of them.",
        bad: "5 = x",
        good: "x = 5"
    }
    BAD_PARAMETERS = "E0017" "bad-parameters" {
        what: "The parameters of a function are repeated, or in an order that cannot be.",
        why: "Each name occurs once. Parameters without a default come first, then those with one, then *args, then keyword-only ones, then **kwargs.",
        bad: "def size(cpu=1, ram): return ram",
        good: "def size(ram, cpu=1): return ram"
    }
    MISPLACED = "E0018" "misplaced-statement" {
        what: "A statement stands where it has no meaning.",
        why: "`return` belongs in a function, `break` and `continue` in a loop; `else`, `elif`, `except` and `finally` continue the statement right above them.",
        bad: "x = 1\nreturn x",
        good: "def f():\n  x = 1\n  return x"
    }
    RESERVED_WORD = "E0019" "reserved-word" {
        what: "A reserved word is used as a name.",
        why: "Words such as `if`, `class`, `from` and `lambda` have a meaning of their own, and cannot name a variable, parameter or keyword argument. Where a field has such a name, pass it as **{'from': value}.",
        bad: "class = 'web'",
        good: "kind = 'web'"
    }
    NOT_IN_THE_LANGUAGE = "E0020" "not-in-the-language" {
        what: "A construct of Python is used that job files do not have.",
        why: "Job files describe jobs: they are evaluated once, with no side effects. Decorators, generators, coroutines, pattern matching and exec are left out. The help says what to write instead.",
        bad: "exec 'x = 1'",
        good: "x = 1"
    }
    STRANGE_CHARACTER = "E0021" "strange-character" {
        what: "A character stands outside of strings that only looks like one of the language, or is invisible.",
        why: "Word processors and web pages replace quotes, dashes and blanks by typographic ones. Outside of strings and comments only ASCII characters have a meaning.",
        bad: "name = \u{201c}web\u{201d}",
        good: "name = \"web\""
    }
    CONTROL_CHARACTER = "E0022" "control-character" {
        what: "The file contains a control character that text files do not have.",
        why: "The file may be damaged, or saved in another encoding. Job files are UTF-8 text.",
        bad: "name = \u{1}'web'",
        good: "name = 'web'"
    }
    UNICODE_NAME = "E0023" "unicode-name" {
        what: "A name has letters beyond ASCII.",
        why: "Python 2 refuses such names, and Python 3 folds some of them together. Names are made of a-z, A-Z, 0-9 and _; in strings any text is fine.",
        bad: "größe = 4",
        good: "size = 4"
    }
    FOREIGN_OPERATOR = "E0024" "foreign-operator" {
        what: "An operator of another language is used.",
        why: "The language writes `and`, `or`, `not`, `x += 1` and `a if test else b` for `&&`, `||`, `!`, `++` and `test ? a : b`.",
        bad: "ok = True && False",
        good: "ok = True and False"
    }
    STRAY_BACKSLASH = "E0025" "stray-backslash" {
        what: "A backslash stands outside of strings, and not as the last character of its line.",
        why: "A backslash at the end of a line continues the line. Blanks or comments behind it break that. Inside brackets no backslash is needed.",
        bad: "n = 1 + \\ 2",
        good: "n = 1 + \\\n  2"
    }
    BAD_FSTRING = "E0026" "bad-fstring" {
        what: "An f-string is not well formed.",
        why: "In an f-string `{` opens a field and `}` closes it; the characters themselves are written `{{` and `}}`. A template reference in an f-string is therefore {{{{name}}}}.",
        bad: "s = f'awk {'",
        good: "s = f'awk {{'"
    }
    BAD_STAR = "E0027" "bad-star" {
        what: "A star stands where nothing can be unpacked.",
        why: "`*items` unpacks into a call, a list, a tuple or a set, and gathers the rest of an assignment; alone it has no meaning.",
        bad: "a = [1]\nx = *a",
        good: "a = [1]\nx = [*a]"
    }
    MIXED_LITERALS = "E0028" "mixed-literals" {
        what: "Braces hold both entries with a colon and items without one.",
        why: "`{'a': 1}` is a dict, `{'a', 'b'}` a set; nothing is both.",
        bad: "d = {'a': 1, 'b'}",
        good: "d = {'a': 1, 'b': 2}"
    }
    MERGE_CONFLICT = "E0029" "merge-conflict" {
        what: "The file has the markers that Git leaves where two versions of a file could not be merged.",
        why: "Both versions are in the file, one after the other. Only the first is read, so that everything else can be checked.",
        bad: "<<<<<<< HEAD\ncpu = 1\n=======\ncpu = 2\n>>>>>>> branch",
        good: "cpu = 2"
    }
    NESTING_TOO_DEEP = "E0601" "nesting-too-deep" {
        what: "Brackets, blocks or operators are nested deeper than the budget allows, or a chain of them is too long.",
        why: "Reading a file takes a little memory for every level. The bound keeps a file from a stranger from exhausting it; no job file comes near it by hand.",
        bad: "x = - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - 1",
        good: "x = - - 1"
    }
}
