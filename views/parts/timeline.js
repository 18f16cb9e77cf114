/* Bars of incidents over time; a drag across them chooses the days between. */
const HIGH = 46, AXIS = 16, LEAST_DRAG = 4;

function dayAfter(iso, days) {
  const day = new Date(iso + "T00:00:00Z");
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/* First day and count of every bar -> bars with their last day and their name in the reader's language. */
function bars(data) {
  const name = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
  const day = (iso) => new Date(iso + "T00:00:00Z");
  return data.firsts.map((first, i) => {
    const last = i + 1 < data.firsts.length ? dayAfter(data.firsts[i + 1], -1) : data.end;
    return { first, last, count: data.counts[i], mark: data.marks[i] || "", name: () => first === last ? name.format(day(first)) : name.formatRange(day(first), day(last)) };
  });
}

function draw(root, data, choose) {
  const bins = bars(data);
  const wide = Math.max(120, root.clientWidth), n = bins.length, step = wide / n;
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const box = svg("svg", { width: wide, height: HIGH + AXIS, role: "img", "aria-label": data.label });
  const chosen = (bin) => !data.from && !data.to ? true : (!data.from || bin.last >= data.from) && (!data.to || bin.first <= data.to);
  bins.forEach((bin, i) => {
    const tall = bin.count ? Math.max(3, (bin.count / most) * (HIGH - 4)) : 0;
    const bar = svg("rect", { x: i * step, y: HIGH - tall, width: Math.max(1, step - 1), height: tall, class: chosen(bin) ? "bar" : "bar off" });
    bar.append(svg("title", {}, bin.name() + ": " + bin.count.toLocaleString()));
    box.append(bar);
  });
  let written = -100;
  bins.forEach((bin, i) => {
    if (!bin.mark || i * step - written < 56 || i * step > wide - 30) return;
    written = i * step;
    box.append(svg("line", { x1: written, x2: written, y1: HIGH, y2: HIGH + 4, class: "tick" }));
    box.append(svg("text", { x: written + 3, y: HIGH + 13, class: "mark" }, bin.mark));
  });
  box.append(svg("line", { x1: 0, x2: wide, y1: HIGH, y2: HIGH, class: "tick" }));
  drag(box, bins, step, choose, Boolean(data.from || data.to));
  root.replaceChildren(box);
}

function drag(box, bins, step, choose, set) {
  const shade = svg("rect", { y: 0, height: HIGH, width: 0, class: "shade" });
  box.append(shade);
  let start = null;
  const at = (event) => Math.min(Math.max(event.clientX - box.getBoundingClientRect().left, 0), step * bins.length - 1);
  box.onpointerdown = (event) => { start = at(event); box.setPointerCapture(event.pointerId); };
  box.onpointermove = (event) => {
    if (start === null) return;
    shade.setAttribute("x", Math.min(start, at(event)));
    shade.setAttribute("width", Math.abs(at(event) - start));
  };
  box.onpointercancel = () => { start = null; shade.setAttribute("width", 0); };
  box.onpointerup = (event) => {
    if (start === null) return;
    const [low, high] = [Math.min(start, at(event)), Math.max(start, at(event))];
    start = null;
    const bin = (x) => bins[Math.floor(x / step)];
    if (high - low >= LEAST_DRAG) choose([bin(low).first, bin(high).last]);
    else {
      shade.setAttribute("width", 0);
      if (set) choose([]);
    }
  };
}

/* Steps a window of bars through time: the next step waits until the answer to the last one is here. */
const STEPS = [["1", "step of a bar"], ["3", "steps of 3"], ["12", "steps of 12"]];
const WINDOWS = [["1", "1 bar wide"], ["4", "4 bars wide"], ["12", "12 bars wide"], ["0", "from the start on"]];
const PACE = 450;

function select(options, label, value, change) {
  const node = document.createElement("select");
  node.setAttribute("aria-label", label);
  for (const [code, words] of options) node.append(new Option(words, code, false, code === value));
  node.onchange = () => change(node.value);
  return node;
}

function player(root, play, bins, choose) {
  const bar = document.createElement("div"), button = document.createElement("button");
  bar.className = "player";
  button.type = "button";
  const face = () => { button.textContent = play.on ? "❚❚ Pause" : "▶ Play through time"; };
  button.onclick = () => { play.on = !play.on; face(); if (play.on) { play.at = play.at >= bins.length ? 0 : play.at; next(); } };
  const next = () => {
    if (!play.on) return;
    const wide = Number(play.window), last = Math.min(bins.length - 1, wide ? play.at + wide - 1 : play.at);
    choose([bins[wide ? play.at : 0].first, bins[last].last]);
    play.at += Number(play.step);
    if (last >= bins.length - 1) { play.on = false; play.at = 0; }
    face();
  };
  bar.append(button, select(WINDOWS, "Window", play.window, (v) => { play.window = v; }), select(STEPS, "Step", play.step, (v) => { play.step = v; }));
  face();
  clearTimeout(play.timer);
  if (play.on) play.timer = setTimeout(next, PACE);
  return bar;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  const play = root.play || (root.play = { on: false, at: 0, step: "1", window: "4", timer: null });
  const choose = (range) => setTriggerValue("picked", range);
  const show = () => {
    const held = root.getRootNode().activeElement, name = held && (held.getAttribute("aria-label") || held.tagName);
    draw(root, data, (range) => { play.on = false; choose(range); });
    root.append(player(root, play, bars(data), choose));
    if (name) for (const node of root.querySelectorAll("button, select")) if ((node.getAttribute("aria-label") || node.tagName) === name) node.focus();
  };
  show();
  const watch = new ResizeObserver(() => {
    if (Math.abs(root.clientWidth - Number(root.firstChild.getAttribute("width"))) > 1) show();
  });
  watch.observe(root);
  return () => { clearTimeout(play.timer); watch.disconnect(); };
}
