//! What may stand where in an OpenAPI document, as data.
//!
//! Every walk over the untyped document is driven by this one table: checking it, finding its schemas, finding its
//! references. It holds the members of 3.0 and 3.1 side by side, since documents mix them. Imports nothing.

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    Text,
    Flag,
    Number,
    /// A whole number from 0 on.
    Count,
    /// The owner's data: never looked into.
    Anything,
    /// One type's name, or a list of them.
    TypeNames,
    /// A number in 3.1, a flag in 3.0.
    Exclusive,
    Object(Kind),
    /// The object, or a `$ref` to one.
    OrReference(Kind),
    List(&'static Shape),
    Map(&'static Shape),
}

/// The objects of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Callback,
    Components,
    Contact,
    Discriminator,
    Document,
    Encoding,
    Example,
    ExternalDocs,
    Header,
    Info,
    License,
    Link,
    MediaType,
    OAuthFlow,
    OAuthFlows,
    Operation,
    Parameter,
    PathItem,
    Paths,
    RequestBody,
    Response,
    Responses,
    Schema,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) need: Need,
}

/// What becomes of an object that lacks a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: the member is optional.
    Optional,
    /// OpenAPI asks for it, but an empty one serves as well.
    Formal,
    /// As `Formal` in 3.0; 3.1 does not ask for it.
    FormalIn30,
    /// The object means nothing without it.
    Required,
}

use Kind as K;
use Shape::{Anything, Count, Exclusive, Flag, List, Map, Number, Object, OrReference, Text, TypeNames};

const SCHEMA: Shape = OrReference(K::Schema);
const PATH_ITEM: Shape = OrReference(K::PathItem);
const HEADERS: Shape = Map(&OrReference(K::Header));
const EXAMPLES: Shape = Map(&OrReference(K::Example));
const CONTENT: Shape = Map(&Object(K::MediaType));
const PARAMETERS: Shape = List(&OrReference(K::Parameter));
const SERVERS: Shape = List(&Object(K::Server));
const SECURITY: Shape = List(&Map(&List(&Text)));
const EXTERNAL_DOCS: Shape = Object(K::ExternalDocs);
const OPERATION: Shape = Object(K::Operation);
const FLOW: Shape = Object(K::OAuthFlow);

const fn optional(key: &'static str, shape: Shape) -> Member {
    Member { key, shape, need: Need::Optional }
}

const fn formal(key: &'static str, shape: Shape) -> Member {
    Member { key, shape, need: Need::Formal }
}

const fn required(key: &'static str, shape: Shape) -> Member {
    Member { key, shape, need: Need::Required }
}

impl Kind {
    /// The kind in a sentence.
    pub(crate) fn name(self) -> &'static str {
        match self {
            K::Callback => "a callback",
            K::Components => "the components",
            K::Contact => "a contact",
            K::Discriminator => "a discriminator",
            K::Document => "the document",
            K::Encoding => "an encoding",
            K::Example => "an example",
            K::ExternalDocs => "a link to documentation",
            K::Header => "a header",
            K::Info => "the document's information",
            K::License => "a license",
            K::Link => "a link",
            K::MediaType => "a media type",
            K::OAuthFlow => "an OAuth flow",
            K::OAuthFlows => "OAuth flows",
            K::Operation => "an operation",
            K::Parameter => "a parameter",
            K::PathItem => "a path item",
            K::Paths => "the paths",
            K::RequestBody => "a request body",
            K::Response => "a response",
            K::Responses => "an operation's responses",
            K::Schema => "a schema",
            K::SecurityScheme => "a security scheme",
            K::Server => "a server",
            K::ServerVariable => "a server variable",
            K::Tag => "a tag",
        }
    }

    /// Whether the client would be another without the object, so that it cannot be left out when it is wrong.
    pub(crate) fn is_essential(self) -> bool {
        match self {
            K::Components
            | K::Document
            | K::MediaType
            | K::Operation
            | K::Parameter
            | K::PathItem
            | K::Paths
            | K::RequestBody
            | K::Response
            | K::Responses
            | K::Schema
            | K::SecurityScheme => true,
            K::Callback
            | K::Contact
            | K::Discriminator
            | K::Encoding
            | K::Example
            | K::ExternalDocs
            | K::Header
            | K::Info
            | K::License
            | K::Link
            | K::OAuthFlow
            | K::OAuthFlows
            | K::Server
            | K::ServerVariable
            | K::Tag => false,
        }
    }

    /// The section of `components` that holds objects of this kind.
    pub(crate) fn section(self) -> Option<&'static str> {
        let holds = |member: &&Member| matches!(member.shape, Map(OrReference(kind)) if *kind == self);
        COMPONENTS.iter().find(holds).map(|member| member.key)
    }

    /// What the member `key` must be; none for a member that OpenAPI does not know.
    pub(crate) fn shape_of(self, key: &str) -> Option<Shape> {
        match self.members().iter().find(|member| member.key == key) {
            Some(member) => Some(member.shape),
            None if key.starts_with("x-") => Some(Anything),
            None => self.others(),
        }
    }

    /// What every member that is not listed must be, in the objects that are maps.
    fn others(self) -> Option<Shape> {
        match self {
            K::Paths | K::Callback => Some(PATH_ITEM),
            K::Responses => Some(OrReference(K::Response)),
            _ => None,
        }
    }

    /// The members that OpenAPI lists.
    pub(crate) fn members(self) -> &'static [Member] {
        match self {
            K::Callback | K::Paths | K::Responses => &[],
            K::Components => COMPONENTS,
            K::Contact => CONTACT,
            K::Discriminator => DISCRIMINATOR,
            K::Document => DOCUMENT,
            K::Encoding => ENCODING,
            K::Example => EXAMPLE,
            K::ExternalDocs => DOCS,
            K::Header => HEADER,
            K::Info => INFO,
            K::License => LICENSE,
            K::Link => LINK,
            K::MediaType => MEDIA_TYPE,
            K::OAuthFlow => OAUTH_FLOW,
            K::OAuthFlows => OAUTH_FLOWS,
            K::Operation => OPERATION_MEMBERS,
            K::Parameter => PARAMETER,
            K::PathItem => PATH_ITEM_MEMBERS,
            K::RequestBody => REQUEST_BODY,
            K::Response => RESPONSE,
            K::Schema => SCHEMA_MEMBERS,
            K::SecurityScheme => SECURITY_SCHEME,
            K::Server => SERVER,
            K::ServerVariable => SERVER_VARIABLE,
            K::Tag => TAG,
        }
    }
}

