/** The server asks in its results. What comes back goes on with it, honestly or not (Rounds). */
export function rounds({ client, random }) {
  const stateless = random.chance(0.3);
  const method = random.pick(['elicitation/create', 'elicitation/create', 'sampling/createMessage']);
  const args = { rounds: stateless ? 1 : random.between(1, 3), stateless, method };
  client.call('meter_rounds', { does: 'asks in rounds', modern: true, args });
}

/** Called with each `input_required`: mostly the honest retry, sometimes one that the server has not asked for. */
export function nextRound({ client, random, book }, entry, { requestState }) {
  if (entry.requests > 6) return;
  const inputResponses = { sure: { action: 'accept', content: {} } };
  const honest = { inputResponses, ...(requestState === undefined ? {} : { requestState }) };
  const forged = random.pick([
    { inputResponses, requestState: `${requestState ?? ''}!` },
    { inputResponses: { other: {} }, ...(requestState === undefined ? {} : { requestState }) },
    { inputResponses: {} },
  ]);
  const isHonest = random.chance(0.75);
  book.count(isHonest ? 'client: honest retries' : 'client: forged retries');
  entry[isHonest ? 'honest' : 'forged'] = (entry[isHonest ? 'honest' : 'forged'] ?? 0) + 1;
  client.repeat(entry, isHonest ? honest : forged);
}
