"""Documents to windows of word pieces (section 7 of CONTRACT.md), and windows to batches with labels."""
import numpy as np
import torch

from labels import POINTERS, ROLES, TAGS, UNKNOWN
from words import case_of

MAX_PIECES = 160


def prepare(doc, pieces):
    """Adds to a document what every window of it needs."""
    doc.pieces = [pieces(w) for w in doc.words]
    doc.case = [case_of(w) for w in doc.words]
    doc.cost = [sum(len(p) for p in doc.pieces[a:b]) for a, b in doc.sents]
    return doc


def spans(doc, limit=MAX_PIECES - 2):
    """Word ranges of the windows that cover a document in order, without overlap."""
    out, start, used = [], None, 0
    for (a, b), cost in zip(doc.sents, doc.cost):
        if start is not None and used + cost > limit:
            out.append((start, a))
            start, used = None, 0
        if start is None:
            start = a
        used += cost
        if used > limit:   # one sentence, longer than a window
            used = 0
            for w in range(a, b):
                if used + len(doc.pieces[w]) > limit:
                    out.append((start, w))
                    start, used = w, 0
                used += len(doc.pieces[w])
    if start is not None:
        out.append((start, doc.sents[-1][1]))
    return out


def random_span(doc, rng, limit=MAX_PIECES - 2):
    """A window that begins at a random sentence, and earlier if the document ends too soon."""
    k = end = int(rng.integers(len(doc.sents)))
    used = 0
    while end < len(doc.sents) and used + doc.cost[end] <= limit:
        used += doc.cost[end]
        end += 1
    while end == len(doc.sents) and k > 0 and used + doc.cost[k - 1] <= limit:
        k -= 1
        used += doc.cost[k]
    if end > k:
        return doc.sents[k][0], doc.sents[end - 1][1]
    a, b = doc.sents[k]
    while sum(len(p) for p in doc.pieces[a:b]) > limit:
        b -= 1
    return a, b


def shifted_case(case, word, shift):
    if shift == "lower":
        return 0
    letters = sum(c.isupper() or c.islower() for c in word)
    return 0 if letters == 0 else 1 if letters == 1 else 2


def inputs(items, pieces, shifts=None, swaps=None):
    """Arrays of the model's inputs for windows (doc, a, b)."""
    rows = []
    for n, (doc, a, b) in enumerate(items):
        ids, feats, first = [pieces.cls], [0], []
        swap = swaps[n] if swaps else {}
        for w in range(a, b):
            word = swap.get(w, doc.words[w])
            p = pieces(word) if w in swap else doc.pieces[w]
            shift = shifts[n] if shifts else None
            case = shifted_case(doc.case[w], word, shift) if shift else case_of(word) if w in swap else doc.case[w]
            first.append(len(ids))
            ids += p
            feats += [case + 4 * doc.inside[w]] * len(p)
        ids, feats = ids[:255] + [pieces.sep], feats[:255] + [0]
        rows.append((ids, feats, first))
    t = max(len(r[0]) for r in rows)
    w = max(len(r[2]) for r in rows)
    out = {"pieces": np.full((len(rows), t), pieces.pad, np.int64), "features": np.zeros((len(rows), t), np.int64),
           "mask": np.zeros((len(rows), t), np.int64), "words": np.zeros((len(rows), w), np.int64)}
    for k, (ids, feats, first) in enumerate(rows):
        out["pieces"][k, :len(ids)] = ids
        out["features"][k, :len(ids)] = feats
        out["mask"][k, :len(ids)] = 1
        out["words"][k, :len(first)] = first
    return out


def targets(items, width):
    """Everything that the losses need, for windows (doc, a, b), as padded arrays."""
    n = len(items)
    tags = {h: np.full((n, width), UNKNOWN, np.int64) for h in TAGS}
    sent = np.full((n, width), -1, np.int64)
    heads = np.full((n, width), UNKNOWN, np.int64)
    pointers = np.full((n, len(POINTERS), width), UNKNOWN, np.int64)
    real = np.zeros((n, width), bool)
    cluster = np.zeros((n, width), np.int64)     # 0: no mention's head
    role_at, role_y, fact_at, fact_y, bags, denied = [], [], [], [], [], []
    for k, (doc, a, b) in enumerate(items):
        m = b - a
        real[k, :m] = True
        for s, (x, y) in enumerate(doc.sents):
            if y > a and x < b:
                sent[k, max(x, a) - a:min(y, b) - a] = s
        for head, values in doc.tags.items():
            tags[head][k, :m] = values[a:b]
        if doc.heads:
            heads[k, :m] = [h - a if a <= h < b else UNKNOWN for h in doc.heads[a:b]]
        if doc.pointers:
            for p in range(len(POINTERS)):
                pointers[k, p, :m] = [t - a if a <= t < b else UNKNOWN for t in doc.pointers[p][a:b]]
            # A pointer is learnt at content and source words only; elsewhere nobody reads it.
            for p, tag in enumerate(("content", "source", "content")):
                pointers[k, p][tags[tag][k] == 0] = UNKNOWN
        if doc.roles:
            for p in range(a, b):
                if p in doc.roles:
                    row = np.full(width, UNKNOWN, np.int64)
                    row[sent[k] == sent[k, p - a]] = 0
                    for w, r in doc.roles[p].items():
                        if a <= w < b:
                            row[w - a] = r + 1
                    role_at.append((k, p - a))
                    role_y.append(row)
        for w, v in doc.factuality.items():
            if a <= w < b:
                fact_at.append((k, w - a))
                fact_y.append(v)
        if doc.clusters:
            here = [w for w in doc.clusters if a <= w < b]
            number = {c: i + 1 for i, c in enumerate(dict.fromkeys(doc.clusters[w] for w in here))}
            for w in here if len(here) > 1 else ():
                cluster[k, w - a] = number[doc.clusters[w]]
        inside = lambda ws: ws and a <= ws[0] and ws[-1] < b
        bags += [(k, [w - a for w in ws], kinds) for ws, kinds in doc.bags if inside(ws)]
        denied += [(k, [w - a for w in ws], [kind]) for ws, kind in doc.denied if inside(ws)]
    out = {"sent": sent, "heads": heads, "pointers": pointers, "real": real, "cluster": cluster,
           "role_at": np.array(role_at, np.int64).reshape(-1, 2), "role_y": np.array(role_y, np.int64).reshape(len(role_y), width),
           "fact_at": np.array(fact_at, np.int64).reshape(-1, 2), "fact_y": np.array(fact_y, np.float32).reshape(-1, 2)}
    for name, rows in (("bag", bags), ("denied", denied)):
        longest = max((len(ws) for _, ws, _ in rows), default=0)
        out[name + "_at"] = np.array([k for k, _, _ in rows], np.int64)
        out[name + "_words"] = np.array([ws + [-1] * (longest - len(ws)) for _, ws, _ in rows], np.int64).reshape(len(rows), longest)
        out[name + "_kinds"] = np.array([[e in kinds for e in range(len(TAGS["event"]))] for _, _, kinds in rows],
                                        bool).reshape(len(rows), len(TAGS["event"]))
    out = {k: torch.from_numpy(v) for k, v in out.items()}
    out["tags"] = torch.from_numpy(np.stack([tags[h] for h in TAGS], 1))          # [windows, heads, words]
    return out


assert len(ROLES) == 15
