/* The filters: every value with how many it would leave. A change is told as one message; words go in by textContent. */
const WAIT = 260;

function input(type, label) {
  const node = el("input");
  node.type = type;
  if (label) node.setAttribute("aria-label", label);
  return node;
}

/* Calls once the typing rests. */
function rested(call) {
  let timer = null;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...given), WAIT);
  };
}

function choice(item, [value, label, count, note, chosen], tell) {
  const line = el("label", "choice" + (count === 0 ? " none" : ""));
  const box = input("checkbox");
  box.checked = chosen;
  box.dataset.value = value;
  box.onchange = () => tell({ name: item.name, [box.checked ? "add" : "drop"]: value });
  const words = el("span", "name", label);
  if (note) words.append(el("span", "note", note));
  line.append(box, words, el("span", "count", count === null ? "" : count.toLocaleString()));
  return line;
}

/* A list of values, with a field to search in where there are more than are shown. */
function picks(item, tell) {
  const box = el("div", "item"), list = el("div", "list"), more = el("div", "small");
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", item.label);
  let search = null;
  if (item.search !== undefined) {
    search = input("search", item.label);
    search.placeholder = item.hint || "Type to search …";
    const ask = rested(() => tell({ name: item.name, search: search.value }));
    search.oninput = () => { narrow(); ask(); };
  } else if (item.title) box.append(el("div", "title", item.label));
  /* What is at hand is narrowed at once; the rest follows from the server. */
  const narrow = () => {
    const wanted = search ? search.value.trim().toLowerCase() : "";
    for (const line of list.children) line.hidden = wanted !== "" && !line.textContent.toLowerCase().includes(wanted) && !line.firstChild.checked;
  };
  if (search) box.append(search);
  box.append(list, more);
  /* Asked of the list itself, how far it is scrolled would have the whole page laid out anew, once a list. */
  let top = 0, shown = "";
  list.onscroll = () => { top = list.scrollTop; };
  return {
    box,
    show(next) {
      const text = JSON.stringify(next);
      if (text === shown) return;
      shown = text;
      const focused = list.getRootNode().activeElement, value = focused && list.contains(focused) ? focused.dataset.value : null;
      const before = top;
      list.replaceChildren(...next.values.map((one) => choice(next, one, tell)));
      if (before) list.scrollTop = before;
      more.textContent = next.more ? "and " + next.more.toLocaleString() + " more: type to find them" : next.values.length ? "" : next.empty || "Nothing left";
      if (search && list.getRootNode().activeElement !== search) search.value = next.search;
      if (value !== null) {
        const again = [...list.querySelectorAll("input")].find((one) => one.dataset.value === value);
        if (again) again.focus();
      }
    },
  };
}

function radios(item, tell) {
  const box = el("fieldset", "item radios");
  if (item.label) box.append(el("legend", "title", item.label));
  const made = item.values.map(([value, label]) => {
    const line = el("label", "radio"), dot = input("radio");
    dot.name = item.name;
    dot.value = value;
    dot.onchange = () => tell({ name: item.name, set: [value] });
    line.append(dot, el("span", "", label));
    box.append(line);
    return dot;
  });
  return { box, show: (next) => made.forEach((dot) => { dot.checked = dot.value === next.value; }) };
}

/* One field or several side by side, each a parameter of its own. */
function inputs(item, tell) {
  const box = el("div", "item fields");
  const made = item.fields.map((one) => {
    const line = el("label", "field"), node = input(one.type, one.label);
    line.append(el("span", "title", one.label), node);
    if (one.placeholder) node.placeholder = one.placeholder;
    if (one.min !== undefined) node.min = one.min;
    if (one.max !== undefined) node.max = one.max;
    const send = () => {
      if (node.value === node.dataset.told) return;
      node.dataset.told = node.value;
      tell({ name: one.name, set: node.value === "" ? [] : [node.value] });
    };
    /* A day that is being typed passes through years such as 0002. */
    node.oninput = rested(() => { if (one.type === "date" ? node.value === "" ? node.validity.valid && document.activeElement === null : node.value >= "1800" : true) send(); });
    node.onchange = send;
    box.append(line);
    return node;
  });
  return {
    box,
    show: (next) => next.fields.forEach((one, i) => {
      if (made[i].getRootNode().activeElement === made[i] && made[i].dataset.told === one.value) return;
      made[i].value = one.value;
      made[i].dataset.told = one.value;
    }),
  };
}

function flag(item, tell) {
  const line = el("label", "choice item"), box = input("checkbox"), count = el("span", "count");
  box.dataset.name = item.name;
  box.onchange = () => tell({ name: item.name, set: box.checked ? ["1"] : [] });
  const words = el("span", "name", item.label);
  if (item.note) words.append(el("span", "note", item.note));
  line.append(box, words, count);
  return {
    box: line,
    show(next) {
      box.checked = next.value;
      count.textContent = next.count === undefined ? "" : next.count.toLocaleString();
    },
  };
}

const KINDS = { picks, radios, inputs, flag };

function group(spec, tell) {
  const box = el("details", "group"), head = el("summary"), mark = el("span", "mark");
  head.append(el("span", "", spec.label), mark);
  box.append(head);
  box.open = spec.open;
  const made = new Map();
  return {
    box,
    show(next) {
      mark.textContent = next.active ? String(next.active) : "";
      mark.setAttribute("aria-label", next.active ? next.active + " set" : "");
      const names = new Set(next.items.map((item) => item.name));
      for (const [name, one] of made) if (!names.has(name)) { one.box.remove(); made.delete(name); }
      for (const item of next.items) {
        if (!made.has(item.name)) {
          made.set(item.name, KINDS[item.kind](item, tell));
          box.append(made.get(item.name).box);
        }
        made.get(item.name).show(item);
      }
    },
  };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  const state = root.desk || (root.desk = { groups: new Map(), number: 0 });
  state.tell = (change) => setTriggerValue("changed", { ...change, number: (state.number += 1) });
  for (const spec of data.groups) {
    if (!state.groups.has(spec.key)) {
      const made = group(spec, (change) => state.tell(change));
      state.groups.set(spec.key, made);
      root.append(made.box);
    }
    state.groups.get(spec.key).show(spec);
  }
  root.dataset.answer = data.answer;
}
