" Job files of Apache Aurora: Python with references in strings.
if exists('b:current_syntax')
  finish
endif
runtime! syntax/python.vim
unlet! b:current_syntax

syntax match auroraReference /{{&\?[A-Za-z_.][^{} ]*}}/ contained containedin=pythonString,pythonRawString
syntax match auroraAtRunTime /{{&\?\(mesos\|thermos\)\>[^{} ]*}}/ contained containedin=pythonString,pythonRawString
syntax match auroraType /\<[A-Z]\w*\ze\s*(/
syntax match auroraField /\<\h\w*\ze\s*==\@!/
syntax keyword auroraUnit BYTES KB MB GB TB
syntax match auroraDirective /jobc:\s*allow([^)]*)/ contained containedin=pythonComment

highlight default link auroraReference Identifier
highlight default link auroraAtRunTime Special
highlight default link auroraType Type
highlight default link auroraField Label
highlight default link auroraUnit Constant
highlight default link auroraDirective PreProc

let b:current_syntax = 'aurora'
