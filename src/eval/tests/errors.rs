use super::{gives, refused, run};

#[test]
fn exceptions_are_caught_by_what_they_are() {
    gives("try:\n  y = {}['a']\nexcept LookupError:\n  x = 'caught'\n", "'caught'");
    gives("try:\n  y = int('a')\nexcept (KeyError, ValueError) as e:\n  x = len(e.args)\n", "1");
    gives("try:\n  y = Integer('a').check().ok()\nexcept:\n  y = 1\nx = y\n", "False");
    gives("try:\n  raise ValueError('a', 2)\nexcept Exception as e:\n  x = e.args\n", "('a', 2)");
    gives("try:\n  raise KeyError\nexcept KeyError as e:\n  x = str(e)\n", "''");
    gives("try:\n  y = nothing\nexcept NameError:\n  x = 1\n", "1");
    refused("try:\n  y = 1 // 0\nexcept KeyError:\n  y = 0\n", &["E0103 1 // 0"]);
}

#[test]
fn else_and_finally_run_when_they_should() {
    gives(
        "x = []\ntry:\n  x.append(1)\nexcept ValueError:\n  x.append(2)\nelse:\n  x.append(3)\nfinally:\n  x.append(4)\n",
        "[1, 3, 4]",
    );
    gives(
        "x = []\ntry:\n  try:\n    y = 1 // 0\n  finally:\n    x.append(1)\nexcept ZeroDivisionError:\n  x.append(2)\n",
        "[1, 2]",
    );
    gives(
        "def f():\n  try:\n    return 1\n  finally:\n    log.append(2)\nlog = []\nx = [f(), log]\n",
        "[1, [2]]",
    );
    gives(
        "def f():\n  for i in range(3):\n    try:\n      continue\n    finally:\n      log.append(i)\nlog = []\nf()\nx = log\n",
        "[0, 1, 2]",
    );
}

#[test]
fn errors_can_be_raised_again() {
    let outcome = run("try:\n  y = [][1]\nexcept IndexError:\n  raise\n");
    assert_eq!(outcome.codes(), ["E0107 [][1]"]);
    refused("raise 'text'\n", &["E0102 'text'"]);
    refused("try:\n  y = 1 // 0\nexcept 5:\n  pass\n", &["E0102 5"]);
}

#[test]
fn asserts_and_raises_say_what_the_file_says() {
    let outcome = run("size = 5\nassert size < 5, 'too large: %d' % size\n");
    assert_eq!(outcome.only().message, "too large: 5");
    assert_eq!(outcome.codes(), ["E0108 size < 5"]);
    assert_eq!(run("raise ValueError('no')\n").only().message, "no");
}

#[test]
fn budgets_cannot_be_caught() {
    let text = "def f(n):\n  return f(n + 1)\ntry:\n  f(0)\nexcept:\n  x = 1\n";
    assert_eq!(run(text).codes(), ["E0606 f(n + 1)"]);
}
