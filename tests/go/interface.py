#!/usr/bin/env python3
"""The interface file for the Thrift compiler: interface.py FIELDS.txt, to standard output.

Every field is optional, so that what the compiler generates tells a field that is not there from one that is zero."""
import re
import sys


def thrift_type(name):
    inner = re.fullmatch(r'(set|list|map)<(\w+)>', name)
    if inner and inner[1] == 'map':
        return 'map<string, %s>' % inner[2]
    return name


def main():
    structs, enums = {}, {}
    for line in open(sys.argv[1], encoding='utf-8'):
        words = line.split()
        if not words or words[0] == '#':
            continue
        if words[0] == 'enum':
            enums.setdefault(words[1], []).append((words[2], words[3]))
        else:
            structs.setdefault(words[0], []).append(words[1:])
    print('namespace go aurora')
    for name, values in enums.items():
        print('enum %s { %s }' % (name, ', '.join('%s = %s' % (word, number) for number, word in values)))
    for name, fields in structs.items():
        print('struct %s {' % name)
        for number, kind, field in fields:
            print('  %s: optional %s %s' % (number, thrift_type(kind), field))
        print('}')


main()
