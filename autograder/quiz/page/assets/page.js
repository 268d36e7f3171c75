"use strict";
// One quiz on one page. The state is three objects; every change draws the question anew, saves, and counts.
(() => {
  const quiz = JSON.parse(document.getElementById("quiz").textContent);
  const practice = quiz.mode === "practice";
  const fileName = `${quiz.id}.yaml`;
  const page = document.getElementById("page");
  const state = { student: null, answers: {}, first: {}, judged: {}, revealed: {}, said: "" };
  let lang, stores = true;
  const say = (key, ...values) => {
    const word = WORDS[lang][key];
    return typeof word === "function" ? word(...values) : word;
  };

  // ---- keeping ----
  function recall(name) {
    try {
      return localStorage.getItem(`autograder-quiz/${name}`);
    } catch {
      stores = false;
      return null;
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem(`autograder-quiz/${name}`, value);
    } catch {
      stores = false;
    }
  }

  const shelf = () => `${quiz.id}/${Quiz.normalStudent(state.student || "")}`;

  function open(student) {
    Object.assign(state, { student, answers: {}, first: {}, judged: {}, revealed: {}, said: "" });
    keep("student", student);
    try {
      const kept = JSON.parse(recall(shelf()) || "{}");
      take(kept.answers || {});
      state.first = kept.first || {};
      state.judged = kept.judged || {};
    } catch {
      // what is there was not written by this page
    }
  }

  const save = () => keep(shelf(), JSON.stringify({ answers: record(), first: state.first, judged: state.judged }));

  // ---- questions and answers ----
  const number = (item) => Quiz.variant(state.student || "anonymous", item.id, item.variants.length);
  const question = (item) => item.variants[number(item)];

  function answered(item) {
    const raw = state.answers[item.id];
    return !Quiz.blank(raw) && !(typeof raw === "object" && !Array.isArray(raw) && Object.values(raw).every(Quiz.blank));
  }

  function record() {
    const all = quiz.items.filter(answered);
    return Object.fromEntries(all.map((i) => [i.id, { variant: question(i).number, answer: state.answers[i.id] }]));
  }

  function take(answers) {
    const skipped = [];
    let count = 0;
    for (const [id, given] of Object.entries(answers)) {
      const item = quiz.items.find((i) => i.id === id);
      const whole = given !== null && typeof given === "object" && "answer" in given;
      const raw = whole ? given.answer : given;
      if (Quiz.blank(raw)) continue;
      try {
        const own = item && question(item);
        if (!own || (whole && given.variant !== undefined && Number(given.variant) !== own.number)) throw new Error();
        state.answers[id] = Quiz.canonical(own.ask, raw);
        delete state.judged[id];
        count += 1;
      } catch {
        skipped.push(id);
      }
    }
    return { count, skipped };
  }

  function file() {
    const lines = Object.entries(record()).map(([id, given]) => `  ${JSON.stringify(id)}: ${JSON.stringify(given)}`);
    const student = state.student ? ` "student": ${JSON.stringify(state.student)},\n` : "";
    return `{\n "quiz": ${JSON.stringify(quiz.id)},\n${student} "answers": {\n${lines.join(",\n")}\n }\n}\n`;
  }

  function download() {
    const link = h("a", { href: URL.createObjectURL(new Blob([file()], { type: "application/yaml" })), download: fileName });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    tell(say("saved", fileName));
  }

  async function load(input) {
    const chosen = input.files[0];
    if (!chosen) return;
    let data;
    try {
      data = JSON.parse((await chosen.text()).replace(/^\ufeff/, ""));
    } catch {
      return tell(say("notJson"));
    }
    if (data === null || typeof data !== "object" || typeof data.answers !== "object") return tell(say("notJson"));
    if (data.quiz && data.quiz !== quiz.id) return tell(say("otherQuiz", data.quiz));
    if (data.student && Quiz.normalStudent(String(data.student)) !== Quiz.normalStudent(state.student || "")) {
      return tell(say("otherStudent", data.student));
    }
    const { count, skipped } = take(data.answers || {});
    save();
    draw();
    tell([say("loaded", count), skipped.length ? say("skipped", skipped.join(", ")) : ""].join(" "));
  }

  function tell(text) {
    state.said = text;
    const place = document.getElementById("said");
    if (place) place.textContent = text;
  }

  // ---- elements ----
  function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "html") element.innerHTML = value;
      else if (name === "value") element.value = value;
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
    return element;
  }

  const text = (both) => both[lang];
  const rich = (tag, both, attributes = {}) => h(tag, { ...attributes, html: text(both) });

  // ---- one kind of question after the other: each returns an element, and calls put(raw) ----
  const controls = {
    AskChoices(ask, raw, put, name) {
      const chosen = ask.several ? raw || [] : raw;
      const legend = say(ask.several ? "several" : "choose");
      const options = ask.choices.map(([id, label]) => {
        const input = h("input", {
          type: ask.several ? "checkbox" : "radio", name, value: id,
          onchange: () => put(ask.several ? boxes.filter((b) => b.checked).map((b) => b.value) : id),
        });
        input.checked = ask.several ? chosen.includes(id) : chosen === id;
        return { input, label: h("label", {}, input, rich("span", label)) };
      });
      const boxes = options.map((o) => o.input);
      return h("fieldset", {}, h("legend", {}, legend), h("div", { class: "options" }, ...options.map((o) => o.label)));
    },
    AskNumber: (ask, raw, put, name) => field(ask.unit ? say("unit", text(ask.unit)) : say("number"), raw, put, name),
    AskShape: (ask, raw, put, name) => field(say("shape"), raw, put, name),
    AskText(ask, raw, put, name) {
      if (!ask.printed) return field(say("word"), raw, put, name);
      const area = h("textarea", {
        id: name, rows: 4, spellcheck: "false", autocapitalize: "off", autocomplete: "off", maxlength: 2000,
        oninput: () => put(area.value),
      });
      area.value = raw || "";
      return h("div", {}, h("label", { for: name, class: "soft" }, say("printed")), area);
    },
    AskMatch(ask, raw, put, name) {
      const pairs = { ...(raw || {}) };
      const rows = ask.lefts.map(([letter, left]) => {
        const select = h("select", {
          name: `${name}-${letter}`,
          onchange: () => {
            if (select.value) pairs[letter] = Number(select.value);
            else delete pairs[letter];
            put({ ...pairs });
          },
        }, h("option", { value: "" }, `(${say("pick")})`), ...ask.rights.map(([n, right]) => h("option", { value: String(n) }, text(right).includes("<math") ? String(n) : `${n}. ${plain(right)}`)));
        select.value = pairs[letter] ? String(pairs[letter]) : "";
        return h("label", {}, rich("span", left), select);
      });
      // An option of a select holds no formula and breaks no line: what it stands for is written out too.
      const rights = ask.rights.map(([n, right]) => rich("li", right, { value: n }));
      const long = ask.rights.some(([, right]) => /[<`]/.test(text(right)) || text(right).length > 24);
      return h("fieldset", {}, h("legend", {}, say("pair")),
        long ? h("ol", { class: "rights" }, ...rights) : "", h("div", { class: "pairs" }, ...rows));
    },
    AskOrder(ask, raw, put) {
      let order = raw || ask.steps.map(([id]) => id);
      const words = Object.fromEntries(ask.steps);
      const list = h("ol", { class: "steps" }), hear = h("span", { class: "hear", "aria-live": "polite" });
      const done = h("button", { type: "button", hidden: Boolean(raw), onclick: () => { put([...order]); done.hidden = true; } }, say("keep"));
      function moved(id, to) {
        order = order.filter((i) => i !== id);
        order.splice(to, 0, id);
        done.hidden = true;
        put([...order]);
        hear.textContent = say("moved", to + 1);
      }
      function arrange(focus) {
        list.replaceChildren(...order.map((id, at) => {
          const move = (key, step, off) => h("button", {
            type: "button", "data-key": key + id, disabled: off, "aria-label": `${say(key)} (${at + 1})`, title: say(key),
            onclick: () => { moved(id, at + step); arrange(key + id); },
          }, key === "up" ? "\u2191" : "\u2193");
          const grip = h("span", { class: "grip", "aria-hidden": "true", title: say("drag") }, "\u2261");
          const row = h("li", { "data-step": id }, grip, rich("div", words[id]), move("up", -1, at === 0), move("down", 1, at === order.length - 1));
          grip.addEventListener("pointerdown", (event) => drag(event, grip, row, id));
          return row;
        }));
        if (focus) {
          const wanted = list.querySelector(`[data-key="${focus}"]`);
          (wanted.disabled ? wanted.parentElement.querySelector("button:enabled") : wanted).focus();
        }
      }
      function drag(event, grip, row, id) {
        event.preventDefault();
        grip.setPointerCapture(event.pointerId);
        row.classList.add("dragged");
        const follow = (e) => {
          for (const other of list.children) {
            const box = other.getBoundingClientRect();
            if (other === row || e.clientY < box.top || e.clientY > box.bottom) continue;
            const below = row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
            if (below && e.clientY > box.top + box.height / 2) other.after(row);
            if (!below && e.clientY < box.top + box.height / 2) other.before(row);
          }
          if (!grip.hasPointerCapture(e.pointerId)) grip.setPointerCapture(e.pointerId);
        };
        const drop = () => {
          grip.removeEventListener("pointermove", follow);
          row.classList.remove("dragged");
          const to = [...list.children].indexOf(row);
          if (to !== order.indexOf(id)) moved(id, to);
          arrange();
        };
        grip.addEventListener("pointermove", follow);
        grip.addEventListener("pointerup", drop, { once: true });
        grip.addEventListener("pointercancel", drop, { once: true });
      }
      arrange();
      return h("div", {}, h("p", { class: "soft" }, say("order")), list, hear, done);
    },
    AskLine(ask, raw, put, name, code) {
      const rows = code.split("\n").map((line, at) => {
        const input = h("input", { type: "radio", name, value: String(at + 1), onchange: () => put(at + 1) });
        input.checked = raw === at + 1;
        return h("label", {}, input, h("b", { class: "mono" }, String(at + 1)), h("span", { class: "mono" }, line || " "));
      });
      return h("fieldset", {}, h("legend", {}, say("line")), h("div", { class: "lines" }, ...rows));
    },
  };

  function field(label, raw, put, name) {
    const input = h("input", {
      type: "text", id: name, value: raw === undefined ? "" : raw, autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 400,
      oninput: () => put(input.value),
    });
    return h("div", {}, h("label", { for: name, class: "soft" }, label), h("br"), input);
  }

  const plain = (both) => h("span", { html: text(both).replace(/<\/(p|li|tr)>/g, " ") }).textContent.trim();

  // The gaps of a cloze stand in its stem.
  function fillGaps(stem, ask, raw, put, name) {
    const answers = { ...(raw || {}) };
    for (const gap of ask.gaps) {
      const place = stem.querySelector(`[data-gap="${CSS.escape(gap.name)}"]`);
      const set = (value) => { answers[gap.name] = value; put({ ...answers }); };
      let control;
      if (gap.ask.is === "AskChoices") {
        control = h("select", { onchange: () => set(control.value) }, h("option", { value: "" }, `(${say("pick")})`),
          ...gap.ask.choices.map(([id, label]) => h("option", { value: id }, plain(label))));
        control.value = answers[gap.name] || "";
      } else {
        control = h("input", { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: 400, oninput: () => set(control.value) });
        control.value = answers[gap.name] === undefined ? "" : answers[gap.name];
      }
      const unit = gap.ask.unit ? ` (${text(gap.ask.unit)})` : "";
      control.setAttribute("aria-label", say("gap", gap.name) + unit);
      control.setAttribute("title", say("gap", gap.name) + unit);
      control.dataset.name = gap.name;
      place.replaceWith(control, gap.ask.unit ? ` ${text(gap.ask.unit)}` : "");
    }
  }

  // ---- one question ----
  function section(item, at) {
    const own = question(item), ask = own.ask, name = `in-${item.id}`, raw = state.answers[item.id];
    const result = h("div", { "aria-live": "polite", "aria-atomic": "true" });
    const put = (value) => {
      state.answers[item.id] = value;
      delete state.judged[item.id];
      save();
      progress();
      result.replaceChildren(); // what was said of the answer before
      markGaps(stem, item, own);
    };
    const stem = rich("div", own.stem, { class: "stem" });
    if (ask.is === "AskGaps") fillGaps(stem, ask, raw, put, name);
    const picture = own.image && h("img", { class: "picture", src: quiz.images[own.image.src], alt: text(own.image.alt) });
    const listing = own.code && ask.is !== "AskLine" && h("pre", {}, h("code", {}, own.code));
    const control = ask.is === "AskGaps" ? "" : controls[ask.is](ask, raw, put, name, own.code || "");
    const shown = () => {
      result.replaceChildren(...verdict(item, own));
      markGaps(stem, item, own);
    };
    const check = practice && h("button", { type: "button", class: "main", onclick: () => { judge(item, own); shown(); } }, say("check"));
    const reveal = practice && h("button", { type: "button", onclick: () => { state.revealed[item.id] = true; shown(); } }, say("reveal"));
    const box = h("section", { class: "q", id: `q-${item.id}`, "aria-labelledby": `h-${item.id}` },
      h("header", {}, h("h2", { id: `h-${item.id}` }, say("place", at + 1, quiz.items.length)),
        h("span", { class: "soft" }, say("worth", round(Quiz.fraction(item.points)))), h("code", { class: "soft" }, item.id)),
      stem, picture || "", listing || "", control, practice ? h("div", { class: "act" }, check, reveal) : "", result);
    if (practice) {
      box.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target.matches('input[type="text"]') && !event.isComposing) check.click();
      });
    } else {
      // Typing is not interrupted: what cannot be read is said when the field is left.
      box.addEventListener("change", shown);
    }
    if (!practice || state.judged[item.id]) shown();
    return box;
  }

  // Which gaps of a checked cloze are right.
  function markGaps(stem, item, own) {
    const gaps = state.judged[item.id] && answered(item) ? Quiz.scoreBody(own.body, state.answers[item.id]).gaps || {} : {};
    for (const control of stem.querySelectorAll("[data-name]")) {
      const found = gaps[control.dataset.name];
      control.className = found ? (found.credit === 1 ? "ok" : "no") : "";
      control.setAttribute("aria-invalid", String(control.className === "no"));
    }
  }

  function judge(item, own) {
    if (!answered(item)) return;
    const found = Quiz.scoreBody(own.body, state.answers[item.id]);
    if (!found.problem) {
      state.judged[item.id] = true;
      if (!(item.id in state.first) && !state.revealed[item.id]) state.first[item.id] = found.credit;
    }
    state.revealed[item.id] = state.revealed[item.id] || found.credit === 1;
    save();
    progress();
  }

  const lines = (both) => text(both).split("\n").map((line) => h("p", {}, line));

  function verdict(item, own) {
    const made = [];
    if (!practice) {
      const problem = answered(item) && Quiz.problemOf(own.ask, state.answers[item.id]);
      if (problem) made.push(h("div", { class: "result unread" }, h("p", {}, h("strong", {}, say("unread"))), ...lines(problem)));
      return made;
    }
    const found = answered(item) ? Quiz.scoreBody(own.body, state.answers[item.id]) : null;
    const kind = !found || found.problem ? "unread" : found.credit === 1 ? "right" : found.credit ? "partly" : "wrong";
    const box = h("div", { class: `result ${kind}` });
    if (!found && !state.revealed[item.id]) box.append(h("p", {}, say("first")));
    if (found && found.problem) box.append(h("p", {}, h("strong", {}, say("unread"))), ...lines(found.problem));
    if (found && !found.problem) {
      box.append(h("p", {}, h("strong", {}, say(kind, Math.round(found.credit * 100)))));
      if (found.feedback && found.credit < 1) box.append(rich("div", found.feedback));
      if (found.credit < 1 && !state.revealed[item.id]) box.append(h("p", { class: "soft" }, say("again")));
    }
    if (state.revealed[item.id]) {
      const answer = h("div", { class: "answer" });
      if (!found || found.credit < 1) answer.append(h("p", {}, h("strong", {}, say("answer")), " ", rich("span", own.answer)));
      if (own.solution) answer.append(rich("div", own.solution));
      if (answer.childNodes.length) box.append(answer);
    }
    return [box];
  }

  // ---- the page ----
  const round = (value) => String(Number(value.toFixed(2)));

  function mark(item) {
    if (!practice) return answered(item) ? "done" : "";
    if (!state.judged[item.id] || !answered(item)) return "";
    const credit = Quiz.scoreBody(question(item).body, state.answers[item.id]).credit;
    return credit === 1 ? "right" : credit ? "partly" : "wrong";
  }

  function progress() {
    const done = quiz.items.filter(answered);
    let said = say("count", done.length, quiz.items.length);
    if (practice) {
      const worth = (i) => Quiz.fraction(i.points);
      const got = quiz.items.reduce((sum, i) => sum + (state.first[i.id] || 0) * worth(i), 0);
      said += (lang === "ja" ? "、" : ", ") + say("points", round(got), round(quiz.items.reduce((sum, i) => sum + worth(i), 0)));
    }
    document.getElementById("count").textContent = said;
    const names = { right: say("right"), wrong: say("wrong"), partly: say("partly", "-").replace(/ ?[（(].*[)）]/, ""), done: say("kept"), "": "" };
    document.getElementById("chips").querySelectorAll("a").forEach((chip, at) => {
      chip.className = mark(quiz.items[at]);
      chip.setAttribute("aria-label", `${say("place", at + 1, quiz.items.length)} ${names[chip.className]}`);
    });
    const missing = quiz.items.map((item, at) => [item, at + 1]).filter(([item]) => !answered(item)).map(([, n]) => n);
    document.getElementById("left").textContent = missing.length ? say("left", missing.join(lang === "ja" ? "、" : ", ")) : "";
  }

  function who() {
    const input = h("input", { type: "text", id: "student", autocomplete: "username", autocapitalize: "off", spellcheck: "false", maxlength: 100 });
    input.value = state.student || recall("student") || "";
    const form = h("form", {
      class: "who",
      onsubmit: (event) => {
        event.preventDefault();
        if (!practice && !input.value.trim()) return input.focus();
        open(input.value.trim());
        draw();
      },
    }, h("div", {}, h("label", { for: "student" }, say("student")), input), h("button", { class: "main" }, say("go")),
      h("p", { class: "soft" }, say(practice ? "optional" : "decides")));
    return form;
  }

  function draw() {
    document.documentElement.lang = lang;
    document.title = text(quiz.title);
    const choice = (code, name) => h("button", {
      type: "button", lang: code, "aria-pressed": String(lang === code),
      onclick: () => { lang = code; keep("lang", code); draw(); },
    }, name);
    const parts = [
      h("div", { class: "switch" }, choice("en", "English"), choice("ja", "日本語")),
      h("h1", {}, text(quiz.title)),
      h("p", { class: practice ? "soft" : "notice" }, say(practice ? "practice" : "graded")),
      quiz.intro ? rich("div", quiz.intro) : "",
    ];
    if (state.student === null) {
      parts.push(who());
    } else {
      const as = state.student ? say("answering", state.student) : say("anonymous");
      parts.push(
        h("div", { class: "who" }, h("span", {}, as), h("button", { type: "button", onclick: () => { state.student = null; draw(); } }, say("change"))),
        stores ? "" : h("p", { class: "notice" }, say("noStore")),
        h("nav", { class: "bar" }, h("p", { id: "count", "aria-live": "off" }),
          h("ol", { class: "chips", id: "chips" }, ...quiz.items.map((item, at) => h("li", {}, h("a", { href: `#q-${item.id}` }, String(at + 1)))))),
        ...quiz.items.map(section), end());
    }
    page.replaceChildren(...parts.filter(Boolean));
    if (state.student !== null) progress();
  }

  function end() {
    const input = h("input", { type: "file", accept: ".yaml,.yml,.json", class: "hear", tabindex: "-1", "aria-hidden": "true", onchange: () => load(input) });
    return h("section", { class: "end" },
      practice ? "" : h("h2", {}, say("end")),
      h("p", { id: "left" }), h("p", { class: "soft" }, practice ? say("howPractice") : say("how", fileName)),
      h("div", { class: "act" },
        h("button", { type: "button", class: practice ? null : "main", id: "download", onclick: download }, say("download", fileName)),
        h("button", { type: "button", onclick: () => { input.value = ""; input.click(); } }, say("load")), input,
        h("button", {
          type: "button",
          onclick: () => {
            if (!confirm(say("sure"))) return;
            Object.assign(state, { answers: {}, first: {}, judged: {}, revealed: {} });
            save();
            draw();
            scrollTo(0, 0);
          },
        }, say("restart"))),
      h("p", { class: "said", id: "said", role: "status" }, state.said));
  }

  addEventListener("beforeunload", (event) => {
    if (!stores && quiz.items.some(answered)) event.preventDefault();
  });
  const asked = location.hash.slice(1);
  lang = ["en", "ja"].includes(asked) ? asked : recall("lang") || (navigator.language.startsWith("ja") ? "ja" : "en");
  if (!WORDS[lang]) lang = "en";
  draw();
})();
