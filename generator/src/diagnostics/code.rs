//! The closed list of codes, each an entry of one table.
//!
//! Imports nothing.

use std::fmt;
use std::str::FromStr;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No crate is generated.
    Error,
    /// The crate is generated, but the document is inconsistent, or a part of the crate is less strict than the
    /// document.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Defines the enum and its table from entries of the form `Severity Variant "id" "title" "explanation"`.
macro_rules! codes {
    ($($severity:ident $variant:ident $id:literal $title:literal $explanation:literal)+) => {
        /// The kind of a finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $id, "`: ", $title, ".")] $variant,)+
        }

        const TABLE: &[Entry] = &[
            $(Entry {
                code: Code::$variant,
                severity: Severity::$severity,
                id: $id,
                title: $title,
                explanation: $explanation,
            },)+
        ];
    };
}

struct Entry {
    code: Code,
    severity: Severity,
    id: &'static str,
    title: &'static str,
    explanation: &'static str,
}

codes! {
    // The text.

    Error EmptyDocument "empty-document" "the document is empty"
    "The file holds nothing but white space and comments. Check that you gave the right file, and that the \
    program that writes it has finished."

    Error Syntax "syntax" "the text is neither YAML nor JSON"
    "A document that starts with `{` or `[` is read as JSON first and as YAML second; any other document is read \
    as YAML. The finding shows where the parser gave up. The mistake is often a few lines above: an open quote \
    or bracket is only noticed where the text can no longer continue. YAML is indented with spaces, never with tabs, and \
    JSON has no comments. An HTML page is often a login in place of the document."

    Error TooDeep "too-deep" "values are nested too deeply"
    "A document may nest values 128 levels deep. Documents that people and servers write need fewer than 40 \
    levels, so the cause is nearly always a loop in the program that wrote this one. A recursive schema needs no \
    nesting: define it under `components` and refer to it."

    Error TooLarge "too-large" "YAML aliases expand to too many values"
    "A YAML alias (`*name`) repeats the value that an anchor (`&name`) marks. Aliases of aliases multiply, so \
    that a few lines can expand to more values than memory can hold. A document may expand to as many values as \
    it has bytes, plus 100,000. Use references (`$ref`) for shared values."

    Error DuplicateKey "duplicate-key" "a YAML mapping has the same key twice"
    "YAML forbids duplicate keys, and programs disagree about which of the two values counts. Merge the two \
    entries, or rename one."

    Warning RepeatedKey "repeated-key" "a JSON object has the same key twice, so the last value is used"
    "JSON does not define what a repeated key means. The last value is used here, as in most programs, and the \
    earlier one is lost. Merge the two entries, or remove one."

    // Overlays.

    Error InvalidOverlay "invalid-overlay" "an overlay cannot be read or applied"
    "An overlay has the fields `overlay` (1.0.0 or 1.1.0), `info` and `actions`. An action selects values of the document \
    with a JSONPath in `target`, and merges `update` into them, merges the value that `copy` selects, or removes them \
    (`remove: true`). Objects merge with objects, lists with lists, and single values with single values. All values that \
    an action selects are of one kind. The path of an overlay starts in the folder of the document."

    Error UnmatchedOverlayAction "unmatched-overlay-action" "an action of an overlay selects nothing"
    "The document probably has changed since the action was written: the value has moved, or the fault that the action \
    corrects is gone. Correct the query in `target`, or remove the action. The Overlay Specification ignores such an \
    action, but then a correction could stop working unnoticed."

    // The kind of document.

    Error NotAnObject "not-an-object" "the document is a list or a scalar"
    "An OpenAPI document is an object with the fields `openapi`, `info`, `paths` and so on. A text file that is \
    not YAML at all often parses as one long string: check that you gave the right file."

    Error NotOpenApi "not-openapi" "the document does not declare an OpenAPI version"
    "The field `openapi` at the top of the document holds the version, for example `openapi: 3.1.0`. Without it \
    the meaning of the other fields is unknown. The finding names the format if it is a known one, such as AsyncAPI or a \
    Postman collection."

    Error Swagger2 "swagger-2" "the document is written in Swagger 2.0"
    "Swagger 2.0 is the predecessor of OpenAPI 3 and describes parameters, bodies, responses and security in \
    another way. Convert the document to OpenAPI 3 once with one of the many converters, review the result, and \
    generate from it."

    Error UnsupportedVersion "unsupported-version" "the generator does not support this OpenAPI version"
    "OpenAPI 3.0, 3.1 and 3.2 are supported, with any patch number."

    Warning NewerVersion "newer-version" "the OpenAPI version is newer than 3.2, so the document is read as 3.2"
    "The document is read as OpenAPI 3.2. Features of later versions are ignored and generate no code. Where the \
    document uses such a feature, review the generated crate."

    Error NoContents "no-contents" "the document has no paths, components or webhooks"
    "A document has at least one of `paths`, `components` and `webhooks`."

    // Its structure.

    Error InvalidValue "invalid-value" "a value has the wrong type and cannot be used"
    "The value has the wrong shape, for example a list in place of an operation, and its meaning cannot be \
    guessed. Nothing is generated until the value is corrected."

    Warning MistypedValue "mistyped-value" "a value has the wrong type, so it is converted or ignored"
    "Either the meaning is clear (a number in place of a string, a boolean in quotes) and the value is converted, \
    or the value is optional and is ignored. The message says which."

    Error MissingField "missing-field" "a field that the generator needs is missing"
    "The object has no meaning without the field, like a parameter without a name or a security scheme without a \
    type."

    Warning OmittedField "omitted-field" "a field that OpenAPI requires is missing"
    "The OpenAPI Specification requires the field, but the generator does not depend on it and assumes an empty \
    value. Other tools may reject the document."

    Warning UnknownField "unknown-field" "an unknown field is probably a misspelling of a known one"
    "Unknown fields are ignored. If the name is misspelled, a part of the document has no effect."

    Warning UnknownType "unknown-type" "a schema has a `type` that does not exist"
    "The types are `string`, `number`, `integer`, `boolean`, `array`, `object` and, in OpenAPI 3.1, `null`. The \
    schema is read as if `type` were absent, unless the value differs from a known type only in case."

    Warning MixedVersions "mixed-versions" "the document mixes versions of OpenAPI"
    "For a value that can be null, OpenAPI 3.0 uses `nullable: true`, and OpenAPI 3.1 uses `type: [string, \
    'null']`. Many documents declare one version and use the syntax of the other. Others use \
    methods and locations of parameters that 3.2 adds. The generator accepts all of them, but other tools may not. Use \
    the syntax of the declared version."

    Warning UnsupportedKeyword "unsupported-keyword" "a keyword of a schema has no effect on the client"
    "The keyword describes values in a way that Rust types do not express. The generated type is the same as without \
    the keyword, so it may be more general than the schema. (Keywords that only restrict values, such as `maxLength` or \
    `propertyNames`, are checked by the server and are not reported.)"

    // Its references.

    Error DanglingReference "dangling-reference" "a `$ref` points to nothing"
    "The part of a `$ref` after `#` is a JSON pointer: the keys that lead to a value, such as \
    `#/components/parameters/Limit`. Inside a key, `~` is written `~0` and `/` is written `~1`. The document has \
    no value at this pointer. Correct the pointer, or add the value. (If the `$ref` of a schema points to \
    nothing in its own file, the finding is the warning `dangling-schema` instead.)"

    Warning DanglingSchema "dangling-schema" "the `$ref` of a schema points to nothing, or not to a schema"
    "Nothing is defined at the place that the `$ref` names, or the value there is not a schema. If only one \
    schema can be meant, because a definition was copied without its references or a response has the same name \
    as its schema, that schema is used. Otherwise the type becomes `serde_json::Value` until the reference is \
    corrected. (A dangling reference to a parameter, a response or a request body is an error, because the \
    operation could not be called.)"

    Error ExternalReference "external-reference" "a reference points outside the document's folder"
    "A document may be split over several files: `./schemas/pet.yaml`, `common.yaml#/Pet`. Files are read only \
    from the folder of the document and its subfolders, so that a document from somebody else cannot read your \
    other files or reach your network. Copy the referenced file into the folder."

    Error UnreadableFile "unreadable-file" "a referenced file cannot be read"
    "A relative path is resolved from the file that contains the reference. The file does not exist there, or it \
    is not UTF-8 text; the message says which."

    Warning MisplacedReference "misplaced-reference" "a `$ref` is used where OpenAPI does not allow one"
    "Schemas, parameters, responses and path items may be references. Operations, lists of parameters and \
    descriptions may not. The generator reads the referenced value in place of the reference; fields beside the \
    `$ref` override the fields of that value. The finding is reported once per document, because other tools may \
    reject it."

    Error AnchorReference "anchor-reference" "a reference names an anchor that does not exist"
    "A schema can name itself with `$anchor` or `$id`, and a reference can use that name: `#pet`. No schema in \
    the referenced file has this name."

    Warning DuplicateAnchor "duplicate-anchor" "a reference leads to one of several schemas with the same name"
    "The reference names a schema by its `$anchor` or `$id`, and several schemas of the file have this name. JSON \
    Schema leaves the target undefined. References lead to the schema whose location is the first in alphabetical \
    order; the warning shows it. Give each schema its own name, or refer to it by its location."

    Error MismatchedReference "mismatched-reference" "a `$ref` points to an object of the wrong kind"
    "A reference must point to an object of the kind that is expected in its place: a parameter's reference to a \
    parameter, a schema's reference to a schema."

    Warning ReinterpretedReference "reinterpreted-reference" "a `$ref` points to an object of another kind, which is used anyway"
    "Responses and request bodies have the same structure, and so do headers and parameters: the object is read as the \
    kind that is expected here. A schema in place of a response, request body or header becomes the schema of \
    its JSON content; in place of a media type, it becomes the schema of that media type. Other tools may reject the document."

    Error CircularReference "circular-reference" "references form a cycle"
    "The reference points to another reference, and so on until the first. No parameter, response or path item is \
    defined anywhere on the cycle."

    Warning CircularSchema "circular-schema" "a schema refers to itself without a property or list in between"
    "A schema may contain itself in a property or as the items of a list. This schema refers to itself through \
    `$ref`, `allOf`, `oneOf` or `anyOf` only, which says nothing about its values. The reference to itself is \
    ignored, and the rest of the schema is used."

    Warning CircularInheritance "circular-inheritance" "a schema inherits from a union that lists this schema"
    "Some documents write inheritance this way: `Pet` is one of `Cat` and `Dog`, and `Cat` is `allOf` `Pet` and \
    more. Read literally, every cat would again be one of `Cat` and `Dog`, without end. The generator follows \
    the intention: `Cat` inherits the properties of `Pet`, but not its alternatives."

    Warning DanglingMapping "dangling-mapping" "a discriminator maps a value to a schema that does not exist"
    "A mapping entry points from a value of the discriminator property to a schema, by its name under \
    `components` or by a reference. This entry is ignored: an object with that value decodes as the variant \
    `Unknown`."

    Warning UndeclaredSecurity "undeclared-security" "a required security scheme is not defined"
    "A security requirement names schemes under `components.securitySchemes`. This scheme is not defined there, \
    so the client sends no credentials for it."

    Warning IgnoredSiblings "ignored-siblings" "fields beside a reference are ignored"
    "A path item that is a reference is replaced by the referenced path item. OpenAPI leaves undefined what \
    operations and parameters beside the reference mean; they are ignored here."

    // Its paths and operations.

    Warning DuplicateOperationId "duplicate-operation-id" "two operations have the same `operationId`"
    "The id names the client's method and must be unique in the document. The first operation keeps it. The other \
    operation is named by its method and path, as if it had no id."

    Error MalformedPath "malformed-path" "the braces of a path do not match"
    "Parameters in a path are written in braces: `/users/{id}`. The name of a parameter must not be empty and \
    must not contain a brace or a slash."

    Warning PathWithoutSlash "path-without-slash" "a path does not start with a slash"
    "A path is appended to the server's URL and starts with a slash. The generator adds the slash. If the \
    document also describes the path with the slash, the operations of both are combined; where both have the \
    same method, the first counts."

    Warning AmbiguousPaths "ambiguous-paths" "two paths differ only in the names of their parameters"
    "A request to `/users/{id}` looks the same as a request to `/users/{name}`. The server decides which \
    operation it calls."

    Warning UndeclaredPathParameter "undeclared-path-parameter" "a path parameter is not declared"
    "Each `{name}` in a path needs a parameter with that name and `in: path`, declared on the operation or on the \
    path item, which gives it a type. Without a declaration the parameter is a string."

    Warning UnusedPathParameter "unused-path-parameter" "a declared path parameter does not occur in the path"
    "The value of the parameter would never be sent, so the client's method has no argument for it."

    Warning DuplicateParameter "duplicate-parameter" "a parameter is declared twice"
    "A parameter is identified by its name and its location, and must occur once in a list. The first declaration \
    counts. (An operation may override a parameter of its path item; that is not a duplicate.)"

    Warning ConflictingQuery "conflicting-query" "an operation has a query string beside other query parameters"
    "A parameter with `in: querystring` describes the whole query of a request, so OpenAPI allows only one, and no \
    parameter with `in: query` beside it. The client sends all of them, joined by `&`. Describe the query either by \
    one `querystring` parameter or by `query` parameters."

    // The generated code.

    Warning UntypedSchema "untyped-schema" "a schema becomes `serde_json::Value`"
    "The generator has no Rust type for this schema; the warning gives the reason. Its values are preserved \
    unchanged, as `serde_json::Value`."

    Warning InfiniteSchema "infinite-schema" "an object contains itself through required properties"
    "The object has a required property whose value must contain the same kind of object again, directly or \
    through other required properties. No finite value satisfies that. The property that leads back to the first \
    object becomes optional. A real value has to end the cycle somewhere, although the document does not allow \
    it."

    Warning UndefinedProperty "undefined-property" "`required` lists a property that is not defined"
    "The schema does not define the property, so its type is unknown and the struct has no field for it. Often \
    the name is misspelled or left over from an earlier version. To fix the document, add the property to \
    `properties` or remove it from `required`. To send the property anyway, insert it into `unknown_fields` of \
    the Rust struct."

    Warning DuplicateEnumValue "duplicate-enum-value" "an enum lists a value twice"
    "Each value becomes one variant, so the second entry has no effect. Remove it."

    Warning UnknownOneofField "unknown-oneof-field" "a protobuf oneof in a description lists a field that the schema lacks"
    "Gateways that write OpenAPI from protobuf describe a oneof in the text of a description, as a list of \
    fields. This field is not a property of the message, or belongs to another oneof, and is left out of the \
    union."

    Error ImpossibleDerive "impossible-derive" "a type cannot have a derive of the settings"
    "A type derives `Eq`, `Hash`, `PartialOrd`, `Ord` or `Copy` only if all of its fields can. An `f64` has neither \
    equality nor a hash; JSON, which keeps unknown properties and values, has no order. Set `where-possible = true` in \
    the table `[[derive]]`: types that cannot have the derive are left out. Or list the types that need it in `types`."

    Error StaleName "stale-name" "the settings refer to an item that is not in the document"
    "An entry of codegen.toml refers to an item that is not in the document: the item was removed, or the entry \
    is misspelled. Remove the entry, or correct its name."

    Error TakenName "taken-name" "the settings give a name that is taken"
    "An entry of `[names]` in codegen.toml gives a name that another item has already, or that the generated code uses \
    itself, or several entries name one item. A runtime with the name of its client is the same error. A name from codegen.toml is never changed, so no crate is generated. Choose \
    another name, or give the other item another name, too."

    Warning AmbiguousUnion "ambiguous-union" "the alternatives of a union cannot be distinguished"
    "The generated code chooses the variant of a union by its discriminator, by constants in the value, by the JSON \
    types of the value and its properties, or by a property that one alternative requires and the other does not have. \
    None of these distinguishes the alternatives in the warning. A value that can be either is decoded as each of them, \
    and the one that knows the most properties of the value is used, or the first of equals. To fix this, add a \
    `discriminator`, or give each alternative a required property with its own constant value."

    Warning NameCollision "name-collision" "two items have the same Rust name"
    "Names that differ in the document can become equal under Rust's naming conventions: `user-id` and `userId` \
    both become `user_id`. Each item gets a unique name, which you can change in codegen.toml. If a pattern of \
    `[names.patterns]` makes a name that is taken, the item keeps its own name."

    Error StaleSelection "stale-selection" "the settings refer to operations that are not in the document"
    "An entry of `[operations]` or `[pagination]` in codegen.toml is an operation id, a tag, or a path pattern. \
    This entry matches no operation: the document changed, or the entry is misspelled. Remove it, or correct it."

    Error StaleAllow "stale-allow" "the settings allow a warning that does not occur"
    "An entry of `[allow]` in codegen.toml accepts a warning for the whole document (`#`) or at a place. There is no such \
    warning: the document or the generator changed, or the place is misspelled. Remove the entry, or correct it."

    Warning UnreachablePages "unreachable-pages" "only the first page of a paginated operation can be read"
    "The response contains a token for the next page, such as `nextPageToken`, but neither a parameter nor a \
    property of the request body accepts this token. The generator does not guess a parameter: many servers \
    ignore unknown parameters and would return the first page again and again. Declare the parameter in the \
    document."

    Warning ConnectionHeader "connection-header" "a header parameter is ignored because the HTTP client sets it"
    "Headers such as `content-length`, `host` and `transfer-encoding` describe the connection or the framing of a \
    request. The HTTP client sets them itself, and a different value would break the request. The method has no \
    argument for this header."

    Warning UnsupportedSecurity "unsupported-security" "an operation requires a security scheme that is not supported"
    "The client supports API keys, HTTP authentication and OAuth 2. It sends no credentials for any other scheme. \
    To authenticate the requests, implement `runtime::Authorize` or, for example for client certificates, \
    `runtime::Transport`. There is no finding if no operation requires the scheme, or if the credentials of \
    supported schemes suffice."

    Warning UnsupportedUpgrade "unsupported-upgrade" "an operation upgrades the connection to another protocol"
    "A response with status 101 switches the connection to another protocol, such as WebSocket, and the method \
    `CONNECT` opens a tunnel. The operation is generated, but every call to it fails. Use a client for that protocol instead."

    Warning UnsupportedBody "unsupported-body" "the generator has no types for the media type of a body"
    "JSON and form bodies are typed, text bodies are strings, and all others are bytes. XML and YAML bodies are \
    sent and received as text, because the generator makes no types for them. There is no finding if the document \
    offers the same body as JSON."

    Warning ContentWithoutBody "content-without-body" "a response with status 204 or 205 describes content"
    "A response with status 204 (No Content) or 205 (Reset Content) has no body (RFC 9110, sections 15.3.5 and \
    15.3.6), so its `content` is ignored. If another successful status has a body, the operation returns an `Option` \
    or an enum."

    Warning IgnoredEncoding "ignored-encoding" "an `encoding` has no effect"
    "`encoding` describes how single properties of a form or of a `multipart/form-data` body are sent. It has no \
    meaning elsewhere, for example for the headers of a part that has none."

    Warning UnreadableHeader "unreadable-header" "a response header is only available as text, or has no accessor"
    "Strings, numbers, booleans, dates, enums and lists of these have only one encoding in a header, so they are \
    decoded to Rust types. A header is read as text if its value is an object, which has several encodings, or \
    if the document gives it different types in different responses. A header whose name is not valid in HTTP \
    has no accessor. The raw headers are always available from the response."
}

