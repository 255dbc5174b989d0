import type { Catalogue } from '../../catalogue/catalogue.js';
import { displayPath } from '../../config/places.js';
import { USUAL_CHOICES } from '../../core/draft.js';
import { isNamable } from '../../core/draft-tools.js';
import { quote } from '../../core/quote.js';
import { visible } from '../../core/visible.js';
import { EXIT, UsageError } from '../exit.js';
import { tell } from '../output.js';
import { catalogueOf } from '../the-catalogue.js';
import type { ServerChoice } from '../tool-commands.js';
import { type Destination, destinationOf, type ReadPolicy, readExisting } from './destination.js';
import { type Standing, standingOf } from './existing.js';
import { nextSteps, toldTools } from './told.js';
import { addTo, writeNew } from './write.js';

export interface InitOptions extends ServerChoice {
  config?: string;
  yes?: boolean;
  update?: boolean;
}

/** Writes a policy for the tools of a server, or adds them to the one that is there. */
export async function init(options: InitOptions): Promise<number> {
  const cwd = process.cwd();
  const destination = destinationOf(options.config, cwd);
  const existing = await readExisting(destination.file, cwd);
  const catalogue = await catalogueOf(options);
  checkId(catalogue.id);
  for (const warning of catalogue.warnings) tell(visible(warning));
  if (existing === undefined) await create(destination, catalogue);
  else await add(destination, existing, catalogue, options);
  nextSteps(destination, options.command);
  return EXIT.fine;
}

async function create({ file }: Destination, catalogue: Catalogue): Promise<void> {
  await writeNew(file, catalogue, USUAL_CHOICES);
  tell(`wrote ${displayPath(file)}: ${toldTools(catalogue.tools)} of ${quote(catalogue.id)}`);
}

async function add(
  { file }: Destination,
  existing: ReadPolicy,
  catalogue: Catalogue,
  { update }: InitOptions,
): Promise<void> {
  const name = displayPath(file);
  const standing = standingOf(existing, catalogue.id, catalogue.tools);
  if (standing.known && !update)
    throw new UsageError(
      `${name} has a section for ${quote(catalogue.id)} already`,
      'add --update to add the tools that are new and keep the rest',
    );
  const added = await addTo(file, existing, catalogue, standing);
  tell(
    added === 0 && standing.known
      ? `nothing is new: ${name} names every tool of ${quote(catalogue.id)}`
      : `added to ${name}: ${toldTools(standing.fresh)} of ${quote(catalogue.id)}`,
  );
  tellGone(standing);
}

function tellGone({ gone }: Standing): void {
  if (gone.length === 0) return;
  const [is, entry] = gone.length === 1 ? ['is', 'its entry stays'] : ['are', 'their entries stay'];
  tell(`${gone.map(quote).join(', ')} ${is} not listed any more; ${entry}`);
}

/** A section is found by its key, which must mean this server and no other. */
function checkId(id: string): void {
  if (id === '')
    throw new UsageError(
      'the list does not say whose tools it has',
      'name the server, such as --server my-server',
    );
  if (!isNamable(id))
    throw new UsageError(`${quote(id)} cannot be the key of a server`, 'give it another with --server');
}
