import { wordSet } from './nouns.js';

/**
 * Words of which a name may be made that says nothing of what is done, so that its description may say that the tool reads. What is not
 * among them may be a verb of some language, or somebody's word for a program: such a name is no read, whatever its text says.
 */
const isThing = wordSet(
  'about abstract academic account accommodation acronym activity actor address age agenda agent aggregation air aircraft airline airport ' +
    'album alert algorithm alias all allergy alternative altitude amount anagram analyzer anime animal annotation answer api apod app appointment arcgis area ' +
    'argument arrival art article artist arxiv asset assistant association asteroid astronomy atlas attachment attendee attribute audio augment author available ' +
    'average award back background bank bankholiday barcode base basic benchmark best bible bibliography bio biography bioinformatics birthday blockchain blog ' +
    'board body bond bookmark box brand branch breach breadcrumb brief browser bucket budget bug build builder building bundle bus business button ' +
    'cache calculation calculator calendar calorie campaign candle capability capacity capital card career cargo carrier cart case catalog catalogue category celsius ' +
    'census certificate channel chapter character chart chat checklist checker chemical chess child children choice church cities citation city class client climate clinical ' +
    'clock closest cluster coach code coin collection collision color colour column command comment commit commodity common community company comparison completion component ' +
    'composer concept condition conference config configuration congress connection console constant constellation contact content context contract contributor conversation ' +
    'conversion converter coordinate core corpus correlation cosine cost count country county coupon course cover coverage creator credibility cricket criteria crossref ' +
    'crypto cryptocurrency css csv culture currency current customer cve daily dashboard data database dataframe dataset date day dbpedia deadline deck deep default definition ' +
    'degree demo demographic departure dependency deployment depth design detail detailed detector device diagram dialog dictionary diet difference diff digest dimension dining direction ' +
    'directory disaster disclosure discography discount discussion disease display distance distribution dividend dns doc docs document documentation doi dog domain draft drug duration ' +
    'earning earthquake eclipse ecology economic economy edge education effect elevation email element embedding emoji emission employee endpoint energy english entity entry ' +
    'environment episode epoch equation error estimation ethereum etf etymology euro event example exception exchange exhibit exif expense experiment expert explanation explorer expression ' +
    'extension extractor fact factor faq fahrenheit family fashion favorite favourite feature feed feedback field figure file film filing filter finance financial finder finding fire flight flow ' +
    'folder follower food football forecast foreign form format formula forum frame framework freshness friend fuel function fund fundamental fuzzy game gas gdp gem gene genome genre gene geo geocoder geodata geography ' +
    'geoip geolocation gitignore glossary goal golf grade grammar graph greeting grid group growth guide guidance guideline guidelines gold handbook hash hashtag head header headline health heat height hello help helper hierarchy highlight hint ' +
    'histogram historical history hit holding holiday home homepage horoscope hospital host hotel hour house html humidity icon id idea identifier identity image imdb impact index indicator inflation info information ' +
    'infrastructure ingredient input insight inspector instance institution instruction instrument interaction interest interface introspection inventory investor ip isbn island iss issue item iteration itinerary ' +
    'job joke json journal jurisdiction kanji key keyword kit knowledge kpi label land landmark language last latency latest latitude law layer layout lead leaderboard league legal legislation lesson letter level ' +
    'lexicon library license line link linkage listing literature live local location log logo longitude lookup lunar lyrics machine magazine mail main manager manga manual map market markdown marker match material math mathematics matrix max ' +
    'mean meaning measurement media medication median meeting member memory memories menu merchant message meta metadata meteo method metric min mineral minute mission mode model module molecule moment monitoring month moon most mountain mouse movie museum ' +
    'music my name nasa nation national nba near nearby nearest neo network new news newsletter next nfl node notation note notebook notification noun number numerology nutrient nutrition object observation ocean office ' +
    'official offline olympic online ontology opensource operating opinion option orbit org organisation organization origin outage outline output overview owner package page pagerank paper paragraph parameter parent parser part participant particle passage ' +
    'patent path patient pattern pdb peer people percentage performance period periodic permission person phase phone photo phrase physics picture ping pitch place planet planetary plant platform player playlist plot pod podcast poem poetry point pokemon policy policies ' +
    'poll pollen pollution population portfolio position post postal power practice precipitation prediction preference premise presentation press price pricing prime problem product profile program project prompt property protein protocol provider publication publisher ' +
    'pubmed pull python quality quantity quarter question quiz quota quotation quote race radar radio rain random range ranking rate rating ratio reading reason reasoning recent recipe recommendation record reddit ref reference region registry regular regulation related relation relationship release ' +
    'religion reminder repo report repository representation reputation request requirement research reserve resource response restaurant result retriever revenue review rhyme risk river road roadmap role room root rotation route router row rss rule salary sample satellite scan scene ' +
    'schedule schema school science scholar score scope scraper screen screenshot script season second section sector security segment selector semantic senate sentence sentiment seo sequence sequential series server service session setting severity shape ' +
    'share shipment shipping shop show sibling signal similarity simple single site sitemap size skill slide slot snapshot snippet social software solar song sort source space species spectrum speech speed spell sport spreadsheet sql sst stack staff standard standing star stat state statement station statistic ' +
    'status step sticker stock storage store story strategy street string structure student style subdomain subject subreddit subscriber subtitle subtitles suggestion summarizer summary sun sunrise sunset supplier supply support survey symbol symptom synonym syntax system table tag talent target task tax taxonomy team tech technical ' +
    'technology telescope temperature template tempo term terminology territory test text texture theater theme theory therapy thesaurus thing think thinking thought thread ticker ticket tide tile time timeline timestamp timezone tip title today token tool toolkit top topic total tour ' +
    'town track tradition traffic trailer train transcript transcription transit translation translator transport travel treatment tree trend trending trial trip trivia truth tutorial tv tweet type typo typography uk unicode unit university update upcoming uri url us usa usage user username uv ' +
    'vaccine validation validator value variable variant vector vehicle vendor venue verse version video view visa visibility visitor vital vocabulary voice volcano volume vulnerability wage warning water wave way wealth weather web webpage website week weekday weekly weight welcome wiki ' +
    'wikidata wikipedia wiktionary wildlife wind wine woeid word workspace workbook workflow world worldwide worksheet xml year yearly yield youtube zip zipcode zodiac zone zoo ' +
    'analysis basis bonus corpus lens axis gps canvas business process status chess bias species headquarters analytics statistics economics genetics logistics diagnostics ' +
    'staged unstaged cached deleted modified created updated archived recommended saved shared trusted verified related supported allowed ' +
    'good high low open closed free full large small short long old past present public private global internal external general specific first former upper lower ' +
    'ssl tls http https mermaid plantuml latex ascii unix utc gmt linux windows macos ios android react vue angular swift rust golang java kotlin ' +
    'it this that these me you what which who where when how artifact blob cell stub snippet mock fixture preview webhook hook worker thread heap trace span profile bottleneck coverage assertion breakpoint ' +
    'and or of for in on at to from with by the a an is per as via into within between around near not no ' +
    'google github gitlab bitbucket aws azure gcp amazon microsoft apple meta facebook instagram linkedin twitter tiktok telegram slack discord notion jira confluence linear asana trello figma shopify hubspot salesforce zendesk stripe paypal ' +
    'airtable sentry datadog grafana elastic supabase neon mongo mongodb postgres mysql redis docker kubernetes k8s terraform git openai anthropic claude gemini perplexity brave tavily exa firecrawl kagi serp bing duckduckgo searxng context7 deepwiki ' +
    'wolfram arxiv semanticscholar crossref yahoo yfinance coingecko binance openweather accuweather tmdb spotify maps osm mapbox obsidian hackernews hn npm pypi maven cargo mcp llm ai rag kb dynamodb s3 ec2 eks ecs rds iam tf cdk cfn source db',
);
const SHORTEST_GLUED = 3;
const MOST_GLUED = 40;

/** Whether a word, or each of those that are glued together in it, is only the name of a thing. */
export function isHarmless(word: string): boolean {
  return isThing(word) || /^\d+$/.test(word) || isGlued(word);
}

/** `bestpractices`, `stockprice`. */
function isGlued(word: string): boolean {
  if (word.length < 2 * SHORTEST_GLUED || word.length > MOST_GLUED || !/^[a-z]+$/.test(word)) return false;
  const ends = [0];
  for (let end = SHORTEST_GLUED; end <= word.length; end++)
    if (ends.some((start) => end - start >= SHORTEST_GLUED && isThing(word.slice(start, end))))
      ends.push(end);
  return ends.at(-1) === word.length;
}
