// Which program is started.

import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { ExtensionContext, workspace } from 'vscode';

/** The `jobc` to start. In a workspace that is not trusted, only the bundled one: settings and PATH may come from it. */
export function program(context: ExtensionContext): string | undefined {
  const name = process.platform === 'win32' ? 'jobc.exe' : 'jobc';
  const bundled = path.join(context.extensionPath, 'bin', name);
  const hasBundled = existsSync(bundled);
  if (!workspace.isTrusted) {
    return hasBundled ? bundled : undefined;
  }
  const set = workspace.getConfiguration('jobc').get<string>('path', '');
  return set !== '' ? set : hasBundled ? bundled : name;
}
