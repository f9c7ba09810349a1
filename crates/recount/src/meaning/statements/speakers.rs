//! Whose word it is: the entity behind the words that name a source, and the class of that source.

use super::{Draft, Levels};
use crate::language::{Form, Kind};
use crate::meaning::{Source, SourceClass};
use crate::span::{EntityId, TokenId};

/// The speakers so far, in the order of the text.
#[derive(Default)]
pub(super) struct Speakers {
    /// Entities that were sources, latest last.
    latest: Vec<EntityId>,
}

impl Speakers {
    /// The source of a statement; statements come in the order of the text.
    pub fn source(&mut self, levels: Levels<'_>, draft: &Draft) -> Option<Source> {
        let Some(tokens) = draft.source.or(draft.carried.map(|c| c.source)) else {
            return draft
                .cue
                .map(|_| Source { span: None, entity: self.shared(levels, draft), class: SourceClass::Unnamed })
                .map(|s| Source { class: class(levels, s.entity, None), ..s });
        };
        let head = levels.head(tokens)?;
        let entity = self.entity(levels, head);
        self.latest.extend(entity);
        let span = draft.source.map(|s| trimmed(levels, s));
        Some(Source { span, entity, class: class(levels, entity, Some(head)) })
    }

    /// The entity of the word that heads a source.
    fn entity(&self, levels: Levels<'_>, head: TokenId) -> Option<EntityId> {
        let language = levels.language;
        let word = levels.text.word(head).to_lowercase();
        if matches!(word.as_str(), "who" | "that" | "which") {
            return antecedent(levels, head).and_then(|t| self.entity(levels, t));
        }
        let mention = &language.mentions[language.mention_at(head)?.at()];
        let entity = &language.entities[mention.entity.at()];
        let named = entity.mentions.iter().any(|m| language.mentions[m.at()].form != Form::Pronoun);
        if mention.form != Form::Pronoun || named {
            return Some(mention.entity);
        }
        // A pronoun that nothing else resolves: whoever spoke last and can be meant by it.
        self.latest.iter().rev().copied().find(|e| fits(levels, &word, *e))
    }

    /// "…, he said, and added that …": a cue without a source of its own shares that of the verb it is joined to.
    fn shared(&self, levels: Levels<'_>, draft: &Draft) -> Option<EntityId> {
        let cue = levels.head(draft.cue?)?;
        let word = levels.word(cue);
        if word.rel != "conj" {
            return None;
        }
        let subject = levels.language.children(word.head).find(|c| levels.word(*c).rel == "nsubj")?;
        self.entity(levels, subject)
    }
}

/// The noun that a relative clause's "who" stands for.
fn antecedent(levels: Levels<'_>, who: TokenId) -> Option<TokenId> {
    let verb = levels.word(who).head;
    let word = levels.word(verb);
    (verb != who && word.rel.starts_with("acl") && word.head < who).then_some(word.head)
}

/// Whether a pronoun can mean an entity.
fn fits(levels: Levels<'_>, pronoun: &str, entity: EntityId) -> bool {
    let kind = levels.language.entities[entity.at()].kind;
    match pronoun {
        "he" | "she" | "him" | "her" => kind == Kind::Person,
        "they" | "them" => kind == Kind::Group || kind == Kind::Organisation,
        "it" => kind == Kind::Organisation,
        _ => false,
    }
}

/// The words of a source without the commas and relative clause's marks at its ends.
fn trimmed(levels: Levels<'_>, source: crate::span::Tokens) -> crate::span::Span {
    let (mut start, mut end) = (source.start, source.end);
    let mark = |t: u32| levels.text.word(TokenId(t)).chars().all(|c| ",;:—–-\"“”".contains(c));
    while start + 1 < end && mark(start) {
        start += 1;
    }
    while start + 1 < end && mark(end - 1) {
        end -= 1;
    }
    levels.text.span(crate::span::Tokens { start, end })
}

/// Head nouns that say what a source is, by class. From the words that PolNeAR's and news style guides' sources use.
const CLASSES: &[(SourceClass, &str)] = &[
    (
        SourceClass::Witness,
        "witness eyewitness resident survivor neighbor neighbour bystander villager refugee passer-by onlooker victim \
         relative family mother father activist local protester demonstrator inhabitant prisoner detainee",
    ),
    (
        SourceClass::Official,
        "official minister ministry president government spokesman spokeswoman spokesperson governor mayor police \
         army military authority commander general colonel senator lawmaker secretary ambassador diplomat officer \
         prosecutor judge court parliament agency department embassy king prince chancellor chief premier sheriff \
         congressman congresswoman representative administration council palace kremlin pentagon",
    ),
    (
        SourceClass::ArmedGroup,
        "rebel insurgent militant militia fighter guerrilla separatist jihadist gunman faction paramilitary cartel gang",
    ),
    (
        SourceClass::Expert,
        "expert analyst professor scholar specialist researcher economist scientist historian academic pollster \
         political-scientist consultant lecturer fellow strategist observer critic doctor lawyer attorney",
    ),
    (
        SourceClass::Media,
        "newspaper broadcaster agency media television station channel reporter journalist magazine paper press daily \
         outlet correspondent columnist editor post times news radio tribune herald",
    ),
    (
        SourceClass::Document,
        "report document statement letter study survey poll record filing indictment lawsuit memo email complaint \
         affidavit bill law order resolution constitution data figure census communique communiqué review finding \
         article research investigation audit",
    ),
    (SourceClass::Unnamed, "source people someone anyone many some others other talk rumour rumor claim it one"),
    (
        SourceClass::Organisation,
        "group organisation organization company party union campaign committee foundation institute association \
         observatory charity team church commission",
    ),
];

/// The class of a source: by the sector of its entity, else by its role, else by the word that heads it.
fn class(levels: Levels<'_>, entity: Option<EntityId>, head: Option<TokenId>) -> SourceClass {
    let by_word = |lemma: &str| {
        let lemma = lemma.to_lowercase();
        CLASSES.iter().find(|(_, words)| words.split_whitespace().any(|w| w == lemma)).map(|(class, _)| *class)
    };
    let from_head = head.and_then(|h| by_word(&levels.word(h).lemma));
    let Some(entity) = entity.map(|e| &levels.language.entities[e.at()]) else {
        return from_head.unwrap_or(SourceClass::Unnamed);
    };
    let sector = match entity.sector {
        Some("GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY" | "IGO" | "PTY") => Some(SourceClass::Official),
        Some("REB" | "SEP" | "UAF" | "INS" | "CRM") => Some(SourceClass::ArmedGroup),
        Some("JRN" | "MED") => Some(SourceClass::Media),
        Some("EDU") => Some(SourceClass::Expert),
        _ => None,
    };
    let role = entity.role.and_then(|r| {
        let tokens = levels.text.tokens_in(r);
        tokens.iter().find_map(|t| by_word(&levels.word(t).lemma))
    });
    sector.or(role).or(from_head).unwrap_or(match entity.kind {
        Kind::Organisation | Kind::Facility => SourceClass::Organisation,
        Kind::Place => SourceClass::Official,
        Kind::Group | Kind::Other => SourceClass::Unnamed,
        // A person with a name and nothing more is somebody who saw or knows.
        Kind::Person => SourceClass::Witness,
    })
}
