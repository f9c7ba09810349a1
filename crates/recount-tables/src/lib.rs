//! Tables: records out in the layouts of the field, and tables of reports in.

pub mod read;
