//! Decoding and encoding: the generated types compared with hand-written structs that derive serde's traits, and with
//! `serde_json::Value`.
//!
//! Both kinds of types keep the same values. The generated types also preserve unknown properties.

use std::fs;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use benches::by_hand;
use conductorone::types::{GetAppEntitlementResponse, GetConnectorEntitlementOwnerResponse};
use conductorone::wire;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use benches::side_by_side::{Pair, Table, Work};

/// The minimum speed of the generated types, as a multiple of the speed of the hand-written ones.
const TARGET: f64 = 0.95;

/// The time of a turn, which is so short that hardly any turn is interrupted.
const TURN: Duration = Duration::from_micros(400);

fn main() -> ExitCode {
    let mut table = Table::new("JSON: time for one body");
    compare::<GetAppEntitlementResponse, by_hand::ViewResponse>(&mut table, "get-app-entitlement.json", VIEW);
    compare::<GetConnectorEntitlementOwnerResponse, by_hand::OwnerResponse>(
        &mut table,
        "get-entitlement-owner.json",
        OWNER,
    );
    table.finish()
}

/// The names of the rows.
type RowNames = [&'static str; 2];

const VIEW: RowNames = ["decode an entitlement view", "encode an entitlement view"];
const OWNER: RowNames = ["decode an owning entitlement", "encode an owning entitlement"];

fn compare<G, H>(table: &mut Table, file: &str, [decode, encode]: RowNames)
where
    G: DeserializeOwned + Serialize,
    H: DeserializeOwned + Serialize,
{
    let path = format!("{}/../bodies/{file}", env!("CARGO_MANIFEST_DIR"));
    let value: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    // Without spaces, like a server sends it.
    let body = value.to_string().into_bytes();

    let generated: G = wire::from_slice(&body).unwrap();
    let by_hand: H = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        serde_json::to_value(&generated).unwrap(),
        serde_json::to_value(&by_hand).unwrap(),
        "both types have the same values"
    );

    rows(
        table,
        decode,
        &mut repeated(|| wire::from_slice::<G>(black_box(&body)).unwrap()),
        &mut repeated(|| serde_json::from_slice::<H>(black_box(&body)).unwrap()),
        &mut repeated(|| serde_json::from_slice::<Value>(black_box(&body)).unwrap()),
    );
    rows(
        table,
        encode,
        &mut repeated(|| wire::to_vec(black_box(&generated)).unwrap()),
        &mut repeated(|| serde_json::to_vec(black_box(&by_hand)).unwrap()),
        &mut repeated(|| serde_json::to_vec(black_box(&value)).unwrap()),
    );
}

fn rows(table: &mut Table, name: &'static str, ours: Work<'_>, derived: Work<'_>, value: Work<'_>) {
    table.compare(Pair {
        name,
        ours: &mut *ours,
        other: "derived",
        theirs: derived,
        turn: TURN,
        target: Some(TARGET),
    });
    table.compare(Pair { name, ours, other: "serde_json::Value", theirs: value, turn: TURN, target: None });
}

/// Repeats some work.
fn repeated<T>(work: impl Fn() -> T) -> impl FnMut(u32) {
    move |times| {
        for _ in 0..times {
            black_box(work());
        }
    }
}
