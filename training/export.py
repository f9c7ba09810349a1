"""Writes a checkpoint as ONNX (f32) with heads.json and vocab.txt beside it."""
import argparse
import json
import math
import pathlib
import shutil

import torch
from torch import nn
from torch.nn import functional as F

import model as model_
from labels import POINTERS, ROLES, TAGS
from losses import RARE
from train import encoder_folder
from words import cut_vocabulary

INPUTS = ("pieces", "features", "mask", "words")
OUTPUTS = ("tags", "arcs", "roles", "pointers", "coref")


class Plain(nn.Module):
    """The same sums as `Model.forward`, written in operators that every runtime has."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        e = model.bert.embeddings
        self.words = e.word_embeddings.weight
        self.place = nn.Parameter((e.position_embeddings.weight + e.token_type_embeddings.weight[0]).detach())
        self.norm = e.LayerNorm

    def forward(self, pieces, features, mask, words):
        t = pieces.shape[1]
        x = F.embedding(pieces, self.words) + self.model.feature(features) + self.place[:t]
        x = self.norm(x)
        away = ((1.0 - mask.float()) * -10000.0).unsqueeze(1).unsqueeze(1)
        for layer in self.model.bert.encoder.layer:
            x = self.layer(layer, x, away)
        return self.model.read(x, words.long())

    def layer(self, layer, x, away):
        a = layer.attention.self
        b, t, n = x.shape[0], x.shape[1], a.num_attention_heads
        d = a.attention_head_size

        def split(y):
            return y.view(b, t, n, d).transpose(1, 2)
        q, k, v = split(a.query(x)), split(a.key(x)), split(a.value(x))
        p = torch.softmax(torch.matmul(q, k.transpose(2, 3)) / math.sqrt(d) + away, -1)
        y = torch.matmul(p, v).transpose(1, 2).reshape(b, t, n * d)
        o = layer.attention.output
        x = o.LayerNorm(o.dense(y) + x)
        y = F.gelu(layer.intermediate.dense(x))
        return layer.output.LayerNorm(layer.output.dense(y) + x)


def load(checkpoint, out):
    encoder = encoder_folder()
    out.mkdir(parents=True, exist_ok=True)
    kept = cut_vocabulary(f"{encoder}/vocab.txt", out / "vocab.txt")
    model = model_.build(encoder, kept)
    state = torch.load(checkpoint, map_location="cpu", weights_only=False)
    missing, _ = model.load_state_dict(state["model"], strict=False)
    assert set(missing) <= {"bert.embeddings.word_embeddings.weight"}, missing   # frozen, so not in every checkpoint
    # The loss weighs triggers more than other words; taking that out again makes the event scores honest.
    a, b = model_.ranges()["event"]
    with torch.no_grad():
        model.tags.bias[a:b] -= torch.tensor(RARE).log()
    return model.eval(), state["step"] + state.get("before", 0)


def heads(model, step):
    ranges = model_.ranges()
    tags = [{"name": h, "start": ranges[h][0], "end": ranges[h][1], "labels": labels} for h, labels in TAGS.items()]
    tags.append({"name": "factuality", "start": ranges["factuality"][0], "end": ranges["factuality"][1], "labels": []})
    return {"version": 1, "steps": step, "max_pieces": 160, "max_positions": 256,
            "features": "case + 4 * inside quotation; case: 0 no capitals, 1 Title, 2 ALL CAPITALS, 3 mixed; special pieces 0",
            "tags": tags, "width": ranges["factuality"][1], "roles": ROLES, "pointers": POINTERS,
            "coref": {"size": model_.COREF, "scale": float(model.coref_scale), "bias": [float(x) for x in model.coref_bias],
                      "sentences": list(model_.BUCKETS)}}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--checkpoint", default="../target/training/final.pt")
    p.add_argument("--out", default="../target/training/export")
    args = p.parse_args()
    out = pathlib.Path(args.out)
    torch.set_num_threads(1)
    model, step = load(args.checkpoint, out)
    with open(out / "heads.json", "w", encoding="utf-8") as f:
        json.dump(heads(model, step), f, indent=1)
        f.write("\n")
    example = (torch.randint(5, 900, (2, 40), dtype=torch.int32), torch.randint(0, 8, (2, 40), dtype=torch.int32),
               torch.ones(2, 40, dtype=torch.int32), torch.arange(1, 61, dtype=torch.int32).view(2, 30) % 38 + 1)
    example[2][1, 30:] = 0
    plain = Plain(model).eval()
    with torch.no_grad():
        ours, theirs = plain(*example), model(*(x.long() for x in example))
        print("plain against model:", max(float((a - b).abs().max()) for a, b in zip(ours, theirs)))
    axes = {"pieces": {0: "B", 1: "T"}, "features": {0: "B", 1: "T"}, "mask": {0: "B", 1: "T"}, "words": {0: "B", 1: "W"},
            "tags": {0: "B", 1: "W"}, "arcs": {0: "B", 1: "W", 2: "W"}, "roles": {0: "B", 2: "W", 3: "W"},
            "pointers": {0: "B", 2: "W", 3: "W"}, "coref": {0: "B", 1: "W"}}
    torch.onnx.export(plain, example, str(out / "f32.onnx"), input_names=INPUTS, output_names=OUTPUTS, dynamic_axes=axes,
                      opset_version=17, dynamo=False, do_constant_folding=True)
    check(out / "f32.onnx", plain, example)


def check(path, plain, example):
    """The file gives what the model gives, on this and on another shape."""
    import onnxruntime
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    other = (torch.randint(5, 900, (3, 57), dtype=torch.int32), torch.randint(0, 8, (3, 57), dtype=torch.int32),
             torch.ones(3, 57, dtype=torch.int32), torch.arange(0, 129, dtype=torch.int32).view(3, 43) % 55)
    for x in (example, other):
        got = session.run(None, {k: v.numpy() for k, v in zip(INPUTS, x)})
        with torch.no_grad():
            want = plain(*x)
        for name, g, w in zip(OUTPUTS, got, want):
            print(name, g.shape, "difference", float((torch.from_numpy(g) - w).abs().max()))


if __name__ == "__main__":
    main()
