//! Events and incidents as GeoJSON (RFC 7946): null geometry where the place is open, precision as a property.

use super::Sink;
use super::figures::of_kind;
use super::gathered::Gathered;
use crate::Result;
use crate::across::{Across, level};
use crate::files::{Format, Sealed, Written};
use crate::reading::Reading;
use recount::record::Event;
use recount::record::across::Incident;
use serde_json::{Map, Value, json};
use std::path::Path;

pub const CONVENTIONS: &str = "\
GeoJSON (RFC 7946)
  WGS 84, longitude before latitude. A feature whose place is not known has a null geometry; none is put on a capital.
  where_prec says how exact the point is (1 exact place … 6 country: the point then only represents it).
";

pub struct Features {
    events: Collection,
    incidents: Collection,
}

/// A FeatureCollection under way.
struct Collection {
    file: Sealed,
    features: u64,
}

impl Collection {
    fn create(folder: &Path, name: &str) -> Result<Collection> {
        let mut file = Sealed::create(folder, name)?;
        file.put(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Collection { file, features: 0 })
    }

    fn add(&mut self, feature: &Value) -> Result<()> {
        self.file.put(if self.features == 0 { b"\n" } else { b",\n" })?;
        self.features += 1;
        self.file.json(feature)
    }

    fn done(mut self, about: &'static str) -> Result<Written> {
        self.file.put(b"\n]}\n")?;
        self.file.done(Format::GeoJson, None, about, self.features)
    }
}

impl Features {
    pub fn create(folder: &Path) -> Result<Features> {
        let events = Collection::create(folder, "geojson/events.geojson")?;
        Ok(Features { events, incidents: Collection::create(folder, "geojson/incidents.geojson")? })
    }
}

impl Sink for Features {
    fn report(&mut self, reading: &Reading<'_>, _: &Across<'_>) -> Result<()> {
        reading.record.events.iter().try_for_each(|v| self.events.add(&event(reading, v)))
    }

    fn end(mut self: Box<Self>, across: &Across<'_>, _: &Gathered) -> Result<Vec<Written>> {
        across.incidents.iter().try_for_each(|i| self.incidents.add(&incident(i)))?;
        Ok(vec![self.events.done("Events as features")?, self.incidents.done("Incidents as features")?])
    }
}

fn point(lat: Option<f64>, lon: Option<f64>) -> Value {
    match (lat, lon) {
        (Some(lat), Some(lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => {
            json!({"type": "Point", "coordinates": [lon, lat]})
        }
        _ => Value::Null,
    }
}

fn feature(id: &str, geometry: Value, properties: Map<String, Value>) -> Value {
    json!({"type": "Feature", "id": id, "geometry": geometry, "properties": properties})
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

fn event(reading: &Reading<'_>, v: &Event) -> Value {
    let place = reading.place(v.place.as_deref());
    let time = reading.time(v.time.as_deref());
    let speaker = reading.speaker(&v.said_by);
    let names = |rows: &[recount::record::Participant]| -> Vec<String> {
        rows.iter().map(|p| reading.name_of(p, v).to_owned()).collect()
    };
    let properties = json!({
        "report": reading.record.id,
        "event_type": v.class,
        "event_mode": v.mode,
        "acled_sub_event": v.acled,
        "status": v.status,
        "historical": v.historical,
        "actors": names(&v.actors).join("; "),
        "targets": names(&v.targets).join("; "),
        "speaker": speaker.name,
        "speaker_class": speaker.class,
        "place_name": place.map(|p| &p.name),
        "where_prec": place.and_then(|p| p.precision),
        "country": place.and_then(|p| p.country.as_ref()),
        "admin1": place.and_then(|p| p.admin1.as_ref()),
        "first_day": time.and_then(|t| t.start.as_ref()),
        "last_day": time.and_then(|t| t.end.as_ref()),
        "date_prec": time.and_then(|t| t.precision),
        "published": reading.record.published.best,
        "words": reading.words(v.trigger, &v.within_title),
        "sentence": reading.sentence(v.trigger, &v.within_title),
    });
    let geometry = place.map_or(Value::Null, |p| point(p.lat, p.lon));
    feature(&reading.key(&v.id), geometry, object(properties))
}

fn incident(i: &Incident) -> Value {
    let place = i.place.as_ref();
    let mut properties = object(json!({
        "event_type": i.class,
        "event_mode": i.mode,
        "acled_sub_event": i.acled,
        "status": i.status,
        "verification": level(i.verification),
        "reports": i.reports.len(),
        "voices": i.origins.len(),
        "actors": i.actors.join("; "),
        "targets": i.targets.join("; "),
        "place_name": place.map(|p| &p.name),
        "where_prec": place.and_then(|p| p.precision),
        "country": place.and_then(|p| p.country.as_ref()),
        "admin1": place.and_then(|p| p.admin1.as_ref()),
        "first_day": i.start,
        "last_day": i.end,
        "date_prec": i.date_precision,
    }));
    for kind in ["killed", "injured", "arrested", "participants"] {
        let tally = of_kind(i, kind).into_iter().next().filter(|t| t.of.is_none());
        for (bound, value) in
            [("low", tally.map(|t| t.low)), ("best", tally.map(|t| t.best)), ("high", tally.map(|t| t.high))]
        {
            properties.insert(format!("{kind}_{bound}"), json!(value.flatten()));
        }
    }
    properties.insert("disagreement".to_owned(), json!(i.tallies.iter().any(|t| t.disagreement)));
    feature(&i.id, place.map_or(Value::Null, |p| point(p.lat, p.lon)), properties)
}
