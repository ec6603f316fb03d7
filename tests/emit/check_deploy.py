#!/usr/bin/env python3
"""Runs examples/deploy/deploy.sh against a scheduler on loopback, which fails in every way that a scheduler and a network can.

usage: check_deploy.py [JOBC]     (by default target/debug/jobc below cargo's target directory)

The scheduler reads each call with Thrift's own library, and answers with the messages of api.thrift. Needs `pip install
thrift`, bash and curl.
"""
import base64
import http.server
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from thrift.protocol import TJSONProtocol
from thrift.Thrift import TMessageType, TType
from thrift.transport import TTransport

import check_wire
from check_build_tools import ROOT, default_jobc, expect

SCRIPT = ROOT / 'examples' / 'deploy' / 'deploy.sh'
CONTENT = 'application/vnd.apache.thrift.json'
FILE = """\
web = Service(cluster='west', role='www', environment='prod', name='web', instances=3,
  task=Task(processes=[Process(name='web', cmdline='serve')], resources=Resources(cpu=8, ram=1*GB, disk=1*GB)))
jobs = [web,
  Job(cluster='west', role='www', environment='prod', name='once', task=SimpleTask('once', 'run')),
  Job(cluster='west', role='www', environment='prod', name='nightly', cron_schedule='0 4 * * *',
      task=SimpleTask('nightly', 'clean'))]
"""
WEB, ONCE, NIGHTLY = 'west/www/prod/web', 'west/www/prod/once', 'west/www/prod/nightly'
DEPLOYED, NOT_DEPLOYED, LOOK = 0, 1, 2

# Values as Thrift writes them: (TYPE, value); a struct is a dict of them by number.
WRITE = {TType.I32: 'writeI32', TType.I64: 'writeI64', TType.STRING: 'writeString'}


def i32(n):
    return TType.I32, n


def i64(n):
    return TType.I64, n


def text(s):
    return TType.STRING, s


def struct(fields):
    return TType.STRUCT, fields


def items(kind, values):
    return kind, values


def write(p, kind, value):
    if kind in WRITE:
        getattr(p, WRITE[kind])(value)
    elif kind == TType.STRUCT:
        p.writeStructBegin('')
        for number, (inner, v) in value.items():
            p.writeFieldBegin('', inner, number)
            write(p, inner, v)
            p.writeFieldEnd()
        p.writeFieldStop()
        p.writeStructEnd()
    else:
        begin, end = (p.writeListBegin, p.writeListEnd) if kind == TType.LIST else (p.writeSetBegin, p.writeSetEnd)
        begin(TType.STRUCT, len(value))
        for v in value:
            write(p, TType.STRUCT, v)
        end()


def message(name, body, kind=TMessageType.REPLY):
    transport = TTransport.TMemoryBuffer()
    p = TJSONProtocol.TJSONProtocol(transport)
    p.writeMessageBegin(name, kind, 0)
    write(p, *struct(body))
    p.writeMessageEnd()
    return transport.getvalue()


def response(name, code, *messages, result=None):
    fields = {1: i32(code), 5: struct({1: text('west')})}
    if result:
        fields[3] = struct(result)
    fields[6] = items(TType.LIST, [{1: text(m)} for m in messages])
    return message(name, {0: struct(fields)})


OK, INVALID = 1, 0
KEY = {1: struct({1: text('www'), 2: text('prod'), 3: text('web')}), 2: text('u-1')}
FORWARD, BACK, PAUSED, FORWARDED, BACKED, FAILED = 0, 1, 2, 4, 5, 8
UPDATED, ROLLED_BACK, UPDATING, UPDATE_FAILED = 1, 2, 3, 5


def started(code=OK, *messages):
    summary = {5: struct(KEY), 3: text('deploy'), 4: struct({1: i32(FORWARD), 2: i64(1), 3: i64(1)})}
    return response('startJobUpdate', code, *messages, result={22: struct({1: struct(KEY), 2: struct(summary)})})