const DOCUMENT: &[Member] = &[
    required("openapi", Text),
    formal("info", Object(K::Info)),
    optional("jsonSchemaDialect", Text),
    optional("servers", SERVERS),
    optional("paths", Object(K::Paths)),
    optional("webhooks", Map(&PATH_ITEM)),
    optional("components", Object(K::Components)),
    optional("security", SECURITY),
    optional("tags", List(&Object(K::Tag))),
    optional("externalDocs", EXTERNAL_DOCS),
];

const INFO: &[Member] = &[
    formal("title", Text),
    optional("summary", Text),
    optional("description", Text),
    optional("termsOfService", Text),
    optional("contact", Object(K::Contact)),
    optional("license", Object(K::License)),
    formal("version", Text),
];

const CONTACT: &[Member] = &[optional("name", Text), optional("url", Text), optional("email", Text)];

const LICENSE: &[Member] = &[formal("name", Text), optional("identifier", Text), optional("url", Text)];

const SERVER: &[Member] = &[
    required("url", Text),
    optional("description", Text),
    optional("variables", Map(&Object(K::ServerVariable))),
];

const SERVER_VARIABLE: &[Member] =
    &[optional("enum", List(&Text)), formal("default", Text), optional("description", Text)];

const COMPONENTS: &[Member] = &[
    optional("schemas", Map(&SCHEMA)),
    optional("responses", Map(&OrReference(K::Response))),
    optional("parameters", Map(&OrReference(K::Parameter))),
    optional("examples", EXAMPLES),
    optional("requestBodies", Map(&OrReference(K::RequestBody))),
    optional("headers", HEADERS),
    optional("securitySchemes", Map(&OrReference(K::SecurityScheme))),
    optional("links", Map(&OrReference(K::Link))),
    optional("callbacks", Map(&OrReference(K::Callback))),
    optional("pathItems", Map(&PATH_ITEM)),
];

const PATH_ITEM_MEMBERS: &[Member] = &[
    optional("$ref", Text),
    optional("summary", Text),
    optional("description", Text),
    optional("get", OPERATION),
    optional("put", OPERATION),
    optional("post", OPERATION),
    optional("delete", OPERATION),
    optional("options", OPERATION),
    optional("head", OPERATION),
    optional("patch", OPERATION),
    optional("trace", OPERATION),
    optional("servers", SERVERS),
    optional("parameters", PARAMETERS),
];

const OPERATION_MEMBERS: &[Member] = &[
    optional("tags", List(&Text)),
    optional("summary", Text),
    optional("description", Text),
    optional("externalDocs", EXTERNAL_DOCS),
    optional("operationId", Text),
    optional("parameters", PARAMETERS),
    optional("requestBody", OrReference(K::RequestBody)),
    Member { key: "responses", shape: Object(K::Responses), need: Need::FormalIn30 },
    optional("callbacks", Map(&OrReference(K::Callback))),
    optional("deprecated", Flag),
    optional("security", SECURITY),
    optional("servers", SERVERS),
];

