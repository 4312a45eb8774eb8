//! The closed list of findings: one entry of one table each.
//!
//! Imports nothing.

use std::fmt;
use std::str::FromStr;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The crate is generated; something in it is wider than the document, or the document contradicts itself.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Makes the enum and the table behind it from `Severity Variant "id" "title" "explanation"`.
macro_rules! codes {
    ($($severity:ident $variant:ident $id:literal $title:literal $explanation:literal)+) => {
        /// What kind of finding a diagnostic is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $title] $variant,)+
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

    Error EmptyDocument "empty-document" "The document is empty."
    "There is nothing but white space and comments. Check that the right file was given, and that whatever writes it \
    has finished."

    Error Syntax "syntax" "The text is neither YAML nor JSON."
    "A document that begins with `{` or `[` is read as JSON and, failing that, as YAML; any other as YAML. The finding \
    is placed where the text stops making sense, which is often a little behind the mistake: an open quote or bracket \
    is noticed only where it should have been closed by."

    Error TooDeep "too-deep" "Values are nested too deeply."
    "A document may nest values 128 levels deep. Documents that people and servers write stay below 40, so this is \
    nearly always a loop in the program that wrote the document. A recursive schema needs no nesting: give it a name \
    under `components` and refer to it."

    Error TooLarge "too-large" "Aliases expand into far more than was written."
    "YAML's aliases (`*name`) repeat what an anchor (`&name`) marks. Aliases of aliases multiply, so a few lines can \
    stand for more values than fit into memory. A document may expand to as many values as it has bytes, and a hundred \
    thousand. Use references (`$ref`) for what is shared."

    Error DuplicateKey "duplicate-key" "A mapping holds the same key twice."
    "YAML forbids this, and tools disagree on which of the two counts: whatever was meant, somebody else reads the \
    other. Merge the two, or rename one."

    Warning RepeatedKey "repeated-key" "A JSON object holds the same key twice."
    "JSON leaves open what this means. The last one counts here, as in most programs; the first is lost. Merge the \
    two, or remove one."

    // What the document is.

    Error NotAnObject "not-an-object" "The document is a list or a single value."
    "An OpenAPI document is an object whose members are `openapi`, `info`, `paths` and so on. Text that is no YAML at \
    all is often read as one long string: check that the right file was given."

    Error NotOpenApi "not-openapi" "Nothing says that this is an OpenAPI document."
    "The member `openapi` at the top holds the version, such as `openapi: 3.1.0`. Without it the meaning of the rest \
    is anyone's guess."

    Error Swagger2 "swagger-2" "The document is written in Swagger 2.0."
    "Swagger 2.0 is the predecessor of OpenAPI 3 and differs in nearly everything: parameters, bodies, responses, \
    security. Converters are widely available; convert the document once, look over the result, and generate from \
    that."

    Error UnsupportedVersion "unsupported-version" "The version of OpenAPI is not supported."
    "Versions 3.0 and 3.1 are supported, with any patch number."

    Warning NewerVersion "newer-version" "The document is newer than what is fully supported."
    "The document is read as OpenAPI 3.1. What a later version has added is not understood and makes no code: compare \
    the crate with the document where it uses something new."

    Error NoContents "no-contents" "The document describes nothing."
    "A document has at least one of `paths`, `components` and `webhooks`. This one has none."

    // Its structure.

    Error InvalidValue "invalid-value" "A value is not what OpenAPI allows at its place."
    "The value has the wrong shape, and what was meant cannot be told: a list where an operation should be, say. \
    Correct it; nothing is generated while it is unclear what the document says."

    Warning MistypedValue "mistyped-value" "A value has the wrong type."
    "What was meant is clear enough to go on (a number where a text should be, a flag in quotes), or the value is \
    optional and has been left out. The message says which."

    Error MissingMember "missing-member" "Something essential is missing."
    "The object means nothing without the member: a parameter without a name, a security scheme without a type."

    Warning OmittedMember "omitted-member" "Something is missing that OpenAPI requires."
    "The specification asks for the member, but nothing depends on it here: an empty one is assumed. Other tools may \
    reject the document."

    Warning UnknownMember "unknown-member" "A member is not known to OpenAPI, but resembles one that is."
    "Unknown members are ignored. This one is close enough to a known one to be a slip of the pen, and then something \
    that the document means to say is not heard."

    Warning UnknownType "unknown-type" "A schema names a type that does not exist."
    "The types are `string`, `number`, `integer`, `boolean`, `array`, `object` and, in 3.1, `null`. The schema is read \
    as if it named none, unless only capitals are in the way."

    Warning MixedVersions "mixed-versions" "The document mixes OpenAPI 3.0 and 3.1."
    "3.0 says `nullable: true` where 3.1 lists null among the types. Many documents declare one version and write the \
    other; both are understood. It is reported once for the whole document, since other tools may read it otherwise."

    Warning UnsupportedKeyword "unsupported-keyword" "A keyword of a schema has no counterpart in the client."
    "The keyword restricts values in a way that Rust types do not express and that the client does not check. The type \
    is the one that the schema has without it."

    Warning UnsupportedSecurity "unsupported-security" "A security scheme is not supported."
    "The client knows API keys, HTTP authentication and OAuth 2. Requests that another scheme secures can be authorized \
    by the transport that the client is given."

    // Its references.

    Error DanglingReference "dangling-reference" "A reference leads nowhere."
    "A `$ref` names a place in the document by the keys that lead there: `#/components/schemas/Pet`. In a key, `~` is \
    written `~0` and `/` is written `~1`. There is nothing at this place."

    Warning DanglingSchema "dangling-schema" "A schema refers to what is no schema."
    "There is nothing at the place that the `$ref` names, or something else. Where a definition was copied into the document \
    and its references were not adapted, or where a response is named for its schema, only one schema can be meant, and it \
    is taken. Otherwise the schema is read as any value, and stays \
    free-form JSON until the reference is corrected. (A reference to a parameter, a response or a body that does not \
    exist is an error: without it a call could not be made.)"

    Error ExternalReference "external-reference" "A reference leads out of the document's folder."
    "A document may be split over several files: `./schemas/pet.yaml`, `common.yaml#/Pet`. They are read from the folder \
    of the document and from the folders below it, and from nowhere else: a document that somebody sent must not be \
    able to read your other files or to reach your network. Copy what is needed into the folder."

    Error UnreadableFile "unreadable-file" "A file that a reference names cannot be read."
    "The path of a relative reference is meant from the file that the reference stands in. The file does not exist there, \
    or it is not one that can be read as UTF-8 text; the message says which."

    Warning IncludedReference "included-reference" "A reference stands where OpenAPI allows none."
    "Schemas, parameters, responses and path items may be references; operations, lists of parameters and descriptions \
    may not. What the reference names is read in its place, since nothing else can be meant, and members beside the \
    reference take the place of those that it names. It is reported once for the whole document, since other tools may \
    reject it."

    Error AnchorReference "anchor-reference" "A reference names an anchor that no schema has."
    "A schema names itself by `$anchor` or `$id`, and a reference may use that name: `#pet`. No schema of the file that the \
    reference leads to has this one."

    Error MisplacedReference "misplaced-reference" "A reference leads to something of another kind."
    "A reference stands for what it leads to, so a parameter's leads to a parameter and a schema's to a schema."

    Warning ReinterpretedReference "reinterpreted-reference" "A reference leads to something of a similar kind."
    "A response and a request body are described alike, and so are a header and a parameter. The one is read as the \
    other; other tools may reject the document."

    Error CircularReference "circular-reference" "References lead back to where they began."
    "A reference to a reference that leads back to the first says nothing at all, so there is no parameter, no response \
    and no path item."

    Warning CircularSchema "circular-schema" "A schema is a part of itself."
    "A schema may contain itself: in a property, in a list, as an alternative. But that it is itself, or all of itself, or \
    one of itself and others, says nothing about it, and is left out. The rest of what it says counts."

    Warning CircularInheritance "circular-inheritance" "A schema is made of a schema that has it among its alternatives."
    "This is how some documents write inheritance: `Pet` is one of `Cat` and `Dog`, and `Cat` is all of `Pet` and more. \
    Taken by the letter, a cat would have to be one of `Cat` and `Dog` again, without end. It is read as meant: what is \
    inherited are the properties, not the alternatives."

    Warning DanglingMapping "dangling-mapping" "A discriminator maps a value to a schema that does not exist."
    "A mapping leads from a value of the discriminating property to a schema, by its name under `components` or by a \
    reference. The entry is ignored, so an object with that value is taken for an unknown one."

    Warning UndeclaredSecurity "undeclared-security" "A security scheme is required that is not described."
    "A requirement names schemes under `components.securitySchemes`. Without a description nobody knows how to satisfy \
    it; the client sends nothing for this one."

    Warning IgnoredSiblings "ignored-siblings" "What stands beside a reference is ignored."
    "A path item that is a reference stands for the one it leads to. OpenAPI leaves open what becomes of operations and \
    parameters beside the reference; here they are ignored."

    // Its paths and operations.

    Warning DuplicateOperationId "duplicate-operation-id" "Two operations have the same `operationId`."
    "The id names the method of the client, and must be unique in the document. The first operation keeps it; the \
    other is named by its method and path, as if it had none."

    Error MalformedPath "malformed-path" "The braces of a path do not match."
    "A path is text with parameters in braces: `/users/{id}`. A parameter's name is not empty and holds no brace and \
    no slash."

    Warning PathWithoutSlash "path-without-slash" "A path does not begin with a slash."
    "A path is appended to the server's URL, and begins with a slash. One is assumed. Where the path with the slash is \
    described as well, the operations of both are its own; of two for one method, the first counts."

    Warning AmbiguousPaths "ambiguous-paths" "Two paths differ only by the names of their parameters."
    "A request cannot tell `/users/{id}` from `/users/{name}`; which operation answers is up to the server."

    Warning UndeclaredPathParameter "undeclared-path-parameter" "A parameter of a path is not declared."
    "Every `{name}` in a path needs a parameter of that name with `in: path`, on the operation or on the path, so that \
    its type is known. Without one it is taken to be text."

    Warning UnusedPathParameter "unused-path-parameter" "A declared path parameter does not occur in the path."
    "The parameter has no place in the URL, so its value would never be sent. It is left out of the client."

    Warning DuplicateParameter "duplicate-parameter" "A parameter is declared twice."
    "A parameter is known by its name and by where it is sent, and one list may hold it once. The first counts. (An \
    operation may declare a parameter of its path anew; that is no duplicate.)"

    // What lowering makes of it.

    Warning UntypedSchema "untyped-schema" "A schema becomes free-form JSON."
    "The schema says more than the client has a type for; the message says what. Values pass through unchanged."

    Warning EndlessSchema "endless-schema" "An object cannot do without itself."
    "An object requires a member that requires another, and so on back to the object: there is no end to any value of it, so \
    there is no value. The member that closes the circle may be missing here; a server that sends one has to leave it out \
    somewhere as well."

    Warning UndescribedMember "undescribed-member" "An object requires a member that is none of its properties."
    "Whatever the member holds will do, and nobody knows what that is, so no field is made of it; often its name is \
    misspelled, or left over from an older version. Whoever sends such an object can add the member to \
    `unknown_fields`."

    Warning DuplicateEnumValue "duplicate-enum-value" "An enum lists a value twice."
    "Each value has one variant, so the second mention means nothing. List each value once."

    Warning UnknownOneofMember "unknown-oneof-member" "A oneof in prose lists what is no property of its message."
    "Gateways that write OpenAPI from protobuf describe a oneof in words, with a list of its fields. A field of that \
    list that is no property, or that another oneof has taken, is left out of the union."

    Error StaleName "stale-name" "codegen.toml names something that the document does not have."
    "An entry that nothing answers to is a name that was meant to be kept and is not: the document changed, or the key \
    is misspelled. Remove the entry, or correct its key."

    Warning AmbiguousUnion "ambiguous-union" "The alternatives of a union cannot be told apart."
    "A value is decoded by looking at it: at a discriminator, at the key that only one alternative requires, at a \
    constant property, at its JSON type. These alternatives differ in none of that, so they are tried in the order of \
    the document, and the first that fits is taken. A `discriminator` removes the doubt."

    Warning NameCollision "name-collision" "Two things of the document want the same name in Rust."
    "Names that differ in the document may be equal once they follow Rust's conventions: `user-id` and `userId` both \
    become `user_id`. Each gets a name of its own, which codegen.toml can set."

    Error StaleSelection "stale-selection" "codegen.toml selects operations that the document does not have."
    "An entry of `[operations]` or `[pages]` is an operation's id, a tag, or a pattern of paths. One that no operation answers to \
    selects nothing: the document changed, or the entry is misspelled. Remove it, or correct it."

    Warning UnreachablePages "unreachable-pages" "A listing cannot be read beyond its first page."
    "The answer holds what asks for the next page, such as `nextPageToken`, and the operation has no parameter and no \
    member of its body that would take it. Servers ignore parameters that they do not know, so the client does not try: \
    it would be given the first page again and again. Declare the parameter."

    Warning ConnectionHeader "connection-header" "A header belongs to the connection, and is no parameter."
    "What frames a request or belongs to the connection that it travels on, such as `content-length`, `host` and \
    `transfer-encoding`, is known to whoever sends it, and a value that says otherwise breaks the request. The client \
    sets these headers itself, and the method has no argument for them."

    Warning UnsupportedUpgrade "unsupported-upgrade" "An operation turns the connection into one of another protocol."
    "An answer of 101 begins another protocol on the same connection, such as WebSocket, which no client of HTTP calls \
    speaks. The operation is there, and fails; take a client of that protocol."

    Warning UnsupportedBody "unsupported-body" "A body is of a media type for which there are no types."
    "JSON and forms have types; text is a string and everything else is bytes. XML and YAML have a structure as well, \
    but none that is described here: they are sent and received as text."

    Warning IgnoredEncoding "ignored-encoding" "An encoding has no effect."
    "`encoding` says of single properties how they are sent, in a form or as the parts of a `multipart/form-data` body. What \
    it says of anything else means nothing, such as headers of a field that has none."

    Warning UnreadableHeader "unreadable-header" "A header of an answer cannot be read as the document describes it."
    "A header is a line of text. Texts, numbers, flags, dates, enums and lists of these have one spelling there, and get \
    types; an object has several, and a header that different answers describe differently has none that fits all of \
    them. Such a header is read as text, and one whose name cannot stand in HTTP at all is left out. The response has \
    every header as it came."
}

impl Code {
    /// Every code, in the order in which a document is worked on.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|entry| entry.code)
    }

    /// The name by which the code is printed and looked up; it never changes.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// How much the finding matters.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// One sentence.
    pub fn title(self) -> &'static str {
        self.entry().title
    }

    /// What the finding means, why it matters and what to do, at length.
    pub fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    fn entry(self) -> &'static Entry {
        // The table is made together with the enum, in the same order.
        &TABLE[self as usize]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        TABLE.iter().find(|entry| entry.id == id).map(|entry| entry.code).ok_or(UnknownCode)
    }
}

/// No code has this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no diagnostic has this code")
    }
}

impl std::error::Error for UnknownCode {}

#[cfg(test)]
mod tests {
    use heck::ToKebabCase;

    use super::*;

    #[test]
    fn a_code_is_printed_as_it_is_named() {
        for code in Code::all() {
            let spelled = format!("{code:?}").to_kebab_case();
            assert_eq!(spelled.replace("swagger2", "swagger-2").replace("open-api", "openapi"), code.id());
            assert_eq!(code.id().parse(), Ok(code));
        }
        assert_eq!("no-such-code".parse::<Code>(), Err(UnknownCode));
    }

    #[test]
    fn titles_are_sentences_and_explanations_say_more() {
        for code in Code::all() {
            assert!(code.title().ends_with('.'), "{code}");
            assert!(code.explanation().len() > code.title().len(), "{code}");
        }
    }
}