def details(status, *actions):
    """An update of three instances; the actions in order, as (instance, action)."""
    instances = items(TType.SET, [{1: i32(0), 2: i32(2)}])
    summary = {5: struct(KEY), 3: text('deploy'), 4: struct({1: i32(status), 2: i64(1), 3: i64(9)})}
    instructions = {1: items(TType.SET, [{2: instances}]), 2: struct({2: instances})}
    events = [{1: i32(n), 2: i64(time), 3: i32(action)} for time, (n, action) in enumerate(actions)]
    found = {1: struct({1: struct(summary), 2: struct(instructions)}),
             2: items(TType.LIST, [{1: i32(status), 2: i64(1)}]),
             3: items(TType.LIST, events)}
    return response('getJobUpdateDetails', OK, result={24: struct({1: struct(found), 2: items(TType.LIST, [])})})


# What goes wrong below Thrift.
DROP, SLOW, HTML = 'drop', 'slow', 'html'


class Scheduler(http.server.BaseHTTPRequestHandler):
    """Answers each call by the next entry of its plan; the last one stays."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        server = self.server
        if server.leader:
            self.send_response(307)
            self.send_header('Location', server.leader + self.path)
            self.send_header('Content-Length', '0')
            self.end_headers()
            return
        if server.password and self.headers['Authorization'] != server.password:
            self.send_error(401)
            return
        if self.path != '/api' or self.headers['Content-Type'] != CONTENT:
            self.send_error(415)
            return
        name, arguments = check_wire.call(TJSONProtocol.TJSONProtocol, body)
        server.calls.append((name, arguments))
        plan = server.plan[name]
        step = plan.pop(0) if len(plan) > 1 else plan[0]
        self.answer(step() if callable(step) else step)

    def answer(self, step):
        if step == DROP:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif step == SLOW:
            time.sleep(3)
        elif isinstance(step, int):
            self.send_error(step)
        else:
            reply = b'<html>welcome</html>' if step == HTML else step
            self.send_response(200)
            self.send_header('Content-Type', CONTENT)
            self.send_header('Content-Length', str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

    def log_message(self, *_):
        pass


def serve(plan=None, leader=None, password=None):
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Scheduler)
    server.plan, server.leader, server.password, server.calls = plan or {}, leader, password, []
    server.url = 'http://127.0.0.1:%d' % server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Run:
    """One deployment."""

    def __init__(self, jobc, url, key=WEB, source=FILE, during=None, netrc=None, **settings):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / 'bin').mkdir()
            (folder / 'bin' / 'jobc').symlink_to(jobc)
            (folder / 'tmp').mkdir()
            (folder / 'web.aurora').write_text(source)
            if netrc:
                (folder / '.netrc').write_text(netrc)
            environment = {'PATH': '%s:%s' % (folder / 'bin', os.environ['PATH']), 'HOME': str(folder), 'LOGNAME': 'u',
                           'no_proxy': '*', 'TMPDIR': str(folder / 'tmp'), 'DEPLOY_POLL': '0.1', 'DEPLOY_CALL_TIMEOUT': '1',
                           'DEPLOY_TIMEOUT': '20', **settings}
            command = ['bash', str(SCRIPT), url, 'web.aurora', key, '--user', 'ci']
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                       universal_newlines=True, start_new_session=True)
            if during:
                during(process)
            self.seen, _ = process.communicate(timeout=120)
            self.code = process.returncode
            self.left = list((folder / 'tmp').iterdir())

    def ends(self, what, code, *words):
        missing = [w for w in words if w not in self.seen]
        expect('%s: exit code %d' % (what, code), self.code == code and not missing and not self.left,
               '%s\nexit code %d, missing %s, left %s' % (self.seen, self.code, missing, self.left))


def names(server):
    return [name for name, _ in server.calls]


def followed(*answers):
    return {'startJobUpdate': [started()], 'getJobUpdateDetails': list(answers)}


def updates(jobc):
    half = details(FORWARD, (0, UPDATING), (0, UPDATED), (1, UPDATING))
    whole = details(FORWARDED, (0, UPDATED), (1, UPDATED), (2, UPDATED))
    s = serve(followed(half, half, whole))
    Run(jobc, s.url).ends('an update that succeeds', DEPLOYED, '1 of 3 instances updated', 'succeeded: 3 of 3')
    request = s.calls[0][1]['request']
    expect('the call tells the job', request['taskConfig']['owner'] == {'user': 'ci'} and request['instanceCount'] == 3, request)
    key = {'job': {'role': 'www', 'environment': 'prod', 'name': 'web'}, 'id': 'u-1'}
    expect('it is asked for by its key', s.calls[1] == ('getJobUpdateDetails', {'key': key}), s.calls[1:])

    s = serve(followed(500, DROP, HTML, SLOW, whole))
    Run(jobc, s.url).ends('questions without an answer are asked again', DEPLOYED)
    expect('and the update is started once', names(s).count('startJobUpdate') == 1, names(s))

    s = serve({'startJobUpdate': [response('startJobUpdate', OK, 'Job is unchanged by proposed update.')]})
    Run(jobc, s.url).ends('nothing to change', DEPLOYED, 'there is nothing to update')

    s = serve(followed(half, details(BACK, (0, UPDATED), (1, UPDATE_FAILED)), details(BACKED, (0, ROLLED_BACK), (1, ROLLED_BACK))))
    Run(jobc, s.url).ends('an update that fails midway', NOT_DEPLOYED, 'is being rolled back', 'failed and was rolled back')
    expect('the scheduler rolls back by itself', 'rollbackJobUpdate' not in names(s), names(s))

    s = serve(followed(half, details(FAILED, (0, UPDATED), (1, UPDATE_FAILED))))
    Run(jobc, s.url).ends('an update that fails and is not rolled back', LOOK, 'ended in the middle')


def refusals(jobc):
    quota = 'Insufficient resource quota: CPU quota exceeded by 24.00 core(s)'
    s = serve({'startJobUpdate': [response('startJobUpdate', INVALID, quota)]})
    Run(jobc, s.url).ends('a refusal inside HTTP 200', NOT_DEPLOYED, quota, 'web.aurora:2')
    s = serve({'startJobUpdate': [started(INVALID, 'An active update already exists for this job')]})
    Run(jobc, s.url).ends('another update in the way', NOT_DEPLOYED, 'u-1')
    expect('which is left alone', names(s) == ['startJobUpdate'], names(s))
    s = serve({'createJob': [response('createJob', INVALID, 'Job www/prod/once already exists')]})
    Run(jobc, s.url, ONCE).ends('a job that exists', NOT_DEPLOYED, 'already exists')
    error = message('startJobUpdate', {1: text('Internal error'), 2: i32(6)}, TMessageType.EXCEPTION)
    s = serve({'startJobUpdate': [error]})
    Run(jobc, s.url).ends("an exception of the scheduler's Thrift library", LOOK, 'Internal error')
    s = serve({'createJob': [response('createJob', 2, 'java.lang.IllegalStateException')]})
    Run(jobc, s.url, ONCE).ends('a failure of the scheduler', LOOK, 'IllegalStateException')
    s = serve()
    Run(jobc, s.url, source=FILE.replace('instances', 'instance')).ends('a file with a mistake', NOT_DEPLOYED, 'E0104')
    Run(jobc, s.url, 'west/www/prod/other').ends('a job that the file does not have', NOT_DEPLOYED, 'other')
    Run(jobc, s.url, 'west/www/prod/*').ends('several jobs', NOT_DEPLOYED, 'name one job')
    expect('sends nothing', s.calls == [], s.calls)


def networks(jobc):
    for name, step in ('HTTP 500', 500), ('HTTP 503', 503), ('a slow answer', SLOW), ('a dropped connection', DROP), ('a page of a proxy', HTML):
        s = serve({'startJobUpdate': [step]})
        Run(jobc, s.url).ends('%s to an update' % name, LOOK, 'before you try again')
        expect('which is not sent again', names(s) == ['startJobUpdate'], names(s))
        s = serve({'createJob': [step]})
        Run(jobc, s.url, ONCE).ends('%s to a new job' % name, LOOK)
        expect('which is not sent again', names(s) == ['createJob'], names(s))
    s = serve({'scheduleCronJob': [500, DROP, response('scheduleCronJob', OK)]})
    Run(jobc, s.url, NIGHTLY).ends('a cron job is scheduled', DEPLOYED, 'in the cron schedule')
    expect('at the third try', names(s) == ['scheduleCronJob'] * 3, names(s))

    s = serve({'createJob': [response('createJob', OK)]}, password='Basic ' + base64.b64encode(b'me:secret').decode())
    netrc = 'machine 127.0.0.1 login me password secret\n'
    Run(jobc, serve(leader=s.url).url, ONCE, netrc=netrc).ends('a redirect to the leader, with a password', DEPLOYED, 'the job was created')
    Run(jobc, s.url, ONCE).ends('without the password', NOT_DEPLOYED, '401')
    with socket.socket() as taken:
        taken.bind(('127.0.0.1', 0))
        Run(jobc, 'http://127.0.0.1:%d' % taken.getsockname()[1]).ends('nobody there', NOT_DEPLOYED, 'did not get the call')


def rollbacks(jobc):
    half = details(FORWARD, (0, UPDATED), (1, UPDATING))
    back, backed = details(BACK, (0, UPDATED), (1, UPDATING)), details(BACKED, (0, ROLLED_BACK), (1, ROLLED_BACK))

    def plan(then, rollback):
        """An update that goes on until it is rolled back."""
        called = threading.Event()

        def roll_back():
            called.set()
            return rollback

        def ask():
            return (then.pop(0) if len(then) > 1 else then[0]) if called.is_set() else half
        return {'startJobUpdate': [started()], 'getJobUpdateDetails': [ask], 'rollbackJobUpdate': [roll_back]}

    rolls = response('rollbackJobUpdate', OK)
    for name, number in ('Ctrl-C', signal.SIGINT), ('SIGTERM', signal.SIGTERM):
        s = serve(plan([back, backed], rolls))

        def interrupt(process):
            while 'getJobUpdateDetails' not in names(s):
                time.sleep(0.05)
            # As a terminal does it: to all that runs there.
            os.killpg(process.pid, number)

        Run(jobc, s.url, during=interrupt).ends('%s during an update' % name, NOT_DEPLOYED, 'Interrupted', 'failed and was rolled back')
        call = dict(s.calls)['rollbackJobUpdate']
        expect('rolls it back', call['key']['id'] == 'u-1' and call['message'], s.calls)

    s = serve({**plan([back, backed], rolls), 'startJobUpdate': [lambda: time.sleep(0.6) or started()]})

    def interrupt_start(process):
        while not s.calls:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)

    Run(jobc, s.url, during=interrupt_start).ends('Ctrl-C while an update is started', NOT_DEPLOYED, 'Interrupted')
    expect('rolls it back', 'rollbackJobUpdate' in names(s), names(s))

    s = serve(plan([back, backed], rolls))
    Run(jobc, s.url, DEPLOY_TIMEOUT='1').ends('an update that takes too long', NOT_DEPLOYED, 'Not done after 1 seconds', 'rolled back')
    s = serve(plan([details(FORWARDED, (0, UPDATED))], response('rollbackJobUpdate', INVALID, 'Cannot transition update')))
    Run(jobc, s.url, DEPLOY_TIMEOUT='1').ends('an update that ends before it is rolled back', LOOK, 'too late')
    s = serve(plan([back], rolls))
    Run(jobc, s.url, DEPLOY_TIMEOUT='1', DEPLOY_ROLLBACK_TIMEOUT='1').ends('a rollback without an end', LOOK, 'has not ended')


def main():
    jobc = pathlib.Path(sys.argv[1]).resolve() if sys.argv[1:] else default_jobc()
    check_wire.load_names()
    updates(jobc)
    refusals(jobc)
    networks(jobc)
    rollbacks(jobc)


if __name__ == '__main__':
    main()
