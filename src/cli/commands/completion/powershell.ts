import type { CompletionOption, CompletionPlace } from './places.js';

/** For Windows PowerShell 5.1 and later. Where nothing is returned, PowerShell completes names of files. */
export function powershellScript(places: readonly CompletionPlace[]): string {
  return `# Completion of policy-wrap for PowerShell, printed by: policy-wrap completion powershell
Register-ArgumentCompleter -Native -CommandName policy-wrap -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $places = @{
${places.map((place) => `        ${placeEntry(place)}`).join('\n')}
    }
    $place = ''
    $value = $null
    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text
        if ($null -ne $value) { $value = $null; continue }
        if ($word -eq '--') { return }
        if ($places[$place].Offers.ContainsKey($word)) { $value = $word; continue }
        $below = "$place $word".Trim()
        if ($places.ContainsKey($below)) { $place = $below }
    }
    $here = $places[$place]
    if ($null -ne $value) { $offers = $here.Offers[$value] }
    elseif ($wordToComplete.StartsWith('-')) { $offers = $here.Options }
    else { $offers = $here.Words }
    foreach ($offer in $offers.GetEnumerator()) {
        if ($offer.Key.StartsWith($wordToComplete)) {
            [System.Management.Automation.CompletionResult]::new($offer.Key, $offer.Key, 'ParameterValue', $offer.Value)
        }
    }
}
`;
}

function placeEntry({ name, commands, options, offer }: CompletionPlace): string {
  const words = [
    ...commands.map((each) => pair(each.name, each.summary)),
    ...(typeof offer === 'string' ? [] : offer.map((word) => pair(word, word))),
  ];
  const flags = options.flatMap(({ spellings, summary }) => spellings.map((word) => pair(word, summary)));
  const values = options.filter(({ value }) => value !== undefined).flatMap(valueEntries);
  return `${quoted(name)} = @{ Words = ${table(words)}; Options = ${table(flags)}; Offers = @{ ${values.join('; ')} } }`;
}

function valueEntries({ spellings, offer }: CompletionOption): string[] {
  const words = typeof offer === 'string' ? [] : offer.map((word) => pair(word, word));
  return spellings.map((spelling) => `${quoted(spelling)} = ${table(words)}`);
}

/** Words with what they mean, in their order. */
function table(pairs: readonly string[]): string {
  return `[ordered]@{ ${pairs.join('; ')} }`;
}

function pair(word: string, summary: string): string {
  return `${quoted(word)} = ${quoted(summary)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
