"""Whether two programs have compiled the same jobs."""
import filecmp
import json


def bundle(path):
    """A bundle with the executors' data, which is JSON in a string, taken apart: the order of keys is free."""
    with open(path) as f:
        whole = json.load(f)
    for job in whole['jobs']:
        executor = job['configuration']['taskConfig']['executorConfig']
        executor['data'] = json.loads(executor['data'])
    return whole


def same_content(ours, theirs):
    """Refuses outputs with different content."""
    if bundle(ours.output) != bundle(theirs.output):
        raise SystemExit('%s and %s differ in content: %s, %s' % (ours.name, theirs.name, ours.output, theirs.output))


def same_bytes(ours, theirs):
    """Refuses outputs that are not the same, byte by byte."""
    if not filecmp.cmp(ours.output, theirs.output, shallow=False):
        raise SystemExit('%s and %s wrote different bytes: %s, %s' % (ours.name, theirs.name, ours.output, theirs.output))
