//! Codecs, which encode values in another form than their own.

use std::collections::BTreeMap;
use std::fmt::{self, Debug};
use std::marker::PhantomData;

use runtime::Bytes;
use runtime::wire::{Base64, Base64Url, Codec, Float, List, Map, Own, Quoted, Whole};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{check, check_rejected, decode, encode};

/// A `T` that is encoded and decoded with the codec `C`.
pub(crate) struct Coded<C, T>(pub(crate) T, PhantomData<C>);

impl<C: Codec<T>, T> Serialize for Coded<C, T> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        C::encode(&self.0, output)
    }
}

impl<'de, C: Codec<T>, T> Deserialize<'de> for Coded<C, T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        C::decode(input).map(|value| Self(value, PhantomData))
    }
}

impl<C, T: PartialEq> PartialEq for Coded<C, T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<C, T: Debug> Debug for Coded<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[test]
fn integers_may_have_a_zero_fraction() {
    let rejected = ["1.5", "1e400", "1e300", "\"1\"", "null", "[]", "{}", "true", "9007199254740993.0"];
    check_codec::<Whole, i64>(
        &[
            ("1", 1, "1"),
            ("-0.0", 0, "0"),
            ("1.0", 1, "1"),
            ("-1e3", -1000, "-1000"),
            ("9007199254740993", 9_007_199_254_740_993, "9007199254740993"),
            ("-9223372036854775808", i64::MIN, "-9223372036854775808"),
        ],
        &[&rejected[..], &["9223372036854775808", "12345678901234567890123"]].concat(),
    );
    check_codec::<Whole, u64>(&[("18446744073709551615", u64::MAX, "18446744073709551615")], &["-1", "-1.0"]);
    check_codec::<Whole, u8>(&[("2.5e2", 250, "250")], &["256", "256.0", "-1"]);
    let largest = u128::MAX.to_string();
    check::<Coded<Whole, u128>>(&largest, Coded(u128::MAX, PhantomData), &largest);
    let least = i128::MIN.to_string();
    check::<Coded<Whole, i128>>(&least, Coded(i128::MIN, PhantomData), &least);
    let too_large = "340282366920938463463374607431768211456";
    let rejected =
        ["1.5", "1e-1", "1e39", "1e99999999999999999999", too_large, "\"1\"", "null", "[1]", "{}", "true"];
    for json in rejected.into_iter().chain(["-1", "-1.0"]) {
        check_rejected::<Coded<Whole, u128>>(json, "$");
    }
    for json in rejected.into_iter().chain(["-170141183460469231731687303715884105729"]) {
        check_rejected::<Coded<Whole, i128>>(json, "$");
    }
    // Without loss, though a double would be rounded.
    for (json, number) in [
        ("1.0", "1"),
        ("1e3", "1000"),
        ("-0.0", "0"),
        ("0e99", "0"),
        ("10.50e+1", "105"),
        ("1e38", "100000000000000000000000000000000000000"),
        ("340282366920938463463374607431768211455.000", "340282366920938463463374607431768211455"),
        ("3.40282366920938463463374607431768211455E38", "340282366920938463463374607431768211455"),
        ("1000000000000000000000000000000000000000000e-6", "1000000000000000000000000000000000000"),
    ] {
        check::<Coded<Whole, u128>>(json, Coded(number.parse().unwrap(), PhantomData), number);
    }
    let least = "-1.70141183460469231731687303715884105728e38";
    check::<Coded<Whole, i128>>(least, Coded(i128::MIN, PhantomData), &i128::MIN.to_string());
}

/// Checks that each JSON text in `read` decodes to a value that encodes to the third item, and that the texts in
/// `rejected` do not decode.
#[track_caller]
pub(crate) fn check_codec<C: Codec<T>, T: PartialEq + Debug + Clone>(
    read: &[(&str, T, &str)],
    rejected: &[&str],
) {
    for (json, value, written) in read {
        let value = Coded::<C, T>(value.clone(), PhantomData);
        // A variant of a union is decoded from a `serde_json::Value`.
        assert_eq!(serde_json::from_value(decode(json).unwrap()).ok().as_ref(), Some(&value), "{json}");
        check(json, value, written);
    }
    for json in rejected {
        check_rejected::<Coded<C, T>>(json, "$");
        if let Ok(value) = decode::<serde_json::Value>(json) {
            serde_json::from_value::<Coded<C, T>>(value).unwrap_err();
        }
    }
}

