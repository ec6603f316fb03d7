// Results of jobc as documents that are only there to be read.

import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { commands, EventEmitter, ExtensionContext, TextDocumentContentProvider, Uri, window, workspace } from 'vscode';

const SCHEME = 'jobc';

/** Runs jobc for the file of a virtual document. */
class Results implements TextDocumentContentProvider {
  private readonly changes = new EventEmitter<Uri>();
  readonly onDidChange = this.changes.event;

  constructor(private readonly program: () => string | undefined) {}

  refresh(uri: Uri): void {
    this.changes.fire(uri);
  }

  provideTextDocumentContent(uri: Uri): Promise<string> {
    const [command, file] = JSON.parse(uri.query) as [string, string];
    const program = this.program();
    if (program === undefined) {
      return Promise.resolve('jobc is not started: the workspace is not trusted.\n');
    }
    const settings = workspace.getConfiguration('jobc');
    const bind = Object.entries(settings.get<Record<string, string>>('bind', {}));
    const user = settings.get<string>('user', '');
    const flags = [...bind.flatMap(([name, value]) => ['--bind', `${name}=${value}`]), ...(user === '' ? [] : ['--user', user])];
    return new Promise((resolve) => {
      execFile(program, [command, file, ...flags], { cwd: dirname(file) }, (_error, stdout, stderr) => resolve(stdout || stderr));
    });
  }
}

/** Registers the commands that show what becomes of the file of the active editor. */
export function registerDocuments(context: ExtensionContext, program: () => string | undefined): void {
  const results = new Results(program);
  const show = (command: string, suffix: string) => async () => {
    const document = window.activeTextEditor?.document;
    if (document === undefined || document.isUntitled) {
      void window.showInformationMessage('jobc: open a job file that is saved.');
      return;
    }
    await document.save();
    const file = document.uri.fsPath;
    const uri = Uri.from({ scheme: SCHEME, path: `${document.uri.path}.${suffix}`, query: JSON.stringify([command, file]) });
    results.refresh(uri);
    await window.showTextDocument(uri, { preview: true, viewColumn: -2 });
  };
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(SCHEME, results),
    commands.registerCommand('jobc.inspect', show('inspect', 'txt')),
    commands.registerCommand('jobc.payload', show('compile', 'json')),
  );
}
