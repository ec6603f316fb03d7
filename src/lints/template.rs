//! Lints of templates (W02xx).

use super::lints;

lints! {
    UNUSED_BINDING = "W0201" "unused-binding" warn {
        what: "A name bound on the command line is used by no template.",
        why: "The stock client says nothing when a --bind has a misspelt name, and the default stays in force.",
        bad: "jobc compile job.aurora --bind version=5 --bind enviroment=prod",
        good: "jobc compile job.aurora --bind version=5"
    }
    UNUSED_FIELD = "W0202" "unused-profile-field" warn {
        what: "The file sets a field of a struct that it binds, and nothing reads the field.",
        why: "Whoever changes the value expects something to change. No template, no accessor and no other text of the file or its includes names the field.",
        bad: "class Profile(Struct):\n  cpus = Default(Float, 1.0)\n  color = Default(String, 'red')\n\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve --cpus {{profile.cpus}}')).bind(profile=Profile(color='blue'))]",
        good: "class Profile(Struct):\n  cpus = Default(Float, 1.0)\n  color = Default(String, 'red')\n\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve --cpus {{profile.cpus}} --color {{profile.color}}')).bind(profile=Profile(color='blue'))]"
    }
    UNCLOSED_REFERENCE = "W0203" "unclosed-reference" warn {
        what: "A command line begins a reference and does not end it.",
        why: "Only `{{` with a name and `}}` is a reference; anything else stays in the command line as it is, and the stock client says nothing.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve --as {{role} --verbose'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve --as {{role}} --verbose'))]"
    }
    SINGLE_BRACES = "W0204" "single-braces" warn {
        what: "A command line has single braces around what can only be meant as a reference.",
        why: "References have two braces on each side. What is in single braces reaches the shell as it is written.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve --instance {mesos.instance}'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve --instance {{mesos.instance}}'))]"
    }
}
