#!/usr/bin/env python3
"""Runs examples/ninja, and Ninja and Make on names that are hard to quote, and looks at what they build again.

usage: check_build_tools.py [JOBC]     (by default target/debug/jobc below cargo's target directory)

Needs Ninja (`pip install ninja`) and GNU Make.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
JOB = ("jobs = [Job(cluster='west', role='www', environment='prod', name='web', instances=COUNT, "
       "task=SimpleTask('web', 'true'))]\n")


def run(folder, *command):
    p = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    if p.returncode:
        raise SystemExit('%s failed in %s:\n%s' % (' '.join(map(str, command)), folder, p.stdout))
    return p.stdout


def expect(what, condition, seen):
    if not condition:
        raise SystemExit('FAIL %s; seen:\n%s' % (what, seen))
    print('ok   ' + what)


def touch(path):
    """Gives a file the time of now, which is later than that of all files so far, and earlier than that of those to come."""
    time.sleep(0.05)
    os.utime(path)
    time.sleep(0.05)


def ninja_program():
    beside = pathlib.Path(sys.executable).parent / 'ninja'
    return str(beside) if beside.exists() else 'ninja'


def example(folder, jobc, ninja):
    shutil.copytree(ROOT / 'examples' / 'ninja', folder, ignore=shutil.ignore_patterns('build', '.ninja*'))
    build = folder / 'build.ninja'
    build.write_text(build.read_text().replace('jobc = jobc\n', 'jobc = %s\n' % jobc))
    seen = run(folder, ninja)
    expect('the first run compiles both files', 'jobc web.aurora' in seen and 'jobc batch.aurora' in seen, seen)
    seen = run(folder, ninja)
    expect('the second run does nothing', 'no work to do' in seen, seen)

    web = folder / 'build' / 'web' / 'jobs' / 'west' / 'www' / 'prod' / 'web.json'
    before = web.stat()
    touch(folder / 'lib' / 'ports.aurora')
    seen = run(folder, ninja)
    expect('a touched include compiles what includes it, and nothing else',
           'jobc web.aurora' in seen and 'jobc batch.aurora' not in seen, seen)
    after = web.stat()
    expect('files whose content stays the same are not written again',
           (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino), after)

    touch(folder / 'lib' / 'base.aurora')
    seen = run(folder, ninja)
    expect('an include of both compiles both', 'jobc web.aurora' in seen and 'jobc batch.aurora' in seen, seen)

    source = folder / 'web.aurora'
    source.write_text(source.read_text().replace('instances = 3', 'instances = 4'))
    touch(source)
    seen = run(folder, ninja)
    count = json.loads(web.read_text())['instanceCount']
    expect('a changed file is compiled, and its job changes', 'batch' not in seen and count == 4, (seen, count))
    seen = run(folder, ninja)
    expect('then there is nothing to do again', 'no work to do' in seen, seen)


def awkward(folder, jobc, name):
    """A job file that includes a file of this name."""
    folder.mkdir()
    (folder / name).write_text('COUNT = 1\n')
    (folder / 'job.aurora').write_text('include(%r)\n%s' % (name, JOB))
    return '%s compile job.aurora -o out --user u --depfile job.d --depfile-target stamp' % jobc


def awkward_in_ninja(folder, jobc, ninja, name):
    command = awkward(folder, jobc, name)
    (folder / 'build.ninja').write_text(
        'rule jobs\n  command = %s && touch stamp\n  depfile = job.d\n  deps = gcc\n\nbuild stamp: jobs job.aurora\n' % command)
    run(folder, ninja)
    seen = run(folder, ninja)
    expect('Ninja knows %r' % name, 'no work to do' in seen, seen)
    touch(folder / name)
    seen = run(folder, ninja)
    expect('Ninja compiles again for %r' % name, 'no work to do' not in seen, seen)


def awkward_in_make(folder, jobc, name):
    command = awkward(folder, jobc, name)
    (folder / 'Makefile').write_text('stamp: job.aurora\n\t%s && touch stamp\n-include job.d\n' % command)
    run(folder, 'make')
    seen = run(folder, 'make')
    expect('Make knows %r' % name, 'up to date' in seen, seen)
    touch(folder / name)
    seen = run(folder, 'make')
    expect('Make compiles again for %r' % name, 'up to date' not in seen, seen)
    (folder / name).unlink()
    (folder / 'job.aurora').write_text('COUNT = 1\n' + JOB)
    touch(folder / 'job.aurora')
    run(folder, 'make')
    print('ok   Make goes on when %r is gone' % name)


def refused_in_make(folder, jobc, name):
    """A name that Make or Ninja would take for more than a name: jobc writes no depfile, and nothing of it runs."""
    command = awkward(folder, jobc, name)
    evil = folder / 'evil'
    evil.write_text('#!/bin/sh\ntouch PWNED\nexec /bin/sh "$@"\n')
    evil.chmod(0o755)
    for makefile in ('evil.mk', 'evil.mk:'):
        (folder / makefile).write_text('$(shell touch PWNED)\n')
    (folder / 'Makefile').write_text('stamp: job.aurora\n\t%s && touch stamp\n-include job.d\n' % command)
    for _ in range(2):
        p = subprocess.run(['make'], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
        expect('make fails for %r' % name, p.returncode == 2 and 'a depfile cannot name' in p.stdout, p.stdout)
    left = [path.name for path in folder.iterdir() if path.name in ('PWNED', 'job.d', 'stamp', 'out')]
    expect('nothing runs and nothing is written for %r' % name, not left, left)


def default_jobc():
    out = subprocess.run(['cargo', 'metadata', '--format-version', '1', '--no-deps'], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    return pathlib.Path(json.loads(out)['target_directory']) / 'debug' / 'jobc'


def main():
    jobc = pathlib.Path(sys.argv[1]).resolve() if sys.argv[1:] else default_jobc()
    ninja = ninja_program()
    with tempfile.TemporaryDirectory() as top:
        top = pathlib.Path(top)
        example(top / 'example', jobc, ninja)
        for number, name in enumerate(['a b.aurora', 'a#b.aurora', 'a$b.aurora', 'a:b.aurora', 'a (b) é.aurora', 'a\\b.aurora', 'a~@b.aurora']):
            awkward_in_ninja(top / ('ninja%d' % number), jobc, ninja, name)
            awkward_in_make(top / ('make%d' % number), jobc, name)
        for number, name in enumerate(['SHELL=.evil', 'include\x0bevil.mk', 'include\x0cevil.mk', 'a\tb', 'a%b', 'a*', '~root', 'a&',
                                       'lib(x)', '.ONESHELL', 'a|b', 'a;touch PWNED', 'a\\']):
            refused_in_make(top / ('refused%d' % number), jobc, name)


if __name__ == '__main__':
    main()
