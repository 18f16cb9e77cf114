/* Counts and the range of a toll: a table with bars in its cells; over time columns, with the table below them.
   Words go in by textContent only; numbers are in the reader's own way of writing. */
const MOST = 12;

const number = (n) => n.toLocaleString();

function range([, , low, high, told, open]) {
  if (!told) return "no figure";
  if (open && low === high) return "at least " + number(low);
  const span = low === high ? number(low) : number(low) + "–" + number(high);
  return open ? span + " or more" : span;
}

function bar(shares) {
  const box = el("span", "bar");
  box.setAttribute("aria-hidden", "true");
  for (const [name, share] of shares) {
    const part = el("span", name);
    part.style.width = (100 * share).toFixed(2) + "%";
    box.append(part);
  }
  return box;
}

function cell(text, shares) {
  const node = el("td");
  node.append(bar(shares), el("span", "told", text));
  return node;
}

function table(data, rows) {
  const node = el("table"), head = el("tr");
  node.append(el("caption", "", data.title));
  for (const name of [data.counted, data.toll]) {
    const title = el("th", "", name);
    title.scope = "col";
    head.append(title);
  }
  head.prepend(el("td"));
  node.append(head);
  const most = Math.max(1, ...data.rows.map((row) => row[1])), worst = Math.max(1, ...data.rows.map((row) => row[3]));
  for (const row of rows) {
    const line = el("tr"), name = el("th", "", row[0]), [, count, low, high, told] = row;
    name.scope = "row";
    const toll = cell(range(row), [["low", low / worst], ["high", (high - low) / worst]]);
    if (told < count && told) toll.append(el("span", "note", number(count - told) + " without a figure"));
    line.append(name, cell(number(count), [["low", count / most]]), toll);
    node.append(line);
  }
  return node;
}

function folded(data, root, open) {
  const box = el("div");
  const shown = open.all ? data.rows : data.rows.slice(0, MOST);
  box.append(table(data, shown));
  if (data.rows.length > MOST) {
    const more = el("button", "", open.all ? "Show fewer" : "Show all " + number(data.rows.length));
    more.type = "button";
    more.onclick = () => { open.all = !open.all; draw(root, data, open); root.querySelector("button").focus(); };
    box.append(more);
  }
  return box;
}

function columns(data) {
  const box = el("div", "columns");
  for (const [label, parts] of [[data.counted, (row) => [["low", row[1]]]], [data.toll, (row) => [["high", row[3] - row[2]], ["low", row[2]]]]]) {
    const most = Math.max(1, ...data.rows.map((row) => parts(row).reduce((sum, one) => sum + one[1], 0)));
    const chart = el("div", "chart"), head = el("p", "", label + " – up to " + number(most) + " in one step");
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", label + ", " + data.rows[0][0] + " to " + data.rows[data.rows.length - 1][0] + "; the table below holds the same");
    data.rows.forEach((row, i) => {
      if (!row[1]) return;
      const column = el("span");
      column.title = row[0] + ": " + (label === data.counted ? number(row[1]) : range(row));
      column.style.left = (100 * i / data.rows.length).toFixed(3) + "%";
      column.style.width = "max(2px, calc(" + (100 / data.rows.length).toFixed(3) + "% - 1px))";
      for (const [name, value] of parts(row)) {
        const part = el("span", name);
        part.style.height = (100 * value / most).toFixed(2) + "%";
        column.append(part);
      }
      chart.append(column);
    });
    box.append(head, chart);
  }
  const axis = el("div", "axis");
  const ends = data.rows.length > 1 ? [data.rows[0][0], data.rows[data.rows.length - 1][0]] : [data.rows[0][0]];
  for (const name of ends) axis.append(el("span", "", name));
  box.append(axis);
  return box;
}

function draw(root, data, open) {
  if (!data.rows.length) {
    root.replaceChildren(el("p", "", data.nothing));
    return;
  }
  if (!data.time) {
    root.replaceChildren(folded(data, root, open));
    return;
  }
  const more = el("details"), scroll = el("div", "scroll");
  more.open = Boolean(open.table);
  more.ontoggle = () => { open.table = more.open; };
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", data.title);
  scroll.append(table(data, data.rows));
  more.append(el("summary", "", "The same as a table"), scroll);
  root.replaceChildren(columns(data), more);
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  root.open = root.open || {};
  draw(root, data, root.open);
}
