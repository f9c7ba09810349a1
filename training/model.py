"""The encoder and its heads; what is exported is exactly `Model.forward`."""
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F
from transformers import AutoConfig, AutoModel

from labels import POINTERS, ROLES, TAGS

ARC, ROLE, POINT, COREF, FAR = 128, 64, 64, 64, 63
BUCKETS = (0, 1, 2, 3, 5, 9)   # distance in sentences at which each coreference bucket begins


class Model(nn.Module):
    def __init__(self, bert):
        super().__init__()
        h = bert.config.hidden_size
        self.bert = bert
        self.unseen = 0.0     # in training: the share of word pieces whose embedding is kept from the encoder
        self.feature = nn.Embedding(8, h)
        nn.init.zeros_(self.feature.weight)
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(h, sum(map(len, TAGS.values())) + 1)
        self.arc_word, self.arc_head = nn.Linear(h, ARC), nn.Linear(h, ARC)
        self.arc_form = nn.Linear(ARC, ARC)
        self.role_predicate = nn.Linear(h, len(ROLES) * ROLE)
        self.role_argument = nn.Linear(h, ROLE)
        self.role_bias = nn.Parameter(torch.full((len(ROLES), 1, 1), -3.0))
        self.point_from, self.point_to = nn.Linear(h, len(POINTERS) * POINT), nn.Linear(h, len(POINTERS) * POINT)
        self.point_self = nn.Linear(h, len(POINTERS) + 1)     # the last is the root's, for arcs
        self.distance = nn.Embedding(2 * FAR + 1, len(POINTERS) + 1)
        nn.init.zeros_(self.distance.weight)
        self.coref = nn.Linear(h, 2 * COREF)
        self.coref_scale = nn.Parameter(torch.tensor(0.125))
        self.coref_bias = nn.Parameter(torch.full((len(BUCKETS),), -1.0))

    def encode(self, pieces, features, mask):
        embedded = self.bert.embeddings.word_embeddings(pieces)
        if self.training and self.unseen:
            embedded = embedded * (torch.rand(pieces.shape, device=pieces.device) >= self.unseen).unsqueeze(-1)
        embedded = embedded + self.feature(features)
        return self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

    def forward(self, pieces, features, mask, words):
        return self.read(self.encode(pieces, features, mask).float(), words)

    def read(self, hidden, words, predicates=None):
        """Scores of the heads. In training `predicates` (rows of windows, words) spares the roles of all other words."""
        index = words.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        x = self.drop(torch.gather(hidden, 1, index))
        b, w = words.shape[0], words.shape[1]

        # A word's score for itself (root, no target) and a bias by distance in pieces. Padded words all stand at piece 0,
        # so they count as one another's selves; nobody reads them.
        gap = words.unsqueeze(1) - words.unsqueeze(2)
        gap = gap.float()
        itself = (1.0 - gap.abs().clamp(0.0, 1.0)).unsqueeze(1)
        near = self.distance((gap.clamp(-FAR, FAR) + FAR).long()).permute(0, 3, 1, 2)
        own = self.point_self(x).transpose(1, 2).unsqueeze(-1) * itself
        place = near + own                                                        # [B, 4, W, W]

        tags = self.tags(x)
        arcs = torch.matmul(self.arc_form(F.gelu(self.arc_word(x))), F.gelu(self.arc_head(x)).transpose(1, 2)) / ARC ** 0.5
        arcs = arcs + place[:, len(POINTERS)]
        argument = F.gelu(self.role_argument(x)).transpose(1, 2)
        if predicates is None:
            predicate = self.role_predicate(x).view(b, w, len(ROLES), ROLE).transpose(1, 2)
            roles = torch.matmul(predicate, argument.unsqueeze(1)) / ROLE ** 0.5 + self.role_bias
        else:
            predicate = self.role_predicate(x[predicates]).view(-1, len(ROLES), ROLE)
            roles = torch.matmul(predicate, argument[predicates[0]]) / ROLE ** 0.5 + self.role_bias[:, 0]
        start = self.point_from(x).view(b, w, len(POINTERS), POINT).transpose(1, 2)
        goal = self.point_to(x).view(b, w, len(POINTERS), POINT).permute(0, 2, 3, 1)
        pointers = torch.matmul(start, goal) / POINT ** 0.5 + place[:, :len(POINTERS)]
        return tags, arcs, roles, pointers, self.coref(x)


def ranges():
    """Head name -> (start, end) in `tags`; `factuality` is the last number."""
    out, at = {}, 0
    for head, labels in TAGS.items():
        out[head] = (at, at + len(labels))
        at += len(labels)
    out["factuality"] = (at, at + 1)
    return out


def build(encoder, kept, dropout=0.0):
    """The pre-trained encoder with the kept pieces only, its word-piece embedding frozen, and fresh heads.

    `encoder` is a folder with config.json, vocab.txt and model.safetensors of a BERT, or of an MPNet, which cuts words into
    the same pieces; `kept` are the pieces in the order of their new numbers.
    """
    config = AutoConfig.from_pretrained(encoder)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = dropout
    config._attn_implementation = "eager"
    bert = AutoModel.from_config(config, add_pooling_layer=False)
    weights = load_file(f"{encoder}/model.safetensors")
    missing, _ = bert.load_state_dict(weights, strict=False)
    assert all("position_ids" in m for m in missing), missing
    with open(f"{encoder}/vocab.txt", encoding="utf-8") as f:
        number = {line.rstrip("\n"): i for i, line in enumerate(f)}
    same = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"} if "<s>" in number else {}
    rows = [number[same.get(p, p)] for p in kept]
    e = bert.embeddings
    e.word_embeddings = nn.Embedding.from_pretrained(e.word_embeddings.weight[rows].detach().clone().float(), freeze=True)
    bert.config.vocab_size = len(rows)
    if config.model_type == "bert":
        e.position_embeddings = nn.Embedding.from_pretrained(e.position_embeddings.weight[:256].detach().clone(), freeze=False)
        e.position_ids = torch.arange(256).unsqueeze(0)
        e.token_type_ids = torch.zeros(1, 256, dtype=torch.long)
        bert.config.max_position_embeddings = 256
    return Model(bert)
