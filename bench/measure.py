"""Running programs in turns, and what was measured."""
import dataclasses
import pathlib
import statistics
import subprocess


@dataclasses.dataclass
class Program:
    """A command whose standard output goes to a file."""
    name: str
    command: list
    output: pathlib.Path
    # Whether the program prints the seconds that count on standard error, instead of being timed as a whole.
    own_clock: bool = False
    # How many runs are one of its turns: many short ones beside a long one meet the same swings of the machine.
    runs_a_turn: int = 1


@dataclasses.dataclass
class Sample:
    """One run. Seconds of wall time, seconds of user and system time, bytes of peak memory."""
    wall: float
    cpu: float
    memory: int


class Measured:
    """All runs of one program; round i ran in turns with round i of the others."""

    def __init__(self, samples):
        self.samples = samples

    def median(self, what):
        return statistics.median(getattr(s, what) for s in self.samples)

    def times(self, other, what='wall'):
        """The median of how many times more the other program takes, round by round."""
        return statistics.median(
            getattr(theirs, what) / getattr(ours, what) for ours, theirs in zip(self.samples, other.samples))


def run(tool, program, folder):
    """Runs a program once."""
    done = subprocess.run([tool, program.output] + program.command, cwd=folder, text=True, capture_output=True)
    if done.returncode != 0:
        raise SystemExit('%s: %s' % (' '.join(map(str, program.command)), done.stderr.strip()))
    wall, cpu, memory = done.stdout.split()
    if program.own_clock:
        wall = cpu = done.stderr.split()[-1]
    return Sample(float(wall), float(cpu), int(memory))


def turn(tool, program, folder):
    """The mean of the runs of a turn."""
    samples = [run(tool, program, folder) for _ in range(program.runs_a_turn)]
    return Sample(
        statistics.mean(s.wall for s in samples), statistics.mean(s.cpu for s in samples), max(s.memory for s in samples))


def in_turns(tool, programs, rounds, folder):
    """A B A B ...: so that whatever slows the machine for a while slows all of them. The first round does not count."""
    samples = [[] for _ in programs]
    for number in range(rounds + 1):
        for index, program in enumerate(programs):
            sample = turn(tool, program, folder)
            if number > 0:
                samples[index].append(sample)
    return [Measured(s) for s in samples]
