"""The mean of the weights of several checkpoints: python mean.py OUT CHECKPOINT[:SHARE]...

Without shares all count alike; shares are made to sum to one.
"""
import sys

import torch


def mean(named):
    """One checkpoint: every weight the mean of theirs, its steps all that the last one has behind it."""
    paths, shares = zip(*((n.split(":") + ["1"])[:2] for n in named))
    total = sum(map(float, shares))
    found = [(float(s) / total, torch.load(p, map_location="cpu")) for p, s in zip(paths, shares)]
    last = found[-1][1]
    weights = {k: sum(s * f["model"][k].float() for s, f in found) for k in last["model"]}
    return {"model": weights, "step": last["step"] + (last.get("before") or 0), "before": 0}


if __name__ == "__main__":
    torch.save(mean(sys.argv[2:]), sys.argv[1])
