//! Codes of budgets and file access (E06xx).

use super::codes;

codes! {
    OBJECT_DEPTH = "E0602" "objects-too-deep" {
        what: "Template objects are nested deeper than the budget allows.",
        why: "Every object may hold others, and bindings that hold objects; a loop that wraps an object again and again would exhaust memory.",
        bad: "x = String('a')\nfor i in range(1000):\n  x = String('{{x}}').bind(x=x)",
        good: "x = String('{{x}}').bind(x='a')"
    }
    TEMPLATE_SIZE = "E0603" "template-too-large" {
        what: "A template expands to more text than the budget allows.",
        why: "A few references that each repeat another several times grow exponentially. Such a file would exhaust memory.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', '{{a}}').bind(a='{{b}}' * 1000, b='{{c}}' * 1000, c='x' * 1000))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', '{{a}}').bind(a='x'))]"
    }
    TOO_MANY_STEPS = "E0604" "too-many-steps" {
        what: "The program ran for more steps than the budget allows.",
        why: "A loop or a recursion does not end, or does far more work than a configuration should.",
        bad: "n = 0\nwhile True:\n  n += 1",
        good: "n = 0\nwhile n < 10:\n  n += 1"
    }
    TOO_LARGE = "E0605" "value-too-large" {
        what: "A text, a number or a container would be larger than the budget allows.",
        why: "Values are bounded so that a file from a stranger cannot exhaust memory.",
        bad: "x = 'x' * 10**12",
        good: "x = 'x' * 10**3"
    }
}
