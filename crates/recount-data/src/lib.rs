//! What Recount carries: model weights, gazetteer and lexicons, as bytes. Pure data, no code that reads it.
