/* The map's drawing: outlines, names, incidents. Every word from a report goes in by textContent or setAttribute. */
(function () {
  "use strict";

  const COLOURS = {
    light: { sea: "#dbe6ee", land: "#f6f4ee", border: "#a9a698", city: "#57534a", country: "#7d786a", halo: "#f6f4ee" },
    dark: { sea: "#12181f", land: "#232a33", border: "#4a5563", city: "#b4bdc8", country: "#8e99a6", halo: "#232a33" },
  };
  /* Smallest population, in thousands, of a city that is named at a zoom level. */
  const NAMED_FROM = [9e9, 9e9, 9e9, 8000, 3000, 1200, 400, 150, 60];
  const MAX_NAMES = 90;
  const ICON = 26;
  /* Kilometres; a ring smaller than a street's length says nothing that the mark does not say. */
  const LEAST_RING = 0.5;
  const REST = 40;
  const BRIEF = 6000;
  /* From this zoom on a disc of incidents at one point cannot be parted by going nearer. */
  const NEAREST_SPLIT = 9;

  const state = { theme: "light", tiles: null, outlines: null, names: null, fitted: false, extent: null, turn: null, acts: 0, act: null };

  function colour(point) {
    if (state.parties) {
      const party = state.parties[point.party];
      return party ? state.colours[party[1]][state.theme === "dark" ? 1 : 0] : state.theme === "dark" ? "#c9ced6" : "#4b5563";
    }
    const family = state.families[point.family];
    return state.theme === "dark" ? family.dark : family.light;
  }

  /* Tells the server what is on the screen, and what was done: at once, where the component itself would wait 250 ms. */
  function tell(map, act) {
    if (act) state.act = { ...act, n: (state.acts += 1) };
    const box = map.getBounds(), middle = map.getCenter().wrap();
    const view = [box.getSouth(), box.getWest(), box.getNorth(), box.getEast(), map.getZoom(), middle.lat, middle.lng, state.touched ? 1 : 0];
    const value = { view, act: state.act, have: Dateline.have ? Dateline.have() : [] };
    const text = JSON.stringify(value);
    if (text === state.told) return;
    state.told = text;
    window.Streamlit.setComponentValue(value);
  }

  /* Exact places are solid, approximate ones washed out, provinces and larger only a dashed outline. */
  function glyph(path, ink, precision, size) {
    const box = svg("svg", { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" });
    const halo = COLOURS[state.theme].halo;
    box.append(svg("path", { d: path, fill: halo, stroke: halo, "stroke-width": 5, "stroke-linejoin": "round" }));
    const shape = { d: path, stroke: ink, "stroke-width": 2, "stroke-linejoin": "round" };
    if (precision >= 4) Object.assign(shape, { fill: "none", "stroke-dasharray": "3 2" });
    else Object.assign(shape, { fill: ink, "fill-opacity": precision === 1 ? 1 : 0.35 });
    box.append(svg("path", shape));
    return box;
  }

  /* A canvas in the pane of its name, drawn anew by draw where the map has moved, out of sight while it zooms. */
  const Canvas = L.Layer.extend({
    initialize(data) { this._data = data; },
    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "dateline-" + this.pane, map.getPane(this.pane));
      map.on("moveend resize", this.draw, this);
      map.on("zoomstart", this._hide, this);
      this.draw();
    },
    onRemove(map) {
      map.off("moveend resize", this.draw, this);
      map.off("zoomstart", this._hide, this);
      this._canvas.remove();
    },
    _hide() { this._canvas.style.display = "none"; },
  });

  const Names = Canvas.extend({
    pane: "names",
    draw() {
      const map = this._map;
      if (!map) return;
      const size = map.getSize(), pad = 160, ratio = window.devicePixelRatio || 1;
      const canvas = this._canvas, ink = canvas.getContext("2d");
      canvas.style.display = "";
      canvas.width = (size.x + 2 * pad) * ratio;
      canvas.height = (size.y + 2 * pad) * ratio;
      canvas.style.width = size.x + 2 * pad + "px";
      canvas.style.height = size.y + 2 * pad + "px";
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([-pad, -pad]));
      ink.scale(ratio, ratio);
      ink.translate(pad, pad);
      this._taken = [];
      this._countries(ink, size, pad);
      this._cities(ink, size, pad);
    },
    _countries(ink, size, pad) {
      const zoom = this._map.getZoom();
      if (zoom < 3 || zoom > 8) return;
      ink.font = "600 11px system-ui, sans-serif";
      ink.textAlign = "center";
      for (const [name, lon, lat, km] of this._data.countries) {
        const room = (km * 1000 * 2 ** zoom) / (156543 * Math.cos((lat * Math.PI) / 180));
        const label = name.toUpperCase(), width = ink.measureText(label).width;
        if (width < 2.2 * room) this._write(ink, label, lat, lon, width, 0, COLOURS[state.theme].country, size, pad);
      }
    },
    _cities(ink, size, pad) {
      const zoom = Math.round(this._map.getZoom()), least = zoom < NAMED_FROM.length ? NAMED_FROM[zoom] : 50;
      const seen = this._map.getBounds().pad(0.2);
      ink.font = "12px system-ui, sans-serif";
      ink.textAlign = "left";
      let written = 0;
      for (const [name, lon, lat, thousands] of this._data.cities) {
        if (thousands < least || written > MAX_NAMES) break;
        if (!seen.contains([lat, lon])) continue;
        const width = ink.measureText(name).width;
        if (!this._write(ink, name, lat, lon, width, 6, COLOURS[state.theme].city, size, pad)) continue;
        const at = this._map.latLngToContainerPoint([lat, lon]);
        ink.beginPath();
        ink.arc(at.x, at.y, 1.8, 0, 7);
        ink.fill();
        written += 1;
      }
    },
    _write(ink, label, lat, lon, width, right, ink_colour, size, pad) {
      const at = this._map.latLngToContainerPoint([lat, lon]);
      const left = right ? at.x + right : at.x - width / 2;
      const box = [left - 8, at.y - 9, left + width + 4, at.y + 9];
      if (box[2] < -pad || box[0] > size.x + pad || box[3] < -pad || box[1] > size.y + pad) return false;
      if (this._taken.some((b) => b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3])) return false;
      this._taken.push(box);
      ink.lineWidth = 3;
      ink.lineJoin = "round";
      ink.strokeStyle = COLOURS[state.theme].halo;
      ink.strokeText(label, right ? left : at.x, at.y + 4);
      ink.fillStyle = ink_colour;
      ink.fillText(label, right ? left : at.x, at.y + 4);
      return true;
    },
  });

  function outlineStyle() {
    const c = COLOURS[state.theme];
    return { color: c.border, weight: 0.8, fillColor: c.land, fillOpacity: 1 };
  }

  /* A ring over the 180th meridian goes on beyond it instead of jumping back; one around a pole is closed along it. */
  function unrolledRing(ring) {
    let shift = 0;
    const out = ring.map(([lon, lat], i) => {
      if (i && Math.abs(lon - ring[i - 1][0]) > 180) shift += lon < ring[i - 1][0] ? 360 : -360;
      return [lon + shift, lat];
    });
    const pole = ring[0][1] < 0 ? -89 : 89;
    if (shift) out.push([out[out.length - 1][0], pole], [out[0][0], pole], out[0]);
    return out;
  }

  /* The country with unrolled rings; once more a turn to the side where it reaches beyond the edge of the map. */
  function unrolled(feature) {
    const parts = feature.geometry.type === "Polygon" ? [feature.geometry.coordinates] : feature.geometry.coordinates;
    const found = [];
    for (const part of parts) {
      const rings = part.map(unrolledRing);
      const lons = rings[0].map((p) => p[0]);
      found.push(rings);
      const turn = Math.max(...lons) > 180 ? -360 : Math.min(...lons) < -180 ? 360 : 0;
      if (turn) found.push(rings.map((ring) => ring.map(([lon, lat]) => [lon + turn, lat])));
    }
    return { ...feature, geometry: { type: "MultiPolygon", coordinates: found } };
  }

  async function outlines(map, folder) {
    const world = await (await fetch(folder + "countries-50m.json")).json();
    const land = topojson.feature(world, world.objects.countries);
    land.features = land.features.flatMap(unrolled);
    const renderer = L.canvas({ pane: "outlines", padding: 0.5 });
    state.dressed = false;
    state.outlines = L.geoJSON(land, { renderer, pane: "outlines", interactive: false, style: outlineStyle }).addTo(map);
    state.names = new Names(await (await fetch(folder + "cities.json")).json());
    if (!state.tiles) state.names.addTo(map);
  }

  const Fit = L.Control.extend({
    options: { position: "topleft" },
    onAdd(map) {
      const bar = el("div", "leaflet-bar leaflet-control");
      const button = el("a", "dateline-fit", "⤢");
      button.href = "#";
      button.role = "button";
      button.title = "Show all incidents of this list";
      button.setAttribute("aria-label", button.title);
      bar.append(button);
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", (event) => { L.DomEvent.stop(event); fit(map, true); });
      return bar;
    },
  });

  /* Style sheets arrive after the scripts; until then a popup would be measured as wide as the map. */
  function whenStyled(map, then) {
    const pane = map.getPane("popupPane");
    if (getComputedStyle(pane).position === "absolute") then();
    else setTimeout(() => { map.invalidateSize(false); whenStyled(map, then); }, 40);
  }

  /* The frame gets its last width a moment after the map is drawn: until the reader moves the map, it is fitted anew. */
  function fitFirst(map) {
    state.fitted = true;
    const touched = () => map.off("resize", refit);
    const refit = () => fit(map, false);
    for (const kind of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(kind, touched, { once: true });
    map.on("resize", refit);
    fit(map, false);
  }

  function fit(map, animate) {
    const low = state.legend ? state.legend.offsetHeight : 0;
    const padding = { paddingTopLeft: [48, 30], paddingBottomRight: [30, 30 + low] };
    if (state.extent) map.fitBounds(animate ? state.extent : state.first, { ...padding, maxZoom: 9, animate });
  }

  /* The constant map: panes, outlines, controls. Called once a frame. */
  function base(map, folder) {
    for (const [name, z] of [["outlines", 150], ["names", 350], ["heat", 360]]) {
      map.createPane(name).style.zIndex = z;
      map.getPane(name).style.pointerEvents = "none";
    }
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution("Outlines: Natural Earth · Names: GeoNames");
    L.control.scale({ imperial: false }).addTo(map);
    new Fit().addTo(map);
    /* A zoom moves the map more than once; what is told is where it came to rest. */
    let rest = null;
    for (const kind of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(kind, () => { state.touched = true; });
    map.on("moveend", () => { clearTimeout(rest); rest = setTimeout(() => tell(map), REST); });
    if (Dateline.tools) Dateline.tools(map, { tell: (act) => tell(map, act), el, say: (words) => say(map, words, BRIEF) });
    outlines(map, folder).catch((error) => say(map, "The country outlines did not load: " + error.message));
  }

  function say(map, words, milliseconds) {
    if (state.note) state.note.remove();
    clearTimeout(state.noteEnd);
    if (milliseconds) state.noteEnd = setTimeout(() => state.note.remove(), milliseconds);
    state.note = L.control({ position: "topright" });
    state.note.onAdd = () => {
      const note = el("div", "dateline-note", words);
      note.setAttribute("role", "status");
      return note;
    };
    state.note.addTo(map);
  }

  const STREETS = { url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png", attribution: "© OpenStreetMap contributors" };

  /* Tiles below all else, or none; where none can be loaded the outlines stay, and that is said. */
  function tiles(map, base, own) {
    const wanted = base === "osm" ? STREETS : base === "own" && own ? { url: own, attribution: "Your own tiles" } : null;
    const key = wanted ? wanted.url : "";
    if (state.tileKey === key) return;
    state.tileKey = key;
    if (state.tiles) state.tiles.remove();
    if (state.note) state.note.remove();
    state.tiles = null;
    if (state.names) wanted ? state.names.remove() : state.names.addTo(map);
    if (!wanted) return;
    const layer = L.tileLayer(wanted.url, { maxZoom: 18, className: "dateline-tiles", attribution: wanted.attribution });
    let loaded = 0;
    layer.on("tileload", () => { loaded += 1; });
    layer.on("tileerror", () => {
      if (loaded || state.tiles !== layer) return;
      layer.remove();
      state.tiles = null;
      if (state.names) state.names.addTo(map);
      say(map, "No map tiles could be loaded (is there a network?): showing country outlines");
    });
    state.tiles = layer.addTo(map);
  }

  function dress(map, theme) {
    if (state.theme === theme && state.dressed) return;
    state.theme = theme;
    state.dressed = true;
    map.getContainer().dataset.theme = theme;
    map.getContainer().style.background = COLOURS[theme].sea;
    if (state.outlines) state.outlines.setStyle(outlineStyle());
    if (state.names) state.names.draw();
  }

  /* Pixels by which each of n incidents at one coordinate is moved on the screen; the data stay as they are. */
  function fan(n) {
    if (n === 1) return [[0, 0]];
    const offsets = [];
    for (let i = 0, ring = 1, left = n; left > 0; ring += 1) {
      const radius = n <= 8 ? Math.max(15, (n * ICON) / 6.3) : ring * (ICON - 2);
      const fits = n <= 8 ? n : Math.min(left, Math.floor((6.28 * radius) / (ICON - 2)));
      for (let k = 0; k < fits; k += 1, i += 1) {
        const turn = (k / fits) * 2 * Math.PI - Math.PI / 2;
        offsets.push([Math.round(radius * Math.cos(turn)), Math.round(radius * Math.sin(turn))]);
      }
      left -= fits;
    }
    return offsets;
  }

  function hatch(map, stroke) {
    const root = map.getPane("overlayPane").querySelector("svg");
    const id = "hatch-" + stroke.slice(1);
    if (!root || document.getElementById(id)) return "url(#" + id + ")";
    const pattern = svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(svg("line", { x1: 0, y1: 0, x2: 0, y2: 8, stroke, "stroke-width": 1.4, "stroke-opacity": 0.55 }));
    const defs = svg("defs", {});
    defs.append(pattern);
    root.prepend(defs);
    return "url(#" + id + ")";
  }

  function area(map, group, point, chosen) {
    const coarse = point.precision >= 4;
    const stroke = colour(point);
    const style = { color: stroke, weight: chosen ? 2 : 1, opacity: chosen ? 0.95 : 0.55, interactive: false };
    style.dashArray = coarse ? "5 4" : null;
    style.fillColor = stroke;
    const exact = point.precision === 1 && !chosen;
    style.fillOpacity = chosen ? 0.16 : exact ? 0.02 : 0.07;
    if (exact) style.opacity = 0.3;
    const ring = L.circle([point.lat, point.lon], { radius: point.km * 1000, ...style }).addTo(group);
    if (!coarse) return;
    ring.on("add", () => {
      ring.getElement().setAttribute("fill", hatch(map, stroke));
      ring.getElement().setAttribute("fill-opacity", chosen ? 1 : 0.55);
    });
  }

  /* The popup stays the same one as long as its incident does: reopened by its layer's redraw it would flicker. */
  function popup(map, point, title, lines) {
    const box = el("div", "dateline-popup");
    box.append(el("strong", "", title));
    for (const line of lines) box.append(el("div", "", line));
    if (state.popup && state.popup.id === point.id && map.hasLayer(state.popup)) {
      if (state.popup.words !== box.textContent) state.popup.setContent(box);
    } else {
      if (state.popup) state.popup.remove();
      state.popup = L.popup({ offset: [point.dx, point.dy - 8], maxWidth: 260, autoPanPaddingTopLeft: [50, 20], autoPanPaddingBottomRight: [20, 70], autoClose: false, closeOnClick: false });
      state.popup.setLatLng([point.lat, point.lon]).setContent(box).openOn(map);
      state.popup.id = point.id;
    }
    state.popup.words = box.textContent;
  }

  /* While an area is drawn, a press on a mark is a corner of it. */
  function drawn(map, event) {
    const drawing = map.getContainer().classList.contains("drawing");
    if (drawing) map.fire("click", { latlng: event.latlng });
    return drawing;
  }

  function marker(map, group, point, chosen) {
    const size = ICON - 4 + (state.sized ? 6 * point.step : 0);
    const face = el("div", "dateline-face" + (chosen ? " chosen" : ""));
    face.append(glyph(state.families[point.family].path, colour(point), point.precision, size));
    const icon = L.divIcon({
      html: face, className: "dateline-marker", iconSize: [size + 4, size + 4],
      iconAnchor: [(size + 4) / 2 - point.dx, (size + 4) / 2 - point.dy],
    });
    const pin = L.marker([point.lat, point.lon], { icon, zIndexOffset: chosen ? 1000 : 0, riseOnHover: true });
    pin.on("add", () => {
      const label = [state.families[point.family].label, point.label].filter(Boolean).join(", ");
      pin.getElement().setAttribute("aria-label", label);
      pin.getElement().title = label;
      pin.getElement().dataset.id = point.id;
    });
    pin.on("click", (event) => {
      if (drawn(map, event)) return;
      popup(map, point, state.families[point.family].label, [point.label]);
      state.chosen = point.id;
      tell(map, { kind: "pick", id: point.id });
    });
    pressable(pin);
    pin.point = point;
    pin.addTo(group);
  }

  /* Leaflet opens only its own popups by the keyboard; here Enter does all that a click does. */
  function pressable(pin) {
    pin.on("keypress", (event) => {
      if (event.originalEvent.key === "Enter") pin.fire("click", { latlng: pin.getLatLng() }, true);
    });
  }

  function cell(map, group, [lat, lon, count, together]) {
    const side = Math.round(26 + 7 * Math.log10(count));
    const face = el("div", "dateline-cell" + (together ? " together" : ""), count.toLocaleString());
    const icon = L.divIcon({ html: face, className: "dateline-cellmarker", iconSize: [side, side] });
    const pin = L.marker([lat, lon], { icon });
    const near = map.getZoom() >= NEAREST_SPLIT;
    const lists = together && near;
    pin.on("add", () => pin.getElement().setAttribute("aria-label", count.toLocaleString() + (lists ? " at this place, press to list them" : ", press to zoom in")));
    pin.on("click", (event) => {
      if (drawn(map, event)) return;
      if (lists) tell(map, { kind: "place", lat, lon });
      else map.setView([lat, lon], Math.min(map.getZoom() + (together ? 4 : 2), map.getMaxZoom()));
    });
    pressable(pin);
    pin.addTo(group);
  }

  const Heat = Canvas.extend({
    pane: "heat",
    draw() {
      const map = this._map, size = map.getSize(), canvas = this._canvas, ink = canvas.getContext("2d");
      canvas.style.display = "";
      canvas.width = size.x;
      canvas.height = size.y;
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
      const most = Math.max(1, ...this._data.map((spot) => spot[2]));
      const hue = state.theme === "dark" ? "255, 176, 64" : "176, 24, 48";
      for (const [lat, lon, count] of this._data) {
        const at = map.latLngToContainerPoint([lat, lon]), wide = 26;
        const strength = 0.12 + 0.75 * Math.sqrt(count / most);
        const glow = ink.createRadialGradient(at.x, at.y, 0, at.x, at.y, wide);
        glow.addColorStop(0, "rgba(" + hue + ", " + strength + ")");
        glow.addColorStop(1, "rgba(" + hue + ", 0)");
        ink.fillStyle = glow;
        ink.fillRect(at.x - wide, at.y - wide, 2 * wide, 2 * wide);
      }
    },
  });

  function entry(path, ink, precision, words) {
    const line = el("span", "entry");
    line.append(glyph(path, ink, precision, 15), el("span", "", words));
    return line;
  }

  const DISC = "M12 5a7 7 0 1 0 .01 0Z";

  /* A bar along the lower edge: colours and shapes on the map, then how exact a place is. Folded on a small screen. */
  function legend(map, points, cells) {
    const used = Object.entries(state.families).filter(([key]) => points.some((p) => p.family === key));
    const parties = Object.entries(state.parties || {}).filter(([key]) => points.some((p) => p.party === key));
    const plain = state.theme === "dark" ? "#cbd5e1" : "#57534a";
    const key = JSON.stringify([used.map((u) => u[0]), parties, state.theme, Boolean(state.parties), cells.length > 0]);
    if (state.legend && state.legendKey === key) return;
    state.legendKey = key;
    if (state.legend) state.legend.remove();
    state.legend = null;
    map.getContainer().style.setProperty("--legend", "0px");
    if (!used.length && !cells.length) return;
    const box = el("details", "dateline-legend");
    box.append(el("summary", "", "Legend"));
    box.open = state.legendOpen === undefined ? map.getSize().x > 520 : state.legendOpen;
    box.addEventListener("toggle", () => { state.legendOpen = box.open; });
    for (const [party, [name]] of parties) box.append(entry(DISC, colour({ party }), 1, name));
    if (state.parties && points.some((p) => !state.parties[p.party])) box.append(entry(DISC, colour({ party: "" }), 1, "others, unnamed"));
    for (const [family, { label, path }] of used) box.append(entry(path, state.parties ? plain : colour({ family }), 1, label));
    if (cells.length) {
      const line = el("span", "entry");
      line.append(el("span", "dateline-cell sample", "12"), el("span", "", "so many close together"));
      box.append(line);
    }
    const exactness = [[1, "exact place"], [2, "near: the ring holds it 9 times in 10"], [4, "province or region"]];
    for (const [precision, words] of exactness) if (points.some((p) => (p.precision >= 4 ? 4 : Math.min(2, p.precision)) === precision)) box.append(entry(DISC, plain, precision, words));
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    map.getContainer().append(box);
    state.legend = box;
    new ResizeObserver(() => room(map)).observe(box);
    room(map);
  }

  /* Lifts what stands at the lower edge above the legend. */
  function room(map) {
    if (state.legend) map.getContainer().style.setProperty("--legend", state.legend.offsetHeight + "px");
  }

  function unpack(rows) {
    const points = rows.map(([id, lat, lon, km, precision, family, party, step, label]) => (
      { id, lat, lon, km, precision, family, party, step, label, dx: 0, dy: 0 }));
    const together = new Map();
    for (const p of points) {
      const key = p.lat.toFixed(4) + " " + p.lon.toFixed(4);
      if (!together.has(key)) together.set(key, []);
      together.get(key).push(p);
    }
    for (const same of together.values()) {
      const offsets = fan(same.length);
      same.forEach((p, i) => { [p.dx, p.dy] = offsets[i]; });
    }
    return [points, [...together.values()].filter((same) => same.length > 1)];
  }

  /* Shows the chosen incident's popup; goes there once, where it is newly chosen and out of sight. */
  function choose(map, points, chosen, placed) {
    const id = chosen ? chosen.id : null, newly = id !== state.chosen;
    state.chosen = id;
    if (!chosen) { if (state.popup) state.popup.remove(); state.popup = null; return; }
    const point = points.find((p) => p.id === id) || { id, lat: chosen.lat, lon: chosen.lon, dx: 0, dy: 0 };
    if (newly && !placed && !map.getBounds().pad(-0.05).contains([point.lat, point.lon])) {
      state.touched = true;
      map.setView([point.lat, point.lon], map.getZoom() < 5 ? 7 : map.getZoom(), { animate: false });
    }
    if (newly || (state.popup && map.hasLayer(state.popup))) popup(map, point, chosen.title, chosen.lines);
  }

  /* Draws one update; the payload is geo.layers.Drawing. */
  function draw(map, group, payload) {
    const started = performance.now();
    for (const name of ["families", "colours", "parties", "sized", "extent"]) state[name] = payload[name];
    dress(map, payload.theme);
    tiles(map, payload.base, payload.own_tiles);
    state.first = payload.first || payload.extent;
    const [points, stacks] = unpack(payload.points);
    const chosen = payload.popup && payload.popup.id;
    if (payload.heat.length) new Heat(payload.heat).addTo(group);
    for (const p of points) if (p.km >= LEAST_RING) area(map, group, p, p.id === chosen);
    for (const same of stacks) L.circleMarker([same[0].lat, same[0].lon], { radius: 2.5, weight: 1, color: "#888", fillOpacity: 1, interactive: false }).addTo(group);
    for (const p of points) marker(map, group, p, p.id === chosen);
    for (const c of payload.cells) cell(map, group, c);
    if (Dateline.showArea) Dateline.showArea(map, group, payload.area);
    if (Dateline.overlays) Dateline.overlays(map, payload.overlays, payload.theme);
    legend(map, points, payload.cells);
    whenStyled(map, () => {
      const placed = payload.view && state.turn !== payload.turn;
      if (placed) {
        state.fitted = state.touched = true;
        map.setView([payload.view[0], payload.view[1]], payload.view[2], { animate: false });
      } else if (!state.fitted && payload.extent) fitFirst(map);
      state.turn = payload.turn;
      choose(map, points, payload.popup, placed);
      if (!state.told || payload.overlays.some((one) => one.shapes)) tell(map);
    });
    state.drawn = (state.drawn || 0) + 1;
    state.drawMs = performance.now() - started;
  }

  window.Dateline = { base, draw, fan, state };
})();
