"""Builds and installs what is measured. Everything goes below target/, nothing into the user's home."""
import os
import pathlib
import shutil
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get('CARGO_TARGET_DIR', ROOT / 'target')).absolute()
BENCH = TARGET / 'bench'
JRSONNET = '0.5.0-pre98'
PYSTACHIO = '0.8.10'


def say(text):
    print(text, file=sys.stderr, flush=True)


def call(*command, hint=''):
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        raise SystemExit('%s ended with %d%s' % (' '.join(map(str, command)), done.returncode, hint))


def jobc():
    """jobc, release build."""
    say('building jobc')
    call('cargo', 'build', '--release', '--locked', '--bin', 'jobc', '--target-dir', TARGET)
    return TARGET / 'release' / 'jobc'


def installed(program):
    """A copy of a program, as `cargo install` makes one of the peer: right after linking, the system holds a file in
    smaller pieces, and starting it takes more page faults."""
    folder = BENCH / 'bin'
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / 'jobc'
    copy.unlink(missing_ok=True)
    shutil.copy2(program, copy)
    return copy


def tools():
    """The folder of `measure` and `limit`."""
    say('building the tools of the suite')
    call('cargo', 'build', '--release', '--locked', '--manifest-path', ROOT / 'bench' / 'tools' / 'Cargo.toml',
         '--target-dir', BENCH / 'tools')
    return BENCH / 'tools' / 'release'


NO_PEERS = '; --no-peers measures without other programs'


def jrsonnet():
    """The Jsonnet peer. Installing takes minutes, once."""
    root = BENCH / 'jrsonnet' / JRSONNET
    program = root / 'bin' / 'jrsonnet'
    if not program.exists():
        say('installing jrsonnet %s' % JRSONNET)
        call('cargo', 'install', 'jrsonnet', '--version', JRSONNET, '--locked', '--quiet', '--root', root, hint=NO_PEERS)
    return program


def pystachio():
    """A Python that finds pystachio."""
    folder = BENCH / 'pystachio' / PYSTACHIO
    python = folder / 'bin' / 'python'
    if subprocess.run([python, '-c', 'import pystachio'], stderr=subprocess.DEVNULL).returncode if python.exists() else True:
        say('installing pystachio %s' % PYSTACHIO)
        venv.create(folder, clear=True, with_pip=True)
        call(python, '-m', 'pip', 'install', '--quiet', 'pystachio==' + PYSTACHIO, hint=NO_PEERS)
    return python
