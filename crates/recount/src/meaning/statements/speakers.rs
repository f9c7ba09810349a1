//! Whose word it is: the entity behind the words that name a source, and the class of that source.

use super::{Draft, Levels};
use crate::language::entities::lexicon;
use crate::language::{Form, Kind, Mention, Pos};
use crate::meaning::{Source, SourceClass};
use crate::span::{EntityId, Span, TokenId, Tokens};
use crate::text::Layout;

/// The speakers so far, in the order of the text.
#[derive(Default)]
pub(super) struct Speakers {
    /// Every source with an identity, latest last: who, in which paragraph, of which class.
    latest: Vec<(EntityId, u32, SourceClass)>,
}

impl Speakers {
    /// The source of a statement; statements come in the order of the text.
    pub fn source(&mut self, levels: Levels<'_>, draft: &Draft) -> Option<Source> {
        let Some(tokens) = draft.source.or(draft.carried.map(|c| c.source)) else {
            let cue = draft.cue?;
            let entity = self.shared(levels, cue);
            return Some(Source { span: None, entity, class: self.class(levels, entity, cue, None) });
        };
        let head = levels.head(tokens)?;
        let behind = draft.content.last().is_some_and(|c| c.end <= tokens.start);
        let entity = self.behind(levels, tokens, head, behind, &draft.content);
        let class = self.class(levels, entity, tokens, Some(head));
        if let Some(entity) = entity {
            self.latest.push((entity, levels.paragraph(head), class));
        }
        Some(Source { span: draft.source.map(|s| trimmed(levels, s)), entity, class })
    }

    /// The entity that the words of a source name: that of their head, or of a name among them where the head has none
    /// ("US Secretary of State Antony Blinken").
    fn behind(
        &self,
        levels: Levels<'_>,
        tokens: Tokens,
        head: TokenId,
        after: bool,
        content: &[Tokens],
    ) -> Option<EntityId> {
        let entity = self.entity(levels, head, after, content);
        if entity.is_some_and(|e| named(levels, e)) {
            return entity;
        }
        let kind = entity.map(|e| levels.language.entities[e.at()].kind);
        // "their head, Ana Ruiz": also the name right behind the comma.
        let next = |m: &Mention| {
            let comma = levels.text.tokens.get(tokens.end as usize).map(|t| levels.text.words(t.span));
            comma == Some(",") && m.tokens.start == tokens.end + 1 && part_of(levels, m.head, head)
        };
        let names = || {
            let of = |m: &&Mention| m.form == Form::Name && (tokens.contains(m.head) || next(m));
            levels.language.mentions.iter().filter(of)
        };
        let beside = |m: &&Mention| part_of(levels, m.head, head);
        let person = |m: &&Mention| m.kind == Kind::Person && kind.is_none_or(|k| k == Kind::Person);
        let name = names().filter(person).find(beside).or_else(|| {
            // The one person named in it, whatever the tree says.
            let mut people = names().filter(person);
            people.next().filter(|_| people.next().is_none())
        });
        let name = name.or_else(|| names().filter(|m| kind == Some(m.kind)).find(beside));
        let name = name.or_else(|| names().filter(|m| kind.is_none() && m.kind == Kind::Organisation).find(beside));
        name.map(|m| m.entity).or(entity)
    }

