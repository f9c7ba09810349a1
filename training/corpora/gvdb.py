"""Gun Violence Database, its 239 articles for training: who shot and who was shot, by name.

One worker filled each article in and only names are given, so lower-cased words are left open; other names are `none`."""
import csv
import gzip
import json
import sys

from labels import HARM

from .events import FUNCTION
from .polnear import plain

csv.field_size_limit(sys.maxsize)


def load(root):
    with gzip.open(f"{root}/gvdb/train.tsv.gz", "rt", encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            try:
                told = json.loads(row["Json"])
            except (TypeError, ValueError):
                continue
            doc = plain(row["Full text"] or "")
            doc.id = "gvdb" + row["Article id"]
            names = {}
            for section, label in (("shooter-section", "perpetrator"), ("victim-section", "victim")):
                for person in told.get(section) or []:
                    value = (person.get("name") or {}).get("value") or ""
                    if value.strip():
                        names[value] = label
            mark(doc, names)
            yield doc


def mark(doc, names):
    harm = doc.tag("harm")
    for w, form in enumerate(doc.words):
        if form.lower() in FUNCTION or form[0].isupper():
            harm[w] = 0
    for name, label in names.items():
        parts = plain(name).words
        for wanted in {tuple(parts), tuple(parts[-1:])}:
            if not wanted or len(wanted[-1]) < 3:
                continue
            for x in range(len(doc.words) - len(wanted) + 1):
                if tuple(doc.words[x:x + len(wanted)]) == wanted:
                    harm[x:x + len(wanted)] = [HARM.index(label)] * len(wanted)
