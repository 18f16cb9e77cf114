/* An incident and the event around it: who says what, and the reports' words; a value lights up the words that it was
   read from. textContent only. */
function light(root, field, held) {
  for (const node of root.querySelectorAll("mark")) {
    const lit = field !== null && node.dataset.fields.split(" ").includes(String(field));
    node.classList.toggle("lit", lit);
  }
  root.classList.toggle("choosing", field !== null);
  const said = root.querySelector(".said");
  if (said) said.replaceChildren(...(root.quotes.get(field) || []).map(quotation));
  if (held) {
    const first = root.querySelector("mark.lit");
    const folded = first && first.closest("details");
    if (folded) folded.open = true;
    if (first) first.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}

function quotation(quote) {
  const line = el("p");
  if (quote.words) line.append(el("q", "", quote.words), " ");
  line.append(el("span", "note", "— " + quote.source));
  return line;
}

/* What a button of a value does: its words are lit while it is pointed at or focused, and held when it is pressed. */
function lights(root, button, field, state) {
  button.type = "button";
  button.dataset.field = field.id;
  button.setAttribute("aria-pressed", "false");
  if (!field.lights) {
    button.disabled = true;
    return button;
  }
  button.title = "Show the words that say so";
  const show = (id) => light(root, id, false);
  button.onmouseenter = () => show(field.id);
  button.onmouseleave = () => show(state.held);
  button.onfocus = () => show(field.id);
  button.onblur = () => show(state.held);
  button.onclick = () => {
    state.held = state.held === field.id ? null : field.id;
    for (const other of root.querySelectorAll("button[data-field]")) {
      other.setAttribute("aria-pressed", String(other.dataset.field === String(state.held)));
    }
    light(root, state.held, true);
  };
  return button;
}

function value(root, field, state) {
  const button = el("button", "value");
  button.append(el("span", "main", field.text));
  if (field.note) button.append(el("span", "note", field.note));
  return lights(root, button, field, state);
}

function values(root, data, state) {
  const table = el("dl");
  for (const group of data.groups) {
    table.append(el("dt", "", group.label));
    const cell = el("dd");
    for (const field of group.fields) cell.append(value(root, field, state));
    table.append(cell);
  }
  return table;
}

/* What describes wounds or bodies stands behind a notice; a value that was read there opens it. */
function noticed(paragraph) {
  const box = el("details", "graphic");
  box.append(el("summary", "", "Describes wounds, bodies or cruelty. Show it"), paragraph);
  return box;
}

function words(paragraphs, graphic) {
  const box = el("div", "report");
  for (const [place, paragraph] of paragraphs.entries()) {
    const p = el("p");
    p.dir = "auto";
    for (const piece of paragraph) {
      const node = el(piece.fields.length ? "mark" : "span", piece.evidence ? "evidence" : "", piece.text);
      node.removeAttribute("dir");
      if (piece.fields.length) node.dataset.fields = piece.fields.join(" ");
      p.append(node);
    }
    box.append(graphic.includes(place) ? noticed(p) : p);
  }
  return box;
}

function source(report) {
  const box = el("div", "source");
  box.append(el("b", "", report.title));
  box.append(el("span", "", report.line));
  if (report.url) {
    const link = el("a", "", "Open the original report");
    link.href = report.url;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    box.append(link);
  }
  return box;
}

/* One row a claimant; each cell says where it was read, and leads to its words. */
function claims(root, event, state) {
  const table = el("table", "claims");
  const head = el("tr");
  for (const name of ["Says who", ...event.columns]) head.append(el("th", "", name));
  for (const cell of head.children) cell.scope = "col";
  const top = el("thead"), body = el("tbody");
  top.append(head);
  for (const row of event.rows) {
    const line = el("tr"), who = el("th");
    who.scope = "row";
    who.append(el("span", "main", row.name));
    if (row.note) who.append(el("span", "note", row.note));
    line.append(who);
    row.cells.forEach((said, n) => {
      const cell = el("td");
      cell.dataset.label = event.columns[n];
      for (const one of said) {
        const button = value(root, one, state);
        const told = one.quotes.map((quote) => quote.source + (quote.words ? ": “" + quote.words + "”" : ""));
        button.title = told.join("\n");
        cell.append(button);
      }
      line.append(cell);
    });
    body.append(line);
  }
  table.append(top, body);
  return table;
}

/* The words of the cell that is pointed at or pressed, below the table. */
function said(root, event) {
  root.quotes = new Map(event.rows.flatMap((row) => row.cells.flat()).map((one) => [one.id, one.quotes]));
  const box = el("div", "said");
  box.setAttribute("aria-live", "polite");
  return box;
}

function lines(className, texts) {
  const list = el("ul", className);
  for (const text of texts) list.append(el("li", "", text));
  return list;
}

function figures(event) {
  const box = el("dl", "figures");
  for (const one of event.figures) {
    const told = el("dd");
    told.append(el("b", "", one.range), el("span", "", "shown: " + one.shown), el("span", "note", one.rule));
    box.append(el("dt", "", one.label), told);
  }
  return box;
}

function section(title, ...nodes) {
  return [el("h4", "", title), ...nodes];
}

function event(root, data, state) {
  const found = data.event, grade = el("p", "grade " + found.grade.name, found.grade.means);
  const parts = [grade, lines("reasons", found.reasons), el("p", "small", found.counts)];
  if (found.rows.length) parts.push(...section("Who says what (press a cell for its words)", claims(root, found, state), said(root, found)));
  if (found.silent) parts.push(el("p", "small", found.silent));
  if (found.figures.length) parts.push(...section("Figures, lowest to highest", figures(found)));
  if (found.blames.length) parts.push(...section("Who holds whom responsible", lines("blames", found.blames)));
  return parts;
}

function others(data) {
  const title = data.others.length === 1 ? "One more report of it" : data.others.length + " more reports of it";
  const folded = data.others.map((one) => {
    const box = el("details"), head = el("summary");
    head.append(el("b", "", one.source.title), el("span", "", one.source.line));
    if (one.copy) head.append(el("span", "badge", "copy of another report"));
    box.append(head, source(one.source), words(one.paragraphs, one.graphic));
    return box;
  });
  return section(title, ...folded);
}

function trail(data) {
  const list = el("ol", "trail");
  for (const one of data.trail) {
    const item = el("li", one.stands ? "" : "undone");
    item.append(el("b", "", one.who + " " + one.done), el("span", "note", "no. " + one.number + ", " + one.at));
    for (const change of one.changes) item.append(el("span", "change", change));
    if (one.reason) item.append(el("span", "", "Why: " + one.reason));
    if (!one.stands) item.append(el("span", "badge", "undone"));
    list.append(item);
  }
  return section("History", list);
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const state = { held: null };
  root.quotes = new Map();
  const head = el("header");
  head.append(el("h3", "", data.title), el("div", "place", data.subtitle));
  for (const badge of data.badges) head.append(el("span", "badge", badge));
  root.replaceChildren(head);
  if (data.event) root.append(...event(root, data, state), el("h4", "", "As this report tells it"));
  root.append(values(root, data, state));
  if (data.unknown.length) root.append(...section("Not said, or not found", lines("unknown", data.unknown)));
  root.append(...section("In the report's words", source(data.report), words(data.paragraphs, data.graphic)));
  if (data.others && data.others.length) root.append(...others(data));
  if (data.trail && data.trail.length) root.append(...trail(data));
  root.append(el("p", "small", data.footnote));
  // Another incident than before, chosen far down a long list: its card begins above the screen.
  if (root.dataset.id !== data.id && head.getBoundingClientRect().top < 60) head.scrollIntoView({ block: "start" });
  root.dataset.id = data.id;
}