    /// The entity of the word that heads a source, which may stand after what it says.
    fn entity(&self, levels: Levels<'_>, head: TokenId, after: bool, content: &[Tokens]) -> Option<EntityId> {
        let language = levels.language;
        let word = levels.text.word(head).to_lowercase();
        if matches!(word.as_str(), "who" | "that" | "which") {
            let joined = || language.mention_at(head).map(|m| language.mentions[m.at()].entity);
            return antecedent(levels, head).map_or_else(joined, |t| self.entity(levels, t, after, content));
        }
        let here = levels.paragraph(head);
        let recent = |far: u32| self.latest.iter().rev().take_while(move |(_, at, _)| at + far >= here);
        let near = |far: u32| {
            recent(far).map(|(e, _, _)| *e).filter(|e| fits(levels, &word, *e) && !told_of_in(levels, content, *e))
        };
        let latest = |far: u32| near(far).find(|e| named(levels, *e));
        let mention = language.mention_at(head).map(|m| &language.mentions[m.at()]);
        let Some(mention) = mention else { return latest(0) };
        let resolved = named(levels, mention.entity);
        match mention.form {
            // Who spoke last in the paragraph goes on speaking; else the one whom the paragraph names; else as
            // coreference has it; else who spoke before.
            Form::Pronoun => {
                // "Seventy people were arrested, they said": not the seventy.
                if told_of_in(levels, content, mention.entity) {
                    return latest(0).or_else(|| near(0).next()).or_else(|| latest(2));
                }
                let told = told_of(levels, mention.entity, head);
                let own = (resolved && told).then_some(mention.entity);
                let own = latest(0).or(own).or_else(|| named_here(levels, &word, head));
                let spoke = || recent(2).any(|(e, _, _)| *e == mention.entity);
                own.or((resolved || told || spoke()).then_some(mention.entity)).or_else(|| latest(2))
            }
            // The line over a report names its outlet or its author: no description in the report means them.
            Form::Nominal if off_story(levels, mention.entity, head) => described_so(levels, head, mention.entity),
            Form::Nominal if levels.word(head).lemma == "other" => Some(mention.entity),
            // "the scholar" is the expert who spoke last.
            Form::Nominal if !resolved && definite(levels, head) && !told_of(levels, mention.entity, head) => {
                let class = class_by_word(&levels.word(head).lemma);
                let kind = language.entities[mention.entity.at()].kind;
                // The governor is not the minister who spoke before; the officer may be the general.
                let other_office = |e: EntityId| {
                    let lemma = |t: TokenId| levels.word(t).lemma.to_lowercase();
                    let role = language.entities[e.at()].role.map(|r| levels.text.tokens_in(r));
                    let words: Vec<String> = role.iter().flat_map(|r| r.iter()).map(lemma).collect();
                    lexicon::other_office(&lemma(head), &words)
                };
                let same = |e: &EntityId, c: &SourceClass| {
                    Some(*c) == class
                        && (kind != Kind::Organisation || called(levels, *e, &levels.word(head).lemma))
                        && named(levels, *e)
                        && language.entities[e.at()].kind == kind
                        && !other_office(*e)
                };
                let before = recent(2).filter(|(e, _, c)| same(e, c)).map(|(e, _, _)| *e).next();
                // “…,” the deputy said: whoever spoke last in the paragraph and was given no class of their own.
                let last = self.latest.last().filter(|(e, at, c)| {
                    after && *at == here && *c == SourceClass::Witness && same(e, &class.unwrap_or(*c))
                });
                let before = before.or(last.map(|(e, _, _)| *e));
                before.or(Some(mention.entity))
            }
            _ => Some(mention.entity),
        }
    }

    /// "…, he said, and added that …": a cue without a source of its own shares that of the verb it is joined to.
    fn shared(&self, levels: Levels<'_>, cue: Tokens) -> Option<EntityId> {
        let word = levels.word(levels.head(cue)?);
        if word.rel != "conj" {
            return None;
        }
        let subject = levels.language.children(word.head).find(|c| levels.word(*c).rel == "nsubj")?;
        self.entity(levels, subject, false, &[])
    }

