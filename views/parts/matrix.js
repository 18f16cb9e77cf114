/* Perpetrators down, targets across; a cell filters by the pair. Words go in by textContent only. */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  const table = el("table"), head = el("tr"), most = Math.max(1, ...data.counts.flat());
  table.append(el("caption", "", "Perpetrator (down) against target (across). Press a number to see only these."));
  head.append(el("td"));
  for (const [, name] of data.against) {
    const cell = el("th", "", name);
    cell.scope = "col";
    head.append(cell);
  }
  table.append(head);
  data.by.forEach(([by, name], i) => {
    const row = el("tr"), title = el("th", "", name);
    title.scope = "row";
    row.append(title);
    data.against.forEach(([against, whom], j) => {
      const cell = el("td"), count = data.counts[i][j];
      if (count) {
        const button = el("button", "", count.toLocaleString());
        button.type = "button";
        button.setAttribute("aria-label", name + " against " + whom + ": " + count.toLocaleString());
        button.setAttribute("aria-pressed", String(data.chosen[0].join() === by && data.chosen[1].join() === against));
        button.style.setProperty("--share", Math.round(8 + 44 * Math.sqrt(count / most)) + "%");
        button.onclick = () => setTriggerValue("picked", [by, against]);
        cell.append(button);
      } else cell.append(el("span", "", "·"));
      row.append(cell);
    });
    table.append(row);
  });
  root.replaceChildren(table);
}
