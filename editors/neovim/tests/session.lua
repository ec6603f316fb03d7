-- A session of a person: open a file, make a mistake, see it, ask what a field is, complete, jump into a library, rename.
-- Run by `nvim --headless --clean -l session.lua JOBC FOLDER`; ends with an error where something is not as it should be.

local jobc, folder = arg[1], arg[2]

vim.opt.runtimepath:prepend(vim.fs.dirname(vim.fs.dirname(vim.fn.fnamemodify(arg[0], ':p'))))
vim.cmd('runtime! ftdetect/*.vim | filetype plugin on | syntax on')
vim.lsp.config('jobc', { cmd = { jobc, 'lsp' }, filetypes = { 'aurora' }, root_markers = { 'jobc.toml', '.git' } })
vim.lsp.enable('jobc')

local function wait(what, condition)
  assert(vim.wait(20000, condition, 20), 'not seen: ' .. what)
end

local function request(method, line, column, more)
  local client = vim.lsp.get_clients({ bufnr = 0 })[1]
  local params = vim.tbl_extend('force', {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = line - 1, character = column },
  }, more or {})
  local answer = client:request_sync(method, params, 20000, vim.api.nvim_get_current_buf())
  assert(answer and not answer.err, method .. ': ' .. vim.inspect(answer))
  return answer.result
end

vim.cmd.edit(folder .. '/job.aurora')
assert(vim.bo.filetype == 'aurora', 'the filetype is ' .. vim.bo.filetype)
wait('the server', function() return #vim.lsp.get_clients({ bufnr = 0 }) == 1 end)

vim.api.nvim_buf_set_lines(0, -1, -1, false, { "late = Proces(name = 'x')" })
wait('the mistake', function()
  local all = vim.diagnostic.get(0)
  return #all == 1 and all[1].code == 'E0101'
end)
vim.api.nvim_buf_set_lines(0, -2, -1, false, { 'late = Process(' })
local items = request('textDocument/completion', vim.api.nvim_buf_line_count(0), 15)
assert(vim.iter(items):any(function(item) return item.label == 'cmdline' end), 'no completion of cmdline')
vim.api.nvim_buf_set_lines(0, -2, -1, false, {})
wait('no mistake', function() return #vim.diagnostic.get(0) == 0 end)

local places = request('textDocument/definition', 2, 12)
assert(#places == 1 and vim.endswith(places[1].uri, '/lib.aurora'), vim.inspect(places))
local edit = request('textDocument/rename', 2, 12, { newName = 'web_service' })
assert(vim.tbl_count(edit.changes) == 2, vim.inspect(edit))
print('neovim: a session went as it should\n')
vim.cmd('quitall!')
