/* What is done on the map: areas drawn, coordinates read and copied, the whole screen. Words go in by textContent. */
(function () {
  "use strict";

  const KM_PER_DEGREE = 111.195;
  const BANDS = "CDEFGHJKLMNPQRSTUVWX";
  const COLUMNS = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"];
  const ROWS = ["ABCDEFGHJKLMNPQRSTUV", "FGHJKLMNPQRSTUVABCDE"];

  /* Latitude and longitude (WGS 84) as MGRS to a metre; null beyond 80 degrees south and 84 north, where UTM ends. */
  function mgrs(lat, lon) {
    lon = ((((lon + 180) % 360) + 360) % 360) - 180;
    if (lat < -80 || lat > 84) return null;
    let zone = Math.floor((lon + 180) / 6) + 1;
    if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) zone = 32;
    if (lat >= 72 && lon >= 0 && lon < 42) zone = lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;
    const a = 6378137, f = 1 / 298.257223563, k0 = 0.9996, e2 = f * (2 - f), e4 = e2 * e2, e6 = e4 * e2, ep = e2 / (1 - e2);
    const phi = (lat * Math.PI) / 180, away = ((lon - (zone * 6 - 183)) * Math.PI) / 180;
    const s = Math.sin(phi), c = Math.cos(phi), t = Math.tan(phi) ** 2, n = a / Math.sqrt(1 - e2 * s * s);
    const cc = ep * c * c, w = away * c;
    const m = a * ((1 - e2 / 4 - (3 * e4) / 64 - (5 * e6) / 256) * phi - ((3 * e2) / 8 + (3 * e4) / 32 + (45 * e6) / 1024) * Math.sin(2 * phi)
      + ((15 * e4) / 256 + (45 * e6) / 1024) * Math.sin(4 * phi) - ((35 * e6) / 3072) * Math.sin(6 * phi));
    const east = k0 * n * (w + ((1 - t + cc) * w ** 3) / 6 + ((5 - 18 * t + t * t + 72 * cc - 58 * ep) * w ** 5) / 120) + 500000;
    let north = k0 * (m + n * Math.tan(phi) * ((w * w) / 2 + ((5 - t + 9 * cc + 4 * cc * cc) * w ** 4) / 24 + ((61 - 58 * t + t * t + 600 * cc - 330 * ep) * w ** 6) / 720));
    if (lat < 0) north += 1e7;
    const band = BANDS[Math.min(19, Math.floor((lat + 80) / 8))];
    const column = COLUMNS[(zone - 1) % 3][Math.floor(east / 1e5) - 1], row = ROWS[(zone - 1) % 2][Math.floor(north / 1e5) % 20];
    const digits = (metres) => String(Math.floor(metres) % 100000).padStart(5, "0");
    return zone + band + " " + column + row + " " + digits(east) + " " + digits(north);
  }

  function degrees(at) {
    const point = at.wrap();
    return point.lat.toFixed(5) + ", " + point.lng.toFixed(5);
  }

  function pointer(map, { el, say }) {
    const Pointer = L.Control.extend({
      options: { position: "bottomleft" },
      onAdd() {
        this.words = el("div", "dateline-pointer", "");
        this.words.setAttribute("aria-hidden", "true");
        return this.words;
      },
    });
    const control = new Pointer().addTo(map);
    map.on("mousemove", (event) => { control.words.textContent = degrees(event.latlng); });
    map.on("mouseout", () => { control.words.textContent = ""; });
    map.on("contextmenu", (event) => {
      const box = el("div", "dateline-popup"), grid = mgrs(event.latlng.wrap().lat, event.latlng.wrap().lng);
      for (const text of [degrees(event.latlng), grid].filter(Boolean)) {
        const button = el("button", "dateline-copy", text);
        button.type = "button";
        button.title = "Copy";
        button.onclick = () => { copy(text); say("Copied: " + text); };
        box.append(button);
      }
      L.popup({ autoClose: true }).setLatLng(event.latlng).setContent(box).openOn(map);
    });
  }

  function button(bar, el, mark, words, press) {
    const one = el("a", "dateline-tool", mark);
    one.href = "#";
    one.role = "button";
    one.title = words;
    one.setAttribute("aria-label", words);
    L.DomEvent.on(one, "click", (event) => { L.DomEvent.stop(event); press(one); });
    bar.append(one);
    return one;
  }

  const number = (value) => String(Number(value.toFixed(4)));
  const pair = (at) => number(at.lat) + "," + number(at.lng);

  /* Takes corners until the first is pressed again, the last one twice, or Enter; Escape gives up. */
  function drawing(map, { tell, say, el }) {
    let kind = null, points = [], sketch = null;
    const end = () => {
      kind = null;
      points = [];
      if (sketch) sketch.remove();
      sketch = null;
      map.getContainer().classList.remove("drawing");
      map.doubleClickZoom.enable();
    };
    const done = () => {
      const corners = points.filter((at, i) => !i || map.latLngToContainerPoint(at).distanceTo(map.latLngToContainerPoint(points[i - 1])) > 6);
      const enough = corners.length >= (kind === "p" ? 3 : 2);
      const km = kind === "l" ? width(map) : kind === "c" ? points[0].distanceTo(points[1] || points[0]) / 1000 : 0;
      if (enough && kind === "p") tell({ kind: "area", area: "p:" + corners.map(pair).join(";") });
      else if (enough && kind === "l") tell({ kind: "area", area: "l:" + number(km) + ";" + corners.map(pair).join(";") });
      else if (enough) tell({ kind: "area", area: "c:" + pair(corners[0]) + ";" + number(km) });
      end();
    };
    const sketched = (extra) => {
      if (sketch) sketch.remove();
      const all = extra ? [...points, extra] : points, style = { color: "#b45309", weight: 2, dashArray: "4 4", interactive: false };
      if (kind === "c") sketch = L.circle(all[0], { ...style, radius: all.length > 1 ? all[0].distanceTo(all[all.length - 1]) : 0 });
      else sketch = kind === "p" ? L.polygon(all, style) : L.polyline(all, { ...style, weight: 6, opacity: 0.5 });
      sketch.addTo(map);
    };
    map.on("click", (event) => {
      if (!kind) return;
      points.push(event.latlng);
      sketched();
      if (kind === "c" && points.length === 2) done();
      else if (points.length >= 60) done();
    });
    map.on("dblclick", () => { if (kind) done(); });
    map.on("mousemove", (event) => { if (kind && points.length) sketched(event.latlng); });
    map.getContainer().addEventListener("keydown", (event) => {
      if (!kind) return;
      if (event.key === "Enter") done();
      else if (event.key === "Escape") end();
    });
    const say_ = { p: "Press the corners; twice on the last one", c: "Press the middle, then the edge", l: "Press along the line; twice at its end" };
    const bar = el("div", "leaflet-bar dateline-bar");
    const start = (what) => {
      end();
      kind = what;
      map.getContainer().classList.add("drawing");
      map.doubleClickZoom.disable();
      map.getContainer().focus();
      say(say_[what]);
    };
    button(bar, el, "⬠", "Draw an area to filter by", () => start("p"));
    button(bar, el, "◯", "Draw a circle to filter by", () => start("c"));
    button(bar, el, "∿", "Draw a corridor to filter by", () => start("l"));
    button(bar, el, "✕", "Take the drawn area out", () => { end(); tell({ kind: "area", area: "" }); });
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  }

  /* A corridor is as wide as a thumb on the screen, and never narrower than a kilometre on either side. */
  function width(map) {
    const metres = (40075016 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
    return Math.max(1, Math.round((metres * 24) / 1000));
  }

  function whole(map, { el }) {
    const bar = el("div", "leaflet-bar dateline-bar");
    const frame = window.frameElement || map.getContainer();
    button(bar, el, "▢", "Full screen", () => {
      const owner = frame.ownerDocument;
      if (owner.fullscreenElement) owner.exitFullscreen();
      else if (frame.requestFullscreen) frame.requestFullscreen();
      setTimeout(() => map.invalidateSize(), 300);
    });
    return bar;
  }

  function tools(map, given) {
    pointer(map, given);
    const Bars = L.Control.extend({
      options: { position: "topleft" },
      onAdd() {
        const both = L.DomUtil.create("div");
        both.append(whole(map, given), drawing(map, given));
        return both;
      },
    });
    new Bars().addTo(map);
  }

  /* The area that is filtered by; as text it is data.area.Area's. */
  function showArea(map, group, text) {
    if (!text) return;
    const style = { color: "#b45309", weight: 2, fillOpacity: 0.05, interactive: false };
    const parts = text.slice(2).split(";").map((part) => part.split(",").map(Number));
    if (text[0] === "c") L.circle(parts[0], { ...style, radius: parts[1][0] * 1000 }).addTo(group);
    else if (text[0] === "p") L.polygon(parts, style).addTo(group);
    else {
      const km = parts[0][0], line = parts.slice(1);
      for (const point of line) L.circle(point, { ...style, weight: 0, fillOpacity: 0.08, radius: km * 1000 }).addTo(group);
      for (let i = 1; i < line.length; i += 1) L.polygon(band(line[i - 1], line[i], km), { ...style, weight: 1 }).addTo(group);
    }
  }

  /* The four corners of a strip of so many km on either side of a line. */
  function band([lat0, lon0], [lat1, lon1], km) {
    const scale = Math.cos((((lat0 + lat1) / 2) * Math.PI) / 180);
    const dx = (lon1 - lon0) * scale, dy = lat1 - lat0, long = Math.hypot(dx, dy) || 1, off = km / KM_PER_DEGREE;
    const up = (dx / long) * off, right = ((-dy / long) * off) / scale;
    return [[lat0 + up, lon0 + right], [lat1 + up, lon1 + right], [lat1 - up, lon1 - right], [lat0 - up, lon0 - right]];
  }

  Object.assign(window.Dateline, { tools, showArea, mgrs });
})();
