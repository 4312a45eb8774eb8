//! String enums that servers can extend.

use runtime::wire::{Text, UnknownValue};

use crate::types::Mood;
use crate::{check, check_rejected};

#[test]
fn decodes_known_values() {
    check(r#""CALM""#, Mood::Calm, r#""CALM""#);
    check(r#""W\u0049LD""#, Mood::Wild, r#""WILD""#);
    assert_eq!(Mood::Wild.text(), "WILD");
    assert_eq!(Mood::from_text("WILD"), Mood::Wild);
}

#[test]
fn preserves_unknown_text() {
    for text in ["SLEEPY", "", "calm", " CALM", "7", "é\u{1}"] {
        let json = serde_json::to_string(text).unwrap();
        check(&json, Mood::Unknown(text.into()), &json);
        assert_eq!(Mood::from_text(text).text(), text);
    }
    assert_eq!(UnknownValue::from("7").as_number(), None);
    assert_ne!(UnknownValue::from("7"), UnknownValue::from(7));
}

#[test]
fn preserves_numbers() {
    for number in [0, 7, -1, i64::from(i32::MAX), i64::MAX, i64::MIN] {
        let json = number.to_string();
        check(&json, Mood::Unknown(number.into()), &json);
        assert_eq!(UnknownValue::from(number).as_number(), Some(number));
        assert_eq!(Mood::Unknown(number.into()).text(), json);
        assert_eq!(UnknownValue::from(number).to_string(), json);
    }
}

#[test]
fn rejects_other_json_types() {
    for json in ["null", "true", "1.5", "9223372036854775808", "[]", "{}", r#"["CALM"]"#] {
        check_rejected::<Mood>(json, "$");
    }
}
