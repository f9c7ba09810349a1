"""Shipped weights back to a checkpoint that `train.py --begin` goes on from: int8 widened, products' matrices found by the
bias that is added to them. Heads that the weights do not have yet begin anew."""
import argparse
import json
import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper

import model as model_
from losses import RARE


def weights(path):
    """Name of a parameter as `Model` calls it -> its values, as exported."""
    graph = onnx.load(path).graph
    stored = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    wide = {k: v for k, v in stored.items() if v.dtype == np.float32 and not k.endswith(".scale")}
    for n in graph.node:
        if n.op_type == "DequantizeLinear":
            q, scale = (stored[i] for i in n.input[:2])
            axis = next(a.i for a in n.attribute if a.name == "axis")
            wide[n.output[0]] = q.astype(np.float32) * np.expand_dims(scale, 1 - axis)
    product = {n.output[0]: n.input[1] for n in graph.node if n.op_type == "MatMul"}
    out = {}
    for k, v in wide.items():
        if k.startswith("model."):
            out[k.removeprefix("model.")] = v
    for n in graph.node:
        if n.op_type == "Add":
            bias = next((i for i in n.input if i.endswith(".bias")), None)
            result = next((i for i in n.input if i in product), None)
            if bias and result and product[result] in wide:
                out[bias.removeprefix("model.").removesuffix("bias") + "weight"] = wide[product[result]].T
        if n.op_type == "Gemm":
            out[n.input[2].removeprefix("model.").removesuffix("bias") + "weight"] = wide[n.input[1]]
    out["bert.embeddings.position_embeddings.weight"] = wide["place"]
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--model", default="../crates/recount-data/data/model")
    p.add_argument("--encoder", required=True)
    p.add_argument("--out", required=True)
    args = p.parse_args()
    folder = pathlib.Path(args.model)
    old = weights(folder / "model.onnx")
    heads = json.loads((folder / "heads.json").read_text())
    kept = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    model = model_.build(args.encoder, kept)
    # Positions and the one kind of segment are added up in what is shipped.
    model.bert.embeddings.token_type_embeddings.weight.data.zero_()
    state = model.state_dict()
    where = model_.ranges()
    for part in ("weight", "bias"):
        was, now = old.pop(f"tags.{part}"), state[f"tags.{part}"].clone()
        for h in heads["tags"]:
            a, b = where[h["name"]]
            now[a:b] = torch.from_numpy(np.ascontiguousarray(was[h["start"]:h["end"]]))
        if part == "bias":
            a, b = where["event"]
            now[a:b] += torch.tensor(RARE).log()
        state[f"tags.{part}"] = now
    state["coref_scale"] = torch.tensor(heads["coref"]["scale"])
    state["coref_bias"] = torch.tensor(heads["coref"]["bias"])
    for k, v in old.items():
        if k in state and tuple(state[k].shape) == v.shape:
            state[k] = torch.from_numpy(np.ascontiguousarray(v))
        else:
            print("left out:", k, v.shape, tuple(state[k].shape) if k in state else None)
    kept_as_made = [k for k in state if k not in old and not k.startswith(("tags.", "coref_", "bert.embeddings."))]
    print("not among the weights:", kept_as_made)
    torch.save({"model": {k: v for k, v in state.items() if k != "bert.embeddings.word_embeddings.weight"},
                "step": heads["steps"]}, args.out)


if __name__ == "__main__":
    main()
