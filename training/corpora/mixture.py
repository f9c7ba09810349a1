"""Which corpus feeds which share of the training, by windows."""
import random

from . import docred, events, ewt, gum, polnear, wikievents
from .document import merge


def shares(root, seed=1):
    singles = [*events.plv(root), *events.cameo(root), *events.glocon(root)]
    random.Random(seed).shuffle(singles)
    return [
        (0.38, list(polnear.load(root, "train"))),
        (0.23, list(ewt.load(root, "train"))),
        (0.15, list(gum.load(root, "train"))),
        (0.11, list(docred.load(root))),
        (0.03, list(wikievents.load(root))),
        (0.04, list(events.rams(root))),
        (0.06, [merge(singles[i:i + 5]) for i in range(0, len(singles), 5)]),
    ]
