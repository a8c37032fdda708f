// The page's own script. The address says which service is in focus, so that a link leads to it; everything that a
// description says is put in as text.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const { services, findable } = JSON.parse(byId("data").textContent);
  const [view, panel, search, results] = ["picture", "panel", "search", "results"].map(byId);
  const svg = view.querySelector("svg");
  const size = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  const all = (selector) => [...svg.querySelectorAll(selector)];
  const cards = all(".card");
  const edges = all("[data-edge]");
  const cardOfService = new Map(cards.map((card) => [card.dataset.node, card]));
  let scale = 1;

  function make(name, text, style) {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (style !== undefined) element.className = style;
    return element;
  }

  function addressOf(service) {
    return `#service=${encodeURIComponent(service)}`;
  }

  /** Leaves no trace in the history: going back leads away from the page. */
  function go(service) {
    location.replace(service === undefined ? "#" : addressOf(service));
  }

  function wanted() {
    const coded = /^#service=(.*)$/.exec(location.hash)?.[1];
    if (coded === undefined) return undefined;
    try {
      const name = decodeURIComponent(coded);
      return services.find((service) => service.name === name);
    } catch {
      return undefined;
    }
  }

  /** Things that a card shows, itself among them. */
  function thingsOf(card) {
    return [card, ...card.querySelectorAll("[data-node]")].map(({ dataset }) => dataset.node);
  }

  /** A service's own edges, and a message's whole way from its publisher to its consumer. */
  function edgesAround(card) {
    const own = new Set(thingsOf(card));
    const touching = edges.filter(({ dataset }) => own.has(dataset.from) || own.has(dataset.to));
    const sent = new Set(touching.map(({ dataset }) => dataset.to).filter((thing) => thing.startsWith("topic:")));
    const heard = new Set(touching.map(({ dataset }) => dataset.from).filter((thing) => thing.startsWith("topic:")));
    const onTheWay = edges.filter(
      ({ dataset }) => sent.has(dataset.from) || (heard.has(dataset.to) && dataset.edge.startsWith("publish ")),
    );
    return new Set([...touching, ...onTheWay]);
  }

  function light(card) {
    for (const element of all(".lit, .chosen")) element.classList.remove("lit", "chosen");
    svg.classList.toggle("focusing", card !== undefined);
    if (card === undefined) return;
    const lit = edgesAround(card);
    const ends = new Set([...lit].flatMap(({ dataset }) => [dataset.from, dataset.to]));
    const names = new Set([...lit].map(({ dataset }) => dataset.edge));
    for (const edge of lit) edge.classList.add("lit");
    for (const label of all("[data-label]")) label.classList.toggle("lit", names.has(label.dataset.label));
    for (const one of cards)
      one.classList.toggle("lit", one === card || thingsOf(one).some((thing) => ends.has(thing)));
    card.classList.add("chosen");
  }

  function itemOf({ head, service, notes }) {
    const item = make("li");
    const heading = make(service === undefined ? "span" : "a", head, "head");
    if (service !== undefined) heading.href = addressOf(service);
    item.append(heading, ...notes.map((note) => make("span", note, "note")));
    return item;
  }

  function describe(service) {
    panel.hidden = service === undefined;
    if (service === undefined) return panel.replaceChildren();
    const close = make("button", "×", "close");
    close.type = "button";
    close.setAttribute("aria-label", "close");
    close.addEventListener("click", () => go());
    const parts = service.sections.flatMap(({ title, items }) => {
      const list = make("ul");
      list.append(...items.map(itemOf));
      return [make("h3", title), list];
    });
    panel.replaceChildren(
      close,
      make("h2", service.name),
      make("p", service.context, "note"),
      make("p", service.description),
      make("p", service.facts.join(" · "), "note"),
      ...parts,
    );
    panel.scrollTop = 0;
  }

  function bringIntoView(card) {
    const box = card.getBoundingClientRect();
    const frame = view.getBoundingClientRect();
    view.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
    view.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
  }

  function show() {
    const service = wanted();
    const card = service && cardOfService.get(`service:${service.name}`);
    describe(service);
    light(card);
    for (const one of cards) if (one.tabIndex === 0) one.setAttribute("aria-pressed", String(one === card));
    if (card === undefined) return;
    // A name that nobody can read helps nobody.
    if (scale < 0.7) resize(0.7);
    bringIntoView(card);
  }

  function resize(to) {
    scale = Math.min(3, Math.max(0.1, to));
    svg.setAttribute("width", String(Math.round(size.width * scale)));
    svg.setAttribute("height", String(Math.round(size.height * scale)));
  }

  function fit() {
    resize(Math.min(1.4, view.clientWidth / size.width, view.clientHeight / size.height));
  }

  function find() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = findable.filter(({ kind, text, service }) => {
      const said = `${kind} ${text} ${service}`.toLowerCase();
      return words.every((word) => said.includes(word));
    });
    results.hidden = words.length === 0;
    const items = found.slice(0, 40).map(({ kind, text, service }) => {
      const button = make("button", text);
      button.type = "button";
      button.append(make("small", kind === "service" ? kind : `${kind}, ${service}`));
      button.addEventListener("click", () => {
        results.hidden = true;
        go(service);
      });
      const item = make("li");
      item.append(button);
      return item;
    });
    results.replaceChildren(...(items.length > 0 ? items : [make("p", "Nothing is called that.")]));
  }

  function alongResults(event) {
    const buttons = [...results.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Enter" && document.activeElement === search && !results.hidden) buttons[0]?.click();
    else if (event.key === "ArrowDown") (buttons[at + 1] ?? buttons[0])?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? buttons[at - 1] : search).focus();
    else return;
    event.preventDefault();
  }

  for (const { name } of services) {
    const card = cardOfService.get(`service:${name}`);
    if (card === undefined) continue;
    card.setAttribute("tabindex", "0");
    card.setAttribute("role", "button");
    card.setAttribute("aria-label", name);
    card.addEventListener("click", () => go(name));
    card.addEventListener("focus", () => card.matches(":focus-visible") && go(name));
  }
  search.addEventListener("input", find);
  search.addEventListener("focus", find);
  search.parentElement.addEventListener("keydown", alongResults);
  byId("smaller").addEventListener("click", () => resize(scale / 1.25));
  byId("larger").addEventListener("click", () => resize(scale * 1.25));
  byId("fit").addEventListener("click", fit);
  addEventListener("hashchange", show);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    search.value = "";
    results.hidden = true;
    go();
  });
  addEventListener("click", ({ target }) => {
    if (!search.parentElement.contains(target)) results.hidden = true;
  });
  svg.removeAttribute("role");
  // The panel first: it takes its share of the width.
  describe(wanted());
  // What doesn't fit in a readable size is scrolled to instead.
  resize(Math.max(0.45, Math.min(1.4, view.clientWidth / size.width)));
  show();
})();
