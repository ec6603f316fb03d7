"""The table of the suite, as Markdown that is aligned for reading in a terminal too."""
import dataclasses

COLUMNS = [
    'workload', 'time', 'CPU time', 'memory', 'a job', 'memory a job', 'compared with', 'its time', 'its CPU time',
    'its memory', 'time ratio', 'CPU ratio', 'memory ratio', 'goal',
]
TEXTS = {'workload', 'compared with', 'goal'}


def at_least(value, goal, what):
    """A goal, what was measured, and whether it is met."""
    return verdict('at least %g %s' % (goal, what), value, value >= goal)


def at_most(value, goal, what):
    """As at_least()."""
    return verdict('at most %g %s' % (goal, what), value, value <= goal)


def verdict(text, value, met):
    return '%s: %s, %s' % (text, digits(value), 'met' if met else '**not met**')


@dataclasses.dataclass
class Row:
    """What jobc did in a workload, beside one other program. Seconds and bytes; ratios are the other's over jobc's."""
    workload: str
    time: float
    cpu: float = None
    memory: int = None
    a_job: float = None
    memory_a_job: float = None
    against: str = ''
    its_time: float = None
    its_cpu: float = None
    its_memory: int = None
    time_ratio: float = None
    cpu_ratio: float = None
    memory_ratio: float = None
    goals: list = dataclasses.field(default_factory=list)

    def cells(self):
        return [
            self.workload, seconds(self.time), seconds(self.cpu), size(self.memory), seconds(self.a_job),
            size(self.memory_a_job), self.against, seconds(self.its_time), seconds(self.its_cpu), size(self.its_memory),
            ratio(self.time_ratio), ratio(self.cpu_ratio), ratio(self.memory_ratio), '; '.join(self.goals),
        ]


def seconds(value):
    if value is None:
        return ''
    for unit, scale in (('s', 1), ('ms', 1e-3), ('µs', 1e-6)):
        if value >= scale:
            break
    return '%s %s' % (digits(value / scale), unit)


def size(value):
    if value is None:
        return ''
    return '%s MB' % digits(value / 1e6) if value >= 1e6 else '%s KB' % digits(value / 1e3)


def ratio(value):
    return '' if value is None else digits(value)


def digits(value):
    """Three digits that count."""
    return '{:,.{}f}'.format(value, 0 if value >= 100 else 1 if value >= 10 else 2)


def markdown(rows):
    cells = [COLUMNS] + [row.cells() for row in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(COLUMNS))]
    lines = [[c.ljust(w) if name in TEXTS else c.rjust(w) for name, c, w in zip(COLUMNS, line, widths)] for line in cells]
    lines.insert(1, ['-' * w if name in TEXTS else '-' * (w - 1) + ':' for name, w in zip(COLUMNS, widths)])
    return ''.join('| %s |\n' % ' | '.join(line) for line in lines)
