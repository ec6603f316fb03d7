//! Lints of evaluation (W01xx).

use super::lints;

lints! {
    DROPPED_FIELD = "W0101" "dropped-field" warn {
        what: "Something in the body of a struct type is no field and is left out.",
        why: "Fields are types, Required(...) or Default(...). Other values, functions, and what is added to a copy of a struct type are ignored by the template library.",
        bad: "class P(Struct):\n  ram = 64",
        good: "class P(Struct):\n  ram = Default(Integer, 64)"
    }
    ALWAYS_TRUE = "W0102" "always-true" warn {
        what: "A template object is used as a condition.",
        why: "Objects are always true, whatever they hold: Boolean(False), Integer(0) and empty lists, too. Take the plain value with .get().",
        bad: "class P(Struct):\n  debug = Default(Boolean, False)\nif P().debug(): x = 1",
        good: "class P(Struct):\n  debug = Default(Boolean, False)\nif P().debug().get(): x = 1"
    }
    NEVER_EQUAL = "W0103" "never-equal" warn {
        what: "A template object is compared with a plain value.",
        why: "They are never equal, even where they look alike. Take the plain value with .get() first.",
        bad: "p = Process(name='a')\nsame = p.name() == 'a'",
        good: "p = Process(name='a')\nsame = p.name().get() == 'a'"
    }
    PAIR_AS_MAP = "W0104" "pair-as-map" warn {
        what: "A map is given two items instead of a dict.",
        why: "Two items in a row are taken as one entry, key and value. That is surely not meant; write a dict.",
        bad: "j = Job(constraints=['rack', 'zone'])",
        good: "j = Job(constraints={'rack': 'zone'})"
    }
    UNUSABLE_VALUE = "W0105" "unusable-value" warn {
        what: "A field is given a text that it can never hold.",
        why: "Values are looked at only where they are used, so the stock client says nothing until somebody does. Then the job is refused.",
        bad: "base = Process(name='web', max_failures='many')",
        good: "base = Process(name='web', max_failures=100)"
    }
    UNKNOWN_MODULE = "W0106" "unknown-module" warn {
        what: "A module is imported that is not in the language.",
        why: "The import itself does no harm, but whatever uses the module is an error. Remove the import.",
        bad: "import subprocess",
        good: "import os"
    }
    HOOKS_NOT_RUN = "W0107" "hooks-not-run" warn {
        what: "The file names hooks of the stock client, which jobc does not run.",
        why: "A hook is code that the stock client runs when a job is deployed, and it may change the job. jobc compiles files and deploys nothing.",
        bad: "class Label:\n  def pre_create_job(self, config): return config\nhooks = [Label()]",
        good: "hooks = []"
    }
    HASH_ORDER = "W0108" "hash-order" warn {
        what: "A string is made from a dict or set, and its parts come in another order than the written one.",
        why: "Dicts and sets have the order of Python 2's hash table, here as in the stock client, so the string is the one that the stock client makes. But the order changes with each key that is added. Where it matters, sort the items, or write a list of pairs or an OrderedDict.",
        bad: "x = ' '.join({'b': 1, 'a': 2})",
        good: "x = ' '.join(sorted({'b': 1, 'a': 2}))"
    }
    ADDRESS_ORDER = "W0109" "address-order" warn {
        what: "The order of memory addresses decides: the items of a dict or set are gone through, or two values are compared, in this order.",
        why: "Python 2 hashes None, functions and types by where they are in memory, and compares structs, functions and the like by it. The order is another one in each run of the stock client, so what is made from it may differ from what the stock client made.",
        bad: "x = [k for k in {None: 1, 'a': 2}]",
        good: "x = [k for k in [None, 'a']]"
    }
    MIXED_ORDER = "W0110" "mixed-order" warn {
        what: "Values of different types are compared with `<` or `>`, or sorted.",
        why: "Python 2 orders any two values: None is less than anything else, then come numbers, and the rest is ordered by the names of the types, so every int is less than every string. A template object and a plain value are not compared by their values either.",
        bad: "x = sorted([10, '9'])",
        good: "x = sorted([10, int('9')])"
    }
    LEAKED_VARIABLE = "W0111" "leaked-variable" warn {
        what: "A name is read that a list comprehension before it has bound.",
        why: "In Python 2, a list comprehension has no names of its own: its variables are those of the function or file around it, hide parameters and globals of the same name, and keep their last values. Give the variable of the comprehension another name.",
        bad: "x = 'web'\nnames = [x for x in ['a', 'b']]\ny = x",
        good: "x = 'web'\nnames = [name for name in ['a', 'b']]\ny = x"
    }
    LOST_ASSIGNMENT = "W0112" "lost-assignment" warn {
        what: "An attribute of a template object is assigned.",
        why: "Objects never change, and the assignment has no effect on the job, here as in the stock client. Call the object to get a changed copy.",
        bad: "p = Process(name='a', cmdline='b')\np.name = 'c'",
        good: "p = Process(name='a', cmdline='b')\np = p(name='c')"
    }
    ROUNDED_DIVISION = "W0113" "rounded-division" warn {
        what: "Two integers are divided with `/` and do not come out even.",
        why: "Python 2 rounds the result down, and so does jobc. Say which is meant: `//` rounds down, a float divides exactly.",
        bad: "half = 5 / 2",
        good: "half = 5 // 2"
    }
    REPEATED_KEY = "W0114" "repeated-key" warn {
        what: "A dict literal has a key twice.",
        why: "The last value wins, as in Python, and the others are lost: of two constraints on one attribute only one is left.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'rack': 'a', 'host': 'limit:1', 'rack': 'b'},\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'rack': 'a,b', 'host': 'limit:1'},\n    task=SimpleTask('web', 'serve'))]"
    }
    CUT_NUMBER = "W0115" "cut-number" warn {
        what: "A number with a fraction is given to a field of whole numbers.",
        why: "Pystachio makes an Integer of it, which cuts the fraction: gpu=0.5 asks for no GPU at all.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    instances=2.5,\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    instances=2,\n    task=SimpleTask('web', 'serve'))]"
    }
    UNUSED_RESULT = "W0116" "unused-result" warn {
        what: "A statement makes a changed object and keeps it nowhere.",
        why: "Template objects never change: calling one, or .bind(), gives a new object. The statement has no effect.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]\njobs[0](instances=5)",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    instances=5,\n    task=SimpleTask('web', 'serve'))]"
    }
}
