//! A change of a public API: its kind, its class, and advice for users.

use std::fmt;

/// A change of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule that found the change.
    pub kind: ChangeKind,
    /// The class: how much the change affects users.
    pub class: Class,
    /// The resource, type or other item that groups the change: `resources::Pets`, `types::Pet`, `Cargo.toml`.
    pub group: String,
    /// The path of the changed item, in the old API if it is removed.
    pub path: String,
    /// The name of the argument, if an argument of a function changes.
    pub argument: Option<String>,
    /// A sentence about the change, without a full stop: ``field `tag` is removed``.
    pub message: String,
    /// The old declaration. `None` if the item is new.
    pub old: Option<String>,
    /// The new declaration. `None` if the item is removed.
    pub new: Option<String>,
    /// Advice for users in one sentence, without a full stop.
    pub advice: Option<String>,
    /// The location in the document that causes the change, for users. [`compare`](super::compare) does not know it.
    pub cause: Option<String>,
    /// An old call and the new call, if users have to change calls.
    pub calls: Option<(String, String)>,
}

/// The class of a change, by Cargo's rules for compatible versions. The most severe class comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Programs that use the crate may no longer compile, or send other values.
    Breaking,
    /// Programs compile, and can use something new.
    Addition,
    /// The API is the same, but the crate behaves differently.
    Fix,
    /// Only the documentation differs.
    Docs,
}

impl Class {
    /// All classes, the most severe first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Addition, Self::Fix, Self::Docs];

    /// Returns the name in lower case: `breaking`, `addition`, `fix`, `docs`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Addition => "addition",
            Self::Fix => "fix",
            Self::Docs => "docs",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Declares the kinds of changes with their ids and classes.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident, $id:literal, $class:ident;)+) => {
        /// A kind of change. Each kind is a rule with an id and a class.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ChangeKind {
            $($(#[$doc])+ $kind,)+
        }

        impl ChangeKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// Returns the id in kebab-case: `field-removed`.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$kind => $id,)+
                }
            }

            /// Returns the class of every change of this kind.
            pub fn class(self) -> Class {
                match self {
                    $(Self::$kind => Class::$class,)+
                }
            }
        }
    };
}

