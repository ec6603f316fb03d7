//! Codes of templates: references, coercion, construction (E02xx).

use super::codes;

codes! {
    BAD_REFERENCE = "E0201" "bad-reference" {
        what: "The text between `{{` and `}}` is not a reference.",
        why: "A reference is made of names, dots and [indices], without blanks, quotes or dashes outside an index.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'run {{ role }}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'run {{role}}'))]"
    }
    CANNOT_COERCE = "E0202" "cannot-coerce" {
        what: "A value cannot become the type that its field declares.",
        why: "Numbers may be written as text, but the text must be a number; a typed value of another type never converts.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='web', cmdline='serve')],\n              resources=Resources(cpu='one', ram=64*MB, disk=64*MB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='web', cmdline='serve')],\n              resources=Resources(cpu='1', ram=64*MB, disk=64*MB)))]"
    }
    ENDLESS_TEMPLATE = "E0203" "endless-template" {
        what: "References replace each other for more than 100 rounds.",
        why: "Two bindings refer to each other, or a field refers to its own name: fields hide bindings of the same name, so `name='{{name}}'` finds itself.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='{{name}}', cmdline='run').bind(name='a')],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=Task(processes=[Process(name='{{app}}', cmdline='run').bind(app='a')],\n              resources=Resources(cpu=1, ram=64*MB, disk=64*MB)))]"
    }
    NOT_AN_ALTERNATIVE = "E0204" "no-alternative" {
        what: "A value fits none of the alternatives of a choice.",
        why: "The notes say what each alternative would need.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container='ubuntu',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    container=Docker(image='ubuntu'),\n    task=SimpleTask('web', 'serve'))]"
    }
    BAD_BINDING = "E0205" "bad-binding" {
        what: "bind() is given something that references cannot name.",
        why: "Bindings are text, numbers, booleans, dicts of these, or template objects; a list must be wrapped, as in List(String)([...]).",
        bad: "t = Task(name='{{hosts[0]}}').bind(hosts=['a', 'b'])",
        good: "t = Task(name='{{hosts[0]}}').bind(hosts=List(String)(['a', 'b']))"
    }
    WRONG_SHAPE = "E0206" "wrong-shape" {
        what: "A list, map or struct is built from a value of another shape.",
        why: "Lists take lists, tuples and ranges; maps and structs take dicts.",
        bad: "t = Task(processes=Process(name='a', cmdline='b'))",
        good: "t = Task(processes=[Process(name='a', cmdline='b')])"
    }
    BAD_TYPE = "E0207" "bad-type" {
        what: "A type is built from something that is not a type, or a default does not fit its type.",
        why: "List, Map, Choice, Required and Default take types: String, Integer, Float, Boolean, Enum(...), other structs, or combinations of them.",
        bad: "class P(Struct):\n  hosts = Default(List(String), 'a')",
        good: "class P(Struct):\n  hosts = Default(List(String), ['a'])"
    }
    UNRESOLVED = "E0208" "unresolved-value" {
        what: "A number, boolean or enum is a reference that has no value yet.",
        why: "Text may keep references such as {{mesos.instance}} until the task runs; this value is needed before.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    priority='{{mesos.instance}}',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    priority=5,\n    task=SimpleTask('web', 'serve'))]"
    }
}
