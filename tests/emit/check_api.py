#!/usr/bin/env python3
"""Runs the commands of the documents that call the scheduler, as they are printed, against a small server that stands for it.

usage: check_api.py [JOBC]     (by default target/debug/jobc below cargo's target directory)

The server reads each call with Thrift's own library and answers in the same protocol. Needs `pip install thrift`, and curl.
"""
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

from thrift.protocol import TBinaryProtocol, TJSONProtocol
from thrift.Thrift import TMessageType, TType
from thrift.transport import TTransport

import check_wire
from check_build_tools import ROOT, default_jobc, expect

PROTOCOLS = {
    'application/vnd.apache.thrift.json': TJSONProtocol.TJSONProtocol,
    'application/vnd.apache.thrift.binary': TBinaryProtocol.TBinaryProtocol,
}
JOB = """\
web = Service(cluster='west', environment='prod', name='web', contact='\\xc3\\xa9\\t"<&>\\\\', metadata=[],
  task=SimpleTask('web', 'serve'), constraints={'host': 'limit:1'}, tier='preferred')
jobs = [web(role='www'), web(role='svc'), web(role='shop', environment='test', name='cart')]
"""


def answer(protocol, name):
    """OK, as a Response in the result of the call."""
    transport = TTransport.TMemoryBuffer()
    p = protocol(transport)
    p.writeMessageBegin(name, TMessageType.REPLY, 0)
    for number, kind in ((0, TType.STRUCT), (1, TType.I32)):
        p.writeStructBegin('')
        p.writeFieldBegin('', kind, number)
    p.writeI32(1)
    for _ in range(2):
        p.writeFieldEnd()
        p.writeFieldStop()
        p.writeStructEnd()
    p.writeMessageEnd()
    return transport.getvalue()


class Scheduler(http.server.BaseHTTPRequestHandler):
    calls = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        protocol = PROTOCOLS.get(self.headers['Content-Type'])
        if self.path != '/api' or protocol is None:
            self.send_error(415)
            return
        name, arguments = check_wire.call(protocol, body)
        self.calls.append((name, arguments))
        reply = answer(protocol, name)
        self.send_response(200)
        self.send_header('Content-Type', self.headers['Content-Type'])
        self.send_header('Content-Length', str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):
        pass


def posts(command):
    """How many calls a command sends."""
    return command.count('curl ') + command.count('deploy.sh ')


def commands():
    """Every command that sends calls, with where it is printed."""
    for name in 'README.md', 'docs/formats.md', 'docs/custom-executors.md':
        text = (ROOT / name).read_text(encoding='utf-8')
        for block in re.findall(r'(?:^    .*\n)+', text, re.M):
            if posts(block):
                yield name, block


def run(where, command, folder, jobc, url):
    if 'http://scheduler:8081' not in command:
        raise SystemExit('FAIL %s: no address of a scheduler in:\n%s' % (where, command))
    (folder / 'bin').mkdir()
    (folder / 'bin' / 'jobc').symlink_to(jobc)
    (folder / 'examples').symlink_to(ROOT / 'examples')
    for name in 'job.aurora', 'web.aurora', 'cart.aurora':
        (folder / name).write_text(JOB.replace('\\xc3\\xa9', 'é'), encoding='utf-8')
    (folder / '.curlrc').write_text('fail\nsilent\nshow-error\n')
    environment = {'PATH': '%s:%s' % (folder / 'bin', os.environ['PATH']), 'HOME': str(folder), 'LOGNAME': 'u', 'no_proxy': '*'}
    command = command.replace('http://scheduler:8081', url)
    Scheduler.calls.clear()
    p = subprocess.run(['bash', '-euo', 'pipefail', '-c', command], cwd=folder, env=environment, stdout=subprocess.PIPE)
    expect('%s: the command works, and says so' % where, p.returncode == 0 and p.stdout, command)
    return list(Scheduler.calls)


def tells(arguments, folder, jobc):
    """Whether a call tells what the readable JSON does."""
    wanted = arguments.get('description', arguments.get('request', {}))
    key = (wanted.get('taskConfig') or {})['job']
    user = wanted['taskConfig']['owner']['user']
    p = subprocess.run([jobc, 'compile', 'job.aurora', '--user', user, '--job', 'west/%(role)s/%(environment)s/%(name)s' % key], cwd=folder,
                       stdout=subprocess.PIPE, check=True)
    job = json.loads(p.stdout)['jobs'][0]
    told = job['configuration']
    if 'request' in arguments:
        told = {'taskConfig': told['taskConfig'], 'instanceCount': told['instanceCount'], 'settings': job['update']}
    return check_wire.same(check_wire.without_order(told), check_wire.without_order(wanted))


def main():
    jobc = pathlib.Path(sys.argv[1]).resolve() if sys.argv[1:] else default_jobc()
    check_wire.load_names()
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Scheduler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    names = []
    for where, command in commands():
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            calls = run(where, command, folder, jobc, 'http://127.0.0.1:%d' % server.server_port)
            expect('%s: one call each' % where, len(calls) == posts(command), calls)
            for name, arguments in calls:
                expect('%s: %s tells the job' % (where, name), tells(arguments, folder, jobc), arguments)
                names.append(name)
    expect('jobs are created and updated', {'createJob', 'startJobUpdate'} <= set(names) and len(names) >= 4, names)


if __name__ == '__main__':
    main()
