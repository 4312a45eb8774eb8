//! The fields of every kind of object, with their shapes.

use super::ObjectKind as K;
use super::Shape::{
    self, Anything, Count, Exclusive, Flag, List, Map, Number, Object, OrReference, Text, TypeNames,
};
use super::{FieldSpec, Requirement};

const fn optional(key: &'static str, shape: Shape) -> FieldSpec {
    FieldSpec { key, shape, requirement: Requirement::Optional }
}

const fn formal(key: &'static str, shape: Shape) -> FieldSpec {
    FieldSpec { key, shape, requirement: Requirement::Formal }
}

const fn required(key: &'static str, shape: Shape) -> FieldSpec {
    FieldSpec { key, shape, requirement: Requirement::Required }
}

const ONE_SCHEMA: Shape = OrReference(K::Schema);
const ONE_PATH_ITEM: Shape = OrReference(K::PathItem);
const HEADERS: Shape = Map(&OrReference(K::Header));
const EXAMPLES: Shape = Map(&OrReference(K::Example));
const CONTENT: Shape = Map(&Object(K::MediaType));
const ENCODINGS: Shape = Map(&Object(K::Encoding));
const PARAMETERS: Shape = List(&OrReference(K::Parameter));
const SERVERS: Shape = List(&Object(K::Server));
const SECURITY: Shape = List(&Object(K::SecurityRequirement));
const ONE_EXTERNAL_DOCS: Shape = Object(K::ExternalDocs);
const ONE_OPERATION: Shape = Object(K::Operation);
const ONE_FLOW: Shape = Object(K::OAuthFlow);

pub(super) const DOCUMENT: &[FieldSpec] = &[
    required("openapi", Text),
    optional("$self", Text),
    formal("info", Object(K::Info)),
    optional("jsonSchemaDialect", Text),
    optional("servers", SERVERS),
    optional("paths", Object(K::Paths)),
    optional("webhooks", Map(&ONE_PATH_ITEM)),
    optional("components", Object(K::Components)),
    optional("security", SECURITY),
    optional("tags", List(&Object(K::Tag))),
    optional("externalDocs", ONE_EXTERNAL_DOCS),
];

pub(super) const INFO: &[FieldSpec] = &[
    formal("title", Text),
    optional("summary", Text),
    optional("description", Text),
    optional("termsOfService", Text),
    optional("contact", Object(K::Contact)),
    optional("license", Object(K::License)),
    formal("version", Text),
];

pub(super) const CONTACT: &[FieldSpec] =
    &[optional("name", Text), optional("url", Text), optional("email", Text)];

pub(super) const LICENSE: &[FieldSpec] =
    &[formal("name", Text), optional("identifier", Text), optional("url", Text)];

pub(super) const SERVER: &[FieldSpec] = &[
    required("url", Text),
    optional("name", Text),
    optional("description", Text),
    optional("variables", Map(&Object(K::ServerVariable))),
];

pub(super) const SERVER_VARIABLE: &[FieldSpec] =
    &[optional("enum", List(&Text)), formal("default", Text), optional("description", Text)];

pub(super) const COMPONENTS: &[FieldSpec] = &[
    optional("schemas", Map(&ONE_SCHEMA)),
    optional("responses", Map(&OrReference(K::Response))),
    optional("parameters", Map(&OrReference(K::Parameter))),
    optional("examples", EXAMPLES),
    optional("requestBodies", Map(&OrReference(K::RequestBody))),
    optional("headers", HEADERS),
    optional("securitySchemes", Map(&OrReference(K::SecurityScheme))),
    optional("links", Map(&OrReference(K::Link))),
    optional("callbacks", Map(&OrReference(K::Callback))),
    optional("pathItems", Map(&ONE_PATH_ITEM)),
    optional("mediaTypes", CONTENT),
];