kinds! {
    /// A type, trait, constant, function, module or path is removed.
    ItemRemoved, "item-removed", Breaking;
    /// A type, trait, constant, function, module or path is added.
    ItemAdded, "item-added", Addition;
    /// An item has another path. The old path still leads to it.
    ItemRenamed, "item-renamed", Addition;
    /// An item becomes another kind of item, such as an enum instead of a struct.
    ItemKindChanged, "item-kind-changed", Breaking;
    /// A struct that users could write as a value has another form, such as a tuple.
    StructFormChanged, "struct-form-changed", Breaking;
    /// The generic parameters of a type, alias or trait change.
    GenericsChanged, "generics-changed", Breaking;
    /// A resource is removed.
    ResourceRemoved, "resource-removed", Breaking;
    /// A resource is added.
    ResourceAdded, "resource-added", Addition;
    /// An operation is removed.
    OperationRemoved, "operation-removed", Breaking;
    /// An operation is added.
    OperationAdded, "operation-added", Addition;
    /// A method or an associated function is removed.
    MethodRemoved, "method-removed", Breaking;
    /// A method or an associated function is added.
    MethodAdded, "method-added", Addition;
    /// A function has a new argument.
    ArgumentAdded, "method-argument-added", Breaking;
    /// A function has an argument less.
    ArgumentRemoved, "method-argument-removed", Breaking;
    /// An argument has another type.
    ArgumentTypeChanged, "method-argument-type-changed", Breaking;
    /// An argument accepts all values that it accepted, and others.
    ArgumentTypeWidened, "method-argument-type-widened", Addition;
    /// The arguments are in another order.
    ArgumentsReordered, "method-arguments-reordered", Breaking;
    /// A function returns another type.
    ReturnTypeChanged, "return-type-changed", Breaking;
    /// A method takes `self` in another way.
    ReceiverChanged, "receiver-changed", Breaking;
    /// A method needs only a shared reference.
    ReceiverWidened, "receiver-widened", Addition;
    /// A function has other generic parameters.
    FunctionGenericsChanged, "function-generics-changed", Breaking;
    /// A function becomes `async` or `unsafe`, or is no longer `const`.
    FunctionModifiersChanged, "function-modifiers-changed", Breaking;
    /// A function becomes `const`, or is no longer `unsafe`.
    FunctionModifiersWidened, "function-modifiers-widened", Addition;
    /// The request of an operation is another Rust type that returns the same.
    RequestTypeChanged, "request-type-changed", Addition;
    /// A field is removed.
    FieldRemoved, "field-removed", Breaking;
    /// A field is added to a union, or to a struct that users cannot write as a literal.
    FieldAdded, "field-added", Addition;
    /// A field is added to a struct that users can write as a literal.
    ExhaustiveFieldAdded, "exhaustive-field-added", Breaking;
    /// A field has another type.
    FieldTypeChanged, "field-type-changed", Breaking;
    /// A struct that users could write as a literal has a private field.
    PrivateFieldAdded, "private-field-added", Breaking;
    /// A variant is removed.
    VariantRemoved, "variant-removed", Breaking;
    /// A variant is added to an enum with `#[non_exhaustive]`.
    VariantAdded, "variant-added", Addition;
    /// A variant is added to an enum that users can match without a wildcard.
    ExhaustiveVariantAdded, "exhaustive-variant-added", Breaking;
    /// A variant has other fields.
    VariantFieldsChanged, "variant-fields-changed", Breaking;
    /// A type becomes `#[non_exhaustive]`.
    NonExhaustiveAdded, "non-exhaustive-added", Breaking;
    /// A type is no longer `#[non_exhaustive]`.
    NonExhaustiveRemoved, "non-exhaustive-removed", Addition;
    /// A type alias has another target.
    AliasTargetChanged, "alias-target-changed", Breaking;
    /// A constant or static has another type.
    ConstTypeChanged, "const-type-changed", Breaking;
    /// A constant or static has another value.
    ConstValueChanged, "const-value-changed", Fix;
    /// A type no longer implements a trait.
    ImplRemoved, "impl-removed", Breaking;
    /// A type implements another trait.
    ImplAdded, "impl-added", Addition;
    /// An impl has other bounds, or other associated types.
    ImplChanged, "impl-changed", Breaking;
    /// A trait has other supertraits.
    SupertraitsChanged, "supertraits-changed", Breaking;
    /// A trait becomes `unsafe` to implement, or is no longer.
    TraitSafetyChanged, "trait-safety-changed", Breaking;
    /// A trait has a new item that implementations have to define.
    TraitItemRequired, "trait-item-required", Breaking;
    /// A trait has a new item with a default.
    TraitItemAdded, "trait-item-added", Addition;
    /// An item of a trait is removed.
    TraitItemRemoved, "trait-item-removed", Breaking;
    /// An item of a trait has another declaration.
    TraitItemChanged, "trait-item-changed", Breaking;
    /// A macro accepts other input.
    MacroChanged, "macro-changed", Breaking;
    /// A path is an alias of another item.
    ReexportChanged, "reexport-changed", Breaking;
    /// The package or its library has another name.
    PackageRenamed, "package-renamed", Breaking;
    /// A Cargo feature is removed.
    FeatureRemoved, "feature-removed", Breaking;
    /// A Cargo feature is added.
    FeatureAdded, "feature-added", Addition;
    /// A Cargo feature no longer enables another one.
    FeatureNarrowed, "feature-narrowed", Breaking;
    /// A Cargo feature enables another one.
    FeatureWidened, "feature-widened", Addition;
    /// A Cargo feature is no longer enabled by default.
    DefaultFeatureRemoved, "default-feature-removed", Breaking;
    /// An item needs a Cargo feature, or another one.
    FeatureRequired, "feature-required", Breaking;
    /// An item needs fewer Cargo features.
    FeatureNotRequired, "feature-not-required", Addition;
    /// The crate needs a newer compiler.
    RustVersionRaised, "rust-version-raised", Addition;
    /// The crate works with an older compiler.
    RustVersionLowered, "rust-version-lowered", Fix;
    /// A public dependency has an incompatible version.
    DependencyIncompatible, "dependency-incompatible", Breaking;
    /// A public dependency has another compatible version.
    DependencyUpdated, "dependency-updated", Fix;
    /// An item is deprecated.
    Deprecated, "deprecated", Addition;
    /// An item is no longer deprecated.
    NotDeprecated, "not-deprecated", Docs;
    /// The compiler warns about unused values.
    MustUseAdded, "must-use-added", Addition;
    /// The compiler no longer warns about unused values.
    MustUseRemoved, "must-use-removed", Fix;
    /// The code of an item does something else, behind the same API.
    BehaviorChanged, "behavior-changed", Fix;
    /// The code of the runtime does something else, behind the same API.
    RuntimeChanged, "runtime-changed", Fix;
    /// The documentation of an item changes.
    DocsChanged, "docs-changed", Docs;
}
