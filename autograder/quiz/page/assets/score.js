"use strict";
// What an answer is worth: the rules of score.py, numbers.py, choices.py, words.py and variant.py,
// line by line. tests/quiz/test_page_parity.py compares both over the whole bank.
const Quiz = (() => {
  const fold = (s) => s.normalize("NFKC");
  const trim = (s) => s.replace(/^\s+|\s+$/g, "");
  const whole = (source, flags = "") => new RegExp("^(?:" + source + ")$", flags);

  class NotUnderstood extends Error {
    constructor(en, ja) {
      super(en);
      this.text = { en, ja };
    }
  }

  function quoted(typed) {
    let text = typeof typed === "string" ? typed : JSON.stringify(typed);
    text = [...text.slice(0, 60)].map((c) => (/[\p{C}\p{Zl}\p{Zp}]/u.test(c) || (/\p{Zs}/u.test(c) && c !== " ") ? " " : c)).join("");
    return text.length > 40 ? "'" + text.slice(0, 40) + "...'" : "'" + text + "'";
  }

  // ---- whose variant ----
  function normalStudent(student) {
    return trim(fold(student)).toLowerCase();
  }

  function hash(key) {
    let h = 0x811c9dc5;
    for (const b of new TextEncoder().encode(key)) h = Math.imul(h ^ b, 0x01000193);
    h ^= h >>> 16; h = Math.imul(h, 0x85ebca6b); h ^= h >>> 13; h = Math.imul(h, 0xc2b2ae35); h ^= h >>> 16;
    return h >>> 0;
  }

  const variant = (student, item, n) => hash(normalStudent(student) + "\n" + item) % n;

  // ---- numbers ----
  const DECIMAL = "[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+";
  const PLAIN = whole(`([-+]?)(?:${DECIMAL})(?:[eE][-+]?[0-9]{1,3})?`);
  const POWER = whole(`([-+]?(?:${DECIMAL}))(?:x|×|\\*|·|・)10(?:\\^|\\*\\*)\\(?([-+]?[0-9]{1,3})\\)?`);
  const POWER_ALONE = whole("([-+]?)10(?:\\^|\\*\\*)\\(?([-+]?[0-9]{1,3})\\)?");
  const RATIO = whole(`([-+]?(?:${DECIMAL}))/(${DECIMAL})`);
  const GROUPED = whole("[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]*)?");
  const POINTED = whole("[-+]?[0-9]{1,3}(?:\\.[0-9]{3})+,[0-9]+");
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", LEVEL = "0123456789-+";

  function folded(typed) {
    if (typed.length > 100) throw new NotUnderstood("the answer is too long for a number", "解答が数値としては長すぎます");
    const raised = typed.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+/g, (m) => "^" + [...m].map((c) => LEVEL[RAISED.indexOf(c)]).join(""));
    const strange = raised.match(/\p{No}/u);
    if (strange) {
      throw new NotUnderstood(
        `${quoted(typed)}: write ${strange[0]} with ordinary digits (a half: 1/2)`,
        `${quoted(typed)}: ${strange[0]} は普通の数字で書いてください（2 分の 1 は 1/2）`);
    }
    let text = trim(fold(raised).replace(/[\u2010-\u2015\u2212\u30fc\uff0d\ufe63]/g, "-"));
    text = text.replace(/^(?:約|およそ|だいたい|about|approx(?:imately|\.)?|ca\.|~|≈|≒|=)\s*/i, "");
    return trim(text.replace(/\s*(?:くらい|ぐらい|程度|です)[。.]?$/, ""));
  }

  const noNumber = (typed) => new NotUnderstood(
    `${quoted(typed)} is not a number: write it like 0.25, -3, 1e-3 or 3/4`,
    `${quoted(typed)} は数として読めません。0.25、-3、1e-3、3/4 のように書いてください`);

  function finite(value, typed) {
    const number = Number(value);
    if (!Number.isFinite(number)) {
      throw new NotUnderstood(`${quoted(typed)} is no finite number`, `${quoted(typed)} は有限の数ではありません`);
    }
    return number;
  }

  function decimalPoint(text, typed) {
    text = text.replace(/、/g, ",");
    if (!text.includes(",")) return text;
    if (POINTED.test(text)) return text.replace(/\./g, "").replace(/,/g, ".");
    const commas = text.split(",").length - 1;
    if (GROUPED.test(text)) {
      const digits = text.replace(/^[+-]+/, "");
      if (commas === 1 && !text.includes(".") && !digits.startsWith("0")) {
        const plain = text.replace(/,/g, ""), point = text.replace(/,/g, ".");
        throw new NotUnderstood(
          `${quoted(typed)} could be ${plain} or ${point}: write one of these`,
          `${quoted(typed)} は ${plain} とも ${point} とも読めます。どちらかの書き方にしてください`);
      }
      return text.replace(/,/g, digits.startsWith("0") && commas === 1 ? "." : "");
    }
    if (text.includes(".")) throw noNumber(typed);
    return commas <= 1 + text.split("/").length - 1 ? text.replace(/(?<=[0-9]),(?=[0-9])/g, ".") : text;
  }

  function parseNumber(typed, units = []) {
    if (typeof typed === "number") return finite(typed, typed);
    if (typeof typed !== "string") throw noNumber(typed);
    let text = folded(typed);
    for (const unit of units.map((u) => trim(fold(u)).toLowerCase()).sort((a, b) => b.length - a.length)) {
      if (unit && text.toLowerCase().endsWith(unit)) {
        text = trim(text.slice(0, -unit.length));
        break;
      }
    }
    if (text.endsWith("%")) {
      throw new NotUnderstood(
        `${quoted(typed)}: write it without the percent sign (50% is 0.5)`,
        `${quoted(typed)}: パーセントを使わずに書いてください（50% は 0.5）`);
    }
    text = text.replace(/\s*([-+*/^x×·・]|\*\*)\s*/g, "$1").replace(/−/g, "-");
    text = decimalPoint(text, typed).replace(/(?<=[0-9])_(?=[0-9])/g, "");
    let match;
    if (PLAIN.test(text)) return finite(text, typed);
    if ((match = POWER.exec(text))) return finite(`${match[1]}e${match[2]}`, typed);
    if ((match = POWER_ALONE.exec(text))) return finite(`${match[1]}1e${match[2]}`, typed);
    if ((match = RATIO.exec(text))) {
      if (Number(match[2]) === 0) throw new NotUnderstood(`${quoted(typed)}: divides by zero`, `${quoted(typed)}: 0 で割っています`);
      return finite(Number(match[1]) / Number(match[2]), typed);
    }
    throw noNumber(typed);
  }

  function parseShape(typed) {
    const refuse = () => new NotUnderstood(
      `${quoted(typed)} is not a shape: write the lengths of the axes like (3, 4)`,
      `${quoted(typed)} は形状として読めません。各軸の長さを (3, 4) のように書いてください`);
    const length = (part) => {
      const digits = folded(String(part));
      if (!/^[0-9]{1,12}$/.test(digits)) throw refuse();
      return Number(digits);
    };
    if (Array.isArray(typed)) return typed.map(length);
    if (typeof typed !== "string") throw refuse();
    let text = folded(typed).replace(/^(?:shape|形状)\s*[=:は]?\s*/i, "");
    const inner = /^[(\[{]\s*(.*?)\s*[)\]}]$/.exec(text);
    text = inner ? inner[1] : text;
    if (inner && !text) return [];
    let parts = text.split(/\s*[,、xX×*・]\s*|\s*(?<![\p{L}\p{N}_])by(?![\p{L}\p{N}_])\s*|\s+/u);
    if ((inner || /[,、]/.test(text)) && parts.length > 1 && !parts[parts.length - 1]) parts = parts.slice(0, -1);
    if (!text || parts.length > 32) throw refuse();
    return parts.map(length);
  }

  // As Python's format(value, ".12g"), where the half of a last digit goes to the even one.
  function showNumber(value) {
    if (value === 0) return "0";
    const exact = value.toExponential(80), tie = /^(-?\d\.\d{10}[02468])50*(e.*)$/.exec(exact);
    const [mantissa, e] = (tie ? tie[1] + tie[2] : value.toExponential(11)).split("e");
    const exponent = Number(e), sign = value < 0 ? "-" : "", digits = mantissa.replace(/[-.]/g, "");
    const trimmed = (text) => (text.includes(".") ? text.replace(/\.?0*$/, "") : text);
    if (exponent < -4 || exponent >= 12) {
      return trimmed(mantissa) + "e" + (exponent < 0 ? "-" : "+") + String(Math.abs(exponent)).padStart(2, "0");
    }
    const padded = exponent < 0 ? "0".repeat(-exponent) + digits : digits, point = Math.max(exponent, 0) + 1;
    return sign + trimmed(padded.slice(0, point) + "." + padded.slice(point));
  }

  const showShape = (value) => (value.length === 1 ? `(${value[0]},)` : `(${value.join(", ")})`);

  // ---- letters ----
  const letters = (typed) => {
    if (typed.length > 400) throw new NotUnderstood("the answer is too long", "解答が長すぎます");
    return trim(fold(typed)).toLowerCase();
  };

  function parseChoices(typed, ids) {
    const refuse = () => new NotUnderstood(
      `${quoted(typed)}: answer with letters from ${ids.join(", ")}`, `${quoted(typed)}: ${ids.join("、")} の記号で答えてください`);
    let text = typed;
    if (Array.isArray(typed)) {
      if (typed.some((t) => typeof t !== "string")) throw refuse();
      text = typed.length ? typed.join(" ") : "none";
    }
    if (typeof text !== "string") throw refuse();
    text = letters(text);
    if (["none", "なし", "[]", "()", "{}", "-"].includes(text)) return [];
    const rest = text.replace(/(?<![\p{L}\p{N}_])(and|と)(?![\p{L}\p{N}_])|と|および/gu, " ");
    const found = rest.match(/[a-z]/g) || [];
    const strange = rest.replace(/[\s,、。;:()\[\]{}<>\-"'・.→|/&+a-z]/g, "");
    if (strange || !found.length || found.some((l) => !ids.includes(l))) throw refuse();
    if (new Set(found).size !== found.length) {
      throw new NotUnderstood(`${quoted(typed)}: a letter is there twice`, `${quoted(typed)}: 同じ記号が 2 回あります`);
    }
    return found;
  }

  function parseChoice(typed, ids) {
    const found = parseChoices(typed, ids);
    if (found.length !== 1) {
      throw new NotUnderstood(
        `${quoted(typed)}: choose exactly one of ${ids.join(", ")}`, `${quoted(typed)}: ${ids.join("、")} から 1 つだけ選んでください`);
    }
    return found[0];
  }

  function parseSequence(typed, ids) {
    const found = parseChoices(typed, ids), missing = ids.filter((i) => !found.includes(i));
    if (missing.length) {
      throw new NotUnderstood(
        `${quoted(typed)}: name each step once; missing: ${missing.join(", ")}`,
        `${quoted(typed)}: 各手順を 1 回ずつ書いてください。足りないもの: ${missing.join("、")}`);
    }
    return found;
  }

  function parsePairs(typed, lefts, rights) {
    const refuse = () => new NotUnderstood(
      `${quoted(typed)}: answer with pairs like a: 2, b: 1`, `${quoted(typed)}: a: 2, b: 1 のように組で答えてください`);
    let text = typed;
    if (typeof typed === "object" && typed !== null && !Array.isArray(typed)) {
      text = Object.entries(typed).filter(([, v]) => v !== null && v !== "").map(([k, v]) => `${k}:${v}`).join(" ");
    }
    if (typeof text !== "string") throw refuse();
    text = letters(text);
    const between = "[\\s,、。;:()\\[\\]{}<>=\\-\"'・.→|/]*";
    const pair = new RegExp(`${between}([a-z])${between}([0-9]{1,3})(?![0-9])`, "y");
    const pairs = {};
    let at = 0, match;
    while ((pair.lastIndex = at, match = pair.exec(text))) {
      const [, left, right] = match;
      if (!lefts.includes(left) || !rights.includes(Number(right))) {
        throw new NotUnderstood(`${quoted(typed)}: there is no ${left} or no ${right} here`, `${quoted(typed)}: ${left} か ${right} は選択肢にありません`);
      }
      if (left in pairs) throw new NotUnderstood(`${quoted(typed)}: ${left} is there twice`, `${quoted(typed)}: ${left} が 2 回あります`);
      pairs[left] = Number(right);
      at = pair.lastIndex;
    }
    if (!at || !whole(between).test(text.slice(at))) throw refuse();
    return pairs;
  }

  function parseLine(typed) {
    if (Number.isInteger(typed) && typed > 0 && typed < 10000) return typed;
    const match = typeof typed === "string" && /^(?:line|l)?\s*([0-9]{1,4})\s*(?:行目?)?\.?$/.exec(letters(typed));
    if (!match || Number(match[1]) === 0) {
      throw new NotUnderstood(`${quoted(typed)}: write the number of the line, like 3`, `${quoted(typed)}: 行番号を 3 のように書いてください`);
    }
    return Number(match[1]);
  }

  // ---- words ----
  const DASHES = /[\u2010-\u2015\u2212]/g;

  function normalise(text) {
    text = fold(text.slice(0, 2000)).toLowerCase().replace(DASHES, "-").replace(/["'`\u2018\u2019\u201c\u201d「」『』]/g, "");
    text = text.replace(/\s+/g, "").replace(/(?<![0-9])[-・·_.,、。!?:;/…]+(?![0-9])/g, "");
    return text.replace(/[.,、。!?…]+$/, "");
  }

  function normaliseOutput(text) {
    text = trim(fold(text.slice(0, 2000)).replace(/\r\n/g, "\n").replace(DASHES, "-"));
    return text.split("\n").map((line) => trim(line.replace(/[ \t]+/g, " "))).join("\n");
  }

  const NUMBER = "[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?";
  const tokens = (text) => text.match(new RegExp(`${NUMBER}|[\\p{L}_][\\p{L}\\p{N}_]*|\\S`, "gu")) || [];

  function printsSame(a, b) {
    const left = tokens(a), right = tokens(b);
    const number = whole(NUMBER);
    return left.length === right.length && left.every((token, i) =>
      token === right[i] || (number.test(token) && number.test(right[i]) && Number(token) === Number(right[i])));
  }

  function matches(pattern, given) {
    if (given.length > 200) return false;
    const source = pattern.replace(/\(\?P</g, "(?<");
    for (const flags of ["iu", "i"]) {
      try {
        return whole(source, flags).test(given);
      } catch {
        // not a pattern of this dialect
      }
    }
    return false;
  }

  // ---- scores ----
  const blank = (raw) =>
    raw === null || raw === undefined || (typeof raw === "string" && !trim(raw)) ||
    (typeof raw === "object" && !Array.isArray(raw) && !Object.keys(raw).length);
  const outcome = (credit, response, remark) => {
    const { misconception = null, feedback = null } = remark || {};
    return { credit, response, misconception, feedback, problem: null };
  };
  const told = (remarks) => remarks.find((r) => r && r.misconception) || remarks.find((r) => r && r.feedback) || null;
  // A fraction is "1/3" in the file.
  const fraction = (text) => { const [a, b] = String(text).split("/"); return Number(a) / Number(b || 1); };
  const creditOf = (remark) => (remark ? fraction(remark.credit) : 0);

  function multiCredit(rule, right, wrong, allRight, allWrong) {
    const count = allRight + allWrong;
    if (rule === "off") return right === allRight && !wrong ? 1 : 0;
    if (rule === "net") return Math.max(0, right / allRight - (allWrong ? wrong / allWrong : 0));
    const share = rule === "coverage" ? (right ? (right / allRight) * (right / (right + wrong)) : 0) : (right + allWrong - wrong) / count;
    const base = rule === "coverage" ? allRight / count : Math.max(allRight, allWrong) / count;
    return base < 1 ? Math.max(0, (share - base) / (1 - base)) : Number(share === 1);
  }

  function joined(problems) {
    const lines = (lang) => problems.map(([name, problem]) => `[${name}] ${problem[lang]}`).join("\n");
    return { en: lines("en"), ja: lines("ja") };
  }

  const scorers = {
    Choices(body, raw) {
      const ids = body.choices.map((c) => c.id);
      if (!body.several) {
        const id = parseChoice(raw, ids), chosen = body.choices.find((c) => c.id === id);
        return outcome(chosen.correct ? 1 : creditOf(chosen.remark), id, chosen.remark);
      }
      const ticked = parseChoices(raw, ids).sort();
      const right = body.choices.filter((c) => c.correct).length;
      const hits = body.choices.filter((c) => c.correct && ticked.includes(c.id)).length;
      const credit = multiCredit(body.rule, hits, ticked.length - hits, right, ids.length - right);
      const wrong = body.choices.filter((c) => ticked.includes(c.id) !== c.correct).map((c) => c.remark);
      return outcome(credit, ticked.join(",") || "none", told(wrong));
    },
    Number(body, raw) {
      const value = parseNumber(raw, body.unit ? [body.unit.en, body.unit.ja] : []);
      const near = (target) => Math.abs(value - target) <= Math.max(body.atol, body.rtol * Math.abs(target)) * (1 + 1e-9);
      if (near(body.value)) return outcome(1, showNumber(value));
      const hit = body.distractors.find(([wrong]) => near(wrong));
      return outcome(hit ? creditOf(hit[1]) : 0, showNumber(value), hit && hit[1]);
    },
    Shape(body, raw) {
      const value = parseShape(raw), shown = showShape(value);
      const same = (other) => other.length === value.length && other.every((v, i) => v === value[i]);
      if (same(body.value)) return outcome(1, shown);
      let partial = 0;
      if (body.per_axis && value.length && value.length === body.value.length) {
        partial = value.filter((v, i) => v === body.value[i]).length / value.length;
      }
      const hit = body.distractors.find(([wrong]) => same(wrong));
      return outcome(Math.max(partial, hit ? creditOf(hit[1]) : 0), shown, hit && hit[1]);
    },
    Match(body, raw) {
      const lefts = body.lefts.map(([l]) => l), key = Object.fromEntries(body.key);
      const pairs = parsePairs(raw, lefts, body.rights.map(([n]) => n));
      const right = lefts.filter((l) => body.same[key[l] - 1].includes(pairs[l])).length;
      const response = lefts.filter((l) => l in pairs).map((l) => l + pairs[l]).join(" ");
      return outcome(body.each ? right / lefts.length : Number(right === lefts.length), response);
    },
    Order(body, raw) {
      const given = parseSequence(raw, body.steps.map(([l]) => l).sort());
      const right = body.before.filter(([a, b]) => given.indexOf(a) < given.indexOf(b)).length, total = body.before.length;
      const credit = body.pairs && total ? Math.max(0, (2 * right) / total - 1) : Number(right === total);
      return outcome(credit, given.join(","));
    },
    Words(body, raw) {
      if (typeof raw !== "string" && typeof raw !== "number") {
        throw new NotUnderstood(`${quoted(raw)}: answer with text`, `${quoted(raw)}: 文字で答えてください`);
      }
      const given = (body.printed ? normaliseOutput : normalise)(String(raw));
      const rounds = [(w) => w === given];
      if (body.printed) rounds.push((w) => printsSame(w, given));
      for (const equal of rounds) {
        if (body.accept.some(equal)) return outcome(1, given);
        const hit = body.distractors.find(([words]) => words.some(equal));
        if (hit) return outcome(creditOf(hit[1]), given, hit[1]);
      }
      return outcome(Number(given !== "" && body.regexes.some((p) => matches(p, given))), given || String(raw));
    },
    Cloze(body, raw) {
      const outcomes = body.gaps.map((gap) => [gap.name, scoreBody(gap.body, raw[gap.name])]);
      let credit = outcomes.reduce((sum, [, o]) => sum + o.credit, 0) / outcomes.length;
      if (!body.each && credit < 1) credit = 0;
      const response = outcomes.filter(([, o]) => o.response !== "").map(([name, o]) => `${name}=${o.response}`).join("; ");
      const found = outcome(credit, response, told(outcomes.filter(([, o]) => o.credit < 1).map(([, o]) => o)));
      const problems = outcomes.filter(([, o]) => o.problem).map(([name, o]) => [name, o.problem]);
      if (problems.length) found.problem = joined(problems);
      found.gaps = Object.fromEntries(outcomes);
      return found;
    },
    WrongLine(body, raw) {
      const line = parseLine(raw);
      if (line === body.line) return outcome(1, String(line));
      const hit = body.distractors.find(([wrong]) => wrong === line);
      return outcome(hit ? creditOf(hit[1]) : 0, String(line), hit && hit[1]);
    },
  };

  function scoreBody(body, raw) {
    if (blank(raw)) return outcome(0, "");
    try {
      return scorers[body.is](body, raw);
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      return Object.assign(outcome(0, quoted(raw)), { problem: error.text });
    }
  }

  // ---- whether a sealed question can read it ----
  function problemOf(ask, raw) {
    if (blank(raw)) return null;
    try {
      const ids = (ask.choices || ask.steps || ask.lefts || []).map(([i]) => i);
      if (ask.is === "AskChoices") (ask.several ? parseChoices : parseChoice)(raw, ids);
      if (ask.is === "AskNumber") parseNumber(raw, ask.unit ? [ask.unit.en, ask.unit.ja] : []);
      if (ask.is === "AskShape") parseShape(raw);
      if (ask.is === "AskMatch") parsePairs(raw, ids, ask.rights.map(([n]) => n));
      if (ask.is === "AskOrder") parseSequence(raw, [...ids].sort());
      if (ask.is === "AskLine" && parseLine(raw) > ask.lines) {
        throw new NotUnderstood(`${quoted(raw)}: the listing has ${ask.lines} lines`, `${quoted(raw)}: 行は ${ask.lines} 行目までです`);
      }
      const problems = (ask.gaps || []).map((gap) => [gap.name, problemOf(gap.ask, raw[gap.name])]).filter(([, p]) => p);
      return problems.length ? joined(problems) : null;
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      return error.text;
    }
  }

  // An answer in the form in which the page keeps it: letters, lists, pairs; what is typed stays as it is.
  function canonical(ask, raw) {
    const ids = (ask.choices || ask.steps || ask.lefts || []).map(([i]) => i);
    switch (ask.is) {
      case "AskChoices": return ask.several ? parseChoices(raw, ids).sort() : parseChoice(raw, ids);
      case "AskMatch": return parsePairs(raw, ids, ask.rights.map(([n]) => n));
      case "AskOrder": return parseSequence(raw, [...ids].sort());
      case "AskLine": {
        if (problemOf(ask, raw)) throw new NotUnderstood("line", "行");
        return parseLine(raw);
      }
      case "AskShape": return Array.isArray(raw) ? showShape(parseShape(raw)) : String(raw);
      case "AskGaps": {
        const list = Array.isArray(raw) ? Object.fromEntries(ask.gaps.map((g, i) => [g.name, raw[i]])) : raw;
        if (typeof list !== "object") throw new NotUnderstood("gaps", "空欄");
        const known = ask.gaps.filter((g) => !blank(list[g.name]));
        return Object.fromEntries(known.map((g) => [g.name, canonical(g.ask, list[g.name])]));
      }
      default: return String(raw);
    }
  }

  return { canonical, variant, normalStudent, scoreBody, problemOf, blank, parseNumber, parseShape, showNumber, normalise, normaliseOutput, printsSame, fraction };
})();
