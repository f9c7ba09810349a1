"""UD English-EWT with PropBank roles and UDS factuality; and a weak sign of what is no name or event."""
import collections
import csv
import gzip

from labels import POS, ROLES, TAGS

from . import conll
from .document import from_tokens

PLAIN = {"VERB", "AUX", "PRON", "ADV", "PART", "SCONJ", "INTJ", "CCONJ"}
EVENTFUL = {POS.index(p) for p in ("VERB", "NOUN", "ADJ", "PROPN")}


def load(root, part):
    roles = read_roles(f"{root}/propbank_ewt/ewt_srl_{part}.tsv.gz")
    factuality = read_factuality(f"{root}/uds_factuality/ewt_factuality.train_dev.tsv.gz", part)
    countries = read_countries(f"{root}/gazetteer/adjectives.txt")
    with gzip.open(f"{root}/ud_ewt/en_ewt-ud-{part}.conllu.gz", "rt", encoding="utf-8") as f:
        for sents in conll.read(f):
            rows = [[(r[1], int(r[0]) not in glued) for r in rs] for _, rs, glued in sents]
            breaks = {k for k, (meta, _, _) in enumerate(sents) if "newpar" in meta}
            doc = from_tokens(sents[0][0].get("newdoc", sents[0][0]["sent_id"]), rows, breaks)
            doc.sent_ids = [meta["sent_id"] for meta, _, _ in sents]
            conll.fill(doc, sents)
            predicate = doc.tag("predicate")
            doc.roles = {}
            for k, (a, b) in enumerate(doc.sents):
                for token, value in factuality.get(doc.sent_ids[k], []):
                    if token <= b - a:
                        doc.factuality[a + token - 1] = value
                queue = roles.get(tuple(doc.words[a:b]))
                if queue:
                    found = queue.popleft() if len(queue) > 1 else queue[0]
                    predicate[a:b] = [0] * (b - a)
                    for p, (kind, args) in found.items():
                        predicate[a + p] = kind
                        doc.roles[a + p] = {a + x: r for x, r in args.items()}
            weak_signs(doc, sents, countries)
            yield doc


def read_roles(path):
    """Sentence's words -> queue of {predicate: (kind, {argument's head word: role})}."""
    out = collections.defaultdict(collections.deque)
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for block in f.read().split("\n\n"):
            rows = [x.split("\t") for x in block.split("\n") if x and not x.startswith("#")]
            if rows:
                out[tuple(r[1] for r in rows)].append(read_sentence(rows))
    return out


def read_sentence(rows):
    heads = [int(r[5]) - 1 for r in rows]
    predicates = [i for i, r in enumerate(rows) if r[7] != "-"]
    found = {}
    for n, p in enumerate(predicates):
        args, label, start = {}, None, 0
        for i, r in enumerate(rows):
            cell = r[8 + n] if len(r) > 8 + n else "*"
            if cell.startswith("("):
                label, start = cell[1:].split("*")[0].split("(")[-1], i
            if cell.endswith(")") and label:
                role = role_of(label)
                tops = [k for k in range(start, i + 1) if not start <= heads[k] <= i]
                if role is not None and tops and tops[0] != p:
                    args.setdefault(tops[0], role)
                label = None
        if args or rows[p][3] == "VERB":
            found[p] = (1 if rows[p][3] in ("VERB", "AUX") else 2, args)
    return found


def role_of(label):
    if label in ("V",) or label.startswith(("C-", "R-")) or label.endswith("LVB") or "-V" in label:
        return None
    short = label.removeprefix("ARGM-")
    short = {"PNC": "PRP"}.get(short, short)
    return ROLES.index(short if short in ROLES else "OTHER")


def read_factuality(path, part):
    out = collections.defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            if r["split"] == part:
                out[r["sent_id"]].append((int(r["token"]), (float(r["value"]), float(r["confidence"]))))
    return out


def read_countries(path):
    with open(path, encoding="utf-8") as f:
        return {line.split("\t")[0] for line in f if " " not in line.split("\t")[0]} | {"America"}


def weak_signs(doc, sents, countries):
    """EWT's own name file is missing, so take only what parts of speech settle: verbs and pronouns are no names, words
    far from proper nouns are none, a country's name standing alone is a place. Function words trigger no event."""
    name, event, pos = doc.tag("name"), doc.tag("event"), doc.tags["pos"]
    place = TAGS["name"].index("B-place")
    names = [r[3] in ("PROPN", "X") or r[4] in ("NNP", "NNPS") for _, rows, _ in sents for r in rows]
    for (a, b) in doc.sents:
        for w in range(a, b):
            proper = [a <= v < b and names[v] for v in (w - 1, w, w + 1)]
            if not proper[1] and (POS[pos[w]] in PLAIN or not (proper[0] or proper[2])) and not (
                    POS[pos[w]] in ("NOUN", "ADJ", "ADP", "NUM") and doc.words[w][0].isupper() and w > a):
                name[w] = 0
            elif proper == [False, True, False] and doc.words[w] in countries:
                name[w] = place
            if pos[w] not in EVENTFUL:
                event[w] = 0