pub(super) const PATH_ITEM: &[FieldSpec] = &[
    optional("$ref", Text),
    optional("summary", Text),
    optional("description", Text),
    optional("get", ONE_OPERATION),
    optional("put", ONE_OPERATION),
    optional("post", ONE_OPERATION),
    optional("delete", ONE_OPERATION),
    optional("options", ONE_OPERATION),
    optional("head", ONE_OPERATION),
    optional("patch", ONE_OPERATION),
    optional("trace", ONE_OPERATION),
    optional("query", ONE_OPERATION),
    optional("additionalOperations", Map(&ONE_OPERATION)),
    optional("servers", SERVERS),
    optional("parameters", PARAMETERS),
];

pub(super) const OPERATION: &[FieldSpec] = &[
    optional("tags", List(&Text)),
    optional("summary", Text),
    optional("description", Text),
    optional("externalDocs", ONE_EXTERNAL_DOCS),
    optional("operationId", Text),
    optional("parameters", PARAMETERS),
    optional("requestBody", OrReference(K::RequestBody)),
    FieldSpec { key: "responses", shape: Object(K::Responses), requirement: Requirement::FormalIn30 },
    optional("callbacks", Map(&OrReference(K::Callback))),
    optional("deprecated", Flag),
    optional("security", SECURITY),
    optional("servers", SERVERS),
];

pub(super) const EXTERNAL_DOCS: &[FieldSpec] = &[optional("description", Text), formal("url", Text)];

pub(super) const PARAMETER: &[FieldSpec] = &[
    required("name", Text),
    required("in", Text),
    optional("description", Text),
    optional("required", Flag),
    optional("deprecated", Flag),
    optional("allowEmptyValue", Flag),
    optional("style", Text),
    optional("explode", Flag),
    optional("allowReserved", Flag),
    optional("schema", ONE_SCHEMA),
    optional("example", Anything),
    optional("examples", EXAMPLES),
    optional("content", CONTENT),
];

pub(super) const HEADER: &[FieldSpec] = &[
    optional("description", Text),
    optional("required", Flag),
    optional("deprecated", Flag),
    optional("allowEmptyValue", Flag),
    optional("style", Text),
    optional("explode", Flag),
    optional("allowReserved", Flag),
    optional("schema", ONE_SCHEMA),
    optional("example", Anything),
    optional("examples", EXAMPLES),
    optional("content", CONTENT),
];

pub(super) const REQUEST_BODY: &[FieldSpec] =
    &[optional("description", Text), optional("content", CONTENT), optional("required", Flag)];

pub(super) const MEDIA_TYPE: &[FieldSpec] = &[
    optional("schema", ONE_SCHEMA),
    optional("itemSchema", ONE_SCHEMA),
    optional("example", Anything),
    optional("examples", EXAMPLES),
    optional("encoding", ENCODINGS),
    optional("prefixEncoding", Anything),
    optional("itemEncoding", Anything),
];

pub(super) const ENCODING: &[FieldSpec] = &[
    optional("contentType", Text),
    optional("headers", HEADERS),
    optional("style", Text),
    optional("explode", Flag),
    optional("allowReserved", Flag),
    optional("encoding", Anything),
    optional("prefixEncoding", Anything),
    optional("itemEncoding", Anything),
];

pub(super) const RESPONSE: &[FieldSpec] = &[
    optional("summary", Text),
    FieldSpec { key: "description", shape: Text, requirement: Requirement::FormalBefore32 },
    optional("headers", HEADERS),
    optional("content", CONTENT),
    optional("links", Map(&OrReference(K::Link))),
];

pub(super) const EXAMPLE: &[FieldSpec] = &[
    optional("summary", Text),
    optional("description", Text),
    optional("value", Anything),
    optional("dataValue", Anything),
    optional("serializedValue", Text),
    optional("externalValue", Text),
];

pub(super) const LINK: &[FieldSpec] = &[
    optional("operationRef", Text),
    optional("operationId", Text),
    optional("parameters", Map(&Anything)),
    optional("requestBody", Anything),
    optional("description", Text),
    optional("server", Object(K::Server)),
];

