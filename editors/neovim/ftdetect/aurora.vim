autocmd BufNewFile,BufRead *.aurora,*.aur setfiletype aurora
