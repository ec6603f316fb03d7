"""The workloads of the suite: which programs run, what their outputs must be, and what the goals are."""
import dataclasses
import os
import pathlib

import equal
import table
import workloads
from measure import Program, in_turns

# What the stock client took for 1,000 jobs of the fleet, measured once on a machine of two cores; Python 2 and the
# client are not installed by the suite.
STOCK_SECONDS_A_JOB = 0.093
# jobc's own limits on files from strangers are lower than what 100,000 jobs need.
NO_LIMITS = ['--max-seconds', '3600', '--max-memory', '64G', '--max-steps', '1G', '--max-source-bytes', '1G']


@dataclasses.dataclass
class Suite:
    """What is measured with, and how often."""
    folder: pathlib.Path
    jobc: pathlib.Path
    tools: pathlib.Path
    jrsonnet: pathlib.Path
    pystachio: pathlib.Path
    pairs: int
    quick: bool

    def __post_init__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        # The memory of a program with hardly any jobs, by its name: what does not grow with them.
        self.base_memory = {}

    # Programs.

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def compile(self, source, *flags, name='jobc'):
        return Program(name, [self.jobc, 'compile', '--scheduler', 'none', '--user', 'bench', *NO_LIMITS, *flags, source],
                       self.folder / 'jobc.json')

    def check(self, *arguments, name='jobc'):
        return Program(name, [self.jobc, 'check', *arguments], self.folder / 'check.txt')

    def jsonnet(self, source, *flags):
        # Two spaces, as jobc indents.
        return Program('jrsonnet', [self.jrsonnet, '-J', workloads.PEERS, '--line-padding', '2', *flags, source],
                       self.folder / 'jrsonnet.json')

    def limit(self, bundle):
        return Program('physical limit', [self.tools / 'limit', bundle], self.folder / 'limit.json', own_clock=True)

    def measure(self, programs, rounds=None):
        return in_turns(self.tools / 'measure', programs, rounds or self.pairs, self.folder)

    # Rows.

    def row(self, workload, jobs, ours, other=None, theirs=None):
        row = table.Row(workload, ours.median('wall'), ours.median('cpu'), ours.median('memory'))
        if jobs > 1:
            row.a_job = row.time / jobs
            if 'jobc' in self.base_memory:
                row.memory_a_job = max(0, row.memory - self.base_memory['jobc']) / jobs
        if theirs:
            row.against = other.name
            row.its_time = theirs.median('wall')
            row.time_ratio = ours.times(theirs)
            # The limit reads its values first; only its time says something.
            if not other.own_clock:
                row.its_cpu = theirs.median('cpu')
                row.cpu_ratio = ours.times(theirs, 'cpu')
                row.its_memory = theirs.median('memory')
                row.memory_ratio = ours.times(theirs, 'memory')
        return row

    def with_peer(self, workload, jobs, ours, peer, rounds=None):
        """jobc beside jrsonnet, if that is to be measured; their outputs have the same content."""
        programs = [ours, peer] if self.jrsonnet else [ours]
        measured = self.measure(programs, rounds)
        if not self.jrsonnet:
            return self.row(workload, jobs, measured[0])
        equal.same_content(ours, peer)
        return self.row(workload, jobs, measured[0], peer, measured[1])

    # Workloads.

    def fleet(self):
        yield self.fleet_of_one()
        yield from self.fleet_of_1000()
        yield from self.fleet_of_10000()
        yield self.linear()
        if self.pystachio:
            yield self.fleet_in_pystachio()

    def fleet_file(self, jobs):
        return self.write('fleet-%d.aurora' % jobs, workloads.fleet(jobs))

    def fleet_pair(self, jobs, rounds=None):
        peer = self.jsonnet(workloads.PEERS / 'fleet.jsonnet', '--tla-code', 'n=%d' % jobs)
        return self.with_peer('fleet, %s' % counted(jobs), jobs, self.compile(self.fleet_file(jobs)), peer, rounds)

    def fleet_of_one(self):
        row = self.fleet_pair(1, rounds=self.pairs * 3)
        self.base_memory['jobc'] = row.memory
        if row.time_ratio:
            row.goals.append(table.at_least(row.time_ratio, 1, 'times faster'))
        return row

    def fleet_of_1000(self):
        row = self.fleet_pair(1000)
        yield row
        stock = table.Row(row.workload, row.time, row.cpu, row.memory, row.a_job, row.memory_a_job)
        stock.against = 'stock client (recorded)'
        stock.its_time = STOCK_SECONDS_A_JOB * 1000
        stock.time_ratio = stock.its_time / stock.time
        stock.goals.append(table.at_least(stock.time_ratio, 1000, 'times faster'))
        yield stock

    def fleet_of_10000(self):
        row = self.fleet_pair(10_000)
        if row.time_ratio:
            row.goals.append(table.at_least(row.time_ratio, 5, 'times faster'))
            row.goals.append(table.at_least(row.memory_ratio, 4, 'times less memory'))
        yield row
        ours = self.compile(self.fleet_file(10_000))
        bundle = self.folder / 'bundle.json'
        os.replace(ours.output, bundle)
        limit = self.limit(bundle)
        measured = self.measure([ours, limit])
        equal.same_bytes(ours, limit)
        row = self.row(row.workload, 10_000, measured[0], limit, measured[1])
        row.goals.append(table.at_most(1 / row.time_ratio, 4, 'times the limit'))
        yield row

    def linear(self):
        many = 10_000 if self.quick else 100_000
        few = many // 10
        less = self.compile(self.fleet_file(few), name='jobc, %s' % counted(few))
        less.runs_a_turn = 10
        more = self.compile(self.fleet_file(many))
        measured = self.measure([more, less])
        row = self.row('fleet, %s' % counted(many), many, measured[0], less, measured[1])
        row.goals.append(table.at_most(1 / row.time_ratio, 11, 'times the time for 10 times the jobs'))
        return row

    def fleet_in_pystachio(self):
        """A job more, from two numbers of jobs: what starting takes is left out on both sides."""
        jobs = 50
        script = workloads.PEERS / 'fleet_pystachio.py'
        theirs = [Program('pystachio', [self.pystachio, script, self.fleet_file(n)], self.folder / ('pystachio-%d.json' % n))
                  for n in (1, jobs)]
        ours = [self.compile(self.fleet_file(n)) for n in (1, jobs * 20)]
        equal_sized = self.compile(self.fleet_file(jobs))
        few, many, our_few, our_many, _ = self.measure(theirs + ours + [equal_sized])
        equal.same_content(equal_sized, theirs[1])
        row = table.Row('fleet, a job more', more(our_few, our_many, jobs * 20))
        row.against = 'pystachio, own small schema'
        row.its_time = more(few, many, jobs)
        row.time_ratio = row.its_time / row.time
        return row

    def flat(self):
        jobs = 500 if self.quick else 5000
        source = self.write('flat.aurora', workloads.flat(jobs))
        peer = self.jsonnet(self.write('flat.jsonnet', workloads.flat_jsonnet(jobs)))
        row = self.with_peer('flat, %s longhand' % counted(jobs), jobs, self.compile(source), peer)
        row.goals.append(table.at_least(speed(source, row), 5, 'MB of source a second'))
        yield row

    def templates(self):
        jobs = 100 if self.quick else 1000
        source = self.write('templates.aurora', workloads.templates(jobs))
        peer = self.jsonnet(workloads.PEERS / 'templates.jsonnet', '--tla-code', 'n=%d' % jobs)
        yield self.with_peer('templates, %s' % counted(jobs), jobs, self.compile(source), peer)

    def literals(self):
        jobs = 20
        source = self.write('literals.aurora', workloads.literals(jobs))
        peer = self.jsonnet(self.write('literals.jsonnet', workloads.literals_jsonnet(jobs)))
        row = self.with_peer('literals, %s of 100 KB' % counted(jobs), jobs, self.compile(source), peer)
        row.workload += ', %s MB of source a second' % table.digits(speed(source, row))
        yield row

    def monorepo(self):
        files = 200 if self.quick else 2000
        folder = self.folder / ('monorepo-%d' % files)
        names = [folder / name for name in workloads.monorepo(folder, files)]
        yield self.cores('monorepo, check of %s' % counted(files, 'file'), files, [
            self.check('--scheduler', 'none', '-j', n, folder, name='jobc -j' + n) for n in '21'])
        programs = [self.compile(names[0], '-j', n, *names[1:], name='jobc -j' + n) for n in '21']
        programs[1].output = self.folder / 'jobc-j1.json'
        yield self.cores('monorepo, compile of %s' % counted(files, 'file'), files, programs)
        equal.same_bytes(*programs)

    def cores(self, workload, files, programs):
        measured = self.measure(programs, self.pairs * 3)
        row = self.row(workload, files, measured[0], programs[1], measured[1])
        if (os.cpu_count() or 1) > 1:
            row.goals.append(table.at_least(row.time_ratio, 1.7, 'times one core'))
        return row

    def check_workload(self):
        """What an editor waits for."""
        version = Program('jobc --version', [self.jobc, '--version'], self.folder / 'version.txt')
        for name, source, jobs in (('fleet', workloads.fleet, 1), ('fleet', workloads.fleet, 100),
                                   ('flat', workloads.flat, 100)):
            path = self.write('check-%s-%d.aurora' % (name, jobs), source(jobs))
            measured = self.measure([self.check(path), version], self.pairs * 3)
            row = self.row('check, %s, %s' % (name, counted(jobs)), jobs, measured[0], version, measured[1])
            row.memory_a_job = None
            if jobs == 100:
                row.goals.append(table.at_most(row.time * 1e3, 5, 'ms'))
            yield row


WORKLOADS = {
    'fleet': Suite.fleet,
    'flat': Suite.flat,
    'templates': Suite.templates,
    'monorepo': Suite.monorepo,
    'literals': Suite.literals,
    'check': Suite.check_workload,
}


def more(one, many, jobs):
    """Seconds that one job more takes, from what one and many take."""
    return max(many.median('wall') - one.median('wall'), 1e-9) / (jobs - 1)


def counted(n, what='job'):
    return '{:,} {}{}'.format(n, what, '' if n == 1 else 's')


def speed(source, row):
    """Megabytes of source a second."""
    return source.stat().st_size / 1e6 / row.time