pub(super) const TAG: &[FieldSpec] = &[
    required("name", Text),
    optional("summary", Text),
    optional("description", Text),
    optional("externalDocs", ONE_EXTERNAL_DOCS),
    optional("parent", Text),
    optional("kind", Text),
];

pub(super) const DISCRIMINATOR: &[FieldSpec] =
    &[required("propertyName", Text), optional("mapping", Map(&Text)), optional("defaultMapping", Text)];

pub(super) const SECURITY_SCHEME: &[FieldSpec] = &[
    required("type", Text),
    optional("description", Text),
    optional("name", Text),
    optional("in", Text),
    optional("scheme", Text),
    optional("bearerFormat", Text),
    optional("flows", Object(K::OAuthFlows)),
    optional("openIdConnectUrl", Text),
    optional("oauth2MetadataUrl", Text),
    optional("deprecated", Flag),
];

pub(super) const OAUTH_FLOWS: &[FieldSpec] = &[
    optional("implicit", ONE_FLOW),
    optional("password", ONE_FLOW),
    optional("clientCredentials", ONE_FLOW),
    optional("authorizationCode", ONE_FLOW),
    optional("deviceAuthorization", ONE_FLOW),
];

pub(super) const OAUTH_FLOW: &[FieldSpec] = &[
    optional("authorizationUrl", Text),
    optional("deviceAuthorizationUrl", Text),
    optional("tokenUrl", Text),
    optional("refreshUrl", Text),
    formal("scopes", Map(&Text)),
];

pub(super) const SCHEMA: &[FieldSpec] = &[
    optional("$ref", Text),
    optional("type", TypeNames),
    optional("properties", Map(&ONE_SCHEMA)),
    optional("description", Text),
    optional("format", Text),
    optional("items", ONE_SCHEMA),
    optional("required", List(&Text)),
    optional("title", Text),
    optional("enum", List(&Anything)),
    optional("nullable", Flag),
    optional("readOnly", Flag),
    optional("writeOnly", Flag),
    optional("deprecated", Flag),
    optional("allOf", List(&ONE_SCHEMA)),
    optional("oneOf", List(&ONE_SCHEMA)),
    optional("anyOf", List(&ONE_SCHEMA)),
    optional("not", ONE_SCHEMA),
    optional("additionalProperties", ONE_SCHEMA),
    optional("discriminator", Object(K::Discriminator)),
    optional("example", Anything),
    optional("examples", Anything),
    optional("default", Anything),
    optional("const", Anything),
    optional("minimum", Number),
    optional("maximum", Number),
    optional("exclusiveMinimum", Exclusive),
    optional("exclusiveMaximum", Exclusive),
    optional("multipleOf", Number),
    optional("minLength", Count),
    optional("maxLength", Count),
    optional("pattern", Text),
    optional("minItems", Count),
    optional("maxItems", Count),
    optional("uniqueItems", Flag),
    optional("minProperties", Count),
    optional("maxProperties", Count),
    optional("externalDocs", ONE_EXTERNAL_DOCS),
    optional("xml", Anything),
    optional("prefixItems", List(&ONE_SCHEMA)),
    optional("$defs", Map(&ONE_SCHEMA)),
    optional("definitions", Map(&ONE_SCHEMA)),
    optional("contentEncoding", Text),
    optional("contentMediaType", Text),
    optional("contentSchema", ONE_SCHEMA),
    // The following keywords do not affect a client, or `dialect` reports them as unsupported.
    optional("$id", Anything),
    optional("$schema", Anything),
    optional("$anchor", Anything),
    optional("$dynamicAnchor", Anything),
    optional("$dynamicRef", Anything),
    optional("$comment", Anything),
    optional("if", Anything),
    optional("then", Anything),
    optional("else", Anything),
    optional("contains", Anything),
    optional("minContains", Anything),
    optional("maxContains", Anything),
    optional("patternProperties", Map(&ONE_SCHEMA)),
    optional("propertyNames", Anything),
    optional("dependentRequired", Anything),
    optional("dependentSchemas", Anything),
    optional("unevaluatedItems", Anything),
    optional("unevaluatedProperties", Anything),
];
