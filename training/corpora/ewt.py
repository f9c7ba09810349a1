"""UD English-EWT with PropBank roles and UDS factuality, and weak signs of names."""
import collections
import csv
import gzip

from labels import ROLES

from . import conll
from .document import from_tokens


def load(root, part, weak=None):
    roles = read_roles(f"{root}/propbank_ewt/ewt_srl_{part}.tsv.gz")
    factuality = read_factuality(f"{root}/uds_factuality/ewt_factuality.train_dev.tsv.gz", part)
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
            if weak:
                weak.mark(doc, sents)
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

