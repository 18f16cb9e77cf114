/* The list of incidents. Words from reports go in by textContent only. */
function glyph(family, theme, drawn) {
  const box = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  const colour = theme === "dark" ? family.dark : family.light;
  box.append(svg("path", { d: family.path, fill: drawn ? colour : "none", stroke: colour, "stroke-width": "2" }));
  return box;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  const list = el("ul");
  for (const row of data.rows) {
    const item = el("li");
    const button = el("button", row.id === data.chosen ? "chosen" : "");
    button.type = "button";
    button.dataset.id = row.id;
    if (row.id === data.chosen) button.setAttribute("aria-current", "true");
    const words = el("span", "words");
    const top = el("span", "top");
    top.append(el("b", "", row.what), el("span", "day", row.day));
    words.append(top, el("span", "where", row.where), el("span", "who", row.who));
    if (row.note) words.append(el("span", "note", row.note));
    words.append(el("span", row.counted ? "toll" : "none", row.toll));
    button.append(glyph(data.families[row.family], data.theme, row.drawn), words);
    button.onclick = () => setTriggerValue("picked", row.id);
    item.append(button);
    list.append(item);
  }
  root.replaceChildren(list);
  const current = root.querySelector(".chosen");
  if (current) current.scrollIntoView({ block: "nearest" });
}
