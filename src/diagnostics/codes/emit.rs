//! Codes of what is written: calls of the scheduler's API, and the files of `-o DIR` (E071x to E079x).

use super::codes;

codes! {
    NUMBER_TOO_LARGE = "E0710" "number-too-large" {
        what: "A number does not fit the message that is sent to the scheduler.",
        why: "The scheduler's API has 32 bits for most whole numbers, so they must lie between -2147483648 and 2147483647. Nothing was written.",
        bad: "# compiled with --emit update\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(watch_secs=3000000),\n    task=SimpleTask('web', 'serve'))]",
        good: "# compiled with --emit update\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(watch_secs=300),\n    task=SimpleTask('web', 'serve'))]"
    }
    UNSAFE_NAME = "E0711" "unsafe-name" {
        what: "A part of a job's key cannot be the name of a file or folder.",
        why: "`-o DIR` writes jobs/CLUSTER/ROLE/ENVIRONMENT/NAME.json. A part that is empty, `.` or `..`, that holds a slash, a backslash or a control character, or that is too long, would lead somewhere else or nowhere. Nothing was written.",
        bad: "# compiled with -o out\njobs = [Service(\n    cluster='west', role='..', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]",
        good: "# compiled with -o out\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
    SAME_FILE = "E0712" "same-file" {
        what: "Two outputs would be written to one file.",
        why: "The call that creates job `web` goes to web.create.json, and so does the configuration of a job called `web.create`. Where a file system does not tell upper from lower case, `Web` and `web` are one file, too. Nothing was written.",
        bad: "# compiled with -o out --emit jobs,create\nweb = Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))\njobs = [web, web(name='web.create')]",
        good: "# compiled with -o out --emit jobs,create\nweb = Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))\njobs = [web, web(name='web-create')]"
    }
    IN_THE_WAY = "E0713" "in-the-way" {
        what: "Something in the directory of `-o` is in the way of the files to write.",
        why: "A link among the folders below the directory could lead out of it, so none is followed; and a file cannot take the place of a folder. Nothing was written.",
        bad: "mkdir out && ln -s /tmp out/jobs && jobc compile web.aurora -o out",
        good: "mkdir out && jobc compile web.aurora -o out"
    }
    SEVERAL_JOBS = "E0714" "several-jobs" {
        what: "One output is asked for that is about one job, but there are several jobs, or none.",
        why: "Standard output takes one call or one configuration, so that it can be sent as it is. `--job` chooses the job; `-o DIR` writes a file for each.",
        bad: "jobc compile web.aurora --emit create",
        good: "jobc compile web.aurora --emit create --job west/www/prod/web"
    }
    NO_UPDATE = "E0715" "no-update" {
        what: "The update call is asked for, but the job is no service, or its update_config asks for the impossible.",
        why: "Only services have updates. What is impossible in an update_config is an error of its own, but for `--scheduler none`. Other jobs are created, and cron jobs scheduled, with the call of `--emit create`.",
        bad: "jobc compile nightly.aurora --emit update --job west/www/prod/nightly",
        good: "jobc compile nightly.aurora --emit create --job west/www/prod/nightly"
    }
    NO_DATA = "E0716" "no-data" {
        what: "The executor's data is asked for, but the job has no executor.",
        why: "A job with a Docker container and `executor_config = Empty` runs without an executor, so there is nothing to give it.",
        bad: "jobc compile docker.aurora --emit data --job west/www/prod/plain",
        good: "jobc compile docker.aurora --emit jobs --job west/www/prod/plain"
    }
}