    /// The class of a source: by the words that name it, the sector and role of its entity, what it was before, and its
    /// kind.
    fn class(&self, levels: Levels<'_>, entity: Option<EntityId>, words: Tokens, head: Option<TokenId>) -> SourceClass {
        let word = |t: TokenId| class_by_word(&levels.word(t).lemma);
        // "it" says nothing of whom it means.
        let from_head = head.filter(|h| entity.is_none() || levels.word(*h).pos != Pos::Pron).and_then(word);
        let Some(id) = entity else { return from_head.unwrap_or(SourceClass::Unnamed) };
        let entity = &levels.language.entities[id.at()];
        // Before the head stand titles, behind it appositions; what hangs deeper is about others.
        let beside = |t: &TokenId| {
            let on_head = head.is_some_and(|h| levels.word(*t).head == h || levels.word(h).head == *t);
            on_head && matches!(levels.word(*t).rel, "appos" | "compound" | "flat" | "nmod:desc" | "nsubj" | "root")
        };
        // "The prosecutor's office", "the governor's staff": whose it is says what it is.
        let owned =
            |h: &TokenId| matches!(levels.word(*h).lemma.as_str(), "office" | "bureau" | "staff" | "cabinet" | "team");
        let owner = |h: TokenId| {
            let of = levels.language.children(h).filter(|c| matches!(levels.word(*c).rel, "nmod:poss" | "compound"));
            of.flat_map(|c| levels.language.children(c).chain([c])).find_map(word)
        };
        let from_head = from_head.or_else(|| head.filter(owned).and_then(owner));
        let from_words = from_head.or_else(|| words.iter().filter(beside).find_map(word));
        let role = entity.role.and_then(|r| levels.text.tokens_in(r).iter().find_map(word));
        let before = self.latest.iter().find(|(e, _, _)| *e == id).map(|(_, _, class)| *class);
        let sector = match entity.sector {
            Some("GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY" | "IGO" | "PTY") => Some(SourceClass::Official),
            Some("REB" | "SEP" | "UAF" | "INS" | "CRM") => Some(SourceClass::ArmedGroup),
            Some("JRN") => Some(SourceClass::Media),
            Some("EDU") => Some(SourceClass::Expert),
            Some("NGO") => Some(SourceClass::Organisation),
            _ => None,
        };
        from_words.or(role).or(before).or(sector).unwrap_or(match entity.kind {
            Kind::Organisation | Kind::Facility => SourceClass::Organisation,
            Kind::Place => SourceClass::Official,
            Kind::Group | Kind::Other => SourceClass::Unnamed,
            // A person with a name and nothing more is somebody who saw or knows.
            Kind::Person => SourceClass::Witness,
        })
    }
}

/// Whether a body is ever called by a noun, in a name or a description, that is not one for any body: the commission is not
/// the party that spoke before.
fn called(levels: Levels<'_>, entity: EntityId, lemma: &str) -> bool {
    let any = matches!(lemma, "group" | "organisation" | "organization" | "body" | "agency" | "outfit" | "institution");
    let so = |m: &Mention| m.tokens.iter().any(|t| levels.word(t).lemma.eq_ignore_ascii_case(lemma));
    let mut mentions = levels.language.entities[entity.at()].mentions.iter();
    any || mentions.any(|m| so(&levels.language.mentions[m.at()]))
}

/// Whether the report ever calls an entity by a name.
fn named(levels: Levels<'_>, entity: EntityId) -> bool {
    let entity = &levels.language.entities[entity.at()];
    entity.mentions.iter().any(|m| levels.language.mentions[m.at()].form == Form::Name)
}

/// Whether an entity is told of before a head only in lines without a verb, such as a byline or a date line.
fn off_story(levels: Levels<'_>, entity: EntityId, before: TokenId) -> bool {
    let verb = |t: TokenId| matches!(levels.word(t).pos, Pos::Verb | Pos::Aux);
    let layout = |m: &Mention| levels.text.paragraphs.get(levels.paragraph(m.head) as usize).map(|p| p.layout);
    let bare = |m: &Mention| layout(m).is_some_and(|l| l != Layout::Title) && !levels.sentence(m.head).iter().any(verb);
    let all = levels.language.entities[entity.at()].mentions.iter().map(|m| &levels.language.mentions[m.at()]);
    let mut told = all.filter(|m| m.form != Form::Pronoun && m.head < before).peekable();
    told.peek().is_some() && told.all(bare)
}

/// The other entity that was last called by the same noun before a head.
fn described_so(levels: Levels<'_>, head: TokenId, not: EntityId) -> Option<EntityId> {
    let lemma = &levels.word(head).lemma;
    let so = |m: &&Mention| m.head < head && m.entity != not && levels.word(m.head).lemma == *lemma;
    levels.language.mentions.iter().rev().find(so).map(|m| m.entity)
}

/// Whether the paragraph of a word names or describes an entity before it, outside quotations.
fn told_of(levels: Levels<'_>, entity: EntityId, before: TokenId) -> bool {
    let here = levels.paragraph(before);
    levels.language.entities[entity.at()].mentions.iter().map(|m| &levels.language.mentions[m.at()]).any(|m| {
        let told = m.form != Form::Pronoun && m.head < before && levels.paragraph(m.head) == here;
        told && !levels.text.tokens[m.head.at()].quoted
    })
}

