//! Optional properties that can be null.

use runtime::wire::{self, Deserializer, Input, Nullable, Quoted};

use super::check;
use super::types::serde_struct;

/// A struct with fields that distinguish null from absence.
#[derive(Debug, Default, PartialEq)]
struct Change(Nullable<String>, Nullable<i64>);

impl wire::Struct for Change {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.nullable(&mut self.0),
            _ => input.nullable_as::<Quoted, _>(&mut self.1),
        }
    }
}

serde_struct!(Change, "Change", &["own", "quoted"], &[], |it, output| {
    output.put_unless_absent("own", &it.0);
    output.put_unless_absent_as::<Quoted, _>("quoted", &it.1);
});

#[test]
fn null_absence_and_values_are_kept_apart() {
    check("{}", Change(Nullable::Absent, Nullable::Absent), "{}");
    let null = r#"{"own":null,"quoted":null}"#;
    check(null, Change(Nullable::Null, Nullable::Null), null);
    let values = r#"{"own":"a","quoted":"2"}"#;
    check(values, Change("a".into(), 2.into()), values);
}

#[test]
fn values_are_read_as_options() {
    let mut name = Nullable::from("Rex");
    assert_eq!((name.as_ref(), name.as_deref()), (Some(&"Rex".to_owned()), Some("Rex")));
    if let Some(name) = name.as_mut() {
        name.push('y');
    }
    assert!(name.is_value());
    assert_eq!(name.into_option().as_deref(), Some("Rexy"));
    for other in [Nullable::<String>::Null, Nullable::Absent] {
        assert_eq!((other.as_deref(), other.is_value()), (None, false));
        assert_eq!(other.is_null(), !other.is_absent());
        assert_eq!(other.into_option(), None);
    }
}

#[test]
fn options_become_values_or_null() {
    assert_eq!(Nullable::<i64>::from(None), Nullable::Null);
    assert_eq!(Nullable::from(Some(1)), Nullable::Value(1));
    assert_eq!([Nullable::Absent, Nullable::Null, 1.into()].map(Option::from), [None, None, Some(1)]);
}