const DOCS: &[Member] = &[optional("description", Text), formal("url", Text)];

const PARAMETER: &[Member] = &[
    required("name", Text),
    required("in", Text),
    optional("description", Text),
    optional("required", Flag),
    optional("deprecated", Flag),
    optional("allowEmptyValue", Flag),
    optional("style", Text),
    optional("explode", Flag),
    optional("allowReserved", Flag),
    optional("schema", SCHEMA),
    optional("example", Anything),
    optional("examples", EXAMPLES),
    optional("content", CONTENT),
];

const HEADER: &[Member] = &[
    optional("description", Text),
    optional("required", Flag),
    optional("deprecated", Flag),
    optional("allowEmptyValue", Flag),
    optional("style", Text),
    optional("explode", Flag),
    optional("allowReserved", Flag),
    optional("schema", SCHEMA),
    optional("example", Anything),
    optional("examples", EXAMPLES),
    optional("content", CONTENT),
];

const REQUEST_BODY: &[Member] =
    &[optional("description", Text), optional("content", CONTENT), optional("required", Flag)];

const MEDIA_TYPE: &[Member] = &[
    optional("schema", SCHEMA),
    optional("example", Anything),
    optional("examples", EXAMPLES),
    optional("encoding", Map(&Object(K::Encoding))),
];

const ENCODING: &[Member] = &[
    optional("contentType", Text),
    optional("headers", HEADERS),
    optional("style", Text),
    optional("explode", Flag),
    optional("allowReserved", Flag),
];

const RESPONSE: &[Member] = &[
    formal("description", Text),
    optional("headers", HEADERS),
    optional("content", CONTENT),
    optional("links", Map(&OrReference(K::Link))),
];

const EXAMPLE: &[Member] = &[
    optional("summary", Text),
    optional("description", Text),
    optional("value", Anything),
    optional("externalValue", Text),
];

const LINK: &[Member] = &[
    optional("operationRef", Text),
    optional("operationId", Text),
    optional("parameters", Map(&Anything)),
    optional("requestBody", Anything),
    optional("description", Text),
    optional("server", Object(K::Server)),
];

const TAG: &[Member] =
    &[required("name", Text), optional("description", Text), optional("externalDocs", EXTERNAL_DOCS)];

const DISCRIMINATOR: &[Member] = &[required("propertyName", Text), optional("mapping", Map(&Text))];

const SECURITY_SCHEME: &[Member] = &[
    required("type", Text),
    optional("description", Text),
    optional("name", Text),
    optional("in", Text),
    optional("scheme", Text),
    optional("bearerFormat", Text),
    optional("flows", Object(K::OAuthFlows)),
    optional("openIdConnectUrl", Text),
];

const OAUTH_FLOWS: &[Member] = &[
    optional("implicit", FLOW),
    optional("password", FLOW),
    optional("clientCredentials", FLOW),
    optional("authorizationCode", FLOW),
];

const OAUTH_FLOW: &[Member] = &[
    optional("authorizationUrl", Text),
    optional("tokenUrl", Text),
    optional("refreshUrl", Text),
    formal("scopes", Map(&Text)),
];

const SCHEMA_MEMBERS: &[Member] = &[
    optional("$ref", Text),
    optional("type", TypeNames),
    optional("properties", Map(&SCHEMA)),
    optional("description", Text),
    optional("format", Text),
    optional("items", SCHEMA),
    optional("required", List(&Text)),
    optional("title", Text),
    optional("enum", List(&Anything)),
    optional("nullable", Flag),
    optional("readOnly", Flag),
    optional("writeOnly", Flag),
    optional("deprecated", Flag),
    optional("allOf", List(&SCHEMA)),
    optional("oneOf", List(&SCHEMA)),
    optional("anyOf", List(&SCHEMA)),
    optional("not", SCHEMA),
    optional("additionalProperties", SCHEMA),
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
    optional("externalDocs", EXTERNAL_DOCS),
    optional("xml", Anything),
    optional("prefixItems", List(&SCHEMA)),
    optional("$defs", Map(&SCHEMA)),
    optional("definitions", Map(&SCHEMA)),
    optional("contentEncoding", Text),
    optional("contentMediaType", Text),
    optional("contentSchema", Anything),
    // What follows is known, and makes no difference to a client or is reported as unsupported.
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
    optional("patternProperties", Anything),
    optional("propertyNames", Anything),
    optional("dependentRequired", Anything),
    optional("dependentSchemas", Anything),
    optional("unevaluatedItems", Anything),
    optional("unevaluatedProperties", Anything),
];