/// Whether a content names or describes an entity: no pronoun outside it can mean whom it brings in.
fn told_of_in(levels: Levels<'_>, content: &[Tokens], entity: EntityId) -> bool {
    let inside = |m: &Mention| m.form != Form::Pronoun && content.iter().any(|c| c.contains(m.head));
    let mentions = &levels.language.entities[entity.at()].mentions;
    mentions.iter().any(|m| inside(&levels.language.mentions[m.at()]))
}

/// The one person whom the paragraph names before a pronoun, outside quotations, and whom it can mean.
fn named_here(levels: Levels<'_>, pronoun: &str, before: TokenId) -> Option<EntityId> {
    if !matches!(pronoun, "he" | "she" | "him" | "her") {
        return None;
    }
    let here = levels.paragraph(before);
    let mut found = None;
    for m in levels.language.mentions.iter().filter(|m| m.form == Form::Name && m.head < before) {
        let told = levels.paragraph(m.head) == here && !levels.text.tokens[m.head.at()].quoted;
        if !told || !fits(levels, pronoun, m.entity) || found == Some(m.entity) {
            continue;
        }
        if found.is_some() {
            return None;
        }
        found = Some(m.entity);
    }
    found
}

/// Whether a name is in apposition to a head, its title's bearer or a part of its own name.
fn part_of(levels: Levels<'_>, name: TokenId, head: TokenId) -> bool {
    let mut at = name;
    for _ in 0..4 {
        if at == head {
            return true;
        }
        if !matches!(
            levels.word(at).rel,
            "appos" | "compound" | "flat" | "nmod:desc" | "amod" | "nmod:unmarked" | "list" | "dep"
        ) {
            return false;
        }
        at = levels.word(at).head;
    }
    at == head
}

/// "the", "this" or "that" before a head.
fn definite(levels: Levels<'_>, head: TokenId) -> bool {
    levels.language.children(head).any(|c| {
        let word = levels.text.word(c).to_lowercase();
        levels.word(c).rel == "det" && matches!(word.as_str(), "the" | "this" | "that")
    })
}

/// The noun that a relative clause's "who" stands for.
fn antecedent(levels: Levels<'_>, who: TokenId) -> Option<TokenId> {
    let verb = levels.word(who).head;
    let word = levels.word(verb);
    (verb != who && word.rel.starts_with("acl") && word.head < who).then_some(word.head)
}

/// Whether a pronoun can mean an entity: by its kind and the other pronouns that mean it.
fn fits(levels: Levels<'_>, pronoun: &str, entity: EntityId) -> bool {
    let entity = &levels.language.entities[entity.at()];
    let called = |words: &[&str]| {
        let said = |m: &crate::span::MentionId| levels.text.words(levels.language.mentions[m.at()].span).to_lowercase();
        entity.mentions.iter().any(|m| words.contains(&said(m).as_str()))
    };
    match pronoun {
        "he" | "him" => entity.kind == Kind::Person && !called(&["she", "her"]),
        "she" | "her" => entity.kind == Kind::Person && !called(&["he", "him", "his"]),
        "they" | "them" => matches!(entity.kind, Kind::Group | Kind::Organisation),
        "it" => entity.kind == Kind::Organisation,
        _ => false,
    }
}

/// The words of a source without the commas and relative clause's marks at its ends.
fn trimmed(levels: Levels<'_>, source: Tokens) -> Span {
    let (mut start, mut end) = (source.start, source.end);
    let mark = |t: u32| levels.text.word(TokenId(t)).chars().all(|c| ",;:—–-\"“”".contains(c));
    while start + 1 < end && mark(start) {
        start += 1;
    }
    while start + 1 < end && mark(end - 1) {
        end -= 1;
    }
    levels.text.span(Tokens { start, end })
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
         prosecutor judge court parliament department embassy king prince chancellor chief premier sheriff \
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
        "newspaper broadcaster media television station channel reporter journalist magazine paper press daily \
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
         organiser organizer observatory charity team church commission opposition coalition alliance movement syndicate federation network",
    ),
];

/// The class of source that a head noun names.
pub(super) fn class_by_word(lemma: &str) -> Option<SourceClass> {
    let lemma = lemma.to_lowercase();
    CLASSES.iter().find(|(_, words)| words.split_whitespace().any(|w| w == lemma)).map(|(class, _)| *class)
}
