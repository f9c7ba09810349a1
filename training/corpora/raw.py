"""Reports without labels, from the training parts of corpora that feed no head or only some: a student learns on them what
its teacher says of them."""
import csv
import gzip
import json
import re
import sys
import tarfile
import xml.etree.ElementTree as ET

from .ecb import TRAIN
from .polnear import plain

csv.field_size_limit(sys.maxsize)


def load(root):
    for id, text in [*glocon(root), *insight(root), *satp(root), *timeml(root), *ecb(root)]:
        if len(text) > 80:
            doc = plain(text)
            doc.id = id
            yield doc


def glocon(root):
    with gzip.open(f"{root}/glocongold/documents.json.gz", "rt", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            yield row["id"], re.sub(r" {2,}", "\n", row["text"])


def insight(root):
    with gzip.open(f"{root}/conflibert/insightCrime.train.tsv.gz", "rt", encoding="utf-8") as f:
        for k, line in enumerate(f):
            yield f"insight{k}", line.split("\t")[0]


def satp(root):
    with gzip.open(f"{root}/conflibert/satp_relevant.train.tsv.gz", "rt", encoding="utf-8") as f:
        for k, line in enumerate(f):
            yield f"satp{k}", line.split("\t")[0]


def timeml(root):
    with tarfile.open(f"{root}/timeml/tbaq.tar.gz") as tar:
        for member in sorted(n for n in tar.getnames() if n.endswith(".tml")):
            tree = ET.fromstring(tar.extractfile(member).read())
            text = "".join(tree.find("TEXT").itertext())
            yield member, "\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", text) if p.strip())


def ecb(root):
    """Whole reports of the training topics."""
    with tarfile.open(f"{root}/ecbplus/ecbplus_topics_1-35.tar.gz") as tar:
        for member in sorted(n for n in tar.getnames() if n.endswith(".xml")):
            if int(member.split("/")[-2]) in TRAIN:
                sents = {}
                for t in ET.parse(tar.extractfile(member)).getroot().iter("token"):
                    sents.setdefault(int(t.get("sentence")), []).append((t.text or "").strip())
                lines = [" ".join(w for w in ws if w) for _, ws in sorted(sents.items())]
                # Put together from tokens: closing marks go back to their words.
                yield member, re.sub(r" ([.,;:!?%)]|'s|n't)", r"\1", "\n".join(lines))
