#!/usr/bin/env python3
"""Counts the instructions of small workloads and compares them with bench/budget.json. See bench/README.md.

    python3 bench/instructions.py                 warns of a workload that takes more than 5% above its budget
    python3 bench/instructions.py --update WHY    what is counted now is the budget, for this reason

Counts are the same on a busy machine as on an idle one. They depend on the compiler and the C library, which the budget
names. Needs valgrind.
"""
import argparse
import json
import os
import pathlib
import platform
import shutil
import subprocess
import tempfile

import prepare
import workloads

BUDGET = pathlib.Path(__file__).resolve().parent / 'budget.json'
TOLERANCE_PERCENT = 5

COMPILE = ['compile', '--scheduler', 'none', '--user', 'bench']
# Name, text, command.
COUNTED = [
    ('compile, fleet, 1 job', workloads.fleet(1), COMPILE),
    ('compile, fleet, 200 jobs', workloads.fleet(200), COMPILE),
    ('compile, flat, 200 jobs', workloads.flat(200), COMPILE),
    ('compile, templates, 100 jobs', workloads.templates(100), COMPILE),
    ('check, fleet, 100 jobs', workloads.fleet(100), ['check']),
    ('check, flat, 100 jobs', workloads.flat(100), ['check']),
]


def count(valgrind, jobc, text, command):
    """Instructions of one run, in a folder and an environment that are always the same."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, 'job.aurora').write_text(text)
        # For writing only: whoever opens it for both looks as if there were no standard output.
        with open(os.devnull, 'wb') as nowhere:
            subprocess.run(
                [valgrind, '--quiet', '--tool=callgrind', '--separate-threads=yes',
                 '--callgrind-out-file=counts', jobc, *command, '--max-seconds', '3600', '-j', '1', 'job.aurora'],
                cwd=folder, env={}, stdout=nowhere, check=True)
        main, *others = [total(path) for path in sorted(pathlib.Path(folder).glob('counts-*'))]
    # The thread that compiles; another looks at the clock now and then, the oftener the slower the machine is.
    return main + max(others, default=0)


def total(path):
    """The instructions of a thread."""
    with path.open() as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith('totals:'))


def made_with():
    """What else the counts depend on."""
    rustc = subprocess.run(['rustc', '--version'], capture_output=True, text=True, check=True).stdout.strip()
    return {'compiler': rustc, 'library': ' '.join(platform.libc_ver()), 'machine': platform.machine()}


def compare(counts, budget):
    """Prints each count beside its budget; gives the names of those that are too high."""
    too_high = []
    for name, counted in counts.items():
        allowed = budget['instructions'].get(name)
        if allowed is None:
            print('%-30s %13s  has no budget' % (name, '{:,}'.format(counted)))
            too_high.append(name)
            continue
        change = 100 * (counted / allowed - 1)
        refused = change > TOLERANCE_PERCENT
        print('%-30s %13s  budget %13s  %+6.2f%%%s' % (
            name, '{:,}'.format(counted), '{:,}'.format(allowed), change, '  TOO MANY' if refused else ''))
        if refused:
            too_high.append(name)
    return too_high


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--update', metavar='WHY', help='writes what is counted to the budget file, with the reason')
    parser.add_argument('--jobc', type=pathlib.Path, metavar='PROGRAM', help='counts this build instead of making one')
    options = parser.parse_args()
    valgrind = shutil.which('valgrind') or parser.exit(2, 'valgrind is not installed\n')
    jobc = options.jobc.absolute() if options.jobc else prepare.jobc()
    counts = {name: count(valgrind, jobc, text, command) for name, text, command in COUNTED}
    if options.update:
        budget = {'made with': made_with(), 'because': options.update, 'instructions': counts}
        BUDGET.write_text(json.dumps(budget, indent=2) + '\n')
    budget = json.loads(BUDGET.read_text())
    too_high = compare(counts, budget)
    if budget['made with'] != made_with():
        print('The budget was made with %s; this is %s.' % (budget['made with'], made_with()))
    if too_high:
        print('WARNING: more than %d%% above the budget. If that is meant: python3 bench/instructions.py --update WHY'
              % TOLERANCE_PERCENT)


if __name__ == '__main__':
    main()
