//! The closed list of kinds, each an entry of one table. An id is the id of oasdiff's check where the meaning is the same.
//!
//! Imports nothing.

use std::fmt;

/// Defines the enum and its table from entries of the form `Variant "id" "title"`.
macro_rules! kinds {
    ($($variant:ident $id:literal $title:literal)+) => {
        /// The kind of a difference on the wire.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum WireChangeKind {
            $(#[doc = concat!("`", $id, "`: ", $title, ".")] $variant,)+
        }

        impl WireChangeKind {
            /// All kinds, in the order in which they are documented.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Returns the id, such as `request-parameter-became-required`.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }

            /// Returns a title: a clause in lower case without a full stop.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title,)+
                }
            }
        }
    };
}

kinds! {
    // Operations and servers.

    ApiRemovedWithoutDeprecation "api-removed-without-deprecation" "an operation was removed"
    ApiRemovedWithDeprecation "api-removed-with-deprecation" "a deprecated operation was removed"
    ApiPathChanged "api-path-changed" "an operation has another path or method"
    ApiServerChanged "api-server-changed" "an operation has another server"

    // Credentials.

    ApiSecurityAdded "api-security-added" "an operation requires credentials"
    ApiSecurityRemoved "api-security-removed" "an operation no longer accepts credentials"
    ApiSecurityScopeAdded "api-security-scope-added" "an operation requires another scope"
    ApiSecurityComponentOauthTokenUrlChanged "api-security-component-oauth-token-url-changed" "tokens come from another URL"

    // Parameters.

    NewRequiredRequestParameter "new-required-request-parameter" "a required parameter was added"
    RequestParameterRemoved "request-parameter-removed" "a parameter was removed"
    RequestParameterLocationChanged "request-parameter-location-changed" "a parameter moved to another part of the request"
    RequestParameterBecameRequired "request-parameter-became-required" "an optional parameter is required"
    RequestParameterStyleChanged "request-parameter-style-changed" "a parameter is serialized in another style"

    // Request bodies.

    RequestBodyAddedRequired "request-body-added-required" "a required request body was added"
    RequestBodyRemoved "request-body-removed" "the request body was removed"
    RequestBodyBecameRequired "request-body-became-required" "the request body is required"
    RequestBodyMediaTypeRemoved "request-body-media-type-removed" "a media type of the request body was removed"

    // Properties in requests.

    NewRequiredRequestProperty "new-required-request-property" "a required property was added"
    NewRequiredRequestPropertyWithDefault "new-required-request-property-with-default" "a required property with a default was added"
    RequestPropertyRemoved "request-property-removed" "a property was removed"
    RequestPropertyBecameRequired "request-property-became-required" "an optional property is required"
    RequestPropertyBecameRequiredWithDefault "request-property-became-required-with-default" "an optional property with a default is required"
    RequestPropertyBecameReadOnly "request-property-became-read-only" "clients can no longer set a property"
    RequestAdditionalPropertiesRemoved "request-additional-properties-removed" "an object only allows the listed properties"

    // Values in requests: types, listed values and unions.

    RequestParameterTypeChanged "request-parameter-type-changed" "a parameter has another type"
    RequestBodyTypeChanged "request-body-type-changed" "the request body has another type"
    RequestPropertyTypeChanged "request-property-type-changed" "a property has another type"
    RequestParameterBecameNotNullable "request-parameter-became-not-nullable" "a parameter can no longer be null"
    RequestBodyBecameNotNullable "request-body-became-not-nullable" "the request body can no longer be null"
    RequestPropertyBecameNotNullable "request-property-became-not-nullable" "a property can no longer be null"
    RequestParameterBecameEnum "request-parameter-became-enum" "a parameter only allows listed values"
    RequestBodyBecameEnum "request-body-became-enum" "the request body only allows listed values"
    RequestPropertyBecameEnum "request-property-became-enum" "a property only allows listed values"
    RequestParameterEnumValueRemoved "request-parameter-enum-value-removed" "a parameter no longer allows a value"
    RequestBodyEnumValueRemoved "request-body-enum-value-removed" "the request body no longer allows a value"
    RequestPropertyEnumValueRemoved "request-property-enum-value-removed" "a property no longer allows a value"
    RequestParameterOneOfRemoved "request-parameter-one-of-removed" "a parameter no longer allows an alternative"
    RequestBodyOneOfRemoved "request-body-one-of-removed" "the request body no longer allows an alternative"
    RequestPropertyOneOfRemoved "request-property-one-of-removed" "a property no longer allows an alternative"
    RequestParameterDiscriminatorChanged "request-parameter-discriminator-changed" "a parameter has another discriminator"
    RequestBodyDiscriminatorChanged "request-body-discriminator-changed" "the request body has another discriminator"
    RequestPropertyDiscriminatorChanged "request-property-discriminator-changed" "a property has another discriminator"
    RequestParameterDefaultValueChanged "request-parameter-default-value-changed" "a parameter has another default"
    RequestPropertyDefaultValueChanged "request-property-default-value-changed" "a property has another default"

    // Values in requests: limits.

    RequestParameterMaxSet "request-parameter-max-set" "a parameter has a maximum"
    RequestBodyMaxSet "request-body-max-set" "the request body has a maximum"
    RequestPropertyMaxSet "request-property-max-set" "a property has a maximum"
    RequestParameterMaxDecreased "request-parameter-max-decreased" "the maximum of a parameter is less"
    RequestBodyMaxDecreased "request-body-max-decreased" "the maximum of the request body is less"
    RequestPropertyMaxDecreased "request-property-max-decreased" "the maximum of a property is less"
    RequestParameterMinSet "request-parameter-min-set" "a parameter has a minimum"
    RequestBodyMinSet "request-body-min-set" "the request body has a minimum"
    RequestPropertyMinSet "request-property-min-set" "a property has a minimum"
    RequestParameterMinIncreased "request-parameter-min-increased" "the minimum of a parameter is greater"
    RequestBodyMinIncreased "request-body-min-increased" "the minimum of the request body is greater"
    RequestPropertyMinIncreased "request-property-min-increased" "the minimum of a property is greater"
    RequestParameterExclusiveMaxSet "request-parameter-exclusive-max-set" "a parameter has an exclusive maximum"
    RequestBodyExclusiveMaxSet "request-body-exclusive-max-set" "the request body has an exclusive maximum"
    RequestPropertyExclusiveMaxSet "request-property-exclusive-max-set" "a property has an exclusive maximum"
    RequestParameterExclusiveMaxDecreased "request-parameter-exclusive-max-decreased" "the exclusive maximum of a parameter is less"
    RequestBodyExclusiveMaxDecreased "request-body-exclusive-max-decreased" "the exclusive maximum of the request body is less"
    RequestPropertyExclusiveMaxDecreased "request-property-exclusive-max-decreased" "the exclusive maximum of a property is less"
    RequestParameterExclusiveMinSet "request-parameter-exclusive-min-set" "a parameter has an exclusive minimum"
    RequestBodyExclusiveMinSet "request-body-exclusive-min-set" "the request body has an exclusive minimum"
    RequestPropertyExclusiveMinSet "request-property-exclusive-min-set" "a property has an exclusive minimum"
    RequestParameterExclusiveMinIncreased "request-parameter-exclusive-min-increased" "the exclusive minimum of a parameter is greater"
    RequestBodyExclusiveMinIncreased "request-body-exclusive-min-increased" "the exclusive minimum of the request body is greater"
    RequestPropertyExclusiveMinIncreased "request-property-exclusive-min-increased" "the exclusive minimum of a property is greater"
    RequestParameterMultipleOfChanged "request-parameter-multiple-of-changed" "a parameter has to be a multiple of another number"
    RequestBodyMultipleOfChanged "request-body-multiple-of-changed" "the request body has to be a multiple of another number"
    RequestPropertyMultipleOfChanged "request-property-multiple-of-changed" "a property has to be a multiple of another number"
    RequestParameterMaxLengthSet "request-parameter-max-length-set" "a parameter has a maximum length"
    RequestBodyMaxLengthSet "request-body-max-length-set" "the request body has a maximum length"
    RequestPropertyMaxLengthSet "request-property-max-length-set" "a property has a maximum length"
    RequestParameterMaxLengthDecreased "request-parameter-max-length-decreased" "the maximum length of a parameter is less"
    RequestBodyMaxLengthDecreased "request-body-max-length-decreased" "the maximum length of the request body is less"
    RequestPropertyMaxLengthDecreased "request-property-max-length-decreased" "the maximum length of a property is less"
    RequestParameterMinLengthIncreased "request-parameter-min-length-increased" "the minimum length of a parameter is greater"
    RequestBodyMinLengthIncreased "request-body-min-length-increased" "the minimum length of the request body is greater"
    RequestPropertyMinLengthIncreased "request-property-min-length-increased" "the minimum length of a property is greater"
    RequestParameterPatternAdded "request-parameter-pattern-added" "a parameter has a pattern"
    RequestBodyPatternAdded "request-body-pattern-added" "the request body has a pattern"
    RequestPropertyPatternAdded "request-property-pattern-added" "a property has a pattern"
    RequestParameterPatternChanged "request-parameter-pattern-changed" "a parameter has another pattern"
    RequestBodyPatternChanged "request-body-pattern-changed" "the request body has another pattern"
    RequestPropertyPatternChanged "request-property-pattern-changed" "a property has another pattern"
    RequestParameterMaxItemsSet "request-parameter-max-items-set" "a parameter has a maximum number of items"
    RequestBodyMaxItemsSet "request-body-max-items-set" "the request body has a maximum number of items"
    RequestPropertyMaxItemsSet "request-property-max-items-set" "a property has a maximum number of items"
    RequestParameterMaxItemsDecreased "request-parameter-max-items-decreased" "the maximum number of items of a parameter is less"
    RequestBodyMaxItemsDecreased "request-body-max-items-decreased" "the maximum number of items of the request body is less"
    RequestPropertyMaxItemsDecreased "request-property-max-items-decreased" "the maximum number of items of a property is less"
    RequestParameterMinItemsSet "request-parameter-min-items-set" "a parameter has a minimum number of items"
    RequestBodyMinItemsSet "request-body-min-items-set" "the request body has a minimum number of items"
    RequestPropertyMinItemsSet "request-property-min-items-set" "a property has a minimum number of items"
    RequestParameterMinItemsIncreased "request-parameter-min-items-increased" "the minimum number of items of a parameter is greater"
    RequestBodyMinItemsIncreased "request-body-min-items-increased" "the minimum number of items of the request body is greater"
    RequestPropertyMinItemsIncreased "request-property-min-items-increased" "the minimum number of items of a property is greater"
    RequestParameterUniqueItemsAdded "request-parameter-unique-items-added" "the items of a parameter have to be distinct"
    RequestBodyUniqueItemsAdded "request-body-unique-items-added" "the items of the request body have to be distinct"
    RequestPropertyUniqueItemsAdded "request-property-unique-items-added" "the items of a property have to be distinct"
    RequestParameterMaxPropertiesDecreased "request-parameter-max-properties-decreased" "the maximum number of properties of a parameter is less"
    RequestBodyMaxPropertiesDecreased "request-body-max-properties-decreased" "the maximum number of properties of the request body is less"
    RequestPropertyMaxPropertiesDecreased "request-property-max-properties-decreased" "the maximum number of properties of a property is less"
    RequestParameterMinPropertiesIncreased "request-parameter-min-properties-increased" "the minimum number of properties of a parameter is greater"
    RequestBodyMinPropertiesIncreased "request-body-min-properties-increased" "the minimum number of properties of the request body is greater"
    RequestPropertyMinPropertiesIncreased "request-property-min-properties-increased" "the minimum number of properties of a property is greater"

    // Responses.

    ResponseSuccessStatusRemoved "response-success-status-removed" "a successful status was removed"
    ResponseSuccessStatusAdded "response-success-status-added" "a successful status was added"
    ResponseMediaTypeRemoved "response-media-type-removed" "a media type of the response was removed"
    ResponseBodyRemoved "response-body-removed" "the response has no body"
    OptionalResponseHeaderRemoved "optional-response-header-removed" "a response header was removed"
    ResponseHeaderTypeChanged "response-header-type-changed" "a response header has another type"

    // Properties in responses.

    ResponseRequiredPropertyRemoved "response-required-property-removed" "a required property was removed"
    ResponseOptionalPropertyRemoved "response-optional-property-removed" "an optional property was removed"
    ResponseRequiredPropertyBecameWriteOnly "response-required-property-became-write-only" "responses no longer contain a required property"
    ResponseOptionalPropertyBecameWriteOnly "response-optional-property-became-write-only" "responses no longer contain an optional property"
    ResponsePropertyBecameOptional "response-property-became-optional" "a required property is optional"

    // Values in responses.

    ResponseBodyTypeChanged "response-body-type-changed" "the response body has another type"
    ResponsePropertyTypeChanged "response-property-type-changed" "a property has another type"
    ResponseBodyBecameNullable "response-body-became-nullable" "the response body can be null"
    ResponsePropertyBecameNullable "response-property-became-nullable" "a property can be null"
    ResponseBodyEnumValueAdded "response-body-enum-value-added" "the response body has a new value"
    ResponsePropertyEnumValueAdded "response-property-enum-value-added" "a property has a new value"
    ResponseBodyOneOfAdded "response-body-one-of-added" "the response body has a new alternative"
    ResponsePropertyOneOfAdded "response-property-one-of-added" "a property has a new alternative"
    ResponseBodyDiscriminatorChanged "response-body-discriminator-changed" "the response body has another discriminator"
    ResponsePropertyDiscriminatorChanged "response-property-discriminator-changed" "a property has another discriminator"
    ResponsePropertyDefaultValueChanged "response-property-default-value-changed" "a property has another default"
}

