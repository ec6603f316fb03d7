#!/usr/bin/env python3
"""Reads the messages that the Rust tests left, with Python's `thrift` package, in both encodings.

usage: check_wire.py [FOLDER...]     (made by `cargo test`; by default those below cargo's build directory)

Every NUMBER.KIND.json and .bin is read field by field with Thrift's own protocol classes, named by fields.txt beside this
script, and compared with NUMBER.KIND.expected, sets without order. Needs `pip install thrift`.
"""
import json
import math
import pathlib
import subprocess
import sys

from thrift.protocol import TBinaryProtocol, TJSONProtocol
from thrift.Thrift import TMessageType, TType
from thrift.transport import TTransport

SCALARS = {
    'bool': (TType.BOOL, 'readBool'),
    'double': (TType.DOUBLE, 'readDouble'),
    'i32': (TType.I32, 'readI32'),
    'i64': (TType.I64, 'readI64'),
    'string': (TType.STRING, 'readString'),
}
FIELDS, ENUMS = {}, {}


def load_names():
    for line in (pathlib.Path(__file__).parent / 'fields.txt').read_text(encoding='utf-8').splitlines():
        if not line.startswith('#'):
            a, b, c, d = line.split(' ')
            if a == 'enum':
                ENUMS.setdefault(b, {})[int(c)] = d
            else:
                FIELDS.setdefault(a, {})[int(b)] = (c, d)


def kind_of(ty):
    if ty in SCALARS:
        return SCALARS[ty][0]
    if ty in ENUMS:
        return TType.I32
    return {'set': TType.SET, 'list': TType.LIST, 'map': TType.MAP}.get(ty.partition('<')[0], TType.STRUCT)


def expect(what, got, wanted):
    if got != wanted:
        raise ValueError('%s: %r instead of %r' % (what, got, wanted))


def value(p, ty):
    if ty in SCALARS:
        v = getattr(p, SCALARS[ty][1])()
        return bool(v) if ty == 'bool' else v
    if ty in ENUMS:
        return ENUMS[ty][p.readI32()]
    outer, _, inner = ty.rstrip('>').partition('<')
    if outer in ('set', 'list'):
        begin, end = (p.readSetBegin, p.readSetEnd) if outer == 'set' else (p.readListBegin, p.readListEnd)
        element, size = begin()
        expect('elements of ' + ty, element, kind_of(inner))
        items = [value(p, inner) for _ in range(size)]
        end()
        return {'set': items} if outer == 'set' else items
    if outer == 'map':
        key, val, size = p.readMapBegin()
        expect('keys and values of ' + ty, (key, val), (TType.STRING, kind_of(inner)))
        entries = {}
        for _ in range(size):
            k = p.readString()
            entries[k] = value(p, inner)
        p.readMapEnd()
        return entries
    return struct(p, ty)


def struct(p, ty):
    p.readStructBegin()
    fields = {}
    while True:
        _, kind, number = p.readFieldBegin()
        if kind == TType.STOP:
            p.readStructEnd()
            return fields
        field_type, name = FIELDS[ty][number]
        expect('%s.%s' % (ty, name), kind, kind_of(field_type))
        fields[name] = value(p, field_type)
        p.readFieldEnd()


def call(protocol, data):
    transport = TTransport.TMemoryBuffer(data)
    p = protocol(transport)
    name, kind, sequence = p.readMessageBegin()
    expect('kind and sequence', (kind, sequence), (TMessageType.CALL, 0))
    arguments = struct(p, name)
    p.readMessageEnd()
    expect('bytes left', transport.read(1), b'')
    return name, arguments


def without_order(x):
    """Sets by name, whichever side they come from, in one order."""
    if isinstance(x, dict) and set(x) == {'set'} and isinstance(x['set'], list):
        x = x['set']
    if isinstance(x, dict):
        return {k: without_order(v) for k, v in x.items()}
    if isinstance(x, list):
        return sorted((without_order(v) for v in x), key=lambda v: json.dumps(v, sort_keys=True))
    return x


def same(a, b):
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=0, abs_tol=0)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


def default_folders():
    out = subprocess.run(['cargo', 'metadata', '--format-version', '1', '--no-deps'], stdout=subprocess.PIPE, check=True).stdout
    metadata = json.loads(out)
    tmp = pathlib.Path(metadata.get('build_directory') or metadata['target_directory']) / 'tmp'
    return [tmp / 'wire', tmp / 'wire-conformance']


def check(path, ending, protocol):
    expected = json.loads(path.read_text(encoding='utf-8'))
    name, arguments = call(protocol, path.with_name(path.stem + ending).read_bytes())
    expect('call', name, expected['call'])
    if not same(without_order(arguments), without_order(expected['arguments'])):
        raise ValueError('tells something else than the readable JSON')


def main():
    load_names()
    read = failed = 0
    for folder in map(pathlib.Path, sys.argv[1:] or default_folders()):
        paths = sorted(folder.glob('*.expected'))
        failed += not paths
        print('%s: %d messages in two encodings' % (folder.name, len(paths)))
        for path in paths:
            for ending, protocol in ('.json', TJSONProtocol.TJSONProtocol), ('.bin', TBinaryProtocol.TBinaryProtocol):
                read += 1
                try:
                    check(path, ending, protocol)
                except Exception as e:
                    failed += 1
                    print('FAIL %s%s: %s: %s' % (path.stem, ending, type(e).__name__, e))
    print('%d messages read, %d failed' % (read, failed))
    sys.exit(failed > 0)


if __name__ == '__main__':
    main()
