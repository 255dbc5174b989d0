/** Everything that is shown goes through here as text nodes: it may be hostile. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A name that may break between its words, where a line is too short for it. */
export function breakable(name: string): (Node | string)[] {
  return name
    .split(/(?<=[_./:-])(?![_./:-])|(?<=[a-z0-9])(?=[A-Z])/)
    .flatMap((part, at) => (at === 0 ? [part] : [make('wbr'), part]));
}

/** A button that submits nothing. */
export function button(look: string, ...children: readonly (Node | string)[]): HTMLButtonElement {
  return make('button', { type: 'button', class: look }, ...children);
}

/** An element of the page's own HTML. */
export function find(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`there is no #${id}`);
  return element;
}

/** Writes only what is new: a screen reader would say the old again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Makes the children be those of the items, in their order; what is there stays the same element. */
export function keep<Item>(
  parent: Element,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  create: (item: Item) => HTMLElement,
): void {
  const known = new Map([...parent.children].map((child) => [(child as HTMLElement).dataset['key'], child]));
  let at: Element | null = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = known.get(key);
    known.delete(key);
    if (child === undefined) {
      child = create(item);
      (child as HTMLElement).dataset['key'] = key;
    }
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
  for (const gone of known.values()) gone.remove();
}
