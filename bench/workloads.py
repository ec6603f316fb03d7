"""Makes the workloads of the benchmark suite, as .aurora text."""
import os

FLEET = """
class Profile(Struct):
  cluster = Required(String)
  environment = Default(String, 'prod')
  package = Default(String, 'server')
  heap = Default(Integer, 512)

fetch = Process(
  name='fetch',
  cmdline='curl -fsS http://packages.example.test/{{profile.package}}/{{version}}.tar.gz | tar xz')
run = Process(
  name='run',
  cmdline='exec java -Xmx{{profile.heap}}m -jar {{profile.package}}.jar --name={{name}} '
          '--port={{thermos.ports[http]}} --shard={{mesos.instance}}',
  max_failures=3)

base = Service(
  cluster='{{profile.cluster}}',
  role='service',
  environment='{{profile.environment}}',
  contact='{{role}}-oncall@example.test',
  announce=Announcer(),
  constraints={'host': 'limit:1', 'rack': '!old,broken'},
  update_config=UpdateConfig(batch_size=2, watch_secs=30),
  task=SequentialTask(
    name='{{profile.package}}',
    processes=[fetch, run],
    resources=Resources(cpu=1.5, ram=1*GB, disk=2*GB)))

profile = Profile(cluster='west', heap=768)

jobs = [
  base.bind(profile=profile)(name='job-%d' % i, instances=i % 7 + 1).bind(version='1.%d' % i)
  for i in range(%(n)d)
]
"""

FLAT = """  Service(
    cluster='west', role='service', environment='prod', name='job-%(i)d', instances=%(instances)d,
    contact='service-oncall@example.test',
    constraints={'host': 'limit:1'},
    task=Task(
      name='server',
      processes=[
        Process(name='fetch', cmdline='curl -fsS http://packages.example.test/server/1.%(i)d.tar.gz | tar xz'),
        Process(name='run', cmdline='exec java -Xmx768m -jar server.jar --name=job-%(i)d', max_failures=3),
      ],
      constraints=order('fetch', 'run'),
      resources=Resources(cpu=1.5, ram=1*GB, disk=2*GB))),
"""

TEMPLATES = """
leaf = {'a': 'alpha-{{n}}', 'b': 'beta-{{n}}', 'c': 'gamma-{{n}}', 'd': 'delta-{{n}}', 'e': 'epsilon-{{n}}'}
middle = {k: '{{leaf.%s}}' % k for k in leaf}
outer = {k: '<{{middle.%s}}>' % k for k in leaf}
text = '{{outer.a}} {{outer.b}} {{outer.c}} {{outer.d}} {{outer.e}}'

base = Job(
  cluster='west', role='service', environment='prod', contact=text,
  metadata=[Metadata(key='k%d' % i, value=text) for i in range(4)],
  task=Task(
    name='work',
    processes=[Process(name='p%d' % i, cmdline='echo ' + text) for i in range(4)],
    resources=Resources(cpu=1, ram=1*GB, disk=1*GB)))

jobs = [
  base(name='job-%d' % i).bind(leaf=leaf, middle=middle, outer=outer, n=i)
  for i in range(%(n)d)
]
"""


def fill(template, **values):
    """Fills %(name)d fields and leaves every other % alone."""
    for name, value in values.items():
        template = template.replace('%%(%s)d' % name, str(value))
    return template


def fleet(n):
    return fill(FLEET, n=n)


def flat(n):
    return 'jobs = [\n' + ''.join(fill(FLAT, i=i, instances=i % 7 + 1) for i in range(n)) + ']\n'


def templates(n):
    return fill(TEMPLATES, n=n)


def literals(n, size=100_000):
    line = 'echo ' + 'x' * 75 + ' {braces} ${SHELL} && \\\n'
    body = line * (size // len(line))
    job = ("  Job(cluster='west', role='service', environment='prod', name='job-%d',\n"
           "      task=Task(name='work', processes=[Process(name='run', cmdline=r'''%s''')],\n"
           "                resources=Resources(cpu=1, ram=1*GB, disk=1*GB))),\n")
    return 'jobs = [\n' + ''.join(job % (i, body) for i in range(n)) + ']\n'


def monorepo(folder, files):
    """Files that include five shared libraries each; gives the paths of the entry files."""
    os.makedirs(os.path.join(folder, 'lib'), exist_ok=True)
    for k in range(5):
        with open(os.path.join(folder, 'lib', 'part%d.aurora' % k), 'w') as f:
            for i in range(40):
                f.write("def process_%d_%d(flag=''):\n  return Process(name='p%d', cmdline='run %d ' + flag)\n\n" % (k, i, i, i))
    names = []
    for i in range(files):
        name = os.path.join(folder, 'job%05d.aurora' % i)
        with open(name, 'w') as f:
            f.writelines("include('lib/part%d.aurora')\n" % k for k in range(5))
            f.write("jobs = [Job(cluster='west', role='service', environment='prod', name='job-%d',\n" % i)
            f.write("  task=Task(processes=[process_0_%d(), process_4_%d('--x')],\n" % (i % 40, (i + 1) % 40))
            f.write('    resources=Resources(cpu=1, ram=1*GB, disk=1*GB)))]\n')
        names.append(name)
    return names
