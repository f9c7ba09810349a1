"""Learns how the clues of a name are weighed (`crates/recount/src/language/mentions/weigh.rs`): a multinomial logistic
regression on what the network was not trained on: GUM's `unlisted` and `noncommercial` genres (93 documents) and MEANTIME
(60). Only the weights, a few hundred numbers, are kept.

    python3 names.py texts ../shared/train texts.jsonl
    cargo run -p xtask -- data names texts.jsonl rows.tsv
    python3 names.py fit rows.tsv ../crates/recount-data/data/lexicons/names.tsv
"""
import csv
import json
import sys

import numpy as np

CLASSES = ["person", "organisation", "place", "other", "none"]
RIDGE = 3.0


def texts(root, out):
    from corpora import gum, meantime
    from labels import NAME, UNKNOWN

    n = 0
    with open(out, "w", encoding="utf-8") as f:
        for archive in ("unlisted", "noncommercial"):
            for doc in gum.load(root, "train", (archive,)):
                tags = doc.tags["name"]
                span = lambda x, y: [doc.starts[x], doc.starts[y - 1] + len(doc.words[y - 1])]
                names, x = [], 0
                while x < len(tags):
                    y = x + 1
                    if tags[x] > 0 and NAME[tags[x]].startswith("B-"):
                        while y < len(tags) and tags[y] == tags[x] + 1:
                            y += 1
                        names.append({"span": span(x, y), "kind": NAME[tags[x]][2:]})
                    x = y
                left = [span(w, w + 1) for w, t in enumerate(tags) if t == UNKNOWN]
                row = {"id": doc.id, "text": doc.text, "names": names, "open": left}
                f.write(json.dumps(row) + "\n")
                # Text without capitals, and in nothing but capitals: every fifth document each, once more.
                n += 1
                for which, change in ((1, str.lower), (3, str.upper)):
                    if n % 5 == which and len(change(doc.text)) == len(doc.text):
                        f.write(json.dumps({**row, "text": change(doc.text)}) + "\n")


        for id, text, names, left in meantime.load(root):
            rows = [{"span": [a, b], "kind": kind} for a, b, kind in names]
            f.write(json.dumps({"id": id, "text": text, "names": rows, "open": left}) + "\n")


def read(path):
    with open(path, encoding="utf-8") as f:
        rows = csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE)
        clues = next(rows)[3:]
        ids, answers, x = [], [], []
        for row in rows:
            if row[2] in CLASSES:  # not a part of a name
                ids.append(row[0])
                answers.append(CLASSES.index(row[2]))
                x.append([float(c) for c in row[3:]])
    return clues, ids, np.array(answers), np.array(x)


def fit(x, y, ridge=RIDGE, steps=1500):
    """Weights (clues × classes) by accelerated gradient descent; the ridge holds all but the constant."""
    scale = np.maximum(np.abs(x).max(0), 1e-6)
    x = x / scale
    w = np.zeros((x.shape[1], len(CLASSES)))
    held = np.full((x.shape[1], 1), ridge)
    held[0] = 0.01
    gold = np.eye(len(CLASSES))[y]
    rate = 1.0 / (0.5 * np.linalg.norm(x, 2) ** 2 + ridge)
    ahead, t = w.copy(), 1.0
    for _ in range(steps):
        z = x @ ahead
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        new = ahead - rate * (x.T @ (p - gold) + held * ahead)
        t2 = (1 + np.sqrt(1 + 4 * t * t)) / 2
        ahead = new + (t - 1) / t2 * (new - w)
        w, t = new, t2
    return w / scale[:, None]


def chances(x, w):
    z = x @ w
    p = np.exp(z - z.max(1, keepdims=True))
    return p / p.sum(1, keepdims=True)


def f1(y, p, floor):
    """F1 of persons, organisations and places; what is no name by more than `floor` is dropped."""
    chosen = np.where(p[:, 4] > floor, 4, p[:, :4].argmax(1))
    both = ((chosen == y) & (y < 3)).sum()
    return 2 * both / ((chosen < 3).sum() + (y < 3).sum())


def folds(ids, n=6):
    order = {d: k % n for k, d in enumerate(sorted(set(ids)))}
    return np.array([order[d] for d in ids])


def main():
    if sys.argv[1] == "texts":
        return texts(*sys.argv[2:4])
    clues, ids, y, x = read(sys.argv[2])
    fold = folds(ids)
    for ridge in (0.3, 1.0, 3.0, 10.0, 30.0):
        p = np.zeros((len(y), len(CLASSES)))
        for k in range(fold.max() + 1):
            p[fold == k] = chances(x[fold == k], fit(x[fold != k], y[fold != k], ridge))
        figures = " ".join(f"{t}: {f1(y, p, t):.4f}" for t in (0.3, 0.4, 0.5, 0.6, 0.7))
        print(f"ridge {ridge}: {figures}; log loss {-np.log(p[np.arange(len(y)), y] + 1e-9).mean():.4f}")
    report = [clues.index(f"report_{c}") for c in CLASSES[:4]]
    plain = 2 * ((x[:, report].argmax(1) == y) & (y < 3)).sum() / ((x[:, report].argmax(1) < 3).sum() + (y < 3).sum())
    print(f"the network alone: {plain:.4f} of {len(y)} candidates", {c: int((y == k).sum()) for k, c in enumerate(CLASSES)})
    w = fit(x, y)
    with open(sys.argv[3], "w", encoding="utf-8") as f:
        f.write("# Made by training/names.py: clue, then weights for " + ", ".join(CLASSES) + "\n")
        for clue, row in zip(clues, w):
            f.write(clue + "\t" + "\t".join(f"{v:.4f}" for v in row) + "\n")


if __name__ == "__main__":
    main()
