"""The mean of the weights of several checkpoints, each gone on from the one before: python mean.py OUT CHECKPOINT..."""
import sys

import torch


def mean(paths):
    """One checkpoint: every weight the mean of theirs, its steps all that the last one has behind it."""
    found = [torch.load(p, map_location="cpu") for p in paths]
    last = found[-1]
    weights = {k: sum(f["model"][k].float() for f in found) / len(found) for k in last["model"]}
    return {"model": weights, "step": last["step"] + (last.get("before") or 0), "before": 0}


if __name__ == "__main__":
    torch.save(mean(sys.argv[2:]), sys.argv[1])
