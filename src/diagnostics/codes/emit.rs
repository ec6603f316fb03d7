//! Codes of what is written: calls of the scheduler's API, and the files of `-o DIR` (E071x to E079x, N071x).

use super::codes;

codes! {
    NUMBER_TOO_LARGE = "E0710" "number-too-large" {
        what: "A number does not fit the message that is sent to the scheduler.",
        why: "The scheduler's API has 32 bits for most whole numbers, so they must lie between -2147483648 and 2147483647. Nothing was written.",
        bad: "# compiled with --emit update --user ci\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(watch_secs=3000000),\n    task=SimpleTask('web', 'serve'))]",
        good: "# compiled with --emit update --user ci\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    update_config=UpdateConfig(watch_secs=300),\n    task=SimpleTask('web', 'serve'))]"
    }
    UNSAFE_NAME = "E0711" "unsafe-name" {
        what: "A part of a job's key cannot be the name of a file or folder.",
        why: "`-o DIR` writes jobs/CLUSTER/ROLE/ENVIRONMENT/NAME.json. A part that is empty, `.` or `..`, that holds a slash, a backslash or a control character, or that is too long, would lead somewhere else or nowhere. Nothing was written.",
        bad: "# compiled with -o out --user ci\njobs = [Service(\n    cluster='west', role='..', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]",
        good: "# compiled with -o out --user ci\njobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
    SAME_FILE = "E0712" "same-file" {
        what: "Two outputs would be written to one file.",
        why: "The call that creates job `web` goes to web.create.json, and so does the configuration of a job called `web.create`. Where a file system does not tell upper from lower case, `Web` and `web` are one file, too. Nothing was written.",
        bad: "# compiled with -o out --emit jobs,create --user ci\nweb = Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))\njobs = [web, web(name='web.create')]",
        good: "# compiled with -o out --emit jobs,create --user ci\nweb = Service(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))\njobs = [web, web(name='web-create')]"
    }
    IN_THE_WAY = "E0713" "in-the-way" {
        what: "Something in the directory of `-o` is in the way of the files to write.",
        why: "A link among the folders below the directory could lead out of it, so none is followed; and a file cannot take the place of a folder. Nothing was written.",
        bad: "mkdir out && ln -s /tmp out/jobs && jobc compile web.aurora -o out --user ci",
        good: "mkdir out && jobc compile web.aurora -o out --user ci"
    }
    SEVERAL_JOBS = "E0714" "several-jobs" {
        what: "One output is asked for that is about one job, but there are several jobs, or none.",
        why: "Standard output takes one call or one configuration, so that it can be sent as it is. `--job` chooses the job; `-o DIR` writes a file for each.",
        bad: "jobc compile web.aurora --emit create --user ci",
        good: "jobc compile web.aurora --emit create --job west/www/prod/web --user ci"
    }
    NO_UPDATE = "E0715" "no-update" {
        what: "The update call is asked for, but the job is no service, or its update_config asks for the impossible.",
        why: "Only services have updates. What is impossible in an update_config is an error of its own, but for `--scheduler none`. Other jobs are created, and cron jobs scheduled, with the call of `--emit create`.",
        bad: "jobc compile nightly.aurora --emit update --user ci",
        good: "jobc compile nightly.aurora --emit create --user ci"
    }
    NO_DATA = "E0716" "no-data" {
        what: "The executor's data is asked for, but the job has no executor.",
        why: "A job with a Docker container and `executor_config = Empty` runs without an executor, so there is nothing to give it.",
        bad: "jobc compile docker.aurora --emit data --job west/www/prod/plain",
        good: "jobc compile docker.aurora --emit jobs --job west/www/prod/plain"
    }
    NO_EXECUTORS = "E0717" "no-executors" {
        what: "The executors are asked for on standard output, but none is declared.",
        why: "The output is meant for the file that the scheduler loads when it starts; an empty array there would leave it without custom executors.",
        bad: "jobc compile web.aurora --emit executors >executors.json",
        good: "jobc compile executors.aurora --emit executors >executors.json"
    }
    NOT_OURS = "E0718" "not-ours" {
        what: "A file in the directory of `-o` was not written by jobc, or was changed since.",
        why: "jobc only overwrites and removes what it wrote itself and what nobody has changed since; the manifest in the directory has the hash of each file. Nothing was written. A file that holds what jobc would write is taken over without a word.",
        bad: "mkdir out && echo '[]' >out/executors.json && jobc compile executors.aurora -o out",
        good: "mkdir out && echo '[]' >out/executors.json && jobc compile executors.aurora -o out --force"
    }
    OTHER_OWNER = "E0719" "other-owner" {
        what: "What is to be written belongs to another entry file.",
        why: "Each output in the directory of `-o` belongs to the entry file that it was made from, and only a run that compiles that file may change it. Two entry files cannot describe one job, or give one executor two meanings. Nothing was written.",
        bad: "jobc compile web.aurora -o out --user ci && cp web.aurora copy.aurora && jobc compile copy.aurora -o out --user ci",
        good: "jobc compile web.aurora -o out --user ci && cp web.aurora copy.aurora && jobc compile copy.aurora -o other --user ci"
    }
    BAD_MANIFEST = "E0720" "bad-manifest" {
        what: "The manifest of the directory of `-o` cannot be read.",
        why: "`.jobc-manifest.json` says which files jobc wrote, and for which entry files. Without it jobc could not tell its own files from those of others. Nothing was written.",
        bad: "mkdir out && echo '{}' >out/.jobc-manifest.json && jobc compile web.aurora -o out --user ci",
        good: "mkdir out && jobc compile web.aurora -o out --user ci"
    }
    REMOVED = "N0710" "removed" {
        what: "Outputs were removed that their entry files no longer give.",
        why: "The outputs of an entry file are replaced as a set, so that no call of a job that was deleted, renamed or changed is left to be sent. `--prune` does the same for entry files that no longer exist.",
        bad: "jobc compile web.aurora -o out --user ci && sed -i \"s/'prod', 'test'/'prod'/\" web.aurora && jobc compile web.aurora -o out --user ci",
        good: "jobc compile web.aurora -o out --user ci && jobc compile web.aurora -o out --user ci"
    }
    KEPT_EXECUTORS = "N0711" "kept-executors" {
        what: "`executors.json` also holds executors of entry files that were not compiled in this run.",
        why: "The file has the executors of all entry files, as the scheduler loads one file only. A run replaces those of the entry files that it compiles.",
        bad: "jobc compile executors.aurora -o out && jobc compile web.aurora -o out --user ci",
        good: "jobc compile executors.aurora web.aurora -o out --user ci"
    }
    GONE_OWNER = "N0712" "gone-owner" {
        what: "The directory of `-o` holds outputs of an entry file that no longer exists.",
        why: "Only a run that compiles an entry file changes its outputs. For entry files that no longer exist, `--prune` removes them.",
        bad: "jobc compile web.aurora -o out --user ci && rm web.aurora && jobc compile executors.aurora -o out",
        good: "jobc compile web.aurora -o out --user ci && rm web.aurora && jobc compile executors.aurora -o out --prune"
    }
    RECOVERED = "N0713" "recovered" {
        what: "A run that was killed while it wrote to the directory of `-o` was completed, or undone.",
        why: "Before a run changes the first file, it writes down what it will do. The next run does what is left of that, before it reads anything.",
        bad: "jobc compile web.aurora -o out --user ci    # after a run that was killed while it wrote",
        good: "jobc compile web.aurora -o out --user ci"
    }
    WAITING = "N0714" "waiting" {
        what: "Another run of jobc uses the directory of `-o`.",
        why: "A run has the directory to itself from before it reads its first file until it ends, so that an older state of the files cannot replace a newer one. It waits for as long as --lock-wait says.",
        bad: "jobc compile web.aurora -o out --user ci & jobc compile executors.aurora -o out",
        good: "jobc compile executors.aurora web.aurora -o out --user ci"
    }
}
