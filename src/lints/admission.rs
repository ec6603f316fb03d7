//! Lints of what the scheduler does with a job (W05xx).

use super::lints;

lints! {
    DEDICATED_NEGATED = "W0501" "dedicated-negated" warn {
        what: "The `dedicated` constraint is negated.",
        why: "The scheduler takes it, but the job then runs on every host but those dedicated to it. Drop the exclamation mark, or the constraint.",
        bad: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'dedicated': '!www/web'},\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Service(\n    cluster='west', role='www', environment='prod', name='web',\n    constraints={'dedicated': 'www/web'},\n    task=SimpleTask('web', 'serve'))]"
    }
    CRON_WIDE_STEP = "W0502" "cron-wide-step" warn {
        what: "A step of the cron schedule is larger than its field.",
        why: "Steps do not carry over into the next hour or day: */90 minutes runs at minute 0 only, once an hour.",
        bad: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='*/90 * * * *',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    cron_schedule='0 */2 * * *',\n    task=SimpleTask('web', 'serve'))]"
    }
    TRAILING_NEWLINE = "W0503" "trailing-newline" warn {
        what: "The role, environment or name of a job ends with a line break.",
        why: "The stock client lets it pass, by an oversight of its pattern; the scheduler does not.",
        bad: "# checked with --scheduler none\njobs = [Job(\n    cluster='west', role='www', environment='prod', name='web\\n',\n    task=SimpleTask('web', 'serve'))]",
        good: "jobs = [Job(\n    cluster='west', role='www', environment='prod', name='web',\n    task=SimpleTask('web', 'serve'))]"
    }
}
