/* Layers that the user loaded, beneath the incidents. Their shapes come once and stay; later updates only name them. */
(function () {
  "use strict";

  const COLOURS = { light: ["#7c3aed", "#b45309", "#0e7490", "#be123c", "#4d7c0f"], dark: ["#c4b5fd", "#fbbf24", "#67e8f9", "#fda4af", "#bef264"] };
  const held = new Map();

  function style(kind, colour) {
    if (kind === "area") return { color: colour, weight: 1.6, fillColor: colour, fillOpacity: 0.12 };
    return { color: colour, weight: kind === "line" ? 2.4 : 1.5, fillOpacity: 0.8 };
  }

  function layer(shapes, renderer) {
    const group = L.featureGroup();
    for (const [kind, name, parts] of shapes) {
      const given = { ...style(kind, "#000"), pane: "overlays", renderer };
      const drawn = kind === "area" ? [L.polygon(parts, given)] : kind === "line" ? [L.polyline(parts, given)]
        : parts.map((part) => L.circleMarker(part[0], { ...given, radius: 4 }));
      for (const one of drawn) {
        one.kind = kind;
        if (name) one.bindTooltip(el("span", "", name), { sticky: true });
        one.addTo(group);
      }
    }
    return group;
  }

  function shown(map, one, number, theme, renderer) {
    const known = held.get(one.key);
    if (one.shapes) {
      if (known) known.group.remove();
      held.set(one.key, { version: one.version, group: layer(one.shapes, renderer) });
    }
    const now = held.get(one.key);
    if (!now) return;
    const colour = COLOURS[theme][number % COLOURS[theme].length];
    if (now.colour !== colour) now.group.eachLayer((part) => part.setStyle({ color: colour, fillColor: colour }));
    now.colour = colour;
    now.name = one.name;
    now.group.addTo(map);
  }

  let renderer = null, legend = null, written = "";

  /* Shows these layers and no others; `wanted` is geo.layers.Drawing's overlays. */
  function overlays(map, wanted, theme) {
    if (!map.getPane("overlays")) {
      map.createPane("overlays").style.zIndex = 340;
      renderer = L.canvas({ pane: "overlays", padding: 0.5 });
    }
    const keys = new Set(wanted.map((one) => one.key));
    for (const [key, { group }] of held) if (!keys.has(key)) group.remove();
    wanted.forEach((one, number) => shown(map, one, number, theme, renderer));
    listed(map, wanted.filter((one) => held.has(one.key)));
  }

  /* The names of the layers with their colours. */
  function listed(map, wanted) {
    const text = JSON.stringify(wanted.map((one) => [one.name, held.get(one.key).colour]));
    if (text === written) return;
    written = text;
    if (legend) legend.remove();
    legend = null;
    if (!wanted.length) return;
    legend = L.control({ position: "topright" });
    legend.onAdd = () => {
      const box = el("div", "dateline-note dateline-overlays");
      for (const one of wanted) {
        const line = el("div", "", one.name);
        line.style.borderLeft = "4px solid " + held.get(one.key).colour;
        line.style.paddingLeft = "6px";
        box.append(line);
      }
      return box;
    };
    legend.addTo(map);
  }

  /* What the server need not send again. */
  const have = () => [...held].map(([key, { version }]) => key + "@" + version);

  Object.assign(window.Dateline, { overlays, have });
})();
