"use strict";
// Draws the records that the page carries. Everything from a record is set as text, never as markup.
(() => {
  const records = [...document.querySelectorAll("script.report")].map((s) => JSON.parse(s.textContent));
  const $ = (id) => document.getElementById(id);
  const kinds = [
    ["statement", "Statements"], ["event", "Events"], ["count", "Counts"], ["entity", "People and groups"],
    ["place", "Places"], ["time", "Times"], ["relation", "Relations"],
  ];
  const hidden = new Set(["relation"]);
  let current = 0; // report shown
  let chosen = null; // id of the chosen row
  let view = null; // what is derived from the report shown

  const make = (tag, attributes = {}, ...children) => {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(attributes)) if (v !== null && v !== undefined) e.setAttribute(k, v);
    e.append(...children.filter((c) => c !== null && c !== undefined));
    return e;
  };

  const narrow = () => matchMedia("(max-width: 800px)").matches;

  // What an untitled report is called in the list: its first words.
  const opening = (r) => (r.text.trim().split("\n")[0] || r.id).slice(0, 90);

  // One report with its rows in one list: {id, kind, label…, spans: [{a, b, title, role}], said, status}.
  function read(record) {
    const text = Array.from(record.text), title = Array.from(record.title ?? "");
    const words = (s, inTitle) => (inTitle ? title : text).slice(s[0], s[1]).join("").replace(/\s+/g, " ");
    const by = (list) => Object.fromEntries(list.map((x) => [x.id, x]));
    for (const x of [...record.entities, ...record.places]) x.mentions = [...(x.title_mentions ?? []), ...x.mentions];
    const entities = by(record.entities), places = by(record.places), statements = by(record.statements), times = by(record.times);
    const name = (id) => entities[id]?.name ?? places[id]?.name ?? "";
    const speaker = (s) => {
      if (!s?.source) return "an unnamed source";
      return (s.source.entity && name(s.source.entity)) || (s.source.span && words(s.source.span, s.in)) || "an unnamed source";
    };
    const chain = (ids) => ids.length ? [...ids].reverse().map((i) => speaker(statements[i])).join(", as told by ") : "the report itself";
    const span = (s, x, role) => ({ a: s[0], b: s[1], title: Boolean(x.in), role });
    const rows = [];
    for (const s of record.statements) {
      const spans = s.content.map((c) => span(c, s, "statement"));
      if (s.cue) spans.push(span(s.cue, s, "cue"));
      if (s.source?.span) spans.push(span(s.source.span, s, "source"));
      rows.push({ id: s.id, kind: "statement", spans, speakers: [speaker(s)], head: speaker(s), tail: `${s.source?.class ?? "unnamed"} · ${s.act} · ${s.form}${s.channel ? " · on " + s.channel : ""}${s.within ? " · within " + s.within : ""}`, words: s.content.map((c) => words(c, s.in)).join(" … ") });
    }
    for (const v of record.events) {
      const told = v.mentions.flatMap((m) => m.said_by.length ? m.said_by : [null]);
      const list = (label, ps) => ps.length ? `${label} ${ps.map((p) => words(p.span, v.in)).join(", ")}` : null;
      const parts = [list("by", v.actors), list("against", v.targets), list("with", v.instruments), v.place && `in ${name(v.place)}`, v.time && times[v.time].timex, v.acled && `ACLED: ${v.acled}`, v.historical && "background"];
      rows.push({ id: v.id, kind: "event", spans: v.mentions.map((m) => span(m.trigger, m, "event")), speakers: told.map((i) => i ? speaker(statements[i]) : "the report itself"), status: v.mentions.map((m) => m.status), head: v.type + (v.mode ? ` · ${v.mode}` : ""), words: `“${words(v.trigger, v.in)}” ${parts.filter(Boolean).join(" · ")}`, tail: v.mentions.map((m) => `${m.status}, according to ${chain(m.said_by)}`).join("; ") });
    }
    for (const c of record.counts) {
      const figure = c.low === c.high && c.low !== null ? `${c.low}` : c.low !== null && c.high !== null ? `${c.low} to ${c.high}` : c.low !== null ? `at least ${c.low}` : c.high !== null ? `at most ${c.high}` : c.best !== null ? `about ${c.best}` : "unknown";
      rows.push({ id: c.id, kind: "count", spans: [span(c.span, c, "count")], speakers: c.said_by.length ? c.said_by.map((i) => speaker(statements[i])) : ["the report itself"], head: `${figure} ${c.kind}`, words: `“${words(c.span, c.in)}”${c.of ? " · " + words(c.of.span, c.in) : ""}`, tail: `according to ${chain(c.said_by)}` });
    }
    for (const e of record.entities) {
      if (!e.mentions.some((m) => m.form === "name") && e.mentions.length < 2) continue;
      rows.push({ id: e.id, kind: "entity", spans: e.mentions.map((m) => span(m.span, m, "entity")), head: e.name, tail: [e.kind, e.role, e.country, e.sector, e.private && "private person", `${e.mentions.length}×`].filter(Boolean).join(" · ") });
    }
    for (const p of record.places) rows.push({ id: p.id, kind: "place", spans: p.mentions.map((m) => span(m.span, m, "place")), head: p.name, tail: [p.admin1, p.country, p.lat === null ? "left open" : `${p.lat.toFixed(2)}, ${p.lon.toFixed(2)}`, p.geonameid && `GeoNames ${p.geonameid}`].filter(Boolean).join(" · ") });
    for (const t of record.times) rows.push({ id: t.id, kind: "time", spans: [span(t.span, t, "time")], head: words(t.span, t.in), tail: t.start ? (t.start === t.end ? t.start : `${t.start} to ${t.end}`) : t.timex });
    for (const r of record.relations) rows.push({ id: r.id, kind: "relation", spans: [span(r.span, r, "relation")], speakers: r.said_by.length ? r.said_by.map((i) => speaker(statements[i])) : ["the report itself"], head: `${name(r.subject)} → ${name(r.object)}`, words: r.kind + (r.detail ? ` · “${r.detail}”` : ""), tail: `according to ${chain(r.said_by)}` });
    return { record, text, title, rows, rowOf: Object.fromEntries(rows.map((r) => [r.id, r])) };
  }

  // Cuts characters into runs under the same marks, and marks each run with the rows over it.
  function drawn(chars, spans) {
    const cuts = new Set([0, chars.length]);
    for (const s of spans) { cuts.add(s.a); cuts.add(s.b); }
    const at = [...cuts].filter((c) => c >= 0 && c <= chars.length).sort((x, y) => x - y);
    const starts = [...spans].sort((x, y) => x.a - y.a || y.b - x.b);
    const out = [];
    let open = [], next = 0;
    for (let i = 0; i + 1 < at.length; i++) {
      const [a, b] = [at[i], at[i + 1]];
      open = open.filter((s) => s.b > a);
      while (next < starts.length && starts[next].a <= a) { if (starts[next].b > a) open.push(starts[next]); next++; }
      const words = chars.slice(a, b).join("");
      if (!open.length) { out.push(words); continue; }
      const inner = [...open].sort((x, y) => x.b - x.a - (y.b - y.a));
      const element = make("span", { "data-ids": inner.map((s) => s.id).join(" "), class: [...new Set(open.map((s) => s.role))].join(" "), tabindex: inner[0].a === a ? "0" : null, role: inner[0].a === a ? "button" : null }, words);
      out.push(element);
      for (const s of open) if (s.role === "event" && s.b === b && s.status && s.status !== "happened") out.push(make("span", { class: "tag", "aria-hidden": "true" }, s.status));
    }
    return out;
  }

  function show(index, row = null) {
    current = Math.max(0, Math.min(records.length - 1, index));
    view = read(records[current]);
    const r = view.record;
    const spans = view.rows.flatMap((x) => x.spans.map((s, i) => ({ ...s, id: x.id, status: x.status?.[i] })));
    const about = [r.outlet, r.credit, r.published.best ? `published ${r.published.best}` : r.published.stated.length ? "date of publication open" : "no date of publication", r.uri, ...(r.notes ?? [])];
    $("text").replaceChildren(...[
      r.title ? make("h2", {}, ...drawn(view.title, spans.filter((s) => s.title))) : null,
      make("p", { class: "about" }, about.filter(Boolean).join(" · ")),
      make("div", { class: "body" }, ...drawn(view.text, spans.filter((s) => !s.title))),
    ].filter(Boolean));
    $("rows").replaceChildren(...kinds.map(([kind, label]) => section(kind, label)).filter(Boolean));
    const options = (select, first, values) => {
      select.replaceChildren(make("option", { value: "" }, first), ...[...new Set(values)].sort().map((v) => make("option", { value: v }, v)));
    };
    options($("speaker"), "everyone", view.rows.flatMap((x) => x.speakers ?? []));
    options($("status"), "any", view.rows.flatMap((x) => x.status ?? []));
    $("reports").value = String(current);
    $("previous").disabled = current === 0;
    $("next").disabled = current === records.length - 1;
    chosen = null;
    filter();
    if (row && view.rowOf[row]) choose(row, "words");
    else remember();
  }

  function section(kind, label) {
    const rows = view.rows.filter((r) => r.kind === kind);
    if (!rows.length) return null;
    return make("section", { "data-kind": kind }, make("h3", {}, `${label} · ${rows.length}`), ...rows.map((r) => make("button", { class: "row", "data-row": r.id },
      make("b", {}, r.head), r.status ? make("span", {}, " ", ...[...new Set(r.status)].map((s) => make("span", { class: "status" + (s === "happened" ? "" : " unreal") }, s))) : null,
      r.words ? make("span", { class: "words" }, r.words.length > 220 ? r.words.slice(0, 217) + "…" : r.words) : null,
      make("small", {}, `${r.id} · ${r.tail}`))));
  }

  const wanted = (row) => {
    const speaker = $("speaker").value, status = $("status").value;
    return (!speaker || (row.speakers ?? []).includes(speaker)) && (!status || (row.status ?? []).includes(status));
  };

  function filter() {
    const filtering = $("speaker").value || $("status").value;
    for (const b of document.querySelectorAll(".row")) {
      const row = view.rowOf[b.dataset.row];
      b.hidden = hidden.has(row.kind) || Boolean(filtering) && !wanted(row);
    }
    for (const s of document.querySelectorAll("section")) s.hidden = ![...s.querySelectorAll(".row")].some((b) => !b.hidden);
    for (const e of document.querySelectorAll("[data-ids]")) {
      const rows = e.dataset.ids.split(" ").map((i) => view.rowOf[i]);
      const visible = rows.filter((r) => !hidden.has(r.kind));
      e.classList.toggle("dim", Boolean(filtering) && !visible.some(wanted));
      e.classList.toggle("off", visible.length === 0);
      for (const [kind] of kinds) if (hidden.has(kind)) for (const role of kind === "statement" ? ["statement", "cue", "source"] : [kind]) { if (e.classList.contains(role)) { e.classList.remove(role); e.classList.add("was-" + role); } }
      for (const c of [...e.classList]) if (c.startsWith("was-")) { const role = c.slice(4), kind = ["cue", "source"].includes(role) ? "statement" : role; if (!hidden.has(kind)) { e.classList.replace(c, role); } }
    }
    for (const b of document.querySelectorAll("#legend button")) b.setAttribute("aria-pressed", String(!hidden.has(b.dataset.kind)));
  }

  // Marks a row and its words; `go` says where the view moves: "words", "row" or nowhere.
  function choose(id, go) {
    chosen = id;
    for (const e of document.querySelectorAll(".lit, .chosen")) e.classList.remove("lit", "chosen");
    if (!id) return remember();
    const row = document.querySelector(`.row[data-row="${id}"]`);
    row?.classList.add("chosen");
    const marks = [...document.querySelectorAll("[data-ids]")].filter((e) => e.dataset.ids.split(" ").includes(id));
    for (const e of marks) e.classList.add("lit");
    const behaviour = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    if (go === "words" && marks[0]) { marks[0].scrollIntoView({ block: "center", behavior: behaviour }); if (narrow()) marks[0].focus({ preventScroll: true }); }
    if (go === "row" && row) { row.scrollIntoView({ block: "center", behavior: behaviour }); row.focus({ preventScroll: true }); }
    const r = view.rowOf[id];
    $("said").textContent = `${r.head}. ${r.words ?? ""} ${r.tail ?? ""}`;
    remember();
  }

  function step(by) {
    const rows = [...document.querySelectorAll(".row")].filter((b) => !b.hidden && !b.closest("section").hidden);
    if (!rows.length) return;
    const at = rows.findIndex((b) => b.dataset.row === chosen);
    const to = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length];
    choose(to.dataset.row, narrow() ? null : "words"); // where rows stand below the text, both cannot be in view
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
  }

  // The address is the state: a link goes to the report and the row.
  function remember() {
    const state = `#report=${encodeURIComponent(records[current].id)}${chosen ? `&row=${chosen}` : ""}`;
    if (location.hash !== state) history.replaceState(null, "", state);
  }

  function toggle(kind) {
    if (!hidden.delete(kind)) hidden.add(kind);
    filter();
  }

  document.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (row) return choose(row.dataset.row, "words");
    const mark = event.target.closest("[data-ids]");
    if (!mark) return;
    // Repeated clicks on one place go through the rows over it, innermost first.
    const ids = mark.dataset.ids.split(" ").filter((i) => !hidden.has(view.rowOf[i].kind));
    if (ids.length) choose(ids[(ids.indexOf(chosen) + 1) % ids.length], "row");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select")) return;
    const mark = event.target.closest?.("[data-ids]");
    if (event.key === "Enter" || event.key === " ") {
      // Back to the row that led here, otherwise to the one that the words belong to.
      if (mark?.dataset.ids.split(" ").includes(chosen)) choose(chosen, "row");
      else if (mark) mark.click();
      if (mark) event.preventDefault();
      else if (event.target.closest(".row")) {
        const id = event.target.closest(".row").dataset.row;
        choose(id, "words");
        document.querySelector(".lit[tabindex]")?.focus({ preventScroll: true });
        event.preventDefault();
      }
      return;
    }
    const keys = { j: () => step(1), k: () => step(-1), n: () => show(current + 1), p: () => show(current - 1), s: () => $("speaker").focus(), Escape: () => choose(null), "?": () => $("help").click() };
    const number = Number(event.key);
    if (keys[event.key]) { keys[event.key](); event.preventDefault(); }
    else if (number >= 1 && number <= kinds.length) toggle(kinds[number - 1][0]);
  });
  $("previous").onclick = () => show(current - 1);
  $("next").onclick = () => show(current + 1);
  $("reports").onchange = (e) => show(Number(e.target.value));
  $("speaker").onchange = $("status").onchange = filter;
  $("help").onclick = () => { const k = $("keys"); k.hidden = !k.hidden; $("help").setAttribute("aria-expanded", String(!k.hidden)); };
  $("legend").append(...kinds.map(([kind, label]) => { const b = make("button", { "data-kind": kind, class: kind }, label); b.onclick = () => toggle(kind); return b; }));
  $("reports").append(...records.map((r, i) => make("option", { value: String(i) }, `${r.published.best ? r.published.best + " · " : ""}${r.title ?? opening(r)}`)));
  document.body.classList.toggle("alone", records.length < 2);
  if (!records.length) { $("text").append(make("p", { class: "empty" }, "No reports.")); return; }
  const state = new URLSearchParams(location.hash.slice(1));
  const start = records.findIndex((r) => r.id === state.get("report"));
  show(start < 0 ? 0 : start, state.get("row"));
})();
