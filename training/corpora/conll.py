"""CoNLL-U, as UD and GUM write it."""
from labels import NUMBER, POS, VERB, relation


def read(lines):
    """Yields documents: lists of sentences (dict of comments, list of rows, set of rows glued to the next)."""
    doc, meta, rows, spans = [], {}, [], {}
    for line in lines:
        line = line.rstrip("\n")
        if not line:
            if rows:
                doc.append((meta, rows, glue(rows, spans)))
            meta, rows, spans = {}, [], {}
        elif line.startswith("#"):
            key, _, value = line[1:].strip().partition(" = ")
            key = key.split()[0] if key else key
            if key == "newdoc" and doc:
                yield doc
                doc = []
            meta[key] = value
        else:
            cols = line.split("\t")
            if "-" in cols[0]:
                a, b = map(int, cols[0].split("-"))
                spans[a, b] = "SpaceAfter=No" in cols[9]
            elif "." not in cols[0]:
                rows.append(cols)
    if rows:
        doc.append((meta, rows, glue(rows, spans)))
    if doc:
        yield doc


def glue(rows, spans):
    """Which words have no space behind them, those inside a multi-word token too."""
    no = {int(r[0]) for r in rows if "SpaceAfter=No" in r[9]}
    for (a, b), glued in spans.items():
        no |= set(range(a, b))
        no = no | {b} if glued else no - {b}
    return no


def fill(doc, sents):
    """Part of speech, number, verb form, relation and head of every word."""
    pos, number, verb, rel = (doc.tag(k) for k in ("pos", "number", "verb", "rel"))
    doc.heads = [-1] * len(doc.words)
    for (a, _), (_, rows, _) in zip(doc.sents, sents):
        for i, r in enumerate(rows):
            feats = dict(f.split("=", 1) for f in r[5].split("|") if "=" in f)
            w = a + i
            pos[w] = POS.index(r[3]) if r[3] in POS else POS.index("X")
            number[w] = 0
            if r[3] in ("NOUN", "PROPN", "PRON") and feats.get("Number") in ("Sing", "Plur"):
                number[w] = NUMBER.index(feats["Number"])
            elif r[3] in ("NOUN", "PROPN") and feats.get("Number") == "Ptan":
                number[w] = 2
            verb[w] = VERB.index(verb_form(r[3], feats))
            rel[w] = relation(r[7])
            h = int(r[6])
            doc.heads[w] = w if h == 0 else a + h - 1


def verb_form(pos, feats):
    form = feats.get("VerbForm")
    if pos not in ("VERB", "AUX") or not form:
        return "none"
    if form == "Fin":
        if feats.get("Mood") == "Imp":
            return "Imp"
        return {"Pres": "Fin-Pres", "Past": "Fin-Past"}.get(feats.get("Tense"), "Fin")
    if form == "Inf":
        return "Inf"
    if form == "Ger" or feats.get("Tense") == "Pres":
        return "Part-Pres"
    return "Part-Past"