impl WireChangeKind {
    /// Returns a remedy for the author of the new document.
    pub(super) fn advice(self) -> Option<&'static str> {
        Some(match self {
            Self::ApiRemovedWithoutDeprecation | Self::ApiRemovedWithDeprecation | Self::ApiPathChanged => {
                "keep the old operation until old clients are replaced"
            }
            Self::NewRequiredRequestParameter
            | Self::RequestParameterBecameRequired
            | Self::RequestBodyAddedRequired
            | Self::RequestBodyBecameRequired
            | Self::NewRequiredRequestProperty
            | Self::RequestPropertyBecameRequired => "keep it optional until old clients are replaced",
            Self::RequestParameterEnumValueRemoved
            | Self::RequestBodyEnumValueRemoved
            | Self::RequestPropertyEnumValueRemoved => "accept the old values until old clients are replaced",
            Self::ResponseRequiredPropertyRemoved
            | Self::ResponseRequiredPropertyBecameWriteOnly
            | Self::ResponsePropertyBecameOptional
            | Self::ResponsePropertyBecameNullable => "send a value until old clients are replaced",
            _ => return None,
        })
    }
}

impl fmt::Display for WireChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_titles_are_clauses() {
        let mut ids: Vec<&str> = WireChangeKind::ALL.iter().map(|kind| kind.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), WireChangeKind::ALL.len());
        for kind in WireChangeKind::ALL {
            let (id, title) = (kind.id(), kind.title());
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
            assert!(title.starts_with(char::is_lowercase) && !title.ends_with('.'), "{id}: {title}");
        }
    }
}
