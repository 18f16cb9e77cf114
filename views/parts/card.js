/* One incident: its values, and the report's words; a value lights up the words that it was read from. textContent only. */
function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) {
    node.textContent = text;
    node.dir = "auto";
  }
  return node;
}

function light(root, field, held) {
  for (const node of root.querySelectorAll("mark")) {
    const lit = field !== null && node.dataset.fields.split(" ").includes(String(field));
    node.classList.toggle("lit", lit);
  }
  root.classList.toggle("choosing", field !== null);
  if (held) {
    const first = root.querySelector("mark.lit");
    if (first) first.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}

function value(root, field, state) {
  const button = el("button", "value");
  button.type = "button";
  button.dataset.field = field.id;
  button.setAttribute("aria-pressed", "false");
  button.append(el("span", "main", field.text));
  if (field.note) button.append(el("span", "note", field.note));
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
    for (const other of root.querySelectorAll("button.value")) {
      other.setAttribute("aria-pressed", String(other.dataset.field === String(state.held)));
    }
    light(root, state.held, true);
  };
  return button;
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

function words(data) {
  const box = el("div", "report");
  for (const paragraph of data.paragraphs) {
    const p = el("p");
    p.dir = "auto";
    for (const piece of paragraph) {
      const node = el(piece.fields.length ? "mark" : "span", piece.evidence ? "evidence" : "", piece.text);
      node.removeAttribute("dir");
      if (piece.fields.length) node.dataset.fields = piece.fields.join(" ");
      p.append(node);
    }
    box.append(p);
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

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const state = { held: null };
  const head = el("header");
  head.append(el("h3", "", data.title), el("div", "place", data.subtitle));
  for (const badge of data.badges) head.append(el("span", "badge", badge));
  const unknown = el("ul", "unknown");
  for (const line of data.unknown) unknown.append(el("li", "", line));
  root.replaceChildren(head, values(root, data, state));
  if (data.unknown.length) root.append(el("h4", "", "Not said, or not found"), unknown);
  root.append(el("h4", "", "In the report's words"), source(data.report), words(data));
  root.append(el("p", "small", data.footnote));
  // Another incident than before, chosen far down a long list: its card begins above the screen.
  if (root.dataset.id !== data.id && head.getBoundingClientRect().top < 60) head.scrollIntoView({ block: "start" });
  root.dataset.id = data.id;
}
