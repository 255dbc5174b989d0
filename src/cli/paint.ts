import pc from 'picocolors';

/** An action (or `limited`) in the colour that people expect of it; plain where colour is off. */
export function paintAction(action: string): string {
  switch (action) {
    case 'allow':
      return pc.green(action);
    case 'deny':
    case 'hide':
      return pc.red(action);
    default:
      return pc.yellow(action);
  }
}
