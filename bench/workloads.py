"""Makes the workloads of the benchmarks: job files of any size, and the same jobs for the peers.

The texts are in jobs/ and peers/; @NAME@ stands for what changes.
"""
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
JOBS = HERE / 'jobs'
PEERS = HERE / 'peers'
LITERAL_BYTES = 100_000


def fill(path, **values):
    """A text with its @NAME@s replaced."""
    text = path.read_text()
    for name, value in values.items():
        text = text.replace('@%s@' % name, str(value))
    return text


def longhand(path, n, **values):
    """The text of one job, n times with different numbers."""
    text = fill(path, **values)
    return ''.join(text.replace('@NUMBER@', str(i)).replace('@INSTANCES@', str(i % 7 + 1)) for i in range(n))


def fleet(n):
    """One base Service of two processes, bound to a profile Struct, extended and bound again per job in a loop."""
    return fill(JOBS / 'fleet.aurora', JOBS=n)


def templates(n):
    """Every string holds five references through three levels of nesting."""
    return fill(JOBS / 'templates.aurora', JOBS=n)


def flat(n):
    """Jobs written out one by one."""
    return 'jobs = [\n%s]\n' % longhand(JOBS / 'flat.aurora', n)


def literals(n):
    """Jobs with a command line of 100 KB each."""
    return 'jobs = [\n%s]\n' % longhand(JOBS / 'literals.aurora', n, LINES=command_lines())


def flat_jsonnet(n):
    """flat(n) in Jsonnet."""
    return in_jsonnet(longhand(PEERS / 'flat.jsonnet', n))


def literals_jsonnet(n):
    """literals(n) in Jsonnet."""
    return in_jsonnet(longhand(PEERS / 'literals.jsonnet', n, LINES=command_lines()))


def in_jsonnet(jobs):
    return "local aurora = import 'aurora.libsonnet';\n\naurora.bundle([\n%s])\n" % jobs


def command_lines():
    line = 'echo ' + 'x' * 75 + ' {braces} ${SHELL} && \\\n'
    return line * (LITERAL_BYTES // len(line))


def monorepo(folder, files):
    """Files of one job that include five shared libraries each; gives the names of the entry files."""
    folder = pathlib.Path(folder)
    (folder / 'lib').mkdir(parents=True, exist_ok=True)
    for k in range(5):
        functions = ''.join(
            "def process_%d_%d(flag=''):\n  return Process(name='p%d', cmdline='run %d ' + flag)\n\n" % (k, i, i, i)
            for i in range(40))
        (folder / 'lib' / ('part%d.aurora' % k)).write_text(functions)
    includes = ''.join("include('lib/part%d.aurora')\n" % k for k in range(5))
    names = []
    for i in range(files):
        name = 'job%05d.aurora' % i
        (folder / name).write_text(
            includes
            + "jobs = [Job(cluster='west', role='service', environment='prod', name='job-%d',\n" % i
            + "  task=Task(processes=[process_0_%d(), process_4_%d('--x')],\n" % (i % 40, (i + 1) % 40)
            + '    resources=Resources(cpu=1, ram=1*GB, disk=1*GB)))]\n')
        names.append(name)
    return names