impl Code {
    /// Returns every code, in the order of the stages that report them.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|entry| entry.code)
    }

    /// Returns the name that is printed and looked up, such as `dangling-reference`. It is stable across releases.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// Returns the severity of findings with this code.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// Returns the finding in a few words: lower case, without a full stop.
    pub fn title(self) -> &'static str {
        self.entry().title
    }

    /// Returns what the finding means, what happens to the generated code, and what to do.
    pub fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    fn entry(self) -> &'static Entry {
        // The macro defines the table in the order of the enum.
        &TABLE[self as usize]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        TABLE.iter().find(|entry| entry.id == id).map(|entry| entry.code).ok_or(UnknownCode)
    }
}

/// The error for a text that is not the id of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no finding has this code")
    }
}

impl std::error::Error for UnknownCode {}

#[cfg(test)]
mod tests {
    use heck::ToKebabCase;

    use super::*;

    #[test]
    fn ids_are_the_names_of_the_variants() {
        for code in Code::all() {
            let spelled = format!("{code:?}").to_kebab_case();
            assert_eq!(spelled.replace("swagger2", "swagger-2").replace("open-api", "openapi"), code.id());
            assert_eq!(code.id().parse(), Ok(code));
        }
        assert_eq!("no-such-code".parse::<Code>(), Err(UnknownCode));
    }

    #[test]
    fn titles_are_clauses_and_explanations_are_sentences() {
        for code in Code::all() {
            let title = code.title();
            assert!(!title.ends_with('.'), "{code}: {title}");
            assert!(!title.starts_with(char::is_uppercase) || title.starts_with("YAML"), "{code}: {title}");
            let explanation = code.explanation();
            assert!(explanation.starts_with(|first: char| first.is_uppercase() || first == '`'), "{code}");
            assert!(explanation.ends_with(['.', ')']), "{code}: {explanation}");
        }
    }
}
