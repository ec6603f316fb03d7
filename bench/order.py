#!/usr/bin/env python3
"""Finds the functions that an ordinary run calls, and compares them with link/order.txt. See bench/README.md.

    python3 bench/order.py             fails where too many of them do not lie side by side in the program
    python3 bench/order.py --update    writes them to link/order.txt; the next release build has them side by side

Needs valgrind, nm and a C compiler.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import tempfile

import prepare
import workloads
from instructions import COMPILE

ORDER = prepare.ROOT / 'link' / 'order.txt'
SECTION = '.text.order'
LEAST_PERCENT = 90

MISTAKE = workloads.fleet(1) + "jobs[0](nmae = 'x')\n"
# Text, command: what is to start quickly, what editors do at each keystroke first.
CHECKS = [
    (workloads.fleet(3), ['check']),
    (workloads.flat(3), ['check']),
]
OTHERS = [
    (workloads.templates(1), ['check']),
    (MISTAKE, ['check']),
    (workloads.fleet(3), COMPILE),
    (workloads.flat(3), COMPILE),
]

HEADER = '''\
# Functions that an ordinary run calls, those of a check first, written by `python3 bench/order.py --update`: patterns of
# their names in the object files, or the member of the C library that has them. build.rs has the linker lay them side by
# side.
'''


def called(valgrind, jobc, text, command):
    """The functions that a run calls, by their names in the object files."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, 'job.aurora').write_text(text)
        subprocess.run(
            [valgrind, '--quiet', '--tool=callgrind', '--demangle=no', '--callgrind-out-file=counts',
             jobc, *command, '-j', '1', 'job.aurora'],
            cwd=folder, env={}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with pathlib.Path(folder, 'counts').open() as lines:
            names = (re.match(r"c?fn=\(\d+\) ([^\s']+)", line) for line in lines)
            return {name.group(1) for name in names if name}


def symbols(jobc):
    """Size and section of each function of the program."""
    table = {}
    for line in subprocess.run(['nm', '--format=sysv', jobc], capture_output=True, text=True, check=True).stdout.splitlines():
        columns = [column.strip() for column in line.split('|')]
        if len(columns) == 7 and columns[3] == 'FUNC' and columns[4]:
            table[columns[0]] = (int(columns[4], 16), columns[6])
    return table


def members():
    """Which member of the C library's archives has a function."""
    found = {}
    for name in ('libc.a', 'libm.a'):
        path = subprocess.run(['cc', '-print-file-name=' + name], capture_output=True, text=True, check=True).stdout.strip()
        # Where the archive of mathematical functions is a script that names archives, these are left where they are.
        listing = subprocess.run(['nm', '-A', '--defined-only', path], capture_output=True, text=True).stdout
        for line in listing.splitlines():
            match = re.match(r'.*:([^:]+\.o):[0-9a-f]* [tTwWi] (\S+)$', line)
            if match:
                found.setdefault(match.group(2), match.group(1))
    return found


def pattern(name, archived):
    """What stands for a function in link/order.txt: without what differs from one compiler to the next."""
    if name.startswith('_ZN'):
        return re.sub(r'17h[0-9a-f]{16}E.*$', '17h*', name)
    if name.startswith('_R'):
        return re.sub(r'(\.llvm)?\.\d+$', '', re.sub(r'Cs[0-9A-Za-z]+_', 'Cs*_', name)) + '*'
    return archived.get(name, name)


def compare(jobc, names):
    """Percent of the bytes of the called functions that lie in the section for them."""
    table = symbols(jobc)
    sizes = [table[name] for name in names if name in table]
    every = sum(size for size, _ in sizes)
    ordered = sum(size for size, section in sizes if section == SECTION)
    print('%d functions of %s bytes; %.1f%% of them side by side' % (len(sizes), '{:,}'.format(every), 100 * ordered / every))
    return 100 * ordered / every


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--update', action='store_true', help='writes the functions to link/order.txt')
    parser.add_argument('--jobc', type=pathlib.Path, metavar='PROGRAM', help='looks at this build instead of making one')
    options = parser.parse_args()
    valgrind = shutil.which('valgrind') or parser.exit(2, 'valgrind is not installed\n')
    jobc = options.jobc.absolute() if options.jobc else prepare.jobc()
    groups = [set().union(*(called(valgrind, jobc, *run) for run in runs)) for runs in (CHECKS, OTHERS)]
    if options.update:
        archived, functions = members(), symbols(jobc)
        first, more = ({pattern(name, archived) for name in names.intersection(functions)} for names in groups)
        lines = [*sorted(first), '# And for a compile, templates or a mistake:', *sorted(more - first)]
        ORDER.write_text(HEADER + ''.join('%s\n' % line for line in lines))
    elif compare(jobc, set().union(*groups)) < LEAST_PERCENT:
        parser.exit(1, 'Less than %d%%. Write the list anew: python3 bench/order.py --update\n' % LEAST_PERCENT)


if __name__ == '__main__':
    main()
