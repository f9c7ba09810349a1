"""Development figures of an exported model, by onnxruntime. Nothing measured here is trained on."""
import argparse
import gzip
import json
import pathlib
import time

import numpy as np
import onnxruntime

import windows
from corpora import ewt, gum, polnear
from export import INPUTS, OUTPUTS
from labels import EVENT, NAME, POS, TAGS
from words import Pieces


class Net:
    def __init__(self, model, folder, threads=1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Left to itself, onnxruntime does the products of the `stored` form in int8; the program widens the weights.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.heads = json.loads((pathlib.Path(folder) / "heads.json").read_text())
        self.where = {h["name"]: (h["start"], h["end"]) for h in self.heads["tags"]}
        self.pieces = Pieces(pathlib.Path(folder) / "vocab.txt")

    def __call__(self, docs, batch=8):
        """Yields (doc, a, b, outputs of the window), a document's windows in order."""
        docs = [windows.prepare(d, self.pieces) for d in docs]
        items = [(d, a, b) for d in docs for a, b in windows.spans(d)]
        order = sorted(range(len(items)), key=lambda i: items[i][2] - items[i][1])
        done = {}
        for k in range(0, len(order), batch):
            part = [items[i] for i in order[k:k + batch]]
            x = windows.inputs(part, self.pieces)
            out = self.session.run(None, {n: x[n].astype(np.int32) for n in INPUTS})
            for j, i in enumerate(order[k:k + batch]):
                m = part[j][2] - part[j][1]
                o = dict(zip(OUTPUTS, (v[j] for v in out)))
                done[i] = {"tags": o["tags"][:m], "arcs": o["arcs"][:m, :m], "roles": o["roles"][:, :m, :m],
                           "pointers": o["pointers"][:, :m, :m], "coref": o["coref"][:m]}
        for i, item in enumerate(items):
            yield (*item, done[i])

    def tag(self, out, head):
        a, b = self.where[head]
        return out["tags"][:, a:b].argmax(-1)


def f1(both, predicted, gold):
    return 2 * both / (predicted + gold) if predicted + gold else 0.0


def attribution(net, docs):
    n = {h: [0, 0, 0] for h in ("source", "cue", "content")}
    right, asked = [0, 0, 0], [0, 0, 0]
    for doc, a, b, out in net(docs):
        for h, c in n.items():
            g, p = np.array(doc.tags[h][a:b]) > 0, net.tag(out, h) > 0
            for i, v in enumerate(((g & p).sum(), p.sum(), g.sum())):
                c[i] += v
        for k, h in enumerate(("content", "source", "content")):
            for w in range(a, b):
                t = doc.pointers[k][w]
                if doc.tags[h][w] > 0 and a <= t < b:
                    asked[k] += 1
                    right[k] += out["pointers"][k, w - a].argmax() == t - a
    r = {f"token_f1_{h}": f1(*c) for h, c in n.items()}
    return r | {f"pointer_{p}": x / max(1, y) for p, x, y in zip(net.heads["pointers"], right, asked)}


def words(net, docs):
    """Parts of speech, syntax, roles and factuality of EWT."""
    n = dict.fromkeys("words pos number verb heads las role_both role_pred role_gold pred_both pred_pred pred_gold".split(), 0)
    y, s = [], []
    for doc, a, b, out in net(docs):
        n["words"] += b - a
        for h in ("pos", "number", "verb"):
            n[h] += int((net.tag(out, h) == np.array(doc.tags[h][a:b])).sum())
        rel = net.tag(out, "rel")
        for x, z in doc.sents:
            if x < a or z > b:
                continue
            guess = out["arcs"][x - a:z - a, x - a:z - a].argmax(-1) + x
            for w in range(x, z):
                ok = guess[w - x] == doc.heads[w]
                n["heads"] += int(ok)
                n["las"] += int(ok and rel[w - a] == doc.tags["rel"][w])
            if doc.tags["predicate"][x] < 0:
                continue
            p = net.tag(out, "predicate")[x - a:z - a] > 0
            g = np.array([w in doc.roles for w in range(x, z)])
            for k, v in (("pred_both", p & g), ("pred_pred", p), ("pred_gold", g)):
                n[k] += int(v.sum())
            for w in range(x, z):
                gold = {(t, r) for t, r in doc.roles.get(w, {}).items()}
                pred = set()
                if p[w - x]:
                    m = out["roles"][:, w - a, x - a:z - a]
                    best = m.argmax(0)
                    pred = {(x + t, int(best[t])) for t in range(z - x) if m[best[t], t] > 0}
                n["role_both"] += len(gold & pred)
                n["role_pred"] += len(pred)
                n["role_gold"] += len(gold)
        for w, (v, _) in doc.factuality.items():
            if a <= w < b:
                y.append(v)
                s.append(float(out["tags"][w - a, net.where["factuality"][0]]))
    y, s = np.array(y), np.array(s)
    return {"upos": n["pos"] / n["words"], "number": n["number"] / n["words"], "verb": n["verb"] / n["words"],
            "uas": n["heads"] / n["words"], "las": n["las"] / n["words"],
            "predicate_f1": f1(n["pred_both"], n["pred_pred"], n["pred_gold"]),
            "role_f1": f1(n["role_both"], n["role_pred"], n["role_gold"]),
            "factuality_pearson": float(np.corrcoef(y, s)[0, 1]), "factuality_sign": float(((y > 0) == (s > 0)).mean()),
            "factuality_sign_balanced": float(np.mean([((s > 0) == t)[(y > 0) == t].mean() for t in (True, False)]))}


def bio(scores, labels):
    """The best sequence of labels in which I only follows its own B or I."""
    n = len(labels)
    may = np.array([[not b.startswith("I") or (a[1:] == b[1:] and a != "O") for b in labels] for a in labels])
    s = scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    best = np.where([l.startswith("I") for l in labels], -1e9, s[0])
    back = []
    for row in s[1:]:
        m = np.where(may, best[:, None], -1e9)
        back.append(m.argmax(0))
        best = m.max(0) + row
    path = [int(best.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    assert n
    return path[::-1]


def chunks(tags):
    """Names from BIO labels; a stray I begins one."""
    out, start, kind = set(), None, None
    for i, t in enumerate([*tags, "O"]):
        if start is not None and t != f"I-{kind}":
            out.add((start, i, kind))
            start = None
        if start is None and t != "O":
            start, kind = i, t[2:]
    return out


def names(net, docs, root):
    fold = {"PER": "person", "ORG": "organisation", "LOC": "place"}
    gold, sent = {}, None
    with gzip.open(f"{root}/uner_ewt/en_ewt-ud-dev.iob2.gz", "rt", encoding="utf-8") as f:
        for line in f:
            if line.startswith("# sent_id"):
                sent = gold[line.split(" = ")[1].strip()] = []
            elif line[:1].isdigit():
                t = line.split("\t")[2].strip()
                sent.append(t if t[2:] not in fold else t[:2] + fold[t[2:]])
    both = predicted = wanted = untyped = 0
    kinds = {k: [0, 0, 0] for k in fold.values()}
    for doc, a, b, out in net(docs):
        p, q = net.where["name"]
        tags = [NAME[t] for t in bio(out["tags"][:, p:q], NAME)]
        for k, (x, z) in enumerate(doc.sents):
            g = gold.get(doc.sent_ids[k])
            if g is None or len(g) != z - x or x < a or z > b:
                continue
            gc = {c for c in chunks(g) if c[2] in kinds}
            pc = {c for c in chunks(tags[x - a:z - a]) if c[2] in kinds}
            both, predicted, wanted = both + len(gc & pc), predicted + len(pc), wanted + len(gc)
            untyped += len({c[:2] for c in gc} & {c[:2] for c in pc})
            for kind, c in kinds.items():
                for i, v in enumerate((gc & pc, pc, gc)):
                    c[i] += sum(q[2] == kind for q in v)
    return {"name_f1": f1(both, predicted, wanted), "name_precision": both / max(1, predicted), "name_recall": both / max(1, wanted),
            "name_untyped_f1": f1(untyped, predicted, wanted)} | {f"name_f1_{k}": f1(*c) for k, c in kinds.items()}


def mentions(net, docs):
    """Kinds of mention heads, and links between gold mention heads of a whole document."""
    both = pred = gold = links = said = wanted = near_links = near_said = near_wanted = 0
    scale, bias = net.heads["coref"]["scale"], np.array(net.heads["coref"]["bias"])
    starts = np.array(net.heads["coref"]["sentences"])
    size = net.heads["coref"]["size"]
    for d in docs:
        v = np.zeros((len(d.words), 2 * size), np.float32)
        for doc, a, b, out in net([d]):
            v[a:b] = out["coref"]
            p, g = net.tag(out, "head"), np.array(doc.tags["head"][a:b])
            both += int(((p == g) & (g > 0)).sum())
            pred += int((p > 0).sum())
            gold += int((g > 0).sum())
        sent = np.zeros(len(d.words), int)
        for k, (a, b) in enumerate(d.sents):
            sent[a:b] = k
        ws = np.array(sorted(d.clusters))
        s = scale * v[ws, :size] @ v[ws, size:].T
        gap = sent[ws][:, None] - sent[ws][None]
        s += bias[np.searchsorted(starts, np.maximum(gap, 0), side="right") - 1]
        for i in range(len(ws)):
            ok = [d.clusters[ws[j]] == d.clusters[ws[i]] for j in range(i)]
            wanted += any(ok)
            if i and s[i, :i].max() > 0:
                said += 1
                links += ok[int(s[i, :i].argmax())]
            near = [j for j in range(i) if gap[i, j] <= 3]
            near_wanted += any(ok[j] for j in near)
            if near and s[i, near].max() > 0:
                near_said += 1
                near_links += ok[near[int(s[i, near].argmax())]]
    return {"head_kind_f1": f1(both, pred, gold), "coref_link_f1": f1(links, said, wanted),
            "coref_link_precision": links / max(1, said), "coref_link_recall": links / max(1, wanted),
            "coref_link_f1_within_3_sentences": f1(near_links, near_said, near_wanted)}


def events(net, path):
    """Types that the words of a sentence bear, against the types the sentence reports; every status counted."""
    both = pred = gold = 0
    with open(path, encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    docs = [polnear.plain(r["text"]) for r in rows]
    for d, r in zip(docs, rows):
        d.wanted = [set(x) for x in r["gold"]["types"]]
        d.also = set(r["gold"].get("also") or [])
        d.found = set()
    for doc, _, _, out in net(docs):
        plain = np.isin(net.tag(out, "pos"), [POS.index("VERB"), POS.index("NOUN")])
        doc.found |= {EVENT[t] for t in net.tag(out, "event")[plain]} - {"none"}
    for d in docs:
        both += sum(bool(x & d.found) for x in d.wanted)
        gold += len(d.wanted)
        extra = d.found - set().union(*d.wanted) - d.also
        pred += sum(bool(x & d.found) for x in d.wanted) + len(extra)
    return {"event_type_f1": f1(both, pred, gold), "event_type_recall": both / max(1, gold)}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--corpora", default="../shared/train")
    p.add_argument("--folder", default="../target/training/export")
    p.add_argument("--model", default="f32.onnx")
    p.add_argument("--part", type=float, default=1.0, help="share of the development documents")
    p.add_argument("--events", default=None, help="development sentences with PLOVER types (bench/event_types/dev.jsonl)")
    args = p.parse_args()
    folder = pathlib.Path(args.folder)
    net = Net(folder / args.model, folder)
    began = time.time()

    def some(docs):
        docs = list(docs)
        return docs[::max(1, round(1 / args.part))]
    dev = some(ewt.load(args.corpora, "dev"))
    result = {"model": args.model, "steps": net.heads["steps"]}
    result |= attribution(net, some(polnear.load(args.corpora, "dev")))
    result |= words(net, dev)
    result |= names(net, dev, args.corpora)
    result |= mentions(net, some(gum.load(args.corpora, "dev")))
    if args.events:
        result |= events(net, args.events)
    result["seconds"] = round(time.time() - began)
    print(json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in result.items()}, indent=1))


if __name__ == "__main__":
    assert TAGS
    main()
