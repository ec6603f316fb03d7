#!/usr/bin/env python3
"""Runs examples/custom_executor/executor.py on the AssignedTask that the scheduler would make of a job.

usage: check_executor.py [JOBC]     (by default target/debug/jobc below cargo's target directory)

Needs `pip install thrift`.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from thrift.protocol.TBinaryProtocol import TBinaryProtocol
from thrift.Thrift import TType
from thrift.transport.TTransport import TMemoryBuffer

from check_build_tools import ROOT, default_jobc, expect

EXECUTOR = ROOT / 'examples' / 'custom_executor' / 'executor.py'
# The way from a call to the TaskConfig in it: the argument of createJob, and a field of JobConfiguration.
TASK_CONFIG = (1, 6)


def task_config(call):
    """The bytes of the TaskConfig in a call createJob."""
    transport = TMemoryBuffer(call)
    p = TBinaryProtocol(transport)
    p.readMessageBegin()
    for wanted in TASK_CONFIG:
        while True:
            _, kind, number = p.readFieldBegin()
            if number == wanted:
                break
            p.skip(kind)
    start = transport.cstringio_buf.tell()
    p.skip(TType.STRUCT)
    return call[start:transport.cstringio_buf.tell()]


def assigned_task(config):
    """An AssignedTask of instance 2 with a port, as the scheduler writes it into TaskInfo.data."""
    transport = TMemoryBuffer()
    p = TBinaryProtocol(transport)
    for number, text in (1, 'svc-prod-life-2-0'), (2, 'agent-4'), (3, 'host-4'):
        p.writeFieldBegin('', TType.STRING, number)
        p.writeString(text)
    p.writeFieldBegin('', TType.STRUCT, 4)
    transport.write(config)
    p.writeFieldBegin('', TType.MAP, 5)
    p.writeMapBegin(TType.STRING, TType.I32, 1)
    p.writeString('http')
    p.writeI32(40054)
    p.writeFieldBegin('', TType.I32, 6)
    p.writeI32(2)
    p.writeFieldStop()
    return transport.getvalue()


def main():
    jobc = pathlib.Path(sys.argv[1]).resolve() if sys.argv[1:] else default_jobc()
    job = EXECUTOR.with_name('compose.aurora')
    listed = json.loads(subprocess.run([jobc, 'list', job, '--format', 'json'], stdout=subprocess.PIPE, check=True).stdout)
    key = listed[0]['key']
    compiled = [jobc, 'compile', job, '--user', 'ci', '--job', key]
    call = subprocess.run(compiled + ['--emit', 'create', '--wire', 'binary'], stdout=subprocess.PIPE, check=True).stdout
    data = subprocess.run(compiled + ['--emit', 'data'], stdout=subprocess.PIPE, check=True).stdout.decode()
    with tempfile.NamedTemporaryFile() as file:
        file.write(assigned_task(task_config(call)))
        file.flush()
        seen = json.loads(subprocess.run([sys.executable, EXECUTOR, file.name], stdout=subprocess.PIPE, check=True).stdout)
    _, role, environment, name = key.split('/')
    expect('the executor knows its job', seen['job'] == {'role': role, 'environment': environment, 'name': name}, seen)
    expect('and its instance, host and ports', (seen['instance'], seen['host'], seen['ports']) == (2, 'host-4', {'http': 40054}), seen)
    expect('and has the data of the job', seen['data'] == data.replace('{{mesos.instance}}', '2') and data, (seen, data))


if __name__ == '__main__':
    main()
