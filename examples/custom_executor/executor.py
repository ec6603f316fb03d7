#!/usr/bin/env python3
"""The least that an executor does with its task: decodes TaskInfo.data, and says what it would run.

A real executor gets the data in the LAUNCH event of Mesos's executor API. Here it comes from a file:

    executor.py TASK_INFO_DATA

Needs `pip install thrift`. Fields are read by their numbers in Aurora's api.thrift, so no generated code is needed.
"""
import json
import sys

from thrift.protocol.TBinaryProtocol import TBinaryProtocol
from thrift.Thrift import TType
from thrift.transport.TTransport import TMemoryBuffer

SCALARS = {TType.BOOL: 'readBool', TType.BYTE: 'readByte', TType.I16: 'readI16', TType.I32: 'readI32', TType.I64: 'readI64',
           TType.DOUBLE: 'readDouble', TType.STRING: 'readString'}


def read(p, kind):
    """A value of Thrift: a struct is a dict by field numbers."""
    if kind in SCALARS:
        return getattr(p, SCALARS[kind])()
    if kind == TType.STRUCT:
        fields = {}
        p.readStructBegin()
        while True:
            _, inner, number = p.readFieldBegin()
            if inner == TType.STOP:
                return fields
            fields[number] = read(p, inner)
    if kind == TType.MAP:
        key, value, size = p.readMapBegin()
        return {read(p, key): read(p, value) for _ in range(size)}
    element, size = p.readListBegin() if kind == TType.LIST else p.readSetBegin()
    return [read(p, element) for _ in range(size)]


def assigned_task(data):
    """What an executor needs of an AssignedTask."""
    task = read(TBinaryProtocol(TMemoryBuffer(data)), TType.STRUCT)
    config = task[4]
    return {
        'id': task[1],
        'host': task.get(3),
        'instance': task.get(6),
        'ports': task.get(5, {}),
        'job': {'role': config[28][1], 'environment': config[28][2], 'name': config[28][3]},
        'executor': config[25][1],
        'data': config[25][2],
    }


if __name__ == '__main__':
    with open(sys.argv[1], 'rb') as file:
        task = assigned_task(file.read())
    # The executor fills in what is known only when the task runs.
    task['data'] = task['data'].replace('{{mesos.instance}}', str(task['instance']))
    json.dump(task, sys.stdout, indent=2, sort_keys=True)
    print()
