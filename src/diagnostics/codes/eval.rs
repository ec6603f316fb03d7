//! Codes of evaluation: names, types, calls, values (E01xx).

use super::codes;

codes! {
    UNKNOWN_NAME = "E0101" "unknown-name" {
        what: "A name is used that nothing in the file, its includes or the schema defines.",
        why: "Names must be assigned, defined or included before the line that uses them runs. Check the spelling, and that the include() comes first.",
        bad: "procs = [Proces(name='web', cmdline='serve')]",
        good: "procs = [Process(name='web', cmdline='serve')]"
    }
    WRONG_TYPE = "E0102" "wrong-type" {
        what: "A value has a type that the operation cannot work with.",
        why: "The language never guesses: text and numbers are not mixed, and only containers can be indexed. Convert the value first, with str() or int() for example.",
        bad: "n = 'a' + 1",
        good: "n = 'a' + str(1)"
    }
    BAD_VALUE = "E0103" "bad-value" {
        what: "A value has the right type, but not a value that the operation accepts.",
        why: "The message says what was given and what would be accepted.",
        bad: "n = int('ten')",
        good: "n = int('10')"
    }
    UNKNOWN_FIELD = "E0104" "unknown-field" {
        what: "A struct is given a field that its type does not have.",
        why: "Fields are declared by the type; a misspelt one would be lost silently. The help lists the near names.",
        bad: "p = Process(name='a', cmdline='b', max_failres=3)",
        good: "p = Process(name='a', cmdline='b', max_failures=3)"
    }
    UNKNOWN_ATTRIBUTE = "E0105" "unknown-attribute" {
        what: "A value has no attribute or method of this name.",
        why: "Objects have their fields, has_FIELD for each, and the methods of the template library; other values have the methods of their Python type.",
        bad: "p = Process(name='a')\nn = p.nmae()",
        good: "p = Process(name='a')\nn = p.name()"
    }
    BAD_CALL = "E0106" "bad-call" {
        what: "A function is called with arguments that it does not take, or without ones that it needs.",
        why: "The message names the parameter; a label shows where the function is defined.",
        bad: "def job(name, role): return name\nj = job('web')",
        good: "def job(name, role): return name\nj = job('web', 'www')"
    }
    NOT_FOUND = "E0107" "not-found" {
        what: "A list has no such index, or a dict no such key.",
        why: "Lists count from 0, and from -1 at the end. Use .get(key, default) where a key may be missing.",
        bad: "x = {'a': 1}['b']",
        good: "x = {'a': 1}.get('b', 0)"
    }
    RAISED = "E0108" "raised" {
        what: "The file itself raised an error, or an assert failed.",
        why: "The author of the file (or of one it includes) put a check there; its own message says what is wanted.",
        bad: "size = 5\nassert size < 5, 'too large'",
        good: "size = 4\nassert size < 5, 'too large'"
    }
    UNBOUND_LOCAL = "E0109" "unbound-local" {
        what: "A function reads one of its own names before giving it a value.",
        why: "A name that a function assigns anywhere belongs to the whole function, even where a global of the same name exists. Assign it first, or use another name.",
        bad: "size = 1\ndef grown():\n  size = size + 1\n  return size\nn = grown()",
        good: "size = 1\ndef grown():\n  return size + 1\nn = grown()"
    }
    NOT_CALLABLE = "E0110" "not-callable" {
        what: "Something is called that is neither a function nor a type nor a struct object.",
        why: "Often a variable has taken the name of a function, or two sets of brackets stand in a row because a comma is missing.",
        bad: "str = 'web'\nname = str(5)",
        good: "prefix = 'web'\nname = str(5)"
    }
    ATTRIBUTE_ASSIGNMENT = "E0111" "attribute-assignment" {
        what: "An attribute of a value is assigned.",
        why: "Only classes and their instances take attributes. Lists, dicts, strings, numbers and functions have none that can be set.",
        bad: "d = {}\nd.name = 'c'",
        good: "d = {}\nd['name'] = 'c'"
    }
    UNPACK_COUNT = "E0112" "unpack-count" {
        what: "A value is taken apart into more or fewer names than it has items.",
        why: "Every item needs a name of its own; `*rest` takes any number of them.",
        bad: "host, port = ('a', 80, 'tcp')",
        good: "host, port, protocol = ('a', 80, 'tcp')"
    }
    PLAIN_CLASS = "E0113" "plain-class" {
        what: "A class is made from something that no class of the language can be made from.",
        why: "A class has one base: Struct for a type with fields, a struct type, `object` or nothing for a plain class, or another plain class. Other types of Python, several bases and metaclasses are not in the language.",
        bad: "class Size(int):\n  ram = 64",
        good: "class Size(object):\n  ram = 64"
    }
    NO_SUCH_IMPORT = "E0114" "no-such-import" {
        what: "A module is used that is not in the language.",
        why: "A job file gives the same jobs on every machine, so it cannot reach clocks, programs or the network. A few pure modules of Python are there, and other job files through include().",
        bad: "import random\nport = random.randint(1, 9)",
        good: "port = 5"
    }
    NOT_IN_MODULE = "E0115" "not-in-module" {
        what: "A module does not have the name that is imported from it.",
        why: "The modules of the language have the pure part of Python's; the help lists near names.",
        bad: "from os.path import joined",
        good: "from os.path import join"
    }
    NOT_AVAILABLE = "E0132" "not-available" {
        what: "A function or module is used that reaches outside the job files: the clock, randomness, the disk, the network, other programs, or memory addresses.",
        why: "A job file always gives the same jobs, on every machine. Pass what differs from outside with --bind, or declare an environment variable.",
        bad: "x = id('a')",
        good: "x = 'a'"
    }
}
