#!/usr/bin/env python3
"""Measures jobc and what it is compared with, and prints one table. See bench/README.md.

    python3 bench/run.py                    everything; takes about a quarter of an hour, with the first build more
    python3 bench/run.py --quick            smaller sizes, fewer rounds
    python3 bench/run.py flat check         some workloads
    python3 bench/run.py --no-peers         without installing other programs
"""
import argparse
import os
import pathlib
import platform
import shutil
import subprocess
import sys

import prepare
import table
from suite import WORKLOADS, Suite


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('workloads', nargs='*', metavar='WORKLOAD', help='some of: %s (default: all)' % ', '.join(WORKLOADS))
    parser.add_argument('--quick', action='store_true', help='smaller sizes and three rounds')
    parser.add_argument('--pairs', type=int, metavar='N', help='rounds that count (default: 9; with --quick 3)')
    parser.add_argument('--no-peers', action='store_true', help='installs and measures no other programs')
    parser.add_argument('--jobc', type=pathlib.Path, metavar='PROGRAM', help='measures this build instead of making one')
    parser.add_argument('--markdown', type=pathlib.Path, metavar='FILE', help='writes the table to a file too')
    parser.add_argument('--keep', action='store_true', help='keeps the workloads and outputs')
    options = parser.parse_args()
    for name in options.workloads:
        if name not in WORKLOADS:
            parser.error('no workload %r; there are %s' % (name, ', '.join(WORKLOADS)))
    return options


def main():
    options = arguments()
    peers = not options.no_peers
    suite = Suite(
        folder=prepare.BENCH / 'work',
        jobc=prepare.installed(options.jobc or prepare.jobc()),
        tools=prepare.tools(),
        jrsonnet=prepare.jrsonnet() if peers else None,
        pystachio=prepare.pystachio() if peers else None,
        pairs=options.pairs or (3 if options.quick else 9),
        quick=options.quick,
    )
    rows = []
    for name in options.workloads or WORKLOADS:
        prepare.say('measuring %s' % name)
        rows.extend(WORKLOADS[name](suite))
    text = '%s\n%s' % (heading(suite), table.markdown(rows))
    print(text, end='')
    if options.markdown:
        options.markdown.write_text(text)
    if not options.keep:
        shutil.rmtree(suite.folder)


def heading(suite):
    """What was measured, on what."""
    peers = ', jrsonnet %s, pystachio %s' % (prepare.JRSONNET, prepare.PYSTACHIO) if suite.jrsonnet else ''
    compiler = subprocess.run(['rustc', '--version'], capture_output=True, text=True).stdout.split()
    return '%s%s; rustc %s; %s, %d processors; median of %d rounds in turns%s.\n' % (
        subprocess.run([suite.jobc, '--version'], capture_output=True, text=True).stdout.strip(), peers,
        compiler[1] if len(compiler) > 1 else 'unknown', processor(), os.cpu_count() or 1, suite.pairs,
        ', small sizes' if suite.quick else '')


def processor():
    try:
        lines = pathlib.Path('/proc/cpuinfo').read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(':')[1].strip() for line in lines if line.startswith('model name')), platform.machine())


if __name__ == '__main__':
    main()
