// Starts `jobc lsp` for job files.

import { commands, ExtensionContext, LanguageStatusSeverity, languages, window, workspace } from 'vscode';
import { LanguageClient, LanguageClientOptions, State } from 'vscode-languageclient/node';

import { registerDocuments } from './documents';
import { program } from './server';

let client: LanguageClient | undefined;

function settings(): { bind: Record<string, string>; user: string } {
  const all = workspace.getConfiguration('jobc');
  return { bind: all.get('bind', {}), user: all.get('user', '') };
}

async function start(context: ExtensionContext): Promise<void> {
  const command = program(context);
  if (command === undefined) {
    return;
  }
  const status = languages.createLanguageStatusItem('jobc', { language: 'aurora' });
  status.name = 'jobc';
  status.text = 'jobc';
  const args = ['lsp', ...workspace.getConfiguration('jobc').get<string[]>('arguments', [])];
  const options: LanguageClientOptions = {
    documentSelector: [{ language: 'aurora' }],
    initializationOptions: settings(),
    synchronize: { fileEvents: workspace.createFileSystemWatcher('**/{*.aurora,*.aur,jobc.toml}') },
  };
  client = new LanguageClient('jobc', 'jobc', { command, args }, options);
  context.subscriptions.push(
    status,
    client.onDidChangeState(({ newState }) => {
      status.severity = newState === State.Stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
      status.detail = newState === State.Running ? `${command} is running` : `${command} is not running`;
    }),
  );
  try {
    await client.start();
  } catch (error) {
    void window.showErrorMessage(`jobc could not be started (${command}): ${String(error)}. The setting jobc.path names another.`);
  }
}

export async function activate(context: ExtensionContext): Promise<void> {
  registerDocuments(context, () => program(context));
  context.subscriptions.push(
    commands.registerCommand('jobc.restart', async () => {
      await client?.stop();
      await start(context);
    }),
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('jobc.path') || event.affectsConfiguration('jobc.arguments')) {
        await commands.executeCommand('jobc.restart');
      } else if (event.affectsConfiguration('jobc')) {
        await client?.sendNotification('workspace/didChangeConfiguration', { settings: { jobc: settings() } });
      }
    }),
    workspace.onDidGrantWorkspaceTrust(() => commands.executeCommand('jobc.restart')),
  );
  await start(context);
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}
