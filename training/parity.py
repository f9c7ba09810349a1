"""Writes the parity fixture: six invented texts with their words, sentences, pieces, features, and what the shipped model
says of them by onnxruntime. The program's tests hold its own tokeniser and runtime to this file."""
import argparse
import json
import pathlib

import numpy as np

import windows
import words as w_
from corpora.polnear import plain
from evaluate import Net
from export import INPUTS, OUTPUTS

TEXTS = [
    "Gen. Amadou Koré said on Tuesday that at least 26 people had been killed in Vellamar, the U.S. embassy's quarter of the "
    "city. “We didn't fire first,” he told reporters. “They must leave by Jan. 5 at 5pm.”",
    "TARVO, OCT. 3 -- POLICE FIRED ON PROTESTERS IN THE CAPITAL, WITNESSES SAID. NO ONE CLAIMED RESPONSIBILITY FOR THE BLAST, "
    "WHICH INJURED 1,200 MARCHERS.",
    "the governor of north ostrel denied that his troops had shelled the hospital, but two nurses said they saw 'three or four' "
    "rockets land nearby.",
    "Rebels of the People's Front (PFO) have abducted 14 aid workers near Sana'ar-al-Bahr, according to Renée O'Brien, a "
    "spokeswoman for the aid group Médecins d'Ailleurs.\nThe group's website, www.ailleurs.example/news, gave no figure. The "
    "ministry cannot confirm it; the army won't.",
    "\"If they cross the river we will answer,\" Prime Minister Ilse Varga warned Monday, adding: \"That isn't a threat.\" Her "
    "deputy, Mr. J. Tolan, called the talks 'useful'... Some 60% of the $4.5m fund went to AT&T-built towers.",
    "Dozens were arrested after a march in Port Lisle on 12/05/2021. One officer tweeted @lislepolice #march that \"nobody was "
    "hurt. The “riot” was over by noon, and No. 7 Street is open again.\nHours later, doctors counted nine wounded.",
]


def describe(net, text):
    doc = plain(text)
    windows.prepare(doc, net.pieces)
    ranges, dotted = w_.words(text)
    n = len(ranges)
    x = windows.inputs([(doc, 0, n)], net.pieces)
    out = dict(zip(OUTPUTS, net.session.run(None, {k: x[k].astype(np.int32) for k in INPUTS})))
    tags = out["tags"][0]
    row = {"text": text, "words": doc.words, "starts": [a for a, _ in ranges], "sentences": [a for a, _ in doc.sents],
           "inside": [int(i) for i in doc.inside], "pieces": x["pieces"][0].tolist(), "features": x["features"][0].tolist(),
           "first": x["words"][0].tolist()}
    row["labels"] = {h: tags[:, a:b].argmax(-1).tolist() for h, (a, b) in net.where.items() if b - a > 1}
    heads = []
    for a, b in doc.sents:
        heads += (out["arcs"][0, a:b, a:b].argmax(-1) + a).tolist()
    row["heads"] = heads
    row["pointers"] = out["pointers"][0].argmax(-1).tolist()
    some = sorted({0, n // 2, n - 1})
    row["tags"] = {str(w): [round(float(v), 4) for v in tags[w]] for w in some}
    row["sums"] = {k: round(float(np.abs(v).mean()), 5) for k, v in out.items()}
    row["coref"] = [round(float(v), 4) for v in out["coref"][0, n // 2][:8]]
    row["roles"] = [round(float(v), 4) for v in out["roles"][0, :, n // 2, n // 3]]
    return row


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--folder", default="../crates/recount-data/data/model")
    p.add_argument("--out", default="../crates/recount/tests/parity.json")
    args = p.parse_args()
    folder = pathlib.Path(args.folder)
    net = Net(folder / "model.onnx", folder)
    rows = [describe(net, t) for t in TEXTS]
    lines = ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows)
    out = pathlib.Path(args.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text('{"note": "made by training/parity.py; tags, coref and roles are raw scores of some words, to 4 places",\n'
                   f'"texts": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