#[test]
fn quoted_integers() {
    check_codec::<Quoted, i64>(
        &[
            (r#""0""#, 0, r#""0""#),
            (r#""9007199254740993""#, 9_007_199_254_740_993, r#""9007199254740993""#),
            ("9007199254740993", 9_007_199_254_740_993, r#""9007199254740993""#),
            ("-7", -7, r#""-7""#),
            (r#""9223372036854775807""#, i64::MAX, r#""9223372036854775807""#),
            ("9223372036854775807", i64::MAX, r#""9223372036854775807""#),
            (r#""-9223372036854775808""#, i64::MIN, r#""-9223372036854775808""#),
            ("-9223372036854775808", i64::MIN, r#""-9223372036854775808""#),
        ],
        &[
            r#""9223372036854775808""#,
            "9223372036854775808",
            "-9223372036854775809",
            "1e30",
            "7.5",
            r#""7.5""#,
            r#""""#,
            r#"" 7""#,
            r#""0x7""#,
            r#""seven""#,
            "true",
            "null",
            "[7]",
            "{}",
        ],
    );
    check_codec::<Quoted, u64>(
        &[
            (r#""18446744073709551615""#, u64::MAX, r#""18446744073709551615""#),
            ("18446744073709551615", u64::MAX, r#""18446744073709551615""#),
        ],
        &[r#""18446744073709551616""#, "18446744073709551616", r#""-1""#, "-1"],
    );
    check_codec::<Quoted, i32>(
        &[("2147483647", i32::MAX, r#""2147483647""#)],
        &["2147483648", r#""2147483648""#, "-2147483649"],
    );
}

#[test]
fn floats_with_nan_and_infinity() {
    check_codec::<Float, f64>(
        &[
            ("1.5", 1.5, "1.5"),
            ("7", 7.0, "7.0"),
            ("-7", -7.0, "-7.0"),
            ("1E-1", 0.1, "0.1"),
            ("100000000000000000000", 1e20, "1e+20"),
            ("-100000000000000000000", -1e20, "-1e+20"),
            (r#""1.5""#, 1.5, "1.5"),
            (r#""-7""#, -7.0, "-7.0"),
            (r#""1e3""#, 1000.0, "1000.0"),
            (r#""Infinity""#, f64::INFINITY, r#""Infinity""#),
            (r#""-Infinity""#, f64::NEG_INFINITY, r#""-Infinity""#),
        ],
        &["1e400", r#""""#, r#""one""#, "null", "false", "[]", "{}", r#"{"a":1}"#],
    );
    // Rust parses these as numbers, but they are not valid in protobuf JSON.
    for text in ["inf", "-inf", "infinity", "nan", "+1", ".5", "5.", "05", " 5", "5 ", "1e400", "+Infinity"] {
        check_rejected::<Coded<Float, f64>>(&format!("{text:?}"), "$");
    }
    let nan: Coded<Float, f64> = decode(r#""NaN""#).unwrap();
    assert!(nan.0.is_nan());
    assert_eq!(encode(&nan), r#""NaN""#);
}

#[test]
fn base64_bytes() {
    check_codec::<Base64, Bytes>(
        &[
            (r#""""#, Bytes::new(), r#""""#),
            (r#""aGk=""#, Bytes::from_static(b"hi"), r#""aGk=""#),
            (r#""aGk""#, Bytes::from_static(b"hi"), r#""aGk=""#),
            (r#""/+8=""#, Bytes::from_static(b"\xff\xef"), r#""/+8=""#),
            (r#""_-8""#, Bytes::from_static(b"\xff\xef"), r#""/+8=""#),
        ],
        &[r#""a""#, r#""aGk*""#, r#""a Gk""#, r#""_+8=""#, "5", "null", "[104, 105]"],
    );
}

#[test]
fn base64url_bytes() {
    check_codec::<Base64Url, Bytes>(
        &[
            (r#""aGk""#, Bytes::from_static(b"hi"), r#""aGk=""#),
            (r#""_-8=""#, Bytes::from_static(b"\xff\xef"), r#""_-8=""#),
            (r#""/+8=""#, Bytes::from_static(b"\xff\xef"), r#""_-8=""#),
        ],
        &[r#""a""#, r#""_+8=""#, "5"],
    );
}

#[test]
fn lists() {
    check_codec::<List<Quoted>, Vec<i64>>(
        &[("[]", vec![], "[]"), (r#"["1", 2]"#, vec![1, 2], r#"["1","2"]"#)],
        &["{}", "null", r#""1""#],
    );
    check_codec::<List<List<Own>>, Vec<Vec<bool>>>(
        &[("[[], [true, false]]", vec![vec![], vec![true, false]], "[[],[true,false]]")],
        &["{}"],
    );
    check_rejected::<Coded<List<Quoted>, Vec<i64>>>(r#"["1", null]"#, "$[1]");
    check_rejected::<Coded<List<List<Own>>, Vec<Vec<bool>>>>("[[], [true, 5]]", "$[1][1]");
}

#[test]
fn maps() {
    type Counts = BTreeMap<String, i64>;
    let counts = Counts::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    check_codec::<Map<Quoted>, Counts>(
        &[
            ("{}", Counts::new(), "{}"),
            (r#"{"b": "2", "a": 1}"#, counts.clone(), r#"{"a":"1","b":"2"}"#),
            // The last duplicate key wins.
            (r#"{"a": 7, "b": 2, "a": 1}"#, counts, r#"{"a":"1","b":"2"}"#),
        ],
        &["[]", "null"],
    );
    check_rejected::<Coded<Map<Quoted>, Counts>>(r#"{"a": null}"#, "$.a");
}

#[test]
fn integers_of_128_bits() {
    check("100000000000000000000", 100_000_000_000_000_000_000_i128, "100000000000000000000");
    check("-7", -7_i128, "-7");
    check_rejected::<i128>("1.5", "$");
}

#[test]
fn tuples() {
    check_codec::<(Own, Quoted), (String, i64)>(
        &[(r#"["a","7"]"#, ("a".to_owned(), 7), r#"["a","7"]"#)],
        &["[]", r#"["a"]"#, r#"["a",7,8]"#, "null", "{}"],
    );
    check_codec::<(Own, Own, Own), (bool, Option<u8>, Vec<u8>)>(
        &[("[true,null,[1]]", (true, None, vec![1]), "[true,null,[1]]")],
        &["[true,null]"],
    );
    // The path has the index of the wrong element.
    check_rejected::<Coded<(Own, Own), (String, u8)>>(r#"["a","b"]"#, "$[1]");
    check_rejected::<Coded<List<(Own,)>, Vec<(u8,)>>>("[[1],[true]]", "$[1][0]");
}
