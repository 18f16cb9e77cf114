/* The map on which a pin is put right: the pin with its radius, and the other candidates as ghosts. textContent only. */
const STATIC = new URL("app/static/", document.baseURI).href;
/* Names of cities are drawn for so many of the largest in view. */
const NAMED = 30;
let ready = null;

function script(file) {
  return new Promise((done, failed) => {
    const node = document.createElement("script");
    node.src = STATIC + file;
    node.onload = done;
    node.onerror = () => failed(new Error(file + " could not be loaded"));
    document.head.append(node);
  });
}

function style() {
  const node = document.createElement("link");
  node.rel = "stylesheet";
  node.href = STATIC + "leaflet.css";
  document.head.append(node);
}

/* Leaflet, the outlines and the names of cities, loaded once a page. */
function loaded() {
  if (!ready) {
    style();
    const json = (file) => fetch(STATIC + file).then((answer) => answer.json());
    ready = Promise.all([script("leaflet.js"), script("topojson-client.min.js"), json("countries-50m.json"), json("cities.json")]);
  }
  return ready;
}

function mark(className, text) {
  const node = document.createElement("span");
  node.className = className;
  node.textContent = text;
  return window.L.divIcon({ html: node, className: "", iconSize: [28, 28], iconAnchor: [14, 14] });
}

function begun(root, world) {
  const L = window.L, map = L.map(root, { minZoom: 2, maxZoom: 18, attributionControl: true, worldCopyJump: true });
  map.attributionControl.setPrefix(false).addAttribution("Leaflet | Natural Earth, GeoNames");
  const outlines = window.topojson.feature(world, world.objects.countries);
  L.geoJSON(outlines, { renderer: L.canvas(), interactive: false, style: { className: "land", weight: 1, color: "#8a8778", fillColor: "#8a8778", fillOpacity: 0.12 } }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  return map;
}

function names(held, cities) {
  held.names.clearLayers();
  const L = window.L, box = held.map.getBounds();
  const inside = cities.filter(([, lon, lat]) => box.contains([lat, lon])).slice(0, NAMED);
  for (const [name, lon, lat] of inside) {
    const icon = mark("city", name);
    L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(held.names);
  }
}

function draw(held, data, tell) {
  const L = window.L;
  held.marks.clearLayers();
  const points = [];
  for (const ghost of data.ghosts) {
    const title = ghost.label, at = [ghost.lat, ghost.lon];
    points.push(at);
    const one = L.marker(at, { icon: mark("ghost", String(ghost.n)), title, alt: title }).addTo(held.marks);
    one.on("click", () => tell({ ghost: ghost.n, lat: ghost.lat, lon: ghost.lon }));
  }
  if (data.pin) {
    const at = [data.pin.lat, data.pin.lon];
    points.push(at);
    const ring = L.circle(at, { radius: data.pin.radius_km * 1000, interactive: false, className: "ring" }).addTo(held.marks);
    const pin = L.marker(at, { icon: mark("pin", ""), draggable: true, title: "Drag to move", alt: "The pin", zIndexOffset: 500 }).addTo(held.marks);
    pin.on("drag", () => ring.setLatLng(pin.getLatLng()));
    pin.on("dragend", () => tell(place(pin.getLatLng())));
    points.push(...corners(ring.getBounds()));
  }
  if (held.id !== data.id || (data.pin && !held.map.getBounds().contains([data.pin.lat, data.pin.lon]))) {
    const near = data.pin && held.id !== data.id ? points.slice(data.ghosts.length) : points;
    if (near.length) held.map.fitBounds(near, { maxZoom: 11, padding: [30, 30], animate: false });
    else held.map.setView([25, 30], 2);
    held.id = data.id;
  }
}

function corners(box) {
  return [box.getSouthWest(), box.getNorthEast()];
}

function place(at) {
  const { lat, lng } = at.wrap();
  return { lat: Math.round(lat * 1e5) / 1e5, lon: Math.round(lng * 1e5) / 1e5 };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".pinmap");
  root.dataset.theme = data.theme;
  const tell = (value) => setTriggerValue("placed", value);
  loaded()
    .then(([, , world, { cities }]) => {
      if (!root.held) {
        const map = begun(root, world);
        root.held = { map, marks: window.L.layerGroup().addTo(map), names: window.L.layerGroup().addTo(map), id: null };
        map.on("moveend", () => names(root.held, cities));
        map.on("click", (event) => root.tell(place(event.latlng)));
      }
      root.tell = tell;
      draw(root.held, data, tell);
      names(root.held, cities);
    })
    .catch((error) => (root.textContent = error.message));
}
