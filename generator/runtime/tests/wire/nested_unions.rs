//! Unions inside unions, whose texts are read again for each level.

use std::time::{Duration, Instant};

use runtime::wire::{self, Constant, Deserializer, Input, MatchRule, Union, UnionInput, Value, ValueError};

use crate::types::serde_by;
use crate::{check_rejected, decode};

macro_rules! union {
    ($type:ident, [$($variant:ident $content:ty, $rule:expr);+]) => {
        #[derive(Debug, PartialEq)]
        enum $type {
            $($variant($content),)+
            Unknown(Value),
        }

        impl Union for $type {
            const MATCH_RULES: &'static [&'static [MatchRule]] = &[$(&[$rule]),+];

            fn read(variant: usize, input: UnionInput<'_, '_>) -> Result<Self, ValueError> {
                let variants = [$(|input: UnionInput<'_, '_>| input.variant(Self::$variant)),+];
                variants[variant](input)
            }

            fn write<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                output.serialize_unit()
            }

            fn unknown(value: Value) -> Self {
                Self::Unknown(value)
            }
        }

        serde_by!($type, serialize_union, deserialize_union);
    };
}

union!(Block, [Group Box<Group>, MatchRule::Tag("kind", &[Constant::Text("group"), Constant::Integer(1)])]);

/// Many constants, as a document can list.
const MANY: &[Constant] = &{
    let mut constants = [Constant::Text("group"); 20_000];
    let mut index = 0;
    while index < constants.len() / 2 {
        constants[index] = Constant::Integer(1);
        index += 1;
    }
    constants
};

union!(ManyConstants, [Text Text, MatchRule::Tag("kind", MANY)]);

// Both variants match any object, but only the first one looks at the child.
union!(Either, [Group Box<Group>, MatchRule::Object(&[]); Text Text, MatchRule::Object(&[])]);

#[derive(Debug, Default, PartialEq)]
struct Group {
    child: Option<Block>,
    text: String,
}

impl wire::Struct for Group {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.optional(&mut self.child),
            1 => input.plain(&mut self.text),
            _ => input.unknown(&mut wire::UnknownFields::default()),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Group {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(input, "Group", &["child", "text"])
    }
}

#[derive(Debug, Default, PartialEq)]
struct Text(String);

impl wire::Struct for Text {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.0),
            _ => input.unknown(&mut wire::UnknownFields::default()),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(input, "Text", &["text"])
    }
}

/// Returns the JSON of groups inside one another. The innermost has a text of this length.
fn groups(levels: usize, length: usize) -> String {
    let (open, close) = (r#"{"child":"#, r#","kind":"group"}"#);
    let text = "x".repeat(length);
    format!(r#"{}{{"kind":"group","text":"{text}"}}{}"#, open.repeat(levels - 1), close.repeat(levels - 1))
}

fn depth(block: &Block) -> usize {
    match block {
        Block::Group(group) => 1 + group.child.as_ref().map_or(0, depth),
        Block::Unknown(_) => 0,
    }
}

#[test]
fn the_text_of_nested_unions_is_limited() {
    // Short bodies, and unions that are not deep, are not limited.
    for (levels, length) in [(128, 1), (128, 256 << 10), (20, 2 << 20)] {
        let block = decode::<Block>(groups(levels, length)).map(|block| depth(&block));
        assert_eq!(block, Ok(levels), "{levels} levels around {length} bytes");
    }
    let error = decode::<Block>(groups(128, 1 << 20)).unwrap_err();
    assert!(error.ends_with("more than 64 MiB and 32 times its size would be read"), "{error}");
}

#[test]
fn unknown_values_keep_the_scalars_in_their_deepest_lists() {
    let near = format!("{}1{}", "[".repeat(126), "]".repeat(126));
    let expected: Value = serde_json::from_str(&format!(r#"{{"near":{near}}}"#)).unwrap();
    let block = decode(format!(r#"{{"far":"\ud800","near":{near}}}"#));
    assert_eq!(block, Ok(Block::Unknown(expected)));
}

#[test]
fn no_other_variant_is_used_if_a_limit_is_exceeded() {
    assert!(matches!(decode(groups(3, 1)), Ok(Either::Group(_))));
    // The second variant would ignore the child.
    for json in [groups(128, 1 << 20), groups(130, 1)] {
        let error = decode::<Either>(&json).unwrap_err();
        assert!(error.contains("nested"), "{error}");
        assert!(decode::<Text>(&json).is_ok());
    }
    // A value that does not match is not a limit.
    assert!(matches!(decode(r#"{"child":{"kind":"group","text":5},"text":"a"}"#), Ok(Either::Text(_))));
    check_rejected::<Block>(r#"{"kind":"group","child":{"kind":"group","text":5}}"#, "$.child.text");
}

#[test]
fn long_values_are_compared_with_constants_quickly() {
    // With an escape in it, each of 10,000 comparisons would decode the whole text: 10 GiB.
    let start = Instant::now();
    for kind in [format!(r#""\u0067roup{}""#, "x".repeat(1 << 20)), format!("1.{}", "0".repeat(1 << 20))] {
        let values = format!(r#"[{{"kind":{kind}}}]"#);
        assert!(matches!(decode::<Vec<ManyConstants>>(values).unwrap()[..], [ManyConstants::Unknown(_)]));
    }
    let time = start.elapsed();
    assert!(time < Duration::from_secs(3), "{time:?}");
    for kind in [r#""group""#, "1"] {
        let text = decode(format!(r#"{{"kind":{kind},"text":"a"}}"#));
        assert_eq!(text, Ok(ManyConstants::Text(Text("a".to_owned()))), "{kind}");
    }
    for kind in [r#""group""#, r#""\u0067\u0072\u006f\u0075\u0070""#, "1", "1.00"] {
        assert_eq!(depth(&decode(format!(r#"{{"kind":{kind}}}"#)).unwrap()), 1, "{kind}");
    }
}
