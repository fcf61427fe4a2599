use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct KeyedJob {
    id: String,
    count: u32,
    #[serde(rename = "startedAt")]
    started_at: u64,
    #[serde(skip_serializing, default)]
    owner: String,
    ends: String,
}

#[resource(table(key = "idd", item = KeyedJob))]
pub struct MisspelledKey;

#[resource(table(key = number("id"), sort = "count", item = KeyedJob))]
pub struct KeysOfOtherTypes;

#[resource(table(key = "id", sort = number("started_at"), item = KeyedJob))]
pub struct RenamedKey;

#[resource(table(key = "owner", item = KeyedJob))]
pub struct KeyThatIsNotWritten;

#[resource(table(
    key = "id",
    ttl = "ends",
    indexes(by_count(key = number("count")), by_state(key = "state")),
    item = KeyedJob,
))]
pub struct TextThatExpires;

pub type JobNames = Vec<String>;

#[resource(table(key = "id", item = JobNames))]
pub struct ListsAsItems;

fn main() {}
