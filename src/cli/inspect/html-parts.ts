/** Written without what a minifier would take out: it does not look into texts. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f5f6f8;--surface:#fff;--line:#e1e4ea;--text:#171a21;--soft:#59616f;--accent:#3643a6;
--low:#176b3a;--low-ground:#e4f4ea;--medium:#1d5a9e;--medium-ground:#e6f0fb;--high:#8f4d00;--high-ground:#fdf0dc;--critical:#b3261e;--critical-ground:#fdebe9}
@media (prefers-color-scheme:dark){:root{--ground:#0f1115;--surface:#181b21;--line:#2a2f38;--text:#e8eaee;--soft:#a0a8b6;--accent:#a9b4ff;
--low:#6fd598;--low-ground:#14301f;--medium:#8fc2ff;--medium-ground:#15293f;--high:#f5bd6b;--high-ground:#352611;--critical:#ff9a92;--critical-ground:#3a1a18}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:66rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
h2{display:inline;font-size:1rem;overflow-wrap:anywhere}
h3{margin:1.25rem 0 .25rem;font-size:.875rem;color:var(--soft)}
p{margin:.25rem 0;overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,pre{font:.875em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
pre{margin:.25rem 0;padding:.5rem .75rem;background:var(--ground);border:1px solid var(--line);border-radius:.375rem;overflow-x:auto;overflow-wrap:normal}
blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid var(--line);white-space:pre-wrap;overflow-wrap:anywhere}
.what{margin-top:.5rem;font-size:.875rem}
.low,.medium,.high,.critical{padding:.0625rem .5rem;border-radius:1rem;font-size:.875rem;font-weight:600;white-space:nowrap}
.low{color:var(--low);background:var(--low-ground)}
.medium{color:var(--medium);background:var(--medium-ground)}
.high{color:var(--high);background:var(--high-ground)}
.critical{color:var(--critical);background:var(--critical-ground)}
.odd{color:var(--high)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.filter{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:1rem 0;padding:.5rem 0;background:var(--ground)}
[hidden]{display:none!important}
input,select{min-height:2.25rem;padding:.25rem .5rem;border:1px solid var(--soft);border-radius:.375rem;background:var(--surface);color:inherit;font:inherit}
.scrolled{overflow-x:auto;margin:.5rem 0 1rem;background:var(--surface);border:1px solid var(--line);border-radius:.5rem}
table{width:100%;border-collapse:collapse;font-size:.9375rem}
th,td{padding:.375rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tbody tr:last-child>*{border-bottom:0}
thead th{color:var(--soft);font-size:.8125rem}
tbody th{font-weight:400;min-width:10rem}
.number{text-align:right;font-variant-numeric:tabular-nums}
details{margin:.5rem 0;padding:.25rem 1rem;background:var(--surface);border:1px solid var(--line);border-radius:.5rem;scroll-margin-top:8rem}
summary{padding:.5rem 0;cursor:pointer}
details[open]{padding-bottom:1rem}
footer{margin-top:2rem;color:var(--soft);font-size:.875rem}
@media print{body{max-width:none;padding:0;background:#fff}.filter{display:none!important}.scrolled{overflow:visible}pre{white-space:pre-wrap}
details{border:0;padding:0}details::details-content{content-visibility:visible;display:block}summary{list-style:none}h2,h3,summary{break-after:avoid}tr,pre{break-inside:avoid}}
`;

/** Shows what fits all words, the category and the risk; opens what is linked to, and all that is printed. */
export const SCRIPT = `
'use strict';
const find = (id) => document.getElementById(id);
const rows = [...document.querySelectorAll('#all tbody tr')];
const tools = [...document.querySelectorAll('main > details')].map((element, index) => ({ element, row: rows[index], text: element.textContent.toLowerCase() }));
function show() {
  const words = find('words').value.toLowerCase().split(/\\s+/).filter(Boolean);
  const category = find('category').value;
  const risk = find('risk').value;
  let shown = 0;
  for (const { element, row, text } of tools) {
    const { dataset } = element;
    const fits = words.every((word) => text.includes(word)) && (!category || dataset.category === category) && (!risk || dataset.risk === risk);
    element.hidden = row.hidden = !fits;
    if (fits) shown++;
  }
  find('shown').textContent = shown + ' of ' + tools.length + ' tools';
}
function open() {
  const linked = tools.find(({ element }) => '#' + element.id === location.hash);
  if (linked) {
    linked.element.open = true;
    linked.element.scrollIntoView();
  }
}
if (tools.length > 0) {
  document.querySelector('.filter').hidden = false;
  for (const id of ['words', 'category', 'risk']) find(id).addEventListener('input', show);
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = tools.filter(({ element }) => !element.open);
    for (const { element } of closed) element.open = true;
  });
  addEventListener('afterprint', () => {
    for (const { element } of closed) element.open = false;
  });
  addEventListener('hashchange', open);
  show();
  open();
}
`;
