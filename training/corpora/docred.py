"""Re-DocRED, development part: names with kinds, and which names are one entity."""
import gzip
import json

from labels import TAGS, UNKNOWN

from .document import from_tokens
from .gum import TITLES

KIND = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}


def demonyms(root):
    """Adjectives and nouns of nationality, which are not names here."""
    out = set()
    with open(f"{root}/gazetteer/adjectives.txt", encoding="utf-8") as f:
        for line in f:
            cells = line.rstrip("\n").split("\t")
            for x in ", ".join(cells[1:]).split(", "):
                if x and x != cells[0]:
                    out |= {x.lower(), x.lower() + "s"}
    return out | {"american", "americans", "european", "europeans", "african", "africans", "asian", "asians", "arab", "arabs"}


def label_name(doc, x, y, kind, adjectives):
    """Marks a bare name; gives its range, or None if nothing of it is one."""
    while x < y and (doc.words[x].lower() == "the" or kind == "person" and doc.words[x].lower() in TITLES):
        x += 1
    if y - x > 2 and doc.words[y - 1].lower() in ("'s", "’s"):
        y -= 1
    if x >= y:
        return None
    if all(w.lower() in adjectives for w in doc.words[x:y]):
        doc.tag("name")[x:y] = [0] * (y - x)
        return None
    label = TAGS["name"].index("B-" + kind)
    doc.tag("name")[x:y] = [label] + [label + 1] * (y - x - 1)
    if kind != "other":
        doc.names.append((x, y, kind))
    return x, y


def doubt_capitals(doc):
    """A capitalised word that the annotators passed over may be a name all the same."""
    name = doc.tag("name")
    for a, b in doc.sents:
        for w in range(a, b):
            if name[w] == UNKNOWN:
                name[w] = UNKNOWN if doc.words[w][0].isupper() and w > a else 0


def load(root, part="dev"):
    adjectives = demonyms(root)
    with gzip.open(f"{root}/re_docred/dev_revised.json.gz") as f:
        rows = json.load(f)
    for row in rows:
        doc = from_tokens(row["title"], [[(w, True) for w in s if w.strip()] for s in row["sents"]], set())
        if any(not w.strip() for s in row["sents"] for w in s):
            continue
        for group, vertex in enumerate(row["vertexSet"]):
            for m in vertex:
                a = doc.sents[m["sent_id"]][0]
                x, y = a + m["pos"][0], a + m["pos"][1]
                if m["type"] in ("TIME", "NUM"):
                    doc.tag("name")[x:y] = [0] * (y - x)
                    continue
                got = label_name(doc, x, y, KIND[m["type"]], adjectives)
                if got:
                    doc.clusters[name_head(doc, *got, KIND[m["type"]])] = group
        doubt_capitals(doc)
        yield doc


def name_head(doc, x, y, kind):
    """UD heads a person's name by its first word, others by the last before `of`."""
    if kind == "person":
        return x
    for w in range(x + 1, y):
        if doc.words[w] in ("of", "for"):
            return w - 1
    return y - 1
