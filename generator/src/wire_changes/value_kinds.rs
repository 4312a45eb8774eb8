//! The kinds of a difference between values: one for each direction and subject.
//!
//! Imports nothing.

use super::WireChangeKind as Kind;
use super::WireDirection;
use super::place::Subject;

/// The kinds of a difference that only matters in requests.
#[derive(Clone, Copy)]
pub(super) struct RequestKinds {
    parameter: Kind,
    body: Kind,
    property: Kind,
}

/// The kinds of a difference in both directions.
#[derive(Clone, Copy)]
pub(super) struct ValueKinds {
    request: RequestKinds,
    body: Kind,
    property: Kind,
    header: Kind,
}

impl RequestKinds {
    pub(super) fn of(&self, subject: Subject) -> Kind {
        match subject {
            Subject::Parameter => self.parameter,
            Subject::Body => self.body,
            Subject::Property | Subject::Header => self.property,
        }
    }
}

impl ValueKinds {
    pub(super) fn of(&self, direction: WireDirection, subject: Subject) -> Kind {
        match (direction, subject) {
            (WireDirection::Request, subject) => self.request.of(subject),
            (WireDirection::Response, Subject::Body) => self.body,
            (WireDirection::Response, Subject::Header) => self.header,
            (WireDirection::Response, Subject::Property | Subject::Parameter) => self.property,
        }
    }
}

/// Defines constants from entries of the form `NAME Parameter Body Property`.
macro_rules! request_kinds {
    ($($name:ident $parameter:ident $body:ident $property:ident)+) => {
        $(pub(super) const $name: RequestKinds =
            RequestKinds { parameter: Kind::$parameter, body: Kind::$body, property: Kind::$property };)+
    };
}

request_kinds! {
    BECAME_ENUM RequestParameterBecameEnum RequestBodyBecameEnum RequestPropertyBecameEnum
    ENUM_VALUE_REMOVED RequestParameterEnumValueRemoved RequestBodyEnumValueRemoved RequestPropertyEnumValueRemoved
    ONE_OF_REMOVED RequestParameterOneOfRemoved RequestBodyOneOfRemoved RequestPropertyOneOfRemoved
    MAX_SET RequestParameterMaxSet RequestBodyMaxSet RequestPropertyMaxSet
    MAX_DECREASED RequestParameterMaxDecreased RequestBodyMaxDecreased RequestPropertyMaxDecreased
    MIN_SET RequestParameterMinSet RequestBodyMinSet RequestPropertyMinSet
    MIN_INCREASED RequestParameterMinIncreased RequestBodyMinIncreased RequestPropertyMinIncreased
    EXCLUSIVE_MAX_SET RequestParameterExclusiveMaxSet RequestBodyExclusiveMaxSet RequestPropertyExclusiveMaxSet
    EXCLUSIVE_MAX_DECREASED
        RequestParameterExclusiveMaxDecreased RequestBodyExclusiveMaxDecreased RequestPropertyExclusiveMaxDecreased
    EXCLUSIVE_MIN_SET RequestParameterExclusiveMinSet RequestBodyExclusiveMinSet RequestPropertyExclusiveMinSet
    EXCLUSIVE_MIN_INCREASED
        RequestParameterExclusiveMinIncreased RequestBodyExclusiveMinIncreased RequestPropertyExclusiveMinIncreased
    MULTIPLE_OF_CHANGED RequestParameterMultipleOfChanged RequestBodyMultipleOfChanged RequestPropertyMultipleOfChanged
    MAX_LENGTH_SET RequestParameterMaxLengthSet RequestBodyMaxLengthSet RequestPropertyMaxLengthSet
    MAX_LENGTH_DECREASED
        RequestParameterMaxLengthDecreased RequestBodyMaxLengthDecreased RequestPropertyMaxLengthDecreased
    MIN_LENGTH_INCREASED
        RequestParameterMinLengthIncreased RequestBodyMinLengthIncreased RequestPropertyMinLengthIncreased
    PATTERN_ADDED RequestParameterPatternAdded RequestBodyPatternAdded RequestPropertyPatternAdded
    PATTERN_CHANGED RequestParameterPatternChanged RequestBodyPatternChanged RequestPropertyPatternChanged
    MAX_ITEMS_SET RequestParameterMaxItemsSet RequestBodyMaxItemsSet RequestPropertyMaxItemsSet
    MAX_ITEMS_DECREASED RequestParameterMaxItemsDecreased RequestBodyMaxItemsDecreased RequestPropertyMaxItemsDecreased
    MIN_ITEMS_SET RequestParameterMinItemsSet RequestBodyMinItemsSet RequestPropertyMinItemsSet
    MIN_ITEMS_INCREASED RequestParameterMinItemsIncreased RequestBodyMinItemsIncreased RequestPropertyMinItemsIncreased
    UNIQUE_ITEMS_ADDED RequestParameterUniqueItemsAdded RequestBodyUniqueItemsAdded RequestPropertyUniqueItemsAdded
    MAX_PROPERTIES_DECREASED
        RequestParameterMaxPropertiesDecreased RequestBodyMaxPropertiesDecreased RequestPropertyMaxPropertiesDecreased
    MIN_PROPERTIES_INCREASED
        RequestParameterMinPropertiesIncreased RequestBodyMinPropertiesIncreased RequestPropertyMinPropertiesIncreased
}

/// Returns the kinds of another type.
pub(super) const TYPE_CHANGED: ValueKinds = ValueKinds {
    request: RequestKinds {
        parameter: Kind::RequestParameterTypeChanged,
        body: Kind::RequestBodyTypeChanged,
        property: Kind::RequestPropertyTypeChanged,
    },
    body: Kind::ResponseBodyTypeChanged,
    property: Kind::ResponsePropertyTypeChanged,
    header: Kind::ResponseHeaderTypeChanged,
};

/// The kinds of null that the receiver does not expect.
pub(super) const NULL: ValueKinds = ValueKinds {
    request: RequestKinds {
        parameter: Kind::RequestParameterBecameNotNullable,
        body: Kind::RequestBodyBecameNotNullable,
        property: Kind::RequestPropertyBecameNotNullable,
    },
    body: Kind::ResponseBodyBecameNullable,
    property: Kind::ResponsePropertyBecameNullable,
    header: Kind::ResponsePropertyBecameNullable,
};

/// The kinds of values that the receiver does not list.
pub(super) const ENUM_VALUE: ValueKinds = ValueKinds {
    request: ENUM_VALUE_REMOVED,
    body: Kind::ResponseBodyEnumValueAdded,
    property: Kind::ResponsePropertyEnumValueAdded,
    header: Kind::ResponsePropertyEnumValueAdded,
};

/// The kinds of alternatives that the receiver does not list.
pub(super) const ONE_OF: ValueKinds = ValueKinds {
    request: ONE_OF_REMOVED,
    body: Kind::ResponseBodyOneOfAdded,
    property: Kind::ResponsePropertyOneOfAdded,
    header: Kind::ResponsePropertyOneOfAdded,
};

/// The kinds of another discriminator.
pub(super) const DISCRIMINATOR_CHANGED: ValueKinds = ValueKinds {
    request: RequestKinds {
        parameter: Kind::RequestParameterDiscriminatorChanged,
        body: Kind::RequestBodyDiscriminatorChanged,
        property: Kind::RequestPropertyDiscriminatorChanged,
    },
    body: Kind::ResponseBodyDiscriminatorChanged,
    property: Kind::ResponsePropertyDiscriminatorChanged,
    header: Kind::ResponsePropertyDiscriminatorChanged,
};
